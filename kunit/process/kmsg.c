// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of the programs that run on test machines, in the log of the kernel.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "kunit/process/kmsg.h"

/* Print a line in the log of the kernel. */
void say(const char *format, ...)
{
	char text[200];
	va_list args;
	int fd, length;

	va_start(args, format);
	length = vsnprintf(text, sizeof(text) - 1, format, args);
	va_end(args);
	if (length > (int)sizeof(text) - 2)
		length = sizeof(text) - 2;
	text[length++] = '\n';
	fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, text, length) != length)
		fwrite(text, 1, length, stderr);
	if (fd >= 0)
		close(fd);
}
