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
#include <linux/slab.h>

#include "regions.h"

#define REGION_HASH_BITS 10
#define BUCKETS BIT(REGION_HASH_BITS)

struct region_bucket {
	spinlock_t lock;		/* for the list and all it links */
	struct hlist_head regions;
	unsigned long freed;		/* key of the last block that left */
};

static struct region_bucket *buckets;
static LLIST_HEAD(deferred);

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
 * The first that has regions, from this one on. Most have none, which one can tell
 * without the lock.
 */
static struct region_bucket *used_bucket(struct region_bucket *bucket)
{
	for (; bucket < buckets + BUCKETS; bucket++) {
		if (!hlist_empty(&bucket->regions))
			return bucket;
	}
	return NULL;
}

/*
 * Records
 */

/* A record that is not in the table yet: the caller has to find its memory. */
struct vpmem_region *vpmem_region_new(const struct vpmem_region_request *request)
{
	unsigned int depth = request->verify ? VPMEM_STACK_DEPTH : 0;
	struct vpmem_region *region;

	region = kzalloc(struct_size(region, stack, depth), request->gfp);
	if (!region)
		return NULL;
	region->adapter = request->adapter;
	region->slot = request->slot;
	region->size = request->size;
	region->align = request->align;
	region->charged = PAGE_ALIGN(request->size ?: 1);
	region->caller = request->call->caller;
	region->since = get_jiffies_64();
	region->verify = request->verify;
	return region;
}

/* A record of what stands for memory, but is none: its means are of handles. */
struct vpmem_region *vpmem_handle_new(struct vpmem_adapter *adapter,
				      enum vpmem_kind kind, u32 size, gfp_t gfp,
				      const struct vpmem_call *call)
{
	struct vpmem_region *region;

	region = vpmem_region_new(&(struct vpmem_region_request){
		.adapter = adapter,
		.slot = vpmem_slot_get(adapter, VPMEM_OWN_TAG, kind),
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

/* For one that could not be published, or that was not to be had. */
void vpmem_region_abandon(struct vpmem_region *region)
{
	kfree(region);
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

/* Enters a record whose memory is found, and tells where its block is. */
void *vpmem_region_publish(struct vpmem_region *region, void *memory)
{
	void *block = memory + region->offset;

	if (region->means->foreign)
		kmemleak_alloc(memory, region->charged, 1 + region->means->vm_area,
			       VPMEM_GFP_ATOMIC);
	region_insert(region, block);
	vpmem_count_alloc(region->slot->counters, region->size, region->charged);
	return block;
}

/* Inline, so that a common buffer costs one call less. */
static __always_inline void *
region_make(struct vpmem_region *region, struct vpmem_slot *slot,
	    void *(*find)(struct vpmem_region *region, const void *data), const void *data)
{
	void *memory = region ? find(region, data) : NULL;

	if (!memory) {
		vpmem_region_abandon(region);
		vpmem_slot_fail(slot, VPMEM_FAIL_MEMORY);
		return NULL;
	}
	if (region->verify && !region->means->handle)
		vpmem_guard_tail(region, memory);
	return vpmem_region_publish(region, memory);
}

/*
 * A block whose memory @find comes by, which also tells the record by which means, and
 * what else there is to know. NULL without memory, which is counted.
 */
void *vpmem_region_make(const struct vpmem_region_request *request,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data)
{
	return region_make(vpmem_region_new(request), request->slot, find, data);
}

/* The same for a handle, where one can sleep. */
void *vpmem_handle_make(struct vpmem_adapter *adapter, enum vpmem_kind kind, u32 size,
			void *(*find)(struct vpmem_region *region, const void *data),
			const void *data, const struct vpmem_call *call)
{
	return region_make(vpmem_handle_new(adapter, kind, size, VPMEM_GFP_PASSIVE, call),
			   vpmem_slot_get(adapter, VPMEM_OWN_TAG, kind), find, data);
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

static bool region_is_wanted(const struct vpmem_region *region,
			     const struct vpmem_region_wanted *wanted,
			     const char **why)
{
	if (wanted->adapter && region->adapter != wanted->adapter)
		return false;
	if (!(wanted->kinds & BIT(region->slot->kind)))
		return false;
	*why = wanted->refuse ? wanted->refuse(region, wanted->data) : NULL;
	return !*why;
}

static struct vpmem_region *bucket_wanted(struct region_bucket *bucket,
					  const struct vpmem_region_wanted *wanted,
					  const char **why)
{
	struct vpmem_region *region;

	*why = NULL;
	region = bucket_find(bucket, block_key(wanted->block));
	return region && region_is_wanted(region, wanted, why) ? region : NULL;
}

/*
 * Takes the record of a block out of the table if it is what is wanted; else NULL,
 * with a reason if that is all that was wrong. Of two that free the same block, one
 * gets it.
 */
struct vpmem_region *vpmem_region_take(const struct vpmem_region_wanted *wanted,
				       const char **why)
{
	struct region_bucket *bucket = key_bucket(block_key(wanted->block));
	struct vpmem_region *region;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	region = bucket_wanted(bucket, wanted, why);
	if (region && atomic_read(&region->holders)) {
		*why = "it is in use";
		region = NULL;
	}
	if (region)
		bucket_remove(bucket, region);
	spin_unlock_irqrestore(&bucket->lock, flags);
	return region;
}

/* Keeps others from taking a record, for as long as something is built on it. */
struct vpmem_region *vpmem_region_hold(const struct vpmem_region_wanted *wanted,
				       const char **why)
{
	struct region_bucket *bucket = key_bucket(block_key(wanted->block));
	struct vpmem_region *region;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	region = bucket_wanted(bucket, wanted, why);
	if (region)
		atomic_inc(&region->holders);
	spin_unlock_irqrestore(&bucket->lock, flags);
	return region;
}

void vpmem_region_drop(struct vpmem_region *region)
{
	atomic_dec(&region->holders);
}

static void region_release(struct vpmem_region *region)
{
	void *memory = vpmem_region_block(region) - region->offset;

	if (region->means->foreign)
		kmemleak_free(memory);
	region->means->put(region, memory);
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
	/* Whoever has put the first one there may not have come to this yet. */
	schedule_work(&deferred_work);
	flush_work(&deferred_work);
}

/* Frees what vpmem_region_take() gave, a little later where that may sleep. */
void vpmem_region_free(struct vpmem_region *region, const struct vpmem_call *call)
{
	if (region->verify && !region->means->handle)
		vpmem_guard_check(region, call);
	vpmem_count_free(region->slot->counters, region->size, region->charged);
	if (!region->means->may_sleep || vpmem_may_sleep())
		region_release(region);
	else if (llist_add(&region->deferred, &deferred))
		schedule_work(&deferred_work);
}

/*
 * Frees what a driver gives back. If it may not be freed for what it is used for, or
 * given back with, @why is set, and the caller's to say, unless it is NULL; anything else
 * that is wrong has been said.
 */
bool vpmem_region_give_back(const struct vpmem_region_wanted *wanted, const char **why,
			    const struct vpmem_call *call)
{
	struct vpmem_region *region;
	const char *reason = NULL;

	if (why)
		*why = NULL;
	if (!vpmem_freeable(wanted->adapter, wanted->block, call))
		return false;
	region = vpmem_region_take(wanted, &reason);
	if (why)
		*why = reason;
	if (region)
		vpmem_region_free(region, call);
	else if (!reason)
		vpmem_region_explain(wanted->adapter, wanted->block, call);
	else if (!why)
		vpmem_complain(wanted->adapter, VPMEM_EV_BUSY, call,
			       "%p: %s; left alone", wanted->block, reason);
	return region;
}

/* Whether a block was the last one to leave its bucket, which names most double frees. */
bool vpmem_region_was_freed(const void *block)
{
	unsigned long flags, key = block_key(block);
	struct region_bucket *bucket = key_bucket(key);
	bool freed;

	spin_lock_irqsave(&bucket->lock, flags);
	freed = bucket->freed == key;
	spin_unlock_irqrestore(&bucket->lock, flags);
	return freed;
}

/*
 * Walks over the table
 */

static enum vpmem_visit
bucket_visit(struct region_bucket *bucket,
	     enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
	     void *data, struct vpmem_region **wanted)
{
	enum vpmem_visit wish = VPMEM_VISIT_ON;
	struct vpmem_region *region;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	hlist_for_each_entry(region, &bucket->regions, node) {
		wish = visit(region, data);
		if (wish != VPMEM_VISIT_ON)
			break;
	}
	if (wish == VPMEM_VISIT_TAKE)
		bucket_remove(bucket, region);
	if (wish == VPMEM_VISIT_HOLD)
		atomic_inc(&region->holders);
	if (wish == VPMEM_VISIT_TAKE || wish == VPMEM_VISIT_HOLD)
		*wanted = region;
	spin_unlock_irqrestore(&bucket->lock, flags);
	return wish;
}

/*
 * Shows the regions to @visit, which may change what it is shown, until it has seen
 * enough. Returns the one that it wants to have, out of the table or held, or NULL.
 */
struct vpmem_region *
vpmem_regions_visit(enum vpmem_visit (*visit)(struct vpmem_region *region, void *data),
		    void *data)
{
	struct vpmem_region *wanted = NULL;
	struct region_bucket *bucket;

	for (bucket = used_bucket(buckets); bucket; bucket = used_bucket(bucket + 1)) {
		if (bucket_visit(bucket, visit, data, &wanted) != VPMEM_VISIT_ON)
			break;
	}
	return wanted;
}

static enum vpmem_visit visit_tally(struct vpmem_region *region, void *data)
{
	if (region->adapter == data)
		region->slot->regions++;
	return VPMEM_VISIT_ON;
}

/* Tells every slot of the adapter how many regions it has. */
void vpmem_regions_tally(const struct vpmem_adapter *adapter)
{
	vpmem_regions_visit(visit_tally, (void *)adapter);
}

static void bucket_reclaim(struct region_bucket *bucket,
			   const struct vpmem_adapter *adapter, enum vpmem_kind kind,
			   struct hlist_head *reclaimed)
{
	struct vpmem_region *region;
	struct hlist_node *next;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	hlist_for_each_entry_safe(region, next, &bucket->regions, node) {
		if (region->adapter != adapter || region->slot->kind != kind)
			continue;
		bucket_remove(bucket, region);
		hlist_add_head(&region->node, reclaimed);
	}
	spin_unlock_irqrestore(&bucket->lock, flags);
}

/* Frees every region of a kind that the adapter has. */
void vpmem_regions_reclaim(const struct vpmem_adapter *adapter, enum vpmem_kind kind,
			   const struct vpmem_call *call)
{
	HLIST_HEAD(reclaimed);
	struct region_bucket *bucket;
	struct vpmem_region *region;
	struct hlist_node *next;

	for (bucket = used_bucket(buckets); bucket; bucket = used_bucket(bucket + 1))
		bucket_reclaim(bucket, adapter, kind, &reclaimed);
	hlist_for_each_entry_safe(region, next, &reclaimed, node) {
		vpmem_region_free(region, call);
		cond_resched();
	}
}

/*
 * Copies, because to print takes too long for a lock that allocations wait for.
 */
#define COPY_SIZE (sizeof(struct vpmem_region) + \
		   VPMEM_STACK_DEPTH * sizeof(unsigned long))

static void copy_region(void *to, const struct vpmem_region *region)
{
	memcpy(to, region, struct_size(region, stack, region->stack_depth));
}

static unsigned int bucket_copy(struct region_bucket *bucket,
				const struct vpmem_adapter *adapter, void *copies,
				unsigned int room)
{
	const struct vpmem_region *region;
	unsigned int count = 0;
	unsigned long flags;

	spin_lock_irqsave(&bucket->lock, flags);
	hlist_for_each_entry(region, &bucket->regions, node) {
		if (adapter && region->adapter != adapter)
			continue;
		if (count < room)
			copy_region(copies + count * COPY_SIZE, region);
		count++;
	}
	spin_unlock_irqrestore(&bucket->lock, flags);
	return count;
}

static int bucket_walk(struct region_bucket *bucket,
		       const struct vpmem_adapter *adapter,
		       void (*show)(const struct vpmem_region *region, void *data),
		       void *data)
{
	unsigned int i, count, room = bucket_copy(bucket, adapter, NULL, 0);
	void *copies;

	if (!room)
		return 0;
	copies = kvmalloc_array(room, COPY_SIZE, GFP_KERNEL);
	if (!copies)
		return -ENOMEM;
	count = min(bucket_copy(bucket, adapter, copies, room), room);
	for (i = 0; i < count; i++)
		show(copies + i * COPY_SIZE, data);
	kvfree(copies);
	return 0;
}

/*
 * Calls @show for a copy of every region of @adapter, or of all. No adapter goes
 * meanwhile, so that what a copy points to stays.
 */
int vpmem_regions_walk(const struct vpmem_adapter *adapter,
		       void (*show)(const struct vpmem_region *region, void *data),
		       void *data)
{
	struct region_bucket *bucket;
	int err = 0;

	mutex_lock(&vpmem_adapters_lock);
	for (bucket = used_bucket(buckets); bucket; bucket = used_bucket(bucket + 1)) {
		err = bucket_walk(bucket, adapter, show, data);
		if (err)
			break;
	}
	mutex_unlock(&vpmem_adapters_lock);
	return err;
}

int __init vpmem_regions_init(void)
{
	unsigned int i;

	buckets = kvcalloc(BUCKETS, sizeof(*buckets), GFP_KERNEL);
	if (!buckets)
		return -ENOMEM;
	for (i = 0; i < BUCKETS; i++)
		spin_lock_init(&buckets[i].lock);
	return 0;
}

void vpmem_regions_exit(void)
{
	vpmem_regions_flush();
	kvfree(buckets);
}
