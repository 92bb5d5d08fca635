/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the compiler's intrinsics of Microsoft's those that are C. Ports are read and
 * written by the DDI.
 */
#ifndef VPMEM_INTRIN_H
#define VPMEM_INTRIN_H

#include "ntdef.h"
#include "../vpmem-port.h"

#define __inbyte(port)			VideoPortReadPortUchar((PUCHAR)(ULONG_PTR)(port))
#define __inword(port)			VideoPortReadPortUshort((PUSHORT)(ULONG_PTR)(port))
#define __indword(port)			VideoPortReadPortUlong((PULONG)(ULONG_PTR)(port))
#define __outbyte(port, v)		VideoPortWritePortUchar((PUCHAR)(ULONG_PTR)(port), v)
#define __outword(port, v)		VideoPortWritePortUshort((PUSHORT)(ULONG_PTR)(port), v)
#define __outdword(port, v)		VideoPortWritePortUlong((PULONG)(ULONG_PTR)(port), v)

#define _ReadWriteBarrier()		__asm__ __volatile__("" : : : "memory")
#define _ReadBarrier()			_ReadWriteBarrier()
#define _WriteBarrier()			_ReadWriteBarrier()
#define _mm_pause()			_ReadWriteBarrier()
#define YieldProcessor()		_ReadWriteBarrier()
#define __debugbreak()			((void)0)

#define _InterlockedIncrement(p)	VideoPortInterlockedIncrement((PLONG)(p))
#define _InterlockedDecrement(p)	VideoPortInterlockedDecrement((PLONG)(p))
#define _InterlockedExchange(p, v)	VideoPortInterlockedExchange((PLONG)(p), v)

#endif /* VPMEM_INTRIN_H */
