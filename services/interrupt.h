/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupt, DPC and timer of an adapter.
 */
#ifndef VPMEM_INTERRUPT_H
#define VPMEM_INTERRUPT_H

#include <linux/types.h>

struct vpmem_adapter;

int vpmem_interrupt_attach(struct vpmem_adapter *adapter);
void vpmem_interrupt_detach(struct vpmem_adapter *adapter);
int vpmem_interrupt_set(struct vpmem_adapter *adapter, unsigned int irq,
			unsigned char (*handler)(void *extension));
void vpmem_timer_set(struct vpmem_adapter *adapter, void (*routine)(void *extension));

#endif /* VPMEM_INTERRUPT_H */
