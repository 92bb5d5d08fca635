/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small blocks of kmalloc(), for small.c.
 */
#ifndef VPMEM_SMALL_KMALLOC_H
#define VPMEM_SMALL_KMALLOC_H

#include "mem/small.h"

int vpmem_small_kmalloc_attach(struct vpmem_adapter *adapter);
void vpmem_small_kmalloc_detach(struct vpmem_adapter *adapter);
void *vpmem_small_kmalloc_alloc(struct vpmem_slot *slot, size_t size, bool aligned,
				size_t charge, gfp_t gfp);
bool vpmem_small_kmalloc_find(const void *block, struct small_found *found);
bool vpmem_small_kmalloc_claim(const void *block, const struct small_found *found);

#endif /* VPMEM_SMALL_KMALLOC_H */
