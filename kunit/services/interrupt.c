// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is called later and what is not disturbed: the DPC, the timer, synchronized
 * routines, and the device lock. There is no line for interrupts here; the suite edu
 * has one.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "include/video.h"

#define NAME		"vpmem-kunit-interrupt"
#define PATIENCE	(60 * HZ)

/*
 * A miniport that has nothing but a timer
 */

static struct clock {
	struct vpmem_miniport miniport;
	PVIDEO_HW_TIMER timer;
	PVOID ext;
	bool stops_itself;
	UCHAR level;
	unsigned int ticks;
	unsigned long first, last;
} clk;

static VP_STATUS clock_find(PVOID ext, PVOID context, __u16 *arguments,
			    PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	clk.ext = ext;
	return NO_ERROR;
}

static BOOLEAN clock_initialize(PVOID ext)
{
	return true;
}

static BOOLEAN clock_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	return true;
}

static void clock_timer(PVOID ext)
{
	unsigned int ticks = clk.ticks;

	clk.level = VideoPortGetCurrentIrql();
	clk.last = jiffies;
	if (!ticks)
		clk.first = clk.last;
	if (clk.stops_itself)
		VideoPortStopTimer(ext);
	WRITE_ONCE(clk.ticks, ticks + 1);
}

static ULONG clock_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = clock_find,
		.HwInitialize = clock_initialize,
		.HwStartIO = clock_start_io,
		.HwTimer = clk.timer,
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

static void need_clock(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vpmem_miniport_register(&clk.miniport, NULL), 0);
}

static void end_clock(void)
{
	vpmem_miniport_unregister(&clk.miniport);
}

/*
 * The fixture
 */

static struct dpc {
	struct completion done;
	unsigned int calls;
	unsigned int again;		/* how often it queues itself */
	unsigned int requeued;
	PVOID ext;
	bool in_softirq;
	UCHAR level;
} dpc;

static int interrupt_init(struct kunit *test)
{
	memset(&clk, 0, sizeof(clk));
	clk.miniport.name = NAME;
	clk.miniport.entry = clock_entry;
	clk.timer = clock_timer;
	memset(&dpc, 0, sizeof(dpc));
	init_completion(&dpc.done);
	return vt_init(test);
}

static void interrupt_exit(struct kunit *test)
{
	dpc.again = 0;
	end_clock();
	vt_exit(test);
}

/* What is counted somewhere else comes to @least. */
static void expect_counts(struct kunit *test, const unsigned int *count,
			  unsigned int least)
{
	unsigned long end = jiffies + PATIENCE;

	while (READ_ONCE(*count) < least && time_before(jiffies, end))
		usleep_range(500, 1000);
	KUNIT_EXPECT_GE(test, READ_ONCE(*count), least);
}

/*
 * The DPC
 */

static void count_dpc(PVOID ext, PVOID context)
{
	struct dpc *seen = context;

	seen->ext = ext;
	seen->in_softirq = in_serving_softirq();
	seen->level = VideoPortGetCurrentIrql();
	WRITE_ONCE(seen->calls, seen->calls + 1);
	if (seen->again) {
		seen->again--;
		seen->requeued += VideoPortQueueDpc(ext, count_dpc, context);
	} else {
		complete(&seen->done);
	}
}

static void expect_dpc(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&dpc.done, PATIENCE), 0UL);
}

static void queue_work_dpc(void *data)
{
	*(BOOLEAN *)data = VideoPortQueueDpc(clk.ext, count_dpc, &dpc);
}

/*
 * INTR-01: VideoPortQueueDpc has its routine called once with extension and context, as a
 * softirq, from wherever it is called
 */
static void intr_01_dpc(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	BOOLEAN queued = false;

	clk.ext = vt_ext(test);
	vt_remember(test);
	context->run(queue_work_dpc, &queued);
	expect_dpc(test);
	KUNIT_EXPECT_EQ(test, queued, true);
	KUNIT_EXPECT_EQ(test, dpc.calls, 1U);
	KUNIT_EXPECT_PTR_EQ(test, dpc.ext, vt_ext(test));
	KUNIT_EXPECT_TRUE(test, dpc.in_softirq);
	KUNIT_EXPECT_EQ(test, dpc.level, (UCHAR)2);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, NULL, 0);
}

static void other_dpc(PVOID ext, PVOID context)
{
	dpc.again = 1000;
}

/* INTR-02: Until it is called, another one is not queued */
static void intr_02_dpc_is_queued_once(struct kunit *test)
{
	BOOLEAN first, second;

	local_bh_disable();
	first = VideoPortQueueDpc(vt_ext(test), count_dpc, &dpc);
	second = VideoPortQueueDpc(vt_ext(test), other_dpc, NULL);
	local_bh_enable();
	expect_dpc(test);
	KUNIT_EXPECT_EQ(test, first, true);
	KUNIT_EXPECT_EQ(test, second, false);
	KUNIT_EXPECT_EQ(test, dpc.calls, 1U);
	KUNIT_EXPECT_EQ(test, dpc.again, 0U);
}

/* INTR-03: It may queue itself */
static void intr_03_dpc_queues_itself(struct kunit *test)
{
	dpc.again = 5;
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(vt_ext(test), count_dpc, &dpc), true);
	expect_dpc(test);
	KUNIT_EXPECT_EQ(test, dpc.calls, 6U);
	KUNIT_EXPECT_EQ(test, dpc.requeued, 5U);
}

/* INTR-04: No routine is refused */
static void intr_04_dpc_without_routine(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(vt_ext(test), NULL, &dpc), false);
	vt_expect_refused(test, "bad-parameter");
}

/* INTR-05: Each adapter has its own */
static void intr_05_dpc_of_each_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	BOOLEAN first, second;

	local_bh_disable();
	first = VideoPortQueueDpc(vt_ext(test), count_dpc, &dpc);
	second = VideoPortQueueDpc(other, count_dpc, &dpc);
	local_bh_enable();
	expect_dpc(test);
	expect_dpc(test);
	KUNIT_EXPECT_EQ(test, first, true);
	KUNIT_EXPECT_EQ(test, second, true);
	KUNIT_EXPECT_EQ(test, dpc.calls, 2U);
}

static void slow_dpc(PVOID ext, PVOID context)
{
	mdelay(30);
	WRITE_ONCE(dpc.calls, 1);
}

/* INTR-06: vpmem_detach waits for it */
static void intr_06_detach_waits_for_dpc(struct kunit *test)
{
	void *other = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(other, slow_dpc, NULL), true);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, READ_ONCE(dpc.calls), 1U);
}

/*
 * INTR-07: A DPC that queues itself for ever ends with its driver
 *
 * Not even one that queues itself for ever keeps an adapter.
 */
static void intr_07_dpc_ends_with_adapter(struct kunit *test)
{
	unsigned int calls;

	need_clock(test);
	dpc.again = UINT_MAX;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(clk.ext, count_dpc, &dpc), true);
	expect_counts(test, &dpc.calls, 2);
	end_clock();
	calls = READ_ONCE(dpc.calls);
	msleep(50);
	KUNIT_EXPECT_EQ(test, READ_ONCE(dpc.calls), calls);
	KUNIT_EXPECT_EQ(test, dpc.requeued, calls - 1);
	vt_expect_events(test, NULL, NULL, 0);
}

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
		KUNIT_EXPECT_TRUE(test, sync.irqs_off);
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

/* What is inside calls again, with the next priority of the list. */
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
	expect_dpc(test);
	KUNIT_EXPECT_EQ(test, started, (unsigned int)BIT(THREADS) - 1);
	KUNIT_EXPECT_FALSE(test, crowd.collided);
	KUNIT_EXPECT_EQ(test, crowd.passed, (unsigned int)(THREADS + 1) * ROUNDS);
}

/* INTR-11: At VpMediumPriority one routine or DPC runs at a time */
static void intr_11_medium_keeps_dpc_out(struct kunit *test)
{
	expect_alone(test, VpMediumPriority);
}

/* INTR-12: So does one routine at VpHighPriority */
static void intr_12_high_keeps_all_out(struct kunit *test)
{
	expect_alone(test, VpHighPriority);
}

/*
 * The timer
 */

/* It ticks from a second after @started on, and once a second at most. */
static void expect_ticks(struct kunit *test, unsigned long started, unsigned int least)
{
	expect_counts(test, &clk.ticks, least);
	VideoPortStopTimer(clk.ext);
	KUNIT_EXPECT_GE(test, clk.first - started, (unsigned long)HZ);
	KUNIT_EXPECT_GE(test, clk.last - clk.first,
			(unsigned long)(clk.ticks - 1) * HZ);
}

static void expect_no_tick(struct kunit *test)
{
	unsigned int ticks = READ_ONCE(clk.ticks);

	msleep(1300);
	KUNIT_EXPECT_EQ(test, READ_ONCE(clk.ticks), ticks);
}

/*
 * INTR-13: HwTimer is called once a second at DISPATCH_LEVEL, from VideoPortStartTimer on
 * to VideoPortStopTimer
 */
static void intr_13_timer_ticks_and_stops(struct kunit *test)
{
	unsigned long started;
	unsigned int ticks;

	need_clock(test);
	expect_no_tick(test);
	KUNIT_EXPECT_EQ(test, clk.ticks, 0U);
	started = jiffies;
	VideoPortStartTimer(clk.ext);
	expect_ticks(test, started, 3);
	KUNIT_EXPECT_EQ(test, clk.level, (UCHAR)2);
	ticks = clk.ticks;
	expect_no_tick(test);
	VideoPortStartTimer(clk.ext);
	expect_counts(test, &clk.ticks, ticks + 1);
	KUNIT_EXPECT_EQ(test, vt_event(test, clk.ext, "bad-parameter"), 0UL);
}

/* INTR-14: HwTimer may stop it */
static void intr_14_timer_stops_itself(struct kunit *test)
{
	need_clock(test);
	clk.stops_itself = true;
	VideoPortStartTimer(clk.ext);
	expect_counts(test, &clk.ticks, 1);
	expect_no_tick(test);
	VideoPortStartTimer(clk.ext);
	expect_counts(test, &clk.ticks, 2);
	expect_no_tick(test);
	KUNIT_EXPECT_EQ(test, clk.ticks, 2U);
}

/*
 * INTR-15: Stopped and started within a second, or started twice, it is called once a
 * second
 *
 * Also when it is started more than once, it ticks once a second.
 */
static void intr_15_timer_restarts(struct kunit *test)
{
	unsigned long started = jiffies;

	need_clock(test);
	VideoPortStartTimer(clk.ext);
	VideoPortStopTimer(clk.ext);
	VideoPortStartTimer(clk.ext);
	VideoPortStartTimer(clk.ext);
	expect_ticks(test, started, 2);
}

/* INTR-16: It ends with its driver */
static void intr_16_timer_ends_with_adapter(struct kunit *test)
{
	need_clock(test);
	VideoPortStartTimer(clk.ext);
	expect_counts(test, &clk.ticks, 1);
	end_clock();
	expect_no_tick(test);
}

static void starting_dpc(PVOID ext, PVOID context)
{
	VideoPortStartTimer(ext);
	if (dpc.again)
		dpc.requeued += VideoPortQueueDpc(ext, starting_dpc, NULL);
}

/* INTR-17: Also if a DPC starts it until the end */
static void intr_17_dpc_starts_timer_at_the_end(struct kunit *test)
{
	need_clock(test);
	dpc.again = 1;
	VideoPortQueueDpc(clk.ext, starting_dpc, NULL);
	expect_counts(test, &dpc.requeued, 1);
	end_clock();
	expect_no_tick(test);
}

static void start_timer_work(void *ext)
{
	VideoPortStartTimer(ext);
	VideoPortStopTimer(ext);
	VideoPortStartTimer(ext);
}

/* INTR-18: It is started and stopped from anywhere */
static void intr_18_timer_starts_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned long started = jiffies;

	need_clock(test);
	context->run(start_timer_work, clk.ext);
	expect_ticks(test, started, 1);
}

/* INTR-19: Without HwTimer it is not started */
static void intr_19_no_timer(struct kunit *test)
{
	vt_remember(test);
	VideoPortStopTimer(vt_ext(test));
	vt_expect_events(test, NULL, NULL, 0);
	VideoPortStartTimer(vt_ext(test));
	vt_expect_refused(test, "bad-parameter");
	clk.timer = NULL;
	need_clock(test);
	VideoPortStartTimer(clk.ext);
	KUNIT_EXPECT_EQ(test, vt_event(test, clk.ext, "bad-parameter"), 1UL);
}

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
 * INTR-20: Whoever has the device lock may take it again, and has to release it as often;
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
	early[0] = wait_for_completion_timeout(&waiter.has, HZ / 20);
	VideoPortReleaseDeviceLock(vt_ext(test));
	early[1] = wait_for_completion_timeout(&waiter.has, HZ / 20);
	VideoPortReleaseDeviceLock(vt_ext(test));
	early[2] = wait_for_completion_timeout(&waiter.has, PATIENCE);
	waiter_end(&waiter);
	KUNIT_EXPECT_EQ(test, early[0], 0UL);
	KUNIT_EXPECT_EQ(test, early[1], 0UL);
	KUNIT_EXPECT_GT(test, early[2], 0UL);
	vt_expect_events(test, NULL, NULL, 0);
}

/* INTR-21: Who does not have it cannot release it */
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

/* INTR-22: It is refused where one cannot sleep */
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

/*
 * The line
 */

static void line_work(void *data)
{
	VP_STATUS *status = data;

	status[0] = VideoPortEnableInterrupt(clk.ext);
	status[1] = VideoPortDisableInterrupt(clk.ext);
}

/*
 * INTR-24: Without an interrupt, VideoPortEnableInterrupt and VideoPortDisableInterrupt
 * fail
 */
static void intr_24_no_line(struct kunit *test)
{
	VP_STATUS status[2] = { NO_ERROR, NO_ERROR };

	clk.ext = vt_ext(test);
	vt_remember(test);
	line_work(status);
	KUNIT_EXPECT_EQ(test, status[0], ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_EQ(test, status[1], ERROR_INVALID_FUNCTION);
	vt_expect_events(test, NULL, NULL, 0);
}

/* INTR-25: They are refused where one cannot sleep */
static void intr_25_line_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	VP_STATUS status[2] = { NO_ERROR, NO_ERROR };

	vt_skip_if_hidden(test, context);
	clk.ext = vt_ext(test);
	vt_remember(test);
	context->run(line_work, status);
	KUNIT_EXPECT_EQ(test, status[0], ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, status[1], ERROR_INVALID_PARAMETER);
	vt_expect_events(test, "bad-context", NULL, 2);
}

/* INTR-26: None of these does anything for what is no adapter */
static void intr_26_no_adapter(struct kunit *test)
{
	struct synchronized sync = { .answer = true };
	VP_STATUS status[2] = { NO_ERROR, NO_ERROR };

	clk.ext = vt_detached_extension(test);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(clk.ext, count_dpc, &dpc), false);
	KUNIT_EXPECT_EQ(test, VideoPortSynchronizeExecution(clk.ext, VpLowPriority,
							    synchronized_routine, &sync),
			false);
	VideoPortStartTimer(clk.ext);
	VideoPortStopTimer(clk.ext);
	VideoPortAcquireDeviceLock(clk.ext);
	VideoPortReleaseDeviceLock(clk.ext);
	line_work(status);
	vt_expect_events(test, NULL, "no-adapter", 8);
	KUNIT_EXPECT_EQ(test, status[0], ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, status[1], ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, sync.calls + dpc.calls, 0U);
}

static struct kunit_case interrupt_cases[] = {
	KUNIT_CASE_PARAM(intr_01_dpc, vt_context_params),
	KUNIT_CASE(intr_02_dpc_is_queued_once),
	KUNIT_CASE(intr_03_dpc_queues_itself),
	KUNIT_CASE(intr_04_dpc_without_routine),
	KUNIT_CASE(intr_05_dpc_of_each_adapter),
	KUNIT_CASE(intr_06_detach_waits_for_dpc),
	KUNIT_CASE(intr_07_dpc_ends_with_adapter),
	KUNIT_CASE_PARAM(intr_08_synchronized, vt_context_params),
	KUNIT_CASE(intr_09_synchronize_refused),
	KUNIT_CASE(intr_10_synchronized_within),
	KUNIT_CASE(intr_11_medium_keeps_dpc_out),
	KUNIT_CASE(intr_12_high_keeps_all_out),
	KUNIT_CASE(intr_13_timer_ticks_and_stops),
	KUNIT_CASE(intr_14_timer_stops_itself),
	KUNIT_CASE(intr_15_timer_restarts),
	KUNIT_CASE(intr_16_timer_ends_with_adapter),
	KUNIT_CASE(intr_17_dpc_starts_timer_at_the_end),
	KUNIT_CASE_PARAM(intr_18_timer_starts_anywhere, vt_context_params),
	KUNIT_CASE(intr_19_no_timer),
	KUNIT_CASE(intr_20_device_lock),
	KUNIT_CASE(intr_21_release_by_a_stranger),
	KUNIT_CASE_PARAM(intr_22_device_lock_may_sleep, vt_atomic_params),
	KUNIT_CASE(intr_23_detach_with_device_lock),
	KUNIT_CASE(intr_24_no_line),
	KUNIT_CASE_PARAM(intr_25_line_may_sleep, vt_atomic_params),
	KUNIT_CASE(intr_26_no_adapter),
	{ }
};

struct kunit_suite vt_interrupt_suite = {
	.name = "interrupt",
	.init = interrupt_init,
	.exit = interrupt_exit,
	.test_cases = interrupt_cases,
};
