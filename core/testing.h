/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exports for vpmem's own tests, in a symbol namespace of their own.
 */
#ifndef VPMEM_TESTING_H
#define VPMEM_TESTING_H

#include <linux/types.h>

/*
 * Render a view of debugfs into @text: "tags", "regions", "parked", "events" or "int10", of one
 * adapter, or of all if @extension is NULL; "quota", "dma", "contig" or "registry" of one
 * adapter; "modes", "mode" or "framebuffer" of one with a miniport. Return the length of
 * the text, -ENOENT, -ENODEV, or -ENOSPC if @text is too small.
 */
int vpmem_view(void *extension, const char *name, char *text, size_t size);

/*
 * Copy the counts of the events of an adapter, or those of calls without one for NULL, in the
 * order of their view, @size at most.
 */
void vpmem_event_counts(void *extension, unsigned long *counts, unsigned int size);

/*
 * Write @text to a view: "verify" or "callers", "quota" of an adapter, "mode" of one with a
 * miniport, or a number of four bytes to its "framebuffer".
 */
int vpmem_view_write(void *extension, const char *name, const char *text);

/* Make every detach fail to stop @dev from now on; NULL for no device. */
struct device;

void vpmem_busy_device(struct device *dev);

/*
 * Return the address of the block that Int10AllocateBuffer allocated, which the regions
 * view hashes; NULL without a block.
 */
void *vpmem_int10_block(void *extension);

/* Free the parked regions of all adapters as the shrinker does; return their pages. */
unsigned long vpmem_parks_shrink(void);

/*
 * Return how many pages of small blocks an adapter has, after @shrink, which is what memory
 * pressure does, and waits for it.
 */
unsigned long vpmem_small_pages(void *extension, bool shrink);

/* Take small blocks from kmalloc(), as the module parameter says, or not; return what it was. */
bool vpmem_small_kmalloc_set(bool on);

/* Return the attributes of vpmem/fail_alloc, where the kernel has CONFIG_FAULT_INJECTION. */
struct fault_attr *vpmem_fail_attributes(void);

/* Set a registry value from "Name=value". */
int vpmem_registry_text(void *extension, const char *text);

#endif /* VPMEM_TESTING_H */
