/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Accesses to memory that may not be there, because a driver gave its address.
 */
#ifndef VPMEM_NOFAULT_H
#define VPMEM_NOFAULT_H

#include <linux/kasan.h>
#include <linux/mm.h>
#include <linux/uaccess.h>

#include "core/compat.h"
#include "core/inline.h"

/*
 * Check that a pointer is in the direct map. Headers of small blocks are; other kernel
 * addresses, such as device registers, must not be read.
 */
static __vpmem_inlined bool vpmem_in_memory(const void *p)
{
	unsigned long address = (unsigned long)kasan_reset_tag(p);

	return address >= PAGE_OFFSET && address < (unsigned long)high_memory;
}

/*
 * Read a word of the direct map, which may have holes. User-mode Linux cannot catch the
 * fault, but its map has no holes.
 */
static __vpmem_inlined bool vpmem_read(const u64 *from, u64 *value)
{
	u64 seen;

	if (IS_ENABLED(CONFIG_UML) && !vpmem_in_memory((const u8 *)(from + 1) - 1))
		return false;
	__get_kernel_nofault(&seen, from, u64, fault);
	*value = seen;
	return true;
fault:
	return false;
}

static __vpmem_inlined bool vpmem_read_long(const unsigned long *from, unsigned long *value)
{
	unsigned long seen;

	if (IS_ENABLED(CONFIG_UML) && !vpmem_in_memory((const u8 *)(from + 1) - 1))
		return false;
	__get_kernel_nofault(&seen, from, unsigned long, fault);
	*value = seen;
	return true;
fault:
	return false;
}

/*
 * Return the struct page of a direct-map address. virt_to_page() also knows addresses of the
 * kernel image, which takes as many instructions again.
 */
static __vpmem_inlined struct page *vpmem_memory_page(const void *address)
{
#ifdef CONFIG_X86_64
	return pfn_to_page(((unsigned long)address - PAGE_OFFSET) >> PAGE_SHIFT);
#else
	return virt_to_page(address);
#endif
}

/*
 * Tell whether vpmem_memory_page() of a direct-map address can be read by vpmem_read_long(). A
 * virtual map of pages has a place for each of them, which may be a hole.
 */
static __vpmem_inlined bool vpmem_has_page(const void *address)
{
	return IS_ENABLED(CONFIG_SPARSEMEM_VMEMMAP) || pfn_valid(PHYS_PFN(__pa(address)));
}

size_t vpmem_copy_from_unknown(void *to, const void *from, size_t bytes);
size_t vpmem_copy_to_unknown(void *to, const void *from, size_t bytes);

#endif /* VPMEM_NOFAULT_H */
