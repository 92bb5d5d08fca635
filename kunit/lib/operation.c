// SPDX-License-Identifier: GPL-2.0-only
/*
 * Locked buffers and operations on them, for the suites that look at either. The DMA of
 * the platform device that the tests have is direct: what it would do is done with the pages at
 * those addresses.
 */
#include <linux/bottom_half.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/packet.h"

const VP_DEVICE_DESCRIPTION vt_lists = {
	.ScatterGather = true, .Dma64BitAddresses = true,
};

const VP_DEVICE_DESCRIPTION vt_pieces = { .Dma64BitAddresses = true };

const PHYSICAL_ADDRESS vt_anywhere = { .QuadPart = S64_MAX };

void vt_execute(PVOID ext, PVP_DMA_ADAPTER dma, PVP_SCATTER_GATHER_LIST list,
		PVOID context)
{
	struct vt_seen *seen = context;

	seen->calls++;
	seen->ext = ext;
	seen->dma = dma;
	seen->list = list;
	seen->length_seen = *seen->length;
	seen->atomic = in_softirq() || irqs_disabled();
	if (seen->complete)
		VideoPortCompleteDma(ext, dma, list, seen->to_device);
}

void *vt_lock(struct kunit *test, void *base, ULONG length)
{
	void *mdl = VideoPortLockBuffer(vt_ext(test), base, length, VpModifyAccess);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	return mdl;
}

void vt_unlock(struct kunit *test, void *mdl)
{
	VideoPortUnlockBuffer(vt_ext(test), mdl);
}

VP_STATUS vt_try(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl, ULONG offset,
		 ULONG *length, BOOLEAN to_device, struct vt_seen *seen)
{
	*seen = (struct vt_seen){ .length = length };
	return VideoPortStartDma(vt_ext(test), dma, mdl, offset, length, vt_execute, seen,
				 to_device);
}

/* Starts an operation and returns its list, as the callback saw it. */
PVP_SCATTER_GATHER_LIST vt_start(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl,
				 ULONG offset, ULONG *length, BOOLEAN to_device)
{
	struct vt_seen seen;

	KUNIT_ASSERT_EQ(test, vt_try(test, dma, mdl, offset, length, to_device, &seen),
			NO_ERROR);
	KUNIT_ASSERT_EQ(test, seen.calls, 1U);
	KUNIT_ASSERT_NOT_NULL(test, seen.list);
	return seen.list;
}

void vt_complete(struct kunit *test, PVP_DMA_ADAPTER dma,
		 PVP_SCATTER_GATHER_LIST list, BOOLEAN to_device)
{
	KUNIT_EXPECT_EQ(test, VideoPortCompleteDma(vt_ext(test), dma, list, to_device),
			NO_ERROR);
}

u64 vt_list_bytes(const VP_SCATTER_GATHER_LIST *list)
{
	u64 sum = 0;
	ULONG i;

	for (i = 0; i < list->NumberOfElements; i++)
		sum += list->Elements[i].Length;
	return sum;
}

/*
 * Copy from or to what a device finds at its addresses: page by page, since a 32-bit kernel has no
 * address for a page in high memory.
 */
static void copy_of_device(const VP_SCATTER_GATHER_ELEMENT *element, u8 *bytes, bool to_device)
{
	u64 at = element->Address.QuadPart, end = at + element->Length;
	size_t part;
	u8 *page;

	for (; at < end; at += part, bytes += part) {
		part = min_t(u64, end - at, PAGE_SIZE - offset_in_page(at));
		page = kmap_local_page(pfn_to_page(PHYS_PFN(at)));
		if (to_device)
			memcpy(page + offset_in_page(at), bytes, part);
		else
			memcpy(bytes, page + offset_in_page(at), part);
		kunmap_local(page);
	}
}

/* Data that the device finds at its addresses, and that it puts there */
void vt_device_read(const VP_SCATTER_GATHER_LIST *list, u8 *to)
{
	ULONG i;

	for (i = 0; i < list->NumberOfElements; i++) {
		copy_of_device(&list->Elements[i], to, false);
		to += list->Elements[i].Length;
	}
}

void vt_device_write(const VP_SCATTER_GATHER_LIST *list, const u8 *from)
{
	ULONG i;

	for (i = 0; i < list->NumberOfElements; i++) {
		copy_of_device(&list->Elements[i], (u8 *)from, true);
		from += list->Elements[i].Length;
	}
}

u8 *vt_pattern(struct kunit *test, size_t size, u8 seed)
{
	u8 *bytes = kunit_kzalloc(test, size, GFP_KERNEL);
	size_t i;

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	for (i = 0; i < size; i++)
		bytes[i] = seed + i * 7 + (i >> 8);
	return bytes;
}

/* Pages that are not neighbours in physical memory, as far as can be told. */
u8 *vt_scattered(struct kunit *test, size_t pages)
{
	u8 *memory = vmalloc(array_size(pages, PAGE_SIZE));

	KUNIT_ASSERT_NOT_NULL(test, memory);
	memset(memory, 0, pages * PAGE_SIZE);
	return memory;
}

void vt_packet_begin_with(struct kunit *test, struct vt_packet *pt,
			  const VP_DEVICE_DESCRIPTION *description, size_t pages,
			  size_t shift, ULONG length)
{
	pt->dma = vt_dma_get(test, vt_ext(test), description);
	pt->memory = vt_scattered(test, pages);
	pt->mdl = vt_lock(test, pt->memory + shift, length);
}

void vt_packet_begin(struct kunit *test, struct vt_packet *pt,
		     const VP_DEVICE_DESCRIPTION *description)
{
	vt_packet_begin_with(test, pt, description, VT_ROOM / PAGE_SIZE, VT_SHIFT,
			     VT_LENGTH);
}

/* Clean up everything but the DMA adapter. */
void vt_packet_end_buffer(struct kunit *test, struct vt_packet *pt)
{
	vt_unlock(test, pt->mdl);
	vfree(pt->memory);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
}

void vt_packet_end(struct kunit *test, struct vt_packet *pt)
{
	vt_packet_end_buffer(test, pt);
	VideoPortPutDmaAdapter(vt_ext(test), pt->dma);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "busy"), 0UL);
}

/* Set up with a running operation. */
struct vt_packet vt_packet_run(struct kunit *test)
{
	ULONG length = PAGE_SIZE;
	struct vt_packet pt;

	vt_packet_begin(test, &pt, &vt_lists);
	pt.list = vt_start(test, pt.dma, pt.mdl, 0, &length, true);
	return pt;
}

void vt_packet_finish(struct kunit *test, struct vt_packet *pt)
{
	vt_complete(test, pt->dma, pt->list, true);
	vt_packet_end(test, pt);
}
