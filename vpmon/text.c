// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text of any origin: bounded lines, numbers, and what may be printed of it.
 */
#include <string.h>

#include "vpmon.h"

/* Read a line. Return false at the end of the file. */
bool line_read(FILE *file, struct line *line)
{
	bool any = false;
	int c;

	line->length = 0;
	while ((c = getc(file)) != EOF) {
		any = true;
		if (c == '\n')
			break;
		if (line->length < sizeof(line->text) - 1)
			line->text[line->length++] = c ? c : '?';
	}
	if (line->length && line->text[line->length - 1] == '\r')
		line->length--;
	line->text[line->length] = '\0';
	return any;
}

/* Copy what fits, and terminate it. */
void text_copy(char *to, size_t size, const char *from)
{
	size_t length = strlen(from);

	if (length >= size)
		length = size - 1;
	memcpy(to, from, length);
	to[length] = '\0';
}

/* Copy a name, in which the views print a byte as a backslash, x and two digits. */
void text_unescape(char *to, size_t size, const char *from)
{
	size_t length = 0;
	uint32_t byte;

	while (*from && length + 1 < size) {
		char digits[] = { '0', 'x', 0, 0, 0 };

		if (from[0] == '\\' && from[1] == 'x' && from[2] && from[3]) {
			memcpy(digits + 2, from + 2, 2);
			if (hex_parse(digits, &byte)) {
				to[length++] = byte ? (char)byte : '?';
				from += 4;
				continue;
			}
		}
		to[length++] = *from++;
	}
	to[length] = '\0';
}

bool text_is_blank(const char *text)
{
	return !text[strspn(text, " \t")];
}

/* Parse a decimal number and nothing else; one that is too large becomes the largest. */
bool number_parse(const char *text, uint64_t *number)
{
	uint64_t value = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		unsigned int digit = (unsigned char)*text - '0';

		if (digit > 9)
			return false;
		if (value > (UINT64_MAX - digit) / 10)
			value = UINT64_MAX;
		else
			value = 10 * value + digit;
	}
	*number = value;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* Parse 0x and up to eight digits. */
bool hex_parse(const char *text, uint32_t *number)
{
	uint32_t value = 0;
	int digits = 0;

	if (text[0] != '0' || (text[1] != 'x' && text[1] != 'X'))
		return false;
	for (text += 2; *text; text++, digits++) {
		int digit = hex_digit(*text);

		if (digit < 0 || digits == 8)
			return false;
		value = value << 4 | (uint32_t)digit;
	}
	*number = value;
	return digits > 0;
}

/* Format a tag as the kernel module does: low byte first, others than letters escaped. */
const char *tag_text(uint32_t tag, bool other, char text[TAG_TEXT])
{
	char *out = text;
	int i;

	if (other)
		return "(other)";
	for (i = 0; i < 4; i++, tag >>= 8) {
		unsigned char c = tag & 0xff;

		if (i && tag == UINT32_C(0x20202020) >> (8 * i))
			break;
		if (c > ' ' && c < 0x7f && c != '\\')
			*out++ = (char)c;
		else
			out += sprintf(out, "\\x%02x", c);
	}
	*out = '\0';
	return text;
}

/* Copy text for a terminal or a table: a byte that is not printable ASCII becomes '?'. */
void text_shown(char *to, size_t size, const char *from)
{
	size_t i;

	for (i = 0; from[i] && i + 1 < size; i++) {
		unsigned char c = (unsigned char)from[i];

		to[i] = c >= ' ' && c < 0x7f ? (char)c : '?';
	}
	to[i] = '\0';
}

/* Print a string of JSON. A byte outside ASCII becomes the character of that number. */
void json_text(FILE *to, const char *text)
{
	putc('"', to);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else if (c < ' ' || c >= 0x7f)
			fprintf(to, "\\u%04x", c);
		else
			putc(c, to);
	}
	putc('"', to);
}

/* Print a field of CSV, in quotes if it has to be. */
void csv_text(FILE *to, const char *text)
{
	bool quoted = strpbrk(text, ",\"") || strchr(text, ' ');

	if (quoted)
		putc('"', to);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"')
			fputs("\"\"", to);
		else if (c < ' ' || c >= 0x7f)
			fprintf(to, "\\x%02x", c);
		else
			putc(c, to);
	}
	if (quoted)
		putc('"', to);
}

uint64_t saturated_add(uint64_t left, uint64_t right)
{
	return left > UINT64_MAX - right ? UINT64_MAX : left + right;
}
