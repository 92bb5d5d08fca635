/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device node that the helper opens.
 */
#ifndef VPMEM_NODE_H
#define VPMEM_NODE_H

int vpmem_node_register(void);
void vpmem_node_unregister(void);

#endif /* VPMEM_NODE_H */
