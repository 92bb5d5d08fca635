/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text in the formats of Windows: for the log, and for strings of a miniport.
 */
#ifndef VPMEM_FORMAT_H
#define VPMEM_FORMAT_H

#include <linux/types.h>

/* Destination of the characters */
struct format_sink {
	void (*put)(struct format_sink *sink, u16 c);
	int room;		/* characters that still fit */
	bool wide;		/* UTF-16 characters, in the format as well */
};

/* va_list is an array on some architectures, so it is passed in a structure. */
struct format_arguments {
	va_list list;
};

void vpmem_format_text(struct format_sink *sink, const void *text,
		       struct format_arguments *arguments);

#endif /* VPMEM_FORMAT_H */
