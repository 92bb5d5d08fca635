/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - the memory half of the Windows VideoPort DDI, for Linux
 *
 * This header is the whole public face. It has three parts: the types and
 * constants of the DDI, the DDI's own calls, and the Linux glue around them.
 *
 * It includes <linux/types.h> and nothing else, so that a miniport's source can
 * define IN, OUT and what else it is used to without breaking a Linux header.
 * Miniport sources include it through the headers of their Windows names, which
 * are in include/.
 */
#ifndef VPMEM_H
#define VPMEM_H

/* Miniports have types of their own by its shorter names (see include/miniport.mk). */
#ifdef VPMEM_MINIPORT
#include "include/linuxtypes.h"
#else
#include <linux/types.h>
#endif

/*
 * Types. Widths are those of Windows on every architecture: a ULONG has 32 bits
 * also where a Linux long has 64.
 */

#ifndef VOID
typedef void VOID;
#endif
typedef void *PVOID;
typedef void *HANDLE;

typedef unsigned char UCHAR, *PUCHAR;
typedef unsigned char BOOLEAN, *PBOOLEAN;

/* Some headers of Linux define these, too. */
#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif

typedef __u16 USHORT, *PUSHORT;
typedef __u32 ULONG, *PULONG;
typedef __s32 LONG, *PLONG;
typedef __u64 ULONGLONG, *PULONGLONG;
typedef __s64 LONGLONG, *PLONGLONG;
typedef unsigned long ULONG_PTR, *PULONG_PTR;
typedef size_t SIZE_T, *PSIZE_T;

/* The halves come first, because drivers brace-initialise tables of these. */
typedef union _LARGE_INTEGER {
	struct {
#ifdef __BIG_ENDIAN
		LONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		LONG HighPart;
#endif
	};
	struct {
#ifdef __BIG_ENDIAN
		LONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		LONG HighPart;
#endif
	} u;
	LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER, PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;

/*
 * A VP_STATUS is one of the Win32 codes below, and sometimes an NTSTATUS: the
 * only test that is always right is the one against NO_ERROR.
 */
typedef LONG VP_STATUS, *PVP_STATUS;

#define NO_ERROR			0
#define ERROR_INVALID_FUNCTION		1
#define ERROR_NOT_ENOUGH_MEMORY		8
#define ERROR_DEV_NOT_EXIST		55
#define ERROR_INVALID_PARAMETER		87
#define ERROR_INSUFFICIENT_BUFFER	122
#define ERROR_INVALID_NAME		123
#define ERROR_BUSY			170
#define ERROR_MORE_DATA			234
#define WAIT_TIMEOUT			258
#define ERROR_IO_PENDING		997
#define ERROR_CONTINUE			1246
#define ERROR_NO_MORE_DEVICES		1248

/* The NTSTATUS that the INT10 interface answers with. */
#define STATUS_INSUFFICIENT_RESOURCES	((LONG)0xc000009a)

/**
 * enum _VP_POOL_TYPE - the pool a block comes from
 * @VpNonPagedPool: may be allocated, used and freed in any context up to and
 *	including hard interrupts
 * @VpPagedPool: to be allocated and freed only where one may sleep. Linux never
 *	pages kernel memory out, so the memory itself may be touched anywhere
 * @VpNonPagedPoolCacheAligned: as @VpNonPagedPool, on a cache line boundary and
 *	physically contiguous, hence not to be had above what the kernel's page
 *	allocator gives: 4 MiB on most machines
 * @VpPagedPoolCacheAligned: as @VpPagedPool, on a cache line boundary
 *
 * The values are those of Windows. 2, 3, 6 and 7, its MustSucceed family, are not
 * part of this DDI and are refused.
 */
enum _VP_POOL_TYPE {
	VpNonPagedPool = 0,
	VpPagedPool = 1,
	VpNonPagedPoolCacheAligned = 4,
	VpPagedPoolCacheAligned = 5,
};

typedef enum _VP_POOL_TYPE VP_POOL_TYPE, *PVP_POOL_TYPE;

/*
 * Pool
 */

/**
 * VideoPortAllocatePool() - allocate a block of tagged pool
 * @HwDeviceExtension: the adapter, as vpmem_attach() returned it
 * @PoolType: where the block comes from, see &enum _VP_POOL_TYPE
 * @NumberOfBytes: size in bytes; 0 gives the smallest block and is counted
 * @Tag: four characters in reversed order: 'zyxD' is shown as Dxyz. Any value is
 *	taken; one that Windows would stop the machine for is named and counted, once
 *	for the adapter
 *
 * A block is aligned to 16 bytes (8 on 32-bit), or to a cache line for the
 * CacheAligned types. A request of up to a page never crosses a page. From
 * PAGE_SIZE - 31 bytes on (4065 with 4 KiB pages; PAGE_SIZE - 15 on 32-bit) it is
 * page aligned. Its contents are not initialised.
 *
 * Context: any up to and including hard interrupts for the non-paged types. The
 *	paged types may sleep, and are refused where that is impossible.
 * Return: the block, or NULL. The reason of a NULL is in the tags view of debugfs.
 *
 * Follows VideoPortAllocatePool of the Windows driver documentation and, where
 * that is silent, ExAllocatePoolWithTag.
 */
PVOID VideoPortAllocatePool(PVOID HwDeviceExtension, VP_POOL_TYPE PoolType,
			    SIZE_T NumberOfBytes, ULONG Tag);

/**
 * VideoPortFreePool() - free a block of pool
 * @HwDeviceExtension: the adapter the block was allocated for
 * @Ptr: what VideoPortAllocatePool() returned; NULL is counted and ignored
 *
 * A pointer that is not a live pool block of this adapter is left alone, named in
 * the log and counted.
 *
 * Context: any up to and including hard interrupts. To free a paged block where
 *	one cannot sleep is an error on Windows: here it is done, named and counted.
 *
 * Follows VideoPortFreePool of the Windows driver documentation.
 */
VOID VideoPortFreePool(PVOID HwDeviceExtension, PVOID Ptr);

/**
 * VideoPortAllocateBuffer() - allocate a buffer of paged pool, within the quota
 * @HwDeviceExtension: the adapter
 * @Size: size in bytes; 0 gives the smallest block and is counted
 * @Buffer: receives the block, or NULL on every failure
 *
 * Buffers have no tag of their own and are shown under Vprt. The quota is the
 * module parameter buffer_quota, in bytes an adapter, and may be changed for one
 * adapter in debugfs; 0, the default, sets no bound.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INSUFFICIENT_BUFFER if the block would exceed the quota;
 *	ERROR_NOT_ENOUGH_MEMORY if there is no memory for it, or this is not the
 *	context for the call; ERROR_INVALID_PARAMETER if @Buffer is NULL or
 *	@HwDeviceExtension is not an attached adapter.
 *
 * Follows VideoPortAllocateBuffer of the Windows driver documentation, which has
 * called it obsolete since Windows 2000.
 */
VP_STATUS VideoPortAllocateBuffer(PVOID HwDeviceExtension, ULONG Size,
				  PVOID *Buffer);

/**
 * VideoPortReleaseBuffer() - release a buffer
 * @HwDeviceExtension: the adapter the buffer was allocated for
 * @Buffer: what VideoPortAllocateBuffer() stored; NULL is counted and ignored
 *
 * Blocks of VideoPortAllocatePool() are refused, as VideoPortFreePool() refuses
 * buffers: the documents pair each with its own.
 *
 * Context: as VideoPortFreePool() of a paged block.
 *
 * Follows VideoPortReleaseBuffer of the Windows driver documentation.
 */
VOID VideoPortReleaseBuffer(PVOID HwDeviceExtension, PVOID Buffer);

/*
 * DMA adapters and common buffers
 */

/**
 * struct _VP_DEVICE_DESCRIPTION - what a device can do as a bus master
 * @ScatterGather: it takes a list of elements in one operation; on PCI this
 *	implies 32-bit addresses
 * @Dma32BitAddresses: it can reach 4 GiB
 * @Dma64BitAddresses: it can reach everything; overrides @Dma32BitAddresses
 * @MaximumLength: the most bytes of one operation of VideoPortStartDma(); 0 for no
 *	bound. Common buffers may be larger
 *
 * A device with none of the three reaches 16 MiB.
 */
typedef struct _VP_DEVICE_DESCRIPTION {
	BOOLEAN ScatterGather;
	BOOLEAN Dma32BitAddresses;
	BOOLEAN Dma64BitAddresses;
	ULONG MaximumLength;
} VP_DEVICE_DESCRIPTION, *PVP_DEVICE_DESCRIPTION;

typedef struct _VP_DMA_ADAPTER *PVP_DMA_ADAPTER;
/* A name that a miniport may have for a structure of its own */
#ifndef VPMEM_MINIPORT
typedef struct _VP_DMA_ADAPTER VP_DMA_ADAPTER;
#endif

/**
 * VideoPortGetDmaAdapter() - get a DMA adapter for one engine of the device
 * @HwDeviceExtension: the adapter
 * @VpDeviceDescription: what the engine can do
 *
 * The DMA adapters of one device share its DMA mask, which is the strictest of
 * those that are alive. What the device's own driver has set counts as one, unless
 * it is of 32 bits, which is what a device begins with.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the DMA adapter, or NULL if there is no memory or the platform cannot
 *	reach the device's addresses.
 *
 * Follows VideoPortGetDmaAdapter of the Windows driver documentation.
 */
PVP_DMA_ADAPTER VideoPortGetDmaAdapter(PVOID HwDeviceExtension,
				       PVP_DEVICE_DESCRIPTION VpDeviceDescription);

/**
 * VideoPortPutDmaAdapter() - give a DMA adapter back
 * @HwDeviceExtension: the adapter it was got for
 * @VpDmaAdapter: what VideoPortGetDmaAdapter() returned; NULL is counted and
 *	ignored
 *
 * One that still has common buffers or operations is refused, named and counted.
 * To call this is optional: vpmem_detach() does it.
 *
 * Context: process context, may sleep; refused where that is impossible.
 *
 * Follows VideoPortPutDmaAdapter of the Windows driver documentation.
 */
VOID VideoPortPutDmaAdapter(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter);

/**
 * VideoPortAllocateCommonBuffer() - allocate memory that CPU and device share
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter; NULL gives NULL, because drivers do not test
 *	what VideoPortGetDmaAdapter() returned
 * @DesiredLength: size in bytes; at least a page is taken. 0 is counted
 * @LogicalAddress: receives the address for the device; as it was if the call fails
 * @CacheEnabled: ignored, but has to be the same at the release
 * @Reserved: ignored
 *
 * The buffer is page aligned, contiguous to the device and zeroed, which Windows
 * does not promise. It is shown under Vprt. Ask for more than 4 MiB early after boot,
 * or reserve memory with cma= on the command line of a kernel with CMA.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the buffer, or NULL. The reason of a NULL is in the tags view of debugfs,
 *	and in the log.
 *
 * Follows VideoPortAllocateCommonBuffer of the Windows driver documentation.
 */
PVOID VideoPortAllocateCommonBuffer(PVOID HwDeviceExtension,
				    PVP_DMA_ADAPTER VpDmaAdapter,
				    ULONG DesiredLength,
				    PPHYSICAL_ADDRESS LogicalAddress,
				    BOOLEAN CacheEnabled, PVOID Reserved);

/**
 * VideoPortReleaseCommonBuffer() - release a common buffer
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter of the allocation
 * @Length: the length of the allocation
 * @LogicalAddress: what the allocation stored
 * @VirtualAddress: what the allocation returned
 * @CacheEnabled: as in the allocation
 *
 * Whatever does not match is named, counted, and the buffer left alone. Mind the
 * order of the addresses: in VideoPortFreeCommonBuffer() it is the other one.
 *
 * Context: documented for PASSIVE_LEVEL; here any but NMI. Where one cannot sleep
 *	the memory is given back a little later.
 *
 * Follows VideoPortReleaseCommonBuffer of the Windows driver documentation.
 */
VOID VideoPortReleaseCommonBuffer(PVOID HwDeviceExtension,
				  PVP_DMA_ADAPTER VpDmaAdapter, ULONG Length,
				  PHYSICAL_ADDRESS LogicalAddress,
				  PVOID VirtualAddress, BOOLEAN CacheEnabled);

/**
 * VideoPortGetCommonBuffer() - allocate a common buffer without a DMA adapter
 * @HwDeviceExtension: the adapter
 * @DesiredLength: size in bytes
 * @Alignment: ignored: a buffer is page aligned
 * @LogicalAddress: receives the address for the device
 * @pActualLength: receives @DesiredLength, or 0 if the call fails
 * @CacheEnabled: as in VideoPortAllocateCommonBuffer()
 *
 * Uses the first DMA adapter that is alive, and gets one for a 32-bit device if
 * there is none.
 *
 * Context: as VideoPortAllocateCommonBuffer().
 * Return: the buffer, or NULL.
 *
 * Follows VideoPortGetCommonBuffer of the Windows driver documentation, which has
 * called it obsolete since Windows XP.
 */
PVOID VideoPortGetCommonBuffer(PVOID HwDeviceExtension, ULONG DesiredLength,
			       ULONG Alignment, PPHYSICAL_ADDRESS LogicalAddress,
			       PULONG pActualLength, BOOLEAN CacheEnabled);

/**
 * VideoPortFreeCommonBuffer() - free what VideoPortGetCommonBuffer() gave
 * @HwDeviceExtension: the adapter
 * @Length: the length that was asked for, or the actual one in whole pages
 * @VirtualAddress: what the allocation returned
 * @LogicalAddress: what the allocation stored
 * @CacheEnabled: as in the allocation
 *
 * Context: as VideoPortReleaseCommonBuffer().
 *
 * Follows VideoPortFreeCommonBuffer of the Windows driver documentation.
 */
VOID VideoPortFreeCommonBuffer(PVOID HwDeviceExtension, ULONG Length,
			       PVOID VirtualAddress,
			       PHYSICAL_ADDRESS LogicalAddress,
			       BOOLEAN CacheEnabled);

/*
 * Packet DMA
 */

/**
 * struct _VP_SCATTER_GATHER_ELEMENT - one piece of memory as the device sees it
 * @Address: where it is, for the device
 * @Length: size in bytes
 * @Reserved: zero
 */
typedef struct _VP_SCATTER_GATHER_ELEMENT {
	PHYSICAL_ADDRESS Address;
	ULONG Length;
	ULONG_PTR Reserved;
} VP_SCATTER_GATHER_ELEMENT, *PVP_SCATTER_GATHER_ELEMENT;

/**
 * struct _VP_SCATTER_GATHER_LIST - what an operation transfers
 * @NumberOfElements: how many there are; 1 for a device without scatter/gather
 * @Reserved: zero
 * @Elements: in the order of the buffer
 */
typedef struct _VP_SCATTER_GATHER_LIST {
	ULONG NumberOfElements;
	ULONG_PTR Reserved;
	VP_SCATTER_GATHER_ELEMENT Elements[];
} VP_SCATTER_GATHER_LIST, *PVP_SCATTER_GATHER_LIST;

/**
 * enum _VP_LOCK_OPERATION - what is done to a buffer while it is locked
 * @VpReadAccess: it is read
 * @VpWriteAccess: it is written
 * @VpModifyAccess: it is read and written
 */
typedef enum _VP_LOCK_OPERATION {
	VpReadAccess = 0,
	VpWriteAccess = 1,
	VpModifyAccess = 2,
} VP_LOCK_OPERATION;

/**
 * typedef EXECUTE_DMA - the miniport's HwVidExecuteDma, which programs the device
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter
 * @SGList: what is to be transferred; it lives until VideoPortCompleteDma()
 * @Context: what VideoPortStartDma() was given
 *
 * Context: softirqs are off (DISPATCH_LEVEL), so it must not sleep.
 */
typedef VOID EXECUTE_DMA(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			 PVP_SCATTER_GATHER_LIST SGList, PVOID Context);
typedef VOID (*PEXECUTE_DMA)(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			     PVP_SCATTER_GATHER_LIST SGList, PVOID Context);

/**
 * VideoPortLockBuffer() - lock a buffer into memory for DMA
 * @HwDeviceExtension: the adapter
 * @BaseAddress: where it begins: an address of the current process, or one of the
 *	kernel's, such as a block of pool, a common buffer or contiguous memory
 * @Length: size in bytes
 * @Operation: whether the buffer is going to be written
 *
 * Pages of a process are pinned (pin_user_pages), and stay so when it ends. Memory
 * of the kernel's is not held: its owner must not free it before the unlock. Every
 * page is looked at first. It is shown under Vprt.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the MDL, of which nothing is public; or NULL if there is no memory, not
 *	all of the buffer is mapped and may be accessed, or an argument is not what
 *	it should be, such as a @Length of zero. The reason of a NULL is in the tags
 *	view of debugfs.
 *
 * Follows VideoPortLockBuffer of the Windows driver documentation.
 */
PVOID VideoPortLockBuffer(PVOID HwDeviceExtension, PVOID BaseAddress, ULONG Length,
			  VP_LOCK_OPERATION Operation);

/**
 * VideoPortUnlockBuffer() - unlock a buffer
 * @HwDeviceExtension: the adapter it was locked for
 * @Mdl: what VideoPortLockBuffer() returned; NULL is counted and ignored
 *
 * While an operation runs on it this is refused, named and counted.
 *
 * Context: any but NMI. Where one cannot sleep the pages are unpinned a little
 *	later.
 *
 * Follows VideoPortUnlockBuffer of the Windows driver documentation.
 */
VOID VideoPortUnlockBuffer(PVOID HwDeviceExtension, PVOID Mdl);

/**
 * VideoPortStartDma() - map a part of a locked buffer, and let the device have it
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter
 * @Mdl: what VideoPortLockBuffer() returned
 * @Offset: where the part begins in the buffer, in bytes
 * @pLength: size of the part in bytes. Receives what is really mapped, before
 *	@ExecuteDmaRoutine is called; 0 if the call fails
 * @ExecuteDmaRoutine: is called once, if there is a list
 * @Context: for @ExecuteDmaRoutine
 * @WriteToDevice: TRUE if the device reads memory
 *
 * The part must be within the buffer. Less than it is mapped where it has more
 * bytes than the DMA adapter's MaximumLength. A device without scatter/gather gets
 * one element: the part is then shortened to what the device sees in one piece from
 * @Offset on, and nothing is copied to make it more. Behind an IOMMU that is often
 * all of it, else it ends with the first page that is not followed by its physical
 * neighbour. So the documented loop of start and complete is what to write.
 *
 * A device may not write to pages of a process that are locked with VpReadAccess.
 * The call returns when @ExecuteDmaRoutine does and does not wait for the device.
 * CPUs leave the part alone until VideoPortCompleteDma().
 *
 * Context: any but NMI; documented up to DISPATCH_LEVEL.
 * Return: NO_ERROR; ERROR_NOT_ENOUGH_MEMORY if it could not be mapped;
 *	ERROR_INVALID_PARAMETER if an argument is not what it should be.
 *
 * Follows VideoPortStartDma of the Windows driver documentation.
 */
VP_STATUS VideoPortStartDma(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			    PVOID Mdl, ULONG Offset, PULONG pLength,
			    PEXECUTE_DMA ExecuteDmaRoutine, PVOID Context,
			    BOOLEAN WriteToDevice);

/**
 * VideoPortCompleteDma() - end an operation whose transfer is over
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter of the start
 * @VpScatterGather: the list that ExecuteDmaRoutine was given, which ends here;
 *	NULL is counted and ignored
 * @WriteToDevice: as in the start
 *
 * On return CPUs see what the device wrote. A list that is not that of a running
 * operation, or that does not match, is named, counted, and left mapped.
 *
 * Context: any but NMI; documented up to DISPATCH_LEVEL.
 * Return: NO_ERROR, always.
 *
 * Follows VideoPortCompleteDma of the Windows driver documentation.
 */
VP_STATUS VideoPortCompleteDma(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			       PVP_SCATTER_GATHER_LIST VpScatterGather,
			       BOOLEAN WriteToDevice);

/*
 * The DMA interface of before Windows 2000, which is dead there. It is here because
 * old miniports call it, with the answers that it has been documented to give since.
 */

typedef struct _STATUS_BLOCK {
	union {
		VP_STATUS Status;
		PVOID Pointer;
	};
	ULONG_PTR Information;
} STATUS_BLOCK, *PSTATUS_BLOCK;

/**
 * struct _VIDEO_REQUEST_PACKET - a request to the miniport
 * @IoControlCode: what is asked for
 * @StatusBlock: receives what came of it
 * @InputBuffer: what comes with it
 * @InputBufferLength: size in bytes
 * @OutputBuffer: where the answer goes
 * @OutputBufferLength: size in bytes
 */
typedef struct _VIDEO_REQUEST_PACKET {
	ULONG IoControlCode;
	PSTATUS_BLOCK StatusBlock;
	PVOID InputBuffer;
	ULONG InputBufferLength;
	PVOID OutputBuffer;
	ULONG OutputBufferLength;
} VIDEO_REQUEST_PACKET, *PVIDEO_REQUEST_PACKET;

typedef enum {
	VideoPortUnlockAfterDma = 1,
	VideoPortKeepPagesLocked = 2,
	VideoPortDmaInitOnly = 3,
} DMA_FLAGS;

typedef enum {
	SET_USER_EVENT = 1,
	SET_DISPLAY_EVENT = 2,
} DMA_EVENT_FLAGS;

/* Handles of DMA and of events have no public members. */
typedef struct _VP_DMA *PDMA;
typedef struct _VP_EVENT *PEVENT;

/**
 * VideoPortLockPages() - lock the input buffer of a request
 * @HwDeviceExtension: the adapter
 * @pVrp: the request; its OutputBuffer receives the handle, or NULL, and its
 *	OutputBufferLength the size of what is locked
 * @pUEvent: ignored
 * @pDisplayEvent: ignored
 * @DmaFlags: nothing is done unless it is VideoPortDmaInitOnly
 *
 * The handle is the MDL that VideoPortLockBuffer() would give for VpModifyAccess.
 *
 * Context: as VideoPortLockBuffer().
 * Return: TRUE, or FALSE for another flag or a buffer that cannot be locked.
 *
 * Follows VideoPortLockPages of the Windows driver documentation.
 */
BOOLEAN VideoPortLockPages(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET pVrp,
			   PEVENT pUEvent, PEVENT pDisplayEvent, DMA_FLAGS DmaFlags);

/**
 * VideoPortUnlockPages() - unlock what VideoPortLockPages() has locked
 * @HwDeviceExtension: the adapter
 * @pDma: the handle
 *
 * Context: as VideoPortUnlockBuffer().
 * Return: TRUE, always. What is wrong with a handle is named and counted.
 *
 * Follows VideoPortUnlockPages of the Windows driver documentation.
 */
BOOLEAN VideoPortUnlockPages(PVOID HwDeviceExtension, PDMA pDma);

/**
 * VideoPortGetMdl() - tell the MDL of a handle
 * @HwDeviceExtension: the adapter
 * @pDma: the handle
 *
 * Context: any.
 * Return: @pDma, always. VideoPortStartDma() takes it if it is a handle of
 *	VideoPortLockPages().
 *
 * Follows VideoPortGetMdl of the Windows driver documentation.
 */
PVOID VideoPortGetMdl(PVOID HwDeviceExtension, PDMA pDma);

/**
 * VideoPortDoDma() - does nothing
 * @HwDeviceExtension: the adapter
 * @pDma: ignored
 * @DmaFlags: ignored
 *
 * Context: any.
 * Return: NULL, always.
 */
PDMA VideoPortDoDma(PVOID HwDeviceExtension, PDMA pDma, DMA_FLAGS DmaFlags);

/**
 * VideoPortMapDmaMemory() - does nothing
 * @HwDeviceExtension: the adapter
 * @pVrp: ignored
 * @BoardAddress: ignored
 * @Length: stays as it is
 * @InIoSpace: stays as it is
 * @MappedUserEvent: ignored
 * @DisplayDriverEvent: ignored
 * @VirtualAddress: stays as it is
 *
 * Context: any.
 * Return: NULL, always.
 */
PDMA VideoPortMapDmaMemory(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET pVrp,
			   PHYSICAL_ADDRESS BoardAddress, PULONG Length,
			   PULONG InIoSpace, PVOID MappedUserEvent,
			   PVOID DisplayDriverEvent, PVOID *VirtualAddress);

/**
 * VideoPortUnmapDmaMemory() - does nothing
 * @HwDeviceExtension: the adapter
 * @VirtualAddress: ignored
 * @ProcessHandle: ignored
 * @BoardMemoryHandle: ignored
 *
 * Context: any.
 * Return: FALSE, always.
 */
BOOLEAN VideoPortUnmapDmaMemory(PVOID HwDeviceExtension, PVOID VirtualAddress,
				HANDLE ProcessHandle, PDMA BoardMemoryHandle);

/**
 * VideoPortGetDmaContext() - does nothing
 * @HwDeviceExtension: the adapter
 * @pDma: ignored
 *
 * Context: any.
 * Return: NULL, always.
 */
PVOID VideoPortGetDmaContext(PVOID HwDeviceExtension, PDMA pDma);

/**
 * VideoPortSetDmaContext() - does nothing
 * @HwDeviceExtension: the adapter
 * @pDma: ignored
 * @InstanceContext: ignored
 *
 * Context: any.
 */
VOID VideoPortSetDmaContext(PVOID HwDeviceExtension, PDMA pDma, PVOID InstanceContext);

/**
 * VideoPortGetBytesUsed() - does nothing
 * @HwDeviceExtension: the adapter
 * @pDma: ignored
 *
 * Context: any.
 * Return: 0, always.
 */
ULONG VideoPortGetBytesUsed(PVOID HwDeviceExtension, PDMA pDma);

/**
 * VideoPortSetBytesUsed() - does nothing
 * @HwDeviceExtension: the adapter
 * @pDma: ignored
 * @BytesUsed: ignored
 *
 * Context: any.
 */
VOID VideoPortSetBytesUsed(PVOID HwDeviceExtension, PDMA pDma, ULONG BytesUsed);

/**
 * VideoPortSignalDmaComplete() - does nothing
 * @HwDeviceExtension: the adapter
 * @pDmaHandle: ignored
 *
 * Context: any.
 * Return: FALSE, always.
 */
BOOLEAN VideoPortSignalDmaComplete(PVOID HwDeviceExtension, PDMA pDmaHandle);

/**
 * VideoPortAssociateEventsWithDmaHandle() - does nothing
 * @HwDeviceExtension: the adapter
 * @pVrp: ignored
 * @MappedUserEvent: ignored
 * @DisplayDriverEvent: ignored
 *
 * Context: any.
 * Return: NULL, always.
 */
PDMA VideoPortAssociateEventsWithDmaHandle(PVOID HwDeviceExtension,
					   PVIDEO_REQUEST_PACKET pVrp,
					   PVOID MappedUserEvent,
					   PVOID DisplayDriverEvent);

/*
 * Contiguous memory
 */

/**
 * VideoPortAllocateContiguousMemory() - allocate physically contiguous memory
 * @HwDeviceExtension: the adapter
 * @NumberOfBytes: size in bytes; 0 gives a page and is counted
 * @HighestAcceptableAddress: the last physical address that may be part of it; any
 *	number
 *
 * Page aligned, cached, ordinary memory, zeroed, which Windows does not promise.
 * The limit holds for the physical address also behind an IOMMU. For memory that a
 * device uses, VideoPortAllocateCommonBuffer() is the better call. It is shown
 * under MmCm.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the memory, or NULL. The log has the allocators that were tried, once for
 *	each limit in a row, and in the view contig of debugfs.
 *
 * Follows VideoPortAllocateContiguousMemory of the Windows driver documentation,
 * which has called it obsolete since Windows 2000.
 */
PVOID VideoPortAllocateContiguousMemory(PVOID HwDeviceExtension,
					ULONG NumberOfBytes,
					PHYSICAL_ADDRESS HighestAcceptableAddress);

/**
 * VideoPortFreeContiguousMemory() - free contiguous memory
 * @HwDeviceExtension: the adapter it was allocated for
 * @VirtualAddress: what VideoPortAllocateContiguousMemory() returned, exactly
 *
 * The documents require a miniport to free this memory, but name no call for it.
 *
 * Context: any but NMI. Where one cannot sleep the memory is given back a little
 *	later.
 */
VOID VideoPortFreeContiguousMemory(PVOID HwDeviceExtension, PVOID VirtualAddress);

/**
 * MmFreeContiguousMemory() - free contiguous memory of any adapter
 * @BaseAddress: what VideoPortAllocateContiguousMemory() returned, exactly
 *
 * Context: as VideoPortFreeContiguousMemory().
 *
 * Follows MmFreeContiguousMemory of the Windows driver documentation.
 */
VOID MmFreeContiguousMemory(PVOID BaseAddress);

/**
 * MmGetPhysicalAddress() - tell where in physical memory an address is
 * @BaseAddress: an address in memory of the kernel's, such as a block of pool
 *
 * This is no address for a device: that of a common buffer comes with it, and may
 * be another one.
 *
 * Context: any.
 * Return: the physical address; or 0 if no memory is mapped there, which is named
 *	and counted.
 *
 * Follows MmGetPhysicalAddress of the Windows driver documentation.
 */
PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress);

/*
 * Device memory
 */

/**
 * DOC: device memory
 *
 * The flags of InIoSpace, in the calls below and in a VIDEO_ACCESS_RANGE:
 *
 * * VIDEO_MEMORY_SPACE_MEMORY, which is 0: device memory, uncached, by ioremap()
 * * VIDEO_MEMORY_SPACE_P6CACHE: device memory, write-combining, by ioremap_wc()
 * * VIDEO_MEMORY_SPACE_IO: ports. The address that comes back is the number of the
 *   port, as on Windows, for inb() and the like. Port 0 is refused, because it is
 *   NULL, and so are all on an architecture that has no ports
 * * VIDEO_MEMORY_SPACE_USER_MODE: in the process. Refused, see vpmem_mmap()
 * * VIDEO_MEMORY_SPACE_DENSE: obsolete, ignored
 *
 * Mappings of one adapter are shared: one that begins where an earlier one does,
 * is of the same kind and no longer, is that one again, and lasts until each has
 * been undone. It does not matter by which pair of the calls. All mappings of one
 * page, whosever, are of one kind: a later one gets that of the earlier, which is
 * named and counted if another was asked for, and is refused where there are two.
 *
 * What is no device memory is refused: memory of the system, and what is beyond the
 * end of the address space. Only contiguous memory that the adapter has itself can be
 * mapped once more, by its physical address; cached, whatever InIoSpace says.
 *
 * A Windows driver may map only what it has claimed. Here what is neither in a
 * resource of the PCI device nor in the legacy VGA range (0xA0000 to 0xFFFFF, ports
 * 0x3B0 to 0x3DF), nor claimed by VideoPortVerifyAccessRanges(), is mapped all the
 * same, but named and counted. Of a device that is not on PCI no resources are known.
 *
 * Each mapping is in the tags view under Vprt, as Mapped, and in the regions view.
 * vpmem_detach() reports and unmaps what is left.
 */
#define VIDEO_MEMORY_SPACE_MEMORY	0x00
#define VIDEO_MEMORY_SPACE_IO		0x01
#define VIDEO_MEMORY_SPACE_USER_MODE	0x02
#define VIDEO_MEMORY_SPACE_DENSE	0x04
#define VIDEO_MEMORY_SPACE_P6CACHE	0x08

/**
 * VideoPortGetDeviceBase() - map device memory, or ports
 * @HwDeviceExtension: the adapter
 * @IoAddress: where the range begins, as the CPU sees it
 * @NumberOfUchars: length of the range
 * @InIoSpace: a mask of VIDEO_MEMORY_SPACE_*
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: where the range is mapped, or its first port; NULL if the range is
 *	refused or there is no memory.
 *
 * Follows VideoPortGetDeviceBase of the Windows driver documentation.
 */
PVOID VideoPortGetDeviceBase(PVOID HwDeviceExtension, PHYSICAL_ADDRESS IoAddress,
			     ULONG NumberOfUchars, UCHAR InIoSpace);

/**
 * VideoPortFreeDeviceBase() - undo a mapping
 * @HwDeviceExtension: the adapter it was made for
 * @MappedAddress: what VideoPortGetDeviceBase() returned, exactly; NULL is counted
 *	and ignored
 *
 * An address that is not the beginning of a mapping of this adapter is named,
 * counted, and nothing is unmapped.
 *
 * Context: documented for PASSIVE_LEVEL; here any but NMI. Where one cannot sleep
 *	the range is unmapped a little later.
 *
 * Follows VideoPortFreeDeviceBase of the Windows driver documentation.
 */
VOID VideoPortFreeDeviceBase(PVOID HwDeviceExtension, PVOID MappedAddress);

/**
 * VideoPortMapMemory() - map device memory, or ports
 * @HwDeviceExtension: the adapter
 * @PhysicalAddress: where the range begins, as the CPU sees it
 * @Length: length of the range. Windows may store here what it rounded the length
 *	up to, of which only what was asked for may be used; vpmem leaves it
 * @InIoSpace: a mask of VIDEO_MEMORY_SPACE_*; left as it is
 * @VirtualAddress: NULL on entry. Receives where the range is mapped, or its first
 *	port; NULL on every failure
 *
 * On Windows a process handle in *@VirtualAddress, or VIDEO_MEMORY_SPACE_USER_MODE,
 * asks for a mapping in a process. A driver of Linux can give that only to the
 * process that asks for it, from its mmap file operation, so it is refused here:
 * the Linux side of the driver calls vpmem_mmap() there.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if an argument is NULL, the range is
 *	refused, or @HwDeviceExtension is not an attached adapter;
 *	ERROR_NOT_ENOUGH_MEMORY if there is no memory for it, or this is not the
 *	context for the call.
 *
 * Follows VideoPortMapMemory of the Windows driver documentation.
 */
VP_STATUS VideoPortMapMemory(PVOID HwDeviceExtension,
			     PHYSICAL_ADDRESS PhysicalAddress, PULONG Length,
			     PULONG InIoSpace, PVOID *VirtualAddress);

/**
 * VideoPortUnmapMemory() - undo a mapping
 * @HwDeviceExtension: the adapter it was made for
 * @VirtualAddress: any address inside the mapping
 * @ProcessHandle: NULL; no mapping belongs to a process
 *
 * Undoes the whole mapping once, wherever the address lies in it. Of ports that
 * are mapped more than once, the mapping that begins there is meant first.
 *
 * Context: as VideoPortFreeDeviceBase().
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if there is no such mapping, which is
 *	then named and counted, and nothing is unmapped.
 *
 * Follows VideoPortUnmapMemory of the Windows driver documentation.
 */
VP_STATUS VideoPortUnmapMemory(PVOID HwDeviceExtension, PVOID VirtualAddress,
			       HANDLE ProcessHandle);

typedef VOID (*PBANKED_SECTION_ROUTINE)(ULONG ReadBank, ULONG WriteBank,
					PVOID Context);

/**
 * VideoPortMapBankedMemory() - a call that had an answer in Windows NT 4 only
 * @HwDeviceExtension: the adapter
 * @PhysicalAddress: ignored, as all that follows
 * @Length: ignored
 * @InIoSpace: ignored
 * @VirtualAddress: ignored
 * @BankLength: ignored
 * @ReadWriteBank: ignored
 * @BankRoutine: ignored
 * @Context: ignored
 *
 * Context: any.
 * Return: ERROR_INVALID_FUNCTION.
 */
VP_STATUS VideoPortMapBankedMemory(PVOID HwDeviceExtension,
				   PHYSICAL_ADDRESS PhysicalAddress, PULONG Length,
				   PULONG InIoSpace, PVOID *VirtualAddress,
				   ULONG BankLength, UCHAR ReadWriteBank,
				   PBANKED_SECTION_ROUTINE BankRoutine,
				   PVOID Context);

/**
 * VideoPortGetRomImage() - read the ROM of the device
 * @HwDeviceExtension: the adapter
 * @Unused1: ignored
 * @Unused2: ignored
 * @Length: how many bytes of it; 0 to free the buffer
 *
 * The buffer belongs to vpmem, each adapter has its own. The next call frees it,
 * whatever becomes of that call, unless it is refused for its context; and so does
 * vpmem_detach(), which does not take it for a leak. It is in the tags view under
 * Vprt, as Rom.
 *
 * The ROM is what pci_map_rom() finds, hence the shadow of it for the device that
 * the firmware has used to boot. A buffer that is longer than the ROM is filled up
 * with zeroes. No ROM has more than 16 MiB, so a greater @Length is refused.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the buffer; NULL if @Length is 0, the device is not on PCI or has no ROM,
 *	or there is no memory.
 *
 * Follows VideoPortGetRomImage of the Windows driver documentation.
 */
PVOID VideoPortGetRomImage(PVOID HwDeviceExtension, PVOID Unused1, ULONG Unused2,
			   ULONG Length);

/*
 * Services, and the one that vpmem has: the video BIOS
 */

typedef void (*PINTERFACE_REFERENCE)(PVOID Context);
typedef void (*PINTERFACE_DEREFERENCE)(PVOID Context);

/**
 * struct _INTERFACE - what every service begins with
 * @Size: of the whole structure; the caller's
 * @Version: the one that is asked for; the caller's
 * @Context: the first argument of every function of the service
 * @InterfaceReference: takes one more reference
 * @InterfaceDereference: gives one back
 */
typedef struct _INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
} INTERFACE, *PINTERFACE;

typedef enum {
	VideoPortServicesAGP = 1,
	VideoPortServicesI2C = 2,
	VideoPortServicesHeadless = 3,
	VideoPortServicesInt10 = 4,
	VideoPortServicesDebugReport = 5,
} VIDEO_PORT_SERVICES;

/**
 * VideoPortQueryServices() - ask for a service
 * @HwDeviceExtension: the adapter
 * @ServicesType: which one; there is only VideoPortServicesInt10
 * @Interface: the structure of the service, with Size and Version set; receives the
 *	rest of it, and a reference. As it was if the call fails
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if there is no such service, Size is less
 *	than that of the structure, or Version is not
 *	VIDEO_PORT_INT10_INTERFACE_VERSION_1; ERROR_NOT_ENOUGH_MEMORY;
 *	ERROR_INVALID_PARAMETER if @Interface is NULL, @HwDeviceExtension is not an
 *	attached adapter, or this is not the context for the call.
 *
 * Follows VideoPortQueryServices of the Windows driver documentation.
 */
VP_STATUS VideoPortQueryServices(PVOID HwDeviceExtension,
				 VIDEO_PORT_SERVICES ServicesType,
				 PINTERFACE Interface);

/* The registers that the video BIOS is called with, and that it returns. */
typedef struct _INT10_BIOS_ARGUMENTS {
	ULONG Eax;
	ULONG Ebx;
	ULONG Ecx;
	ULONG Edx;
	ULONG Esi;
	ULONG Edi;
	ULONG Ebp;
	USHORT SegDs;
	USHORT SegEs;
} INT10_BIOS_ARGUMENTS, *PINT10_BIOS_ARGUMENTS;

typedef VP_STATUS (*PINT10_CALL_BIOS)(PVOID Context,
				      PINT10_BIOS_ARGUMENTS BiosArguments);
typedef VP_STATUS (*PINT10_ALLOCATE_BUFFER)(PVOID Context, PUSHORT Seg, PUSHORT Off,
					    PULONG Length);
typedef VP_STATUS (*PINT10_FREE_BUFFER)(PVOID Context, USHORT Seg, USHORT Off);
typedef VP_STATUS (*PINT10_READ_MEMORY)(PVOID Context, USHORT Seg, USHORT Off,
					PVOID Buffer, ULONG Length);
typedef VP_STATUS (*PINT10_WRITE_MEMORY)(PVOID Context, USHORT Seg, USHORT Off,
					 PVOID Buffer, ULONG Length);

#define VIDEO_PORT_INT10_INTERFACE_VERSION_1	1

/**
 * struct _VIDEO_PORT_INT10_INTERFACE - real-mode memory, and the video BIOS
 * @Size: see &struct _INTERFACE
 * @Version: VIDEO_PORT_INT10_INTERFACE_VERSION_1
 * @Context: the first argument of all below
 * @InterfaceReference: takes one more reference
 * @InterfaceDereference: gives one back. After the last one nothing below may be
 *	called; the block stays the adapter's until it is freed or vpmem_detach()
 *	reports it
 * @Int10AllocateBuffer: gives the adapter its block of 4096 zeroed bytes. Length is
 *	what is asked for, at most 4096, and receives 4096 whatever comes of it. Seg
 *	and Off stay as they are if it fails: STATUS_INSUFFICIENT_RESOURCES if the
 *	adapter has its block already, more is asked for, or there is no more room
 * @Int10FreeBuffer: takes exactly what the allocation gave;
 *	ERROR_INVALID_PARAMETER for anything else
 * @Int10ReadMemory: copies from the address space into Buffer. Any byte of it can
 *	be read, by its linear address, Seg * 16 + Off. Where that and Length exceed
 *	the megabyte nothing is read, and the answer is ERROR_INVALID_PARAMETER. A
 *	read that is refused, for whatever reason, zeroes Buffer, since drivers
 *	search it without asking for the status; but not for a Length that is more
 *	than there is, which no buffer can be believed to have
 * @Int10WriteMemory: copies from Buffer in the same manner. What is written to a ROM
 *	goes where such a write goes on the machine
 * @Int10CallBios: calls INT 10h with these registers, which receive those that it
 *	returns. They stay as they are if the call fails: ERROR_INVALID_FUNCTION if
 *	no call can be made as things are, which the log gives the reason of, once;
 *	ERROR_INVALID_PARAMETER if this one came to no good end, or is made while the
 *	machine goes to sleep or wakes up, when there is no user space to run a BIOS
 *
 * There is one real-mode address space of 1 MiB, which all adapters share; their
 * blocks never overlap. On a PC with a BIOS the interrupt table, the data of the BIOS,
 * video memory and ROMs are those of the machine. Everything else is memory of
 * vpmem's. See Documentation/int10.rst, also for the helper process that runs
 * the BIOS.
 *
 * Context: all of them process context, may sleep; refused where that is impossible.
 *	References may be taken and given back anywhere.
 *
 * Follows VIDEO_PORT_INT10_INTERFACE of the Windows driver documentation.
 */
typedef struct _VIDEO_PORT_INT10_INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PINT10_ALLOCATE_BUFFER Int10AllocateBuffer;
	PINT10_FREE_BUFFER Int10FreeBuffer;
	PINT10_READ_MEMORY Int10ReadMemory;
	PINT10_WRITE_MEMORY Int10WriteMemory;
	PINT10_CALL_BIOS Int10CallBios;
} VIDEO_PORT_INT10_INTERFACE, *PVIDEO_PORT_INT10_INTERFACE;

typedef struct _VIDEO_X86_BIOS_ARGUMENTS {
	ULONG Eax;
	ULONG Ebx;
	ULONG Ecx;
	ULONG Edx;
	ULONG Esi;
	ULONG Edi;
	ULONG Ebp;
} VIDEO_X86_BIOS_ARGUMENTS, *PVIDEO_X86_BIOS_ARGUMENTS;

/**
 * VideoPortInt10() - call the video BIOS without memory
 * @HwDeviceExtension: the adapter
 * @BiosArguments: the registers; receives those that the BIOS returns
 *
 * As Int10CallBios with DS and ES of zero. There is no way to pass a buffer.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: as Int10CallBios of &struct _VIDEO_PORT_INT10_INTERFACE.
 *
 * Follows VideoPortInt10 of the Windows driver documentation.
 */
VP_STATUS VideoPortInt10(PVOID HwDeviceExtension,
			 PVIDEO_X86_BIOS_ARGUMENTS BiosArguments);

/*
 * Memory primitives
 */

/**
 * VideoPortZeroMemory() - fill memory with zeroes
 * @Destination: the memory
 * @Length: size in bytes
 *
 * Context: any.
 *
 * Follows VideoPortZeroMemory of the Windows driver documentation.
 */
VOID VideoPortZeroMemory(PVOID Destination, ULONG Length);

/**
 * VideoPortZeroDeviceMemory() - fill device memory with zeroes
 * @Destination: mapped device memory, such as a frame buffer
 * @Length: size in bytes
 *
 * Context: any.
 *
 * Follows VideoPortZeroDeviceMemory of the Windows driver documentation.
 */
VOID VideoPortZeroDeviceMemory(PVOID Destination, ULONG Length);

/**
 * VideoPortMoveMemory() - copy memory
 * @Destination: where to
 * @Source: where from; may overlap @Destination
 * @Length: size in bytes
 *
 * Context: any.
 *
 * Follows VideoPortMoveMemory of the Windows driver documentation.
 */
VOID VideoPortMoveMemory(PVOID Destination, PVOID Source, ULONG Length);

/**
 * VideoPortCompareMemory() - count the leading bytes that are equal
 * @Source1: one block
 * @Source2: the other
 * @Length: size of both in bytes
 *
 * Context: any.
 * Return: the number of bytes before the first difference, hence @Length if there
 *	is none. It is no memcmp() sign. A count that does not fit a ULONG is
 *	given as 0xFFFFFFFF.
 *
 * Follows VideoPortCompareMemory of the Windows driver documentation.
 */
ULONG VideoPortCompareMemory(PVOID Source1, PVOID Source2, SIZE_T Length);

/*
 * Linux glue
 */

struct device;
struct vm_area_struct;

/**
 * vpmem_attach() - make a device an adapter
 * @dev: the device; a reference is held until vpmem_detach()
 * @extension_size: size of the miniport's HwDeviceExtension in bytes, up to about
 *	4 MiB
 *
 * Every call of the DDI names its adapter by the extension that this returns. A
 * device may be attached more than once; each extension is an adapter of its own.
 * vpmem cannot be unloaded while an adapter is attached.
 *
 * Context: process context, may sleep.
 * Return: the zeroed extension, aligned to 16 bytes and to ARCH_KMALLOC_MINALIGN;
 *	or ERR_PTR(): -EINVAL for a NULL @dev or where one cannot sleep, -ENOMEM,
 *	-ENODEV while vpmem is going away.
 */
void *vpmem_attach(struct device *dev, size_t extension_size);

/**
 * devm_vpmem_attach() - make a device an adapter for as long as it has a driver
 * @dev: the device
 * @extension_size: size of the miniport's HwDeviceExtension in bytes
 *
 * As vpmem_attach(), with the detach done by devres. An earlier vpmem_detach() is
 * allowed and takes the place of the managed one.
 *
 * Context: process context, may sleep.
 * Return: as vpmem_attach().
 */
void *devm_vpmem_attach(struct device *dev, size_t extension_size);

/**
 * vpmem_detach() - end an adapter
 * @hw_device_extension: what vpmem_attach() or devm_vpmem_attach() returned
 *
 * Prints one line a tag for what the driver left allocated: adapter, tag, kind,
 * blocks and bytes. What has a record is then freed: blocks of a page or more, all
 * blocks of verify mode, and all that DMA and mappings need. Smaller blocks are left
 * where they are, since the driver may still hold them.
 *
 * Before anything is freed, code that vpmem calls has returned, waits have ended, and bus
 * mastering of a PCI device is off, if this is the last adapter that is attached to the
 * device. To use the device on, call pci_set_master() again. Stop any other device
 * yourself before this call. So do in your remove function, by pci_clear_master(), if the
 * device reaches memory that devres frees before it detaches: that which was allocated
 * after devm_vpmem_attach().
 *
 * To detach while a call of the same adapter runs is an error of the caller. In
 * verify mode it is detected and named.
 *
 * Context: process context, may sleep.
 */
void vpmem_detach(void *hw_device_extension);

/**
 * vpmem_mmap() - map device memory into the process that asks for it
 * @hw_device_extension: the adapter
 * @vma: what the mmap file operation of the driver was given
 * @start: where the range begins, as the CPU sees it; the beginning of a page
 * @length: length of the range
 * @in_io_space: 0 or VIDEO_MEMORY_SPACE_P6CACHE. VIDEO_MEMORY_SPACE_USER_MODE and
 *	VIDEO_MEMORY_SPACE_DENSE are ignored; ports cannot be mapped
 *
 * This is what VideoPortMapMemory() is on Windows when it maps into a process. The
 * range begins where the file does: vma->vm_pgoff is an offset into it. The area
 * may cover all of it or a part, in whole pages, and has to be shared.
 *
 * A process gets no more than the device has. So the pages of the range have to lie
 * in a resource of the PCI device, in the legacy VGA memory (0xA0000 to 0xFFFFF),
 * or in what the adapter has mapped for itself. Of VIDEO_MEMORY_SPACE_P6CACHE the
 * same holds as for mappings of the driver.
 *
 * The mapping belongs to the process: it is in no view, and vpmem_detach() leaves
 * it. A driver that is unbound while a process has its memory has to end that
 * itself, with unmap_mapping_range().
 *
 * Context: process context, from the mmap file operation.
 * Return: 0; -EINVAL if the area does not fit the range or is private, or the range
 *	cannot be mapped; -EPERM if it is not the device's; -ENODEV if
 *	@hw_device_extension is not an attached adapter; or what
 *	io_remap_pfn_range() returned. What the driver does wrong is named and
 *	counted; what the process does wrong is not.
 */
int vpmem_mmap(void *hw_device_extension, struct vm_area_struct *vma,
	       PHYSICAL_ADDRESS start, ULONG length, ULONG in_io_space);

/*
 * A whole driver around an unmodified miniport
 */

struct module;
struct pci_device_id;

/**
 * struct vpmem_miniport - what makes a driver of a miniport
 * @name: of the driver
 * @entry: the miniport's DriverEntry
 * @ids: the PCI devices that it is for; NULL for the legacy VGA of a machine, which
 *	then is a platform device of this name
 * @registry: NULL, or texts "Name=value" for the registry of each adapter, where a
 *	value is a number (a DWORD) or else a string
 * @registry_count: how many there are
 * @private: vpmem's
 */
struct vpmem_miniport {
	const char *name;
	ULONG (*entry)(PVOID Context1, PVOID Context2);
	const struct pci_device_id *ids;
	char **registry;
	const unsigned int *registry_count;
	void *private;
};

/**
 * vpmem_miniport_register() - make a driver of a miniport
 * @miniport: which; has to stay until vpmem_miniport_unregister()
 * @owner: the module that it is in
 *
 * Calls DriverEntry, which calls VideoPortInitialize(), and registers a driver for
 * the devices. Whenever such a device is found: it is enabled and attached,
 * HwFindAdapter is called and, if it finds the adapter, HwInitialize. When it goes:
 * the interrupt and the timer end, HwResetHw is called, and the adapter is detached.
 *
 * Context: process context, may sleep.
 * Return: 0; -EINVAL if @miniport lacks a name or an entry, or a setting is invalid;
 *	-EBUSY if it is registered already, or without @ids while another driver has the
 *	machine's VGA; -ENODEV if DriverEntry fails or, without @ids, no adapter is found;
 *	or another negative error number.
 */
int vpmem_miniport_register(struct vpmem_miniport *miniport, struct module *owner);

/**
 * vpmem_miniport_unregister() - end the driver
 * @miniport: what vpmem_miniport_register() was given
 *
 * Context: process context, may sleep.
 */
void vpmem_miniport_unregister(struct vpmem_miniport *miniport);

/**
 * vpmem_miniport_driver() - a whole module around a miniport, in one line
 * @driver_name: a string
 * @driver_entry: the miniport's DriverEntry
 * @pci_ids: an array of struct pci_device_id that ends with an empty one
 *
 * To be used once, in a file that includes <linux/module.h> and <linux/pci.h> and
 * declares DriverEntry. It gives the module a parameter registry=Name=value,... too, and
 * an invalid setting fails the load.
 * MODULE_LICENSE(), and MODULE_DEVICE_TABLE() if it is wanted, are the file's own.
 */
#define vpmem_miniport_driver(driver_name, driver_entry, pci_ids) \
	vpmem_miniport_module(driver_name, driver_entry, pci_ids)

/**
 * vpmem_legacy_miniport_driver() - the same for the VGA of a machine, without PCI
 * @driver_name: a string
 * @driver_entry: the miniport's DriverEntry
 */
#define vpmem_legacy_miniport_driver(driver_name, driver_entry) \
	vpmem_miniport_module(driver_name, driver_entry, NULL)

#define VPMEM_REGISTRY_TEXTS	32

#define vpmem_miniport_module(driver_name, driver_entry, pci_ids)		\
static char *vpmem_registry[VPMEM_REGISTRY_TEXTS];				\
static unsigned int vpmem_registry_count;					\
module_param_array_named(registry, vpmem_registry, charp,			\
			 &vpmem_registry_count, 0444);				\
MODULE_PARM_DESC(registry, "Values for the registry of each adapter: Name=value,..."); \
static struct vpmem_miniport vpmem_this_miniport = {				\
	.name = driver_name,							\
	.entry = (ULONG (*)(PVOID, PVOID))(driver_entry),			\
	.ids = pci_ids,								\
	.registry = vpmem_registry,						\
	.registry_count = &vpmem_registry_count,				\
};										\
static int __init vpmem_miniport_init(void)					\
{										\
	return vpmem_miniport_register(&vpmem_this_miniport, THIS_MODULE);	\
}										\
module_init(vpmem_miniport_init);						\
static void __exit vpmem_miniport_exit(void)					\
{										\
	vpmem_miniport_unregister(&vpmem_this_miniport);			\
}										\
module_exit(vpmem_miniport_exit)

/**
 * vpmem_request() - have the miniport do a request
 * @hw_device_extension: the adapter, of a driver by vpmem_miniport_driver()
 * @code: the I/O control, such as IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES
 * @input: what comes with it
 * @input_size: size in bytes
 * @output: where the answer goes; may be @input
 * @output_size: size in bytes
 * @information: receives how many bytes the answer has; may be NULL
 *
 * Makes a VIDEO_REQUEST_PACKET and calls HwStartIO with it. One request runs at a
 * time.
 *
 * Context: process context, may sleep.
 * Return: the status that HwStartIO has left; ERROR_INVALID_FUNCTION if the adapter
 *	has no miniport that could be asked; ERROR_INVALID_PARAMETER.
 */
VP_STATUS vpmem_request(void *hw_device_extension, ULONG code, void *input,
			ULONG input_size, void *output, ULONG output_size,
			ULONG *information);

/**
 * vpmem_registry_set() - give an adapter a value of its registry
 * @hw_device_extension: the adapter
 * @name: the name, in ASCII
 * @data: the value; is copied
 * @size: size in bytes, up to 64 KiB
 *
 * For the Linux side of a driver that attaches its adapters itself.
 *
 * Context: process context, may sleep.
 * Return: 0, -EINVAL, -ENODEV, or -ENOMEM.
 */
int vpmem_registry_set(void *hw_device_extension, const char *name, const void *data,
		       size_t size);

#endif /* VPMEM_H */
