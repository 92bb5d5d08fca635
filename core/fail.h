/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Failures on demand: the kernel's fault injection, for the allocations of a tag or a kind.
 */
#ifndef VPMEM_FAIL_H
#define VPMEM_FAIL_H

#include <linux/jump_label.h>
#include <linux/types.h>

#include "core/inline.h"

struct seq_file;
struct vpmem_adapter;
struct vpmem_slot;

#ifdef CONFIG_FAULT_INJECTION_DEBUG_FS

DECLARE_STATIC_KEY_FALSE(vpmem_failing);

bool vpmem_fail_chosen(const struct vpmem_slot *slot, size_t size);
int vpmem_fail_choose(const char *text);
int vpmem_fail_show(struct seq_file *m, struct vpmem_adapter *unused);
void vpmem_fail_init(void);

/* Tell whether any allocation may be one that is to fail. */
static __vpmem_inlined bool vpmem_fail_mode(void)
{
	return static_branch_unlikely(&vpmem_failing);
}

/* Tell whether an allocation is to fail. Ask once for each, because it counts. */
static __vpmem_inlined bool vpmem_fail(const struct vpmem_slot *slot, size_t size)
{
	return vpmem_fail_mode() && vpmem_fail_chosen(slot, size);
}

#else

static __vpmem_inlined bool vpmem_fail_mode(void)
{
	return false;
}

static __vpmem_inlined bool vpmem_fail(const struct vpmem_slot *slot, size_t size)
{
	return false;
}

#endif

#endif /* VPMEM_FAIL_H */
