// SPDX-License-Identifier: GPL-2.0-only
/*
 * Quota of VideoPortAllocateBuffer.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/buffer.h"
#include "kunit/lib/helpers.h"

/* BUFFER-04: A quota can be used to the last byte */
static void buffer_04_exactly_the_quota(struct kunit *test)
{
	void *one, *two;

	vt_set_quota(test, vt_ext(test), VT_BUFFER_SMALL + VT_BUFFER_LARGE);
	vt_remember(test);
	one = vt_buffer_alloc(test, VT_BUFFER_SMALL);
	two = vt_buffer_alloc(test, VT_BUFFER_LARGE);
	vt_expect_quota(test, VT_BUFFER_SMALL + VT_BUFFER_LARGE, VT_BUFFER_SMALL + VT_BUFFER_LARGE);
	vt_expect_events(test, NULL, NULL, 0);
	vt_buffer_release(test, one);
	vt_buffer_release(test, two);
	vt_expect_quota(test, VT_BUFFER_SMALL + VT_BUFFER_LARGE, 0);
}

/* BUFFER-05: A request that exceeds the quota by a byte is ERROR_INSUFFICIENT_BUFFER */
static void buffer_05_one_byte_over_the_quota(struct kunit *test)
{
	void *one;

	vt_set_quota(test, vt_ext(test), VT_BUFFER_SMALL + VT_BUFFER_LARGE - 1);
	one = vt_buffer_alloc(test, VT_BUFFER_SMALL);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), VT_BUFFER_LARGE),
			ERROR_INSUFFICIENT_BUFFER);
	vt_expect_failures(test, "Vprt", "Buffer", 1, "quota");
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), VT_BUFFER_LARGE - 1), NO_ERROR);
	vt_buffer_release(test, one);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), VT_BUFFER_SMALL + VT_BUFFER_LARGE),
			ERROR_INSUFFICIENT_BUFFER);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), U32_MAX),
			ERROR_INSUFFICIENT_BUFFER);
	vt_expect_failures(test, "Vprt", "Buffer", 3, "quota");
	vt_expect_quota(test, VT_BUFFER_SMALL + VT_BUFFER_LARGE - 1, 0);
}

/*
 * BUFFER-06: Choice: the quota is 0 by default, which sets no bound (Windows documents no
 * number)
 */
static void buffer_06_no_quota(struct kunit *test)
{
	void *block[16];
	unsigned int i;

	vt_expect_quota(test, 0, 0);
	for (i = 0; i < ARRAY_SIZE(block); i++)
		block[i] = vt_buffer_alloc(test, SZ_256K);
	vt_expect_quota(test, 0, SZ_4M);
	for (i = 0; i < ARRAY_SIZE(block); i++)
		vt_buffer_release(test, block[i]);
	vt_expect_quota(test, 0, 0);
}

/* BUFFER-07: The quota is of each adapter */
static void buffer_07_quota_of_each_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test), *one;

	vt_set_quota(test, vt_ext(test), VT_BUFFER_SMALL);
	vt_set_quota(test, other, VT_BUFFER_LARGE);
	one = vt_buffer_alloc(test, VT_BUFFER_SMALL);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), 1), ERROR_INSUFFICIENT_BUFFER);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, other, VT_BUFFER_LARGE), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, other, VT_BUFFER_LARGE + 1),
			ERROR_INSUFFICIENT_BUFFER);
	vt_buffer_release(test, one);
}

/* BUFFER-08: Released bytes can be allocated again */
static void buffer_08_release_gives_back(struct kunit *test)
{
	unsigned int i;

	vt_set_quota(test, vt_ext(test), VT_BUFFER_LARGE);
	for (i = 0; i < 1000; i++)
		KUNIT_ASSERT_EQ(test, vt_buffer_try(test, vt_ext(test), vt_buffer_sizes[i & 1]),
				NO_ERROR);
	vt_expect_quota(test, VT_BUFFER_LARGE, 0);
}

/* BUFFER-09: A quota below the bytes in use only refuses further requests */
static void buffer_09_quota_lowered_below_what_is_used(struct kunit *test)
{
	void *block = vt_buffer_alloc(test, VT_BUFFER_LARGE);

	vt_set_quota(test, vt_ext(test), VT_BUFFER_SMALL);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), 1), ERROR_INSUFFICIENT_BUFFER);
	vt_buffer_release(test, block);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), VT_BUFFER_SMALL), NO_ERROR);
}

#define QUOTA_PARAMETER "/sys/module/vpmem/parameters/buffer_quota"

/*
 * BUFFER-10: The module parameter buffer_quota is for adapters that are attached from
 * then on
 *
 * The module parameter is the quota of the adapters that are attached from then on.
 */
static void buffer_10_quota_parameter(struct kunit *test)
{
	char before[24];
	VP_STATUS at, over;
	void *other;

	if (!vt_file_read(QUOTA_PARAMETER, before, sizeof(before)))
		kunit_skip(test, "no " QUOTA_PARAMETER);
	KUNIT_ASSERT_TRUE(test, vt_file_write(QUOTA_PARAMETER, "4711"));
	other = vt_attach_another(test);
	KUNIT_EXPECT_TRUE(test, vt_file_write(QUOTA_PARAMETER, before));
	at = vt_buffer_try(test, other, 4711);
	over = vt_buffer_try(test, other, 4712);
	KUNIT_EXPECT_EQ(test, at, NO_ERROR);
	KUNIT_EXPECT_EQ(test, over, ERROR_INSUFFICIENT_BUFFER);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), 4712), NO_ERROR);
}

static struct kunit_case quota_cases[] = {
	KUNIT_CASE(buffer_04_exactly_the_quota),
	KUNIT_CASE(buffer_05_one_byte_over_the_quota),
	KUNIT_CASE(buffer_06_no_quota),
	KUNIT_CASE(buffer_07_quota_of_each_adapter),
	KUNIT_CASE(buffer_08_release_gives_back),
	KUNIT_CASE(buffer_09_quota_lowered_below_what_is_used),
	KUNIT_CASE(buffer_10_quota_parameter),
	{}
};

struct kunit_suite vt_quota_suite = {
	.name = "quota",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = quota_cases,
};
