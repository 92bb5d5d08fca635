// SPDX-License-Identifier: GPL-2.0-only
/*
 * Descriptions of tags, from a file in the format of Windows's pooltag.txt:
 *
 *	Tag  - driver - description
 *
 * where the tag may have ? and *. Lines that begin with //, ;, # or "rem" are comments.
 */
#include <stdlib.h>
#include <string.h>

#include "vpmon.h"

#define ENTRIES_MAX	65536
#define TEXT_BYTES	96

struct entry {
	char tag[5];
	bool pattern;
	char text[TEXT_BYTES];
};

static struct rows entries;

static bool is_comment(const char *text)
{
	return text[0] == '#' || text[0] == ';' || !strncmp(text, "//", 2) ||
	       !strncmp(text, "rem ", 4);
}

/* Take the tag before the first " - ": one to four bytes, without spaces at the end. */
static bool entry_parse(struct entry *entry, const char *line)
{
	const char *end = strstr(line, " - ");
	size_t length;

	if (!end)
		return false;
	length = (size_t)(end - line);
	if (length > 4) {
		/* Allow an indented tag, and more than one space behind it. */
		while (length > 4 && *line == ' ') {
			line++;
			length--;
		}
	}
	while (length && line[length - 1] == ' ')
		length--;
	if (!length || length > 4)
		return false;
	memcpy(entry->tag, line, length);
	entry->tag[length] = '\0';
	entry->pattern = strpbrk(entry->tag, "?*");
	end += strlen(" - ");
	end += strspn(end, " ");
	text_shown(entry->text, sizeof(entry->text), end);
	return entry->text[0];
}

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	return strcmp(a->tag, b->tag);
}

/* Read a file. What is not an entry is ignored. */
bool pooltag_read(const char *path)
{
	FILE *file = fopen(path, "re");
	static struct line line;
	struct entry *entry;

	if (!file)
		return false;
	while (entries.count < ENTRIES_MAX && line_read(file, &line)) {
		if (is_comment(line.text))
			continue;
		entry = rows_add(&entries, sizeof(*entry));
		if (!entry)
			break;
		if (!entry_parse(entry, line.text))
			entries.count--;
	}
	fclose(file);
	if (entries.count)
		qsort(entries.row, entries.count, sizeof(struct entry), compare_entries);
	return true;
}

/* Return the description of a tag, or an empty text. A tag in full precedes a pattern. */
const char *pooltag_find(uint32_t tag)
{
	const struct entry *entry = entries.row, *found;
	struct entry key = {};
	size_t length = 4, i;

	for (i = 0; i < 4; i++)
		key.tag[i] = (char)(tag >> (8 * i) & 0xff);
	while (length > 1 && key.tag[length - 1] == ' ')
		key.tag[--length] = '\0';
	if (!entries.count || strlen(key.tag) != length)
		return "";
	found = bsearch(&key, entries.row, entries.count, sizeof(key), compare_entries);
	if (found)
		return found->text;
	for (i = 0; i < entries.count; i++)
		if (entry[i].pattern && pattern_matches(entry[i].tag, key.tag, length))
			return entry[i].text;
	return "";
}

void pooltag_free(void)
{
	rows_free(&entries);
}
