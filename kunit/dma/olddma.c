// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA interface of Windows NT, obsolete since Windows 2000.
 */
#include <linux/slab.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"

static const DMA_FLAGS other_flags[] = {
	0, VideoPortUnlockAfterDma, VideoPortKeepPagesLocked, 4, -1,
};

static VIDEO_REQUEST_PACKET request(struct kunit *test, ULONG length)
{
	VIDEO_REQUEST_PACKET packet = {
		.InputBuffer = kunit_kzalloc(test, length ?: 1, GFP_KERNEL),
		.InputBufferLength = length,
		.OutputBuffer = test,
		.OutputBufferLength = 1,
	};

	KUNIT_ASSERT_NOT_NULL(test, packet.InputBuffer);
	return packet;
}

/* Invalid handle, which must not be dereferenced. */
static PDMA odd_handle(void)
{
	return (PDMA)0x1235;
}

/*
 * OLDDMA-01: LockPages with VideoPortDmaInitOnly locks the input buffer; OutputBuffer
 * gets the handle, OutputBufferLength the size; TRUE
 */
static void olddma_01_lock_pages(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet = request(test, 3000);
	struct vt_region region;

	KUNIT_EXPECT_TRUE(test, VideoPortLockPages(vt_ext(test), &packet, NULL, NULL,
						   VideoPortDmaInitOnly));
	vt_expect_live(test, "Vprt", "Locked", 1, 3000);
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, vt_ext(test), packet.OutputBuffer,
					       &region));
	KUNIT_EXPECT_EQ(test, packet.OutputBufferLength, (ULONG)3000);
	VideoPortUnlockPages(vt_ext(test), packet.OutputBuffer);
}

/* OLDDMA-02: Any other flag: FALSE, OutputBuffer NULL, nothing locked */
static void olddma_02_other_flags(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(other_flags); i++) {
		packet = request(test, 100);
		vt_remember(test);
		KUNIT_EXPECT_FALSE(test, VideoPortLockPages(vt_ext(test), &packet, NULL,
							    NULL, other_flags[i]));
		KUNIT_EXPECT_NULL(test, packet.OutputBuffer);
		vt_expect_untouched(test);
		vt_expect_events(test, NULL, NULL, 0);
	}
}

/* OLDDMA-03: A buffer that cannot be locked: FALSE, OutputBuffer NULL */
static void olddma_03_buffer_that_cannot_be_locked(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet = request(test, 0);

	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, VideoPortLockPages(vt_ext(test), &packet, NULL, NULL,
						    VideoPortDmaInitOnly));
	KUNIT_EXPECT_NULL(test, packet.OutputBuffer);
	vt_expect_events(test, "zero-length", NULL, 1);
}

/* OLDDMA-04: No request packet: FALSE, logged */
static void olddma_04_no_packet(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, VideoPortLockPages(vt_ext(test), NULL, NULL, NULL,
						    VideoPortDmaInitOnly));
	vt_expect_refused(test, "bad-parameter");
}

/* OLDDMA-05: UnlockPages unlocks and is TRUE */
static void olddma_05_unlock_pages(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet = request(test, 3000);

	KUNIT_ASSERT_TRUE(test, VideoPortLockPages(vt_ext(test), &packet, NULL, NULL,
						   VideoPortDmaInitOnly));
	KUNIT_EXPECT_TRUE(test, VideoPortUnlockPages(vt_ext(test), packet.OutputBuffer));
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
}

/* OLDDMA-06: UnlockPages of an invalid handle returns TRUE, and names it */
static void olddma_06_unlock_of_what_is_none(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, VideoPortUnlockPages(vt_ext(test), odd_handle()));
	vt_expect_refused(test, "bad-pointer");
}

/* OLDDMA-07: GetMdl returns its argument */
static void olddma_07_get_mdl(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, VideoPortGetMdl(vt_ext(test), odd_handle()),
			    (void *)odd_handle());
	KUNIT_EXPECT_NULL(test, VideoPortGetMdl(vt_ext(test), NULL));
}

static void execute(PVOID ext, PVP_DMA_ADAPTER dma, PVP_SCATTER_GATHER_LIST list,
		    PVOID context)
{
	*(PVP_SCATTER_GATHER_LIST *)context = list;
}

/* OLDDMA-08: StartDma takes the MDL of a handle */
static void olddma_08_mdl_of_locked_pages(struct kunit *test)
{
	const VP_DEVICE_DESCRIPTION lists = {
		.ScatterGather = true, .Dma64BitAddresses = true,
	};
	VIDEO_REQUEST_PACKET packet = request(test, 3000);
	PVP_SCATTER_GATHER_LIST list = NULL;
	ULONG length = 3000;
	PVP_DMA_ADAPTER dma;
	void *mdl;

	if (!IS_ENABLED(CONFIG_HAS_DMA))
		kunit_skip(test, "this kernel has no DMA");
	dma = vt_dma_get(test, vt_ext(test), &lists);
	KUNIT_ASSERT_TRUE(test, VideoPortLockPages(vt_ext(test), &packet, NULL, NULL,
						   VideoPortDmaInitOnly));
	mdl = VideoPortGetMdl(vt_ext(test), packet.OutputBuffer);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), dma, mdl, 0, &length,
						execute, &list, true), NO_ERROR);
	KUNIT_EXPECT_EQ(test, length, (ULONG)3000);
	KUNIT_EXPECT_NOT_NULL(test, list);
	VideoPortCompleteDma(vt_ext(test), dma, list, true);
	VideoPortUnlockPages(vt_ext(test), packet.OutputBuffer);
}

/* OLDDMA-09: DoDma is NULL */
static void olddma_09_do_dma(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, VideoPortDoDma(vt_ext(test), odd_handle(),
					       VideoPortDmaInitOnly));
}

/* OLDDMA-10: MapDmaMemory is NULL and stores nothing */
static void olddma_10_map_dma_memory(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet = request(test, 100);
	PHYSICAL_ADDRESS board = { .QuadPart = 0xa0000 };
	ULONG length = 100, space = 3;
	void *address = test;

	KUNIT_EXPECT_NULL(test, VideoPortMapDmaMemory(vt_ext(test), &packet, board,
						      &length, &space, NULL, NULL,
						      &address));
	KUNIT_EXPECT_EQ(test, length, (ULONG)100);
	KUNIT_EXPECT_EQ(test, space, (ULONG)3);
	KUNIT_EXPECT_PTR_EQ(test, address, (void *)test);
}

/* OLDDMA-11: UnmapDmaMemory is FALSE */
static void olddma_11_unmap_dma_memory(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, VideoPortUnmapDmaMemory(vt_ext(test), test, NULL,
							 odd_handle()));
}

/* OLDDMA-12: GetDmaContext is NULL, also after SetDmaContext */
static void olddma_12_dma_context(struct kunit *test)
{
	VideoPortSetDmaContext(vt_ext(test), odd_handle(), test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDmaContext(vt_ext(test), odd_handle()));
}

/* OLDDMA-13: GetBytesUsed is 0, also after SetBytesUsed */
static void olddma_13_bytes_used(struct kunit *test)
{
	VideoPortSetBytesUsed(vt_ext(test), odd_handle(), 100);
	KUNIT_EXPECT_EQ(test, VideoPortGetBytesUsed(vt_ext(test), odd_handle()), (ULONG)0);
}

/* OLDDMA-14: SignalDmaComplete is FALSE */
static void olddma_14_signal_dma_complete(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, VideoPortSignalDmaComplete(vt_ext(test), odd_handle()));
}

/* OLDDMA-15: AssociateEventsWithDmaHandle is NULL */
static void olddma_15_associate_events(struct kunit *test)
{
	VIDEO_REQUEST_PACKET packet = request(test, 100);
	PDMA dma = VideoPortAssociateEventsWithDmaHandle(vt_ext(test), &packet, NULL,
							 NULL);

	KUNIT_EXPECT_NULL(test, dma);
}

/* OLDDMA-16: Without an attached adapter they say so, with the same answers */
static void olddma_16_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortDoDma(gone, NULL, VideoPortDmaInitOnly));
	VideoPortSetBytesUsed(gone, NULL, 1);
	KUNIT_EXPECT_EQ(test, VideoPortGetBytesUsed(gone, NULL), (ULONG)0);
	vt_expect_events(test, NULL, "no-adapter", 3);
}

/*
 * OLDDMA-17: DMA_FLAGS, DMA_EVENT_FLAGS, STATUS_BLOCK and VIDEO_REQUEST_PACKET are those
 * of Windows
 */
static void olddma_17_values(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, (int)VideoPortUnlockAfterDma, 1);
	KUNIT_EXPECT_EQ(test, (int)VideoPortKeepPagesLocked, 2);
	KUNIT_EXPECT_EQ(test, (int)VideoPortDmaInitOnly, 3);
	KUNIT_EXPECT_EQ(test, (int)SET_USER_EVENT, 1);
	KUNIT_EXPECT_EQ(test, (int)SET_DISPLAY_EVENT, 2);
	KUNIT_EXPECT_EQ(test, sizeof(STATUS_BLOCK), 2 * sizeof(void *));
	KUNIT_EXPECT_EQ(test, sizeof(VIDEO_REQUEST_PACKET), 6 * sizeof(void *));
}

static struct kunit_case olddma_cases[] = {
	KUNIT_CASE(olddma_01_lock_pages),
	KUNIT_CASE(olddma_02_other_flags),
	KUNIT_CASE(olddma_03_buffer_that_cannot_be_locked),
	KUNIT_CASE(olddma_04_no_packet),
	KUNIT_CASE(olddma_05_unlock_pages),
	KUNIT_CASE(olddma_06_unlock_of_what_is_none),
	KUNIT_CASE(olddma_07_get_mdl),
	KUNIT_CASE(olddma_08_mdl_of_locked_pages),
	KUNIT_CASE(olddma_09_do_dma),
	KUNIT_CASE(olddma_10_map_dma_memory),
	KUNIT_CASE(olddma_11_unmap_dma_memory),
	KUNIT_CASE(olddma_12_dma_context),
	KUNIT_CASE(olddma_13_bytes_used),
	KUNIT_CASE(olddma_14_signal_dma_complete),
	KUNIT_CASE(olddma_15_associate_events),
	KUNIT_CASE(olddma_16_no_adapter),
	KUNIT_CASE(olddma_17_values),
	{ }
};

struct kunit_suite vt_olddma_suite = {
	.name = "olddma",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = olddma_cases,
};
