/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pool for calls that name no adapter, and modes of the pool.
 */
#ifndef VPMEM_POOL_H
#define VPMEM_POOL_H

#include <linux/jump_label.h>

#include "vpmem.h"

struct vpmem_adapter;
struct vpmem_call;

void vpmem_pool_init(void);
void vpmem_pool_attach(struct vpmem_adapter *adapter);
void *vpmem_pool_alloc_light(VP_POOL_TYPE type, size_t size, u32 tag,
			     unsigned long caller);
void *vpmem_pool_alloc(VP_POOL_TYPE type, size_t size, u32 tag,
		       const struct vpmem_call *call);
void vpmem_pool_free(void *block, u32 tag, struct vpmem_call *call);

/* Count blocks by their callers, so that a leak report names the code that allocated them. */
DECLARE_STATIC_KEY_FALSE(vpmem_callers);

void vpmem_callers_set(bool on);
void vpmem_verify_set(bool on);

#endif /* VPMEM_POOL_H */
