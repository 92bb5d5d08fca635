/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory descriptor lists (MDL): the pages of a locked buffer.
 */
#ifndef VPMEM_MDL_H
#define VPMEM_MDL_H

#include <linux/types.h>

#include "vpmem.h"

struct mm_struct;
struct page;
struct vpmem_adapter;
struct vpmem_call;

/* Which pages follow the one before, so that operations need not compare them */
enum vpmem_mdl_layout {
	VPMEM_MDL_MIXED,
	VPMEM_MDL_RANGE,		/* all of them */
	VPMEM_MDL_APART,		/* none of them */
};

struct vpmem_mdl {
	unsigned int offset;		/* in the first page */
	unsigned int count;
	bool pinned;			/* otherwise kernel memory */
	struct mm_struct *mm;		/* charged for the pages, or NULL */
	bool writable;
	enum vpmem_mdl_layout layout;
	struct page *pages[];
};

void *vpmem_mdl_create(void *base, u32 length, VP_LOCK_OPERATION operation,
		       const struct vpmem_call *call);
void vpmem_mdl_destroy(void *mdl, const struct vpmem_call *call);

#endif /* VPMEM_MDL_H */
