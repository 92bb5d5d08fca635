// SPDX-License-Identifier: GPL-2.0-only
/*
 * Comparison of what the views say in the end with what the storm counted itself.
 */
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/view.h"
#include "kunit/storm/storm.h"

struct row {
	char tag[24], kind[12];
	u64 allocs, frees, diff, bytes, charged, failures;
};

/* Find the count of a row, or return NULL if the storm has no such row. */
static const struct storm_count *row_count(const struct storm_actor *sum, const struct row *row)
{
	unsigned int tag;

	if (!strcmp(row->kind, "Buffer") && !strcmp(row->tag, "Vprt"))
		return &sum->count[STORM_BUFFER][0];
	if (sscanf(row->tag, "S%3u", &tag) != 1 || tag >= STORM_TAGS)
		return NULL;
	if (!strcmp(row->kind, "Nonp"))
		return &sum->count[STORM_NONPAGED][tag];
	return strcmp(row->kind, "Paged") ? NULL : &sum->count[STORM_PAGED][tag];
}

static bool row_is_exact(const struct row *row, const struct storm_count *count)
{
	u64 diff = count ? count->allocs - count->frees : 0;

	if (count && row->allocs == count->allocs && row->frees == count->frees &&
	    row->diff == diff && row->bytes == count->bytes_in - count->bytes_out &&
	    row->failures == count->failures && row->charged >= row->bytes &&
	    !row->charged == !diff)
		return true;
	pr_err("    # %s %s: the view has %llu allocs, %llu frees, %llu bytes, %llu charged, %llu failures\n",
	       row->tag, row->kind, row->allocs, row->frees, row->bytes, row->charged,
	       row->failures);
	if (count)
		pr_err("    # the storm has %llu allocs, %llu frees, %llu bytes, %llu failures\n",
		       count->allocs, count->frees, count->bytes_in - count->bytes_out,
		       count->failures);
	return false;
}

static unsigned int used_counts(const struct storm_actor *sum)
{
	unsigned int kind, tag, used = 0;

	for (kind = 0; kind < STORM_KINDS; kind++)
		for (tag = 0; tag < STORM_TAGS; tag++)
			used += sum->count[kind][tag].allocs || sum->count[kind][tag].failures;
	return used;
}

/* Tell whether the tags view has exactly what the storm did, and print what differs. */
bool storm_totals_are_exact(const struct storm_actor *sum)
{
	char *text = vt_view_read(storm.ext, "tags"), *next = text, *line;
	unsigned int rows = 0;
	bool exact = text;
	struct row row;

	while ((line = strsep(&next, "\n"))) {
		if (sscanf(line, "%23s %11s %llu %llu %llu %llu %*u %*s %llu %llu", row.tag,
			   row.kind, &row.allocs, &row.frees, &row.diff, &row.bytes,
			   &row.charged, &row.failures) != 8)
			continue;
		exact &= row_is_exact(&row, row_count(sum, &row));
		rows++;
	}
	vfree(text);
	if (rows != used_counts(sum)) {
		pr_err("    # the view has %u rows, and the storm %u\n", rows, used_counts(sum));
		exact = false;
	}
	return exact;
}

/* Tell whether the only events are blocks of no bytes. */
bool storm_events_are_expected(const struct storm_actor *sum)
{
	char *text = vt_view_read(storm.ext, "events"), *next = text, *line, name[24];
	bool expected = text;
	u64 count, right;

	while ((line = strsep(&next, "\n"))) {
		if (sscanf(line, "%23s %llu", name, &count) != 2)
			continue;
		right = strcmp(name, "zero-length") ? 0 : sum->zero;
		if (count == right)
			continue;
		pr_err("    # %llu events %s, and not %llu\n", count, name, right);
		expected = false;
	}
	vfree(text);
	return expected;
}

/* Tell whether each invalid free was one event of its adapter, and print which. */
bool storm_invalid_frees_are_counted(const struct storm_actor *sum)
{
	char *text = vt_view_read(storm.stranger, "events"), *next = text, *line, name[24];
	u64 count, events = 0;

	while ((line = strsep(&next, "\n"))) {
		if (sscanf(line, "%23s %llu", name, &count) != 2 || !count)
			continue;
		pr_info("    # %llu events %s of invalid frees\n", count, name);
		events += count;
	}
	vfree(text);
	if (events == sum->invalid)
		return true;
	pr_err("    # %llu invalid frees\n", sum->invalid);
	return false;
}
