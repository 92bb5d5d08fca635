/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Table of regions, for table.c and walk.c.
 */
#ifndef VPMEM_TABLE_H
#define VPMEM_TABLE_H

#include <linux/rbtree.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>

#include "core/tags.h"
#include "mem/regions.h"

/* Regions of an adapter */
struct vpmem_regions {
	raw_spinlock_t lock;		/* guards all below, and the regions they link */
	struct rb_root_cached tree;
	struct hlist_head kind[VPMEM_KINDS];
	u64 serial;			/* of the newest region */
};

/* Tell whether the block of a region is freed: it is parked, or about to be. */
static inline bool region_is_freed(const struct vpmem_region *region)
{
	return !refcount_read(&region->references);
}

static inline struct vpmem_region *next_region(struct vpmem_region *region)
{
	return rb_entry_safe(rb_next(&region->node), struct vpmem_region, node);
}

#endif /* VPMEM_TABLE_H */
