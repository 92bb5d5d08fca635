// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the Windows kernel: spin locks, time, messages, bug checks. Memory is in ex.c,
 * waits are in ke_wait.c.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/smp.h>
#include <linux/sort.h>

#include "core/call.h"
#include "core/log.h"
#include "core/seal.h"
#include "core/secrecy.h"
#include "services/print.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/*
 * Spin locks. A lock is one word in the driver's memory: 0 if it is free, otherwise the
 * owner, the number of recursive acquires, which are faults, and a seal, by which an
 * uninitialized lock is detected. Interrupts are off from the first lock that a CPU
 * acquires to the last that it releases, so that locks may be released in any order.
 */

#define LOCK_AGAIN_SHIFT	13
#define LOCK_CPU		GENMASK(LOCK_AGAIN_SHIFT - 1, 0)
#define LOCK_AGAIN		GENMASK(15, LOCK_AGAIN_SHIFT)
#define LOCK_AGAIN_ONE		BIT(LOCK_AGAIN_SHIFT)
#define LOCK_HELD		BIT(16)
#define LOCK_SEAL		(~(LOCK_CPU | LOCK_AGAIN | LOCK_HELD))

static_assert(CONFIG_NR_CPUS <= LOCK_CPU + 1);
static_assert(sizeof(KSPIN_LOCK) == sizeof(void *));

/* Locks that a CPU holds */
struct locks {
	unsigned int held;
	unsigned long flags;		/* saved by the first one */
};

static DEFINE_PER_CPU(struct locks, cpu_locks);

static unsigned long ke_lock_seal(const KSPIN_LOCK *lock)
{
	u64 seal = vpmem_seal(lock) * GOLDEN_RATIO_64;

	return (seal >> (64 - BITS_PER_LONG) & LOCK_SEAL) | LOCK_HELD;
}

/* Return the word of a lock that this CPU holds, without the count. */
static unsigned long lock_ours(const KSPIN_LOCK *lock)
{
	return ke_lock_seal(lock) | raw_smp_processor_id();
}

static bool lock_is_ours(const KSPIN_LOCK *lock, unsigned long word)
{
	return (word & ~LOCK_AGAIN) == lock_ours(lock);
}

static bool lock_is_possible(const KSPIN_LOCK *lock, const struct vpmem_call *call)
{
	if (!vpmem_check_no_nmi(call))
		return false;
	if ((unsigned long)lock >= PAGE_SIZE)
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%p is not a spin lock", lock);
	return false;
}

static void locks_enter(unsigned long flags)
{
	struct locks *locks = this_cpu_ptr(&cpu_locks);

	if (!locks->held++)
		locks->flags = flags;
}

static void locks_leave(void)
{
	struct locks *locks = this_cpu_ptr(&cpu_locks);

	if (!--locks->held)
		local_irq_restore(locks->flags);
}

static void lock_take_again(KSPIN_LOCK *lock, unsigned long word,
			    const struct vpmem_call *call)
{
	if ((word & LOCK_AGAIN) != LOCK_AGAIN)
		WRITE_ONCE(*lock, word + LOCK_AGAIN_ONE);
	vpmem_warn_misuse(call, VPMEM_EV_BUSY, "%p is acquired recursively", lock);
}

/* Initialize a lock that is invalid, so that nobody waits for it forever. */
static void lock_make(KSPIN_LOCK *lock, unsigned long word, const struct vpmem_call *call)
{
	if (cmpxchg(lock, word, 0) == word)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "%p was not initialized; initialized as a free lock", lock);
}

/* Try to acquire a lock, with interrupts off. */
static bool lock_try(KSPIN_LOCK *lock, bool *again, const struct vpmem_call *call)
{
	unsigned long word = cmpxchg_acquire(lock, 0, lock_ours(lock));

	*again = word && lock_is_ours(lock, word);
	if (*again)
		lock_take_again(lock, word, call);
	else if (word && (word & (LOCK_SEAL | LOCK_HELD)) != ke_lock_seal(lock))
		lock_make(lock, word, call);
	return !word;
}

static void ke_lock_acquire(KSPIN_LOCK *lock, const struct vpmem_call *call)
{
	unsigned long flags;
	bool again, taken;

	if (!lock_is_possible(lock, call))
		return;
	local_irq_save(flags);
	for (;;) {
		taken = lock_try(lock, &again, call);
		if (taken || again)
			break;
		cpu_relax();
	}
	if (taken)
		locks_enter(flags);
	else
		local_irq_restore(flags);
}

static bool lock_take_if_free(KSPIN_LOCK *lock, const struct vpmem_call *call)
{
	unsigned long flags;
	bool taken = false;

	if (!lock_is_possible(lock, call))
		return false;
	local_irq_save(flags);
	/* Fail without a message if this CPU holds the lock: the caller only tries. */
	if (!lock_is_ours(lock, READ_ONCE(*lock))) {
		bool again;

		taken = lock_try(lock, &again, call);
	}
	if (taken)
		locks_enter(flags);
	else
		local_irq_restore(flags);
	return taken;
}

/* Release a lock. Interrupts are off, so the CPU is still the one that acquired it. */
static void ke_lock_release(KSPIN_LOCK *lock, const struct vpmem_call *call)
{
	unsigned long word;

	if (!lock_is_possible(lock, call))
		return;
	word = READ_ONCE(*lock);
	if (!irqs_disabled() || !lock_is_ours(lock, word)) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "%p is not held; left alone", lock);
	} else if (word & LOCK_AGAIN) {
		WRITE_ONCE(*lock, word - LOCK_AGAIN_ONE);
	} else {
		smp_store_release(lock, 0);	/* pairs with lock_try() */
		locks_leave();
	}
}

VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (!lock_is_possible(SpinLock, &call))
		return;
	if (irqs_disabled() && lock_is_ours(SpinLock, READ_ONCE(*SpinLock)))
		vpmem_warn_misuse(&call, VPMEM_EV_BUSY, "%p is held; left alone",
				  SpinLock);
	else
		WRITE_ONCE(*SpinLock, 0);
}
EXPORT_SYMBOL_GPL(KeInitializeSpinLock);

VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PUCHAR OldIrql)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (OldIrql)
		*OldIrql = VideoPortGetCurrentIrql();
	else
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER, "OldIrql is NULL");
	ke_lock_acquire(SpinLock, &call);
}
EXPORT_SYMBOL_GPL(KeAcquireSpinLock);

UCHAR KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock)
{
	const struct vpmem_call call = VPMEM_CALL();
	UCHAR irql = VideoPortGetCurrentIrql();

	ke_lock_acquire(SpinLock, &call);
	return irql;
}
EXPORT_SYMBOL_GPL(KeAcquireSpinLockRaiseToDpc);

UCHAR KfAcquireSpinLock(PKSPIN_LOCK SpinLock)
{
	const struct vpmem_call call = VPMEM_CALL();
	UCHAR irql = VideoPortGetCurrentIrql();

	ke_lock_acquire(SpinLock, &call);
	return irql;
}
EXPORT_SYMBOL_GPL(KfAcquireSpinLock);

VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
	const struct vpmem_call call = VPMEM_CALL();

	ke_lock_acquire(SpinLock, &call);
}
EXPORT_SYMBOL_GPL(KeAcquireSpinLockAtDpcLevel);

BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock)
{
	const struct vpmem_call call = VPMEM_CALL();

	return lock_take_if_free(SpinLock, &call);
}
EXPORT_SYMBOL_GPL(KeTryToAcquireSpinLockAtDpcLevel);

VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, UCHAR NewIrql)
{
	const struct vpmem_call call = VPMEM_CALL();

	ke_lock_release(SpinLock, &call);
}
EXPORT_SYMBOL_GPL(KeReleaseSpinLock);

VOID KfReleaseSpinLock(PKSPIN_LOCK SpinLock, UCHAR NewIrql)
{
	const struct vpmem_call call = VPMEM_CALL();

	ke_lock_release(SpinLock, &call);
}
EXPORT_SYMBOL_GPL(KfReleaseSpinLock);

VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock)
{
	const struct vpmem_call call = VPMEM_CALL();

	ke_lock_release(SpinLock, &call);
}
EXPORT_SYMBOL_GPL(KeReleaseSpinLockFromDpcLevel);

/*
 * Time
 */

/* Length of a tick: 15.625 ms, as on most machines with Windows */
#define TICK_UNITS		156250

VOID KeStallExecutionProcessor(ULONG MicroSeconds)
{
	VideoPortStallExecution(MicroSeconds);
}
EXPORT_SYMBOL_GPL(KeStallExecutionProcessor);

UCHAR KeGetCurrentIrql(void)
{
	return VideoPortGetCurrentIrql();
}
EXPORT_SYMBOL_GPL(KeGetCurrentIrql);

LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency)
{
	LARGE_INTEGER count;

	count.QuadPart = VideoPortQueryPerformanceCounter(NULL, PerformanceFrequency ?
							  &PerformanceFrequency->QuadPart :
							  NULL);
	return count;
}
EXPORT_SYMBOL_GPL(KeQueryPerformanceCounter);

/* Return the performance counter, which has the same units and also begins at boot. */
ULONGLONG KeQueryInterruptTime(void)
{
	return VideoPortQueryPerformanceCounter(NULL, NULL);
}
EXPORT_SYMBOL_GPL(KeQueryInterruptTime);

VOID KeQueryTickCount(PLARGE_INTEGER CurrentCount)
{
	CurrentCount->QuadPart = div_u64(KeQueryInterruptTime(), TICK_UNITS);
}
EXPORT_SYMBOL_GPL(KeQueryTickCount);

ULONG KeQueryTimeIncrement(void)
{
	return TICK_UNITS;
}
EXPORT_SYMBOL_GPL(KeQueryTimeIncrement);

VOID KeQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
	VideoPortQuerySystemTime(CurrentTime);
}
EXPORT_SYMBOL_GPL(KeQuerySystemTime);

/*
 * Messages
 */

ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, char *Format,
		  __builtin_va_list arglist)
{
	vpmem_print(Error, Format, arglist);
	return 0;
}
EXPORT_SYMBOL_GPL(vDbgPrintEx);

ULONG DbgPrint(char *Format, ...)
{
	va_list list;

	va_start(list, Format);
	vpmem_print(Error, Format, list);
	va_end(list);
	return 0;
}
EXPORT_SYMBOL_GPL(DbgPrint);

ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, char *Format, ...)
{
	va_list list;

	va_start(list, Format);
	vpmem_print(Error, Format, list);
	va_end(list);
	return 0;
}
EXPORT_SYMBOL_GPL(DbgPrintEx);

/* Stop the task of the driver, which does not expect a bug check to return. */
static void bug_check(u32 code, const unsigned long parameter[4],
		      const struct vpmem_call *call)
{
	char symbol[VPMEM_SYMBOL_TEXT];

	pr_emerg("%s: stop 0x%08x (0x%lx, 0x%lx, 0x%lx, 0x%lx), called from %s\n",
		 call->name, code, parameter[0], parameter[1], parameter[2], parameter[3],
		 vpmem_symbol_text(call->caller, symbol));
	BUG();
}

VOID KeBugCheck(ULONG BugCheckCode)
{
	const struct vpmem_call call = VPMEM_CALL();
	const unsigned long none[4] = {};

	bug_check(BugCheckCode, none, &call);
}
EXPORT_SYMBOL_GPL(KeBugCheck);

VOID KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
		  ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3,
		  ULONG_PTR BugCheckParameter4)
{
	const struct vpmem_call call = VPMEM_CALL();
	const unsigned long parameter[4] = {
		BugCheckParameter1, BugCheckParameter2, BugCheckParameter3,
		BugCheckParameter4,
	};

	bug_check(BugCheckCode, parameter, &call);
}
EXPORT_SYMBOL_GPL(KeBugCheckEx);

/*
 * C library
 */

void qsort(void *base, SIZE_T number, SIZE_T width,
	   int (*compare)(const void *a, const void *b))
{
	sort(base, number, width, compare, NULL);
}
EXPORT_SYMBOL_GPL(qsort);
