// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA adapters, for the suites that need one.
 */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/slab.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"

const VP_DEVICE_DESCRIPTION vt_dma32 = { .Dma32BitAddresses = true };

PVP_DMA_ADAPTER vt_dma_get(struct kunit *test, void *ext,
			   const VP_DEVICE_DESCRIPTION *description)
{
	VP_DEVICE_DESCRIPTION copy = *description;
	PVP_DMA_ADAPTER dma = VideoPortGetDmaAdapter(ext, &copy);

	KUNIT_ASSERT_NOT_NULL(test, dma);
	return dma;
}

/* Init of a suite: skip the tests on a machine without DMA. */
int vt_dma_init(struct kunit *test)
{
	if (!IS_ENABLED(CONFIG_HAS_DMA)) {
		kunit_skip(test, "this kernel has no DMA");
		return 0;
	}
	return vt_init(test);
}

void vt_dma_need_low_memory(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	u64 mask = dma_get_mask(fx->dev);

	if (!IS_ENABLED(CONFIG_ZONE_DMA))
		kunit_skip(test, "this kernel sets no low memory aside");
	if (dma_set_mask(fx->dev, DMA_BIT_MASK(24)))
		kunit_skip(test, "the low memory of this platform is not below 16 MiB");
	KUNIT_ASSERT_EQ(test, dma_set_mask(fx->dev, mask), 0);
}
