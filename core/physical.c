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

/*
 * Range of the addresses of modules. On s390 and riscv, MODULES_VADDR and MODULES_END are, or
 * take, symbols that modules cannot use: there modules follow the range of vmalloc(), and
 * reach from the lowest address that they can have to the image of the kernel, which is the
 * end of the address space.
 */
#if defined(CONFIG_S390)
#define MODULES_START	VMALLOC_END
#define MODULES_LAST	(VMALLOC_END + (IS_ENABLED(CONFIG_KMSAN) ? 3 : 1) * MODULES_LEN - 1)
#elif defined(MODULES_LOWEST_VADDR)
#define MODULES_START	MODULES_LOWEST_VADDR
#define MODULES_LAST	ULONG_MAX
#elif defined(MODULES_VADDR)
#define MODULES_START	MODULES_VADDR
#define MODULES_LAST	(MODULES_END - 1)
#else
#define MODULES_START	VMALLOC_START
#define MODULES_LAST	(VMALLOC_END - 1)
#endif

/* Return the lowest address that a module can have. */
unsigned long vpmem_modules_start(void)
{
	return MODULES_START;
}

static bool is_vmalloc_or_module(const void *address)
{
	unsigned long at = (unsigned long)kasan_reset_tag(address);

	return is_vmalloc_addr(address) || (at >= MODULES_START && at <= MODULES_LAST);
}

/* Check for a valid struct page: device registers have none. */
static bool page_is_memory(struct page *page)
{
	if (IS_ENABLED(CONFIG_SPARSEMEM) && !IS_ENABLED(CONFIG_SPARSEMEM_VMEMMAP) &&
	    !vpmem_in_memory(page))
		return false;
	return pfn_valid(page_to_pfn(page)) && !PageReserved(page);
}

/* Check the end of it as well: with high memory, pages follow that are not mapped there. */
static bool in_direct_map(const void *address)
{
	return virt_addr_valid(address) &&
	       (!IS_ENABLED(CONFIG_HIGHMEM) || vpmem_in_memory(address));
}

/* Below are NULL and small numbers, where s390 has memory of its own, from 0 on. */
#define LOWEST_POINTER	0x10000UL

/* Return the page of a kernel address, or NULL if no RAM is mapped there. */
struct page *vpmem_kernel_page(const void *address)
{
	struct page *page;

	if ((unsigned long)address < LOWEST_POINTER)
		return NULL;
	if (in_direct_map(address))
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
