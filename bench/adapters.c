// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attach and detach: alone, beside an adapter with many regions, and per region that the
 * detach reclaims.
 */
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/sizes.h>

#include "bench/bench.h"

#define CROWD	10000

static void *attach_begin(size_t size)
{
	void *extension = vpmem_attach(bench_device, 64);

	return IS_ERR(extension) ? NULL : extension;
}

static void detach_end(void *extension, size_t size)
{
	if (extension)
		vpmem_detach(extension);
}

static bool add_locks(void *extension, unsigned int count)
{
	PSPIN_LOCK lock;

	while (count--)
		if (VideoPortCreateSpinLock(extension, &lock) != NO_ERROR)
			return false;
	return true;
}

static void *locks_begin(size_t count)
{
	void *extension = attach_begin(0);

	return extension && add_locks(extension, count) ? extension : NULL;
}

/*
 * Attach an adapter with blocks that have regions. Small blocks have none: a detach leaves
 * them in place.
 */
static void *blocks_begin(size_t count)
{
	void *extension = attach_begin(0);

	while (extension && count--)
		if (!VideoPortAllocatePool(extension, VpNonPagedPool, SZ_8K, BENCH_TAG))
			return NULL;
	return extension;
}

static const struct bench_call attach = { "vpmem_attach", attach_begin, detach_end };
static const struct bench_call detach = { "vpmem_detach", attach_begin, detach_end };

#define ATTACH	{ .round = bench_begin, .count = 1, .rounds = 32 }
#define DETACH	{ .round = bench_end, .count = 1, .rounds = 32 }

static const struct bench_row rows[] = {
	{ "attach", &attach, NULL, ATTACH },
	{ "detach", &detach, NULL, DETACH },
};

/*
 * Compare an attach with one while another adapter has many regions. The one without is
 * measured before and after that: what it costs depends on the free pages, too.
 */
static void measure_crowd(void)
{
	static const struct bench_call alone = { "attach alone" };
	struct bench_row row = { "attach beside 10000 regions", &attach, &alone, ATTACH };
	u64 base = bench_net(&row.work, &attach);
	void *crowd = locks_begin(CROWD);
	u64 beside;

	if (!crowd) {
		bench_failed(row.name);
		return;
	}
	beside = bench_net(&row.work, &attach);
	detach_end(crowd, 0);
	base = min(base, bench_net(&row.work, &attach));
	bench_report(&row, beside, base);
}

static const struct bench_call detach_locks = {
	"vpmem_detach", locks_begin, detach_end
};

static const struct bench_call detach_blocks = {
	"vpmem_detach", blocks_begin, detach_end
};

static const struct bench_row reclaims[] = {
	{ "detach per spin lock", &detach_locks, .most = 350 },
	{ "detach per block of 8192", &detach_blocks, .most = 350 },
};

/* Subtract the detach of an adapter without regions. */
static void measure_reclaim(const struct bench_row *row)
{
	struct bench_work work = { .round = bench_end, .count = 1, .rounds = 5 };
	u64 empty, full;

	bench_failures = 0;
	empty = bench_net(&work, row->call);
	work.size = CROWD;
	full = bench_net(&work, row->call);
	if (bench_failures || full < empty)
		bench_failed(row->name);
	else
		bench_report(row, div_u64(full - empty, CROWD), 0);
}

void bench_adapters(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		bench_row(&rows[i]);
	measure_crowd();
	for (i = 0; i < ARRAY_SIZE(reclaims); i++)
		measure_reclaim(&reclaims[i]);
}
