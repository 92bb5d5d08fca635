// SPDX-License-Identifier: GPL-2.0-only
/*
 * Order of a detach: it ends whatever the driver does meanwhile, and no code of the
 * driver uses a freed adapter.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/jiffies.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
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

#define MODE_FILE	"/sys/kernel/debug/vpmem/adapters/" VT_MINIPORT "/mode"

/*
 * Waits
 */

static LONG wait_for_event(void *ext)
{
	return VideoPortWaitForSingleObject(ext, vt_detaching.event, NULL);
}

static LONG wait_for_kernel_event(void *ext)
{
	return KeWaitForSingleObject(&vt_detaching.kernel_event, Executive, 0, false, NULL);
}

static LONG wait_for_semaphore(void *ext)
{
	return KeWaitForSingleObject(&vt_detaching.semaphore, Executive, 0, false, NULL);
}

static LONG wait_for_an_hour(void *ext)
{
	LARGE_INTEGER timeout = { .QuadPart = -3600 * 10000000LL };

	return VideoPortWaitForSingleObject(ext, vt_detaching.event, &timeout);
}

static const struct detach_wait {
	const char *name;
	vt_wait_call *wait;
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
	complete(&vt_detaching.entered);
	vt_detaching.status = vt_detaching.wait(ext);
	return vt_detaching.status;
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

static void expect_unbinds_while_written(struct kunit *test)
{
	struct vt_thread process;

	vt_remember(test);
	vt_thread_begin(test, &process, write_mode, NULL);
	vt_expect_entered(test);
	vt_expect_unregisters(test);
	vt_expect_ends(test, &process, "the process");
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order + strlen(vt_mp.order) - 2, "Hd");
}

static void expect_unbinds_while_waited(struct kunit *test, const struct detach_wait *wait)
{
	vt_detaching.wait = wait->wait;
	vt_mp.in_request = request_waits;
	vt_need_events(test);
	expect_unbinds_while_written(test);
	KUNIT_EXPECT_EQ(test, vt_detaching.status, wait->status);
}

/*
 * DETACH-01: A request that waits for an event or another object does not keep its driver
 * from being unbound: the wait fails, and HwResetHw may make calls
 */
static void detach_01_request_that_waits(struct kunit *test)
{
	expect_unbinds_while_waited(test, test->param_value);
}

/* DETACH-02: The same in verify mode, where no call is logged */
static void detach_02_request_that_waits_in_verify_mode(struct kunit *test)
{
	vt_verify(test, true);
	expect_unbinds_while_waited(test, test->param_value);
}

static ULONG child_waits(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor)
{
	if (vt_detaching.wait)
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

/* DETACH-03: An enumeration of children that waits does not delay a detach */
static void detach_03_enumeration_that_waits(struct kunit *test)
{
	const struct detach_wait *wait = test->param_value;

	vt_have_children(ERROR_NO_MORE_DEVICES);
	vt_mp.child = child_waits;
	vt_mp.in_request = request_enumerates;
	vt_need_events(test);
	vt_detaching.wait = wait->wait;
	expect_unbinds_while_written(test);
	KUNIT_EXPECT_EQ(test, vt_detaching.status, wait->status);
}

/* The call is bounded, because a helper that is at work must not be cut off. */
static PVIDEO_PORT_INT10_INTERFACE bios;

static void request_calls_bios(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	INT10_BIOS_ARGUMENTS registers;

	if (packet->IoControlCode != IOCTL_VIDEO_SET_CURRENT_MODE)
		return;
	complete(&vt_detaching.entered);
	vt_detaching.status = vt_call(bios, &registers);
	packet->StatusBlock->Status = ERROR_INVALID_PARAMETER;
}

static void expect_taken(struct kunit *test, const struct vt_fake *fake)
{
	unsigned long end = jiffies + VT_DETACH_PATIENCE;

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
	vt_need_events(test);
	bios = vt_int10(test, vt_mp.ext);
	fake = vt_fake_start(test, vt_answer_never);
	vt_set_timeout(test, "1000");
	vt_thread_begin(test, &process, write_mode, NULL);
	vt_expect_entered(test);
	expect_taken(test, fake);
	vt_expect_unregisters(test);
	vt_expect_ends(test, &process, "the process");
	vt_fake_stop(fake);
	KUNIT_EXPECT_NE(test, vt_detaching.status, (LONG)NO_ERROR);
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
	void *ext = vt_detach_attach(test);
	struct vt_thread waiter, detacher;
	u64 mark = vt_log_mark();

	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(ext, 0, NULL, &vt_detaching.event), NO_ERROR);
	vt_detaching.wait = wait->wait;
	vt_thread_begin(test, &waiter, lock_and_wait, ext);
	vt_expect_entered(test);
	vt_expect_thread_waits(test, &waiter);
	vt_thread_begin(test, &detacher, vt_detach_work, ext);
	vt_expect_ends(test, &detacher, "the detach");
	vt_expect_ends(test, &waiter, "the wait");
	KUNIT_EXPECT_EQ(test, vt_detaching.status, wait->status);
	/* The event is left, and nothing else is wrong. */
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem-kunit.1", "VideoPort"), 0U);
	vt_detaching.event = NULL;
}

static void lock_and_hold(void *ext)
{
	VideoPortAcquireDeviceLock(ext);
	complete(&vt_detaching.entered);
	wait_for_completion(&vt_detaching.leave);
	VideoPortReleaseDeviceLock(ext);
}

/* DETACH-06: A detach waits for the task that has the device lock, and names it */
static void detach_06_device_lock_is_held(struct kunit *test)
{
	void *ext = vt_detach_attach(test);
	struct vt_thread holder, detacher;
	u64 mark = vt_log_mark();
	bool early;

	vt_remember(test);
	vt_thread_begin(test, &holder, lock_and_hold, ext);
	vt_expect_entered(test);
	vt_thread_begin(test, &detacher, vt_detach_work, ext);
	/* The message comes after a second, and a look at the holder each second. */
	early = vt_ends_within(&detacher, 5 * HZ / 2);
	complete(&vt_detaching.leave);
	vt_expect_ends(test, &holder, "the holder");
	vt_expect_ends(test, &detacher, "the detach");
	KUNIT_EXPECT_FALSE(test, early);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem_detach", "holds the device lock"),
			1U);
	vt_expect_events(test, NULL, NULL, 0);
}

static void lock_in_vain(void *ext)
{
	VideoPortAcquireDeviceLock(ext);
}

/* DETACH-07: A task that waits for the device lock returns without it, which is logged */
static void detach_07_device_lock_is_waited_for(struct kunit *test)
{
	void *ext = vt_detach_attach(test);
	struct vt_thread holder, waiter, detacher;
	u64 mark = vt_log_mark();

	vt_thread_begin(test, &holder, lock_and_hold, ext);
	vt_expect_entered(test);
	vt_thread_begin(test, &waiter, lock_in_vain, ext);
	vt_expect_thread_waits(test, &waiter);
	vt_thread_begin(test, &detacher, vt_detach_work, ext);
	vt_expect_ends(test, &waiter, "the wait for the lock");
	KUNIT_EXPECT_FALSE(test, vt_ends_within(&detacher, HZ / 10));
	complete(&vt_detaching.leave);
	vt_expect_ends(test, &holder, "the holder");
	vt_expect_ends(test, &detacher, "the detach");
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
 * DETACH-08: A detach does not wait for a task that has exited with the device lock; the
 * next task takes it over, which is logged
 */
static void detach_08_holder_has_ended(struct kunit *test)
{
	void *ext = vt_detach_attach(test);
	struct vt_thread holder, detacher;

	vt_thread_begin(test, &holder, lock_and_end, ext);
	vt_thread_end(&holder);
	VideoPortAcquireDeviceLock(ext);
	KUNIT_EXPECT_EQ(test, vt_event(test, ext, "mismatch"), 1UL);
	VideoPortReleaseDeviceLock(ext);
	KUNIT_EXPECT_EQ(test, vt_event(test, ext, "mismatch"), 1UL);
	vt_thread_begin(test, &holder, lock_and_end, ext);
	vt_thread_end(&holder);
	vt_thread_begin(test, &detacher, vt_detach_work, ext);
	vt_expect_ends(test, &detacher, "the detach");
}

static void reset_waits_for_ever(PVOID ext)
{
	vt_detaching.status = VideoPortWaitForSingleObject(ext, vt_detaching.event, NULL);
	vt_reset_deletes_event(ext);
}

/* DETACH-12: The last calls of a miniport do not wait for ever */
static void detach_12_last_calls_do_not_wait_for_ever(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_need_events(test);
	vt_mp.in_reset = reset_waits_for_ever;
	vt_expect_unregisters(test);
	KUNIT_EXPECT_EQ(test, vt_detaching.status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT, "its waits fail from here on"),
			1U);
}

static struct kunit_case detach_cases[] = {
	KUNIT_CASE_PARAM(detach_01_request_that_waits, wait_gen_params),
	KUNIT_CASE_PARAM(detach_02_request_that_waits_in_verify_mode, wait_gen_params),
	KUNIT_CASE_PARAM(detach_03_enumeration_that_waits, wait_gen_params),
	KUNIT_CASE(detach_04_bios_call_under_way),
	KUNIT_CASE_PARAM(detach_05_wait_with_the_device_lock, wait_gen_params),
	KUNIT_CASE(detach_06_device_lock_is_held),
	KUNIT_CASE(detach_07_device_lock_is_waited_for),
	KUNIT_CASE(detach_08_holder_has_ended),
	KUNIT_CASE(detach_12_last_calls_do_not_wait_for_ever),
	{}
};

struct kunit_suite vt_detach_suite = {
	.name = "detach",
	.init = vt_detach_init,
	.exit = vt_detach_exit,
	.test_cases = detach_cases,
};
