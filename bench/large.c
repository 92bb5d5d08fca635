// SPDX-License-Identifier: GPL-2.0-only
/*
 * Blocks of a page and more.
 */
#include <linux/gfp.h>
#include <linux/kernel.h>
#include <linux/mm.h>

#include "bench/bench.h"

/*
 * Blocks that are held meanwhile. Every second one of a run of blocks is free, and its
 * neighbour is not. So the page allocator neither splits nor merges for a block of this
 * size, which would cost the one or the other call as chance has it.
 */
#define HELD_ORDER	4
#define HELD		64

static struct page *held[HELD];

void bench_hold(void)
{
	int i;

	for (i = 0; i < HELD; i++)
		held[i] = alloc_pages(GFP_KERNEL | GFP_DMA32, HELD_ORDER);
	for (i = 0; i < HELD; i += 2) {
		if (held[i])
			__free_pages(held[i], HELD_ORDER);
		held[i] = NULL;
	}
}

void bench_unhold(void)
{
	int i;

	for (i = 1; i < HELD; i += 2)
		if (held[i])
			__free_pages(held[i], HELD_ORDER);
}

static void *compound_begin(size_t size)
{
	struct page *page = alloc_pages(GFP_KERNEL | __GFP_COMP, get_order(size));

	return page ? page_address(page) : NULL;
}

static void compound_end(void *block, size_t size)
{
	if (block)
		__free_pages(virt_to_page(block), get_order(size));
}

static void *exact_begin(size_t size)
{
	return alloc_pages_exact(size, GFP_KERNEL);
}

static void exact_end(void *block, size_t size)
{
	if (block)
		free_pages_exact(block, size);
}

static const struct bench_call compound = {
	"alloc_pages, compound", compound_begin, compound_end
};

static const struct bench_call exact = {
	"alloc_pages_exact", exact_begin, exact_end
};

static const size_t powers[] = { 4096, 8192, 16384, 65536 };
static const size_t others[] = { 12288 };

/* Compare each size with both calls; the target is for the one that fits it. */
void bench_large(void)
{
	struct bench_row row = {
		"compound", &bench_nonpaged, &compound, BENCH_PAIR(0), 1150
	};

	bench_rows(&row, powers, ARRAY_SIZE(powers));
	row.target = 0;
	bench_rows(&row, others, ARRAY_SIZE(others));
	row.name = "exact";
	row.base = &exact;
	bench_rows(&row, powers, ARRAY_SIZE(powers));
	row.target = 1100;
	bench_rows(&row, others, ARRAY_SIZE(others));
}
