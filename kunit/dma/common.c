// SPDX-License-Identifier: GPL-2.0-only
/*
 * Common buffers.
 */
#include <linux/dma-mapping.h>
#include <linux/prandom.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/common.h"
#include "kunit/lib/contig.h"
#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"

/* COMMON-01: A common buffer is page aligned, for the CPU and for the device */
static void common_01_page_aligned(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_common_lengths); i++) {
		struct vt_common buffer = vt_common_alloc(test, vt_common_lengths[i]);

		KUNIT_EXPECT_EQ(test, offset_in_page(buffer.memory), 0UL);
		KUNIT_EXPECT_EQ(test, offset_in_page(buffer.logical.QuadPart), 0UL);
		vt_common_end(test, buffer);
	}
}

/*
 * COMMON-02: A common buffer is contiguous to the device
 *
 * A platform device's DMA is direct: its addresses are those of physical memory.
 */
static void common_02_contiguous_to_the_device(struct kunit *test)
{
	unsigned int i, page;

	for (i = 0; i < ARRAY_SIZE(vt_common_lengths); i++) {
		struct vt_common buffer = vt_common_alloc(test, vt_common_lengths[i]);

		for (page = 0; page < DIV_ROUND_UP(vt_common_lengths[i], PAGE_SIZE); page++)
			KUNIT_EXPECT_EQ(test,
					MmGetPhysicalAddress(buffer.memory +
							     page * PAGE_SIZE).QuadPart,
					buffer.logical.QuadPart +
					(s64)(page * PAGE_SIZE));
		vt_common_end(test, buffer);
	}
}

/*
 * COMMON-03: All bytes asked for are the driver's. They are zero, which Windows does not
 * promise
 */
static void common_03_usable_and_zeroed(struct kunit *test)
{
	unsigned int i, round;

	for (i = 0; i < ARRAY_SIZE(vt_common_lengths); i++) {
		for (round = 0; round < 2; round++) {
			struct vt_common buffer = vt_common_alloc(test, vt_common_lengths[i]);

			KUNIT_EXPECT_NULL(test, memchr_inv(buffer.memory, 0, vt_common_lengths[i]));
			memset(buffer.memory, 0x5b, vt_common_lengths[i]);
			vt_common_end(test, buffer);
		}
	}
}

/* COMMON-04: A common buffer has at least a page */
static void common_04_at_least_a_page(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 48);
	struct vt_row row;

	KUNIT_ASSERT_TRUE(test, vt_find_row(test, vt_ext(test), "Vprt", "Common", &row));
	KUNIT_EXPECT_EQ(test, row.bytes, 48ULL);
	KUNIT_EXPECT_EQ(test, row.charged, (u64)PAGE_SIZE);
	vt_common_end(test, buffer);
}

/* COMMON-05: MaximumLength is no bound for a common buffer */
static void common_05_maximum_length_is_no_bound(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION small = {
		.Dma32BitAddresses = true, .MaximumLength = 4096,
	};
	struct vt_common buffer = { .length = SZ_64K };

	buffer.dma = vt_dma_get(test, vt_ext(test), &small);
	KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
	vt_common_end(test, buffer);
}

/* COMMON-06: A common buffer lies within the mask of the DMA adapter */
static void common_06_within_reach_of_the_device(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION near = { };
	struct vt_common buffer = { .length = 3 * PAGE_SIZE };

	vt_dma_need_low_memory(test);
	buffer.dma = vt_dma_get(test, vt_ext(test), &near);
	KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
	KUNIT_EXPECT_LE(test, buffer.logical.QuadPart + 3 * (s64)PAGE_SIZE - 1,
			(s64)DMA_BIT_MASK(24));
	vt_common_end(test, buffer);
}

/* COMMON-07: A NULL DMA adapter gives NULL; the logical address is left as it was */
static void common_07_no_dma_adapter(struct kunit *test)
{
	struct vt_common buffer = { .length = 100, .logical.QuadPart = 0x1234 };

	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, vt_common_try(test, &buffer));
	KUNIT_EXPECT_EQ(test, buffer.logical.QuadPart, 0x1234LL);
	vt_expect_refused(test, "bad-parameter");
}

/* COMMON-08: An invalid DMA adapter, or that of another adapter, gives NULL */
static void common_08_what_is_no_dma_adapter(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	struct vt_common buffer = { .length = 100, .dma = foreign->address(test) };

	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, vt_common_try(test, &buffer));
	vt_expect_refused(test, "bad-parameter");
}

/* COMMON-09: LogicalAddress must not be NULL */
static void common_09_no_place_for_the_address(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_dma32);

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortAllocateCommonBuffer(vt_ext(test), dma, 100,
							      NULL, false, NULL));
	vt_expect_refused(test, "bad-parameter");
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

/* COMMON-10: Zero bytes give a page, and are counted */
static void common_10_zero_bytes(struct kunit *test)
{
	struct vt_common buffer = { .dma = vt_dma_get(test, vt_ext(test), &vt_dma32) };

	vt_remember(test);
	KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
	vt_expect_events(test, "zero-length", NULL, 1);
	vt_common_end(test, buffer);
}

static void alloc_job(void *data)
{
	struct vt_release_job *job = data;

	vt_common_try(job->test, &job->buffer);
}

/* COMMON-20: Allocation is refused in atomic context */
static void common_20_refused_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct vt_release_job job = { test, { .length = 100 } };

	vt_skip_if_hidden(test, context);
	job.buffer.dma = vt_dma_get(test, vt_ext(test), &vt_dma32);
	vt_remember(test);
	context->run(alloc_job, &job);
	KUNIT_EXPECT_NULL(test, job.buffer.memory);
	vt_expect_events(test, "bad-context", NULL, 1);
	vt_expect_failures(test, "Vprt", "Common", 1, "context");
	VideoPortPutDmaAdapter(vt_ext(test), job.buffer.dma);
}

/* The DMA adapter is invalid as well, so a lookup of it would be counted instead. */
static void expect_context_is_checked_first(struct kunit *test,
					    const struct vt_context *context)
{
	struct vt_release_job job = { test, { .length = 100, .dma = test->priv } };

	vt_remember(test);
	context->run(alloc_job, &job);
	KUNIT_EXPECT_NULL(test, job.buffer.memory);
	vt_expect_events(test, "bad-context", NULL, 1);
}

/* COMMON-34: The context is checked before the DMA adapter is looked up under a lock */
static void common_34_context_before_lookup(struct kunit *test)
{
	expect_context_is_checked_first(test, &vt_nmi);
	expect_context_is_checked_first(test, &vt_irqs_off);
}

static bool alloc_call(struct kunit *test, void *data)
{
	return vt_common_try(test, data);
}

static void alloc_undo(struct kunit *test, void *data)
{
	vt_common_release(test, *(struct vt_common *)data);
}

static void alloc_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Vprt", "Common", failures, "no-memory");
	vt_expect_live(test, "Vprt", "Common", 0, 0);
}

/* COMMON-21: NULL whichever allocation fails; nothing is lost */
static void common_21_out_of_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { alloc_call, alloc_undo, alloc_failed };
	struct vt_common buffer = {
		.dma = vt_dma_get(test, vt_ext(test), &vt_dma32), .length = SZ_16K,
	};

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &buffer), 1U);
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
}

/* COMMON-22: An extension without an adapter is refused, by all four calls */
static void common_22_no_adapter(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 100);
	PHYSICAL_ADDRESS logical;
	ULONG actual;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortAllocateCommonBuffer(NULL, buffer.dma, 100,
							      &logical, false, NULL));
	KUNIT_EXPECT_NULL(test, VideoPortGetCommonBuffer(NULL, 100, 0, &logical, &actual,
							 false));
	VideoPortReleaseCommonBuffer(NULL, buffer.dma, 100, buffer.logical,
				     buffer.memory, false);
	VideoPortFreeCommonBuffer(NULL, 100, buffer.memory, buffer.logical, false);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 4);
	vt_common_end(test, buffer);
}

/*
 * COMMON-23: VideoPortGetCommonBuffer and VideoPortFreeCommonBuffer: page aligned, the
 * actual length is the desired one
 */
static void common_23_get_and_free(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_common_lengths); i++) {
		struct vt_common buffer = vt_common_get(test, vt_common_lengths[i]);

		KUNIT_EXPECT_EQ(test, offset_in_page(buffer.memory), 0UL);
		memset(buffer.memory, 0x5b, vt_common_lengths[i]);
		vt_remember(test);
		vt_common_free(test, buffer);
		vt_expect_events(test, NULL, NULL, 0);
	}
}

/* COMMON-35: A driver that does not ask for the actual length gets the buffer as well */
static void common_35_no_actual_length(struct kunit *test)
{
	struct vt_common buffer = { .length = 100 };

	vt_remember(test);
	buffer.memory = VideoPortGetCommonBuffer(vt_ext(test), buffer.length, 0,
						 &buffer.logical, NULL, false);
	KUNIT_ASSERT_NOT_NULL(test, buffer.memory);
	vt_common_free(test, buffer);
	vt_expect_events(test, NULL, NULL, 0);
}

/* COMMON-26: VideoPortGetCommonBuffer uses the first DMA adapter, if there is one */
static void common_26_get_uses_the_first_dma_adapter(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION near = { };
	PVP_DMA_ADAPTER dma;
	struct vt_common buffer;

	vt_dma_need_low_memory(test);
	dma = vt_dma_get(test, vt_ext(test), &near);
	buffer = vt_common_get(test, 100);
	KUNIT_EXPECT_LE(test, buffer.logical.QuadPart, (s64)DMA_BIT_MASK(24));
	vt_remember(test);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
	vt_expect_refused(test, "busy");
	vt_common_free(test, buffer);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

static bool get_call(struct kunit *test, void *data)
{
	struct vt_common *buffer = data;
	ULONG actual = 12345;

	buffer->memory = VideoPortGetCommonBuffer(vt_ext(test), buffer->length, 0,
						  &buffer->logical, &actual, false);
	return buffer->memory || actual;
}

static void get_undo(struct kunit *test, void *data)
{
	vt_common_free(test, *(struct vt_common *)data);
}

/*
 * COMMON-27: VideoPortGetCommonBuffer gives NULL and an actual length of 0 when there is
 * no memory
 */
static void common_27_get_out_of_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { get_call, get_undo, alloc_failed };
	struct vt_common buffer = { .length = SZ_16K };

	vt_common_free(test, vt_common_get(test, 100));
	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &buffer), 1U);
}

/* COMMON-28: Detach reclaims common buffers, and says so */
static void common_28_detach_reclaims(struct kunit *test)
{
	void *other = vt_attach_another(test);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, other, &vt_dma32);
	PHYSICAL_ADDRESS logical;
	u64 mark = vt_log_mark();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_common_lengths); i++)
		KUNIT_EXPECT_NOT_NULL(test, VideoPortAllocateCommonBuffer(other, dma,
									  vt_common_lengths[i],
									  &logical, false,
									  NULL));
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Vprt", "Common: 10 blocks"),
			1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Vprt", "10 reclaimed, 0 left"),
			1U);
}

#define ORDERS	10000
#define LIVE	64

/* COMMON-29: Ten thousand allocations and releases in random order leave exact totals */
static void common_29_any_order(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_dma32);
	struct vt_common *live;
	struct rnd_state random;
	u64 blocks = 0, bytes = 0;
	unsigned int i, at;

	live = kunit_kcalloc(test, LIVE, sizeof(*live), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, live);
	prandom_seed_state(&random, 2911);
	for (i = 0; i < ORDERS; i++) {
		at = prandom_u32_state(&random) % LIVE;
		if (live[at].memory) {
			vt_common_release(test, live[at]);
			live[at].memory = NULL;
			blocks--;
			bytes -= live[at].length;
			continue;
		}
		live[at].dma = dma;
		live[at].length = 1 + prandom_u32_state(&random) % (3 * PAGE_SIZE);
		live[at].cached = prandom_u32_state(&random) & 1;
		KUNIT_ASSERT_TRUE(test, vt_common_try(test, &live[at]));
		blocks++;
		bytes += live[at].length;
	}
	vt_expect_live(test, "Vprt", "Common", blocks, bytes);
	for (at = 0; at < LIVE; at++)
		if (live[at].memory)
			vt_common_release(test, live[at]);
	vt_expect_live(test, "Vprt", "Common", 0, 0);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

/* COMMON-30: Verify mode: a write beyond the length is found at the release */
static void common_30_write_beyond_the_end(struct kunit *test)
{
	struct vt_common buffer;

	vt_verify(test, true);
	buffer = vt_common_alloc(test, 100);
	((u8 *)buffer.memory)[100] = 1;
	vt_remember(test);
	vt_common_release(test, buffer);
	vt_expect_events(test, "overrun", NULL, 1);
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
}

/* COMMON-31: The regions view has bus and physical range of a common buffer */
static void common_31_the_view(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 5000);
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), buffer.memory,
					       &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Common");
	KUNIT_EXPECT_EQ(test, region.size, 5000ULL);
	KUNIT_EXPECT_EQ(test, region.charged, (u64)PAGE_ALIGN(5000));
	KUNIT_EXPECT_EQ(test, region.bus, (u64)buffer.logical.QuadPart);
	KUNIT_EXPECT_EQ(test, region.physical, (u64)buffer.logical.QuadPart);
	vt_common_end(test, buffer);
}

/*
 * COMMON-33: A page that was released under a wider mask is not given under a narrower
 * one
 */
static void common_33_no_page_of_a_wider_mask(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION far = { .Dma64BitAddresses = true }, near = { };
	struct vt_common buffer = { .length = 48 };
	PVP_DMA_ADAPTER strict;

	vt_dma_need_low_memory(test);
	buffer.dma = vt_dma_get(test, vt_ext(test), &far);
	KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
	vt_common_release(test, buffer);
	strict = vt_dma_get(test, vt_ext(test), &near);
	KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
	KUNIT_EXPECT_LE(test, buffer.logical.QuadPart, (s64)DMA_BIT_MASK(24));
	VideoPortPutDmaAdapter(vt_ext(test), strict);
	vt_common_end(test, buffer);
}

/*
 * COMMON-36: A length whose pages end beyond the last address is refused: nearly 4 GiB, on 32
 * bits. Memory that waits for its next use is not taken for it
 */
static void common_36_length_that_wraps(struct kunit *test)
{
	struct vt_common buffer = { .dma = vt_dma_get(test, vt_ext(test), &vt_dma32) };
	unsigned int i;

	if (totalram_pages() > U32_MAX / PAGE_SIZE)
		kunit_skip(test, "this machine has more than a ULONG can ask for");
	for (i = 0; i < ARRAY_SIZE(vt_wrapping); i++) {
		/* Free the largest block that waits: its place is next to this kind. */
		VideoPortFreePool(vt_ext(test), vt_alloc(test, VpPagedPool, VT_PARKED_MOST));
		vt_remember(test);
		buffer.length = vt_wrapping[i];
		KUNIT_EXPECT_FALSE(test, vt_common_try(test, &buffer));
		vt_expect_events(test, "bad-limit", NULL, 1);
	}
	vt_expect_failures(test, "Vprt", "Common", ARRAY_SIZE(vt_wrapping), "no-memory");
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
}

static struct kunit_case common_cases[] = {
	KUNIT_CASE(common_01_page_aligned),
	KUNIT_CASE(common_02_contiguous_to_the_device),
	KUNIT_CASE(common_03_usable_and_zeroed),
	KUNIT_CASE(common_04_at_least_a_page),
	KUNIT_CASE(common_05_maximum_length_is_no_bound),
	KUNIT_CASE(common_06_within_reach_of_the_device),
	KUNIT_CASE(common_07_no_dma_adapter),
	KUNIT_CASE_PARAM(common_08_what_is_no_dma_adapter, vt_foreign_params),
	KUNIT_CASE(common_09_no_place_for_the_address),
	KUNIT_CASE(common_10_zero_bytes),
	KUNIT_CASE_PARAM(common_20_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(common_21_out_of_memory),
	KUNIT_CASE(common_22_no_adapter),
	KUNIT_CASE(common_23_get_and_free),
	KUNIT_CASE(common_26_get_uses_the_first_dma_adapter),
	KUNIT_CASE(common_27_get_out_of_memory),
	KUNIT_CASE(common_28_detach_reclaims),
	KUNIT_CASE(common_29_any_order),
	KUNIT_CASE(common_30_write_beyond_the_end),
	KUNIT_CASE(common_31_the_view),
	KUNIT_CASE(common_33_no_page_of_a_wider_mask),
	KUNIT_CASE(common_34_context_before_lookup),
	KUNIT_CASE(common_35_no_actual_length),
	KUNIT_CASE(common_36_length_that_wraps),
	{}
};

struct kunit_suite vt_common_suite = {
	.name = "common",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = common_cases,
};
