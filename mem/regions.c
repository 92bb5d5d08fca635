// SPDX-License-Identifier: GPL-2.0-only
/*
 * Regions: a record for every block of a page or more, and for every block of verify
 * mode. A block with a record has no header. The table of the adapter (mem/table.c) has
 * the records, for frees, for the views and for the reclaim at detach.
 *
 * A free of a large block parks the record with its memory, if that is contiguous and
 * small enough, for the next block of this size. So the common pair neither allocates a
 * record nor pages, and takes no lock.
 */
#include <linux/jiffies.h>
#include <linux/kmemleak.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/fail.h"
#include "core/inline.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/trace.h"
#include "mem/regions.h"

/*
 * Records
 */

/* Allocate a record that is not in the table yet; the caller allocates its memory. */
struct vpmem_region *vpmem_region_new(const struct vpmem_region_request *request)
{
	unsigned int depth = request->verify ? 2 * VPMEM_STACK_DEPTH : 0;
	struct vpmem_region *region;

	/* Refuse 4 GiB on 32 bits. */
	if (request->size > VPMEM_SIZE_MAX)
		return NULL;
	/* Pool has asked before. */
	if (request->slot->kind >= VPMEM_SMALL_KINDS && vpmem_fail(request->slot, request->size))
		return NULL;
	if (vpmem_locks_sleep())
		return NULL;
	region = kzalloc(struct_size(region, stack, depth), request->gfp);
	if (!region && vpmem_spare_free(request->slot->adapter))
		region = kzalloc(struct_size(region, stack, depth), request->gfp);
	if (!region)
		return NULL;
	region->adapter = request->slot->adapter;
	region->slot = request->slot;
	region->size = request->size;
	region->align = request->align;
	region->charged = PAGE_ALIGN(request->size ?: 1);
	region->caller = request->call->caller;
	region->since = get_jiffies_64();
	region->verify = request->verify;
	refcount_set(&region->references, 1);
	return region;
}

/* Allocate a record of a handle, which is not itself memory. */
struct vpmem_region *vpmem_handle_new(enum vpmem_kind kind, u32 size, gfp_t gfp,
				      const struct vpmem_call *call)
{
	struct vpmem_region *region;

	region = vpmem_region_new(&(struct vpmem_region_request){
		.slot = vpmem_slot_get(call->adapter, VPMEM_OWN_TAG, kind),
		.size = size,
		.gfp = gfp,
		.verify = static_branch_unlikely(&vpmem_verify),
		.call = call,
	});
	if (region && region->verify)
		region->stack_depth = vpmem_stack_save(region->stack,
						       VPMEM_STACK_DEPTH);
	return region;
}

/* Free a record that was not published; NULL is ignored. */
void vpmem_region_abandon(struct vpmem_region *region)
{
	kfree(region);
}

/* Have kmemleak watch memory that it does not know from its allocation. */
static void leak_scan_begin(const struct vpmem_region *region, const void *memory)
{
	if (region->backing->foreign)
		kmemleak_alloc(memory, region->charged, 1 + region->backing->vm_area,
			       VPMEM_GFP_ATOMIC);
}

/* Trace the begin of a region. Pool has its own events. */
static void trace_begin(const struct vpmem_region *region, const void *block)
{
	if (trace_region_alloc_enabled() && region->slot->kind >= VPMEM_SMALL_KINDS)
		trace_region_alloc(region->slot, block, region->size, region->charged,
				   region->caller);
}

/* Insert a record whose memory is allocated, and return its block. */
void *vpmem_region_publish(struct vpmem_region *region, void *memory)
{
	void *block = memory + region->offset;

	leak_scan_begin(region, memory);
	vpmem_region_insert(region, block);
	vpmem_count_alloc(region->slot->counters, region->size, region->charged);
	trace_begin(region, block);
	return vpmem_peak_watch(region->slot, block);
}

/* Allocate memory and publish it; inlined because common buffers are a hot path. */
static __vpmem_inlined void *
region_make(struct vpmem_region *region, struct vpmem_slot *slot,
	    void *(*find)(struct vpmem_region *region, const void *data), const void *data)
{
	void *memory = region ? find(region, data) : NULL;

	if (!memory) {
		vpmem_region_abandon(region);
		vpmem_slot_fail(slot, VPMEM_FAIL_MEMORY);
		return NULL;
	}
	if (region->verify && !region->backing->handle)
		vpmem_guard_tail(region, memory);
	return vpmem_region_publish(region, memory);
}

/*
 * Make a region. @find allocates its memory and sets the record's backing and whatever
 * else the kind needs. Return NULL if that fails, which is counted.
 */
void *vpmem_region_make(const struct vpmem_region_request *request,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data)
{
	return region_make(vpmem_region_new(request), request->slot, find, data);
}

/* Make the record of a handle likewise. May sleep. */
void *vpmem_handle_make(enum vpmem_kind kind, u32 size,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data, const struct vpmem_call *call)
{
	return region_make(vpmem_handle_new(kind, size, VPMEM_GFP_PASSIVE, call),
			   vpmem_slot_get(call->adapter, VPMEM_OWN_TAG, kind), find, data);
}

/* Park a region whose last reference is gone, or free it. */
void vpmem_region_repark(struct vpmem_region *region)
{
	if (static_branch_unlikely(&vpmem_verify) || !vpmem_park_put(region))
		vpmem_region_discard(region);
}

static void region_park(struct vpmem_region *region)
{
	void *memory = vpmem_region_memory(region);

	vpmem_leak_scan_end(region);
	if (region->backing->park)
		region->backing->park(region);
	if (want_init_on_free())
		memset(memory, 0, region->charged);
	vpmem_region_repark(region);
}

static void region_count_free(struct vpmem_region *region, const struct vpmem_call *call)
{
	if (region->verify && !region->backing->handle)
		vpmem_guard_check(region, call);
	vpmem_count_free(region->slot->counters, region->size, region->charged);
	if (trace_region_free_enabled() && region->slot->kind >= VPMEM_SMALL_KINDS)
		trace_region_free(region->slot, vpmem_region_block(region), region->size,
				  region->charged, call->caller);
}

/*
 * Free a region from vpmem_region_remove(), or one that was removed from the table: its
 * memory is freed with the last reference, which a copy in progress may have.
 */
void vpmem_region_free(struct vpmem_region *region, const struct vpmem_call *call)
{
	region_count_free(region, call);
	if (region->parks)
		region_park(region);
	else if (region->verify && vpmem_quarantine_put(region, call))
		return;
	else if (refcount_read(&region->references))
		vpmem_region_put(region);
	else
		vpmem_region_drop(region);
}

/*
 * Use a parked region for a request. The caller sets what else its kind needs, and then
 * calls vpmem_region_revive(); or vpmem_region_repark(), if the memory does not suit it.
 * Return NULL if none is parked.
 */
struct vpmem_region *vpmem_region_unpark(const struct vpmem_region_request *request)
{
	struct vpmem_slot *slot = request->slot;
	struct vpmem_region *region;

	/* Leave it to vpmem_region_new() to tell whether one is to fail. */
	if (vpmem_fail_mode() && slot->kind >= VPMEM_SMALL_KINDS)
		return NULL;
	region = vpmem_park_take(slot->adapter, slot->kind, PFN_UP(request->size ?: 1));
	if (!region)
		return NULL;
	WRITE_ONCE(region->generation, region->generation + 1);
	smp_wmb(); /* pairs with see_region() */
	region->slot = slot;
	region->size = request->size;
	region->align = request->align;
	region->caller = request->call->caller;
	region->since = get_jiffies_64();
	return region;
}

/* Put a region from vpmem_region_unpark() into use, and return its block. */
void *vpmem_region_revive(struct vpmem_region *region)
{
	const struct vpmem_slot *slot = region->slot;
	void *block = vpmem_region_block(region);

	leak_scan_begin(region, block);
	vpmem_count_alloc(slot->counters, region->size, region->charged);
	smp_wmb(); /* pairs with see_region() */
	refcount_set(&region->references, 1);
	trace_begin(region, block);
	return vpmem_peak_watch(slot, block);
}

/*
 * Look up and free a block for a driver. If @wanted->refuse rejects it, set @why for the
 * caller to report, or report it here if @why is NULL. Other faults are reported here.
 */
bool vpmem_region_release(const struct vpmem_region_wanted *wanted, const char **why,
			  const struct vpmem_call *call)
{
	struct vpmem_region *region;
	const char *reason = NULL;

	if (why)
		*why = NULL;
	if (!vpmem_check_release(wanted->block, call))
		return false;
	region = vpmem_region_remove(wanted, &reason);
	if (why)
		*why = reason;
	if (region)
		vpmem_region_free(region, call);
	else if (!reason)
		vpmem_region_explain(wanted->block, call);
	else if (!why)
		vpmem_warn_misuse(call, VPMEM_EV_BUSY, "%p: %s; left alone", wanted->block,
				  reason);
	return region;
}

/*
 * Detach
 */

/* Free every region of a kind that the adapter has. */
void vpmem_regions_reclaim(enum vpmem_kind kind, const struct vpmem_call *call)
{
	struct vpmem_region *region;

	while ((region = vpmem_region_remove_any(call->adapter, kind))) {
		vpmem_region_free(region, call);
		cond_resched();
	}
}

/* Records that are freed at once, which costs less */
#define RECORDS_BATCH	64

static void list_reclaim(struct hlist_head *list, const struct vpmem_call *call)
{
	void *records[RECORDS_BATCH];
	struct vpmem_region *region;
	unsigned int count = 0;
	struct hlist_node *next;

	hlist_for_each_entry_safe(region, next, list, kin) {
		vpmem_region_removed(region);
		region_count_free(region, call);
		cond_resched();
		if (!refcount_dec_and_test(&region->references))
			continue;
		vpmem_leak_scan_end(region);
		region->backing->put(region, vpmem_region_memory(region));
		records[count++] = region;
		if (count < RECORDS_BATCH)
			continue;
		kfree_bulk(count, records);
		count = 0;
	}
	if (count)
		kfree_bulk(count, records);
}

/*
 * Free all regions of an adapter whose calls have ended. Those that depend on others are
 * freed first: the kinds are in that order. Mappings are removed one by one before, because
 * other adapters compare them with their own.
 */
void vpmem_regions_reclaim_all(const struct vpmem_call *call)
{
	struct hlist_head lists[VPMEM_KINDS];
	unsigned int kind;

	vpmem_regions_reclaim(VPMEM_MAPPED, call);
	vpmem_regions_close(call->adapter, lists);
	for (kind = VPMEM_KINDS; kind-- > 0;)
		list_reclaim(&lists[kind], call);
}

void vpmem_regions_exit(void)
{
	vpmem_regions_flush();
}
