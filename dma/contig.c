// SPDX-License-Identifier: GPL-2.0-only
/*
 * Physically contiguous memory below a limit.
 *
 * Allocators, in order: the buddy allocator, from the zone that fits the limit down to
 * the lowest; CMA, through a device of our own whose DMA mask is the limit, as modules
 * cannot call CMA directly; and a search of all memory downwards from the limit, with
 * page migration. The physical address is always checked against the bounds. Common
 * buffers use the search, too.
 */
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/memory_hotplug.h>
#include <linux/platform_device.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/testing.h"
#include "core/views.h"
#include "dma/contig.h"
#include "mem/backing.h"
#include "mem/regions.h"
#include "vpmem.h"

/* Tag MmCm, which the memory manager of Windows uses for this */
#define CONTIG_TAG		0x6d436d4d

/*
 * Alignment of the ranges that are tried, in pages. With the first one few ranges share a
 * pageblock; the others are for bounds that allow no such start.
 */
static const unsigned long search_steps[] = {
	SZ_2M >> PAGE_SHIFT, SZ_64K >> PAGE_SHIFT ?: 1, 1,
};

/* Attempts for each step. Each may have to migrate a range full of pages. */
#define SEARCH_ATTEMPTS		256

static struct platform_device *contig_device;
static DEFINE_MUTEX(contig_device_lock);	/* serializes changes of its mask */

/* Tell whether a block crosses a boundary. */
static bool crosses(u64 start, size_t bytes, u64 boundary)
{
	return boundary >= PAGE_SIZE && (start ^ (start + bytes - 1)) & ~(boundary - 1);
}

static bool fits(const void *memory, size_t bytes,
		 const struct vpmem_contig_bounds *bounds)
{
	u64 start = virt_to_phys((void *)memory);

	return start >= bounds->lowest && start + bytes - 1 <= bounds->highest &&
	       !crosses(start, bytes, bounds->boundary);
}

/*
 * Buddy allocator
 */

static void *zone_get(size_t bytes, const struct vpmem_contig_bounds *bounds, gfp_t zone)
{
	void *memory = alloc_pages_exact(bytes, GFP_KERNEL | zone | __GFP_NOWARN |
						__GFP_NORETRY | __GFP_ZERO);

	if (!memory || fits(memory, bytes, bounds))
		return memory;
	free_pages_exact(memory, bytes);
	return NULL;
}

static void *buddy_get(struct vpmem_region *region,
		       const struct vpmem_contig_bounds *bounds)
{
	size_t bytes = region->charged;
	void *memory = NULL;

	if (bounds->highest > DMA_BIT_MASK(32) || !IS_ENABLED(CONFIG_ZONE_DMA32))
		memory = zone_get(bytes, bounds, 0);
	if (!memory && IS_ENABLED(CONFIG_ZONE_DMA32) &&
	    bounds->highest > DMA_BIT_MASK(24))
		memory = zone_get(bytes, bounds, GFP_DMA32);
	if (!memory && IS_ENABLED(CONFIG_ZONE_DMA) && bounds->lowest <= DMA_BIT_MASK(24))
		memory = zone_get(bytes, bounds, GFP_DMA);
	return memory;
}

static void buddy_put(struct vpmem_region *region, void *memory)
{
	free_pages_exact(memory, region->charged);
}

/*
 * CMA
 */

static void *cma_get(struct vpmem_region *region,
		     const struct vpmem_contig_bounds *bounds)
{
	struct device *dev = &contig_device->dev;
	struct page *page;
	dma_addr_t bus;

	if (!contig_device || !IS_ENABLED(CONFIG_DMA_CMA) || !bounds->highest)
		return NULL;
	mutex_lock(&contig_device_lock);
	dev->coherent_dma_mask = bounds->highest;
	page = dma_alloc_pages(dev, region->charged, &bus, DMA_BIDIRECTIONAL,
			       GFP_KERNEL | __GFP_NOWARN | __GFP_NORETRY);
	mutex_unlock(&contig_device_lock);
	if (!page)
		return NULL;
	region->bus = bus;
	/* Check the address, because DMA API debugging warns otherwise. */
	if (!dma_mapping_error(dev, bus) &&
	    fits(page_address(page), region->charged, bounds))
		return memset(page_address(page), 0, region->charged);
	dma_free_pages(dev, region->charged, page, bus, DMA_BIDIRECTIONAL);
	return NULL;
}

static void cma_put(struct vpmem_region *region, void *memory)
{
	dma_free_pages(&contig_device->dev, region->charged, virt_to_page(memory),
		       region->bus, DMA_BIDIRECTIONAL);
}

/*
 * Search
 */

struct search {
	const struct vpmem_contig_bounds *bounds;
	unsigned long count;		/* pages */
	unsigned long lowest;		/* page frame */
	unsigned long step;		/* alignment in pages */
};

/* Find the first page frame that cannot be migrated; return @end if there is none. */
static unsigned long first_obstacle(unsigned long first, unsigned long end)
{
	struct page *page, *begin = pfn_to_online_page(first);
	unsigned long pfn;

	if (!begin)
		return first;
	for (pfn = first; pfn < end; pfn++) {
		page = pfn_to_online_page(pfn);
		if (!page || PageReserved(page) ||
		    page_zone(page) != page_zone(begin))
			break;
	}
	return pfn;
}

/* Round down to a start whose range does not cross the boundary. */
static unsigned long aligned_start(const struct search *search, unsigned long first)
{
	u64 boundary = search->bounds->boundary, end;
	size_t bytes = search->count << PAGE_SHIFT;

	first = round_down(first, search->step);
	if (!crosses((u64)first << PAGE_SHIFT, bytes, boundary))
		return first;
	end = (((u64)first << PAGE_SHIFT) + bytes - 1) & ~(boundary - 1);
	return round_down((unsigned long)((end - bytes) >> PAGE_SHIFT), search->step);
}

/* Find the highest start at or below @first whose range has no obstacle, or 0. */
static unsigned long next_candidate(const struct search *search, unsigned long first)
{
	unsigned long obstacle, count = search->count;

	for (first = aligned_start(search, first); first && first >= search->lowest;
	     first = aligned_start(search, obstacle - count)) {
		obstacle = first_obstacle(first, first + count);
		if (obstacle == first + count)
			return first;
		if (obstacle <= count)
			break;
		cond_resched();
	}
	return 0;
}

static void *search_from(const struct search *search, unsigned long first)
{
	unsigned int attempts = SEARCH_ATTEMPTS;

	first = next_candidate(search, first);
	while (first && attempts-- && !fatal_signal_pending(current)) {
		if (!vpmem_take_range(first, search->count))
			return page_to_virt(pfn_to_page(first));
		first = next_candidate(search, first - 1);
	}
	return NULL;
}

/* Allocate a zeroed range of pages within the bounds, migrating pages out of it. */
void *vpmem_contig_search(size_t bytes, const struct vpmem_contig_bounds *bounds)
{
	u64 last = min_t(u64, bounds->highest, virt_to_phys(high_memory - 1));
	unsigned long end = (last + 1) >> PAGE_SHIFT;
	struct search search = {
		.bounds = bounds,
		.count = bytes >> PAGE_SHIFT,
		.lowest = PFN_UP(bounds->lowest),
	};
	void *memory = NULL;
	unsigned int i;

	if (bounds->lowest > last || end <= search.count || !vpmem_range_left(bytes))
		return NULL;
	for (i = 0; i < ARRAY_SIZE(search_steps) && !memory; i++) {
		search.step = search_steps[i];
		memory = search_from(&search, end - search.count);
	}
	return memory ? memset(memory, 0, bytes) : NULL;
}

void vpmem_contig_search_free(void *memory, size_t bytes)
{
	vpmem_give_range(virt_to_phys(memory) >> PAGE_SHIFT, bytes >> PAGE_SHIFT);
}

static void *search_get(struct vpmem_region *region,
			const struct vpmem_contig_bounds *bounds)
{
	return vpmem_contig_search(region->charged, bounds);
}

static void search_put(struct vpmem_region *region, void *memory)
{
	vpmem_contig_search_free(memory, region->charged);
}

/*
 * Calls of the DDI
 */

struct contig_backing {
	struct vpmem_backing backing;
	void *(*find)(struct vpmem_region *region,
		      const struct vpmem_contig_bounds *bounds);
};

static const struct contig_backing all_backings[] = {
	{ { "buddy", .may_sleep = true, .foreign = true, .parks = true, .put = buddy_put },
	  buddy_get },
	{ { "cma", .may_sleep = true, .foreign = true, .put = cma_put }, cma_get },
	{ { "contig", .may_sleep = true, .foreign = true, .put = search_put }, search_get },
};

static void *contig_memory(struct vpmem_region *region,
			   const struct vpmem_contig_bounds *bounds)
{
	void *memory = NULL;
	int i;

	for (i = 0; i < ARRAY_SIZE(all_backings) && !memory; i++) {
		region->backing = &all_backings[i].backing;
		memory = all_backings[i].find(region, bounds);
	}
	return memory;
}

static void *contig_find(struct vpmem_region *region, const void *data)
{
	const struct vpmem_contig_bounds *bounds = data;
	void *memory = contig_memory(region, bounds);

	region->limit = bounds->highest;
	if (!memory && vpmem_spare_free(region->adapter))
		memory = contig_memory(region, bounds);
	return memory;
}

/* Use a parked block if it lies within the bounds. */
static void *contig_parked(const struct vpmem_region_request *request,
			   const struct vpmem_contig_bounds *bounds)
{
	struct vpmem_region *region = vpmem_region_unpark(request);
	void *block;

	if (!region)
		return NULL;
	block = vpmem_region_block(region);
	if (!fits(block, region->charged, bounds)) {
		vpmem_region_repark(region);
		return NULL;
	}
	memset(block, 0, region->charged);
	region->limit = bounds->highest;
	return vpmem_region_revive(region);
}

/* Record a failure, and tell whether the last one had another limit. */
bool vpmem_failures_add(struct vpmem_contig_failures *failures, u32 size, u64 limit)
{
	bool new_limit;

	spin_lock(&failures->lock);
	new_limit = !failures->count || failures->limit != limit;
	failures->count++;
	failures->limit = limit;
	failures->size = size;
	spin_unlock(&failures->lock);
	return new_limit;
}

/* Log the first of several failures in a row that have the same limit. */
static void contig_failed(u32 size, const struct vpmem_contig_bounds *bounds,
			  const struct vpmem_call *call)
{
	if (vpmem_failures_add(&call->adapter->contig->contiguous, size, bounds->highest))
		vpmem_warn_misuse(call, VPMEM_EV_BAD_LIMIT,
				  "no %u contiguous bytes up to 0x%llx, from 0x%llx on, boundary 0x%llx; tried buddy, %scontig; allocate earlier after boot, or widen the bounds",
				  size, bounds->highest, bounds->lowest, bounds->boundary,
				  IS_ENABLED(CONFIG_DMA_CMA) ? "cma, " : "");
	else
		vpmem_count_event(call, VPMEM_EV_BAD_LIMIT);
}

static void *contig_region(ULONG size, const struct vpmem_contig_bounds *bounds,
			   const struct vpmem_call *call)
{
	const struct vpmem_region_request request = {
		.slot = vpmem_slot_get(call->adapter, CONTIG_TAG, VPMEM_CONTIG),
		.size = size,
		.align = PAGE_SIZE,
		.gfp = VPMEM_GFP_PASSIVE,
		.verify = static_branch_unlikely(&vpmem_verify),
		.call = call,
	};
	void *block = request.verify ? NULL : contig_parked(&request, bounds);

	if (!block)
		block = vpmem_region_make(&request, contig_find, bounds);
	if (!block)
		contig_failed(size, bounds, call);
	return block;
}

void *vpmem_contig_alloc(u32 size, const struct vpmem_contig_bounds *bounds,
			 const struct vpmem_call *call)
{
	void *memory;

	if (!vpmem_check_may_sleep(call)) {
		vpmem_slot_fail(vpmem_slot_get(call->adapter, CONTIG_TAG, VPMEM_CONTIG),
				VPMEM_FAIL_CONTEXT);
		return NULL;
	}
	memory = contig_region(size, bounds, call);
	if (memory && !size)
		vpmem_warn_misuse(call, VPMEM_EV_ZERO_LENGTH,
				  "zero bytes requested; a page is allocated");
	return memory;
}

PVOID VideoPortAllocateContiguousMemory(PVOID HwDeviceExtension,
					ULONG NumberOfBytes,
					PHYSICAL_ADDRESS HighestAcceptableAddress)
{
	const struct vpmem_contig_bounds bounds = {
		.highest = HighestAcceptableAddress.QuadPart,
	};
	struct vpmem_call call = VPMEM_CALL();
	void *memory = NULL;

	if (vpmem_enter(HwDeviceExtension, &call))
		memory = vpmem_contig_alloc(NumberOfBytes, &bounds, &call);
	vpmem_leave(&call);
	return memory;
}
EXPORT_SYMBOL_GPL(VideoPortAllocateContiguousMemory);

void vpmem_contig_free(void *memory, const struct vpmem_call *call)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = call->adapter,
		.block = memory,
		.kinds = BIT(VPMEM_CONTIG),
	};

	vpmem_region_release(&wanted, NULL, call);
}

VOID VideoPortFreeContiguousMemory(PVOID HwDeviceExtension, PVOID VirtualAddress)
{
	struct vpmem_call call = VPMEM_CALL();

	if (vpmem_enter(HwDeviceExtension, &call))
		vpmem_contig_free(VirtualAddress, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortFreeContiguousMemory);

VOID MmFreeContiguousMemory(PVOID BaseAddress)
{
	const struct vpmem_call call = VPMEM_CALL();

	vpmem_contig_free(BaseAddress, &call);
}
EXPORT_SYMBOL_GPL(MmFreeContiguousMemory);

int vpmem_contig_attach(struct vpmem_adapter *adapter)
{
	struct vpmem_contig *contig = vpmem_adapter_zalloc(adapter, sizeof(*contig));

	if (!contig)
		return -ENOMEM;
	spin_lock_init(&contig->contiguous.lock);
	spin_lock_init(&contig->common.lock);
	adapter->contig = contig;
	return 0;
}

static int contig_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	struct vpmem_contig_failures *failures = &adapter->contig->contiguous;
	unsigned long count;
	u64 limit;
	u32 size;

	spin_lock(&failures->lock);
	count = failures->count;
	limit = failures->limit;
	size = failures->size;
	spin_unlock(&failures->lock);
	seq_printf(m, "%-10s %-12s %-18s %s\n", "Failures", "LastSize", "LastLimit",
		   "Tried");
	seq_printf(m, "%-10lu %-12u 0x%016llx %s\n", count, size, limit,
		   IS_ENABLED(CONFIG_DMA_CMA) ? "buddy,cma,contig" : "buddy,contig");
	return 0;
}

static struct vpmem_view contig_view = {
	.name = "contig",
	.places = VPMEM_VIEW_ADAPTERS,
	.columns = 4,
	.show = contig_show,
};

/* Register the device for CMA; without it that allocator is skipped. */
void __init vpmem_contig_init(void)
{
	contig_device = platform_device_register_simple("vpmem-contig",
							PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(contig_device))
		contig_device = NULL;
	vpmem_view_register(&contig_view);
}

void vpmem_contig_exit(void)
{
	platform_device_unregister(contig_device);
}
