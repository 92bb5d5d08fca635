// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text and numbers, as the C library of Windows has them.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/string.h>

#include "format.h"
#include "vpmem-crt.h"

/*
 * Printing into a buffer
 */

struct buffer {
	struct format_sink sink;
	void *to;
	size_t size;
	size_t length;
};

static void buffer_put(struct format_sink *sink, u16 c)
{
	struct buffer *buffer = container_of(sink, struct buffer, sink);

	if (buffer->length < buffer->size) {
		if (sink->wide)
			((u16 *)buffer->to)[buffer->length] = c;
		else
			((u8 *)buffer->to)[buffer->length] = c;
	}
	buffer->length++;
}

static int buffer_format(void *to, size_t size, bool wide, const void *text, va_list list)
{
	struct buffer buffer = {
		.sink = { .put = buffer_put, .room = INT_MAX, .wide = wide },
		.to = to,
		.size = to ? size : 0,
	};
	struct format_arguments arguments;

	va_copy(arguments.list, list);
	format(&buffer.sink, text, &arguments);
	va_end(arguments.list);
	return buffer.length;
}

int vpmem_format(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return buffer_format(To, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_format);

int vpmem_wide_format(u16 *To, SIZE_T Size, const u16 *Format, va_list List)
{
	return buffer_format(To, Size, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_wide_format);

/*
 * What ends a text depends on the function. Each takes the number of characters that
 * there is room for, and their number in the whole text.
 */

static void put_end(void *to, size_t at, bool wide)
{
	if (wide)
		((u16 *)to)[at] = 0;
	else
		((u8 *)to)[at] = 0;
}

/* Of C: a text that is too long is cut. */
static int print_cut(void *to, size_t size, bool wide, const void *text, va_list list)
{
	int length = buffer_format(to, size, wide, text, list);

	if (to && size)
		put_end(to, min_t(size_t, length, size - 1), wide);
	return length;
}

/* Of Microsoft: one that just fits has no end. */
static int print_open(void *to, size_t size, bool wide, const void *text, va_list list)
{
	int length = buffer_format(to, size, wide, text, list);

	if (!to)
		return length;
	if (length < size)
		put_end(to, length, wide);
	return length <= size ? length : -1;
}

/* Of Microsoft, later: of one that is too long nothing is left, unless it was to be cut. */
static int print_safe(void *to, size_t size, size_t count, bool wide, const void *text,
		      va_list list)
{
	bool cut = count < size || count == (size_t)-1;
	size_t room = min(count, size - 1);
	int length;

	if (!to || !size)
		return -1;
	length = buffer_format(to, room, wide, text, list);
	if (length <= room) {
		put_end(to, length, wide);
		return length;
	}
	put_end(to, cut ? room : 0, wide);
	return -1;
}

#define PRINT(call, last)							\
do {										\
	int length_of;								\
	va_list List;								\
										\
	va_start(List, last);							\
	length_of = call;							\
	va_end(List);								\
	return length_of;							\
} while (0)

int vpmem_sprintf(char *To, const char *Format, ...)
{
	PRINT(print_open(To, INT_MAX, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_sprintf);

int vpmem_vsprintf(char *To, const char *Format, va_list List)
{
	return print_open(To, INT_MAX, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vsprintf);

int vpmem_snprintf(char *To, SIZE_T Size, const char *Format, ...)
{
	PRINT(print_cut(To, Size, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_snprintf);

int vpmem_vsnprintf(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return print_cut(To, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vsnprintf);

int vpmem__snprintf(char *To, SIZE_T Size, const char *Format, ...)
{
	PRINT(print_open(To, Size, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snprintf);

int vpmem__vsnprintf(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return print_open(To, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnprintf);

int vpmem_sprintf_s(char *To, SIZE_T Size, const char *Format, ...)
{
	PRINT(print_safe(To, Size, Size, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_sprintf_s);

int vpmem_vsprintf_s(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return print_safe(To, Size, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vsprintf_s);

int vpmem__snprintf_s(char *To, SIZE_T Size, SIZE_T Count, const char *Format, ...)
{
	PRINT(print_safe(To, Size, Count, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snprintf_s);

int vpmem__vsnprintf_s(char *To, SIZE_T Size, SIZE_T Count, const char *Format,
		       va_list List)
{
	return print_safe(To, Size, Count, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnprintf_s);

/* The greatest that can be a size, and is no address. */
#define WIDE_SIZE_MAX	0xfffff

static bool is_size(const u16 *size)
{
	return (unsigned long)size <= WIDE_SIZE_MAX;
}

int vpmem_swprintf(u16 *To, const u16 *FormatOrSize, ...)
{
	const u16 *text = FormatOrSize;
	size_t size = INT_MAX;
	va_list list;
	int length;

	va_start(list, FormatOrSize);
	if (is_size(text)) {
		size = (size_t)text;
		text = va_arg(list, u16 *);
	}
	if (size == INT_MAX)
		length = print_open(To, size, true, text, list);
	else
		length = print_safe(To, size, -1, true, text, list);
	va_end(list);
	return length;
}
EXPORT_SYMBOL_GPL(vpmem_swprintf);

int vpmem_vswprintf(u16 *To, const u16 *Format, va_list List)
{
	return print_open(To, INT_MAX, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vswprintf);

int vpmem__snwprintf(u16 *To, SIZE_T Size, const u16 *Format, ...)
{
	PRINT(print_open(To, Size, true, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snwprintf);

int vpmem__vsnwprintf(u16 *To, SIZE_T Size, const u16 *Format, va_list List)
{
	return print_open(To, Size, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnwprintf);

int vpmem_swprintf_s(u16 *To, SIZE_T Size, const u16 *Format, ...)
{
	PRINT(print_safe(To, Size, Size, true, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_swprintf_s);

int vpmem_vswprintf_s(u16 *To, SIZE_T Size, const u16 *Format, va_list List)
{
	return print_safe(To, Size, Size, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vswprintf_s);

int vpmem__snwprintf_s(u16 *To, SIZE_T Size, SIZE_T Count, const u16 *Format, ...)
{
	PRINT(print_safe(To, Size, Count, true, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snwprintf_s);

int vpmem__vsnwprintf_s(u16 *To, SIZE_T Size, SIZE_T Count, const u16 *Format,
			va_list List)
{
	return print_safe(To, Size, Count, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnwprintf_s);

/*
 * Wide strings
 */

static u16 wide_lower(u16 c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static u16 wide_upper(u16 c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

SIZE_T vpmem_wcsnlen(const u16 *String, SIZE_T Size)
{
	SIZE_T length = 0;

	while (length < Size && String[length])
		length++;
	return length;
}
EXPORT_SYMBOL_GPL(vpmem_wcsnlen);

SIZE_T vpmem_wcslen(const u16 *String)
{
	return vpmem_wcsnlen(String, -1);
}
EXPORT_SYMBOL_GPL(vpmem_wcslen);

u16 *vpmem_wcsncpy(u16 *To, const u16 *From, SIZE_T Size)
{
	SIZE_T i = 0;

	for (; i < Size && From[i]; i++)
		To[i] = From[i];
	for (; i < Size; i++)
		To[i] = 0;
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_wcsncpy);

u16 *vpmem_wcscpy(u16 *To, const u16 *From)
{
	return vpmem_wcsncpy(To, From, vpmem_wcslen(From) + 1);
}
EXPORT_SYMBOL_GPL(vpmem_wcscpy);

u16 *vpmem_wcscat(u16 *To, const u16 *From)
{
	vpmem_wcscpy(To + vpmem_wcslen(To), From);
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_wcscat);

u16 *vpmem_wcsncat(u16 *To, const u16 *From, SIZE_T Size)
{
	u16 *end = To + vpmem_wcslen(To);

	while (Size-- && *From)
		*end++ = *From++;
	*end = 0;
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_wcsncat);

int vpmem_wcsncmp(const u16 *A, const u16 *B, SIZE_T Size)
{
	for (; Size; Size--, A++, B++) {
		if (*A != *B || !*A)
			return *A - *B;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(vpmem_wcsncmp);

int vpmem_wcscmp(const u16 *A, const u16 *B)
{
	return vpmem_wcsncmp(A, B, -1);
}
EXPORT_SYMBOL_GPL(vpmem_wcscmp);

int vpmem__wcsnicmp(const u16 *A, const u16 *B, SIZE_T Size)
{
	for (; Size; Size--, A++, B++) {
		int difference = wide_lower(*A) - wide_lower(*B);

		if (difference || !*A)
			return difference;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(vpmem__wcsnicmp);

int vpmem__wcsicmp(const u16 *A, const u16 *B)
{
	return vpmem__wcsnicmp(A, B, -1);
}
EXPORT_SYMBOL_GPL(vpmem__wcsicmp);

u16 *vpmem_wcschr(const u16 *String, u16 C)
{
	for (;; String++) {
		if (*String == C)
			return (u16 *)String;
		if (!*String)
			return NULL;
	}
}
EXPORT_SYMBOL_GPL(vpmem_wcschr);

u16 *vpmem_wcsrchr(const u16 *String, u16 C)
{
	const u16 *at = String + vpmem_wcslen(String);

	for (; *at != C; at--) {
		if (at == String)
			return NULL;
	}
	return (u16 *)at;
}
EXPORT_SYMBOL_GPL(vpmem_wcsrchr);

u16 *vpmem_wcsstr(const u16 *String, const u16 *Part)
{
	SIZE_T length = vpmem_wcslen(Part);

	for (;; String++) {
		if (!vpmem_wcsncmp(String, Part, length))
			return (u16 *)String;
		if (!*String)
			return NULL;
	}
}
EXPORT_SYMBOL_GPL(vpmem_wcsstr);

/* How many at the beginning are in the set, or are not. */
static SIZE_T wide_span(const u16 *string, const u16 *set, bool in)
{
	SIZE_T length = 0;

	while (string[length] && !!vpmem_wcschr(set, string[length]) == in)
		length++;
	return length;
}

SIZE_T vpmem_wcsspn(const u16 *String, const u16 *Set)
{
	return wide_span(String, Set, true);
}
EXPORT_SYMBOL_GPL(vpmem_wcsspn);

SIZE_T vpmem_wcscspn(const u16 *String, const u16 *Set)
{
	return wide_span(String, Set, false);
}
EXPORT_SYMBOL_GPL(vpmem_wcscspn);

u16 *vpmem_wcspbrk(const u16 *String, const u16 *Set)
{
	const u16 *at = String + vpmem_wcscspn(String, Set);

	return *at ? (u16 *)at : NULL;
}
EXPORT_SYMBOL_GPL(vpmem_wcspbrk);

u16 *vpmem__wcsupr(u16 *String)
{
	u16 *at;

	for (at = String; *at; at++)
		*at = wide_upper(*at);
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__wcsupr);

u16 *vpmem__wcslwr(u16 *String)
{
	u16 *at;

	for (at = String; *at; at++)
		*at = wide_lower(*at);
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__wcslwr);

SIZE_T vpmem_wcstombs(char *To, const u16 *From, SIZE_T Size)
{
	SIZE_T i;

	if (!To)
		return vpmem_wcslen(From);
	for (i = 0; i < Size; i++) {
		To[i] = From[i] < 0x80 ? From[i] : '?';
		if (!From[i])
			break;
	}
	return i;
}
EXPORT_SYMBOL_GPL(vpmem_wcstombs);

SIZE_T vpmem_mbstowcs(u16 *To, const char *From, SIZE_T Size)
{
	SIZE_T i;

	if (!To)
		return strlen(From);
	for (i = 0; i < Size; i++) {
		To[i] = (u8)From[i];
		if (!From[i])
			break;
	}
	return i;
}
EXPORT_SYMBOL_GPL(vpmem_mbstowcs);

/*
 * Narrow ones that Linux has no more, or never had
 */

char *vpmem_strncpy(char *To, const char *From, SIZE_T Size)
{
	SIZE_T length = strnlen(From, Size);

	memcpy(To, From, length);
	memset(To + length, 0, Size - length);
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_strncpy);

char *vpmem__strupr(char *String)
{
	char *at;

	for (at = String; *at; at++)
		*at = isascii(*at) ? toupper(*at) : *at;
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__strupr);

char *vpmem__strlwr(char *String)
{
	char *at;

	for (at = String; *at; at++)
		*at = isascii(*at) ? tolower(*at) : *at;
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__strlwr);

char *vpmem__strrev(char *String)
{
	size_t i, length = strlen(String);

	for (i = 0; i < length / 2; i++)
		swap(String[i], String[length - 1 - i]);
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__strrev);

int vpmem__memicmp(const void *A, const void *B, SIZE_T Size)
{
	const u8 *a = A, *b = B;
	int difference = 0;

	while (Size-- && !difference)
		difference = wide_lower(*a++) - wide_lower(*b++);
	return difference;
}
EXPORT_SYMBOL_GPL(vpmem__memicmp);

/*
 * Numbers from text. Wide text is read through the same function, by the character.
 */

struct number {
	const void *text;
	bool wide;
	size_t at;		/* behind what was read */
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
	c = wide_lower(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 10;
	return 36;
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
	if (wide_lower(number_char(&ahead)) != 'x')
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
		return base;
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

static LONG read_long(const void *text, bool wide, int base, size_t *end)
{
	struct number number = read_number(text, wide, base, U32_MAX);
	u64 most = number.minus ? 1ULL << 31 : S32_MAX;

	*end = number.at;
	if (number.overflow || number.value > most)
		number.value = most;
	return number.minus ? -(u32)number.value : number.value;
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
	struct number number = read_number(Text, false, 10, S64_MAX);

	return number.minus ? -number.value : number.value;
}
EXPORT_SYMBOL_GPL(vpmem__atoi64);

int vpmem_atoi(const char *Text)
{
	return vpmem__atoi64(Text);
}
EXPORT_SYMBOL_GPL(vpmem_atoi);

int vpmem__wtoi(const u16 *Text)
{
	struct number number = read_number(Text, true, 10, S64_MAX);

	return number.minus ? -number.value : number.value;
}
EXPORT_SYMBOL_GPL(vpmem__wtoi);

/*
 * Text from numbers
 */

#define BINARY_MAX	(1 + 64 + 1)	/* a sign, digits and the end */

/* Returns where it begins in @text, which is filled from its end on. */
static const char *number_text(char *text, u64 value, int base, bool minus)
{
	char *at = text + BINARY_MAX - 1;
	u32 digit;

	*at = '\0';
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

/* Only in base 10 is there a sign. */
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

/* Those of all miniports are one series. */
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
