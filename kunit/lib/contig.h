/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contiguous memory of a test.
 */
#ifndef VPMEM_KUNIT_CONTIG_H
#define VPMEM_KUNIT_CONTIG_H

#include "kunit/lib/helpers.h"

#define VT_NO_LIMIT	(~0ULL)

extern const ULONG vt_contig_lengths[8];
void *vt_contig_try(void *ext, ULONG length, u64 limit);
void *vt_contig_alloc(struct kunit *test, ULONG length, u64 limit);
void vt_contig_end(struct kunit *test, void *memory);

#endif /* VPMEM_KUNIT_CONTIG_H */
