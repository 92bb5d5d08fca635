/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * DMA adapters.
 */
#ifndef VPMEM_DMA_ADAPTER_H
#define VPMEM_DMA_ADAPTER_H

#include <linux/types.h>

#include "vpmem.h"

struct _VP_DMA_ADAPTER;
struct device;
struct vpmem_adapter;
struct vpmem_call;

/* Part of a DMA adapter that other files use */
struct vpmem_dma {
	struct device *dev;
	u32 maximum_length;
	bool scatter_gather;
};

struct _VP_DMA_ADAPTER *vpmem_dma_new(const VP_DEVICE_DESCRIPTION *description,
				      const struct vpmem_call *call);
void vpmem_dma_put(struct _VP_DMA_ADAPTER *dma, const struct vpmem_call *call);
bool vpmem_dma_use(struct _VP_DMA_ADAPTER *dma, const struct vpmem_adapter *adapter,
		   struct vpmem_dma *copy);
void vpmem_dma_unuse(struct _VP_DMA_ADAPTER *dma);
struct _VP_DMA_ADAPTER *vpmem_dma_any(const struct vpmem_call *call);
void vpmem_dma_init(void);
void vpmem_dma_detach(struct vpmem_adapter *adapter);

#endif /* VPMEM_DMA_ADAPTER_H */
