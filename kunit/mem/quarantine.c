// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verify mode: what is written to a block after its free.
 */
#include <linux/poison.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

/* Frees after which a block has surely left the quarantine */
#define MANY_FREES	200

static const size_t sizes[] = { 1, 16, 100, VT_SMALL_MAX, PAGE_SIZE, 5 * PAGE_SIZE + 3 };

static int quarantine_init(struct kunit *test)
{
	int err;

	if (IS_ENABLED(CONFIG_KASAN)) {
		kunit_skip(test, "KASAN has a quarantine of its own");
		return 0;
	}
	err = vt_init(test);
	if (!err)
		vt_verify(test, true);
	return err;
}

static void free_some(struct kunit *test, unsigned int nr)
{
	while (nr--)
		VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, 8));
}

/* Free a block, change a byte of it, and expect that this is found when it is let go. */
static void write_freed(struct kunit *test, const struct vt_context *context, size_t size,
			long offset)
{
	u8 *block = vt_alloc(test, VpNonPagedPool, size);

	vt_remember(test);
	if (context)
		vt_free_in(context, VideoPortFreePool, vt_ext(test), block);
	else
		VideoPortFreePool(vt_ext(test), block);
	block[offset] ^= 0xff;
	vt_verify(test, false);
	vt_expect_events(test, "use-after-free", NULL, 1);
	vt_verify(test, true);
}

/* VERIFY-41: A write to a freed block, or next to it, is found later, by one byte */
static void verify_41_write_after_free(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		write_freed(test, NULL, sizes[i], 0);
		write_freed(test, NULL, sizes[i], sizes[i] - 1);
	}
	write_freed(test, NULL, 100, 100);
	write_freed(test, NULL, 100, -1);
}

/* VERIFY-42: So it is for a free in any context */
static void verify_42_freed_in_any_context(struct kunit *test)
{
	write_freed(test, test->param_value, 100, 50);
	write_freed(test, test->param_value, 5 * PAGE_SIZE + 3, PAGE_SIZE);
}

/* VERIFY-43: It is found by itself after some more frees */
static void verify_43_found_after_more_frees(struct kunit *test)
{
	u8 *block = vt_alloc(test, VpPagedPool, 100);

	vt_remember(test);
	VideoPortFreePool(vt_ext(test), block);
	block[7] = 0;
	free_some(test, MANY_FREES);
	vt_expect_events(test, "use-after-free", NULL, 1);
}

/* VERIFY-44: Without a write there is no event, however a block is let go */
static void verify_44_no_write(struct kunit *test)
{
	void *other = vt_attach_another(test), *block;

	vt_remember(test);
	free_some(test, MANY_FREES);
	vpmem_parks_shrink();
	free_some(test, 10);
	vt_verify(test, false);
	vt_verify(test, true);
	free_some(test, 10);
	block = VideoPortAllocatePool(other, VpPagedPool, PAGE_SIZE, VT_TAG);
	VideoPortFreePool(other, block);
	vt_detach(test, other);
	vt_expect_events(test, NULL, NULL, 0);
}

static noinline void free_somewhere_deep(struct kunit *test, void *block)
{
	VideoPortFreePool(vt_ext(test), block);
	barrier(); /* no tail call */
}

static noinline void *alloc_somewhere_deep(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 64);

	barrier(); /* no tail call */
	return block;
}

/* Expect that the log has both since the mark, be it as the first place of a stack or another. */
static void expect_stacks(struct kunit *test, u64 mark)
{
	KUNIT_EXPECT_NE(test, vt_log_count(mark, " alloc_somewhere_deep", ""), 0U);
	KUNIT_EXPECT_NE(test, vt_log_count(mark, " free_somewhere_deep", ""), 0U);
}

/*
 * VERIFY-45: The reports of an overrun, of a write after a free and of a second free have the
 * stacks of the allocation and of the free
 */
static void verify_45_stacks(struct kunit *test)
{
	u8 *block;
	u64 mark;

	vt_need_stacks(test);
	block = alloc_somewhere_deep(test);
	block[-1] ^= 0xff; /* behind the block may be a guard page */
	mark = vt_log_mark();
	free_somewhere_deep(test, block);
	expect_stacks(test, mark);

	block = alloc_somewhere_deep(test);
	free_somewhere_deep(test, block);
	mark = vt_log_mark();
	VideoPortFreePool(vt_ext(test), block);
	expect_stacks(test, mark);

	block[3] = 0;
	mark = vt_log_mark();
	vt_verify(test, false);
	expect_stacks(test, mark);
}

/* VERIFY-46: The shrinker counts the pages that are kept, and frees them */
static void verify_46_shrinker_frees(struct kunit *test)
{
	vpmem_parks_shrink();
	KUNIT_EXPECT_EQ(test, vpmem_parks_shrink(), 0UL);
	free_some(test, 10);
	KUNIT_EXPECT_GE(test, vpmem_parks_shrink(), 10UL);
	free_some(test, MANY_FREES);
	KUNIT_EXPECT_GE(test, vpmem_parks_shrink(), 100UL);
	KUNIT_EXPECT_EQ(test, vpmem_parks_shrink(), 0UL);
}

/* VERIFY-47: A write before the free is an overrun, and no write after the free as well */
static void verify_47_overrun_is_reported_once(struct kunit *test)
{
	u8 *block = vt_alloc(test, VpNonPagedPool, 100);

	vt_remember(test);
	block[-1] ^= 0xff;
	VideoPortFreePool(vt_ext(test), block);
	vt_verify(test, false);
	vt_expect_events(test, "overrun", NULL, 1);
	vt_verify(test, true);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(verify_45_stacks),	/* the first: it looks for messages */
	KUNIT_CASE(verify_41_write_after_free),
	KUNIT_CASE_PARAM(verify_42_freed_in_any_context, vt_context_params),
	KUNIT_CASE(verify_43_found_after_more_frees),
	KUNIT_CASE(verify_44_no_write),
	KUNIT_CASE(verify_46_shrinker_frees),
	KUNIT_CASE(verify_47_overrun_is_reported_once),
	{}
};

struct kunit_suite vt_quarantine_suite = {
	.name = "quarantine",
	.init = quarantine_init,
	.exit = vt_exit,
	.test_cases = cases,
};
