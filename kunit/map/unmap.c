// SPDX-License-Identifier: GPL-2.0-only
/*
 * Undoing of mappings, and calls of it that are refused.
 */
#include <linux/mm.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/map.h"

/* MAP-13: FreeDeviceBase wants the exact base */
static void map_13_free_wants_the_base(struct kunit *test)
{
	void *base = vt_get_window(test);

	vt_expect_free_refused(test, VideoPortFreeDeviceBase, base + 1, "bad-pointer");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, base + PAGE_SIZE,
			       "bad-pointer");
	vt_free_base(test, base);
}

/* MAP-14: UnmapMemory takes any address inside, and undoes the whole mapping */
static void map_14_unmap_takes_any_address_inside(struct kunit *test)
{
	static const unsigned long offsets[] = { 0, 1, 4097, VT_WINDOW_SIZE - 1 };
	void *base;
	int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		base = vt_get_window(test);
		KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base + offsets[i],
							   NULL), NO_ERROR);
		KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	}
}

/* MAP-15: An address outside, or unmapped already, gives 87 */
static void map_15_unmap_outside(struct kunit *test)
{
	void *base = vt_get_window(test);

	/* Use addresses where no mapping of another test began: that would be a double free. */
	vt_expect_free_refused(test, vt_unmap_87, base + VT_WINDOW_SIZE + 5, "bad-pointer");
	vt_expect_free_refused(test, vt_unmap_87, base - 5, "bad-pointer");
	vt_free_base(test, base);
	vt_expect_free_refused(test, vt_unmap_87, base, "double-free");
}

/* MAP-16: To undo NULL is counted */
static void map_16_null_is_counted(struct kunit *test)
{
	vt_expect_free_refused(test, vt_unmap_87, NULL, "null-free");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, NULL, "null-free");
}

/* MAP-17: A pointer that was never mapped is refused */
static void map_17_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);

	vt_expect_free_refused(test, vt_unmap_87, address, "bad-pointer");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, address, "bad-pointer");
}

/* MAP-18: Other blocks cannot be unmapped */
static void map_18_other_blocks_are_refused(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	void *small = vt_alloc(test, VpPagedPool, 100);

	vt_expect_free_refused(test, vt_unmap_87, block, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, block, "wrong-pairing");
	vt_expect_free_refused(test, vt_unmap_87, small, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, small, "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
	VideoPortFreePool(vt_ext(test), small);
}

/* MAP-19: The other frees refuse a mapping */
static void map_19_other_frees_are_refused(struct kunit *test)
{
	void *base = vt_get_window(test), *ports;

	ports = vt_get_base(test, VT_PORTS, VT_NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	vt_expect_free_refused(test, VideoPortFreePool, base, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, base, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreePool, ports, "wrong-pairing");
	vt_free_base(test, ports);
	vt_free_base(test, base);
}

/* MAP-20: UnmapMemory refuses a process handle */
static void map_20_unmap_of_a_process(struct kunit *test)
{
	void *base = vt_get_window(test);

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base, (HANDLE)0x1234),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_free_base(test, base);
}

struct unmap_job {
	void *ext;
	void *base;
	VP_STATUS status;
};

static void atomic_unmap(void *data)
{
	struct unmap_job *job = data;

	job->status = VideoPortUnmapMemory(job->ext, job->base + 1, NULL);
}

/*
 * MAP-31: Unmapping is done in every context
 *
 * An unmap that is deferred, because it may sleep, does not conflict with a new mapping.
 */
static void map_31_unmap_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct unmap_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	job.base = vt_get_window(test);
	context->run(atomic_unmap, &job);
	KUNIT_EXPECT_EQ(test, job.status, NO_ERROR);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	vt_free_base(test, vt_get_base(test, VT_WINDOW, VT_WINDOW_SIZE, VT_P6CACHE));
}

/* MAP-32: Detach reports and undoes the remaining mappings */
static void map_32_detach_unmaps(struct kunit *test)
{
	void *ext = vt_attach_another(test), *base;
	u64 mark = vt_log_mark();

	vt_need_pc(test);
	KUNIT_ASSERT_EQ(test, vt_map_window(ext, VT_P6CACHE, &base), NO_ERROR);
	KUNIT_ASSERT_EQ(test, vt_map_window(ext, VT_P6CACHE, &base), NO_ERROR);
	vt_detach(test, ext);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Vprt", "Mapped: 1 blocks"), 1U);
	vt_free_base(test, vt_get_base(test, VT_WINDOW, VT_WINDOW_SIZE, 0));
}

static struct kunit_case unmap_cases[] = {
	KUNIT_CASE(map_13_free_wants_the_base),
	KUNIT_CASE(map_14_unmap_takes_any_address_inside),
	KUNIT_CASE(map_15_unmap_outside),
	KUNIT_CASE(map_16_null_is_counted),
	KUNIT_CASE_PARAM(map_17_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(map_18_other_blocks_are_refused),
	KUNIT_CASE(map_19_other_frees_are_refused),
	KUNIT_CASE(map_20_unmap_of_a_process),
	KUNIT_CASE_PARAM(map_31_unmap_anywhere, vt_context_params),
	KUNIT_CASE(map_32_detach_unmaps),
	{ }
};

struct kunit_suite vt_unmap_suite = {
	.name = "unmap",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = unmap_cases,
};
