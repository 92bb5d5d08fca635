/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Definitions for miniports of every kind: pages, emulation of ports for DOS, PCI
 * configuration space, resource lists.
 */
#ifndef VPMEM_MINIPORT_H
#define VPMEM_MINIPORT_H

#include "basic.h"
#include "ntstatus.h"
#include "portnumber.h"
#include "vpmem-port.h"

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

typedef LONG (*PDRIVER_IO_PORT_UCHAR)(ULONG_PTR Context, ULONG Port,
					  UCHAR AccessMode, PUCHAR Data);
typedef LONG (*PDRIVER_IO_PORT_USHORT)(ULONG_PTR Context, ULONG Port,
					   UCHAR AccessMode, PUSHORT Data);
typedef LONG (*PDRIVER_IO_PORT_ULONG)(ULONG_PTR Context, ULONG Port,
					  UCHAR AccessMode, PULONG Data);
typedef LONG (*PDRIVER_IO_PORT_UCHAR_STRING)(ULONG_PTR Context, ULONG Port,
						 UCHAR AccessMode, PUCHAR Data,
						 ULONG DataLength);
typedef LONG (*PDRIVER_IO_PORT_USHORT_STRING)(ULONG_PTR Context, ULONG Port,
						  UCHAR AccessMode, PUSHORT Data,
						  ULONG DataLength);
typedef LONG (*PDRIVER_IO_PORT_ULONG_STRING)(ULONG_PTR Context, ULONG Port,
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

/* Members that all types of PCI configuration header begin with */
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
		struct vpmem_pci_header_type_1 type1; \
		struct vpmem_pci_header_type_2 type2; \
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

/* Configuration header of a PCI-to-PCI bridge */
struct vpmem_pci_header_type_1 {
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

/* Configuration header of a PCI-to-CardBus bridge */
struct vpmem_pci_header_type_2 {
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

#define PCI_STATUS_CAPABILITIES_LIST	0x0010
#define PCI_STATUS_66MHZ_CAPABLE	0x0020
#define PCI_STATUS_UDF_SUPPORTED	0x0040
#define PCI_STATUS_FAST_BACK_TO_BACK	0x0080
#define PCI_STATUS_DATA_PARITY_DETECTED	0x0100
#define PCI_STATUS_DEVSEL		0x0600
#define PCI_STATUS_SIGNALED_TARGET_ABORT 0x0800
#define PCI_STATUS_RECEIVED_TARGET_ABORT 0x1000
#define PCI_STATUS_RECEIVED_MASTER_ABORT 0x2000
#define PCI_STATUS_SIGNALED_SYSTEM_ERROR 0x4000
#define PCI_STATUS_DETECTED_PARITY_ERROR 0x8000

#define PCI_WHICHSPACE_CONFIG		0x0
#define PCI_WHICHSPACE_ROM		0x52696350

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

#include "pciclass.h"

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

typedef enum _EXTENDED_AGP_REGISTER {
	IsochStatus,
	AgpControl,
	ApertureSize,
	AperturePageSize,
	GartLow,
	GartHigh,
	IsochCommand,
} EXTENDED_AGP_REGISTER, *PEXTENDED_AGP_REGISTER;

typedef struct _PCI_AGP_ISOCH_STATUS {
	ULONG ErrorCode : 2;
	ULONG Rsvd1 : 1;
	ULONG Isoch_L : 3;
	ULONG Isoch_Y : 2;
	ULONG Isoch_N : 8;
	ULONG Rsvd2 : 16;
} PCI_AGP_ISOCH_STATUS, *PPCI_AGP_ISOCH_STATUS;

typedef struct _PCI_AGP_CONTROL {
	ULONG Rsvd1 : 7;
	ULONG GTLB_Enable : 1;
	ULONG AP_Enable : 1;
	ULONG CAL_Disable : 1;
	ULONG Rsvd2 : 22;
} PCI_AGP_CONTROL, *PPCI_AGP_CONTROL;

typedef struct _PCI_AGP_APERTURE_PAGE_SIZE {
	USHORT PageSizeMask : 11;
	USHORT Rsvd1 : 1;
	USHORT PageSizeSelect : 4;
} PCI_AGP_APERTURE_PAGE_SIZE, *PPCI_AGP_APERTURE_PAGE_SIZE;

typedef struct _PCI_AGP_ISOCH_COMMAND {
	USHORT Rsvd1 : 6;
	USHORT Isoch_Y : 2;
	USHORT Isoch_N : 8;
} PCI_AGP_ISOCH_COMMAND, *PPCI_AGP_ISOCH_COMMAND;

typedef struct _PCI_AGP_EXTENDED_CAPABILITY {
	PCI_AGP_ISOCH_STATUS IsochStatus;
	PCI_AGP_CONTROL AgpControl;
	USHORT ApertureSize;
	PCI_AGP_APERTURE_PAGE_SIZE AperturePageSize;
	ULONG GartLow;
	ULONG GartHigh;
	PCI_AGP_ISOCH_COMMAND IsochCommand;
} PCI_AGP_EXTENDED_CAPABILITY, *PPCI_AGP_EXTENDED_CAPABILITY;

typedef struct _PCI_MSI_CAPABILITY {
	PCI_CAPABILITIES_HEADER Header;
	struct {
		USHORT MSIEnable : 1;
		USHORT MultipleMessageCapable : 3;
		USHORT MultipleMessageEnable : 3;
		USHORT CapableOf64Bits : 1;
		USHORT Reserved : 8;
	} MessageControl;
	union {
		struct {
			ULONG Reserved : 2;
			ULONG Address : 30;
		} Register;
		ULONG Raw;
	} MessageAddress;
	union {
		struct {
			ULONG MessageUpperAddress;
			USHORT MessageData;
		} Bit64;
		struct {
			USHORT MessageData;
			ULONG Unused;
		} Bit32;
	} Data;
} PCI_MSI_CAPABILITY, *PPCI_PCI_CAPABILITY;

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

/* Minor codes of what WMI asks */
#define IRP_MN_QUERY_ALL_DATA		0x00
#define IRP_MN_QUERY_SINGLE_INSTANCE	0x01
#define IRP_MN_CHANGE_SINGLE_INSTANCE	0x02
#define IRP_MN_CHANGE_SINGLE_ITEM	0x03
#define IRP_MN_ENABLE_EVENTS		0x04
#define IRP_MN_DISABLE_EVENTS		0x05
#define IRP_MN_ENABLE_COLLECTION	0x06
#define IRP_MN_DISABLE_COLLECTION	0x07
#define IRP_MN_REGINFO			0x08
#define IRP_MN_EXECUTE_METHOD		0x09
#define IRP_MN_REGINFO_EX		0x0b

/*
 * Lists of resources
 */

typedef int CM_RESOURCE_TYPE;

#define CmResourceTypeNull		0
#define CmResourceTypePort		1
#define CmResourceTypeInterrupt		2
#define CmResourceTypeMemory		3
#define CmResourceTypeDma		4
#define CmResourceTypeDeviceSpecific	5
#define CmResourceTypeBusNumber		6
#define CmResourceTypeMaximum		7
#define CmResourceTypeNonArbitrated	128
#define CmResourceTypeConfigData	128
#define CmResourceTypeDevicePrivate	129
#define CmResourceTypePcCardConfig	130
#define CmResourceTypeMfCardConfig	131

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

#define CM_RESOURCE_DMA_8		0x0000
#define CM_RESOURCE_DMA_16		0x0001
#define CM_RESOURCE_DMA_32		0x0002
#define CM_RESOURCE_DMA_8_AND_16	0x0004
#define CM_RESOURCE_DMA_BUS_MASTER	0x0008
#define CM_RESOURCE_DMA_TYPE_A		0x0010
#define CM_RESOURCE_DMA_TYPE_B		0x0020
#define CM_RESOURCE_DMA_TYPE_F		0x0040

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
#include "minmax.h"
#include "interlocked.h"
#include "intrinsics.h"
#include "bits.h"
#include "large.h"

#define VPMEM_MINIPORT_COMPLETE

#endif /* VPMEM_MINIPORT_H */

#include "relied.h"
