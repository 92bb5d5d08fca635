/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conversions of a format, between format.c, which parses them, and format_number.c.
 */
#ifndef VPMEM_CONVERSION_H
#define VPMEM_CONVERSION_H

#include "crt/format.h"

/* Width of an argument */
enum size {
	SIZE_INT,
	SIZE_SHORT,		/* h: of text, narrow */
	SIZE_LONG,		/* l, L, w: 32 bits; of text, wide */
	SIZE_64,		/* ll, I64 */
	SIZE_POINTER,		/* I, z, t */
};

struct conversion {
	bool left, plus, space, zero, alternate;
	int width;
	int precision;		/* -1 if none was given */
	enum size size;
	char type;
};

static inline void put_char(struct format_sink *sink, u16 c)
{
	if (sink->room <= 0)
		return;
	sink->room--;
	sink->put(sink, c);
}

static inline void put_repeated(struct format_sink *sink, u16 c, int count)
{
	while (count-- > 0 && sink->room)
		put_char(sink, c);
}

static inline void put_text(struct format_sink *sink, const char *text)
{
	while (*text && sink->room)
		put_char(sink, (u8)*text++);
}

/* Pad on the left, with zeros if the flag is set, even for text. */
static inline void put_padding_before(struct format_sink *sink, const struct conversion *conv,
				      int length)
{
	if (!conv->left)
		put_repeated(sink, conv->zero ? '0' : ' ', conv->width - length);
}

static inline void put_padding_behind(struct format_sink *sink, const struct conversion *conv,
				      int length)
{
	if (conv->left)
		put_repeated(sink, ' ', conv->width - length);
}

/*
 * format_number.c
 */

void vpmem_put_number(struct format_sink *sink, const struct conversion *conv,
		      struct format_arguments *arguments);

#endif /* VPMEM_CONVERSION_H */
