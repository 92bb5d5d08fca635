// SPDX-License-Identifier: GPL-2.0-only
/*
 * Formats and numbers of Windows, of any bytes, in buffers of exactly their size. The code is
 * that of the module.
 */
#include <errno.h>
#include <linux/kernel.h>
#include "core/nofault.h"
#include "include/vpmem-crt.h"
#include "input.h"

#define FORMAT_MAX	96
#define ARGUMENTS	16
#define ROOM_MAX	200
#define NUMBER_MAX	80		/* characters of a number as text */
#define DIGITS_MAX	66		/* of 64 bits in base 2, a sign and the end */

/* Memory that an argument may point to; all else is taken for memory that is not there. */
static struct {
	uint8_t *start;
	size_t size;
} known;

static uint64_t values[ARGUMENTS];

size_t vpmem_copy_from_unknown(void *to, const void *from, size_t bytes)
{
	uintptr_t at = (uintptr_t)from - (uintptr_t)known.start;

	if (at >= known.size)
		return 0;
	if (bytes > known.size - at)
		bytes = known.size - at;
	memcpy(to, from, bytes);
	return bytes;
}

/*
 * Formats
 */

static int print_list(void *to, size_t size, const void *format, int wide, ...)
{
	va_list list;
	int length;

	va_start(list, wide);
	if (wide)
		length = vpmem__vsnwprintf(to, size, format, list);
	else
		length = vpmem_vsnprintf(to, size, format, list);
	va_end(list);
	return length;
}

static int print(void *to, size_t size, const void *format, bool wide)
{
	const uint64_t *v = values;

	return print_list(to, size, format, wide, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7],
			  v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15]);
}

/* Put the format and all texts into memory that has nothing behind it. */
static void *make_memory(struct input *input, size_t size)
{
	known.size = size;
	known.start = malloc(size);
	expect(known.start, "no memory");
	input_bytes(input, known.start, size);
	return known.start;
}

static void make_values(struct input *input)
{
	int i;

	for (i = 0; i < ARGUMENTS; i++) {
		values[i] = input_u8(input);
		if (values[i] & 0x80)
			values[i] = (uintptr_t)known.start + values[i] % known.size;
		else if (values[i] & 0x40)
			values[i] = input_u64(input);
	}
}

/* Compare a text in a buffer that may be too small with the whole text. */
static void check_narrow(const char *format, size_t room)
{
	int length = print(NULL, 0, format, false), again;
	char *small = malloc(room ?: 1);
	char *whole;

	expect(length >= 0, "length %d", length);
	whole = malloc(length + 1);
	expect(small && whole, "no memory");
	again = print(whole, length + 1, format, false);
	expect(again == length && strlen(whole) <= (size_t)length, "length %d, then %d", length,
	       again);
	again = print(small, room, format, false);
	expect(again == length, "length %d, then %d in %zu bytes", length, again, room);
	if (room) {
		expect(!small[min_t(size_t, length, room - 1)], "no end in %zu bytes", room);
		expect(!memcmp(small, whole, min_t(size_t, length, room - 1)),
		       "another text in %zu bytes", room);
	}
	free(whole);
	free(small);
}

static void check_wide(const uint16_t *format, size_t room)
{
	uint16_t *small = malloc(room * sizeof(*small) ?: 1);
	int length;

	expect(small, "no memory");
	length = print(small, room, format, true);
	expect(length == -1 || (length >= 0 && (size_t)length <= room), "length %d of %zu", length,
	       room);
	if (length >= 0 && (size_t)length < room)
		expect(!small[length], "no end behind %d", length);
	free(small);
}

static void check_format(struct input *input)
{
	size_t room = input_u8(input) % ROOM_MAX, size = 2 + input_u8(input) % FORMAT_MAX;
	bool wide = input_u8(input) & 1;
	void *format;

	format = make_memory(input, size & ~1UL);
	make_values(input);
	/* A text of billions of characters takes too long. */
	if (wide)
		check_wide(format, room);
	else
		check_narrow(format, room);
	free(known.start);
}

/*
 * Numbers
 */

/* Return what the C library of the host makes of a text, clamped to 32 bits. */
static LONG signed_of(const char *text, char **end, int base)
{
	long long value = strtoll(text, end, base);

	return clamp_t(long long, value, INT32_MIN, INT32_MAX);
}

static void check_signed(const char *text, int base)
{
	char *end, *wanted_end;
	LONG value = vpmem_strtol(text, &end, base);
	LONG wanted = signed_of(text, &wanted_end, base);

	expect(value == wanted && end == wanted_end, "strtol(\"%s\", %d): %d, %d characters",
	       text, base, value, (int)(end - text));
}

static void check_unsigned(const char *text, int base)
{
	char *end, *wanted_end;
	ULONG value = vpmem_strtoul(text, &end, base), wanted;
	unsigned long long whole;
	bool minus = text[strspn(text, " \t\n\v\f\r")] == '-';

	errno = 0;
	whole = strtoull(text, &wanted_end, base);
	if (minus)
		whole = -whole;
	wanted = errno == ERANGE || whole > UINT32_MAX ? UINT32_MAX : minus ? -whole : whole;
	expect(value == wanted && end == wanted_end, "strtoul(\"%s\", %d): %u, %d characters",
	       text, base, value, (int)(end - text));
}

/* Make a text of what numbers have, in memory that has nothing behind it. */
static char *make_number(struct input *input)
{
	static const char letters[] = " -+0123456789abcxfzXFZ\t.";
	size_t i, length = input_u8(input) % NUMBER_MAX;
	char *text = malloc(length + 1);

	expect(text, "no memory");
	for (i = 0; i < length; i++)
		text[i] = letters[input_u8(input) % (sizeof(letters) - 1)];
	text[i] = '\0';
	return text;
}

static void check_text_of(int64_t value, int base)
{
	char *text = malloc(DIGITS_MAX), *end;

	expect(text, "no memory");
	vpmem__i64toa(value, text, base);
	if (base == 10)
		expect(strtoll(text, &end, base) == value && !*end, "_i64toa: \"%s\"", text);
	else
		expect(strtoull(text, &end, base) == (uint64_t)value && !*end,
		       "_i64toa(%d): \"%s\"", base, text);
	free(text);
}

static void check_number(struct input *input)
{
	int base = input_u8(input) % 37;
	char *text = make_number(input);

	base = base == 1 ? 0 : base;
	check_signed(text, base);
	check_unsigned(text, base);
	free(text);
	check_text_of(input_u64(input), base ?: 10);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };

	if (input_u8(&input) & 1)
		check_number(&input);
	else
		check_format(&input);
	return 0;
}
