// SPDX-License-Identifier: GPL-2.0-only
/*
 * Buffers of VideoPortAllocateBuffer, and their quota.
 */
#include <linux/kernel.h>

#include "kunit/lib/buffer.h"
#include "kunit/lib/helpers.h"

const size_t vt_buffer_sizes[] = { VT_BUFFER_SMALL, VT_BUFFER_LARGE };

void *vt_buffer_alloc(struct kunit *test, ULONG size)
{
	void *block = NULL;

	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), size, &block),
			NO_ERROR);
	KUNIT_ASSERT_NOT_NULL(test, block);
	return block;
}

void vt_buffer_release(struct kunit *test, void *block)
{
	VideoPortReleaseBuffer(vt_ext(test), block);
}

/* *Buffer is NULL after a failure, whatever it was before. */
VP_STATUS vt_buffer_try(struct kunit *test, void *ext, ULONG size)
{
	void *block = test;
	VP_STATUS status = VideoPortAllocateBuffer(ext, size, &block);

	if (status == NO_ERROR)
		VideoPortReleaseBuffer(ext, block);
	else
		KUNIT_EXPECT_NULL(test, block);
	return status;
}

void vt_set_quota(struct kunit *test, void *ext, unsigned long quota)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", quota);
	KUNIT_ASSERT_EQ(test, vpmem_view_write(ext, "quota", text), 0);
}

void vt_expect_quota(struct kunit *test, unsigned long quota, unsigned long used)
{
	unsigned long seen_quota, seen_used;
	int fields;

	fields = sscanf(vt_view(test, vt_ext(test), "quota"), "%lu used %lu", &seen_quota,
			&seen_used);
	KUNIT_ASSERT_EQ(test, fields, 2);
	KUNIT_EXPECT_EQ(test, seen_quota, quota);
	KUNIT_EXPECT_EQ(test, seen_used, used);
}
