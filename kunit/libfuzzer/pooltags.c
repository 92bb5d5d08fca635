// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptions of tags that vpmon reads, of any bytes, and patterns. A pattern accepts what a
 * simpler function does, which takes longer.
 */
#include "calls.h"
#include "input.h"
#include "vpmon.h"

#define PATTERN_SIZE	12
#define TEXT_SIZE	12
#define TAGS		8

static struct input file;

FILE *fuzz_fopen(const char *path, const char *mode)
{
	(void)path;
	(void)mode;
	return file.left ? fmemopen((void *)file.at, file.left, "r") : NULL;
}

/* Match without escapes, by trying each length of a star. */
static bool matches(const char *pattern, const char *text)
{
	if (*pattern == '*')
		return matches(pattern + 1, text) || (*text && matches(pattern, text + 1));
	if (!*pattern || !*text)
		return *pattern == *text;
	return (*pattern == '?' || *pattern == *text) && matches(pattern + 1, text + 1);
}

/* Make a text of few letters, so that they are often the same. */
static void take_text(struct input *input, char *to, size_t size, const char *letters)
{
	size_t i, length = input_u8(input) % size;

	for (i = 0; i < length; i++)
		to[i] = letters[input_u8(input) % strlen(letters)];
	to[i] = '\0';
}

static void check_pattern(struct input *input)
{
	char pattern[PATTERN_SIZE], text[TEXT_SIZE];

	take_text(input, pattern, sizeof(pattern), "ab*?");
	take_text(input, text, sizeof(text), "abc");
	expect(pattern_matches(pattern, text, strlen(text)) == matches(pattern, text),
	       "pattern %s, text %s", pattern, text);
}

static void check_description(uint32_t tag)
{
	const char *text;

	for (text = pooltag_find(tag); *text; text++)
		expect(*text >= ' ' && *text < 0x7f, "description has %d", *text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	uint32_t tags[TAGS];
	struct filter filter = { 0 };
	char pattern[PATTERN_SIZE + 1] = "";
	int i;

	check_pattern(&input);
	input_bytes(&input, pattern, PATTERN_SIZE);
	expect(filter_include(&filter, pattern), "a pattern is refused");
	input_bytes(&input, tags, sizeof(tags));
	file = input;
	pooltag_read("pooltag.txt");
	for (i = 0; i < TAGS; i++) {
		check_description(tags[i]);
		filter_tag(&filter, tags[i], i & 1);
	}
	pooltag_free();
	return 0;
}
