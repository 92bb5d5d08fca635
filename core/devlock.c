// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device lock of an adapter: a recursive mutex that a detach can close.
 *
 * A detach refuses the lock to the tasks that wait for it, and waits for the task that
 * holds it, unless that task has exited without releasing it.
 */
#include <linux/export.h>
#include <linux/lockdep.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/wait.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/devlock.h"
#include "core/log.h"
#include "include/vpmem-port.h"

/* Interval for checking whether the holder has exited, which wakes no waiter */
#define LOOK_AGAIN	HZ

void vpmem_device_lock_init(struct vpmem_adapter *adapter)
{
	struct vpmem_device_lock *lock = &adapter->device_lock;
	static struct lock_class_key key;

	init_waitqueue_head(&lock->queue);
	lockdep_init_map(&lock->map, "vpmem device lock", &key, 0);
}

static bool holder_has_exited(const struct vpmem_device_lock *lock)
{
	return lock->owner && READ_ONCE(lock->owner->exit_state);
}

/* Release the lock of a task that has exited while holding it. */
static void holder_forget(struct vpmem_device_lock *lock)
{
	put_task_struct(lock->owner);
	lock->owner = NULL;
	lock->tasks--;
}

/* Try to acquire the lock. Return true on success, and if the lock is closed. */
static bool device_try(struct vpmem_device_lock *lock, bool *ended)
{
	bool over = true;

	spin_lock(&lock->queue.lock);
	if (!lock->closed && holder_has_exited(lock)) {
		holder_forget(lock);
		*ended = true;
	}
	if (!lock->closed && !lock->owner) {
		WRITE_ONCE(lock->owner, get_task_struct(current));
		lock->depth = 1;
	} else {
		over = lock->closed;
	}
	spin_unlock(&lock->queue.lock);
	return over;
}

static void tasks_add(struct vpmem_device_lock *lock)
{
	spin_lock(&lock->queue.lock);
	lock->tasks++;
	spin_unlock(&lock->queue.lock);
}

/* Drop the caller's use of the lock; a detach may free the lock afterwards. */
static void tasks_drop(struct vpmem_device_lock *lock)
{
	spin_lock(&lock->queue.lock);
	if (lock->owner == current)
		WRITE_ONCE(lock->owner, NULL);
	lock->tasks--;
	wake_up_all_locked(&lock->queue);
	spin_unlock(&lock->queue.lock);
}

/* Acquire the lock. Return false if a detach has closed it. */
bool vpmem_device_lock(struct vpmem_adapter *adapter)
{
	const struct vpmem_call call = { .name = "device lock", .adapter = adapter };
	struct vpmem_device_lock *lock = &adapter->device_lock;
	bool ended = false;
	long over;

	if (READ_ONCE(lock->owner) == current) {
		lock->depth++;
		return true;
	}
	tasks_add(lock);
	do {
		over = wait_event_timeout(lock->queue, device_try(lock, &ended), LOOK_AGAIN);
	} while (!over);
	if (ended)
		vpmem_warn_misuse(&call, VPMEM_EV_MISMATCH,
				  "the task that held the lock has exited; taken over");
	if (READ_ONCE(lock->owner) == current) {
		lock_map_acquire(&lock->map);
		return true;
	}
	tasks_drop(lock);
	return false;
}

bool vpmem_device_unlock(struct vpmem_adapter *adapter)
{
	struct vpmem_device_lock *lock = &adapter->device_lock;

	if (READ_ONCE(lock->owner) != current)
		return false;
	if (--lock->depth)
		return true;
	lock_map_release(&lock->map);
	tasks_drop(lock);
	put_task_struct(current);
	return true;
}

/* Return how often the caller has acquired the lock. */
unsigned int vpmem_device_depth(struct vpmem_adapter *adapter)
{
	struct vpmem_device_lock *lock = &adapter->device_lock;

	return READ_ONCE(lock->owner) == current ? lock->depth : 0;
}

/* Restore the caller's depth after @callee, which should have left it unchanged. */
void vpmem_device_settle(struct vpmem_adapter *adapter, unsigned int depth,
			 const char *callee)
{
	const struct vpmem_call call = { .name = callee, .adapter = adapter };
	unsigned int now = vpmem_device_depth(adapter);

	if (now == depth)
		return;
	vpmem_warn_misuse(&call, VPMEM_EV_MISMATCH,
			  "the device lock has been %s too often",
			  now > depth ? "acquired" : "released");
	for (; now < depth; now++)
		vpmem_device_lock(adapter);
	for (; now > depth; now--)
		vpmem_device_unlock(adapter);
}

static bool device_is_idle(struct vpmem_device_lock *lock)
{
	bool idle;

	spin_lock(&lock->queue.lock);
	if (holder_has_exited(lock))
		holder_forget(lock);
	idle = !lock->tasks;
	spin_unlock(&lock->queue.lock);
	return idle;
}

static void device_warn_held(const struct vpmem_call *call)
{
	struct vpmem_device_lock *lock = &call->adapter->device_lock;
	char name[TASK_COMM_LEN] = "a task";

	spin_lock(&lock->queue.lock);
	if (lock->owner)
		strscpy(name, lock->owner->comm, sizeof(name));
	spin_unlock(&lock->queue.lock);
	vpmem_warn_misuse(call, VPMEM_EV_BUSY,
			  "%s holds the device lock; waiting for VideoPortReleaseDeviceLock",
			  name);
}

/*
 * Close the lock, and wait for the task that holds it and for all waiters to leave. The
 * memory of the lock may be freed afterwards.
 */
void vpmem_device_close(const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct vpmem_device_lock *lock = &adapter->device_lock;
	long idle;

	vpmem_device_settle(adapter, 0, "vpmem_detach");
	spin_lock(&lock->queue.lock);
	lock->closed = true;
	wake_up_all_locked(&lock->queue);
	spin_unlock(&lock->queue.lock);
	idle = wait_event_timeout(lock->queue, device_is_idle(lock), LOOK_AGAIN);
	if (idle)
		return;
	device_warn_held(call);
	do {
		idle = wait_event_timeout(lock->queue, device_is_idle(lock), LOOK_AGAIN);
	} while (!idle);
}

VOID VideoPortAcquireDeviceLock(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter && vpmem_check_may_sleep(&call) && !vpmem_device_lock(adapter))
		vpmem_warn_misuse(&call, VPMEM_EV_DETACH_RACE,
				  "the adapter is being detached; the lock is not acquired");
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortAcquireDeviceLock);

VOID VideoPortReleaseDeviceLock(PVOID HwDeviceExtension)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter && vpmem_check_may_sleep(&call) && !vpmem_device_unlock(adapter))
		vpmem_warn_misuse(&call, VPMEM_EV_MISMATCH,
				  "the caller does not hold the device lock; left alone");
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseDeviceLock);
