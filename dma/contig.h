/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Contiguous memory.
 */
#ifndef VPMEM_CONTIG_H
#define VPMEM_CONTIG_H

#include <linux/spinlock.h>
#include <linux/types.h>

struct page;
struct vpmem_adapter;
struct vpmem_call;

/* Failed requests for contiguous memory, and the last of them. */
struct vpmem_contig_failures {
	spinlock_t lock;		/* guards the rest of the structure */
	unsigned long count;
	u64 limit;
	u32 size;
};

struct vpmem_contig {
	struct vpmem_contig_failures contiguous;
	struct vpmem_contig_failures common;	/* buffers */
};

/* Bounds of a contiguous block in physical memory */
struct vpmem_contig_bounds {
	u64 lowest;
	u64 highest;			/* of its last byte */
	u64 boundary;			/* power of two that the block must not cross, or 0 */
};

void *vpmem_contig_alloc(u32 size, const struct vpmem_contig_bounds *bounds,
			 const struct vpmem_call *call);
void *vpmem_contig_search(size_t bytes, const struct vpmem_contig_bounds *bounds);
void vpmem_contig_search_free(void *memory, size_t bytes);
void vpmem_contig_free(void *memory, const struct vpmem_call *call);
bool vpmem_failures_add(struct vpmem_contig_failures *failures, u32 size, u64 limit);
int vpmem_contig_attach(struct vpmem_adapter *adapter);
void vpmem_contig_init(void);
void vpmem_contig_exit(void);

#endif /* VPMEM_CONTIG_H */
