// SPDX-License-Identifier: GPL-2.0-only
/*
 * vpmem-int10d: runs the video BIOS for the kernel module vpmem, which starts it when
 * a driver calls the BIOS.
 *
 *	vpmem-int10d [-f] [-t SECONDS]
 *	vpmem-int10d --version
 *
 * -f	messages also to standard error, after the start
 * -t	leave after so long without a request, 0: never
 *
 * --version prints the version of the protocol and the engine that runs the BIOS.
 */

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "engine.h"
#include "int10d.h"

#define DEVICE		"/dev/" VPMEM_INT10_DEVICE
#define ADDRESSES	0x100000000ULL	/* that real mode reaches */

#ifndef SYS_close_range
#define SYS_close_range	436
#endif

static struct {
	bool foreground;
	int seconds;
} options = {
	.seconds = 10,
};

static void refuse(void)
{
	fputs("usage: vpmem-int10d [-f] [-t SECONDS]\n"
	      "       vpmem-int10d --version\n", stderr);
	exit(2);
}

static uint64_t number(const char *text, uint64_t most)
{
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, 0);
	if (errno || end == text || *end || *text == '-' || value > most)
		refuse();
	return value;
}

static void __attribute__((noreturn)) print_version(void)
{
	printf("vpmem-int10d, protocol %d, engine %s\n", VPMEM_INT10_VERSION, engine_name());
	exit(0);
}

static void parse(int argc, char **argv)
{
	static const struct option words[] = {
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "ft:", words, NULL)) != -1) {
		switch (option) {
		case 'f':
			options.foreground = true;
			break;
		case 'V':
			print_version();
		case 't':
			options.seconds = number(optarg, 24 * 60 * 60);
			break;
		default:
			refuse();
		}
	}
	if (optind != argc)
		refuse();
}

/*
 * Close inherited files: a parent process may have left any open, while the kernel opens
 * none, not even the standard ones. Return a descriptor of /dev/null.
 */
static int clean_files(void)
{
	int null;

	do {
		null = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (null < 0)
			die("/dev/null: %s", strerror(errno));
	} while (null <= STDERR_FILENO);
	if (null != STDERR_FILENO + 1) {
		null = dup2(null, STDERR_FILENO + 1);
		if (null < 0)
			die("/dev/null: %s", strerror(errno));
	}
	/* No function of its own in the C library of old distributions. */
	if (syscall(SYS_close_range, null + 1, ~0U, 0))
		die("close_range: %s", strerror(errno));
	return null;
}

static int open_device(void)
{
	int device = open(DEVICE, O_RDWR | O_CLOEXEC);

	if (device >= 0)
		return device;
	switch (errno) {
	case EBUSY:
		die(DEVICE " is busy: another helper has it");
	case ENOENT:
		die(DEVICE " is not there: is vpmem loaded?");
	default:
		die(DEVICE ": %s", strerror(errno));
	}
}

static void *map_space(int device)
{
	void *space = mmap(NULL, VPMEM_INT10_SPACE, PROT_READ | PROT_WRITE, MAP_SHARED,
			   device, 0);

	if (space == MAP_FAILED)
		die(DEVICE ": mmap: %s", strerror(errno));
	return space;
}

/* Map all that lies above the megabyte. A process of 32 bits has no room for it. */
static void *map_high(int device)
{
	void *high = MAP_FAILED;

	if (sizeof(high) > sizeof(uint32_t))
		high = mmap(NULL, ADDRESSES - VPMEM_INT10_SPACE, PROT_READ | PROT_WRITE,
			    MAP_SHARED, device, VPMEM_INT10_SPACE);
	return high == MAP_FAILED ? NULL : high;
}

/* A kernel that refuses the ports deserves an answer that says so. */
static bool take_ports(void)
{
	if (ports_take())
		return true;
	log_line("no access to I/O ports: %s", strerror(errno));
	return false;
}

static void silence(int null)
{
	int file;

	if (options.foreground)
		return;
	for (file = STDIN_FILENO; file <= STDERR_FILENO; file++)
		if (dup2(null, file) < 0)
			die("/dev/null: %s", strerror(errno));
}

/* False if there was none for long enough. */
static bool wait_for_request(int device)
{
	struct pollfd file = { .fd = device, .events = POLLIN };
	int files;

	do {
		files = poll(&file, 1, options.seconds ? options.seconds * 1000 : -1);
	} while (files < 0 && errno == EINTR);
	if (files < 0)
		die(DEVICE ": poll: %s", strerror(errno));
	return files;
}

/* False if the kernel needs no helper any more. */
static bool take_request(int device, struct vpmem_int10_request *request)
{
	ssize_t size;

	do {
		size = read(device, request, sizeof(*request));
	} while (size < 0 && errno == EINTR);
	if (size == 0)
		return false;
	if (size < 0)
		die(DEVICE ": read: %s", strerror(errno));
	if (size != sizeof(*request) || request->version != VPMEM_INT10_VERSION)
		die("the helper and the kernel's vpmem are not of the same version");
	return true;
}

/* A reply, and behind it what there is to say of the call */
struct answer {
	struct vpmem_int10_reply reply;
	char message[VPMEM_INT10_MESSAGE];
};

/* A call that was given up meanwhile is no reason to leave. */
static void answer(int device, struct answer *answer)
{
	size_t length = log_take(answer->message);
	ssize_t size;

	answer->reply.message_length = length;
	do {
		size = write(device, answer, sizeof(answer->reply) + length);
	} while (size < 0 && errno == EINTR);
	if (size < 0 && errno != ESTALE)
		die(DEVICE ": write: %s", strerror(errno));
}

static void serve(int device)
{
	struct vpmem_int10_request request;
	struct answer out;

	while (wait_for_request(device) && take_request(device, &request)) {
		machine_call(&request, &out.reply);
		answer(device, &out);
	}
}

int main(int argc, char **argv)
{
	int null, device;
	void *space;

	null = clean_files();
	parse(argc, argv);
	log_open();
	device = open_device();
	space = map_space(device);
	if (!machine_init(space, map_high(device), take_ports()))
		die("the engine does not start");
	silence(null);
	close(null);
	privilege_drop(device);
	log_close();
	serve(device);
	return 0;
}
