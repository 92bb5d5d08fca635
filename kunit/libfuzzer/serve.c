// SPDX-License-Identifier: GPL-2.0-only
/*
 * Helper, with a device that answers each system call with anything: errors, interruptions, half
 * a request, ranges that are none. Each reply is whole, and is one to the last request. Nothing
 * is read before the privileges are given up, and nothing is opened afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>
#include "calls.h"
#include "engine.h"
#include "host.h"

#define DEVICE		100
#define KMSG		101
#define NONE		3
#define NS_PER_MS	1000000ULL
#define MS_MAX		32		/* of a call */
#define INTERVAL	64		/* instructions between looks at the clock */

enum request_state {
	NOTHING,			/* no request is waiting for a reply */
	WHOLE,
	BROKEN,				/* half a request, or one of another version */
};

static struct {
	struct input input;
	jmp_buf end;
	bool confined;
	enum request_state state;
	struct vpmem_int10_request request;	/* that was read last */
} kernel;

/*
 * Start of the helper
 */

bool ports_take(void)
{
	errno = EPERM;
	return input_u8(&kernel.input) != 1;
}

void privilege_drop(int last_file)
{
	expect(last_file == DEVICE, "last file %d", last_file);
	kernel.confined = true;
}

int fuzz_open(const char *path, int flags, ...)
{
	(void)flags;
	expect(!kernel.confined, "open(%s) after the privileges are given up", path);
	if (!strcmp(path, "/dev/null"))
		return NONE;
	if (!strcmp(path, "/dev/kmsg"))
		return input_u8(&kernel.input) & 1 ? KMSG : -1;
	errno = input_u8(&kernel.input);
	return errno ? -1 : DEVICE;
}

int fuzz_close(int file)
{
	expect(file == NONE || file == KMSG, "close(%d)", file);
	return 0;
}

int fuzz_dup2(int from, int to)
{
	expect(from == NONE, "dup2(%d, %d)", from, to);
	return to;
}

long fuzz_syscall(long number, ...)
{
	expect(!kernel.confined, "system call %ld", number);
	return 0;
}

void *fuzz_mmap(void *at, size_t size, int prot, int flags, int file, off_t offset)
{
	(void)at;
	expect(file == DEVICE && flags == MAP_SHARED && prot == (PROT_READ | PROT_WRITE),
	       "mmap(%d, %d, %d)", prot, flags, file);
	if (!offset) {
		expect(size == VPMEM_INT10_SPACE, "mmap() of %zu bytes", size);
		return host_space;
	}
	expect(offset == VPMEM_INT10_SPACE && size == HIGH_SIZE, "mmap() of %zu bytes", size);
	return input_u8(&kernel.input) == 1 ? MAP_FAILED : host_high;
}

void fuzz_exit(int status)
{
	expect(status, "exit(%d) of a helper that is well", status);
	longjmp(kernel.end, 1);
}

/*
 * Requests and replies
 */

static int fail(int err)
{
	errno = err;
	return -1;
}

int fuzz_poll(struct pollfd *files, nfds_t nr, int milliseconds)
{
	if (!nr) {
		host_wait(milliseconds * NS_PER_MS);
		return 0;
	}
	expect(kernel.confined && nr == 1 && files->fd == DEVICE, "poll()");
	switch (input_u8(&kernel.input)) {
	case 0:
		return 0;
	case 1:
		return fail(EINTR);
	case 2:
		return fail(EIO);
	default:
		return 1;
	}
}

static void make_request(struct vpmem_int10_request *request, bool whole)
{
	uint8_t kind = input_u8(&kernel.input);
	unsigned int i;

	*request = (struct vpmem_int10_request) {
		.version = kind & 1 ? input_u32(&kernel.input) : VPMEM_INT10_VERSION,
		.milliseconds = 1 + input_u8(&kernel.input) % MS_MAX,
		.sequence = input_u64(&kernel.input),
		.nr_windows = kind & 2 ? input_u32(&kernel.input) :
			      input_u8(&kernel.input) % (VPMEM_INT10_WINDOWS + 1),
		.reserved = input_u8(&kernel.input),
	};
	input_bytes(&kernel.input, &request->registers, sizeof(request->registers));
	for (i = 0; i < VPMEM_INT10_WINDOWS && i < request->nr_windows; i++) {
		request->windows[i].start = input_u32(&kernel.input);
		request->windows[i].length = kind & 4 ? input_u64(&kernel.input) :
					     input_u16(&kernel.input);
	}
	kernel.request = *request;
	kernel.state = whole && request->version == VPMEM_INT10_VERSION ? WHOLE : BROKEN;
}

ssize_t fuzz_read(int file, void *to, size_t size)
{
	struct vpmem_int10_request request;
	uint8_t kind = input_u8(&kernel.input);

	expect(kernel.confined && file == DEVICE && size == sizeof(request), "read(%d)", file);
	expect(kernel.state == NOTHING, "read() again without a reply");
	switch (kind) {
	case 0:
		return 0;
	case 1:
		return fail(EINTR);
	case 2:
		return fail(ENODEV);
	case 3:
		size = 1 + input_u8(&kernel.input) % (size - 1);
		break;
	}
	host_load(&kernel.input);
	make_request(&request, size == sizeof(request));
	memcpy(to, &request, size);
	return size;
}

static void check_message(const struct vpmem_int10_reply *reply, const char *text)
{
	bool wanted = reply->status > VPMEM_INT10_NO_PORTS;
	unsigned int i;

	/* The first reply may say why there are no ports. */
	if (reply->status != VPMEM_INT10_NO_PORTS)
		expect(!!reply->message_length == wanted, "status %u, message \"%.*s\"",
		       reply->status, (int)reply->message_length, text);
	for (i = 0; i < reply->message_length; i++)
		expect(text[i] >= ' ' && text[i] < 0x7f, "message has %d", text[i]);
}

static void check_reply(const void *from, size_t size)
{
	struct vpmem_int10_reply reply;

	expect(kernel.state == WHOLE, "reply to %s", kernel.state ? "a broken request" : "none");
	expect(size >= sizeof(reply), "reply of %zu bytes", size);
	memcpy(&reply, from, sizeof(reply));
	expect(reply.sequence == kernel.request.sequence, "reply to another request");
	expect(reply.status < VPMEM_INT10_STATUSES, "status %u", reply.status);
	expect(reply.message_length <= VPMEM_INT10_MESSAGE &&
	       size == sizeof(reply) + reply.message_length, "reply of %zu bytes, message of %u",
	       size, reply.message_length);
	check_message(&reply, (const char *)from + sizeof(reply));
}

ssize_t fuzz_write(int file, const void *from, size_t size)
{
	if (file == STDERR_FILENO || file == KMSG)
		return size;
	expect(kernel.confined && file == DEVICE, "write(%d)", file);
	check_reply(from, size);
	switch (input_u8(&kernel.input)) {
	case 1:
		return fail(EINTR);
	case 2:
		return fail(ENODEV);
	case 3:
		kernel.state = NOTHING;
		return fail(ESTALE);
	}
	kernel.state = NOTHING;
	return size;
}

/*
 * Inputs
 */

static void run(void)
{
	char name[] = "vpmem-int10d", foreground[] = "-f", *argv[] = { name, foreground, NULL };

	fuzz_main(2, argv);
	expect(kernel.state == NOTHING, "left without a reply");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char message[VPMEM_INT10_MESSAGE];

	if (!host_space)
		host_map(PROT_READ | PROT_WRITE);
	memset(&kernel, 0, sizeof(kernel));
	kernel.input = (struct input){ data, size };
	host_begin(&kernel.input);
	engine_set_interval(INTERVAL);
	/* Forget what the helper of the input before had to say, and its arguments. */
	log_take(message);
	optind = 0;
	if (!setjmp(kernel.end))
		run();
	/* The memory above the megabyte is as large as all addresses of 32 bits. */
	madvise(host_high, HIGH_SIZE, MADV_DONTNEED);
	return 0;
}
