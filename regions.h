/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Regions: a record for every block of a page or more, and what is built on them. To be
 * included by the rooms that make records, or look at them.
 */
#ifndef VPMEM_REGIONS_H
#define VPMEM_REGIONS_H

#include <linux/llist.h>

#include "internal.h"

/*
 * regions.c
 */

struct vpmem_region;

/* A way to come by memory, and to be rid of it. */
struct vpmem_means {
	const char *name;
	bool may_sleep;			/* to put it */
	bool foreign;			/* to kmemleak, which has to be told */
	bool vm_area;			/* a struct vm_struct refers to the memory, too */
	bool handle;			/* the block stands for the memory */
	void *(*get)(size_t bytes, gfp_t gfp);
	void (*put)(struct vpmem_region *region, void *memory);
};

#define VPMEM_STACK_DEPTH 16

struct vpmem_region {
	struct hlist_node node;
	unsigned long key;		/* ~address: kmemleak must not see it */
	struct vpmem_adapter *adapter;
	struct vpmem_slot *slot;
	const struct vpmem_means *means;
	size_t size;			/* as asked for */
	size_t align;
	size_t charged;			/* whole pages */
	size_t offset;			/* of the block in its pages */
	unsigned long caller;
	u64 since;			/* jiffies */
	u64 bus;			/* for the device; of a mapping, what is mapped */
	unsigned int users;		/* of a mapping; under the lock of its bucket */
	u64 limit;			/* asked for; contiguous memory only */
	struct _VP_DMA_ADAPTER *dma;	/* common buffers and lists only */
	atomic_t holders;		/* see vpmem_region_hold() */
	bool cached;			/* as asked for; common buffers only */
	bool verify;
	struct llist_node deferred;
	unsigned int stack_depth;	/* verify mode only, as what follows */
	unsigned long stack[];
};

struct vpmem_region_request {
	struct vpmem_adapter *adapter;
	struct vpmem_slot *slot;
	size_t size;
	size_t align;
	gfp_t gfp;
	bool contiguous;
	bool verify;
	const struct vpmem_call *call;
};

/* What a free names. Where @refuse tells a reason, the block stays. */
struct vpmem_region_wanted {
	struct vpmem_adapter *adapter;	/* NULL for any */
	const void *block;
	unsigned int kinds;		/* a mask */
	const char *(*refuse)(const struct vpmem_region *region, const void *data);
	const void *data;
};

/* What a visitor wants: to go on, to end here, or to end and have or hold the region. */
enum vpmem_visit {
	VPMEM_VISIT_ON,
	VPMEM_VISIT_END,
	VPMEM_VISIT_TAKE,
	VPMEM_VISIT_HOLD,
};

int vpmem_regions_init(void);
void vpmem_regions_exit(void);
void vpmem_regions_flush(void);
struct vpmem_region *vpmem_region_new(const struct vpmem_region_request *request);
struct vpmem_region *vpmem_handle_new(struct vpmem_adapter *adapter,
				      enum vpmem_kind kind, u32 size, gfp_t gfp,
				      const struct vpmem_call *call);
void vpmem_region_abandon(struct vpmem_region *region);
void *vpmem_region_publish(struct vpmem_region *region, void *memory);
void *vpmem_region_make(const struct vpmem_region_request *request,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data);
void *vpmem_handle_make(struct vpmem_adapter *adapter, enum vpmem_kind kind, u32 size,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data, const struct vpmem_call *call);
struct vpmem_region *vpmem_region_take(const struct vpmem_region_wanted *wanted,
				       const char **why);
struct vpmem_region *vpmem_region_hold(const struct vpmem_region_wanted *wanted,
				       const char **why);
void vpmem_region_drop(struct vpmem_region *region);
struct vpmem_region *
vpmem_regions_visit(enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		    void *data);
void vpmem_region_free(struct vpmem_region *region, const struct vpmem_call *call);
bool vpmem_region_was_freed(const void *block);
bool vpmem_region_give_back(const struct vpmem_region_wanted *wanted, const char **why,
			    const struct vpmem_call *call);
void vpmem_regions_tally(const struct vpmem_adapter *adapter);
void vpmem_regions_reclaim(const struct vpmem_adapter *adapter, enum vpmem_kind kind,
			   const struct vpmem_call *call);
int vpmem_regions_walk(const struct vpmem_adapter *adapter,
		       void (*show)(const struct vpmem_region *region, void *data),
		       void *data);

static __always_inline void *vpmem_region_block(const struct vpmem_region *region)
{
	return (void *)~region->key;
}

/*
 * large.c: memory of large blocks; explain.c: what is said of a wrong pointer
 */

extern const struct vpmem_means vpmem_by_pages;
extern const struct vpmem_means vpmem_by_vmalloc;

void *vpmem_region_alloc(const struct vpmem_region_request *request);
void vpmem_region_explain(struct vpmem_adapter *adapter, const void *block,
			  const struct vpmem_call *call);

/*
 * leaks.c: who allocated what is left
 */

void vpmem_leaks_report(struct vpmem_adapter *adapter);

/*
 * verify.c: guards
 */

void *vpmem_guard_memory(struct vpmem_region *region,
			 const struct vpmem_region_request *request);
void vpmem_guard_tail(struct vpmem_region *region, void *memory);
void vpmem_guard_check(struct vpmem_region *region, const struct vpmem_call *call);

/*
 * handle.c: locks and events
 */

VP_STATUS vpmem_handle_fault(struct vpmem_adapter *adapter, void **to,
			     enum vpmem_kind kind, const struct vpmem_call *call);
struct vpmem_region *vpmem_handle_hold(struct vpmem_adapter *adapter, const void *handle,
				       enum vpmem_kind kind,
				       const struct vpmem_call *call);
VP_STATUS vpmem_handle_delete(struct vpmem_adapter *adapter, const void *handle,
			      enum vpmem_kind kind, const struct vpmem_call *call);

#endif /* VPMEM_REGIONS_H */
