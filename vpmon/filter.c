// SPDX-License-Identifier: GPL-2.0-only
/*
 * Filters and sort keys, as PoolMon has them.
 */
#include <stdlib.h>
#include <string.h>

#include "vpmon.h"

static const struct {
	char letter;
	const char *name;
} sorts[SORTS] = {
	[SORT_TAG]	 = { 't', "tag" },
	[SORT_ALLOCS]	 = { 'a', "allocs" },
	[SORT_FREES]	 = { 'f', "frees" },
	[SORT_DIFF]	 = { 'd', "diff" },
	[SORT_BYTES]	 = { 'b', "bytes" },
	[SORT_PER_ALLOC] = { 'm', "per-alloc" },
	[SORT_PEAK]	 = { 'k', "peak" },
	[SORT_RATE]	 = { 'r', "rate" },
	[SORT_CHARGED]	 = { 'c', "charged" },
	[SORT_ADAPTER]	 = { 'A', "adapter" },
	[SORT_FAILURES]	 = { 'F', "failures" },
};

static const char * const pools[POOLS] = {
	[POOL_ANY]	= "all types",
	[POOL_NONPAGED]	= "nonpaged pool",
	[POOL_PAGED]	= "paged pool",
};

static int hex_value(char c)
{
	const char *digits = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

/* Take a byte of a pattern: a backslash, x and two digits are the byte of that number. */
static unsigned char pattern_byte(const char **pattern)
{
	const char *at = *pattern;

	if (at[0] == '\\' && at[1] == 'x' && hex_value(at[2]) >= 0 && hex_value(at[3]) >= 0) {
		*pattern += 4;
		return (unsigned char)(16 * hex_value(at[2]) + hex_value(at[3]));
	}
	++*pattern;
	return (unsigned char)at[0];
}

/*
 * Tell whether all of a text matches a pattern, in which ? is any byte and * any number of
 * them. Go back to the last * only, so that no pattern takes long.
 */
bool pattern_matches(const char *pattern, const char *text, size_t length)
{
	const char *star = NULL, *next;
	size_t at = 0, star_at = 0;

	while (at < length) {
		next = pattern;
		if (*pattern == '*') {
			star = ++pattern;
			star_at = at;
			continue;
		}
		if (*pattern == '?') {
			pattern++;
			at++;
			continue;
		}
		if (*pattern && pattern_byte(&next) == (unsigned char)text[at]) {
			pattern = next;
			at++;
			continue;
		}
		if (!star)
			return false;
		pattern = star;
		at = ++star_at;
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

bool filter_include(struct filter *filter, const char *pattern)
{
	if (filter->includes == PATTERNS_MAX)
		return false;
	filter->include[filter->includes++] = pattern;
	return true;
}

bool filter_exclude(struct filter *filter, const char *pattern)
{
	if (filter->excludes == PATTERNS_MAX)
		return false;
	filter->exclude[filter->excludes++] = pattern;
	return true;
}

/* Match the four bytes of a tag without spaces at the end, or its number. */
static bool tag_matches(const char *pattern, uint32_t tag, bool other)
{
	size_t length = 4;
	uint32_t number;
	char text[4];
	int i;

	if (other)
		return pattern_matches(pattern, "(other)", strlen("(other)"));
	if (hex_parse(pattern, &number))
		return number == tag;
	for (i = 0; i < 4; i++)
		text[i] = (char)(tag >> (8 * i) & 0xff);
	while (length > 1 && text[length - 1] == ' ')
		length--;
	return pattern_matches(pattern, text, length);
}

bool filter_tag(const struct filter *filter, uint32_t tag, bool other)
{
	bool found = !filter->includes;
	unsigned int i;

	for (i = 0; i < filter->includes && !found; i++)
		found = tag_matches(filter->include[i], tag, other);
	for (i = 0; i < filter->excludes && found; i++)
		found = !tag_matches(filter->exclude[i], tag, other);
	return found;
}

bool filter_adapter(const struct filter *filter, const char *adapter)
{
	return !filter->adapter || pattern_matches(filter->adapter, adapter, strlen(adapter));
}

static bool filter_type(const struct filter *filter, const char *type)
{
	if (filter->pool == POOL_NONPAGED && strcmp(type, "Nonp"))
		return false;
	if (filter->pool == POOL_PAGED && strcmp(type, "Paged"))
		return false;
	return !filter->type || pattern_matches(filter->type, type, strlen(type));
}

bool filter_row(const struct filter *filter, const struct tag_row *row)
{
	return filter_tag(filter, row->tag, row->other) && filter_type(filter, row->type) &&
	       filter_adapter(filter, row->adapter);
}

bool filter_region(const struct filter *filter, const struct region_row *row)
{
	return filter_tag(filter, row->tag, row->other) && filter_type(filter, row->type) &&
	       filter_adapter(filter, row->adapter);
}

bool sort_by_letter(char letter, enum sort *sort)
{
	int i;

	for (i = 0; i < SORTS; i++) {
		if (sorts[i].letter == letter) {
			*sort = (enum sort)i;
			return true;
		}
	}
	return false;
}

const char *sort_name(enum sort sort)
{
	return sorts[sort].name;
}

const char *pool_name(enum pool pool)
{
	return pools[pool];
}

/*
 * Sorting. qsort() has no argument for the key, hence these.
 */

static enum sort sorting;
static bool reversed;

static int by_number(uint64_t left, uint64_t right)
{
	return left > right ? -1 : left < right;
}

/* Compare tags by their text, which begins in the low byte. */
static int by_tag(uint32_t left, uint32_t right)
{
	int i, difference;

	for (i = 0; i < 4; i++) {
		difference = (int)(left >> (8 * i) & 0xff) - (int)(right >> (8 * i) & 0xff);
		if (difference)
			return difference;
	}
	return 0;
}

static int by_key(const struct tag_row *a, const struct tag_row *b)
{
	switch (sorting) {
	case SORT_ALLOCS:
		return by_number(a->allocs, b->allocs);
	case SORT_FREES:
		return by_number(a->frees, b->frees);
	case SORT_DIFF:
		return by_number(tag_blocks(a), tag_blocks(b));
	case SORT_BYTES:
		return by_number(a->bytes, b->bytes);
	case SORT_PER_ALLOC:
		return by_number(tag_per_alloc(a), tag_per_alloc(b));
	case SORT_PEAK:
		return by_number(a->peak, b->peak);
	case SORT_RATE:
		return by_number((uint64_t)a->allocs_delta, (uint64_t)b->allocs_delta);
	case SORT_CHARGED:
		return by_number(a->charged, b->charged);
	case SORT_FAILURES:
		return by_number(a->failures, b->failures);
	case SORT_ADAPTER:
		return strcmp(a->adapter, b->adapter);
	default:
		return 0;
	}
}

static int compare_tags(const void *left, const void *right)
{
	const struct tag_row *a = *(const struct tag_row * const *)left;
	const struct tag_row *b = *(const struct tag_row * const *)right;
	int order = by_key(a, b);

	if (!order)
		order = by_tag(a->tag, b->tag);
	if (!order)
		order = tag_compare_key(left, right);
	return reversed ? -order : order;
}

/* Collect pointers to the rows that the filter accepts, in their order, and count them. */
size_t tags_sorted(const struct sample *sample, const struct filter *filter,
		   const struct tag_row ***sorted)
{
	const struct tag_row *row = sample->tags.row;
	size_t i, count = 0;

	*sorted = calloc(sample->tags.count + 1, sizeof(**sorted));
	if (!*sorted)
		return 0;
	for (i = 0; i < sample->tags.count; i++)
		if (filter_row(filter, &row[i]))
			(*sorted)[count++] = &row[i];
	sorting = filter->sort;
	reversed = filter->reverse;
	qsort(*sorted, count, sizeof(**sorted), compare_tags);
	return count;
}

static int compare_regions(const void *left, const void *right)
{
	const struct region_row *a = *(const struct region_row * const *)left;
	const struct region_row *b = *(const struct region_row * const *)right;
	int order = 0;

	if (sorting == SORT_TAG)
		order = by_tag(a->tag, b->tag);
	else if (sorting == SORT_ADAPTER)
		order = strcmp(a->adapter, b->adapter);
	else if (sorting == SORT_CHARGED)
		order = by_number(a->charged, b->charged);
	else if (sorting == SORT_RATE)
		order = by_number(b->age, a->age);
	if (!order)
		order = by_number(a->size, b->size);
	if (!order)		/* as in the view, which the rows are in the order of */
		order = a < b ? -1 : a > b;
	return reversed ? -order : order;
}

size_t regions_sorted(const struct sample *sample, const struct filter *filter,
		      const struct region_row ***sorted)
{
	const struct region_row *row = sample->regions.row;
	size_t i, count = 0;

	*sorted = calloc(sample->regions.count + 1, sizeof(**sorted));
	if (!*sorted)
		return 0;
	for (i = 0; i < sample->regions.count; i++)
		if (filter_region(filter, &row[i]))
			(*sorted)[count++] = &row[i];
	sorting = filter->sort;
	reversed = filter->reverse;
	qsort(*sorted, count, sizeof(**sorted), compare_regions);
	return count;
}
