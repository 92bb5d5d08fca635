// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver that makes trace events of each kind, in known numbers: at load, all but the frees.
 * Until it is unloaded, each block is live, so that sums of the events are those of debugfs.
 * Functions that call vpmem are not of the init section, which has no symbols after the load.
 */
#include <linux/delay.h>
#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>

#include "include/vpmem-port.h"

#define BLOCKS		8
#define OPERATIONS	2

static struct platform_device *pdev;
static void *extension;
static void *blocks[BLOCKS];
static PVOID buffer;
static PEVENT event;
static PVP_DMA_ADAPTER dma;
static PVOID mdl;
static PVP_SCATTER_GATHER_LIST lists[OPERATIONS];

/* Allocate what differs in tag, type and size; the tag of one has bytes that are no letters. */
static noinline bool traced_allocate(void)
{
	static const struct {
		VP_POOL_TYPE type;
		ULONG size, tag;
	} pool[BLOCKS] = {
		{ VpNonPagedPool, 100, 'lamS' },
		{ VpNonPagedPool, 28, 'lamS' },
		{ VpPagedPool, 300, 'lamS' },
		{ VpPagedPool, SZ_64K, 'egrL' },
		{ VpPagedPool, 5000, 'egrL' },
		{ VpNonPagedPoolCacheAligned, 64, 'ngiA' },
		{ VpPagedPool, 16, '\xff\x01 X' },
		{ VpPagedPool, 1000, ' VDW' },
	};
	unsigned int i;

	for (i = 0; i < BLOCKS; i++) {
		blocks[i] = VideoPortAllocatePool(extension, pool[i].type, pool[i].size,
						  pool[i].tag);
		if (!blocks[i])
			return false;
	}
	return VideoPortAllocateBuffer(extension, 6000, &buffer) == NO_ERROR &&
	       VideoPortCreateEvent(extension, NOTIFICATION_EVENT, NULL, &event) == NO_ERROR;
}

static VOID keep_list(PVOID ext, PVP_DMA_ADAPTER dma_adapter, PVP_SCATTER_GATHER_LIST list,
		      PVOID context)
{
	*(PVP_SCATTER_GATHER_LIST *)context = list;
}

/* Map two parts of a block, and complete one operation. */
static noinline bool traced_transfer(void)
{
	VP_DEVICE_DESCRIPTION description = { .ScatterGather = true, .Dma32BitAddresses = true };
	ULONG length = SZ_8K;
	unsigned int i;

	dma = VideoPortGetDmaAdapter(extension, &description);
	mdl = VideoPortLockBuffer(extension, blocks[3], SZ_64K, VpModifyAccess);
	if (!dma || !mdl)
		return false;
	for (i = 0; i < OPERATIONS; i++)
		if (VideoPortStartDma(extension, dma, mdl, i * SZ_8K, &length, keep_list,
				      &lists[i], true) != NO_ERROR)
			return false;
	msleep(20);
	VideoPortCompleteDma(extension, dma, lists[1], true);
	lists[1] = NULL;
	return true;
}

/* Make more mistakes of a kind than the rate limit of the log lets through. */
static noinline void traced_misuse(void)
{
	unsigned int i;

	VideoPortFreePool(extension, NULL);
	for (i = 0; i < 12; i++)
		VideoPortFreePool(extension, &extension);
	VideoPortReleaseBuffer(extension, blocks[0]);
}

static void traced_remove(void)
{
	unsigned int i;

	for (i = 0; i < OPERATIONS; i++)
		if (lists[i])
			VideoPortCompleteDma(extension, dma, lists[i], true);
	if (mdl)
		VideoPortUnlockBuffer(extension, mdl);
	if (dma)
		VideoPortPutDmaAdapter(extension, dma);
	if (event)
		VideoPortDeleteEvent(extension, event);
	if (buffer)
		VideoPortReleaseBuffer(extension, buffer);
	for (i = 0; i < BLOCKS; i++)
		if (blocks[i])
			VideoPortFreePool(extension, blocks[i]);
	vpmem_detach(extension);
	platform_device_unregister(pdev);
}

static int __init traced_init(void)
{
	pdev = platform_device_register_simple("vpmem_traced", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	dma_coerce_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	extension = vpmem_attach(&pdev->dev, 64);
	if (IS_ERR(extension)) {
		platform_device_unregister(pdev);
		return PTR_ERR(extension);
	}
	if (!traced_allocate() || !traced_transfer()) {
		traced_remove();
		return -ENOMEM;
	}
	traced_misuse();
	return 0;
}
module_init(traced_init);

static void __exit traced_exit(void)
{
	traced_remove();
}
module_exit(traced_exit);

MODULE_DESCRIPTION("Trace events of each kind");
MODULE_LICENSE("GPL");
