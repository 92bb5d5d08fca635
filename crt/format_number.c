// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers in format strings of Windows. Only the digits come from snprintf(): Microsoft's
 * library has rules of its own for the prefix, the zeros and the padding.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "crt/conversion.h"

#define DIGITS_MAX	22		/* of 64 bits, in octal */

static u64 take_unsigned(struct format_arguments *arguments, const struct conversion *conv)
{
	switch (conv->size) {
	case SIZE_64:
		return va_arg(arguments->list, u64);
	case SIZE_POINTER:
		return va_arg(arguments->list, unsigned long);
	case SIZE_SHORT:
		return (u16)va_arg(arguments->list, u32);
	default:
		return va_arg(arguments->list, u32);
	}
}

static s64 take_signed(struct format_arguments *arguments, const struct conversion *conv)
{
	switch (conv->size) {
	case SIZE_64:
		return va_arg(arguments->list, s64);
	case SIZE_POINTER:
		return va_arg(arguments->list, long);
	case SIZE_SHORT:
		return (s16)va_arg(arguments->list, s32);
	default:
		return va_arg(arguments->list, s32);
	}
}

static bool is_signed(const struct conversion *conv)
{
	return conv->type == 'd' || conv->type == 'i';
}

struct number {
	char prefix[3];
	char digits[DIGITS_MAX + 1];
	int zeros;			/* between the two, by the precision */
};

static const char *sign_of(const struct conversion *conv, s64 value)
{
	if (value < 0)
		return "-";
	if (conv->plus)
		return "+";
	return conv->space ? " " : "";
}

static const char *digits_format(const struct conversion *conv)
{
	switch (conv->type) {
	case 'o':
		return "%llo";
	case 'x':
		return "%llx";
	case 'X':
		return "%llX";
	default:
		return "%llu";
	}
}

static void number_make(struct number *number, const struct conversion *conv,
			struct format_arguments *arguments)
{
	u64 value;

	*number = (struct number){};
	if (is_signed(conv)) {
		value = take_signed(arguments, conv);
		strcpy(number->prefix, sign_of(conv, value));
		if ((s64)value < 0)
			value = -value;
	} else {
		value = take_unsigned(arguments, conv);
	}
	/* Print no digit for a 0 with a precision of 0. */
	if (value || conv->precision)
		snprintf(number->digits, sizeof(number->digits), digits_format(conv), value);
	number->zeros = max(conv->precision - (int)strlen(number->digits), 0);
	if (!conv->alternate)
		return;
	if (value && (conv->type == 'x' || conv->type == 'X'))
		snprintf(number->prefix, sizeof(number->prefix), "0%c", conv->type);
	if (conv->type == 'o' && !number->zeros && number->digits[0] != '0')
		number->zeros = 1;
}

void vpmem_put_number(struct format_sink *sink, const struct conversion *conv,
		      struct format_arguments *arguments)
{
	struct number number;
	int length;

	number_make(&number, conv, arguments);
	length = strlen(number.prefix) + number.zeros + strlen(number.digits);
	/* Ignore the flag 0 if there is a precision. */
	if (conv->zero && !conv->left && conv->precision < 0)
		number.zeros += max(conv->width - length, 0);
	else if (!conv->left)
		put_repeated(sink, ' ', conv->width - length);
	put_text(sink, number.prefix);
	put_repeated(sink, '0', number.zeros);
	put_text(sink, number.digits);
	put_padding_behind(sink, conv, length);
}
