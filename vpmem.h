/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - the memory half of the Windows VideoPort DDI, for Linux
 *
 * This header has three parts: the types and constants of the DDI, the functions of
 * the DDI that deal with memory, and the Linux glue around them. The rest of the DDI is
 * in include/vpmem-port.h.
 *
 * It includes <linux/types.h> and nothing else, so that a miniport's source can define
 * IN, OUT and other macros without breaking a Linux header. Miniport sources include
 * it through headers with Windows names, which are in include/.
 *
 * "Logged and counted" means: a warning in the kernel log, and the file events of the
 * adapter in debugfs (see Documentation/debugfs.rst).
 */
#ifndef VPMEM_H
#define VPMEM_H

/* Miniports define types with the names that <linux/types.h> uses (u8 and the like). */
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

/* Do not redefine what headers of Linux may have defined. */
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
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		LONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		LONG HighPart;
#endif
	};
	struct {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
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

/* NTSTATUS that the INT10 interface returns */
#define STATUS_INSUFFICIENT_RESOURCES	((LONG)0xc000009a)

/**
 * enum _VP_POOL_TYPE - pool that a block is allocated from
 * @VpNonPagedPool: allocate, use and free it in any context up to and including hard
 *	interrupts
 * @VpPagedPool: allocate and free it in process context only. Linux never pages
 *	kernel memory out, so the memory itself may be accessed anywhere
 * @VpNonPagedPoolCacheAligned: as @VpNonPagedPool, on a cache line boundary and
 *	physically contiguous. Limited by the page allocator: to 4 MiB on most machines
 * @VpPagedPoolCacheAligned: as @VpPagedPool, on a cache line boundary
 *
 * The values are those of Windows. 2, 3, 6 and 7, the MustSucceed types of Windows, are
 * not part of this DDI; they are refused.
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
 * @PoolType: pool to allocate from, see &enum _VP_POOL_TYPE
 * @NumberOfBytes: size in bytes; 0 allocates the smallest block, and is logged and counted
 * @Tag: four characters in reversed order: 'zyxD' is shown as Dxyz. Any value is
 *	accepted; a tag that is invalid on Windows is logged and counted, once for each
 *	adapter
 *
 * A block is aligned to 16 bytes (8 on 32-bit), or to a cache line for the
 * CacheAligned types. A block of up to a page never crosses a page. From
 * PAGE_SIZE - 31 bytes on (4065 with 4 KiB pages; PAGE_SIZE - 15 on 32-bit) it is
 * page aligned. Its contents are not initialised.
 *
 * Context: any up to and including hard interrupts for the non-paged types. The
 *	paged types may sleep, and are refused in atomic context.
 * Return: the block, or NULL. The file tags in debugfs shows the reason for a NULL.
 *
 * Follows VideoPortAllocatePool of the Windows driver documentation and, where
 * that is silent, ExAllocatePoolWithTag.
 */
PVOID VideoPortAllocatePool(PVOID HwDeviceExtension, VP_POOL_TYPE PoolType,
			    SIZE_T NumberOfBytes, ULONG Tag);

/**
 * VideoPortFreePool() - free a block of pool
 * @HwDeviceExtension: the adapter the block was allocated for
 * @Ptr: pointer returned by VideoPortAllocatePool(); NULL is counted and ignored
 *
 * A pointer that is not a live pool block of this adapter is left alone, logged and
 * counted.
 *
 * Context: any up to and including hard interrupts. Freeing a paged block in atomic
 *	context is an error on Windows; here the block is freed, and the call is logged
 *	and counted.
 *
 * Follows VideoPortFreePool of the Windows driver documentation.
 */
VOID VideoPortFreePool(PVOID HwDeviceExtension, PVOID Ptr);

/**
 * VideoPortAllocateBuffer() - allocate a buffer of paged pool, within the quota
 * @HwDeviceExtension: the adapter
 * @Size: size in bytes; 0 allocates the smallest block, and is logged and counted
 * @Buffer: receives the block, or NULL on every failure
 *
 * Buffers have no tag of their own and are shown under Vprt. The module parameter
 * buffer_quota sets the quota of each adapter, in bytes; change that of one adapter in
 * debugfs. 0, the default, sets no limit.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INSUFFICIENT_BUFFER if the block would exceed the quota;
 *	ERROR_NOT_ENOUGH_MEMORY if there is no memory for it, or in atomic context;
 *	ERROR_INVALID_PARAMETER if @Buffer is NULL or @HwDeviceExtension is not an
 *	attached adapter.
 *
 * Follows VideoPortAllocateBuffer of the Windows driver documentation, which has
 * called it obsolete since Windows 2000.
 */
VP_STATUS VideoPortAllocateBuffer(PVOID HwDeviceExtension, ULONG Size,
				  PVOID *Buffer);

/**
 * VideoPortReleaseBuffer() - release a buffer
 * @HwDeviceExtension: the adapter the buffer was allocated for
 * @Buffer: pointer stored by VideoPortAllocateBuffer(); NULL is counted and ignored
 *
 * Blocks of VideoPortAllocatePool() are refused, as VideoPortFreePool() refuses
 * buffers: the Windows documents pair each allocation with its own free.
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
 * struct _VP_DEVICE_DESCRIPTION - capabilities of a device as a bus master
 * @ScatterGather: the device accepts a list of elements in one operation; on PCI this
 *	implies 32-bit addresses
 * @Dma32BitAddresses: the device can address 4 GiB
 * @Dma64BitAddresses: the device can address everything; overrides @Dma32BitAddresses
 * @MaximumLength: maximum length of an operation of VideoPortStartDma(), in bytes; 0
 *	sets no limit. Common buffers may be larger
 *
 * A device with none of the three flags can address 16 MiB.
 */
typedef struct _VP_DEVICE_DESCRIPTION {
	BOOLEAN ScatterGather;
	BOOLEAN Dma32BitAddresses;
	BOOLEAN Dma64BitAddresses;
	ULONG MaximumLength;
} VP_DEVICE_DESCRIPTION, *PVP_DEVICE_DESCRIPTION;

typedef struct _VP_DMA_ADAPTER *PVP_DMA_ADAPTER;
/* Miniports may define a structure with this name. */
#ifndef VPMEM_MINIPORT
typedef struct _VP_DMA_ADAPTER VP_DMA_ADAPTER;
#endif

/**
 * VideoPortGetDmaAdapter() - get a DMA adapter for one engine of the device
 * @HwDeviceExtension: the adapter
 * @VpDeviceDescription: capabilities of the engine
 *
 * The live DMA adapters of a device share one DMA mask, the strictest of theirs. A mask
 * that the device's own driver has set counts as well, unless it has 32 bits, which is
 * the default of every device.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the DMA adapter, or NULL if there is no memory or the platform does not
 *	support the mask.
 *
 * Follows VideoPortGetDmaAdapter of the Windows driver documentation.
 */
PVP_DMA_ADAPTER VideoPortGetDmaAdapter(PVOID HwDeviceExtension,
				       PVP_DEVICE_DESCRIPTION VpDeviceDescription);

/**
 * VideoPortPutDmaAdapter() - put a DMA adapter
 * @HwDeviceExtension: the adapter that got it
 * @VpDmaAdapter: pointer returned by VideoPortGetDmaAdapter(); NULL is counted and
 *	ignored
 *
 * The call is refused, logged and counted while the DMA adapter has common buffers or
 * operations. It is optional: vpmem_detach() puts what is left.
 *
 * Context: process context, may sleep; refused where that is impossible.
 *
 * Follows VideoPortPutDmaAdapter of the Windows driver documentation.
 */
VOID VideoPortPutDmaAdapter(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter);

/**
 * VideoPortAllocateCommonBuffer() - allocate memory that CPU and device share
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter; for NULL the call fails, because drivers do not check
 *	the result of VideoPortGetDmaAdapter()
 * @DesiredLength: size in bytes; at least a page is allocated. 0 is logged and counted
 * @LogicalAddress: receives the address for the device; unchanged if the call fails
 * @CacheEnabled: ignored, but pass the same value to the release
 * @Reserved: ignored
 *
 * The buffer is page aligned, contiguous to the device, and zeroed (which Windows does
 * not guarantee). It is shown under Vprt. Allocate more than 4 MiB early after boot, or
 * reserve memory with cma= on the command line of a kernel with CMA.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the buffer, or NULL. The log and the file tags in debugfs show the reason for
 *	a NULL.
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
 * @LogicalAddress: address for the device that the allocation stored
 * @VirtualAddress: pointer that the allocation returned
 * @CacheEnabled: as in the allocation
 *
 * If an argument does not match the allocation, the buffer is left alone, and the call
 * is logged and counted. Mind the order of the two addresses: VideoPortFreeCommonBuffer()
 * has the reverse order.
 *
 * Context: documented for PASSIVE_LEVEL; here any but NMI. In atomic context a worker
 *	frees the memory later.
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
 * Uses the oldest live DMA adapter, or gets one for a 32-bit device if there is none.
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
 * VideoPortFreeCommonBuffer() - free a buffer of VideoPortGetCommonBuffer()
 * @HwDeviceExtension: the adapter
 * @Length: the requested length, or that rounded up to whole pages
 * @VirtualAddress: pointer that the allocation returned
 * @LogicalAddress: address for the device that the allocation stored
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
 * struct _VP_SCATTER_GATHER_ELEMENT - a range of memory that is contiguous to the device
 * @Address: its address for the device
 * @Length: size in bytes
 * @Reserved: zero
 */
typedef struct _VP_SCATTER_GATHER_ELEMENT {
	PHYSICAL_ADDRESS Address;
	ULONG Length;
	ULONG_PTR Reserved;
} VP_SCATTER_GATHER_ELEMENT, *PVP_SCATTER_GATHER_ELEMENT;

/**
 * struct _VP_SCATTER_GATHER_LIST - memory that an operation transfers
 * @NumberOfElements: number of elements; 1 for a device without scatter/gather
 * @Reserved: zero
 * @Elements: in the order of the buffer
 */
typedef struct _VP_SCATTER_GATHER_LIST {
	ULONG NumberOfElements;
	ULONG_PTR Reserved;
	VP_SCATTER_GATHER_ELEMENT Elements[];
} VP_SCATTER_GATHER_LIST, *PVP_SCATTER_GATHER_LIST;

/**
 * enum _VP_LOCK_OPERATION - access to a buffer while it is locked
 * @VpReadAccess: the buffer is read
 * @VpWriteAccess: the buffer is written
 * @VpModifyAccess: the buffer is read and written
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
 * @SGList: the memory to transfer; the list lives until VideoPortCompleteDma()
 * @Context: the Context argument of VideoPortStartDma()
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
 * @BaseAddress: start of the buffer: an address of the current process, or a kernel
 *	address, such as a block of pool, a common buffer or contiguous memory
 * @Length: size in bytes
 * @Operation: whether the buffer will be written
 *
 * Pages of a process are pinned (pin_user_pages), and stay pinned when the process
 * exits. Kernel memory is not referenced: its owner must not free it before the unlock.
 * Every page is checked first. The buffer is shown under Vprt.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the MDL, which is opaque; or NULL if there is no memory, a part of the buffer
 *	is not mapped or not accessible, or an argument is invalid, such as a @Length of
 *	zero. The file tags in debugfs shows the reason for a NULL.
 *
 * Follows VideoPortLockBuffer of the Windows driver documentation.
 */
PVOID VideoPortLockBuffer(PVOID HwDeviceExtension, PVOID BaseAddress, ULONG Length,
			  VP_LOCK_OPERATION Operation);

/**
 * VideoPortUnlockBuffer() - unlock a buffer
 * @HwDeviceExtension: the adapter it was locked for
 * @Mdl: pointer returned by VideoPortLockBuffer(); NULL is counted and ignored
 *
 * The call is refused, logged and counted while an operation uses the MDL.
 *
 * Context: any but NMI. In atomic context a worker unpins the pages later.
 *
 * Follows VideoPortUnlockBuffer of the Windows driver documentation.
 */
VOID VideoPortUnlockBuffer(PVOID HwDeviceExtension, PVOID Mdl);

/**
 * VideoPortStartDma() - map a part of a locked buffer for the device
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter
 * @Mdl: pointer returned by VideoPortLockBuffer()
 * @Offset: start of the part in the buffer, in bytes
 * @pLength: size of the part in bytes. Receives the number of bytes that are mapped,
 *	before @ExecuteDmaRoutine is called; 0 if the call fails
 * @ExecuteDmaRoutine: called once if the part was mapped
 * @Context: for @ExecuteDmaRoutine
 * @WriteToDevice: TRUE if the device reads memory
 *
 * The part must lie within the buffer. It is cut to the DMA adapter's MaximumLength. For
 * a device without scatter/gather it is also cut to the bytes from @Offset on that are
 * contiguous to the device; nothing is copied to make that longer. Behind an IOMMU this
 * is often the whole part; otherwise it ends with the first page whose successor is not
 * physically adjacent. So write the documented loop of start and completion.
 *
 * A device may not write to pages of a process that are locked with VpReadAccess.
 * The call returns when @ExecuteDmaRoutine returns, and does not wait for the device.
 * Do not access the part with the CPU until VideoPortCompleteDma().
 *
 * Context: any but NMI; documented up to DISPATCH_LEVEL.
 * Return: NO_ERROR; ERROR_NOT_ENOUGH_MEMORY if the part could not be mapped;
 *	ERROR_INVALID_PARAMETER if an argument is invalid.
 *
 * Follows VideoPortStartDma of the Windows driver documentation.
 */
VP_STATUS VideoPortStartDma(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			    PVOID Mdl, ULONG Offset, PULONG pLength,
			    PEXECUTE_DMA ExecuteDmaRoutine, PVOID Context,
			    BOOLEAN WriteToDevice);

/**
 * VideoPortCompleteDma() - complete an operation after its transfer has ended
 * @HwDeviceExtension: the adapter
 * @VpDmaAdapter: the DMA adapter passed to VideoPortStartDma()
 * @VpScatterGather: the list passed to ExecuteDmaRoutine, which is freed; NULL is
 *	counted and ignored
 * @WriteToDevice: as in VideoPortStartDma()
 *
 * After the call CPUs see the data that the device wrote. If the list does not belong to
 * a running operation, or another argument does not match, it stays mapped, and the call
 * is logged and counted.
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
 * DMA interface of Windows NT, obsolete since Windows 2000. Old miniports call it, so
 * the functions return what Windows has documented for them since then.
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
 * @IoControlCode: the request, an IOCTL_VIDEO_* code
 * @StatusBlock: receives the status, and the number of bytes returned
 * @InputBuffer: arguments of the request
 * @InputBufferLength: size in bytes
 * @OutputBuffer: receives the result
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

/* Opaque handles of the obsolete DMA interface and of events */
typedef struct _VP_DMA *PDMA;
typedef struct _VP_EVENT *PEVENT;

/**
 * VideoPortLockPages() - lock the input buffer of a request
 * @HwDeviceExtension: the adapter
 * @pVrp: the request; its OutputBuffer receives the handle, or NULL, and its
 *	OutputBufferLength the number of locked bytes
 * @pUEvent: ignored
 * @pDisplayEvent: ignored
 * @DmaFlags: VideoPortDmaInitOnly; with any other value the call does nothing
 *
 * The handle is the MDL that VideoPortLockBuffer() would return for VpModifyAccess.
 *
 * Context: as VideoPortLockBuffer().
 * Return: TRUE, or FALSE for another flag or a buffer that cannot be locked.
 *
 * Follows VideoPortLockPages of the Windows driver documentation.
 */
BOOLEAN VideoPortLockPages(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET pVrp,
			   PEVENT pUEvent, PEVENT pDisplayEvent, DMA_FLAGS DmaFlags);

/**
 * VideoPortUnlockPages() - unlock a buffer that VideoPortLockPages() has locked
 * @HwDeviceExtension: the adapter
 * @pDma: the handle
 *
 * Context: as VideoPortUnlockBuffer().
 * Return: TRUE, always. An invalid handle is logged and counted.
 *
 * Follows VideoPortUnlockPages of the Windows driver documentation.
 */
BOOLEAN VideoPortUnlockPages(PVOID HwDeviceExtension, PDMA pDma);

/**
 * VideoPortGetMdl() - return the MDL of a handle
 * @HwDeviceExtension: the adapter
 * @pDma: the handle
 *
 * Context: any.
 * Return: @pDma, always. VideoPortStartDma() accepts it if it is a handle of
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
 * @NumberOfBytes: size in bytes; 0 allocates a page, and is logged and counted
 * @HighestAcceptableAddress: the last physical address that may be part of it; any
 *	number
 *
 * The memory is page aligned, cached, and zeroed (which Windows does not guarantee). The
 * limit applies to the physical address, also behind an IOMMU. For memory that a device
 * accesses, call VideoPortAllocateCommonBuffer() instead. It is shown under MmCm.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the memory, or NULL. The log lists the allocators that were tried, once for
 *	several failures in a row with the same limit, and so does the file contig in
 *	debugfs.
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
 * @VirtualAddress: pointer returned by VideoPortAllocateContiguousMemory()
 *
 * The Windows documents require a miniport to free this memory, but name no call for
 * it.
 *
 * Context: any but NMI. In atomic context a worker frees the memory later.
 */
VOID VideoPortFreeContiguousMemory(PVOID HwDeviceExtension, PVOID VirtualAddress);

/**
 * MmFreeContiguousMemory() - free contiguous memory of any adapter
 * @BaseAddress: pointer returned by VideoPortAllocateContiguousMemory()
 *
 * Context: as VideoPortFreeContiguousMemory().
 *
 * Follows MmFreeContiguousMemory of the Windows driver documentation.
 */
VOID MmFreeContiguousMemory(PVOID BaseAddress);

/**
 * MmGetPhysicalAddress() - return the physical address of kernel memory
 * @BaseAddress: a kernel address, such as a block of pool
 *
 * Do not give the result to a device: with an IOMMU its addresses differ. The allocation
 * of a common buffer stores the address for the device.
 *
 * Context: any.
 * Return: the physical address; or 0 if no memory is mapped there, which is logged and
 *	counted.
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
 * Flags of InIoSpace, in the calls below and in a VIDEO_ACCESS_RANGE:
 *
 * * VIDEO_MEMORY_SPACE_MEMORY, which is 0: device memory, uncached, by ioremap()
 * * VIDEO_MEMORY_SPACE_P6CACHE: device memory, write-combining, by ioremap_wc()
 * * VIDEO_MEMORY_SPACE_IO: ports. The result is the number of the port, as on Windows,
 *   for inb() and the like. Port 0 is refused, because it is NULL, and so are all ports
 *   on an architecture without ports
 * * VIDEO_MEMORY_SPACE_USER_MODE: map into the process. Refused, see vpmem_mmap()
 * * VIDEO_MEMORY_SPACE_DENSE: obsolete, ignored
 *
 * Mappings of an adapter are shared: if a range begins at the same address as an
 * existing mapping, has the same caching and is not longer, the existing mapping is
 * returned. It lasts until it was undone as often as it was returned; either undo call
 * counts. All mappings of a page, also those of other adapters, have the same caching.
 * If a request differs from an existing mapping, it gets the caching of that, and is
 * logged and counted; if there are mappings of both kinds, it is refused.
 *
 * RAM is refused, and so are ranges beyond the end of the address space. Exceptions:
 * contiguous memory of the adapter, and conventional memory of the video BIOS (see
 * Documentation/int10.rst), can be mapped by their physical addresses; they are mapped
 * cached, whatever InIoSpace says.
 *
 * A Windows driver may map only ranges that it has claimed. Here a range that is neither
 * in a resource of the PCI device nor in the legacy VGA range (0xA0000 to 0xFFFFF, ports
 * 0x3B0 to 0x3DF), nor claimed by VideoPortVerifyAccessRanges(), is mapped as well, but
 * logged and counted, up to 256 MiB for each adapter. The resources of a device outside
 * PCI are not known, so its ranges are not logged.
 *
 * Each mapping is shown in the file tags under Vprt, as Mapped, and in the file regions.
 * vpmem_detach() reports mappings that are left, and unmaps them.
 */
#define VIDEO_MEMORY_SPACE_MEMORY	0x00
#define VIDEO_MEMORY_SPACE_IO		0x01
#define VIDEO_MEMORY_SPACE_USER_MODE	0x02
#define VIDEO_MEMORY_SPACE_DENSE	0x04
#define VIDEO_MEMORY_SPACE_P6CACHE	0x08

/**
 * VideoPortGetDeviceBase() - map device memory, or ports
 * @HwDeviceExtension: the adapter
 * @IoAddress: start of the range, as a physical address of the CPU
 * @NumberOfUchars: length of the range
 * @InIoSpace: a mask of VIDEO_MEMORY_SPACE_*
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the address of the mapping, or the number of the first port; NULL if the range
 *	is refused or there is no memory.
 *
 * Follows VideoPortGetDeviceBase of the Windows driver documentation.
 */
PVOID VideoPortGetDeviceBase(PVOID HwDeviceExtension, PHYSICAL_ADDRESS IoAddress,
			     ULONG NumberOfUchars, UCHAR InIoSpace);

/**
 * VideoPortFreeDeviceBase() - undo a mapping
 * @HwDeviceExtension: the adapter that mapped it
 * @MappedAddress: pointer returned by VideoPortGetDeviceBase(); NULL is counted and
 *	ignored
 *
 * If the address is not the start of a mapping of this adapter, nothing is unmapped, and
 * the call is logged and counted.
 *
 * Context: documented for PASSIVE_LEVEL; here any but NMI. In atomic context a worker
 *	unmaps the range later.
 *
 * Follows VideoPortFreeDeviceBase of the Windows driver documentation.
 */
VOID VideoPortFreeDeviceBase(PVOID HwDeviceExtension, PVOID MappedAddress);

/**
 * VideoPortMapMemory() - map device memory, or ports
 * @HwDeviceExtension: the adapter
 * @PhysicalAddress: start of the range, as a physical address of the CPU
 * @Length: length of the range. Windows may store the rounded length here; vpmem leaves
 *	it unchanged
 * @InIoSpace: a mask of VIDEO_MEMORY_SPACE_*; left unchanged
 * @VirtualAddress: NULL on entry. Receives the address of the mapping, or the number of
 *	the first port; NULL on every failure
 *
 * On Windows a process handle in *@VirtualAddress, or VIDEO_MEMORY_SPACE_USER_MODE,
 * requests a mapping in a process. A Linux driver can map only into the current process,
 * from its mmap file operation, so the request is refused: call vpmem_mmap() in that
 * operation.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if an argument is NULL, the range is
 *	refused, or @HwDeviceExtension is not an attached adapter;
 *	ERROR_NOT_ENOUGH_MEMORY if there is no memory for it, or in atomic context.
 *
 * Follows VideoPortMapMemory of the Windows driver documentation.
 */
VP_STATUS VideoPortMapMemory(PVOID HwDeviceExtension,
			     PHYSICAL_ADDRESS PhysicalAddress, PULONG Length,
			     PULONG InIoSpace, PVOID *VirtualAddress);

/**
 * VideoPortUnmapMemory() - undo a mapping
 * @HwDeviceExtension: the adapter that mapped it
 * @VirtualAddress: any address inside the mapping
 * @ProcessHandle: NULL; no mapping belongs to a process
 *
 * Undoes the whole mapping once. If several mappings contain the address, as is possible
 * for ports, a mapping that begins there takes precedence.
 *
 * Context: as VideoPortFreeDeviceBase().
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if there is no such mapping, which is logged
 *	and counted.
 *
 * Follows VideoPortUnmapMemory of the Windows driver documentation.
 */
VP_STATUS VideoPortUnmapMemory(PVOID HwDeviceExtension, PVOID VirtualAddress,
			       HANDLE ProcessHandle);

typedef VOID (*PBANKED_SECTION_ROUTINE)(ULONG ReadBank, ULONG WriteBank,
					PVOID Context);

/**
 * VideoPortMapBankedMemory() - fails; banked memory was supported by Windows NT 4 only
 * @HwDeviceExtension: the adapter
 * @PhysicalAddress: ignored
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
 * @Length: number of bytes to read; 0 to free the buffer
 *
 * The buffer belongs to vpmem; each adapter has its own. The next call frees it, even if
 * that call fails, unless it is refused for its context. vpmem_detach() frees it, too,
 * and does not report it as a leak. It is shown in the file tags under Vprt, as Rom.
 *
 * The ROM is that of pci_map_rom(): for the boot display device, the shadow copy of the
 * firmware. If the ROM is shorter than @Length, the rest of the buffer is zeroed. No ROM
 * has more than 16 MiB, so a greater @Length is refused.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the buffer; NULL if @Length is 0, the device is not on PCI or has no ROM,
 *	or there is no memory.
 *
 * Follows VideoPortGetRomImage of the Windows driver documentation.
 */
PVOID VideoPortGetRomImage(PVOID HwDeviceExtension, PVOID Unused1, ULONG Unused2,
			   ULONG Length);

/*
 * Services. vpmem has one: the video BIOS.
 */

typedef void (*PINTERFACE_REFERENCE)(PVOID Context);
typedef void (*PINTERFACE_DEREFERENCE)(PVOID Context);

/**
 * struct _INTERFACE - header of the structure of every service
 * @Size: size of the whole structure; set by the caller
 * @Version: requested version; set by the caller
 * @Context: first argument of every function of the service
 * @InterfaceReference: gets a reference
 * @InterfaceDereference: puts a reference
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
 * VideoPortQueryServices() - get a service
 * @HwDeviceExtension: the adapter
 * @ServicesType: the service; only VideoPortServicesInt10 exists
 * @Interface: the structure of the service, with Size and Version set; receives the
 *	other members, and a reference. Unchanged if the call fails
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if there is no such service, Size is less
 *	than that of the structure, or Version is not
 *	VIDEO_PORT_INT10_INTERFACE_VERSION_1; ERROR_NOT_ENOUGH_MEMORY;
 *	ERROR_INVALID_PARAMETER if @Interface is NULL, @HwDeviceExtension is not an
 *	attached adapter, or in atomic context.
 *
 * Follows VideoPortQueryServices of the Windows driver documentation.
 */
VP_STATUS VideoPortQueryServices(PVOID HwDeviceExtension,
				 VIDEO_PORT_SERVICES ServicesType,
				 PINTERFACE Interface);

/* Registers that are passed to the video BIOS, and that it returns */
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
 * @Context: first argument of all functions below
 * @InterfaceReference: gets a reference
 * @InterfaceDereference: puts a reference. Do not call the functions below after the
 *	last one; the adapter keeps its block until it is freed or vpmem_detach()
 *	reports it
 * @Int10AllocateBuffer: allocates the block of the adapter, 4096 zeroed bytes. Length is
 *	the requested size, at most 4096, and receives 4096 in any case. Seg and Off are
 *	unchanged if the call fails: STATUS_INSUFFICIENT_RESOURCES if the adapter has its
 *	block already, Length is larger, or no block is free
 * @Int10FreeBuffer: frees the block, by the Seg and Off of the allocation;
 *	ERROR_INVALID_PARAMETER for any others
 * @Int10ReadMemory: copies from the address space into Buffer. Every byte can be read,
 *	by its linear address Seg * 16 + Off. If the range exceeds the megabyte, nothing
 *	is read, and the result is ERROR_INVALID_PARAMETER. A read that fails zeroes
 *	Buffer, because drivers search it without checking the status; unless Length
 *	exceeds the address space, since Buffer cannot be that long
 * @Int10WriteMemory: copies from Buffer in the same way. A write to a ROM has the effect
 *	that it has on the machine
 * @Int10CallBios: calls INT 10h with these registers, and stores those that it returns.
 *	They are unchanged if the call fails: ERROR_INVALID_FUNCTION if no call is
 *	possible, for which the log has the reason, once; ERROR_INVALID_PARAMETER if the
 *	BIOS did not return, or while the machine suspends or resumes, when no helper
 *	process can run
 *
 * All adapters share one real-mode address space of 1 MiB; their blocks never overlap. On
 * a PC with a BIOS, video memory and ROMs are those of the machine, and the interrupt
 * table and the data of the BIOS are copies. Everything else is private memory of vpmem.
 * Documentation/int10.rst describes that, and the helper process that runs the BIOS.
 *
 * Context: process context, may sleep; refused in atomic context. References may be got
 *	and put in any context.
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
 * Works as Int10CallBios with DS and ES of zero. It cannot pass a buffer.
 *
 * Context: process context, may sleep; refused in atomic context.
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
 * @Destination: memory to write
 * @Source: memory to read; may overlap @Destination
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
 * Return: the number of bytes before the first difference, which is @Length if there is
 *	none; not a sign as of memcmp(). A count that does not fit a ULONG is returned
 *	as 0xFFFFFFFF.
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
 * vpmem_attach() - attach an adapter to a device
 * @dev: the device; vpmem holds a reference until vpmem_detach()
 * @extension_size: size of the miniport's HwDeviceExtension in bytes, up to about
 *	4 MiB
 *
 * Pass the returned extension to the functions of the DDI: it identifies the adapter. A
 * device may be attached more than once; each extension is an adapter of its own.
 * vpmem cannot be unloaded while an adapter is attached.
 *
 * Context: process context, may sleep.
 * Return: the zeroed extension, aligned to 16 bytes and to ARCH_KMALLOC_MINALIGN;
 *	or ERR_PTR(): -EINVAL for a NULL @dev or in atomic context, -ENOMEM, -ENODEV
 *	while vpmem is being unloaded; if vpmem is in the kernel and is not initialized,
 *	-EPROBE_DEFER or the error of its initialization.
 */
void *vpmem_attach(struct device *dev, size_t extension_size);

/**
 * devm_vpmem_attach() - attach an adapter that devres detaches
 * @dev: the device
 * @extension_size: size of the miniport's HwDeviceExtension in bytes
 *
 * Works as vpmem_attach(); the adapter is detached when the driver is unbound. You may
 * call vpmem_detach() earlier.
 *
 * Context: process context, may sleep.
 * Return: as vpmem_attach().
 */
void *devm_vpmem_attach(struct device *dev, size_t extension_size);

/**
 * vpmem_detach() - detach an adapter
 * @hw_device_extension: pointer returned by vpmem_attach() or devm_vpmem_attach()
 *
 * Logs one line for each tag and type that has live blocks: adapter, tag, type, number
 * of blocks and bytes. Then blocks that have a record are freed: those of a page or more,
 * all blocks of verify mode, and everything for DMA and mappings. Smaller blocks are not
 * freed, since the driver may still use them.
 *
 * Before anything is freed, code of the driver that vpmem calls has returned, waits have
 * ended, and bus mastering of a PCI device is off, if this is the last adapter of the
 * device. To go on using the device, call pci_set_master() again. Stop a device outside
 * PCI before this call. In a driver that uses devres, call pci_clear_master() in the
 * remove function if the device accesses memory that devres allocated after
 * devm_vpmem_attach(): that is freed before the detach.
 *
 * A detach while a call for the same adapter is running is an error of the caller.
 * Verify mode detects and logs it.
 *
 * Context: process context, may sleep.
 */
void vpmem_detach(void *hw_device_extension);

/**
 * vpmem_mmap() - map device memory into the current process
 * @hw_device_extension: the adapter
 * @vma: argument of the driver's mmap file operation
 * @start: start of the range, as a physical address of the CPU; page aligned
 * @length: length of the range
 * @in_io_space: 0 or VIDEO_MEMORY_SPACE_P6CACHE. VIDEO_MEMORY_SPACE_USER_MODE and
 *	VIDEO_MEMORY_SPACE_DENSE are ignored; ports cannot be mapped
 *
 * On Windows, VideoPortMapMemory() maps into a process. The mapped file is the range:
 * vma->vm_pgoff is an offset into it. The area may cover the range or a part of it, in
 * whole pages, and must be shared.
 *
 * A process can map memory of the device only: the pages of the range have to lie in a
 * resource of the PCI device, in the legacy VGA memory (0xA0000 to 0xFFFFF), or in a
 * mapping of the adapter. The rules for VIDEO_MEMORY_SPACE_P6CACHE are those for
 * mappings of the driver.
 *
 * The mapping belongs to the process: debugfs does not show it, and it outlives
 * vpmem_detach(). If your driver can be unbound while a process has the memory mapped,
 * call unmap_mapping_range().
 *
 * Context: process context, from the mmap file operation.
 * Return: 0; -EINVAL if the area does not fit the range or is private, or the range
 *	cannot be mapped; -EPERM if it does not belong to the device; -ENODEV if
 *	@hw_device_extension is not an attached adapter; or the error of
 *	io_remap_pfn_range(). Faults of the driver are logged and counted, faults of the
 *	process are not.
 */
int vpmem_mmap(void *hw_device_extension, struct vm_area_struct *vma,
	       PHYSICAL_ADDRESS start, ULONG length, ULONG in_io_space);

/*
 * Driver around an unmodified miniport
 */

struct module;
struct pci_device_id;

/**
 * struct vpmem_miniport - description of a miniport driver
 * @name: name of the driver
 * @entry: the miniport's DriverEntry
 * @ids: PCI devices of the driver; NULL for the legacy VGA of a machine, for which a
 *	platform device of this name is registered
 * @registry: NULL, or texts "Name=value" for the registry of each adapter; a value is a
 *	number (a DWORD) or else a string
 * @registry_count: number of these texts
 * @private: used by vpmem; set it to NULL
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
 * vpmem_miniport_register() - register a driver around a miniport
 * @miniport: the description; must stay valid until vpmem_miniport_unregister()
 * @owner: the module of the miniport
 *
 * Calls DriverEntry, which calls VideoPortInitialize(), and registers a driver for
 * the devices. For each device that is found: the device is enabled and attached,
 * HwFindAdapter is called and, if it finds the adapter, HwInitialize. When the device
 * is removed: the interrupt, the DPC and the timer stop, HwResetHw is called, and the
 * adapter is detached.
 *
 * Context: process context, may sleep.
 * Return: 0; -EINVAL if @miniport lacks a name or an entry, or a setting is invalid;
 *	-EBUSY if it is registered already, or without @ids while another driver has the
 *	machine's VGA; -ENODEV if DriverEntry fails or, without @ids, no adapter is found;
 *	or another negative error number.
 */
int vpmem_miniport_register(struct vpmem_miniport *miniport, struct module *owner);

/**
 * vpmem_miniport_unregister() - unregister the driver
 * @miniport: the description passed to vpmem_miniport_register()
 *
 * Context: process context, may sleep.
 */
void vpmem_miniport_unregister(struct vpmem_miniport *miniport);

/**
 * vpmem_miniport_driver() - define the module of a miniport in one line
 * @driver_name: a string
 * @driver_entry: the miniport's DriverEntry
 * @pci_ids: an array of struct pci_device_id that ends with an empty one
 *
 * Write it once, in a file that includes <linux/module.h> and <linux/pci.h> and
 * declares DriverEntry. Add MODULE_DESCRIPTION() and MODULE_LICENSE(), and
 * MODULE_DEVICE_TABLE() if you want the module to be loaded automatically. The module
 * gets a parameter registry=Name=value,...; an invalid setting fails the load.
 */
#define vpmem_miniport_driver(driver_name, driver_entry, pci_ids) \
	vpmem_miniport_module(driver_name, driver_entry, pci_ids)

/**
 * vpmem_legacy_miniport_driver() - define the module of a miniport without PCI
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
 * vpmem_request() - send a request to the miniport
 * @hw_device_extension: an adapter of vpmem_miniport_register()
 * @code: the I/O control code, such as IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES
 * @input: arguments of the request
 * @input_size: size in bytes
 * @output: receives the result; may be @input
 * @output_size: size in bytes
 * @information: receives the length of the result in bytes; may be NULL
 *
 * Fills a VIDEO_REQUEST_PACKET and calls HwStartIO with it. One request runs at a
 * time.
 *
 * Context: process context, may sleep.
 * Return: the status that HwStartIO stores in the packet; ERROR_INVALID_FUNCTION if the
 *	adapter has no miniport, or is being removed; ERROR_INVALID_PARAMETER.
 */
VP_STATUS vpmem_request(void *hw_device_extension, ULONG code, void *input,
			ULONG input_size, void *output, ULONG output_size,
			ULONG *information);

/**
 * vpmem_registry_set() - set a value in the registry of an adapter
 * @hw_device_extension: the adapter
 * @name: the name, in ASCII
 * @data: the value, which is copied
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
