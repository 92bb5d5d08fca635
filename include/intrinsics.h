/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that Microsoft's compiler knows without a declaration. miniport.mk puts this
 * in front of every source, so only the compiler's own types are used. They are functions,
 * and their macros have no parameters, since sources declare them by hand as well.
 */
#ifndef VPMEM_INTRINSICS_H
#define VPMEM_INTRINSICS_H

#include "interlocked.h"

/* Order of memory accesses */

static inline void vpmem__ReadWriteBarrier(void)
{
	__asm__ __volatile__("" : : : "memory");
}

static inline void vpmem__mm_mfence(void)
{
	__sync_synchronize();
}

#if defined(__x86_64__) || defined(__i386__)
static inline void vpmem__mm_pause(void)
{
	__builtin_ia32_pause();
}
#else
static inline void vpmem__mm_pause(void)
{
	vpmem__ReadWriteBarrier();
}
#endif

static inline void vpmem__mm_prefetch(const char *address, int hint)
{
	__builtin_prefetch(address);
}

static inline void vpmem___nop(void)
{
	__asm__ __volatile__("nop");
}

/* Debugger, which does not exist here */

static inline void vpmem___debugbreak(void)
{
}

static inline void vpmem___halt(void)
{
}

/*
 * Inlined in any case, so that the frame is the caller's. The parentheses keep out a macro of
 * the kernel for arm64, which needs headers of the kernel.
 */
static inline __attribute__((__always_inline__)) void *vpmem__ReturnAddress(void)
{
	return (__builtin_return_address)(0);
}

/* Bits */

static inline unsigned char vpmem__BitScanForward(unsigned int *index, unsigned int mask)
{
	if (mask)
		*index = (unsigned int)__builtin_ctzll(mask);
	return mask != 0;
}

static inline unsigned char vpmem__BitScanReverse(unsigned int *index, unsigned int mask)
{
	if (mask)
		*index = 63 - (unsigned int)__builtin_clzll(mask);
	return mask != 0;
}

static inline unsigned char vpmem__BitScanForward64(unsigned int *index, unsigned long long mask)
{
	if (mask)
		*index = (unsigned int)__builtin_ctzll(mask);
	return mask != 0;
}

static inline unsigned char vpmem__BitScanReverse64(unsigned int *index, unsigned long long mask)
{
	if (mask)
		*index = 63 - (unsigned int)__builtin_clzll(mask);
	return mask != 0;
}

static inline unsigned char vpmem__bittest(const int *bits, int bit)
{
	return bits[bit >> 5] >> (bit & 31) & 1;
}

static inline unsigned char vpmem__bittestandset(int *bits, int bit)
{
	unsigned char was = vpmem__bittest(bits, bit);

	bits[bit >> 5] |= (int)(1U << (bit & 31));
	return was;
}

static inline unsigned char vpmem__bittestandreset(int *bits, int bit)
{
	unsigned char was = vpmem__bittest(bits, bit);

	bits[bit >> 5] &= ~(int)(1U << (bit & 31));
	return was;
}

static inline unsigned char vpmem__bittestandcomplement(int *bits, int bit)
{
	unsigned char was = vpmem__bittest(bits, bit);

	bits[bit >> 5] ^= (int)(1U << (bit & 31));
	return was;
}

static inline unsigned char vpmem__bittest64(const long long *bits, long long bit)
{
	return bits[bit >> 6] >> (bit & 63) & 1;
}

static inline unsigned char vpmem__bittestandset64(long long *bits, long long bit)
{
	unsigned char was = vpmem__bittest64(bits, bit);

	bits[bit >> 6] |= (long long)(1ULL << (bit & 63));
	return was;
}

static inline unsigned char vpmem__bittestandreset64(long long *bits, long long bit)
{
	unsigned char was = vpmem__bittest64(bits, bit);

	bits[bit >> 6] &= ~(long long)(1ULL << (bit & 63));
	return was;
}

static inline unsigned char vpmem__bittestandcomplement64(long long *bits, long long bit)
{
	unsigned char was = vpmem__bittest64(bits, bit);

	bits[bit >> 6] ^= (long long)(1ULL << (bit & 63));
	return was;
}

static inline unsigned char vpmem__rotl8(unsigned char value, unsigned char n)
{
	return (unsigned char)(value << (n & 7) | value >> (-n & 7));
}

static inline unsigned char vpmem__rotr8(unsigned char value, unsigned char n)
{
	return (unsigned char)(value >> (n & 7) | value << (-n & 7));
}

static inline unsigned short vpmem__rotl16(unsigned short value, unsigned char n)
{
	return (unsigned short)(value << (n & 15) | value >> (-n & 15));
}

static inline unsigned short vpmem__rotr16(unsigned short value, unsigned char n)
{
	return (unsigned short)(value >> (n & 15) | value << (-n & 15));
}

static inline unsigned int vpmem__rotl(unsigned int value, int n)
{
	return (unsigned int)(value << (n & 31) | value >> (-n & 31));
}

static inline unsigned int vpmem__rotr(unsigned int value, int n)
{
	return (unsigned int)(value >> (n & 31) | value << (-n & 31));
}

static inline unsigned long long vpmem__rotl64(unsigned long long value, int n)
{
	return (unsigned long long)(value << (n & 63) | value >> (-n & 63));
}

static inline unsigned long long vpmem__rotr64(unsigned long long value, int n)
{
	return (unsigned long long)(value >> (n & 63) | value << (-n & 63));
}

static inline unsigned short vpmem__byteswap_ushort(unsigned short value)
{
	return __builtin_bswap16(value);
}

static inline unsigned int vpmem__byteswap_ulong(unsigned int value)
{
	return __builtin_bswap32(value);
}

static inline unsigned long long vpmem__byteswap_uint64(unsigned long long value)
{
	return __builtin_bswap64(value);
}

static inline unsigned short vpmem___popcnt16(unsigned short value)
{
	return (unsigned short)__builtin_popcount(value);
}

static inline unsigned int vpmem___popcnt(unsigned int value)
{
	return (unsigned int)__builtin_popcount(value);
}

static inline unsigned long long vpmem___popcnt64(unsigned long long value)
{
	return (unsigned long long)__builtin_popcountll(value);
}

/* Numbers of 64 and of 128 bits */

static inline long long vpmem___emul(int a, int b)
{
	return (long long)a * b;
}

static inline unsigned long long vpmem___emulu(unsigned int a, unsigned int b)
{
	return (unsigned long long)a * b;
}

static inline unsigned long long vpmem___ll_lshift(unsigned long long value, int n)
{
	return value << (n & 63);
}

static inline long long vpmem___ll_rshift(long long value, int n)
{
	return value >> (n & 63);
}

static inline unsigned long long vpmem___ull_rshift(unsigned long long value, int n)
{
	return value >> (n & 63);
}

#ifdef __SIZEOF_INT128__

static inline unsigned long long vpmem__umul128(unsigned long long a, unsigned long long b,
						unsigned long long *high)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	*high = (unsigned long long)(product >> 64);
	return (unsigned long long)product;
}

static inline long long vpmem__mul128(long long a, long long b, long long *high)
{
	__int128 product = (__int128)a * b;

	*high = (long long)(product >> 64);
	return (long long)product;
}

static inline unsigned long long vpmem___umulh(unsigned long long a, unsigned long long b)
{
	return (unsigned long long)((unsigned __int128)a * b >> 64);
}

static inline long long vpmem___mulh(long long a, long long b)
{
	return (long long)((__int128)a * b >> 64);
}

static inline unsigned long long vpmem___shiftleft128(unsigned long long low,
						      unsigned long long high, unsigned char n)
{
	return n & 63 ? high << (n & 63) | low >> (64 - (n & 63)) : high;
}

static inline unsigned long long vpmem___shiftright128(unsigned long long low,
						       unsigned long long high, unsigned char n)
{
	return n & 63 ? low >> (n & 63) | high << (64 - (n & 63)) : low;
}

#endif

/* Blocks, from a lower address to a higher, as the processor does it */

static inline void vpmem___movsb(unsigned char *to, const unsigned char *from, __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned char *)to++ = *from++;
}

static inline void vpmem___stosb(unsigned char *to, unsigned char value, __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned char *)to++ = value;
}

static inline void vpmem___movsw(unsigned short *to, const unsigned short *from,
				 __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned short *)to++ = *from++;
}

static inline void vpmem___stosw(unsigned short *to, unsigned short value, __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned short *)to++ = value;
}

static inline void vpmem___movsd(unsigned int *to, const unsigned int *from, __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned int *)to++ = *from++;
}

static inline void vpmem___stosd(unsigned int *to, unsigned int value, __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned int *)to++ = value;
}

static inline void vpmem___movsq(unsigned long long *to, const unsigned long long *from,
				 __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned long long *)to++ = *from++;
}

static inline void vpmem___stosq(unsigned long long *to, unsigned long long value,
				 __SIZE_TYPE__ count)
{
	while (count--)
		*(volatile unsigned long long *)to++ = value;
}

/* Ports: the DDI has these, too. */

unsigned char vpmem_inbyte(unsigned short port);
void vpmem_outbyte(unsigned short port, unsigned char value);
void VideoPortReadPortBufferUchar(unsigned char *port, unsigned char *to, unsigned int count);
void VideoPortWritePortBufferUchar(unsigned char *port, unsigned char *from, unsigned int count);

static inline void vpmem___inbytestring(unsigned short port, unsigned char *to, unsigned int n)
{
	VideoPortReadPortBufferUchar((unsigned char *)(__UINTPTR_TYPE__)port, to, n);
}

static inline void vpmem___outbytestring(unsigned short port, unsigned char *from, unsigned int n)
{
	VideoPortWritePortBufferUchar((unsigned char *)(__UINTPTR_TYPE__)port, from, n);
}

unsigned short vpmem_inword(unsigned short port);
void vpmem_outword(unsigned short port, unsigned short value);
void VideoPortReadPortBufferUshort(unsigned short *port, unsigned short *to, unsigned int count);
void VideoPortWritePortBufferUshort(unsigned short *port, unsigned short *from, unsigned int count);

static inline void vpmem___inwordstring(unsigned short port, unsigned short *to, unsigned int n)
{
	VideoPortReadPortBufferUshort((unsigned short *)(__UINTPTR_TYPE__)port, to, n);
}

static inline void vpmem___outwordstring(unsigned short port, unsigned short *from, unsigned int n)
{
	VideoPortWritePortBufferUshort((unsigned short *)(__UINTPTR_TYPE__)port, from, n);
}

unsigned int vpmem_indword(unsigned short port);
void vpmem_outdword(unsigned short port, unsigned int value);
void VideoPortReadPortBufferUlong(unsigned int *port, unsigned int *to, unsigned int count);
void VideoPortWritePortBufferUlong(unsigned int *port, unsigned int *from, unsigned int count);

static inline void vpmem___indwordstring(unsigned short port, unsigned int *to, unsigned int n)
{
	VideoPortReadPortBufferUlong((unsigned int *)(__UINTPTR_TYPE__)port, to, n);
}

static inline void vpmem___outdwordstring(unsigned short port, unsigned int *from, unsigned int n)
{
	VideoPortWritePortBufferUlong((unsigned int *)(__UINTPTR_TYPE__)port, from, n);
}

/* Instructions of x86 processors */

#if defined(__x86_64__) || defined(__i386__)

static inline unsigned long long vpmem___rdtsc(void)
{
	unsigned int low, high;

	/* Avoid the builtin, which sparse does not know. */
	__asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
	return (unsigned long long)high << 32 | low;
}

static inline void vpmem___cpuidex(int info[4], int function, int sub)
{
	__asm__ __volatile__("cpuid"
			     : "=a"(info[0]), "=b"(info[1]), "=c"(info[2]), "=d"(info[3])
			     : "0"(function), "2"(sub));
}

static inline void vpmem___cpuid(int info[4], int function)
{
	vpmem___cpuidex(info, function, 0);
}

static inline __UINTPTR_TYPE__ vpmem___readcr0(void)
{
	__UINTPTR_TYPE__ value;

	__asm__ __volatile__("mov %%cr0, %0" : "=r"(value));
	return value;
}

static inline __UINTPTR_TYPE__ vpmem___readcr2(void)
{
	__UINTPTR_TYPE__ value;

	__asm__ __volatile__("mov %%cr2, %0" : "=r"(value));
	return value;
}

static inline __UINTPTR_TYPE__ vpmem___readcr3(void)
{
	__UINTPTR_TYPE__ value;

	__asm__ __volatile__("mov %%cr3, %0" : "=r"(value));
	return value;
}

static inline __UINTPTR_TYPE__ vpmem___readcr4(void)
{
	__UINTPTR_TYPE__ value;

	__asm__ __volatile__("mov %%cr4, %0" : "=r"(value));
	return value;
}

static inline __UINTPTR_TYPE__ vpmem___readeflags(void)
{
	__UINTPTR_TYPE__ value;

	__asm__ __volatile__("pushf\n\tpop %0" : "=rm"(value) : : "memory");
	return value;
}

static inline unsigned int vpmem___getcallerseflags(void)
{
	return (unsigned int)vpmem___readeflags();
}

static inline unsigned int vpmem___segmentlimit(unsigned int selector)
{
	unsigned int limit = 0;

	__asm__ __volatile__("lsl %1, %0" : "+r"(limit) : "r"(selector) : "cc");
	return limit;
}

static inline unsigned long long vpmem___readmsr(unsigned int number)
{
	unsigned int low, high;

	__asm__ __volatile__("rdmsr" : "=a"(low), "=d"(high) : "c"(number));
	return low | (unsigned long long)high << 32;
}

static inline void vpmem__mm_clflush(const void *address)
{
	__asm__ __volatile__("clflush %0" : "+m"(*(volatile char *)address));
}

static inline unsigned int vpmem__mm_getcsr(void)
{
	unsigned int value;

	__asm__ __volatile__("stmxcsr %0" : "=m"(value));
	return value;
}

static inline void vpmem__mm_setcsr(unsigned int value)
{
	__asm__ __volatile__("ldmxcsr %0" : : "m"(value));
}

#endif

/* Their names */

#define _ReadWriteBarrier		vpmem__ReadWriteBarrier
#define _ReadBarrier			vpmem__ReadWriteBarrier
#define _WriteBarrier			vpmem__ReadWriteBarrier
#define _mm_mfence			vpmem__mm_mfence
#define _mm_lfence			vpmem__mm_mfence
#define _mm_sfence			vpmem__mm_mfence
#define __faststorefence		vpmem__mm_mfence
#define _mm_pause			vpmem__mm_pause
#define _mm_prefetch			vpmem__mm_prefetch
#define __nop				vpmem___nop
#define __debugbreak			vpmem___debugbreak
#define __halt				vpmem___halt
#define _ReturnAddress			vpmem__ReturnAddress
#define _BitScanForward			vpmem__BitScanForward
#define _BitScanReverse			vpmem__BitScanReverse
#define _BitScanForward64		vpmem__BitScanForward64
#define _BitScanReverse64		vpmem__BitScanReverse64
#define _bittest			vpmem__bittest
#define _bittestandset			vpmem__bittestandset
#define _bittestandreset		vpmem__bittestandreset
#define _bittestandcomplement		vpmem__bittestandcomplement
#define _bittest64			vpmem__bittest64
#define _bittestandset64		vpmem__bittestandset64
#define _bittestandreset64		vpmem__bittestandreset64
#define _bittestandcomplement64		vpmem__bittestandcomplement64
#define _rotl8				vpmem__rotl8
#define _rotr8				vpmem__rotr8
#define _rotl16				vpmem__rotl16
#define _rotr16				vpmem__rotr16
#define _rotl				vpmem__rotl
#define _rotr				vpmem__rotr
#define _rotl64				vpmem__rotl64
#define _rotr64				vpmem__rotr64
#define _lrotl				vpmem__rotl
#define _lrotr				vpmem__rotr
#define _byteswap_ushort		vpmem__byteswap_ushort
#define _byteswap_ulong			vpmem__byteswap_ulong
#define _byteswap_uint64		vpmem__byteswap_uint64
#define __popcnt16			vpmem___popcnt16
#define __popcnt			vpmem___popcnt
#define __popcnt64			vpmem___popcnt64
#define __emul				vpmem___emul
#define __emulu				vpmem___emulu
#define __ll_lshift			vpmem___ll_lshift
#define __ll_rshift			vpmem___ll_rshift
#define __ull_rshift			vpmem___ull_rshift
#define _umul128			vpmem__umul128
#define _mul128				vpmem__mul128
#define __umulh				vpmem___umulh
#define __mulh				vpmem___mulh
#define __shiftleft128			vpmem___shiftleft128
#define __shiftright128			vpmem___shiftright128
#define __movsb				vpmem___movsb
#define __stosb				vpmem___stosb
#define __movsw				vpmem___movsw
#define __stosw				vpmem___stosw
#define __movsd				vpmem___movsd
#define __stosd				vpmem___stosd
#define __movsq				vpmem___movsq
#define __stosq				vpmem___stosq
#define __inbytestring			vpmem___inbytestring
#define __outbytestring			vpmem___outbytestring
#define __inbyte			vpmem_inbyte
#define __outbyte			vpmem_outbyte
#define __inwordstring			vpmem___inwordstring
#define __outwordstring			vpmem___outwordstring
#define __inword			vpmem_inword
#define __outword			vpmem_outword
#define __indwordstring			vpmem___indwordstring
#define __outdwordstring		vpmem___outdwordstring
#define __indword			vpmem_indword
#define __outdword			vpmem_outdword
#define __rdtsc				vpmem___rdtsc
#define __cpuidex			vpmem___cpuidex
/* Linux has a macro of this name for its own code, such as the glue of a driver. */
#ifndef __cpuid
#define __cpuid				vpmem___cpuid
#endif
#define __readcr0			vpmem___readcr0
#define __readcr2			vpmem___readcr2
#define __readcr3			vpmem___readcr3
#define __readcr4			vpmem___readcr4
#define __readeflags			vpmem___readeflags
#define __getcallerseflags		vpmem___getcallerseflags
#define __segmentlimit			vpmem___segmentlimit
#define __readmsr			vpmem___readmsr
#define _mm_clflush			vpmem__mm_clflush
#define _mm_getcsr			vpmem__mm_getcsr
#define _mm_setcsr			vpmem__mm_setcsr

#endif /* VPMEM_INTRINSICS_H */
