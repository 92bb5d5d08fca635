/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names that Microsoft's headers have for what its compiler does, see intrinsics.h.
 */
#ifndef VPMEM_BITS_H
#define VPMEM_BITS_H

#include "intrinsics.h"

#define BitScanForward			_BitScanForward
#define BitScanReverse			_BitScanReverse
#define BitScanForward64		_BitScanForward64
#define BitScanReverse64		_BitScanReverse64
#define BitTest				_bittest
#define BitTestAndSet			_bittestandset
#define BitTestAndReset			_bittestandreset
#define BitTestAndComplement		_bittestandcomplement
#define BitTest64			_bittest64
#define BitTestAndSet64			_bittestandset64
#define BitTestAndReset64		_bittestandreset64
#define BitTestAndComplement64		_bittestandcomplement64

#ifdef __SIZEOF_INT128__
#define Multiply128			_mul128
#define MultiplyHigh			__mulh
#define UnsignedMultiply128		_umul128
#define UnsignedMultiplyHigh		__umulh
#define ShiftLeft128			__shiftleft128
#define ShiftRight128			__shiftright128
#endif

#define MemoryBarrier			_mm_mfence
#define FastFence			__faststorefence
#define LoadFence			_mm_lfence
#define MemoryFence			_mm_mfence
#define StoreFence			_mm_sfence
#ifndef YieldProcessor
#define YieldProcessor			_mm_pause
#endif
#define DbgRaiseAssertionFailure	__debugbreak

#define _MM_HINT_NTA			0
#define _MM_HINT_T0			1
#define _MM_HINT_T1			2
#define _MM_HINT_T2			3
#define PF_NON_TEMPORAL_LEVEL_ALL	_MM_HINT_NTA
#define PF_TEMPORAL_LEVEL_1		_MM_HINT_T0
#define PF_TEMPORAL_LEVEL_2		_MM_HINT_T1
#define PF_TEMPORAL_LEVEL_3		_MM_HINT_T2
#define PreFetchCacheLine(level, address) _mm_prefetch((const char *)(address), level)
#define PrefetchForWrite(address)	__builtin_prefetch((const void *)(address), 1)
#define ReadForWriteAccess(address)	(*(address))

#if defined(__x86_64__) || defined(__i386__)
#define CacheLineFlush(address)		_mm_clflush((const void *)(address))
#define GetCallersEflags		__getcallerseflags
#define GetSegmentLimit			__segmentlimit
#define ReadMxCsr			_mm_getcsr
#define WriteMxCsr			_mm_setcsr
#define ReadTimeStampCounter		__rdtsc
#endif

#endif /* VPMEM_BITS_H */
