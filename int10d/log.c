// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages, to standard error and to the log of the kernel: until the helper gives up its
 * privileges by itself, later by the kernel module, which prints what comes with a reply.
 * A helper that the BIOS has taken over could write any line to the log otherwise.
 */

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>
#include "int10d.h"

static int kmsg = -1;

/* The last message since the log was closed */
static char kept[VPMEM_INT10_MESSAGE];
static size_t kept_length;

void log_open(void)
{
	kmsg = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
}

void log_close(void)
{
	if (kmsg >= 0)
		close(kmsg);
	kmsg = -1;
}

static void keep(const char *text, size_t length)
{
	kept_length = length < sizeof(kept) ? length : sizeof(kept);
	memcpy(kept, text, kept_length);
}

/* Take the message that is kept, of up to VPMEM_INT10_MESSAGE bytes. Return its length. */
size_t log_take(char *to)
{
	size_t length = kept_length;

	memcpy(to, kept, length);
	kept_length = 0;
	return length;
}

/* A line has to be one write() to be one record. If it fails, nobody can be told. */
static void put(int file, const char *line, size_t length)
{
	ssize_t written = write(file, line, length);

	(void)written;
}

static void __attribute__((format(printf, 1, 0)))
log_list(const char *format, va_list list)
{
	char line[256];
	int level = snprintf(line, sizeof(line), "<%d>", LOG_DAEMON | LOG_WARNING);
	int name = snprintf(line + level, sizeof(line) - level, "vpmem-int10d: ");
	int room = sizeof(line) - level - name;
	int length = vsnprintf(line + level + name, room, format, list);

	if (length > room - 1)
		length = room - 1;
	if (kmsg < 0)
		keep(line + level + name, length);
	length += level + name;
	line[length++] = '\n';
	if (kmsg >= 0)
		put(kmsg, line, length);
	put(STDERR_FILENO, line + level, length - level);
}

void log_line(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	log_list(format, list);
	va_end(list);
}

void die(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	log_list(format, list);
	va_end(list);
	exit(EXIT_FAILURE);
}
