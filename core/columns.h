/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Columns of a line, for views of thousands of lines: seq_printf() takes five times as
 * long. Each call writes what the named format prints, and returns its end. Fill the
 * line with spaces before, because the calls skip what they need not write.
 */
#ifndef VPMEM_COLUMNS_H
#define VPMEM_COLUMNS_H

#include <linux/kernel.h>
#include <linux/math64.h>

#define VPMEM_DIGITS	20		/* of the largest number */

/* "%-*s" */
static inline char *vpmem_column_text(char *to, unsigned int width, const char *text)
{
	char *end = to + width;

	while (*text)
		*to++ = *text++;
	return max(to, end);
}

/* "%*llu" */
static inline char *vpmem_column_number(char *to, unsigned int width, u64 number)
{
	char digits[VPMEM_DIGITS];
	unsigned int at = sizeof(digits), count;
	u32 digit;

	/* Most numbers of a view have one digit. */
	if (number < 10) {
		to[width - 1] = '0' + number;
		return to + width;
	}
	do {
		number = div_u64_rem(number, 10, &digit);
		digits[--at] = '0' + digit;
	} while (number);
	count = sizeof(digits) - at;
	if (count < width)
		to += width - count;
	while (at < sizeof(digits))
		*to++ = digits[at++];
	return to;
}

/* "0x%08x" */
static inline char *vpmem_column_hex(char *to, u32 number)
{
	static const char hex[] = "0123456789abcdef";
	int shift;

	*to++ = '0';
	*to++ = 'x';
	for (shift = 28; shift >= 0; shift -= 4)
		*to++ = hex[number >> shift & 0xf];
	return to;
}

#endif /* VPMEM_COLUMNS_H */
