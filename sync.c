// SPDX-License-Identifier: GPL-2.0-only
/*
 * What keeps the parts of a miniport from disturbing each other: interlocked
 * operations, the IRQL, spin locks.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "regions.h"
#include "vpmem-port.h"

#define PASSIVE_LEVEL	0
#define DISPATCH_LEVEL	2
#define DEVICE_LEVEL	3
#define HIGH_LEVEL	15

/*
 * Interlocked operations
 */

static atomic_t *atomic_of(LONG *number)
{
	BUILD_BUG_ON(sizeof(atomic_t) != sizeof(*number));
	return (atomic_t *)number;
}

LONG VideoPortInterlockedIncrement(PLONG Addend)
{
	return atomic_inc_return(atomic_of(Addend));
}
EXPORT_SYMBOL_GPL(VideoPortInterlockedIncrement);

LONG VideoPortInterlockedDecrement(PLONG Addend)
{
	return atomic_dec_return(atomic_of(Addend));
}
EXPORT_SYMBOL_GPL(VideoPortInterlockedDecrement);

LONG VideoPortInterlockedExchange(PLONG Target, LONG Value)
{
	return atomic_xchg(atomic_of(Target), Value);
}
EXPORT_SYMBOL_GPL(VideoPortInterlockedExchange);

UCHAR VideoPortGetCurrentIrql(void)
{
	if (in_nmi())
		return HIGH_LEVEL;
	if (hardirq_count())
		return DEVICE_LEVEL;
	return vpmem_cannot_sleep() ? DISPATCH_LEVEL : PASSIVE_LEVEL;
}
EXPORT_SYMBOL_GPL(VideoPortGetCurrentIrql);

/*
 * Spin locks
 */

struct _VP_SPIN_LOCK {
	spinlock_t lock;		/* for whatever the driver guards by it */
	struct lock_class_key key;	/* drivers nest their locks as they like */
	/* Of who holds it */
	struct task_struct *holder;	/* only he may find himself here */
	unsigned int again;		/* how often he took it in vain */
	unsigned long flags;
	struct vpmem_region *region;
};

static void lock_put(struct vpmem_region *region, void *memory)
{
	struct _VP_SPIN_LOCK *lock = memory;

	lockdep_unregister_key(&lock->key);
	kfree(lock);
}

/* lockdep waits before it forgets a key. */
static const struct vpmem_means lock_means = {
	.name = "kmalloc",
	.may_sleep = true,
	.handle = true,
	.put = lock_put,
};

static void *lock_find(struct vpmem_region *region, const void *unused)
{
	struct _VP_SPIN_LOCK *lock = kzalloc(sizeof(*lock), VPMEM_GFP_PASSIVE);

	if (!lock)
		return NULL;
	lockdep_register_key(&lock->key);
	spin_lock_init(&lock->lock);
	lockdep_set_class_and_name(&lock->lock, &lock->key, "vpmem spin lock");
	region->means = &lock_means;
	region->charged = region->size;
	return lock;
}

VP_STATUS VideoPortCreateSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK *SpinLock)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_STATUS status = vpmem_handle_fault(adapter, (void **)SpinLock, VPMEM_LOCK, &call);

	if (status == NO_ERROR) {
		*SpinLock = vpmem_handle_make(adapter, VPMEM_LOCK,
					      sizeof(struct _VP_SPIN_LOCK), lock_find,
					      NULL, &call);
		if (!*SpinLock)
			status = ERROR_NOT_ENOUGH_MEMORY;
	}
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortCreateSpinLock);

VP_STATUS VideoPortDeleteSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter)
		status = vpmem_handle_delete(adapter, SpinLock, VPMEM_LOCK, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortDeleteSpinLock);

/*
 * The record is held for as long as the lock is. Nothing of the task that holds it can
 * come here but itself, because interrupts are off.
 */
static void lock_take(struct vpmem_adapter *adapter, struct _VP_SPIN_LOCK *lock,
		      const struct vpmem_call *call)
{
	struct vpmem_region *region = vpmem_handle_hold(adapter, lock, VPMEM_LOCK, call);
	unsigned long flags;

	if (!region)
		return;
	if (READ_ONCE(lock->holder) == current) {
		lock->again++;
		vpmem_region_drop(region);
		vpmem_complain(adapter, VPMEM_EV_BUSY, call,
			       "%p is taken by who holds it", lock);
		return;
	}
	spin_lock_irqsave(&lock->lock, flags);
	lock->flags = flags;
	lock->region = region;
	WRITE_ONCE(lock->holder, current);
	/* To sparse it is not held: that is the caller's to know. */
	__release(&lock->lock);
}

static void lock_end(struct _VP_SPIN_LOCK *lock)
{
	struct vpmem_region *region = lock->region;
	unsigned long flags = lock->flags;

	__acquire(&lock->lock);
	WRITE_ONCE(lock->holder, NULL);
	spin_unlock_irqrestore(&lock->lock, flags);
	vpmem_region_drop(region);
}

static void lock_give(struct vpmem_adapter *adapter, struct _VP_SPIN_LOCK *lock,
		      const struct vpmem_call *call)
{
	struct vpmem_region *region = vpmem_handle_hold(adapter, lock, VPMEM_LOCK, call);

	if (!region)
		return;
	if (READ_ONCE(lock->holder) != current)
		vpmem_complain(adapter, VPMEM_EV_BAD_PARAMETER, call,
			       "%p is not held; left alone", lock);
	else if (lock->again)
		lock->again--;
	else
		lock_end(lock);
	vpmem_region_drop(region);
}

static void old_irql_store(struct vpmem_adapter *adapter, UCHAR *to,
			   const struct vpmem_call *call)
{
	if (vpmem_not_null(adapter, to, "OldIrql", call))
		*to = VideoPortGetCurrentIrql();
}

VOID VideoPortAcquireSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      PUCHAR OldIrql)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter) {
		old_irql_store(adapter, OldIrql, &call);
		lock_take(adapter, SpinLock, &call);
	}
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortAcquireSpinLock);

VOID VideoPortAcquireSpinLockAtDpcLevel(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter)
		lock_take(adapter, SpinLock, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortAcquireSpinLockAtDpcLevel);

VOID VideoPortReleaseSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      UCHAR NewIrql)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter)
		lock_give(adapter, SpinLock, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseSpinLock);

VOID VideoPortReleaseSpinLockFromDpcLevel(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter)
		lock_give(adapter, SpinLock, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseSpinLockFromDpcLevel);
