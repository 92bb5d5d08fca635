/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of given sizes: <linux/types.h> has them, but for those of the size of a
 * pointer in older kernels, and the limits. Linux has its own form of some of these.
 */
#ifndef VPMEM_STDINT_H
#define VPMEM_STDINT_H

#include "basic.h"

/* Newer kernels have these as types, too: the macro hides that. */
#define intptr_t			LONG_PTR
#define uintptr_t			ULONG_PTR
#define intmax_t			LONGLONG
#define uintmax_t			ULONGLONG

#ifndef INT8_MAX
#define INT8_MIN			(-128)
#define INT8_MAX			127
#define UINT8_MAX			0xff
#define INT16_MIN			(-32768)
#define INT16_MAX			32767
#define UINT16_MAX			0xffff
#define INT32_MIN			(-2147483647 - 1)
#define INT32_MAX			2147483647
#define UINT32_MAX			0xffffffffU
#define INT64_MIN			(-9223372036854775807LL - 1)
#define INT64_MAX			9223372036854775807LL
#define UINT64_MAX			0xffffffffffffffffULL
#endif
#ifndef SIZE_MAX
#define SIZE_MAX			((SIZE_T)-1)
#endif

#endif /* VPMEM_STDINT_H */
