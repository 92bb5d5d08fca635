// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls where preemption or interrupts are off, of which PREEMPT_RT refuses some.
 */
#include <linux/mm.h>

#include "core/testing.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/sync.h"
#include "kunit/lib/waiter.h"
#include "include/vpmem-port.h"

#define BLOCKS	200

/* RT-01: A small block is allocated from the pages that the CPU has, and freed */
static void rt_01_small_block(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *first = vt_alloc(test, VpNonPagedPool, 100), *block;

	vt_remember(test);
	migrate_disable();
	VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, 100));
	block = vt_alloc_in(context, vt_ext(test), VpNonPagedPool, 100, VT_TAG);
	migrate_enable();
	KUNIT_EXPECT_NOT_NULL(test, block);
	vt_expect_events(test, NULL, NULL, 0);
	vt_free_in(context, VideoPortFreePool, vt_ext(test), block);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Test", "Nonp", 1, 100);
	VideoPortFreePool(vt_ext(test), first);
}

/*
 * RT-02: A block of pages is allocated, but not under PREEMPT_RT; there the tag has the context
 * as its last failure
 */
static void rt_02_pages(struct kunit *test)
{
	void *block;

	vt_remember(test);
	block = vt_alloc_in(test->param_value, vt_ext(test), VpNonPagedPool, 8 * PAGE_SIZE,
			    VT_TAG);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, !block, IS_ENABLED(CONFIG_PREEMPT_RT));
	if (block)
		VideoPortFreePool(vt_ext(test), block);
	else
		vt_expect_failures(test, "Test", "Nonp", 1, "context");
}

/* RT-03: Blocks of each size are freed, and memory pressure frees the pages they leave empty */
static void rt_03_free(struct kunit *test)
{
	static void *block[BLOCKS];
	unsigned int i;

	for (i = 0; i < BLOCKS; i++)
		block[i] = vt_alloc(test, VpNonPagedPool, i % 8 ? 1000 : 3 * PAGE_SIZE);
	vt_remember(test);
	for (i = 0; i < BLOCKS; i++)
		vt_free_in(test->param_value, VideoPortFreePool, vt_ext(test), block[i]);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(vt_ext(test), true), 0UL);
}

struct calls {
	void *ext;
	PSPIN_LOCK lock;
	PEVENT event, other;
};

static void use_lock(void *data)
{
	struct calls *calls = data;
	UCHAR irql;

	VideoPortAcquireSpinLock(calls->ext, calls->lock, &irql);
	if (!IS_ENABLED(CONFIG_PREEMPT_RT))
		VideoPortReleaseSpinLock(calls->ext, calls->lock, irql);
}

static void set_event(void *data)
{
	struct calls *calls = data;

	VideoPortSetEvent(calls->ext, calls->event);
}

static void delete_event(void *data)
{
	struct calls *calls = data;

	VideoPortDeleteEvent(calls->ext, calls->other);
}

/*
 * RT-04: A lock is acquired, an event is set and deleted. PREEMPT_RT refuses each such call, which
 * changes nothing
 */
static void rt_04_locks_and_events(struct kunit *test)
{
	static void (* const call[])(void *) = { use_lock, set_event, delete_event };
	const struct vt_context *context = test->param_value;
	struct calls calls = {
		.ext = vt_ext(test),
		.lock = vt_get_lock(test),
		.event = vt_get_event(test, NOTIFICATION_EVENT),
		.other = vt_get_event(test, NOTIFICATION_EVENT),
	};
	const bool refused = IS_ENABLED(CONFIG_PREEMPT_RT);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(call); i++) {
		vt_remember(test);
		context->run(call[i], &calls);
		vt_expect_events(test, refused ? "bad-context" : NULL, NULL, refused);
	}
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), calls.event), !refused);
	if (refused)
		vt_delete_event(test, calls.other);
	vt_delete_event(test, calls.event);
	vt_delete_lock(test, calls.lock);
}

/* RT-05: KeSetEvent sets an event, and who waits for it goes on */
static void rt_05_event_is_noticed(struct kunit *test)
{
	vt_expect_set_wakes(test);
}

static struct kunit_case realtime_cases[] = {
	KUNIT_CASE_PARAM(rt_01_small_block, vt_off_params),
	KUNIT_CASE_PARAM(rt_02_pages, vt_off_params),
	KUNIT_CASE_PARAM(rt_03_free, vt_off_params),
	KUNIT_CASE_PARAM(rt_04_locks_and_events, vt_off_params),
	KUNIT_CASE_PARAM(rt_05_event_is_noticed, vt_off_params),
	{}
};

struct kunit_suite vt_realtime_suite = {
	.name = "realtime",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = realtime_cases,
};
