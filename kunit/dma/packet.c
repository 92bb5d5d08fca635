// SPDX-License-Identifier: GPL-2.0-only
/*
 * Operations on locked buffers: their start, and the list that the device gets.
 */
#include <linux/dma-mapping.h>
#include <linux/mman.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/packet.h"

static struct device *device(struct kunit *test)
{
	return ((struct vt_fixture *)test->priv)->dev;
}

static bool page_is_alone(const u8 *memory, size_t page)
{
	return vmalloc_to_pfn(memory + (page + 1) * PAGE_SIZE) !=
	       vmalloc_to_pfn(memory + page * PAGE_SIZE) + 1;
}

static size_t first_run(const u8 *memory, size_t pages)
{
	size_t vt_packet_run = 1;

	while (vt_packet_run < pages && !page_is_alone(memory, vt_packet_run - 1))
		vt_packet_run++;
	return vt_packet_run;
}

/* PACKET-34: StartDma calls HwVidExecuteDma once, with its arguments */
static void packet_34_callback(struct kunit *test)
{
	struct vt_packet pt;
	ULONG length = VT_LENGTH;
	struct vt_seen seen;

	vt_packet_begin(test, &pt, &vt_lists);
	KUNIT_EXPECT_EQ(test, vt_try(test, pt.dma, pt.mdl, 0, &length, true, &seen),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, seen.calls, 1U);
	KUNIT_EXPECT_PTR_EQ(test, seen.ext, vt_ext(test));
	KUNIT_EXPECT_PTR_EQ(test, seen.dma, pt.dma);
	KUNIT_ASSERT_NOT_NULL(test, seen.list);
	vt_complete(test, pt.dma, seen.list, true);
	vt_packet_end(test, &pt);
}

/* PACKET-35: HwVidExecuteDma runs at DISPATCH_LEVEL */
static void packet_35_callback_at_dispatch(struct kunit *test)
{
	struct vt_packet pt;
	ULONG length = VT_LENGTH;
	struct vt_seen seen;

	vt_packet_begin(test, &pt, &vt_lists);
	KUNIT_EXPECT_EQ(test, vt_try(test, pt.dma, pt.mdl, 0, &length, true, &seen),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, seen.atomic);
	KUNIT_EXPECT_FALSE(test, in_softirq());
	vt_complete(test, pt.dma, seen.list, true);
	vt_packet_end(test, &pt);
}

/* PACKET-36: \*pLength is valid in there */
static void packet_36_length_within_callback(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION bounded = vt_lists;
	struct vt_packet pt;
	ULONG length = VT_LENGTH;
	struct vt_seen seen;

	bounded.MaximumLength = 1000;
	vt_packet_begin(test, &pt, &bounded);
	KUNIT_EXPECT_EQ(test, vt_try(test, pt.dma, pt.mdl, 0, &length, true, &seen),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, seen.length_seen, (ULONG)1000);
	KUNIT_EXPECT_EQ(test, length, (ULONG)1000);
	vt_complete(test, pt.dma, seen.list, true);
	vt_packet_end(test, &pt);
}

/* PACKET-37: Offset and \*pLength choose the part */
static void packet_37_offset_and_length(struct kunit *test)
{
	static const ULONG offsets[] = {
		0, 1, PAGE_SIZE - VT_SHIFT - 1, PAGE_SIZE - VT_SHIFT, PAGE_SIZE,
		2 * PAGE_SIZE + 17, VT_LENGTH - 1,
	};
	static const ULONG lengths[] = { 1, 5, PAGE_SIZE, PAGE_SIZE + 1, VT_LENGTH };
	u8 *bytes = vt_pattern(test, VT_LENGTH, 4), *found = vt_pattern(test, VT_LENGTH, 0);
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;
	unsigned int i, j;
	ULONG length;

	vt_packet_begin(test, &pt, &vt_lists);
	memcpy(pt.memory + VT_SHIFT, bytes, VT_LENGTH);
	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		for (j = 0; j < ARRAY_SIZE(lengths); j++) {
			length = min_t(ULONG, lengths[j], VT_LENGTH - offsets[i]);
			list = vt_start(test, pt.dma, pt.mdl, offsets[i], &length, true);
			KUNIT_EXPECT_EQ(test, length,
					min_t(ULONG, lengths[j], VT_LENGTH - offsets[i]));
			KUNIT_EXPECT_EQ(test, vt_list_bytes(list), (u64)length);
			vt_device_read(list, found);
			KUNIT_EXPECT_EQ(test, memcmp(found, bytes + offsets[i], length), 0);
			vt_complete(test, pt.dma, list, true);
		}
	}
	vt_packet_end(test, &pt);
}

/* PACKET-38: With ScatterGather: an element for each contiguous piece */
static void packet_38_several_elements(struct kunit *test)
{
	ULONG length = 64 * PAGE_SIZE, i, expected = 1;
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;

	vt_packet_begin_with(test, &pt, &vt_lists, 64, 0, length);
	for (i = 0; i < 63; i++)
		expected += page_is_alone(pt.memory, i);
	list = vt_start(test, pt.dma, pt.mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, expected);
	KUNIT_EXPECT_EQ(test, list->Reserved, (ULONG_PTR)0);
	KUNIT_EXPECT_EQ(test, vt_list_bytes(list), 64ULL * PAGE_SIZE);
	vt_complete(test, pt.dma, list, true);
	vt_packet_end(test, &pt);
}

/* PACKET-39: Without: one element, and \*pLength shortened to it */
static void packet_39_one_element(struct kunit *test)
{
	ULONG length = 63 * PAGE_SIZE, expected;
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;

	vt_packet_begin_with(test, &pt, &vt_pieces, 64, VT_SHIFT, length);
	expected = min_t(ULONG, first_run(pt.memory, 64) * PAGE_SIZE - VT_SHIFT, length);
	list = vt_start(test, pt.dma, pt.mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, (ULONG)1);
	KUNIT_EXPECT_EQ(test, list->Elements[0].Length, length);
	KUNIT_EXPECT_EQ(test, length, expected);
	vt_complete(test, pt.dma, list, true);
	vt_packet_end(test, &pt);
}

/*
 * PACKET-40: The loop of start and complete transfers everything
 *
 * Drivers repeat start and completion in a loop like this.
 */
static void packet_40_loop_without_scatter_gather(struct kunit *test)
{
	u8 *bytes = vt_pattern(test, VT_LENGTH, 5), *found = vt_pattern(test, VT_LENGTH, 0);
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;
	ULONG done, length;

	vt_packet_begin(test, &pt, &vt_pieces);
	memcpy(pt.memory + VT_SHIFT, bytes, VT_LENGTH);
	for (done = 0; done < VT_LENGTH; done += length) {
		length = VT_LENGTH - done;
		list = vt_start(test, pt.dma, pt.mdl, done, &length, true);
		KUNIT_ASSERT_GT(test, length, (ULONG)0);
		KUNIT_ASSERT_LE(test, length, (ULONG)VT_LENGTH - done);
		vt_device_read(list, found + done);
		vt_complete(test, pt.dma, list, true);
	}
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, VT_LENGTH), 0);
	vt_packet_end(test, &pt);
}

/* PACKET-41: Contiguous memory is one element, as far as it need not be bounced */
static void packet_41_contiguous_is_one_element(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_pieces);
	void *memory, *mdl;
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = SZ_512K, expected;

	/* Limit of a mapping by bounce buffers. */
	expected = min_t(size_t, SZ_512K, dma_max_mapping_size(device(test)) & PAGE_MASK);
	memory = VideoPortAllocateContiguousMemory(vt_ext(test), SZ_512K, vt_anywhere);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	mdl = vt_lock(test, memory, SZ_512K);
	list = vt_start(test, dma, mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, length, expected);
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, (ULONG)1);
	vt_complete(test, dma, list, true);
	vt_unlock(test, mdl);
	VideoPortFreeContiguousMemory(vt_ext(test), memory);
}

/* PACKET-42: MaximumLength bounds an operation; 0 does not */
static void packet_42_maximum_length(struct kunit *test)
{
	static const ULONG bounds[] = {
		1, PAGE_SIZE - 1, PAGE_SIZE, PAGE_SIZE + 1, VT_LENGTH - 1, VT_LENGTH,
		VT_LENGTH + 1, 0, 0xffffffff,
	};
	VP_DEVICE_DESCRIPTION bounded = vt_lists;
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;
	ULONG length, expected;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bounds); i++) {
		bounded.MaximumLength = bounds[i];
		vt_packet_begin(test, &pt, &bounded);
		length = VT_LENGTH;
		expected = bounds[i] ? min_t(ULONG, bounds[i], VT_LENGTH) : VT_LENGTH;
		list = vt_start(test, pt.dma, pt.mdl, 0, &length, true);
		KUNIT_EXPECT_EQ(test, length, expected);
		KUNIT_EXPECT_EQ(test, vt_list_bytes(list), (u64)expected);
		vt_complete(test, pt.dma, list, true);
		vt_packet_end(test, &pt);
	}
}

/*
 * PACKET-43: The device's segment bound is the largest MaximumLength alive, and is
 * restored
 */
static void packet_43_segment_bound(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION small = { .Dma64BitAddresses = true,
					      .MaximumLength = PAGE_SIZE };
	unsigned int before = dma_get_max_seg_size(device(test));
	PVP_DMA_ADAPTER first, second;

	first = vt_dma_get(test, vt_ext(test), &small);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), (unsigned int)PAGE_SIZE);
	second = vt_dma_get(test, vt_ext(test), &vt_pieces);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), U32_MAX);
	VideoPortPutDmaAdapter(vt_ext(test), second);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), (unsigned int)PAGE_SIZE);
	VideoPortPutDmaAdapter(vt_ext(test), first);
	KUNIT_EXPECT_EQ(test, dma_get_max_seg_size(device(test)), before);
}

/* The elements are parts of the memory that follow each other, and end as segments do. */
static void expect_segments(struct kunit *test, const VP_SCATTER_GATHER_LIST *list,
			    u64 bus, ULONG length, ULONG segment, unsigned int offset)
{
	ULONG part, i;

	KUNIT_EXPECT_EQ(test, list->NumberOfElements,
			(ULONG)DIV_ROUND_UP(offset + length, segment));
	for (i = 0; i < list->NumberOfElements; i++) {
		part = min(length, segment - offset);
		KUNIT_EXPECT_EQ(test, (u64)list->Elements[i].Address.QuadPart, bus);
		KUNIT_EXPECT_EQ(test, list->Elements[i].Length, part);
		bus += part;
		length -= part;
		offset = 0;
	}
	KUNIT_EXPECT_EQ(test, length, 0U);
}

/*
 * PACKET-82: An operation on one range of memory has an element for each segment of the
 * device
 *
 * Bounce buffers would be elsewhere.
 */
static void packet_82_segments_of_one_range(struct kunit *test)
{
	static const ULONG segments[] = { PAGE_SIZE, 3 * PAGE_SIZE, 5 * PAGE_SIZE, SZ_1M };
	const unsigned int order = 4, skipped = PAGE_SIZE + 50;
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	unsigned int before = dma_get_max_seg_size(device(test)), i;
	struct page *pages = alloc_pages(GFP_KERNEL | GFP_DMA32, order);
	PVP_SCATTER_GATHER_LIST list;
	ULONG length, wanted = (PAGE_SIZE << order) - skipped - VT_SHIFT - 7;
	void *mdl;

	KUNIT_ASSERT_NOT_NULL(test, pages);
	mdl = vt_lock(test, page_address(pages) + VT_SHIFT, wanted + skipped);
	for (i = 0; i < ARRAY_SIZE(segments); i++) {
		dma_set_max_seg_size(device(test), segments[i]);
		length = wanted;
		list = vt_start(test, dma, mdl, skipped, &length, true);
		KUNIT_EXPECT_EQ(test, length, wanted);
		expect_segments(test, list, page_to_phys(pages) + VT_SHIFT + skipped,
				length, segments[i],
				offset_in_page(VT_SHIFT + skipped));
		vt_complete(test, dma, list, true);
	}
	dma_set_max_seg_size(device(test), before);
	vt_unlock(test, mdl);
	__free_pages(pages, order);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

/* PACKET-83: An operation on pages that do not follow each other has an element for each */
static void packet_83_segments_of_single_pages(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	struct page *block = alloc_pages(GFP_KERNEL | GFP_DMA32, 4), *pages[8];
	ULONG length = 6 * PAGE_SIZE, i;
	PVP_SCATTER_GATHER_LIST list;
	void *memory, *mdl;

	KUNIT_ASSERT_NOT_NULL(test, block);
	for (i = 0; i < ARRAY_SIZE(pages); i++)
		pages[i] = block + 2 * i;
	memory = vmap(pages, ARRAY_SIZE(pages), VM_MAP, PAGE_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	mdl = vt_lock(test, memory + VT_SHIFT, 7 * PAGE_SIZE);
	list = vt_start(test, dma, mdl, PAGE_SIZE, &length, true);
	KUNIT_EXPECT_EQ(test, length, (ULONG)(6 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, list->NumberOfElements, 7U);
	KUNIT_EXPECT_EQ(test, vt_list_bytes(list), (u64)length);
	for (i = 0; i < list->NumberOfElements; i++)
		KUNIT_EXPECT_EQ(test, (u64)list->Elements[i].Address.QuadPart,
				(u64)page_to_phys(pages[i + 1]) + (i ? 0 : VT_SHIFT));
	vt_complete(test, dma, list, true);
	vt_unlock(test, mdl);
	vunmap(memory);
	__free_pages(block, 4);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

/* PACKET-49: After CompleteDma the process sees the data that the device wrote */
static void packet_49_device_writes(struct kunit *test)
{
	u8 *bytes = vt_pattern(test, VT_LENGTH, 6), *found = vt_pattern(test, VT_LENGTH, 0);
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	void *mdl = vt_user_lock(test, base + VT_SHIFT, VT_LENGTH, VpWriteAccess);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = VT_LENGTH;

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	list = vt_start(test, dma, mdl, 0, &length, false);
	vt_device_write(list, bytes);
	vt_complete(test, dma, list, false);
	KUNIT_EXPECT_EQ(test, vt_user_get(test, base + VT_SHIFT, found, VT_LENGTH), 0UL);
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, VT_LENGTH), 0);
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

/*
 * PACKET-50: A transfer in parts leaves all other bytes unchanged, with and without
 * bounce buffers
 */
static void packet_50_device_writes_piece_by_piece(struct kunit *test)
{
	u8 *bytes = vt_pattern(test, VT_LENGTH, 7);
	u8 *other = vt_pattern(test, VT_LENGTH, 77);
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;
	ULONG done, length;

	vt_packet_begin(test, &pt, &vt_dma32);
	memcpy(pt.memory + VT_SHIFT, bytes, VT_LENGTH);
	for (done = 0; done < VT_LENGTH; done += length) {
		length = VT_LENGTH - done;
		list = vt_start(test, pt.dma, pt.mdl, done, &length, false);
		vt_device_write(list, other + done);
		vt_complete(test, pt.dma, list, false);
		KUNIT_EXPECT_EQ(test, memcmp(pt.memory + VT_SHIFT, other, done + length),
				0);
		KUNIT_EXPECT_EQ(test, memcmp(pt.memory + VT_SHIFT + done + length,
					     bytes + done + length,
					     VT_LENGTH - done - length), 0);
	}
	vt_packet_end(test, &pt);
}

/*
 * PACKET-70: VP_SCATTER_GATHER_ELEMENT, VP_SCATTER_GATHER_LIST and VP_LOCK_OPERATION are
 * those of Windows
 */
static void packet_70_layouts(struct kunit *test)
{
	const size_t pointer = sizeof(void *);

	KUNIT_EXPECT_EQ(test, sizeof(VP_SCATTER_GATHER_ELEMENT), 8 + 2 * pointer);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_ELEMENT, Length), (size_t)8);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_ELEMENT, Reserved), 8 + pointer);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_LIST, Reserved), pointer);
	KUNIT_EXPECT_EQ(test, offsetof(VP_SCATTER_GATHER_LIST, Elements), 2 * pointer);
	KUNIT_EXPECT_EQ(test, (int)VpReadAccess, 0);
	KUNIT_EXPECT_EQ(test, (int)VpWriteAccess, 1);
	KUNIT_EXPECT_EQ(test, (int)VpModifyAccess, 2);
}

static struct kunit_case packet_cases[] = {
	KUNIT_CASE(packet_34_callback),
	KUNIT_CASE(packet_35_callback_at_dispatch),
	KUNIT_CASE(packet_36_length_within_callback),
	KUNIT_CASE(packet_37_offset_and_length),
	KUNIT_CASE(packet_38_several_elements),
	KUNIT_CASE(packet_39_one_element),
	KUNIT_CASE(packet_40_loop_without_scatter_gather),
	KUNIT_CASE(packet_41_contiguous_is_one_element),
	KUNIT_CASE(packet_42_maximum_length),
	KUNIT_CASE(packet_43_segment_bound),
	KUNIT_CASE(packet_82_segments_of_one_range),
	KUNIT_CASE(packet_83_segments_of_single_pages),
	KUNIT_CASE(packet_49_device_writes),
	KUNIT_CASE(packet_50_device_writes_piece_by_piece),
	KUNIT_CASE(packet_70_layouts),
	{}
};

struct kunit_suite vt_packet_suite = {
	.name = "packet",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = packet_cases,
};
