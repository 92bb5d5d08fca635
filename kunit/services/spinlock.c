// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spin locks.
 */
#include <linux/irqflags.h>
#include <linux/sched.h>

#include "kunit/lib/sync.h"
#include "kunit/lib/thread.h"

#define ROUNDS	1000
#define DELETIONS	100

/*
 * SYNC-10: A spin lock is shown, stores the old IRQL, keeps interrupts out and is deleted
 */
static void sync_10_lock(struct kunit *test)
{
	PSPIN_LOCK lock = vt_get_lock(test);
	UCHAR irql = 0xff, inside;
	struct vt_region region;
	bool off;

	KUNIT_EXPECT_TRUE(test, vt_find_live(test, "Lock", 1));
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, vt_ext(test), lock, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Lock");
	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	inside = VideoPortGetCurrentIrql();
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_EQ(test, irql, 0);
	KUNIT_EXPECT_EQ(test, inside, 2);
	KUNIT_EXPECT_EQ(test, off, !IS_ENABLED(CONFIG_PREEMPT_RT));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, NULL, NULL, 0);
	vt_delete_lock(test, lock);
	KUNIT_EXPECT_TRUE(test, vt_find_live(test, "Lock", 0));
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

	for (i = 0; i < ROUNDS; i++) {
		VideoPortAcquireSpinLock(guarded->ext, guarded->lock, &irql);
		count = READ_ONCE(guarded->count);
		cpu_relax();
		WRITE_ONCE(guarded->count, count + 1);
		VideoPortReleaseSpinLock(guarded->ext, guarded->lock, irql);
		if (!(i % 16))
			cond_resched();
	}
}

/* SYNC-11: A spin lock has one holder at a time */
static void sync_11_lock_excludes(struct kunit *test)
{
	struct guarded guarded = { .ext = vt_ext(test), .lock = vt_get_lock(test) };

	vt_in_threads(test, guarded_work, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, (unsigned long)VT_THREADS * ROUNDS);
	vt_delete_lock(test, guarded.lock);
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

/*
 * SYNC-12: A spin lock can be acquired in every context, by both pairs of calls
 *
 * lockdep would report a lock that is used in interrupts and held with interrupts on.
 */
static void sync_12_lock_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct guarded guarded = { .ext = vt_ext(test), .lock = vt_get_lock(test) };

	vt_remember(test);
	take_lock_once(&guarded);
	context->run(take_lock_once, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, 4UL);
	vt_expect_events(test, NULL, NULL, 0);
	vt_delete_lock(test, guarded.lock);
}

/*
 * SYNC-13: Locks can be nested in any order
 *
 * Each lock has its own lockdep class.
 */
static void sync_13_locks_nest(struct kunit *test)
{
	PSPIN_LOCK first = vt_get_lock(test), second = vt_get_lock(test);
	PSPIN_LOCK third = vt_get_lock(test);
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
	vt_delete_lock(test, third);
	vt_delete_lock(test, first);
	vt_delete_lock(test, second);
}

/* SYNC-14: A lock that is acquired recursively is logged, and released as often */
static void sync_14_lock_taken_twice(struct kunit *test)
{
	PSPIN_LOCK lock = vt_get_lock(test);
	UCHAR irql, inner;
	bool off;

	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &inner);
	VideoPortReleaseSpinLock(vt_ext(test), lock, inner);
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_EQ(test, off, !IS_ENABLED(CONFIG_PREEMPT_RT));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, "busy", NULL, 1);
	vt_delete_lock(test, lock);
}

/* SYNC-15: A lock that is not held is not released; logged and counted */
static void sync_15_lock_that_is_not_held(struct kunit *test)
{
	PSPIN_LOCK lock = vt_get_lock(test);
	struct guarded guarded = { .ext = vt_ext(test), .lock = lock };

	vt_remember(test);
	VideoPortReleaseSpinLock(vt_ext(test), lock, 0);
	vt_expect_refused(test, "bad-parameter");
	take_lock_once(&guarded);
	vt_expect_refused(test, "bad-parameter");
	vt_delete_lock(test, lock);
}

/* SYNC-16: A lock that is held is not deleted; logged and counted */
static void sync_16_lock_that_is_held_stays(struct kunit *test)
{
	PSPIN_LOCK lock = vt_get_lock(test);
	VP_STATUS status;
	UCHAR irql;

	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, &irql);
	status = VideoPortDeleteSpinLock(vt_ext(test), lock);
	VideoPortReleaseSpinLock(vt_ext(test), lock, irql);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "busy");
	vt_delete_lock(test, lock);
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

vt_free_call * const vt_lock_calls[VT_LOCK_CALLS] = {
	delete_lock_call, acquire_call, release_call, acquire_dpc_call, release_dpc_call,
};

static void expect_no_lock(struct kunit *test, void *lock, const char *event)
{
	unsigned int i;

	for (i = 0; i < VT_LOCK_CALLS; i++)
		vt_expect_free_refused(test, vt_lock_calls[i], lock, event);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
}

/* SYNC-17: A pointer that is not a lock is logged, counted and left alone */
static void sync_17_foreign_pointer_for_a_lock(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	expect_no_lock(test, foreign->address(test), "bad-pointer");
}

/*
 * SYNC-18: An event, and a deleted lock, are logged, counted and left alone in place of a
 * lock; a lock is not freed as pool
 */
static void sync_18_other_handles_for_a_lock(struct kunit *test)
{
	PEVENT event = vt_get_event(test, NOTIFICATION_EVENT);
	PSPIN_LOCK lock = vt_get_lock(test);

	expect_no_lock(test, event, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreePool, lock, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, lock, "wrong-pairing");
	vt_delete_event(test, event);
	vt_delete_lock(test, lock);
	expect_no_lock(test, lock, "double-free");
}

/* SYNC-19: NULL is no lock, and no place for one */
static void sync_19_null_for_a_lock(struct kunit *test)
{
	unsigned int i;

	vt_expect_free_refused(test, delete_lock_call, NULL, "null-free");
	for (i = 1; i < VT_LOCK_CALLS; i++)
		vt_expect_free_refused(test, vt_lock_calls[i], NULL, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortCreateSpinLock(vt_ext(test), NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* SYNC-20: Without a pointer for the old IRQL the lock is acquired, logged and counted */
static void sync_20_old_irql_is_null(struct kunit *test)
{
	PSPIN_LOCK lock = vt_get_lock(test);
	bool off;

	vt_remember(test);
	VideoPortAcquireSpinLock(vt_ext(test), lock, NULL);
	off = irqs_disabled();
	VideoPortReleaseSpinLock(vt_ext(test), lock, 0);
	KUNIT_EXPECT_EQ(test, off, !IS_ENABLED(CONFIG_PREEMPT_RT));
	vt_expect_refused(test, "bad-parameter");
	vt_delete_lock(test, lock);
}

/* SYNC-21: A lock of another adapter is acquired, logged and counted, and not deleted */
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
	KUNIT_EXPECT_EQ(test, off, !IS_ENABLED(CONFIG_PREEMPT_RT));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, "wrong-adapter", NULL, 2);
	vt_expect_free_refused(test, delete_lock_call, lock, "wrong-adapter");
	KUNIT_EXPECT_EQ(test, VideoPortDeleteSpinLock(other, lock), NO_ERROR);
}

/* SYNC-27: In verify mode, locks are held and released as without it */
static void sync_27_verify_mode(struct kunit *test)
{
	struct guarded guarded = { .ext = vt_ext(test), .lock = vt_get_lock(test) };
	UCHAR irql, inner;
	bool off;

	vt_verify(test, true);
	vt_remember(test);
	take_lock_once(&guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, 2UL);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, NULL, NULL, 0);
	VideoPortAcquireSpinLock(guarded.ext, guarded.lock, &irql);
	VideoPortAcquireSpinLock(guarded.ext, guarded.lock, &inner);
	VideoPortReleaseSpinLock(guarded.ext, guarded.lock, inner);
	off = irqs_disabled();
	VideoPortReleaseSpinLock(guarded.ext, guarded.lock, irql);
	KUNIT_EXPECT_EQ(test, off, !IS_ENABLED(CONFIG_PREEMPT_RT));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, "busy", NULL, 1);
	vt_remember(test);
	VideoPortReleaseSpinLockFromDpcLevel(guarded.ext, guarded.lock);
	vt_verify(test, false);
	vt_expect_events(test, "bad-parameter", NULL, 1);
	vt_delete_lock(test, guarded.lock);
}

struct contended {
	void *ext;
	PSPIN_LOCK lock;		/* deleted and created again meanwhile */
	bool over;
	bool irqs_stayed_off;
};

static void contended_work(void *data)
{
	struct contended *contended = data;
	UCHAR irql;

	while (!READ_ONCE(contended->over)) {
		PSPIN_LOCK lock = READ_ONCE(contended->lock);

		VideoPortAcquireSpinLock(contended->ext, lock, &irql);
		cpu_relax();
		VideoPortReleaseSpinLock(contended->ext, lock, irql);
		if (irqs_disabled()) {
			WRITE_ONCE(contended->irqs_stayed_off, true);
			local_irq_enable();
		}
		cond_resched();
	}
}

/*
 * SYNC-50: A lock can be deleted while other CPUs try to acquire it: they are refused
 *
 * No thread uses the memory of a deleted lock.
 */
static void sync_50_deleted_while_others_try(struct kunit *test)
{
	struct contended contended = { .ext = vt_ext(test), .lock = vt_get_lock(test) };
	struct vt_thread thread[VT_THREADS];
	unsigned int i, deleted = 0;
	PSPIN_LOCK old, new;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], contended_work, &contended);
	for (i = 0; i < DELETIONS; i++) {
		/* Do not assert while threads use this stack. */
		if (VideoPortCreateSpinLock(contended.ext, &new) != NO_ERROR)
			break;
		old = contended.lock;
		WRITE_ONCE(contended.lock, new);
		while (VideoPortDeleteSpinLock(contended.ext, old) != NO_ERROR)
			cond_resched();
		deleted++;
		cond_resched();
	}
	WRITE_ONCE(contended.over, true);
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
	KUNIT_EXPECT_EQ(test, deleted, (unsigned int)DELETIONS);
	KUNIT_EXPECT_FALSE(test, contended.irqs_stayed_off);
	KUNIT_EXPECT_TRUE(test, vt_find_live(test, "Lock", 1));
	vt_delete_lock(test, contended.lock);
}

static struct kunit_case spinlock_cases[] = {
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
	KUNIT_CASE(sync_27_verify_mode),
	KUNIT_CASE(sync_50_deleted_while_others_try),
	{ }
};

struct kunit_suite vt_spinlock_suite = {
	.name = "spinlock",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = spinlock_cases,
};
