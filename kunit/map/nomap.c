// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings that fail: refused, or without memory.
 */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/map.h"

static void expect_map_refused(struct kunit *test, u64 start, u32 length, u32 flags,
			       const char *event)
{
	void *base = NULL;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(vt_ext(test), vt_physical(start),
						       length, flags));
	vt_expect_refused(test, event);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), vt_physical(start), &length,
						 &flags, &base),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, base);
	vt_expect_refused(test, event);
}

static void expect_arguments_refused(struct kunit *test, u32 *length, u32 *flags,
				     void **base)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), vt_physical(VT_WINDOW),
						 length, flags, base),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* MAP-21: A NULL argument of MapMemory gives 87 */
static void map_21_null_arguments(struct kunit *test)
{
	u32 length = PAGE_SIZE, flags = 0;
	void *base = NULL;

	expect_arguments_refused(test, NULL, &flags, &base);
	expect_arguments_refused(test, &length, NULL, &base);
	expect_arguments_refused(test, &length, &flags, NULL);
}

/* MAP-22: Zero length is refused */
static void map_22_zero_length(struct kunit *test)
{
	expect_map_refused(test, VT_WINDOW, 0, 0, "zero-length");
	expect_map_refused(test, VT_PORTS, 0, VIDEO_MEMORY_SPACE_IO, "zero-length");
}

/* MAP-23: A range beyond the last address or port is refused */
static void map_23_beyond_the_end(struct kunit *test)
{
	u64 end = iomem_resource.end;

	expect_map_refused(test, U64_MAX, 2, 0, "bad-range");
	expect_map_refused(test, U64_MAX - PAGE_SIZE + 1, U32_MAX, 0, "bad-range");
	expect_map_refused(test, end, 2, VT_P6CACHE, "bad-range");
	expect_map_refused(test, 0, 4, VIDEO_MEMORY_SPACE_IO, "bad-range");
	expect_map_refused(test, 0xffff, 2, VIDEO_MEMORY_SPACE_IO, "bad-range");
	expect_map_refused(test, 0x1000003c0, 2, VIDEO_MEMORY_SPACE_IO, "bad-range");
}

/* MAP-24: Memory of the system is refused */
static void map_24_system_memory(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	u64 address = virt_to_phys(block);

	expect_map_refused(test, address, PAGE_SIZE, 0, "bad-range");
	expect_map_refused(test, address, 1, VT_P6CACHE, "bad-range");
	/* Memory and a hole are no better than memory. */
	expect_map_refused(test, address, SZ_2G, 0, "bad-range");
	VideoPortFreePool(vt_ext(test), block);
}

/*
 * MAP-62: Memory outside of the resources of its device is mapped for an adapter up to
 * 256 MiB in all
 *
 * Memory outside the resources of the device can be mapped, up to a bound.
 */
static void map_62_foreign_memory_is_bounded(struct kunit *test)
{
	const u64 start = 0x4000000000;
	void *first, *second;

	vt_need_pc(test);
	if (BITS_PER_LONG == 32)
		kunit_skip(test, "this kernel has no addresses for that much");
	expect_map_refused(test, start, 0xfffff000, 0, "bad-range");
	expect_map_refused(test, start, SZ_256M + 1, VT_P6CACHE, "bad-range");
	first = VideoPortGetDeviceBase(vt_ext(test), vt_physical(start), SZ_128M, 0);
	KUNIT_ASSERT_NOT_NULL(test, first);
	expect_map_refused(test, start + SZ_1G, SZ_128M + 1, 0, "bad-range");
	second = VideoPortGetDeviceBase(vt_ext(test), vt_physical(start + SZ_1G), SZ_128M, 0);
	KUNIT_ASSERT_NOT_NULL(test, second);
	expect_map_refused(test, start + SZ_2G, 1, 0, "bad-range");
	VideoPortFreeDeviceBase(vt_ext(test), second);
	VideoPortFreeDeviceBase(vt_ext(test), first);
}

/* The log takes ten messages of a kind in five seconds, which others may have used. */
static bool refusal_is_said(struct kunit *test)
{
	u64 mark = vt_log_mark();
	int i;

	for (i = 0; i < 2; i++) {
		expect_map_refused(test, VT_WINDOW, VT_WINDOW_SIZE,
				   VIDEO_MEMORY_SPACE_USER_MODE, "bad-parameter");
		if (vt_log_count(mark, "VideoPortMapMemory", "vpmem_mmap()"))
			return true;
		vt_log_wait();
	}
	return false;
}

/* MAP-25: USER_MODE and process handles are refused; the message names vpmem_mmap */
static void map_25_into_a_process(struct kunit *test)
{
	u32 length = VT_WINDOW_SIZE, flags = 0;
	void *base = (HANDLE)0x1234;

	expect_arguments_refused(test, &length, &flags, &base);
	KUNIT_EXPECT_NULL(test, base);
	KUNIT_EXPECT_TRUE(test, refusal_is_said(test));
}

/* MAP-26: Without an adapter: NULL, or 87 */
static void map_26_no_adapter(struct kunit *test)
{
	void *ext = vt_detached_extension(test), *base;

	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(ext, vt_physical(VT_WINDOW), 1, 0));
	KUNIT_EXPECT_EQ(test, vt_map_window(ext, 0, &base), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(ext, &base, NULL),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(ext, NULL, 0, 64));
}

/* MAP-29: MapBankedMemory gives ERROR_INVALID_FUNCTION */
static void map_29_banked_memory(struct kunit *test)
{
	u32 length = VT_WINDOW_SIZE, flags = 0;
	void *base = NULL;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapBankedMemory(vt_ext(test), vt_physical(VT_WINDOW),
						       &length, &flags, &base,
						       VT_WINDOW_SIZE, true, NULL, NULL),
			ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_NULL(test, base);
	vt_expect_events(test, "unsupported", NULL, 1);
}

struct atomic_map {
	void *ext;
	void *base;
	VP_STATUS status;
};

static void atomic_map(void *data)
{
	struct atomic_map *job = data;

	job->status = vt_map_window(job->ext, 0, &job->base);
}

/* MAP-30: Mapping is refused in atomic context */
static void map_30_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_map job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	context->run(atomic_map, &job);
	KUNIT_EXPECT_EQ(test, job.status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_NULL(test, job.base);
	vt_expect_failures(test, "Vprt", "Mapped", 1, "context");
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "bad-context"), 1UL);
}

static bool base_call(struct kunit *test, void *data)
{
	void **base = data;

	*base = VideoPortGetDeviceBase(vt_ext(test), vt_physical(VT_WINDOW),
				       VT_WINDOW_SIZE, 0);
	return *base;
}

static void base_undo(struct kunit *test, void *data)
{
	void **base = data;

	vt_free_base(test, *base);
}

static void base_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Vprt", "Mapped", failures, "no-memory");
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static bool memory_call(struct kunit *test, void *data)
{
	return vt_map_window(vt_ext(test), VT_P6CACHE, data) == NO_ERROR;
}

static void memory_failed(struct kunit *test, void *data, unsigned int failures)
{
	void **base = data;

	KUNIT_EXPECT_NULL(test, *base);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
}

/* MAP-34: NULL, or 8, whichever allocation fails; nothing is lost */
static void map_34_no_memory(struct kunit *test)
{
	static const struct vt_fault_site by_base = { base_call, base_undo, base_failed };
	static const struct vt_fault_site by_memory = { memory_call, base_undo,
							memory_failed };
	void *base;

	vt_need_pc(test);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &by_base, &base), 0U);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &by_memory, &base), 0U);
}

static struct kunit_case nomap_cases[] = {
	KUNIT_CASE(map_21_null_arguments),
	KUNIT_CASE(map_22_zero_length),
	KUNIT_CASE(map_23_beyond_the_end),
	KUNIT_CASE(map_24_system_memory),
	KUNIT_CASE(map_25_into_a_process),
	KUNIT_CASE(map_26_no_adapter),
	KUNIT_CASE(map_29_banked_memory),
	KUNIT_CASE(map_62_foreign_memory_is_bounded),
	KUNIT_CASE_PARAM(map_30_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(map_34_no_memory),
	{ }
};

struct kunit_suite vt_nomap_suite = {
	.name = "nomap",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = nomap_cases,
};
