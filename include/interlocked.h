/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interlocked operations, with and without the underscore of the compiler's. Those three
 * that VideoPort has as well are in names.h. Like intrinsics.h this is in front of every
 * source.
 */
#ifndef VPMEM_INTERLOCKED_H
#define VPMEM_INTERLOCKED_H

/* Define the functions of one width that compare does: some return the old value, some the new. */
#define VPMEM_INTERLOCKED_LOOP(type, name, operation, result, new) \
static inline type operation##name(volatile type *p, type value) \
{ \
	type old = *p, seen; \
\
	while ((seen = vpmem_compare##name(p, (type)(new), old)) != old) \
		old = seen; \
	return (type)(result); \
}

#define VPMEM_INTERLOCKED_ONE(type, name) \
static inline type vpmem_increment##name(volatile type *p) \
{ \
	return vpmem_add##name(p, 1); \
} \
static inline type vpmem_decrement##name(volatile type *p) \
{ \
	return vpmem_add##name(p, (type)-1); \
}

/* Define the functions of a width of which the processor has all operations. */
#define VPMEM_INTERLOCKED(type, name) \
static inline type vpmem_compare##name(volatile type *p, type value, type old) \
{ \
	return __sync_val_compare_and_swap(p, old, value); \
} \
static inline type vpmem_exchange_add##name(volatile type *p, type value) \
{ \
	return __sync_fetch_and_add(p, value); \
} \
static inline type vpmem_add##name(volatile type *p, type value) \
{ \
	return __sync_add_and_fetch(p, value); \
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
} \
VPMEM_INTERLOCKED_ONE(type, name)

#define VPMEM_INTERLOCKED_EXCHANGE(type, name) \
static inline type vpmem_exchange##name(volatile type *p, type value) \
{ \
	return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST); \
}

/*
 * Compare and exchange a part of the 32 bits around it, for processors with operations of 32
 * bits and more, where the compiler would call a library that the kernel does not have.
 */
#define VPMEM_INTERLOCKED_PART(type, name) \
static inline type vpmem_compare##name(volatile type *p, type value, type old) \
{ \
	volatile unsigned int *word = (void *)((__UINTPTR_TYPE__)p & ~3UL); \
	unsigned int shift = ((__UINTPTR_TYPE__)p & 3) * 8, seen, next; \
	unsigned int mask = (~0U >> (32 - sizeof(type) * 8)) << shift; \
\
	do { \
		seen = *word; \
		if ((type)(seen >> shift) != old) \
			return (type)(seen >> shift); \
		next = (seen & ~mask) | ((unsigned int)value << shift & mask); \
	} while (!__sync_bool_compare_and_swap(word, seen, next)); \
	return old; \
} \
VPMEM_INTERLOCKED_LOOP(type, name, vpmem_exchange, old, value) \
VPMEM_INTERLOCKED_LOOP(type, name, vpmem_exchange_add, old, old + value) \
VPMEM_INTERLOCKED_LOOP(type, name, vpmem_add, old + value, old + value) \
VPMEM_INTERLOCKED_LOOP(type, name, vpmem_or, old, old | value) \
VPMEM_INTERLOCKED_LOOP(type, name, vpmem_and, old, old & value) \
VPMEM_INTERLOCKED_LOOP(type, name, vpmem_xor, old, old ^ value) \
VPMEM_INTERLOCKED_ONE(type, name)

#ifdef __riscv
VPMEM_INTERLOCKED_PART(char, _8)
VPMEM_INTERLOCKED_PART(short, _16)
#else
VPMEM_INTERLOCKED(char, _8)
VPMEM_INTERLOCKED_EXCHANGE(char, _8)
VPMEM_INTERLOCKED(short, _16)
VPMEM_INTERLOCKED_EXCHANGE(short, _16)
#endif
VPMEM_INTERLOCKED(int, _32)
VPMEM_INTERLOCKED_EXCHANGE(int, _32)
VPMEM_INTERLOCKED(long long, _64)
#if __SIZEOF_LONG__ == 8
VPMEM_INTERLOCKED_EXCHANGE(long long, _64)
#else
/* Exchange in a loop: 32-bit processors only compare and exchange 64 bits. */
VPMEM_INTERLOCKED_LOOP(long long, _64, vpmem_exchange, old, value)
#endif
VPMEM_INTERLOCKED(__SIZE_TYPE__, _size)
VPMEM_INTERLOCKED_EXCHANGE(__SIZE_TYPE__, _size)

static inline void *vpmem_exchange_pointer(void *volatile *p, void *value)
{
	return __atomic_exchange_n(p, value, __ATOMIC_SEQ_CST);
}

static inline void *vpmem_compare_pointer(void *volatile *p, void *value, void *old)
{
	return __sync_val_compare_and_swap(p, old, value);
}

static inline unsigned char vpmem_bit_set(volatile int *p, int bit)
{
	return vpmem_or_32(p + (bit >> 5), (int)(1U << (bit & 31))) >> (bit & 31) & 1;
}

static inline unsigned char vpmem_bit_reset(volatile int *p, int bit)
{
	return vpmem_and_32(p + (bit >> 5), (int)~(1U << (bit & 31))) >> (bit & 31) & 1;
}

static inline unsigned char vpmem_bit_set_64(volatile long long *p, long long bit)
{
	return vpmem_or_64(p + (bit >> 6), (long long)(1ULL << (bit & 63))) >> (bit & 63) & 1;
}

static inline unsigned char vpmem_bit_reset_64(volatile long long *p, long long bit)
{
	return vpmem_and_64(p + (bit >> 6), (long long)~(1ULL << (bit & 63))) >> (bit & 63) & 1;
}

#define _InterlockedIncrement				vpmem_increment_32
#define _InterlockedDecrement				vpmem_decrement_32
#define _InterlockedExchange				vpmem_exchange_32
#define InterlockedExchangeAdd				vpmem_exchange_add_32
#define _InterlockedExchangeAdd				vpmem_exchange_add_32
#define InterlockedAdd					vpmem_add_32
#define _InterlockedAdd					vpmem_add_32
#define InterlockedCompareExchange			vpmem_compare_32
#define _InterlockedCompareExchange			vpmem_compare_32
#define InterlockedOr					vpmem_or_32
#define _InterlockedOr					vpmem_or_32
#define InterlockedAnd					vpmem_and_32
#define _InterlockedAnd					vpmem_and_32
#define InterlockedXor					vpmem_xor_32
#define _InterlockedXor					vpmem_xor_32

#define InterlockedIncrement8				vpmem_increment_8
#define _InterlockedIncrement8				vpmem_increment_8
#define InterlockedDecrement8				vpmem_decrement_8
#define _InterlockedDecrement8				vpmem_decrement_8
#define InterlockedExchange8				vpmem_exchange_8
#define _InterlockedExchange8				vpmem_exchange_8
#define InterlockedExchangeAdd8				vpmem_exchange_add_8
#define _InterlockedExchangeAdd8			vpmem_exchange_add_8
#define InterlockedAdd8					vpmem_add_8
#define _InterlockedAdd8				vpmem_add_8
#define InterlockedCompareExchange8			vpmem_compare_8
#define _InterlockedCompareExchange8			vpmem_compare_8
#define InterlockedOr8					vpmem_or_8
#define _InterlockedOr8					vpmem_or_8
#define InterlockedAnd8					vpmem_and_8
#define _InterlockedAnd8				vpmem_and_8
#define InterlockedXor8					vpmem_xor_8
#define _InterlockedXor8				vpmem_xor_8

#define InterlockedIncrement16				vpmem_increment_16
#define _InterlockedIncrement16				vpmem_increment_16
#define InterlockedDecrement16				vpmem_decrement_16
#define _InterlockedDecrement16				vpmem_decrement_16
#define InterlockedExchange16				vpmem_exchange_16
#define _InterlockedExchange16				vpmem_exchange_16
#define InterlockedExchangeAdd16			vpmem_exchange_add_16
#define _InterlockedExchangeAdd16			vpmem_exchange_add_16
#define InterlockedAdd16				vpmem_add_16
#define _InterlockedAdd16				vpmem_add_16
#define InterlockedCompareExchange16			vpmem_compare_16
#define _InterlockedCompareExchange16			vpmem_compare_16
#define InterlockedOr16					vpmem_or_16
#define _InterlockedOr16				vpmem_or_16
#define InterlockedAnd16				vpmem_and_16
#define _InterlockedAnd16				vpmem_and_16
#define InterlockedXor16				vpmem_xor_16
#define _InterlockedXor16				vpmem_xor_16

#define InterlockedIncrement64				vpmem_increment_64
#define _InterlockedIncrement64				vpmem_increment_64
#define InterlockedDecrement64				vpmem_decrement_64
#define _InterlockedDecrement64				vpmem_decrement_64
#define InterlockedExchange64				vpmem_exchange_64
#define _InterlockedExchange64				vpmem_exchange_64
#define InterlockedExchangeAdd64			vpmem_exchange_add_64
#define _InterlockedExchangeAdd64			vpmem_exchange_add_64
#define InterlockedAdd64				vpmem_add_64
#define _InterlockedAdd64				vpmem_add_64
#define InterlockedCompareExchange64			vpmem_compare_64
#define _InterlockedCompareExchange64			vpmem_compare_64
#define InterlockedOr64					vpmem_or_64
#define _InterlockedOr64				vpmem_or_64
#define InterlockedAnd64				vpmem_and_64
#define _InterlockedAnd64				vpmem_and_64
#define InterlockedXor64				vpmem_xor_64
#define _InterlockedXor64				vpmem_xor_64

/* Acquire and release forms, which differ only on processors other than x86 */
#define InterlockedIncrementAcquire			vpmem_increment_32
#define InterlockedIncrementAcquire64			vpmem_increment_64
#define InterlockedIncrementRelease			vpmem_increment_32
#define InterlockedIncrementRelease64			vpmem_increment_64
#define InterlockedDecrementAcquire			vpmem_decrement_32
#define InterlockedDecrementAcquire64			vpmem_decrement_64
#define InterlockedDecrementRelease			vpmem_decrement_32
#define InterlockedDecrementRelease64			vpmem_decrement_64
#define InterlockedExchangeAcquire			vpmem_exchange_32
#define InterlockedExchangeAcquire64			vpmem_exchange_64
#define InterlockedExchangeRelease			vpmem_exchange_32
#define InterlockedExchangeRelease64			vpmem_exchange_64
#define InterlockedExchangeAddAcquire			vpmem_exchange_add_32
#define InterlockedExchangeAddAcquire64			vpmem_exchange_add_64
#define InterlockedExchangeAddRelease			vpmem_exchange_add_32
#define InterlockedExchangeAddRelease64			vpmem_exchange_add_64
#define InterlockedCompareExchangeAcquire		vpmem_compare_32
#define InterlockedCompareExchangeAcquire64		vpmem_compare_64
#define InterlockedCompareExchangeRelease		vpmem_compare_32
#define InterlockedCompareExchangeRelease64		vpmem_compare_64

#define InterlockedExchangePointer			vpmem_exchange_pointer
#define InterlockedCompareExchangePointer		vpmem_compare_pointer
#define _InterlockedExchangePointer			vpmem_exchange_pointer
#define _InterlockedCompareExchangePointer		vpmem_compare_pointer
#define InterlockedCompareExchangePointerAcquire	vpmem_compare_pointer
#define InterlockedCompareExchangePointerRelease	vpmem_compare_pointer

#define InterlockedIncrementSizeT			vpmem_increment_size
#define InterlockedDecrementSizeT			vpmem_decrement_size
#define InterlockedExchangeAddSizeT			vpmem_exchange_add_size
#define InterlockedOrAffinity				vpmem_or_size
#define InterlockedAndAffinity				vpmem_and_size

#define InterlockedBitTestAndSet			vpmem_bit_set
#define _interlockedbittestandset			vpmem_bit_set
#define InterlockedBitTestAndReset			vpmem_bit_reset
#define _interlockedbittestandreset			vpmem_bit_reset
#define InterlockedBitTestAndSet64			vpmem_bit_set_64
#define _interlockedbittestandset64			vpmem_bit_set_64
#define InterlockedBitTestAndReset64			vpmem_bit_reset_64
#define _interlockedbittestandreset64			vpmem_bit_reset_64

#endif /* VPMEM_INTERLOCKED_H */
