// SPDX-License-Identifier: GPL-2.0-only
/*
 * Quarantine of verify mode: the memory of the last blocks that were freed is not used again
 * for a while. It is full of the poison, so a block whose poison has changed when its turn has
 * come was written to after its free, and a second free finds out who made the first one.
 *
 * Places are filled and emptied by one atomic instruction, so that a free in any context needs
 * no lock. Whoever takes a region out of its place owns it. Its key stays there, to be compared
 * only. KASAN has a quarantine of its own, and sees each access at once: with it, nothing is
 * kept here.
 */
#include <linux/kmemleak.h>
#include <linux/mm.h>
#include <linux/rculist.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/log.h"
#include "mem/regions.h"

/* Most blocks, and the pages of a block, that are kept for an adapter */
#define PLACES		128
#define PAGES_MOST	16

struct vpmem_quarantine {
	struct {
		unsigned long key;
		struct vpmem_region *region;
	} place[PLACES];
	atomic_t next;
	atomic_t pages;
};

int vpmem_quarantine_attach(struct vpmem_adapter *adapter)
{
	adapter->quarantine = vpmem_adapter_zalloc(adapter, sizeof(*adapter->quarantine));
	return adapter->quarantine ? 0 : -ENOMEM;
}

static void report_write(const struct vpmem_region *region, const u8 *damage)
{
	const struct vpmem_call call = { .name = "verify mode", .adapter = region->adapter };
	const u8 *block = vpmem_region_block(region);
	char text[VPMEM_TAG_TEXT];

	if (vpmem_warn_misuse(&call, VPMEM_EV_USE_AFTER_FREE,
			      "byte %td of %p was written after its free; tag %s, %zu bytes",
			      damage - block, block, vpmem_tag_text(region->slot->tag, text),
			      region->size))
		vpmem_guard_print_stacks(region);
}

/* Let a region go, whose memory must be as its free has left it. */
static void quarantine_end(struct vpmem_quarantine *quarantine, struct vpmem_region *region)
{
	const u8 *damage = vpmem_guard_find_use(region);

	if (damage)
		report_write(region, damage);
	atomic_sub(vpmem_region_pages(region), &quarantine->pages);
	vpmem_region_put(region);
}

/*
 * Keep a region of verify mode that is in no table any more, instead of the oldest one. Return
 * false if it is not for here.
 */
bool vpmem_quarantine_put(struct vpmem_region *region, const struct vpmem_call *call)
{
	struct vpmem_quarantine *quarantine = region->adapter->quarantine;
	unsigned int nr;

	if (IS_ENABLED(CONFIG_KASAN) || !static_branch_unlikely(&vpmem_verify) ||
	    region->slot->kind >= VPMEM_SMALL_KINDS ||
	    vpmem_region_pages(region) > PAGES_MOST)
		return false;
	kmemleak_not_leak(vpmem_region_memory(region));
	region->stack[VPMEM_STACK_DEPTH] = call->caller;
	region->freed_depth = 1 + vpmem_stack_save(region->stack + VPMEM_STACK_DEPTH + 1,
						   VPMEM_STACK_DEPTH - 1);
	nr = (unsigned int)atomic_inc_return(&quarantine->next) % PLACES;
	atomic_add(vpmem_region_pages(region), &quarantine->pages);
	WRITE_ONCE(quarantine->place[nr].key, region->key);
	region = xchg(&quarantine->place[nr].region, region);
	if (region)
		quarantine_end(quarantine, region);
	return true;
}

/* Return the pages of an adapter that are in quarantine. */
unsigned long vpmem_quarantine_pages(const struct vpmem_adapter *adapter)
{
	return atomic_read(&adapter->quarantine->pages);
}

/* Let all regions of an adapter go. Return their pages. */
unsigned long vpmem_quarantine_drain(struct vpmem_adapter *adapter)
{
	struct vpmem_quarantine *quarantine = adapter->quarantine;
	struct vpmem_region *region;
	unsigned long pages = 0;
	unsigned int nr;

	for (nr = 0; nr < PLACES; nr++) {
		region = READ_ONCE(quarantine->place[nr].region) ?
			 xchg(&quarantine->place[nr].region, NULL) : NULL;
		if (!region)
			continue;
		pages += vpmem_region_pages(region);
		quarantine_end(quarantine, region);
	}
	return pages;
}

/* Find the place of a block that was freed, or return -1. */
static int place_find(const struct vpmem_quarantine *quarantine, unsigned long key)
{
	int nr;

	for (nr = 0; nr < PLACES; nr++)
		if (READ_ONCE(quarantine->place[nr].key) == key &&
		    READ_ONCE(quarantine->place[nr].region))
			return nr;
	return -1;
}

bool vpmem_quarantine_has(const void *block)
{
	struct vpmem_adapter *adapter;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		found |= place_find(adapter->quarantine, vpmem_block_key(block)) >= 0;
	rcu_read_unlock();
	return found;
}

/* Take the region out of its place to print its stacks, and put it back. */
static void print_place(struct vpmem_quarantine *quarantine, int nr, unsigned long key)
{
	struct vpmem_region *region = xchg(&quarantine->place[nr].region, NULL);

	if (!region)
		return;
	/* The place may have got another region since it was found. */
	if (region->key == key)
		vpmem_guard_print_stacks(region);
	if (cmpxchg(&quarantine->place[nr].region, NULL, region))
		quarantine_end(quarantine, region);
}

/* Print who has allocated and who has freed a block, if that is known. */
void vpmem_quarantine_explain(const void *block)
{
	unsigned long key = vpmem_block_key(block);
	struct vpmem_adapter *adapter;
	int nr;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node) {
		nr = place_find(adapter->quarantine, key);
		if (nr >= 0)
			print_place(adapter->quarantine, nr, key);
	}
	rcu_read_unlock();
}
