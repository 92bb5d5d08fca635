// SPDX-License-Identifier: GPL-2.0-only
/*
 * Time: delays and clocks.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/preempt.h>
#include <linux/time64.h>

#include "core/call.h"
#include "core/log.h"
#include "services/time.h"
#include "include/vpmem-port.h"

#define EPOCH			(VPMEM_SECONDS_TO_1970 * VPMEM_TICKS_PER_SECOND)

/* Read the clock. An NMI may interrupt an update, so it uses the lockless clock. */
static u64 monotonic_ns(void)
{
	return in_nmi() ? ktime_get_mono_fast_ns() : ktime_get_ns();
}

/* Busy-wait. udelay() is limited to a few milliseconds, so use mdelay() for longer. */
static void delay(u64 ns)
{
	unsigned long us = DIV_ROUND_UP_ULL(ns, NSEC_PER_USEC);

	mdelay(us / USEC_PER_MSEC);
	udelay(us % USEC_PER_MSEC);
}

/* Equal readings of a clock after which it is taken to have stopped */
#define STANDS_STILL		16

/*
 * Busy-wait, checked by the clock: if delays were calibrated on a busy host, udelay() is
 * many times too short. The clock may stop while interrupts are off.
 */
static void stall(u64 ns)
{
	u64 last, now = monotonic_ns(), end = now + ns;
	unsigned int still = 0;

	do {
		last = now;
		delay(still ? NSEC_PER_USEC : end - now);
		now = monotonic_ns();
		still = now > last ? 0 : still + 1;
	} while (now < end && still < STANDS_STILL);
}

VOID VideoPortStallExecution(ULONG Microseconds)
{
	const struct vpmem_call call = VPMEM_CALL();

	if (Microseconds > USEC_PER_SEC) {
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "%u microseconds exceed the maximum; delayed for a second",
				  Microseconds);
		Microseconds = USEC_PER_SEC;
	}
	stall((u64)Microseconds * NSEC_PER_USEC);
}
EXPORT_SYMBOL_GPL(VideoPortStallExecution);

s64 vpmem_system_time(void)
{
	u64 now = in_nmi() ? ktime_get_real_fast_ns() : ktime_get_real_ns();

	return EPOCH + div_u64(now, VPMEM_TICK_NS);
}

VOID VideoPortQuerySystemTime(PLARGE_INTEGER CurrentTime)
{
	CurrentTime->QuadPart = vpmem_system_time();
}
EXPORT_SYMBOL_GPL(VideoPortQuerySystemTime);

/*
 * Count in coarse ticks: drivers multiply them by a million before they divide.
 */
LONGLONG VideoPortQueryPerformanceCounter(PVOID HwDeviceExtension,
					  PLONGLONG PerformanceFrequency)
{
	if (PerformanceFrequency)
		*PerformanceFrequency = NSEC_PER_SEC / VPMEM_TICK_NS;
	return div_u64(monotonic_ns(), VPMEM_TICK_NS);
}
EXPORT_SYMBOL_GPL(VideoPortQueryPerformanceCounter);

/*
 * Deadlines
 */

/* Return the deadline on the monotonic clock; 0 to poll. */
u64 vpmem_wait_deadline(const LARGE_INTEGER *timeout)
{
	s64 ticks;

	if (!timeout)
		return VPMEM_FOR_EVER;
	ticks = timeout->QuadPart;
	if (ticks > 0)
		ticks = min(vpmem_system_time() - ticks, 0LL);
	if (!ticks)
		return 0;
	if (ticks < -(S64_MAX / VPMEM_TICK_NS))
		return VPMEM_FOR_EVER;
	return ktime_get_ns() - ticks * VPMEM_TICK_NS;
}

long vpmem_wait_jiffies(u64 end)
{
	u64 now = ktime_get_ns();

	if (end == VPMEM_FOR_EVER)
		return MAX_SCHEDULE_TIMEOUT;
	if (now >= end)
		return 0;
	return min_t(u64, nsecs_to_jiffies64(end - now) + 1, MAX_JIFFY_OFFSET);
}
