// SPDX-License-Identifier: GPL-2.0-only
/*
 * Int10FreeBuffer, and other calls that do not free its blocks.
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/int10.h"
#include "kunit/lib/thread.h"

/* INT10-23: After a free there is another */
static void int10_23_again_after_a_free(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block;
	unsigned int i;

	for (i = 0; i < 1000; i++) {
		block = vt_block(test, bios);
		vt_block_free(test, bios, &block);
	}
	vt_expect_live(test, "Vprt", "Int10", 0, 0);
}

/*
 * INT10-26: A free accepts exactly the Seg:Off of the allocation: neither 0:0, nor an
 * alias, nor an address inside
 */
static void int10_26_free_takes_what_was_given(struct kunit *test)
{
	static const u16 wrong[][2] = {
		{ 0, 0 }, { 0x1fff, 0x0010 }, { 0x1000, 0xffff }, { 0x1001, 0xfff0 },
		{ 0x2000, 0x0001 }, { 0x2000, 0x1000 }, { 0x2001, 0 }, { 0x2100, 0 },
		{ 0xa000, 0 }, { 0xffff, 0xffff },
	};
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block = vt_block(test, bios);
	unsigned int i;

	vt_fill(test, bios, &block, 0x3c);
	KUNIT_ASSERT_EQ(test, block.seg, VT_BLOCK_SEGMENT);
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ_MSG(test, vt_block_free_at(bios, wrong[i][0], wrong[i][1]),
				    ERROR_INVALID_PARAMETER, "%04x:%04x", wrong[i][0],
				    wrong[i][1]);
		vt_expect_refused(test, "mismatch");
	}
	vt_expect_filled(test, bios, &block, 0x3c);
	vt_block_free(test, bios, &block);
}

static void expect_free_refused(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_block_free_at(bios, VT_BLOCK_SEGMENT, 0),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "mismatch");
}

/* INT10-27: A free without a block is ERROR_INVALID_PARAMETER */
static void int10_27_free_without_allocate(struct kunit *test)
{
	expect_free_refused(test, vt_interface(test));
}

/* INT10-28: A second free is ERROR_INVALID_PARAMETER */
static void int10_28_double_free(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block = vt_block(test, bios);

	vt_block_free(test, bios, &block);
	expect_free_refused(test, bios);
}

/* INT10-29: A free of another adapter's block is ERROR_INVALID_PARAMETER */
static void int10_29_free_for_another_adapter(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	PVIDEO_PORT_INT10_INTERFACE other = vt_int10(test, vt_attach_another(test));
	struct vt_block block = vt_block(test, other);

	KUNIT_ASSERT_EQ(test, block.seg, VT_BLOCK_SEGMENT);
	expect_free_refused(test, bios);
	vt_block_free(test, other, &block);
}

static void free_pool(PVOID ext, PVOID block)
{
	VideoPortFreePool(ext, block);
}

/*
 * INT10-35: The frees of pool and buffers refuse a block
 *
 * The block of the record is vmalloc memory, which no other call frees.
 */
static void int10_35_other_frees_are_refused(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block = vt_block(test, bios);
	void *address = vpmem_int10_block(vt_ext(test));
	struct vt_region region;

	KUNIT_ASSERT_NOT_NULL(test, address);
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, vt_ext(test), address, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Int10");
	vt_expect_free_refused(test, free_pool, address, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, address, "wrong-pairing");
	vt_block_free(test, bios, &block);
	KUNIT_EXPECT_NULL(test, vpmem_int10_block(vt_ext(test)));
}

static struct kunit_case block_free_cases[] = {
	KUNIT_CASE(int10_23_again_after_a_free),
	KUNIT_CASE(int10_26_free_takes_what_was_given),
	KUNIT_CASE(int10_27_free_without_allocate),
	KUNIT_CASE(int10_28_double_free),
	KUNIT_CASE(int10_29_free_for_another_adapter),
	KUNIT_CASE(int10_35_other_frees_are_refused),
	{}
};

struct kunit_suite vt_block_free_suite = {
	.name = "block_free",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = block_free_cases,
};
