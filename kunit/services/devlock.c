// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortAcquireDeviceLock and VideoPortReleaseDeviceLock.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>

#include "kunit/lib/clock.h"
#include "kunit/lib/helpers.h"

/*
 * The device lock
 */

struct waiter {
	void *ext;
	struct completion has, may_release, done;
};

static int waiter_thread(void *data)
{
	struct waiter *waiter = data;

	VideoPortAcquireDeviceLock(waiter->ext);
	complete(&waiter->has);
	wait_for_completion(&waiter->may_release);
	VideoPortReleaseDeviceLock(waiter->ext);
	kthread_complete_and_exit(&waiter->done, 0);
}

static void waiter_start(struct kunit *test, struct waiter *waiter)
{
	waiter->ext = vt_ext(test);
	init_completion(&waiter->has);
	init_completion(&waiter->may_release);
	init_completion(&waiter->done);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(waiter_thread, waiter,
						    "vpmem-waiter")));
}

static void waiter_end(struct waiter *waiter)
{
	complete(&waiter->may_release);
	wait_for_completion(&waiter->done);
}

/*
 * INTR-20: The holder of the device lock may acquire it again, and has to release it as often;
 * others wait
 */
static void intr_20_device_lock(struct kunit *test)
{
	struct waiter waiter;
	unsigned long early[3];

	vt_remember(test);
	VideoPortAcquireDeviceLock(vt_ext(test));
	VideoPortAcquireDeviceLock(vt_ext(test));
	waiter_start(test, &waiter);
	/* A waiter looks once a second whether the holder has exited. */
	early[0] = wait_for_completion_timeout(&waiter.has, 3 * HZ / 2);
	VideoPortReleaseDeviceLock(vt_ext(test));
	early[1] = wait_for_completion_timeout(&waiter.has, HZ / 20);
	VideoPortReleaseDeviceLock(vt_ext(test));
	early[2] = wait_for_completion_timeout(&waiter.has, VT_PATIENCE);
	waiter_end(&waiter);
	KUNIT_EXPECT_EQ(test, early[0], 0UL);
	KUNIT_EXPECT_EQ(test, early[1], 0UL);
	KUNIT_EXPECT_GT(test, early[2], 0UL);
	vt_expect_events(test, NULL, NULL, 0);
}

/* INTR-21: A task that does not hold the device lock cannot release it */
static void intr_21_release_by_a_stranger(struct kunit *test)
{
	struct waiter waiter;

	vt_remember(test);
	VideoPortReleaseDeviceLock(vt_ext(test));
	vt_expect_refused(test, "mismatch");
	waiter_start(test, &waiter);
	wait_for_completion(&waiter.has);
	VideoPortReleaseDeviceLock(vt_ext(test));
	waiter_end(&waiter);
	vt_expect_events(test, "mismatch", NULL, 2);
}

static void acquire_work(void *ext)
{
	VideoPortAcquireDeviceLock(ext);
}

static void release_work(void *ext)
{
	VideoPortReleaseDeviceLock(ext);
}

/* INTR-22: AcquireDeviceLock is refused in atomic context */
static void intr_22_device_lock_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(acquire_work, vt_ext(test));
	vt_expect_refused(test, "bad-context");
	vt_remember(test);
	context->run(release_work, vt_ext(test));
	vt_expect_refused(test, "bad-context");
}

/* INTR-23: vpmem_detach by who has it releases it, and names it */
static void intr_23_detach_with_device_lock(struct kunit *test)
{
	void *other = vt_attach_another(test);
	u64 mark = vt_log_mark();

	VideoPortAcquireDeviceLock(other);
	VideoPortAcquireDeviceLock(other);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem_detach",
					   "the device lock has been acquired too often"),
			1U);
}

static struct kunit_case devlock_cases[] = {
	KUNIT_CASE(intr_20_device_lock),
	KUNIT_CASE(intr_21_release_by_a_stranger),
	KUNIT_CASE_PARAM(intr_22_device_lock_may_sleep, vt_atomic_params),
	KUNIT_CASE(intr_23_detach_with_device_lock),
	{}
};

struct kunit_suite vt_devlock_suite = {
	.name = "devlock",
	.init = vt_interrupt_init,
	.exit = vt_interrupt_exit,
	.test_cases = devlock_cases,
};
