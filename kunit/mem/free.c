// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortFreePool: valid and invalid pointers.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

/* Large enough to be a region: a slab object, pages, and many pages. */
static const size_t large[] = { VT_SMALL_MAX + 1, 2 * PAGE_SIZE, 5 * PAGE_SIZE, SZ_1M };
static const size_t small[] = { 1, 16, 100, 1000, VT_SMALL_MAX };

/*
 * POOL-20: FreePool(NULL) does nothing and is counted (undocumented; a bug check on
 * Windows)
 */
static void pool_20_free_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortFreePool, NULL, "null-free");
}

static void free_twice(struct kunit *test, size_t size)
{
	const struct vt_type *type = test->param_value;
	void *block = vt_alloc(test, type->type, size);

	VideoPortFreePool(vt_ext(test), block);
	vt_expect_free_refused(test, VideoPortFreePool, block, "double-free");
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/* POOL-21: A small block freed twice is logged, counted and left alone */
static void pool_21_double_free_small(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(small); i++)
		free_twice(test, small[i]);
}

/* POOL-22: A large block freed twice is logged, counted and left alone */
static void pool_22_double_free_large(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(large); i++)
		free_twice(test, large[i]);
}

static void free_interior(struct kunit *test, size_t size, size_t offset)
{
	void *block = vt_alloc(test, VpNonPagedPool, size);

	memset(block, 0x77, size);
	vt_expect_free_refused(test, VideoPortFreePool, block + offset, "bad-pointer");
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(block, 0x77, size), NULL);
	VideoPortFreePool(vt_ext(test), block);
}

/*
 * POOL-23: A pointer into a small block is logged, counted and left alone; the block is
 * unchanged
 */
static void pool_23_interior_of_small(struct kunit *test)
{
	static const size_t offsets[] = { 1, 8, 16, 32, 64, 512, 999 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++)
		free_interior(test, 1000, offsets[i]);
}

/* POOL-24: A pointer into a large block is logged, counted and left alone */
static void pool_24_interior_of_large(struct kunit *test)
{
	static const size_t offsets[] = { 1, 16, 64, PAGE_SIZE, PAGE_SIZE + 16,
					  4 * PAGE_SIZE, 5 * PAGE_SIZE - 1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++)
		free_interior(test, 5 * PAGE_SIZE, offsets[i]);
}

/*
 * POOL-25: A pointer that was never a block is logged, counted and left alone, mapped or
 * not
 */
static void pool_25_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortFreePool, foreign->address(test),
			       "bad-pointer");
}

/* POOL-26: Memory of others is not written */
static void pool_26_foreign_memory_left_alone(struct kunit *test)
{
	void *memory = kunit_kmalloc(test, PAGE_SIZE, GFP_KERNEL);
	unsigned int offset;

	KUNIT_ASSERT_NOT_NULL(test, memory);
	memset(memory, 0x3c, PAGE_SIZE);
	for (offset = 8; offset < PAGE_SIZE; offset += 368)
		vt_expect_free_refused(test, VideoPortFreePool, memory + offset,
				       "bad-pointer");
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(memory, 0x3c, PAGE_SIZE), NULL);
}

/*
 * POOL-27: A copy of a block is no block
 *
 * The block contains a copy of another block, and of a block within it.
 */
static void pool_27_copy_of_a_block(struct kunit *test)
{
	u8 *block = vt_alloc(test, VpNonPagedPool, 64);
	u8 *copy = vt_alloc(test, VpNonPagedPool, 256);

	memset(block, 0x5c, 64);
	memcpy(copy + 64, block, 64);
	vt_expect_free_refused(test, VideoPortFreePool, copy + 64, "bad-pointer");
	VideoPortFreePool(vt_ext(test), copy);
	VideoPortFreePool(vt_ext(test), block);
}

/* The wrong adapter is told, and the block stays live with its own. */
static void wrong_adapter(struct kunit *test, size_t size)
{
	const struct vt_type *type = test->param_value;
	void *other = vt_attach_another(test);
	void *block = VideoPortAllocatePool(other, type->type, size, VT_TAG);
	struct vt_row row;

	KUNIT_ASSERT_NOT_NULL(test, block);
	memset(block, 0x44, size);
	vt_expect_free_refused(test, VideoPortFreePool, block, "wrong-adapter");
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(block, 0x44, size), NULL);
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, other, "Test", type->kind, &row));
	KUNIT_EXPECT_EQ(test, row.diff, 1ULL);
	KUNIT_EXPECT_EQ(test, row.bytes, (u64)size);
	KUNIT_EXPECT_EQ(test, vt_event(test, other, "wrong-adapter"), 0UL);
	VideoPortFreePool(other, block);
	vt_detach(test, other);
}

/* POOL-28: A small block of another adapter is logged, counted and stays with its owner */
static void pool_28_wrong_adapter_small(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(small); i++)
		wrong_adapter(test, small[i]);
}

/*
 * POOL-29: A large block of another adapter is logged, counted and stays with its owner
 */
static void pool_29_wrong_adapter_large(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(large); i++)
		wrong_adapter(test, large[i]);
}

/* POOL-30: A free without an attached adapter is logged, counted and changes nothing */
static void pool_30_no_adapter(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 64);
	void *page = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	void *foreign[] = { NULL, vt_detached_extension(test), test, vt_ext(test) + 16,
			    block, (void *)8, (void *)(ULONG_MAX - 15) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		vt_remember(test);
		VideoPortFreePool(foreign[i], block);
		VideoPortFreePool(foreign[i], page);
		VideoPortFreePool(foreign[i], NULL);
		vt_expect_untouched(test);
		vt_expect_events(test, NULL, "no-adapter", 3);
	}
	VideoPortFreePool(vt_ext(test), block);
	VideoPortFreePool(vt_ext(test), page);
}

static void free_in_context(struct kunit *test, VP_POOL_TYPE type, size_t size,
			    const char *event)
{
	const struct vt_context *context = test->param_value;
	void *block = vt_alloc(test, type, size);
	struct vt_row row;

	vt_remember(test);
	vt_free_in(context, VideoPortFreePool, vt_ext(test), block);
	vt_expect_events(test, event, NULL, 1);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	vt_find_row(test, vt_ext(test), "Test", type & VpPagedPool ? "Paged" : "Nonp",
		    &row);
	KUNIT_EXPECT_EQ(test, row.diff, 0ULL);
}

/* POOL-31: NonPaged blocks are freed in every context, whatever their size */
static void pool_31_non_paged_freed_in_any_context(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(small); i++)
		free_in_context(test, VpNonPagedPool, small[i], NULL);
	for (i = 0; i < ARRAY_SIZE(large); i++)
		free_in_context(test, VpNonPagedPool, large[i], NULL);
}

/*
 * POOL-32: Choice: a Paged block that is freed at DISPATCH or above is freed, logged and
 * counted (a bug check on Windows)
 *
 * It is an error on Windows.
 */
static void pool_32_paged_freed_where_none_may_sleep(struct kunit *test)
{
	unsigned int i;

	vt_skip_if_hidden(test, test->param_value);
	for (i = 0; i < ARRAY_SIZE(small); i++)
		free_in_context(test, VpPagedPool, small[i], "bad-context");
	for (i = 0; i < ARRAY_SIZE(large); i++)
		free_in_context(test, VpPagedPool, large[i], "bad-context");
}

/*
 * POOL-33: Memory whose free may sleep is freed by a worker in atomic context, and counts
 * as freed at once
 *
 * vmalloc memory is such memory.
 */
static void pool_33_vmalloc_freed_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *block;

	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "no vmalloc memory without PREEMPT_COUNT");
	block = vt_alloc(test, VpNonPagedPool, SZ_8M);
	KUNIT_ASSERT_TRUE(test, is_vmalloc_addr(block));
	vt_remember(test);
	vt_free_in(context, VideoPortFreePool, vt_ext(test), block);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * LOG-01: A refused free names the adapter, the call, what the pointer is, and who called
 *
 * Run this test first of those with this message, because of the rate limit.
 */
static void log_01_free_names_adapter_call_and_caller(struct kunit *test)
{
	u64 mark = vt_log_mark();
	char caller[64];
	void *buffer;

	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), 100, &buffer), NO_ERROR);
	VideoPortFreePool(vt_ext(test), buffer);
	snprintf(caller, sizeof(caller), "called from %s+0x", __func__);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: vpmem-kunit: VideoPortFreePool: ",
					   "wrong-pairing"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "Buffer block", caller), 1U);
	VideoPortReleaseBuffer(vt_ext(test), buffer);
}

/*
 * POOL-34: Zeroed memory is not taken for an adapter or a block
 *
 * The test passes zeroed memory as extension, and a pointer with zeroes in front of it.
 */
static void pool_34_zeroes_are_no_adapter(struct kunit *test)
{
	void *zeroes = kunit_kzalloc(test, SZ_64K, GFP_KERNEL);
	unsigned long *object = kunit_kzalloc(test, 128, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, zeroes);
	KUNIT_ASSERT_NOT_NULL(test, object);
	object[1] = (unsigned long)&object[2];
	vt_remember(test);
	VideoPortFreePool(zeroes + SZ_32K, &object[2]);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 1);
	KUNIT_EXPECT_EQ(test, object[1], (unsigned long)&object[2]);
}

/* Number of blocks. On one CPU each takes a tick. */
#define TWICE 300

struct twice {
	void *ext;
	void **block;
	atomic_t at;		/* counts the steps of both */
	struct completion done;
};

/* Free in step with the other thread, block by block. */
static void free_all(struct twice *twice)
{
	unsigned int i;

	for (i = 0; i < TWICE; i++) {
		atomic_inc(&twice->at);
		while (atomic_read(&twice->at) < 2 * (i + 1))
			cond_resched();
		VideoPortFreePool(twice->ext, twice->block[i]);
	}
}

static int free_all_thread(void *data)
{
	struct twice *twice = data;

	free_all(twice);
	complete(&twice->done);
	return 0;
}

/* POOL-35: If two tasks free the same block at the same time, one succeeds */
static void pool_35_freed_by_two_at_once(struct kunit *test)
{
	struct twice twice = { .ext = vt_ext(test) };
	struct task_struct *task;
	unsigned int i;

	if (IS_ENABLED(CONFIG_KASAN))
		kunit_skip(test, "KASAN reports it, as it should");
	twice.block = kunit_kcalloc(test, TWICE, sizeof(void *), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, twice.block);
	for (i = 0; i < TWICE; i++)
		twice.block[i] = vt_alloc(test, VpNonPagedPool, 100);
	init_completion(&twice.done);
	task = kthread_run(free_all_thread, &twice, "vpmem-twice");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	free_all(&twice);
	wait_for_completion(&twice.done);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(log_01_free_names_adapter_call_and_caller),
	KUNIT_CASE(pool_20_free_null),
	KUNIT_CASE(pool_34_zeroes_are_no_adapter),
	KUNIT_CASE(pool_35_freed_by_two_at_once),
	KUNIT_CASE_PARAM(pool_21_double_free_small, vt_type_params),
	KUNIT_CASE_PARAM(pool_22_double_free_large, vt_type_params),
	KUNIT_CASE(pool_23_interior_of_small),
	KUNIT_CASE(pool_24_interior_of_large),
	KUNIT_CASE_PARAM(pool_25_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(pool_26_foreign_memory_left_alone),
	KUNIT_CASE(pool_27_copy_of_a_block),
	KUNIT_CASE_PARAM(pool_28_wrong_adapter_small, vt_type_params),
	KUNIT_CASE_PARAM(pool_29_wrong_adapter_large, vt_type_params),
	KUNIT_CASE(pool_30_no_adapter),
	KUNIT_CASE_PARAM(pool_31_non_paged_freed_in_any_context, vt_context_params),
	KUNIT_CASE_PARAM(pool_32_paged_freed_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(pool_33_vmalloc_freed_where_none_may_sleep, vt_atomic_params),
	{}
};

struct kunit_suite vt_free_suite = {
	.name = "free",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
