// SPDX-License-Identifier: GPL-2.0-only
/*
 * Detaches of an adapter that something waits for.
 */
#include <linux/completion.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
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

struct vt_detaching vt_detaching;

int vt_detach_init(struct kunit *test)
{
	vt_miniport_script();
	memset(&vt_detaching, 0, sizeof(vt_detaching));
	init_completion(&vt_detaching.entered);
	init_completion(&vt_detaching.leave);
	KeInitializeEvent(&vt_detaching.kernel_event, NotificationEvent, false);
	KeInitializeSemaphore(&vt_detaching.semaphore, 0, 1);
	return vt_bios_init(test);
}

void vt_detach_exit(struct kunit *test)
{
	vt_mp.in_reset = NULL;
	vt_miniport_unregister();
	vt_bios_exit(test);
}

/* Let everything go on that the test made wait, in case a detach did not. */
static void vt_rescue(void)
{
	complete_all(&vt_detaching.leave);
	KeSetEvent(&vt_detaching.kernel_event, 0, false);
	KeReleaseSemaphore(&vt_detaching.semaphore, 0, 1, false);
	if (vt_detaching.event)
		VideoPortSetEvent(vt_detaching.ext, vt_detaching.event);
}

bool vt_ends_within(struct vt_thread *thread, unsigned long patience)
{
	if (!wait_for_completion_timeout(&thread->done, patience))
		return false;
	complete(&thread->done);		/* for vt_thread_end() */
	return true;
}

void vt_expect_ends(struct kunit *test, struct vt_thread *thread, const char *name)
{
	if (!vt_ends_within(thread, VT_DETACH_PATIENCE)) {
		KUNIT_FAIL(test, "%s hangs", name);
		vt_rescue();
	}
	vt_thread_end(thread);
}

void vt_expect_entered(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&vt_detaching.entered,
							  VT_DETACH_PATIENCE), 0UL);
}

static void vt_unregister_work(void *unused)
{
	vt_miniport_unregister();
}

void vt_expect_unregisters(struct kunit *test)
{
	struct vt_thread thread;

	vt_thread_begin(test, &thread, vt_unregister_work, NULL);
	vt_expect_ends(test, &thread, "unbinding");
}

void vt_detach_work(void *ext)
{
	vpmem_detach(ext);
}

/* An adapter that is not the fixture's to detach. */
void *vt_detach_attach(struct kunit *test)
{
	void *ext = vpmem_attach(((struct vt_fixture *)test->priv)->dev, 64);

	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	vt_detaching.ext = ext;
	return ext;
}

static void vt_find_creates_event(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	vt_detaching.ext = ext;
	VideoPortCreateEvent(ext, 0, NULL, &vt_detaching.event);
}

void vt_reset_deletes_event(PVOID ext)
{
	if (VideoPortDeleteEvent(ext, vt_detaching.event) == NO_ERROR)
		vt_note('d');
	vt_detaching.event = NULL;
}

void vt_need_events(struct kunit *test)
{
	vt_mp.in_find = vt_find_creates_event;
	vt_mp.in_reset = vt_reset_deletes_event;
	vt_need_miniport(test);
	KUNIT_ASSERT_NOT_NULL(test, vt_detaching.event);
}
