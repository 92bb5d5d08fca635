/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mappings of device memory: functions that map.c, range.c and mmap.c share.
 */
#ifndef VPMEM_MAP_H
#define VPMEM_MAP_H

#include <linux/ioport.h>

#include "mem/regions.h"

struct vm_area_struct;

struct vpmem_mapping {
	u64 start;			/* as the CPU sees it */
	u64 length;
	u32 flags;			/* VIDEO_MEMORY_SPACE_* */
};

void *vpmem_map(const struct vpmem_mapping *mapping, const struct vpmem_call *call);
void vpmem_unmap(void *address, const struct vpmem_call *call);
struct vpmem_region *vpmem_map_get(struct vpmem_adapter *adapter, const void *address,
				   struct vpmem_mapping *mapping);
bool vpmem_area_fits(struct vm_area_struct *vma, u64 length);
pgprot_t vpmem_area_protection(const struct vm_area_struct *vma, u32 flags);

struct vpmem_map_request {
	u64 start;
	u64 length;
	u32 flags;			/* VIDEO_MEMORY_SPACE_* */
	struct page *(*page)(u64 physical); /* for RAM instead of device memory */
	const struct vpmem_call *call;
	/* Results of visits to the regions */
	void *block;
	bool found;
	bool foreign;			/* memory outside of the device's resources */
	u64 foreign_bytes;		/* total of the adapter, with these */
};

static inline u64 vpmem_map_last(const struct vpmem_map_request *request)
{
	return request->start + request->length - 1;
}

/*
 * range.c
 */

bool vpmem_map_is_possible(const struct vpmem_map_request *request);
struct resource vpmem_map_range(const struct vpmem_map_request *request);

/*
 * map.c
 */

bool vpmem_map_is_memory(const struct vpmem_region *region);
bool vpmem_map_any(struct vpmem_map_request *request, struct vpmem_adapter *adapter,
		   enum vpmem_kind kind,
		   enum vpmem_visit (*visit)(struct vpmem_region *region, void *request));
bool vpmem_map_cache_agrees(struct vpmem_map_request *request);

#endif /* VPMEM_MAP_H */
