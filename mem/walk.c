// SPDX-License-Identifier: GPL-2.0-only
/*
 * Walks over a table that hold its lock for a few regions at a time, in the order of the
 * tree, for views and reports.
 */
#include <linux/rculist.h>
#include <linux/sched.h>

#include "core/adapter.h"
#include "mem/regions.h"
#include "mem/table.h"

/* Find the first region at or after the cursor, in the order of the tree. */
static struct vpmem_region *table_seek(const struct vpmem_regions *regions,
				       const struct vpmem_region_cursor *cursor)
{
	struct rb_node *node = regions->tree.rb_root.rb_node;
	struct vpmem_region *region, *found = NULL;

	while (node) {
		region = rb_entry(node, struct vpmem_region, node);
		if (region->key > cursor->key ||
		    (region->key == cursor->key && region->serial >= cursor->serial)) {
			found = region;
			node = node->rb_left;
		} else {
			node = node->rb_right;
		}
	}
	return found;
}

/*
 * Call @see, which may copy the region, unless its block is freed. Return false also if the
 * record was used for another block meanwhile, so that no copy is of two blocks. The
 * generation is read first: it changes after the last reference is gone, and before
 * anything of the next block is written.
 */
static bool see_region(const struct vpmem_region *region,
		       void (*see)(const struct vpmem_region *region, void *data),
		       void *data)
{
	unsigned int generation = READ_ONCE(region->generation);

	smp_rmb(); /* pairs with vpmem_region_unpark() and vpmem_region_revive() */
	if (region_is_freed(region))
		return false;
	smp_rmb(); /* pairs with vpmem_region_revive() */
	see(region, data);
	smp_rmb(); /* pairs with vpmem_region_unpark() */
	return generation == READ_ONCE(region->generation);
}

/* Regions of one hold of the lock, so that nobody waits long for a walk */
#define WALK_BATCH	32

/*
 * Walk from the cursor on, and move it. Return false behind the last region. With @seen,
 * end at the first region that was seen, and leave the cursor there.
 */
static bool walk_some(struct vpmem_regions *regions, struct vpmem_region_cursor *cursor,
		      void (*see)(const struct vpmem_region *region, void *data),
		      void *data, bool *seen)
{
	unsigned int batch = WALK_BATCH;
	struct vpmem_region *region;
	unsigned long flags;

	raw_spin_lock_irqsave(&regions->lock, flags);
	region = table_seek(regions, cursor);
	for (; region && batch--; region = next_region(region)) {
		cursor->key = region->key;
		cursor->serial = region->serial;
		if (see_region(region, see, data) && seen) {
			*seen = true;
			break;
		}
		cursor->serial++;
	}
	raw_spin_unlock_irqrestore(&regions->lock, flags);
	return region;
}

/* Call @see for each region of an adapter whose calls have ended. */
void vpmem_regions_walk(struct vpmem_adapter *adapter,
			void (*see)(const struct vpmem_region *region, void *data),
			void *data)
{
	struct vpmem_region_cursor cursor = {};

	while (walk_some(adapter->regions, &cursor, see, data, NULL))
		cond_resched();
}

static bool adapter_seek(struct vpmem_adapter *adapter, struct vpmem_region_cursor *cursor,
			 void (*see)(const struct vpmem_region *region, void *data),
			 void *data)
{
	bool seen = false;

	while (walk_some(adapter->regions, cursor, see, data, &seen) && !seen)
		;
	return seen;
}

/*
 * Call @see for the first region at or after @cursor, and move @cursor there; return false
 * behind the last one. Begin with a cursor of zeroes, and increment its @serial to go
 * on. Each region is seen once, except that those inserted or removed meanwhile may be
 * missed.
 */
bool vpmem_region_seek(struct vpmem_adapter *adapter, struct vpmem_region_cursor *cursor,
		       void (*see)(const struct vpmem_region *region, void *data),
		       void *data)
{
	bool found = false;

	if (adapter)
		return adapter_seek(adapter, cursor, see, data);
	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node) {
		if (adapter->serial < cursor->adapter)
			continue;
		if (adapter->serial > cursor->adapter)
			*cursor = (struct vpmem_region_cursor){ .adapter = adapter->serial };
		found = adapter_seek(adapter, cursor, see, data);
		if (found)
			break;
	}
	rcu_read_unlock();
	return found;
}
