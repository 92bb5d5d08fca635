// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text of a difference, and of the steps that lead to it.
 */
#include <linux/kernel.h>
#include <linux/printk.h>

#include "kunit/model/model.h"

bool model_verbose;
char model_fault[256];

bool model_fail(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vscnprintf(model_fault, sizeof(model_fault), format, args);
	va_end(args);
	return false;
}

void model_say(const char *format, ...)
{
	struct va_format text = { .fmt = format };
	va_list args;

	if (!model_verbose)
		return;
	va_start(args, format);
	text.va = &args;
	pr_info("    #   %pV\n", &text);
	va_end(args);
}
