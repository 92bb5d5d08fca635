/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages behind kernel addresses.
 */
#ifndef VPMEM_PHYSICAL_H
#define VPMEM_PHYSICAL_H

struct page;

struct page *vpmem_kernel_page(const void *address);
unsigned long vpmem_modules_start(void);

#endif /* VPMEM_PHYSICAL_H */
