/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory for large blocks and internal arrays.
 */
#ifndef VPMEM_BACKING_H
#define VPMEM_BACKING_H

#include <linux/gfp.h>
#include <linux/types.h>

bool vpmem_memory_left(u64 bytes);
bool vpmem_range_left(u64 bytes);
void *vpmem_kvmalloc(size_t bytes, gfp_t gfp);

#endif /* VPMEM_BACKING_H */
