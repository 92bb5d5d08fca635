// SPDX-License-Identifier: GPL-2.0-only
/*
 * Log of the programs that test the machine: the last line is kept for them.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "int10d.h"
#include "test_log.h"

char line[256];

void log_line(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(line, sizeof(line), format, list);
	va_end(list);
}

void die(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	exit(EXIT_FAILURE);
}
