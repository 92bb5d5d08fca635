/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - the other half of the DDI: what a miniport calls next to memory, and where
 * it is called
 *
 * Miniport sources include this header through video.h. It has three parts: the
 * services, the interrupts and what is deferred, and the entry points of a miniport.
 * The Linux side of a driver is at the end of vpmem.h, and nothing else there depends
 * on what is here.
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
 * A port is what VideoPortGetDeviceBase() or VideoPortMapMemory() gave for ports, a
 * register what they gave for device memory. Values have the order of bytes of PCI,
 * which is little endian, on every machine. Buffers are copied as they are; a buffer
 * of ports goes through one port, a buffer of registers from register to register.
 * Counts are of items. On a machine that has no ports reading gives all ones and
 * writing does nothing.
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
 * @Microseconds: how long; more than a second is cut to a second, named and counted
 *
 * Context: any.
 *
 * Follows VideoPortStallExecution of the Windows driver documentation.
 */
VOID VideoPortStallExecution(ULONG Microseconds);

/**
 * VideoPortQuerySystemTime() - tell the time
 * @CurrentTime: receives it, in units of 100 ns since the beginning of 1601, UTC
 *
 * Context: any.
 *
 * Follows VideoPortQuerySystemTime of the Windows driver documentation.
 */
VOID VideoPortQuerySystemTime(PLARGE_INTEGER CurrentTime);

/**
 * VideoPortQueryPerformanceCounter() - tell a fine time
 * @HwDeviceExtension: the adapter; not looked at
 * @PerformanceFrequency: receives the ticks a second; may be NULL
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
 * @DebugPrintLevel: printed is what is not above the module parameter debug_level,
 *	which is Error unless set
 * @DebugMessage: a format of Windows; NULL prints nothing
 *
 * The conversions are d, i, u, x, X, o, c, C, s, S, p and Z, each with flags, width,
 * precision and size. Of numbers h makes 16 bits, l and L make 32, ll and I64 make 64,
 * and I, z and t what a pointer has. Of text l and w make it wide, h narrow; without a
 * size S and C are wide. Z is a counted string. What a precision excludes is not read.
 * Pointers are printed as Linux does it, hashed. Any other conversion is printed as it
 * stands, with all that follows.
 *
 * A message has up to 1024 characters. Each line of it is one in the log, where a
 * line of more than 200 continues in the next.
 *
 * Context: any.
 *
 * Follows VideoPortDebugPrint of the Windows driver documentation.
 */
VOID VideoPortDebugPrint(VIDEO_DEBUG_LEVEL DebugPrintLevel, char *DebugMessage, ...);

/**
 * VideoPortLogError() - put an error into the log
 * @HwDeviceExtension: the adapter
 * @Vrp: the request it came up in; may be NULL
 * @ErrorCode: what went wrong
 * @UniqueId: where in the miniport
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
 * VideoPortInterlockedIncrement() - add one, undisturbed
 * @Addend: what to add it to
 *
 * Context: any.
 * Return: the new value.
 *
 * Follows VideoPortInterlockedIncrement of the Windows driver documentation.
 */
LONG VideoPortInterlockedIncrement(PLONG Addend);

/**
 * VideoPortInterlockedDecrement() - subtract one, undisturbed
 * @Addend: what to subtract it from
 *
 * Context: any.
 * Return: the new value.
 *
 * Follows VideoPortInterlockedDecrement of the Windows driver documentation.
 */
LONG VideoPortInterlockedDecrement(PLONG Addend);

/**
 * VideoPortInterlockedExchange() - set a value, undisturbed
 * @Target: where
 * @Value: what to
 *
 * Context: any.
 * Return: the value before.
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
 * It is shown under Vprt.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_NOT_ENOUGH_MEMORY, also if this is not the context for the
 *	call; ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortCreateSpinLock of the Windows driver documentation.
 */
VP_STATUS VideoPortCreateSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK *SpinLock);

/**
 * VideoPortDeleteSpinLock() - delete a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock; NULL is counted and ignored
 *
 * One that is held is left alone, named and counted, as is what is no lock of the
 * adapter's.
 *
 * Context: any but NMI.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if it was not deleted.
 *
 * Follows VideoPortDeleteSpinLock of the Windows driver documentation.
 */
VP_STATUS VideoPortDeleteSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock);

/**
 * VideoPortAcquireSpinLock() - take a spin lock
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock
 * @OldIrql: receives what VideoPortGetCurrentIrql() said before
 *
 * Interrupts of this CPU are off until the release, so that HwInterrupt may take the
 * lock as well. To take it again where it is held is an error, which is named and
 * counted; the lock then has to be released as often as it was taken.
 *
 * Context: any but NMI.
 *
 * Follows VideoPortAcquireSpinLock of the Windows driver documentation.
 */
VOID VideoPortAcquireSpinLock(PVOID HwDeviceExtension, PSPIN_LOCK SpinLock,
			      PUCHAR OldIrql);

/**
 * VideoPortAcquireSpinLockAtDpcLevel() - take a spin lock where one cannot sleep
 * @HwDeviceExtension: the adapter
 * @SpinLock: the lock
 *
 * As VideoPortAcquireSpinLock(), wherever it is called.
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
 * @NewIrql: ignored: interrupts are again what they were
 *
 * A lock that the caller does not hold is left alone, named and counted.
 *
 * Context: where it was taken.
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
 * As VideoPortReleaseSpinLock().
 *
 * Context: where it was taken.
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
 * @EventFlag: SYNCHRONIZATION_EVENT, which one wait takes back, or
 *	NOTIFICATION_EVENT, which stays; and INITIAL_EVENT_SIGNALED, or not
 * @Unused: ignored
 * @ppEvent: receives it, or NULL
 *
 * It is shown under Vprt.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_NOT_ENOUGH_MEMORY, also if this is not the context for the
 *	call; ERROR_INVALID_PARAMETER.
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
 * One that somebody waits for is left alone, named and counted, as is what is no event
 * of the adapter's.
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
 * VideoPortClearEvent() - take the signal of an event back
 * @HwDeviceExtension: the adapter
 * @pEvent: the event
 *
 * Context: any but NMI.
 *
 * Follows VideoPortClearEvent of the Windows driver documentation.
 */
VOID VideoPortClearEvent(PVOID HwDeviceExtension, PEVENT pEvent);

/**
 * VideoPortReadStateEvent() - tell whether an event is signalled
 * @HwDeviceExtension: the adapter
 * @pEvent: the event
 *
 * Context: any but NMI.
 * Return: 1 or 0.
 *
 * Follows VideoPortReadStateEvent of the Windows driver documentation.
 */
LONG VideoPortReadStateEvent(PVOID HwDeviceExtension, PEVENT pEvent);

/**
 * VideoPortWaitForSingleObject() - wait for an event
 * @HwDeviceExtension: the adapter
 * @Object: the event; there is no other object to wait for
 * @TimeOut: in units of 100 ns. Negative it is how long to wait, positive until when,
 *	as VideoPortQuerySystemTime() tells it, zero not at all; NULL is for ever
 *
 * A wait ends when its process is killed, when the adapter is detached, and when a
 * request that waits keeps the driver of the adapter from being unbound.
 *
 * Context: process context, may sleep; refused where that is impossible, unless
 *	*@TimeOut is zero.
 * Return: NO_ERROR; WAIT_TIMEOUT; ERROR_INVALID_PARAMETER for what is no event of the
 *	adapter's, where one cannot sleep, and to who is killed or detached.
 *
 * Follows VideoPortWaitForSingleObject of the Windows driver documentation.
 */
VP_STATUS VideoPortWaitForSingleObject(PVOID HwDeviceExtension, PVOID Object,
				       PLARGE_INTEGER TimeOut);

/**
 * VideoPortGetCurrentIrql() - tell where one is, in terms of Windows
 *
 * Context: any.
 * Return: 0 (PASSIVE_LEVEL) where one may sleep, 2 (DISPATCH_LEVEL) where that is
 *	certainly impossible, 3 in a hard interrupt, 15 (HIGH_LEVEL) in an NMI.
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
 * @BusDataType: PCIConfiguration; there is no other
 * @SlotNumber: device in the bits 0 to 4, function in 5 to 7. 0, and that of the
 *	device itself, is the adapter's own configuration space, which is what drivers
 *	of Plug and Play mean; any other is that of its neighbour on the same bus
 * @Buffer: receives it
 * @Offset: where to begin
 * @Length: how many bytes
 *
 * Context: any but NMI.
 * Return: how many bytes were read; 0 if the adapter is not on PCI, or there is no
 *	such neighbour.
 *
 * Follows VideoPortGetBusData of the Windows driver documentation.
 */
ULONG VideoPortGetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length);

/**
 * VideoPortSetBusData() - write configuration space of PCI
 * @HwDeviceExtension: the adapter
 * @BusDataType: PCIConfiguration
 * @SlotNumber: as in VideoPortGetBusData(), but a neighbour is refused, named and
 *	counted
 * @Buffer: what to write
 * @Offset: where to begin
 * @Length: how many bytes
 *
 * Context: any but NMI.
 * Return: how many bytes were written.
 *
 * Follows VideoPortSetBusData of the Windows driver documentation.
 */
ULONG VideoPortSetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length);

/**
 * struct _VIDEO_ACCESS_RANGE - device memory, or ports
 * @RangeStart: where it begins
 * @RangeLength: size in bytes
 * @RangeInIoSpace: a mask of VIDEO_MEMORY_SPACE_*
 * @RangeVisible: not used
 * @RangeShareable: another driver may have it, too
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
 * VideoPortGetAccessRanges() - tell what the device has
 * @HwDeviceExtension: the adapter
 * @NumRequestedResources: ignored
 * @RequestedResources: ignored
 * @NumAccessRanges: how many there is room for
 * @AccessRanges: receives the memory and ports of the PCI device, in the order of its
 *	base address registers; what it has less of is zeroed. Of memory that a
 *	ULONG cannot count, the length is cut to whole pages
 * @VendorId: NULL, or the only USHORT that the device's may be
 * @DeviceId: the same
 * @Slot: NULL, or receives the slot of the device
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_MORE_DATA if the device has more than there is room for;
 *	ERROR_NO_MORE_DEVICES if the adapter is not on PCI or is another device than
 *	is asked for; ERROR_INVALID_PARAMETER.
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
 * @NumAccessRanges: how many; 0 releases all that were claimed
 * @AccessRanges: which; take the place of those that were claimed before
 *
 * What the PCI device has, and what belongs to VGA, is the adapter's in any case.
 * Anything else is requested from Linux, unless it is shareable, and is released by
 * vpmem_detach() at the latest. If the call fails, nothing is claimed. Entries of no
 * length are left out, and there may be 256.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if another driver has one of them;
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
 * VideoPortCheckForDeviceExistence() - tell whether the machine has a PCI device
 * @HwDeviceExtension: the adapter
 * @VendorId: whose device
 * @DeviceId: which
 * @RevisionId: counts only with CDE_USE_REVISION
 * @SubVendorId: counts only with CDE_USE_SUBSYSTEM_IDS
 * @SubSystemId: counts only with CDE_USE_SUBSYSTEM_IDS
 * @Flags: a mask of CDE_*
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: TRUE or FALSE.
 *
 * Follows VideoPortCheckForDeviceExistence of the Windows driver documentation.
 */
BOOLEAN VideoPortCheckForDeviceExistence(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags);

/* The same call, by the name that Windows misspells it with. */
BOOLEAN VideoPortCheckForDeviceExistance(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags);

/**
 * VideoPortGetVgaStatus() - tell whether the device answers for VGA
 * @HwDeviceExtension: the adapter
 * @VgaStatus: receives DEVICE_VGA_ENABLED or 0. An adapter that is not on PCI stands
 *	for the VGA of the machine, if that has one
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
 * @ParameterName: its name; upper and lower case are the same
 * @IsParameterFileName: whether it names a file, whose contents are asked for; there
 *	are no such values
 * @CallbackRoutine: is called with the value, before the call returns
 * @Context: for @CallbackRoutine
 *
 * The values are those that the miniport has set, vpmem_registry_set() has, or the
 * module parameter registry of a driver by vpmem_miniport_driver().
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: what @CallbackRoutine returned; ERROR_INVALID_PARAMETER if there is no such
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
 * @ValueData: the value; is copied
 * @ValueLength: size in bytes, up to 64 KiB
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER; ERROR_NOT_ENOUGH_MEMORY.
 *
 * Follows VideoPortSetRegistryParameters of the Windows driver documentation.
 */
VP_STATUS VideoPortSetRegistryParameters(PVOID HwDeviceExtension, __u16 *ValueName,
					 PVOID ValueData, ULONG ValueLength);

/**
 * VideoPortFlushRegistry() - does nothing: there is no disk below
 * @HwDeviceExtension: the adapter
 *
 * Context: any.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER if there is no such adapter. Some documents
 * have a status here, others nothing.
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
 * VideoPortGetVersion() - tell which Windows this is like
 * @HwDeviceExtension: the adapter
 * @pVpOsVersionInfo: with its Size set; receives 5.1, build 2600, service pack 3: the
 *	last one whose drivers call all of this
 *
 * Context: any.
 * Return: NO_ERROR; ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortGetVersion of the Windows driver documentation.
 */
VP_STATUS VideoPortGetVersion(PVOID HwDeviceExtension,
			      PVPOSVERSIONINFO pVpOsVersionInfo);

/**
 * VideoPortIsNoVesa() - tell whether VESA modes are forbidden
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
 * VideoPortScanRom() - look for a string in a ROM
 * @HwDeviceExtension: the adapter
 * @RomBase: where the ROM is mapped, or a copy of it
 * @RomLength: size in bytes
 * @String: the string, which ends with a NUL; the NUL is not looked for
 *
 * Context: any.
 * Return: TRUE if it is there.
 *
 * Follows VideoPortScanRom of the Windows driver documentation.
 */
BOOLEAN VideoPortScanRom(PVOID HwDeviceExtension, PUCHAR RomBase, ULONG RomLength,
			 PUCHAR String);

/*
 * Calls that are not implemented
 */

/**
 * DOC: what is not supplied
 *
 * Drivers link against these calls. Each is named in the log and counted as
 * unsupported, and fails in the way that is documented for it.
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
 * VideoPortGetAgpServices() - is not supplied
 * @HwDeviceExtension: the adapter
 * @AgpServices: is left alone
 *
 * Return: FALSE, always: there is no AGP.
 */
BOOLEAN VideoPortGetAgpServices(PVOID HwDeviceExtension,
				struct _VIDEO_PORT_AGP_SERVICES *AgpServices);

/**
 * VideoPortCreateSecondaryDisplay() - is not supplied
 * @HwDeviceExtension: the adapter
 * @SecondaryDeviceExtension: receives NULL
 * @Flag: ignored
 *
 * Return: ERROR_INVALID_FUNCTION, always.
 */
VP_STATUS VideoPortCreateSecondaryDisplay(PVOID HwDeviceExtension,
					  PVOID *SecondaryDeviceExtension, ULONG Flag);

/**
 * VideoPortGetDeviceData() - is not supplied
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
 * VideoPortSetTrappedEmulatorPorts() - is not supplied
 * @HwDeviceExtension: the adapter
 * @NumAccessRanges: ignored
 * @AccessRange: ignored
 *
 * Return: NO_ERROR, always: there are no programs whose ports could be trapped.
 */
VP_STATUS VideoPortSetTrappedEmulatorPorts(PVOID HwDeviceExtension,
					   ULONG NumAccessRanges,
					   PVIDEO_ACCESS_RANGE AccessRange);

/**
 * VideoPortRegisterBugcheckCallback() - is not supplied
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
 * VideoPortDbgReportCreate() - is not supplied
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
 * VideoPortDbgReportSecondaryData() - is not supplied
 * @pReport: ignored, as there is none
 * @pvData: ignored
 * @ulDataSize: ignored
 *
 * Return: FALSE, always.
 */
BOOLEAN VideoPortDbgReportSecondaryData(PVIDEO_DEBUG_REPORT pReport, PVOID pvData,
					ULONG ulDataSize);

/**
 * VideoPortDbgReportComplete() - is not supplied
 * @pReport: ignored, as there is none
 */
VOID VideoPortDbgReportComplete(PVIDEO_DEBUG_REPORT pReport);

/**
 * VideoPortGetAssociatedDeviceExtension() - is not supplied
 * @DeviceObject: ignored; there are none, so it counts for no adapter
 *
 * Return: NULL, always.
 */
PVOID VideoPortGetAssociatedDeviceExtension(PVOID DeviceObject);

/**
 * VideoPortGetAssociatedDeviceID() - is not supplied
 * @DeviceObject: ignored; there are none, so it counts for no adapter
 *
 * Return: 0, always.
 */
ULONG VideoPortGetAssociatedDeviceID(PVOID DeviceObject);

/*
 * Interrupts and what is deferred; of a device with a port object only
 */

typedef VOID (*PMINIPORT_DPC_ROUTINE)(PVOID HwDeviceExtension, PVOID Context);
typedef BOOLEAN (*PMINIPORT_SYNCHRONIZE_ROUTINE)(PVOID Context);

typedef enum {
	VpLowPriority = 0,
	VpMediumPriority = 1,
	VpHighPriority = 2,
} VIDEO_SYNCHRONIZE_PRIORITY, *PVIDEO_SYNCHRONIZE_PRIORITY;

/**
 * VideoPortQueueDpc() - have a routine called a little later
 * @HwDeviceExtension: the adapter
 * @CallbackRoutine: is called with softirqs off (DISPATCH_LEVEL)
 * @Context: for @CallbackRoutine
 *
 * There is one for each adapter.
 *
 * Context: any but NMI.
 * Return: TRUE; FALSE if the last one has not been called yet.
 *
 * Follows VideoPortQueueDpc of the Windows driver documentation.
 */
BOOLEAN VideoPortQueueDpc(PVOID HwDeviceExtension,
			  PMINIPORT_DPC_ROUTINE CallbackRoutine, PVOID Context);

/**
 * VideoPortSynchronizeExecution() - call a routine that nothing of the driver disturbs
 * @HwDeviceExtension: the adapter
 * @Priority: VpHighPriority keeps HwInterrupt out, VpMediumPriority the DPC and
 *	HwTimer, VpLowPriority nothing
 * @SynchronizeRoutine: the routine
 * @Context: for @SynchronizeRoutine
 *
 * Context: any but NMI; for VpMediumPriority not where interrupts are off, which is
 *	above it.
 * Return: what @SynchronizeRoutine returned; FALSE if it was not called.
 *
 * Follows VideoPortSynchronizeExecution of the Windows driver documentation.
 */
BOOLEAN VideoPortSynchronizeExecution(PVOID HwDeviceExtension,
				      VIDEO_SYNCHRONIZE_PRIORITY Priority,
				      PMINIPORT_SYNCHRONIZE_ROUTINE SynchronizeRoutine,
				      PVOID Context);

/**
 * VideoPortEnableInterrupt() - have HwInterrupt called
 * @HwDeviceExtension: the adapter
 *
 * An adapter of a port object begins so, if its miniport has a HwInterrupt.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if there is no HwInterrupt or no line;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortEnableInterrupt of the Windows driver documentation.
 */
VP_STATUS VideoPortEnableInterrupt(PVOID HwDeviceExtension);

/**
 * VideoPortDisableInterrupt() - end that HwInterrupt is called
 * @HwDeviceExtension: the adapter
 *
 * When it returns HwInterrupt is not running.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if it was not called anyway;
 *	ERROR_INVALID_PARAMETER.
 *
 * Follows VideoPortDisableInterrupt of the Windows driver documentation.
 */
VP_STATUS VideoPortDisableInterrupt(PVOID HwDeviceExtension);

/**
 * VideoPortStartTimer() - have HwTimer called once a second
 * @HwDeviceExtension: the adapter
 *
 * HwTimer runs with softirqs off (DISPATCH_LEVEL), in process context below that.
 *
 * Context: any but NMI.
 *
 * Follows VideoPortStartTimer of the Windows driver documentation.
 */
VOID VideoPortStartTimer(PVOID HwDeviceExtension);

/**
 * VideoPortStopTimer() - end that HwTimer is called
 * @HwDeviceExtension: the adapter
 *
 * HwTimer may call this itself, so one that runs is not waited for.
 *
 * Context: any but NMI.
 *
 * Follows VideoPortStopTimer of the Windows driver documentation.
 */
VOID VideoPortStopTimer(PVOID HwDeviceExtension);

/**
 * VideoPortAcquireDeviceLock() - take the lock that requests run under
 * @HwDeviceExtension: the adapter
 *
 * The task that holds it may take it again, and has to release it as often.
 *
 * Context: process context, may sleep; refused where that is impossible.
 *
 * Follows VideoPortAcquireDeviceLock of the Windows driver documentation.
 */
VOID VideoPortAcquireDeviceLock(PVOID HwDeviceExtension);

/**
 * VideoPortReleaseDeviceLock() - release it
 * @HwDeviceExtension: the adapter
 *
 * By a task that does not have it this is named, counted, and nothing is released.
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
 * VideoPortEnumerateChildren() - ask the miniport for its children once more
 * @HwDeviceExtension: the adapter
 * @Reserved: ignored
 *
 * HwGetVideoChildDescriptor is called for the children from 1 on, which are named in
 * the log, as it is once after HwInitialize.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: NO_ERROR; ERROR_INVALID_FUNCTION if the adapter has no miniport that could be
 *	asked; ERROR_NOT_ENOUGH_MEMORY; ERROR_INVALID_PARAMETER.
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
 * struct _I2C_CALLBACKS - how the lines to a monitor are moved
 * @WriteClockLine: pulls the clock down, with 0, or lets go of it, with 1
 * @WriteDataLine: the same for the data
 * @ReadClockLine: tells whether the clock is high; driver or monitor may pull it down
 * @ReadDataLine: the same for the data
 */
typedef struct _I2C_CALLBACKS {
	PVIDEO_WRITE_CLOCK_LINE WriteClockLine;
	PVIDEO_WRITE_DATA_LINE WriteDataLine;
	PVIDEO_READ_CLOCK_LINE ReadClockLine;
	PVIDEO_READ_DATA_LINE ReadDataLine;
} I2C_CALLBACKS, *PI2C_CALLBACKS;

/**
 * struct _DDC_CONTROL - what VideoPortDDCMonitorHelper() reads, and how
 * @Size: size of the structure; one of another size ends with @I2CCallbacks
 * @I2CCallbacks: the lines
 * @EdidSegment: which 256 bytes of the EDID
 */
typedef struct _DDC_CONTROL {
	ULONG Size;
	I2C_CALLBACKS I2CCallbacks;
	UCHAR EdidSegment;
} DDC_CONTROL, *PDDC_CONTROL;

/**
 * struct _I2C_FNC_TABLE - what there was before DDC_CONTROL, and is taken as well
 * @Size: size of the structure, by which it is told
 * @WriteClockLine: as in I2C_CALLBACKS
 * @WriteDataLine: as in I2C_CALLBACKS
 * @ReadClockLine: as in I2C_CALLBACKS
 * @ReadDataLine: as in I2C_CALLBACKS
 * @WaitVsync: ignored; it was for monitors that send their EDID in time with the picture
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
 * @EdidBuffer: receives it. The rest is zeroed: all behind the segment, and a second
 *	block that the first does not announce or that cannot be read
 * @EdidBufferSize: size in bytes
 *
 * Blocks of 128 bytes are read, up to three times each until their checksum is right,
 * at some 70 kHz. A block takes some 20 ms. A block whose checksum stays wrong is
 * returned with a message if it begins as it should: with the header of an EDID, or
 * with the tag of a CTA extension.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: TRUE if the first block was read and, in segment 0, has the header of an
 *	EDID.
 *
 * Follows VideoPortDDCMonitorHelper of the Windows driver documentation.
 */
BOOLEAN VideoPortDDCMonitorHelper(PVOID HwDeviceExtension, PVOID DDCControl,
				  PUCHAR EdidBuffer, ULONG EdidBufferSize);

/*
 * The entry points of a miniport, and VideoPortInitialize() that they are told to
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
 * VideoPortInitialize() - tell the entry points of a miniport
 * @Context1: what DriverEntry was given
 * @Context2: what DriverEntry was given
 * @HwInitializationData: the entry points; is copied. HwFindAdapter, HwInitialize and
 *	HwStartIO are needed, the others may be NULL or, in the older and shorter forms
 *	of the structure, absent
 * @HwContext: for HwFindAdapter
 *
 * Is called by DriverEntry, up to 16 times: for every type of bus and every chip that it
 * knows. No adapter is looked for yet. For each device HwFindAdapter of those for PCIBus,
 * or for Isa in a driver for the legacy VGA, is called in turn until one finds its
 * adapter; of all, if there are none for this bus.
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
