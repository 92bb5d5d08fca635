// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages of small blocks, and the slow paths to them, under the lock of the CPU that a page
 * belongs to.
 *
 * A page is in one of two lists of its CPU: partial, of its size class, if it has free
 * blocks, else full. Free blocks in a magazine count as not free here. Some empty pages of
 * each class are kept, at the end of the list, and further ones are freed.
 */
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "core/context.h"
#include "mem/small.h"
#include "mem/small_page.h"

#define EMPTY_KEPT	4

struct small_class vpmem_small_class[SMALL_CLASSES] __ro_after_init;

/*
 * Pages
 */

/* Link all blocks of a new page into its list of free ones. */
static void page_link_blocks(struct small_page *page, unsigned int blocks)
{
	unsigned int i;

	for (i = 0; i < blocks; i++)
		page->word[i] = i + 1;
	page->word[blocks - 1] = SMALL_NO_BLOCK;
	page->word[blocks] = 0;
	page->first = 0;
	page->free = blocks;
}

/*
 * Allocate a descriptor, alone in its cache lines: descriptors of pages of different CPUs
 * are written at the same time.
 */
static struct small_page *descriptor_alloc(unsigned int class, gfp_t gfp)
{
	const struct small_class *type = &vpmem_small_class[class];
	struct small_page *page;

	page = kmalloc(ALIGN(struct_size(page, word, type->blocks + 1), SMP_CACHE_BYTES), gfp);
	if (!page)
		return NULL;
	page->class = class;
	page->reciprocal = type->reciprocal;
	page_link_blocks(page, type->blocks);
	return page;
}

/*
 * Free pages that were removed from their lists, but descriptors after a grace period. Return
 * how many.
 */
static unsigned long pages_free(struct list_head *pages)
{
	struct small_page *page, *next;
	unsigned long count = 0;

	list_for_each_entry_safe(page, next, pages, node) {
		vpmem_page_clear_owner(page->page);
		__free_page(page->page);
		kfree_rcu(page, rcu);
		count++;
	}
	return count;
}

static bool page_is_empty(const struct small_page *page)
{
	return page->free == vpmem_small_class[page->class].blocks;
}

/* Take a block of a partial page. */
static struct small_free page_pop(struct small_page *page)
{
	struct small_free free = {
		.block = page_address(page->page) + page->first * page->magazine->size,
		.word = &page->word[page->first],
	};

	lockdep_assert_held(&page->home->lock);
	if (page_is_empty(page))
		page->home->empty[page->class]--;
	page->first = READ_ONCE(*free.word) & SMALL_SIZE_MASK;
	if (!--page->free)
		list_move(&page->node, &page->home->full);
	return free;
}

/*
 * Return a block to its page. Move a page that is not to be kept to @unused. If that is NULL, keep
 * all until memory is short: the context cannot free them.
 */
static void page_push(struct small_page *page, const void *block,
		      struct list_head *unused)
{
	struct small_cpu *home = page->home;
	bool inside;
	unsigned int index = small_index(page, block, &inside);
	u32 word = READ_ONCE(page->word[index]);

	lockdep_assert_held(&home->lock);
	WRITE_ONCE(page->word[index], (word & ~SMALL_SIZE_MASK) | page->first);
	page->first = index;
	if (!page->free++)
		list_move(&page->node, &home->partial[page->class]);
	if (!page_is_empty(page))
		return;
	if (unused && home->empty[page->class] >= EMPTY_KEPT) {
		list_move(&page->node, unused);
	} else {
		home->empty[page->class]++;
		list_move_tail(&page->node, &home->partial[page->class]);
	}
}

/*
 * Magazines
 */

static struct small_page *partial_page(struct small_cpu *cpu, unsigned int class)
{
	return list_first_entry_or_null(&cpu->partial[class], struct small_page, node);
}

/* Fill most of an empty magazine from the first partial page; the rest is for frees. */
static void magazine_fill(struct small_cpu *cpu, unsigned int class)
{
	struct small_magazine *magazine = &cpu->magazine[class];
	struct small_page *page = partial_page(cpu, class);
	unsigned int blocks;

	if (!page || magazine->count)
		return;
	blocks = min_t(unsigned int, page->free, magazine->limit * 3 / 4);
	while (blocks--)
		magazine->free[magazine->count++] = page_pop(page);
}

/* Return the oldest blocks of a magazine to their pages. */
static void magazine_spill(struct small_magazine *magazine, unsigned int blocks,
			   struct list_head *unused)
{
	void *block;
	unsigned int i;

	for (i = 0; i < blocks; i++) {
		block = magazine->free[i].block;
		page_push((struct small_page *)page_private(virt_to_page(block)), block,
			  unused);
	}
	magazine->count -= blocks;
	memmove(magazine->free, magazine->free + blocks,
		magazine->count * sizeof(magazine->free[0]));
}

/* Empty all magazines of a CPU: this one with interrupts off, or one that is offline. */
static void magazines_empty(struct small_cpu *cpu, struct list_head *unused)
{
	unsigned int class;

	for (class = 0; class < SMALL_CLASSES; class++)
		magazine_spill(&cpu->magazine[class], cpu->magazine[class].count, unused);
}

/*
 * Allocation
 */

/* Lock the pages of this CPU. */
static struct small_cpu *this_cpu_lock(const struct vpmem_adapter *adapter,
				       unsigned long *flags)
{
	struct small_cpu *cpu;

	local_irq_save(*flags);
	cpu = this_cpu_ptr(adapter->small);
	raw_spin_lock(&cpu->lock);
	/* Tell sparse that it is not held: callers release it by cpu_unlock(). */
	__release(&cpu->lock);
	return cpu;
}

static void cpu_unlock(struct small_cpu *cpu, unsigned long flags)
{
	__acquire(&cpu->lock);
	raw_spin_unlock_irqrestore(&cpu->lock, flags);
}

/* Take a block, and more for the magazine unless an interrupt came in the middle of its use. */
static bool cpu_take(struct small_cpu *cpu, unsigned int class, struct small_free *free)
{
	struct small_page *page = partial_page(cpu, class);

	if (!page)
		return false;
	*free = page_pop(page);
	if (cpu->user != SMALL_BUSY)
		magazine_fill(cpu, class);
	return true;
}

static bool this_cpu_take(const struct vpmem_adapter *adapter, unsigned int class,
			  struct small_free *free)
{
	unsigned long flags;
	struct small_cpu *cpu = this_cpu_lock(adapter, &flags);
	bool taken = cpu_take(cpu, class, free);

	cpu_unlock(cpu, flags);
	return taken;
}

/*
 * Allocate a block, and fill the magazine of this CPU again. Return NULL if that needs a new
 * page.
 */
void *vpmem_small_refill(const struct vpmem_slot *slot, size_t size, unsigned int class)
{
	struct small_free free;

	if (!this_cpu_take(slot->adapter, class, &free))
		return NULL;
	small_begin(slot, slot->counters, free, size, vpmem_small_class[class].size,
		    VPMEM_GFP_LIGHT);
	return vpmem_peak_watch(slot, free.block);
}

/* Give a new page to this CPU, and take a block. */
static bool new_page_take(const struct vpmem_adapter *adapter, struct small_page *page,
			  struct small_free *free)
{
	unsigned long flags;
	struct small_cpu *cpu = this_cpu_lock(adapter, &flags);
	bool taken;

	page->home = cpu;
	page->magazine = &cpu->magazine[page->class];
	vpmem_page_set_owner(page->page, page, VPMEM_PAGE_OF_BLOCKS);
	list_add(&page->node, &cpu->partial[page->class]);
	cpu->empty[page->class]++;
	taken = cpu_take(cpu, page->class, free);
	cpu_unlock(cpu, flags);
	return taken;
}

/* Take the first block of a new page. Return false if there is no memory for it. */
static bool new_take(const struct vpmem_adapter *adapter, unsigned int class, gfp_t gfp,
		     struct small_free *free)
{
	struct small_page *page = vpmem_locks_sleep() ? NULL : descriptor_alloc(class, gfp);

	if (!page)
		return false;
	page->page = alloc_page(gfp);
	if (page->page)
		return new_page_take(adapter, page, free);
	kfree(page);
	return false;
}

/* Take a block of a page of any CPU: the last resort when there is no memory. */
static bool any_cpu_take(const struct vpmem_adapter *adapter, unsigned int class,
			 struct small_free *free)
{
	struct small_page *page = NULL;
	struct small_cpu *cpu;
	unsigned long flags;
	int nr;

	for_each_possible_cpu(nr) {
		cpu = per_cpu_ptr(adapter->small, nr);
		raw_spin_lock_irqsave(&cpu->lock, flags);
		page = partial_page(cpu, class);
		if (page)
			*free = page_pop(page);
		raw_spin_unlock_irqrestore(&cpu->lock, flags);
		if (page)
			break;
	}
	return page;
}

/*
 * Take a block of a class that the magazine of this CPU does not have. Return false if
 * there is no memory.
 */
bool vpmem_small_take(const struct vpmem_adapter *adapter, unsigned int class, gfp_t gfp,
		      struct small_free *free)
{
	return this_cpu_take(adapter, class, free) || new_take(adapter, class, gfp, free) ||
	       any_cpu_take(adapter, class, free);
}

/*
 * Free
 */

/* Free a block whose word says so already, to its page and not to a magazine. */
void vpmem_small_put(struct small_page *page, void *block)
{
	struct small_cpu *home = page->home;
	struct small_magazine *magazine;
	struct list_head *to_free;
	unsigned long flags;
	LIST_HEAD(unused);

	to_free = vpmem_locks_sleep() ? NULL : &unused;
	raw_spin_lock_irqsave(&home->lock, flags);
	magazine = &home->magazine[page->class];
	if (READ_ONCE(home->user) == smp_processor_id() &&
	    magazine->count == magazine->limit)
		magazine_spill(magazine, magazine->limit / 2, to_free);
	page_push(page, block, to_free);
	raw_spin_unlock_irqrestore(&home->lock, flags);
	pages_free(&unused);
}

/*
 * Memory pressure, CPUs that go offline, detach
 */

static unsigned long pages_count(const struct list_head *pages)
{
	const struct list_head *node;
	unsigned long count = 0;

	list_for_each(node, pages)
		count++;
	return count;
}

static void cpu_shrink(struct small_cpu *cpu, struct list_head *unused)
{
	struct small_page *page;
	unsigned int class;

	lockdep_assert_held(&cpu->lock);
	for (class = 0; class < SMALL_CLASSES; class++) {
		for (; cpu->empty[class]; cpu->empty[class]--) {
			page = list_last_entry(&cpu->partial[class], struct small_page, node);
			list_move(&page->node, unused);
		}
	}
}

/*
 * Free the empty pages of a CPU, after emptying its magazines if @idle: nobody uses them. Return
 * how many.
 */
unsigned long vpmem_small_shrink_cpu(const struct vpmem_adapter *adapter, int nr, bool idle)
{
	struct small_cpu *cpu = per_cpu_ptr(adapter->small, nr);
	unsigned long flags;
	LIST_HEAD(unused);

	raw_spin_lock_irqsave(&cpu->lock, flags);
	if (idle)
		magazines_empty(cpu, &unused);
	cpu_shrink(cpu, &unused);
	raw_spin_unlock_irqrestore(&cpu->lock, flags);
	return pages_free(&unused);
}

/* Do that for this CPU, and empty its magazines. */
unsigned long vpmem_small_shrink_this_cpu(const struct vpmem_adapter *adapter)
{
	unsigned long flags;
	struct small_cpu *cpu = this_cpu_lock(adapter, &flags);
	LIST_HEAD(unused);

	if (cpu->user != SMALL_BUSY)
		magazines_empty(cpu, &unused);
	cpu_shrink(cpu, &unused);
	cpu_unlock(cpu, flags);
	return pages_free(&unused);
}

/*
 * Return about how many pages vpmem_small_shrink() may free of a CPU: the empty ones, and one
 * for each magazine, whose blocks may be all that a page has.
 */
unsigned long vpmem_small_idle_cpu(const struct vpmem_adapter *adapter, int nr)
{
	const struct small_cpu *cpu = per_cpu_ptr(adapter->small, nr);
	unsigned long pages = 0;
	unsigned int class;

	for (class = 0; class < SMALL_CLASSES; class++)
		/* An estimate: the CPU goes on meanwhile. */
		pages += data_race(cpu->empty[class] + !!cpu->magazine[class].count);
	return pages;
}

/* Count the pages of a CPU. */
unsigned long vpmem_small_count_cpu(const struct vpmem_adapter *adapter, int nr)
{
	struct small_cpu *cpu = per_cpu_ptr(adapter->small, nr);
	unsigned long flags, pages;
	unsigned int class;

	raw_spin_lock_irqsave(&cpu->lock, flags);
	pages = pages_count(&cpu->full);
	for (class = 0; class < SMALL_CLASSES; class++)
		pages += pages_count(&cpu->partial[class]);
	raw_spin_unlock_irqrestore(&cpu->lock, flags);
	return pages;
}

/* Forget pages with live blocks, but leave their memory to those that use it. */
static void pages_abandon(struct list_head *pages)
{
	struct small_page *page, *next;

	list_for_each_entry_safe(page, next, pages, node) {
		list_del(&page->node);
		vpmem_page_clear_owner(page->page);
		kfree_rcu(page, rcu);
	}
}

/* Free the pages of a CPU of an adapter that has no calls any more. */
void vpmem_small_free_cpu(const struct vpmem_adapter *adapter, int nr)
{
	struct small_cpu *cpu = per_cpu_ptr(adapter->small, nr);
	unsigned long flags;
	unsigned int class;
	LIST_HEAD(live);

	vpmem_small_shrink_cpu(adapter, nr, true);
	raw_spin_lock_irqsave(&cpu->lock, flags);
	for (class = 0; class < SMALL_CLASSES; class++)
		list_splice_init(&cpu->partial[class], &live);
	list_splice_init(&cpu->full, &live);
	raw_spin_unlock_irqrestore(&cpu->lock, flags);
	pages_abandon(&live);
}
