// SPDX-License-Identifier: GPL-2.0-only
/*
 * A fuzzer of /dev/vpmem-int10, for a test machine.
 *
 *	int10 SECONDS [SEED]
 *
 * Workers make random calls on the device until they are killed. The exit status is 0
 * unless the device allowed a call that it must refuse; complaints of the kernel are in
 * its log, and so is the seed.
 *
 * Writes to the mapping are not random: they spare memory that the BIOS or the helper
 * executes or relies on, because with that damaged either could damage the machine.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <linux/capability.h>

#include "kunit/process/kmsg.h"
#include "vpmem-int10.h"

#define DEVICE		"/dev/" VPMEM_INT10_DEVICE
#define WORKERS		3
#define FILES		4
#define MAPPINGS	4
#define PAGE		4096UL

/* Range that may be written: that of the blocks of adapters. */
#define SAFE_START	0x20000UL
#define SAFE_END	0x9f000UL

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* Exit status of a worker that the device allowed a forbidden call. */
#define EXIT_BROKEN	7

struct mapping {
	uint8_t *start;
	size_t length;
	size_t offset;
	int prot;
	bool torn;			/* a part of it is another mapping */
};

static uint64_t state;
static int files[FILES] = { -1, -1, -1, -1 };
static struct mapping mappings[MAPPINGS];
static struct vpmem_int10_request request;
static sigjmp_buf fault;
static volatile sig_atomic_t may_fault;
static volatile unsigned long *nr_steps;	/* of all, more or less */

/*
 * Random numbers, and words
 */

static uint32_t any(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state >> 16;
}

static uint32_t below(uint32_t bound)
{
	return any() % bound;
}

static bool one_in(uint32_t chances)
{
	return !below(chances);
}

static void broken(const char *what)
{
	say("vpmem-fuzz: the device allowed what it must not: %s (errno %d)", what, errno);
	_exit(EXIT_BROKEN);
}

/*
 * Files
 */

static int *some_file(void)
{
	return &files[below(FILES)];
}

static void do_open(void)
{
	static const int modes[] = { O_RDWR, O_RDWR, O_RDONLY, O_WRONLY };
	int *file = some_file();

	if (*file < 0)
		*file = open(DEVICE, modes[below(4)] | (one_in(2) ? O_NONBLOCK : 0) |
			     (one_in(8) ? O_APPEND : 0));
}

static void do_close(void)
{
	int *file = some_file();

	if (*file >= 0)
		close(*file);
	*file = -1;
}

static void do_dup(void)
{
	int *from = some_file(), *to = some_file();

	if (*from >= 0 && *to < 0)
		*to = dup(*from);
}

static void do_poll(void)
{
	struct pollfd pollfd = { *some_file(), any(), 0 };

	poll(&pollfd, 1, below(5));
}

static void do_control(void)
{
	int file = *some_file();

	switch (below(7)) {
	case 0:
		ioctl(file, any(), (void *)(uintptr_t)any());
		break;
	case 1:
		lseek(file, (int32_t)any(), below(5));
		break;
	case 2:
		fsync(file);
		break;
	case 3:
		fcntl(file, F_SETFL, one_in(2) ? O_NONBLOCK : 0);
		break;
	case 4:
		fcntl(file, F_SETFL, O_ASYNC | O_NONBLOCK);
		break;
	case 5:
		if (!ftruncate(file, any()))
			broken("ftruncate");
		break;
	default:
		fcntl(file, F_SETOWN, getpid());
	}
}

/*
 * Memory
 */

static struct mapping *some_mapping(void)
{
	return &mappings[below(MAPPINGS)];
}

static size_t within(const struct mapping *mapping)
{
	return below(mapping->length);
}

static bool safe(const struct mapping *mapping, size_t at, size_t length)
{
	size_t linear = mapping->offset + at;

	return linear >= SAFE_START && linear + length <= SAFE_END;
}

static void do_map(void)
{
	static const int sharings[] = { MAP_SHARED, MAP_SHARED, MAP_SHARED, MAP_PRIVATE };
	struct mapping *mapping = some_mapping();
	int sharing = sharings[below(4)] | (one_in(4) ? MAP_POPULATE : 0) |
		      (one_in(8) ? MAP_LOCKED : 0);
	struct mapping new = {
		.length = (1 + below(one_in(2) ? 300 : 4)) * PAGE,
		.offset = below(one_in(8) ? 600 : 257) * PAGE,
		.prot = any() & (one_in(4) ? 7 : 3),
	};

	if (mapping->start)
		return;
	if (one_in(3)) {
		new.length = VPMEM_INT10_SPACE;
		new.offset = 0;
	}
	new.start = mmap(NULL, new.length, new.prot, sharing, *some_file(), new.offset);
	if (new.start == MAP_FAILED)
		return;
	if (sharing & MAP_PRIVATE)
		broken("a private mapping");
	if (new.prot & PROT_EXEC)
		broken("a mapping to be executed");
	if (new.offset < VPMEM_INT10_SPACE && new.offset + new.length > VPMEM_INT10_SPACE)
		broken("a mapping across the end");
	*mapping = new;
}

static void do_unmap(void)
{
	struct mapping *mapping = some_mapping();

	if (mapping->start)
		munmap(mapping->start, mapping->length);
	mapping->start = NULL;
}

/*
 * A page of it, which leaves the rest in pieces. Nothing else may come to lie there, for
 * it would be written to by mistake.
 */
static void do_unmap_part(void)
{
	struct mapping *mapping = some_mapping();

	if (!mapping->start)
		return;
	mmap(mapping->start + (within(mapping) & ~(PAGE - 1)), PAGE, PROT_NONE,
	     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	mapping->torn = true;
}

static void do_protect(void)
{
	struct mapping *mapping = some_mapping();
	int prot = any() & 7;

	if (!mapping->start)
		return;
	if (!mprotect(mapping->start, mapping->length, prot) && prot & PROT_EXEC &&
	    !mapping->torn)
		broken("mprotect() to execute");
}

static void do_remap(void)
{
	struct mapping *mapping = some_mapping();
	size_t length = (1 + below(300)) * PAGE;
	void *start;

	if (!mapping->start)
		return;
	start = mremap(mapping->start, mapping->length, length,
		       one_in(2) ? MREMAP_MAYMOVE : 0);
	if (start == MAP_FAILED)
		return;
	if (length > mapping->length && !mapping->torn)
		broken("mremap() to more");
	mapping->start = start;
	mapping->length = length;
}

static void do_advise(void)
{
	struct mapping *mapping = some_mapping();

	if (!mapping->start)
		return;
	switch (below(4)) {
	case 0:
		madvise(mapping->start, mapping->length, below(26));
		break;
	case 1:
		msync(mapping->start, mapping->length, below(8));
		break;
	case 2:
		mlock(mapping->start, mapping->length);
		break;
	default:
		munlock(mapping->start, mapping->length);
	}
}

static void on_fault(int signal)
{
	if (!may_fault)
		_exit(128 + signal);
	siglongjmp(fault, 1);
}

static void touch_bytes(struct mapping *mapping)
{
	volatile uint8_t sink;
	unsigned int i;
	size_t at;

	for (i = 0; i < 20; i++) {
		at = within(mapping);
		if (one_in(2) && safe(mapping, at, 1))
			mapping->start[at] = any();
		else
			sink = mapping->start[at];
		/* The memory of the system lies there, which is no adapter's. */
		if (mapping->offset + at >= VPMEM_INT10_SPACE && !mapping->torn)
			broken("to read beyond the megabyte");
	}
	(void)sink;
}

static void do_touch(void)
{
	struct mapping *mapping = some_mapping();

	if (!mapping->start)
		return;
	may_fault = 1;
	if (!sigsetjmp(fault, 1))
		touch_bytes(mapping);
	may_fault = 0;
}

/*
 * Requests and replies
 */

/* Somewhere to read to or write from, which is seldom a good place. */
static void *some_buffer(void)
{
	static uint8_t good[4 * PAGE];
	struct mapping *mapping = some_mapping();
	size_t at;

	switch (below(12)) {
	case 0:
		return NULL;
	case 1:
		return (void *)UINTPTR_MAX;
	case 2:
		return (void *)(UINTPTR_MAX / 2 + 1 + any());
	case 3:
		return (void *)"what cannot be written";
	case 4:
	case 5:
		if (!mapping->start)
			return good;
		at = within(mapping);
		return safe(mapping, at, 2 * PAGE) ? mapping->start + at : good;
	default:
		return good + below(64);
	}
}

/* And again, for the first may come before the call that it is to end. */
static void alarm_after(unsigned int us)
{
	struct itimerval timer = { .it_interval = { 0, us }, .it_value = { 0, us } };

	setitimer(ITIMER_REAL, &timer, NULL);
}

static void on_alarm(int signal)
{
}

static void do_read(void)
{
	int file = *some_file();

	alarm_after(100 + below(1000));
	if (one_in(4))
		read(file, some_buffer(), below(200));
	else if (one_in(8))
		pread(file, &request, sizeof(request), below(2) * any());
	else
		read(file, &request, sizeof(request));
	alarm_after(0);
}

/* In pieces, some of which are nowhere. */
static void do_vector(void)
{
	struct iovec pieces[4];
	int i, file = *some_file();

	for (i = 0; i < 4; i++)
		pieces[i] = (struct iovec){ some_buffer(), below(40) };
	alarm_after(100 + below(1000));
	if (one_in(2))
		readv(file, pieces, below(5));
	else
		writev(file, pieces, below(5));
	alarm_after(0);
}

/* Mostly to the last request. */
static void do_reply(void)
{
	struct vpmem_int10_reply reply = {
		.status = one_in(4) ? any() % 8 : VPMEM_INT10_DONE,
		.message_length = one_in(16),
		.sequence = request.sequence + (one_in(4) ? below(5) - 2 : 0),
		.instructions = any(),
		.registers = request.registers,
	};
	size_t size = one_in(8) ? below(2 * sizeof(reply)) : sizeof(reply);
	uint8_t room[2 * sizeof(reply)] = { };

	reply.registers.eax = any();
	memcpy(room, &reply, sizeof(reply));
	if (write(*some_file(), room, size) == (ssize_t)size &&
	    size != sizeof(reply) + reply.message_length)
		broken("a reply of the wrong size");
}

static void do_rubbish(void)
{
	uint8_t bytes[sizeof(struct vpmem_int10_reply)];
	unsigned int i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = any();
	write(*some_file(), one_in(4) ? some_buffer() : bytes, below(sizeof(bytes) + 2));
}

/* Serve requests as a helper does. */
static void do_serve(void)
{
	int i, file = *some_file();
	struct pollfd pollfd = { file, POLLIN, 0 };
	struct vpmem_int10_reply reply = { };

	for (i = 0; i < 10; i++) {
		if (poll(&pollfd, 1, 2) != 1 || !(pollfd.revents & POLLIN))
			continue;
		alarm_after(5000);
		if (read(file, &request, sizeof(request)) == sizeof(request)) {
			reply.sequence = request.sequence;
			reply.registers = request.registers;
			write(file, &reply, sizeof(reply));
		}
		alarm_after(0);
	}
}

/*
 * Processes
 */

static void step(void);

/* Fork a child, which has the same files and mappings for a while. */
static void do_fork(void)
{
	static unsigned int depth;
	pid_t child;
	int i;

	if (depth == 2)
		return;
	child = fork();
	if (!child) {
		depth++;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		state ^= 0x5bd1e995;
		for (i = below(50); i > 0; i--)
			step();
		if (one_in(2))
			raise(SIGKILL);
		_exit(0);
	}
	if (child > 0 && one_in(2))
		usleep(below(2000));
	if (child > 0 && one_in(4))
		kill(child, SIGKILL);
}

static void reap(void)
{
	int status;

	while (waitpid(-1, &status, WNOHANG) > 0)
		if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_BROKEN)
			_exit(EXIT_BROKEN);
}

static void drop_rawio(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data))
		_exit(0);
	data[0].effective &= ~(1U << CAP_SYS_RAWIO);
	data[0].permitted &= ~(1U << CAP_SYS_RAWIO);
	if (syscall(SYS_capset, &header, data))
		_exit(0);
}

/* Refuse a process that is not root, or has no right to ports. */
static void do_lesser(void)
{
	pid_t child = fork();
	int fd;

	if (child)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (one_in(2))
		drop_rawio();
	else if (setuid(65534))
		_exit(0);
	fd = open(DEVICE, one_in(2) ? O_RDWR : O_RDONLY);
	if (fd >= 0 || (errno != EPERM && errno != EACCES))
		broken("to open it without the right to");
	_exit(0);
}

static void do_die(void)
{
	if (one_in(20))
		raise(SIGKILL);
}

/*
 * Workers
 */

static void (* const steps[])(void) = {
	do_open, do_open, do_open, do_open, do_close, do_dup, do_poll, do_poll, do_control,
	do_map, do_map, do_unmap, do_unmap_part, do_protect, do_remap, do_advise, do_touch,
	do_touch, do_read, do_read, do_read, do_vector, do_reply, do_reply, do_reply,
	do_rubbish, do_serve, do_serve, do_fork, do_lesser, do_die,
};

static void step(void)
{
	++*nr_steps;
	steps[below(ARRAY_SIZE(steps))]();
}

static void on_signals(void)
{
	struct sigaction action = { .sa_handler = on_fault };
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	action.sa_handler = on_alarm;
	sigaction(SIGALRM, &action, NULL);
	signal(SIGIO, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
}

static void worker(uint64_t seed)
{
	unsigned int i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	state = seed * 0x9e3779b97f4a7c15ULL | 1;
	on_signals();
	for (i = 0;; i++) {
		step();
		reap();
	}
}

static pid_t worker_start(uint64_t seed)
{
	pid_t pid = fork();

	if (!pid) {
		setpgid(0, 0);
		worker(seed);
	}
	return pid;
}

/* Kill a worker and its children. */
static void worker_kill(pid_t pid)
{
	if (kill(-pid, SIGKILL))
		kill(pid, SIGKILL);
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1000000000.0;
}

/* Return the exit status of a worker; 0 if it was killed. */
static int worker_wait(pid_t pid, int flags, bool *ended)
{
	int status;

	*ended = waitpid(pid, &status, flags) == pid;
	return *ended && WIFEXITED(status) ? WEXITSTATUS(status) : 0;
}

int main(int argc, char **argv)
{
	double end = now() + (argc > 1 ? atof(argv[1]) : 10);
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : (uint64_t)time(NULL);
	unsigned int i, starts = 0;
	pid_t pids[WORKERS];
	int status = 0;
	bool ended;

	nr_steps = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (nr_steps == MAP_FAILED)
		return 1;
	say("vpmem-fuzz: seed %llu", (unsigned long long)seed);
	state = seed * 2 + 1;
	for (i = 0; i < WORKERS; i++)
		pids[i] = worker_start(seed + starts++);
	while (now() < end && !status) {
		usleep(below(50000));
		i = below(WORKERS);
		if (one_in(8))
			worker_kill(pids[i]);
		status = worker_wait(pids[i], WNOHANG, &ended);
		if (!ended)
			continue;
		/* Its children. */
		kill(-pids[i], SIGKILL);
		if (!status)
			pids[i] = worker_start(seed + starts++);
	}
	for (i = 0; i < WORKERS; i++) {
		worker_kill(pids[i]);
		status = worker_wait(pids[i], 0, &ended) ?: status;
	}
	say("vpmem-fuzz: seed %llu: %u workers, %lu steps, status %d",
	    (unsigned long long)seed, starts, *nr_steps, status);
	return status;
}
