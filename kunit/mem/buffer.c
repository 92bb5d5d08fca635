// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortAllocateBuffer and VideoPortReleaseBuffer.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/buffer.h"
#include "kunit/lib/helpers.h"

/* BUFFER-01: NO_ERROR and a block of any size */
static void buffer_01_success(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = vt_buffer_alloc(test, vt_sizes[i]);
		memset(block, 0x51, vt_sizes[i]);
		vt_expect_live(test, "Vprt", "Buffer", 1, vt_sizes[i]);
		vt_buffer_release(test, block);
	}
	vt_expect_live(test, "Vprt", "Buffer", 0, 0);
}

/* BUFFER-02: A buffer is aligned and placed as pool is */
static void buffer_02_aligned_as_pool(struct kunit *test)
{
	unsigned long block;
	unsigned int i;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = (unsigned long)vt_buffer_alloc(test, vt_sizes[i]);
		KUNIT_EXPECT_EQ_MSG(test, block % (vt_sizes[i] > VT_SMALL_MAX ? PAGE_SIZE :
						   VT_GRANULE), 0UL, "%zu", vt_sizes[i]);
		if (vt_sizes[i] <= PAGE_SIZE)
			KUNIT_EXPECT_LE_MSG(test, offset_in_page(block) + vt_sizes[i],
					    PAGE_SIZE, "%zu", vt_sizes[i]);
		vt_buffer_release(test, (void *)block);
	}
}

struct buffer_job {
	void *ext;
	ULONG size;
	void *block;
	VP_STATUS status;
};

static void buffer_job(void *data)
{
	struct buffer_job *job = data;

	job->status = VideoPortAllocateBuffer(job->ext, job->size, &job->block);
}

/* BUFFER-03: Paged pool: ERROR_NOT_ENOUGH_MEMORY at DISPATCH and above */
static void buffer_03_refused_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i;

	vt_skip_if_hidden(test, context);
	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		struct buffer_job job = {
			.ext = vt_ext(test), .size = vt_buffer_sizes[i], .block = test,
		};

		vt_remember(test);
		context->run(buffer_job, &job);
		KUNIT_EXPECT_EQ(test, job.status, ERROR_NOT_ENOUGH_MEMORY);
		KUNIT_EXPECT_NULL(test, job.block);
		vt_expect_events(test, "bad-context", NULL, 1);
		vt_expect_failures(test, "Vprt", "Buffer", i + 1, "context");
	}
	vt_expect_quota(test, 0, 0);
}

static bool site_call(struct kunit *test, void *data)
{
	void *block = test;
	VP_STATUS status;

	status = VideoPortAllocateBuffer(vt_ext(test), *(const size_t *)data, &block);
	if (status == NO_ERROR) {
		VideoPortReleaseBuffer(vt_ext(test), block);
		return true;
	}
	KUNIT_EXPECT_EQ(test, status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_NULL(test, block);
	return false;
}

static void site_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Vprt", "Buffer", failures, "no-memory");
	vt_expect_live(test, "Vprt", "Buffer", 0, 0);
	vt_expect_quota(test, SZ_1M, 0);
}

static const struct vt_fault_site buffer_fault = { site_call, NULL, site_failed };

/*
 * BUFFER-11: ERROR_NOT_ENOUGH_MEMORY if there is no memory for a small buffer; the quota
 * is not charged
 */
static void buffer_11_no_memory_small(struct kunit *test)
{
	size_t size = VT_BUFFER_SMALL;

	vt_set_quota(test, vt_ext(test), SZ_1M);
	vt_out_of_memory(test, &buffer_fault, &size);
}

/* BUFFER-12: The same for a large buffer, whichever of its allocations fails */
static void buffer_12_no_memory_large(struct kunit *test)
{
	size_t size = VT_BUFFER_LARGE;

	vt_set_quota(test, vt_ext(test), SZ_1M);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &buffer_fault, &size), 0U);
}

/* BUFFER-13: ERROR_NOT_ENOUGH_MEMORY for more than the machine has */
static void buffer_13_more_than_the_machine_has(struct kunit *test)
{
	if (totalram_pages() > U32_MAX / PAGE_SIZE)
		kunit_skip(test, "this machine has more than a ULONG can ask for");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_buffer_try(test, vt_ext(test), U32_MAX),
			ERROR_NOT_ENOUGH_MEMORY);
	vt_expect_events(test, "bad-size", NULL, 1);
	vt_expect_failures(test, "Vprt", "Buffer", 1, "size");
	vt_expect_quota(test, 0, 0);
}

/* BUFFER-14: ERROR_INVALID_PARAMETER if there is nowhere to store the block */
static void buffer_14_nowhere_to_store(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), VT_BUFFER_SMALL, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* BUFFER-15: ERROR_INVALID_PARAMETER without an attached adapter */
static void buffer_15_no_adapter(struct kunit *test)
{
	void *block = vt_buffer_alloc(test, VT_BUFFER_SMALL);
	void *foreign[] = { NULL, vt_detached_extension(test), test, vt_ext(test) + 16,
			    (void *)8, (void *)(ULONG_MAX - 15) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ(test, vt_buffer_try(test, foreign[i], VT_BUFFER_SMALL),
				ERROR_INVALID_PARAMETER);
		VideoPortReleaseBuffer(foreign[i], block);
		vt_expect_untouched(test);
		vt_expect_events(test, NULL, "no-adapter", 2);
	}
	vt_buffer_release(test, block);
}

/* BUFFER-16: Zero bytes give the smallest block */
static void buffer_16_zero_length(struct kunit *test)
{
	void *block;

	vt_remember(test);
	block = vt_buffer_alloc(test, 0);
	vt_expect_events(test, "zero-length", NULL, 1);
	vt_expect_live(test, "Vprt", "Buffer", 1, 0);
	vt_buffer_release(test, block);
}

/* BUFFER-17: ReleaseBuffer(NULL) does nothing and is counted */
static void buffer_17_release_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortReleaseBuffer, NULL, "null-free");
}

/* BUFFER-18: A buffer released twice is logged, counted and left alone */
static void buffer_18_double_release(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		block = vt_buffer_alloc(test, vt_buffer_sizes[i]);
		vt_buffer_release(test, block);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block, "double-free");
	}
}

/*
 * BUFFER-19: Choice: a pool block is refused, since the documents pair each call with its
 * own
 */
static void buffer_19_release_of_pool(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		block = vt_alloc(test, type->type, vt_buffer_sizes[i]);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block,
				       "wrong-pairing");
		vt_expect_live(test, "Test", type->kind, 1, vt_buffer_sizes[i]);
		VideoPortFreePool(vt_ext(test), block);
	}
}

/* BUFFER-20: Choice: FreePool() refuses a buffer, logged and counted */
static void buffer_20_free_pool_of_buffer(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		block = vt_buffer_alloc(test, vt_buffer_sizes[i]);
		vt_expect_free_refused(test, VideoPortFreePool, block, "wrong-pairing");
		vt_expect_quota(test, 0, vt_buffer_sizes[i]);
		vt_buffer_release(test, block);
	}
}

/* BUFFER-21: A pointer that was never a block is refused */
static void buffer_21_release_of_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortReleaseBuffer, foreign->address(test),
			       "bad-pointer");
}

/* BUFFER-22: A pointer into a buffer is refused */
static void buffer_22_release_of_interior(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		block = vt_buffer_alloc(test, vt_buffer_sizes[i]);
		memset(block, 0x66, vt_buffer_sizes[i]);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block + 16,
				       "bad-pointer");
		vt_buffer_release(test, block);
	}
}

/* BUFFER-23: A buffer of another adapter is refused */
static void buffer_23_release_by_wrong_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test), *block;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(other, vt_buffer_sizes[i], &block),
				NO_ERROR);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block,
				       "wrong-adapter");
		VideoPortReleaseBuffer(other, block);
	}
}

/*
 * BUFFER-24: A buffer that is released at DISPATCH or above is released, logged and
 * counted
 */
static void buffer_24_released_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i;
	void *block;

	vt_skip_if_hidden(test, context);
	for (i = 0; i < ARRAY_SIZE(vt_buffer_sizes); i++) {
		block = vt_buffer_alloc(test, vt_buffer_sizes[i]);
		vt_remember(test);
		vt_free_in(context, VideoPortReleaseBuffer, vt_ext(test), block);
		vt_expect_events(test, "bad-context", NULL, 1);
		vt_expect_live(test, "Vprt", "Buffer", 0, 0);
	}
	vt_expect_quota(test, 0, 0);
}

/*
 * LOG-02: The message about a refused allocation contains the adapter, the call and the
 * caller
 *
 * No other test provokes this message, so its rate limit is not reached.
 */
static void log_02_allocation_names_adapter_call_and_caller(struct kunit *test)
{
	u64 mark = vt_log_mark();
	char caller[64];

	VideoPortAllocateBuffer(vt_ext(test), 100, NULL);
	snprintf(caller, sizeof(caller), "called from %s+0x", __func__);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark,
					   "vpmem: vpmem-kunit: VideoPortAllocateBuffer: ",
					   caller), 1U);
}

/*
 * LOG-03: No more than ten messages of a kind in five seconds
 * Untested: takes time to see
 */

static struct kunit_case buffer_cases[] = {
	KUNIT_CASE(buffer_01_success),
	KUNIT_CASE(buffer_02_aligned_as_pool),
	KUNIT_CASE_PARAM(buffer_03_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(buffer_11_no_memory_small),
	KUNIT_CASE(buffer_12_no_memory_large),
	KUNIT_CASE(buffer_13_more_than_the_machine_has),
	KUNIT_CASE(buffer_14_nowhere_to_store),
	KUNIT_CASE(buffer_15_no_adapter),
	KUNIT_CASE(buffer_16_zero_length),
	KUNIT_CASE(buffer_17_release_null),
	KUNIT_CASE(buffer_18_double_release),
	KUNIT_CASE_PARAM(buffer_19_release_of_pool, vt_type_params),
	KUNIT_CASE(buffer_20_free_pool_of_buffer),
	KUNIT_CASE_PARAM(buffer_21_release_of_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(buffer_22_release_of_interior),
	KUNIT_CASE(buffer_23_release_by_wrong_adapter),
	KUNIT_CASE_PARAM(buffer_24_released_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(log_02_allocation_names_adapter_call_and_caller),
	{}
};

struct kunit_suite vt_buffer_suite = {
	.name = "buffer",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = buffer_cases,
};
