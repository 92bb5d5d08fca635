// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spin locks of the NT kernel.
 */
#include <linux/bsearch.h>
#include <linux/irqflags.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "kunit/lib/waiter.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

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

	for (i = 0; i < VT_KE_ROUNDS; i++) {
		KeAcquireSpinLock(&guarded->lock, &irql);
		guarded_add(guarded);
		KeReleaseSpinLock(&guarded->lock, irql);
		if (!(i % 16))
			cond_resched();
	}
}

/*
 * KE-02: A lock excludes other CPUs; a word that is zero is a free lock
 *
 * Zeroed memory thus contains free locks, as on Windows.
 */
static void ke_02_lock_excludes(struct kunit *test)
{
	struct guarded guarded = {};

	vt_remember(test);
	vt_in_threads(test, guarded_work, &guarded);
	KUNIT_EXPECT_EQ(test, guarded.count, (unsigned long)VT_THREADS * VT_KE_ROUNDS);
	KUNIT_EXPECT_EQ(test, guarded.lock, 0UL);
	vt_expect_events(test, NULL, NULL, 0);
}

/* Acquire and release by each of the names. */
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

/* KE-03: Each of its calls acquires and releases a spin lock, in any context */
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

/* KE-05: A recursive acquire is logged; the lock is then released as often */
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

/* KE-06: A release of a lock that is not held is logged, and does nothing */
static void ke_06_lock_that_is_not_held(struct kunit *test)
{
	KSPIN_LOCK lock = 0;
	unsigned long flags;

	vt_remember(test);
	KeReleaseSpinLock(&lock, 0);
	local_irq_save(flags);
	KeReleaseSpinLockFromDpcLevel(&lock);
	/* It may be initialized again. */
	KeInitializeSpinLock(&lock);
	local_irq_restore(flags);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, lock, 0UL);
	vt_expect_events(test, NULL, "bad-parameter", 2);
}

/* KE-07: Acquiring memory that never was a lock initializes it, and is logged */
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
	/* A call that only tries fails once. */
	guarded.lock = words[0];
	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, KeTryToAcquireSpinLockAtDpcLevel(&guarded.lock));
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_EQ(test, guarded.lock, 0UL);
	vt_expect_events(test, NULL, "bad-pointer", 1);
}

/* KE-08: NULL is logged */
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
 * KE-09: A held lock is not acquired by KeTryToAcquireSpinLockAtDpcLevel, and not
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

static struct kunit_case ke_lock_cases[] = {
	KUNIT_CASE(ke_01_lock),
	KUNIT_CASE(ke_02_lock_excludes),
	KUNIT_CASE_PARAM(ke_03_lock_anywhere, vt_context_params),
	KUNIT_CASE(ke_04_locks_in_any_order),
	KUNIT_CASE(ke_05_lock_taken_twice),
	KUNIT_CASE(ke_06_lock_that_is_not_held),
	KUNIT_CASE(ke_07_what_never_was_a_lock),
	KUNIT_CASE(ke_08_null_for_a_lock),
	KUNIT_CASE(ke_09_lock_that_is_held),
	{}
};

struct kunit_suite vt_ke_lock_suite = {
	.name = "ke_lock",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ke_lock_cases,
};
