// SPDX-License-Identifier: GPL-2.0-only
/*
 * More tags than the table has at first, and tags that many threads use at once.
 */
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/many_tags.h"

#define MANY_TAGS	10000
#define TOO_MANY_TAGS	17000

/*
 * Very many tags
 */

struct many {
	unsigned int nr;
	void **block;
};

static size_t nth_size(unsigned int i)
{
	return 1 + i % 101;
}

static void nothing(struct work_struct *work)
{
}

/* Where it may not sleep, vpmem leaves it to a worker to make room for tags. */
static void let_workers_run(void)
{
	static DECLARE_WORK(work, nothing);

	schedule_work(&work);
	flush_work(&work);
}

static struct many *many_alloc(struct kunit *test, unsigned int nr)
{
	struct many *many = kunit_kzalloc(test, sizeof(*many), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, many);
	many->nr = nr;
	many->block = kunit_kcalloc(test, nr, sizeof(void *), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, many->block);
	for (i = 0; i < nr; i++) {
		many->block[i] = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool,
						       nth_size(i), vt_nth_tag(i));
		KUNIT_ASSERT_NOT_NULL(test, many->block[i]);
		if (i % 16 == 15)
			let_workers_run();
	}
	return many;
}

static void many_free(struct kunit *test, const struct many *many)
{
	unsigned int i;

	for (i = 0; i < many->nr; i++)
		VideoPortFreePool(vt_ext(test), many->block[i]);
}

static u64 many_bytes(unsigned int nr)
{
	u64 bytes = 0;

	while (nr--)
		bytes += nth_size(nr);
	return bytes;
}

/* TAGS-17: Ten thousand tags are counted exactly */
static void tags_17_ten_thousand(struct kunit *test)
{
	struct many *many = many_alloc(test, MANY_TAGS);
	struct vt_row sum;
	u64 other;

	KUNIT_EXPECT_EQ(test, vt_sum_rows(test, &sum, &other), MANY_TAGS);
	KUNIT_EXPECT_EQ(test, other, 0ULL);
	KUNIT_EXPECT_EQ(test, sum.allocs, (u64)MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, many_bytes(MANY_TAGS));
	many_free(test, many);
	KUNIT_EXPECT_EQ(test, vt_sum_rows(test, &sum, &other), MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.frees, (u64)MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, 0ULL);
	KUNIT_EXPECT_EQ(test, sum.charged, 0ULL);
}

/*
 * TAGS-18: Tags beyond the table are counted together, and totals stay exact
 *
 * Blocks without a slot are counted in the row (other).
 */
static void tags_18_more_than_there_is_room_for(struct kunit *test)
{
	struct many *many = many_alloc(test, TOO_MANY_TAGS);
	unsigned int rows;
	struct vt_row sum;
	u64 other;

	rows = vt_sum_rows(test, &sum, &other);
	KUNIT_EXPECT_GE(test, rows, 10000U);
	KUNIT_EXPECT_LT(test, rows, TOO_MANY_TAGS);
	KUNIT_EXPECT_EQ(test, other, (u64)TOO_MANY_TAGS - (rows - 1));
	KUNIT_EXPECT_EQ(test, sum.allocs, (u64)TOO_MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, many_bytes(TOO_MANY_TAGS));
	many_free(test, many);
	vt_sum_rows(test, &sum, &other);
	KUNIT_EXPECT_EQ(test, sum.frees, (u64)TOO_MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, 0ULL);
}

/* TAGS-19: A tag may be first seen in any context */
static void tags_19_first_seen_in_atomic_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *block[80];
	struct vt_row sum;
	unsigned int i;
	u64 other;

	for (i = 0; i < ARRAY_SIZE(block); i++) {
		block[i] = vt_alloc_in(context, vt_ext(test), VpNonPagedPool, nth_size(i),
				       vt_nth_tag(i));
		KUNIT_ASSERT_NOT_NULL(test, block[i]);
	}
	KUNIT_EXPECT_EQ(test, vt_sum_rows(test, &sum, &other), (unsigned int)ARRAY_SIZE(block));
	KUNIT_EXPECT_EQ(test, sum.bytes, many_bytes(ARRAY_SIZE(block)));
	for (i = 0; i < ARRAY_SIZE(block); i++)
		VideoPortFreePool(vt_ext(test), block[i]);
}

static struct kunit_case many_tags_cases[] = {
	KUNIT_CASE(tags_17_ten_thousand),
	KUNIT_CASE(tags_18_more_than_there_is_room_for),
	KUNIT_CASE_PARAM(tags_19_first_seen_in_atomic_context, vt_atomic_params),
	KUNIT_CASE(tags_20_storm),
	{}
};

struct kunit_suite vt_many_tags_suite = {
	.name = "many_tags",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = many_tags_cases,
};
