// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes, semaphores and fast mutexes of the NT kernel.
 */
#include <linux/bsearch.h>
#include <linux/delay.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "kunit/lib/waiter.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/*
 * Mutexes and semaphores
 */

/* KE-20: A KMUTEX keeps others out, and its owner takes it as often as it likes */
static void ke_20_mutex(struct kunit *test)
{
	struct vt_waiter waiter = { .gives = true };
	struct vt_thread thread;
	KMUTEX mutex;

	vt_remember(test);
	KeInitializeMutex(&mutex, 0);
	KUNIT_EXPECT_EQ(test, vt_wait_for_ever(&mutex), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&mutex, 0), STATUS_SUCCESS);
	waiter.object = &mutex;
	vt_thread_begin(test, &thread, vt_waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), -1);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), 0);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, mutex.Header.SignalState, 1);
	vt_expect_events(test, NULL, NULL, 0);
}

/* KE-21: A task that does not own a mutex cannot release it */
static void ke_21_mutex_of_another_task(struct kunit *test)
{
	struct vt_waiter waiter = {};
	struct vt_thread thread;
	KMUTEX mutex;

	vt_remember(test);
	KeInitializeMutex(&mutex, 0);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), 0);
	waiter.object = &mutex;
	vt_thread_begin(test, &thread, vt_waiter_work, &waiter);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&mutex, 1), STATUS_TIMEOUT);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(&mutex, 0), 0);
	KUNIT_EXPECT_EQ(test, mutex.Header.SignalState, 0);
	vt_expect_events(test, NULL, "bad-parameter", 2);
}

/* KE-22: A KSEMAPHORE lets in as many as it counts */
static void ke_22_semaphore(struct kunit *test)
{
	struct vt_thread thread[VT_THREADS];
	struct vt_waiter waiter = {};
	KSEMAPHORE semaphore;

	vt_remember(test);
	KeInitializeSemaphore(&semaphore, 1, VT_THREADS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&semaphore, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&semaphore, 0), STATUS_TIMEOUT);
	waiter.object = &semaphore;
	vt_threads_begin(test, thread, &waiter);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, VT_THREADS - 1, 0), 0);
	vt_wait_until(&waiter.ended, VT_THREADS - 1);
	msleep(20);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), VT_THREADS - 1);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 1, 0), 0);
	vt_threads_end(thread);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 2, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(&semaphore, 0, 1, 0), 2);
	vt_expect_events(test, NULL, NULL, 0);
}

/* KE-23: A semaphore cannot exceed its limit */
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
	KeInitializeSemaphore(&semaphore, -1, 2);
	KUNIT_EXPECT_EQ(test, semaphore.Header.SignalState, 0);
	KeInitializeSemaphore(&semaphore, 0, 0);
	KUNIT_EXPECT_EQ(test, semaphore.Header.SignalState, 0);
	KUNIT_EXPECT_EQ(test, semaphore.Limit, 1);
	vt_expect_events(test, NULL, "bad-parameter", 6);
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

	for (i = 0; i < VT_KE_ROUNDS / 5; i++) {
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
	KUNIT_EXPECT_EQ(test, fast.count, (unsigned long)VT_THREADS * (VT_KE_ROUNDS / 5));
	KUNIT_EXPECT_TRUE(test, ExTryToAcquireFastMutex(&fast.mutex));
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(&fast.mutex));
	ExReleaseFastMutex(&fast.mutex);
	ExAcquireFastMutexUnsafe(&fast.mutex);
	ExReleaseFastMutexUnsafe(&fast.mutex);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * KE-25: A recursive acquire, a release without owning, and an uninitialized fast mutex
 * are logged
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
 * KE-26: An acquire in atomic context is logged, and succeeds if the fast mutex is free
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

static struct kunit_case ke_mutex_cases[] = {
	KUNIT_CASE(ke_20_mutex),
	KUNIT_CASE(ke_21_mutex_of_another_task),
	KUNIT_CASE(ke_22_semaphore),
	KUNIT_CASE(ke_23_semaphore_beyond_its_limit),
	KUNIT_CASE(ke_24_fast_mutex),
	KUNIT_CASE(ke_25_fast_mutex_misused),
	KUNIT_CASE(ke_26_fast_mutex_where_one_cannot_sleep),
	{}
};

struct kunit_suite vt_ke_mutex_suite = {
	.name = "ke_mutex",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ke_mutex_cases,
};
