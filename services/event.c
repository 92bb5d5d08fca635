// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events, and waits for them.
 */
#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/wait.h"
#include "mem/handle.h"
#include "mem/regions.h"
#include "services/time.h"
#include "include/vpmem-port.h"

/* Event; the lock of its queue guards it. */
struct _VP_EVENT {
	wait_queue_head_t queue;
	bool notification;
	bool signalled;
	unsigned int waiters;
};

/* Free an event. It has no waiters: deleting it fails then, and a detach ends the waits. */
static void event_put(struct vpmem_region *region, void *memory)
{
	struct _VP_EVENT *event = memory;

	wait_event(event->queue, !READ_ONCE(event->waiters));
	/* Wait until the last waiter has released the lock of the queue. */
	spin_lock_irq(&event->queue.lock);
	spin_unlock_irq(&event->queue.lock);
	kfree(event);
}

static const struct vpmem_backing event_backing = {
	.name = "kmalloc",
	.may_sleep = true,
	.handle = true,
	.put = event_put,
};

static void event_flags_check(u32 flags, const struct vpmem_call *call)
{
	if (flags & ~(EVENT_TYPE_MASK | INITIAL_EVENT_STATE_MASK))
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "EventFlag 0x%x has undefined bits; ignored", flags);
}

static void *event_find(struct vpmem_region *region, const void *data)
{
	struct _VP_EVENT *event = kzalloc(sizeof(*event), VPMEM_GFP_PASSIVE);
	u32 flags = *(const u32 *)data;

	if (!event)
		return NULL;
	init_waitqueue_head(&event->queue);
	event->notification = (flags & EVENT_TYPE_MASK) == NOTIFICATION_EVENT;
	event->signalled = flags & INITIAL_EVENT_SIGNALED;
	region->backing = &event_backing;
	region->charged = region->size;
	return event;
}

VP_STATUS VideoPortCreateEvent(PVOID HwDeviceExtension, ULONG EventFlag, PVOID Unused,
			       PEVENT *ppEvent)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status;

	vpmem_enter(HwDeviceExtension, &call);
	status = vpmem_handle_create((void **)ppEvent, VPMEM_EVENT, sizeof(struct _VP_EVENT),
				     event_find, &EventFlag, &call);
	if (status == NO_ERROR)
		event_flags_check(EventFlag, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortCreateEvent);

VP_STATUS VideoPortDeleteEvent(PVOID HwDeviceExtension, PEVENT pEvent)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (vpmem_enter(HwDeviceExtension, &call))
		status = vpmem_handle_delete(pEvent, VPMEM_EVENT, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortDeleteEvent);

/* Set the state, and wake all waiters; one of them consumes a synchronization event. */
static bool event_signal(struct _VP_EVENT *event, bool signalled)
{
	unsigned long flags;
	bool before;

	spin_lock_irqsave(&event->queue.lock, flags);
	before = event->signalled;
	event->signalled = signalled;
	if (signalled)
		wake_up_locked(&event->queue);
	spin_unlock_irqrestore(&event->queue.lock, flags);
	return before;
}

static bool event_change(void *extension, struct _VP_EVENT *event, bool signalled,
			 struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_enter(extension, call);
	struct vpmem_region *region = NULL;
	bool before = false;

	if (adapter && vpmem_check_may_lock(call))
		region = vpmem_handle_get(event, VPMEM_EVENT, call);
	if (region) {
		before = event_signal(event, signalled);
		vpmem_region_put(region);
	}
	vpmem_leave(call);
	return before;
}

LONG VideoPortSetEvent(PVOID HwDeviceExtension, PEVENT pEvent)
{
	struct vpmem_call call = VPMEM_CALL();

	return event_change(HwDeviceExtension, pEvent, true, &call);
}
EXPORT_SYMBOL_GPL(VideoPortSetEvent);

VOID VideoPortClearEvent(PVOID HwDeviceExtension, PEVENT pEvent)
{
	struct vpmem_call call = VPMEM_CALL();

	event_change(HwDeviceExtension, pEvent, false, &call);
}
EXPORT_SYMBOL_GPL(VideoPortClearEvent);

LONG VideoPortReadStateEvent(PVOID HwDeviceExtension, PEVENT pEvent)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_region *region = NULL;
	bool signalled = false;

	if (vpmem_enter(HwDeviceExtension, &call))
		region = vpmem_handle_get(pEvent, VPMEM_EVENT, &call);
	if (region) {
		signalled = READ_ONCE(pEvent->signalled);
		vpmem_region_put(region);
	}
	vpmem_leave(&call);
	return signalled;
}
EXPORT_SYMBOL_GPL(VideoPortReadStateEvent);

/*
 * Waiting
 */

static bool event_take(struct _VP_EVENT *event)
{
	unsigned long flags;
	bool signalled;

	spin_lock_irqsave(&event->queue.lock, flags);
	signalled = event->signalled;
	if (!event->notification)
		event->signalled = false;
	spin_unlock_irqrestore(&event->queue.lock, flags);
	return signalled;
}

/* Wait until a deadline, which is checked: late jiffies make a timeout end early. */
static VP_STATUS event_wait(struct _VP_EVENT *event, const struct vpmem_wait *wait, u64 end)
{
	bool taken = false;
	long left;

	do {
		left = wait_event_killable_timeout(event->queue,
						   READ_ONCE(wait->over) ||
						   (taken = event_take(event)),
						   vpmem_wait_jiffies(end));
	} while (!left && ktime_get_ns() < end);
	if (taken)
		return NO_ERROR;
	return left ? ERROR_INVALID_PARAMETER : WAIT_TIMEOUT;
}

static void event_join(struct _VP_EVENT *event)
{
	spin_lock_irq(&event->queue.lock);
	event->waiters++;
	spin_unlock_irq(&event->queue.lock);
}

static void event_part(struct _VP_EVENT *event)
{
	spin_lock_irq(&event->queue.lock);
	event->waiters--;
	wake_up_locked(&event->queue);
	spin_unlock_irq(&event->queue.lock);
}

static VP_STATUS event_wait_held(struct vpmem_adapter *adapter, struct vpmem_region *region,
				 const LARGE_INTEGER *timeout)
{
	struct _VP_EVENT *event = vpmem_region_block(region);
	u64 end = vpmem_wait_deadline(timeout);
	struct vpmem_wait wait;
	VP_STATUS status;

	if (!end) {
		status = event_take(event) ? NO_ERROR : WAIT_TIMEOUT;
		vpmem_region_put(region);
		return status;
	}
	event_join(event);
	vpmem_wait_begin(&wait, adapter, region->adapter);
	status = event_wait(event, &wait, end);
	vpmem_wait_end(&wait);
	/* Drop the waiter's reference, which may be the last one. */
	event_part(event);
	vpmem_region_put(region);
	return status;
}

VP_STATUS VideoPortWaitForSingleObject(PVOID HwDeviceExtension, PVOID Object,
				       PLARGE_INTEGER TimeOut)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	bool at_once = TimeOut && !TimeOut->QuadPart;
	VP_STATUS status = ERROR_INVALID_PARAMETER;
	struct vpmem_region *region = NULL;

	if (adapter && (at_once ? vpmem_check_may_lock(&call) : vpmem_check_may_sleep(&call)))
		region = vpmem_handle_get(Object, VPMEM_EVENT, &call);
	if (region)
		status = event_wait_held(adapter, region, TimeOut);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortWaitForSingleObject);
