// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA by a device that really moves the bytes. What an operation has put into the
 * device is read back through a common buffer, which is proved first.
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/iommu.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <kunit/test.h>

#include "core/compat.h"
#include "edu.h"
#include "core/testing.h"

#define SEED		0x65647531
#define VIEW_ROOM	SZ_4K
#define ROOM		(4 * PAGE_SIZE)
#define STRIDE		(PAGE_SIZE / 2)
#define TAG		0x75644520		/* shown as " Edu" */

static const VP_DEVICE_DESCRIPTION lists = {
	.ScatterGather = true, .Dma32BitAddresses = true,
};

static const VP_DEVICE_DESCRIPTION pieces = { .Dma32BitAddresses = true };

static struct edu *edu;

/*
 * Seeded once for all tests, so that none finds its own bytes in the device before
 * it has put them there.
 */
static struct rnd_state random;

/*
 * The fixture: vpmem has nothing to complain of in any test, and nothing is left.
 */

static void read_view(struct kunit *test, const char *name, char *text)
{
	KUNIT_ASSERT_GT(test, vpmem_view(edu, name, text, VIEW_ROOM), 0);
}

static char *new_text(struct kunit *test)
{
	char *text = kunit_kzalloc(test, VIEW_ROOM, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, text);
	return text;
}

static int edu_init(struct kunit *test)
{
	KUNIT_ASSERT_NOT_NULL_MSG(test, edu, "there is no edu device");
	test->priv = new_text(test);
	read_view(test, "events", test->priv);
	return 0;
}

static void expect_empty(struct kunit *test, const char *name, char *text)
{
	read_view(test, name, text);
	KUNIT_EXPECT_EQ_MSG(test, strchrnul(text, '\n')[1], 0, "left: %s", text);
}

static void edu_exit(struct kunit *test)
{
	char *text;

	if (!edu || !test->priv)
		return;
	edu_irq_disable(edu);
	text = new_text(test);
	expect_empty(test, "regions", text);
	expect_empty(test, "dma", text);
	read_view(test, "events", text);
	KUNIT_EXPECT_STREQ(test, text, (char *)test->priv);
}

static int edu_suite_init(struct kunit_suite *suite)
{
	prandom_seed_state(&random, SEED);
	edu = edu_register();
	return 0;
}

static void edu_suite_exit(struct kunit_suite *suite)
{
	edu_unregister();
	edu = NULL;
}

/*
 * Bytes, and where they are
 */

static u32 below(u32 bound)
{
	return prandom_u32_state(&random) % bound;
}

static u8 *pattern(struct kunit *test, size_t size)
{
	u8 *bytes = kunit_kzalloc(test, size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	prandom_bytes_state(&random, bytes, size);
	return bytes;
}

static struct device *device(void)
{
	return &edu->pdev->dev;
}

static struct iommu_domain *domain(void)
{
	return iommu_get_domain_for_dev(device());
}

static bool is_translated(void)
{
	return domain() && domain()->type & __IOMMU_DOMAIN_PAGING;
}

static void need_translation(struct kunit *test)
{
	if (!is_translated())
		kunit_skip(test, "no IOMMU translates what this device sees");
}

static u64 physical(void *address)
{
	return MmGetPhysicalAddress(address).QuadPart;
}

static PVP_DMA_ADAPTER dma_get(struct kunit *test,
			       const VP_DEVICE_DESCRIPTION *description)
{
	VP_DEVICE_DESCRIPTION copy = *description;
	PVP_DMA_ADAPTER dma = VideoPortGetDmaAdapter(edu, &copy);

	KUNIT_ASSERT_NOT_NULL(test, dma);
	return dma;
}

static void dma_put(PVP_DMA_ADAPTER dma)
{
	VideoPortPutDmaAdapter(edu, dma);
}

static void expect_within_mask(struct kunit *test, u64 bus, u64 size)
{
	KUNIT_ASSERT_LE(test, bus + size - 1, EDU_DMA_MASK);
}

/*
 * Common buffers
 */

struct common {
	PVP_DMA_ADAPTER dma;
	void *memory;
	PHYSICAL_ADDRESS bus;
	u32 size;
};

static struct common common_get(struct kunit *test, u32 size)
{
	struct common common = { .dma = dma_get(test, &pieces), .size = size };

	common.memory = VideoPortAllocateCommonBuffer(edu, common.dma, size,
						      &common.bus, false, NULL);
	KUNIT_ASSERT_NOT_NULL(test, common.memory);
	expect_within_mask(test, common.bus.QuadPart, size);
	return common;
}

static void common_put(const struct common *common)
{
	VideoPortReleaseCommonBuffer(edu, common->dma, common->size, common->bus,
				     common->memory, false);
	dma_put(common->dma);
}

static void copy(struct kunit *test, u64 bus, u32 at, u32 length, bool to_device)
{
	KUNIT_ASSERT_TRUE_MSG(test, edu_copy(edu, bus, at, length, to_device),
			      "the device hangs");
}

/* All of a buffer through the device, in parts that it can hold. */
static void expect_round_trips(struct kunit *test, u8 *memory, u64 bus, u32 size)
{
	u8 *bytes = pattern(test, size);
	u32 at;

	memcpy(memory, bytes, size);
	for (at = 0; at < size; at += STRIDE) {
		copy(test, bus + at, 0, STRIDE, true);
		memset(memory + at, 0, STRIDE);
		copy(test, bus + at, 0, STRIDE, false);
	}
	KUNIT_EXPECT_EQ(test, memcmp(memory, bytes, size), 0);
}

static void expect_device_has(struct kunit *test, u32 at, const u8 *bytes, u32 length)
{
	struct common common = common_get(test, PAGE_SIZE);

	copy(test, common.bus.QuadPart, at, length, false);
	KUNIT_EXPECT_EQ(test, memcmp(common.memory, bytes, length), 0);
	common_put(&common);
}

/*
 * Operations
 */

struct way {
	PVP_DMA_ADAPTER dma;
	void *mdl;
};

static struct way way_open(struct kunit *test, const VP_DEVICE_DESCRIPTION *description,
			   void *memory, u32 size)
{
	struct way way = { .dma = dma_get(test, description) };

	way.mdl = VideoPortLockBuffer(edu, memory, size, VpModifyAccess);
	KUNIT_ASSERT_NOT_NULL(test, way.mdl);
	return way;
}

static void way_close(const struct way *way)
{
	VideoPortUnlockBuffer(edu, way->mdl);
	dma_put(way->dma);
}

/* One operation; returns how far it came. */
static u32 operate(struct kunit *test, const struct way *way, u32 offset, u32 length,
		   u32 at, bool to_device)
{
	ULONG part = length;
	VP_STATUS status;

	edu_prepare(edu, at, to_device);
	status = VideoPortStartDma(edu, way->dma, way->mdl, offset, &part, edu_execute,
				   &part, to_device);
	KUNIT_ASSERT_EQ(test, status, NO_ERROR);
	KUNIT_ASSERT_TRUE_MSG(test, edu_finish(edu), "the device hangs");
	KUNIT_EXPECT_EQ(test, edu->length_seen, part);
	KUNIT_EXPECT_EQ(test, edu->bytes, part);
	KUNIT_EXPECT_EQ(test, edu->in_softirq, edu->irq != 0);
	KUNIT_ASSERT_GT(test, part, 0U);
	KUNIT_ASSERT_LE(test, part, length);
	KUNIT_ASSERT_LE(test, edu->last, EDU_DMA_MASK);
	return part;
}

/* The documented loop; returns how many operations it took. */
static unsigned int move(struct kunit *test, const struct way *way, u32 offset,
			 u32 length, u32 at, bool to_device)
{
	unsigned int operations = 0;
	u32 done, part;

	for (done = 0; done < length; done += part) {
		part = operate(test, way, offset + done, length - done, at + done,
			       to_device);
		operations++;
	}
	return operations;
}

/*
 * A part of some memory to the device and from it, with all the rest as it was;
 * returns how many operations it took to the device.
 */
static unsigned int expect_moves(struct kunit *test,
				 const VP_DEVICE_DESCRIPTION *description, u8 *memory,
				 u32 size, u32 offset, u32 length)
{
	u32 at = below(EDU_MEMORY_SIZE - length + 1);
	u8 *bytes = pattern(test, size), *others = pattern(test, size);
	struct way way = way_open(test, description, memory, size);
	unsigned int operations;

	memcpy(memory, bytes, size);
	operations = move(test, &way, offset, length, at, true);
	KUNIT_EXPECT_EQ(test, memcmp(memory, bytes, size), 0);
	expect_device_has(test, at, bytes + offset, length);

	memcpy(memory, others, size);
	move(test, &way, offset, length, at, false);
	memcpy(others + offset, bytes + offset, length);
	KUNIT_EXPECT_EQ(test, memcmp(memory, others, size), 0);
	way_close(&way);
	return operations;
}

/*
 * Memory to transfer
 */

static void *pool_get(struct kunit *test, size_t size)
{
	void *block = VideoPortAllocatePool(edu, VpNonPagedPool, size, TAG);

	KUNIT_ASSERT_NOT_NULL(test, block);
	return block;
}

static void pool_put(void *block)
{
	VideoPortFreePool(edu, block);
}

static void *contiguous_get(struct kunit *test, size_t size, u64 limit)
{
	const PHYSICAL_ADDRESS highest = { .QuadPart = limit };
	void *memory = VideoPortAllocateContiguousMemory(edu, size, highest);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_LE(test, physical(memory) + size - 1, limit);
	return memory;
}

static void contiguous_put(void *memory)
{
	VideoPortFreeContiguousMemory(edu, memory);
}

/* Mapped as vmalloc memory is, from pages of which no two are neighbours. */
#define SCATTERED_PAGES		(ROOM / PAGE_SIZE)
#define SCATTERED_ORDER		get_order(2 * ROOM)

struct scattered {
	struct page *first;
	u8 *memory;
};

static struct scattered scattered_get(struct kunit *test)
{
	struct page *pages[SCATTERED_PAGES];
	struct scattered scattered;
	unsigned int i;

	scattered.first = alloc_pages(GFP_KERNEL, SCATTERED_ORDER);
	KUNIT_ASSERT_NOT_NULL(test, scattered.first);
	for (i = 0; i < SCATTERED_PAGES; i++)
		pages[i] = scattered.first + 2 * i;
	scattered.memory = vmap(pages, SCATTERED_PAGES, VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, scattered.memory);
	return scattered;
}

static void scattered_put(const struct scattered *scattered)
{
	vunmap(scattered->memory);
	__free_pages(scattered->first, SCATTERED_ORDER);
}

/*
 * The device
 */

/* EDU-01: The device answers, and counts */
static void edu_01_the_device_is_alive(struct kunit *test)
{
	u32 value = prandom_u32_state(&random);

	KUNIT_EXPECT_EQ(test, edu_read(edu, EDU_IDENTIFICATION), 0x010000edU);
	edu_write(edu, EDU_LIVENESS, value);
	KUNIT_EXPECT_EQ(test, edu_read(edu, EDU_LIVENESS), ~value);
	KUNIT_EXPECT_EQ(test, edu_factorial(edu, 10), 3628800U);
}

struct edu_irq {
	const char *name;
	unsigned int type;
};

static const struct edu_irq edu_irqs[] = {
	{ "MSI", PCI_IRQ_MSI },
	{ "INTx", PCI_IRQ_INTX },
};

static void irq_name(const struct edu_irq *irq, char *name)
{
	strscpy(name, irq->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(irq, edu_irqs, irq_name);

static void enable_irq_of(struct kunit *test, unsigned int type)
{
	KUNIT_ASSERT_EQ(test, edu_irq_enable(edu, type), 0);
}

/* EDU-02: Its interrupts arrive, MSI and INTx */
static void edu_02_its_interrupts_arrive(struct kunit *test)
{
	const struct edu_irq *irq = test->param_value;

	enable_irq_of(test, irq->type);
	edu_write(edu, EDU_IRQ_RAISE, 0x21);
	KUNIT_EXPECT_NE(test, wait_for_completion_timeout(&edu->interrupted,
							  EDU_PATIENCE), 0UL);
	KUNIT_EXPECT_EQ(test, edu->raised, 0x21U);
	KUNIT_EXPECT_EQ(test, edu_read(edu, EDU_IRQ_STATUS), 0U);
}

/*
 * EDU-03: A DMA adapter of 64 bits does not widen the 28 bits that the driver has set,
 * one of 24 narrows them as long as it lives
 */
static void edu_03_its_mask_holds(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION far = { .Dma64BitAddresses = true };
	const VP_DEVICE_DESCRIPTION near = { };
	PVP_DMA_ADAPTER dma[2];

	dma[0] = dma_get(test, &far);
	KUNIT_EXPECT_EQ(test, dma_get_mask(device()), EDU_DMA_MASK);
	KUNIT_EXPECT_EQ(test, device()->coherent_dma_mask, EDU_DMA_MASK);
	dma[1] = dma_get(test, &near);
	KUNIT_EXPECT_EQ(test, dma_get_mask(device()), DMA_BIT_MASK(24));
	dma_put(dma[1]);
	KUNIT_EXPECT_EQ(test, dma_get_mask(device()), EDU_DMA_MASK);
	dma_put(dma[0]);
	KUNIT_EXPECT_EQ(test, dma_get_mask(device()), EDU_DMA_MASK);
	KUNIT_EXPECT_EQ(test, device()->coherent_dma_mask, EDU_DMA_MASK);
}

/*
 * Common buffers and contiguous memory
 */

/*
 * EDU-04: A common buffer of a page goes to the device and comes back, at an address
 * within 28 bits
 */
static void edu_04_common_buffer(struct kunit *test)
{
	struct common common = common_get(test, PAGE_SIZE);

	expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	common_put(&common);
}

/* EDU-05: So does each part of one of 64 KiB */
static void edu_05_parts_of_a_large_common_buffer(struct kunit *test)
{
	struct common common = common_get(test, SZ_64K);

	expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	common_put(&common);
}

/* On an adapter of its own, with which the DMA adapter ends that the call gets. */
/*
 * EDU-40: A device transfers to both ends of a common buffer of 8 MiB
 *
 * Beyond the page allocator, where there is no CMA area and no IOMMU.
 */
static void edu_40_common_buffer_of_8_mib(struct kunit *test)
{
	struct common common = common_get(test, SZ_8M);

	KUNIT_EXPECT_NULL(test, memchr_inv(common.memory, 0, SZ_8M));
	expect_round_trips(test, common.memory, common.bus.QuadPart, STRIDE);
	expect_round_trips(test, common.memory + SZ_8M - STRIDE,
			   common.bus.QuadPart + SZ_8M - STRIDE, STRIDE);
	common_put(&common);
}

/* EDU-06: So does one of VideoPortGetCommonBuffer */
static void edu_06_get_common_buffer(struct kunit *test)
{
	void *ext = vpmem_attach(device(), 0);
	PHYSICAL_ADDRESS bus;
	ULONG actual;
	void *memory;

	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	memory = VideoPortGetCommonBuffer(ext, PAGE_SIZE, PAGE_SIZE, &bus, &actual, false);
	KUNIT_EXPECT_NOT_NULL(test, memory);
	if (memory) {
		expect_within_mask(test, bus.QuadPart, PAGE_SIZE);
		expect_round_trips(test, memory, bus.QuadPart, PAGE_SIZE);
		VideoPortFreeCommonBuffer(ext, actual, memory, bus, false);
	}
	vpmem_detach(ext);
}

/*
 * EDU-07: Contiguous memory within 28 bits is transferred in one operation, also without
 * scatter/gather
 *
 * It is one piece to every device, also to one without lists.
 */
static void edu_07_contiguous_memory(struct kunit *test)
{
	void *memory = contiguous_get(test, ROOM, EDU_DMA_MASK);

	KUNIT_EXPECT_EQ(test, expect_moves(test, &pieces, memory, ROOM, 100,
					   EDU_MEMORY_SIZE), 1U);
	KUNIT_EXPECT_EQ(test, expect_moves(test, &lists, memory, ROOM, 3000,
					   EDU_MEMORY_SIZE), 1U);
	contiguous_put(memory);
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
		block = pool_get(test, sizes[i]);
		KUNIT_EXPECT_EQ(test, expect_moves(test, &pieces, block, sizes[i], 0,
						   min_t(u32, sizes[i],
							 EDU_MEMORY_SIZE)), 1U);
		pool_put(block);
	}
}

/*
 * EDU-09: Without scatter/gather, scattered pages are transferred by a loop: one
 * operation for each run of pages, or one where an IOMMU joins them
 *
 * Over the end of a page: two operations, or one where an IOMMU joins the pages.
 */
static void edu_09_scattered_memory_in_pieces(struct kunit *test)
{
	struct scattered scattered = scattered_get(test);
	unsigned int operations;

	operations = expect_moves(test, &pieces, scattered.memory, ROOM, 3000,
				  EDU_MEMORY_SIZE);
	KUNIT_EXPECT_EQ(test, operations, is_translated() ? 1U : 2U);
	scattered_put(&scattered);
}

/* EDU-10: With it by one operation, with an element for each run */
static void edu_10_scattered_memory_by_lists(struct kunit *test)
{
	struct scattered scattered = scattered_get(test);
	unsigned int operations;

	operations = expect_moves(test, &lists, scattered.memory, ROOM, 3000,
				  EDU_MEMORY_SIZE);
	KUNIT_EXPECT_EQ(test, operations, 1U);
	KUNIT_EXPECT_EQ(test, edu->elements, is_translated() ? 1U : 2U);
	scattered_put(&scattered);
}

/* EDU-11: So is vmalloc memory, both ways */
static void edu_11_vmalloc(struct kunit *test)
{
	u8 *memory = vmalloc(ROOM);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	expect_moves(test, &pieces, memory, ROOM, 2 * PAGE_SIZE - 1, EDU_MEMORY_SIZE);
	expect_moves(test, &lists, memory, ROOM, 2 * PAGE_SIZE - 1, EDU_MEMORY_SIZE);
	vfree(memory);
}

/* EDU-12: No operation exceeds MaximumLength */
static void edu_12_maximum_length(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION short_lists = {
		.ScatterGather = true, .MaximumLength = 1500,
	};
	void *block = pool_get(test, ROOM);

	KUNIT_EXPECT_EQ(test, expect_moves(test, &short_lists, block, ROOM, 10,
					   EDU_MEMORY_SIZE), 3U);
	pool_put(block);
}

/* EDU-13: Exactly the bytes of Offset and Length are transferred */
static void edu_13_offset_and_length(struct kunit *test)
{
	static const u32 parts[][2] = {
		{ 0, 1 }, { 1, 1 }, { 3, 5 }, { 4095, 1 }, { 4095, 2 }, { 4096, 4095 },
		{ 8191, 4095 }, { ROOM - 1, 1 }, { ROOM - 33, 33 },
	};
	void *block = pool_get(test, ROOM);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		expect_moves(test, i % 2 ? &lists : &pieces, block, ROOM, parts[i][0],
			     parts[i][1]);
	pool_put(block);
}

/*
 * EDU-14: An operation can be completed by a DPC that an interrupt has queued
 *
 * That it was completed in a softirq is looked at after each operation.
 */
static void edu_14_completed_by_interrupt(struct kunit *test)
{
	const struct edu_irq *irq = test->param_value;
	struct scattered scattered = scattered_get(test);
	void *block = pool_get(test, ROOM);

	enable_irq_of(test, irq->type);
	expect_moves(test, &pieces, block, ROOM, 10, EDU_MEMORY_SIZE);
	expect_moves(test, &pieces, scattered.memory, ROOM, 10, EDU_MEMORY_SIZE);
	expect_moves(test, &lists, scattered.memory, ROOM, 10, EDU_MEMORY_SIZE);
	pool_put(block);
	scattered_put(&scattered);
}

/*
 * A random walk: what each block and the device must have is known at any time.
 */

#define WALK_BLOCKS	4
#define WALK_STEPS	80

struct walk_block {
	struct way way;
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
	{ "polled, in pieces", 0, &pieces },
	{ "polled, by lists", 0, &lists },
	{ "interrupts, in pieces", PCI_IRQ_MSI, &pieces },
	{ "interrupts, by lists", PCI_IRQ_MSI, &lists },
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
	block->expected = pattern(test, size);
	memcpy(memory, block->expected, size);
	block->way = way_open(test, description, memory, size);
}

static void block_to_device(struct kunit *test, struct walk *walk,
			    struct walk_block *block, u32 offset, u32 length, u32 at)
{
	prandom_bytes_state(&random, block->memory, block->size);
	memcpy(block->expected, block->memory, block->size);
	memcpy(walk->device + at, block->expected + offset, length);
	move(test, &block->way, offset, length, at, true);
}

static void block_from_device(struct kunit *test, struct walk *walk,
			      struct walk_block *block, u32 offset, u32 length, u32 at)
{
	memcpy(block->expected + offset, walk->device + at, length);
	move(test, &block->way, offset, length, at, false);
}

static void walk_step(struct kunit *test, struct walk *walk)
{
	struct walk_block *block = &walk->blocks[below(WALK_BLOCKS)];
	u32 length = 1 + below(min_t(u32, block->size, EDU_MEMORY_SIZE));
	u32 offset = below(block->size - length + 1);
	u32 at = below(EDU_MEMORY_SIZE - length + 1);

	if (below(2))
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

	walk->device = pattern(test, EDU_MEMORY_SIZE);
	memcpy(walk->blocks[0].memory, walk->device, EDU_MEMORY_SIZE);
	memcpy(walk->blocks[0].expected, walk->device, EDU_MEMORY_SIZE);
	move(test, &walk->blocks[0].way, 0, EDU_MEMORY_SIZE, 0, true);
	for (i = 0; i < WALK_STEPS; i++)
		walk_step(test, walk);
	expect_device_has(test, 0, walk->device, EDU_MEMORY_SIZE);
	for (i = 0; i < WALK_BLOCKS; i++) {
		KUNIT_EXPECT_EQ(test, memcmp(walk->blocks[i].memory,
					     walk->blocks[i].expected,
					     walk->blocks[i].size), 0);
		way_close(&walk->blocks[i].way);
	}
}

/*
 * EDU-15: 320 random transfers, polled and by interrupts, in pieces and by lists, leave
 * in memory and in the device what they should
 */
static void edu_15_random_transfers(struct kunit *test)
{
	const struct walk_mode *mode = test->param_value;
	struct scattered scattered = scattered_get(test);
	void *contiguous = contiguous_get(test, 2 * PAGE_SIZE, EDU_DMA_MASK);
	void *small = pool_get(test, 200), *large = pool_get(test, ROOM);
	struct walk walk;

	if (mode->irq)
		enable_irq_of(test, mode->irq);
	block_open(test, &walk.blocks[0], large, ROOM, mode->description);
	block_open(test, &walk.blocks[1], small, 200, mode->description);
	block_open(test, &walk.blocks[2], contiguous, 2 * PAGE_SIZE, mode->description);
	block_open(test, &walk.blocks[3], scattered.memory, ROOM, mode->description);
	walk_all(test, &walk);
	pool_put(large);
	pool_put(small);
	contiguous_put(contiguous);
	scattered_put(&scattered);
}

/*
 * Behind an IOMMU
 */

/*
 * EDU-16: Behind an IOMMU the address of a common buffer is the device's, not that of
 * memory
 */
static void edu_16_behind_an_iommu(struct kunit *test)
{
	struct common common;

	need_translation(test);
	common = common_get(test, PAGE_SIZE);
	KUNIT_EXPECT_NE(test, (u64)common.bus.QuadPart, physical(common.memory));
	KUNIT_EXPECT_EQ(test, (u64)iommu_iova_to_phys(domain(), common.bus.QuadPart),
			physical(common.memory));
	expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	common_put(&common);
}

/*
 * EDU-17: There, the limit of contiguous memory still bounds the physical address
 *
 * Else it could be anywhere, since the device sees it elsewhere.
 */
static void edu_17_limit_is_physical_behind_an_iommu(struct kunit *test)
{
	static const u8 bits[] = { 24, 27, 28 };
	struct way way;
	unsigned int i;
	void *memory;

	need_translation(test);
	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		memory = contiguous_get(test, ROOM, DMA_BIT_MASK(bits[i]));
		way = way_open(test, &pieces, memory, ROOM);
		operate(test, &way, 0, EDU_MEMORY_SIZE, 0, true);
		KUNIT_EXPECT_NE(test, edu->first, physical(memory));
		way_close(&way);
		contiguous_put(memory);
	}
}

#define BEYOND_ORDER		8

/* Memory that the device could not reach; what comes before it is given back. */
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
	expect_moves(test, &pieces, page_address(page), ROOM, 100, EDU_MEMORY_SIZE);
	expect_moves(test, &lists, page_address(page), ROOM, 100, EDU_MEMORY_SIZE);
	__free_pages(page, BEYOND_ORDER);
}

/*
 * Another driver for it
 */

static void lend_device(struct kunit *test, void (*borrow)(struct kunit *test))
{
	edu_unregister();
	edu = NULL;
	borrow(test);
	edu = edu_register();
	KUNIT_ASSERT_NOT_NULL(test, edu);
}

/*
 * EDU-19: A miniport's HwInterrupt is called for the interrupts of the device, with
 * interrupts off, and queues its DPC; VpHighPriority keeps it out;
 * VideoPortDisableInterrupt ends it and VideoPortEnableInterrupt brings it back
 */
static void edu_19_interrupts_of_a_miniport(struct kunit *test)
{
	lend_device(test, edu_port_interrupts);
}

/* EDU-20: A miniport that clears the interrupt of its ConfigInfo has none */
static void edu_20_miniport_without_interrupt(struct kunit *test)
{
	lend_device(test, edu_port_without_interrupt);
}

/*
 * The end of a driver with a transfer under way
 */

static void expect_device_works(struct kunit *test)
{
	struct common common = common_get(test, PAGE_SIZE);

	expect_round_trips(test, common.memory, common.bus.QuadPart, common.size);
	common_put(&common);
}

static const struct edu_end hand_ends[] = {
	{ "unbound" },
	{ "unbound, managed", .managed = true },
	{ "probe fails", .fails_probe = true },
	{ "probe fails, managed", .fails_probe = true, .managed = true },
};

static const struct edu_end miniport_ends[] = {
	{ "unbound" },
	{ "HwFindAdapter fails", .fails_find = true },
	{ "HwInitialize fails", .fails_initialize = true },
	{ "the first of two entries fails", .fails_first = true },
	{ "the first of two entries fails while it transfers", .fails_first = true,
	  .first_transfers = true },
};

static void end_name(const struct edu_end *end, char *name)
{
	strscpy(name, end->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(hand_end, hand_ends, end_name);
KUNIT_ARRAY_PARAM(miniport_end, miniport_ends, end_name);

/*
 * EDU-21: A transfer that is under way at the detach, by hand or by devres, does not
 * write to memory that is freed, also in a probe that fails: bus mastering is off then.
 * After another bind the device transfers again
 */
static void edu_21_detached_while_it_transfers(struct kunit *test)
{
	lend_device(test, edu_master_by_hand);
	expect_device_works(test);
}

/*
 * EDU-22: Neither does one of a miniport that is unbound, or whose HwFindAdapter or
 * HwInitialize fails. Where the HwFindAdapter of the first of two entries fails, the
 * second is called and can transfer; if a transfer of the first is under way, its memory
 * is not freed
 */
static void edu_22_miniport_ends_while_it_transfers(struct kunit *test)
{
	lend_device(test, edu_master_miniport);
	expect_device_works(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(edu_01_the_device_is_alive),
	KUNIT_CASE_PARAM(edu_02_its_interrupts_arrive, irq_gen_params),
	KUNIT_CASE(edu_03_its_mask_holds),
	KUNIT_CASE(edu_04_common_buffer),
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
	KUNIT_CASE_PARAM(edu_14_completed_by_interrupt, irq_gen_params),
	KUNIT_CASE_PARAM(edu_15_random_transfers, walk_mode_gen_params),
	KUNIT_CASE(edu_16_behind_an_iommu),
	KUNIT_CASE(edu_17_limit_is_physical_behind_an_iommu),
	KUNIT_CASE(edu_18_memory_beyond_its_mask),
	KUNIT_CASE(edu_19_interrupts_of_a_miniport),
	KUNIT_CASE(edu_20_miniport_without_interrupt),
	KUNIT_CASE_PARAM(edu_21_detached_while_it_transfers, hand_end_gen_params),
	KUNIT_CASE_PARAM(edu_22_miniport_ends_while_it_transfers, miniport_end_gen_params),
	{ }
};

static struct kunit_suite edu_suite = {
	.name = "edu",
	.suite_init = edu_suite_init,
	.suite_exit = edu_suite_exit,
	.init = edu_init,
	.exit = edu_exit,
	.test_cases = cases,
};

kunit_test_suites(&edu_suite);

MODULE_DESCRIPTION("KUnit tests of vpmem on a device that QEMU emulates");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
