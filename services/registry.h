/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Registry values of an adapter.
 */
#ifndef VPMEM_REGISTRY_H
#define VPMEM_REGISTRY_H

#include <linux/types.h>

struct seq_file;
struct vpmem_adapter;
struct vpmem_call;

void vpmem_registry_init(void);
int vpmem_registry_attach(struct vpmem_adapter *adapter);
void vpmem_registry_detach(struct vpmem_adapter *adapter);
int vpmem_registry_check_text(const char *text, const struct vpmem_call *call);
int vpmem_registry_set_text(const char *text, const struct vpmem_call *call);
void vpmem_value_show(struct seq_file *m, const u16 *name, const void *data, u32 length);

#endif /* VPMEM_REGISTRY_H */
