// SPDX-License-Identifier: GPL-2.0-only
/*
 * Expectations of VideoPortLockBuffer.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/lock.h"
#include "kunit/lib/packet.h"

/* Through a device, so that what was locked is seen to be the buffer. */
void vt_expect_locked_is(struct kunit *test, void *mdl, const u8 *bytes, ULONG size)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	u8 *found = kunit_kzalloc(test, size, GFP_KERNEL);
	PVP_SCATTER_GATHER_LIST list;
	ULONG length = size;

	KUNIT_ASSERT_NOT_NULL(test, found);
	list = vt_start(test, dma, mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, length, size);
	KUNIT_EXPECT_EQ(test, vt_list_bytes(list), (u64)size);
	vt_device_read(list, found);
	KUNIT_EXPECT_EQ(test, memcmp(found, bytes, size), 0);
	vt_complete(test, dma, list, true);
	VideoPortPutDmaAdapter(vt_ext(test), dma);
}

void vt_expect_not_lockable(struct kunit *test, void *base, ULONG length,
			    VP_LOCK_OPERATION operation, const char *event,
			    const char *reason)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortLockBuffer(vt_ext(test), base, length,
						    operation));
	vt_expect_events(test, event, NULL, 1);
	vt_expect_failures(test, "Vprt", "Locked", 1, reason);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
}
