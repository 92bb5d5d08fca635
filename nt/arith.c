// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arithmetic of the Windows kernel's run-time library: division, and time by the
 * calendar.
 *
 * Windows raises an exception if a quotient does not exist or does not fit. In Linux a
 * divide error in the kernel is an oops. So operands that the CPU refuses are checked
 * first and logged, and the function returns the value that its comment documents.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/time.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/callers.h"
#include "core/log.h"
#include "services/time.h"
#include "include/ntrtl.h"

/* Log the fault for the adapter of the calling driver, since these calls take none. */
static void report_operand(struct vpmem_call call, const char *fault)
{
	vpmem_enter_caller(&call);
	vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER, "%s", fault);
	vpmem_leave(&call);
}

/* Return the low 32 bits of the quotient; 0 and no remainder if Divisor is 0. */
ULONG RtlEnlargedUnsignedDivide(ULARGE_INTEGER Dividend, ULONG Divisor, PULONG Remainder)
{
	const struct vpmem_call call = VPMEM_CALL();
	u64 quotient = 0;
	u32 remainder = 0;

	if (Divisor)
		quotient = div_u64_rem(Dividend.QuadPart, Divisor, &remainder);
	else
		report_operand(call, "Divisor is 0, returning 0");
	if (quotient > U32_MAX)
		report_operand(call, "quotient exceeds 32 bits, returning its low half");
	if (Remainder)
		*Remainder = remainder;
	return quotient;
}
EXPORT_SYMBOL_GPL(RtlEnlargedUnsignedDivide);

/* Return 0 for a divisor of 0, and wrap where the quotient would be 2^63. */
static s64 divide(s64 dividend, s64 divisor, s64 *remainder,
		  const struct vpmem_call *call)
{
	s64 quotient;

	if (!divisor) {
		report_operand(*call, "Divisor is 0, returning 0");
		*remainder = 0;
		return 0;
	}
	if (dividend == S64_MIN && divisor == -1) {
		report_operand(*call, "quotient exceeds 64 bits, returning the dividend");
		*remainder = 0;
		return S64_MIN;
	}
	quotient = div64_s64(dividend, divisor);
	*remainder = dividend - quotient * divisor;
	return quotient;
}

LARGE_INTEGER RtlLargeIntegerDivide(LARGE_INTEGER Dividend, LARGE_INTEGER Divisor,
				    PLARGE_INTEGER Remainder)
{
	const struct vpmem_call call = VPMEM_CALL();
	s64 remainder, quotient;

	quotient = divide(Dividend.QuadPart, Divisor.QuadPart, &remainder, &call);
	if (Remainder)
		Remainder->QuadPart = remainder;
	return vpmem_large(quotient);
}
EXPORT_SYMBOL_GPL(RtlLargeIntegerDivide);

LARGE_INTEGER RtlExtendedLargeIntegerDivide(LARGE_INTEGER Dividend, ULONG Divisor,
					    PULONG Remainder)
{
	const struct vpmem_call call = VPMEM_CALL();
	s64 remainder, quotient;

	quotient = divide(Dividend.QuadPart, Divisor, &remainder, &call);
	if (Remainder)
		*Remainder = remainder;
	return vpmem_large(quotient);
}
EXPORT_SYMBOL_GPL(RtlExtendedLargeIntegerDivide);

/*
 * Times count units of 100 ns from the beginning of 1601.
 */

/* Clamp a time before 1601, which is a time span and no date, to the first one. */
VOID RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields)
{
	const struct vpmem_call call = VPMEM_CALL();
	u64 time = Time->QuadPart, seconds;
	struct tm tm;
	u32 ticks;

	if (Time->QuadPart < 0) {
		report_operand(call, "Time is negative, returning the beginning of 1601");
		time = 0;
	}
	seconds = div_u64_rem(time, VPMEM_TICKS_PER_SECOND, &ticks);
	time64_to_tm(seconds - VPMEM_SECONDS_TO_1970, 0, &tm);
	TimeFields->Year = tm.tm_year + 1900;
	TimeFields->Month = tm.tm_mon + 1;
	TimeFields->Day = tm.tm_mday;
	TimeFields->Hour = tm.tm_hour;
	TimeFields->Minute = tm.tm_min;
	TimeFields->Second = tm.tm_sec;
	TimeFields->Milliseconds = ticks / (VPMEM_TICKS_PER_SECOND / 1000);
	TimeFields->Weekday = tm.tm_wday;
}
EXPORT_SYMBOL_GPL(RtlTimeToTimeFields);
