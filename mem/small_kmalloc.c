// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small blocks that kmalloc() allocates one by one, so that a tool of the slab allocator
 * sees each of them: KASAN, which knows their size to the byte then, slub_debug, and by
 * samples KFENCE. An array, by address, has a word for each as a page of blocks has, and a
 * mark for the live ones. The last ones that were freed stay in it, to explain a double
 * free.
 */
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/xarray.h>

#include "core/adapter.h"
#include "core/context.h"
#include "core/tags.h"
#include "mem/small_kmalloc.h"

#define LIVE		XA_MARK_0
#define FREED_KEPT	1024

struct small_kmalloc {
	struct xarray words;		/* its lock guards all below */
	unsigned long freed[FREED_KEPT]; /* indexes, or 0 */
	unsigned int next_freed;
};

static unsigned long block_index(const void *block)
{
	return ((unsigned long)kasan_reset_tag(block) - PAGE_OFFSET) / SMALL_GRANULE;
}

int vpmem_small_kmalloc_attach(struct vpmem_adapter *adapter)
{
	struct small_kmalloc *blocks = vpmem_adapter_zalloc(adapter, sizeof(*blocks));

	if (!blocks)
		return -ENOMEM;
	xa_init_flags(&blocks->words, XA_FLAGS_LOCK_IRQ);
	adapter->small_kmalloc = blocks;
	return 0;
}

/* Forget all blocks, but leave the memory of live ones to those that use it. */
void vpmem_small_kmalloc_detach(struct vpmem_adapter *adapter)
{
	xa_destroy(&adapter->small_kmalloc->words);
}

/*
 * Allocation
 */

static bool is_placed_well(const void *block, size_t size, size_t align)
{
	return IS_ALIGNED((unsigned long)block, align) &&
	       offset_in_page(block) + size <= PAGE_SIZE;
}

/* Allocate aligned. kmalloc() aligns to the size only if that is a power of two. */
static void *aligned_kmalloc(size_t size, size_t align, gfp_t gfp)
{
	size_t least = max(size, align / 2 + 1);
	void *block = kmalloc(least, gfp);

	if (!block || is_placed_well(block, least, align))
		return block;
	kfree(block);
	return kmalloc(roundup_pow_of_two(least), gfp);
}

void *vpmem_small_kmalloc_alloc(struct vpmem_slot *slot, size_t size, bool aligned,
				size_t charge, gfp_t gfp)
{
	struct xarray *words = &slot->adapter->small_kmalloc->words;
	size_t align = aligned ? SMALL_CACHE_ALIGN : SMALL_GRANULE;
	void *block = vpmem_locks_sleep() ? NULL : aligned_kmalloc(size, align, gfp), *old;
	u32 word = (slot->word & ~VPMEM_WORD_LIVE) | size;
	unsigned long flags;

	if (!block)
		return NULL;
	xa_lock_irqsave(words, flags);
	old = __xa_store(words, block_index(block), xa_mk_value(word), VPMEM_GFP_ATOMIC);
	if (!xa_is_err(old))
		__xa_set_mark(words, block_index(block), LIVE);
	xa_unlock_irqrestore(words, flags);
	if (xa_is_err(old)) {
		kfree(block);
		return NULL;
	}
	vpmem_count_alloc(slot->counters, size, charge);
	return vpmem_peak_watch(slot, block);
}

/*
 * Lookup and free
 */

static bool word_find(struct vpmem_adapter *adapter, unsigned long index,
		      struct small_found *found)
{
	struct xarray *words = &adapter->small_kmalloc->words;
	void *entry = xa_load(words, index);

	if (!entry)
		return false;
	found->adapter = adapter;
	found->page = NULL;
	found->word = xa_to_value(entry);
	found->live = xa_get_mark(words, index, LIVE);
	return true;
}

/* Look for a live block that covers an index. */
static bool word_find_around(struct vpmem_adapter *adapter, unsigned long index,
			     struct small_found *found)
{
	unsigned long steps;

	for (steps = 0; steps <= SMALL_MAX / SMALL_GRANULE && steps <= index; steps++) {
		if (!word_find(adapter, index - steps, found) || !found->live)
			continue;
		found->inside = true;
		return steps * SMALL_GRANULE < (found->word & SMALL_SIZE_MASK);
	}
	return false;
}

/*
 * Find the live or freed block of any adapter that a pointer is in. A freed one is forgotten
 * when its page no longer belongs to the slab. For RCU readers.
 */
bool vpmem_small_kmalloc_find(const void *block, struct small_found *found)
{
	bool aligned = IS_ALIGNED((unsigned long)block, SMALL_GRANULE);
	unsigned long index = block_index(block);
	struct vpmem_adapter *adapter;

	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		if (aligned && word_find(adapter, index, found) && found->live)
			return true;
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		if (word_find_around(adapter, index, found))
			return true;
	found->inside = false;
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		if (aligned && word_find(adapter, index, found))
			return PageSlab(virt_to_head_page(block));
	return false;
}

/* Forget the block that was freed so many ones before, unless its address is in use again. */
static void forget_oldest(struct small_kmalloc *blocks, unsigned long index)
{
	unsigned long *oldest = &blocks->freed[blocks->next_freed++ % FREED_KEPT];

	if (*oldest && !xa_get_mark(&blocks->words, *oldest, LIVE))
		__xa_erase(&blocks->words, *oldest);
	*oldest = index;
}

/* Make a live block a freed one. Of two calls for the same block one returns true. */
bool vpmem_small_kmalloc_claim(const void *block, const struct small_found *found)
{
	struct small_kmalloc *blocks = found->adapter->small_kmalloc;
	unsigned long flags, index = block_index(block);
	bool live;

	xa_lock_irqsave(&blocks->words, flags);
	live = xa_get_mark(&blocks->words, index, LIVE);
	if (live) {
		__xa_clear_mark(&blocks->words, index, LIVE);
		forget_oldest(blocks, index);
	}
	xa_unlock_irqrestore(&blocks->words, flags);
	return live;
}
