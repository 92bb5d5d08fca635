// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the NT executive that free: either call, wrong pointers, wrong pairs.
 */
#include <linux/cache.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

static void expect_either_frees(struct kunit *test)
{
	unsigned int i;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(vt_pool_sizes); i++) {
		VideoPortFreePool(vt_ext(test), vt_get_pool(test, PagedPool, vt_pool_sizes[i]));
		ExFreePool(vt_alloc(test, VpPagedPool, vt_pool_sizes[i]));
		ExFreePoolWithTag(vt_alloc(test, VpNonPagedPool, vt_pool_sizes[i]), VT_TAG);
	}
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	vt_expect_live(test, "Test", "Paged", 0, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-02: VideoPortFreePool frees blocks of ExAllocatePoolWithTag, ExFreePool and
 * ExFreePoolWithTag those of VideoPortAllocatePool; also in verify mode
 */
static void ex_02_either_call_frees(struct kunit *test)
{
	expect_either_frees(test);
	vt_verify(test, true);
	expect_either_frees(test);
}

/*
 * Pointers to no block
 */

static void free_pool(void *ext, void *block)
{
	ExFreePool(block);
}

static void free_with_tag(void *ext, void *block)
{
	ExFreePoolWithTag(block, VT_TAG);
}

static void free_contiguous(void *ext, void *block)
{
	MmFreeContiguousMemorySpecifyCache(block, PAGE_SIZE, MmCached);
}

static void free_non_cached(void *ext, void *block)
{
	MmFreeNonCachedMemory(block, PAGE_SIZE);
}

static vt_free_call * const frees[] = {
	free_pool, free_with_tag, free_contiguous, free_non_cached, vt_unmap,
};

/*
 * EX-09: A pointer that is not a block is left alone by each of the calls that free and
 * unmap, logged and counted
 */
static void ex_09_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(frees); i++)
		vt_expect_stray(test, frees[i], address, "bad-pointer");
}

/* EX-10: NULL is counted */
static void ex_10_null(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(frees); i++)
		vt_expect_stray(test, frees[i], NULL, "null-free");
}

/*
 * EX-11: A double free is logged
 *
 * The page of a freed small block identifies the adapter; that of a large one is gone.
 */
static void ex_11_double_free(struct kunit *test)
{
	void *block = vt_get_pool(test, NonPagedPool, 100);

	ExFreePool(block);
	vt_expect_free_refused(test, free_pool, block, "double-free");
	block = vt_get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	ExFreePool(block);
	vt_expect_stray(test, free_pool, block, "double-free");
}

/* EX-12: Each kind of memory is freed by its own calls only */
static void ex_12_wrong_pairing(struct kunit *test)
{
	void *contiguous = MmAllocateContiguousMemory(SZ_64K, vt_physical_address(VT_NO_LIMIT));
	void *block = vt_get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	void *buffer;

	KUNIT_ASSERT_NOT_NULL(test, contiguous);
	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), 100, &buffer), NO_ERROR);
	vt_expect_free_refused(test, free_pool, buffer, "wrong-pairing");
	vt_expect_free_refused(test, free_pool, contiguous, "wrong-pairing");
	vt_expect_stray(test, vt_unmap, contiguous, "wrong-pairing");
	vt_expect_stray(test, free_contiguous, block, "wrong-pairing");
	vt_expect_stray(test, vt_unmap, block, "wrong-pairing");
	VideoPortReleaseBuffer(vt_ext(test), buffer);
	MmFreeContiguousMemory(contiguous);
	ExFreePool(block);
}

/* EX-13: The inside of a block is no block */
static void ex_13_interior(struct kunit *test)
{
	u8 *block = vt_get_pool(test, NonPagedPool, 1000);
	u8 *large = vt_get_pool(test, NonPagedPool, 5 * PAGE_SIZE);

	memset(block, 0x77, 1000);
	vt_expect_stray(test, free_pool, block + 64, "bad-pointer");
	vt_expect_stray(test, free_pool, large + PAGE_SIZE, "bad-pointer");
	KUNIT_EXPECT_NULL(test, memchr_inv(block, 0x77, 1000));
	ExFreePool(block);
	ExFreePool(large);
}

/*
 * Ownership of memory
 */

/* EX-14: ExFreePool frees a block of any adapter, and accounts for it there */
static void ex_14_block_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	unsigned int i;
	void *block;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(vt_pool_sizes); i++) {
		block = VideoPortAllocatePool(other, VpNonPagedPool, vt_pool_sizes[i], VT_TAG);
		ExFreePool(block);
	}
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, NULL, 0);
}

static struct kunit_case ex_free_cases[] = {
	KUNIT_CASE(ex_02_either_call_frees),
	KUNIT_CASE_PARAM(ex_09_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(ex_10_null),
	KUNIT_CASE(ex_11_double_free),
	KUNIT_CASE(ex_12_wrong_pairing),
	KUNIT_CASE(ex_13_interior),
	KUNIT_CASE(ex_14_block_of_another_adapter),
	{}
};

struct kunit_suite vt_ex_free_suite = {
	.name = "ex_free",
	.init = vt_executive_init,
	.exit = vt_executive_exit,
	.test_cases = ex_free_cases,
};
