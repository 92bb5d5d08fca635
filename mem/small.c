// SPDX-License-Identifier: GPL-2.0-only
/*
 * Small blocks: size classes, the slow paths of allocation and free, and the life of the
 * pages with their adapter, with the CPUs and under memory pressure.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/jiffies.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/tags.h"
#include "core/testing.h"
#include "mem/small.h"
#include "mem/small_kmalloc.h"
#include "mem/small_page.h"

static bool kmalloc_blocks = IS_ENABLED(CONFIG_KASAN);
module_param_named(kmalloc, kmalloc_blocks, bool, 0444);
MODULE_PARM_DESC(kmalloc,
		 "Allocate small blocks by kmalloc() one by one, so that slub_debug and KASAN see each of them");

DEFINE_STATIC_KEY_FALSE(vpmem_small_kmalloc);

u8 vpmem_small_index[2 * SMALL_STEPS] __ro_after_init;

/*
 * Size classes
 */

/* Bytes that the free blocks of a magazine may have, and their number */
#define MAGAZINE_BYTES	8192
#define MAGAZINE_LEAST	2

/* Least step between classes, as a shift: page sizes above 4 KiB would have too many. */
#define CLASS_STEP_SHIFT	(PAGE_SHIFT > 12 ? 2 : 5)

static void __init class_init(struct small_class *class, unsigned int size)
{
	class->size = size;
	class->reciprocal = div_u64(BIT_ULL(32) + size - 1, size);
	class->blocks = PAGE_SIZE / size;
	class->limit = clamp_t(unsigned int, MAGAZINE_BYTES / size, MAGAZINE_LEAST,
			       ARRAY_SIZE(((struct small_magazine *)0)->free));
}

/* Make a class of each size of which a page has more blocks than of the next one. */
static void __init classes_init(void)
{
	unsigned int blocks, size, last = 0, count = 0;

	for (blocks = PAGE_SIZE / SMALL_STEP; blocks; blocks--) {
		size = round_down(PAGE_SIZE / blocks, SMALL_STEP);
		if (size < last + max_t(unsigned int, SMALL_STEP, last >> CLASS_STEP_SHIFT))
			continue;
		if (WARN_ON(count == SMALL_CLASSES))
			break;
		class_init(&vpmem_small_class[count++], size);
		last = size;
	}
}

/* Index the smallest class for each size whose blocks are aligned to @align. */
static void __init index_init(u8 *index, size_t align)
{
	unsigned int step, class = 0;

	for (step = 0; step < SMALL_STEPS; step++) {
		while (vpmem_small_class[class].size < step * SMALL_STEP ||
		       !IS_ALIGNED(vpmem_small_class[class].size, align))
			class++;
		index[step] = class;
	}
}

/*
 * Allocation
 */

/* Tell whether a block should come from kmalloc(), where KFENCE may choose it. */
static bool sample_is_due(const struct vpmem_adapter *adapter)
{
	struct small_cpu *cpu;

	/* PREEMPT_RT cannot free such a block with interrupts off. */
	if (!IS_ENABLED(CONFIG_KFENCE) || IS_ENABLED(CONFIG_PREEMPT_RT))
		return false;
	cpu = raw_cpu_ptr(adapter->small);
	if (time_before(jiffies, READ_ONCE(cpu->sampled) + HZ / 10))
		return false;
	WRITE_ONCE(cpu->sampled, jiffies);
	return true;
}

/* Return what a block of kmalloc() counts for. */
static size_t kmalloc_charge(size_t size)
{
	return vpmem_small_class[small_class_of(size, false)].size;
}

/* Allocate a block that the magazine of this CPU does not have, or by kmalloc(). */
void *vpmem_small_alloc(struct vpmem_slot *slot, size_t size, bool aligned, gfp_t gfp)
{
	bool by_kmalloc = static_branch_unlikely(&vpmem_small_kmalloc);
	unsigned int class = small_class_of(size, aligned);
	struct small_free free;
	void *block;

	if (by_kmalloc || sample_is_due(slot->adapter)) {
		block = vpmem_small_kmalloc_alloc(slot, size, aligned,
						  kmalloc_charge(size), gfp);
		if (block || by_kmalloc)
			return block;
	}
	if (!vpmem_small_take(slot->adapter, class, gfp, &free))
		return NULL;
	small_begin(slot, slot->counters, free, size, vpmem_small_class[class].size, gfp);
	return vpmem_peak_watch(slot, free.block);
}

/*
 * Lookup and free
 */

static bool page_find(const void *block, struct small_found *found)
{
	struct small_page *page;

	if (!small_page_find(block, &page))
		return false;
	found->adapter = page->home->adapter;
	found->page = page;
	found->place = &page->word[small_index(page, block, &found->inside)];
	found->word = READ_ONCE(*found->place);
	found->live = found->word & VPMEM_WORD_LIVE;
	return found->word & VPMEM_WORD_USED;
}

/*
 * Find the small block, live or freed, that a pointer is in. For RCU readers, who may use
 * what was found until they end their section. Return false if there is none.
 */
bool vpmem_small_find(const void *block, struct small_found *found)
{
	memset(found, 0, sizeof(*found));
	if (!page_find(block, found) && !vpmem_small_kmalloc_find(block, found))
		return false;
	found->slot = vpmem_slot_by_word(&found->adapter->tags, found->word);
	found->size = found->word & SMALL_SIZE_MASK;
	return true;
}

static bool page_claim(const struct small_found *found)
{
	u32 freed = found->word & ~VPMEM_WORD_LIVE;

	return cmpxchg(found->place, found->word, freed) == found->word;
}

/*
 * Claim a live block that was found, to free it. Of two calls for the same block one
 * returns true. For RCU readers.
 */
bool vpmem_small_claim(const void *block, const struct small_found *found)
{
	return found->page ? page_claim(found) : vpmem_small_kmalloc_claim(block, found);
}

/* Free a block that was claimed. */
void vpmem_small_free(void *block, const struct small_found *found)
{
	if (!found->page) {
		vpmem_count_free(found->slot->counters, found->size,
				 kmalloc_charge(found->size));
		kfree(block);
		return;
	}
	small_end(found->slot, block, found->size, found->page->magazine->size);
	vpmem_small_put(found->page, block);
}

/*
 * Memory pressure: empty pages of all CPUs are freed at once, and each CPU empties its
 * magazines in a work item, since no other CPU may.
 */

static void shrink_this_cpu(struct work_struct *unused)
{
	struct vpmem_adapter *adapter;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		vpmem_small_shrink_this_cpu(adapter);
	rcu_read_unlock();
}

static DEFINE_PER_CPU(struct work_struct, shrink_work);

/* Return about how many pages vpmem_small_shrink() may free. */
unsigned long vpmem_small_idle(void)
{
	struct vpmem_adapter *adapter;
	unsigned long pages = 0;
	int cpu;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		for_each_possible_cpu(cpu)
			pages += vpmem_small_idle_cpu(adapter, cpu);
	rcu_read_unlock();
	return pages;
}

/* Free the pages without live blocks. Return about how many. */
unsigned long vpmem_small_shrink(void)
{
	unsigned long pages = vpmem_small_idle();
	struct vpmem_adapter *adapter;
	int cpu;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		for_each_possible_cpu(cpu)
			vpmem_small_shrink_cpu(adapter, cpu, false);
	rcu_read_unlock();
	for_each_online_cpu(cpu)
		schedule_work_on(cpu, per_cpu_ptr(&shrink_work, cpu));
	return pages;
}

/* Free those of an adapter that needs no other CPU. In any context. Return how many. */
unsigned long vpmem_small_spare(const struct vpmem_adapter *adapter)
{
	unsigned long pages = vpmem_small_shrink_this_cpu(adapter);
	int cpu;

	for_each_possible_cpu(cpu)
		pages += vpmem_small_shrink_cpu(adapter, cpu, false);
	return pages;
}

unsigned long vpmem_small_pages(void *extension, bool shrink)
{
	struct vpmem_adapter *adapter = vpmem_adapter(extension);
	unsigned long pages = 0;
	int cpu;

	if (shrink)
		vpmem_small_shrink();
	for_each_possible_cpu(cpu) {
		flush_work(per_cpu_ptr(&shrink_work, cpu));
		pages += vpmem_small_count_cpu(adapter, cpu);
	}
	return pages;
}
EXPORT_SYMBOL_NS_GPL(vpmem_small_pages, VPMEM_TEST_NS);

/* Free what an offline CPU has at hand. */
static int small_cpu_dead(unsigned int cpu)
{
	struct vpmem_adapter *adapter;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		vpmem_small_shrink_cpu(adapter, cpu, true);
	rcu_read_unlock();
	return 0;
}

/*
 * Adapter
 */

static void small_cpu_init(struct small_cpu *cpu, int nr, struct vpmem_adapter *adapter)
{
	unsigned int class;

	cpu->nr = nr;
	cpu->user = nr;
	cpu->adapter = adapter;
	cpu->sampled = jiffies;
	raw_spin_lock_init(&cpu->lock);
	INIT_LIST_HEAD(&cpu->full);
	for (class = 0; class < SMALL_CLASSES; class++) {
		INIT_LIST_HEAD(&cpu->partial[class]);
		cpu->magazine[class].limit = vpmem_small_class[class].limit;
		cpu->magazine[class].size = vpmem_small_class[class].size;
	}
}

/* Return 0 or -ENOMEM. The per-CPU allocator drops __GFP_RETRY_MAYFAIL, hence the scope. */
int vpmem_small_attach(struct vpmem_adapter *adapter)
{
	unsigned int flags = vpmem_no_oom_begin();
	int cpu;

	adapter->small = alloc_percpu_gfp(struct small_cpu, VPMEM_GFP_PASSIVE);
	vpmem_no_oom_end(flags);
	if (!adapter->small)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		small_cpu_init(per_cpu_ptr(adapter->small, cpu), cpu, adapter);
	return vpmem_small_kmalloc_attach(adapter);
}

/*
 * Free the pages of an adapter that has no calls any more. Live blocks stay where they are:
 * the code that forgot them may still use them. Lookups of unknown pointers that have found
 * a page may use it, and what it leads to, for a grace period; later ones find none.
 */
void vpmem_small_close(struct vpmem_adapter *adapter)
{
	int cpu;

	for_each_possible_cpu(cpu)
		vpmem_small_free_cpu(adapter, cpu);
}

/* Free what such lookups used, a grace period later. */
void vpmem_small_detach(struct vpmem_adapter *adapter)
{
	if (!adapter->small)
		return;
	if (adapter->small_kmalloc)
		vpmem_small_kmalloc_detach(adapter);
	free_percpu(adapter->small);
	adapter->small = NULL;
}

/*
 * Module
 */

static int hotplug_state;

int __init vpmem_small_init(void)
{
	int cpu;

	classes_init();
	index_init(vpmem_small_index, SMALL_STEP);
	index_init(vpmem_small_index + SMALL_STEPS, SMALL_CACHE_ALIGN);
	for_each_possible_cpu(cpu)
		INIT_WORK(per_cpu_ptr(&shrink_work, cpu), shrink_this_cpu);
	hotplug_state = cpuhp_setup_state_nocalls(CPUHP_BP_PREPARE_DYN, "vpmem:small", NULL,
						  small_cpu_dead);
	if (hotplug_state < 0)
		return hotplug_state;
	if (kmalloc_blocks)
		static_branch_enable(&vpmem_small_kmalloc);
	return 0;
}

void vpmem_small_exit(void)
{
	int cpu;

	cpuhp_remove_state_nocalls(hotplug_state);
	for_each_possible_cpu(cpu)
		cancel_work_sync(per_cpu_ptr(&shrink_work, cpu));
}
