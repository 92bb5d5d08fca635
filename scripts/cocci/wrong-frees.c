// SPDX-License-Identifier: GPL-2.0-only
/*
 * Faults that scripts/analyze has to find in sources of the kernel, with the flags of a module,
 * one in each line that says so, and what looks alike and is none. Nothing compiles this file.
 */
#include <linux/list.h>
#include <linux/slab.h>

struct thing {
	struct list_head node;
	int number;
};

int thing_is_freed(struct thing *thing)
{
	kfree(thing);
	return thing->number; /* found */
}

int thing_is_freed_twice(void)
{
	struct thing *thing = kzalloc(sizeof(*thing), GFP_KERNEL);

	if (!thing)
		return -ENOMEM;
	kfree(thing);
	kfree(thing); /* found */
	return 0;
}

int number_is_not_set(struct list_head *things)
{
	struct thing *thing;
	int number;

	list_for_each_entry(thing, things, node)
		number = thing->number;
	return number; /* found */
}

int thing_is_freed_well(void)
{
	struct thing *thing = kzalloc(sizeof(*thing), GFP_KERNEL);
	int number;

	if (!thing)
		return -ENOMEM;
	number = thing->number;
	kfree(thing);
	return number;
}
