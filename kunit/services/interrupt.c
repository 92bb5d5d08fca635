// SPDX-License-Identifier: GPL-2.0-only
/*
 * DPC of a miniport.
 */
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>

#include "kunit/lib/clock.h"
#include "kunit/lib/helpers.h"
#include "include/video.h"

static void queue_work_dpc(void *data)
{
	*(BOOLEAN *)data = VideoPortQueueDpc(vt_clock.ext, vt_count_dpc, &dpc);
}

/*
 * INTR-01: VideoPortQueueDpc has its routine called once with extension and context, as a
 * softirq, from wherever it is called
 */
static void intr_01_dpc(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	BOOLEAN queued = false;

	vt_clock.ext = vt_ext(test);
	vt_remember(test);
	context->run(queue_work_dpc, &queued);
	vt_expect_dpc(test);
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
	first = VideoPortQueueDpc(vt_ext(test), vt_count_dpc, &dpc);
	second = VideoPortQueueDpc(vt_ext(test), other_dpc, NULL);
	local_bh_enable();
	vt_expect_dpc(test);
	KUNIT_EXPECT_EQ(test, first, true);
	KUNIT_EXPECT_EQ(test, second, false);
	KUNIT_EXPECT_EQ(test, dpc.calls, 1U);
	KUNIT_EXPECT_EQ(test, dpc.again, 0U);
}

/* INTR-03: A DPC may queue itself */
static void intr_03_dpc_queues_itself(struct kunit *test)
{
	dpc.again = 5;
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(vt_ext(test), vt_count_dpc, &dpc), true);
	vt_expect_dpc(test);
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
	first = VideoPortQueueDpc(vt_ext(test), vt_count_dpc, &dpc);
	second = VideoPortQueueDpc(other, vt_count_dpc, &dpc);
	local_bh_enable();
	vt_expect_dpc(test);
	vt_expect_dpc(test);
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
 * INTR-07: A DPC that queues itself again and again ends with its driver
 *
 * A detach refuses to queue it again.
 */
static void intr_07_dpc_ends_with_adapter(struct kunit *test)
{
	unsigned int calls;

	vt_need_clock(test);
	dpc.again = UINT_MAX;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortQueueDpc(vt_clock.ext, vt_count_dpc, &dpc), true);
	vt_expect_counts(test, &dpc.calls, 2);
	vt_end_clock();
	calls = READ_ONCE(dpc.calls);
	msleep(50);
	KUNIT_EXPECT_EQ(test, READ_ONCE(dpc.calls), calls);
	KUNIT_EXPECT_EQ(test, dpc.requeued, calls - 1);
	vt_expect_events(test, NULL, NULL, 0);
}

static struct kunit_case interrupt_cases[] = {
	KUNIT_CASE_PARAM(intr_01_dpc, vt_context_params),
	KUNIT_CASE(intr_02_dpc_is_queued_once),
	KUNIT_CASE(intr_03_dpc_queues_itself),
	KUNIT_CASE(intr_04_dpc_without_routine),
	KUNIT_CASE(intr_05_dpc_of_each_adapter),
	KUNIT_CASE(intr_06_detach_waits_for_dpc),
	KUNIT_CASE(intr_07_dpc_ends_with_adapter),
	{}
};

struct kunit_suite vt_interrupt_suite = {
	.name = "interrupt",
	.init = vt_interrupt_init,
	.exit = vt_interrupt_exit,
	.test_cases = interrupt_cases,
};
