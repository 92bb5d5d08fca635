// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortAllocateBuffer and VideoPortReleaseBuffer.
 */
#include <linux/kernel.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

#define SMALL	100
#define LARGE	(5 * PAGE_SIZE)

static const size_t both[] = { SMALL, LARGE };

static void *buffer_alloc(struct kunit *test, ULONG size)
{
	void *block = NULL;

	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), size, &block),
			NO_ERROR);
	KUNIT_ASSERT_NOT_NULL(test, block);
	return block;
}

static void buffer_release(struct kunit *test, void *block)
{
	VideoPortReleaseBuffer(vt_ext(test), block);
}

/* *Buffer is NULL after a failure, whatever it was before. */
static VP_STATUS buffer_try(struct kunit *test, void *ext, ULONG size)
{
	void *block = test;
	VP_STATUS status = VideoPortAllocateBuffer(ext, size, &block);

	if (status == NO_ERROR)
		VideoPortReleaseBuffer(ext, block);
	else
		KUNIT_EXPECT_NULL(test, block);
	return status;
}

static void set_quota(struct kunit *test, void *ext, unsigned long quota)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", quota);
	KUNIT_ASSERT_EQ(test, vpmem_view_write(ext, "quota", text), 0);
}

static void expect_quota(struct kunit *test, unsigned long quota, unsigned long used)
{
	unsigned long seen_quota, seen_used;
	int fields;

	fields = sscanf(vt_view(test, vt_ext(test), "quota"), "%lu used %lu", &seen_quota,
			&seen_used);
	KUNIT_ASSERT_EQ(test, fields, 2);
	KUNIT_EXPECT_EQ(test, seen_quota, quota);
	KUNIT_EXPECT_EQ(test, seen_used, used);
}

/* BUFFER-01: NO_ERROR and a block of any size */
static void buffer_01_success(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = buffer_alloc(test, vt_sizes[i]);
		memset(block, 0x51, vt_sizes[i]);
		vt_expect_live(test, "Vprt", "Buffer", 1, vt_sizes[i]);
		buffer_release(test, block);
	}
	vt_expect_live(test, "Vprt", "Buffer", 0, 0);
}

/* BUFFER-02: A buffer is aligned and placed as pool is */
static void buffer_02_aligned_as_pool(struct kunit *test)
{
	unsigned long block;
	unsigned int i;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = (unsigned long)buffer_alloc(test, vt_sizes[i]);
		KUNIT_EXPECT_EQ_MSG(test, block % (vt_sizes[i] > VT_SMALL_MAX ? PAGE_SIZE :
						   VT_GRANULE), 0UL, "%zu", vt_sizes[i]);
		if (vt_sizes[i] <= PAGE_SIZE)
			KUNIT_EXPECT_LE_MSG(test, offset_in_page(block) + vt_sizes[i],
					    PAGE_SIZE, "%zu", vt_sizes[i]);
		buffer_release(test, (void *)block);
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
	for (i = 0; i < ARRAY_SIZE(both); i++) {
		struct buffer_job job = {
			.ext = vt_ext(test), .size = both[i], .block = test,
		};

		vt_remember(test);
		context->run(buffer_job, &job);
		KUNIT_EXPECT_EQ(test, job.status, ERROR_NOT_ENOUGH_MEMORY);
		KUNIT_EXPECT_NULL(test, job.block);
		vt_expect_events(test, "bad-context", NULL, 1);
		vt_expect_failures(test, "Vprt", "Buffer", i + 1, "context");
	}
	expect_quota(test, 0, 0);
}

/* BUFFER-04: A quota can be used to the last byte */
static void buffer_04_exactly_the_quota(struct kunit *test)
{
	void *one, *two;

	set_quota(test, vt_ext(test), SMALL + LARGE);
	vt_remember(test);
	one = buffer_alloc(test, SMALL);
	two = buffer_alloc(test, LARGE);
	expect_quota(test, SMALL + LARGE, SMALL + LARGE);
	vt_expect_events(test, NULL, NULL, 0);
	buffer_release(test, one);
	buffer_release(test, two);
	expect_quota(test, SMALL + LARGE, 0);
}

/* BUFFER-05: One byte more is ERROR_INSUFFICIENT_BUFFER */
static void buffer_05_one_byte_over_the_quota(struct kunit *test)
{
	void *one;

	set_quota(test, vt_ext(test), SMALL + LARGE - 1);
	one = buffer_alloc(test, SMALL);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), LARGE),
			ERROR_INSUFFICIENT_BUFFER);
	vt_expect_failures(test, "Vprt", "Buffer", 1, "quota");
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), LARGE - 1), NO_ERROR);
	buffer_release(test, one);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), SMALL + LARGE),
			ERROR_INSUFFICIENT_BUFFER);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), U32_MAX),
			ERROR_INSUFFICIENT_BUFFER);
	vt_expect_failures(test, "Vprt", "Buffer", 3, "quota");
	expect_quota(test, SMALL + LARGE - 1, 0);
}

/*
 * BUFFER-06: Choice: the quota is 0 by default, which sets no bound (Windows documents no
 * number)
 */
static void buffer_06_no_quota(struct kunit *test)
{
	void *block[16];
	unsigned int i;

	expect_quota(test, 0, 0);
	for (i = 0; i < ARRAY_SIZE(block); i++)
		block[i] = buffer_alloc(test, SZ_256K);
	expect_quota(test, 0, SZ_4M);
	for (i = 0; i < ARRAY_SIZE(block); i++)
		buffer_release(test, block[i]);
	expect_quota(test, 0, 0);
}

/* BUFFER-07: The quota is of each adapter */
static void buffer_07_quota_of_each_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test), *one;

	set_quota(test, vt_ext(test), SMALL);
	set_quota(test, other, LARGE);
	one = buffer_alloc(test, SMALL);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), 1), ERROR_INSUFFICIENT_BUFFER);
	KUNIT_EXPECT_EQ(test, buffer_try(test, other, LARGE), NO_ERROR);
	KUNIT_EXPECT_EQ(test, buffer_try(test, other, LARGE + 1),
			ERROR_INSUFFICIENT_BUFFER);
	buffer_release(test, one);
}

/* BUFFER-08: What is released is had again */
static void buffer_08_release_gives_back(struct kunit *test)
{
	unsigned int i;

	set_quota(test, vt_ext(test), LARGE);
	for (i = 0; i < 1000; i++)
		KUNIT_ASSERT_EQ(test, buffer_try(test, vt_ext(test), both[i & 1]),
				NO_ERROR);
	expect_quota(test, LARGE, 0);
}

/* BUFFER-09: A quota that is set below what is used stops only what comes after */
static void buffer_09_quota_lowered_below_what_is_used(struct kunit *test)
{
	void *block = buffer_alloc(test, LARGE);

	set_quota(test, vt_ext(test), SMALL);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), 1), ERROR_INSUFFICIENT_BUFFER);
	buffer_release(test, block);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), SMALL), NO_ERROR);
}

#define QUOTA_PARAMETER "/sys/module/vpmem/parameters/buffer_quota"

/*
 * BUFFER-10: The module parameter buffer_quota is for adapters that are attached from
 * then on
 *
 * The module parameter is the quota of the adapters that are attached from then on.
 */
static void buffer_10_quota_parameter(struct kunit *test)
{
	char before[24];
	VP_STATUS at, over;
	void *other;

	if (!vt_file_read(QUOTA_PARAMETER, before, sizeof(before)))
		kunit_skip(test, "no " QUOTA_PARAMETER);
	KUNIT_ASSERT_TRUE(test, vt_file_write(QUOTA_PARAMETER, "4711"));
	other = vt_attach_another(test);
	KUNIT_EXPECT_TRUE(test, vt_file_write(QUOTA_PARAMETER, before));
	at = buffer_try(test, other, 4711);
	over = buffer_try(test, other, 4712);
	KUNIT_EXPECT_EQ(test, at, NO_ERROR);
	KUNIT_EXPECT_EQ(test, over, ERROR_INSUFFICIENT_BUFFER);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), 4712), NO_ERROR);
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

static void site_undo(struct kunit *test, void *data)
{
}

static void site_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Vprt", "Buffer", failures, "no-memory");
	vt_expect_live(test, "Vprt", "Buffer", 0, 0);
	expect_quota(test, SZ_1M, 0);
}

static const struct vt_fault_site buffer_fault = { site_call, site_undo, site_failed };

/*
 * BUFFER-11: ERROR_NOT_ENOUGH_MEMORY when there is no memory for a small buffer; the
 * quota is given back
 */
static void buffer_11_no_memory_small(struct kunit *test)
{
	size_t size = SMALL;

	set_quota(test, vt_ext(test), SZ_1M);
	vt_out_of_memory(test, &buffer_fault, &size);
}

/* BUFFER-12: The same for a large buffer, whichever of its allocations fails */
static void buffer_12_no_memory_large(struct kunit *test)
{
	size_t size = LARGE;

	set_quota(test, vt_ext(test), SZ_1M);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &buffer_fault, &size), 0U);
}

/* BUFFER-13: ERROR_NOT_ENOUGH_MEMORY for more than the machine has */
static void buffer_13_more_than_the_machine_has(struct kunit *test)
{
	if (totalram_pages() > U32_MAX / PAGE_SIZE)
		kunit_skip(test, "this machine has more than a ULONG can ask for");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, buffer_try(test, vt_ext(test), U32_MAX),
			ERROR_NOT_ENOUGH_MEMORY);
	vt_expect_events(test, "bad-size", NULL, 1);
	vt_expect_failures(test, "Vprt", "Buffer", 1, "size");
	expect_quota(test, 0, 0);
}

/* BUFFER-14: ERROR_INVALID_PARAMETER if there is nowhere to store the block */
static void buffer_14_nowhere_to_store(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), SMALL, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* BUFFER-15: ERROR_INVALID_PARAMETER without an attached adapter */
static void buffer_15_no_adapter(struct kunit *test)
{
	void *block = buffer_alloc(test, SMALL);
	void *foreign[] = { NULL, vt_detached_extension(test), test, vt_ext(test) + 16,
			    (void *)8, (void *)(ULONG_MAX - 15) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ(test, buffer_try(test, foreign[i], SMALL),
				ERROR_INVALID_PARAMETER);
		VideoPortReleaseBuffer(foreign[i], block);
		vt_expect_untouched(test);
		vt_expect_events(test, NULL, "no-adapter", 2);
	}
	buffer_release(test, block);
}

/* BUFFER-16: Zero bytes give the smallest block */
static void buffer_16_zero_length(struct kunit *test)
{
	void *block;

	vt_remember(test);
	block = buffer_alloc(test, 0);
	vt_expect_events(test, "zero-length", NULL, 1);
	vt_expect_live(test, "Vprt", "Buffer", 1, 0);
	buffer_release(test, block);
}

/* BUFFER-17: ReleaseBuffer(NULL) does nothing and is counted */
static void buffer_17_release_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortReleaseBuffer, NULL, "null-free");
}

/* BUFFER-18: A buffer released twice is named, counted and left alone */
static void buffer_18_double_release(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(both); i++) {
		block = buffer_alloc(test, both[i]);
		buffer_release(test, block);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block,
				       both[i] == LARGE || vt_freed_headers_survive(false) ?
				       "double-free" : "bad-pointer");
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

	for (i = 0; i < ARRAY_SIZE(both); i++) {
		block = vt_alloc(test, type->type, both[i]);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block,
				       "wrong-pairing");
		vt_expect_live(test, "Test", type->kind, 1, both[i]);
		VideoPortFreePool(vt_ext(test), block);
	}
}

/* BUFFER-20: Choice: FreePool() refuses a buffer, likewise */
static void buffer_20_free_pool_of_buffer(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(both); i++) {
		block = buffer_alloc(test, both[i]);
		vt_expect_free_refused(test, VideoPortFreePool, block, "wrong-pairing");
		expect_quota(test, 0, both[i]);
		buffer_release(test, block);
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

	for (i = 0; i < ARRAY_SIZE(both); i++) {
		block = buffer_alloc(test, both[i]);
		memset(block, 0x66, both[i]);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block + 16,
				       "bad-pointer");
		buffer_release(test, block);
	}
}

/* BUFFER-23: A buffer of another adapter is refused */
static void buffer_23_release_by_wrong_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test), *block;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(both); i++) {
		KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(other, both[i], &block),
				NO_ERROR);
		vt_expect_free_refused(test, VideoPortReleaseBuffer, block,
				       "wrong-adapter");
		VideoPortReleaseBuffer(other, block);
	}
}

/*
 * BUFFER-24: A buffer that is released at DISPATCH or above is released, named and
 * counted
 */
static void buffer_24_released_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i;
	void *block;

	vt_skip_if_hidden(test, context);
	for (i = 0; i < ARRAY_SIZE(both); i++) {
		block = buffer_alloc(test, both[i]);
		vt_remember(test);
		vt_free_in(context, VideoPortReleaseBuffer, vt_ext(test), block);
		vt_expect_events(test, "bad-context", NULL, 1);
		vt_expect_live(test, "Vprt", "Buffer", 0, 0);
	}
	expect_quota(test, 0, 0);
}

/*
 * LOG-02: A refused allocation names the adapter, the call, and who called
 *
 * Nobody else makes this mistake, so the log has room for it.
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

static struct kunit_case cases[] = {
	KUNIT_CASE(buffer_01_success),
	KUNIT_CASE(buffer_02_aligned_as_pool),
	KUNIT_CASE_PARAM(buffer_03_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(buffer_04_exactly_the_quota),
	KUNIT_CASE(buffer_05_one_byte_over_the_quota),
	KUNIT_CASE(buffer_06_no_quota),
	KUNIT_CASE(buffer_07_quota_of_each_adapter),
	KUNIT_CASE(buffer_08_release_gives_back),
	KUNIT_CASE(buffer_09_quota_lowered_below_what_is_used),
	KUNIT_CASE(buffer_10_quota_parameter),
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
	.test_cases = cases,
};
