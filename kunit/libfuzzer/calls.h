/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions by which the Makefile replaces system calls, and main(), of the helper and of vpmon.
 */
#ifndef CALLS_H
#define CALLS_H

#include <poll.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

int fuzz_main(int argc, char **argv);
int fuzz_open(const char *path, int flags, ...);
int fuzz_close(int file);
int fuzz_dup2(int from, int to);
int fuzz_poll(struct pollfd *files, nfds_t nr, int milliseconds);
long fuzz_syscall(long number, ...);
ssize_t fuzz_read(int file, void *to, size_t size);
ssize_t fuzz_write(int file, const void *from, size_t size);
void *fuzz_mmap(void *at, size_t size, int prot, int flags, int file, off_t offset);
void fuzz_exit(int status) __attribute__((noreturn));
int fuzz_clock_gettime(clockid_t id, struct timespec *to);
FILE *fuzz_fopen(const char *path, const char *mode);

#endif /* CALLS_H */
