// SPDX-License-Identifier: GPL-2.0-only
/*
 * History: the last rows of adapters that are detached. The kernel module frees its
 * counters with the adapter, so they are those of the last sample that had it.
 */
#include <stdlib.h>
#include <string.h>

#include "vpmon.h"

static const struct tag_row **sorted_rows(const struct rows *rows)
{
	const struct tag_row **sorted = calloc(rows->count + 1, sizeof(*sorted));
	const struct tag_row *row = rows->row;
	size_t i;

	if (!sorted)
		return NULL;
	for (i = 0; i < rows->count; i++)
		sorted[i] = &row[i];
	qsort(sorted, rows->count, sizeof(*sorted), tag_compare_key);
	return sorted;
}

/* Return a place for another adapter: that of the oldest one if there are too many. */
static struct gone *gone_add(struct history *history)
{
	struct gone *gone;

	if (history->count == HISTORY_MAX) {
		rows_free(&history->gone[0].tags);
		memmove(&history->gone[0], &history->gone[1],
			(HISTORY_MAX - 1) * sizeof(history->gone[0]));
		history->count--;
	}
	gone = &history->gone[history->count++];
	memset(gone, 0, sizeof(*gone));
	return gone;
}

static void gone_copy(struct history *history, const struct tag_row **rows, size_t count,
		      const struct sample *now)
{
	struct gone *gone = gone_add(history);
	struct tag_row *copy;
	size_t i;

	text_copy(gone->adapter, sizeof(gone->adapter), rows[0]->adapter);
	gone->seconds = now->seconds;
	gone->number = now->number;
	for (i = 0; i < count && i < HISTORY_ROWS; i++) {
		copy = rows_add(&gone->tags, sizeof(*copy));
		if (!copy)
			return;
		*copy = *rows[i];
		copy->allocs_delta = 0;
		copy->frees_delta = 0;
		copy->bytes_delta = 0;
		copy->changed = false;
	}
}

/*
 * Tell whether an adapter was detached: a row of it is missing, or has smaller counters.
 * Then a row of that name, if any, is of another adapter.
 */
static bool is_gone(const struct tag_row **rows, size_t count, const struct tag_row **now,
		    size_t now_count)
{
	const struct tag_row **found;
	size_t i;

	for (i = 0; i < count; i++) {
		found = bsearch(&rows[i], now, now_count, sizeof(*now), tag_compare_key);
		if (!found || (*found)->allocs < rows[i]->allocs ||
		    (*found)->frees < rows[i]->frees)
			return true;
	}
	return false;
}

static size_t adapter_end(const struct tag_row **rows, size_t at, size_t count)
{
	size_t end = at;

	while (end < count && !strcmp(rows[end]->adapter, rows[at]->adapter))
		end++;
	return end;
}

/* Keep the rows of the adapters that were in the last sample and are gone. */
void history_update(struct history *history, struct sample *before, const struct sample *now)
{
	const struct tag_row **old = sorted_rows(&before->tags);
	const struct tag_row **new = sorted_rows(&now->tags);
	size_t at, end;

	for (at = 0; old && new && at < before->tags.count; at = end) {
		end = adapter_end(old, at, before->tags.count);
		if (is_gone(old + at, end - at, new, now->tags.count))
			gone_copy(history, old + at, end - at, now);
	}
	free(old);
	free(new);
}

void history_free(struct history *history)
{
	while (history->count)
		rows_free(&history->gone[--history->count].tags);
}
