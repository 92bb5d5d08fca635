/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * tags.c: accounting per adapter, tag and kind. What counts is inline, because it is on
 * the path of every allocation.
 */
#ifndef VPMEM_TAGS_H
#define VPMEM_TAGS_H

#include <linux/hash.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>
#include <linux/u64_stats_sync.h>
#include <linux/workqueue.h>

#include "core/inline.h"

struct vpmem_adapter;

/* Kind of a block: the Type column of the tags view */
enum vpmem_kind {
	VPMEM_NONPAGED,
	VPMEM_PAGED,
	VPMEM_BUFFER,
	VPMEM_SMALL_KINDS,		/* kinds above have small blocks */
	VPMEM_COMMON = VPMEM_SMALL_KINDS,
	VPMEM_CONTIG,
	VPMEM_MDL,			/* MDL, of memory of any kind above */
	VPMEM_SG_LIST,			/* of an MDL */
	VPMEM_MAPPED,
	VPMEM_ROM,
	VPMEM_INT10,
	VPMEM_SPINLOCK,
	VPMEM_EVENT,
	VPMEM_KINDS,
};

/* Tag of allocations whose call takes none: Vprt, as in Windows's port driver */
#define VPMEM_OWN_TAG	0x74727056

/* Reason for the failure of an allocation */
enum vpmem_failure {
	VPMEM_FAIL_NONE,
	VPMEM_FAIL_MEMORY,
	VPMEM_FAIL_QUOTA,
	VPMEM_FAIL_CONTEXT,
	VPMEM_FAIL_SIZE,
	VPMEM_FAIL_TYPE,
	VPMEM_FAIL_ADDRESS,
	VPMEM_FAILURES,
};

#define VPMEM_TAG_HASH_BITS	8	/* at first; see tags_rehash() */
#define VPMEM_CHUNK_SLOTS	64
#define VPMEM_TAG_CHUNKS	256
#define VPMEM_TAG_SLOTS		(VPMEM_CHUNK_SLOTS * VPMEM_TAG_CHUNKS)

/*
 * Counters of one CPU. They only grow, so readers need no lock. On 32-bit machines a write
 * of a counter is not atomic, and @syncp has readers try again; elsewhere it is empty.
 */
struct vpmem_counters {
	u64 allocs;
	u64 frees;
	u64 bytes_in;
	u64 bytes_out;
	u64 charged_in;
	u64 charged_out;
	unsigned long watch;		/* see core/peak.c; other CPUs write it, too */
	struct u64_stats_sync syncp;
};

/* Word of a small block, see mem/small.h: live, ever used, and the id of its slot */
#define VPMEM_WORD_LIVE		BIT(31)
#define VPMEM_WORD_USED		BIT(30)
#define VPMEM_WORD_SLOT_SHIFT	16

static_assert(BIT(30 - VPMEM_WORD_SLOT_SHIFT) >= VPMEM_TAG_SLOTS);

/* Key bit that hides slots of callers from the lookup of VideoPortAllocatePool() */
#define VPMEM_KEY_CALLER	BIT(7)

struct vpmem_slot {
	struct hlist_node node;
	struct vpmem_counters __percpu *counters;
	struct vpmem_adapter *adapter;
	unsigned long caller;	/* code that allocated the blocks, or 0 for all others */
	u32 tag;
	u32 word;		/* of a live small block of zero bytes */
	u8 kind;
	u8 key;			/* the kind, with VPMEM_KEY_CALLER if @caller is set */
	bool other;		/* counts the blocks that found no slot */
	u32 regions;		/* leaked ones, counted at detach */
	u8 last_failure;
	atomic_t failures;
} __aligned(64);

/* A slot is alone in its line, so that a failure of another tag leaves it in the caches. */
#define VPMEM_SLOT_SHIFT	6	/* of the size of a slot */
static_assert(sizeof(struct vpmem_slot) == BIT(VPMEM_SLOT_SHIFT));

/* Most live bytes of a slot, under the lock of the peaks */
struct vpmem_peak {
	u64 bytes;
	u32 slack;			/* bytes of each CPU that need no sample */
};

struct vpmem_chunk {
	struct vpmem_slot slot[VPMEM_CHUNK_SLOTS];
	struct vpmem_peak peak[VPMEM_CHUNK_SLOTS];
};

/* Hash table of slots. Replaced ones are kept, because a lookup may still read them. */
struct vpmem_tag_table {
	struct vpmem_tag_table *replaced;
	unsigned int shift;		/* of a hash of 32 bits */
	struct hlist_head head[];
};

struct vpmem_tags {
	struct vpmem_tag_table *table;
	struct vpmem_chunk *chunk[VPMEM_TAG_CHUNKS];
	/* Guards all below, and changes to the above */
	raw_spinlock_t lock ____cacheline_aligned_in_smp;
	unsigned int chunks;
	unsigned int slots;
	struct work_struct grow;
	raw_spinlock_t peak_lock;	/* guards peaks, and writes of watch */
	u64 peaks_since;		/* jiffies of their last reset */
} ____cacheline_aligned_in_smp;

void vpmem_tags_view_init(void);
int vpmem_tags_attach(struct vpmem_adapter *adapter);
void vpmem_tags_detach(struct vpmem_adapter *adapter);
struct vpmem_slot *vpmem_slot_get(struct vpmem_adapter *adapter, u32 tag,
				  enum vpmem_kind kind);
struct vpmem_slot *vpmem_slot_of_caller(struct vpmem_adapter *adapter, u32 tag,
					enum vpmem_kind kind, unsigned long caller);
void vpmem_slot_sum(const struct vpmem_slot *slot, struct vpmem_counters *sum);
u64 vpmem_slot_live(const struct vpmem_slot *slot);
void *vpmem_peak_sample(const struct vpmem_slot *slot, void *block);
u64 vpmem_peak_read(const struct vpmem_slot *slot, u64 live);
void vpmem_peaks_view_init(void);
void vpmem_slot_fail(struct vpmem_slot *slot, enum vpmem_failure why);
const char *vpmem_kind_name(unsigned int kind);
const char *vpmem_failure_name(unsigned int why);

#define VPMEM_TAG_TEXT	17
const char *vpmem_tag_text(u32 tag, char text[VPMEM_TAG_TEXT]);
const char *vpmem_slot_text(const struct vpmem_slot *slot, char text[VPMEM_TAG_TEXT]);

static __vpmem_inlined struct vpmem_slot *
vpmem_slot_by_id(const struct vpmem_tags *tags, unsigned int id)
{
	return &tags->chunk[id / VPMEM_CHUNK_SLOTS]->slot[id % VPMEM_CHUNK_SLOTS];
}

/* Return the number of slots that are complete. */
static inline unsigned int vpmem_slots(const struct vpmem_tags *tags)
{
	return smp_load_acquire(&tags->slots); /* pairs with slot_alloc() */
}

/* Return the slot of a used word, by the fewest instructions. */
static __vpmem_inlined struct vpmem_slot *
vpmem_slot_by_word(const struct vpmem_tags *tags, u32 word)
{
	struct vpmem_slot *slot;

	slot = tags->chunk[(word / VPMEM_CHUNK_SLOTS >> VPMEM_WORD_SLOT_SHIFT) %
			   VPMEM_TAG_CHUNKS]->slot;
	return (void *)slot + ((word >> (VPMEM_WORD_SLOT_SHIFT - VPMEM_SLOT_SHIFT)) &
			       ((VPMEM_CHUNK_SLOTS - 1) << VPMEM_SLOT_SHIFT));
}

static __vpmem_inlined struct hlist_head *
vpmem_tag_head(const struct vpmem_tags *tags, u32 tag, enum vpmem_kind kind)
{
	struct vpmem_tag_table *table = READ_ONCE(tags->table);

	return &table->head[__hash_32(tag + kind) >> table->shift];
}

/*
 * Find a slot. It lives as long as its adapter, so no RCU read section is needed. While the
 * table is replaced a lookup may miss a slot, as it may one that is being added.
 */
static __vpmem_inlined struct vpmem_slot *
vpmem_slot_find(const struct vpmem_tags *tags, u32 tag, enum vpmem_kind kind)
{
	const struct hlist_head *head = vpmem_tag_head(tags, tag, kind);
	struct vpmem_slot *slot;

	hlist_for_each_entry_rcu(slot, head, node, true)
		if (slot->tag == tag && slot->key == kind)
			return slot;
	return NULL;
}

/*
 * Count allocations and frees. A 64-bit machine updates a counter in one instruction; a
 * 32-bit machine disables interrupts meanwhile. An NMI neither allocates nor frees. After
 * an allocation is counted, vpmem_peak_watch() is called.
 */
#ifdef CONFIG_64BIT

static __vpmem_inlined void
vpmem_count_alloc(struct vpmem_counters __percpu *counters, size_t size,
		  size_t charged)
{
	this_cpu_inc(counters->allocs);
	this_cpu_add(counters->bytes_in, size);
	this_cpu_add(counters->charged_in, charged);
}

static __vpmem_inlined void
vpmem_count_free(struct vpmem_counters __percpu *counters, size_t size,
		 size_t charged)
{
	smp_wmb(); /* pairs with vpmem_slot_sum(): no free is seen without its alloc */
	this_cpu_inc(counters->frees);
	this_cpu_add(counters->bytes_out, size);
	this_cpu_add(counters->charged_out, charged);
}

#else

static inline void vpmem_count_alloc(struct vpmem_counters __percpu *counters, size_t size,
				     size_t charged)
{
	struct vpmem_counters *own;
	unsigned long flags;

	local_irq_save(flags);
	own = this_cpu_ptr(counters);
	u64_stats_update_begin(&own->syncp);
	own->allocs++;
	own->bytes_in += size;
	own->charged_in += charged;
	u64_stats_update_end(&own->syncp);
	local_irq_restore(flags);
}

static inline void vpmem_count_free(struct vpmem_counters __percpu *counters, size_t size,
				    size_t charged)
{
	struct vpmem_counters *own;
	unsigned long flags;

	smp_wmb(); /* pairs with vpmem_slot_sum(): no free is seen without its alloc */
	local_irq_save(flags);
	own = this_cpu_ptr(counters);
	u64_stats_update_begin(&own->syncp);
	own->frees++;
	own->bytes_out += size;
	own->charged_out += charged;
	u64_stats_update_end(&own->syncp);
	local_irq_restore(flags);
}

#endif

/*
 * Tell whether the bytes of this CPU are above its watch. The answer may be wrong if the task
 * moves to another CPU meanwhile: a sample too many, or one that the next allocation makes up
 * for. A 32-bit machine compares the low halves of the bytes.
 */
static __vpmem_inlined bool vpmem_above_watch(struct vpmem_counters __percpu *counters)
{
	long bytes = raw_cpu_read(counters->bytes_in) - raw_cpu_read(counters->bytes_out);
	long watch = raw_cpu_read(counters->watch);

	return IS_ENABLED(CONFIG_64BIT) ? bytes > watch : bytes - watch > 0;
}

/* Sample the peak if it may have risen. Return @block, so that the sample is a tail call. */
static __vpmem_inlined void *vpmem_peak_watch(const struct vpmem_slot *slot, void *block)
{
	return unlikely(vpmem_above_watch(slot->counters)) ? vpmem_peak_sample(slot, block) : block;
}

#endif /* VPMEM_TAGS_H */
