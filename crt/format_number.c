// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers in format strings of Windows. Only the digits come from snprintf(): Microsoft's
 * library has rules of its own for the prefix, the zeros and the padding.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "crt/conversion.h"

#define DIGITS_MAX	22		/* of 64 bits, in octal */

static u64 take_unsigned(struct format_arguments *arguments, const struct conversion *what)
{
	switch (what->size) {
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

static s64 take_signed(struct format_arguments *arguments, const struct conversion *what)
{
	switch (what->size) {
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

static bool is_signed(const struct conversion *what)
{
	return what->type == 'd' || what->type == 'i';
}

struct number {
	char prefix[3];
	char digits[DIGITS_MAX + 1];
	int zeros;			/* between the two, by the precision */
};

static const char *sign_of(const struct conversion *what, s64 value)
{
	if (value < 0)
		return "-";
	if (what->plus)
		return "+";
	return what->space ? " " : "";
}

static const char *digits_format(const struct conversion *what)
{
	switch (what->type) {
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

static void number_make(struct number *number, const struct conversion *what,
			struct format_arguments *arguments)
{
	u64 value;

	*number = (struct number){};
	if (is_signed(what)) {
		value = take_signed(arguments, what);
		strcpy(number->prefix, sign_of(what, value));
		if ((s64)value < 0)
			value = -value;
	} else {
		value = take_unsigned(arguments, what);
	}
	/* Print no digit for a 0 with a precision of 0. */
	if (value || what->precision)
		snprintf(number->digits, sizeof(number->digits), digits_format(what), value);
	number->zeros = max(what->precision - (int)strlen(number->digits), 0);
	if (!what->alternate)
		return;
	if (value && (what->type == 'x' || what->type == 'X'))
		snprintf(number->prefix, sizeof(number->prefix), "0%c", what->type);
	if (what->type == 'o' && !number->zeros && number->digits[0] != '0')
		number->zeros = 1;
}

void vpmem_put_number(struct format_sink *sink, const struct conversion *what,
		      struct format_arguments *arguments)
{
	struct number number;
	int length;

	number_make(&number, what, arguments);
	length = strlen(number.prefix) + number.zeros + strlen(number.digits);
	/* Ignore the flag 0 if there is a precision. */
	if (what->zero && !what->left && what->precision < 0)
		number.zeros += max(what->width - length, 0);
	else if (!what->left)
		put_repeated(sink, ' ', what->width - length);
	put_text(sink, number.prefix);
	put_repeated(sink, '0', number.zeros);
	put_text(sink, number.digits);
	put_padding_behind(sink, what, length);
}
