// SPDX-License-Identifier: GPL-2.0-only
/*
 * Troubles meanwhile: CPUs go offline and come back, memory is short, views are read,
 * and another adapter attaches, forgets blocks, and detaches.
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "core/testing.h"
#include "include/vpmem-port.h"
#include "kunit/storm/storm.h"

#define VIEW_ROOM	(1024 * 1024)
#define GUEST_BLOCKS	300
#define GUEST_LEAKS	(STORM_LEAKS - 1)

struct trouble {
	const char *name;
	void (*make)(struct storm_actor *actor, struct trouble *trouble);
	unsigned int pause;		/* ms on average */
	struct task_struct *task;
	unsigned int times, errors;
};

static void hotplug_make(struct storm_actor *actor, struct trouble *trouble)
{
#ifdef CONFIG_HOTPLUG_CPU
	unsigned int cpu;

	if (nr_cpu_ids < 2)
		return;
	cpu = 1 + storm_random(actor) % (nr_cpu_ids - 1);
	if (!cpu_online(cpu))
		return;
	storm_cpu_leave(cpu);
	trouble->errors += !!remove_cpu(cpu);
	msleep(storm_random(actor) % 50);
	trouble->errors += !!add_cpu(cpu);
	storm_cpu_return(cpu);
#endif
}

static void shrink_make(struct storm_actor *actor, struct trouble *trouble)
{
	vpmem_small_pages(storm.ext, true);
}

static void view_make(struct storm_actor *actor, struct trouble *trouble)
{
	const char *name = storm_random(actor) & 1 ? "tags" : "regions";
	char *text = vmalloc(VIEW_ROOM);

	if (text && vpmem_view(storm_random(actor) & 1 ? storm.ext : NULL, name, text,
			       VIEW_ROOM) <= 0)
		trouble->errors++;
	vfree(text);
}

/* Free a block that its adapter forgot, as the tools count it as live. */
static void leak_free(void *block, const void *others, unsigned int count)
{
	void *const *other = others;
	unsigned int i;

	if (PageSlab(virt_to_head_page(block))) {
		kfree(block);
		return;
	}
	kmemleak_free(block);
	/* Blocks of a page are forgotten together. */
	for (i = 0; i < count; i++)
		if (virt_to_page(other[i]) == virt_to_page(block))
			return;
	__free_page(virt_to_page(block));
}

/* Let all actors free, for another adapter, what this one forgets, and detach it. */
static void guest_leave(void *guest, void **block, void *large)
{
	unsigned int i;

	for (i = 0; i < GUEST_LEAKS; i++)
		WRITE_ONCE(storm.leak[i], block[i]);
	WRITE_ONCE(storm.leak[i], large);
	WRITE_ONCE(storm.detaching, true);
	vpmem_detach(guest);
	WRITE_ONCE(storm.detaching, false);
}

static void guest_make(struct storm_actor *actor, struct trouble *trouble)
{
	void **block = vzalloc(GUEST_BLOCKS * sizeof(*block));
	void *guest = block ? vpmem_attach(storm.device, 64) : ERR_PTR(-ENOMEM);
	unsigned int i;
	void *large;

	if (IS_ERR(guest)) {
		trouble->errors++;
		vfree(block);
		return;
	}
	for (i = 0; i < GUEST_BLOCKS; i++)
		block[i] = VideoPortAllocatePool(guest, storm_random(actor) & VpPagedPool,
						 1 + storm_random(actor) % 1000, storm_tag(i % 7));
	for (i = GUEST_LEAKS; i < GUEST_BLOCKS; i++)
		if (block[i])
			VideoPortFreePool(guest, block[i]);
	large = VideoPortAllocatePool(guest, VpNonPagedPool, 2 * PAGE_SIZE, storm_tag(0));
	guest_leave(guest, block, large);
	for (i = 0; i < GUEST_LEAKS; i++)
		if (block[i])
			leak_free(block[i], block + i + 1, GUEST_LEAKS - i - 1);
	vfree(block);
}

static struct trouble troubles[] = {
	{ "CPUs offline and back", hotplug_make, 300 },
	{ "shrinks", shrink_make, 30 },
	{ "views", view_make, 50 },
	{ "guests", guest_make, 100 },
};

static int trouble_thread(void *data)
{
	struct storm_actor *actor = storm_actor_new();
	struct trouble *trouble = data;

	while (actor && !kthread_should_stop()) {
		trouble->make(actor, trouble);
		trouble->times++;
		msleep_interruptible(storm_random(actor) % (2 * trouble->pause));
	}
	trouble->errors += !actor;
	vfree(actor);
	while (!kthread_should_stop())
		msleep_interruptible(10);
	return 0;
}

int storm_trouble_start(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(troubles); i++) {
		troubles[i].task = kthread_run(trouble_thread, &troubles[i], "vpmem-trouble/%u", i);
		if (IS_ERR(troubles[i].task))
			return PTR_ERR(troubles[i].task);
	}
	return 0;
}

void storm_trouble_stop(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(troubles); i++)
		if (!IS_ERR_OR_NULL(troubles[i].task))
			kthread_stop(troubles[i].task);
}

/* Report, and tell whether nothing failed. */
bool storm_trouble_report(void)
{
	unsigned int i, errors = 0;

	for (i = 0; i < ARRAY_SIZE(troubles); i++) {
		pr_info("    # %u %s, %u errors\n", troubles[i].times, troubles[i].name,
			troubles[i].errors);
		errors += troubles[i].errors;
	}
	return !errors;
}
