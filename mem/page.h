/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Owners of pages: the way from a page of vpmem's own to the descriptor of its small blocks,
 * or to the record of its block.
 *
 * The private word of a struct page has the address. The second word of its list node, which
 * is free for the owner of a page as well, proves that: it depends on both addresses and on
 * a secret. A driver may free any pointer, and other pages use both words otherwise; with
 * this proof no address is followed that vpmem did not write.
 */
#ifndef VPMEM_PAGE_H
#define VPMEM_PAGE_H

#include <linux/mm.h>

#include "core/inline.h"
#include "core/nofault.h"
#include "core/seal.h"

/* Type of an owner, a part of the proof */
enum vpmem_page_type {
	VPMEM_PAGE_OF_BLOCKS,		/* struct small_page */
	VPMEM_PAGE_OF_REGION,		/* struct vpmem_region */
};

static __vpmem_inlined unsigned long
vpmem_page_seal(const struct page *page, unsigned long owner, enum vpmem_page_type type)
{
	return vpmem_secret ^ owner ^ (unsigned long)page ^ type;
}

/* Set the owner of a page, after its descriptor is complete. */
static inline void vpmem_page_set_owner(struct page *page, const void *owner,
					enum vpmem_page_type type)
{
	unsigned long seal = vpmem_page_seal(page, (unsigned long)owner, type);

	set_page_private(page, (unsigned long)owner);
	/* Order the descriptor before its proof, for lookups of unknown pointers. */
	smp_wmb();
	WRITE_ONCE(page->lru.prev, (struct list_head *)seal);
}

/* Do so before the page is freed. */
static inline void vpmem_page_clear_owner(struct page *page)
{
	WRITE_ONCE(page->lru.prev, NULL);
	set_page_private(page, 0);
}

/*
 * Find the owner of the page that a pointer is in. Return false if that is another or none.
 * Owners are freed after a grace period, so callers disable preemption or are RCU readers.
 */
static __vpmem_inlined bool vpmem_page_owner(const void *address, enum vpmem_page_type type,
					     unsigned long *owner)
{
	unsigned long seal;
	struct page *page;

	if (!vpmem_in_memory(address) || !vpmem_has_page(address))
		return false;
	page = vpmem_memory_page(address);
	return vpmem_read_long(&page->private, owner) &&
	       vpmem_read_long((unsigned long *)&page->lru.prev, &seal) &&
	       seal == vpmem_page_seal(page, *owner, type);
}

#endif /* VPMEM_PAGE_H */
