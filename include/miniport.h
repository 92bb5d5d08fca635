/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What miniports of every kind share on Windows: pages, emulation of ports for DOS,
 * configuration space of PCI, lists of resources.
 */
#ifndef VPMEM_MINIPORT_H
#define VPMEM_MINIPORT_H

#include "ntdef.h"
#include "ntstatus.h"
#include "portnumber.h"
#include "../vpmem-port.h"

/*
 * The page that a Windows source reckons with has 4 KiB whatever the kernel's is.
 * A larger one keeps it aligned.
 */
#ifndef PAGE_SIZE
#define PAGE_SIZE			0x1000
#endif
#ifndef PAGE_SHIFT
#define PAGE_SHIFT			12
#endif

#define _MINIPORT_

#define PASSIVE_LEVEL			0
#define LOW_LEVEL			0
#define APC_LEVEL			1
#define DISPATCH_LEVEL			2
#define CLOCK_LEVEL			13
#define CLOCK1_LEVEL			13
#define CLOCK2_LEVEL			13
#define IPI_LEVEL			14
#define POWER_LEVEL			14
#define PROFILE_LEVEL			15
#define HIGH_LEVEL			15

/* Whoever includes this where it is a miniport's knows these from there, too. */
typedef struct _DRIVER_OBJECT *PDRIVER_OBJECT;
typedef struct _DEVICE_OBJECT *PDEVICE_OBJECT;
typedef struct _IRP *PIRP;
typedef struct _MDL *PMDL;

/*
 * Ports that are emulated for DOS programs: there are none of these, and the tables
 * are not read.
 */

typedef enum _EMULATOR_PORT_ACCESS_TYPE {
	Uchar = 0,
	Ushort = 1,
	Ulong = 2,
} EMULATOR_PORT_ACCESS_TYPE, *PEMULATOR_PORT_ACCESS_TYPE;

#define EMULATOR_READ_ACCESS		0x01
#define EMULATOR_WRITE_ACCESS		0x02

struct _EMULATOR_ACCESS_ENTRY {
	ULONG BasePort;
	ULONG NumConsecutivePorts;
	EMULATOR_PORT_ACCESS_TYPE AccessType;
	UCHAR AccessMode;
	UCHAR StringSupport;
	PVOID Routine;
};

typedef NTSTATUS (*PDRIVER_IO_PORT_UCHAR)(ULONG_PTR Context, ULONG Port,
					  UCHAR AccessMode, PUCHAR Data);
typedef NTSTATUS (*PDRIVER_IO_PORT_USHORT)(ULONG_PTR Context, ULONG Port,
					   UCHAR AccessMode, PUSHORT Data);
typedef NTSTATUS (*PDRIVER_IO_PORT_ULONG)(ULONG_PTR Context, ULONG Port,
					  UCHAR AccessMode, PULONG Data);
typedef NTSTATUS (*PDRIVER_IO_PORT_UCHAR_STRING)(ULONG_PTR Context, ULONG Port,
						 UCHAR AccessMode, PUCHAR Data,
						 ULONG DataLength);
typedef NTSTATUS (*PDRIVER_IO_PORT_USHORT_STRING)(ULONG_PTR Context, ULONG Port,
						  UCHAR AccessMode, PUSHORT Data,
						  ULONG DataLength);
typedef NTSTATUS (*PDRIVER_IO_PORT_ULONG_STRING)(ULONG_PTR Context, ULONG Port,
						 UCHAR AccessMode, PULONG Data,
						 ULONG DataLength);

/*
 * Configuration space of PCI
 */

#define PCI_TYPE0_ADDRESSES		6
#define PCI_TYPE1_ADDRESSES		2
#define PCI_TYPE2_ADDRESSES		5

#define PCI_MAX_BRIDGE_NUMBER		0xff
#define PCI_MAX_DEVICES			32
#define PCI_MAX_FUNCTION		8

#define PCI_INVALID_VENDORID		0xffff

#define PCI_INVALID_ALTERNATE_FUNCTION_NUMBER	0xff

typedef struct _PCI_SLOT_NUMBER {
	union {
		struct {
			ULONG DeviceNumber : 5;
			ULONG FunctionNumber : 3;
			ULONG Reserved : 24;
		} bits;
		ULONG AsULONG;
	} u;
} PCI_SLOT_NUMBER, *PPCI_SLOT_NUMBER;

/* What both of the following begin with */
#define VPMEM_PCI_HEADER \
	USHORT VendorID; \
	USHORT DeviceID; \
	USHORT Command; \
	USHORT Status; \
	UCHAR RevisionID; \
	UCHAR ProgIf; \
	UCHAR SubClass; \
	UCHAR BaseClass; \
	UCHAR CacheLineSize; \
	UCHAR LatencyTimer; \
	UCHAR HeaderType; \
	UCHAR BIST; \
	union { \
		struct _PCI_HEADER_TYPE_0 type0; \
		struct _PCI_HEADER_TYPE_1 type1; \
		struct _PCI_HEADER_TYPE_2 type2; \
	} u

struct _PCI_HEADER_TYPE_0 {
	ULONG BaseAddresses[PCI_TYPE0_ADDRESSES];
	ULONG CIS;
	USHORT SubVendorID;
	USHORT SubSystemID;
	ULONG ROMBaseAddress;
	UCHAR CapabilitiesPtr;
	UCHAR Reserved1[3];
	ULONG Reserved2;
	UCHAR InterruptLine;
	UCHAR InterruptPin;
	UCHAR MinimumGrant;
	UCHAR MaximumLatency;
};

/* Of a bridge to PCI */
struct _PCI_HEADER_TYPE_1 {
	ULONG BaseAddresses[PCI_TYPE1_ADDRESSES];
	UCHAR PrimaryBus;
	UCHAR SecondaryBus;
	UCHAR SubordinateBus;
	UCHAR SecondaryLatency;
	UCHAR IOBase;
	UCHAR IOLimit;
	USHORT SecondaryStatus;
	USHORT MemoryBase;
	USHORT MemoryLimit;
	USHORT PrefetchBase;
	USHORT PrefetchLimit;
	ULONG PrefetchBaseUpper32;
	ULONG PrefetchLimitUpper32;
	USHORT IOBaseUpper16;
	USHORT IOLimitUpper16;
	UCHAR CapabilitiesPtr;
	UCHAR Reserved1[3];
	ULONG ROMBaseAddress;
	UCHAR InterruptLine;
	UCHAR InterruptPin;
	USHORT BridgeControl;
};

/* Of a bridge to CardBus */
struct _PCI_HEADER_TYPE_2 {
	ULONG SocketRegistersBaseAddress;
	UCHAR CapabilitiesPtr;
	UCHAR Reserved;
	USHORT SecondaryStatus;
	UCHAR PrimaryBus;
	UCHAR SecondaryBus;
	UCHAR SubordinateBus;
	UCHAR SecondaryLatency;
	struct {
		ULONG Base;
		ULONG Limit;
	} Range[PCI_TYPE2_ADDRESSES - 1];
	UCHAR InterruptLine;
	UCHAR InterruptPin;
	USHORT BridgeControl;
};

typedef struct _PCI_COMMON_HEADER {
	VPMEM_PCI_HEADER;
} PCI_COMMON_HEADER, *PPCI_COMMON_HEADER;

typedef struct _PCI_COMMON_CONFIG {
	VPMEM_PCI_HEADER;
	UCHAR DeviceSpecific[192];
} PCI_COMMON_CONFIG, *PPCI_COMMON_CONFIG;

#define PCI_COMMON_HDR_LENGTH		(FIELD_OFFSET(PCI_COMMON_CONFIG, DeviceSpecific))

/* Linux says these in its own way, where it says them at all. */
#define PCI_ENABLE_IO_SPACE		0x0001
#define PCI_ENABLE_MEMORY_SPACE		0x0002
#define PCI_ENABLE_BUS_MASTER		0x0004
#define PCI_ENABLE_SPECIAL_CYCLES	0x0008
#define PCI_ENABLE_WRITE_AND_INVALIDATE	0x0010
#define PCI_ENABLE_VGA_COMPATIBLE_PALETTE 0x0020
#define PCI_ENABLE_PARITY		0x0040
#define PCI_ENABLE_WAIT_CYCLE		0x0080
#define PCI_ENABLE_SERR			0x0100
#define PCI_ENABLE_FAST_BACK_TO_BACK	0x0200

#define PCI_ADDRESS_IO_SPACE		0x00000001
#define PCI_ADDRESS_MEMORY_TYPE_MASK	0x00000006
#define PCI_ADDRESS_MEMORY_PREFETCHABLE	0x00000008
#define PCI_ADDRESS_IO_ADDRESS_MASK	0xfffffffc
#define PCI_ADDRESS_MEMORY_ADDRESS_MASK	0xfffffff0
#define PCI_ADDRESS_ROM_ADDRESS_MASK	0xfffff800

#define PCI_TYPE_32BIT			0
#define PCI_TYPE_20BIT			2
#define PCI_TYPE_64BIT			4

#define PCI_ROMADDRESS_ENABLED		0x00000001

#define PCI_MULTIFUNCTION		0x80
#define PCI_DEVICE_TYPE			0x00
#define PCI_BRIDGE_TYPE			0x01
#define PCI_CARDBUS_BRIDGE_TYPE		0x02

#define PCI_CONFIGURATION_TYPE(config)	((config)->HeaderType & ~PCI_MULTIFUNCTION)
#define PCI_MULTIFUNCTION_DEVICE(config) \
	((BOOLEAN)(((config)->HeaderType & PCI_MULTIFUNCTION) != 0))

#define PCI_CLASS_PRE_20		0x00
#define PCI_CLASS_MASS_STORAGE_CTLR	0x01
#define PCI_CLASS_NETWORK_CTLR		0x02
#define PCI_CLASS_DISPLAY_CTLR		0x03
#define PCI_CLASS_MULTIMEDIA_DEV	0x04
#define PCI_CLASS_MEMORY_CTLR		0x05
#define PCI_CLASS_BRIDGE_DEV		0x06
#define PCI_CLASS_SIMPLE_COMMS_CTLR	0x07
#define PCI_CLASS_BASE_SYSTEM_DEV	0x08
#define PCI_CLASS_INPUT_DEV		0x09
#define PCI_CLASS_DOCKING_STATION	0x0a
#define PCI_CLASS_PROCESSOR		0x0b
#define PCI_CLASS_SERIAL_BUS_CTLR	0x0c
#define PCI_SUBCLASS_BR_HOST		0x00
#define PCI_SUBCLASS_BR_ISA		0x01
#define PCI_SUBCLASS_BR_EISA		0x02
#define PCI_SUBCLASS_BR_MCA		0x03
#define PCI_SUBCLASS_BR_PCI_TO_PCI	0x04
#define PCI_SUBCLASS_BR_PCMCIA		0x05
#define PCI_SUBCLASS_BR_NUBUS		0x06
#define PCI_SUBCLASS_BR_CARDBUS		0x07
#define PCI_SUBCLASS_BR_OTHER		0x80
#define PCI_SUBCLASS_MM_VIDEO_DEV	0x00
#define PCI_SUBCLASS_MM_AUDIO_DEV	0x01
#define PCI_SUBCLASS_MM_OTHER		0x80
#define PCI_SUBCLASS_PRE_20_NON_VGA	0x00
#define PCI_SUBCLASS_PRE_20_VGA		0x01
#define PCI_SUBCLASS_VID_VGA_CTLR	0x00
#define PCI_SUBCLASS_VID_XGA_CTLR	0x01
#define PCI_SUBCLASS_VID_OTHER		0x80

typedef struct _PCI_CAPABILITIES_HEADER {
	UCHAR CapabilityID;
	UCHAR Next;
} PCI_CAPABILITIES_HEADER, *PPCI_CAPABILITIES_HEADER;

#define PCI_CAPABILITY_ID_POWER_MANAGEMENT	0x01
#define PCI_CAPABILITY_ID_AGP			0x02
#define PCI_CAPABILITY_ID_VPD			0x03
#define PCI_CAPABILITY_ID_SLOT_ID		0x04
#define PCI_CAPABILITY_ID_MSI			0x05
#define PCI_CAPABILITY_ID_CPCI_HOTSWAP		0x06
#define PCI_CAPABILITY_ID_PCIX			0x07
#define PCI_CAPABILITY_ID_HYPERTRANSPORT	0x08
#define PCI_CAPABILITY_ID_VENDOR_SPECIFIC	0x09
#define PCI_CAPABILITY_ID_DEBUG_PORT		0x0a
#define PCI_CAPABILITY_ID_AGP_TARGET		0x0e
#define PCI_CAPABILITY_ID_PCI_EXPRESS		0x10
#define PCI_CAPABILITY_ID_MSIX			0x11

/* The capabilities of AGP and of power management */

typedef struct _PCI_AGP_CAPABILITY {
	PCI_CAPABILITIES_HEADER Header;
	USHORT Minor : 4;
	USHORT Major : 4;
	USHORT Rsvd1 : 8;
	struct _PCI_AGP_STATUS {
		ULONG Rate : 3;
		ULONG Agp3Mode : 1;
		ULONG FastWrite : 1;
		ULONG FourGB : 1;
		ULONG HostTransDisable : 1;
		ULONG Gart64 : 1;
		ULONG ITA_Coherent : 1;
		ULONG SideBandAddressing : 1;
		ULONG CalibrationCycle : 3;
		ULONG AsyncRequestSize : 3;
		ULONG Rsvd1 : 1;
		ULONG Isoch : 1;
		ULONG Rsvd2 : 6;
		ULONG RequestQueueDepthMaximum : 8;
	} AGPStatus;
	struct _PCI_AGP_COMMAND {
		ULONG Rate : 3;
		ULONG Rsvd1 : 1;
		ULONG FastWriteEnable : 1;
		ULONG FourGBEnable : 1;
		ULONG Rsvd2 : 1;
		ULONG Gart64 : 1;
		ULONG AGPEnable : 1;
		ULONG SBAEnable : 1;
		ULONG CalibrationCycle : 3;
		ULONG AsyncReqSize : 3;
		ULONG Rsvd3 : 8;
		ULONG RequestQueueDepth : 8;
	} AGPCommand;
} PCI_AGP_CAPABILITY, *PPCI_AGP_CAPABILITY;

#define PCI_AGP_RATE_1X			1
#define PCI_AGP_RATE_2X			2
#define PCI_AGP_RATE_4X			4

typedef struct _PCI_PMC {
	UCHAR Version : 3;
	UCHAR PMEClock : 1;
	UCHAR Rsvd1 : 1;
	UCHAR DeviceSpecificInitialization : 1;
	UCHAR Rsvd2 : 2;
	struct _PM_SUPPORT {
		UCHAR Rsvd2 : 1;
		UCHAR D1 : 1;
		UCHAR D2 : 1;
		UCHAR PMED0 : 1;
		UCHAR PMED1 : 1;
		UCHAR PMED2 : 1;
		UCHAR PMED3Hot : 1;
		UCHAR PMED3Cold : 1;
	} Support;
} PCI_PMC, *PPCI_PMC;

typedef struct _PCI_PMCSR {
	USHORT PowerState : 2;
	USHORT Rsvd1 : 6;
	USHORT PMEEnable : 1;
	USHORT DataSelect : 4;
	USHORT DataScale : 2;
	USHORT PMEStatus : 1;
} PCI_PMCSR, *PPCI_PMCSR;

typedef struct _PCI_PMCSR_BSE {
	UCHAR Rsvd1 : 6;
	UCHAR D3HotSupportsStopClock : 1;
	UCHAR BusPowerClockControlEnabled : 1;
} PCI_PMCSR_BSE, *PPCI_PMCSR_BSE;

typedef struct _PCI_PM_CAPABILITY {
	PCI_CAPABILITIES_HEADER Header;
	union {
		PCI_PMC Capabilities;
		USHORT AsUSHORT;
	} PMC;
	union {
		PCI_PMCSR ControlStatus;
		USHORT AsUSHORT;
	} PMCSR;
	union {
		PCI_PMCSR_BSE BridgeSupport;
		UCHAR AsUCHAR;
	} PMCSR_BSE;
	UCHAR Data;
} PCI_PM_CAPABILITY, *PPCI_PM_CAPABILITY;

/*
 * Lists of resources
 */

#define CmResourceTypeNull		0
#define CmResourceTypePort		1
#define CmResourceTypeInterrupt		2
#define CmResourceTypeMemory		3
#define CmResourceTypeDma		4
#define CmResourceTypeDeviceSpecific	5
#define CmResourceTypeBusNumber		6

#define CM_RESOURCE_INTERRUPT_LEVEL_SENSITIVE	0
#define CM_RESOURCE_INTERRUPT_LATCHED	1
#define CM_RESOURCE_MEMORY_READ_WRITE	0x0000
#define CM_RESOURCE_MEMORY_READ_ONLY	0x0001
#define CM_RESOURCE_MEMORY_WRITE_ONLY	0x0002
#define CM_RESOURCE_MEMORY_PREFETCHABLE	0x0004
#define CM_RESOURCE_MEMORY_COMBINEDWRITE	0x0008
#define CM_RESOURCE_MEMORY_24		0x0010
#define CM_RESOURCE_MEMORY_CACHEABLE	0x0020
#define CM_RESOURCE_PORT_MEMORY		0x0000
#define CM_RESOURCE_PORT_IO		0x0001
#define CM_RESOURCE_PORT_10_BIT_DECODE	0x0004
#define CM_RESOURCE_PORT_12_BIT_DECODE	0x0008
#define CM_RESOURCE_PORT_16_BIT_DECODE	0x0010
#define CM_RESOURCE_PORT_POSITIVE_DECODE	0x0020
#define CM_RESOURCE_PORT_PASSIVE_DECODE	0x0040
#define CM_RESOURCE_PORT_WINDOW_DECODE	0x0080

#define CmResourceShareUndetermined	0
#define CmResourceShareDeviceExclusive	1
#define CmResourceShareDriverExclusive	2
#define CmResourceShareShared		3

#define IO_RESOURCE_PREFERRED		0x01
#define IO_RESOURCE_DEFAULT		0x02
#define IO_RESOURCE_ALTERNATIVE		0x08

struct _IO_RESOURCE_DESCRIPTOR {
	UCHAR Option;
	UCHAR Type;
	UCHAR ShareDisposition;
	UCHAR Spare1;
	USHORT Flags;
	USHORT Spare2;
	union {
		struct {
			ULONG Length;
			ULONG Alignment;
			PHYSICAL_ADDRESS MinimumAddress;
			PHYSICAL_ADDRESS MaximumAddress;
		} Port;
		struct {
			ULONG Length;
			ULONG Alignment;
			PHYSICAL_ADDRESS MinimumAddress;
			PHYSICAL_ADDRESS MaximumAddress;
		} Memory;
		struct {
			ULONG MinimumVector;
			ULONG MaximumVector;
		} Interrupt;
		struct {
			ULONG MinimumChannel;
			ULONG MaximumChannel;
		} Dma;
	} u;
};

typedef struct _IO_RESOURCE_LIST {
	USHORT Version;
	USHORT Revision;
	ULONG Count;
	struct _IO_RESOURCE_DESCRIPTOR Descriptors[1];
} IO_RESOURCE_LIST, *PIO_RESOURCE_LIST;

#pragma pack(push, 4)

typedef struct _CM_PARTIAL_RESOURCE_DESCRIPTOR {
	UCHAR Type;
	UCHAR ShareDisposition;
	USHORT Flags;
	union {
		struct {
			PHYSICAL_ADDRESS Start;
			ULONG Length;
		} Generic;
		struct {
			PHYSICAL_ADDRESS Start;
			ULONG Length;
		} Port;
		struct {
			ULONG Level;
			ULONG Vector;
			ULONG_PTR Affinity;
		} Interrupt;
		struct {
			PHYSICAL_ADDRESS Start;
			ULONG Length;
		} Memory;
		struct {
			ULONG Channel;
			ULONG Port;
			ULONG Reserved1;
		} Dma;
		struct {
			ULONG DataSize;
			ULONG Reserved1;
			ULONG Reserved2;
		} DeviceSpecificData;
	} u;
} CM_PARTIAL_RESOURCE_DESCRIPTOR, *PCM_PARTIAL_RESOURCE_DESCRIPTOR;

typedef struct _CM_PARTIAL_RESOURCE_LIST {
	USHORT Version;
	USHORT Revision;
	ULONG Count;
	CM_PARTIAL_RESOURCE_DESCRIPTOR PartialDescriptors[1];
} CM_PARTIAL_RESOURCE_LIST, *PCM_PARTIAL_RESOURCE_LIST;

typedef struct _CM_FULL_RESOURCE_DESCRIPTOR {
	INTERFACE_TYPE InterfaceType;
	ULONG BusNumber;
	CM_PARTIAL_RESOURCE_LIST PartialResourceList;
} CM_FULL_RESOURCE_DESCRIPTOR, *PCM_FULL_RESOURCE_DESCRIPTOR;

typedef struct _CM_RESOURCE_LIST {
	ULONG Count;
	CM_FULL_RESOURCE_DESCRIPTOR List[1];
} CM_RESOURCE_LIST, *PCM_RESOURCE_LIST;

#pragma pack(pop)

#pragma pack(push, 1)

typedef struct _CM_VIDEO_DEVICE_DATA {
	USHORT Version;
	USHORT Revision;
	ULONG VideoClock;
} CM_VIDEO_DEVICE_DATA, *PCM_VIDEO_DEVICE_DATA;

typedef struct _CM_MONITOR_DEVICE_DATA {
	USHORT Version;
	USHORT Revision;
	USHORT HorizontalScreenSize;
	USHORT VerticalScreenSize;
	USHORT HorizontalResolution;
	USHORT VerticalResolution;
	USHORT HorizontalDisplayTimeLow;
	USHORT HorizontalDisplayTime;
	USHORT HorizontalDisplayTimeHigh;
	USHORT HorizontalBackPorchLow;
	USHORT HorizontalBackPorch;
	USHORT HorizontalBackPorchHigh;
	USHORT HorizontalFrontPorchLow;
	USHORT HorizontalFrontPorch;
	USHORT HorizontalFrontPorchHigh;
	USHORT HorizontalSyncLow;
	USHORT HorizontalSync;
	USHORT HorizontalSyncHigh;
	USHORT VerticalBackPorchLow;
	USHORT VerticalBackPorch;
	USHORT VerticalBackPorchHigh;
	USHORT VerticalFrontPorchLow;
	USHORT VerticalFrontPorch;
	USHORT VerticalFrontPorchHigh;
	USHORT VerticalSyncLow;
	USHORT VerticalSync;
	USHORT VerticalSyncHigh;
} CM_MONITOR_DEVICE_DATA, *PCM_MONITOR_DEVICE_DATA;

#pragma pack(pop)

/* PAGE_ALIGN() and its like, where Linux has not said them. */
#ifndef PAGE_ALIGN
#define PAGE_ALIGN(address)		((PVOID)((ULONG_PTR)(address) & ~(PAGE_SIZE - 1)))
#endif
#ifndef BYTE_OFFSET
#define BYTE_OFFSET(address)		((ULONG)((ULONG_PTR)(address) & (PAGE_SIZE - 1)))
#define ROUND_TO_PAGES(size) \
	(((ULONG_PTR)(size) + PAGE_SIZE - 1) & ~(ULONG_PTR)(PAGE_SIZE - 1))
#define BYTES_TO_PAGES(size) \
	((ULONG)(((size) >> PAGE_SHIFT) + (((size) & (PAGE_SIZE - 1)) != 0)))
#define ADDRESS_AND_SIZE_TO_SPAN_PAGES(address, size) \
	((ULONG)(((ULONG_PTR)BYTE_OFFSET(address) + (size) + PAGE_SIZE - 1) >> PAGE_SHIFT))
#endif

#include "guarded.h"
#include "oldbus.h"

#endif /* VPMEM_MINIPORT_H */
