/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages in the formats of Windows, at a VIDEO_DEBUG_LEVEL.
 */
#ifndef VPMEM_PRINT_H
#define VPMEM_PRINT_H

#include <linux/kernel.h>

void vpmem_print(int level, const char *format, va_list list);

#endif /* VPMEM_PRINT_H */
