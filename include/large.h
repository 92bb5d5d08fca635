/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Numbers of 64 bits, from before the compiler had them. They are functions where they
 * are on Windows, as sources declare them by hand as well.
 */
#ifndef VPMEM_LARGE_H
#define VPMEM_LARGE_H

#include "basic.h"

static inline LARGE_INTEGER vpmem_large(ULONGLONG value)
{
	LARGE_INTEGER large;

	large.QuadPart = (LONGLONG)value;
	return large;
}

static inline LARGE_INTEGER RtlConvertLongToLargeInteger(LONG SignedInteger)
{
	return vpmem_large((ULONGLONG)(LONGLONG)SignedInteger);
}

static inline LARGE_INTEGER RtlConvertUlongToLargeInteger(ULONG UnsignedInteger)
{
	return vpmem_large(UnsignedInteger);
}

static inline LARGE_INTEGER RtlLargeIntegerAdd(LARGE_INTEGER Addend1, LARGE_INTEGER Addend2)
{
	return vpmem_large((ULONGLONG)Addend1.QuadPart + (ULONGLONG)Addend2.QuadPart);
}

static inline LARGE_INTEGER RtlLargeIntegerSubtract(LARGE_INTEGER Minuend,
						    LARGE_INTEGER Subtrahend)
{
	return vpmem_large((ULONGLONG)Minuend.QuadPart - (ULONGLONG)Subtrahend.QuadPart);
}

static inline LARGE_INTEGER RtlLargeIntegerNegate(LARGE_INTEGER Subtrahend)
{
	return vpmem_large(-(ULONGLONG)Subtrahend.QuadPart);
}

/* Shift counts go modulo 64, as Windows takes them. */
static inline LARGE_INTEGER RtlLargeIntegerShiftLeft(LARGE_INTEGER LargeInteger,
						     CCHAR ShiftCount)
{
	return vpmem_large((ULONGLONG)LargeInteger.QuadPart << (ShiftCount & 63));
}

static inline LARGE_INTEGER RtlLargeIntegerShiftRight(LARGE_INTEGER LargeInteger,
						      CCHAR ShiftCount)
{
	return vpmem_large((ULONGLONG)LargeInteger.QuadPart >> (ShiftCount & 63));
}

static inline LARGE_INTEGER RtlLargeIntegerArithmeticShift(LARGE_INTEGER LargeInteger,
							   CCHAR ShiftCount)
{
	return vpmem_large((ULONGLONG)(LargeInteger.QuadPart >> (ShiftCount & 63)));
}

static inline LARGE_INTEGER RtlEnlargedIntegerMultiply(LONG Multiplicand, LONG Multiplier)
{
	return vpmem_large((ULONGLONG)((LONGLONG)Multiplicand * Multiplier));
}

static inline LARGE_INTEGER RtlEnlargedUnsignedMultiply(ULONG Multiplicand, ULONG Multiplier)
{
	return vpmem_large((ULONGLONG)Multiplicand * Multiplier);
}

static inline LARGE_INTEGER RtlExtendedIntegerMultiply(LARGE_INTEGER Multiplicand,
						       LONG Multiplier)
{
	return vpmem_large((ULONGLONG)Multiplicand.QuadPart *
			   (ULONGLONG)(LONGLONG)Multiplier);
}

ULONG RtlEnlargedUnsignedDivide(ULARGE_INTEGER Dividend, ULONG Divisor, PULONG Remainder);
LARGE_INTEGER RtlExtendedLargeIntegerDivide(LARGE_INTEGER Dividend, ULONG Divisor,
					    PULONG Remainder);
LARGE_INTEGER RtlLargeIntegerDivide(LARGE_INTEGER Dividend, LARGE_INTEGER Divisor,
				    PLARGE_INTEGER Remainder);

#define RtlLargeIntegerAnd(result, a, mask) \
	((result).QuadPart = (a).QuadPart & (mask).QuadPart)
#define RtlLargeIntegerGreaterThan(a, b)	((a).QuadPart > (b).QuadPart)
#define RtlLargeIntegerGreaterThanOrEqualTo(a, b) ((a).QuadPart >= (b).QuadPart)
#define RtlLargeIntegerEqualTo(a, b)	((a).QuadPart == (b).QuadPart)
#define RtlLargeIntegerNotEqualTo(a, b)	((a).QuadPart != (b).QuadPart)
#define RtlLargeIntegerLessThan(a, b)	((a).QuadPart < (b).QuadPart)
#define RtlLargeIntegerLessThanOrEqualTo(a, b)	((a).QuadPart <= (b).QuadPart)
#define RtlLargeIntegerEqualToZero(a)	((a).QuadPart == 0)
#define RtlLargeIntegerNotEqualToZero(a)	((a).QuadPart != 0)
#define RtlLargeIntegerGreaterThanZero(a)	((a).QuadPart > 0)
#define RtlLargeIntegerGreaterOrEqualToZero(a)	((a).QuadPart >= 0)
#define RtlLargeIntegerLessThanZero(a)	((a).QuadPart < 0)
#define RtlLargeIntegerLessOrEqualToZero(a)	((a).QuadPart <= 0)

#endif /* VPMEM_LARGE_H */
