// SPDX-License-Identifier: GPL-2.0-only
/*
 * Common buffers, contiguous memory and packet DMA.
 */
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/scatterlist.h>
#include <linux/sizes.h>
#include <linux/vmalloc.h>

#include "bench/bench.h"

static PVP_DMA_ADAPTER dma_adapter;

/*
 * Common buffers. The two sides allocate zeroed memory.
 */

static struct dma_pool *pool;
static dma_addr_t bus;
static PHYSICAL_ADDRESS logical;

static void *common_begin(size_t size)
{
	return VideoPortAllocateCommonBuffer(bench_extension, dma_adapter, size, &logical,
					     false, NULL);
}

static void common_end(void *block, size_t size)
{
	VideoPortReleaseCommonBuffer(bench_extension, dma_adapter, size, logical, block,
				     false);
}

static void *coherent_begin(size_t size)
{
	return dma_alloc_coherent(bench_device, size, &bus, GFP_KERNEL);
}

static void coherent_end(void *block, size_t size)
{
	if (block)
		dma_free_coherent(bench_device, size, block, bus);
}

static void *pool_begin(size_t size)
{
	return dma_pool_zalloc(pool, GFP_KERNEL, &bus);
}

static void pool_end(void *block, size_t size)
{
	if (block)
		dma_pool_free(pool, block, bus);
}

/*
 * Contiguous memory, which vpmem zeroes
 */

static const PHYSICAL_ADDRESS highest = { .QuadPart = DMA_BIT_MASK(32) };

static void *contiguous_begin(size_t size)
{
	return VideoPortAllocateContiguousMemory(bench_extension, size, highest);
}

static void contiguous_end(void *block, size_t size)
{
	VideoPortFreeContiguousMemory(bench_extension, block);
}

static void *pages_begin(size_t size)
{
	return (void *)__get_free_pages(GFP_KERNEL | GFP_DMA32 | __GFP_ZERO,
					get_order(size));
}

static void pages_end(void *block, size_t size)
{
	free_pages((unsigned long)block, get_order(size));
}

static const struct bench_call common = {
	"AllocateCommonBuffer, Release", common_begin, common_end
};

static const struct bench_call coherent = {
	"dma_alloc_coherent", coherent_begin, coherent_end
};

static const struct bench_call dma_pool = { "dma_pool_zalloc", pool_begin, pool_end };
static const struct bench_call contiguous = {
	"AllocateContiguousMemory, Free", contiguous_begin, contiguous_end
};

static const struct bench_call pages = {
	"__get_free_pages, zeroed", pages_begin, pages_end
};

static const struct bench_row rows[] = {
	{ "common 4096 of dma_pool", &common, &dma_pool, BENCH_SLOW(SZ_4K) },
	{ "common 4096", &common, &coherent, BENCH_SLOW(SZ_4K), 1050 },
	{ "common 16384", &common, &coherent, BENCH_SLOW(SZ_16K), 1050 },
	{ "common 65536", &common, &coherent, BENCH_SLOW(SZ_64K), 1050 },
	{ "common 1048576", &common, &coherent, BENCH_SLOW(SZ_1M) },
	{ "contiguous 4096", &contiguous, &pages, BENCH_SLOW(SZ_4K), 1100 },
	{ "contiguous 16384", &contiguous, &pages, BENCH_SLOW(SZ_16K), 1100 },
	{ "contiguous 65536", &contiguous, &pages, BENCH_SLOW(SZ_64K), 1100 },
};

/*
 * Operations. By hand is what a driver does that has the pages: a table, its mapping,
 * and the ends of both.
 */

#define LENGTH	SZ_1M
#define PAGES	(LENGTH / PAGE_SIZE)

static struct page *operation_pages[PAGES];
static struct sg_table table;
static void *mdl;

static VOID execute(PVOID extension, PVP_DMA_ADAPTER adapter, PVP_SCATTER_GATHER_LIST list,
		    PVOID context)
{
	*(PVP_SCATTER_GATHER_LIST *)context = list;
}

static void *start_begin(size_t size)
{
	PVP_SCATTER_GATHER_LIST list = NULL;
	ULONG length = size;

	VideoPortStartDma(bench_extension, dma_adapter, mdl, 0, &length, execute, &list,
			  true);
	return length == size ? list : NULL;
}

static void start_end(void *list, size_t size)
{
	VideoPortCompleteDma(bench_extension, dma_adapter, list, true);
}

static void *map_begin(size_t size)
{
	if (sg_alloc_table_from_pages(&table, operation_pages, PAGES, 0, size, GFP_KERNEL))
		return NULL;
	if (!dma_map_sgtable(bench_device, &table, DMA_TO_DEVICE, 0))
		return &table;
	sg_free_table(&table);
	return NULL;
}

static void map_end(void *block, size_t size)
{
	if (!block)
		return;
	dma_unmap_sgtable(bench_device, &table, DMA_TO_DEVICE, 0);
	sg_free_table(&table);
}

static const struct bench_call start = {
	"StartDma, CompleteDma", start_begin, start_end
};

static const struct bench_call map = {
	"table, dma_map_sgtable, unmap", map_begin, map_end
};

static void measure_operation(const char *name)
{
	const struct bench_row row = { name, &start, &map, BENCH_SLOW(LENGTH), 1100 };
	void *memory = vmap(operation_pages, PAGES, VM_MAP, PAGE_KERNEL);

	mdl = memory ? VideoPortLockBuffer(bench_extension, memory, LENGTH, VpModifyAccess) :
		       NULL;
	if (mdl)
		bench_row(&row);
	else
		bench_failed(name);
	VideoPortUnlockBuffer(bench_extension, mdl);
	vunmap(memory);
}

/* Measure pages that follow each other, and pages of which none follows another. */
static void measure_operations(void)
{
	struct page *block = alloc_pages(GFP_KERNEL, get_order(2 * LENGTH));
	int i;

	if (!block) {
		bench_failed("StartDma");
		return;
	}
	for (i = 0; i < PAGES; i++)
		operation_pages[i] = block + i;
	measure_operation("StartDma 1 MiB, one range");
	for (i = 0; i < PAGES; i++)
		operation_pages[i] = block + 2 * i;
	measure_operation("StartDma 1 MiB, scattered");
	__free_pages(block, get_order(2 * LENGTH));
}

void bench_dma(void)
{
	VP_DEVICE_DESCRIPTION description = {
		.ScatterGather = true, .Dma32BitAddresses = true
	};
	int i;

	dma_adapter = VideoPortGetDmaAdapter(bench_extension, &description);
	pool = dma_pool_create("vpmem_bench", bench_device, SZ_4K, SZ_4K, 0);
	if (!dma_adapter || !pool) {
		bench_failed("DMA");
	} else {
		for (i = 0; i < ARRAY_SIZE(rows); i++)
			bench_row(&rows[i]);
		measure_operations();
	}
	dma_pool_destroy(pool);
	VideoPortPutDmaAdapter(bench_extension, dma_adapter);
}
