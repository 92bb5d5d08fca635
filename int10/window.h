/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory above the first megabyte that a call of the BIOS may access.
 */
#ifndef VPMEM_WINDOW_H
#define VPMEM_WINDOW_H

#include "uapi/vpmem-int10.h"

struct vm_area_struct;

struct vpmem_windows {
	unsigned int count;
	struct vpmem_int10_window window[VPMEM_INT10_WINDOWS];
};

void vpmem_windows_open(const struct vpmem_int10_request *request);
void vpmem_windows_close(u64 sequence);
int vpmem_window_mmap(struct vm_area_struct *vma);

#endif /* VPMEM_WINDOW_H */
