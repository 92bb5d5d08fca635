/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * INT10 interface of an adapter.
 */
#ifndef VPMEM_INT10_INTERFACE_H
#define VPMEM_INT10_INTERFACE_H

struct vpmem_adapter;

void vpmem_int10_init(void);
int vpmem_int10_attach(struct vpmem_adapter *adapter);

#endif /* VPMEM_INT10_INTERFACE_H */
