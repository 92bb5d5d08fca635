// SPDX-License-Identifier: GPL-2.0-only
/*
 * Dispatcher objects of the Windows kernel: events, mutexes, semaphores. They lie in the
 * driver's memory, have the size they have on Windows, and own no resources to be freed:
 * waiters sleep in the queue that wait_var_event() finds by the address.
 */
#include <linux/atomic.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>

#include "core/call.h"
#include "core/log.h"
#include "core/nofault.h"
#include "core/physical.h"
#include "core/seal.h"
#include "core/wait.h"
#include "services/time.h"
#include "include/vpmem-nt.h"

/* Object types of Windows; the first two are also EVENT_TYPEs. */
enum {
	TYPE_NOTIFICATION = 0,
	TYPE_SYNCHRONIZATION = 1,
	TYPE_MUTEX = 2,
	TYPE_SEMAPHORE = 5,
	TYPE_FAST_MUTEX = 0x80,			/* not a dispatcher object on Windows */
};

#define TYPES_EVENT	(BIT(TYPE_NOTIFICATION) | BIT(TYPE_SYNCHRONIZATION))
#define TYPES_WAITABLE	(TYPES_EVENT | BIT(TYPE_MUTEX) | BIT(TYPE_SEMAPHORE))

/* Drivers embed the objects, so the size must match. */
static_assert(sizeof(DISPATCHER_HEADER) == 8 + 2 * sizeof(void *));
static_assert(sizeof(KEVENT) == sizeof(DISPATCHER_HEADER));
static_assert(sizeof(KMUTEX) == 8 + 6 * sizeof(void *));
static_assert(sizeof(KSEMAPHORE) <= 8 + 3 * sizeof(void *));
static_assert(sizeof(FAST_MUTEX) == (IS_ENABLED(CONFIG_64BIT) ? 56 : 32));
static_assert(sizeof(u64) <= sizeof_field(DISPATCHER_HEADER, Private));

/*
 * Objects
 */

static u64 object_seal(const DISPATCHER_HEADER *object, u8 type)
{
	return vpmem_seal(object) ^ ((u64)type << 56);
}

static void object_make(DISPATCHER_HEADER *object, u8 type, LONG state)
{
	const u64 seal = object_seal(object, type);

	object->Type = type;
	object->SignalState = state;
	memcpy(object->Private, &seal, sizeof(seal));
}

/* Check for a kernel address that may be mapped: elsewhere a fault would not be caught. */
static bool is_possible(const DISPATCHER_HEADER *object)
{
	unsigned long address = (unsigned long)kasan_reset_tag(object);
	unsigned long lowest = PAGE_OFFSET;

#ifndef CONFIG_UML
	lowest = min_t(unsigned long, lowest, VMALLOC_START);
	lowest = min(lowest, vpmem_modules_start());
#endif
	return address >= max(lowest, PAGE_SIZE) && address < -PAGE_SIZE;
}

static bool seal_read(const DISPATCHER_HEADER *object, u64 *seal)
{
	const u64 *from = (const u64 *)object->Private;

	if (!is_possible(object))
		return false;
	if (!IS_ENABLED(CONFIG_UML))
		return vpmem_read(from, seal);
	if (!vpmem_kernel_page(from) || !vpmem_kernel_page((const u8 *)(from + 1) - 1))
		return false;
	memcpy(seal, from, sizeof(*seal));
	return true;
}

static bool object_is(const DISPATCHER_HEADER *object, u8 type)
{
	u64 seal;

	return seal_read(object, &seal) && seal == object_seal(object, type);
}

static bool object_is_one_of(const DISPATCHER_HEADER *object, unsigned int types)
{
	u64 seal;
	u8 type;

	if (!seal_read(object, &seal))
		return false;
	for (type = 0; types >> type; type++)
		if (types & BIT(type) && seal == object_seal(object, type))
			return true;
	return false;
}

static bool object_check(const DISPATCHER_HEADER *object, unsigned int types,
			 const struct vpmem_call *call)
{
	if (!vpmem_check_no_nmi(call))
		return false;
	if (!object)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "the object is NULL");
	else if (!object_is_one_of(object, types))
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "%p has not been initialized; left alone", object);
	else
		return true;
	return false;
}

/* Check the address of an object to initialize. */
static bool object_has_place(const void *object, const struct vpmem_call *call)
{
	if ((unsigned long)object >= PAGE_SIZE)
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%p is not a valid address of an object",
			  object);
	return false;
}

static atomic_t *state_of(DISPATCHER_HEADER *object)
{
	BUILD_BUG_ON(sizeof(object->SignalState) != sizeof(atomic_t));
	return (atomic_t *)&object->SignalState;
}

/* Wake the waiters. Only the address is used: a waiter may have freed the object. */
static void wake(DISPATCHER_HEADER *object)
{
	vpmem_wake(&object->SignalState);
}

/*
 * Events
 */

VOID KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!object_has_place(Event, &call))
		return;
	if ((unsigned int)Type > SynchronizationEvent)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "invalid EVENT_TYPE %d; made a NotificationEvent", Type);
	object_make(&Event->Header, Type == SynchronizationEvent ? TYPE_SYNCHRONIZATION :
								   TYPE_NOTIFICATION, !!State);
}
EXPORT_SYMBOL_GPL(KeInitializeEvent);

/* Set the state. xchg() is the full barrier that wake_up_var() needs. */
static LONG ke_event_change(PRKEVENT event, bool signalled, const struct vpmem_call *call)
{
	bool before;

	if (!object_check(&event->Header, TYPES_EVENT, call))
		return 0;
	before = atomic_xchg(state_of(&event->Header), signalled);
	if (signalled && !before)
		wake(&event->Header);
	return before;
}

LONG KeSetEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait)
{
	const struct vpmem_call call = VPMEM_CALL();

	return ke_event_change(Event, true, &call);
}
EXPORT_SYMBOL_GPL(KeSetEvent);

LONG KeResetEvent(PRKEVENT Event)
{
	const struct vpmem_call call = VPMEM_CALL();

	return ke_event_change(Event, false, &call);
}
EXPORT_SYMBOL_GPL(KeResetEvent);

VOID KeClearEvent(PRKEVENT Event)
{
	const struct vpmem_call call = VPMEM_CALL();

	ke_event_change(Event, false, &call);
}
EXPORT_SYMBOL_GPL(KeClearEvent);

LONG KeReadStateEvent(PRKEVENT Event)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!object_check(&Event->Header, TYPES_EVENT, &call))
		return 0;
	return atomic_read(state_of(&Event->Header));
}
EXPORT_SYMBOL_GPL(KeReadStateEvent);

/*
 * Mutexes. The state of a free mutex is 1, and each acquire decrements it. After the first
 * only the owner changes it.
 */

VOID KeInitializeMutex(PRKMUTEX Mutex, ULONG Level)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!object_has_place(Mutex, &call))
		return;
	Mutex->OwnerThread = NULL;
	object_make(&Mutex->Header, TYPE_MUTEX, 1);
}
EXPORT_SYMBOL_GPL(KeInitializeMutex);

static bool mutex_take(PRKMUTEX mutex)
{
	atomic_t *state = state_of(&mutex->Header);

	if (READ_ONCE(mutex->OwnerThread) == current) {
		atomic_dec(state);
		return true;
	}
	if (atomic_cmpxchg(state, 1, 0) != 1)
		return false;
	WRITE_ONCE(mutex->OwnerThread, current);
	return true;
}

static LONG mutex_give(PRKMUTEX mutex)
{
	LONG before = atomic_read(state_of(&mutex->Header));

	if (!before)
		WRITE_ONCE(mutex->OwnerThread, NULL);
	if (!atomic_fetch_inc(state_of(&mutex->Header)))
		wake(&mutex->Header);
	return before;
}

LONG KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!object_check(&Mutex->Header, BIT(TYPE_MUTEX), &call))
		return 0;
	if (READ_ONCE(Mutex->OwnerThread) == current)
		return mutex_give(Mutex);
	vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
			  "the caller does not own %p; left alone", Mutex);
	return 0;
}
EXPORT_SYMBOL_GPL(KeReleaseMutex);

/*
 * Semaphores
 */

VOID KeInitializeSemaphore(PRKSEMAPHORE Semaphore, LONG Count, LONG Limit)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!object_has_place(Semaphore, &call))
		return;
	if (Limit < 1 || Count < 0 || Count > Limit) {
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "count %d of %d is invalid; clamped", Count, Limit);
		Limit = max(Limit, 1);
		Count = clamp(Count, 0, Limit);
	}
	Semaphore->Limit = Limit;
	object_make(&Semaphore->Header, TYPE_SEMAPHORE, Count);
}
EXPORT_SYMBOL_GPL(KeInitializeSemaphore);

static bool semaphore_add(PRKSEMAPHORE semaphore, LONG more, LONG *before)
{
	atomic_t *state = state_of(&semaphore->Header);

	*before = atomic_read(state);
	do {
		if (more < 1 || more > semaphore->Limit - *before)
			return false;
	} while (!atomic_try_cmpxchg(state, before, *before + more));
	return true;
}

LONG KeReleaseSemaphore(PRKSEMAPHORE Semaphore, KPRIORITY Increment, LONG Adjustment,
			BOOLEAN Wait)
{
	const struct vpmem_call call = VPMEM_CALL();
	LONG before;

	if (!object_check(&Semaphore->Header, BIT(TYPE_SEMAPHORE), &call))
		return 0;
	if (semaphore_add(Semaphore, Adjustment, &before))
		wake(&Semaphore->Header);
	else
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "Adjustment %d to count %d: invalid, or beyond Limit; left alone",
				  Adjustment, before);
	return before;
}
EXPORT_SYMBOL_GPL(KeReleaseSemaphore);

/*
 * Waiting
 */

/* Try to satisfy a wait for an object. */
static bool object_take(DISPATCHER_HEADER *object)
{
	switch (object->Type) {
	case TYPE_NOTIFICATION:
		return atomic_read(state_of(object));
	case TYPE_SYNCHRONIZATION:
		return atomic_xchg(state_of(object), 0);
	case TYPE_MUTEX:
		return mutex_take(container_of(object, KMUTEX, Header));
	case TYPE_SEMAPHORE:
		return atomic_dec_if_positive(state_of(object)) >= 0;
	}
	return false;
}

/* Wait once. Return the remaining jiffies, 0 at the timeout, negative if killed. */
static long wait_once(DISPATCHER_HEADER *object, const struct vpmem_wait *wait, bool *taken,
		      long jiffies_left)
{
	return ___wait_var_event(&object->SignalState,
				 ___wait_cond_timeout(READ_ONCE(wait->over) ||
						      (*taken = object_take(object))),
				 TASK_KILLABLE, 0, jiffies_left,
				 __ret = schedule_timeout(__ret));
}

/*
 * Wait until a deadline, which is checked: late jiffies make a timeout end early. A detach
 * of the adapter that the task works for ends the wait.
 */
static LONG object_wait(DISPATCHER_HEADER *object, u64 end)
{
	struct vpmem_wait wait;
	bool taken = false;
	long left;

	vpmem_wait_begin(&wait, NULL, NULL);
	do {
		left = wait_once(object, &wait, &taken,
				 vpmem_wait_slice(vpmem_wait_jiffies(end)));
	} while (!left && ktime_get_ns() < end);
	vpmem_wait_end(&wait);
	if (taken)
		return STATUS_SUCCESS;
	if (wait.over)
		return STATUS_UNSUCCESSFUL;
	return left < 0 ? STATUS_USER_APC : STATUS_TIMEOUT;
}

LONG KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, char WaitMode,
			   BOOLEAN Alertable, PLARGE_INTEGER Timeout)
{
	const struct vpmem_call call = VPMEM_CALL();
	u64 end;

	if (!object_check(Object, TYPES_WAITABLE, &call))
		return STATUS_INVALID_PARAMETER;
	end = vpmem_wait_deadline(Timeout);
	if (!end)
		return object_take(Object) ? STATUS_SUCCESS : STATUS_TIMEOUT;
	if (!vpmem_check_may_sleep(&call))
		return STATUS_UNSUCCESSFUL;
	return object_wait(Object, end);
}
EXPORT_SYMBOL_GPL(KeWaitForSingleObject);

/* Time that a request may still sleep after a detach has begun: hardware may need it */
#define LAST_SLEEP	NSEC_PER_SEC

/* Sleep until the time that is returned, or until the task is killed. */
static u64 sleep_while(const struct vpmem_wait *wait, u64 end)
{
	u64 until, last = min(end, ktime_get_ns() + LAST_SLEEP);
	ktime_t expires;

	for (;;) {
		set_current_state(TASK_KILLABLE);
		until = READ_ONCE(wait->over) ? last : end;
		if (ktime_get_ns() >= until || fatal_signal_pending(current))
			break;
		expires = ns_to_ktime(min_t(u64, until, KTIME_MAX));
		schedule_hrtimeout(&expires, HRTIMER_MODE_ABS);
	}
	__set_current_state(TASK_RUNNING);
	return until;
}

static LONG sleep_until(u64 end)
{
	struct vpmem_wait wait;
	u64 until;

	vpmem_wait_begin(&wait, NULL, NULL);
	until = sleep_while(&wait, end);
	vpmem_wait_end(&wait);
	if (ktime_get_ns() < until)
		return STATUS_USER_APC;
	return until < end ? STATUS_UNSUCCESSFUL : STATUS_SUCCESS;
}

LONG KeDelayExecutionThread(char WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Interval)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!Interval) {
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER, "Interval is NULL");
		return STATUS_INVALID_PARAMETER;
	}
	if (!vpmem_check_may_sleep(&call))
		return STATUS_UNSUCCESSFUL;
	return sleep_until(vpmem_wait_deadline(Interval));
}
EXPORT_SYMBOL_GPL(KeDelayExecutionThread);

/*
 * Fast mutexes. Count of a free mutex is 1, Contention counts the recursive acquires of
 * the owner, which are faults, and the header of Event has the seal.
 */

static atomic_t *count_of(PFAST_MUTEX mutex)
{
	return (atomic_t *)&mutex->Count;
}

static bool fast_mutex_check(PFAST_MUTEX mutex, const struct vpmem_call *call)
{
	if ((unsigned long)mutex < PAGE_SIZE)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%p is not a fast mutex",
				  mutex);
	else if (!object_is(&mutex->Event.Header, TYPE_FAST_MUTEX))
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "%p has not been initialized; left alone", mutex);
	else
		return true;
	return false;
}

VOID ExInitializeFastMutex(PFAST_MUTEX FastMutex)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!object_has_place(FastMutex, &call))
		return;
	FastMutex->Count = 1;
	FastMutex->Owner = NULL;
	FastMutex->Contention = 0;
	object_make(&FastMutex->Event.Header, TYPE_FAST_MUTEX, 0);
}
EXPORT_SYMBOL_GPL(ExInitializeFastMutex);

static bool fast_mutex_try(PFAST_MUTEX mutex)
{
	if (atomic_cmpxchg(count_of(mutex), 1, 0) != 1)
		return false;
	WRITE_ONCE(mutex->Owner, current);
	return true;
}

/* Time that the owner of a fast mutex has to release it during a detach */
#define LAST_WAIT	(5 * HZ)

/*
 * Acquire a fast mutex. The DDI has no failure for this call, so return without the mutex
 * only if the adapter of the current request is detached and the owner does not release it.
 */
static void fast_mutex_wait(PFAST_MUTEX mutex, const struct vpmem_call *call)
{
	struct vpmem_wait wait;
	bool taken = false;
	long left;

	vpmem_wait_begin(&wait, NULL, NULL);
	do {
		left = wait_var_event_timeout(&mutex->Count,
					      (taken = fast_mutex_try(mutex)) ||
					      READ_ONCE(wait.over),
					      vpmem_wait_slice(MAX_SCHEDULE_TIMEOUT));
	} while (!left);
	vpmem_wait_end(&wait);
	if (taken)
		return;
	left = wait_var_event_timeout(&mutex->Count, fast_mutex_try(mutex), LAST_WAIT);
	if (!left)
		vpmem_warn_misuse(call, VPMEM_EV_DETACH_RACE,
				  "the adapter is being detached; %p is not acquired",
				  mutex);
}

/* Acquire a fast mutex; in atomic context only if it is free. */
static void fast_mutex_take(PFAST_MUTEX mutex, const struct vpmem_call *call)
{
	if (!fast_mutex_check(mutex, call))
		return;
	if (READ_ONCE(mutex->Owner) == current) {
		mutex->Contention++;
		vpmem_warn_misuse(call, VPMEM_EV_BUSY, "%p is acquired recursively",
				  mutex);
	} else if (vpmem_check_may_sleep(call)) {
		fast_mutex_wait(mutex, call);
	} else {
		fast_mutex_try(mutex);
	}
}

VOID ExAcquireFastMutex(PFAST_MUTEX FastMutex)
{
	const struct vpmem_call call = VPMEM_CALL();

	fast_mutex_take(FastMutex, &call);
}
EXPORT_SYMBOL_GPL(ExAcquireFastMutex);

VOID ExAcquireFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
	const struct vpmem_call call = VPMEM_CALL();

	fast_mutex_take(FastMutex, &call);
}
EXPORT_SYMBOL_GPL(ExAcquireFastMutexUnsafe);

BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex)
{
	const struct vpmem_call call = VPMEM_CALL();

	return fast_mutex_check(FastMutex, &call) && fast_mutex_try(FastMutex);
}
EXPORT_SYMBOL_GPL(ExTryToAcquireFastMutex);

static void fast_mutex_give(PFAST_MUTEX mutex, const struct vpmem_call *call)
{
	if (!fast_mutex_check(mutex, call))
		return;
	if (READ_ONCE(mutex->Owner) != current) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "the caller does not own %p; left alone", mutex);
	} else if (mutex->Contention) {
		mutex->Contention--;
	} else {
		WRITE_ONCE(mutex->Owner, NULL);
		atomic_xchg(count_of(mutex), 1);
		vpmem_wake(&mutex->Count);
	}
}

VOID ExReleaseFastMutex(PFAST_MUTEX FastMutex)
{
	const struct vpmem_call call = VPMEM_CALL();

	fast_mutex_give(FastMutex, &call);
}
EXPORT_SYMBOL_GPL(ExReleaseFastMutex);

VOID ExReleaseFastMutexUnsafe(PFAST_MUTEX FastMutex)
{
	const struct vpmem_call call = VPMEM_CALL();

	fast_mutex_give(FastMutex, &call);
}
EXPORT_SYMBOL_GPL(ExReleaseFastMutexUnsafe);
