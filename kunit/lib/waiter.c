// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits for the objects of the NT kernel, and threads that wait.
 */
#include <linux/bsearch.h>
#include <linux/delay.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "kunit/lib/waiter.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/*
 * Events
 */

LONG vt_wait_ms(void *object, unsigned int ms)
{
	LARGE_INTEGER timeout = { .QuadPart = -10000LL * ms };

	return KeWaitForSingleObject(object, Executive, KernelMode, 0, &timeout);
}

LONG vt_wait_for_ever(void *object)
{
	return KeWaitForSingleObject(object, Executive, KernelMode, 0, NULL);
}

void vt_waiter_work(void *data)
{
	struct vt_waiter *waiter = data;
	LONG status;

	allow_signal(SIGKILL);
	status = vt_wait_for_ever(waiter->object);
	WRITE_ONCE(waiter->status, status);
	if (status == STATUS_SUCCESS)
		atomic_inc(&waiter->woken);
	if (waiter->gives && status == STATUS_SUCCESS)
		KeReleaseMutex(waiter->object, 0);
	atomic_inc(&waiter->ended);
}

void vt_wait_until(atomic_t *count, int least)
{
	int i;

	for (i = 0; i < 2000 && atomic_read(count) < least; i++)
		msleep(20);
}

void vt_threads_begin(struct kunit *test, struct vt_thread *thread,
		      struct vt_waiter *waiter)
{
	int i;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], vt_waiter_work, waiter);
	for (i = 0; i < VT_THREADS; i++)
		vt_expect_thread_waits(test, &thread[i]);
}

void vt_threads_end(struct vt_thread *thread)
{
	int i;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
}

/*
 * Time
 */

LONG vt_delay(s64 interval)
{
	LARGE_INTEGER time = { .QuadPart = interval };

	return KeDelayExecutionThread(KernelMode, 0, &time);
}

static void set_event(void *data)
{
	KeSetEvent(data, IO_NO_INCREMENT, 0);
}

/* Expect that an event which is set in the context of the test wakes who waits for it. */
void vt_expect_set_wakes(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct vt_waiter waiter = {};
	struct vt_thread thread;
	KEVENT event;

	KeInitializeEvent(&event, SynchronizationEvent, 0);
	waiter.object = &event;
	vt_thread_begin(test, &thread, vt_waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.ended), 0);
	context->run(set_event, &event);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 0);
}
