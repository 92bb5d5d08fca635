// SPDX-License-Identifier: GPL-2.0-only
/*
 * Release of regions: the end of a record and its memory, when nothing uses them any more.
 */
#include <linux/kmemleak.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "core/context.h"
#include "mem/regions.h"

static LLIST_HEAD(deferred);

/* Free the memory of a region that is in no table, and its record. */
static void release_now(struct vpmem_region *region)
{
	region->backing->put(region, vpmem_region_memory(region));
	/* A free of the same block, which is an error, may still look at the record. */
	if (region->backing->by_page)
		kfree_rcu(region, rcu);
	else
		kfree(region);
}

static void release_deferred(struct work_struct *work)
{
	struct vpmem_region *region, *next;
	struct llist_node *list;

	/* Repeat: the release of an operation may drop the last reference to its MDL. */
	while ((list = llist_del_all(&deferred)))
		llist_for_each_entry_safe(region, next, list, deferred)
			release_now(region);
}

static DECLARE_WORK(deferred_work, release_deferred);

/* Tell whether this context allows to free a region. */
static bool may_release(const struct vpmem_region *region)
{
	return !vpmem_locks_sleep() && (!region->backing->may_sleep || vpmem_may_sleep());
}

/* Free a region that is in no table, from a work item if this context does not allow it. */
void vpmem_region_end(struct vpmem_region *region)
{
	if (may_release(region))
		release_now(region);
	else if (llist_add(&region->deferred, &deferred))
		schedule_work(&deferred_work);
}

/* Have kmemleak forget memory that it does not know from its allocation. */
void vpmem_leak_scan_end(const struct vpmem_region *region)
{
	if (region->backing->foreign)
		kmemleak_free(vpmem_region_memory(region));
}

/* Free a region that is in no table and has no reference. */
void vpmem_region_drop(struct vpmem_region *region)
{
	vpmem_leak_scan_end(region);
	vpmem_region_end(region);
}

/* Drop a reference to a region. The last one, which is in no table, frees it. */
void vpmem_region_put(struct vpmem_region *region)
{
	if (refcount_dec_and_test(&region->references))
		vpmem_region_drop(region);
}

/* Free a region whose last reference is gone, but which is still in the table. */
void vpmem_region_discard(struct vpmem_region *region)
{
	vpmem_region_forget(region);
	vpmem_region_end(region);
}

void vpmem_regions_flush(void)
{
	/* The call that queued the first region may not have scheduled the work yet. */
	schedule_work(&deferred_work);
	flush_work(&deferred_work);
}
