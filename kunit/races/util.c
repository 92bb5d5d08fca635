// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random numbers, time, files, and accesses to mappings that may be revoked.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "races.h"

#define PAGE	4096UL

static uint64_t state;

void random_seed(uint64_t seed)
{
	state = seed * 0x9e3779b97f4a7c15 | 1;
	for (int i = 0; i < 8; i++)
		below(2);
}

uint32_t below(uint32_t bound)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (state >> 16) % bound;
}

void pause_ms(unsigned int ms)
{
	const struct timespec time = { ms / 1000, ms % 1000 * 1000000L };

	nanosleep(&time, NULL);
}

/* Sleep for a random time. */
void pause_below(unsigned int ms)
{
	uint32_t us = below(ms * 1000);
	const struct timespec time = { us / 1000000, us % 1000000 * 1000L };

	nanosleep(&time, NULL);
}

unsigned long now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000UL + time.tv_nsec / 1000000;
}

/* Return 0 or the error number. */
int write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		err = errno;
	close(fd);
	return err;
}

/* Read the beginning of a file as a string. Return its length, or -1. */
ssize_t read_text(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t bytes;

	if (fd < 0)
		return -1;
	bytes = read(fd, text, size - 1);
	close(fd);
	text[bytes < 0 ? 0 : bytes] = '\0';
	return bytes;
}

bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* Choose an entry of a directory at random. Return false if there is none. */
bool random_entry(const char *directory, char *path, bool skips_directories)
{
	struct dirent *entry;
	unsigned int found = 0;
	DIR *dir = opendir(directory);

	if (!dir)
		return false;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.' ||
		    (skips_directories && entry->d_type == DT_DIR))
			continue;
		if (!below(++found))
			snprintf(path, PATH_SIZE, "%s/%.100s", directory, entry->d_name);
	}
	closedir(dir);
	return found;
}

/*
 * Run a function in a process of its own, and wait for it. Kill it within some time, unless
 * that is 0. Return whether it was killed.
 */
bool run_in_child(void (*run)(void), unsigned int kill_ms)
{
	unsigned int seed = below(1U << 31);
	pid_t pid = fork();
	int status = 0;

	if (!pid) {
		random_seed(seed);
		run();
		_exit(0);
	}
	if (pid < 0)
		return false;
	if (kill_ms) {
		pause_below(kill_ms);
		kill(pid, SIGKILL);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status);
}

static sigjmp_buf fault;

static void on_fault(int signal)
{
	siglongjmp(fault, 1);
}

/*
 * Write to some pages of a mapping, and read them. Return how many were there until one had
 * been revoked, which SIGBUS tells.
 */
size_t touch_pages(uint8_t *start, size_t length, bool *revoked)
{
	volatile uint8_t *page = start;
	static size_t touched;

	touched = 0;
	*revoked = false;
	signal(SIGBUS, on_fault);
	if (sigsetjmp(fault, 1)) {
		*revoked = true;
	} else {
		for (int i = 0; i < 32; i++) {
			page = start + below(length / PAGE) * PAGE;
			*page = i;
			page[PAGE - 1] += *page;
			touched++;
		}
	}
	signal(SIGBUS, SIG_DFL);
	return touched;
}
