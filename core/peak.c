// SPDX-License-Identifier: GPL-2.0-only
/*
 * Peaks: the most live bytes of each slot.
 *
 * The live bytes are a sum over all CPUs, so an exact peak would need the counters of all
 * of them at each allocation. Instead each CPU has a watch, which is a value of its own
 * bytes: those that it has allocated less those that it has freed. An allocation that takes
 * them above the watch samples the sum, here. After a sample the watches leave the CPUs a
 * number of bytes that they may allocate without another one: what the peak is above the
 * sum, and an error. Half of that is for the CPU that samples, because it will probably
 * allocate next, and an equal share of the other half for each CPU.
 *
 * While no CPU is above its watch, all of them together are not above the peak and the
 * error. A CPU may get a lower watch from another one, but a higher one only from itself,
 * so a free need not look at it.
 *
 * The error is a part of the peak. If several CPUs use a tag, and free blocks of each other,
 * a CPU comes above its watch although the sum is low. Each such sample allows each CPU some
 * bytes more, so that they get rare.
 */
#include <linux/jiffies.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/seq_file.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/tags.h"
#include "core/views.h"

#define ERROR_SHIFT	5		/* of the peak */
#define SLACK_FIRST	64
#define SLACK_MAX	1024

static struct vpmem_peak *peak_of(const struct vpmem_slot *slot)
{
	unsigned int id = slot->word >> VPMEM_WORD_SLOT_SHIFT & (VPMEM_TAG_SLOTS - 1);

	return &slot->adapter->tags.chunk[id / VPMEM_CHUNK_SLOTS]->peak[id % VPMEM_CHUNK_SLOTS];
}

static unsigned long bytes_of(const struct vpmem_counters *counters)
{
	return (unsigned long)READ_ONCE(counters->bytes_in) -
	       (unsigned long)READ_ONCE(counters->bytes_out);
}

/* Lower the watch of a CPU; that of this one may rise. */
static void watch_set(struct vpmem_counters *counters, u64 allowed, bool own)
{
	unsigned long watch = bytes_of(counters) + min_t(u64, allowed, LONG_MAX);

	if (own || (long)(watch - counters->watch) < 0)
		WRITE_ONCE(counters->watch, watch);
}

static void watches_set(const struct vpmem_slot *slot, u64 allowed)
{
	u64 share = div_u64(allowed / 2, num_possible_cpus());
	int cpu;

	for_each_possible_cpu(cpu)
		watch_set(per_cpu_ptr(slot->counters, cpu), share, false);
	watch_set(this_cpu_ptr(slot->counters), allowed / 2, true);
}

static void peak_update(const struct vpmem_slot *slot, bool reset)
{
	struct vpmem_peak *peak = peak_of(slot);
	u64 live = vpmem_slot_live(slot);

	lockdep_assert_held(&slot->adapter->tags.peak_lock);
	if (reset)
		peak->slack = 0;
	if (reset || live > peak->bytes)
		WRITE_ONCE(peak->bytes, live);
	else
		peak->slack = min_t(u32, 2 * peak->slack + SLACK_FIRST, SLACK_MAX);
	watches_set(slot, peak->bytes - live + (peak->bytes >> ERROR_SHIFT) +
			  (u64)peak->slack * num_possible_cpus());
}

/* Return @block, whose allocation made the sample necessary. */
void *vpmem_peak_sample(const struct vpmem_slot *slot, void *block)
{
	struct vpmem_tags *tags = &slot->adapter->tags;
	unsigned long flags;

	raw_spin_lock_irqsave(&tags->peak_lock, flags);
	peak_update(slot, false);
	raw_spin_unlock_irqrestore(&tags->peak_lock, flags);
	return block;
}

/* Return the peak of a slot, which is not below the live bytes that a reader has found. */
u64 vpmem_peak_read(const struct vpmem_slot *slot, u64 live)
{
	struct vpmem_tags *tags = &slot->adapter->tags;
	struct vpmem_peak *peak = peak_of(slot);
	unsigned long flags;

	if (IS_ENABLED(CONFIG_64BIT) && READ_ONCE(peak->bytes) >= live)
		return READ_ONCE(peak->bytes);
	raw_spin_lock_irqsave(&tags->peak_lock, flags);
	live = max(peak->bytes, live);
	WRITE_ONCE(peak->bytes, live);
	raw_spin_unlock_irqrestore(&tags->peak_lock, flags);
	return live;
}

/*
 * View "peaks": milliseconds since the peaks began. A write lets them begin again.
 */

static u64 all_since;			/* last reset of all adapters */

static void peaks_reset(struct vpmem_adapter *adapter)
{
	struct vpmem_tags *tags = &adapter->tags;
	unsigned int id, slots = vpmem_slots(tags);
	unsigned long flags;

	for (id = 0; id < slots; id++) {
		raw_spin_lock_irqsave(&tags->peak_lock, flags);
		peak_update(vpmem_slot_by_id(tags, id), true);
		raw_spin_unlock_irqrestore(&tags->peak_lock, flags);
		cond_resched();
	}
	WRITE_ONCE(tags->peaks_since, get_jiffies_64());
}

static int peaks_write(struct vpmem_adapter *adapter, const char *text)
{
	if (strcmp(text, "reset"))
		return -EINVAL;
	if (adapter) {
		peaks_reset(adapter);
		return 0;
	}
	mutex_lock(&vpmem_adapters_lock);
	list_for_each_entry(adapter, &vpmem_adapters, node)
		peaks_reset(adapter);
	WRITE_ONCE(all_since, get_jiffies_64());
	mutex_unlock(&vpmem_adapters_lock);
	return 0;
}

static int peaks_show(struct seq_file *m, struct vpmem_adapter *adapter)
{
	u64 since = adapter ? READ_ONCE(adapter->tags.peaks_since) : READ_ONCE(all_since);

	if (since)
		seq_printf(m, "%llu\n", jiffies64_to_msecs(get_jiffies_64() - since));
	else
		seq_puts(m, "-\n");
	return 0;
}

static struct vpmem_view peaks_view = {
	.name = "peaks",
	.places = VPMEM_VIEW_ALL | VPMEM_VIEW_ADAPTERS,
	.show = peaks_show,
	.write = peaks_write,
};

void __init vpmem_peaks_view_init(void)
{
	vpmem_view_register(&peaks_view);
}
