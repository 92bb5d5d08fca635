// SPDX-License-Identifier: GPL-2.0-only
/*
 * Samples: rows of the views, and what has changed since the sample before.
 */
#include <stdlib.h>
#include <string.h>

#include "vpmon.h"

/* Add a row of zeroes. Return NULL if there are too many, or no memory is left. */
void *rows_add(struct rows *rows, size_t size)
{
	size_t room = rows->room ? 2 * rows->room : 64;
	void *row;

	if (rows->count == ROWS_MAX)
		return NULL;
	if (rows->count == rows->room) {
		row = realloc(rows->row, room * size);
		if (!row)
			return NULL;
		rows->row = row;
		rows->room = room;
	}
	row = (char *)rows->row + rows->count++ * size;
	memset(row, 0, size);
	return row;
}

void rows_free(struct rows *rows)
{
	free(rows->row);
	memset(rows, 0, sizeof(*rows));
}

void sample_free(struct sample *sample)
{
	rows_free(&sample->tags);
	rows_free(&sample->regions);
	rows_free(&sample->events);
}

uint64_t tag_blocks(const struct tag_row *row)
{
	return row->allocs > row->frees ? row->allocs - row->frees : 0;
}

uint64_t tag_per_alloc(const struct tag_row *row)
{
	return tag_blocks(row) ? row->bytes / tag_blocks(row) : 0;
}

/* Return allocations in a second. */
double tag_rate(const struct tag_row *row, double interval)
{
	return interval > 0 ? (double)row->allocs_delta / interval : 0;
}

static int compare(uint64_t left, uint64_t right)
{
	return left < right ? -1 : left > right;
}

/* Compare pointers to rows by what makes a row the same in two samples. */
int tag_compare_key(const void *left, const void *right)
{
	const struct tag_row *a = *(const struct tag_row * const *)left;
	const struct tag_row *b = *(const struct tag_row * const *)right;
	int order = strcmp(a->adapter, b->adapter);

	if (!order)
		order = compare(a->tag, b->tag);
	if (!order)
		order = compare(a->other, b->other);
	if (!order)
		order = strcmp(a->type, b->type);
	return order ? order : strcmp(a->caller, b->caller);
}

static int64_t delta(uint64_t now, uint64_t before)
{
	return (int64_t)(now - before);
}

/* Set what differs from a row of the last sample, or from none. */
static void tag_changes(struct tag_row *now, const struct tag_row *before)
{
	static const struct tag_row none;

	/* Counters only grow: less than before is another adapter of that name. */
	if (!before || now->allocs < before->allocs || now->frees < before->frees)
		before = &none;
	now->allocs_delta = delta(now->allocs, before->allocs);
	now->frees_delta = delta(now->frees, before->frees);
	now->bytes_delta = delta(now->bytes, before->bytes);
	now->changed = now->allocs_delta || now->frees_delta || now->bytes_delta ||
		       now->failures != before->failures;
	if (!now->has_peak)
		now->peak = now->bytes > before->peak ? now->bytes : before->peak;
}

/* Return pointers to the rows of a sample in the order of their keys, or NULL. */
static const struct tag_row **tags_by_key(const struct rows *tags)
{
	const struct tag_row **sorted = calloc(tags->count + 1, sizeof(*sorted));
	const struct tag_row *row = tags->row;
	size_t i;

	if (!sorted)
		return NULL;
	for (i = 0; i < tags->count; i++)
		sorted[i] = &row[i];
	qsort(sorted, tags->count, sizeof(*sorted), tag_compare_key);
	return sorted;
}

static void tags_compare(struct sample *now, const struct sample *before)
{
	const struct tag_row **sorted = tags_by_key(&before->tags);
	const struct tag_row **found, *key;
	struct tag_row *row = now->tags.row;
	size_t i;

	for (i = 0; i < now->tags.count; i++) {
		key = &row[i];
		found = sorted ? bsearch(&key, sorted, before->tags.count, sizeof(*sorted),
					 tag_compare_key) : NULL;
		tag_changes(&row[i], found ? *found : NULL);
	}
	free(sorted);
}

static const struct event_row *event_find(const struct sample *sample,
					  const struct event_row *wanted)
{
	const struct event_row *row = sample->events.row;
	size_t i;

	for (i = 0; i < sample->events.count; i++)
		if (!strcmp(row[i].event, wanted->event) &&
		    !strcmp(row[i].adapter, wanted->adapter))
			return &row[i];
	return NULL;
}

/* Bound of the comparison, which takes the square of it: far more than there are */
#define EVENTS_COMPARED	4096

static void events_compare(struct sample *now, const struct sample *before)
{
	struct event_row *row = now->events.row;
	const struct event_row *old;
	size_t i;

	if (now->events.count > EVENTS_COMPARED || before->events.count > EVENTS_COMPARED)
		return;
	for (i = 0; i < now->events.count; i++) {
		old = event_find(before, &row[i]);
		row[i].delta = old && row[i].count < old->count ? (int64_t)row[i].count :
			       delta(row[i].count, old ? old->count : 0);
	}
}

/* Set the differences of a sample. The first one has none, but keeps a peak. */
void sample_compare(struct sample *now, const struct sample *before)
{
	struct tag_row *row = now->tags.row;
	size_t i;

	if (before->number) {
		tags_compare(now, before);
		events_compare(now, before);
		return;
	}
	for (i = 0; i < now->tags.count; i++)
		if (!row[i].has_peak)
			row[i].peak = row[i].bytes;
}

void totals_add(struct totals *totals, const struct tag_row *row)
{
	totals->allocs = saturated_add(totals->allocs, row->allocs);
	totals->frees = saturated_add(totals->frees, row->frees);
	totals->blocks = saturated_add(totals->blocks, tag_blocks(row));
	totals->bytes = saturated_add(totals->bytes, row->bytes);
	totals->charged = saturated_add(totals->charged, row->charged);
	totals->failures = saturated_add(totals->failures, row->failures);
	if (!strcmp(row->type, "Paged"))
		totals->paged = saturated_add(totals->paged, row->bytes);
	if (!strcmp(row->type, "Nonp"))
		totals->nonpaged = saturated_add(totals->nonpaged, row->bytes);
	totals->allocs_delta += row->allocs_delta;
	totals->frees_delta += row->frees_delta;
	totals->bytes_delta += row->bytes_delta;
}
