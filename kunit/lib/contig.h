/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contiguous memory of a test.
 */
#ifndef VPMEM_KUNIT_CONTIG_H
#define VPMEM_KUNIT_CONTIG_H

#include "kunit/lib/helpers.h"

#define VT_NO_LIMIT	(~0ULL)

/* Largest block that waits for its next use after it is freed */
#define VT_PARKED_MOST	(16 * PAGE_SIZE)

/* Lengths whose size in whole pages needs more than 32 bits, and the one below */
extern const ULONG vt_wrapping[3];
extern const ULONG vt_contig_lengths[8];
void *vt_contig_try(void *ext, ULONG length, u64 limit);
void *vt_contig_alloc(struct kunit *test, ULONG length, u64 limit);
void vt_contig_end(struct kunit *test, void *memory);

#endif /* VPMEM_KUNIT_CONTIG_H */
