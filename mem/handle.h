/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Handles: records of objects that a driver knows by a pointer, such as events.
 */
#ifndef VPMEM_HANDLE_H
#define VPMEM_HANDLE_H

#include "mem/regions.h"
#include "vpmem.h"

VP_STATUS vpmem_handle_create(void **to, enum vpmem_kind kind, u32 size,
			      void *(*find)(struct vpmem_region *region, const void *data),
			      const void *data, const struct vpmem_call *call);
struct vpmem_region *vpmem_handle_get(const void *handle, enum vpmem_kind kind,
				      const struct vpmem_call *call);
VP_STATUS vpmem_handle_delete(const void *handle, enum vpmem_kind kind,
			      const struct vpmem_call *call);

#endif /* VPMEM_HANDLE_H */
