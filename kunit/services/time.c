// SPDX-License-Identifier: GPL-2.0-only
/*
 * Time. How long something takes is bounded only from below: machines are emulated.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/time64.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#define TICKS		10000000LL	/* a second */

/* Leap years are all of these but 1700, 1800 and 1900. */
#define YEARS		(1970 - 1601)
#define EPOCH_SECONDS	((YEARS * 365LL + YEARS / 4 - 3) * 86400)

static void expect_stall(struct kunit *test, ULONG microseconds, u64 least)
{
	u64 start = ktime_get_ns();

	VideoPortStallExecution(microseconds);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, least * NSEC_PER_USEC);
}

/* TIME-01: VideoPortStallExecution waits for the whole time */
static void time_01_stall(struct kunit *test)
{
	vt_remember(test);
	expect_stall(test, 0, 0);
	expect_stall(test, 1, 1);
	expect_stall(test, 999, 999);
	expect_stall(test, 1000, 1000);
	expect_stall(test, 25500, 25500);
	vt_expect_events(test, NULL, NULL, 0);
}

/* TIME-02: A stall of more than a second is one of a second, logged and counted */
static void time_02_stall_of_a_second_at_most(struct kunit *test)
{
	vt_remember(test);
	expect_stall(test, 4000000000U, 1000000);
	vt_expect_events(test, NULL, "bad-parameter", 1);
}

struct stall {
	u64 took;
};

static void stall(void *data)
{
	struct stall *job = data;
	u64 start = ktime_get_ns();

	VideoPortStallExecution(1500);
	job->took = ktime_get_ns() - start;
}

/* TIME-03: StallExecution waits in every context */
static void time_03_stall_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct stall job = {};

	context->run(stall, &job);
	KUNIT_EXPECT_GE(test, job.took, 1500ULL * NSEC_PER_USEC);
}

static s64 ticks_since_1601(void)
{
	return EPOCH_SECONDS * TICKS + div_s64(ktime_get_real_ns(), NSEC_PER_SEC / TICKS);
}

/* TIME-04: The system time counts 100 ns from 1601, UTC */
static void time_04_system_time(struct kunit *test)
{
	LARGE_INTEGER now = { .QuadPart = 0 };
	s64 before, after;

	before = ticks_since_1601();
	VideoPortQuerySystemTime(&now);
	after = ticks_since_1601();
	KUNIT_EXPECT_GE(test, (s64)now.QuadPart, before);
	KUNIT_EXPECT_LE(test, (s64)now.QuadPart, after);
	/* Windows says so of 1970. */
	KUNIT_EXPECT_EQ(test, EPOCH_SECONDS * TICKS, 116444736000000000LL);
}

/* TIME-05: The performance counter has a tick of 100 ns, and says so */
static void time_05_performance_counter(struct kunit *test)
{
	LONGLONG frequency = 0, first, second;
	u64 inner, outer = ktime_get_ns();

	first = VideoPortQueryPerformanceCounter(vt_ext(test), &frequency);
	inner = ktime_get_ns();
	mdelay(30);
	inner = ktime_get_ns() - inner;
	second = VideoPortQueryPerformanceCounter(vt_ext(test), NULL);
	outer = ktime_get_ns() - outer;
	KUNIT_EXPECT_EQ(test, (s64)frequency, TICKS);
	KUNIT_EXPECT_GE(test, (second - first + 1) * 100, (s64)inner);
	KUNIT_EXPECT_LE(test, (second - first - 1) * 100, (s64)outer);
}

/* TIME-06: QueryPerformanceCounter needs neither an adapter nor a place for the frequency */
static void time_06_performance_counter_of_no_adapter(struct kunit *test)
{
	LONGLONG first, second;

	vt_remember(test);
	first = VideoPortQueryPerformanceCounter(NULL, NULL);
	mdelay(1);
	second = VideoPortQueryPerformanceCounter(NULL, NULL);
	KUNIT_EXPECT_GT(test, (s64)second, (s64)first);
	vt_expect_events(test, NULL, NULL, 0);
}

static struct kunit_case time_cases[] = {
	KUNIT_CASE(time_01_stall),
	KUNIT_CASE(time_02_stall_of_a_second_at_most),
	KUNIT_CASE_PARAM(time_03_stall_anywhere, vt_context_params),
	KUNIT_CASE(time_04_system_time),
	KUNIT_CASE(time_05_performance_counter),
	KUNIT_CASE(time_06_performance_counter_of_no_adapter),
	{}
};

struct kunit_suite vt_time_suite = {
	.name = "time",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = time_cases,
};
