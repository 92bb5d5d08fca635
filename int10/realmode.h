/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Real-mode address space of the video BIOS.
 */
#ifndef VPMEM_REALMODE_H
#define VPMEM_REALMODE_H

#include <linux/types.h>

struct page;
struct vm_area_struct;

#define VPMEM_INT10_BLOCK	0x1000

int vpmem_realmode_init(void);
void vpmem_realmode_wake_up(void);
void vpmem_realmode_exit(void);
bool vpmem_realmode_has_bios(void);
void vpmem_realmode_read(u32 linear, void *to, u32 length);
void vpmem_realmode_write(u32 linear, const void *from, u32 length);
void *vpmem_realmode_take_block(void);
void vpmem_realmode_put_block(const void *block);
u32 vpmem_realmode_linear(const void *block);
bool vpmem_realmode_has(u64 start, u64 length);
struct page *vpmem_realmode_page(u64 physical);
int vpmem_realmode_mmap(struct vm_area_struct *vma);

#endif /* VPMEM_REALMODE_H */
