// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interlocked operations, the IRQL, and common code of locks and events.
 */
#include <linux/sched.h>

#include "kunit/lib/sync.h"
#include "kunit/lib/thread.h"

#define ROUNDS		5000

/*
 * Interlocked operations
 */

/* SYNC-01: Increment, decrement and exchange, with their results */
static void sync_01_interlocked(struct kunit *test)
{
	LONG number[] = { 11, 0x7fffffff, 22 };

	KUNIT_EXPECT_EQ(test, VideoPortInterlockedIncrement(&number[1]), (LONG)0x80000000);
	KUNIT_EXPECT_EQ(test, VideoPortInterlockedDecrement(&number[1]), 0x7fffffff);
	KUNIT_EXPECT_EQ(test, VideoPortInterlockedExchange(&number[1], -5), 0x7fffffff);
	KUNIT_EXPECT_EQ(test, VideoPortInterlockedIncrement(&number[1]), -4);
	KUNIT_EXPECT_EQ(test, VideoPortInterlockedDecrement(&number[1]), -5);
	KUNIT_EXPECT_EQ(test, number[0], 11);
	KUNIT_EXPECT_EQ(test, number[2], 22);
}

struct interlocked {
	LONG up, down, turn, taken;
};

static void interlocked_work(void *data)
{
	struct interlocked *all = data;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		VideoPortInterlockedIncrement(&all->up);
		VideoPortInterlockedDecrement(&all->down);
		/* Exactly one of those that find it free has it. */
		if (!VideoPortInterlockedExchange(&all->turn, 1)) {
			WRITE_ONCE(all->taken, READ_ONCE(all->taken) + 1);
			WRITE_ONCE(all->taken, READ_ONCE(all->taken) - 1);
			VideoPortInterlockedExchange(&all->turn, 0);
		}
		if (!(i % 100))
			cond_resched();
	}
}

/* SYNC-02: None of them is lost when many make them */
static void sync_02_interlocked_storm(struct kunit *test)
{
	struct interlocked all = {};

	vt_in_threads(test, interlocked_work, &all);
	KUNIT_EXPECT_EQ(test, all.up, VT_THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, all.down, -VT_THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, all.taken, 0);
}

static void irql_store(void *data)
{
	*(UCHAR *)data = VideoPortGetCurrentIrql();
}

/*
 * SYNC-03: VideoPortGetCurrentIrql returns 0 where the caller may sleep, 2 in atomic
 * context, 3 in a hard interrupt that is not a thread
 */
static void sync_03_irql(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	UCHAR irql = 0xff;

	vt_skip_if_hidden(test, context);
	context->run(irql_store, &irql);
	vt_expect_irql(test, context, irql);
}

/*
 * Locks and events
 */

/* SYNC-22: Without an adapter nothing is done */
static void sync_22_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);
	PSPIN_LOCK lock = vt_get_lock(test), made = lock;
	PEVENT event = vt_get_event(test, 0), got = event;
	unsigned int i;

	vt_remember(test);
	for (i = 0; i < VT_LOCK_CALLS; i++)
		vt_lock_calls[i](gone, lock);
	KUNIT_EXPECT_EQ(test, VideoPortCreateSpinLock(gone, &made), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, made);
	KUNIT_EXPECT_EQ(test, VideoPortCreateEvent(gone, 0, NULL, &got),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, got);
	KUNIT_EXPECT_EQ(test, VideoPortDeleteEvent(gone, event), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(gone, event), 0);
	VideoPortClearEvent(gone, event);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(gone, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(gone, event, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", i + 7);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), event), 0);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_delete_event(test, event);
	vt_delete_lock(test, lock);
}

struct creation {
	void *ext;
	PSPIN_LOCK lock;
	PEVENT event;
	VP_STATUS lock_status, event_status;
};

static void create_both(void *data)
{
	struct creation *creation = data;

	creation->lock_status = VideoPortCreateSpinLock(creation->ext, &creation->lock);
	creation->event_status = VideoPortCreateEvent(creation->ext, 0, NULL,
						      &creation->event);
}

/* SYNC-23: CreateSpinLock and CreateEvent are refused in atomic context */
static void sync_23_not_created_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct creation creation = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(create_both, &creation);
	KUNIT_EXPECT_EQ(test, creation.lock_status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_EQ(test, creation.event_status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_NULL(test, creation.lock);
	KUNIT_EXPECT_NULL(test, creation.event);
	vt_expect_failures(test, "Vprt", "Lock", 1, "context");
	vt_expect_failures(test, "Vprt", "Event", 1, "context");
	vt_expect_events(test, "bad-context", NULL, 2);
}

static void delete_both(void *data)
{
	struct creation *creation = data;

	creation->lock_status = VideoPortDeleteSpinLock(creation->ext, creation->lock);
	creation->event_status = VideoPortDeleteEvent(creation->ext, creation->event);
}

/* SYNC-24: Locks and events may be deleted in every context */
static void sync_24_deleted_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct creation creation = { .ext = vt_ext(test), .lock = vt_get_lock(test),
				     .event = vt_get_event(test, 0) };

	vt_remember(test);
	context->run(delete_both, &creation);
	KUNIT_EXPECT_EQ(test, creation.lock_status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, creation.event_status, NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static bool lock_call(struct kunit *test, void *data)
{
	return VideoPortCreateSpinLock(vt_ext(test), data) == NO_ERROR;
}

static void lock_undo(struct kunit *test, void *data)
{
	vt_delete_lock(test, *(PSPIN_LOCK *)data);
}

static void lock_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_NULL(test, *(PSPIN_LOCK *)data);
	vt_expect_live(test, "Vprt", "Lock", 0, 0);
	vt_expect_failures(test, "Vprt", "Lock", failures, "no-memory");
}

static bool event_call(struct kunit *test, void *data)
{
	return VideoPortCreateEvent(vt_ext(test), 0, NULL, data) == NO_ERROR;
}

static void event_undo(struct kunit *test, void *data)
{
	vt_delete_event(test, *(PEVENT *)data);
}

static void event_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_NULL(test, *(PEVENT *)data);
	vt_expect_live(test, "Vprt", "Event", 0, 0);
	vt_expect_failures(test, "Vprt", "Event", failures, "no-memory");
}

/* SYNC-25: Without memory nothing is created, and nothing is left */
static void sync_25_no_memory(struct kunit *test)
{
	static const struct vt_fault_site locks = { lock_call, lock_undo, lock_failed };
	static const struct vt_fault_site events = { event_call, event_undo, event_failed };
	PSPIN_LOCK lock;
	PEVENT event;

	/* The lines of the view, and what lockdep needs once */
	vt_delete_lock(test, vt_get_lock(test));
	vt_delete_event(test, vt_get_event(test, 0));
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &locks, &lock), 1U);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &events, &event), 1U);
}

/* SYNC-26: vpmem_detach reports and deletes the remaining locks and events */
static void sync_26_leaks_are_reported(struct kunit *test)
{
	void *ext = vt_attach_another(test);
	struct vt_fixture *fx = test->priv;
	u64 mark = vt_log_mark();
	PSPIN_LOCK lock;
	PEVENT event;

	fx->leaves_blocks = true;
	KUNIT_ASSERT_EQ(test, VideoPortCreateSpinLock(ext, &lock), NO_ERROR);
	KUNIT_ASSERT_EQ(test, VideoPortCreateSpinLock(ext, &lock), NO_ERROR);
	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(ext, 0, NULL, &event), NO_ERROR);
	vt_detach(test, ext);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Vprt (0x74727056) Lock: 2 blocks",
					   "2 reclaimed, 0 left"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Vprt (0x74727056) Event: 1 blocks",
					   "1 reclaimed, 0 left"), 1U);
}

static struct kunit_case sync_cases[] = {
	KUNIT_CASE(sync_01_interlocked),
	KUNIT_CASE(sync_02_interlocked_storm),
	KUNIT_CASE_PARAM(sync_03_irql, vt_context_params),
	KUNIT_CASE(sync_22_no_adapter),
	KUNIT_CASE_PARAM(sync_23_not_created_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(sync_24_deleted_anywhere, vt_context_params),
	KUNIT_CASE(sync_25_no_memory),
	KUNIT_CASE(sync_26_leaks_are_reported),
	{}
};

struct kunit_suite vt_sync_suite = {
	.name = "sync",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = sync_cases,
};
