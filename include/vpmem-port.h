/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - the other half of the DDI: functions that do not deal with memory, and the
 * entry points of a miniport
 *
 * Miniport sources include this header through video.h. It has three parts: the
 * services, interrupts and deferred work, and the entry points of a miniport. The glue
 * for Linux code is at the end of vpmem.h, which does not depend on this header.
 *
 * "Logged and counted" means: a warning in the kernel log, and the file events of the
 * adapter in debugfs (see Documentation/debugfs.rst).
 */
#ifndef VPMEM_PORT_H
#define VPMEM_PORT_H

#include "../vpmem.h"

/*
 * Ports and registers
 */

/**
 * DOC: ports and registers
 *
 * A port is the result of VideoPortGetDeviceBase() or VideoPortMapMemory() for ports; a
 * register is an address in their result for device memory. Values are little endian on
 * the bus, as PCI requires, on every machine. The Buffer functions copy bytes unchanged:
 * those for ports access one port repeatedly, those for registers access successive
 * registers. Count is the number of items. On a machine without ports, reads return all
 * ones and writes do nothing.
 *
 * Context: any.
 */
UCHAR VideoPortReadPortUchar(PUCHAR Port);
USHORT VideoPortReadPortUshort(PUSHORT Port);
ULONG VideoPortReadPortUlong(PULONG Port);
VOID VideoPortWritePortUchar(PUCHAR Port, UCHAR Value);
VOID VideoPortWritePortUshort(PUSHORT Port, USHORT Value);
VOID VideoPortWritePortUlong(PULONG Port, ULONG Value);
VOID VideoPortReadPortBufferUchar(PUCHAR Port, PUCHAR Buffer, ULONG Count);
VOID VideoPortReadPortBufferUshort(PUSHORT Port, PUSHORT Buffer, ULONG Count);
VOID VideoPortReadPortBufferUlong(PULONG Port, PULONG Buffer, ULONG Count);
VOID VideoPortWritePortBufferUchar(PUCHAR Port, PUCHAR Buffer, ULONG Count);
VOID VideoPortWritePortBufferUshort(PUSHORT Port, PUSHORT Buffer, ULONG Count);
VOID VideoPortWritePortBufferUlong(PULONG Port, PULONG Buffer, ULONG Count);

UCHAR VideoPortReadRegisterUchar(PUCHAR Register);
USHORT VideoPortReadRegisterUshort(PUSHORT Register);
ULONG VideoPortReadRegisterUlong(PULONG Register);
VOID VideoPortWriteRegisterUchar(PUCHAR Register, UCHAR Value);
VOID VideoPortWriteRegisterUshort(PUSHORT Register, USHORT Value);
VOID VideoPortWriteRegisterUlong(PULONG Register, ULONG Value);
VOID VideoPortReadRegisterBufferUchar(PUCHAR Register, PUCHAR Buffer, ULONG Count);
VOID VideoPortReadRegisterBufferUshort(PUSHORT Register, PUSHORT Buffer, ULONG Count);
VOID VideoPortReadRegisterBufferUlong(PULONG Register, PULONG Buffer, ULONG Count);
VOID VideoPortWriteRegisterBufferUchar(PUCHAR Register, PUCHAR Buffer, ULONG Count);
VOID VideoPortWriteRegisterBufferUshort(PUSHORT Register, PUSHORT Buffer, ULONG Count);
VOID VideoPortWriteRegisterBufferUlong(PULONG Register, PULONG Buffer, ULONG Count);

/*
 * Time
 */

/**
 * VideoPortStallExecution() - wait without sleeping
 * @Microseconds: the delay; more than a second is cut to a second, logged and counted
 *
 * Context: any.
 *
 * Follows VideoPortStallExecution of the Windows driver documentation.
 */
VOID VideoPortStallExecution(ULONG Microseconds);

/**
 * VideoPortQuerySystemTime() - get the time
 * @CurrentTime: receives it, in units of 100 ns since the beginning of 1601, UTC
 *
 * Context: any.
 *
 * Follows VideoPortQuerySystemTime of the Windows driver documentation.
 */
VOID VideoPortQuerySystemTime(PLARGE_INTEGER CurrentTime);

/**
 * VideoPortQueryPerformanceCounter() - read a clock of high resolution
 * @HwDeviceExtension: the adapter; ignored
 * @PerformanceFrequency: receives the number of ticks per second; may be NULL
 *
 * Context: any.
 * Return: ticks since boot.
 *
 * Follows VideoPortQueryPerformanceCounter of the Windows driver documentation.
 */
LONGLONG VideoPortQueryPerformanceCounter(PVOID HwDeviceExtension,
					  PLONGLONG PerformanceFrequency);

/*
 * Messages
 */

typedef enum {
	Error = 0,
	Warn = 1,
	Trace = 2,
	Info = 3,
} VIDEO_DEBUG_LEVEL, *PVIDEO_DEBUG_LEVEL;

/**
 * VideoPortDebugPrint() - print a message
 * @DebugPrintLevel: the message is printed if its level is not above the module
 *	parameter debug_level, by default Error
 * @DebugMessage: a format of Windows; NULL prints nothing
 *
 * The conversions are d, i, u, x, X, o, c, C, s, S, p and Z, each with flags, width,
 * precision and size. Sizes of numbers: h for 16 bits, l and L for 32, ll and I64 for
 * 64, I, z and t for the size of a pointer. Sizes of text: l and w for wide, h for
 * narrow; without a size S and C are wide. Z prints a counted string. Text beyond the
 * precision is not read. Pointers are hashed, as by printk(). An unknown conversion
 * takes no argument, and its characters are printed.
 *
 * A message has up to 1024 characters. Each of its lines is a line in the log; lines of
 * more than 200 characters are split.
 *
 * Context: any.
 *
 * Follows VideoPortDebugPrint of the Windows driver documentation.
 */
VOID VideoPortDebugPrint(VIDEO_DEBUG_LEVEL DebugPrintLevel, char *DebugMessage, ...);

/**
 * VideoPortLogError() - log an error
 * @HwDeviceExtension: the adapter
 * @Vrp: the request that caused it; may be NULL
 * @ErrorCode: the error
 * @UniqueId: number of the place in the miniport
 *
 * Context: any.
 *
 * Follows VideoPortLogError of the Windows driver documentation.
 */
VOID VideoPortLogError(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET Vrp,
		       VP_STATUS ErrorCode, ULONG UniqueId);

/*
 * Interlocked operations, spin locks, events
 */

/**
 * VideoPortInterlockedIncrement() - increment a number atomically
 * @Addend: the number
 *
 * Context: any.
 * Return: the new value.
 *
 * Follows VideoPortInterlockedIncrement of the Windows driver documentation.
 */
LONG VideoPortInterlockedIncrement(PLONG Addend);

/**
 * VideoPortInterlockedDecrement() - decrement a number atomically
 * @Addend: the number
 *
 * Context: any.
 * Return: the new value.
 *
 * Follows VideoPortInterlockedDecrement of the Windows driver documentation.
 */
LONG VideoPortInterlockedDecrement(PLONG Addend);

/**
 * VideoPortInterlockedExchange() - exchange a number atomically
 * @Target: the number
 * @Value: its new value
 *
 * Context: any.
 * Return: the previous value.
 *
 * Follows VideoPortInterlockedExchange of the Windows driver documentation.
 */
LONG VideoPortInterlockedExchange(PLONG Target, LONG Value);

typedef struct _VP_SPIN_LOCK *PSPIN_LOCK;

/**
 * VideoPortCreateSpinLock() - create a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: receives it, or NULL
 *
 * The lock is shown under Vprt.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_NOT_ENOUGH_MEMORY, also in atomic context;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortCreateSpinLock of the Windows driver documentation.
 */
VP_STATUS VideoPortCreateSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK *SpinLock);

/**
 * VideoPortDeleteSpinLock() - delete a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock; NULL is counted and ignored
 *
 * A held lock is left alone, and so is a pointer that is not a lock of this adapter; the
 * call is logged and counted.
 *
 * Context: any but NMI.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if it was not deleted.
 *
 * Follows VideoPortDeleteSpinLock of the Windows driver documentation.
 */
VP_STATUS VideoPortDeleteSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock);

/**
 * VideoPortAcquireSpinLock() - acquire a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock
 * @OldIrql: receives the result of VideoPortGetCurrentIrql() before the call
 *
 * Interrupts are disabled on this CPU until the release, so that HwInterrupt may acquire
 * the lock as well. Acquiring a lock that the caller holds is an error, which is logged
 * and counted; release the lock as often as it was acquired.
 *
 * Context: any but NMI.
 *
 * Follows VideoPortAcquireSpinLock of the Windows driver documentation.
 */
VOID VideoPortAcquireSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      PUCHAR OldIrql);

/**
 * VideoPortAcquireSpinLockAtDpcLevel() - acquire a spin lock in atomic context
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock
 *
 * Works as VideoPortAcquireSpinLock(), in any context.
 *
 * Context: any but NMI.
 *
 * Follows VideoPortAcquireSpinLockAtDpcLevel of the Windows driver documentation.
 */
VOID VideoPortAcquireSpinLockAtDpcLevel(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock);

/**
 * VideoPortReleaseSpinLock() - release a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock
 * @NewIrql: ignored: the interrupt state from before the acquire is restored
 *
 * A lock that the caller does not hold is left alone; the call is logged and counted.
 *
 * Context: that of the acquire.
 *
 * Follows VideoPortReleaseSpinLock of the Windows driver documentation.
 */
VOID VideoPortReleaseSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      UCHAR NewIrql);

/**
 * VideoPortReleaseSpinLockFromDpcLevel() - release a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock
 *
 * Works as VideoPortReleaseSpinLock().
 *
 * Context: that of the acquire.
 *
 * Follows VideoPortReleaseSpinLockFromDpcLevel of the Windows driver documentation.
 */
VOID VideoPortReleaseSpinLockFromDpcLevel(PVOID HwDeviceExtension,
					  PSPIN_LOCK SpinLock);

/* Values of EventFlag */
#define EVENT_TYPE_MASK			1
#define SYNCHRONIZATION_EVENT		0
#define NOTIFICATION_EVENT		1
#define INITIAL_EVENT_STATE_MASK	2
#define INITIAL_EVENT_NOT_SIGNALED	0
#define INITIAL_EVENT_SIGNALED		2

/**
 * VideoPortCreateEvent() - create an event
 * @HwDeviceExtension: the adapter
 * @EventFlag: SYNCHRONIZATION_EVENT, which the wait that it ends clears, or
 *	NOTIFICATION_EVENT, which stays signalled; optionally with INITIAL_EVENT_SIGNALED
 * @Unused: ignored
 * @ppEvent: receives it, or NULL
 *
 * The event is shown under Vprt.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_NOT_ENOUGH_MEMORY, also in atomic context;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortCreateEvent of the Windows driver documentation.
 */
VP_STATUS VideoPortCreateEvent(PVOID HwDeviceExtension, ULONG EventFlag, PVOID Unused,
			       PEVENT *ppEvent);

/**
 * VideoPortDeleteEvent() - delete an event
 * @HwDeviceExtension: the adapter
 * @pEvent: the event; NULL is counted and ignored
 *
 * An event with waiters is left alone, and so is a pointer that is not an event of this
 * adapter; the call is logged and counted.
 *
 * Context: any but NMI.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if it was not deleted.
 *
 * Follows VideoPortDeleteEvent of the Windows driver documentation.
 */
VP_STATUS VideoPortDeleteEvent(PVOID HwDeviceExtension, PEVENT pEvent);

/**
 * VideoPortSetEvent() - signal an event
 * @HwDeviceExtension: the adapter
 * @pEvent: the event
 *
 * Context: any but NMI.
 * Return: whether it was signalled before, as 1 or 0.
 *
 * Follows VideoPortSetEvent of the Windows driver documentation.
 */
LONG VideoPortSetEvent(PVOID HwDeviceExtension, PEVENT pEvent);

/**
 * VideoPortClearEvent() - clear the signal of an event
 * @HwDeviceExtension: the adapter
 * @pEvent: the event
 *
 * Context: any but NMI.
 *
 * Follows VideoPortClearEvent of the Windows driver documentation.
 */
VOID VideoPortClearEvent(PVOID HwDeviceExtension, PEVENT pEvent);

/**
 * VideoPortReadStateEvent() - read the state of an event
 * @HwDeviceExtension: the adapter
 * @pEvent: the event
 *
 * Context: any but NMI.
 * Return: 1 if it is signalled, or 0.
 *
 * Follows VideoPortReadStateEvent of the Windows driver documentation.
 */
LONG VideoPortReadStateEvent(PVOID HwDeviceExtension, PEVENT pEvent);

/**
 * VideoPortWaitForSingleObject() - wait for an event
 * @HwDeviceExtension: the adapter
 * @Object: the event; other objects are not supported
 * @TimeOut: in units of 100 ns. A negative number is the time to wait; a positive one is
 *	a point in time, as of VideoPortQuerySystemTime(); 0 does not wait; NULL waits
 *	without a timeout
 *
 * A wait ends when its process is killed, when the adapter is detached, and when a
 * request that waits keeps the driver of the adapter from being unbound.
 *
 * Context: process context, may sleep; refused in atomic context, unless
 *	*@TimeOut is zero.
 * Return: NO_ERROR; WAIT_TIMEOUT; ERROR_INVALID_PARAMETER if @Object is not an event of
 *	this adapter, in atomic context, or if the process is killed or the adapter
 *	detached.
 *
 * Follows VideoPortWaitForSingleObject of the Windows driver documentation.
 */
VP_STATUS VideoPortWaitForSingleObject(PVOID HwDeviceExtension, PVOID Object,
				       PLARGE_INTEGER TimeOut);

/**
 * VideoPortGetCurrentIrql() - return the IRQL of Windows that the context corresponds to
 *
 * Context: any.
 * Return: 0 (PASSIVE_LEVEL) where you may sleep, 2 (DISPATCH_LEVEL) in atomic context, 3
 *	in a hard interrupt, 15 (HIGH_LEVEL) in an NMI.
 *
 * Follows VideoPortGetCurrentIrql of the Windows driver documentation.
 */
UCHAR VideoPortGetCurrentIrql(void);

/*
 * The bus
 */

typedef enum _INTERFACE_TYPE {
	InterfaceTypeUndefined = -1,
	Internal = 0,
	Isa = 1,
	Eisa = 2,
	MicroChannel = 3,
	TurboChannel = 4,
	PCIBus = 5,
	VMEBus = 6,
	NuBus = 7,
	PCMCIABus = 8,
	CBus = 9,
	MPIBus = 10,
	MPSABus = 11,
	ProcessorInternal = 12,
	InternalPowerBus = 13,
	PNPISABus = 14,
	PNPBus = 15,
	MaximumInterfaceType = 18,
} INTERFACE_TYPE, *PINTERFACE_TYPE;

typedef enum _BUS_DATA_TYPE {
	ConfigurationSpaceUndefined = -1,
	Cmos = 0,
	EisaConfiguration = 1,
	Pos = 2,
	CbusConfiguration = 3,
	PCIConfiguration = 4,
	VMEConfiguration = 5,
	NuBusConfiguration = 6,
	PCMCIAConfiguration = 7,
	MPIConfiguration = 8,
	MPSAConfiguration = 9,
	PNPISAConfiguration = 10,
	SgiInternalConfiguration = 11,
	MaximumBusDataType = 12,
} BUS_DATA_TYPE, *PBUS_DATA_TYPE;

/**
 * VideoPortGetBusData() - read configuration space of PCI
 * @HwDeviceExtension: the adapter
 * @BusDataType: PCIConfiguration; others are not supported
 * @SlotNumber: device in the bits 0 to 4, function in 5 to 7. 0 means the device of the
 *	adapter, as in Plug and Play drivers; so does its own slot. Any other slot is a
 *	device on the same bus
 * @Buffer: receives the data
 * @Offset: offset in configuration space
 * @Length: number of bytes
 *
 * Context: any but NMI.
 * Return: number of bytes read; 0 if the adapter is not on PCI, or the slot is empty.
 *
 * Follows VideoPortGetBusData of the Windows driver documentation.
 */
ULONG VideoPortGetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length);

/**
 * VideoPortSetBusData() - write configuration space of PCI
 * @HwDeviceExtension: the adapter
 * @BusDataType: PCIConfiguration
 * @SlotNumber: as in VideoPortGetBusData(), but the slot of another device is refused,
 *	logged and counted
 * @Buffer: the data
 * @Offset: offset in configuration space
 * @Length: number of bytes
 *
 * Context: any but NMI.
 * Return: number of bytes written.
 *
 * Follows VideoPortSetBusData of the Windows driver documentation.
 */
ULONG VideoPortSetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length);

/**
 * struct _VIDEO_ACCESS_RANGE - device memory, or ports
 * @RangeStart: start, as a physical address of the CPU or a port
 * @RangeLength: size in bytes
 * @RangeInIoSpace: a mask of VIDEO_MEMORY_SPACE_*
 * @RangeVisible: not used
 * @RangeShareable: other drivers may use the range, too
 * @RangePassive: a mask of VIDEO_RANGE_*
 */
typedef struct _VIDEO_ACCESS_RANGE {
	PHYSICAL_ADDRESS RangeStart;
	ULONG RangeLength;
	UCHAR RangeInIoSpace;
	UCHAR RangeVisible;
	UCHAR RangeShareable;
	UCHAR RangePassive;
} VIDEO_ACCESS_RANGE, *PVIDEO_ACCESS_RANGE;

#define VIDEO_RANGE_PASSIVE_DECODE	0x1
#define VIDEO_RANGE_10_BIT_DECODE	0x2

typedef struct _IO_RESOURCE_DESCRIPTOR IO_RESOURCE_DESCRIPTOR, *PIO_RESOURCE_DESCRIPTOR;

/**
 * VideoPortGetAccessRanges() - get the memory and ports of the device
 * @HwDeviceExtension: the adapter
 * @NumRequestedResources: ignored
 * @RequestedResources: ignored
 * @NumAccessRanges: number of entries in @AccessRanges
 * @AccessRanges: receives the memory and ports of the PCI device, in the order of its
 *	base address registers; the remaining entries are zeroed. A length that exceeds
 *	a ULONG is cut to the largest number of whole pages
 * @VendorId: NULL, or a USHORT that has to equal the vendor id of the device
 * @DeviceId: NULL, or a USHORT that has to equal its device id
 * @Slot: NULL, or receives the slot of the device
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_MORE_DATA if the device has more ranges than @NumAccessRanges;
 *	ERROR_NO_MORE_DEVICES if the adapter is not on PCI or an id differs;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortGetAccessRanges of the Windows driver documentation.
 */
VP_STATUS VideoPortGetAccessRanges(PVOID HwDeviceExtension,
				   ULONG NumRequestedResources,
				   PIO_RESOURCE_DESCRIPTOR RequestedResources,
				   ULONG NumAccessRanges,
				   PVIDEO_ACCESS_RANGE AccessRanges, PVOID VendorId,
				   PVOID DeviceId, PULONG Slot);

/**
 * VideoPortVerifyAccessRanges() - claim device memory and ports
 * @HwDeviceExtension: the adapter
 * @NumAccessRanges: number of ranges, up to 256; 0 releases all claims
 * @AccessRanges: the ranges; they replace those of the previous call
 *
 * The adapter owns the resources of the PCI device and the VGA ranges without a claim.
 * Any other range is requested from Linux, unless it is shareable, and released by
 * vpmem_detach() at the latest. If the call fails, nothing is claimed. Entries with a
 * length of 0 are ignored.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if another driver owns one of them;
 *	ERROR_NOT_ENOUGH_MEMORY.
 *
 * Follows VideoPortVerifyAccessRanges of the Windows driver documentation.
 */
VP_STATUS VideoPortVerifyAccessRanges(PVOID HwDeviceExtension, ULONG NumAccessRanges,
				      PVIDEO_ACCESS_RANGE AccessRanges);

#define DEVICE_VGA_ENABLED	1

/* Values of Flags */
#define CDE_USE_SUBSYSTEM_IDS	0x1
#define CDE_USE_REVISION	0x2

/**
 * VideoPortCheckForDeviceExistence() - check whether the machine has a PCI device
 * @HwDeviceExtension: the adapter
 * @VendorId: vendor id
 * @DeviceId: device id
 * @RevisionId: compared only with CDE_USE_REVISION
 * @SubVendorId: compared only with CDE_USE_SUBSYSTEM_IDS
 * @SubSystemId: compared only with CDE_USE_SUBSYSTEM_IDS
 * @Flags: a mask of CDE_*
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: TRUE or FALSE.
 *
 * Follows VideoPortCheckForDeviceExistence of the Windows driver documentation.
 */
BOOLEAN VideoPortCheckForDeviceExistence(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags);

/* The same function under the misspelled name that Windows has, too. */
BOOLEAN VideoPortCheckForDeviceExistance(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags);

/**
 * VideoPortGetVgaStatus() - check whether the device decodes VGA
 * @HwDeviceExtension: the adapter
 * @VgaStatus: receives DEVICE_VGA_ENABLED or 0. An adapter outside PCI is taken for the
 *	VGA of the machine, if there is one
 *
 * Context: any.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortGetVgaStatus of the Windows driver documentation.
 */
VP_STATUS VideoPortGetVgaStatus(PVOID HwDeviceExtension, PULONG VgaStatus);

/*
 * The registry: values by name, which live as long as the adapter
 */

typedef VP_STATUS (*PMINIPORT_GET_REGISTRY_ROUTINE)(PVOID HwDeviceExtension,
						    PVOID Context, __u16 *ValueName,
						    PVOID ValueData,
						    ULONG ValueLength);

/**
 * VideoPortGetRegistryParameters() - read a value
 * @HwDeviceExtension: the adapter
 * @ParameterName: its name; upper and lower case are equivalent
 * @IsParameterFileName: TRUE requests the contents of the file that the value names;
 *	not supported
 * @CallbackRoutine: called with the value, before the call returns
 * @Context: for @CallbackRoutine
 *
 * Values are set by the miniport, by vpmem_registry_set(), or by the parameter registry
 * of a module of vpmem_miniport_driver().
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the result of @CallbackRoutine; ERROR_INVALID_PARAMETER if there is no such
 *	value.
 *
 * Follows VideoPortGetRegistryParameters of the Windows driver documentation.
 */
VP_STATUS VideoPortGetRegistryParameters(PVOID HwDeviceExtension, __u16 *ParameterName,
					 UCHAR IsParameterFileName,
					 PMINIPORT_GET_REGISTRY_ROUTINE CallbackRoutine,
					 PVOID Context);

/**
 * VideoPortSetRegistryParameters() - write a value
 * @HwDeviceExtension: the adapter
 * @ValueName: its name
 * @ValueData: the value, which is copied
 * @ValueLength: size in bytes, up to 64 KiB
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER; ERROR_NOT_ENOUGH_MEMORY.
 *
 * Follows VideoPortSetRegistryParameters of the Windows driver documentation.
 */
VP_STATUS VideoPortSetRegistryParameters(PVOID HwDeviceExtension, __u16 *ValueName,
					 PVOID ValueData, ULONG ValueLength);

/**
 * VideoPortFlushRegistry() - does nothing: values are not stored on disk
 * @HwDeviceExtension: the adapter
 *
 * Context: any.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if @HwDeviceExtension is not an attached
 *	adapter. Some Windows documents return a status here, others nothing.
 */
VP_STATUS VideoPortFlushRegistry(PVOID HwDeviceExtension);

/*
 * The system
 */

typedef struct _VPOSVERSIONINFO {
	ULONG Size;
	ULONG MajorVersion;
	ULONG MinorVersion;
	ULONG BuildNumber;
	USHORT ServicePackMajor;
	USHORT ServicePackMinor;
} VPOSVERSIONINFO, *PVPOSVERSIONINFO;

/**
 * VideoPortGetVersion() - get the version of Windows whose DDI vpmem implements
 * @HwDeviceExtension: the adapter
 * @pVpOsVersionInfo: with its Size set; receives 5.1, build 2600, service pack 3, which
 *	is Windows XP
 *
 * Context: any.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortGetVersion of the Windows driver documentation.
 */
VP_STATUS VideoPortGetVersion(PVOID HwDeviceExtension,
			      PVPOSVERSIONINFO pVpOsVersionInfo);

/**
 * VideoPortIsNoVesa() - check whether VESA modes are forbidden
 *
 * Return: TRUE if the kernel was started with vpmem.no_vesa=1, else FALSE.
 *
 * Follows VideoPortIsNoVesa of the Windows driver documentation.
 */
BOOLEAN VideoPortIsNoVesa(void);

/**
 * VideoPortGetProcAddress() - find a call of the DDI by its name
 * @HwDeviceExtension: the adapter
 * @FunctionName: such as "VideoPortAllocatePool"
 *
 * Context: process context.
 * Return: its address, or NULL if vpmem does not have it.
 *
 * Follows VideoPortGetProcAddress of the Windows driver documentation.
 */
PVOID VideoPortGetProcAddress(PVOID HwDeviceExtension, PUCHAR FunctionName);

/**
 * VideoPortScanRom() - search a string in a ROM
 * @HwDeviceExtension: the adapter
 * @RomBase: address of the mapped ROM, or of a copy
 * @RomLength: size in bytes
 * @String: the string, terminated by a NUL, which is not searched for
 *
 * Context: any.
 * Return: TRUE if the string was found.
 *
 * Follows VideoPortScanRom of the Windows driver documentation.
 */
BOOLEAN VideoPortScanRom(PVOID HwDeviceExtension, PUCHAR RomBase, ULONG RomLength,
			 PUCHAR String);

/*
 * Calls that are not implemented
 */

/**
 * DOC: unsupported calls
 *
 * Drivers link against these calls. Each is logged and counted as ``unsupported``, and
 * fails as documented for Windows.
 *
 * Context: any.
 */

/* See videoagp.h. */
struct _VIDEO_PORT_AGP_SERVICES;

typedef enum _VIDEO_DEVICE_DATA_TYPE {
	VpMachineData = 0,
	VpCmosData = 1,
	VpBusData = 2,
	VpControllerData = 3,
	VpMonitorData = 4,
} VIDEO_DEVICE_DATA_TYPE, *PVIDEO_DEVICE_DATA_TYPE;

typedef VP_STATUS
(*PMINIPORT_QUERY_DEVICE_ROUTINE)(PVOID HwDeviceExtension, PVOID Context,
				  VIDEO_DEVICE_DATA_TYPE DeviceDataType,
				  PVOID Identifier, ULONG IdentifierLength,
				  PVOID ConfigurationData,
				  ULONG ConfigurationDataLength,
				  PVOID ComponentInformation,
				  ULONG ComponentInformationLength);

typedef VOID (*PVIDEO_BUGCHECK_CALLBACK)(PVOID HwDeviceExtension, ULONG BugcheckCode,
					 PUCHAR Buffer, ULONG BufferSize);

/* Values of Flag */
#define VIDEO_DUALVIEW_REMOVABLE	0x00000001
#define VIDEO_DUALVIEW_SECONDARY	0x40000000
#define VIDEO_DUALVIEW_PRIMARY		0x80000000

/**
 * VideoPortGetAgpServices() - is not supported
 * @HwDeviceExtension: the adapter
 * @AgpServices: is left alone
 *
 * Return: FALSE, always: there is no AGP.
 */
BOOLEAN VideoPortGetAgpServices(PVOID HwDeviceExtension,
				struct _VIDEO_PORT_AGP_SERVICES *AgpServices);

/**
 * VideoPortCreateSecondaryDisplay() - is not supported
 * @HwDeviceExtension: the adapter
 * @SecondaryDeviceExtension: receives NULL
 * @Flag: ignored
 *
 * Return: ERROR_INVALID_FUNCTION, always.
 */
VP_STATUS VideoPortCreateSecondaryDisplay(PVOID HwDeviceExtension,
					  PVOID *SecondaryDeviceExtension, ULONG Flag);

/**
 * VideoPortGetDeviceData() - is not supported
 * @HwDeviceExtension: the adapter
 * @DeviceDataType: ignored
 * @CallbackRoutine: is not called
 * @Context: ignored
 *
 * Return: ERROR_INVALID_PARAMETER, always.
 */
VP_STATUS VideoPortGetDeviceData(PVOID HwDeviceExtension,
				 VIDEO_DEVICE_DATA_TYPE DeviceDataType,
				 PMINIPORT_QUERY_DEVICE_ROUTINE CallbackRoutine,
				 PVOID Context);

/**
 * VideoPortSetTrappedEmulatorPorts() - is not supported
 * @HwDeviceExtension: the adapter
 * @NumAccessRanges: ignored
 * @AccessRange: ignored
 *
 * Return: NO_ERROR, always: no DOS program runs whose port accesses could be trapped.
 */
VP_STATUS VideoPortSetTrappedEmulatorPorts(PVOID HwDeviceExtension,
					   ULONG NumAccessRanges,
					   PVIDEO_ACCESS_RANGE AccessRange);

/**
 * VideoPortRegisterBugcheckCallback() - is not supported
 * @HwDeviceExtension: the adapter
 * @BugcheckCode: ignored
 * @Callback: is not called
 * @BugcheckDataSize: ignored
 *
 * Return: ERROR_INVALID_PARAMETER, always.
 */
VP_STATUS VideoPortRegisterBugcheckCallback(PVOID HwDeviceExtension,
					    ULONG BugcheckCode,
					    PVIDEO_BUGCHECK_CALLBACK Callback,
					    ULONG BugcheckDataSize);

typedef struct _VIDEO_DEBUG_REPORT *PVIDEO_DEBUG_REPORT;

/**
 * VideoPortDbgReportCreate() - is not supported
 * @HwDeviceExtension: the adapter
 * @ulCode: ignored
 * @ulpArg1: ignored
 * @ulpArg2: ignored
 * @ulpArg3: ignored
 * @ulpArg4: ignored
 *
 * Return: NULL, always.
 */
PVIDEO_DEBUG_REPORT VideoPortDbgReportCreate(PVOID HwDeviceExtension, ULONG ulCode,
					     ULONG_PTR ulpArg1, ULONG_PTR ulpArg2,
					     ULONG_PTR ulpArg3, ULONG_PTR ulpArg4);

/**
 * VideoPortDbgReportSecondaryData() - is not supported
 * @pReport: ignored, as there is none
 * @pvData: ignored
 * @ulDataSize: ignored
 *
 * Return: FALSE, always.
 */
BOOLEAN VideoPortDbgReportSecondaryData(PVIDEO_DEBUG_REPORT pReport, PVOID pvData,
					ULONG ulDataSize);

/**
 * VideoPortDbgReportComplete() - is not supported
 * @pReport: ignored, as there is none
 */
VOID VideoPortDbgReportComplete(PVIDEO_DEBUG_REPORT pReport);

/**
 * VideoPortGetAssociatedDeviceExtension() - is not supported
 * @DeviceObject: ignored; there are none, so it counts for no adapter
 *
 * Return: NULL, always.
 */
PVOID VideoPortGetAssociatedDeviceExtension(PVOID DeviceObject);

/**
 * VideoPortGetAssociatedDeviceID() - is not supported
 * @DeviceObject: ignored; there are none, so it counts for no adapter
 *
 * Return: 0, always.
 */
ULONG VideoPortGetAssociatedDeviceID(PVOID DeviceObject);

/*
 * Interrupts and deferred work
 */

typedef VOID (*PMINIPORT_DPC_ROUTINE)(PVOID HwDeviceExtension, PVOID Context);
typedef BOOLEAN (*PMINIPORT_SYNCHRONIZE_ROUTINE)(PVOID Context);

typedef enum {
	VpLowPriority = 0,
	VpMediumPriority = 1,
	VpHighPriority = 2,
} VIDEO_SYNCHRONIZE_PRIORITY, *PVIDEO_SYNCHRONIZE_PRIORITY;

/**
 * VideoPortQueueDpc() - call a routine later, in softirq context
 * @HwDeviceExtension: the adapter
 * @CallbackRoutine: called with softirqs off (DISPATCH_LEVEL)
 * @Context: for @CallbackRoutine
 *
 * Each adapter has one DPC.
 *
 * Context: any but NMI.
 * Return: TRUE; FALSE if the DPC is queued already and has not run yet.
 *
 * Follows VideoPortQueueDpc of the Windows driver documentation.
 */
BOOLEAN VideoPortQueueDpc(PVOID HwDeviceExtension,
			  PMINIPORT_DPC_ROUTINE CallbackRoutine, PVOID Context);

/**
 * VideoPortSynchronizeExecution() - call a routine synchronized with the interrupt
 * @HwDeviceExtension: the adapter
 * @Priority: VpHighPriority excludes HwInterrupt, VpMediumPriority the DPC and HwTimer,
 *	VpLowPriority nothing
 * @SynchronizeRoutine: the routine
 * @Context: for @SynchronizeRoutine
 *
 * Context: any but NMI; for VpMediumPriority not with interrupts off, which is a higher
 *	level.
 * Return: the result of @SynchronizeRoutine; FALSE if it was not called.
 *
 * Follows VideoPortSynchronizeExecution of the Windows driver documentation.
 */
BOOLEAN VideoPortSynchronizeExecution(PVOID HwDeviceExtension,
				      VIDEO_SYNCHRONIZE_PRIORITY Priority,
				      PMINIPORT_SYNCHRONIZE_ROUTINE SynchronizeRoutine,
				      PVOID Context);

/**
 * VideoPortEnableInterrupt() - connect HwInterrupt to the interrupt line
 * @HwDeviceExtension: the adapter
 *
 * If the miniport has a HwInterrupt, vpmem connects it before HwInitialize.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if there is no HwInterrupt or no line;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortEnableInterrupt of the Windows driver documentation.
 */
VP_STATUS VideoPortEnableInterrupt(PVOID HwDeviceExtension);

/**
 * VideoPortDisableInterrupt() - disconnect HwInterrupt from the interrupt line
 * @HwDeviceExtension: the adapter
 *
 * When the call returns, HwInterrupt is not running.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if HwInterrupt was not connected;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortDisableInterrupt of the Windows driver documentation.
 */
VP_STATUS VideoPortDisableInterrupt(PVOID HwDeviceExtension);

/**
 * VideoPortStartTimer() - call HwTimer once a second
 * @HwDeviceExtension: the adapter
 *
 * HwTimer runs in a work item, with softirqs off (DISPATCH_LEVEL).
 *
 * Context: any but NMI.
 *
 * Follows VideoPortStartTimer of the Windows driver documentation.
 */
VOID VideoPortStartTimer(PVOID HwDeviceExtension);

/**
 * VideoPortStopTimer() - stop the calls of HwTimer
 * @HwDeviceExtension: the adapter
 *
 * The call does not wait for a running HwTimer, which may be its caller.
 *
 * Context: any but NMI.
 *
 * Follows VideoPortStopTimer of the Windows driver documentation.
 */
VOID VideoPortStopTimer(PVOID HwDeviceExtension);

/**
 * VideoPortAcquireDeviceLock() - acquire the lock that is held during requests
 * @HwDeviceExtension: the adapter
 *
 * The lock is recursive: release it as often as you acquire it.
 *
 * Context: process context, may sleep; refused in atomic context.
 *
 * Follows VideoPortAcquireDeviceLock of the Windows driver documentation.
 */
VOID VideoPortAcquireDeviceLock(PVOID HwDeviceExtension);

/**
 * VideoPortReleaseDeviceLock() - release the device lock
 * @HwDeviceExtension: the adapter
 *
 * If the caller does not hold the lock, nothing is released, and the call is logged and
 * counted.
 *
 * Context: process context.
 *
 * Follows VideoPortReleaseDeviceLock of the Windows driver documentation.
 */
VOID VideoPortReleaseDeviceLock(PVOID HwDeviceExtension);

/*
 * Monitors
 */

/**
 * VideoPortEnumerateChildren() - enumerate the children of the adapter again
 * @HwDeviceExtension: the adapter
 * @Reserved: ignored
 *
 * Calls HwGetVideoChildDescriptor for the children from 1 on, and logs them, as vpmem
 * does once after HwInitialize.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if the adapter has no miniport, or no
 *	HwGetVideoChildDescriptor; ERROR_NOT_ENOUGH_MEMORY; ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortEnumerateChildren of the Windows driver documentation.
 */
VP_STATUS VideoPortEnumerateChildren(PVOID HwDeviceExtension, PVOID Reserved);

typedef VOID (*PVIDEO_WRITE_CLOCK_LINE)(PVOID HwDeviceExtension, UCHAR Data);
typedef VOID (*PVIDEO_WRITE_DATA_LINE)(PVOID HwDeviceExtension, UCHAR Data);
typedef BOOLEAN (*PVIDEO_READ_CLOCK_LINE)(PVOID HwDeviceExtension);
typedef BOOLEAN (*PVIDEO_READ_DATA_LINE)(PVOID HwDeviceExtension);
typedef VOID (*PVIDEO_WAIT_VSYNC_ACTIVE)(PVOID HwDeviceExtension);

/**
 * struct _I2C_CALLBACKS - access to the I2C lines of a monitor
 * @WriteClockLine: drives the clock line low for 0, releases it for 1
 * @WriteDataLine: drives the data line low for 0, releases it for 1
 * @ReadClockLine: returns whether the clock line is high; the monitor may drive it low
 * @ReadDataLine: returns whether the data line is high
 */
typedef struct _I2C_CALLBACKS {
	PVIDEO_WRITE_CLOCK_LINE WriteClockLine;
	PVIDEO_WRITE_DATA_LINE WriteDataLine;
	PVIDEO_READ_CLOCK_LINE ReadClockLine;
	PVIDEO_READ_DATA_LINE ReadDataLine;
} I2C_CALLBACKS, *PI2C_CALLBACKS;

/**
 * struct _DDC_CONTROL - argument of VideoPortDDCMonitorHelper()
 * @Size: size of the structure; with any other size, only @I2CCallbacks is used
 * @I2CCallbacks: the lines
 * @EdidSegment: number of the segment of 256 bytes to read
 */
typedef struct _DDC_CONTROL {
	ULONG Size;
	I2C_CALLBACKS I2CCallbacks;
	UCHAR EdidSegment;
} DDC_CONTROL, *PDDC_CONTROL;

/**
 * struct _I2C_FNC_TABLE - older form of DDC_CONTROL, which is accepted, too
 * @Size: size of the structure, which identifies it
 * @WriteClockLine: as in I2C_CALLBACKS
 * @WriteDataLine: as in I2C_CALLBACKS
 * @ReadClockLine: as in I2C_CALLBACKS
 * @ReadDataLine: as in I2C_CALLBACKS
 * @WaitVsync: ignored; it was for DDC1 monitors, which send their EDID with the vertical
 *	sync
 * @Reserved: ignored
 */
typedef struct _I2C_FNC_TABLE {
	ULONG Size;
	PVIDEO_WRITE_CLOCK_LINE WriteClockLine;
	PVIDEO_WRITE_DATA_LINE WriteDataLine;
	PVIDEO_READ_CLOCK_LINE ReadClockLine;
	PVIDEO_READ_DATA_LINE ReadDataLine;
	PVIDEO_WAIT_VSYNC_ACTIVE WaitVsync;
	PVOID Reserved;
} I2C_FNC_TABLE, *PI2C_FNC_TABLE;

/**
 * VideoPortDDCMonitorHelper() - read the EDID of a monitor
 * @HwDeviceExtension: the adapter
 * @DDCControl: a DDC_CONTROL or an I2C_FNC_TABLE
 * @EdidBuffer: receives the segment. The rest is zeroed: bytes beyond the segment, and
 *	the second block if the first does not announce it or it cannot be read
 * @EdidBufferSize: size in bytes
 *
 * Blocks of 128 bytes are read, up to three times each until the checksum is right, at
 * about 70 kHz, which takes about 20 ms. A block whose checksum stays wrong is returned,
 * with a message, if it begins with the header of an EDID or the tag of a CTA extension.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: TRUE if the first block was read and, in segment 0, has the header of an
 *	EDID.
 *
 * Follows VideoPortDDCMonitorHelper of the Windows driver documentation.
 */
BOOLEAN VideoPortDDCMonitorHelper(PVOID HwDeviceExtension, PVOID DDCControl,
				  PUCHAR EdidBuffer, ULONG EdidBufferSize);

/*
 * Entry points of a miniport, and VideoPortInitialize(), which registers them
 */

typedef enum _KINTERRUPT_MODE {
	LevelSensitive = 0,
	Latched = 1,
} KINTERRUPT_MODE;

typedef enum _DMA_WIDTH {
	Width8Bits = 0,
	Width16Bits = 1,
	Width32Bits = 2,
	MaximumDmaWidth = 5,
} DMA_WIDTH, *PDMA_WIDTH;

typedef enum _DMA_SPEED {
	Compatible = 0,
	TypeA = 1,
	TypeB = 2,
	TypeC = 3,
	TypeF = 4,
	MaximumDmaSpeed = 5,
} DMA_SPEED, *PDMA_SPEED;

typedef PVOID (*PVIDEO_PORT_GET_PROC_ADDRESS)(PVOID HwDeviceExtension,
					      PUCHAR FunctionName);

typedef struct _EMULATOR_ACCESS_ENTRY EMULATOR_ACCESS_ENTRY, *PEMULATOR_ACCESS_ENTRY;

/* Configuration that HwFindAdapter is passed, and completes */
typedef struct _VIDEO_PORT_CONFIG_INFO {
	ULONG Length;
	ULONG SystemIoBusNumber;
	INTERFACE_TYPE AdapterInterfaceType;
	ULONG BusInterruptLevel;
	ULONG BusInterruptVector;
	KINTERRUPT_MODE InterruptMode;
	ULONG NumEmulatorAccessEntries;
	PEMULATOR_ACCESS_ENTRY EmulatorAccessEntries;
	ULONG_PTR EmulatorAccessEntriesContext;
	PHYSICAL_ADDRESS VdmPhysicalVideoMemoryAddress;
	ULONG VdmPhysicalVideoMemoryLength;
	ULONG HardwareStateSize;
	ULONG DmaChannel;
	ULONG DmaPort;
	UCHAR DmaShareable;
	UCHAR InterruptShareable;
	BOOLEAN Master;
	DMA_WIDTH DmaWidth;
	DMA_SPEED DmaSpeed;
	BOOLEAN bMapBuffers;
	BOOLEAN NeedPhysicalAddresses;
	BOOLEAN DemandMode;
	ULONG MaximumTransferLength;
	ULONG NumberOfPhysicalBreaks;
	BOOLEAN ScatterGather;
	ULONG MaximumScatterGatherChunkSize;
	PVIDEO_PORT_GET_PROC_ADDRESS VideoPortGetProcAddress;
	__u16 *DriverRegistryPath;
	ULONGLONG SystemMemorySize;
} VIDEO_PORT_CONFIG_INFO, *PVIDEO_PORT_CONFIG_INFO;

typedef enum {
	Monitor = 1,
	NonPrimaryChip = 2,
	VideoChip = 3,
	Other = 4,
} VIDEO_CHILD_TYPE, *PVIDEO_CHILD_TYPE;

typedef struct _VIDEO_CHILD_ENUM_INFO {
	ULONG Size;
	ULONG ChildDescriptorSize;
	ULONG ChildIndex;
	ULONG ACPIHwId;
	PVOID ChildHwDeviceExtension;
} VIDEO_CHILD_ENUM_INFO, *PVIDEO_CHILD_ENUM_INFO;

/* HwId of the adapter itself, not of a child */
#define DISPLAY_ADAPTER_HW_ID	0xffffffff

struct _VIDEO_POWER_MANAGEMENT;
struct _QUERY_INTERFACE;

typedef VP_STATUS
(*PVIDEO_HW_FIND_ADAPTER)(PVOID HwDeviceExtension, PVOID HwContext,
			  __u16 *ArgumentString, PVIDEO_PORT_CONFIG_INFO ConfigInfo,
			  PUCHAR Again);
typedef BOOLEAN (*PVIDEO_HW_INITIALIZE)(PVOID HwDeviceExtension);
typedef BOOLEAN (*PVIDEO_HW_INTERRUPT)(PVOID HwDeviceExtension);
typedef BOOLEAN (*PVIDEO_HW_START_IO)(PVOID HwDeviceExtension,
				      PVIDEO_REQUEST_PACKET RequestPacket);
typedef BOOLEAN (*PVIDEO_HW_RESET_HW)(PVOID HwDeviceExtension, ULONG Columns,
				      ULONG Rows);
typedef VOID (*PVIDEO_HW_TIMER)(PVOID HwDeviceExtension);
typedef enum _HW_DMA_RETURN {
	DmaAsyncReturn,
	DmaSyncReturn,
} HW_DMA_RETURN, *PHW_DMA_RETURN;

typedef HW_DMA_RETURN
(*PVIDEO_HW_START_DMA)(PVOID HwDeviceExtension, PDMA Dma);
typedef VP_STATUS
(*PVIDEO_HW_POWER_SET)(PVOID HwDeviceExtension, ULONG HwId,
		       struct _VIDEO_POWER_MANAGEMENT *PowerState);
typedef VP_STATUS
(*PVIDEO_HW_POWER_GET)(PVOID HwDeviceExtension, ULONG HwId,
		       struct _VIDEO_POWER_MANAGEMENT *PowerState);
typedef VP_STATUS
(*PVIDEO_HW_GET_CHILD_DESCRIPTOR)(PVOID HwDeviceExtension,
				  PVIDEO_CHILD_ENUM_INFO ChildEnumInfo,
				  PVIDEO_CHILD_TYPE VideoChildType,
				  PUCHAR ChildDescriptor, PULONG UId,
				  PULONG Unused);
typedef VP_STATUS (*PVIDEO_HW_QUERY_INTERFACE)(PVOID HwDeviceExtension,
					       struct _QUERY_INTERFACE *Interface);
typedef VOID (*PVIDEO_HW_LEGACYRESOURCES)(ULONG VendorId, ULONG DeviceId,
					  PVIDEO_ACCESS_RANGE *LegacyResourceList,
					  PULONG LegacyResourceCount);

typedef struct _VIDEO_HW_INITIALIZATION_DATA {
	ULONG HwInitDataSize;
	INTERFACE_TYPE AdapterInterfaceType;
	PVIDEO_HW_FIND_ADAPTER HwFindAdapter;
	PVIDEO_HW_INITIALIZE HwInitialize;
	PVIDEO_HW_INTERRUPT HwInterrupt;
	PVIDEO_HW_START_IO HwStartIO;
	ULONG HwDeviceExtensionSize;
	ULONG StartingDeviceNumber;
	PVIDEO_HW_RESET_HW HwResetHw;
	PVIDEO_HW_TIMER HwTimer;
	PVIDEO_HW_START_DMA HwStartDma;
	PVIDEO_HW_POWER_SET HwSetPowerState;
	PVIDEO_HW_POWER_GET HwGetPowerState;
	PVIDEO_HW_GET_CHILD_DESCRIPTOR HwGetVideoChildDescriptor;
	PVIDEO_HW_QUERY_INTERFACE HwQueryInterface;
	ULONG HwChildDeviceExtensionSize;
	PVIDEO_ACCESS_RANGE HwLegacyResourceList;
	ULONG HwLegacyResourceCount;
	PVIDEO_HW_LEGACYRESOURCES HwGetLegacyResources;
	BOOLEAN AllowEarlyEnumeration;
	ULONG Reserved;
} VIDEO_HW_INITIALIZATION_DATA, *PVIDEO_HW_INITIALIZATION_DATA;

/**
 * VideoPortInitialize() - register the entry points of a miniport
 * @Context1: first argument of DriverEntry
 * @Context2: second argument of DriverEntry
 * @HwInitializationData: the entry points, which are copied. HwFindAdapter, HwInitialize
 *	and HwStartIO are required; the others may be NULL or, in the older and shorter
 *	forms of the structure, absent
 * @HwContext: for HwFindAdapter
 *
 * Call it in DriverEntry, up to 16 times: for each type of bus and each chip that the
 * miniport supports. It does not search for adapters. For each device vpmem then tries
 * the registrations for PCIBus (Isa in a driver for the legacy VGA; all of them if none
 * is for this bus) in order, until a HwFindAdapter returns NO_ERROR.
 *
 * Context: process context.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortInitialize of the Windows driver documentation.
 */
ULONG VideoPortInitialize(PVOID Context1, PVOID Context2,
			  PVIDEO_HW_INITIALIZATION_DATA HwInitializationData,
			  PVOID HwContext);

#endif /* VPMEM_PORT_H */
