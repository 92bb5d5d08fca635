// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parked regions: records whose block was freed, with their memory, until a block of the
 * same number of pages needs them.
 *
 * Each adapter has slots for each CPU: one for each number of pages, and for each of pool,
 * common buffers and contiguous memory. A slot is filled and emptied by one atomic
 * instruction, so interrupts, preemption and other CPUs that empty it need no lock. The
 * region stays in the table (mem/table.c), without a reference. Whoever takes it from its
 * slot owns it.
 *
 * The memory is freed by the shrinker and before an allocation of the adapter fails, along with
 * pages that have no small blocks, when verify mode is switched, and at detach. Nothing is
 * parked where a tool checks each free: under KASAN and KMSAN, with debug_pagealloc, and in
 * verify mode, but for a free that was under way when that began.
 */
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/testing.h"
#include "core/views.h"
#include "mem/regions.h"
#include "mem/small.h"

/* Most pages that are parked for an adapter and CPU */
#define PARK_MOST	max_t(int, SZ_256K >> PAGE_SHIFT, VPMEM_PARK_PAGES)

enum park_family {
	PARK_POOL,
	PARK_COMMON,
	PARK_CONTIG,
	PARK_FAMILIES,
};

/* Slots of an adapter and CPU */
struct vpmem_park {
	struct vpmem_region *slot[PARK_FAMILIES * VPMEM_PARK_PAGES];
	atomic_t pages;
	unsigned int victim;		/* slot to look at first; a hint */
};

static struct shrinker *shrinker __ro_after_init;

int vpmem_parks_attach(struct vpmem_adapter *adapter)
{
	unsigned int flags = vpmem_no_oom_begin();

	adapter->park = alloc_percpu_gfp(struct vpmem_park, VPMEM_GFP_PASSIVE);
	vpmem_no_oom_end(flags);
	return adapter->park ? 0 : -ENOMEM;
}

static struct vpmem_region **park_slot(struct vpmem_park *park, enum vpmem_kind kind,
				       unsigned int pages)
{
	enum park_family family = kind == VPMEM_COMMON ? PARK_COMMON :
				  kind == VPMEM_CONTIG ? PARK_CONTIG : PARK_POOL;

	return &park->slot[family * VPMEM_PARK_PAGES + pages - 1];
}

/* Empty a slot. Return the region that was parked there, which the caller owns, or NULL. */
static struct vpmem_region *slot_empty(struct vpmem_park *park, struct vpmem_region **slot)
{
	struct vpmem_region *region = READ_ONCE(*slot) ? xchg(slot, NULL) : NULL;

	if (region)
		atomic_sub(vpmem_region_pages(region), &park->pages);
	return region;
}

/*
 * Take a region of that many pages. Return NULL if none is parked here. There are 0 pages if
 * the size has wrapped.
 */
struct vpmem_region *vpmem_park_take(struct vpmem_adapter *adapter, enum vpmem_kind kind,
				     unsigned long pages)
{
	struct vpmem_park *park = raw_cpu_ptr(adapter->park);

	if (kind > VPMEM_CONTIG || !pages || pages > VPMEM_PARK_PAGES)
		return NULL;
	return slot_empty(park, park_slot(park, kind, pages));
}

/* Free a parked region, to make space: each slot in turn, so that none keeps its region. */
static bool park_evict(struct vpmem_park *park)
{
	struct vpmem_region *region;
	unsigned int i, at;

	for (i = 0; i < ARRAY_SIZE(park->slot); i++) {
		at = READ_ONCE(park->victim) % ARRAY_SIZE(park->slot);
		WRITE_ONCE(park->victim, at + 1);
		region = slot_empty(park, &park->slot[at]);
		if (!region)
			continue;
		vpmem_region_discard(region);
		return true;
	}
	return false;
}

/* Park a region without references. Return false if there is no slot or space for it. */
bool vpmem_park_put(struct vpmem_region *region)
{
	struct vpmem_park *park = raw_cpu_ptr(region->adapter->park);
	int pages = vpmem_region_pages(region);
	struct vpmem_region **slot = park_slot(park, region->slot->kind, pages);

	if (READ_ONCE(*slot))
		return false;
	if (atomic_add_return(pages, &park->pages) > PARK_MOST)
		while (park_evict(park) && atomic_read(&park->pages) > PARK_MOST)
			;
	if (!cmpxchg(slot, NULL, region))
		return true;
	atomic_sub(pages, &park->pages);
	return false;
}

static unsigned long park_drain(struct vpmem_park *park)
{
	struct vpmem_region *region;
	unsigned long pages = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(park->slot); i++) {
		region = slot_empty(park, &park->slot[i]);
		if (!region)
			continue;
		pages += vpmem_region_pages(region);
		vpmem_region_discard(region);
	}
	return pages;
}

/*
 * Free the parked regions of an adapter, and those in quarantine. Callers run in a call of the
 * adapter, are its detach, or hold vpmem_adapters_lock, for which a detach waits. Return their
 * pages.
 */
unsigned long vpmem_kept_drain(struct vpmem_adapter *adapter)
{
	unsigned long pages = vpmem_quarantine_drain(adapter);
	int cpu;

	for_each_possible_cpu(cpu)
		pages += park_drain(per_cpu_ptr(adapter->park, cpu));
	return pages;
}

/*
 * Free the memory that an adapter has without blocks, before an allocation of it fails. Return
 * whether there was any, so that trying again may help.
 */
bool vpmem_spare_free(struct vpmem_adapter *adapter)
{
	return !vpmem_locks_sleep() &&
	       vpmem_kept_drain(adapter) + vpmem_small_spare(adapter);
}

/* Free those of all adapters. May sleep. */
void vpmem_kept_drain_all(void)
{
	struct vpmem_adapter *adapter;

	mutex_lock(&vpmem_adapters_lock);
	list_for_each_entry(adapter, &vpmem_adapters, node)
		vpmem_kept_drain(adapter);
	mutex_unlock(&vpmem_adapters_lock);
}

/* Free them after the last call, and wait for a shrinker that is about to free others. */
void vpmem_parks_close(struct vpmem_adapter *adapter)
{
	mutex_lock(&vpmem_adapters_lock);
	vpmem_kept_drain(adapter);
	mutex_unlock(&vpmem_adapters_lock);
}

/*
 * Shrinker
 */

static unsigned long parked_pages(const struct vpmem_adapter *adapter)
{
	unsigned long pages = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		pages += atomic_read(&per_cpu_ptr(adapter->park, cpu)->pages);
	return pages;
}

static unsigned long kept_pages(const struct vpmem_adapter *adapter)
{
	return parked_pages(adapter) + vpmem_quarantine_pages(adapter);
}

/* Return the sum of what @count returns for each adapter. */
static unsigned long pages_of_all(unsigned long (*count)(const struct vpmem_adapter *adapter))
{
	struct vpmem_adapter *adapter;
	unsigned long pages = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node)
		pages += count(adapter);
	rcu_read_unlock();
	return pages;
}

static unsigned long shrink_count(struct shrinker *unused, struct shrink_control *control)
{
	return pages_of_all(kept_pages) + vpmem_small_idle();
}

/*
 * Free until there is enough: pages without small blocks, then parked regions. The lock may be
 * held by this very task: do not wait.
 */
static unsigned long shrink_scan(struct shrinker *unused, struct shrink_control *control)
{
	unsigned long pages = vpmem_small_shrink();
	struct vpmem_adapter *adapter;

	if (!mutex_trylock(&vpmem_adapters_lock))
		return pages ?: SHRINK_STOP;
	list_for_each_entry(adapter, &vpmem_adapters, node) {
		pages += vpmem_kept_drain(adapter);
		if (pages >= control->nr_to_scan)
			break;
	}
	mutex_unlock(&vpmem_adapters_lock);
	return pages ?: SHRINK_STOP;
}

unsigned long vpmem_parks_shrink(void)
{
	struct shrink_control control = { .gfp_mask = GFP_KERNEL, .nr_to_scan = ULONG_MAX };
	unsigned long pages = pages_of_all(kept_pages);

	shrink_scan(shrinker, &control);
	return pages - pages_of_all(kept_pages);
}
EXPORT_SYMBOL_NS_GPL(vpmem_parks_shrink, VPMEM_TEST_NS);

/*
 * View "parked"
 */

static int parked_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	unsigned long pages = adapter ? parked_pages(adapter) :
					pages_of_all(parked_pages);

	seq_printf(m, "%lu\n", pages << PAGE_SHIFT);
	return 0;
}

static struct vpmem_view parked_view = {
	.name = "parked",
	.places = VPMEM_VIEW_ALL | VPMEM_VIEW_ADAPTERS,
	.show = parked_show,
};

void __init vpmem_parks_init(void)
{
	vpmem_view_register(&parked_view);
	shrinker = vpmem_shrinker_register(shrink_count, shrink_scan);
	vpmem_parks = shrinker && !IS_ENABLED(CONFIG_KASAN) && !IS_ENABLED(CONFIG_KMSAN) &&
		      !debug_pagealloc_enabled_static();
}

void vpmem_parks_exit(void)
{
	vpmem_shrinker_free(shrinker);
}
