// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocation of regions: large blocks, and in verify mode those of any size.
 */
#include <linux/gfp.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/compat.h"
#include "core/context.h"
#include "mem/regions.h"

static const struct vpmem_backing *contiguous_backing(size_t bytes)
{
	return is_power_of_2(bytes) && bytes <= KMALLOC_MAX_SIZE ?
	       &vpmem_by_compound : &vpmem_by_pages;
}

/* Allocate pages. Reclaim for contiguous ones only if vmalloc() is no alternative. */
static void *region_memory(struct vpmem_region *region,
			   const struct vpmem_region_request *request)
{
	bool blocking = gfpflags_allow_blocking(request->gfp);
	size_t bytes = region->charged;
	void *memory;

	region->backing = contiguous_backing(bytes);
	memory = region->backing->get(bytes, blocking ? VPMEM_GFP_LIGHT : request->gfp);
	if (memory || !blocking)
		return memory;
	if (!request->contiguous && bytes > PAGE_SIZE)
		region->backing = &vpmem_by_vmalloc;
	return region->backing->get(bytes, request->gfp);
}

/* Allocate, and if that fails once more after freeing what the adapter has without blocks. */
static void *region_memory_or_spare(struct vpmem_region *region,
				    const struct vpmem_region_request *request)
{
	void *memory = region_memory(region, request);

	if (!memory && vpmem_spare_free(region->adapter))
		memory = region_memory(region, request);
	return memory;
}

/* Use a parked region. The pages are cleared if the page allocator would do so. */
static void *parked_alloc(const struct vpmem_region_request *request)
{
	struct vpmem_region *region = vpmem_region_unpark(request);
	void *block;

	if (!region)
		return NULL;
	block = vpmem_region_block(region);
	if (want_init_on_alloc(request->gfp) && !want_init_on_free())
		memset(block, 0, region->charged);
	else if (!want_init_on_free())
		vpmem_mark_uninitialised(block, region->charged, request->gfp);
	return vpmem_region_revive(region);
}

/* Allocate a block of at least a page, or in verify mode of any size. */
void *vpmem_region_alloc(const struct vpmem_region_request *request)
{
	void *memory = request->verify ? NULL : parked_alloc(request);
	struct vpmem_region *region;

	if (memory)
		return memory;
	region = vpmem_region_new(request);
	if (!region)
		return NULL;
	if (request->verify)
		memory = vpmem_guard_memory(region, request);
	else
		memory = region_memory_or_spare(region, request);
	if (memory)
		return vpmem_region_publish(region, memory);
	vpmem_region_abandon(region);
	return NULL;
}
