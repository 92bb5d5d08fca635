// SPDX-License-Identifier: GPL-2.0-only
/*
 * Interlocked operations, the IRQL, spin locks, events.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/string.h>

#include "helpers.h"
#include "vpmem-port.h"

#define THREADS		4
#define ROUNDS		5000

/*
 * Threads
 */

struct thread {
	void (*work)(void *data);
	void *data;
	struct task_struct *task;
	struct completion done;
};

static int thread_run(void *data)
{
	struct thread *thread = data;

	thread->work(thread->data);
	complete(&thread->done);
	return 0;
}

/* No assertion before thread_end(). */
static void thread_begin(struct kunit *test, struct thread *thread,
			 void (*work)(void *data), void *data)
{
	*thread = (struct thread){ .work = work, .data = data };
	init_completion(&thread->done);
	thread->task = kthread_create(thread_run, thread, "vpmem-sync");
	if (IS_ERR(thread->task)) {
		KUNIT_FAIL(test, "no thread");
		complete(&thread->done);
		return;
	}
	get_task_struct(thread->task);
	wake_up_process(thread->task);
}

static void thread_end(struct thread *thread)
{
	wait_for_completion(&thread->done);
	if (!IS_ERR(thread->task))
		put_task_struct(thread->task);
}

static void expect_thread_waits(struct kunit *test, struct thread *thread)
{
	if (!IS_ERR(thread->task))
		KUNIT_EXPECT_TRUE(test, vt_falls_asleep(thread->task));
}

static void in_threads(struct kunit *test, void (*work)(void *data), void *data)
{
	struct thread thread[THREADS];
	int i;

	for (i = 0; i < THREADS; i++)
		thread_begin(test, &thread[i], work, data);
	for (i = 0; i < THREADS; i++)
		thread_end(&thread[i]);
}

/*
 * Interlocked operations
 */

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
		/* Of those that find it free, one has it. */
		if (!VideoPortInterlockedExchange(&all->turn, 1)) {
			WRITE_ONCE(all->taken, READ_ONCE(all->taken) + 1);
			WRITE_ONCE(all->taken, READ_ONCE(all->taken) - 1);
			VideoPortInterlockedExchange(&all->turn, 0);
		}
		if (!(i % 100))
			cond_resched();
	}
}

static void sync_02_interlocked_storm(struct kunit *test)
{
	struct interlocked all = {};

	in_threads(test, interlocked_work, &all);
	KUNIT_EXPECT_EQ(test, all.up, THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, all.down, -THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, all.taken, 0);
}

static void irql_store(void *data)
{
	*(UCHAR *)data = VideoPortGetCurrentIrql();
}

static void sync_03_irql(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	bool interrupt = !strcmp(context->name, "hard interrupt");
	UCHAR irql = 0xff;

	vt_skip_if_hidden(test, context);
	context->run(irql_store, &irql);
	if (!context->atomic)
		KUNIT_EXPECT_EQ(test, irql, 0);
	else
		KUNIT_EXPECT_EQ(test, irql, interrupt ? 3 : 2);
}

/*
 * Spin locks
 */

static PSPIN_LOCK get_lock(struct kunit *test)
{
	PSPIN_LOCK lock = NULL;

	KUNIT_ASSERT_EQ(test, VideoPortCreateSpinLock(vt_ext(test), &lock), NO_ERROR);
	KUNIT_ASSERT_NOT_NULL(test, lock);
	return lock;
}

static void delete_lock(struct kunit *test, PSPIN_LOCK lock)
{
	KUNIT_EXPECT_EQ(test, VideoPortDeleteSpinLock(vt_ext(test), lock), NO_ERROR);
}

static bool find_live(struct kunit *test, const char *kind, u64 blocks)
{
	struct vt_row row;

	return vt_find_row(test, vt_ext(test), "Vprt", kind, &row) && row.diff == blocks &&
	       !!row.bytes == !!blocks && row.charged == row.bytes;
}

static void sync_10_lock(struct kunit *test)
{
	PSPIN_LOCK lock = get_lock(test);
	UCHAR irql = 0xff, inside;
	struct vt_region region;
	bool off;

	KUNIT_EXPECT_TRUE(test, find_live(test, "Lock", 1));
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, vt_ext(test), lock, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Lock");
	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	inside = VideoPortGetCurrentIrql();
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_EQ(test, irql, 0);
	KUNIT_EXPECT_EQ(test, inside, 2);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, NULL, NULL, 0);
	delete_lock(test, lock);
	KUNIT_EXPECT_TRUE(test, find_live(test, "Lock", 0));
}

struct guarded {
	void *ext;
	PSPIN_LOCK lock;
	unsigned long count;
};

static void guarded_work(void *data)
{
	struct guarded *guarded = data;
	unsigned long count;
	UCHAR irql;
	int i;

	for (i = 0; i < ROUNDS / 5; i++) {
		VideoPortAcquireSpinLock(guarded->ext, guarded->lock, &irql);
		count = READ_ONCE(guarded->count);
		cpu_relax();
		WRITE_ONCE(guarded->count, count + 1);
		VideoPortReleaseSpinLock(guarded->ext, guarded->lock, irql);
		if (!(i % 16))
			cond_resched();
	}
}

static void sync_11_lock_excludes(struct kunit *test)
{
	struct guarded guarded = { .ext = vt_ext(test), .lock = get_lock(test) };

	in_threads(test, guarded_work, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, (unsigned long)THREADS * (ROUNDS / 5));
	delete_lock(test, guarded.lock);
}

static void take_lock_once(void *data)
{
	struct guarded *guarded = data;
	UCHAR irql;

	VideoPortAcquireSpinLock(guarded->ext, guarded->lock, &irql);
	guarded->count++;
	VideoPortReleaseSpinLock(guarded->ext, guarded->lock, irql);
	VideoPortAcquireSpinLockAtDpcLevel(guarded->ext, guarded->lock);
	guarded->count++;
	VideoPortReleaseSpinLockFromDpcLevel(guarded->ext, guarded->lock);
}

/* In process context and in interrupts at once, which lockdep would say. */
static void sync_12_lock_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct guarded guarded = { .ext = vt_ext(test), .lock = get_lock(test) };

	vt_remember(test);
	take_lock_once(&guarded);
	context->run(take_lock_once, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, 4UL);
	vt_expect_events(test, NULL, NULL, 0);
	delete_lock(test, guarded.lock);
}

/* Each lock is a class of its own to lockdep, so they nest as the driver likes. */
static void sync_13_locks_nest(struct kunit *test)
{
	PSPIN_LOCK first = get_lock(test), second = get_lock(test), third = get_lock(test);
	UCHAR irql, inner;

	VideoPortAcquireSpinLock(vt_ext(test), first, &irql);
	VideoPortAcquireSpinLock(vt_ext(test), second, &inner);
	VideoPortReleaseSpinLock(vt_ext(test), second, inner);
	VideoPortReleaseSpinLock(vt_ext(test), first, irql);
	KUNIT_EXPECT_EQ(test, inner, 2);
	VideoPortAcquireSpinLock(vt_ext(test), second, &irql);
	VideoPortAcquireSpinLockAtDpcLevel(vt_ext(test), third);
	VideoPortReleaseSpinLockFromDpcLevel(vt_ext(test), third);
	VideoPortReleaseSpinLock(vt_ext(test), second, irql);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	delete_lock(test, third);
	delete_lock(test, first);
	delete_lock(test, second);
}

static void sync_14_lock_taken_twice(struct kunit *test)
{
	PSPIN_LOCK lock = get_lock(test);
	UCHAR irql, inner;
	bool off;

	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &inner);
	VideoPortReleaseSpinLock(vt_ext(test), lock, inner);
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, "busy", NULL, 1);
	delete_lock(test, lock);
}

static void sync_15_lock_that_is_not_held(struct kunit *test)
{
	PSPIN_LOCK lock = get_lock(test);
	struct guarded guarded = { .ext = vt_ext(test), .lock = lock };

	vt_remember(test);
	VideoPortReleaseSpinLock(vt_ext(test), lock, 0);
	vt_expect_refused(test, "bad-parameter");
	take_lock_once(&guarded);
	vt_expect_refused(test, "bad-parameter");
	delete_lock(test, lock);
}

static void sync_16_lock_that_is_held_stays(struct kunit *test)
{
	PSPIN_LOCK lock = get_lock(test);
	VP_STATUS status;
	UCHAR irql;

	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	status = VideoPortDeleteSpinLock(vt_ext(test), lock);
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "busy");
	delete_lock(test, lock);
}

static void delete_lock_call(void *ext, void *lock)
{
	VideoPortDeleteSpinLock(ext, lock);
}

static void acquire_call(void *ext, void *lock)
{
	UCHAR irql;

	VideoPortAcquireSpinLock(ext, lock, &irql);
}

static void release_call(void *ext, void *lock)
{
	VideoPortReleaseSpinLock(ext, lock, 0);
}

static void acquire_dpc_call(void *ext, void *lock)
{
	VideoPortAcquireSpinLockAtDpcLevel(ext, lock);
}

static void release_dpc_call(void *ext, void *lock)
{
	VideoPortReleaseSpinLockFromDpcLevel(ext, lock);
}

static vt_free_call * const lock_calls[] = {
	delete_lock_call, acquire_call, release_call, acquire_dpc_call, release_dpc_call,
};

static void expect_no_lock(struct kunit *test, void *lock, const char *event)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lock_calls); i++)
		vt_expect_free_refused(test, lock_calls[i], lock, event);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

static void sync_17_foreign_pointer_for_a_lock(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	expect_no_lock(test, foreign->address(test), "bad-pointer");
}

static PEVENT get_event(struct kunit *test, ULONG flags)
{
	PEVENT event = NULL;

	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(vt_ext(test), flags, NULL, &event),
			NO_ERROR);
	KUNIT_ASSERT_NOT_NULL(test, event);
	return event;
}

static void delete_event(struct kunit *test, PEVENT event)
{
	KUNIT_EXPECT_EQ(test, VideoPortDeleteEvent(vt_ext(test), event), NO_ERROR);
}

static void sync_18_other_handles_for_a_lock(struct kunit *test)
{
	PEVENT event = get_event(test, NOTIFICATION_EVENT);
	PSPIN_LOCK lock = get_lock(test);

	expect_no_lock(test, event, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreePool, lock, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, lock, "wrong-pairing");
	delete_event(test, event);
	delete_lock(test, lock);
	expect_no_lock(test, lock, "double-free");
}

static void sync_19_null_for_a_lock(struct kunit *test)
{
	unsigned int i;

	vt_expect_free_refused(test, delete_lock_call, NULL, "null-free");
	for (i = 1; i < ARRAY_SIZE(lock_calls); i++)
		vt_expect_free_refused(test, lock_calls[i], NULL, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortCreateSpinLock(vt_ext(test), NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

static void sync_20_old_irql_is_null(struct kunit *test)
{
	PSPIN_LOCK lock = get_lock(test);
	bool off;

	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, NULL);
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, 0);
	KUNIT_EXPECT_TRUE(test, off);
	vt_expect_refused(test, "bad-parameter");
	delete_lock(test, lock);
}

static void sync_21_lock_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	PSPIN_LOCK lock;
	UCHAR irql;
	bool off;

	KUNIT_ASSERT_EQ(test, VideoPortCreateSpinLock(other, &lock), NO_ERROR);
	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, "wrong-adapter", NULL, 2);
	vt_expect_free_refused(test, delete_lock_call, lock, "wrong-adapter");
	KUNIT_EXPECT_EQ(test, VideoPortDeleteSpinLock(other, lock), NO_ERROR);
}

static void sync_22_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);
	PSPIN_LOCK lock = get_lock(test), made = lock;
	PEVENT event = get_event(test, 0), got = event;
	unsigned int i;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(lock_calls); i++)
		lock_calls[i](gone, lock);
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
	delete_event(test, event);
	delete_lock(test, lock);
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

static void sync_24_deleted_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct creation creation = { .ext = vt_ext(test), .lock = get_lock(test),
				     .event = get_event(test, 0) };

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
	delete_lock(test, *(PSPIN_LOCK *)data);
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
	delete_event(test, *(PEVENT *)data);
}

static void event_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_NULL(test, *(PEVENT *)data);
	vt_expect_live(test, "Vprt", "Event", 0, 0);
	vt_expect_failures(test, "Vprt", "Event", failures, "no-memory");
}

static void sync_25_no_memory(struct kunit *test)
{
	static const struct vt_fault_site locks = { lock_call, lock_undo, lock_failed };
	static const struct vt_fault_site events = { event_call, event_undo, event_failed };
	PSPIN_LOCK lock;
	PEVENT event;

	/* The lines of the view, and what lockdep needs once */
	delete_lock(test, get_lock(test));
	delete_event(test, get_event(test, 0));
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &locks, &lock), 1U);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &events, &event), 1U);
}

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

/*
 * Events
 */

static VP_STATUS wait_at_once(struct kunit *test, PEVENT event)
{
	LARGE_INTEGER zero = { .QuadPart = 0 };

	return VideoPortWaitForSingleObject(vt_ext(test), event, &zero);
}

static VP_STATUS wait_milliseconds(struct kunit *test, PEVENT event, unsigned int ms)
{
	LARGE_INTEGER timeout = { .QuadPart = -10000LL * ms };

	return VideoPortWaitForSingleObject(vt_ext(test), event, &timeout);
}

static void sync_30_state_of_an_event(struct kunit *test)
{
	PEVENT event = get_event(test, NOTIFICATION_EVENT | INITIAL_EVENT_NOT_SIGNALED);
	void *ext = vt_ext(test);

	KUNIT_EXPECT_TRUE(test, find_live(test, "Event", 1));
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(ext, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 1);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(ext, event), 1);
	VideoPortClearEvent(ext, event);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(ext, event), 0);
	delete_event(test, event);
	KUNIT_EXPECT_TRUE(test, find_live(test, "Event", 0));
	event = get_event(test, SYNCHRONIZATION_EVENT | INITIAL_EVENT_SIGNALED);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 1);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 1);
	delete_event(test, event);
}

static void sync_31_notification_stays(struct kunit *test)
{
	PEVENT event = get_event(test, NOTIFICATION_EVENT | INITIAL_EVENT_SIGNALED);

	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), NO_ERROR);
	KUNIT_EXPECT_EQ(test, wait_milliseconds(test, event, 1), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, NULL),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), event), 1);
	delete_event(test, event);
}

static void sync_32_synchronization_is_taken(struct kunit *test)
{
	PEVENT event = get_event(test, SYNCHRONIZATION_EVENT | INITIAL_EVENT_SIGNALED);

	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), event), 0);
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), WAIT_TIMEOUT);
	VideoPortSetEvent(vt_ext(test), event);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, NULL),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, wait_milliseconds(test, event, 1), WAIT_TIMEOUT);
	delete_event(test, event);
}

static void sync_33_relative_timeout(struct kunit *test)
{
	PEVENT event = get_event(test, NOTIFICATION_EVENT);
	u64 start = ktime_get_ns();

	KUNIT_EXPECT_EQ(test, wait_milliseconds(test, event, 60), WAIT_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 60 * NSEC_PER_MSEC);
	start = ktime_get_ns();
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), WAIT_TIMEOUT);
	delete_event(test, event);
}

static void sync_34_absolute_timeout(struct kunit *test)
{
	PEVENT event = get_event(test, NOTIFICATION_EVENT);
	u64 start = ktime_get_ns();
	LARGE_INTEGER until, past = { .QuadPart = 1 };

	VideoPortQuerySystemTime(&until);
	until.QuadPart += 600000;
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, &until),
			WAIT_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 59 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, &past),
			WAIT_TIMEOUT);
	delete_event(test, event);
}

struct waiter {
	void *ext;
	PEVENT event;
	s64 timeout;			/* 0: for ever */
	atomic_t woken;			/* by the event */
	atomic_t ended;
	VP_STATUS status;
};

static void waiter_work(void *data)
{
	struct waiter *waiter = data;
	LARGE_INTEGER timeout = { .QuadPart = waiter->timeout };
	VP_STATUS status;

	allow_signal(SIGKILL);
	status = VideoPortWaitForSingleObject(waiter->ext, waiter->event,
					      waiter->timeout ? &timeout : NULL);
	WRITE_ONCE(waiter->status, status);
	if (status == NO_ERROR)
		atomic_inc(&waiter->woken);
	atomic_inc(&waiter->ended);
}

static void wait_until(atomic_t *count, int least)
{
	int i;

	for (i = 0; i < 2000 && atomic_read(count) < least; i++)
		msleep(20);
}

static void set_event(void *data)
{
	struct waiter *waiter = data;

	VideoPortSetEvent(waiter->ext, waiter->event);
}

static void sync_35_set_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct waiter waiter = { .ext = vt_ext(test), .event = get_event(test, 0) };
	struct thread thread;

	thread_begin(test, &thread, waiter_work, &waiter);
	expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.ended), 0);
	context->run(set_event, &waiter);
	thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), waiter.event), 0);
	delete_event(test, waiter.event);
}

static void threads_begin_and_wait(struct kunit *test, struct thread *thread,
				   struct waiter *waiter)
{
	int i;

	for (i = 0; i < THREADS; i++)
		thread_begin(test, &thread[i], waiter_work, waiter);
	for (i = 0; i < THREADS; i++)
		expect_thread_waits(test, &thread[i]);
}

static void sync_36_one_waiter_or_all(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_ext(test),
				 .event = get_event(test, SYNCHRONIZATION_EVENT) };
	struct thread thread[THREADS];
	int i;

	threads_begin_and_wait(test, thread, &waiter);
	for (i = 1; i <= THREADS; i++) {
		set_event(&waiter);
		wait_until(&waiter.ended, i);
		msleep(20);
		KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), i);
	}
	for (i = 0; i < THREADS; i++)
		thread_end(&thread[i]);
	delete_event(test, waiter.event);
	waiter = (struct waiter){ .ext = vt_ext(test),
				  .event = get_event(test, NOTIFICATION_EVENT) };
	threads_begin_and_wait(test, thread, &waiter);
	set_event(&waiter);
	for (i = 0; i < THREADS; i++)
		thread_end(&thread[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), THREADS);
	delete_event(test, waiter.event);
}

static void sync_37_who_is_killed_waits_no_longer(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_ext(test), .event = get_event(test, 0) };
	struct thread thread;

	thread_begin(test, &thread, waiter_work, &waiter);
	expect_thread_waits(test, &thread);
	if (!IS_ERR(thread.task))
		send_sig(SIGKILL, thread.task, 1);
	thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, ERROR_INVALID_PARAMETER);
	delete_event(test, waiter.event);
}

static void sync_38_event_that_is_waited_for_stays(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_ext(test), .event = get_event(test, 0) };
	struct thread thread;
	VP_STATUS status;

	vt_remember(test);
	thread_begin(test, &thread, waiter_work, &waiter);
	expect_thread_waits(test, &thread);
	status = VideoPortDeleteEvent(vt_ext(test), waiter.event);
	set_event(&waiter);
	thread_end(&thread);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, waiter.status, NO_ERROR);
	vt_expect_refused(test, "busy");
	delete_event(test, waiter.event);
}

static void expect_detach_ends_wait(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_attach_another(test) };
	struct vt_fixture *fx = test->priv;
	struct thread thread;

	fx->leaves_blocks = true;
	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(waiter.ext, 0, NULL, &waiter.event),
			NO_ERROR);
	thread_begin(test, &thread, waiter_work, &waiter);
	expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.ended), 0);
	vt_detach(test, waiter.ext);
	thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, ERROR_INVALID_PARAMETER);
}

static void sync_39_detach_ends_a_wait(struct kunit *test)
{
	expect_detach_ends_wait(test);
	vt_verify(test, true);
	expect_detach_ends_wait(test);
}

struct atomic_wait {
	struct kunit *test;
	PEVENT event;
	VP_STATUS at_once, later;
};

static void wait_atomic(void *data)
{
	struct atomic_wait *job = data;

	job->at_once = wait_at_once(job->test, job->event);
	job->later = wait_milliseconds(job->test, job->event, 10);
}

static void sync_40_no_wait_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_wait job = { .test = test };

	vt_skip_if_hidden(test, context);
	job.event = get_event(test, INITIAL_EVENT_SIGNALED);
	vt_remember(test);
	context->run(wait_atomic, &job);
	KUNIT_EXPECT_EQ(test, job.at_once, NO_ERROR);
	KUNIT_EXPECT_EQ(test, job.later, ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-context");
	delete_event(test, job.event);
}

static void delete_event_call(void *ext, void *event)
{
	VideoPortDeleteEvent(ext, event);
}

static void set_call(void *ext, void *event)
{
	VideoPortSetEvent(ext, event);
}

static void clear_call(void *ext, void *event)
{
	VideoPortClearEvent(ext, event);
}

static void read_call(void *ext, void *event)
{
	VideoPortReadStateEvent(ext, event);
}

static void wait_call(void *ext, void *event)
{
	VideoPortWaitForSingleObject(ext, event, NULL);
}

static vt_free_call * const event_calls[] = {
	delete_event_call, set_call, clear_call, read_call, wait_call,
};

static void expect_no_event(struct kunit *test, void *event, const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(event_calls); i++)
		vt_expect_free_refused(test, event_calls[i], event, name);
}

static void sync_41_foreign_pointer_for_an_event(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	expect_no_event(test, foreign->address(test), "bad-pointer");
}

static void sync_42_other_handles_for_an_event(struct kunit *test)
{
	PEVENT event = get_event(test, 0);
	PSPIN_LOCK lock = get_lock(test);
	unsigned int i;

	expect_no_event(test, lock, "wrong-pairing");
	delete_lock(test, lock);
	delete_event(test, event);
	expect_no_event(test, event, "double-free");
	vt_expect_free_refused(test, delete_event_call, NULL, "null-free");
	for (i = 1; i < ARRAY_SIZE(event_calls); i++)
		vt_expect_free_refused(test, event_calls[i], NULL, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortCreateEvent(vt_ext(test), 0, NULL, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

static void sync_43_event_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	PEVENT event;

	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(other, 0, NULL, &event), NO_ERROR);
	vt_remember(test);
	VideoPortSetEvent(vt_ext(test), event);
	vt_expect_events(test, "wrong-adapter", NULL, 1);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(other, event), 1);
	vt_expect_free_refused(test, delete_event_call, event, "wrong-adapter");
	KUNIT_EXPECT_EQ(test, VideoPortDeleteEvent(other, event), NO_ERROR);
}

static void sync_44_unknown_flags(struct kunit *test)
{
	PEVENT event;

	vt_remember(test);
	event = get_event(test, 0xfffffffc | INITIAL_EVENT_SIGNALED);
	vt_expect_events(test, "bad-parameter", NULL, 1);
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), NO_ERROR);
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), WAIT_TIMEOUT);
	delete_event(test, event);
}

static struct kunit_case sync_cases[] = {
	KUNIT_CASE(sync_01_interlocked),
	KUNIT_CASE(sync_02_interlocked_storm),
	KUNIT_CASE_PARAM(sync_03_irql, vt_context_params),
	KUNIT_CASE(sync_10_lock),
	KUNIT_CASE(sync_11_lock_excludes),
	KUNIT_CASE_PARAM(sync_12_lock_anywhere, vt_context_params),
	KUNIT_CASE(sync_13_locks_nest),
	KUNIT_CASE(sync_14_lock_taken_twice),
	KUNIT_CASE(sync_15_lock_that_is_not_held),
	KUNIT_CASE(sync_16_lock_that_is_held_stays),
	KUNIT_CASE_PARAM(sync_17_foreign_pointer_for_a_lock, vt_foreign_params),
	KUNIT_CASE(sync_18_other_handles_for_a_lock),
	KUNIT_CASE(sync_19_null_for_a_lock),
	KUNIT_CASE(sync_20_old_irql_is_null),
	KUNIT_CASE(sync_21_lock_of_another_adapter),
	KUNIT_CASE(sync_22_no_adapter),
	KUNIT_CASE_PARAM(sync_23_not_created_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(sync_24_deleted_anywhere, vt_context_params),
	KUNIT_CASE(sync_25_no_memory),
	KUNIT_CASE(sync_26_leaks_are_reported),
	KUNIT_CASE(sync_30_state_of_an_event),
	KUNIT_CASE(sync_31_notification_stays),
	KUNIT_CASE(sync_32_synchronization_is_taken),
	KUNIT_CASE(sync_33_relative_timeout),
	KUNIT_CASE(sync_34_absolute_timeout),
	KUNIT_CASE_PARAM(sync_35_set_anywhere, vt_context_params),
	KUNIT_CASE(sync_36_one_waiter_or_all),
	KUNIT_CASE(sync_37_who_is_killed_waits_no_longer),
	KUNIT_CASE(sync_38_event_that_is_waited_for_stays),
	KUNIT_CASE(sync_39_detach_ends_a_wait),
	KUNIT_CASE_PARAM(sync_40_no_wait_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(sync_41_foreign_pointer_for_an_event, vt_foreign_params),
	KUNIT_CASE(sync_42_other_handles_for_an_event),
	KUNIT_CASE(sync_43_event_of_another_adapter),
	KUNIT_CASE(sync_44_unknown_flags),
	{}
};

struct kunit_suite vt_sync_suite = {
	.name = "sync",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = sync_cases,
};
