/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * System calls of the stand-in for the device.
 */
#ifndef KUNIT_DEVICE_STAND_IN_H
#define KUNIT_DEVICE_STAND_IN_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

int fuzz_open(const char *path, int flags, ...);
int fuzz_ftruncate(int file, off_t size);
int fuzz_ioctl(int file, unsigned long request, ...);
int fuzz_setuid(unsigned int user);
long fuzz_syscall(long number, ...);
void *fuzz_mmap(void *at, size_t size, int prot, int flags, int file, off_t offset);
int fuzz_mprotect(void *at, size_t size, int prot);
void *fuzz_mremap(void *at, size_t size, size_t new_size, int flags, ...);
ssize_t fuzz_read(int file, void *to, size_t size);
ssize_t fuzz_pread(int file, void *to, size_t size, off_t offset);
ssize_t fuzz_readv(int file, const struct iovec *pieces, int nr);
ssize_t fuzz_write(int file, const void *from, size_t size);
ssize_t fuzz_writev(int file, const struct iovec *pieces, int nr);

#endif /* KUNIT_DEVICE_STAND_IN_H */
