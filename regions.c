// SPDX-License-Identifier: GPL-2.0-only
/*
 * Regions: a record for every block of a page or more, and for every block of
 * verify mode. A block with a record has no header. One table, keyed by address,
 * serves the free, the views and the reclaim at detach.
 *
 * The table holds addresses inverted: kmemleak would take a plain one for a
 * reference, and no block of a driver's would ever be a leak.
 */
#include <linux/jiffies.h>
#include <linux/kmemleak.h>
#include <linux/log2.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "internal.h"

#define REGION_HASH_BITS 10

struct region_bucket {
	spinlock_t lock;		/* for the list and all it links */
	struct hlist_head regions;
	unsigned long freed;		/* key of the last block that left */
};

static struct region_bucket *buckets;
static LLIST_HEAD(deferred);

static const char * const means_names[] = {
	[VPMEM_KMALLOC]	= "kmalloc",
	[VPMEM_PAGES]	= "buddy",
	[VPMEM_VMALLOC]	= "vmalloc",
};

const char *vpmem_means_name(unsigned int means)
{
	return means_names[means];
}

static unsigned long block_key(const void *block)
{
	return ~(unsigned long)block;
}

static struct region_bucket *key_bucket(unsigned long key)
{
	/* Blocks share their low bits, of the page and often of the line. */
	return &buckets[hash_long(key, REGION_HASH_BITS)];
}

/*
 * Memory
 */

void *vpmem_memory_get(size_t bytes, enum vpmem_means means, gfp_t gfp)
{
	void *memory = NULL;

	switch (means) {
	case VPMEM_KMALLOC:
		memory = kmalloc(bytes, gfp);
		break;
	case VPMEM_PAGES:
		memory = alloc_pages_exact(bytes, gfp);
		kmemleak_alloc(memory, bytes, 1, gfp);
		break;
	case VPMEM_VMALLOC:
		if (gfpflags_allow_blocking(gfp))
			memory = __vmalloc(bytes, gfp);
		break;
	default:
		break;
	}
	return memory;
}

static void memory_put(void *memory, size_t bytes, enum vpmem_means means)
{
	switch (means) {
	case VPMEM_KMALLOC:
		kfree(memory);
		break;
	case VPMEM_PAGES:
		kmemleak_free(memory);
		free_pages_exact(memory, bytes);
		break;
	case VPMEM_VMALLOC:
		vfree(memory);
		break;
	default:
		break;
	}
}

/* kmalloc() gives no more than asked for, and pages, if it is a power of two. */
static enum vpmem_means contiguous_means(size_t bytes)
{
	return is_power_of_2(bytes) && bytes <= KMALLOC_MAX_SIZE ? VPMEM_KMALLOC :
								   VPMEM_PAGES;
}

/* A large block is not worth reclaim for as long as vmalloc can still give it. */
static void *region_memory(struct vpmem_region *region, bool contiguous)
{
	gfp_t gfp = vpmem_gfp(), light = gfp;
	size_t bytes = region->charged;
	void *memory;

	if (!contiguous && bytes > PAGE_SIZE && gfpflags_allow_blocking(gfp))
		light |= __GFP_NORETRY;
	region->means = contiguous_means(bytes);
	memory = vpmem_memory_get(bytes, region->means, light);
	if (!memory && !contiguous) {
		region->means = VPMEM_VMALLOC;
		memory = vpmem_memory_get(bytes, VPMEM_VMALLOC, gfp);
	}
	return memory;
}

/*
 * Records
 */

static struct vpmem_region *region_new(const struct vpmem_region_request *request)
{
	unsigned int depth = request->verify ? VPMEM_STACK_DEPTH : 0;
	struct vpmem_region *region;

	region = kmalloc(struct_size(region, stack, depth), vpmem_gfp());
	if (!region)
		return NULL;
	region->adapter = request->adapter;
	region->slot = request->slot;
	region->size = request->size;
	region->align = request->align;
	region->charged = PAGE_ALIGN(request->size);
	region->offset = 0;
	region->caller = request->call->caller;
	region->since = get_jiffies_64();
	region->verify = request->verify;
	region->stack_depth = 0;
	return region;
}

static void region_insert(struct vpmem_region *region, const void *block)
{
	struct region_bucket *bucket;
	unsigned long flags;

	region->key = block_key(block);
	bucket = key_bucket(region->key);
	spin_lock_irqsave(&bucket->lock, flags);
	hlist_add_head(&region->node, &bucket->regions);
	if (bucket->freed == region->key)
		bucket->freed = 0;
	spin_unlock_irqrestore(&bucket->lock, flags);
}

/* A block of at least a page, or in verify mode of any size; NULL without memory. */
void *vpmem_region_alloc(const struct vpmem_region_request *request)
{
	struct vpmem_region *region = region_new(request);
	void *memory, *block;

	if (!region)
		return NULL;
	if (request->verify)
		memory = vpmem_guard_memory(region, request->contiguous);
	else
		memory = region_memory(region, request->contiguous);
	if (!memory) {
		kfree(region);
		return NULL;
	}
	block = memory + region->offset;
	region_insert(region, block);
	vpmem_count_alloc(request->slot->counters, region->size, region->charged);
	return block;
}

static struct vpmem_region *bucket_find(struct region_bucket *bucket,
					unsigned long key)
{
	struct vpmem_region *region;

	lockdep_assert_held(&bucket->lock);
	hlist_for_each_entry(region, &bucket->regions, node)
		if (region->key == key)
			return region;
	return NULL;
}

static void bucket_remove(struct region_bucket *bucket,
			  struct vpmem_region *region)
{
	hlist_del(&region->node);
	bucket->freed = region->key;
}

/*
 * Takes the record of a block out of the table if it is this adapter's and one of
 * the kinds (a mask). Of two that free the same block, one gets it.
 */
struct vpmem_region *vpmem_region_take(struct vpmem_adapter *adapter,
				       const void *block, unsigned int kinds)
{
	unsigned long key = block_key(block);
	struct region_bucket *bucket = key_bucket(key);
	struct vpmem_region *region;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	region = bucket_find(bucket, key);
	if (region && (region->adapter != adapter ||
		       !(kinds & BIT(region->slot->kind))))
		region = NULL;
	if (region)
		bucket_remove(bucket, region);
	spin_unlock_irqrestore(&bucket->lock, flags);
	return region;
}

static void region_release(struct vpmem_region *region)
{
	void *memory = vpmem_region_block(region) - region->offset;

	memory_put(memory, region->charged, region->means);
	kfree(region);
}

static void release_deferred(struct work_struct *work)
{
	struct vpmem_region *region, *next;

	llist_for_each_entry_safe(region, next, llist_del_all(&deferred), deferred)
		region_release(region);
}

static DECLARE_WORK(deferred_work, release_deferred);

void vpmem_regions_flush(void)
{
	flush_work(&deferred_work);
}

/* Frees what vpmem_region_take() gave. vmalloc memory may have to wait for it. */
void vpmem_region_free(struct vpmem_region *region, const struct vpmem_call *call)
{
	if (region->verify)
		vpmem_guard_check(region, call);
	vpmem_count_free(region->slot->counters, region->size, region->charged);
	if (region->means != VPMEM_VMALLOC || vpmem_may_sleep())
		region_release(region);
	else if (llist_add(&region->deferred, &deferred))
		schedule_work(&deferred_work);
}

/*
 * Walks over the table
 */

static void bucket_reclaim(struct region_bucket *bucket,
			   const struct vpmem_slot *slot,
			   struct hlist_head *reclaimed)
{
	struct vpmem_region *region;
	struct hlist_node *next;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	hlist_for_each_entry_safe(region, next, &bucket->regions, node) {
		if (region->slot != slot)
			continue;
		bucket_remove(bucket, region);
		hlist_add_head(&region->node, reclaimed);
	}
	spin_unlock_irqrestore(&bucket->lock, flags);
}

/* Frees every region of a slot, and tells how many there were. */
unsigned long vpmem_regions_reclaim(const struct vpmem_slot *slot,
				    const struct vpmem_call *call)
{
	HLIST_HEAD(reclaimed);
	struct vpmem_region *region;
	struct hlist_node *next;
	unsigned long count = 0;
	unsigned int i;

	for (i = 0; i < 1 << REGION_HASH_BITS; i++)
		bucket_reclaim(&buckets[i], slot, &reclaimed);
	hlist_for_each_entry_safe(region, next, &reclaimed, node) {
		vpmem_region_free(region, call);
		count++;
	}
	return count;
}

/* Calls @show for every live region of @adapter, or of all; it must not sleep. */
void vpmem_regions_walk(const struct vpmem_adapter *adapter,
			void (*show)(const struct vpmem_region *region, void *data),
			void *data)
{
	const struct vpmem_region *region;
	unsigned long flags;
	unsigned int i;

	for (i = 0; i < 1 << REGION_HASH_BITS; i++) {
		spin_lock_irqsave(&buckets[i].lock, flags);
		hlist_for_each_entry(region, &buckets[i].regions, node)
			if (!adapter || region->adapter == adapter)
				show(region, data);
		spin_unlock_irqrestore(&buckets[i].lock, flags);
		cond_resched();
	}
}

static void trace_region(struct vpmem_region_trace *trace,
			 const struct vpmem_region *region, size_t offset)
{
	trace->what = offset ? VPMEM_TRACE_INSIDE : VPMEM_TRACE_LIVE;
	trace->adapter = region->adapter;
	trace->kind = region->slot->kind;
	trace->tag = region->slot->tag;
	trace->size = region->size;
	trace->offset = offset;
}

static void trace_bucket(struct region_bucket *bucket, unsigned long block,
			 struct vpmem_region_trace *trace)
{
	const struct vpmem_region *region;
	unsigned long flags, start;

	spin_lock_irqsave(&bucket->lock, flags);
	if (bucket->freed == ~block)
		trace->what = VPMEM_TRACE_FREED;
	hlist_for_each_entry(region, &bucket->regions, node) {
		start = ~region->key;
		if (block == start || block - start < region->size) {
			trace_region(trace, region, block - start);
			break;
		}
	}
	spin_unlock_irqrestore(&bucket->lock, flags);
}

/* What is known of an address that could not be freed. Slow, and only for that. */
void vpmem_region_trace(const void *block, struct vpmem_region_trace *trace)
{
	unsigned int i;

	*trace = (struct vpmem_region_trace){ .what = VPMEM_TRACE_NONE };
	for (i = 0; i < 1 << REGION_HASH_BITS; i++) {
		trace_bucket(&buckets[i], (unsigned long)block, trace);
		if (trace->adapter)
			break;
	}
}

int __init vpmem_regions_init(void)
{
	unsigned int i;

	buckets = kvcalloc(1 << REGION_HASH_BITS, sizeof(*buckets), GFP_KERNEL);
	if (!buckets)
		return -ENOMEM;
	for (i = 0; i < 1 << REGION_HASH_BITS; i++)
		spin_lock_init(&buckets[i].lock);
	return 0;
}

void vpmem_regions_exit(void)
{
	vpmem_regions_flush();
	kvfree(buckets);
}
