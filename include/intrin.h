/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the compiler's intrinsics of Microsoft's those that are C, or one instruction.
 * Ports are read and written by the DDI.
 */
#ifndef VPMEM_INTRIN_H
#define VPMEM_INTRIN_H

#include "ntdef.h"
#include "interlocked.h"
#include "names.h"
#include "portnumber.h"
#include "stdlib.h"
#include "../vpmem-port.h"

#define __inbytestring(port, to, n) \
	VideoPortReadPortBufferUchar((PUCHAR)(ULONG_PTR)(port), (PUCHAR)(to), n)
#define __inwordstring(port, to, n) \
	VideoPortReadPortBufferUshort((PUSHORT)(ULONG_PTR)(port), (PUSHORT)(to), n)
#define __indwordstring(port, to, n) \
	VideoPortReadPortBufferUlong((PULONG)(ULONG_PTR)(port), (PULONG)(to), n)
#define __outbytestring(port, from, n) \
	VideoPortWritePortBufferUchar((PUCHAR)(ULONG_PTR)(port), (PUCHAR)(from), n)
#define __outwordstring(port, from, n) \
	VideoPortWritePortBufferUshort((PUSHORT)(ULONG_PTR)(port), (PUSHORT)(from), n)
#define __outdwordstring(port, from, n) \
	VideoPortWritePortBufferUlong((PULONG)(ULONG_PTR)(port), (PULONG)(from), n)

#define _ReadWriteBarrier()		__asm__ __volatile__("" : : : "memory")
#define _ReadBarrier()			_ReadWriteBarrier()
#define _WriteBarrier()			_ReadWriteBarrier()
#define __faststorefence()		__sync_synchronize()
#define _mm_mfence()			__sync_synchronize()
#define _mm_lfence()			__sync_synchronize()
#define _mm_sfence()			__sync_synchronize()
#if defined(__x86_64__) || defined(__i386__)
#define _mm_pause()			__builtin_ia32_pause()
#define __rdtsc()			__builtin_ia32_rdtsc()
#else
#define _mm_pause()			_ReadWriteBarrier()
#endif
#ifndef YieldProcessor
#define YieldProcessor()		_mm_pause()
#endif
#define __nop()				__asm__ __volatile__("nop")
#define __debugbreak()			((void)0)
#define _ReturnAddress()		__builtin_return_address(0)
#define __halt()			((void)0)
#define DbgRaiseAssertionFailure()	((void)0)

/* Blocks, from a lower address to a higher, as the processor does it */

static inline VOID __movsb(PUCHAR to, const UCHAR *from, SIZE_T count)
{
	while (count--)
		*(volatile UCHAR *)to++ = *from++;
}

static inline VOID __movsw(PUSHORT to, const USHORT *from, SIZE_T count)
{
	while (count--)
		*(volatile USHORT *)to++ = *from++;
}

static inline VOID __movsd(PULONG to, const ULONG *from, SIZE_T count)
{
	while (count--)
		*(volatile ULONG *)to++ = *from++;
}

static inline VOID __stosb(PUCHAR to, UCHAR value, SIZE_T count)
{
	while (count--)
		*(volatile UCHAR *)to++ = value;
}

static inline VOID __stosw(PUSHORT to, USHORT value, SIZE_T count)
{
	while (count--)
		*(volatile USHORT *)to++ = value;
}

static inline VOID __stosd(PULONG to, ULONG value, SIZE_T count)
{
	while (count--)
		*(volatile ULONG *)to++ = value;
}

/* Bits */

static inline UCHAR vpmem_scan_forward(PULONG index, ULONG64 mask)
{
	if (mask)
		*index = __builtin_ctzll(mask);
	return mask != 0;
}

static inline UCHAR vpmem_scan_reverse(PULONG index, ULONG64 mask)
{
	if (mask)
		*index = 63 - __builtin_clzll(mask);
	return mask != 0;
}

#define _BitScanForward(index, mask)	vpmem_scan_forward((PULONG)(index), (ULONG)(mask))
#define _BitScanReverse(index, mask)	vpmem_scan_reverse((PULONG)(index), (ULONG)(mask))
#define _BitScanForward64(index, mask)	vpmem_scan_forward((PULONG)(index), mask)
#define _BitScanReverse64(index, mask)	vpmem_scan_reverse((PULONG)(index), mask)
#define BitScanForward(index, mask)	_BitScanForward(index, mask)
#define BitScanReverse(index, mask)	_BitScanReverse(index, mask)

static inline UCHAR vpmem_bit_test(const LONG *p, LONG bit)
{
	return p[bit >> 5] >> (bit & 31) & 1;
}

static inline UCHAR vpmem_bit_change(LONG *p, LONG bit, LONG set, LONG flip)
{
	LONG *word = p + (bit >> 5), mask = (LONG)(1U << (bit & 31));
	UCHAR was = (*word & mask) != 0;

	if (flip)
		*word ^= mask;
	else if (set)
		*word |= mask;
	else
		*word &= ~mask;
	return was;
}

#define _bittest(p, bit)		vpmem_bit_test((const LONG *)(p), bit)
#define _bittestandset(p, bit)		vpmem_bit_change((LONG *)(p), bit, 1, 0)
#define _bittestandreset(p, bit)	vpmem_bit_change((LONG *)(p), bit, 0, 0)
#define _bittestandcomplement(p, bit)	vpmem_bit_change((LONG *)(p), bit, 0, 1)

static inline USHORT vpmem_rotate_16(USHORT value, int n)
{
	return (USHORT)(value << (n & 15) | value >> (-n & 15));
}

static inline UCHAR vpmem_rotate_8(UCHAR value, int n)
{
	return (UCHAR)(value << (n & 7) | value >> (-n & 7));
}

#define _rotl8(value, n)		vpmem_rotate_8(value, n)
#define _rotr8(value, n)		vpmem_rotate_8(value, -(n))
#define _rotl16(value, n)		vpmem_rotate_16(value, n)
#define _rotr16(value, n)		vpmem_rotate_16(value, -(n))

#define __emul(a, b)			((LONGLONG)(INT)(a) * (INT)(b))
#define __emulu(a, b)			((ULONGLONG)(UINT)(a) * (UINT)(b))
#define __ll_lshift(value, n)		((ULONGLONG)(value) << ((n) & 63))
#define __ll_rshift(value, n)		((LONGLONG)(value) >> ((n) & 63))
#define __ull_rshift(value, n)		((ULONGLONG)(value) >> ((n) & 63))
#define __popcnt(value)			((UINT)__builtin_popcount(value))

#if defined(__x86_64__) || defined(__i386__)
static inline VOID __cpuid(int info[4], int function)
{
	__asm__ __volatile__("cpuid"
			     : "=a"(info[0]), "=b"(info[1]), "=c"(info[2]), "=d"(info[3])
			     : "0"(function), "2"(0));
}
#endif

#endif /* VPMEM_INTRIN_H */
