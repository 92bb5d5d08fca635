/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * End of bus mastering before memory is freed.
 */
#ifndef VPMEM_QUIESCE_H
#define VPMEM_QUIESCE_H

#include <linux/types.h>

struct vpmem_adapter;
struct vpmem_call;

bool vpmem_quiesce(const struct vpmem_adapter *adapter);
void vpmem_keep_memory(bool quiet, const struct vpmem_call *call);

#endif /* VPMEM_QUIESCE_H */
