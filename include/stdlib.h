/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the C library's odds and ends what a driver uses. There is no malloc(): memory is
 * VideoPortAllocatePool()'s.
 */
#ifndef VPMEM_STDLIB_H
#define VPMEM_STDLIB_H

#include "string.h"
#include "minmax.h"

#ifndef abs
#define abs(value)			__builtin_abs(value)
#endif
#ifndef labs
#define labs(value)			abs(value)
#endif

static inline int vpmem_atoi(const char *text)
{
	unsigned int value = 0;
	int minus;

	while (*text == ' ' || *text == '\t')
		text++;
	minus = *text == '-';
	if (*text == '-' || *text == '+')
		text++;
	for (; *text >= '0' && *text <= '9'; text++)
		value = value * 10 + (*text - '0');
	return minus ? -value : value;
}

/* Linux has the one, vpmem-nt.h the other. */
void *bsearch(const void *key, const void *base, size_t number, size_t width,
	      int (*compare)(const void *a, const void *b));
void qsort(void *base, size_t number, size_t width,
	   int (*compare)(const void *a, const void *b));

#define atoi(text)			vpmem_atoi(text)
#define atol(text)			vpmem_atoi(text)

#define _rotl(value, n)			((UINT)(value) << ((n) & 31) | (UINT)(value) >> (-(n) & 31))
#define _rotr(value, n)			((UINT)(value) >> ((n) & 31) | (UINT)(value) << (-(n) & 31))
#define _byteswap_ushort(value)		__builtin_bswap16(value)
#define _byteswap_ulong(value)		__builtin_bswap32(value)
#define _byteswap_uint64(value)		__builtin_bswap64(value)

#endif /* VPMEM_STDLIB_H */
