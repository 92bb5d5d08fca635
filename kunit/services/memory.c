// SPDX-License-Identifier: GPL-2.0-only
/*
 * The memory primitives, and the headers. They have no adapter, so this suite has no
 * fixture.
 */
#include <linux/io.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

#define LENGTH 256

struct two {
	u8 a[LENGTH], b[LENGTH];
};

static struct two *two_equal(struct kunit *test)
{
	struct two *two = kunit_kzalloc(test, sizeof(*two), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, two);
	for (i = 0; i < LENGTH; i++)
		two->a[i] = i + 1;
	memcpy(two->b, two->a, LENGTH);
	return two;
}

typedef void zero_call(PVOID destination, ULONG length);

/* A call that fills from @from to @to has to leave the rest as it was. */
static void expect_zeroed(struct kunit *test, zero_call *zero, size_t from, size_t to)
{
	struct two *two = two_equal(test);
	size_t i;

	zero(two->a + from, to - from);
	for (i = 0; i < LENGTH; i++)
		KUNIT_ASSERT_EQ_MSG(test, two->a[i],
				    i >= from && i < to ? (u8)0 : two->b[i],
				    "byte %zu of %zu..%zu", i, from, to);
}

static void expect_zero_call(struct kunit *test, zero_call *zero)
{
	expect_zeroed(test, zero, 0, LENGTH);
	expect_zeroed(test, zero, 1, 2);
	expect_zeroed(test, zero, 3, LENGTH - 5);
	expect_zeroed(test, zero, 64, 128);
}

/* MEMORY-01: ZeroMemory clears exactly the range */
static void memory_01_zero(struct kunit *test)
{
	expect_zero_call(test, VideoPortZeroMemory);
}

/* MEMORY-02: ZeroDeviceMemory clears exactly the range */
static void memory_02_zero_device(struct kunit *test)
{
	if (!vt_memory_may_be_io())
		kunit_skip(test, "memory is no I/O memory here");
	expect_zero_call(test, VideoPortZeroDeviceMemory);
}

/* MEMORY-03: MoveMemory copies exactly the range */
static void memory_03_move(struct kunit *test)
{
	struct two *two = two_equal(test);

	memset(two->a, 0, LENGTH);
	VideoPortMoveMemory(two->a + 1, two->b + 1, LENGTH - 2);
	KUNIT_EXPECT_EQ(test, memcmp(two->a + 1, two->b + 1, LENGTH - 2), 0);
	KUNIT_EXPECT_EQ(test, two->a[0], (u8)0);
	KUNIT_EXPECT_EQ(test, two->a[LENGTH - 1], (u8)0);
}

/* MEMORY-04: MoveMemory to an overlapping range above */
static void memory_04_move_up_overlapping(struct kunit *test)
{
	struct two *two = two_equal(test);

	VideoPortMoveMemory(two->a + 7, two->a, LENGTH - 7);
	KUNIT_EXPECT_EQ(test, memcmp(two->a + 7, two->b, LENGTH - 7), 0);
	KUNIT_EXPECT_EQ(test, memcmp(two->a, two->b, 7), 0);
}

/* MEMORY-05: MoveMemory to an overlapping range below */
static void memory_05_move_down_overlapping(struct kunit *test)
{
	struct two *two = two_equal(test);

	VideoPortMoveMemory(two->a, two->a + 7, LENGTH - 7);
	KUNIT_EXPECT_EQ(test, memcmp(two->a, two->b + 7, LENGTH - 7), 0);
	KUNIT_EXPECT_EQ(test, memcmp(two->a + LENGTH - 7, two->b + LENGTH - 7, 7), 0);
}

/* MEMORY-06: CompareMemory gives Length if all is equal */
static void memory_06_compare_equal(struct kunit *test)
{
	struct two *two = two_equal(test);

	KUNIT_EXPECT_EQ(test, VideoPortCompareMemory(two->a, two->b, LENGTH), LENGTH);
	KUNIT_EXPECT_EQ(test, VideoPortCompareMemory(two->a + 1, two->b + 1, 9), 9U);
}

/* MEMORY-07: CompareMemory counts the leading bytes that are equal; it has no sign */
static void memory_07_compare_counts_equal_bytes(struct kunit *test)
{
	struct two *two = two_equal(test);
	unsigned int i;

	for (i = LENGTH; i-- > 0;) {
		two->b[i] ^= i & 1 ? 0x80 : 0x01;
		KUNIT_EXPECT_EQ(test, VideoPortCompareMemory(two->a, two->b, LENGTH), i);
		KUNIT_EXPECT_EQ(test, VideoPortCompareMemory(two->b, two->a, LENGTH), i);
	}
}

/* MEMORY-08: A length of zero does nothing, and compares as 0 */
static void memory_08_nothing_to_do(struct kunit *test)
{
	struct two *two = two_equal(test);

	VideoPortZeroMemory(two->a, 0);
	if (vt_memory_may_be_io())
		VideoPortZeroDeviceMemory(two->a, 0);
	VideoPortMoveMemory(two->a, two->a + 1, 0);
	KUNIT_EXPECT_EQ(test, memcmp(two->a, two->b, LENGTH), 0);
	KUNIT_EXPECT_EQ(test, VideoPortCompareMemory(two->a, two->b + 1, 0), 0U);
}

static void use_all(void *data)
{
	struct two *two = data;

	VideoPortZeroMemory(two->a, 32);
	if (vt_memory_may_be_io())
		VideoPortZeroDeviceMemory(two->a + 16, 16);
	VideoPortMoveMemory(two->a + 32, two->a, 32);
	two->b[0] = VideoPortCompareMemory(two->a, two->a + 32, 64);
}

/* MEMORY-09: All four work in every context */
static void memory_09_any_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct two *two = two_equal(test);

	context->run(use_all, two);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(two->a, 0, 64), NULL);
	KUNIT_EXPECT_EQ(test, two->b[0], (u8)32);
}

/*
 * MEMORY-10: A count that does not fit a ULONG is given as 0xFFFFFFFF
 * Untested: takes 4 GiB of equal memory
 */

static struct kunit_case cases[] = {
	KUNIT_CASE(memory_01_zero),
	KUNIT_CASE(memory_02_zero_device),
	KUNIT_CASE(memory_03_move),
	KUNIT_CASE(memory_04_move_up_overlapping),
	KUNIT_CASE(memory_05_move_down_overlapping),
	KUNIT_CASE(memory_06_compare_equal),
	KUNIT_CASE(memory_07_compare_counts_equal_bytes),
	KUNIT_CASE(memory_08_nothing_to_do),
	KUNIT_CASE_PARAM(memory_09_any_context, vt_context_params),
	{}
};

struct kunit_suite vt_memory_suite = {
	.name = "memory",
	.test_cases = cases,
};
