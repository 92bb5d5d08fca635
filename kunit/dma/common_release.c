// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortReleaseCommonBuffer and VideoPortFreeCommonBuffer.
 */
#include <linux/dma-mapping.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/common.h"
#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"

static void expect_mismatch(struct kunit *test, struct vt_common claim)
{
	vt_remember(test);
	vt_common_release(test, claim);
	vt_expect_refused(test, "mismatch");
}

/* COMMON-11: A release with another length is refused */
static void common_11_another_length(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 100), claim = buffer;

	claim.length = 99;
	expect_mismatch(test, claim);
	claim.length = PAGE_SIZE;
	expect_mismatch(test, claim);
	vt_common_end(test, buffer);
}

/* COMMON-12: A release with another logical address is refused */
static void common_12_another_logical_address(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 100), claim = buffer;

	claim.logical.QuadPart += PAGE_SIZE;
	expect_mismatch(test, claim);
	claim.logical.QuadPart = 0;
	expect_mismatch(test, claim);
	vt_common_end(test, buffer);
}

/* COMMON-13: A release with another virtual address is refused */
static void common_13_another_virtual_address(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 100), claim = buffer;

	claim.memory += 16;
	vt_remember(test);
	vt_common_release(test, claim);
	vt_expect_refused(test, "bad-pointer");
	vt_common_end(test, buffer);
}

/* COMMON-14: A release with another DMA adapter is refused */
static void common_14_another_dma_adapter(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 100), claim = buffer;

	claim.dma = vt_dma_get(test, vt_ext(test), &vt_dma32);
	expect_mismatch(test, claim);
	VideoPortPutDmaAdapter(vt_ext(test), claim.dma);
	claim.dma = NULL;
	expect_mismatch(test, claim);
	vt_common_end(test, buffer);
}

/*
 * COMMON-15: CacheEnabled is ignored, but a release with a different value is refused
 */
static void common_15_another_cache_flag(struct kunit *test)
{
	struct vt_common buffer = {
		.dma = vt_dma_get(test, vt_ext(test), &vt_dma32), .length = 100,
	}, claim;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		buffer.cached = i;
		KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
		claim = buffer;
		claim.cached = !i;
		expect_mismatch(test, claim);
		claim.cached = i ? 0xff : 0;
		vt_remember(test);
		vt_common_release(test, claim);
		vt_expect_events(test, NULL, NULL, 0);
	}
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
}

/* COMMON-16: A second release is refused */
static void common_16_double_release(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 100);

	vt_common_release(test, buffer);
	vt_remember(test);
	vt_common_release(test, buffer);
	vt_expect_refused(test, "double-free");
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
}

/*
 * COMMON-17: The calls of pool, buffers and contiguous memory do not free common buffers,
 * and vice versa
 */
static void common_17_wrong_pairing(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, SZ_16K), claim = buffer;
	void *block = vt_alloc(test, VpNonPagedPool, SZ_16K);
	void *small = vt_alloc(test, VpNonPagedPool, 100);

	vt_expect_free_refused(test, VideoPortFreePool, buffer.memory, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, buffer.memory,
			       "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, buffer.memory,
			       "wrong-pairing");
	claim.memory = block;
	vt_remember(test);
	vt_common_release(test, claim);
	vt_expect_refused(test, "wrong-pairing");
	claim.memory = small;
	vt_remember(test);
	vt_common_free(test, claim);
	vt_expect_refused(test, "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
	VideoPortFreePool(vt_ext(test), small);
	vt_common_end(test, buffer);
}

/* COMMON-18: A release of NULL does nothing but count */
static void common_18_release_of_null(struct kunit *test)
{
	struct vt_common buffer = { .length = 100 };

	vt_remember(test);
	vt_common_release(test, buffer);
	vt_expect_refused(test, "null-free");
}

/*
 * COMMON-19: A release works in every context; in atomic context a worker frees the
 * memory later
 *
 * The buffer counts as freed at once.
 */
static void common_19_release_in_any_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_common_lengths); i++) {
		struct vt_release_job job = { test, vt_common_alloc(test, vt_common_lengths[i]) };

		context->run(vt_release_job, &job);
		vt_expect_live(test, "Vprt", "Common", 0, 0);
		VideoPortPutDmaAdapter(vt_ext(test), job.buffer.dma);
	}
}

/*
 * COMMON-24: VideoPortFreeCommonBuffer takes the length asked for, or that in whole pages
 */
static void common_24_free_takes_either_length(struct kunit *test)
{
	struct vt_common buffer = vt_common_get(test, 5000);

	buffer.length = PAGE_ALIGN(5000);
	vt_remember(test);
	vt_common_free(test, buffer);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * COMMON-25: VideoPortFreeCommonBuffer refuses another length, logical address or
 * CacheEnabled
 */
static void common_25_free_of_what_does_not_match(struct kunit *test)
{
	struct vt_common buffer = vt_common_get(test, 5000), claim[3] = { buffer, buffer, buffer };
	unsigned int i;

	claim[0].length = 5001;
	claim[1].logical.QuadPart ^= PAGE_SIZE;
	claim[2].cached = false;
	for (i = 0; i < ARRAY_SIZE(claim); i++) {
		vt_remember(test);
		vt_common_free(test, claim[i]);
		vt_expect_refused(test, "mismatch");
	}
	vt_common_free(test, buffer);
}

/*
 * COMMON-32: VideoPortReleaseCommonBuffer and VideoPortFreeCommonBuffer free the buffers
 * of either allocation
 */
static void common_32_either_call_frees(struct kunit *test)
{
	struct vt_common allocated = vt_common_alloc(test, 5000), got = vt_common_get(test, 5000);

	got.dma = allocated.dma;
	vt_remember(test);
	vt_common_free(test, allocated);
	vt_common_release(test, got);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Vprt", "Common", 0, 0);
	VideoPortPutDmaAdapter(vt_ext(test), allocated.dma);
}

static struct kunit_case common_release_cases[] = {
	KUNIT_CASE(common_11_another_length),
	KUNIT_CASE(common_12_another_logical_address),
	KUNIT_CASE(common_13_another_virtual_address),
	KUNIT_CASE(common_14_another_dma_adapter),
	KUNIT_CASE(common_15_another_cache_flag),
	KUNIT_CASE(common_16_double_release),
	KUNIT_CASE(common_17_wrong_pairing),
	KUNIT_CASE(common_18_release_of_null),
	KUNIT_CASE_PARAM(common_19_release_in_any_context, vt_context_params),
	KUNIT_CASE(common_24_free_takes_either_length),
	KUNIT_CASE(common_25_free_of_what_does_not_match),
	KUNIT_CASE(common_32_either_call_frees),
	{}
};

struct kunit_suite vt_common_release_suite = {
	.name = "common_release",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = common_release_cases,
};
