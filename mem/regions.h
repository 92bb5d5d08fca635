/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Regions: a record for every block of a page or more, and their functions.
 */
#ifndef VPMEM_REGIONS_H
#define VPMEM_REGIONS_H

#include <linux/llist.h>
#include <linux/mm.h>
#include <linux/rbtree.h>
#include <linux/refcount.h>

#include "core/adapter.h"
#include "core/inline.h"

/*
 * regions.c
 */

struct vpmem_region;

/* Allocator behind a region */
struct vpmem_backing {
	const char *name;
	bool may_sleep;			/* in put() */
	bool foreign;			/* unknown to kmemleak: register it */
	bool vm_area;			/* a struct vm_struct also refers to the memory */
	bool handle;			/* the block is a handle, not memory of the driver's */
	bool port;			/* the block is the number of a port */
	bool memory;			/* maps memory, not a device */
	bool parks;			/* memory may wait for its next user, see park.c */
	bool by_page;			/* its first page leads to the record */
	void (*park)(struct vpmem_region *region); /* before it waits; may be NULL */
	void *(*get)(size_t bytes, gfp_t gfp);
	void (*put)(struct vpmem_region *region, void *memory);
};

#define VPMEM_STACK_DEPTH 16

/* Most pages of a region that is parked */
#define VPMEM_PARK_PAGES 16

/* Largest block: the size of its pages, with a guard behind it, does not wrap. */
#define VPMEM_SIZE_MAX	(SIZE_MAX - 2 * PAGE_SIZE)

struct vpmem_region {
	struct rb_node node;		/* in the tree of its adapter, by the keys below */
	unsigned long key;		/* of the address, see VPMEM_KEY_FLIP */
	unsigned long last_key;		/* of the last byte */
	unsigned long subtree_last;
	u64 serial;			/* orders regions of the same key */
	union {
		struct hlist_node kin;	/* regions of the same kind and adapter */
		struct llist_node deferred; /* removed, freed by a work item */
		struct rcu_head rcu;	/* the same, after readers of its page */
	};
	struct vpmem_adapter *adapter;
	struct vpmem_slot *slot;
	const struct vpmem_backing *backing;
	size_t size;			/* as requested */
	size_t charged;			/* whole pages */
	u32 align;
	u32 offset;			/* of the block in its pages */
	unsigned long caller;
	u64 since;			/* jiffies */
	u64 bus;			/* bus address; of a mapping, its physical address */
	u64 limit;			/* as requested; contiguous memory only */
	struct _VP_DMA_ADAPTER *dma;	/* common buffers and lists only */
	refcount_t users;		/* of a mapping */
	refcount_t references;		/* the table's, and those of vpmem_region_get() */
	unsigned int generation;	/* counts the blocks that the record was used for */
	bool parks;			/* in the table, and has no reference once it is freed */
	bool foreign;			/* mapping outside of the device's resources */
	bool cached;			/* as requested; common buffers only */
	bool verify;
	bool owns_page;			/* the first page leads here, see mem/page.h */
	/* In verify mode only: the stack of the allocation, and behind it that of the free */
	u8 stack_depth;
	u8 freed_depth;
	unsigned long stack[];
};

struct vpmem_region_request {
	struct vpmem_slot *slot;
	size_t size;
	size_t align;
	gfp_t gfp;
	bool contiguous;
	bool verify;
	const struct vpmem_call *call;
};

/* Block to look up. If @refuse returns a reason, it is not removed. */
struct vpmem_region_wanted {
	struct vpmem_adapter *adapter;	/* NULL for any */
	const void *block;
	unsigned int kinds;		/* bit mask */
	const char *(*refuse)(const struct vpmem_region *region, const void *data);
	const void *data;
};

/* Result of a visitor: continue, end, or end and remove or reference the region */
enum vpmem_visit {
	VPMEM_VISIT_ON,
	VPMEM_VISIT_END,
	VPMEM_VISIT_REMOVE,
	VPMEM_VISIT_GET,
};

/* Position of a walk, see vpmem_region_seek() */
struct vpmem_region_cursor {
	u64 adapter;			/* its serial */
	unsigned long key;
	u64 serial;
};

void vpmem_regions_view_init(void);
void vpmem_regions_exit(void);
struct vpmem_region *vpmem_region_new(const struct vpmem_region_request *request);
struct vpmem_region *vpmem_region_unpark(const struct vpmem_region_request *request);
void *vpmem_region_revive(struct vpmem_region *region);
void vpmem_region_repark(struct vpmem_region *region);
struct vpmem_region *vpmem_handle_new(enum vpmem_kind kind, u32 size, gfp_t gfp,
				      const struct vpmem_call *call);
void vpmem_region_abandon(struct vpmem_region *region);
void *vpmem_region_publish(struct vpmem_region *region, void *memory);
void *vpmem_region_make(const struct vpmem_region_request *request,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data);
void *vpmem_handle_make(enum vpmem_kind kind, u32 size,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data, const struct vpmem_call *call);
void vpmem_region_free(struct vpmem_region *region, const struct vpmem_call *call);
bool vpmem_region_release(const struct vpmem_region_wanted *wanted, const char **why,
			  const struct vpmem_call *call);
void vpmem_regions_reclaim(enum vpmem_kind kind, const struct vpmem_call *call);
void vpmem_regions_reclaim_all(const struct vpmem_call *call);

/*
 * release.c
 */

void vpmem_leak_scan_end(const struct vpmem_region *region);
void vpmem_region_end(struct vpmem_region *region);
void vpmem_region_drop(struct vpmem_region *region);
void vpmem_region_put(struct vpmem_region *region);
void vpmem_region_discard(struct vpmem_region *region);
void vpmem_regions_flush(void);

/*
 * table.c and walk.c
 */

/* Bit that turns an address into a key, which kmemleak does not take for a reference */
#define VPMEM_KEY_FLIP	BIT(BITS_PER_LONG - 1)

int vpmem_regions_attach(struct vpmem_adapter *adapter);
void vpmem_region_insert(struct vpmem_region *region, const void *block);
struct vpmem_region *vpmem_region_remove(const struct vpmem_region_wanted *wanted,
					 const char **why);
struct vpmem_region *vpmem_region_remove_any(struct vpmem_adapter *adapter,
					     enum vpmem_kind kind);
void vpmem_region_forget(struct vpmem_region *region);
void vpmem_region_removed(struct vpmem_region *region);
void vpmem_regions_close(struct vpmem_adapter *adapter,
			 struct hlist_head lists[VPMEM_KINDS]);
struct vpmem_region *vpmem_region_get(const struct vpmem_region_wanted *wanted,
				      const char **why);
bool vpmem_region_was_freed(const void *block);
struct vpmem_region *
vpmem_regions_visit(struct vpmem_adapter *adapter, enum vpmem_kind kind,
		    enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		    void *data);
struct vpmem_region *
vpmem_regions_visit_at(struct vpmem_adapter *adapter, const void *address,
		       enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		       void *data);
bool vpmem_region_seek(struct vpmem_adapter *adapter, struct vpmem_region_cursor *cursor,
		       void (*see)(const struct vpmem_region *region, void *data),
		       void *data);

void vpmem_regions_walk(struct vpmem_adapter *adapter,
			void (*see)(const struct vpmem_region *region, void *data),
			void *data);

static __vpmem_inlined unsigned long vpmem_block_key(const void *block)
{
	return (unsigned long)block ^ VPMEM_KEY_FLIP;
}

static __vpmem_inlined void *vpmem_region_block(const struct vpmem_region *region)
{
	return (void *)(region->key ^ VPMEM_KEY_FLIP);
}

/* Return the memory that the block is in: whole pages, if it is memory. */
static __vpmem_inlined void *vpmem_region_memory(const struct vpmem_region *region)
{
	return vpmem_region_block(region) - region->offset;
}

static __vpmem_inlined unsigned int vpmem_region_pages(const struct vpmem_region *region)
{
	return region->charged >> PAGE_SHIFT;
}

/*
 * page.c
 */

void vpmem_page_set_region(struct vpmem_region *region, const void *memory);
void vpmem_page_clear_region(struct vpmem_region *region);
struct vpmem_region *vpmem_page_claim(const struct vpmem_region_wanted *wanted);

/*
 * park.c
 */

extern bool vpmem_parks;

int vpmem_parks_attach(struct vpmem_adapter *adapter);
bool vpmem_park_put(struct vpmem_region *region);
struct vpmem_region *vpmem_park_take(struct vpmem_adapter *adapter, enum vpmem_kind kind,
				     unsigned long pages);
unsigned long vpmem_kept_drain(struct vpmem_adapter *adapter);
void vpmem_kept_drain_all(void);
bool vpmem_spare_free(struct vpmem_adapter *adapter);
void vpmem_parks_close(struct vpmem_adapter *adapter);
void vpmem_parks_init(void);
void vpmem_parks_exit(void);

/* Tell whether the record and memory of a region may wait for their next user. */
static inline bool vpmem_region_may_park(const struct vpmem_region *region)
{
	return vpmem_parks && region->backing->parks && !region->verify &&
	       region->slot->kind <= VPMEM_CONTIG &&
	       vpmem_region_pages(region) <= VPMEM_PARK_PAGES;
}

/*
 * backing.c, alloc.c and explain.c
 */

extern const struct vpmem_backing vpmem_by_compound;
extern const struct vpmem_backing vpmem_by_pages;
extern const struct vpmem_backing vpmem_by_vmalloc;

void *vpmem_region_alloc(const struct vpmem_region_request *request);
void vpmem_region_explain(const void *block, const struct vpmem_call *call);

/*
 * leaks.c
 */

void vpmem_leaks_report(const struct vpmem_call *call);

/*
 * guard.c
 */

void *vpmem_guard_memory(struct vpmem_region *region,
			 const struct vpmem_region_request *request);
void vpmem_guard_tail(struct vpmem_region *region, void *memory);
void vpmem_guard_check(struct vpmem_region *region, const struct vpmem_call *call);
const u8 *vpmem_guard_find_use(const struct vpmem_region *region);
void vpmem_guard_print_stacks(const struct vpmem_region *region);

/*
 * quarantine.c
 */

int vpmem_quarantine_attach(struct vpmem_adapter *adapter);
bool vpmem_quarantine_put(struct vpmem_region *region, const struct vpmem_call *call);
unsigned long vpmem_quarantine_pages(const struct vpmem_adapter *adapter);
unsigned long vpmem_quarantine_drain(struct vpmem_adapter *adapter);
bool vpmem_quarantine_has(const void *block);
void vpmem_quarantine_explain(const void *block);

#endif /* VPMEM_REGIONS_H */
