// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory that runs out at the first, second, third, ... allocation of a call.
 */
#include <linux/sched.h>
#include <linux/slab.h>

#include "kunit/lib/helpers.h"

/* Limit of allocations in a call, above that of any call. */
#define MANY_FAULTS 2000

#if defined(CONFIG_FAILSLAB) && defined(CONFIG_FAIL_PAGE_ALLOC)

static void fault_at(unsigned int nth)
{
	WRITE_ONCE(current->fail_nth, nth);
}

/* Whether the failure has been spent. */
static bool fault_done(void)
{
	bool done = !READ_ONCE(current->fail_nth);

	WRITE_ONCE(current->fail_nth, 0);
	return done;
}

/* Works where the failures are set up to be of tasks: see task-filter. */
static void fault_all(bool on)
{
	current->make_it_fail = on;
}

/* By default, what may wait for memory is not failed: see ignore-gfp-wait. */
static bool faults_reach_us(void)
{
	void *object;

	fault_at(1);
	object = kmalloc(32, GFP_KERNEL | __GFP_NOWARN);
	fault_done();
	kfree(object);
	return !object;
}

static bool all_fail(void)
{
	void *object, *page;

	fault_all(true);
	object = kmalloc(32, GFP_KERNEL | __GFP_NOWARN);
	page = (void *)__get_free_page(GFP_KERNEL | __GFP_NOWARN);
	fault_all(false);
	kfree(object);
	free_page((unsigned long)page);
	return !object && !page;
}

#else

static void fault_all(bool on)
{
}

static bool all_fail(void)
{
	return false;
}

static void fault_at(unsigned int nth)
{
}

static bool fault_done(void)
{
	return true;
}

static bool faults_reach_us(void)
{
	return false;
}

#endif

/* Skip a test without fault injection, before it allocates what would be left. */
void vt_need_faults(struct kunit *test)
{
	if (!faults_reach_us())
		kunit_skip(test, "this kernel has no fault injection, or it is not set up");
	if (!all_fail())
		kunit_skip(test, "fault injection is not set up for single tasks");
}

void vt_no_fault(void)
{
	fault_done();
	fault_all(false);
}

/* Free what the adapter has without blocks: a call that fails would try again after that. */
static void spare_free(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;

	vpmem_parks_shrink();
	if (fx->ext)
		vpmem_small_pages(fx->ext, true);
}

/*
 * Makes the call until it has been through without a failure. An allocation that
 * has a second means may succeed nevertheless.
 */
unsigned int vt_each_fault(struct kunit *test, const struct vt_fault_site *site,
			   void *data)
{
	unsigned int nth, failures = 0;
	bool succeeded, done = true;

	if (!faults_reach_us())
		kunit_skip(test, "this kernel has no fault injection, or it is not set up");
	for (nth = 1; done && nth < MANY_FAULTS; nth++) {
		spare_free(test);
		fault_at(nth);
		succeeded = site->call(test, data);
		done = fault_done();
		if (succeeded)
			site->undo(test, data);
		else
			site->failed(test, data, ++failures);
	}
	KUNIT_EXPECT_FALSE(test, done);
	KUNIT_EXPECT_TRUE(test, succeeded);
	return failures;
}

/* Make the call once while every allocation fails. */
void vt_out_of_memory(struct kunit *test, const struct vt_fault_site *site, void *data)
{
	bool succeeded;

	if (!all_fail())
		kunit_skip(test, "fault injection is not set up for single tasks");
	spare_free(test);
	fault_all(true);
	succeeded = site->call(test, data);
	fault_all(false);
	KUNIT_EXPECT_FALSE(test, succeeded);
	if (succeeded)
		site->undo(test, data);
	else
		site->failed(test, data, 1);
}
