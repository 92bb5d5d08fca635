/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory and ports that the driver has claimed.
 */
#ifndef VPMEM_CLAIMS_H
#define VPMEM_CLAIMS_H

#include <linux/types.h>

struct resource;
struct vpmem_adapter;

int vpmem_claims_attach(struct vpmem_adapter *adapter);
void vpmem_claims_detach(struct vpmem_adapter *adapter);
bool vpmem_owns_range(const struct vpmem_adapter *adapter, struct resource *range);
unsigned int vpmem_owned_memory(struct vpmem_adapter *adapter, struct resource *to,
				unsigned int most);
bool vpmem_claims_range(struct vpmem_adapter *adapter, struct resource *range);

#endif /* VPMEM_CLAIMS_H */
