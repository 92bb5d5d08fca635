// SPDX-License-Identifier: GPL-2.0-only
/*
 * Transfers at random, behind an IOMMU, and beyond the mask of the device.
 */
#include <kunit/test.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/edu.h"
#include "kunit/lib/transfer.h"
#include "kunit/machine/machine.h"
#include "core/compat.h"
#include "core/testing.h"

static void need_translation(struct kunit *test)
{
	if (!edu_is_translated())
		kunit_skip(test, "no IOMMU translates what this device sees");
}

/*
 * Random transfers. The expected contents of each block and the device are tracked.
 */

#define WALK_BLOCKS	4
#define WALK_STEPS	80

struct walk_block {
	struct edu_way way;
	u8 *memory;
	u8 *expected;
	u32 size;
};

struct walk {
	struct walk_block blocks[WALK_BLOCKS];
	u8 *device;			/* what it must have */
};

struct walk_mode {
	const char *name;
	unsigned int irq;		/* 0: polled */
	const VP_DEVICE_DESCRIPTION *description;
};

static const struct walk_mode walk_modes[] = {
	{ "polled, in pieces", 0, &edu_pieces },
	{ "polled, by lists", 0, &edu_lists },
	{ "interrupts, in pieces", PCI_IRQ_MSI, &edu_pieces },
	{ "interrupts, by lists", PCI_IRQ_MSI, &edu_lists },
};

static void walk_mode_name(const struct walk_mode *mode, char *name)
{
	strscpy(name, mode->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(walk_mode, walk_modes, walk_mode_name);

static void block_open(struct kunit *test, struct walk_block *block, u8 *memory,
		       u32 size, const VP_DEVICE_DESCRIPTION *description)
{
	block->memory = memory;
	block->size = size;
	block->expected = edu_pattern(test, size);
	memcpy(memory, block->expected, size);
	block->way = edu_way_open(test, description, memory, size);
}

static void block_to_device(struct kunit *test, struct walk *walk,
			    struct walk_block *block, u32 offset, u32 length, u32 at)
{
	prandom_bytes_state(&edu_random, block->memory, block->size);
	memcpy(block->expected, block->memory, block->size);
	memcpy(walk->device + at, block->expected + offset, length);
	edu_move(test, &block->way, offset, length, at, true);
}

static void block_from_device(struct kunit *test, struct walk *walk,
			      struct walk_block *block, u32 offset, u32 length, u32 at)
{
	memcpy(block->expected + offset, walk->device + at, length);
	edu_move(test, &block->way, offset, length, at, false);
}

static void walk_step(struct kunit *test, struct walk *walk)
{
	struct walk_block *block = &walk->blocks[edu_below(WALK_BLOCKS)];
	u32 length = 1 + edu_below(min_t(u32, block->size, EDU_MEMORY_SIZE));
	u32 offset = edu_below(block->size - length + 1);
	u32 at = edu_below(EDU_MEMORY_SIZE - length + 1);

	if (edu_below(2))
		block_to_device(test, walk, block, offset, length, at);
	else
		block_from_device(test, walk, block, offset, length, at);
	KUNIT_ASSERT_EQ_MSG(test, memcmp(block->memory, block->expected, block->size), 0,
			    "%u bytes at %u of %u, and at %u of the device's", length,
			    offset, block->size, at);
}

static void walk_all(struct kunit *test, struct walk *walk)
{
	unsigned int i;

	walk->device = edu_pattern(test, EDU_MEMORY_SIZE);
	memcpy(walk->blocks[0].memory, walk->device, EDU_MEMORY_SIZE);
	memcpy(walk->blocks[0].expected, walk->device, EDU_MEMORY_SIZE);
	edu_move(test, &walk->blocks[0].way, 0, EDU_MEMORY_SIZE, 0, true);
	for (i = 0; i < WALK_STEPS; i++)
		walk_step(test, walk);
	edu_expect_device_has(test, 0, walk->device, EDU_MEMORY_SIZE);
	for (i = 0; i < WALK_BLOCKS; i++) {
		KUNIT_EXPECT_EQ(test, memcmp(walk->blocks[i].memory,
					     walk->blocks[i].expected,
					     walk->blocks[i].size), 0);
		edu_way_close(&walk->blocks[i].way);
	}
}

/*
 * EDU-15: 320 random transfers, polled and by interrupts, in pieces and by lists, leave
 * in memory and in the device what they should
 */
static void edu_15_random_transfers(struct kunit *test)
{
	const struct walk_mode *mode = test->param_value;
	struct edu_scattered scattered = edu_scattered_get(test);
	void *contiguous = edu_contiguous_get(test, 2 * PAGE_SIZE, EDU_DMA_MASK);
	void *small = edu_pool_get(test, 200), *large = edu_pool_get(test, EDU_ROOM);
	struct walk walk;

	if (mode->irq)
		edu_enable_irq_of(test, mode->irq);
	block_open(test, &walk.blocks[0], large, EDU_ROOM, mode->description);
	block_open(test, &walk.blocks[1], small, 200, mode->description);
	block_open(test, &walk.blocks[2], contiguous, 2 * PAGE_SIZE, mode->description);
	block_open(test, &walk.blocks[3], scattered.memory, EDU_ROOM, mode->description);
	walk_all(test, &walk);
	edu_pool_put(large);
	edu_pool_put(small);
	edu_contiguous_put(contiguous);
	edu_scattered_put(&scattered);
}

/*
 * Tests behind an IOMMU
 */

/*
 * EDU-16: Behind an IOMMU the address of a common buffer is the device's, not that of
 * memory
 */
static void edu_16_behind_an_iommu(struct kunit *test)
{
	struct edu_common common;

	need_translation(test);
	common = edu_common_get(test, PAGE_SIZE);
	KUNIT_EXPECT_NE(test, (u64)common.bus.QuadPart, edu_physical(common.memory));
	KUNIT_EXPECT_EQ(test, (u64)iommu_iova_to_phys(edu_domain(), common.bus.QuadPart),
			edu_physical(common.memory));
	edu_expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	edu_common_put(&common);
}

/*
 * EDU-17: There, the limit of contiguous memory still bounds the physical address
 *
 * The device uses another address, so the test checks the physical one.
 */
static void edu_17_limit_is_physical_behind_an_iommu(struct kunit *test)
{
	static const u8 bits[] = { 24, 27, 28 };
	struct edu_way way;
	unsigned int i;
	void *memory;

	need_translation(test);
	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		memory = edu_contiguous_get(test, EDU_ROOM, DMA_BIT_MASK(bits[i]));
		way = edu_way_open(test, &edu_pieces, memory, EDU_ROOM);
		edu_operate(test, &way, 0, EDU_MEMORY_SIZE, 0, true);
		KUNIT_EXPECT_NE(test, edu_card->first, edu_physical(memory));
		edu_way_close(&way);
		edu_contiguous_put(memory);
	}
}

#define BEYOND_ORDER		8

/* Allocate memory beyond the mask of the device, and free what came before it. */
static struct page *beyond_get(void)
{
	struct page *page, *next;
	LIST_HEAD(passed);

	for (;;) {
		page = alloc_pages(GFP_KERNEL | __GFP_NORETRY | __GFP_NOWARN,
				   BEYOND_ORDER);
		if (!page || page_to_phys(page) > EDU_DMA_MASK)
			break;
		list_add(&page->lru, &passed);
	}
	while ((next = list_first_entry_or_null(&passed, struct page, lru))) {
		list_del(&next->lru);
		__free_pages(next, BEYOND_ORDER);
	}
	return page;
}

/* EDU-18: There, memory beyond the device's mask is transferred, too */
static void edu_18_memory_beyond_its_mask(struct kunit *test)
{
	struct page *page;

	need_translation(test);
	if (virt_to_phys(high_memory - 1) <= EDU_DMA_MASK)
		kunit_skip(test, "this machine has none");
	page = beyond_get();
	KUNIT_ASSERT_NOT_NULL(test, page);
	edu_expect_moves(test, &edu_pieces, page_address(page), EDU_ROOM, 100, EDU_MEMORY_SIZE);
	edu_expect_moves(test, &edu_lists, page_address(page), EDU_ROOM, 100, EDU_MEMORY_SIZE);
	__free_pages(page, BEYOND_ORDER);
}

static struct kunit_case edu_iommu_cases[] = {
	KUNIT_CASE_PARAM(edu_15_random_transfers, walk_mode_gen_params),
	KUNIT_CASE(edu_16_behind_an_iommu),
	KUNIT_CASE(edu_17_limit_is_physical_behind_an_iommu),
	KUNIT_CASE(edu_18_memory_beyond_its_mask),
	{}
};

struct kunit_suite edu_iommu_suite = {
	.name = "edu_iommu",
	.suite_init = edu_suite_init,
	.suite_exit = edu_suite_exit,
	.init = edu_init,
	.exit = edu_exit,
	.test_cases = edu_iommu_cases,
};
