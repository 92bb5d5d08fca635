// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA by a device that really moves bytes. Data that an operation has written to the
 * device is read back through a common buffer, which is tested first.
 */
#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/edu.h"
#include "kunit/lib/transfer.h"
#include "kunit/machine/machine.h"
#include "core/compat.h"
#include "core/testing.h"

/*
 * Common buffers and contiguous memory
 */

/*
 * EDU-04: A common buffer of a page goes to the device and comes back, at an address
 * within 28 bits
 */
static void edu_04_common_buffer(struct kunit *test)
{
	struct edu_common common = edu_common_get(test, PAGE_SIZE);

	edu_expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	edu_common_put(&common);
}

/* EDU-05: Each part of a common buffer of 64 KiB goes to the device and comes back */
static void edu_05_parts_of_a_large_common_buffer(struct kunit *test)
{
	struct edu_common common = edu_common_get(test, SZ_64K);

	edu_expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	edu_common_put(&common);
}

/* On an adapter of its own, with which the DMA adapter ends that the call gets. */
/*
 * EDU-40: A device transfers to both ends of a common buffer of 8 MiB
 *
 * Without CMA and IOMMU, the page allocator has no block of that size.
 */
static void edu_40_common_buffer_of_8_mib(struct kunit *test)
{
	struct edu_common common = edu_common_get(test, SZ_8M);

	KUNIT_EXPECT_NULL(test, memchr_inv(common.memory, 0, SZ_8M));
	edu_expect_round_trips(test, common.memory, common.bus.QuadPart, EDU_STRIDE);
	edu_expect_round_trips(test, common.memory + SZ_8M - EDU_STRIDE,
			       common.bus.QuadPart + SZ_8M - EDU_STRIDE, EDU_STRIDE);
	edu_common_put(&common);
}

/* EDU-06: A buffer of VideoPortGetCommonBuffer goes to the device and comes back */
static void edu_06_get_common_buffer(struct kunit *test)
{
	void *ext = vpmem_attach(edu_device(), 0);
	PHYSICAL_ADDRESS bus;
	ULONG actual;
	void *memory;

	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	memory = VideoPortGetCommonBuffer(ext, PAGE_SIZE, PAGE_SIZE, &bus, &actual, false);
	KUNIT_EXPECT_NOT_NULL(test, memory);
	if (memory) {
		edu_expect_within_mask(test, bus.QuadPart, PAGE_SIZE);
		edu_expect_round_trips(test, memory, bus.QuadPart, PAGE_SIZE);
		VideoPortFreeCommonBuffer(ext, actual, memory, bus, false);
	}
	vpmem_detach(ext);
}

/*
 * EDU-07: Contiguous memory within 28 bits is transferred in one operation, also without
 * scatter/gather
 *
 * The memory is contiguous to every device, so it needs no scatter/gather.
 */
static void edu_07_contiguous_memory(struct kunit *test)
{
	void *memory = edu_contiguous_get(test, EDU_ROOM, EDU_DMA_MASK);

	KUNIT_EXPECT_EQ(test, edu_expect_moves(test, &edu_pieces, memory, EDU_ROOM, 100,
					       EDU_MEMORY_SIZE), 1U);
	KUNIT_EXPECT_EQ(test, edu_expect_moves(test, &edu_lists, memory, EDU_ROOM, 3000,
					       EDU_MEMORY_SIZE), 1U);
	edu_contiguous_put(memory);
}

/*
 * Packet DMA
 */

/* EDU-08: Blocks of pool are transferred, small ones and pages */
static void edu_08_pool(struct kunit *test)
{
	static const u16 sizes[] = { 1, 100, 4064, 4096 };
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = edu_pool_get(test, sizes[i]);
		KUNIT_EXPECT_EQ(test, edu_expect_moves(test, &edu_pieces, block, sizes[i], 0,
						       min_t(u32, sizes[i],
							     EDU_MEMORY_SIZE)), 1U);
		edu_pool_put(block);
	}
}

/*
 * EDU-09: Without scatter/gather, scattered pages are transferred by a loop: one
 * operation for each run of pages, or one where an IOMMU joins them
 *
 * The part crosses the end of a page: it needs two operations, or one if an IOMMU joins
 * the pages.
 */
static void edu_09_scattered_memory_in_pieces(struct kunit *test)
{
	struct edu_scattered scattered = edu_scattered_get(test);
	unsigned int operations;

	operations = edu_expect_moves(test, &edu_pieces, scattered.memory, EDU_ROOM, 3000,
				      EDU_MEMORY_SIZE);
	KUNIT_EXPECT_EQ(test, operations, edu_is_translated() ? 1U : 2U);
	edu_scattered_put(&scattered);
}

/*
 * EDU-10: Scattered memory is transferred with ScatterGather by one operation, with an
 * element for each run
 */
static void edu_10_scattered_memory_by_lists(struct kunit *test)
{
	struct edu_scattered scattered = edu_scattered_get(test);
	unsigned int operations;

	operations = edu_expect_moves(test, &edu_lists, scattered.memory, EDU_ROOM, 3000,
				      EDU_MEMORY_SIZE);
	KUNIT_EXPECT_EQ(test, operations, 1U);
	KUNIT_EXPECT_EQ(test, edu_card->elements, edu_is_translated() ? 1U : 2U);
	edu_scattered_put(&scattered);
}

/* EDU-11: vmalloc memory is transferred both ways */
static void edu_11_vmalloc(struct kunit *test)
{
	u8 *memory = vmalloc(EDU_ROOM);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	edu_expect_moves(test, &edu_pieces, memory, EDU_ROOM, 2 * PAGE_SIZE - 1, EDU_MEMORY_SIZE);
	edu_expect_moves(test, &edu_lists, memory, EDU_ROOM, 2 * PAGE_SIZE - 1, EDU_MEMORY_SIZE);
	vfree(memory);
}

/* EDU-12: No operation exceeds MaximumLength */
static void edu_12_maximum_length(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION short_lists = {
		.ScatterGather = true, .MaximumLength = 1500,
	};
	void *block = edu_pool_get(test, EDU_ROOM);

	KUNIT_EXPECT_EQ(test, edu_expect_moves(test, &short_lists, block, EDU_ROOM, 10,
					       EDU_MEMORY_SIZE), 3U);
	edu_pool_put(block);
}

/* EDU-13: Exactly the bytes of Offset and Length are transferred */
static void edu_13_offset_and_length(struct kunit *test)
{
	static const u32 parts[][2] = {
		{ 0, 1 }, { 1, 1 }, { 3, 5 }, { 4095, 1 }, { 4095, 2 }, { 4096, 4095 },
		{ 8191, 4095 }, { EDU_ROOM - 1, 1 }, { EDU_ROOM - 33, 33 },
	};
	void *block = edu_pool_get(test, EDU_ROOM);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		edu_expect_moves(test, i % 2 ? &edu_lists : &edu_pieces, block, EDU_ROOM,
				 parts[i][0],
				 parts[i][1]);
	edu_pool_put(block);
}

static struct kunit_case edu_cases[] = {
	KUNIT_CASE(edu_04_common_buffer),
	KUNIT_CASE(bios_77_window),
	KUNIT_CASE(edu_05_parts_of_a_large_common_buffer),
	KUNIT_CASE(edu_06_get_common_buffer),
	KUNIT_CASE(edu_40_common_buffer_of_8_mib),
	KUNIT_CASE(edu_07_contiguous_memory),
	KUNIT_CASE(edu_08_pool),
	KUNIT_CASE(edu_09_scattered_memory_in_pieces),
	KUNIT_CASE(edu_10_scattered_memory_by_lists),
	KUNIT_CASE(edu_11_vmalloc),
	KUNIT_CASE(edu_12_maximum_length),
	KUNIT_CASE(edu_13_offset_and_length),
	KUNIT_CASE(edu_41_buffers_of_ulongs),
	KUNIT_CASE(edu_42_buffers_of_less),
	{}
};

struct kunit_suite edu_suite = {
	.name = "edu",
	.suite_init = edu_suite_init,
	.suite_exit = edu_suite_exit,
	.init = edu_init,
	.exit = edu_exit,
	.test_cases = edu_cases,
};

kunit_test_suites(&edu_irq_suite, &edu_suite, &edu_iommu_suite, &edu_ends_suite);

MODULE_DESCRIPTION("KUnit tests of vpmem on a device that QEMU emulates");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
