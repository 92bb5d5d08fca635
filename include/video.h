/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a video miniport and its port driver share.
 *
 * The DDI's functions are in vpmem.h. One that is not there is not supplied yet, and
 * is not declared here either, so that the compiler names it.
 */
#ifndef VPMEM_VIDEO_H
#define VPMEM_VIDEO_H

#include "miniport.h"
#include "ntddvdeo.h"

/* As in the free builds of Windows; its arguments are in parentheses of their own. */
#ifndef VideoDebugPrint
#define VideoDebugPrint(arguments)	((void)0)
#endif

typedef struct _VIDEO_ACCESS_RANGE {
	PHYSICAL_ADDRESS RangeStart;
	ULONG RangeLength;
	UCHAR RangeInIoSpace;
	UCHAR RangeVisible;
	UCHAR RangeShareable;
	UCHAR RangePassive;
} VIDEO_ACCESS_RANGE, *PVIDEO_ACCESS_RANGE;

typedef void *(*PVIDEO_PORT_GET_PROC_ADDRESS)(PVOID HwDeviceExtension,
					      PUCHAR FunctionName);

typedef struct _EMULATOR_ACCESS_ENTRY EMULATOR_ACCESS_ENTRY, *PEMULATOR_ACCESS_ENTRY;

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
	PWSTR DriverRegistryPath;
	ULONGLONG SystemMemorySize;
} VIDEO_PORT_CONFIG_INFO, *PVIDEO_PORT_CONFIG_INFO;

typedef enum _VIDEO_CHILD_TYPE {
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

/* The routines of a miniport. Tables of them come with the port object. */

typedef VP_STATUS
(*PVIDEO_HW_FIND_ADAPTER)(PVOID HwDeviceExtension, PVOID HwContext,
			  PWSTR ArgumentString, PVIDEO_PORT_CONFIG_INFO ConfigInfo,
			  PUCHAR Again);
typedef BOOLEAN (*PVIDEO_HW_INITIALIZE)(PVOID HwDeviceExtension);
typedef BOOLEAN (*PVIDEO_HW_INTERRUPT)(PVOID HwDeviceExtension);
typedef BOOLEAN (*PVIDEO_HW_START_IO)(PVOID HwDeviceExtension,
				      PVIDEO_REQUEST_PACKET RequestPacket);
typedef BOOLEAN (*PVIDEO_HW_RESET_HW)(PVOID HwDeviceExtension, ULONG Columns,
				      ULONG Rows);
typedef void (*PVIDEO_HW_TIMER)(PVOID HwDeviceExtension);
typedef VP_STATUS
(*PVIDEO_HW_POWER_SET)(PVOID HwDeviceExtension, ULONG HwId,
		       PVIDEO_POWER_MANAGEMENT PowerState);
typedef VP_STATUS
(*PVIDEO_HW_POWER_GET)(PVOID HwDeviceExtension, ULONG HwId,
		       PVIDEO_POWER_MANAGEMENT PowerState);

#endif /* VPMEM_VIDEO_H */
