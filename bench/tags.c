// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocks of many tags, and reading the views of many tags and regions.
 */
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/timex.h>

#include "bench/bench.h"
#include "core/testing.h"

#define MOST_TAGS	10000
#define TEXT_SIZE	(24UL << 20)

static ULONG tags[MOST_TAGS];
static char *text;

static void make_tags(void)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuv";
	unsigned int i;

	for (i = 0; i < MOST_TAGS; i++)
		tags[i] = 'B' | digits[i & 31] << 8 | digits[i >> 5 & 31] << 16 |
			  (ULONG)digits[i >> 10] << 24;
}

static u64 tags_round(const struct bench_work *work, const struct bench_call *call)
{
	u64 start = get_cycles();
	unsigned int i, tag = 0;
	void *block;

	for (i = 0; i < work->count; i++) {
		bench_tag = tags[tag];
		if (++tag == work->tags)
			tag = 0;
		block = bench_try(call, work->size);
		call->end(block, work->size);
	}
	return get_cycles() - start;
}

#define TAGS(number, counts)	\
	{ .round = tags_round, .size = 64, .count = (counts), .rounds = 10, .tags = (number) }

static void *view_begin(const char *name)
{
	int length = vpmem_view(bench_extension, name, text, TEXT_SIZE);

	return length > 0 ? text : NULL;
}

static void *tags_begin(size_t size)
{
	return view_begin("tags");
}

static void *regions_begin(size_t size)
{
	return view_begin("regions");
}

static void view_end(void *block, size_t size)
{
}

static const struct bench_call view_tags = { "read tags", tags_begin, view_end };
static const struct bench_call view_regions = { "read regions", regions_begin, view_end };

#define READ_VIEW	{ .round = bench_pair, .count = 1, .rounds = 3 }

static const struct bench_row rows[] = {
	{ "1 tag", &bench_nonpaged, &bench_kmalloc, TAGS(1, 100), BENCH_POOL_TARGET },
	{ "100 tags", &bench_nonpaged, &bench_kmalloc, TAGS(100, 100), BENCH_POOL_TARGET },
	{ "10000 tags", &bench_nonpaged, &bench_kmalloc, TAGS(10000, 10000),
	  BENCH_POOL_TARGET },
	{ "read of 10000 tags", &view_tags, NULL, READ_VIEW, 0, 20000000 },
};

/* Regions are spin locks, the smallest ones. */
static bool add_regions(unsigned int count)
{
	PSPIN_LOCK lock;

	while (count--)
		if (VideoPortCreateSpinLock(bench_extension, &lock) != NO_ERROR)
			return false;
	return true;
}

/* Compare ten times the rows with ten times the cost: reading has to be linear. */
static void read_regions(void)
{
	static const struct bench_call tenth = { "ten times 6000 regions" };
	struct bench_row row = {
		"read of 60000 regions", &view_regions, &tenth, READ_VIEW
	};
	u64 few;

	if (!add_regions(6000)) {
		bench_failed(row.name);
		return;
	}
	few = bench_net(&row.work, &view_regions);
	if (!add_regions(54000) || !view_begin("regions"))
		bench_failed(row.name);
	else
		bench_report(&row, bench_net(&row.work, &view_regions), few * 10);
}

/* Use an adapter of its own, so that its tags and regions do not affect other rows. */
void bench_tags(void)
{
	void *measured = bench_extension;
	int i;

	make_tags();
	text = kvmalloc(TEXT_SIZE, GFP_KERNEL);
	bench_extension = vpmem_attach(bench_device, 64);
	if (!text || IS_ERR(bench_extension)) {
		bench_failed("tags");
		bench_extension = measured;
		kvfree(text);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		bench_row(&rows[i]);
	read_regions();
	vpmem_detach(bench_extension);
	bench_extension = measured;
	bench_tag = BENCH_TAG;
	kvfree(text);
}
