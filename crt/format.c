// SPDX-License-Identifier: GPL-2.0-only
/*
 * Format strings of Windows.
 *
 * They look like those of printk() but differ: %ld has 32 bits, %S takes wide characters,
 * %Z takes a structure, %#x of 0 is "0", %05s pads with zeros. So a format is never passed
 * to printk(). Each conversion is parsed here, and its argument is read in the width it
 * has on Windows; format_number.c formats the numbers.
 *
 * Messages may be printed in any context, so nothing is allocated.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "core/nofault.h"
#include "crt/conversion.h"
#include "crt/format.h"

#define NUMBER_MAX	0xffff		/* of a width or a precision */
#define CONVERSION_MAX	32		/* characters from the percent sign to the type */

/*
 * Conversions: %[flags][width][.precision][size]type
 */

static const char *parse_flags(const char *format, struct conversion *conv)
{
	for (;; format++) {
		switch (*format) {
		case '-':
			conv->left = true;
			break;
		case '+':
			conv->plus = true;
			break;
		case ' ':
			conv->space = true;
			break;
		case '0':
			conv->zero = true;
			break;
		case '#':
			conv->alternate = true;
			break;
		default:
			return format;
		}
	}
}

static const char *parse_number(const char *format, struct format_arguments *arguments,
				int *number)
{
	if (*format == '*') {
		*number = va_arg(arguments->list, int);
		*number = clamp(*number, -NUMBER_MAX, NUMBER_MAX);
		return format + 1;
	}
	for (*number = 0; *format >= '0' && *format <= '9'; format++)
		*number = min(*number * 10 + (*format - '0'), NUMBER_MAX);
	return format;
}

static const char *parse_width(const char *format, struct format_arguments *arguments,
			       struct conversion *conv)
{
	format = parse_number(format, arguments, &conv->width);
	if (conv->width < 0) {
		conv->left = true;
		conv->width = -conv->width;
	}
	return format;
}

static const char *parse_precision(const char *format, struct format_arguments *arguments,
				   struct conversion *conv)
{
	conv->precision = -1;
	if (*format != '.')
		return format;
	return parse_number(format + 1, arguments, &conv->precision);
}

static const struct {
	char text[4];
	enum size size;
} sizes[] = {
	{ "I64", SIZE_64 }, { "I32", SIZE_LONG }, { "ll", SIZE_64 }, { "hh", SIZE_SHORT },
	{ "h", SIZE_SHORT }, { "l", SIZE_LONG }, { "L", SIZE_LONG }, { "w", SIZE_LONG },
	{ "I", SIZE_POINTER }, { "z", SIZE_POINTER }, { "t", SIZE_POINTER },
};

static const char *parse_size(const char *format, struct conversion *conv)
{
	size_t length;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		length = strlen(sizes[i].text);
		if (!strncmp(format, sizes[i].text, length)) {
			conv->size = sizes[i].size;
			return format + length;
		}
	}
	return format;
}

/* Parse a conversion, from behind the percent sign. Return the place of its type. */
static const char *parse_conversion(const char *format, struct format_arguments *arguments,
				    struct conversion *conv)
{
	*conv = (struct conversion){ .size = SIZE_INT };
	format = parse_flags(format, conv);
	format = parse_width(format, arguments, conv);
	format = parse_precision(format, arguments, conv);
	format = parse_size(format, conv);
	conv->type = *format;
	return format;
}

/*
 * Pointers, and conversions that cannot be printed
 */

/* Print the hash of a pointer, as %p does in the kernel, so that no address leaks. */
static noinline void put_pointer(struct format_sink *sink, const struct conversion *conv,
				 const void *pointer)
{
	char text[2 * sizeof(void *) + 8];
	int length;

	snprintf(text, sizeof(text), "%p", pointer);
	length = strlen(text);
	if (!conv->left)
		put_repeated(sink, ' ', conv->width - length);
	put_text(sink, text);
	put_padding_behind(sink, conv, length);
}

/*
 * Consume the argument of a floating-point conversion, which the kernel cannot print.
 * Where the kernel passes a double with the integers it has 64 bits among them. On
 * 64-bit x86 and ARM doubles have registers of their own: none is taken here.
 */
static void skip_double(struct format_arguments *arguments)
{
#if !defined(__x86_64__) && !defined(__aarch64__)
	va_arg(arguments->list, u64);
#endif
}

/*
 * Text, narrow or wide
 */

struct text {
	const void *start;
	bool own;		/* literal of this file, not an address from the driver */
	bool wide;
	bool counted;
	int most;		/* in characters; the exact length of counted strings */
};

/*
 * Read a character of text at an address from the driver. Return false if there is no
 * memory; the text ends there.
 */
static bool read_char(const void *start, bool wide, int i, u16 *c)
{
	u8 narrow;

	if (wide)
		return vpmem_copy_from_unknown(c, (const u16 *)start + i, sizeof(*c)) ==
		       sizeof(*c);
	if (!vpmem_copy_from_unknown(&narrow, (const u8 *)start + i, sizeof(narrow)))
		return false;
	*c = narrow;
	return true;
}

static bool text_read(const struct text *text, int i, u16 *c)
{
	if (!text->own)
		return read_char(text->start, text->wide, i, c);
	*c = text->wide ? ((const u16 *)text->start)[i] : ((const u8 *)text->start)[i];
	return true;
}

/* Return a character, or a question mark if it is not ASCII or cannot be read. */
static u16 text_char(const struct format_sink *sink, const struct text *text, int i)
{
	u16 c;

	if (!text_read(text, i, &c))
		return '?';
	return !text->wide || sink->wide || c < 0x80 ? c : '?';
}

static bool text_ends(const struct text *text, int i)
{
	u16 c;

	return i >= text->most || !text_read(text, i, &c) || (!text->counted && !c);
}

static int text_length(const struct text *text)
{
	int length = 0;

	while (!text_ends(text, length))
		length++;
	return length;
}

/* Find the end of text without reading more of it than is printed. */
static void text_bound(struct text *text, const struct conversion *conv, int room)
{
	text->most = min(text->most, room);
	if (conv->precision >= 0)
		text->most = min(text->most, conv->precision);
}

static void text_replace(struct text *text, const char *with)
{
	*text = (struct text){ .start = with, .own = true, .most = INT_MAX };
}

static void put_string(struct format_sink *sink, const struct conversion *conv,
		       struct text *text)
{
	int i, length;
	u16 c;

	if (!text->start)
		text_replace(text, "(null)");
	else if (text->most && conv->precision && !text_read(text, 0, &c))
		text_replace(text, "(bad pointer)");
	text_bound(text, conv, sink->room);
	length = text_length(text);
	put_padding_before(sink, conv, length);
	for (i = 0; i < length; i++)
		put_char(sink, text_char(sink, text, i));
	put_padding_behind(sink, conv, length);
}

/*
 * Tell whether the text of a conversion is wide. Without a size it is as wide as the
 * format for %s, and the opposite for %S; counted strings are narrow in both.
 */
static bool is_wide(const struct format_sink *sink, const struct conversion *conv)
{
	if (conv->size != SIZE_INT)
		return conv->size == SIZE_LONG;
	if (conv->type == 'Z')
		return false;
	return sink->wide != (conv->type == 'S' || conv->type == 'C');
}

static void put_character(struct format_sink *sink, const struct conversion *conv,
			  int character)
{
	u16 wide = character;
	char narrow = character;
	struct text text = {
		.start = is_wide(sink, conv) ? (void *)&wide : &narrow,
		.own = true,
		.wide = is_wide(sink, conv),
		.counted = true,
		.most = 1,
	};
	struct conversion whole = *conv;

	whole.precision = -1;
	put_string(sink, &whole, &text);
}

/* Layout of ANSI_STRING and UNICODE_STRING; this file cannot include ntdef.h */
struct counted {
	u16 length;		/* in bytes */
	u16 size;
	const void *start;
};

static void put_counted(struct format_sink *sink, const struct conversion *conv,
			const struct counted *counted)
{
	struct text text = { .wide = is_wide(sink, conv), .counted = true };
	struct counted copy;

	if (vpmem_copy_from_unknown(&copy, counted, sizeof(copy)) == sizeof(copy)) {
		text.start = copy.start;
		text.most = text.wide ? copy.length / 2 : copy.length;
	} else if (counted) {
		text_replace(&text, "(bad pointer)");
	}
	put_string(sink, conv, &text);
}

enum outcome {
	CONVERTED,
	REFUSED,		/* known: its argument is consumed, but not printed */
	UNKNOWN,		/* consumes no argument */
};

static enum outcome put_conversion(struct format_sink *sink, struct conversion *conv,
				   struct format_arguments *arguments)
{
	struct text text = { .wide = is_wide(sink, conv), .most = INT_MAX };

	switch (conv->type) {
	case '%':
		put_char(sink, '%');
		return CONVERTED;
	case 'd':
	case 'i':
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		vpmem_put_number(sink, conv, arguments);
		return CONVERTED;
	case 'p':
		put_pointer(sink, conv, va_arg(arguments->list, void *));
		return CONVERTED;
	case 'c':
	case 'C':
		put_character(sink, conv, va_arg(arguments->list, int));
		return CONVERTED;
	case 's':
	case 'S':
		text.start = va_arg(arguments->list, void *);
		put_string(sink, conv, &text);
		return CONVERTED;
	case 'Z':
		put_counted(sink, conv, va_arg(arguments->list, void *));
		return CONVERTED;
	case 'n':
		/* Ignore %n: a format must not be able to write to memory. */
		va_arg(arguments->list, void *);
		return REFUSED;
	case 'a':
	case 'A':
	case 'e':
	case 'E':
	case 'f':
	case 'F':
	case 'g':
	case 'G':
		skip_double(arguments);
		return REFUSED;
	default:
		return UNKNOWN;
	}
}

/*
 * Formats
 */

static u16 format_char(const struct format_sink *sink, const void *text, int i)
{
	u16 c;

	return read_char(text, sink->wide, i, &c) ? c : 0;
}

/* Copy what may be a conversion to narrow characters, up to the end of the text. */
static void copy_conversion(char *to, const struct format_sink *sink, const void *text,
			    int from)
{
	u16 c;
	int i;

	for (i = 0; i < CONVERSION_MAX - 1; i++) {
		c = format_char(sink, text, from + i);
		if (!c)
			break;
		to[i] = c < 0x80 ? c : '?';
	}
	to[i] = '\0';
}

static void put_verbatim(struct format_sink *sink, const void *text, int from, int to)
{
	while (from < to)
		put_char(sink, format_char(sink, text, from++));
}

/* Put the conversion whose percent sign is at @i. Return the index behind it. */
static int put_conversion_at(struct format_sink *sink, const void *text, int i,
			     struct format_arguments *arguments)
{
	char conversion[CONVERSION_MAX];
	struct conversion conv;
	int type;

	copy_conversion(conversion, sink, text, i + 1);
	type = i + 1 + (parse_conversion(conversion, arguments, &conv) - conversion);
	/* The text ends within it. */
	if (!conv.type) {
		put_verbatim(sink, text, i, type);
		return type;
	}
	switch (put_conversion(sink, &conv, arguments)) {
	case CONVERTED:
		break;
	case REFUSED:
		put_verbatim(sink, text, i, type + 1);
		break;
	case UNKNOWN:
		put_char(sink, format_char(sink, text, type));
		break;
	}
	return type + 1;
}

/**
 * vpmem_format_text() - format a text
 * @sink: receives its characters
 * @text: the format, wide or narrow as the sink is
 * @arguments: arguments of the conversions
 *
 * As in Microsoft's library, an unknown conversion consumes no argument, and the character
 * of its type is put. An unsupported conversion, of floating point or %n, consumes its
 * argument and is put literally.
 */
void vpmem_format_text(struct format_sink *sink, const void *text,
		       struct format_arguments *arguments)
{
	int i = 0;
	u16 c;

	while (sink->room > 0 && (c = format_char(sink, text, i))) {
		if (c == '%') {
			i = put_conversion_at(sink, text, i, arguments);
		} else {
			put_char(sink, c);
			i++;
		}
	}
}
