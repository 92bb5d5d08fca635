// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that runs out at the first, second, third, ... allocation of a call: by the fault
 * injection of the kernel, and by the stand-ins of kunit/faults where these are loaded.
 */
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "kunit/faults/faults.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/many_tags.h"
#include "kunit/lib/no_memory.h"

/* Limit of allocations in a call, above that of any call. */
#define MANY_FAULTS 2000

/* Number of tags, above that of the slots that an adapter has at first */
#define MANY_SLOTS 100

/* Way to let the allocations of this task fail */
struct injector {
	/* Whether the nth of them can fail, and whether all of them can. */
	bool (*has_nth)(void);
	bool (*has_all)(void);
	void (*set_nth)(unsigned int nth);
	/* End it. Return whether that failure happened. */
	bool (*spent)(void);
	void (*set_all)(bool on);
};

/*
 * Fault injection of the kernel
 */

#if defined(CONFIG_FAILSLAB) && defined(CONFIG_FAIL_PAGE_ALLOC)

static void kernel_set_nth(unsigned int nth)
{
	WRITE_ONCE(current->fail_nth, nth);
}

static bool kernel_spent(void)
{
	bool spent = !READ_ONCE(current->fail_nth);

	WRITE_ONCE(current->fail_nth, 0);
	return spent;
}

/* Works where the failures are set up to be of tasks: see task-filter. */
static void kernel_set_all(bool on)
{
	current->make_it_fail = on;
}

/* By default, what may wait for memory is not failed: see ignore-gfp-wait. */
static bool kernel_has_nth(void)
{
	void *object;

	kernel_set_nth(1);
	object = kmalloc(32, GFP_KERNEL | __GFP_NOWARN);
	kernel_spent();
	kfree(object);
	return !object;
}

static bool kernel_has_all(void)
{
	void *object, *page;

	kernel_set_all(true);
	object = kmalloc(32, GFP_KERNEL | __GFP_NOWARN);
	page = (void *)__get_free_page(GFP_KERNEL | __GFP_NOWARN);
	kernel_set_all(false);
	kfree(object);
	free_page((unsigned long)page);
	return !object && !page;
}

#else

static void kernel_set_nth(unsigned int nth)
{
}

static bool kernel_spent(void)
{
	return true;
}

static void kernel_set_all(bool on)
{
}

static bool kernel_has_nth(void)
{
	return false;
}

static bool kernel_has_all(void)
{
	return false;
}

#endif

/*
 * Stand-ins of kunit/faults
 */

static void stand_ins_arm(const struct vpmem_faults_plan *plan)
{
	typeof(vpmem_faults_arm) *arm = symbol_get(vpmem_faults_arm);

	if (!arm)
		return;
	arm(plan);
	symbol_put(vpmem_faults_arm);
}

static void stand_ins_set_nth(unsigned int nth)
{
	stand_ins_arm(&(struct vpmem_faults_plan){ .task = current, .nth = nth });
}

static void stand_ins_set_from(unsigned int nth)
{
	stand_ins_arm(&(struct vpmem_faults_plan){
		.task = current, .nth = nth, .lasting = true,
	});
}

static void stand_ins_set_anywhere(unsigned int nth)
{
	stand_ins_arm(&(struct vpmem_faults_plan){ .nth = nth });
}

static void stand_ins_set_anywhere_from(unsigned int nth)
{
	stand_ins_arm(&(struct vpmem_faults_plan){ .nth = nth, .lasting = true });
}

/* Return how many of the failures have not happened. */
static unsigned int stand_ins_disarm(void)
{
	typeof(vpmem_faults_disarm) *disarm = symbol_get(vpmem_faults_disarm);
	unsigned int pending;

	if (!disarm)
		return 0;
	pending = disarm();
	symbol_put(vpmem_faults_disarm);
	return pending;
}

static bool stand_ins_spent(void)
{
	return !stand_ins_disarm();
}

static void stand_ins_set_all(bool on)
{
	if (on)
		stand_ins_set_from(1);
	else
		stand_ins_disarm();
}

static bool never(void)
{
	return false;
}

static bool stand_ins_exist(void)
{
	if (!symbol_get(vpmem_faults_arm))
		return false;
	symbol_put(vpmem_faults_arm);
	return true;
}

static const struct injector injectors[] = {
	{
		.has_nth = kernel_has_nth,
		.has_all = kernel_has_all,
		.set_nth = kernel_set_nth,
		.spent = kernel_spent,
		.set_all = kernel_set_all,
	},
	{
		.has_nth = stand_ins_exist,
		.has_all = stand_ins_exist,
		.set_nth = stand_ins_set_nth,
		.spent = stand_ins_spent,
		.set_all = stand_ins_set_all,
	},
	/* Memory that stays short, so that also what cleans up fails */
	{
		.has_nth = stand_ins_exist,
		.has_all = never,
		.set_nth = stand_ins_set_from,
		.spent = stand_ins_spent,
		.set_all = stand_ins_set_all,
	},
};

/*
 * Calls for tests
 */

/* Skip a test without fault injection, before it allocates what would be left. */
void vt_need_faults(struct kunit *test)
{
	const struct injector *injector;

	for (injector = injectors; injector < injectors + ARRAY_SIZE(injectors); injector++)
		if (injector->has_nth() && injector->has_all())
			return;
	kunit_skip(test, "this kernel has no fault injection, or it is not set up for tasks");
}

void vt_no_fault(void)
{
	const struct injector *injector;

	for (injector = injectors; injector < injectors + ARRAY_SIZE(injectors); injector++) {
		injector->spent();
		injector->set_all(false);
	}
}

/* Free what the adapter has without blocks: a call that fails would try again after that. */
static void spare_free(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;

	vpmem_parks_shrink();
	if (fx->ext)
		vpmem_small_pages(fx->ext, true);
}

static void site_prepare(struct kunit *test, const struct vt_fault_site *site, void *data)
{
	if (site->prepare)
		site->prepare(test, data);
	spare_free(test);
}

static void site_undo(struct kunit *test, const struct vt_fault_site *site, void *data)
{
	if (site->undo)
		site->undo(test, data);
}

/*
 * Makes the call until it has been through without a failure. An allocation that
 * has a second means may succeed nevertheless. Return the number of calls that failed.
 *
 * A slab that had to grow has a second means as well, but only once: without a repetition,
 * the allocation that would be failed the next time is left out.
 */
static unsigned int each_fault_by(const struct injector *injector, unsigned int failures,
				  struct kunit *test, const struct vt_fault_site *site, void *data)
{
	bool succeeded, spent = true, again = false;
	unsigned int nth;

	for (nth = 1; spent && nth < MANY_FAULTS; nth += !again) {
		site_prepare(test, site, data);
		injector->set_nth(nth);
		succeeded = site->call(test, data);
		spent = injector->spent();
		if (succeeded)
			site_undo(test, site, data);
		else
			site->failed(test, data, ++failures);
		again = succeeded && spent && !again;
	}
	KUNIT_EXPECT_FALSE(test, spent);
	KUNIT_EXPECT_TRUE(test, succeeded);
	return failures;
}

unsigned int vt_each_fault(struct kunit *test, const struct vt_fault_site *site, void *data)
{
	const struct injector *injector;
	unsigned int failures = 0;

	vt_need_faults(test);
	for (injector = injectors; injector < injectors + ARRAY_SIZE(injectors); injector++)
		if (injector->has_nth())
			failures = each_fault_by(injector, failures, test, site, data);
	return failures;
}

/* Skip a test of the next call before it has anything that would be left. */
void vt_need_call_faults(struct kunit *test)
{
	if (!stand_ins_exist())
		kunit_skip(test, "vpmem_faults.ko is not loaded");
}

/*
 * Do so with the calls of vpmem alone, and not with allocations within those; with @anywhere
 * in any task and context, such as in work that the call queues.
 */
unsigned int vt_each_call_fault(struct kunit *test, const struct vt_fault_site *site, void *data,
				bool anywhere)
{
	static const struct injector everywhere[] = {
		{ .set_nth = stand_ins_set_anywhere, .spent = stand_ins_spent },
		{ .set_nth = stand_ins_set_anywhere_from, .spent = stand_ins_spent },
	};
	static const struct injector here[] = {
		{ .set_nth = stand_ins_set_nth, .spent = stand_ins_spent },
		{ .set_nth = stand_ins_set_from, .spent = stand_ins_spent },
	};
	const struct injector *injector = anywhere ? everywhere : here;
	unsigned int failures;

	failures = each_fault_by(&injector[0], 0, test, site, data);
	return each_fault_by(&injector[1], failures, test, site, data);
}

/*
 * Have two calls of vpmem fail, the nth of them and a later one, for each pair of them: what
 * replaces an allocation that has failed may fail as well. That takes long where a call
 * allocates often.
 */
void vt_each_two_faults(struct kunit *test, const struct vt_fault_site *site, void *data)
{
	struct vpmem_faults_plan plan = { .task = current, .nth = 1 };
	unsigned int pending, failures = 0;
	bool succeeded;

	do {
		plan.then = 0;
		do {
			plan.then++;
			site_prepare(test, site, data);
			stand_ins_arm(&plan);
			succeeded = site->call(test, data);
			pending = stand_ins_disarm();
			if (succeeded)
				site_undo(test, site, data);
			else
				site->failed(test, data, ++failures);
		} while (!pending && plan.then < MANY_FAULTS);
	} while (pending < 2 && ++plan.nth < MANY_FAULTS);
	KUNIT_EXPECT_EQ(test, pending, 2U);
}

/*
 * Have an adapter use tags while all its allocations fail, until no slot of them is left: the
 * next tag allocates. Where it seems to be in atomic context, a work item fails for it. Without
 * vpmem_faults.ko, do nothing: the allocations would succeed.
 */
void vt_use_all_slots(void *ext)
{
	unsigned int i;

	if (!stand_ins_exist())
		return;
	stand_ins_set_anywhere_from(1);
	for (i = 0; i < MANY_SLOTS; i++)
		VideoPortAllocatePool(ext, VpPagedPool, 2 * PAGE_SIZE, vt_nth_tag(i));
	msleep(20);
	stand_ins_disarm();
}

/* Make the call once while every allocation fails. */
static void out_of_memory_by(const struct injector *injector, unsigned int failures,
			     struct kunit *test, const struct vt_fault_site *site, void *data)
{
	bool succeeded;

	site_prepare(test, site, data);
	injector->set_all(true);
	succeeded = site->call(test, data);
	injector->set_all(false);
	KUNIT_EXPECT_FALSE(test, succeeded);
	if (succeeded)
		site_undo(test, site, data);
	else
		site->failed(test, data, failures);
}

void vt_out_of_memory(struct kunit *test, const struct vt_fault_site *site, void *data)
{
	const struct injector *injector;
	unsigned int failures = 0;

	vt_need_faults(test);
	for (injector = injectors; injector < injectors + ARRAY_SIZE(injectors); injector++)
		if (injector->has_all())
			out_of_memory_by(injector, ++failures, test, site, data);
}
