// SPDX-License-Identifier: GPL-2.0-only
/*
 * Table of regions: an interval tree for each adapter, by the addresses that its blocks
 * cover, and a list for each kind of block.
 *
 * The tree finds a block by its address, or by an address inside of it, in logarithmic
 * time, and the row where a view continues. The lists are for walks over the few regions
 * of one kind. Both belong to one adapter, so that its detach never scans the regions of
 * another adapter.
 *
 * The tree holds addresses with their highest bit inverted: kmemleak would take a plain
 * address for a reference, and would never report a block of a driver as a leak. The
 * order of kernel addresses stays.
 *
 * A region that may be parked (mem/park.c) stays in the table when its block is freed, but
 * the free drops the table's own reference. It is invisible until its record is used again.
 * That takes no lock, so walks check a generation (mem/walk.c).
 */
#include <linux/hash.h>
#include <linux/interval_tree_generic.h>
#include <linux/rculist.h>

#include "core/adapter.h"
#include "core/inline.h"
#include "core/tags.h"
#include "mem/regions.h"
#include "mem/table.h"

#define FREED_HASH_BITS 10

/* Regions may be parked; set by park.c. */
bool vpmem_parks __ro_after_init;

/* Key of the last block of each hash that was removed from a table */
static unsigned long freed_keys[BIT(FREED_HASH_BITS)];

static inline unsigned long region_first(const struct vpmem_region *region)
{
	return region->key;
}

static inline unsigned long region_last(const struct vpmem_region *region)
{
	return region->last_key;
}

INTERVAL_TREE_DEFINE(struct vpmem_region, node, unsigned long, subtree_last,
		     region_first, region_last, static inline, tree)

static unsigned long *freed_key(unsigned long key)
{
	return &freed_keys[hash_long(key, FREED_HASH_BITS)];
}

int vpmem_regions_attach(struct vpmem_adapter *adapter)
{
	struct vpmem_regions *regions = vpmem_adapter_zalloc(adapter, sizeof(*regions));

	if (!regions)
		return -ENOMEM;
	raw_spin_lock_init(&regions->lock);
	regions->tree = RB_ROOT_CACHED;
	adapter->regions = regions;
	return 0;
}

/*
 * Changes
 */

/* Return the bytes that a block covers: one for a handle, which is not memory. */
static size_t block_extent(const struct vpmem_region *region)
{
	return region->backing->handle ? 1 : max_t(size_t, region->size, 1);
}

/* Return the bytes that a region covers in the tree, whichever its next block is. */
static size_t region_extent(const struct vpmem_region *region)
{
	return region->parks ? region->charged : block_extent(region);
}

/* Kinds of pool share a list, so that a record of one can be used for another. */
static struct hlist_head *kind_list(struct vpmem_regions *regions, enum vpmem_kind kind)
{
	return &regions->kind[kind < VPMEM_SMALL_KINDS ? VPMEM_NONPAGED : kind];
}

void vpmem_region_insert(struct vpmem_region *region, const void *block)
{
	struct vpmem_regions *regions = region->adapter->regions;
	unsigned long flags, key = vpmem_block_key(block);

	region->key = key;
	region->parks = vpmem_region_may_park(region);
	region->last_key = key + region_extent(region) - 1;
	if (region->parks && region->backing->by_page)
		vpmem_page_set_region(region, block);
	raw_spin_lock_irqsave(&regions->lock, flags);
	region->serial = ++regions->serial;
	tree_insert(region, &regions->tree);
	hlist_add_head(&region->kin, kind_list(regions, region->slot->kind));
	if (READ_ONCE(*freed_key(key)) == key)
		WRITE_ONCE(*freed_key(key), 0);
	raw_spin_unlock_irqrestore(&regions->lock, flags);
}

/* Mark a region that is in no table any more: it cannot be parked, nor found by its page. */
void vpmem_region_removed(struct vpmem_region *region)
{
	vpmem_page_clear_region(region);
	region->parks = false;
	WRITE_ONCE(*freed_key(region->key), region->key);
}

static void table_remove(struct vpmem_regions *regions, struct vpmem_region *region)
{
	lockdep_assert_held(&regions->lock);
	tree_remove(region, &regions->tree);
	hlist_del(&region->kin);
	vpmem_region_removed(region);
}

/* Remove a region whose block is freed, because it is not parked. */
void vpmem_region_forget(struct vpmem_region *region)
{
	struct vpmem_regions *regions = region->adapter->regions;
	unsigned long flags;

	raw_spin_lock_irqsave(&regions->lock, flags);
	table_remove(regions, region);
	raw_spin_unlock_irqrestore(&regions->lock, flags);
}

/*
 * Lookup by the address of a block
 */

/* Find the first region that starts at this key, which ports and mappings may share. */
static struct vpmem_region *table_find(const struct vpmem_regions *regions,
				       unsigned long key)
{
	struct rb_node *node = regions->tree.rb_root.rb_node;
	struct vpmem_region *region, *found = NULL;

	while (node) {
		region = rb_entry(node, struct vpmem_region, node);
		if (region->key == key)
			found = region;
		node = region->key >= key ? node->rb_left : node->rb_right;
	}
	return found;
}

static struct vpmem_region *same_key(struct vpmem_region *region, unsigned long key)
{
	struct vpmem_region *next = next_region(region);

	return next && next->key == key ? next : NULL;
}

static bool table_has_freed(struct vpmem_regions *regions, unsigned long key)
{
	struct vpmem_region *region;
	unsigned long flags;

	raw_spin_lock_irqsave(&regions->lock, flags);
	region = table_find(regions, key);
	while (region && !region_is_freed(region))
		region = same_key(region, key);
	raw_spin_unlock_irqrestore(&regions->lock, flags);
	return region;
}

/* Tell whether the block is parked, or was the last one of its hash to be removed. */
bool vpmem_region_was_freed(const void *block)
{
	unsigned long key = vpmem_block_key(block);
	bool found = READ_ONCE(*freed_key(key)) == key;
	struct vpmem_adapter *adapter;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		found = found || table_has_freed(adapter->regions, key);
	rcu_read_unlock();
	return found;
}

static struct vpmem_region *table_find_wanted(struct vpmem_regions *regions,
					      const struct vpmem_region_wanted *wanted,
					      const char **why)
{
	unsigned long key = vpmem_block_key(wanted->block);
	struct vpmem_region *region;

	lockdep_assert_held(&regions->lock);
	for (region = table_find(regions, key); region; region = same_key(region, key)) {
		if (region_is_freed(region) || !(wanted->kinds & BIT(region->slot->kind)))
			continue;
		*why = wanted->refuse ? wanted->refuse(region, wanted->data) : NULL;
		return *why ? NULL : region;
	}
	return NULL;
}

typedef struct vpmem_region *table_action(struct vpmem_regions *regions,
					  const struct vpmem_region_wanted *wanted,
					  const char **why);

static struct vpmem_region *table_find_remove(struct vpmem_regions *regions,
					      const struct vpmem_region_wanted *wanted,
					      const char **why)
{
	struct vpmem_region *region = table_find_wanted(regions, wanted, why);

	if (!region)
		return NULL;
	if (refcount_read(&region->references) > 1) {
		*why = "it is in use";
		return NULL;
	}
	/* Another CPU that frees the same block may find its record by the page. */
	if (region->parks && !refcount_dec_if_one(&region->references))
		return NULL;
	/* A detach does not wait for a call that names no adapter. */
	if (!region->parks || !wanted->adapter)
		table_remove(regions, region);
	return region;
}

static struct vpmem_region *table_find_get(struct vpmem_regions *regions,
					   const struct vpmem_region_wanted *wanted,
					   const char **why)
{
	struct vpmem_region *region = table_find_wanted(regions, wanted, why);

	return region && refcount_inc_not_zero(&region->references) ? region : NULL;
}

static __vpmem_inlined struct vpmem_region *
adapter_action(struct vpmem_adapter *adapter, const struct vpmem_region_wanted *wanted,
	       const char **why, table_action *action)
{
	struct vpmem_regions *regions = adapter->regions;
	struct vpmem_region *region;
	unsigned long flags;

	raw_spin_lock_irqsave(&regions->lock, flags);
	region = action(regions, wanted, why);
	raw_spin_unlock_irqrestore(&regions->lock, flags);
	return region;
}

static noinline struct vpmem_region *
any_action(const struct vpmem_region_wanted *wanted, const char **why,
	   table_action *action)
{
	struct vpmem_region *region = NULL;
	struct vpmem_adapter *adapter;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node) {
		region = adapter_action(adapter, wanted, why, action);
		if (region || *why)
			break;
	}
	rcu_read_unlock();
	return region;
}

/*
 * Get the record of a block for vpmem_region_free(). Unless it may be parked, it is removed
 * from the table. Return NULL if there is none that matches, with a
 * reason if it was refused. Of two calls for the same block, one gets it.
 */
struct vpmem_region *vpmem_region_remove(const struct vpmem_region_wanted *wanted,
					 const char **why)
{
	struct vpmem_region *region;

	*why = NULL;
	if (!wanted->adapter)
		return any_action(wanted, why, table_find_remove);
	region = vpmem_page_claim(wanted);
	return region ?: adapter_action(wanted->adapter, wanted, why, table_find_remove);
}

/*
 * Get a reference to a record. Until vpmem_region_put() no call can remove it, and its
 * memory is not freed.
 */
struct vpmem_region *vpmem_region_get(const struct vpmem_region_wanted *wanted,
				      const char **why)
{
	*why = NULL;
	if (!wanted->adapter)
		return any_action(wanted, why, table_find_get);
	return adapter_action(wanted->adapter, wanted, why, table_find_get);
}

/*
 * Visits
 */

struct table_visit {
	struct vpmem_adapter *adapter;	/* NULL for all */
	enum vpmem_kind kind;
	bool by_address;		/* instead of the kind */
	const void *address;
	enum vpmem_visit (*visit)(struct vpmem_region *region, void *data);
	void *data;
};

static void visit_end(struct vpmem_regions *regions, struct vpmem_region *region,
		      enum vpmem_visit result, struct vpmem_region **wanted)
{
	if (result == VPMEM_VISIT_REMOVE)
		table_remove(regions, region);
	if (result == VPMEM_VISIT_REMOVE ||
	    (result == VPMEM_VISIT_GET && refcount_inc_not_zero(&region->references)))
		*wanted = region;
}

static enum vpmem_visit visit_kind(struct vpmem_regions *regions,
				   const struct table_visit *visit,
				   struct vpmem_region **wanted)
{
	enum vpmem_visit result = VPMEM_VISIT_ON;
	struct vpmem_region *region;

	hlist_for_each_entry(region, kind_list(regions, visit->kind), kin) {
		if (region_is_freed(region) || region->slot->kind != visit->kind)
			continue;
		result = visit->visit(region, visit->data);
		if (result != VPMEM_VISIT_ON)
			break;
	}
	visit_end(regions, region, result, wanted);
	return result;
}

static enum vpmem_visit visit_address(struct vpmem_regions *regions,
				      const struct table_visit *visit,
				      struct vpmem_region **wanted)
{
	unsigned long key = vpmem_block_key(visit->address);
	enum vpmem_visit result = VPMEM_VISIT_ON;
	struct vpmem_region *region;

	for (region = tree_iter_first(&regions->tree, key, key); region;
	     region = tree_iter_next(region, key, key)) {
		if (region_is_freed(region) || key - region->key >= block_extent(region))
			continue;
		result = visit->visit(region, visit->data);
		if (result != VPMEM_VISIT_ON)
			break;
	}
	visit_end(regions, region, result, wanted);
	return result;
}

static enum vpmem_visit visit_adapter(struct vpmem_adapter *adapter,
				      const struct table_visit *visit,
				      struct vpmem_region **wanted)
{
	struct vpmem_regions *regions = adapter->regions;
	enum vpmem_visit result;
	unsigned long flags;

	raw_spin_lock_irqsave(&regions->lock, flags);
	result = visit->by_address ? visit_address(regions, visit, wanted) :
				     visit_kind(regions, visit, wanted);
	raw_spin_unlock_irqrestore(&regions->lock, flags);
	return result;
}

static struct vpmem_region *visit_all(const struct table_visit *visit)
{
	struct vpmem_region *wanted = NULL;
	struct vpmem_adapter *adapter;

	if (visit->adapter) {
		visit_adapter(visit->adapter, visit, &wanted);
		return wanted;
	}
	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		if (visit_adapter(adapter, visit, &wanted) != VPMEM_VISIT_ON)
			break;
	rcu_read_unlock();
	return wanted;
}

/*
 * Call @visit, which may change the region, for the regions of a kind until it ends the
 * walk. @adapter is NULL for the regions of all adapters. Return the region that @visit
 * chose to remove or to reference, or NULL.
 */
struct vpmem_region *
vpmem_regions_visit(struct vpmem_adapter *adapter, enum vpmem_kind kind,
		    enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		    void *data)
{
	return visit_all(&(struct table_visit){
		.adapter = adapter,
		.kind = kind,
		.visit = visit,
		.data = data,
	});
}

/* Do the same for the regions that cover @address, of any kind. */
struct vpmem_region *
vpmem_regions_visit_at(struct vpmem_adapter *adapter, const void *address,
		       enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		       void *data)
{
	return visit_all(&(struct table_visit){
		.adapter = adapter,
		.by_address = true,
		.address = address,
		.visit = visit,
		.data = data,
	});
}

/*
 * Detach
 */

/* Remove any region of a kind. Return NULL if the adapter has none. */
struct vpmem_region *vpmem_region_remove_any(struct vpmem_adapter *adapter,
					     enum vpmem_kind kind)
{
	struct vpmem_regions *regions = adapter->regions;
	struct vpmem_region *region;
	unsigned long flags;

	raw_spin_lock_irqsave(&regions->lock, flags);
	region = hlist_entry_safe(kind_list(regions, kind)->first, struct vpmem_region, kin);
	if (region)
		table_remove(regions, region);
	raw_spin_unlock_irqrestore(&regions->lock, flags);
	return region;
}

/*
 * Empty the table of an adapter whose calls have ended, and which has no parked regions:
 * move its regions to @lists, one for each kind. No call of another adapter finds them any
 * more, so they can be freed without a lock.
 */
void vpmem_regions_close(struct vpmem_adapter *adapter,
			 struct hlist_head lists[VPMEM_KINDS])
{
	struct vpmem_regions *regions = adapter->regions;
	unsigned long flags;
	unsigned int kind;

	raw_spin_lock_irqsave(&regions->lock, flags);
	regions->tree = RB_ROOT_CACHED;
	for (kind = 0; kind < VPMEM_KINDS; kind++) {
		INIT_HLIST_HEAD(&lists[kind]);
		hlist_move_list(&regions->kind[kind], &lists[kind]);
	}
	raw_spin_unlock_irqrestore(&regions->lock, flags);
}
