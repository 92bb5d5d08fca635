// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions of the Windows kernel: delays, time, messages, sorting, the registry.
 */
#include <linux/bsearch.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "kunit/lib/waiter.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/* KE-30: KeDelayExecutionThread never sleeps for a shorter time */
static void ke_30_delay(struct kunit *test)
{
	u64 start = ktime_get_ns();

	KUNIT_EXPECT_EQ(test, vt_delay(-250000), STATUS_SUCCESS);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 25 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, vt_delay(-10), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_delay(0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_delay(1), STATUS_SUCCESS);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, KeDelayExecutionThread(KernelMode, 0, NULL),
			STATUS_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "bad-parameter", 1);
}

static void delay_for_long(void *data)
{
	allow_signal(SIGKILL);
	*(LONG *)data = vt_delay(-10000LL * 1000 * 3600);
}

/* KE-31: A delay ends when its process is killed */
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
	UCHAR irql = 0xff;

	vt_skip_if_hidden(test, context);
	context->run(irql_store, &irql);
	vt_expect_irql(test, context, irql);
}

/*
 * Messages, the C library, the registry
 */

static ULONG print_list(char *format, ...)
{
	va_list list;
	ULONG status;

	va_start(list, format);
	status = vDbgPrintEx(78, 3, format, list);
	va_end(list);
	return status;
}

/* KE-40: DbgPrint, DbgPrintEx and vDbgPrintEx print in the formats of Windows */
static void ke_40_messages(struct kunit *test)
{
	u64 mark = vt_log_mark();

	KUNIT_EXPECT_EQ(test, DbgPrint("one %lx %hs %I64u\n", 0x1234abcd, "wide", 5ULL), 0U);
	KUNIT_EXPECT_EQ(test, DbgPrintEx(78, 3, "two %s", "narrow"), 0U);
	KUNIT_EXPECT_EQ(test, print_list("three %hs %I64x", "list", 0xabULL), 0U);
	KUNIT_EXPECT_EQ(test, DbgPrint(NULL), 0U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: miniport: one 1234abcd ", "wide 5"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: miniport: two narrow", ""), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: miniport: three list ab", ""), 1U);
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

static struct kunit_case kernel_cases[] = {
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
	.test_cases = kernel_cases,
};
