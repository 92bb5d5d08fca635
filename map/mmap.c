// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory, mapped for processes.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/mm.h>

#include "bus/claims.h"
#include "core/call.h"
#include "core/log.h"
#include "core/tags.h"
#include "map/map.h"
#include "mem/regions.h"
#include "vpmem.h"

bool vpmem_area_fits(struct vm_area_struct *vma, u64 length)
{
	u64 pages = length >> PAGE_SHIFT;

	/* Refuse a private area: a write would go to a copy, not to the device. */
	return vma->vm_flags & VM_MAYSHARE && vma->vm_pgoff < pages &&
	       vma_pages(vma) <= pages - vma->vm_pgoff;
}

pgprot_t vpmem_area_protection(const struct vm_area_struct *vma, u32 flags)
{
	return flags & VIDEO_MEMORY_SPACE_P6CACHE ?
	       pgprot_writecombine(vma->vm_page_prot) :
	       pgprot_noncached(vma->vm_page_prot);
}

static bool range_has_pages(const struct vpmem_map_request *request)
{
	const char *fault = NULL;

	if (request->flags & VIDEO_MEMORY_SPACE_IO)
		fault = "ports cannot be mapped";
	else if (offset_in_page(request->start))
		fault = "it does not begin with a page";
	if (fault)
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_RANGE, "0x%llx: %s; refused",
				  request->start, fault);
	return !fault;
}

static bool has_all_pages(const struct vpmem_region *region,
			  const struct vpmem_map_request *request)
{
	u64 last = region->bus + region->size - 1;

	return region->bus >> PAGE_SHIFT <= request->start >> PAGE_SHIFT &&
	       last >> PAGE_SHIFT >= vpmem_map_last(request) >> PAGE_SHIFT;
}

static enum vpmem_visit visit_covering(struct vpmem_region *region, void *data)
{
	struct vpmem_map_request *request = data;

	if (!vpmem_map_is_memory(region) || !has_all_pages(region, request))
		return VPMEM_VISIT_ON;
	request->found = true;
	return VPMEM_VISIT_END;
}

static bool range_is_granted(struct vpmem_map_request *request)
{
	struct resource range = vpmem_map_range(request);

	if (vpmem_owns_range(request->call->adapter, &range) ||
	    vpmem_map_any(request, request->call->adapter, VPMEM_MAPPED, visit_covering))
		return true;
	vpmem_warn_misuse(request->call, VPMEM_EV_FOREIGN_RANGE,
			  "0x%llx, length 0x%llx is neither a resource of the device nor mapped; refused",
			  request->start, request->length);
	return false;
}

static int map_area(struct vpmem_map_request *request, struct vm_area_struct *vma)
{
	/* Round up to whole pages, the unit of mappings. */
	request->length = PAGE_ALIGN(request->length);
	if (!range_has_pages(request) || !vpmem_map_is_possible(request) ||
	    !vpmem_map_cache_agrees(request))
		return -EINVAL;
	if (!range_is_granted(request))
		return -EPERM;
	if (!vpmem_area_fits(vma, request->length))
		return -EINVAL;
	/* Map it; this also sets the flags against dump, merge and growth. */
	return io_remap_pfn_range(vma, vma->vm_start,
				  (request->start >> PAGE_SHIFT) + vma->vm_pgoff,
				  vma->vm_end - vma->vm_start,
				  vpmem_area_protection(vma, request->flags));
}

int vpmem_mmap(void *hw_device_extension, struct vm_area_struct *vma,
	       PHYSICAL_ADDRESS start, ULONG length, ULONG in_io_space)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_map_request request = {
		.start = start.QuadPart,
		.length = length,
		.flags = in_io_space,
		.call = &call,
	};
	int err = -ENODEV;

	if (vpmem_enter(hw_device_extension, &call))
		err = map_area(&request, vma);
	vpmem_leave(&call);
	return err;
}
EXPORT_SYMBOL_GPL(vpmem_mmap);
