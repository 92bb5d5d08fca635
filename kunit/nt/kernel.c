// SPDX-License-Identifier: GPL-2.0-only
/*
 * What miniports call of the Windows kernel beside memory: spin locks, objects to wait
 * for, time, messages, the registry.
 */
#include <linux/bsearch.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

#define ROUNDS		1000

/*
 * Spin locks
 */

/*
 * KE-01: Under a KSPIN_LOCK interrupts are off and the IRQL is 2; afterwards they are
 * what they were
 */
static void ke_01_lock(struct kunit *test)
{
	UCHAR irql = 0xff, inside;
	KSPIN_LOCK lock = 0x77;
	bool off;

	vt_remember(test);
	KeInitializeSpinLock(&lock);
	KeAcquireSpinLock(&lock, &irql);
	inside = KeGetCurrentIrql();
	off = irqs_disabled();
	KeReleaseSpinLock(&lock, irql);
	KUNIT_EXPECT_EQ(test, irql, 0);
	KUNIT_EXPECT_EQ(test, inside, 2);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, KeGetCurrentIrql(), 0);
	vt_expect_events(test, NULL, NULL, 0);
}

struct guarded {
	KSPIN_LOCK lock;
	unsigned long count;
};

static void guarded_add(struct guarded *guarded)
{
	unsigned long count = READ_ONCE(guarded->count);

	cpu_relax();
	WRITE_ONCE(guarded->count, count + 1);
}

static void guarded_work(void *data)
{
	struct guarded *guarded = data;
	UCHAR irql;
	int i;

	for (i = 0; i < ROUNDS; i++) {
		KeAcquireSpinLock(&guarded->lock, &irql);
		guarded_add(guarded);
		KeReleaseSpinLock(&guarded->lock, irql);
		if (!(i % 16))
			cond_resched();
	}
}

/*
 * KE-02: It excludes others; a word that is zero is a lock
 *
 * One that is zero is a lock, as in memory that is zeroed.
 */
static void ke_02_lock_excludes(struct kunit *test)
{
	struct guarded guarded = {};

	vt_remember(test);
	vt_in_threads(test, guarded_work, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, (unsigned long)VT_THREADS * ROUNDS);
	KUNIT_EXPECT_EQ(test, guarded.lock, 0UL);
	vt_expect_events(test, NULL, NULL, 0);
}

/* By each of the names. */
static void take_by_all(void *data)
{
	struct guarded *guarded = data;
	UCHAR irql;

	KeAcquireSpinLock(&guarded->lock, &irql);
	guarded_add(guarded);
	KeReleaseSpinLock(&guarded->lock, irql);
	KeAcquireSpinLockAtDpcLevel(&guarded->lock);
	guarded_add(guarded);
	KeReleaseSpinLockFromDpcLevel(&guarded->lock);
	irql = KeAcquireSpinLockRaiseToDpc(&guarded->lock);
	guarded_add(guarded);
	KeReleaseSpinLock(&guarded->lock, irql);
	irql = KfAcquireSpinLock(&guarded->lock);
	guarded_add(guarded);
	KfReleaseSpinLock(&guarded->lock, irql);
	if (!KeTryToAcquireSpinLockAtDpcLevel(&guarded->lock))
		return;
	guarded_add(guarded);
	KeReleaseSpinLockFromDpcLevel(&guarded->lock);
}

/* KE-03: It is taken and given by each of its calls, in any context */
static void ke_03_lock_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct guarded guarded = {};

	vt_remember(test);
	take_by_all(&guarded);
	context->run(take_by_all, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, 10UL);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, NULL, NULL, 0);
}

/* KE-04: Locks are given in any order; interrupts are off until the last */
static void ke_04_locks_in_any_order(struct kunit *test)
{
	KSPIN_LOCK first = 0, second = 0, third = 0;
	UCHAR irql, inner, inmost;
	bool off[2];

	vt_remember(test);
	KeAcquireSpinLock(&first, &irql);
	KeAcquireSpinLock(&second, &inner);
	KeReleaseSpinLock(&first, inner);
	off[0] = irqs_disabled();
	KeAcquireSpinLock(&third, &inmost);
	KeReleaseSpinLock(&second, inmost);
	off[1] = irqs_disabled();
	KeReleaseSpinLock(&third, irql);
	KUNIT_EXPECT_EQ(test, irql, 0);
	KUNIT_EXPECT_EQ(test, inner, 2);
	KUNIT_EXPECT_TRUE(test, off[0] && off[1]);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_TRUE(test, !first && !second && !third);
	vt_expect_events(test, NULL, NULL, 0);
}

/* KE-05: To take it again is named; it is then given as often */
static void ke_05_lock_taken_twice(struct kunit *test)
{
	KSPIN_LOCK lock = 0;
	UCHAR irql, inner;
	bool off;

	vt_remember(test);
	KeAcquireSpinLock(&lock, &irql);
	KeAcquireSpinLock(&lock, &inner);
	KeReleaseSpinLock(&lock, inner);
	off = irqs_disabled();
	KeReleaseSpinLock(&lock, irql);
	KUNIT_EXPECT_TRUE(test, off);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, lock, 0UL);
	vt_expect_events(test, NULL, "busy", 1);
}

/* KE-06: To give one that is not held is named, and nothing else */
static void ke_06_lock_that_is_not_held(struct kunit *test)
{
	KSPIN_LOCK lock = 0;
	unsigned long flags;

	vt_remember(test);
	KeReleaseSpinLock(&lock, 0);
	local_irq_save(flags);
	KeReleaseSpinLockFromDpcLevel(&lock);
	local_irq_restore(flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, lock, 0UL);
	vt_expect_events(test, NULL, "bad-parameter", 2);
}

/* KE-07: A word that never was a lock becomes one when it is taken, and is named */
static void ke_07_what_never_was_a_lock(struct kunit *test)
{
	static const unsigned long words[] = { 1, 0x5a5a5a5a, ~0UL, 1UL << 16 };
	struct guarded guarded = {};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(words); i++) {
		guarded.lock = words[i];
		vt_remember(test);
		take_by_all(&guarded);
		KUNIT_EXPECT_EQ(test, guarded.lock, 0UL);
		vt_expect_events(test, NULL, "bad-pointer", 1);
	}
	KUNIT_EXPECT_EQ(test, guarded.count, 5UL * ARRAY_SIZE(words));
}

/* KE-08: NULL is named */
static void ke_08_null_for_a_lock(struct kunit *test)
{
	KSPIN_LOCK lock = 0;
	UCHAR irql = 0xff;

	vt_remember(test);
	KeInitializeSpinLock(NULL);
	KeAcquireSpinLock(NULL, &irql);
	KeReleaseSpinLock(NULL, 0);
	KUNIT_EXPECT_FALSE(test, KeTryToAcquireSpinLockAtDpcLevel(NULL));
	KUNIT_EXPECT_EQ(test, irql, 0);
	vt_expect_events(test, NULL, "bad-parameter", 4);
	vt_remember(test);
	KeAcquireSpinLock(&lock, NULL);
	KeReleaseSpinLock(&lock, 0);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, NULL, "bad-parameter", 1);
}

/*
 * KE-09: One that is held is not had by KeTryToAcquireSpinLockAtDpcLevel, and not
 * initialized again
 */
static void ke_09_lock_that_is_held(struct kunit *test)
{
	KSPIN_LOCK lock = 0;
	BOOLEAN had;
	UCHAR irql;

	vt_remember(test);
	KeAcquireSpinLock(&lock, &irql);
	had = KeTryToAcquireSpinLockAtDpcLevel(&lock);
	KeInitializeSpinLock(&lock);
	KeReleaseSpinLock(&lock, irql);
	KUNIT_EXPECT_FALSE(test, had);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	vt_expect_events(test, NULL, "busy", 1);
}

/*
 * Events
 */

static LONG wait_ms(void *object, unsigned int ms)
{
	LARGE_INTEGER timeout = { .QuadPart = -10000LL * ms };

	return KeWaitForSingleObject(object, Executive, KernelMode, 0, &timeout);
}

static LONG wait_for_ever(void *object)
{
	return KeWaitForSingleObject(object, Executive, KernelMode, 0, NULL);
}

/* KE-10: KeSetEvent, KeResetEvent and KeReadStateEvent tell the state of a KEVENT */
static void ke_10_state_of_an_event(struct kunit *test)
{
	KEVENT event;

	vt_remember(test);
	KeInitializeEvent(&event, NotificationEvent, 0);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 0);
	KUNIT_EXPECT_EQ(test, KeSetEvent(&event, IO_VIDEO_INCREMENT, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	KUNIT_EXPECT_EQ(test, event.Header.SignalState, 1);
	KUNIT_EXPECT_EQ(test, KeSetEvent(&event, IO_NO_INCREMENT, 0), 1);
	KUNIT_EXPECT_EQ(test, KeResetEvent(&event), 1);
	KUNIT_EXPECT_EQ(test, KeResetEvent(&event), 0);
	KeInitializeEvent(&event, SynchronizationEvent, 1);
	KUNIT_EXPECT_EQ(test, event.Header.Type, 1);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	KeClearEvent(&event);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * KE-11: A wait takes the signal of a SynchronizationEvent, and leaves that of a
 * NotificationEvent
 */
static void ke_11_notification_stays_synchronization_is_taken(struct kunit *test)
{
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, 1);
	KUNIT_EXPECT_EQ(test, wait_ms(&event, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_ms(&event, 1), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_for_ever(&event), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	KeInitializeEvent(&event, SynchronizationEvent, 1);
	KUNIT_EXPECT_EQ(test, wait_ms(&event, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_ms(&event, 0), STATUS_TIMEOUT);
	KeSetEvent(&event, 0, 0);
	KUNIT_EXPECT_EQ(test, wait_for_ever(&event), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_ms(&event, 1), STATUS_TIMEOUT);
}

/* KE-12: Time-outs of zero, relative and absolute ones; none is over too early */
static void ke_12_timeouts(struct kunit *test)
{
	LARGE_INTEGER until, past = { .QuadPart = 1 };
	u64 start = ktime_get_ns();
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, 0);
	KUNIT_EXPECT_EQ(test, wait_ms(&event, 60), STATUS_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 60 * NSEC_PER_MSEC);
	start = ktime_get_ns();
	KeQuerySystemTime(&until);
	until.QuadPart += 600000;
	KUNIT_EXPECT_EQ(test, KeWaitForSingleObject(&event, Executive, KernelMode, 0, &until),
			STATUS_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 59 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, KeWaitForSingleObject(&event, Executive, KernelMode, 0, &past),
			STATUS_TIMEOUT);
}

struct waiter {
	void *object;
	bool gives;			/* the mutex back */
	atomic_t woken;
	atomic_t ended;
	LONG status;
};

static void waiter_work(void *data)
{
	struct waiter *waiter = data;
	LONG status;

	allow_signal(SIGKILL);
	status = wait_for_ever(waiter->object);
	WRITE_ONCE(waiter->status, status);
	if (status == STATUS_SUCCESS)
		atomic_inc(&waiter->woken);
	if (waiter->gives && status == STATUS_SUCCESS)
		KeReleaseMutex(waiter->object, 0);
	atomic_inc(&waiter->ended);
}

static void wait_until(atomic_t *count, int least)
{
	int i;

	for (i = 0; i < 2000 && atomic_read(count) < least; i++)
		msleep(20);
}

static void threads_begin(struct kunit *test, struct vt_thread *thread,
			  struct waiter *waiter)
{
	int i;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], waiter_work, waiter);
	for (i = 0; i < VT_THREADS; i++)
		vt_expect_thread_waits(test, &thread[i]);
}

static void threads_end(struct vt_thread *thread)
{
	int i;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
}

static void set_event(void *data)
{
	KeSetEvent(data, IO_NO_INCREMENT, 0);
}

/* KE-13: An event is set in any context, and wakes who waits */
static void ke_13_set_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct waiter waiter = {};
	struct vt_thread thread;
	KEVENT event;

	KeInitializeEvent(&event, SynchronizationEvent, 0);
	waiter.object = &event;
	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.ended), 0);
	context->run(set_event, &event);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 0);
}

/* KE-14: A SynchronizationEvent wakes one, a NotificationEvent all */
static void ke_14_one_waiter_or_all(struct kunit *test)
{
	struct vt_thread thread[VT_THREADS];
	struct waiter waiter = {};
	KEVENT event;
	int i;

	KeInitializeEvent(&event, SynchronizationEvent, 0);
	waiter.object = &event;
	threads_begin(test, thread, &waiter);
	for (i = 1; i <= VT_THREADS; i++) {
		set_event(&event);
		wait_until(&waiter.ended, i);
		msleep(20);
		KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), i);
	}
	threads_end(thread);
	waiter = (struct waiter){ .object = &event };
	KeInitializeEvent(&event, NotificationEvent, 0);
	threads_begin(test, thread, &waiter);
	set_event(&event);
	threads_end(thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), VT_THREADS);
}

/* KE-15: Who is killed waits no longer: STATUS_USER_APC */
static void ke_15_who_is_killed_waits_no_longer(struct kunit *test)
{
	struct waiter waiter = {};
	struct vt_thread thread;
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, 0);
	waiter.object = &event;
	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	if (!IS_ERR(thread.task))
		send_sig(SIGKILL, thread.task, 1);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, STATUS_USER_APC);
}

struct atomic_wait {
	void *object;
	LARGE_INTEGER interval;
	LONG at_once, later, delay;
};

static void wait_atomic(void *data)
{
	struct atomic_wait *job = data;

	job->at_once = wait_ms(job->object, 0);
	job->later = wait_ms(job->object, 10);
	job->delay = KeDelayExecutionThread(KernelMode, 0, &job->interval);
}

/* KE-16: No wait and no delay where one cannot sleep, but one of zero */
static void ke_16_no_wait_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_wait job = { .interval.QuadPart = -10000 };
	KEVENT event;

	vt_skip_if_hidden(test, context);
	KeInitializeEvent(&event, SynchronizationEvent, 1);
	job.object = &event;
	vt_remember(test);
	context->run(wait_atomic, &job);
	KUNIT_EXPECT_EQ(test, job.at_once, STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, job.later, STATUS_UNSUCCESSFUL);
	KUNIT_EXPECT_EQ(test, job.delay, STATUS_UNSUCCESSFUL);
	vt_expect_events(test, NULL, "bad-context", 2);
}

/* Each call once, on what is no object; the last of them are not for events. */
static void call_all(struct kunit *test, void *object)
{
	KUNIT_EXPECT_EQ(test, KeSetEvent(object, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, KeResetEvent(object), 0);
	KeClearEvent(object);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(object), 0);
	KUNIT_EXPECT_EQ(test, wait_for_ever(object), STATUS_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(object, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(object, 0, 1, 0), 0);
}

/* KE-17: A foreign pointer is no object, is left alone and named */
static void ke_17_foreign_pointer_for_an_object(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);

	vt_remember(test);
	call_all(test, address);
	vt_expect_events(test, NULL, "bad-pointer", 7);
}

/*
 * KE-18: Neither is one that was not initialized, was moved, or is of another type, nor
 * NULL
 */
static void ke_18_what_is_no_object(struct kunit *test)
{
	KEVENT event, moved;
	KMUTEX zeroes = {};

	vt_remember(test);
	call_all(test, &zeroes);
	KUNIT_EXPECT_NULL(test, memchr_inv(&zeroes, 0, sizeof(zeroes)));
	KeInitializeEvent(&event, NotificationEvent, 1);
	moved = event;
	call_all(test, &moved);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex((KMUTEX *)&event, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	vt_expect_events(test, NULL, "bad-pointer", 15);
	vt_remember(test);
	call_all(test, NULL);
	KeInitializeEvent(NULL, NotificationEvent, 0);
	KeInitializeMutex(NULL, 0);
	KeInitializeSemaphore(NULL, 0, 1);
	ExInitializeFastMutex(NULL);
	ExAcquireFastMutex(NULL);
	ExReleaseFastMutex(NULL);
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(NULL));
	vt_expect_events(test, NULL, "bad-parameter", 14);
}

static void expect_event_at(struct kunit *test, KEVENT *event)
{
	KeInitializeEvent(event, SynchronizationEvent, 0);
	KUNIT_EXPECT_EQ(test, KeSetEvent(event, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, wait_for_ever(event), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_ms(event, 0), STATUS_TIMEOUT);
}

/*
 * KE-19: Objects may lie on the stack, in the extension, in the module, across pages and
 * unaligned
 */
static void ke_19_objects_lie_anywhere(struct kunit *test)
{
	static KEVENT of_the_module;
	struct vt_fixture *fx = test->priv;
	KEVENT on_the_stack;

	vt_remember(test);
	expect_event_at(test, &of_the_module);
	expect_event_at(test, &on_the_stack);
	expect_event_at(test, vt_ext(test));
	/* Of a packed structure, as it is in some drivers. */
	expect_event_at(test, vt_ext(test) + 4);
	vt_expect_events(test, NULL, NULL, 0);
	expect_event_at(test, (KEVENT *)(fx->text + PAGE_SIZE - 8));
}

/*
 * Mutexes and semaphores
 */

/* KE-20: A KMUTEX keeps others out, and its owner takes it as often as it likes */
static void ke_20_mutex(struct kunit *test)
{
	struct waiter waiter = { .gives = true };
	struct vt_thread thread;
	KMUTEX mutex;

	vt_remember(test);
	KeInitializeMutex(&mutex, 0);
	KUNIT_EXPECT_EQ(test, wait_for_ever(&mutex), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_ms(&mutex, 0), STATUS_SUCCESS);
	waiter.object = &mutex;
	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), -1);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), 0);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, mutex.Header.SignalState, 1);
	vt_expect_events(test, NULL, NULL, 0);
}

/* KE-21: Who does not have a mutex cannot release it */
static void ke_21_mutex_of_another_task(struct kunit *test)
{
	struct waiter waiter = {};
	struct vt_thread thread;
	KMUTEX mutex;

	vt_remember(test);
	KeInitializeMutex(&mutex, 0);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), 0);
	waiter.object = &mutex;
	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, wait_ms(&mutex, 1), STATUS_TIMEOUT);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), 0);
	KUNIT_EXPECT_EQ(test, mutex.Header.SignalState, 0);
	vt_expect_events(test, NULL, "bad-parameter", 2);
}

/* KE-22: A KSEMAPHORE lets in as many as it counts */
static void ke_22_semaphore(struct kunit *test)
{
	struct vt_thread thread[VT_THREADS];
	struct waiter waiter = {};
	KSEMAPHORE semaphore;

	vt_remember(test);
	KeInitializeSemaphore(&semaphore, 1, VT_THREADS);
	KUNIT_EXPECT_EQ(test, wait_ms(&semaphore, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, wait_ms(&semaphore, 0), STATUS_TIMEOUT);
	waiter.object = &semaphore;
	threads_begin(test, thread, &waiter);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, VT_THREADS - 1, 0), 0);
	wait_until(&waiter.ended, VT_THREADS - 1);
	msleep(20);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), VT_THREADS - 1);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 1, 0), 0);
	threads_end(thread);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 2, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 1, 0), 2);
	vt_expect_events(test, NULL, NULL, 0);
}

/* KE-23: It does not come beyond its limit */
static void ke_23_semaphore_beyond_its_limit(struct kunit *test)
{
	KSEMAPHORE semaphore;

	vt_remember(test);
	KeInitializeSemaphore(&semaphore, 1, 2);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 2, 0), 1);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 0, 0), 1);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 0x7fffffff, 0), 1);
	KUNIT_EXPECT_EQ(test, semaphore.Header.SignalState, 1);
	KeInitializeSemaphore(&semaphore, 3, 2);
	KUNIT_EXPECT_EQ(test, semaphore.Header.SignalState, 2);
	vt_expect_events(test, NULL, "bad-parameter", 4);
}

struct fast {
	FAST_MUTEX mutex;
	unsigned long count;
};

static void fast_work(void *data)
{
	struct fast *fast = data;
	unsigned long count;
	int i;

	for (i = 0; i < ROUNDS / 5; i++) {
		ExAcquireFastMutex(&fast->mutex);
		count = fast->count;
		if (!(i % 16))
			cond_resched();
		fast->count = count + 1;
		ExReleaseFastMutex(&fast->mutex);
	}
}

/* KE-24: A FAST_MUTEX excludes others, and is tried for */
static void ke_24_fast_mutex(struct kunit *test)
{
	struct fast fast = {};

	vt_remember(test);
	ExInitializeFastMutex(&fast.mutex);
	vt_in_threads(test, fast_work, &fast);
	KUNIT_EXPECT_EQ(test, fast.count, (unsigned long)VT_THREADS * (ROUNDS / 5));
	KUNIT_EXPECT_TRUE(test, ExTryToAcquireFastMutex(&fast.mutex));
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(&fast.mutex));
	ExReleaseFastMutex(&fast.mutex);
	ExAcquireFastMutexUnsafe(&fast.mutex);
	ExReleaseFastMutexUnsafe(&fast.mutex);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * KE-25: To take it again, to release it without having it, and one that was not
 * initialized are named
 */
static void ke_25_fast_mutex_misused(struct kunit *test)
{
	FAST_MUTEX mutex = {};

	vt_remember(test);
	ExAcquireFastMutex(&mutex);
	ExReleaseFastMutex(&mutex);
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(&mutex));
	vt_expect_events(test, NULL, "bad-pointer", 3);
	ExInitializeFastMutex(&mutex);
	vt_remember(test);
	ExReleaseFastMutex(&mutex);
	vt_expect_events(test, NULL, "bad-parameter", 1);
	vt_remember(test);
	ExAcquireFastMutex(&mutex);
	ExAcquireFastMutex(&mutex);
	ExReleaseFastMutex(&mutex);
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(&mutex));
	ExReleaseFastMutex(&mutex);
	KUNIT_EXPECT_TRUE(test, ExTryToAcquireFastMutex(&mutex));
	ExReleaseFastMutex(&mutex);
	vt_expect_events(test, NULL, "busy", 1);
}

static void acquire_job(void *data)
{
	ExAcquireFastMutex(data);
}

/*
 * KE-26: Where one cannot sleep it is named, and had if nobody has it
 *
 * If nobody has it, it is had all the same.
 */
static void ke_26_fast_mutex_where_one_cannot_sleep(struct kunit *test)
{
	FAST_MUTEX mutex;

	ExInitializeFastMutex(&mutex);
	vt_remember(test);
	vt_irqs_off.run(acquire_job, &mutex);
	vt_expect_events(test, NULL, "bad-context", 1);
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(&mutex));
	ExReleaseFastMutex(&mutex);
}

/*
 * Time
 */

static LONG delay(s64 interval)
{
	LARGE_INTEGER time = { .QuadPart = interval };

	return KeDelayExecutionThread(KernelMode, 0, &time);
}

/* KE-30: KeDelayExecutionThread sleeps no shorter than it is told */
static void ke_30_delay(struct kunit *test)
{
	u64 start = ktime_get_ns();

	KUNIT_EXPECT_EQ(test, delay(-250000), STATUS_SUCCESS);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 25 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, delay(-10), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, delay(0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, delay(1), STATUS_SUCCESS);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, KeDelayExecutionThread(KernelMode, 0, NULL),
			STATUS_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "bad-parameter", 1);
}

static void delay_for_long(void *data)
{
	allow_signal(SIGKILL);
	*(LONG *)data = delay(-10000LL * 1000 * 3600);
}

/* KE-31: Who is killed sleeps no longer */
static void ke_31_who_is_killed_sleeps_no_longer(struct kunit *test)
{
	LONG status = STATUS_SUCCESS;
	struct vt_thread thread;

	vt_thread_begin(test, &thread, delay_for_long, &status);
	vt_expect_thread_waits(test, &thread);
	if (!IS_ERR(thread.task))
		send_sig(SIGKILL, thread.task, 1);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, status, STATUS_USER_APC);
}

/*
 * KE-32: The performance counter, ticks, interrupt time and system time agree with each
 * other and with the DDI's
 */
static void ke_32_time(struct kunit *test)
{
	LARGE_INTEGER frequency, before, after, ticks, system, same;
	u64 units;

	before = KeQueryPerformanceCounter(&frequency);
	KUNIT_EXPECT_EQ(test, frequency.QuadPart, 10000000LL);
	KeStallExecutionProcessor(2000);
	after = KeQueryPerformanceCounter(NULL);
	KUNIT_EXPECT_GE(test, after.QuadPart - before.QuadPart, 20000LL);
	units = KeQueryInterruptTime();
	KUNIT_EXPECT_GE(test, units, (u64)after.QuadPart);
	KeQueryTickCount(&ticks);
	KUNIT_EXPECT_GE(test, (ticks.QuadPart + 1) * KeQueryTimeIncrement(), (s64)units);
	KUNIT_EXPECT_LE(test, ticks.QuadPart * KeQueryTimeIncrement(),
			(s64)KeQueryInterruptTime());
	KeQuerySystemTime(&system);
	VideoPortQuerySystemTime(&same);
	KUNIT_EXPECT_LT(test, same.QuadPart - system.QuadPart, 10000000LL * 60);
	KUNIT_EXPECT_GE(test, same.QuadPart, system.QuadPart);
}

static void irql_store(void *data)
{
	*(UCHAR *)data = KeGetCurrentIrql();
}

/* KE-33: KeGetCurrentIrql is VideoPortGetCurrentIrql */
static void ke_33_irql(struct kunit *test)
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
 * Messages, the C library, the registry
 */

/* KE-40: DbgPrint and DbgPrintEx print in the formats of Windows */
static void ke_40_messages(struct kunit *test)
{
	u64 mark = vt_log_mark();

	KUNIT_EXPECT_EQ(test, DbgPrint("one %lx %hs %I64u\n", 0x1234abcd, "wide", 5ULL), 0U);
	KUNIT_EXPECT_EQ(test, DbgPrintEx(78, 3, "two %s", "narrow"), 0U);
	KUNIT_EXPECT_EQ(test, DbgPrint(NULL), 0U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: miniport: one 1234abcd ", "wide 5"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: miniport: two narrow", ""), 1U);
}

/*
 * KE-51: KeBugCheck and KeBugCheckEx say their arguments and do not return
 * Untested: it ends the task, and with it what a test kernel could still tell
 */

static int compare_numbers(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* KE-41: qsort sorts, and bsearch finds */
static void ke_41_sort(struct kunit *test)
{
	int numbers[] = { 7, -3, 11, 0, 7, 2 }, key = 11;

	qsort(numbers, ARRAY_SIZE(numbers), sizeof(*numbers), compare_numbers);
	KUNIT_EXPECT_EQ(test, numbers[0], -3);
	KUNIT_EXPECT_EQ(test, numbers[1], 0);
	KUNIT_EXPECT_EQ(test, numbers[2], 2);
	KUNIT_EXPECT_EQ(test, numbers[3], 7);
	KUNIT_EXPECT_EQ(test, numbers[4], 7);
	KUNIT_EXPECT_EQ(test, numbers[5], 11);
	KUNIT_EXPECT_PTR_EQ(test, bsearch(&key, numbers, ARRAY_SIZE(numbers),
					  sizeof(*numbers), compare_numbers),
			    (void *)&numbers[5]);
	qsort(numbers, 0, sizeof(*numbers), compare_numbers);
}

/* KE-42: The calls of the registry find no key and no handle, and say so */
static void ke_42_no_registry(struct kunit *test)
{
	HANDLE opened = test, created = test;
	ULONG length = 5;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, ZwOpenKey(&opened, 0, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
	KUNIT_EXPECT_EQ(test, ZwCreateKey(&created, 0, NULL, 0, NULL, 0, NULL),
			STATUS_OBJECT_NAME_NOT_FOUND);
	KUNIT_EXPECT_EQ(test, ZwOpenKey(NULL, 0, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
	KUNIT_EXPECT_NULL(test, opened);
	KUNIT_EXPECT_NULL(test, created);
	KUNIT_EXPECT_EQ(test, ZwQueryValueKey(test, NULL, KeyValueFullInformation, NULL, 0,
					      &length), STATUS_INVALID_HANDLE);
	KUNIT_EXPECT_EQ(test, length, 0U);
	KUNIT_EXPECT_EQ(test, ZwSetValueKey(test, NULL, 0, 4, &length, 4),
			STATUS_INVALID_HANDLE);
	KUNIT_EXPECT_EQ(test, ZwClose(test), STATUS_INVALID_HANDLE);
	KUNIT_EXPECT_EQ(test, RtlQueryRegistryValues(0, NULL, NULL, NULL, NULL),
			STATUS_OBJECT_NAME_NOT_FOUND);
	KUNIT_EXPECT_EQ(test, RtlWriteRegistryValue(0, NULL, NULL, 4, &length, 4),
			STATUS_OBJECT_NAME_NOT_FOUND);
	KUNIT_EXPECT_EQ(test, RtlCheckRegistryKey(0, NULL), STATUS_OBJECT_NAME_NOT_FOUND);
	vt_expect_events(test, NULL, "unsupported", 9);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(ke_01_lock),
	KUNIT_CASE(ke_02_lock_excludes),
	KUNIT_CASE_PARAM(ke_03_lock_anywhere, vt_context_params),
	KUNIT_CASE(ke_04_locks_in_any_order),
	KUNIT_CASE(ke_05_lock_taken_twice),
	KUNIT_CASE(ke_06_lock_that_is_not_held),
	KUNIT_CASE(ke_07_what_never_was_a_lock),
	KUNIT_CASE(ke_08_null_for_a_lock),
	KUNIT_CASE(ke_09_lock_that_is_held),
	KUNIT_CASE(ke_10_state_of_an_event),
	KUNIT_CASE(ke_11_notification_stays_synchronization_is_taken),
	KUNIT_CASE(ke_12_timeouts),
	KUNIT_CASE_PARAM(ke_13_set_anywhere, vt_context_params),
	KUNIT_CASE(ke_14_one_waiter_or_all),
	KUNIT_CASE(ke_15_who_is_killed_waits_no_longer),
	KUNIT_CASE_PARAM(ke_16_no_wait_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(ke_17_foreign_pointer_for_an_object, vt_foreign_params),
	KUNIT_CASE(ke_18_what_is_no_object),
	KUNIT_CASE(ke_19_objects_lie_anywhere),
	KUNIT_CASE(ke_20_mutex),
	KUNIT_CASE(ke_21_mutex_of_another_task),
	KUNIT_CASE(ke_22_semaphore),
	KUNIT_CASE(ke_23_semaphore_beyond_its_limit),
	KUNIT_CASE(ke_24_fast_mutex),
	KUNIT_CASE(ke_25_fast_mutex_misused),
	KUNIT_CASE(ke_26_fast_mutex_where_one_cannot_sleep),
	KUNIT_CASE(ke_30_delay),
	KUNIT_CASE(ke_31_who_is_killed_sleeps_no_longer),
	KUNIT_CASE(ke_32_time),
	KUNIT_CASE_PARAM(ke_33_irql, vt_context_params),
	KUNIT_CASE(ke_40_messages),
	KUNIT_CASE(ke_41_sort),
	KUNIT_CASE(ke_42_no_registry),
	{}
};

struct kunit_suite vt_kernel_suite = {
	.name = "kernel",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
