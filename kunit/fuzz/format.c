// SPDX-License-Identifier: GPL-2.0-only
/*
 * Formats of printing calls, with arguments that suit each conversion.
 */
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "include/vpmem-crt.h"
#include "kunit/fuzz/fuzz.h"

#define FORMAT_SIZE	64
#define CONVERSIONS	6		/* at most; each takes up to four arguments */
#define SMALL		48
#define LARGE		1024
#define GUARD		0xa5

/*
 * The argument of every conversion: a number, a narrow text of one character, a wide one of two,
 * and a counted string of either kind, which is itself.
 */
struct argument {
	u16 length;
	u16 size;
	const void *start;
};

static const struct argument argument = { 4, 6, &argument };

static char large[LARGE], small[SMALL + 1];

static char pick(struct fuzz *fuzz, const char *from)
{
	return from[fuzz_below(fuzz, strlen(from))];
}

static size_t put_conversion(struct fuzz *fuzz, char *to)
{
	static const char * const sizes[] = {
		"", "h", "l", "ll", "L", "w", "I", "I32", "I64", "z",
	};
	size_t at = 0;

	to[at++] = '%';
	while (fuzz_one_in(fuzz, 2) && at < 4)
		to[at++] = pick(fuzz, "-+ 0#");
	if (fuzz_one_in(fuzz, 8))
		to[at++] = '*';
	else if (fuzz_one_in(fuzz, 2))
		at += sprintf(to + at, "%u", fuzz_one_in(fuzz, 100) ? fuzz_number(fuzz) :
			      fuzz_below(fuzz, 60));
	if (fuzz_one_in(fuzz, 4)) {
		to[at++] = '.';
		at += sprintf(to + at, "%u", fuzz_below(fuzz, 60));
	}
	at += sprintf(to + at, "%s", sizes[fuzz_below(fuzz, ARRAY_SIZE(sizes))]);
	if (!fuzz_one_in(fuzz, 16))
		to[at++] = pick(fuzz, "cCdiouxXpsSZneEfgGaA");
	return at;
}

static void make_format(struct fuzz *fuzz, char to[FORMAT_SIZE * 2])
{
	unsigned int nr = 0;
	size_t at = 0;

	while (at < FORMAT_SIZE && !fuzz_one_in(fuzz, 12))
		if (fuzz_one_in(fuzz, 2) && nr++ < CONVERSIONS)
			at += put_conversion(fuzz, to + at);
		else
			to[at++] = 1 + fuzz_below(fuzz, '%' - 1) + (fuzz_one_in(fuzz, 2) ? '%' : 0);
	to[at] = '\0';
}

static int print(char *to, size_t size, const char *format, ...)
{
	va_list list;
	int length;

	va_start(list, format);
	length = vpmem_vsnprintf(to, size, format, list);
	va_end(list);
	return length;
}

static int print_all(char *to, size_t size, const char *format)
{
	const void *a = &argument;

	return print(to, size, format, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a,
		     a, a, a, a, a, a, a, a, a, a);
}

/* A text is as long as it says, in a buffer of any size, and that is written no further. */
static bool format_play(struct fuzz *fuzz)
{
	size_t size = fuzz_below(fuzz, SMALL + 1), common;
	char format[FORMAT_SIZE * 2];
	int length, again;

	make_format(fuzz, format);
	memset(small, GUARD, sizeof(small));
	length = print_all(large, sizeof(large), format);
	again = print_all(small, size, format);
	if (length < 0 || length != again)
		return fuzz_fail("format %s: lengths %d and %d", format, length, again);
	if (large[min(length, LARGE - 1)])
		return fuzz_fail("format %s: %d characters without an end", format, length);
	if (memchr_inv(small + size, GUARD, sizeof(small) - size))
		return fuzz_fail("format %s: more than %zu bytes are written", format, size);
	common = min_t(size_t, length, size - 1);
	if (size && (memcmp(small, large, common) || small[common]))
		return fuzz_fail("format %s: another text in %zu bytes", format, size);
	return true;
}

const struct fuzz_target fuzz_formats = { "formats", 20, format_play };
