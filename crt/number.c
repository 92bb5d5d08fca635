// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversion between numbers and text, as in the C library of Windows: long has 32 bits.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "include/vpmem-crt.h"

#define BASE_MAX	36

/*
 * Conversion from text. One function reads narrow and wide text, by the character.
 */

struct number {
	const void *text;
	bool wide;
	size_t at;		/* index behind the number */
	bool minus;
	bool digits;
	bool overflow;
	u64 value;
};

static u16 number_char(const struct number *number)
{
	if (number->wide)
		return ((const u16 *)number->text)[number->at];
	return ((const u8 *)number->text)[number->at];
}

static int digit_of(u16 c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 'a' ^ 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	return BASE_MAX;
}

static void number_sign(struct number *number)
{
	while (number_char(number) == ' ' ||
	       (number_char(number) >= '\t' && number_char(number) <= '\r'))
		number->at++;
	number->minus = number_char(number) == '-';
	if (number_char(number) == '-' || number_char(number) == '+')
		number->at++;
}

static bool number_is_hex(struct number *number)
{
	struct number ahead = *number;

	if (number_char(&ahead) != '0')
		return false;
	ahead.at++;
	if (number_char(&ahead) != 'x' && number_char(&ahead) != 'X')
		return false;
	ahead.at++;
	return digit_of(number_char(&ahead)) < 16;
}

static int number_base(struct number *number, int base)
{
	if ((base == 0 || base == 16) && number_is_hex(number)) {
		number->at += 2;
		return 16;
	}
	if (base)
		return base >= 2 && base <= BASE_MAX ? base : 0;
	return number_char(number) == '0' ? 8 : 10;
}

static void number_digits(struct number *number, int base, u64 most)
{
	int digit;

	while ((digit = digit_of(number_char(number))) < base) {
		number->digits = true;
		number->at++;
		if (number->value > div_u64(most - digit, base))
			number->overflow = true;
		number->value = number->value * base + digit;
	}
	if (!number->digits)
		number->at = 0;
}

static struct number read_number(const void *text, bool wide, int base, u64 most)
{
	struct number number = { .text = text, .wide = wide };

	number_sign(&number);
	base = number_base(&number, base);
	number_digits(&number, base, most);
	return number;
}

static ULONG read_ulong(const void *text, bool wide, int base, size_t *end)
{
	struct number number = read_number(text, wide, base, U32_MAX);

	*end = number.at;
	if (number.overflow)
		return U32_MAX;
	return number.minus ? -(u32)number.value : number.value;
}

/* Clamp a number to the range from -@most - 1 to @most. */
static s64 signed_value(const struct number *number, u64 most)
{
	u64 value = number->value;

	most += number->minus;
	if (number->overflow || value > most)
		value = most;
	return number->minus ? -value : value;
}

static LONG read_long(const void *text, bool wide, int base, size_t *end)
{
	struct number number = read_number(text, wide, base, U32_MAX);

	*end = number.at;
	return signed_value(&number, S32_MAX);
}

LONG vpmem_strtol(const char *Text, char **End, int Base)
{
	size_t end;
	LONG value = read_long(Text, false, Base, &end);

	if (End)
		*End = (char *)Text + end;
	return value;
}
EXPORT_SYMBOL_GPL(vpmem_strtol);

ULONG vpmem_strtoul(const char *Text, char **End, int Base)
{
	size_t end;
	ULONG value = read_ulong(Text, false, Base, &end);

	if (End)
		*End = (char *)Text + end;
	return value;
}
EXPORT_SYMBOL_GPL(vpmem_strtoul);

LONG vpmem_wcstol(const u16 *Text, u16 **End, int Base)
{
	size_t end;
	LONG value = read_long(Text, true, Base, &end);

	if (End)
		*End = (u16 *)Text + end;
	return value;
}
EXPORT_SYMBOL_GPL(vpmem_wcstol);

ULONG vpmem_wcstoul(const u16 *Text, u16 **End, int Base)
{
	size_t end;
	ULONG value = read_ulong(Text, true, Base, &end);

	if (End)
		*End = (u16 *)Text + end;
	return value;
}
EXPORT_SYMBOL_GPL(vpmem_wcstoul);

LONGLONG vpmem__atoi64(const char *Text)
{
	struct number number = read_number(Text, false, 10, U64_MAX);

	return signed_value(&number, S64_MAX);
}
EXPORT_SYMBOL_GPL(vpmem__atoi64);

int vpmem_atoi(const char *Text)
{
	return vpmem_strtol(Text, NULL, 10);
}
EXPORT_SYMBOL_GPL(vpmem_atoi);

int vpmem__wtoi(const u16 *Text)
{
	return vpmem_wcstol(Text, NULL, 10);
}
EXPORT_SYMBOL_GPL(vpmem__wtoi);

/*
 * Conversion to text
 */

#define BINARY_MAX	(1 + 64 + 1)	/* a sign, digits and the end */

/*
 * Write a number to the end of @text, and return its beginning. The text is empty for an
 * invalid base.
 */
static const char *number_text(char *text, u64 value, int base, bool minus)
{
	char *at = text + BINARY_MAX - 1;
	u32 digit;

	*at = '\0';
	if (base < 2 || base > BASE_MAX)
		return at;
	do {
		value = div_u64_rem(value, base, &digit);
		*--at = digit < 10 ? '0' + digit : 'a' + digit - 10;
	} while (value);
	if (minus)
		*--at = '-';
	return at;
}

char *vpmem__ui64toa(ULONGLONG Value, char *Text, int Base)
{
	char text[BINARY_MAX];

	return strcpy(Text, number_text(text, Value, Base, false));
}
EXPORT_SYMBOL_GPL(vpmem__ui64toa);

char *vpmem__i64toa(LONGLONG Value, char *Text, int Base)
{
	char text[BINARY_MAX];
	bool minus = Base == 10 && Value < 0;

	return strcpy(Text, number_text(text, minus ? -(u64)Value : Value, Base, minus));
}
EXPORT_SYMBOL_GPL(vpmem__i64toa);

char *vpmem__ultoa(ULONG Value, char *Text, int Base)
{
	return vpmem__ui64toa(Value, Text, Base);
}
EXPORT_SYMBOL_GPL(vpmem__ultoa);

/* Format an int, with a sign in base 10 only. */
char *vpmem__itoa(int Value, char *Text, int Base)
{
	return Base == 10 ? vpmem__i64toa(Value, Text, Base) :
			    vpmem__ui64toa((u32)Value, Text, Base);
}
EXPORT_SYMBOL_GPL(vpmem__itoa);

u16 *vpmem__itow(int Value, u16 *Text, int Base)
{
	char text[BINARY_MAX];

	vpmem_mbstowcs(Text, vpmem__itoa(Value, text, Base), BINARY_MAX);
	return Text;
}
EXPORT_SYMBOL_GPL(vpmem__itow);

u16 *vpmem__ultow(ULONG Value, u16 *Text, int Base)
{
	char text[BINARY_MAX];

	vpmem_mbstowcs(Text, vpmem__ultoa(Value, text, Base), BINARY_MAX);
	return Text;
}
EXPORT_SYMBOL_GPL(vpmem__ultow);

/* State of rand(), shared by all miniports */
static unsigned int random_state = 1;

int vpmem_rand(void)
{
	unsigned int state = READ_ONCE(random_state) * 214013 + 2531011;

	WRITE_ONCE(random_state, state);
	return state >> 16 & 0x7fff;
}
EXPORT_SYMBOL_GPL(vpmem_rand);

VOID vpmem_srand(unsigned int Seed)
{
	WRITE_ONCE(random_state, Seed);
}
EXPORT_SYMBOL_GPL(vpmem_srand);
