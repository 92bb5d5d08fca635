// SPDX-License-Identifier: GPL-2.0-only
/*
 * Way from the first page of a block to its record.
 *
 * Pages of large blocks are vpmem's own, so their private word can hold the address of
 * the record. A seal in the record proves that it does: a driver may free any pointer, and
 * other pages use their private word otherwise. So the free of a large block needs
 * neither the tree nor its lock. Memory of the DMA API belongs to others until it is
 * freed, and has no such word.
 */
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/uaccess.h>

#include "core/adapter.h"
#include "core/nofault.h"
#include "core/seal.h"
#include "mem/regions.h"

static u64 page_seal(const struct vpmem_region *region, const struct page *page)
{
	return vpmem_secret ^ (unsigned long)region ^ (unsigned long)page;
}

/* Let the first page of a block lead to its record. */
void vpmem_page_set_region(struct vpmem_region *region, const void *memory)
{
	struct page *page = virt_to_page(memory);

	WRITE_ONCE(region->seal, page_seal(region, page));
	set_page_private(page, (unsigned long)region);
}

/* Undo that; a record without a seal is ignored. */
void vpmem_page_clear_region(struct vpmem_region *region)
{
	if (!region->seal)
		return;
	WRITE_ONCE(region->seal, 0);
	set_page_private(virt_to_page(vpmem_region_block(region) - region->offset), 0);
}

/* Return the record that a page leads to, or NULL. For RCU readers. */
static struct vpmem_region *page_region(const struct page *page)
{
	struct vpmem_region *region = (struct vpmem_region *)page_private(page);
	u64 seal;

	if (!IS_ALIGNED((unsigned long)region, sizeof(unsigned long)) ||
	    !vpmem_in_memory(region) || !vpmem_read(&region->seal, &seal) ||
	    seal != page_seal(region, page))
		return NULL;
	return region;
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
	struct vpmem_region *region;

	if (wanted->refuse || !PAGE_ALIGNED(wanted->block) || !virt_addr_valid(wanted->block))
		return NULL;
	rcu_read_lock();
	region = page_region(virt_to_page(wanted->block));
	if (region && (!region->parks || !region_is_wanted(region, wanted) ||
		       !refcount_dec_if_one(&region->references)))
		region = NULL;
	rcu_read_unlock();
	return region;
}
