/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the C library's odds and ends what a driver uses. There is no malloc(): memory is
 * VideoPortAllocatePool()'s.
 */
#ifndef VPMEM_STDLIB_H
#define VPMEM_STDLIB_H

#include "string.h"
#include "../vpmem-crt.h"
#include "minmax.h"

#ifndef abs
#define abs(value)			__builtin_abs(value)
#endif
#ifndef labs
#define labs(value)			abs(value)
#endif

/* Linux has the one, vpmem-nt.h the other. */
void *bsearch(const void *key, const void *base, size_t number, size_t width,
	      int (*compare)(const void *a, const void *b));
void qsort(void *base, size_t number, size_t width,
	   int (*compare)(const void *a, const void *b));

#define RAND_MAX			0x7fff

#define _rotl(value, n)			((UINT)(value) << ((n) & 31) | (UINT)(value) >> (-(n) & 31))
#define _rotr(value, n)			((UINT)(value) >> ((n) & 31) | (UINT)(value) << (-(n) & 31))
#define _lrotl(value, n)		_rotl(value, n)
#define _lrotr(value, n)		_rotr(value, n)
#define _rotl64(value, n) \
	((ULONGLONG)(value) << ((n) & 63) | (ULONGLONG)(value) >> (-(n) & 63))
#define _rotr64(value, n)		_rotl64(value, -(n))
#define _abs64(value)			__builtin_llabs(value)
#define _MAX_PATH			260
#define _byteswap_ushort(value)		__builtin_bswap16(value)
#define _byteswap_ulong(value)		__builtin_bswap32(value)
#define _byteswap_uint64(value)		__builtin_bswap64(value)

#endif /* VPMEM_STDLIB_H */
