// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA adapters. The device of the tests is a platform device, whose DMA is direct.
 */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/slab.h>

#include "kunit/lib/adapters.h"
#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"

static struct device *device(struct kunit *test)
{
	return ((struct vt_fixture *)test->priv)->dev;
}

static void expect_mask(struct kunit *test, unsigned int bits)
{
	KUNIT_EXPECT_EQ(test, device(test)->coherent_dma_mask, DMA_BIT_MASK(bits));
	KUNIT_EXPECT_EQ(test, dma_get_mask(device(test)), DMA_BIT_MASK(bits));
}

static void expect_description_gives(struct kunit *test,
				     VP_DEVICE_DESCRIPTION description,
				     unsigned int bits)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &description);

	expect_mask(test, bits);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

/* DMA-01: The 64-bit flag overrides the others: a mask of 64 bits */
static void dma_01_64_bit_flag_overrides(struct kunit *test)
{
	expect_description_gives(test, (VP_DEVICE_DESCRIPTION){
		.Dma32BitAddresses = true, .Dma64BitAddresses = true }, 64);
	expect_description_gives(test, (VP_DEVICE_DESCRIPTION){
		.Dma64BitAddresses = true, .ScatterGather = true }, 64);
}

/* DMA-02: The 32-bit flag: a mask of 32 bits */
static void dma_02_32_bit_flag(struct kunit *test)
{
	expect_description_gives(test, vt_dma32, 32);
}

/* DMA-03: ScatterGather implies 32 bits */
static void dma_03_scatter_gather_implies_32_bits(struct kunit *test)
{
	expect_description_gives(test, (VP_DEVICE_DESCRIPTION){
		.ScatterGather = true }, 32);
}

/* DMA-04: None of the three: 24 bits */
static void dma_04_none_of_them_is_24_bits(struct kunit *test)
{
	vt_dma_need_low_memory(test);
	expect_description_gives(test, (VP_DEVICE_DESCRIPTION){
		.MaximumLength = PAGE_SIZE }, 24);
}

/*
 * DMA-05: The DMA adapters of a device share the strictest mask of the live ones, also
 * across adapters
 */
static void dma_05_strictest_of_the_live_ones(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION far = { .Dma64BitAddresses = true }, near = { };
	void *other = vt_attach_another(test);
	PVP_DMA_ADAPTER dma[3];

	vt_dma_need_low_memory(test);
	dma[0] = vt_dma_get(test, vt_ext(test), &far);
	expect_mask(test, 64);
	dma[1] = vt_dma_get(test, other, &near);
	expect_mask(test, 24);
	dma[2] = vt_dma_get(test, vt_ext(test), &vt_dma32);
	expect_mask(test, 24);
	VideoPortPutDmaAdapter(other, dma[1]);
	expect_mask(test, 32);
	VideoPortPutDmaAdapter(vt_ext(test), dma[2]);
	expect_mask(test, 64);
	VideoPortPutDmaAdapter(vt_ext(test), dma[0]);
}

/* DMA-06: The last one leaves the masks as the first one found them */
static void dma_06_last_put_restores_the_mask(struct kunit *test)
{
	u64 coherent = DMA_BIT_MASK(31), streaming = DMA_BIT_MASK(30);
	PVP_DMA_ADAPTER dma;

	device(test)->coherent_dma_mask = coherent;
	*device(test)->dma_mask = streaming;
	dma = vt_dma_get(test, vt_ext(test), &vt_dma32);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
	KUNIT_EXPECT_EQ(test, device(test)->coherent_dma_mask, coherent);
	KUNIT_EXPECT_EQ(test, *device(test)->dma_mask, streaming);
}

/* DMA-07: A NULL description is refused */
static void dma_07_no_description(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDmaAdapter(vt_ext(test), NULL));
	vt_expect_refused(test, "bad-parameter");
}

/*
 * DMA-08: VideoPortPutDmaAdapter is refused while there are common buffers, and succeeds
 * after their release
 */
static void dma_08_put_with_buffers_is_refused(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_dma32);
	PHYSICAL_ADDRESS logical;
	void *buffer;

	buffer = VideoPortAllocateCommonBuffer(vt_ext(test), dma, 100, &logical, false,
					       NULL);
	KUNIT_ASSERT_NOT_NULL(test, buffer);
	vt_remember(test);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
	vt_expect_refused(test, "busy");
	VideoPortReleaseCommonBuffer(vt_ext(test), dma, 100, logical, buffer, false);
	vt_remember(test);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
	vt_expect_events(test, NULL, NULL, 0);
}

static void put(PVOID ext, PVOID dma)
{
	VideoPortPutDmaAdapter(ext, dma);
}

/* DMA-09: VideoPortPutDmaAdapter of anything else is refused */
static void dma_09_put_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, put, foreign->address(test), "bad-pointer");
}

/* DMA-10: VideoPortPutDmaAdapter of NULL does nothing but count */
static void dma_10_put_of_null(struct kunit *test)
{
	vt_expect_free_refused(test, put, NULL, "null-free");
}

/* DMA-11: An adapter cannot put a DMA adapter of another */
static void dma_11_put_for_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, other, &vt_dma32);

	vt_expect_free_refused(test, put, dma, "bad-pointer");
	VideoPortPutDmaAdapter(other, dma);
}

/* DMA-12: VideoPortPutDmaAdapter is optional: detach does it */
static void dma_12_detach_puts(struct kunit *test)
{
	u64 before = DMA_BIT_MASK(33);
	void *other = vt_attach_another(test);

	device(test)->coherent_dma_mask = before;
	vt_dma_get(test, other, &vt_dma32);
	vt_dma_get(test, other, &(VP_DEVICE_DESCRIPTION){ .Dma64BitAddresses = true });
	expect_mask(test, 32);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, device(test)->coherent_dma_mask, before);
}

struct dma_job {
	void *ext;
	PVP_DMA_ADAPTER dma;
};

static void get_job(void *data)
{
	VP_DEVICE_DESCRIPTION description = vt_dma32;
	struct dma_job *job = data;

	job->dma = VideoPortGetDmaAdapter(job->ext, &description);
}

static void put_job(void *data)
{
	struct dma_job *job = data;

	VideoPortPutDmaAdapter(job->ext, job->dma);
}

/* DMA-13: Both calls are refused in atomic context */
static void dma_13_refused_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct dma_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(get_job, &job);
	vt_expect_refused(test, "bad-context");
	KUNIT_EXPECT_NULL(test, job.dma);

	job.dma = vt_dma_get(test, vt_ext(test), &vt_dma32);
	vt_remember(test);
	context->run(put_job, &job);
	vt_expect_refused(test, "bad-context");
	VideoPortPutDmaAdapter(vt_ext(test), job.dma);
}

/*
 * DMA-14: NULL if the platform has no DMA of that mask
 *
 * A device without a DMA mask does not support DMA.
 */
static void dma_14_a_mask_the_platform_lacks(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION description = vt_dma32;
	u64 *mask = device(test)->dma_mask;

	device(test)->dma_mask = NULL;
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDmaAdapter(vt_ext(test), &description));
	vt_expect_refused(test, "bad-mask");
	device(test)->dma_mask = mask;
}

static bool get_call(struct kunit *test, void *data)
{
	struct dma_job *job = data;

	get_job(job);
	return job->dma;
}

static void get_undo(struct kunit *test, void *data)
{
	put_job(data);
}

static void get_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_EQ(test, device(test)->coherent_dma_mask, DMA_BIT_MASK(32));
}

/* DMA-15: NULL when there is no memory; the masks are as they were */
static void dma_15_out_of_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { get_call, get_undo, get_failed };
	struct dma_job job = { .ext = vt_ext(test) };

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &job), 1U);
}

/* DMA-16: An extension without an adapter is refused */
static void dma_16_no_adapter(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION description = vt_dma32;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDmaAdapter(NULL, &description));
	VideoPortPutDmaAdapter(NULL, (PVP_DMA_ADAPTER)test);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 2);
}

/* DMA-17: The dma view: mask, mask of the device, ScatterGather, MaximumLength, users */
static void dma_17_the_view(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION description = {
		.ScatterGather = true, .MaximumLength = 65536,
	};
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &description);
	unsigned long long mask, device_mask;
	unsigned int length, users;
	char gather[8];
	int fields;

	fields = sscanf(vt_next_line(vt_view(test, vt_ext(test), "dma")),
			"%llx %llx %7s %u %u", &mask, &device_mask, gather, &length,
			&users);
	KUNIT_ASSERT_EQ(test, fields, 5);
	KUNIT_EXPECT_EQ(test, mask, (unsigned long long)DMA_BIT_MASK(32));
	KUNIT_EXPECT_EQ(test, device_mask, (unsigned long long)DMA_BIT_MASK(32));
	KUNIT_EXPECT_STREQ(test, gather, "yes");
	KUNIT_EXPECT_EQ(test, length, 65536U);
	KUNIT_EXPECT_EQ(test, users, 0U);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
	KUNIT_EXPECT_EQ(test, *vt_next_line(vt_view(test, vt_ext(test), "dma")), 0);
}

static const VP_DEVICE_DESCRIPTION far = { .Dma64BitAddresses = true };

static void driver_sets_mask(struct kunit *test, unsigned int bits)
{
	KUNIT_ASSERT_EQ(test, dma_set_mask_and_coherent(device(test), DMA_BIT_MASK(bits)),
			0);
}

/*
 * DMA-18: A mask that the driver has set counts too, unless it is of 32 bits
 *
 * 32 bits are the default of every device.
 */
static void dma_18_mask_of_the_driver_counts(struct kunit *test)
{
	static const unsigned int bits[] = { 31, 40 };
	PVP_DMA_ADAPTER dma;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		driver_sets_mask(test, bits[i]);
		dma = vt_dma_get(test, vt_ext(test), &far);
		expect_mask(test, bits[i]);
		VideoPortPutDmaAdapter(vt_ext(test), dma);
		expect_mask(test, bits[i]);
	}
}

/*
 * DMA-19: A mask that the driver sets while there are DMA adapters counts as well; no put
 * replaces it
 */
static void dma_19_mask_that_the_driver_sets_later(struct kunit *test)
{
	PVP_DMA_ADAPTER first = vt_dma_get(test, vt_ext(test), &vt_dma32), second;

	driver_sets_mask(test, 31);
	second = vt_dma_get(test, vt_ext(test), &far);
	expect_mask(test, 31);
	VideoPortPutDmaAdapter(vt_ext(test), first);
	driver_sets_mask(test, 30);
	VideoPortPutDmaAdapter(vt_ext(test), second);
	expect_mask(test, 30);
}

/*
 * DMA-20: Devices have masks of their own, also one without parameters of its segments, and
 * one without a mask has no DMA
 */
static void dma_20_two_devices(struct kunit *test)
{
	PVP_DMA_ADAPTER first = vt_dma_get(test, vt_ext(test), &vt_dma32), second;
	VP_DEVICE_DESCRIPTION description = vt_dma32;
	struct device *dev;
	bool released;
	void *ext;

	dev = vt_counted_device(test, "vpmem-kunit-other", &released);
	ext = devm_vpmem_attach(dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	KUNIT_EXPECT_NULL(test, VideoPortGetDmaAdapter(ext, &description));
	dev->dma_mask = &dev->coherent_dma_mask;
	dev->coherent_dma_mask = DMA_BIT_MASK(32);
	second = vt_dma_get(test, ext, &far);
	KUNIT_EXPECT_EQ(test, dev->coherent_dma_mask, DMA_BIT_MASK(64));
	expect_mask(test, 32);
	driver_sets_mask(test, 31);
	VideoPortPutDmaAdapter(vt_ext(test), first);
	expect_mask(test, 31);
	KUNIT_EXPECT_EQ(test, dev->coherent_dma_mask, DMA_BIT_MASK(64));
	VideoPortPutDmaAdapter(ext, second);
	KUNIT_EXPECT_EQ(test, dev->coherent_dma_mask, DMA_BIT_MASK(32));
	device_unregister(dev);
	KUNIT_EXPECT_TRUE(test, released);
}

static struct kunit_case dma_cases[] = {
	KUNIT_CASE(dma_01_64_bit_flag_overrides),
	KUNIT_CASE(dma_02_32_bit_flag),
	KUNIT_CASE(dma_03_scatter_gather_implies_32_bits),
	KUNIT_CASE(dma_04_none_of_them_is_24_bits),
	KUNIT_CASE(dma_05_strictest_of_the_live_ones),
	KUNIT_CASE(dma_06_last_put_restores_the_mask),
	KUNIT_CASE(dma_07_no_description),
	KUNIT_CASE(dma_08_put_with_buffers_is_refused),
	KUNIT_CASE_PARAM(dma_09_put_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(dma_10_put_of_null),
	KUNIT_CASE(dma_11_put_for_another_adapter),
	KUNIT_CASE(dma_12_detach_puts),
	KUNIT_CASE_PARAM(dma_13_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(dma_14_a_mask_the_platform_lacks),
	KUNIT_CASE(dma_15_out_of_memory),
	KUNIT_CASE(dma_16_no_adapter),
	KUNIT_CASE(dma_17_the_view),
	KUNIT_CASE(dma_18_mask_of_the_driver_counts),
	KUNIT_CASE(dma_19_mask_that_the_driver_sets_later),
	KUNIT_CASE(dma_20_two_devices),
	{}
};

struct kunit_suite vt_dma_suite = {
	.name = "dma",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = dma_cases,
};
