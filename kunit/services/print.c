// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages in the formats of Windows, as they arrive in the log.
 */
#include <linux/kmsg_dump.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/headers.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/printed.h"
#include "include/vpmem-crt.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

#define DEBUG_LEVEL	"/sys/module/vpmem/parameters/debug_level"

/*
 * Lines and levels
 */

/* PRINT-01: A message is a line of the log, with or without a newline */
static void print_01_a_line(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "as it is", "as it is\n");
	VT_EXPECT_PRINTED(test, "without an end", "without an end");
}

/* PRINT-02: Each line of a message is one of the log; carriage returns go */
static void print_02_lines(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "one\ntwo\n\nthree", "one\r\ntwo\n\nthree");
	VT_EXPECT_PRINTED(test, "one\ntwo", "%s%s", "one\n", "two\n");
}

/* PRINT-03: An empty message, and none, print nothing */
static void print_03_nothing(struct kunit *test)
{
	u64 mark = vt_log_mark();

	VideoPortDebugPrint(Error, "");
	VideoPortDebugPrint(Error, NULL);
	VideoPortDebugPrint(Error, "%s", "");
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "");
}

static void print_all_levels(void)
{
	VideoPortDebugPrint(Error, "error");
	VideoPortDebugPrint(Warn, "warning");
	VideoPortDebugPrint(Trace, "trace");
	VideoPortDebugPrint(Info, "info");
}

/* PRINT-04: Messages above debug_level are not printed */
static void print_04_levels(struct kunit *test)
{
	char before[16];
	u64 mark;

	if (!vt_file_read(DEBUG_LEVEL, before, sizeof(before)))
		kunit_skip(test, "no " DEBUG_LEVEL);
	KUNIT_EXPECT_STREQ(test, before, "0\n");
	mark = vt_log_mark();
	print_all_levels();
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "error\n");
	KUNIT_EXPECT_TRUE(test, vt_file_write(DEBUG_LEVEL, "2"));
	mark = vt_log_mark();
	print_all_levels();
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "error\nwarning\ntrace\n");
	KUNIT_EXPECT_TRUE(test, vt_file_write(DEBUG_LEVEL, "-1"));
	mark = vt_log_mark();
	print_all_levels();
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "");
	KUNIT_EXPECT_TRUE(test, vt_file_write(DEBUG_LEVEL, before));
}

/*
 * PRINT-17: A message is cut at 1024 characters
 *
 * The limit is 1024 characters, in lines of 200.
 */
static void print_17_long_messages_are_cut(struct kunit *test)
{
	char *text = kunit_kzalloc(test, 3000, GFP_KERNEL);
	unsigned int count = 0;
	const char *seen;
	u64 mark;

	KUNIT_ASSERT_NOT_NULL(test, text);
	memset(text, 'x', 2999);
	mark = vt_log_mark();
	VideoPortDebugPrint(Error, "%s", text);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_PREFIX "x", ""), 6U);
	for (seen = vt_printed(test, mark); *seen; seen++)
		count += *seen == 'x';
	KUNIT_EXPECT_EQ(test, count, 1024U);
	mark = vt_log_mark();
	VideoPortDebugPrint(Error, text);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_PREFIX "x", ""), 6U);
	mark = vt_log_mark();
	VideoPortDebugPrint(Error, "%2000000000d%s", 1, "x");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_PREFIX "x", ""), 0U);
}

static void print_something(void *data)
{
	VideoPortDebugPrint(Error, "%s, %I64d of %ws", (char *)data, 1LL, L"many");
}

/* PRINT-18: Messages come from every context */
static void print_18_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	u64 mark = vt_log_mark();

	context->run(print_something, "there");
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "there, 1 of many\n");
}

/* PRINT-19: VideoDebugPrint prints in a checked build, and is nothing in a free one */
static void print_19_checked_and_free_builds(struct kunit *test)
{
	u64 mark = vt_log_mark();

	CheckedPrint(0xffffffff);
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "checked 4294967295\nwithout more\n");
	/* headers.c is that of a free build. */
	mark = vt_log_mark();
	HeadersFailures(vt_ext(test));
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "");
}

/* PRINT-20: VideoPortLogError names device, code, id and request */
static void print_20_errors(struct kunit *test)
{
	VIDEO_REQUEST_PACKET request = { .IoControlCode = 0x230410 };
	u64 mark = vt_log_mark();

	vt_remember(test);
	VideoPortLogError(vt_ext(test), NULL, ERROR_DEV_NOT_EXIST, 0xabc);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem-kunit: miniport: error",
					   "0x00000037, id 0x00000abc"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "in request", ""), 0U);
	VideoPortLogError(vt_ext(test), &request, ERROR_DEV_NOT_EXIST, 0xabd);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "id 0x00000abd",
					   "in request 0x00230410"), 1U);
	vt_expect_events(test, NULL, NULL, 0);
	VideoPortLogError(NULL, NULL, ERROR_DEV_NOT_EXIST, 0xabe);
	vt_expect_events(test, NULL, "no-adapter", 1);
}

/*
 * PRINT-21: DbgPrint and DbgPrintEx print at every level, RtlAssert tells what and where
 */
static void print_21_of_the_kernel(struct kunit *test)
{
	u64 mark = vt_log_mark();

	DbgPrint("said %ld %S\n", 0xffffffff, (void *)L"wide");
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "said -1 wide\n");
	mark = vt_log_mark();
	DbgPrintEx(78, 3, "at level %d\n", 3);
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), "at level 3\n");
	mark = vt_log_mark();
	RtlAssert("1 == 2", "mini.c", 7, NULL);
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark),
			   "assertion failed: 1 == 2, mini.c line 7\n");
}

static struct kunit_case print_cases[] = {
	KUNIT_CASE(print_01_a_line),
	KUNIT_CASE(print_02_lines),
	KUNIT_CASE(print_03_nothing),
	KUNIT_CASE(print_04_levels),
	KUNIT_CASE(print_17_long_messages_are_cut),
	KUNIT_CASE_PARAM(print_18_anywhere, vt_context_params),
	KUNIT_CASE(print_19_checked_and_free_builds),
	KUNIT_CASE(print_20_errors),
	KUNIT_CASE(print_21_of_the_kernel),
	{}
};

struct kunit_suite vt_print_suite = {
	.name = "print",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = print_cases,
};
