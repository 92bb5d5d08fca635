// SPDX-License-Identifier: GPL-2.0-only
/*
 * Way from the first page of a block to its record, so that the free of a large block needs
 * neither the tree nor its lock. Memory of the DMA API belongs to others until it is freed,
 * and has no such way.
 */
#include <linux/mm.h>
#include <linux/rcupdate.h>

#include "core/adapter.h"
#include "mem/page.h"
#include "mem/regions.h"

/* Let the first page of a block lead to its record. */
void vpmem_page_set_region(struct vpmem_region *region, const void *memory)
{
	region->owns_page = true;
	vpmem_page_set_owner(virt_to_page(memory), region, VPMEM_PAGE_OF_REGION);
}

/* Undo that, if it was done. */
void vpmem_page_clear_region(struct vpmem_region *region)
{
	if (!region->owns_page)
		return;
	region->owns_page = false;
	vpmem_page_clear_owner(virt_to_page(vpmem_region_memory(region)));
}

static bool region_is_wanted(const struct vpmem_region *region,
			     const struct vpmem_region_wanted *wanted)
{
	return region->adapter == wanted->adapter && !region->offset &&
	       wanted->kinds & BIT(region->slot->kind);
}

/*
 * Find the record of a block by its page, and drop the table's reference to it, so that of
 * two calls only one gets it. Return NULL if it is not found, or in use; then the table
 * knows the reason. The record stays in the table until vpmem_region_free().
 */
struct vpmem_region *vpmem_page_claim(const struct vpmem_region_wanted *wanted)
{
	struct vpmem_region *region = NULL;
	unsigned long owner;

	if (wanted->refuse || !PAGE_ALIGNED(wanted->block))
		return NULL;
	rcu_read_lock();
	if (vpmem_page_owner(wanted->block, VPMEM_PAGE_OF_REGION, &owner))
		region = (struct vpmem_region *)owner;
	if (region && (!region->parks || !region_is_wanted(region, wanted) ||
		       !refcount_dec_if_one(&region->references)))
		region = NULL;
	rcu_read_unlock();
	return region;
}
