// SPDX-License-Identifier: GPL-2.0-only
/*
 * Obsolete DMA interface from before Windows 2000, which Windows still exports. Its calls
 * return constants, except those that lock and unlock a buffer.
 */
#include <linux/export.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "dma/mdl.h"
#include "vpmem.h"

/* Enter and leave a call, to report an invalid extension. */
static void old_call(void *extension, struct vpmem_call *call)
{
	vpmem_enter(extension, call);
	vpmem_leave(call);
}

static BOOLEAN packet_lock(PVIDEO_REQUEST_PACKET packet, DMA_FLAGS flags,
			   const struct vpmem_call *call)
{
	packet->OutputBuffer = NULL;
	if (flags != VideoPortDmaInitOnly)
		return false;
	packet->OutputBuffer = vpmem_mdl_create(packet->InputBuffer,
						packet->InputBufferLength, VpModifyAccess,
						call);
	if (!packet->OutputBuffer)
		return false;
	packet->OutputBufferLength = packet->InputBufferLength;
	return true;
}

BOOLEAN VideoPortLockPages(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET pVrp,
			   PEVENT pUEvent, PEVENT pDisplayEvent, DMA_FLAGS DmaFlags)
{
	struct vpmem_call call = VPMEM_CALL();
	BOOLEAN locked = false;

	if (vpmem_enter(HwDeviceExtension, &call) && vpmem_not_null(pVrp, "pVrp", &call))
		locked = packet_lock(pVrp, DmaFlags, &call);
	vpmem_leave(&call);
	return locked;
}
EXPORT_SYMBOL_GPL(VideoPortLockPages);

BOOLEAN VideoPortUnlockPages(PVOID HwDeviceExtension, PDMA pDma)
{
	struct vpmem_call call = VPMEM_CALL();

	if (vpmem_enter(HwDeviceExtension, &call))
		vpmem_mdl_destroy(pDma, &call);
	vpmem_leave(&call);
	return true;
}
EXPORT_SYMBOL_GPL(VideoPortUnlockPages);

/* Return the handle of VideoPortLockPages(), which is the MDL. */
PVOID VideoPortGetMdl(PVOID HwDeviceExtension, PDMA pDma)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return pDma;
}
EXPORT_SYMBOL_GPL(VideoPortGetMdl);

PDMA VideoPortDoDma(PVOID HwDeviceExtension, PDMA pDma, DMA_FLAGS DmaFlags)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return NULL;
}
EXPORT_SYMBOL_GPL(VideoPortDoDma);

PDMA VideoPortMapDmaMemory(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET pVrp,
			   PHYSICAL_ADDRESS BoardAddress, PULONG Length,
			   PULONG InIoSpace, PVOID MappedUserEvent,
			   PVOID DisplayDriverEvent, PVOID *VirtualAddress)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return NULL;
}
EXPORT_SYMBOL_GPL(VideoPortMapDmaMemory);

BOOLEAN VideoPortUnmapDmaMemory(PVOID HwDeviceExtension, PVOID VirtualAddress,
				HANDLE ProcessHandle, PDMA BoardMemoryHandle)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return false;
}
EXPORT_SYMBOL_GPL(VideoPortUnmapDmaMemory);

PVOID VideoPortGetDmaContext(PVOID HwDeviceExtension, PDMA pDma)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return NULL;
}
EXPORT_SYMBOL_GPL(VideoPortGetDmaContext);

VOID VideoPortSetDmaContext(PVOID HwDeviceExtension, PDMA pDma, PVOID InstanceContext)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
}
EXPORT_SYMBOL_GPL(VideoPortSetDmaContext);

ULONG VideoPortGetBytesUsed(PVOID HwDeviceExtension, PDMA pDma)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return 0;
}
EXPORT_SYMBOL_GPL(VideoPortGetBytesUsed);

VOID VideoPortSetBytesUsed(PVOID HwDeviceExtension, PDMA pDma, ULONG BytesUsed)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
}
EXPORT_SYMBOL_GPL(VideoPortSetBytesUsed);

BOOLEAN VideoPortSignalDmaComplete(PVOID HwDeviceExtension, PDMA pDmaHandle)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return false;
}
EXPORT_SYMBOL_GPL(VideoPortSignalDmaComplete);

PDMA VideoPortAssociateEventsWithDmaHandle(PVOID HwDeviceExtension,
					   PVIDEO_REQUEST_PACKET pVrp,
					   PVOID MappedUserEvent,
					   PVOID DisplayDriverEvent)
{
	struct vpmem_call call = VPMEM_CALL();

	old_call(HwDeviceExtension, &call);
	return NULL;
}
EXPORT_SYMBOL_GPL(VideoPortAssociateEventsWithDmaHandle);
