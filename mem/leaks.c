// SPDX-License-Identifier: GPL-2.0-only
/*
 * Report of the leaks of an adapter: by tag, and then by the code that allocated the
 * regions. Small blocks have regions in verify mode only; otherwise vpmem_callers counts
 * them by caller, see pool.c.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/secrecy.h"
#include "core/tags.h"
#include "mem/regions.h"

/*
 * Tags
 */

static void slot_report(const struct vpmem_slot *slot, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct vpmem_counters sum;
	char text[VPMEM_TAG_TEXT], symbol[VPMEM_SYMBOL_TEXT];
	unsigned long left;

	vpmem_slot_sum(slot, &sum);
	if (sum.allocs == sum.frees)
		return;
	vpmem_count_leak(call);
	left = sum.allocs - sum.frees - slot->regions;
	pr_warn("%s: leak: tag %s (0x%08x) %s: %llu blocks, %llu bytes; %u reclaimed, %lu left in place\n",
		adapter->name, vpmem_slot_text(slot, text), slot->tag,
		vpmem_kind_name(slot->kind), sum.allocs - sum.frees,
		sum.bytes_in - sum.bytes_out, slot->regions, left);
	if (slot->caller)
		pr_warn("%s: leak: allocated by %s: tag %s as above\n", adapter->name,
			vpmem_symbol_text(slot->caller, symbol),
			vpmem_slot_text(slot, text));
	cond_resched();
}

static void slots_report(const struct vpmem_call *call)
{
	struct vpmem_tags *tags = &call->adapter->tags;
	unsigned int id;

	for (id = 0; id < tags->slots; id++)
		slot_report(vpmem_slot_by_id(tags, id), call);
}

/*
 * Code that allocated regions
 */

/* Limit of reported callers, so that the first ones are not lost in the log */
#define GROUPS_MAX	32

struct leak_group {
	const struct vpmem_slot *slot;
	unsigned long caller;
	unsigned long blocks;
	u64 bytes;
	unsigned int depth;		/* of the first block; verify mode only */
	unsigned long stack[VPMEM_STACK_DEPTH];
};

struct leaks {
	const struct vpmem_adapter *adapter;
	unsigned int groups;
	unsigned long others;		/* blocks of callers beyond GROUPS_MAX */
	struct leak_group group[GROUPS_MAX];
};

static struct leak_group *group_add(struct leaks *leaks, const struct vpmem_region *region)
{
	struct leak_group *group = &leaks->group[leaks->groups];

	if (leaks->groups == GROUPS_MAX)
		return NULL;
	leaks->groups++;
	group->slot = region->slot;
	group->caller = region->caller;
	group->depth = region->stack_depth;
	memcpy(group->stack, region->stack, region->stack_depth * sizeof(*group->stack));
	return group;
}

static struct leak_group *group_of(struct leaks *leaks, const struct vpmem_region *region)
{
	unsigned int i;

	for (i = 0; i < leaks->groups; i++)
		if (leaks->group[i].slot == region->slot &&
		    leaks->group[i].caller == region->caller)
			return &leaks->group[i];
	return group_add(leaks, region);
}

/* Count the regions of a slot. */
static void see_slot(const struct vpmem_region *region, void *unused)
{
	region->slot->regions++;
}

static void see_leak(const struct vpmem_region *region, void *data)
{
	struct leaks *leaks = data;
	struct leak_group *group = group_of(leaks, region);

	see_slot(region, NULL);
	if (group) {
		group->blocks++;
		group->bytes += region->size;
	} else {
		leaks->others++;
	}
}

static void group_report(const struct leaks *leaks, const struct leak_group *group)
{
	const char *name = leaks->adapter->name;
	char text[VPMEM_TAG_TEXT], symbol[VPMEM_SYMBOL_TEXT];
	unsigned int i;

	pr_warn("%s: leak: allocated by %s: tag %s, %llu bytes in %lu blocks\n", name,
		vpmem_symbol_text(group->caller, symbol),
		vpmem_slot_text(group->slot, text), group->bytes, group->blocks);
	for (i = 0; i < group->depth; i++)
		pr_warn("%s: leak:     %s\n", name,
			vpmem_symbol_text(group->stack[i], symbol));
	cond_resched();
}

static void groups_report(const struct leaks *leaks)
{
	unsigned int i;

	for (i = 0; i < leaks->groups; i++)
		group_report(leaks, &leaks->group[i]);
	if (leaks->others)
		pr_warn("%s: leak: %lu more blocks of other callers\n", leaks->adapter->name,
			leaks->others);
}

/* Report the leaks of an adapter before they are freed. Without memory, name no callers. */
void vpmem_leaks_report(const struct vpmem_call *call)
{
	struct leaks *leaks = kzalloc(sizeof(*leaks), VPMEM_GFP_PASSIVE);

	vpmem_regions_walk(call->adapter, leaks ? see_leak : see_slot, leaks);
	slots_report(call);
	if (!leaks)
		return;
	leaks->adapter = call->adapter;
	groups_report(leaks);
	kfree(leaks);
}
