/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory, as the kernel's run time library and that of Win32 have it. The functions are
 * for sources that declare them by hand.
 */
#ifndef VPMEM_RTLMEM_H
#define VPMEM_RTLMEM_H

#include "basic.h"
#include "string.h"
#include "../vpmem.h"

VOID RtlZeroMemory(PVOID Destination, SIZE_T Length);
VOID RtlFillMemory(PVOID Destination, SIZE_T Length, UCHAR Fill);
VOID RtlCopyMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
VOID RtlMoveMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
SIZE_T RtlCompareMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length);

#define RtlZeroMemory(to, size)		memset((VOID *)(to), 0, size)
#define RtlFillMemory(to, size, byte)	memset((VOID *)(to), byte, size)
#define RtlCopyMemory(to, from, size)	memcpy((VOID *)(to), (const VOID *)(from), size)
#define RtlMoveMemory(to, from, size)	memmove((VOID *)(to), (const VOID *)(from), size)
#define RtlCopyBytes(to, from, size)	RtlCopyMemory(to, from, size)
#define RtlZeroBytes(to, size)		RtlZeroMemory(to, size)
#define RtlFillBytes(to, size, byte)	RtlFillMemory(to, size, byte)
#define RtlSecureZeroMemory(to, size)	RtlZeroMemory(to, size)
#define RtlCopyMemoryNonTemporal(to, from, size) RtlCopyMemory(to, from, size)
#define RtlEqualMemory(a, b, size)	(!memcmp(a, b, size))
#define RtlCompareMemory(a, b, size) \
	((SIZE_T)VideoPortCompareMemory((PVOID)(a), (PVOID)(b), size))

#endif /* VPMEM_RTLMEM_H */
