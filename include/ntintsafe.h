/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sums that tell when they are too large: RtlULongAdd() and its like.
 */
#ifndef VPMEM_NTINTSAFE_H
#define VPMEM_NTINTSAFE_H

#include "ntdef.h"
#include "ntstatus.h"

#define VPMEM_INTSAFE_CALL(name, type, what) \
static inline NTSTATUS name(type a, type b, type *result) \
{ \
	if (!__builtin_##what##_overflow(a, b, result)) \
		return STATUS_SUCCESS; \
	*result = (type)-1; \
	return STATUS_INTEGER_OVERFLOW; \
}

#define VPMEM_INTSAFE(name, type) \
VPMEM_INTSAFE_CALL(Rtl##name##Add, type, add) \
VPMEM_INTSAFE_CALL(Rtl##name##Sub, type, sub) \
VPMEM_INTSAFE_CALL(Rtl##name##Mult, type, mul)

VPMEM_INTSAFE(UInt, UINT)
VPMEM_INTSAFE(ULong, ULONG)
VPMEM_INTSAFE(Int, INT)
VPMEM_INTSAFE(Long, LONG)
VPMEM_INTSAFE(UShort, USHORT)
VPMEM_INTSAFE(ULongLong, ULONGLONG)
VPMEM_INTSAFE(LongLong, LONGLONG)
VPMEM_INTSAFE(SizeT, SIZE_T)
VPMEM_INTSAFE(ULongPtr, ULONG_PTR)

#define VPMEM_INTSAFE_CAST(name, from, to) \
static inline NTSTATUS name(from value, to *result) \
{ \
	if (!__builtin_add_overflow(value, 0, result)) \
		return STATUS_SUCCESS; \
	*result = (to)-1; \
	return STATUS_INTEGER_OVERFLOW; \
}

VPMEM_INTSAFE_CAST(RtlULongLongToULong, ULONGLONG, ULONG)
VPMEM_INTSAFE_CAST(RtlULongLongToUInt, ULONGLONG, UINT)
VPMEM_INTSAFE_CAST(RtlULongLongToLong, ULONGLONG, LONG)
VPMEM_INTSAFE_CAST(RtlLongLongToULong, LONGLONG, ULONG)
VPMEM_INTSAFE_CAST(RtlULongToUShort, ULONG, USHORT)
VPMEM_INTSAFE_CAST(RtlULongToUChar, ULONG, UCHAR)
VPMEM_INTSAFE_CAST(RtlULongToLong, ULONG, LONG)
VPMEM_INTSAFE_CAST(RtlLongToULong, LONG, ULONG)
VPMEM_INTSAFE_CAST(RtlSizeTToULong, SIZE_T, ULONG)
VPMEM_INTSAFE_CAST(RtlULongPtrToULong, ULONG_PTR, ULONG)

#endif /* VPMEM_NTINTSAFE_H */
