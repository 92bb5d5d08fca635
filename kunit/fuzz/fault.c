// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text that says what is wrong with a case.
 */
#include <linux/kernel.h>

#include "kunit/fuzz/fuzz.h"

char fuzz_fault[512];

bool fuzz_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vscnprintf(fuzz_fault, sizeof(fuzz_fault), format, args);
	va_end(args);
	return false;
}
