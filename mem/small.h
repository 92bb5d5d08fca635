/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small blocks: carved from pages of vpmem's own, with all data about them out of line.
 *
 * A page of blocks has a descriptor, struct small_page, which page->private points to and
 * a seal proves. So a page knows its adapter, a pointer is told from a block exactly, an
 * overrun cannot reach the accounting, and a block needs no header. A word of the
 * descriptor has the slot, the size and the state of each block.
 *
 * A page belongs to one CPU, which has a magazine of free blocks for each size class. The
 * fast paths here pop a block from a magazine and push it back, with preemption disabled
 * and a flag that sends an interrupt to the slow path. They write no memory that another
 * CPU writes, unless a block is freed on another CPU than that of its page. Everything
 * else is under the lock of the CPU that the page belongs to, in small_page.c, and any CPU
 * may take it.
 *
 * Blocks of vpmem_small_kmalloc come from kmalloc() one by one, see small_kmalloc.c.
 */
#ifndef VPMEM_SMALL_H
#define VPMEM_SMALL_H

#include <linux/jump_label.h>
#include <linux/kmemleak.h>
#include <linux/mm.h>
#include <linux/hardirq.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/inline.h"
#include "mem/page.h"

/* Alignment of blocks and step of their sizes: two pointers, as on Windows */
#define SMALL_GRANULE		(2 * sizeof(void *))
#define SMALL_MAX		(PAGE_SIZE - 2 * SMALL_GRANULE)
#define SMALL_CACHE_ALIGN	max_t(size_t, SMP_CACHE_BYTES, ARCH_KMALLOC_MINALIGN)

/* Size classes: multiples of a step, of which so many fit a page */
#define SMALL_STEP		16
#define SMALL_STEPS		(PAGE_SIZE / SMALL_STEP)
#define SMALL_CLASSES		40

struct small_class {
	u32 size;
	u32 reciprocal;			/* 2^32 divided by the size, rounded up */
	u16 blocks;			/* of a page */
	u16 limit;			/* blocks of a magazine */
};

extern struct small_class vpmem_small_class[SMALL_CLASSES];

/* Classes by the size of a block in steps; those of the second half are CacheAligned */
extern u8 vpmem_small_index[2 * SMALL_STEPS];

static_assert(SMALL_MAX / SMALL_STEP < SMALL_STEPS);

/*
 * Word of a block: its size, its slot, and whether it is live. In the list of free blocks
 * the size is the index of the next one. A slot's part is in vpmem_slot.word.
 */
#define SMALL_SIZE_MASK		0xffffU
#define SMALL_NO_BLOCK		SMALL_SIZE_MASK

static_assert(PAGE_SIZE / SMALL_STEP < SMALL_NO_BLOCK);
static_assert(PAGE_SIZE - 1 <= SMALL_SIZE_MASK);

/* Page of blocks */
struct small_page {
	struct page *page;
	struct small_cpu *home;
	struct small_magazine *magazine; /* of the home and the class */
	union {
		struct list_head node;	/* in home->partial or home->full */
		struct rcu_head rcu;
	};
	u32 reciprocal;			/* of the class */
	u16 first;			/* free block, under the lock of the home */
	u16 free;			/* number of them, without those of magazines */
	u16 class;
	u32 word[];			/* of each block, and one behind them that is never live */
};

/* Block that is free, and its word */
struct small_free {
	void *block;
	u32 *word;
};

/* Free blocks at hand */
struct small_magazine {
	u32 size;			/* of the class */
	u16 count;
	u16 limit;
	struct small_free free[31];
} __aligned(512);

#define SMALL_BUSY	(-1)

/* Small blocks of a CPU and adapter */
struct small_cpu {
	/* For this CPU alone, with preemption disabled and busy, or interrupts off */
	int user;			/* number of the CPU, or SMALL_BUSY */
	int nr;				/* number of the CPU */
	struct vpmem_adapter *adapter;
	struct small_magazine magazine[SMALL_CLASSES];

	/* Any CPU, under the lock */
	raw_spinlock_t lock ____cacheline_aligned;
	struct list_head partial[SMALL_CLASSES]; /* pages with free blocks, empty ones last */
	struct list_head full;
	u16 empty[SMALL_CLASSES];	/* pages that have no other blocks */
	unsigned long sampled;		/* jiffies of the last block for KFENCE */
};

static_assert(offsetof(struct small_cpu, lock) % SMP_CACHE_BYTES == 0);

/* Block that was looked up, for the slow path */
struct small_found {
	struct vpmem_adapter *adapter;
	struct vpmem_slot *slot;
	struct small_page *page;	/* NULL if it is from kmalloc() */
	u32 *place;			/* of the word, in a page */
	u32 word;
	bool inside;			/* the pointer is not the start of the block */
	bool live;
	size_t size;			/* as requested; of a live block only */
};

DECLARE_STATIC_KEY_FALSE(vpmem_small_kmalloc);

int vpmem_small_init(void);
void vpmem_small_exit(void);
int vpmem_small_attach(struct vpmem_adapter *adapter);
void vpmem_small_close(struct vpmem_adapter *adapter);
void vpmem_small_detach(struct vpmem_adapter *adapter);
unsigned long vpmem_small_idle(void);
unsigned long vpmem_small_shrink(void);
unsigned long vpmem_small_spare(const struct vpmem_adapter *adapter);
void *vpmem_small_alloc(struct vpmem_slot *slot, size_t size, bool aligned, gfp_t gfp);
void *vpmem_small_refill(const struct vpmem_slot *slot, size_t size, unsigned int class);
void vpmem_small_put(struct small_page *page, void *block);
bool vpmem_small_find(const void *block, struct small_found *found);
bool vpmem_small_claim(const void *block, const struct small_found *found);
void vpmem_small_free(void *block, const struct small_found *found);
void vpmem_small_explain(const void *block, const struct small_found *found,
			 const struct vpmem_call *call);

static __vpmem_inlined unsigned int small_class_of(size_t size, bool aligned)
{
	return vpmem_small_index[(size + SMALL_STEP - 1) / SMALL_STEP + aligned * SMALL_STEPS];
}

/* Clear a block. An inline loop of the architecture takes less than a call. */
static __vpmem_inlined void small_clear(void *block, size_t bytes)
{
#if defined(__HAVE_ARCH_MEMSET64) && !defined(CONFIG_KMSAN)
	memset64(block, 0, bytes / sizeof(u64));
#else
	memset(block, 0, bytes);
#endif
}

/* Find the page of blocks that a pointer is in, of any adapter. Else return false. */
static __vpmem_inlined bool small_page_find(const void *block, struct small_page **found)
{
	unsigned long owner;

	if (!vpmem_page_owner(block, VPMEM_PAGE_OF_BLOCKS, &owner))
		return false;
	*found = (struct small_page *)owner;
	return true;
}

/*
 * Divide the offset of a pointer in its page by the size of its class, to get the index of
 * its block, which is less than the number of words. Set @inside if there is a remainder:
 * then the fraction is at least that of 1.
 */
static __vpmem_inlined unsigned int small_index(const struct small_page *page,
						const void *block, bool *inside)
{
	u64 quotient = (u64)offset_in_page(block) * page->reciprocal;

	*inside = (u32)quotient >= page->reciprocal;
	return quotient >> 32;
}

/*
 * Make a free block a live one: write its word, count it, and tell the tools. Then the caller
 * calls vpmem_peak_watch(), or the like with @counters, which are those of the slot.
 */
static __vpmem_inlined void
small_begin(const struct vpmem_slot *slot, struct vpmem_counters __percpu *counters,
	    struct small_free free, size_t size, size_t charge, gfp_t gfp)
{
	WRITE_ONCE(*free.word, slot->word | size);
	vpmem_count_alloc(counters, size, charge);
	if (want_init_on_alloc(gfp))
		small_clear(free.block, charge);
	else
		vpmem_mark_uninitialised(free.block, charge, gfp);
	kmemleak_alloc(free.block, charge, 1, gfp);
}

/* Undo that for a block whose word says that it is free. */
static __vpmem_inlined void small_end(const struct vpmem_slot *slot, void *block,
				      size_t size, size_t charge)
{
	vpmem_count_free(slot->counters, size, charge);
	kmemleak_free(block);
	if (want_init_on_free())
		small_clear(block, charge);
}

/*
 * Allocate from the magazine of this CPU. Return false if that needs vpmem_small_refill().
 * @counters are those of the slot, which the caller needs again: see small_begin().
 */
static __vpmem_inlined bool
small_alloc_fast(const struct vpmem_slot *slot, struct vpmem_counters __percpu *counters,
		 size_t size, unsigned int class, void **block)
{
	const struct small_free *top;
	struct small_magazine *magazine;
	struct small_cpu *cpu;
	struct small_free free;
	size_t charge;
	u16 count;

	preempt_disable();
	cpu = this_cpu_ptr(slot->adapter->small);
	/* An interrupt that writes it restores it. */
	if (unlikely(data_race(cpu->user) == SMALL_BUSY))
		goto slow;
	WRITE_ONCE(cpu->user, SMALL_BUSY);
	barrier();	/* order against an interrupt of this CPU */
	magazine = &cpu->magazine[class];
	/* Read it here, not before: an interrupt in between would take the same block. */
	count = magazine->count;
	if (unlikely(!count))
		goto empty;
	count--;
	top = &magazine->free[count];
	OPTIMIZER_HIDE_VAR(top);	/* or it is computed twice */
	free = *top;
	magazine->count = count;
	barrier();
	WRITE_ONCE(cpu->user, cpu->nr);
	charge = magazine->size;
	preempt_enable();
	small_begin(slot, counters, free, size, charge, VPMEM_GFP_LIGHT);
	*block = free.block;
	return true;
empty:
	WRITE_ONCE(cpu->user, cpu->nr);
slow:
	preempt_enable();
	return false;
}

/* Push a free block to the magazine of its home, if that is this CPU and not busy or full. */
static __vpmem_inlined bool small_push(struct small_cpu *home, struct small_magazine *magazine,
				       struct small_free free)
{
	int cpu = smp_processor_id();
	u16 count;

	/* Another CPU writes its own number or SMALL_BUSY, but never that of this one. */
	if (unlikely(data_race(home->user) != cpu))
		return false;
	WRITE_ONCE(home->user, SMALL_BUSY);
	barrier();	/* order against an interrupt of this CPU */
	count = magazine->count;
	if (unlikely(count == magazine->limit)) {
		WRITE_ONCE(home->user, cpu);
		return false;
	}
	magazine->free[count] = free;
	magazine->count = count + 1;
	barrier();
	WRITE_ONCE(home->user, cpu);
	return true;
}

/*
 * Tell whether a block of this kind may be freed without a message in the context that was
 * before preemption was disabled: not in an NMI, and not in atomic context if it is paged.
 */
static __vpmem_inlined bool small_may_free(u8 kind)
{
	if (kind == VPMEM_NONPAGED)
		return !in_nmi();
	return preempt_count() == PREEMPT_DISABLE_OFFSET && !irqs_disabled() &&
	       !rcu_preempt_depth();
}

/*
 * Free a live block of the adapter, or of any, if its kind is in @kinds and its tag is
 * @tag, or that is 0. Return false, and change nothing, if that needs the slow path. Of two
 * calls that free the same block one fails, because it cannot change the word.
 */
static __vpmem_inlined bool small_free_fast(void *block, unsigned int kinds, u32 tag,
					    const struct vpmem_adapter *adapter, bool any)
{
	struct small_free free = { .block = block };
	struct small_magazine *magazine;
	const struct vpmem_slot *slot;
	struct small_page *page;
	struct small_cpu *home;
	bool inside, pushed;
	u32 word;

	preempt_disable();
	if (unlikely(!small_page_find(block, &page)))
		goto slow;
	home = page->home;
	if (unlikely(!any && home->adapter != adapter))
		goto slow;
	free.word = &page->word[small_index(page, block, &inside)];
	word = READ_ONCE(*free.word);
	if (unlikely(!(word & VPMEM_WORD_LIVE) || inside))
		goto slow;
	slot = vpmem_slot_by_word(&home->adapter->tags, word);
	if (unlikely(!(BIT(slot->kind) & kinds) || (tag && slot->tag != tag) ||
		     !small_may_free(slot->kind)))
		goto slow;
	magazine = page->magazine;
	if (unlikely(!try_cmpxchg(free.word, &word, word & ~VPMEM_WORD_LIVE)))
		goto slow;
	small_end(slot, block, word & SMALL_SIZE_MASK, magazine->size);
	pushed = small_push(home, magazine, free);
	preempt_enable();
	if (unlikely(!pushed))
		vpmem_small_put(page, block);
	return true;
slow:
	preempt_enable();
	return false;
}

#endif /* VPMEM_SMALL_H */
