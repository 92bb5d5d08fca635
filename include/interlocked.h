/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interlocked operations, by the names of the kernel and of the compiler. All are full
 * barriers. Whatever has the width of a LONG is taken for one, as between int and long.
 */
#ifndef VPMEM_INTERLOCKED_H
#define VPMEM_INTERLOCKED_H

#include "ntdef.h"
#include "names.h"
#include "../vpmem-port.h"

/* One set for each width: what was there before, or what is there now. */
#define VPMEM_INTERLOCKED(type, name) \
static inline type vpmem_exchange##name(volatile type *p, type value) \
{ \
	return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST); \
} \
static inline type vpmem_compare##name(volatile type *p, type value, type old) \
{ \
	return __sync_val_compare_and_swap(p, old, value); \
} \
static inline type vpmem_add##name(volatile type *p, type value) \
{ \
	return __sync_fetch_and_add(p, value); \
} \
static inline type vpmem_or##name(volatile type *p, type value) \
{ \
	return __sync_fetch_and_or(p, value); \
} \
static inline type vpmem_and##name(volatile type *p, type value) \
{ \
	return __sync_fetch_and_and(p, value); \
} \
static inline type vpmem_xor##name(volatile type *p, type value) \
{ \
	return __sync_fetch_and_xor(p, value); \
}

VPMEM_INTERLOCKED(CHAR, 8)
VPMEM_INTERLOCKED(SHORT, 16)
VPMEM_INTERLOCKED(LONG, 32)
VPMEM_INTERLOCKED(LONG64, 64)

static inline PVOID vpmem_exchange_pointer(PVOID volatile *p, PVOID value)
{
	return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST);
}

static inline PVOID vpmem_compare_pointer(PVOID volatile *p, PVOID value, PVOID old)
{
	return __sync_val_compare_and_swap(p, old, value);
}

static inline UCHAR vpmem_bit_set(volatile LONG *p, LONG bit)
{
	return vpmem_or32(p + (bit >> 5), (LONG)(1U << (bit & 31))) >> (bit & 31) & 1;
}

static inline UCHAR vpmem_bit_reset(volatile LONG *p, LONG bit)
{
	return vpmem_and32(p + (bit >> 5), (LONG)~(1U << (bit & 31))) >> (bit & 31) & 1;
}

#define VPMEM_P8(p)				((volatile CHAR *)(p))
#define VPMEM_P16(p)				((volatile SHORT *)(p))
#define VPMEM_P32(p)				((volatile LONG *)(p))
#define VPMEM_P64(p)				((volatile LONG64 *)(p))
#define VPMEM_PP(p)				((PVOID volatile *)(p))

#define InterlockedExchangeAdd(p, v)		vpmem_add32(VPMEM_P32(p), v)
#define InterlockedAdd(p, v)			(vpmem_add32(VPMEM_P32(p), v) + (v))
#define InterlockedCompareExchange(p, v, old)	vpmem_compare32(VPMEM_P32(p), v, old)
#define InterlockedOr(p, v)			vpmem_or32(VPMEM_P32(p), v)
#define InterlockedAnd(p, v)			vpmem_and32(VPMEM_P32(p), v)
#define InterlockedXor(p, v)			vpmem_xor32(VPMEM_P32(p), v)
#define InterlockedBitTestAndSet(p, bit)	vpmem_bit_set(VPMEM_P32(p), bit)
#define InterlockedBitTestAndReset(p, bit)	vpmem_bit_reset(VPMEM_P32(p), bit)

#define InterlockedIncrement16(p)		((SHORT)(vpmem_add16(VPMEM_P16(p), 1) + 1))
#define InterlockedDecrement16(p)		((SHORT)(vpmem_add16(VPMEM_P16(p), -1) - 1))
#define InterlockedExchange16(p, v)		vpmem_exchange16(VPMEM_P16(p), v)
#define InterlockedExchange8(p, v)		vpmem_exchange8(VPMEM_P8(p), v)
#define InterlockedCompareExchange16(p, v, old)	vpmem_compare16(VPMEM_P16(p), v, old)
#define InterlockedOr8(p, v)			vpmem_or8(VPMEM_P8(p), v)
#define InterlockedAnd8(p, v)			vpmem_and8(VPMEM_P8(p), v)
#define InterlockedXor8(p, v)			vpmem_xor8(VPMEM_P8(p), v)
#define InterlockedOr16(p, v)			vpmem_or16(VPMEM_P16(p), v)
#define InterlockedAnd16(p, v)			vpmem_and16(VPMEM_P16(p), v)
#define InterlockedXor16(p, v)			vpmem_xor16(VPMEM_P16(p), v)

#define InterlockedIncrement64(p)		(vpmem_add64(VPMEM_P64(p), 1) + 1)
#define InterlockedDecrement64(p)		(vpmem_add64(VPMEM_P64(p), -1) - 1)
#define InterlockedExchange64(p, v)		vpmem_exchange64(VPMEM_P64(p), v)
#define InterlockedExchangeAdd64(p, v)		vpmem_add64(VPMEM_P64(p), v)
#define InterlockedAdd64(p, v)			(vpmem_add64(VPMEM_P64(p), v) + (v))
#define InterlockedCompareExchange64(p, v, old)	vpmem_compare64(VPMEM_P64(p), v, old)
#define InterlockedOr64(p, v)			vpmem_or64(VPMEM_P64(p), v)
#define InterlockedAnd64(p, v)			vpmem_and64(VPMEM_P64(p), v)
#define InterlockedXor64(p, v)			vpmem_xor64(VPMEM_P64(p), v)

#define InterlockedExchangePointer(p, v)	vpmem_exchange_pointer(VPMEM_PP(p), (PVOID)(v))
#define InterlockedCompareExchangePointer(p, v, old) \
	vpmem_compare_pointer(VPMEM_PP(p), (PVOID)(v), (PVOID)(old))

#ifdef __LP64__
#define InterlockedIncrementSizeT(p)		((SIZE_T)InterlockedIncrement64(p))
#define InterlockedDecrementSizeT(p)		((SIZE_T)InterlockedDecrement64(p))
#else
#define InterlockedIncrementSizeT(p)		((SIZE_T)InterlockedIncrement(p))
#define InterlockedDecrementSizeT(p)		((SIZE_T)InterlockedDecrement(p))
#endif

#define _InterlockedIncrement(p)		InterlockedIncrement(p)
#define _InterlockedDecrement(p)		InterlockedDecrement(p)
#define _InterlockedExchange(p, v)		InterlockedExchange(p, v)
#define _InterlockedExchangeAdd(p, v)		InterlockedExchangeAdd(p, v)
#define _InterlockedCompareExchange(p, v, old)	InterlockedCompareExchange(p, v, old)
#define _InterlockedOr(p, v)			InterlockedOr(p, v)
#define _InterlockedAnd(p, v)			InterlockedAnd(p, v)
#define _InterlockedXor(p, v)			InterlockedXor(p, v)
#define _interlockedbittestandset(p, bit)	InterlockedBitTestAndSet(p, bit)
#define _interlockedbittestandreset(p, bit)	InterlockedBitTestAndReset(p, bit)
#define _InterlockedIncrement16(p)		InterlockedIncrement16(p)
#define _InterlockedDecrement16(p)		InterlockedDecrement16(p)
#define _InterlockedExchange16(p, v)		InterlockedExchange16(p, v)
#define _InterlockedExchange8(p, v)		InterlockedExchange8(p, v)
#define _InterlockedCompareExchange16(p, v, old) InterlockedCompareExchange16(p, v, old)
#define _InterlockedOr8(p, v)			InterlockedOr8(p, v)
#define _InterlockedAnd8(p, v)			InterlockedAnd8(p, v)
#define _InterlockedXor8(p, v)			InterlockedXor8(p, v)
#define _InterlockedOr16(p, v)			InterlockedOr16(p, v)
#define _InterlockedAnd16(p, v)			InterlockedAnd16(p, v)
#define _InterlockedXor16(p, v)			InterlockedXor16(p, v)
#define _InterlockedIncrement64(p)		InterlockedIncrement64(p)
#define _InterlockedDecrement64(p)		InterlockedDecrement64(p)
#define _InterlockedExchange64(p, v)		InterlockedExchange64(p, v)
#define _InterlockedExchangeAdd64(p, v)		InterlockedExchangeAdd64(p, v)
#define _InterlockedCompareExchange64(p, v, old) InterlockedCompareExchange64(p, v, old)
#define _InterlockedOr64(p, v)			InterlockedOr64(p, v)
#define _InterlockedAnd64(p, v)			InterlockedAnd64(p, v)
#define _InterlockedXor64(p, v)			InterlockedXor64(p, v)
#define _InterlockedExchangePointer(p, v)	InterlockedExchangePointer(p, v)
#define _InterlockedCompareExchangePointer(p, v, old) \
	InterlockedCompareExchangePointer(p, v, old)

#endif /* VPMEM_INTERLOCKED_H */
