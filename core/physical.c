// SPDX-License-Identifier: GPL-2.0-only
/*
 * Translation of kernel addresses to pages.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/vmalloc.h>

#include "core/call.h"
#include "core/log.h"
#include "core/nofault.h"
#include "core/physical.h"
#include "vpmem.h"

static bool is_vmalloc_or_module(const void *address)
{
#ifdef MODULES_VADDR
	unsigned long at = (unsigned long)kasan_reset_tag(address);

	if (at >= MODULES_VADDR && at < MODULES_END)
		return true;
#endif
	return is_vmalloc_addr(address);
}

/* Check for a valid struct page: device registers have none. */
static bool page_is_memory(struct page *page)
{
	if (IS_ENABLED(CONFIG_SPARSEMEM) && !IS_ENABLED(CONFIG_SPARSEMEM_VMEMMAP) &&
	    !vpmem_in_memory(page))
		return false;
	return pfn_valid(page_to_pfn(page)) && !PageReserved(page);
}

/* Return the page of a kernel address, or NULL if no RAM is mapped there. */
struct page *vpmem_kernel_page(const void *address)
{
	struct page *page;

	if (virt_addr_valid(address))
		return virt_to_page(address);
	if (!is_vmalloc_or_module(address))
		return NULL;
	page = vmalloc_to_page(address);
	return page && page_is_memory(page) ? page : NULL;
}

PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress)
{
	const struct vpmem_call call = VPMEM_CALL();
	struct page *page = vpmem_kernel_page(BaseAddress);
	PHYSICAL_ADDRESS physical = { .QuadPart = 0 };

	if (page)
		physical.QuadPart = page_to_phys(page) + offset_in_page(BaseAddress);
	else
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER, "no memory is mapped at %p",
				  BaseAddress);
	return physical;
}
EXPORT_SYMBOL_GPL(MmGetPhysicalAddress);
