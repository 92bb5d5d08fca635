// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortAllocatePool.
 */
#include <linux/cache.h>
#include <linux/kernel.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

/*
 * Properties of every block are checked for every size, with so many blocks at
 * once that the places within a slab are all seen.
 */

#define BATCH 48

struct batch {
	void *block[BATCH];
	unsigned int nr;
	size_t size;
	const struct vt_type *type;
};

typedef void batch_check(struct kunit *test, const struct batch *batch);

static void each_batch(struct kunit *test, size_t largest, batch_check *check)
{
	struct batch *batch = kunit_kzalloc(test, sizeof(*batch), GFP_KERNEL);
	unsigned int i, j;

	KUNIT_ASSERT_NOT_NULL(test, batch);
	batch->type = test->param_value;
	for (i = 0; i < vt_nr_sizes && vt_sizes[i] <= largest; i++) {
		batch->size = vt_sizes[i];
		batch->nr = batch->size <= PAGE_SIZE / 4 ? BATCH : 6;
		for (j = 0; j < batch->nr; j++)
			batch->block[j] = vt_alloc(test, batch->type->type, batch->size);
		check(test, batch);
		for (j = 0; j < batch->nr; j++)
			VideoPortFreePool(vt_ext(test), batch->block[j]);
	}
}

static void expect_aligned(struct kunit *test, const struct batch *batch, size_t align)
{
	unsigned int i;

	for (i = 0; i < batch->nr; i++)
		KUNIT_ASSERT_EQ_MSG(test, (unsigned long)batch->block[i] % align, 0UL,
				    "block %u of %zu bytes of %s", i, batch->size,
				    batch->type->name);
}

/* POOL-01: A block comes from any of the four pool types */
static void pool_01_four_types(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	void *block;

	block = VideoPortAllocatePool(vt_ext(test), type->type, 100, VT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, block);
	vt_expect_live(test, "Test", type->kind, 1, 100);
	VideoPortFreePool(vt_ext(test), block);
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

static const unsigned int other_types[] = { 2, 3, 6, 7, 8, 16, 0x100, 0x80000000, -1 };

static void type_describe(const unsigned int *type, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "type 0x%x", *type);
}

KUNIT_ARRAY_PARAM(other_type, other_types, type_describe);

/*
 * POOL-02: Any other type (2, 3, 6, 7: the MustSucceed family; 8 and more) gives NULL and
 * is counted
 */
static void pool_02_other_types_refused(struct kunit *test)
{
	unsigned int type = *(const unsigned int *)test->param_value;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortAllocatePool(vt_ext(test), type, 64, VT_TAG));
	vt_expect_events(test, "bad-pool-type", NULL, 1);
	vt_expect_failures(test, "Test", type & 1 ? "Paged" : "Nonp", 1, "pool-type");
	vt_expect_live(test, "Test", type & 1 ? "Paged" : "Nonp", 0, 0);
}

static void two_pointers(struct kunit *test, const struct batch *batch)
{
	expect_aligned(test, batch, VT_GRANULE);
}

/* POOL-03: A block is aligned to two pointers: 16 bytes, 8 on 32-bit */
static void pool_03_aligned_to_two_pointers(struct kunit *test)
{
	each_batch(test, SZ_1M, two_pointers);
}

static void cache_line(struct kunit *test, const struct batch *batch)
{
	if (batch->type->aligned)
		expect_aligned(test, batch, SMP_CACHE_BYTES);
}

/* POOL-04: A block of a CacheAligned type is aligned to a cache line */
static void pool_04_cache_aligned(struct kunit *test)
{
	each_batch(test, SZ_1M, cache_line);
}

static void one_page(struct kunit *test, const struct batch *batch)
{
	unsigned int i;

	for (i = 0; i < batch->nr; i++)
		KUNIT_ASSERT_LE_MSG(test, offset_in_page(batch->block[i]) + batch->size,
				    PAGE_SIZE, "block %u of %zu bytes of %s", i,
				    batch->size, batch->type->name);
}

/* POOL-05: A request of up to a page does not cross a page */
static void pool_05_within_a_page(struct kunit *test)
{
	each_batch(test, PAGE_SIZE, one_page);
}

static void page(struct kunit *test, const struct batch *batch)
{
	if (batch->size > VT_SMALL_MAX)
		expect_aligned(test, batch, PAGE_SIZE);
}

/*
 * POOL-06: From PAGE_SIZE - 2 * 16 + 1 bytes on (4065; 4081 on 32-bit) a block is page
 * aligned
 */
static void pool_06_page_aligned_from_4065(struct kunit *test)
{
	each_batch(test, SZ_1M, page);
}

/* Write every byte of every block before the first is checked. */
static void all_writable(struct kunit *test, const struct batch *batch)
{
	unsigned int i;

	for (i = 0; i < batch->nr; i++)
		memset(batch->block[i], i + 1, batch->size);
	for (i = 0; i < batch->nr; i++)
		KUNIT_ASSERT_PTR_EQ_MSG(test,
					memchr_inv(batch->block[i], i + 1, batch->size),
					NULL, "block %u of %zu bytes", i, batch->size);
}

/*
 * POOL-07: Exactly the bytes asked for are the driver's: all can be written, and no
 * neighbour notices
 */
static void pool_07_whole_block_writable(struct kunit *test)
{
	each_batch(test, SZ_1M, all_writable);
}

/* POOL-08: Zero bytes give the smallest block, which is counted and can be freed */
static void pool_08_zero_length(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	void *one, *two;

	vt_remember(test);
	one = vt_alloc(test, type->type, 0);
	vt_expect_events(test, "zero-length", NULL, 1);
	two = vt_alloc(test, type->type, 0);
	KUNIT_EXPECT_PTR_NE(test, one, two);
	KUNIT_EXPECT_PTR_NE(test, one, ZERO_SIZE_PTR);
	vt_expect_live(test, "Test", type->kind, 2, 0);
	VideoPortFreePool(vt_ext(test), one);
	VideoPortFreePool(vt_ext(test), two);
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/*
 * POOL-09: A size that the machine cannot have, or that wraps when a header is added,
 * gives NULL
 *
 * The sizes exceed the memory of the machine, or wrap when a header is added.
 */
static void pool_09_too_large_refused(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	const size_t sizes[] = {
		SIZE_MAX, SIZE_MAX - 1, SIZE_MAX - 15, SIZE_MAX - 16, SIZE_MAX - 63,
		SIZE_MAX - PAGE_SIZE + 1, SIZE_MAX - PAGE_SIZE, SIZE_MAX / 2 + 1,
		SIZE_MAX / 2, (totalram_pages() + 1) * PAGE_SIZE,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		vt_remember(test);
		KUNIT_EXPECT_NULL(test, VideoPortAllocatePool(vt_ext(test), type->type,
							      sizes[i], VT_TAG));
		vt_expect_events(test, "bad-size", NULL, 1);
		vt_expect_failures(test, "Test", type->kind, i + 1, "size");
	}
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/*
 * Out of memory
 */

struct pool_site {
	const struct vt_type *type;
	size_t size;
	void *block;
};

static bool site_call(struct kunit *test, void *data)
{
	struct pool_site *site = data;

	site->block = VideoPortAllocatePool(vt_ext(test), site->type->type, site->size,
					    VT_TAG);
	return site->block;
}

static void site_undo(struct kunit *test, void *data)
{
	struct pool_site *site = data;

	VideoPortFreePool(vt_ext(test), site->block);
}

static void site_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct pool_site *site = data;

	vt_expect_failures(test, "Test", site->type->kind, failures, "no-memory");
	vt_expect_live(test, "Test", site->type->kind, 0, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static const struct vt_fault_site pool_fault = { site_call, site_undo, site_failed };

static void each_pool_fault(struct kunit *test, size_t size)
{
	struct pool_site site = { .type = test->param_value, .size = size };

	/* Allocate once before: the first block of a tag also allocates a slot. */
	VideoPortFreePool(vt_ext(test), vt_alloc(test, site.type->type, 8));
	vt_remember(test);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &pool_fault, &site), 0U);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * POOL-10: NULL, and the reason no-memory, when there is no memory for a small block
 *
 * A second attempt with other GFP flags follows, so all allocations have to fail.
 */
static void pool_10_no_memory_small(struct kunit *test)
{
	struct pool_site site = { .type = test->param_value, .size = 100 };

	VideoPortFreePool(vt_ext(test), vt_alloc(test, site.type->type, 8));
	vt_remember(test);
	vt_out_of_memory(test, &pool_fault, &site);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * POOL-11: The same for a large block, whichever of its allocations fails; nothing is
 * lost
 */
static void pool_11_no_memory_large(struct kunit *test)
{
	each_pool_fault(test, 5 * PAGE_SIZE);
}

/*
 * POOL-12: The same for the first block of a tag
 *
 * Without memory for a slot, the block is counted in (other).
 */
static void pool_12_no_memory_first_of_a_tag(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	struct pool_site site = { .type = type, .size = 100 };

	vt_each_fault(test, &pool_fault, &site);
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/*
 * Contexts
 */

static const size_t context_sizes[] = { 1, 100, 1024, PAGE_SIZE, 3 * PAGE_SIZE };

/*
 * POOL-13: NonPaged types can be allocated in every context: DISPATCH and above, up to
 * hard interrupt
 */
static void pool_13_non_paged_in_any_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *ext = vt_ext(test), *block;
	unsigned int i, type;

	vt_remember(test);
	for (i = 0; i < 2 * ARRAY_SIZE(context_sizes); i++) {
		type = i & 1 ? VpNonPagedPoolCacheAligned : VpNonPagedPool;
		block = vt_alloc_in(context, ext, type, context_sizes[i / 2], VT_TAG);
		KUNIT_ASSERT_NOT_NULL(test, block);
		memset(block, 0x11, context_sizes[i / 2]);
		vt_free_in(context, VideoPortFreePool, ext, block);
	}
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

/*
 * POOL-14: Paged types are refused, logged and counted at DISPATCH and above (IRQL <
 * DISPATCH)
 */
static void pool_14_paged_refused_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i, type, failures = 0;

	vt_skip_if_hidden(test, context);
	for (i = 0; i < 2 * ARRAY_SIZE(context_sizes); i++) {
		type = i & 1 ? VpPagedPoolCacheAligned : VpPagedPool;
		vt_remember(test);
		KUNIT_EXPECT_NULL(test, vt_alloc_in(context, vt_ext(test), type,
						    context_sizes[i / 2], VT_TAG));
		vt_expect_events(test, "bad-context", NULL, 1);
		vt_expect_failures(test, "Test", "Paged", ++failures, "context");
	}
	vt_expect_live(test, "Test", "Paged", 0, 0);
}

/*
 * POOL-15: Paged types can be allocated in every context that may sleep, also under a
 * mutex
 */
static void pool_15_paged_where_one_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *ext = vt_ext(test), *block;
	unsigned int i;

	if (context->atomic)
		kunit_skip(test, "pool_14 is for those");
	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(context_sizes); i++) {
		block = vt_alloc_in(context, ext, VpPagedPool, context_sizes[i], VT_TAG);
		KUNIT_ASSERT_NOT_NULL(test, block);
		vt_free_in(context, VideoPortFreePool, ext, block);
	}
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * The rest
 */

/* POOL-16: NULL without an attached adapter; nothing else changes */
static void pool_16_no_adapter(struct kunit *test)
{
	void *foreign[] = { NULL, vt_detached_extension(test), test, vt_ext(test) + 16,
			    (void *)8, (void *)(ULONG_MAX - 15) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		vt_remember(test);
		KUNIT_EXPECT_NULL(test, VideoPortAllocatePool(foreign[i], VpNonPagedPool,
							      64, VT_TAG));
		vt_expect_untouched(test);
		vt_expect_events(test, NULL, "no-adapter", 1);
	}
}

/*
 * POOL-17: Choice: VpNonPagedPoolCacheAligned is physically contiguous, since drivers
 * give it to devices
 */
static void pool_17_cache_aligned_non_paged_contiguous(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPoolCacheAligned, SZ_1M);

	KUNIT_EXPECT_TRUE(test, virt_addr_valid(block));
	KUNIT_EXPECT_TRUE(test, virt_addr_valid(block + SZ_1M - 1));
	VideoPortFreePool(vt_ext(test), block);
}

/*
 * POOL-18: A block may be larger than the page allocator's largest
 *
 * The size exceeds the limit of the page allocator.
 */
static void pool_18_many_megabytes(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	void *block;

	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "needs PREEMPT_COUNT, to know that it may sleep");
	if (type->type == VpNonPagedPoolCacheAligned)
		kunit_skip(test, "physically contiguous");
	block = vt_alloc(test, type->type, SZ_8M + 1);
	KUNIT_EXPECT_EQ(test, offset_in_page(block), 0UL);
	memset(block, 0x22, SZ_8M + 1);
	vt_expect_live(test, "Test", type->kind, 1, SZ_8M + 1);
	VideoPortFreePool(vt_ext(test), block);
}

/* POOL-19: Freed memory can be allocated again */
static void pool_19_freed_memory_is_used_again(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	unsigned long i;

	/* Allocate more than the memory of the machine in total. */
	for (i = 0; i < totalram_pages() / 200; i++)
		VideoPortFreePool(vt_ext(test), vt_alloc(test, type->type, SZ_1M));
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(pool_01_four_types, vt_type_params),
	KUNIT_CASE_PARAM(pool_02_other_types_refused, other_type_gen_params),
	KUNIT_CASE_PARAM(pool_03_aligned_to_two_pointers, vt_type_params),
	KUNIT_CASE_PARAM(pool_04_cache_aligned, vt_type_params),
	KUNIT_CASE_PARAM(pool_05_within_a_page, vt_type_params),
	KUNIT_CASE_PARAM(pool_06_page_aligned_from_4065, vt_type_params),
	KUNIT_CASE_PARAM(pool_07_whole_block_writable, vt_type_params),
	KUNIT_CASE_PARAM(pool_08_zero_length, vt_type_params),
	KUNIT_CASE_PARAM(pool_09_too_large_refused, vt_type_params),
	KUNIT_CASE_PARAM(pool_10_no_memory_small, vt_type_params),
	KUNIT_CASE_PARAM(pool_11_no_memory_large, vt_type_params),
	KUNIT_CASE_PARAM(pool_12_no_memory_first_of_a_tag, vt_type_params),
	KUNIT_CASE_PARAM(pool_13_non_paged_in_any_context, vt_context_params),
	KUNIT_CASE_PARAM(pool_14_paged_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(pool_15_paged_where_one_may_sleep, vt_context_params),
	KUNIT_CASE(pool_16_no_adapter),
	KUNIT_CASE(pool_17_cache_aligned_non_paged_contiguous),
	KUNIT_CASE_PARAM(pool_18_many_megabytes, vt_type_params),
	KUNIT_CASE_PARAM(pool_19_freed_memory_is_used_again, vt_type_params),
	{}
};

struct kunit_suite vt_pool_suite = {
	.name = "pool",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
