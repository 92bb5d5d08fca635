// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortSynchronizeExecution and the calls of an interrupt line.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/string.h>

#include "kunit/lib/clock.h"
#include "kunit/lib/helpers.h"
#include "include/video.h"

/*
 * Synchronized routines
 */

struct synchronized {
	void *ext;
	VIDEO_SYNCHRONIZE_PRIORITY priority;
	BOOLEAN answer;
	bool possible;			/* to go down to that priority */
	unsigned int calls;
	bool irqs_off, bh_off;
	bool irqs_were_off, irqs_are_off;
	BOOLEAN result;
};

static BOOLEAN synchronized_routine(PVOID context)
{
	struct synchronized *sync = context;

	sync->calls++;
	sync->irqs_off = irqs_disabled();
	sync->bh_off = softirq_count() || in_hardirq();
	return sync->answer;
}

static void synchronized_work(void *data)
{
	struct synchronized *sync = data;

	sync->irqs_were_off = irqs_disabled();
	sync->possible = sync->priority != VpMediumPriority ||
			 (!irqs_disabled() && !in_hardirq());
	sync->result = VideoPortSynchronizeExecution(sync->ext, sync->priority,
						     synchronized_routine, sync);
	sync->irqs_are_off = irqs_disabled();
}

static void expect_synchronized(struct kunit *test, VIDEO_SYNCHRONIZE_PRIORITY priority,
				BOOLEAN answer)
{
	const struct vt_context *context = test->param_value;
	struct synchronized sync = {
		.ext = vt_ext(test), .priority = priority, .answer = answer,
	};

	vt_remember(test);
	context->run(synchronized_work, &sync);
	vt_expect_untouched(test);
	vt_expect_events(test, sync.possible ? NULL : "bad-context", NULL,
			 sync.possible ? 0 : 1);
	KUNIT_EXPECT_EQ(test, sync.calls, sync.possible ? 1U : 0U);
	KUNIT_EXPECT_EQ(test, sync.result, (BOOLEAN)(sync.possible && answer));
	KUNIT_EXPECT_EQ(test, sync.irqs_are_off, sync.irqs_were_off);
	if (priority == VpHighPriority)
		KUNIT_EXPECT_EQ(test, sync.irqs_off, !IS_ENABLED(CONFIG_PREEMPT_RT));
	else if (sync.possible)
		KUNIT_EXPECT_EQ(test, sync.irqs_off, sync.irqs_were_off);
	if (priority == VpMediumPriority && sync.possible)
		KUNIT_EXPECT_TRUE(test, sync.bh_off);
}

/*
 * INTR-08: VideoPortSynchronizeExecution calls its routine once, at each priority, with
 * interrupts or softirqs off accordingly and restored, and returns its answer; medium
 * priority is refused where interrupts are off
 */
static void intr_08_synchronized(struct kunit *test)
{
	VIDEO_SYNCHRONIZE_PRIORITY priority;

	for (priority = VpLowPriority; priority <= VpHighPriority; priority++) {
		expect_synchronized(test, priority, true);
		expect_synchronized(test, priority, false);
	}
}

/* INTR-09: No routine and no such priority are refused */
static void intr_09_synchronize_refused(struct kunit *test)
{
	struct synchronized sync = { .answer = true };
	static const int priorities[] = { -1, VpHighPriority + 1, INT_MAX };
	int i;

	for (i = 0; i < ARRAY_SIZE(priorities); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ(test, VideoPortSynchronizeExecution(vt_ext(test),
								    priorities[i],
								    synchronized_routine,
								    &sync), false);
		vt_expect_refused(test, "bad-parameter");
	}
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortSynchronizeExecution(vt_ext(test), VpHighPriority,
							    NULL, &sync), false);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, sync.calls, 0U);
}

/* Call again from inside, with the next priority of the list. */
struct nested {
	void *ext;
	const VIDEO_SYNCHRONIZE_PRIORITY *next;
	unsigned int left;
	unsigned int calls;
};

static BOOLEAN nested_routine(PVOID context)
{
	struct nested *nested = context;

	nested->calls++;
	if (!nested->left--)
		return true;
	return VideoPortSynchronizeExecution(nested->ext, *nested->next++, nested_routine,
					     nested);
}

/*
 * INTR-10: A synchronized routine may synchronize another one, up to VpHighPriority and
 * not down
 */
static void intr_10_synchronized_within(struct kunit *test)
{
	static const VIDEO_SYNCHRONIZE_PRIORITY priorities[] = {
		VpLowPriority, VpMediumPriority, VpMediumPriority, VpLowPriority,
		VpMediumPriority, VpHighPriority, VpHighPriority, VpLowPriority,
		VpHighPriority,
	};
	static const VIDEO_SYNCHRONIZE_PRIORITY down[] = {
		VpHighPriority, VpMediumPriority,
	};
	struct nested nested = { vt_ext(test), priorities, ARRAY_SIZE(priorities) };

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, nested_routine(&nested), true);
	KUNIT_EXPECT_EQ(test, nested.calls, (unsigned int)ARRAY_SIZE(priorities) + 1);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_FALSE(test, irqs_disabled());
	KUNIT_EXPECT_FALSE(test, !!softirq_count());
	nested = (struct nested){ vt_ext(test), down, ARRAY_SIZE(down) };
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, nested_routine(&nested), false);
	KUNIT_EXPECT_EQ(test, nested.calls, 2U);
	vt_expect_events(test, "bad-context", NULL, 1);
}

#define THREADS		2
#define ROUNDS		300

static struct crowd {
	void *ext;
	VIDEO_SYNCHRONIZE_PRIORITY priority;
	unsigned int inside;		/* on purpose not atomic */
	unsigned int passed;
	bool collided;
} crowd;

static BOOLEAN crowd_routine(PVOID context)
{
	if (READ_ONCE(crowd.inside))
		crowd.collided = true;
	WRITE_ONCE(crowd.inside, crowd.inside + 1);
	VideoPortStallExecution(10);
	crowd.passed++;
	WRITE_ONCE(crowd.inside, crowd.inside - 1);
	return true;
}

static void crowd_dpc(PVOID ext, PVOID context)
{
	if (crowd.priority == VpMediumPriority)
		crowd_routine(NULL);
	else
		VideoPortSynchronizeExecution(ext, crowd.priority, crowd_routine, NULL);
	if (dpc.again && --dpc.again)
		VideoPortQueueDpc(ext, crowd_dpc, context);
	else
		complete(&dpc.done);
}

static int crowd_thread(void *done)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		VideoPortSynchronizeExecution(crowd.ext, crowd.priority, crowd_routine,
					      NULL);
		cond_resched();
	}
	kthread_complete_and_exit(done, 0);
}

static void expect_alone(struct kunit *test, VIDEO_SYNCHRONIZE_PRIORITY priority)
{
	struct completion done[THREADS];
	unsigned int i, started = 0;

	crowd = (struct crowd){ .ext = vt_ext(test), .priority = priority };
	dpc.again = ROUNDS;
	for (i = 0; i < THREADS; i++) {
		init_completion(&done[i]);
		if (!IS_ERR(kthread_run(crowd_thread, &done[i], "vpmem-crowd")))
			started |= BIT(i);
	}
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(vt_ext(test), crowd_dpc, NULL), true);
	for (i = 0; i < THREADS; i++)
		if (started & BIT(i))
			wait_for_completion(&done[i]);
	vt_expect_dpc(test);
	KUNIT_EXPECT_EQ(test, started, (unsigned int)BIT(THREADS) - 1);
	KUNIT_EXPECT_FALSE(test, crowd.collided);
	KUNIT_EXPECT_EQ(test, crowd.passed, (unsigned int)(THREADS + 1) * ROUNDS);
}

/* INTR-11: At VpMediumPriority one routine or DPC runs at a time */
static void intr_11_medium_keeps_dpc_out(struct kunit *test)
{
	expect_alone(test, VpMediumPriority);
}

/* INTR-12: At VpHighPriority one routine runs at a time */
static void intr_12_high_keeps_all_out(struct kunit *test)
{
	expect_alone(test, VpHighPriority);
}

/*
 * The line
 */

static void line_work(void *data)
{
	VP_STATUS *status = data;

	status[0] = VideoPortEnableInterrupt(vt_clock.ext);
	status[1] = VideoPortDisableInterrupt(vt_clock.ext);
}

/*
 * INTR-24: Without an interrupt, VideoPortEnableInterrupt and VideoPortDisableInterrupt
 * fail
 */
static void intr_24_no_line(struct kunit *test)
{
	VP_STATUS status[2] = { NO_ERROR, NO_ERROR };

	vt_clock.ext = vt_ext(test);
	vt_remember(test);
	line_work(status);
	KUNIT_EXPECT_EQ(test, status[0], ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_EQ(test, status[1], ERROR_INVALID_FUNCTION);
	vt_expect_events(test, NULL, NULL, 0);
}

/* INTR-25: EnableInterrupt and DisableInterrupt are refused in atomic context */
static void intr_25_line_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	VP_STATUS status[2] = { NO_ERROR, NO_ERROR };

	vt_skip_if_hidden(test, context);
	vt_clock.ext = vt_ext(test);
	vt_remember(test);
	context->run(line_work, status);
	KUNIT_EXPECT_EQ(test, status[0], ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, status[1], ERROR_INVALID_PARAMETER);
	vt_expect_events(test, "bad-context", NULL, 2);
}

/* INTR-26: None of these calls has an effect for an invalid extension */
static void intr_26_no_adapter(struct kunit *test)
{
	struct synchronized sync = { .answer = true };
	VP_STATUS status[2] = { NO_ERROR, NO_ERROR };

	vt_clock.ext = vt_detached_extension(test);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(vt_clock.ext, vt_count_dpc, &dpc), false);
	KUNIT_EXPECT_EQ(test, VideoPortSynchronizeExecution(vt_clock.ext, VpLowPriority,
							    synchronized_routine, &sync),
			false);
	VideoPortStartTimer(vt_clock.ext);
	VideoPortStopTimer(vt_clock.ext);
	VideoPortAcquireDeviceLock(vt_clock.ext);
	VideoPortReleaseDeviceLock(vt_clock.ext);
	line_work(status);
	vt_expect_events(test, NULL, "no-adapter", 8);
	KUNIT_EXPECT_EQ(test, status[0], ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, status[1], ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, sync.calls + dpc.calls, 0U);
}

static struct kunit_case synchronize_cases[] = {
	KUNIT_CASE_PARAM(intr_08_synchronized, vt_context_params),
	KUNIT_CASE(intr_09_synchronize_refused),
	KUNIT_CASE(intr_10_synchronized_within),
	KUNIT_CASE(intr_11_medium_keeps_dpc_out),
	KUNIT_CASE(intr_12_high_keeps_all_out),
	KUNIT_CASE(intr_24_no_line),
	KUNIT_CASE_PARAM(intr_25_line_may_sleep, vt_atomic_params),
	KUNIT_CASE(intr_26_no_adapter),
	{}
};

struct kunit_suite vt_synchronize_suite = {
	.name = "synchronize",
	.init = vt_interrupt_init,
	.exit = vt_interrupt_exit,
	.test_cases = synchronize_cases,
};
