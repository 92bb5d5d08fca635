// SPDX-License-Identifier: GPL-2.0-only
/*
 * Synchronization of a miniport: interlocked operations, the IRQL, spin locks.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/inline.h"
#include "core/log.h"
#include "core/nofault.h"
#include "core/seal.h"
#include "core/tags.h"
#include "mem/handle.h"
#include "mem/regions.h"
#include "include/vpmem-port.h"

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

/* Return the IRQL of a context whose interrupt state was @flags. */
static __vpmem_inlined UCHAR irql_of(unsigned long flags)
{
	if (likely(!(preempt_count() | rcu_preempt_depth()) && !irqs_disabled_flags(flags)))
		return PASSIVE_LEVEL;
	if (in_nmi())
		return HIGH_LEVEL;
	return hardirq_count() ? DEVICE_LEVEL : DISPATCH_LEVEL;
}

UCHAR VideoPortGetCurrentIrql(void)
{
	unsigned long flags;

	local_save_flags(flags);
	return irql_of(flags);
}
EXPORT_SYMBOL_GPL(VideoPortGetCurrentIrql);

/*
 * Spin locks
 *
 * A lock is sealed for its adapter, so that one comparison verifies that the handle is a
 * live lock of this extension. Its memory is freed after an RCU grace period, and it is
 * accessed with interrupts disabled, which is a read section; so another CPU may delete
 * the handle at any time. The seal is checked again when the lock is held.
 */

struct _VP_SPIN_LOCK {
	spinlock_t lock;		/* taken for the driver */
	u64 seal;
	/* State of the holder */
	struct task_struct *holder;
	unsigned int again;		/* recursive acquires of the holder, which are faults */
	unsigned long flags;
	struct lock_class_key key;	/* own class: drivers nest their locks in any order */
	struct rcu_head rcu;
};

/* Begin access. PREEMPT_RT cannot take a spinlock_t with interrupts disabled. */
static __vpmem_inlined unsigned long look_begin(UCHAR *irql)
{
	unsigned long flags = 0;

	if (IS_ENABLED(CONFIG_PREEMPT_RT)) {
		*irql = VideoPortGetCurrentIrql();
		rcu_read_lock();
	} else {
		local_irq_save(flags);
		*irql = irql_of(flags);
	}
	return flags;
}

static __vpmem_inlined void look_end(unsigned long flags)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		rcu_read_unlock();
	else
		local_irq_restore(flags);
}

static __vpmem_inlined u64 lock_seal(const struct _VP_SPIN_LOCK *lock,
				     const void *extension)
{
	return vpmem_seal(lock) ^ (unsigned long)extension;
}

static __vpmem_inlined bool lock_is_of(const struct _VP_SPIN_LOCK *lock,
				       const void *extension)
{
	u64 seen;

	return vpmem_in_memory(&lock->seal) && vpmem_read(&lock->seal, &seen) &&
	       seen == lock_seal(lock, extension);
}

/* Release a lock that was deleted or reclaimed while this CPU waited for it. */
static noinline void lock_gone(struct _VP_SPIN_LOCK *lock, unsigned long flags)
{
	static const struct vpmem_call call = { .name = "VideoPortAcquireSpinLock" };

	__acquire(&lock->lock);
	spin_unlock(&lock->lock);
	look_end(flags);
	vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER,
			  "SpinLock %p was deleted while a CPU waited for it; not held",
			  lock);
}

/*
 * Acquire a lock and return the previous IRQL. Return false if it is not a lock of this
 * extension, if the caller holds it, or in an NMI.
 */
static __vpmem_inlined bool lock_take(struct _VP_SPIN_LOCK *lock, const void *extension,
				      UCHAR *irql)
{
	UCHAR before;
	unsigned long flags = look_begin(&before);

	if (unlikely(before == HIGH_LEVEL || vpmem_locks_sleep() || !lock_is_of(lock, extension) ||
		     READ_ONCE(lock->holder) == current)) {
		look_end(flags);
		return false;
	}
	spin_lock(&lock->lock);
	/* Tell sparse that it is not held: callers return with it. */
	__release(&lock->lock);
	/* Write the IRQL only now: drivers keep it in memory that the lock guards. */
	*irql = before;
	if (unlikely(!READ_ONCE(lock->seal))) {
		lock_gone(lock, flags);
		return true;
	}
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		rcu_read_unlock();
	lock->flags = flags;
	WRITE_ONCE(lock->holder, current);
	return true;
}

static __vpmem_inlined void lock_give(struct _VP_SPIN_LOCK *lock)
{
	unsigned long flags = lock->flags;

	__acquire(&lock->lock);
	WRITE_ONCE(lock->holder, NULL);
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		spin_unlock(&lock->lock);
	else
		spin_unlock_irqrestore(&lock->lock, flags);
}

static void lock_put(struct vpmem_region *region, void *memory)
{
	struct _VP_SPIN_LOCK *lock = memory;

	WRITE_ONCE(lock->seal, 0);
	/* Wait for readers before lockdep forgets the key of the lock. */
	if (IS_ENABLED(CONFIG_LOCKDEP))
		synchronize_rcu();
	lockdep_unregister_key(&lock->key);
	kfree_rcu(lock, rcu);
}

/* Backing of spin locks; lockdep may sleep before it forgets a key. */
static const struct vpmem_backing lock_backing = {
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
	lock->seal = lock_seal(lock, region->adapter->extension);
	region->backing = &lock_backing;
	region->charged = region->size;
	return lock;
}

VP_STATUS VideoPortCreateSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK *SpinLock)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status;

	vpmem_enter(HwDeviceExtension, &call);
	status = vpmem_handle_create((void **)SpinLock, VPMEM_SPINLOCK,
				     sizeof(struct _VP_SPIN_LOCK), lock_find, NULL, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortCreateSpinLock);

/*
 * Break the seal of a lock that is neither held nor about to be acquired through its
 * record. The holder is checked for UP kernels, where each spin_trylock() succeeds.
 */
static const char *lock_refuse(const struct vpmem_region *region, const void *unused)
{
	struct _VP_SPIN_LOCK *lock = vpmem_region_block(region);

	if (READ_ONCE(lock->holder) || refcount_read(&region->references) > 1 ||
	    !spin_trylock(&lock->lock))
		return "it is in use";
	WRITE_ONCE(lock->seal, 0);
	spin_unlock(&lock->lock);
	return NULL;
}

VP_STATUS VideoPortDeleteSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	const struct vpmem_region_wanted wanted = {
		.adapter = adapter,
		.block = SpinLock,
		.kinds = BIT(VPMEM_SPINLOCK),
		.refuse = lock_refuse,
	};
	bool done = adapter && vpmem_region_release(&wanted, NULL, &call);

	vpmem_leave(&call);
	return done ? NO_ERROR : ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortDeleteSpinLock);

/* Slow path of an acquire: verify mode, and faults. */
static noinline void acquire(void *extension, struct _VP_SPIN_LOCK *lock, UCHAR *irql,
			     const char *name, unsigned long caller)
{
	struct vpmem_call call = { .name = name, .caller = caller };
	struct vpmem_adapter *adapter = vpmem_enter(extension, &call);
	struct vpmem_region *region;
	UCHAR unused = VideoPortGetCurrentIrql();

	if (!adapter)
		return;
	if (vpmem_not_null(irql, "OldIrql", &call))
		*irql = unused;
	region = vpmem_check_may_lock(&call) ?
		 vpmem_handle_get(lock, VPMEM_SPINLOCK, &call) : NULL;
	if (region && READ_ONCE(lock->holder) == current) {
		lock->again++;
		vpmem_warn_misuse(&call, VPMEM_EV_BUSY,
				  "SpinLock %p is held by the caller", lock);
	} else if (region) {
		lock_take(lock, region->adapter->extension, &unused);
	}
	if (region)
		vpmem_region_put(region);
	vpmem_leave(&call);
}

static noinline void release(void *extension, struct _VP_SPIN_LOCK *lock,
			     const char *name, unsigned long caller)
{
	struct vpmem_call call = { .name = name, .caller = caller };
	struct vpmem_adapter *adapter = vpmem_enter(extension, &call);
	struct vpmem_region *region;

	if (!adapter)
		return;
	region = vpmem_handle_get(lock, VPMEM_SPINLOCK, &call);
	if (region && READ_ONCE(lock->holder) != current)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "SpinLock %p is not held by the caller; left alone",
				  lock);
	else if (region && lock->again)
		lock->again--;
	else if (region)
		lock_give(lock);
	if (region)
		vpmem_region_put(region);
	vpmem_leave(&call);
}

/* Check for the holder. Its interrupts are off, so no handler can run in its context. */
static __vpmem_inlined bool may_give(const struct _VP_SPIN_LOCK *lock,
				     const void *extension)
{
	return !static_branch_unlikely(&vpmem_verify) && !in_nmi() &&
	       lock_is_of(lock, extension) && READ_ONCE(lock->holder) == current &&
	       !lock->again;
}

VOID VideoPortAcquireSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      PUCHAR OldIrql)
{
	if (likely(!static_branch_unlikely(&vpmem_verify) && OldIrql) &&
	    likely(lock_take(SpinLock, HwDeviceExtension, OldIrql)))
		return;
	acquire(HwDeviceExtension, SpinLock, OldIrql, __func__, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortAcquireSpinLock);

VOID VideoPortAcquireSpinLockAtDpcLevel(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock)
{
	UCHAR irql;

	if (likely(!static_branch_unlikely(&vpmem_verify)) &&
	    likely(lock_take(SpinLock, HwDeviceExtension, &irql)))
		return;
	acquire(HwDeviceExtension, SpinLock, &irql, __func__, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortAcquireSpinLockAtDpcLevel);

VOID VideoPortReleaseSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      UCHAR NewIrql)
{
	if (likely(may_give(SpinLock, HwDeviceExtension))) {
		lock_give(SpinLock);
		return;
	}
	release(HwDeviceExtension, SpinLock, __func__, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseSpinLock);

VOID VideoPortReleaseSpinLockFromDpcLevel(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock)
{
	if (likely(may_give(SpinLock, HwDeviceExtension))) {
		lock_give(SpinLock);
		return;
	}
	release(HwDeviceExtension, SpinLock, __func__, _RET_IP_);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseSpinLockFromDpcLevel);
