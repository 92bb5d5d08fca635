/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the suites of DMA.
 */
#ifndef VPMEM_KUNIT_DMA_H
#define VPMEM_KUNIT_DMA_H

#include <kunit/test.h>

#include "vpmem.h"

extern const VP_DEVICE_DESCRIPTION vt_dma32;

int vt_dma_init(struct kunit *test);
void vt_dma_need_low_memory(struct kunit *test);
PVP_DMA_ADAPTER vt_dma_get(struct kunit *test, void *ext,
			   const VP_DEVICE_DESCRIPTION *description);

#endif /* VPMEM_KUNIT_DMA_H */
