/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages of small blocks, for small.c.
 */
#ifndef VPMEM_SMALL_PAGE_H
#define VPMEM_SMALL_PAGE_H

#include "mem/small.h"

bool vpmem_small_take(const struct vpmem_adapter *adapter, unsigned int class, gfp_t gfp,
		      struct small_free *free);
unsigned long vpmem_small_shrink_cpu(const struct vpmem_adapter *adapter, int nr,
				     bool idle);
unsigned long vpmem_small_shrink_this_cpu(const struct vpmem_adapter *adapter);
unsigned long vpmem_small_idle_cpu(const struct vpmem_adapter *adapter, int nr);
unsigned long vpmem_small_count_cpu(const struct vpmem_adapter *adapter, int nr);
void vpmem_small_free_cpu(const struct vpmem_adapter *adapter, int nr);

#endif /* VPMEM_SMALL_PAGE_H */
