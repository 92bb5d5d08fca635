// SPDX-License-Identifier: GPL-2.0-only
/*
 * Allocation of regions: large blocks, and in verify mode those of any size.
 */
#include <linux/gfp.h>
#include <linux/log2.h>
#include <linux/slab.h>

#include "core/context.h"
#include "mem/regions.h"

/* Choose kmalloc() for a power of two only: it rounds other sizes up. */
static const struct vpmem_backing *contiguous_backing(size_t bytes)
{
	return is_power_of_2(bytes) && bytes <= KMALLOC_MAX_SIZE ?
	       &vpmem_by_kmalloc : &vpmem_by_pages;
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

/* Allocate a block of at least a page, or in verify mode of any size. */
void *vpmem_region_alloc(const struct vpmem_region_request *request)
{
	struct vpmem_region *region = vpmem_region_new(request);
	void *memory;

	if (!region)
		return NULL;
	if (request->verify)
		memory = vpmem_guard_memory(region, request);
	else
		memory = region_memory(region, request);
	if (memory)
		return vpmem_region_publish(region, memory);
	vpmem_region_abandon(region);
	return NULL;
}
