// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of each kind, and transfers of it by the edu device.
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
#include "core/compat.h"
#include "core/testing.h"

const VP_DEVICE_DESCRIPTION edu_lists = {
	.ScatterGather = true, .Dma32BitAddresses = true,
};

const VP_DEVICE_DESCRIPTION edu_pieces = { .Dma32BitAddresses = true };
struct edu *edu_card;

/*
 * Seeded once for all tests, so that none finds its own bytes in the device before
 * it has put them there.
 */
struct rnd_state edu_random;

/*
 * The fixture: vpmem has nothing to complain of in any test, and nothing is left.
 */

static void edu_read_view(struct kunit *test, const char *name, char *text)
{
	KUNIT_ASSERT_GT(test, vpmem_view(edu_card, name, text, EDU_VIEW_ROOM), 0);
}

static char *edu_new_text(struct kunit *test)
{
	char *text = kunit_kzalloc(test, EDU_VIEW_ROOM, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, text);
	return text;
}

int edu_init(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL_MSG(test, edu_card, "there is no edu device");
	test->priv = edu_new_text(test);
	edu_read_view(test, "events", test->priv);
	return 0;
}

static void edu_expect_empty(struct kunit *test, const char *name, char *text)
{
	edu_read_view(test, name, text);
	KUNIT_EXPECT_EQ_MSG(test, strchrnul(text, '\n')[1], 0, "left: %s", text);
}

void edu_exit(struct kunit *test)
{
	char *text;

	if (!edu_card || !test->priv)
		return;
	edu_irq_disable(edu_card);
	text = edu_new_text(test);
	edu_expect_empty(test, "regions", text);
	edu_expect_empty(test, "dma", text);
	edu_read_view(test, "events", text);
	KUNIT_EXPECT_STREQ(test, text, (char *)test->priv);
}

int edu_suite_init(struct kunit_suite *suite)
{
	prandom_seed_state(&edu_random, EDU_SEED);
	edu_card = edu_register();
	return 0;
}

void edu_suite_exit(struct kunit_suite *suite)
{
	edu_unregister();
	edu_card = NULL;
}

/*
 * Bytes, and where they are
 */

u32 edu_below(u32 bound)
{
	return prandom_u32_state(&edu_random) % bound;
}

u8 *edu_pattern(struct kunit *test, size_t size)
{
	u8 *bytes = kunit_kzalloc(test, size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	prandom_bytes_state(&edu_random, bytes, size);
	return bytes;
}

struct device *edu_device(void)
{
	return &edu_card->pdev->dev;
}

struct iommu_domain *edu_domain(void)
{
	return iommu_get_domain_for_dev(edu_device());
}

bool edu_is_translated(void)
{
	return edu_domain() && edu_domain()->type & __IOMMU_DOMAIN_PAGING;
}

u64 edu_physical(void *address)
{
	return MmGetPhysicalAddress(address).QuadPart;
}

PVP_DMA_ADAPTER edu_dma_get(struct kunit *test,
			    const VP_DEVICE_DESCRIPTION *description)
{
	VP_DEVICE_DESCRIPTION copy = *description;
	PVP_DMA_ADAPTER dma = VideoPortGetDmaAdapter(edu_card, &copy);

	KUNIT_ASSERT_NOT_NULL(test, dma);
	return dma;
}

void edu_dma_put(PVP_DMA_ADAPTER dma)
{
	VideoPortPutDmaAdapter(edu_card, dma);
}

void edu_expect_within_mask(struct kunit *test, u64 bus, u64 size)
{
	KUNIT_ASSERT_LE(test, bus + size - 1, EDU_DMA_MASK);
}

struct edu_common edu_common_get(struct kunit *test, u32 size)
{
	struct edu_common common = { .dma = edu_dma_get(test, &edu_pieces), .size = size };

	common.memory = VideoPortAllocateCommonBuffer(edu_card, common.dma, size,
						      &common.bus, false, NULL);
	KUNIT_ASSERT_NOT_NULL(test, common.memory);
	edu_expect_within_mask(test, common.bus.QuadPart, size);
	return common;
}

void edu_common_put(const struct edu_common *common)
{
	VideoPortReleaseCommonBuffer(edu_card, common->dma, common->size, common->bus,
				     common->memory, false);
	edu_dma_put(common->dma);
}

static void edu_expect_copy(struct kunit *test, u64 bus, u32 at, u32 length, bool to_device)
{
	KUNIT_ASSERT_TRUE_MSG(test, edu_copy(edu_card, bus, at, length, to_device),
			      "the device hangs");
}

/* Transfer a whole buffer through the device, in parts that fit its memory. */
void edu_expect_round_trips(struct kunit *test, u8 *memory, u64 bus, u32 size)
{
	u8 *bytes = edu_pattern(test, size);
	u32 at;

	memcpy(memory, bytes, size);
	for (at = 0; at < size; at += EDU_STRIDE) {
		edu_expect_copy(test, bus + at, 0, EDU_STRIDE, true);
		memset(memory + at, 0, EDU_STRIDE);
		edu_expect_copy(test, bus + at, 0, EDU_STRIDE, false);
	}
	KUNIT_EXPECT_EQ(test, memcmp(memory, bytes, size), 0);
}

void edu_expect_device_has(struct kunit *test, u32 at, const u8 *bytes, u32 length)
{
	struct edu_common common = edu_common_get(test, PAGE_SIZE);

	edu_expect_copy(test, common.bus.QuadPart, at, length, false);
	KUNIT_EXPECT_EQ(test, memcmp(common.memory, bytes, length), 0);
	edu_common_put(&common);
}

struct edu_way edu_way_open(struct kunit *test, const VP_DEVICE_DESCRIPTION *description,
			    void *memory, u32 size)
{
	struct edu_way way = { .dma = edu_dma_get(test, description) };

	way.mdl = VideoPortLockBuffer(edu_card, memory, size, VpModifyAccess);
	KUNIT_ASSERT_NOT_NULL(test, way.mdl);
	return way;
}

void edu_way_close(const struct edu_way *way)
{
	VideoPortUnlockBuffer(edu_card, way->mdl);
	edu_dma_put(way->dma);
}

/* Run one operation; return how far it came. */
u32 edu_operate(struct kunit *test, const struct edu_way *way, u32 offset, u32 length,
		u32 at, bool to_device)
{
	ULONG part = length;
	VP_STATUS status;

	edu_prepare(edu_card, at, to_device);
	status = VideoPortStartDma(edu_card, way->dma, way->mdl, offset, &part, edu_execute,
				   &part, to_device);
	KUNIT_ASSERT_EQ(test, status, NO_ERROR);
	KUNIT_ASSERT_TRUE_MSG(test, edu_finish(edu_card), "the device hangs");
	KUNIT_EXPECT_EQ(test, edu_card->length_seen, part);
	KUNIT_EXPECT_EQ(test, edu_card->bytes, part);
	KUNIT_EXPECT_EQ(test, edu_card->in_softirq, edu_card->irq != 0);
	KUNIT_ASSERT_GT(test, part, 0U);
	KUNIT_ASSERT_LE(test, part, length);
	KUNIT_ASSERT_LE(test, edu_card->last, EDU_DMA_MASK);
	return part;
}

/* The documented loop; returns how many operations it took. */
unsigned int edu_move(struct kunit *test, const struct edu_way *way, u32 offset,
		      u32 length, u32 at, bool to_device)
{
	unsigned int operations = 0;
	u32 done, part;

	for (done = 0; done < length; done += part) {
		part = edu_operate(test, way, offset + done, length - done, at + done,
				   to_device);
		operations++;
	}
	return operations;
}

/*
 * A part of some memory to the device and from it, with all the rest as it was;
 * returns how many operations it took to the device.
 */
unsigned int edu_expect_moves(struct kunit *test,
			      const VP_DEVICE_DESCRIPTION *description, u8 *memory,
			      u32 size, u32 offset, u32 length)
{
	u32 at = edu_below(EDU_MEMORY_SIZE - length + 1);
	u8 *bytes = edu_pattern(test, size), *others = edu_pattern(test, size);
	struct edu_way way = edu_way_open(test, description, memory, size);
	unsigned int operations;

	memcpy(memory, bytes, size);
	operations = edu_move(test, &way, offset, length, at, true);
	KUNIT_EXPECT_EQ(test, memcmp(memory, bytes, size), 0);
	edu_expect_device_has(test, at, bytes + offset, length);

	memcpy(memory, others, size);
	edu_move(test, &way, offset, length, at, false);
	memcpy(others + offset, bytes + offset, length);
	KUNIT_EXPECT_EQ(test, memcmp(memory, others, size), 0);
	edu_way_close(&way);
	return operations;
}

/*
 * Memory to transfer
 */

void *edu_pool_get(struct kunit *test, size_t size)
{
	void *block = VideoPortAllocatePool(edu_card, VpNonPagedPool, size, EDU_TAG);

	KUNIT_ASSERT_NOT_NULL(test, block);
	return block;
}

void edu_pool_put(void *block)
{
	VideoPortFreePool(edu_card, block);
}

void *edu_contiguous_get(struct kunit *test, size_t size, u64 limit)
{
	const PHYSICAL_ADDRESS highest = { .QuadPart = limit };
	void *memory = VideoPortAllocateContiguousMemory(edu_card, size, highest);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_LE(test, edu_physical(memory) + size - 1, limit);
	return memory;
}

void edu_contiguous_put(void *memory)
{
	VideoPortFreeContiguousMemory(edu_card, memory);
}

struct edu_scattered edu_scattered_get(struct kunit *test)
{
	struct page *pages[EDU_SCATTERED_PAGES];
	struct edu_scattered scattered;
	unsigned int i;

	scattered.first = alloc_pages(GFP_KERNEL, EDU_SCATTERED_ORDER);
	KUNIT_ASSERT_NOT_NULL(test, scattered.first);
	for (i = 0; i < EDU_SCATTERED_PAGES; i++)
		pages[i] = scattered.first + 2 * i;
	scattered.memory = vmap(pages, EDU_SCATTERED_PAGES, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, scattered.memory);
	return scattered;
}

void edu_scattered_put(const struct edu_scattered *scattered)
{
	vunmap(scattered->memory);
	__free_pages(scattered->first, EDU_SCATTERED_ORDER);
}

void edu_enable_irq_of(struct kunit *test, unsigned int type)
{
	KUNIT_ASSERT_EQ(test, edu_irq_enable(edu_card, type), 0);
}
