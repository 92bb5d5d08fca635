// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pool and buffers of less than a page, a block at a time.
 */
#include <linux/kernel.h>
#include <linux/slab.h>

#include "bench/bench.h"
#include "core/testing.h"

static const size_t sizes[] = { 16, 64, 256, 1024, 4064 };

static void *kmalloc_begin(size_t size)
{
	return kmalloc(size, GFP_KERNEL);
}

static void kmalloc_end(void *block, size_t size)
{
	kfree(block);
}

const struct bench_call bench_kmalloc = {
	"kmalloc, kfree", kmalloc_begin, kmalloc_end
};

static void *nonpaged_begin(size_t size)
{
	return VideoPortAllocatePool(bench_extension, VpNonPagedPool, size, bench_tag);
}

static void *paged_begin(size_t size)
{
	return VideoPortAllocatePool(bench_extension, VpPagedPool, size, bench_tag);
}

static void *nonpaged_aligned_begin(size_t size)
{
	return VideoPortAllocatePool(bench_extension, VpNonPagedPoolCacheAligned, size,
				     bench_tag);
}

static void *paged_aligned_begin(size_t size)
{
	return VideoPortAllocatePool(bench_extension, VpPagedPoolCacheAligned, size,
				     bench_tag);
}

static void pool_end(void *block, size_t size)
{
	VideoPortFreePool(bench_extension, block);
}

static void *buffer_begin(size_t size)
{
	void *buffer;

	VideoPortAllocateBuffer(bench_extension, size, &buffer);
	return buffer;
}

static void buffer_end(void *buffer, size_t size)
{
	VideoPortReleaseBuffer(bench_extension, buffer);
}

/* Calls without an adapter, which vpmem finds by the code that calls. */
static void *executive_begin(size_t size)
{
	return ExAllocatePoolWithTag(NonPagedPool, size, bench_tag);
}

static void executive_end(void *block, size_t size)
{
	ExFreePool(block);
}

#define POOL	"VideoPortAllocatePool, FreePool"

const struct bench_call bench_nonpaged = { POOL, nonpaged_begin, pool_end };
static const struct bench_call paged = { POOL, paged_begin, pool_end };
static const struct bench_call nonpaged_aligned = {
	POOL, nonpaged_aligned_begin, pool_end
};

static const struct bench_call paged_aligned = { POOL, paged_aligned_begin, pool_end };
static const struct bench_call buffer = {
	"VideoPortAllocateBuffer, Release", buffer_begin, buffer_end
};

static const struct bench_call executive = {
	"ExAllocatePoolWithTag, ExFreePool", executive_begin, executive_end
};

static const struct bench_row rows[] = {
	{ "NonPaged", &bench_nonpaged, &bench_kmalloc, BENCH_PAIR(0), BENCH_POOL_TARGET },
	{ "Paged", &paged, &bench_kmalloc, BENCH_PAIR(0), BENCH_POOL_TARGET },
	{ "NonPagedCacheAligned", &nonpaged_aligned, &bench_kmalloc, BENCH_PAIR(0),
	  BENCH_POOL_TARGET },
	{ "PagedCacheAligned", &paged_aligned, &bench_kmalloc, BENCH_PAIR(0),
	  BENCH_POOL_TARGET },
	{ "Buffer", &buffer, &bench_kmalloc, BENCH_PAIR(0), BENCH_POOL_TARGET },
	{ "Ex", &executive, &bench_kmalloc, BENCH_PAIR(0) },
	{ "Ex of pool", &executive, &bench_nonpaged, BENCH_PAIR(0), 1300 },
};

static const struct bench_row callers_row = {
	"NonPaged with callers 64", &bench_nonpaged, &bench_kmalloc, BENCH_PAIR(64)
};

void bench_pool(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		bench_rows(&rows[i], sizes, ARRAY_SIZE(sizes));
}

/* Run last: blocks of a tag cost more from then on, even when callers are off again. */
void bench_callers(void)
{
	vpmem_view_write(NULL, "callers", "Y");
	bench_row(&callers_row);
	vpmem_view_write(NULL, "callers", "N");
}
