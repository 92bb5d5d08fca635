/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What vpmem shows to its own tests, in a symbol namespace of its own.
 */
#ifndef VPMEM_TESTING_H
#define VPMEM_TESTING_H

#include <linux/types.h>

/*
 * Renders a view of debugfs into @text: "tags", "regions", "events" or "int10", of one
 * adapter, or with a NULL @extension of all; "quota", "dma", "contig" or "registry" of
 * one; "modes", "mode" or "framebuffer" of one with a miniport. Returns its length,
 * -ENOENT, -ENODEV, or -ENOSPC if @text is too small.
 */
int vpmem_view(void *extension, const char *name, char *text, size_t size);

/*
 * Write @text to a view: "verify" or "callers", "quota" of an adapter, "mode" of one with a
 * miniport, or a number of four bytes to its "framebuffer".
 */
int vpmem_view_write(void *extension, const char *name, const char *text);

/* From now on no detach can stop @dev; NULL for no device. */
struct device;

void vpmem_busy_device(struct device *dev);

/*
 * Tells the address of the block that Int10AllocateBuffer gave, which the regions view
 * hashes; NULL without a block.
 */
void *vpmem_int10_block(void *extension);

/* A value of the registry by "Name=value". */
int vpmem_registry_text(void *extension, const char *text);

#endif /* VPMEM_TESTING_H */
