// SPDX-License-Identifier: GPL-2.0-only
/*
 * The order of a detach: whatever a driver is doing meanwhile, the detach ends, and no
 * code of the driver meets an adapter that is gone.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/umh.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/fake.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/int10.h"
#include "kunit/lib/thread.h"
#include "kunit/lib/fakeport.h"
#include "include/vpmem-nt.h"

#define MODE_FILE	"/sys/kernel/debug/vpmem/adapters/" VT_MINIPORT "/mode"

/* After that time a detach counts as hung. */
#define PATIENCE	(60 * HZ)

typedef LONG wait_call(void *ext);

/* The entry points of a miniport have no place for what is the test's own. */
static struct {
	void *ext;
	PEVENT event;
	KEVENT kernel_event;
	KSEMAPHORE semaphore;
	wait_call *wait;
	LONG status;
	struct completion entered;	/* the wait, or whatever is to be met by a detach */
	struct completion leave;
	void *block;
	PVP_DMA_ADAPTER dma;
	void *common;
	PHYSICAL_ADDRESS logical;
	BOOLEAN queued;
} it;

static int detach_init(struct kunit *test)
{
	vt_miniport_script();
	memset(&it, 0, sizeof(it));
	init_completion(&it.entered);
	init_completion(&it.leave);
	KeInitializeEvent(&it.kernel_event, NotificationEvent, false);
	KeInitializeSemaphore(&it.semaphore, 0, 1);
	return vt_bios_init(test);
}

static void detach_exit(struct kunit *test)
{
	vt_mp.in_reset = NULL;
	vt_miniport_unregister();
	vt_bios_exit(test);
}

/* Let everything go on that the test made wait, in case a detach did not. */
static void rescue(void)
{
	complete_all(&it.leave);
	KeSetEvent(&it.kernel_event, 0, false);
	KeReleaseSemaphore(&it.semaphore, 0, 1, false);
	if (it.event)
		VideoPortSetEvent(it.ext, it.event);
}

static bool ends_within(struct vt_thread *thread, unsigned long patience)
{
	if (!wait_for_completion_timeout(&thread->done, patience))
		return false;
	complete(&thread->done);		/* for vt_thread_end() */
	return true;
}

static void expect_ends(struct kunit *test, struct vt_thread *thread, const char *name)
{
	if (!ends_within(thread, PATIENCE)) {
		KUNIT_FAIL(test, "%s hangs", name);
		rescue();
	}
	vt_thread_end(thread);
}

static void expect_entered(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&it.entered, PATIENCE), 0UL);
}

static void unregister_work(void *unused)
{
	vt_miniport_unregister();
}

static void expect_unregisters(struct kunit *test)
{
	struct vt_thread thread;

	vt_thread_begin(test, &thread, unregister_work, NULL);
	expect_ends(test, &thread, "unbinding");
}

static void detach_work(void *ext)
{
	vpmem_detach(ext);
}

/* An adapter that is not the fixture's to detach. */
static void *attach(struct kunit *test)
{
	void *ext = vpmem_attach(((struct vt_fixture *)test->priv)->dev, 64);

	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	it.ext = ext;
	return ext;
}

/*
 * Waits
 */

static LONG wait_for_event(void *ext)
{
	return VideoPortWaitForSingleObject(ext, it.event, NULL);
}

static LONG wait_for_kernel_event(void *ext)
{
	return KeWaitForSingleObject(&it.kernel_event, Executive, 0, false, NULL);
}

static LONG wait_for_semaphore(void *ext)
{
	return KeWaitForSingleObject(&it.semaphore, Executive, 0, false, NULL);
}

static LONG wait_for_an_hour(void *ext)
{
	LARGE_INTEGER timeout = { .QuadPart = -3600 * 10000000LL };

	return VideoPortWaitForSingleObject(ext, it.event, &timeout);
}

static const struct detach_wait {
	const char *name;
	wait_call *wait;
	LONG status;			/* of a wait that has been ended */
} waits[] = {
	{ "VideoPortWaitForSingleObject", wait_for_event, ERROR_INVALID_PARAMETER },
	{ "VideoPortWaitForSingleObject, an hour", wait_for_an_hour,
	  ERROR_INVALID_PARAMETER },
	{ "KeWaitForSingleObject, event", wait_for_kernel_event, STATUS_UNSUCCESSFUL },
	{ "KeWaitForSingleObject, semaphore", wait_for_semaphore, STATUS_UNSUCCESSFUL },
};

static void wait_name(const struct detach_wait *wait, char *name)
{
	strscpy(name, wait->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(wait, waits, wait_name);

static LONG wait_noted(void *ext)
{
	complete(&it.entered);
	it.status = it.wait(ext);
	return it.status;
}

static void find_creates_event(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	it.ext = ext;
	VideoPortCreateEvent(ext, 0, NULL, &it.event);
}

static void reset_deletes_event(PVOID ext)
{
	if (VideoPortDeleteEvent(ext, it.event) == NO_ERROR)
		vt_note('d');
	it.event = NULL;
}

/* Refuse the mode, so that none has to be undone. */
static void request_waits(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode != IOCTL_VIDEO_SET_CURRENT_MODE)
		return;
	wait_noted(ext);
	packet->StatusBlock->Status = ERROR_INVALID_PARAMETER;
}

/* Write to the file as a process does, which debugfs waits for. */
static void write_mode(void *unused)
{
	char path[] = "PATH=/bin", sh[] = "/bin/sh", c[] = "-c";
	char command[] = "echo 101 >" MODE_FILE;
	char *argv[4] = { sh, c, command, NULL }, *environment[2] = { path, NULL };

	call_usermodehelper(sh, argv, environment, UMH_WAIT_PROC);
}

static void need_events(struct kunit *test)
{
	vt_mp.in_find = find_creates_event;
	vt_mp.in_reset = reset_deletes_event;
	vt_need_miniport(test);
	KUNIT_ASSERT_NOT_NULL(test, it.event);
}

static void expect_unbinds_while_written(struct kunit *test)
{
	struct vt_thread process;

	vt_remember(test);
	vt_thread_begin(test, &process, write_mode, NULL);
	expect_entered(test);
	expect_unregisters(test);
	expect_ends(test, &process, "the process");
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order + strlen(vt_mp.order) - 2, "Hd");
}

static void expect_unbinds_while_waited(struct kunit *test, const struct detach_wait *wait)
{
	it.wait = wait->wait;
	vt_mp.in_request = request_waits;
	need_events(test);
	expect_unbinds_while_written(test);
	KUNIT_EXPECT_EQ(test, it.status, wait->status);
}

/*
 * DETACH-01: A request that waits for an event or another object does not keep its driver
 * from being unbound: the wait fails, and HwResetHw may make calls
 */
static void detach_01_request_that_waits(struct kunit *test)
{
	expect_unbinds_while_waited(test, test->param_value);
}

/* DETACH-02: Neither does it in verify mode, and no call is named */
static void detach_02_request_that_waits_in_verify_mode(struct kunit *test)
{
	vt_verify(test, true);
	expect_unbinds_while_waited(test, test->param_value);
}

static ULONG child_waits(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor)
{
	if (it.wait)
		wait_noted(ext);
	return ERROR_NO_MORE_DEVICES;
}

static void request_enumerates(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode != IOCTL_VIDEO_SET_CURRENT_MODE)
		return;
	VideoPortEnumerateChildren(ext, NULL);
	packet->StatusBlock->Status = ERROR_INVALID_PARAMETER;
}

/* DETACH-03: Neither does an enumeration of children that waits */
static void detach_03_enumeration_that_waits(struct kunit *test)
{
	const struct detach_wait *wait = test->param_value;

	vt_have_children(ERROR_NO_MORE_DEVICES);
	vt_mp.child = child_waits;
	vt_mp.in_request = request_enumerates;
	need_events(test);
	it.wait = wait->wait;
	expect_unbinds_while_written(test);
	KUNIT_EXPECT_EQ(test, it.status, wait->status);
}

/* The call is bounded, because a helper that is at work must not be cut off. */
static PVIDEO_PORT_INT10_INTERFACE bios;

static void request_calls_bios(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	INT10_BIOS_ARGUMENTS registers;

	if (packet->IoControlCode != IOCTL_VIDEO_SET_CURRENT_MODE)
		return;
	complete(&it.entered);
	it.status = vt_call(bios, &registers);
	packet->StatusBlock->Status = ERROR_INVALID_PARAMETER;
}

static void expect_taken(struct kunit *test, const struct vt_fake *fake)
{
	unsigned long end = jiffies + PATIENCE;

	while (!READ_ONCE(fake->taken) && time_before(jiffies, end))
		usleep_range(500, 1000);
	KUNIT_EXPECT_EQ(test, READ_ONCE(fake->taken), 1U);
}

/* DETACH-04: A BIOS call that is under way is waited for, as long as it may take */
static void detach_04_bios_call_under_way(struct kunit *test)
{
	struct vt_thread process;
	struct vt_fake *fake;

	vt_mp.in_request = request_calls_bios;
	need_events(test);
	bios = vt_int10(test, vt_mp.ext);
	fake = vt_fake_start(test, vt_answer_never);
	vt_set_timeout(test, "1000");
	vt_thread_begin(test, &process, write_mode, NULL);
	expect_entered(test);
	expect_taken(test, fake);
	expect_unregisters(test);
	expect_ends(test, &process, "the process");
	vt_fake_stop(fake);
	KUNIT_EXPECT_NE(test, it.status, (LONG)NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_mp.order + strlen(vt_mp.order) - 2, "Hd");
}

/*
 * The device lock
 */

static void lock_and_wait(void *ext)
{
	VideoPortAcquireDeviceLock(ext);
	wait_noted(ext);
	VideoPortReleaseDeviceLock(ext);
}

/*
 * DETACH-05: A wait of a task that has the device lock ends, and its release of the lock
 * is answered
 */
static void detach_05_wait_with_the_device_lock(struct kunit *test)
{
	const struct detach_wait *wait = test->param_value;
	void *ext = attach(test);
	struct vt_thread waiter, detacher;
	u64 mark = vt_log_mark();

	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(ext, 0, NULL, &it.event), NO_ERROR);
	it.wait = wait->wait;
	vt_thread_begin(test, &waiter, lock_and_wait, ext);
	expect_entered(test);
	vt_expect_thread_waits(test, &waiter);
	vt_thread_begin(test, &detacher, detach_work, ext);
	expect_ends(test, &detacher, "the detach");
	expect_ends(test, &waiter, "the wait");
	KUNIT_EXPECT_EQ(test, it.status, wait->status);
	/* The event is left, and nothing else is wrong. */
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem-kunit.1", "VideoPort"), 0U);
	it.event = NULL;
}

static void lock_and_hold(void *ext)
{
	VideoPortAcquireDeviceLock(ext);
	complete(&it.entered);
	wait_for_completion(&it.leave);
	VideoPortReleaseDeviceLock(ext);
}

/* DETACH-06: A detach waits for the task that has the device lock, and names it */
static void detach_06_device_lock_is_held(struct kunit *test)
{
	void *ext = attach(test);
	struct vt_thread holder, detacher;
	u64 mark = vt_log_mark();
	bool early;

	vt_remember(test);
	vt_thread_begin(test, &holder, lock_and_hold, ext);
	expect_entered(test);
	vt_thread_begin(test, &detacher, detach_work, ext);
	early = ends_within(&detacher, 3 * HZ / 2);
	complete(&it.leave);
	expect_ends(test, &holder, "the holder");
	expect_ends(test, &detacher, "the detach");
	KUNIT_EXPECT_FALSE(test, early);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem_detach", "holds the device lock"),
			1U);
	vt_expect_events(test, NULL, NULL, 0);
}

static void lock_in_vain(void *ext)
{
	VideoPortAcquireDeviceLock(ext);
}

/* DETACH-07: A task that waits for the device lock returns without it, and is named */
static void detach_07_device_lock_is_waited_for(struct kunit *test)
{
	void *ext = attach(test);
	struct vt_thread holder, waiter, detacher;
	u64 mark = vt_log_mark();

	vt_thread_begin(test, &holder, lock_and_hold, ext);
	expect_entered(test);
	vt_thread_begin(test, &waiter, lock_in_vain, ext);
	vt_expect_thread_waits(test, &waiter);
	vt_thread_begin(test, &detacher, detach_work, ext);
	expect_ends(test, &waiter, "the wait for the lock");
	KUNIT_EXPECT_FALSE(test, ends_within(&detacher, HZ / 10));
	complete(&it.leave);
	expect_ends(test, &holder, "the holder");
	expect_ends(test, &detacher, "the detach");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "VideoPortAcquireDeviceLock",
					   "the lock is not acquired"), 1U);
}

/* lockdep would complain of a task that ends with a lock. */
static void lock_and_end(void *ext)
{
	lockdep_off();
	VideoPortAcquireDeviceLock(ext);
}

/*
 * DETACH-08: A task that has ended with the device lock is not waited for; the next one
 * takes it over, which is named
 */
static void detach_08_holder_has_ended(struct kunit *test)
{
	void *ext = attach(test);
	struct vt_thread holder, detacher;

	vt_thread_begin(test, &holder, lock_and_end, ext);
	vt_thread_end(&holder);
	VideoPortAcquireDeviceLock(ext);
	KUNIT_EXPECT_EQ(test, vt_event(test, ext, "mismatch"), 1UL);
	VideoPortReleaseDeviceLock(ext);
	KUNIT_EXPECT_EQ(test, vt_event(test, ext, "mismatch"), 1UL);
	vt_thread_begin(test, &holder, lock_and_end, ext);
	vt_thread_end(&holder);
	vt_thread_begin(test, &detacher, detach_work, ext);
	expect_ends(test, &detacher, "the detach");
}

/*
 * Code that vpmem calls
 */

static VOID late_dpc(PVOID ext, PVOID context)
{
	mdelay(30);
	it.block = VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
	VideoPortFreePool(ext, it.block);
	VideoPortSetEvent(ext, it.event);
	it.status = VideoPortReadStateEvent(ext, it.event);
	VideoPortReleaseCommonBuffer(ext, it.dma, SZ_16K, it.logical, it.common, false);
	it.queued = VideoPortQueueDpc(ext, late_dpc, NULL);
}

/*
 * DETACH-09: The calls of a DPC are answered until it has returned; it is not queued
 * again
 *
 * The DPC frees the buffer, so only the event is left.
 */
static void detach_09_dpc_meets_a_whole_adapter(struct kunit *test)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };
	void *ext = attach(test);
	struct vt_thread detacher;

	it.dma = VideoPortGetDmaAdapter(ext, &description);
	it.common = VideoPortAllocateCommonBuffer(ext, it.dma, SZ_16K, &it.logical, false,
						  NULL);
	KUNIT_EXPECT_NOT_NULL(test, it.common);
	KUNIT_EXPECT_EQ(test, VideoPortCreateEvent(ext, 0, NULL, &it.event), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, VideoPortQueueDpc(ext, late_dpc, NULL));
	vt_thread_begin(test, &detacher, detach_work, ext);
	expect_ends(test, &detacher, "the detach");
	it.event = NULL;
	KUNIT_EXPECT_NOT_NULL(test, it.block);
	KUNIT_EXPECT_EQ(test, it.status, 1);
	KUNIT_EXPECT_FALSE(test, it.queued);
	vt_expect_events(test, NULL, "leak", 1);
}

static void late_timer(PVOID ext)
{
	complete(&it.entered);
	mdelay(30);
	it.block = VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
	VideoPortFreePool(ext, it.block);
	VideoPortStartTimer(ext);
	it.queued = VideoPortQueueDpc(ext, late_dpc, NULL);
}

static void start_timer(PVOID ext)
{
	VideoPortStartTimer(ext);
}

/* DETACH-10: So are those of HwTimer, which is not started again */
static void detach_10_timer_meets_a_whole_adapter(struct kunit *test)
{
	vt_mp.hw.HwTimer = late_timer;
	vt_mp.in_initialize = start_timer;
	vt_need_miniport(test);
	vt_remember(test);
	expect_entered(test);
	expect_unregisters(test);
	KUNIT_EXPECT_NOT_NULL(test, it.block);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&it.entered, 3 * HZ / 2), 0UL);
}

/*
 * The last calls of a miniport
 */

static VOID event_dpc(PVOID ext, PVOID context)
{
	VideoPortSetEvent(ext, it.event);
}

static void reset_waits_for_dpc(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode != IOCTL_VIDEO_RESET_DEVICE)
		return;
	it.queued = VideoPortQueueDpc(ext, event_dpc, NULL);
	it.status = VideoPortWaitForSingleObject(ext, it.event, NULL);
}

/* DETACH-11: IOCTL_VIDEO_RESET_DEVICE may wait for a DPC while its driver is unbound */
static void detach_11_reset_may_wait(struct kunit *test)
{
	it.status = -1;
	vt_mp.in_request = reset_waits_for_dpc;
	need_events(test);
	KUNIT_EXPECT_EQ(test, vt_request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	vt_mp.screen = kunit_kzalloc(test, 64, GFP_KERNEL);
	vt_mp.screen_size = 64;
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "101"), 0);
	VideoPortClearEvent(vt_mp.ext, it.event);
	it.status = -1;
	it.queued = false;
	expect_unregisters(test);
	KUNIT_EXPECT_TRUE(test, it.queued);
	KUNIT_EXPECT_EQ(test, it.status, (LONG)NO_ERROR);
}

static void reset_waits_for_ever(PVOID ext)
{
	it.status = VideoPortWaitForSingleObject(ext, it.event, NULL);
	reset_deletes_event(ext);
}

/* DETACH-12: The last calls of a miniport do not wait for ever */
static void detach_12_last_calls_do_not_wait_for_ever(struct kunit *test)
{
	u64 mark = vt_log_mark();

	need_events(test);
	vt_mp.in_reset = reset_waits_for_ever;
	expect_unregisters(test);
	KUNIT_EXPECT_EQ(test, it.status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT, "its waits fail from here on"),
			1U);
}

static void reset_asks(PVOID ext)
{
	vt_forget_order();
	it.status = vt_request(VT_ECHO);
	vt_request(IOCTL_VIDEO_RESET_DEVICE);
}

/* DETACH-13: No request comes to a miniport whose HwResetHw has been called */
static void detach_13_no_request_after_the_last(struct kunit *test)
{
	vt_need_miniport(test);
	vt_mp.in_reset = reset_asks;
	expect_unregisters(test);
	KUNIT_EXPECT_EQ(test, it.status, ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
}

/*
 * The detach itself
 */

/* DETACH-14: Of two that detach the same adapter at once, one finds none */
static void detach_14_by_two_at_once(struct kunit *test)
{
	void *ext = attach(test);
	struct vt_thread first, second;

	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, VideoPortQueueDpc(ext, late_dpc, NULL));
	it.event = NULL;
	vt_thread_begin(test, &first, detach_work, ext);
	vt_thread_begin(test, &second, detach_work, ext);
	expect_ends(test, &first, "the first detach");
	expect_ends(test, &second, "the second detach");
	vt_expect_events(test, NULL, "no-adapter", 1);
}

#define KEPT	3

static struct page *page_of(const void *memory)
{
	return is_vmalloc_addr(memory) ? vmalloc_to_page(memory) : virt_to_page(memory);
}

/*
 * DETACH-15: Memory that a device may still write to is not freed, which is named
 *
 * Keep from others the memory that the device might still write to.
 */
static void detach_15_memory_of_a_busy_device_is_kept(struct kunit *test)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };
	void *ext = attach(test), *memory[KEPT] = { };
	struct vt_fixture *fx = test->priv;
	u64 mark = vt_log_mark();
	int i;

	it.dma = VideoPortGetDmaAdapter(ext, &description);
	memory[0] = VideoPortAllocateCommonBuffer(ext, it.dma, SZ_16K, &it.logical, false,
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

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(detach_01_request_that_waits, wait_gen_params),
	KUNIT_CASE_PARAM(detach_02_request_that_waits_in_verify_mode, wait_gen_params),
	KUNIT_CASE_PARAM(detach_03_enumeration_that_waits, wait_gen_params),
	KUNIT_CASE(detach_04_bios_call_under_way),
	KUNIT_CASE_PARAM(detach_05_wait_with_the_device_lock, wait_gen_params),
	KUNIT_CASE(detach_06_device_lock_is_held),
	KUNIT_CASE(detach_07_device_lock_is_waited_for),
	KUNIT_CASE(detach_08_holder_has_ended),
	KUNIT_CASE(detach_09_dpc_meets_a_whole_adapter),
	KUNIT_CASE(detach_10_timer_meets_a_whole_adapter),
	KUNIT_CASE(detach_11_reset_may_wait),
	KUNIT_CASE(detach_12_last_calls_do_not_wait_for_ever),
	KUNIT_CASE(detach_13_no_request_after_the_last),
	KUNIT_CASE(detach_14_by_two_at_once),
	KUNIT_CASE(detach_15_memory_of_a_busy_device_is_kept),
	{ }
};

struct kunit_suite vt_detach_suite = {
	.name = "detach",
	.init = detach_init,
	.exit = detach_exit,
	.test_cases = cases,
};
