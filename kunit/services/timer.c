// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortStartTimer and VideoPortStopTimer.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>

#include "kunit/lib/clock.h"
#include "kunit/lib/helpers.h"

/*
 * The timer
 */

/* Check that it ticks from a second after @started on, once a second at most. */
static void expect_ticks(struct kunit *test, unsigned long started, unsigned int least)
{
	vt_expect_counts(test, &vt_clock.ticks, least);
	VideoPortStopTimer(vt_clock.ext);
	KUNIT_EXPECT_GE(test, vt_clock.first - started, (unsigned long)HZ);
	KUNIT_EXPECT_GE(test, vt_clock.last - vt_clock.first,
			(unsigned long)(vt_clock.ticks - 1) * HZ);
}

static void expect_no_tick(struct kunit *test)
{
	unsigned int ticks = READ_ONCE(vt_clock.ticks);

	msleep(1300);
	KUNIT_EXPECT_EQ(test, READ_ONCE(vt_clock.ticks), ticks);
}

/*
 * INTR-13: HwTimer is called once a second at DISPATCH_LEVEL, from VideoPortStartTimer on
 * to VideoPortStopTimer
 */
static void intr_13_timer_ticks_and_stops(struct kunit *test)
{
	unsigned long started;
	unsigned int ticks;

	vt_need_clock(test);
	expect_no_tick(test);
	KUNIT_EXPECT_EQ(test, vt_clock.ticks, 0U);
	started = jiffies;
	VideoPortStartTimer(vt_clock.ext);
	expect_ticks(test, started, 3);
	KUNIT_EXPECT_EQ(test, vt_clock.level, (UCHAR)2);
	ticks = vt_clock.ticks;
	expect_no_tick(test);
	VideoPortStartTimer(vt_clock.ext);
	vt_expect_counts(test, &vt_clock.ticks, ticks + 1);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_clock.ext, "bad-parameter"), 0UL);
}

/* INTR-14: HwTimer may stop it */
static void intr_14_timer_stops_itself(struct kunit *test)
{
	vt_need_clock(test);
	vt_clock.stops_itself = true;
	VideoPortStartTimer(vt_clock.ext);
	vt_expect_counts(test, &vt_clock.ticks, 1);
	expect_no_tick(test);
	VideoPortStartTimer(vt_clock.ext);
	vt_expect_counts(test, &vt_clock.ticks, 2);
	expect_no_tick(test);
	KUNIT_EXPECT_EQ(test, vt_clock.ticks, 2U);
}

/*
 * INTR-15: Stopped and started within a second, or started twice, it is called once a
 * second
 *
 * Repeated starts do not make it tick more often.
 */
static void intr_15_timer_restarts(struct kunit *test)
{
	unsigned long started = jiffies;

	vt_need_clock(test);
	VideoPortStartTimer(vt_clock.ext);
	VideoPortStopTimer(vt_clock.ext);
	VideoPortStartTimer(vt_clock.ext);
	VideoPortStartTimer(vt_clock.ext);
	expect_ticks(test, started, 2);
}

/* INTR-16: The timer ends with its driver */
static void intr_16_timer_ends_with_adapter(struct kunit *test)
{
	vt_need_clock(test);
	VideoPortStartTimer(vt_clock.ext);
	vt_expect_counts(test, &vt_clock.ticks, 1);
	vt_end_clock();
	expect_no_tick(test);
}

static void starting_dpc(PVOID ext, PVOID context)
{
	VideoPortStartTimer(ext);
	if (dpc.again)
		dpc.requeued += VideoPortQueueDpc(ext, starting_dpc, NULL);
}

/* INTR-17: The timer ends with its driver also if a DPC starts it until the end */
static void intr_17_dpc_starts_timer_at_the_end(struct kunit *test)
{
	vt_need_clock(test);
	dpc.again = 1;
	VideoPortQueueDpc(vt_clock.ext, starting_dpc, NULL);
	vt_expect_counts(test, &dpc.requeued, 1);
	vt_end_clock();
	expect_no_tick(test);
}

static void start_timer_work(void *ext)
{
	VideoPortStartTimer(ext);
	VideoPortStopTimer(ext);
	VideoPortStartTimer(ext);
}

/* INTR-18: The timer can be started and stopped in any context */
static void intr_18_timer_starts_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned long started = jiffies;

	vt_need_clock(test);
	context->run(start_timer_work, vt_clock.ext);
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
	vt_clock.timer = NULL;
	vt_need_clock(test);
	VideoPortStartTimer(vt_clock.ext);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_clock.ext, "bad-parameter"), 1UL);
}

static struct kunit_case timer_cases[] = {
	KUNIT_CASE(intr_13_timer_ticks_and_stops),
	KUNIT_CASE(intr_14_timer_stops_itself),
	KUNIT_CASE(intr_15_timer_restarts),
	KUNIT_CASE(intr_16_timer_ends_with_adapter),
	KUNIT_CASE(intr_17_dpc_starts_timer_at_the_end),
	KUNIT_CASE_PARAM(intr_18_timer_starts_anywhere, vt_context_params),
	KUNIT_CASE(intr_19_no_timer),
	{}
};

struct kunit_suite vt_timer_suite = {
	.name = "timer",
	.init = vt_interrupt_init,
	.exit = vt_interrupt_exit,
	.test_cases = timer_cases,
};
