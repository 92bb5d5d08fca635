// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory per live block, by the page allocator's own count of free pages.
 */
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmstat.h>

#include "bench/bench.h"

struct mix {
	const char *name;
	size_t (*size)(u32 *state);
	unsigned int count;
	u32 target;
};

/* Sizes of 16 to 4064 bytes, and 5 % from a page to 64 KiB */
static size_t uniform(u32 *state)
{
	if (bench_random(state, 100) < 5)
		return 4096 + bench_random(state, 61441);
	return 16 + bench_random(state, 4049);
}

static size_t powers(u32 *state)
{
	return 16UL << bench_random(state, 13);
}

static size_t small_powers(u32 *state)
{
	return 16UL << bench_random(state, 9);
}

static const struct mix mixes[] = {
	{ "memory, uniform, 5 % large", uniform, 20000, 1000 },
	{ "memory, powers of 2 to 4096", small_powers, 40000, 1100 },
	{ "memory, powers of 2 to 65536", powers, 10000, 1100 },
};

static void allocate(const struct mix *mix, const struct bench_call *call, void **blocks,
		     u32 *sizes)
{
	u32 state = BENCH_SEED;
	unsigned int i;

	for (i = 0; i < mix->count; i++) {
		sizes[i] = mix->size(&state);
		blocks[i] = bench_try(call, sizes[i]);
	}
}

static void release(const struct mix *mix, const struct bench_call *call, void **blocks,
		    u32 *sizes)
{
	unsigned int i;

	for (i = 0; i < mix->count; i++)
		call->end(blocks[i], sizes[i]);
}

/*
 * Bytes of each block. The first time fills the lists of free pages of the CPU and the
 * partial slabs, which do not count.
 */
static u64 bytes_per_block(const struct mix *mix, const struct bench_call *call,
			   void **blocks, u32 *sizes)
{
	unsigned long before, after;

	allocate(mix, call, blocks, sizes);
	release(mix, call, blocks, sizes);
	before = global_zone_page_state(NR_FREE_PAGES);
	allocate(mix, call, blocks, sizes);
	after = global_zone_page_state(NR_FREE_PAGES);
	release(mix, call, blocks, sizes);
	if (before <= after)
		bench_failures++;
	return div_u64((u64)(before - after) << PAGE_SHIFT, mix->count);
}

static void measure_mix(const struct mix *mix, void **blocks, u32 *sizes)
{
	const struct bench_row row = {
		.name = mix->name, .call = &bench_nonpaged, .base = &bench_kmalloc,
		.target = mix->target,
	};
	u64 cost, base;

	bench_failures = 0;
	cost = bytes_per_block(mix, row.call, blocks, sizes);
	base = bytes_per_block(mix, row.base, blocks, sizes);
	if (bench_failures)
		bench_failed(row.name);
	else
		bench_report(&row, cost, base);
}

void bench_memory(void)
{
	void **blocks = kvmalloc_array(40000, sizeof(*blocks), GFP_KERNEL | __GFP_ZERO);
	u32 *sizes = kvmalloc_array(40000, sizeof(*sizes), GFP_KERNEL | __GFP_ZERO);
	int i;

	for (i = 0; blocks && sizes && i < ARRAY_SIZE(mixes); i++)
		measure_mix(&mixes[i], blocks, sizes);
	if (!blocks || !sizes)
		bench_failed("memory");
	kvfree(sizes);
	kvfree(blocks);
}
