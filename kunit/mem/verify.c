// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verify mode.
 */
#include <linux/cache.h>
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/poison.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

static int verify_init(struct kunit *test)
{
	int err = vt_init(test);

	if (!err)
		vt_verify(test, true);
	return err;
}

static const size_t sizes[] = {
	1, 15, 16, 17, 100, 1000, VT_SMALL_MAX, VT_SMALL_MAX + 1, PAGE_SIZE, 5 * PAGE_SIZE + 3,
};

/*
 * A call that runs while its adapter is detached. Which one it is cannot be told;
 * so there is a thread that calls all the time, and it is tried until it was inside.
 */

struct caller {
	void *ext;
	struct completion running, done;
};

static int caller_thread(void *data)
{
	struct caller *caller = data;
	void *block;

	do {
		block = VideoPortAllocatePool(caller->ext, VpNonPagedPool, 100, VT_TAG);
		VideoPortFreePool(caller->ext, block);
		complete(&caller->running);
		cond_resched();
	} while (block);
	complete(&caller->done);
	return 0;
}

static bool detach_while_called(struct kunit *test)
{
	struct caller caller = { .ext = vt_attach_another(test) };
	struct task_struct *task;
	u64 mark = vt_log_mark();
	int i;

	init_completion(&caller.running);
	init_completion(&caller.done);
	task = kthread_run(caller_thread, &caller, "vpmem-caller");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	for (i = 0; i < 10; i++)
		wait_for_completion(&caller.running);
	vt_detach(test, caller.ext);
	wait_for_completion(&caller.done);
	return vt_log_count(mark, "vpmem_detach", "is still running");
}

/*
 * VERIFY-01: A call that runs during the detach of its adapter is logged
 *
 * Run this test first, because of the rate limit of its messages.
 */
static void verify_01_call_during_detach_is_named(struct kunit *test)
{
	unsigned int i;

	if (num_online_cpus() < 2)
		kunit_skip(test, "needs two CPUs");
	for (i = 0; i < 20; i++) {
		if (detach_while_called(test))
			return;
		if (i % 4 == 3)
			vt_log_wait();
	}
	KUNIT_FAIL(test, "no call that was inside has been named");
}

/* VERIFY-02: A call after the detach is logged */
static void verify_02_late_call_is_named(struct kunit *test)
{
	void *ext = vt_detached_extension(test), *block;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortAllocatePool(ext, VpNonPagedPool, 64, VT_TAG));
	KUNIT_EXPECT_EQ(test, VideoPortAllocateBuffer(ext, 64, &block),
			ERROR_INVALID_PARAMETER);
	VideoPortFreePool(ext, test);
	VideoPortReleaseBuffer(ext, test);
	vpmem_detach(ext);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "detach-race", 5);
}

/* VERIFY-03: Every block has a record, whatever its size */
static void verify_03_every_size_has_a_record(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	struct vt_region region;
	unsigned int i;
	void *block;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = vt_alloc(test, type->type, vt_sizes[i]);
		KUNIT_EXPECT_TRUE_MSG(test, vt_find_region(test, vt_ext(test), block,
							   &region),
				      "%zu", vt_sizes[i]);
		KUNIT_EXPECT_STREQ(test, region.verify, "yes");
		KUNIT_EXPECT_EQ(test, region.size, (u64)vt_sizes[i]);
		vt_expect_live(test, "Test", type->kind, 1, vt_sizes[i]);
		VideoPortFreePool(vt_ext(test), block);
	}
}

/* VERIFY-04: Blocks are aligned and placed as ever */
static void verify_04_placed_as_ever(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	unsigned long block, align;
	unsigned int i;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = (unsigned long)vt_alloc(test, type->type, vt_sizes[i]);
		align = type->aligned ? SMP_CACHE_BYTES : VT_GRANULE;
		if (vt_sizes[i] > VT_SMALL_MAX)
			align = PAGE_SIZE;
		KUNIT_EXPECT_EQ_MSG(test, block % align, 0UL, "%zu", vt_sizes[i]);
		if (vt_sizes[i] <= PAGE_SIZE)
			KUNIT_EXPECT_LE_MSG(test, offset_in_page(block) + vt_sizes[i],
					    PAGE_SIZE, "%zu", vt_sizes[i]);
		VideoPortFreePool(vt_ext(test), (void *)block);
	}
}

/* VERIFY-05: A fresh block is filled with 0x5a */
static void verify_05_fresh_memory_is_filled(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = vt_alloc(test, type->type, sizes[i]);
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(block, POISON_INUSE, sizes[i]), NULL);
		VideoPortFreePool(vt_ext(test), block);
	}
}

struct free_and_look {
	void *ext;
	u8 *block;
	size_t size;
	bool poisoned;
};

/* vmalloc memory is still there for as long as nothing else can run here. */
static void free_and_look(void *data)
{
	struct free_and_look *job = data;

	VideoPortFreePool(job->ext, job->block);
	job->poisoned = !memchr_inv(job->block, POISON_FREE, job->size);
}

/* VERIFY-06: A freed block is filled with 0x6b */
static void verify_06_freed_memory_is_poisoned(struct kunit *test)
{
	struct free_and_look job = { .ext = vt_ext(test) };
	unsigned int i;

	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "freed memory can be looked at only with PREEMPT_COUNT");
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		job.size = sizes[i];
		job.block = vt_alloc(test, VpNonPagedPool, job.size);
		KUNIT_ASSERT_TRUE(test, is_vmalloc_addr(job.block));
		memset(job.block, 0x13, job.size);
		vt_preempt_off.run(free_and_look, &job);
		KUNIT_EXPECT_TRUE(test, job.poisoned);
	}
}

/* Damages one byte at an offset, and expects that the free finds it. */
static void damage(struct kunit *test, size_t size, long offset, const char *event)
{
	const struct vt_type *type = test->param_value;
	u8 *block = vt_alloc(test, type->type, size);

	memset(block, 0, size);
	block[offset] ^= 0xff;
	vt_remember(test);
	VideoPortFreePool(vt_ext(test), block);
	vt_expect_events(test, event, NULL, 1);
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/* VERIFY-07: A write after the block is found at its free */
static void verify_07_damage_after_the_block(struct kunit *test)
{
	damage(test, 100, 100, "overrun");
	damage(test, 1, 1, "overrun");
	damage(test, 1, VT_GRANULE - 1, "overrun");
	damage(test, 2 * PAGE_SIZE + 4, 2 * PAGE_SIZE + 4, "overrun");
	damage(test, 0, 0, "overrun");
}

/* VERIFY-08: A write before the block is found at its free */
static void verify_08_damage_before_the_block(struct kunit *test)
{
	damage(test, 100, -1, "overrun");
	damage(test, 1000, -16, "overrun");
	damage(test, 16, -(long)(PAGE_SIZE / 2), "overrun");
}

/* VERIFY-09: A write to any byte of the block is none */
static void verify_09_no_damage(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		damage(test, sizes[i], 0, NULL);
		damage(test, sizes[i], sizes[i] - 1, NULL);
	}
}

static noinline void *alloc_somewhere_deep(struct kunit *test)
{
	void *block = vt_alloc(test, VpPagedPool, 64);

	barrier(); /* no tail call */
	return block;
}

/* VERIFY-10: A record tells the stack of its allocation */
static void verify_10_stack_of_the_allocation(struct kunit *test)
{
	struct vt_region region;
	char caller[64];
	void *block;
	char *line;

	vt_need_stacks(test);
	block = alloc_somewhere_deep(test);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), block, &region));
	line = kunit_kzalloc(test, SZ_4K, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, line);
	strscpy(line, region.line, min_t(size_t, SZ_4K,
					 vt_next_line(region.line) - region.line));
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(line, " <- alloc_somewhere_deep+0x"), "%s",
				  line);
	snprintf(caller, sizeof(caller), " <- %s+0x", __func__);
	KUNIT_EXPECT_NOT_NULL(test, strstr(line, caller));
	VideoPortFreePool(vt_ext(test), block);
}

/* VERIFY-11: Blocks of either mode are freed in the other */
static void verify_11_blocks_of_the_other_mode(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	void *with[ARRAY_SIZE(sizes)], *without[ARRAY_SIZE(sizes)];
	unsigned int i;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		with[i] = vt_alloc(test, type->type, sizes[i]);
	vt_verify(test, false);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		without[i] = vt_alloc(test, type->type, sizes[i]);
		VideoPortFreePool(vt_ext(test), with[i]);
	}
	vt_verify(test, true);
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		VideoPortFreePool(vt_ext(test), without[i]);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/* VERIFY-12: NonPaged types can be allocated in every context */
static void verify_12_non_paged_in_any_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i;
	void *block;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = vt_alloc_in(context, vt_ext(test), VpNonPagedPool, sizes[i], VT_TAG);
		KUNIT_ASSERT_NOT_NULL(test, block);
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(block, POISON_INUSE, sizes[i]), NULL);
		vt_free_in(context, VideoPortFreePool, vt_ext(test), block);
		block = vt_alloc(test, VpNonPagedPool, sizes[i]);
		vt_free_in(context, VideoPortFreePool, vt_ext(test), block);
	}
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

/* VERIFY-13: Paged types are refused in atomic context */
static void verify_13_paged_refused_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_alloc_in(context, vt_ext(test), VpPagedPool, 64, VT_TAG));
	vt_expect_events(test, "bad-context", NULL, 1);
	vt_expect_failures(test, "Test", "Paged", 1, "context");
}

/*
 * VERIFY-14: Every misuse of a free is logged as without verify mode, for all sizes
 *
 * This holds for all options of the slab allocator's debugging.
 */
static void verify_14_misuse_is_named(struct kunit *test)
{
	void *other = vt_attach_another(test), *block, *buffer;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = VideoPortAllocatePool(other, VpPagedPool, sizes[i], VT_TAG);
		KUNIT_ASSERT_NOT_NULL(test, block);
		vt_expect_free_refused(test, VideoPortFreePool, block, "wrong-adapter");
		VideoPortFreePool(other, block);
		block = vt_alloc(test, VpPagedPool, sizes[i]);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block, "wrong-pairing");
		if (sizes[i] > 1)
			vt_expect_free_refused(test, VideoPortFreePool,
					       block + sizes[i] / 2, "bad-pointer");
		VideoPortFreePool(vt_ext(test), block);
		vt_expect_free_refused(test, VideoPortFreePool, block, "double-free");
		KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), sizes[i],
							      &buffer), NO_ERROR);
		vt_expect_free_refused(test, VideoPortFreePool, buffer, "wrong-pairing");
		VideoPortReleaseBuffer(vt_ext(test), buffer);
	}
	vt_expect_free_refused(test, VideoPortFreePool, NULL, "null-free");
}

/* VERIFY-15: A pointer that was never a block is refused */
static void verify_15_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortFreePool, foreign->address(test),
			       "bad-pointer");
}

/* VERIFY-16: Detach reclaims every block, whatever its size */
static void verify_16_detach_reclaims_every_size(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct vt_region region;
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = VideoPortAllocatePool(other, i & 1 ? VpPagedPool : VpNonPagedPool,
					      sizes[i], VT_TAG);
		KUNIT_ASSERT_NOT_NULL(test, block);
	}
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, NULL, block, &region));
	vt_detach(test, other);
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, NULL, block, &region));
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 0U);
}

/*
 * VERIFY-17: Adapters outlive a switch of the mode, in either direction
 */
static void verify_17_switched_between_attach_and_detach(struct kunit *test)
{
	void *one = vt_attach_another(test), *two;

	vt_verify(test, false);
	two = vt_attach_another(test);
	vt_detach(test, one);
	vt_verify(test, true);
	vt_detach(test, two);
	vt_remember(test);
	VideoPortFreePool(two, test);
	vt_expect_events(test, NULL, "detach-race", 1);
}

static bool site_call(struct kunit *test, void *data)
{
	void **block = data;

	*block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, 100, VT_TAG);
	return *block;
}

static void site_undo(struct kunit *test, void *data)
{
	VideoPortFreePool(vt_ext(test), *(void **)data);
}

static void site_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Test", "Nonp", failures, "no-memory");
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

/* VERIFY-18: NULL whichever allocation fails; nothing is lost */
static void verify_18_no_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { site_call, site_undo, site_failed };
	void *block = vt_alloc(test, VpNonPagedPool, 100);

	VideoPortFreePool(vt_ext(test), block);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, &block), 0U);
}

/*
 * VERIFY-19: A write or read beyond the last page stops at the guard page
 * Untested: it is an oops
 */

static noinline void forget_in_verify_mode(void *ext)
{
	void *block = VideoPortAllocatePool(ext, VpNonPagedPool, 100, vt_tag("Frgt"));

	barrier_data(block);		/* no tail call, which would hide this caller */
}

/* VERIFY-40: The report of leaks has the stack of an allocation */
static void verify_40_leak_has_the_stack(struct kunit *test)
{
	void *other = vt_attach_another(test);
	u64 mark = vt_log_mark();

	forget_in_verify_mode(other);
	forget_in_verify_mode(other);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "allocated by forget_in_verify_mode+",
					   "tag Frgt, 200 bytes in 2 blocks"), 1U);
	if (vt_has_stacks())
		KUNIT_EXPECT_GE(test, vt_log_count(mark, "leak:    ", __func__), 1U);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(verify_01_call_during_detach_is_named),
	KUNIT_CASE(verify_02_late_call_is_named),
	KUNIT_CASE_PARAM(verify_03_every_size_has_a_record, vt_type_params),
	KUNIT_CASE_PARAM(verify_04_placed_as_ever, vt_type_params),
	KUNIT_CASE_PARAM(verify_05_fresh_memory_is_filled, vt_type_params),
	KUNIT_CASE(verify_06_freed_memory_is_poisoned),
	KUNIT_CASE_PARAM(verify_07_damage_after_the_block, vt_type_params),
	KUNIT_CASE_PARAM(verify_08_damage_before_the_block, vt_type_params),
	KUNIT_CASE_PARAM(verify_09_no_damage, vt_type_params),
	KUNIT_CASE(verify_10_stack_of_the_allocation),
	KUNIT_CASE_PARAM(verify_11_blocks_of_the_other_mode, vt_type_params),
	KUNIT_CASE_PARAM(verify_12_non_paged_in_any_context, vt_context_params),
	KUNIT_CASE_PARAM(verify_13_paged_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(verify_14_misuse_is_named),
	KUNIT_CASE_PARAM(verify_15_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(verify_16_detach_reclaims_every_size),
	KUNIT_CASE(verify_17_switched_between_attach_and_detach),
	KUNIT_CASE(verify_18_no_memory),
	KUNIT_CASE(verify_40_leak_has_the_stack),
	{}
};

struct kunit_suite vt_verify_suite = {
	.name = "verify",
	.init = verify_init,
	.exit = vt_exit,
	.test_cases = cases,
};
