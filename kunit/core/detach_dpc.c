// SPDX-License-Identifier: GPL-2.0-only
/*
 * Order of a detach: DPCs, timers, the last calls of a miniport.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/umh.h>
#include <linux/vmalloc.h>

#include "kunit/lib/detach.h"
#include "kunit/lib/fake.h"
#include "kunit/lib/fakeport.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/int10.h"
#include "kunit/lib/thread.h"
#include "include/vpmem-nt.h"

/*
 * Code that vpmem calls
 */

/*
 * Meet the detach in the first run. The others must be shorter than a tick: a timer interrupt
 * that waits at their end would run the next one at once, and a machine with one CPU would
 * do nothing else.
 */
static VOID late_dpc(PVOID ext, PVOID context)
{
	mdelay(vt_detaching.block ? 1 : 30);
	vt_detaching.block = VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
	VideoPortFreePool(ext, vt_detaching.block);
	VideoPortSetEvent(ext, vt_detaching.event);
	vt_detaching.status = VideoPortReadStateEvent(ext, vt_detaching.event);
	VideoPortReleaseCommonBuffer(ext, vt_detaching.dma, SZ_16K, vt_detaching.logical,
				     vt_detaching.common, false);
	vt_detaching.queued = VideoPortQueueDpc(ext, late_dpc, NULL);
}

/*
 * DETACH-09: Calls of a DPC are accepted until it has returned; it is not queued again
 *
 * The DPC frees the buffer, so only the event is reported.
 */
static void detach_09_dpc_meets_a_whole_adapter(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };
	void *ext = vt_detach_attach(test);
	struct vt_thread detacher;

	vt_detaching.dma = VideoPortGetDmaAdapter(ext, &description);
	vt_detaching.common = VideoPortAllocateCommonBuffer(ext, vt_detaching.dma, SZ_16K,
							    &vt_detaching.logical, false,
							    NULL);
	KUNIT_EXPECT_NOT_NULL(test, vt_detaching.common);
	KUNIT_EXPECT_EQ(test, VideoPortCreateEvent(ext, 0, NULL, &vt_detaching.event), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, VideoPortQueueDpc(ext, late_dpc, NULL));
	vt_thread_begin(test, &detacher, vt_detach_work, ext);
	vt_expect_ends(test, &detacher, "the detach");
	vt_detaching.event = NULL;
	KUNIT_EXPECT_NOT_NULL(test, vt_detaching.block);
	KUNIT_EXPECT_EQ(test, vt_detaching.status, 1);
	KUNIT_EXPECT_FALSE(test, vt_detaching.queued);
	vt_expect_events(test, NULL, "leak", 1);
}

static void late_timer(PVOID ext)
{
	complete(&vt_detaching.entered);
	mdelay(30);
	vt_detaching.block = VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
	VideoPortFreePool(ext, vt_detaching.block);
	VideoPortStartTimer(ext);
	vt_detaching.queued = VideoPortQueueDpc(ext, late_dpc, NULL);
}

static void start_timer(PVOID ext)
{
	VideoPortStartTimer(ext);
}

/*
 * DETACH-10: Calls of HwTimer are accepted until it has returned; it is not started again
 */
static void detach_10_timer_meets_a_whole_adapter(struct kunit *test)
{
	vt_mp.hw.HwTimer = late_timer;
	vt_mp.in_initialize = start_timer;
	vt_need_miniport(test);
	vt_remember(test);
	vt_expect_entered(test);
	vt_expect_unregisters(test);
	KUNIT_EXPECT_NOT_NULL(test, vt_detaching.block);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&vt_detaching.entered, 3 * HZ / 2), 0UL);
}

/*
 * The last calls of a miniport
 */

static VOID event_dpc(PVOID ext, PVOID context)
{
	VideoPortSetEvent(ext, vt_detaching.event);
}

static void reset_waits_for_dpc(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode != IOCTL_VIDEO_RESET_DEVICE)
		return;
	vt_detaching.queued = VideoPortQueueDpc(ext, event_dpc, NULL);
	vt_detaching.status = VideoPortWaitForSingleObject(ext, vt_detaching.event, NULL);
}

/* DETACH-11: IOCTL_VIDEO_RESET_DEVICE may wait for a DPC while its driver is unbound */
static void detach_11_reset_may_wait(struct kunit *test)
{
	vt_detaching.status = -1;
	vt_mp.in_request = reset_waits_for_dpc;
	vt_need_events(test);
	KUNIT_EXPECT_EQ(test, vt_request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	vt_mp.screen = kunit_kzalloc(test, 64, GFP_KERNEL);
	vt_mp.screen_size = 64;
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "101"), 0);
	VideoPortClearEvent(vt_mp.ext, vt_detaching.event);
	vt_detaching.status = -1;
	vt_detaching.queued = false;
	vt_expect_unregisters(test);
	KUNIT_EXPECT_TRUE(test, vt_detaching.queued);
	KUNIT_EXPECT_EQ(test, vt_detaching.status, (LONG)NO_ERROR);
}

static void reset_asks(PVOID ext)
{
	vt_forget_order();
	vt_detaching.status = vt_request(VT_ECHO);
	vt_request(IOCTL_VIDEO_RESET_DEVICE);
}

/* DETACH-13: No request comes to a miniport whose HwResetHw has been called */
static void detach_13_no_request_after_the_last(struct kunit *test)
{
	vt_need_miniport(test);
	vt_mp.in_reset = reset_asks;
	vt_expect_unregisters(test);
	KUNIT_EXPECT_EQ(test, vt_detaching.status, ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
}

/*
 * The detach itself
 */

/* DETACH-14: If two tasks detach the same adapter at once, one of them finds no adapter */
static void detach_14_by_two_at_once(struct kunit *test)
{
	void *ext = vt_detach_attach(test);
	struct vt_thread first, second;

	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, VideoPortQueueDpc(ext, late_dpc, NULL));
	vt_detaching.event = NULL;
	vt_thread_begin(test, &first, vt_detach_work, ext);
	vt_thread_begin(test, &second, vt_detach_work, ext);
	vt_expect_ends(test, &first, "the first detach");
	vt_expect_ends(test, &second, "the second detach");
	vt_expect_events(test, NULL, "no-adapter", 1);
}

#define KEPT	3

static struct page *page_of(const void *memory)
{
	return is_vmalloc_addr(memory) ? vmalloc_to_page(memory) : virt_to_page(memory);
}

/*
 * DETACH-15: Memory that a device may still write to is not freed, which is logged
 *
 * Other users of the memory would be overwritten.
 */
static void detach_15_memory_of_a_busy_device_is_kept(struct kunit *test)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };
	void *ext = vt_detach_attach(test), *memory[KEPT] = { };
	struct vt_fixture *fx = test->priv;
	u64 mark = vt_log_mark();
	int i;

	vt_detaching.dma = VideoPortGetDmaAdapter(ext, &description);
	memory[0] = VideoPortAllocateCommonBuffer(ext, vt_detaching.dma, SZ_16K,
						  &vt_detaching.logical, false,
						  NULL);
	memory[1] = VideoPortAllocateContiguousMemory(ext, SZ_16K, anywhere);
	memory[2] = VideoPortAllocatePool(ext, VpNonPagedPool, SZ_16K, VT_TAG);
	for (i = 0; i < KEPT; i++)
		if (memory[i])
			memset(memory[i], 0x5a, SZ_16K);
	vpmem_busy_device(fx->dev);
	vpmem_detach(ext);
	vpmem_busy_device(NULL);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "the device does not stop its DMA",
					   "3 blocks are not freed"), 1U);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 0U);
	for (i = 0; i < KEPT; i++) {
		KUNIT_ASSERT_NOT_NULL(test, memory[i]);
		KUNIT_EXPECT_GT(test, page_count(page_of(memory[i])), 0);
		KUNIT_EXPECT_NULL(test, memchr_inv(memory[i], 0x5a, SZ_16K));
		kmemleak_ignore(memory[i]);
	}
}

static struct kunit_case detach_dpc_cases[] = {
	KUNIT_CASE(detach_09_dpc_meets_a_whole_adapter),
	KUNIT_CASE(detach_10_timer_meets_a_whole_adapter),
	KUNIT_CASE(detach_11_reset_may_wait),
	KUNIT_CASE(detach_13_no_request_after_the_last),
	KUNIT_CASE(detach_14_by_two_at_once),
	KUNIT_CASE(detach_15_memory_of_a_busy_device_is_kept),
	{}
};

struct kunit_suite vt_detach_dpc_suite = {
	.name = "detach_dpc",
	.init = vt_detach_init,
	.exit = vt_detach_exit,
	.test_cases = detach_dpc_cases,
};
