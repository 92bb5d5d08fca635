// SPDX-License-Identifier: GPL-2.0-only
/*
 * Backing allocators of regions, and memory for internal arrays.
 */
#include <linux/kmemleak.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "core/context.h"
#include "mem/backing.h"
#include "mem/regions.h"

static void *compound_get(size_t bytes, gfp_t gfp)
{
	return (void *)__get_free_pages(gfp | __GFP_COMP, get_order(bytes));
}

static void compound_put(struct vpmem_region *region, void *memory)
{
	free_pages((unsigned long)memory, get_order(region->charged));
}

/* Backing for sizes of a power of two, which waste nothing of a compound page */
const struct vpmem_backing vpmem_by_compound = {
	.name = "buddy",
	.foreign = true,
	.parks = true,
	.by_page = true,
	.get = compound_get,
	.put = compound_put,
};

static void *pages_get(size_t bytes, gfp_t gfp)
{
	return alloc_pages_exact(bytes, gfp);
}

static void pages_put(struct vpmem_region *region, void *memory)
{
	free_pages_exact(memory, region->charged);
}

const struct vpmem_backing vpmem_by_pages = {
	.name = "buddy",
	.foreign = true,
	.parks = true,
	.by_page = true,
	.get = pages_get,
	.put = pages_put,
};

/* Share of memory, as a shift, that a large request must leave free */
#define RESERVE_SHIFT	6

/*
 * Tell whether @bytes can be allocated without swapping, leaving a reserve. Check this
 * before a large or hidden allocation, as the ring buffer of ftrace does: the page
 * allocator would evict the page cache before it fails, and alloc_contig_range() ignores
 * the watermarks.
 */
bool vpmem_memory_left(u64 bytes)
{
	u64 reserve = totalram_pages() >> RESERVE_SHIFT;

	return si_mem_available() > (bytes >> PAGE_SHIFT) + reserve;
}

/*
 * Tell the same of a range whose pages have to be migrated: each needs a free page
 * elsewhere, and the kernel logs a warning if there is none.
 */
bool vpmem_range_left(u64 bytes)
{
	u64 reserve = totalram_pages() >> RESERVE_SHIFT;
	struct page *page;

	if (global_zone_page_state(NR_FREE_PAGES) + global_node_page_state(NR_INACTIVE_FILE) <=
	    (bytes >> PAGE_SHIFT) + reserve)
		return false;
	page = alloc_page(GFP_USER | __GFP_MOVABLE | __GFP_NORETRY | __GFP_NOWARN);
	if (page)
		__free_page(page);
	return page;
}

static void page_array_free(struct page **pages, unsigned int count)
{
	while (count--)
		__free_page(pages[count]);
	kvfree(pages);
}

static struct page **page_array_alloc(unsigned int count, gfp_t gfp)
{
	struct page **pages = vpmem_kvmalloc(array_size(count, sizeof(*pages)), gfp);
	unsigned int i;

	for (i = 0; pages && i < count; i++) {
		pages[i] = fatal_signal_pending(current) ? NULL :
							   alloc_page(gfp | __GFP_HIGHMEM);
		if (!pages[i]) {
			page_array_free(pages, i);
			return NULL;
		}
	}
	return pages;
}

/*
 * Map single pages, because __vmalloc() ignores __GFP_RETRY_MAYFAIL for its page tables.
 * The area owns the pages, so vfree() frees it as any other.
 */
static void *vmalloc_get(size_t bytes, gfp_t gfp)
{
	unsigned long count = PFN_UP(bytes);
	struct page **pages;
	unsigned int flags;
	void *memory;

	/* Refuse 16 TiB: vmap() counts pages in 32 bits. */
	if (!gfpflags_allow_blocking(gfp) || count > U32_MAX || !vpmem_memory_left(bytes))
		return NULL;
	pages = page_array_alloc(count, gfp);
	if (!pages)
		return NULL;
	flags = vpmem_no_oom_begin();
	memory = vmap(pages, count, VM_MAP | VM_MAP_PUT_PAGES, PAGE_KERNEL);
	vpmem_no_oom_end(flags);
	if (!memory)
		page_array_free(pages, count);
	return memory;
}

/* Allocate as kvmalloc() does, but without the OOM killer. Free with kvfree(). */
void *vpmem_kvmalloc(size_t bytes, gfp_t gfp)
{
	gfp_t light = VPMEM_GFP_LIGHT | (gfp & (__GFP_ZERO | __GFP_ACCOUNT));
	bool vmalloc = bytes > PAGE_SIZE && gfpflags_allow_blocking(gfp);
	gfp_t first = vmalloc ? light : gfp;
	void *memory = kmalloc(bytes, first);

	if (memory || !vmalloc)
		return memory;
	memory = vmalloc_get(bytes, gfp);
	/* Register with kmemleak, which vmap() does not do; vfree() unregisters. */
	if (memory)
		kmemleak_alloc(memory, bytes, 2, gfp);
	return memory;
}

static void vmalloc_put(struct vpmem_region *region, void *memory)
{
	vfree(memory);
}

const struct vpmem_backing vpmem_by_vmalloc = {
	.name = "vmalloc",
	.may_sleep = true,
	.foreign = true,
	.vm_area = true,
	.get = vmalloc_get,
	.put = vmalloc_put,
};
