// SPDX-License-Identifier: GPL-2.0-only
/*
 * Common buffers of a test.
 */
#include <linux/dma-mapping.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/common.h"
#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"

const ULONG vt_common_lengths[] = {
	1, 48, 4095, PAGE_SIZE, PAGE_SIZE + 1, SZ_16K, SZ_64K, 100000, SZ_1M, 2 * SZ_1M,
};

bool vt_common_try(struct kunit *test, struct vt_common *buffer)
{
	buffer->memory = VideoPortAllocateCommonBuffer(vt_ext(test), buffer->dma,
						       buffer->length,
						       &buffer->logical,
						       buffer->cached, NULL);
	return buffer->memory;
}

void vt_common_release(struct kunit *test, struct vt_common buffer)
{
	VideoPortReleaseCommonBuffer(vt_ext(test), buffer.dma, buffer.length,
				     buffer.logical, buffer.memory, buffer.cached);
}

void vt_common_free(struct kunit *test, struct vt_common buffer)
{
	VideoPortFreeCommonBuffer(vt_ext(test), buffer.length, buffer.memory,
				  buffer.logical, buffer.cached);
}

struct vt_common vt_common_alloc(struct kunit *test, ULONG length)
{
	struct vt_common buffer = {
		.dma = vt_dma_get(test, vt_ext(test), &vt_dma32),
		.length = length,
	};

	KUNIT_ASSERT_TRUE_MSG(test, vt_common_try(test, &buffer), "%u bytes", length);
	return buffer;
}

/* The buffer and its DMA adapter, which must then have no user. */
void vt_common_end(struct kunit *test, struct vt_common buffer)
{
	vt_remember(test);
	vt_common_release(test, buffer);
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
	vt_expect_events(test, NULL, NULL, 0);
}

void vt_release_job(void *data)
{
	struct vt_release_job *job = data;

	vt_common_release(job->test, job->buffer);
}

struct vt_common vt_common_get(struct kunit *test, ULONG length)
{
	struct vt_common buffer = { .length = length };
	ULONG actual = 12345;

	buffer.memory = VideoPortGetCommonBuffer(vt_ext(test), length, PAGE_SIZE,
						 &buffer.logical, &actual, true);
	KUNIT_ASSERT_NOT_NULL(test, buffer.memory);
	KUNIT_EXPECT_EQ(test, actual, length);
	buffer.cached = true;
	return buffer;
}
