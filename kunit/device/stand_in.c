// SPDX-License-Identifier: GPL-2.0-only
/*
 * Stand-in for /dev/vpmem-int10, to test its fuzzer without a kernel. It refuses what the device
 * has to refuse, except for one thing, whose name is in the environment as DEVICE_FAULT. The
 * fuzzer has to find that.
 *
 * The Makefile of kunit/libfuzzer replaces the system calls of the fuzzer by these.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "kunit/device/stand_in.h"
#include "kunit/process/kmsg.h"
#include "vpmem-int10.h"

#define BEYOND		0x200000	/* bytes of a device that can be read beyond the megabyte */

static bool lesser;			/* this process has given up its rights */
static uint64_t sequence;

/* Print to standard output what else goes to the log of the kernel. */
void say(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vprintf(format, list);
	va_end(list);
	putchar('\n');
	fflush(stdout);
}

static int fail(int err)
{
	errno = err;
	return -1;
}

/* Copy from or to memory that may not be there. */
static bool copy(void *to, const void *from, size_t size, bool writes)
{
	const struct iovec own = { writes ? (void *)from : to, size };
	const struct iovec other = { writes ? to : (void *)from, size };
	ssize_t copied = writes ? process_vm_writev(getpid(), &own, 1, &other, 1, 0) :
				  process_vm_readv(getpid(), &own, 1, &other, 1, 0);

	return copied == (ssize_t)size;
}

static bool allows(const char *fault)
{
	const char *planted = getenv("DEVICE_FAULT");

	return planted && !strcmp(planted, fault);
}

/*
 * Files
 */

int fuzz_open(const char *path, int flags, ...)
{
	int file;

	(void)path;
	(void)flags;
	if (lesser && !allows("open"))
		return fail(EPERM);
	file = memfd_create("vpmem-int10", MFD_CLOEXEC);
	if (file >= 0 && ftruncate(file, allows("read") ? BEYOND : VPMEM_INT10_SPACE))
		exit(EXIT_FAILURE);
	return file;
}

int fuzz_ftruncate(int file, off_t size)
{
	(void)size;
	if (file < 0)
		return fail(EBADF);
	return allows("ftruncate") ? 0 : fail(EINVAL);
}

int fuzz_ioctl(int file, unsigned long request, ...)
{
	(void)file;
	(void)request;
	return fail(ENOTTY);
}

int fuzz_setuid(unsigned int user)
{
	(void)user;
	lesser = true;
	return 0;
}

/* Called to read and to set capabilities. */
long fuzz_syscall(long number, ...)
{
	if (number == SYS_capset)
		lesser = true;
	return 0;
}

/*
 * Memory
 */

void *fuzz_mmap(void *at, size_t size, int prot, int flags, int file, off_t offset)
{
	bool across = offset < VPMEM_INT10_SPACE && offset + size > VPMEM_INT10_SPACE;
	bool refused = ((flags & MAP_PRIVATE) && !allows("private")) ||
		       ((prot & PROT_EXEC) && !allows("execute")) ||
		       (across && !allows("across"));

	if (file >= 0 && refused) {
		errno = EINVAL;
		return MAP_FAILED;
	}
	return mmap(at, size, prot, flags, file, offset);
}

int fuzz_mprotect(void *at, size_t size, int prot)
{
	if ((prot & PROT_EXEC) && !allows("mprotect"))
		return fail(EACCES);
	return mprotect(at, size, prot);
}

void *fuzz_mremap(void *at, size_t size, size_t new_size, int flags, ...)
{
	if (new_size > size && !allows("mremap")) {
		errno = EFAULT;
		return MAP_FAILED;
	}
	return mremap(at, size, new_size, flags);
}

/*
 * Requests and replies
 */

ssize_t fuzz_read(int file, void *to, size_t size)
{
	struct vpmem_int10_request request = {
		.version = VPMEM_INT10_VERSION,
		.sequence = ++sequence,
	};

	if (file < 0)
		return fail(EBADF);
	if (size < sizeof(request))
		return fail(EINVAL);
	if (!copy(to, &request, sizeof(request), true))
		return fail(EFAULT);
	return sizeof(request);
}

ssize_t fuzz_pread(int file, void *to, size_t size, off_t offset)
{
	return offset ? fail(ESPIPE) : fuzz_read(file, to, size);
}

ssize_t fuzz_readv(int file, const struct iovec *pieces, int nr)
{
	(void)pieces;
	(void)nr;
	return fail(file < 0 ? EBADF : EINVAL);
}

ssize_t fuzz_write(int file, const void *from, size_t size)
{
	struct vpmem_int10_reply reply;

	if (file < 0)
		return fail(EBADF);
	if (allows("reply"))
		return size;
	if (size < sizeof(reply) || size > sizeof(reply) + VPMEM_INT10_MESSAGE)
		return fail(EINVAL);
	if (!copy(&reply, from, sizeof(reply), false))
		return fail(EFAULT);
	if (size != sizeof(reply) + reply.message_length)
		return fail(EINVAL);
	return reply.sequence == sequence ? (ssize_t)size : fail(ESTALE);
}

ssize_t fuzz_writev(int file, const struct iovec *pieces, int nr)
{
	return fuzz_readv(file, pieces, nr);
}
