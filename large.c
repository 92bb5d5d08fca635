// SPDX-License-Identifier: GPL-2.0-only
/*
 * Large blocks, and in verify mode those of any size: where their memory comes from.
 */
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "regions.h"

static void *kmalloc_get(size_t bytes, gfp_t gfp)
{
	return kmalloc(bytes, gfp);
}

static void kmalloc_put(struct vpmem_region *region, void *memory)
{
	kfree(memory);
}

static const struct vpmem_means by_kmalloc = {
	.name = "kmalloc",
	.get = kmalloc_get,
	.put = kmalloc_put,
};

static void *pages_get(size_t bytes, gfp_t gfp)
{
	return alloc_pages_exact(bytes, gfp);
}

static void pages_put(struct vpmem_region *region, void *memory)
{
	free_pages_exact(memory, region->charged);
}

const struct vpmem_means vpmem_by_pages = {
	.name = "buddy",
	.foreign = true,
	.get = pages_get,
	.put = pages_put,
};

static void *vmalloc_get(size_t bytes, gfp_t gfp)
{
	return gfpflags_allow_blocking(gfp) ? __vmalloc(bytes, gfp) : NULL;
}

static void vmalloc_put(struct vpmem_region *region, void *memory)
{
	vfree(memory);
}

const struct vpmem_means vpmem_by_vmalloc = {
	.name = "vmalloc",
	.may_sleep = true,
	.get = vmalloc_get,
	.put = vmalloc_put,
};

/* kmalloc() gives no more than asked for, and pages, if it is a power of two. */
static const struct vpmem_means *contiguous_means(size_t bytes)
{
	return is_power_of_2(bytes) && bytes <= KMALLOC_MAX_SIZE ?
	       &by_kmalloc : &vpmem_by_pages;
}

/* A large block is not worth reclaim for as long as vmalloc can still give it. */
static void *region_memory(struct vpmem_region *region,
			   const struct vpmem_region_request *request)
{
	gfp_t light = request->gfp;
	size_t bytes = region->charged;
	void *memory;

	if (!request->contiguous && bytes > PAGE_SIZE && gfpflags_allow_blocking(light))
		light |= __GFP_NORETRY;
	region->means = contiguous_means(bytes);
	memory = region->means->get(bytes, light);
	if (!memory && !request->contiguous) {
		region->means = &vpmem_by_vmalloc;
		memory = region->means->get(bytes, request->gfp);
	}
	return memory;
}

/* A block of at least a page, or in verify mode of any size; NULL without memory. */
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
