/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions of <stdlib.h> that drivers use. There is no malloc(): allocate memory with
 * VideoPortAllocatePool().
 */
#ifndef VPMEM_STDLIB_H
#define VPMEM_STDLIB_H

#include "string.h"
#include "vpmem-crt.h"
#include "intrinsics.h"
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

#define _abs64(value)			__builtin_llabs(value)
#define _MAX_PATH			260

#endif /* VPMEM_STDLIB_H */
