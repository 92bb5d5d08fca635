/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Structures around a miniport that are in other kits than that of Windows Server 2003.
 */
#ifndef VPMEM_TYPES_VIDEO_H
#define VPMEM_TYPES_VIDEO_H

#include "../video.h"

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

typedef struct _MONITOR_CONFIGURATION_DATA {
	USHORT Version;
	USHORT Revision;
	USHORT HorizontalResolution;
	USHORT HorizontalDisplayTime;
	USHORT HorizontalBackPorch;
	USHORT HorizontalFrontPorch;
	USHORT HorizontalSync;
	USHORT VerticalResolution;
	USHORT VerticalBackPorch;
	USHORT VerticalFrontPorch;
	USHORT VerticalSync;
	USHORT HorizontalScreenSize;
	USHORT VerticalScreenSize;
} MONITOR_CONFIGURATION_DATA, *PMONITOR_CONFIGURATION_DATA;

typedef struct {
	BOOLEAN DefaultToBiosPolicy;
	UCHAR LevelCount;
	struct {
		UCHAR BatteryLevel;
		UCHAR Brightness;
	} Level[1];
} VIDEO_BRIGHTNESS_POLICY, *PVIDEO_BRIGHTNESS_POLICY;

typedef struct _VIDEO_MONITOR_DESCRIPTOR {
	ULONG DescriptorSize;
	UCHAR Descriptor[1];
} VIDEO_MONITOR_DESCRIPTOR, *PVIDEO_MONITOR_DESCRIPTOR;

typedef struct _VIDEO_PERFORMANCE_COUNTER {
	LARGE_INTEGER NbOfAllocationEvicted[10];
	LARGE_INTEGER NbOfAllocationMarked[10];
	LARGE_INTEGER NbOfAllocationRestored[10];
	LARGE_INTEGER KBytesEvicted[10];
	LARGE_INTEGER KBytesMarked[10];
	LARGE_INTEGER KBytesRestored[10];
	LARGE_INTEGER NbProcessCommited;
	LARGE_INTEGER NbAllocationCommited;
	LARGE_INTEGER NbAllocationMarked;
	LARGE_INTEGER KBytesAllocated;
	LARGE_INTEGER KBytesAvailable;
	LARGE_INTEGER KBytesCurMarked;
	LARGE_INTEGER Reference;
	LARGE_INTEGER Unreference;
	LARGE_INTEGER TrueReference;
	LARGE_INTEGER NbOfPageIn;
	LARGE_INTEGER KBytesPageIn;
	LARGE_INTEGER NbOfPageOut;
	LARGE_INTEGER KBytesPageOut;
	LARGE_INTEGER NbOfRotateOut;
	LARGE_INTEGER KBytesRotateOut;
} VIDEO_PERFORMANCE_COUNTER, *PVIDEO_PERFORMANCE_COUNTER;

typedef struct _VIDEO_QUERY_PERFORMANCE_COUNTER {
	ULONG BufferSize;
	VIDEO_PERFORMANCE_COUNTER *Buffer;
} VIDEO_QUERY_PERFORMANCE_COUNTER, *PVIDEO_QUERY_PERFORMANCE_COUNTER;

typedef VP_STATUS (*PROTECT_WC_MEMORY)(PVOID Context, PVOID HwDeviceExtension);
typedef VP_STATUS (*RESTORE_WC_MEMORY)(PVOID Context, PVOID HwDeviceExtension);

typedef struct _VIDEO_PORT_WCMEMORYPROTECTION_INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;

	PROTECT_WC_MEMORY VideoPortProtectWCMemory;
	RESTORE_WC_MEMORY VideoPortRestoreWCMemory;
} VIDEO_PORT_WCMEMORYPROTECTION_INTERFACE, *PVIDEO_PORT_WCMEMORYPROTECTION_INTERFACE;

typedef struct _VP_DMA_ADAPTER VP_DMA_ADAPTER;
typedef PVIDEO_BUGCHECK_CALLBACK PBUGCHECK_CALLBACK;
typedef VIDEO_PORT_AGP_SERVICES AGP_SERVICES, *PAGP_SERVICES;

/* Buses, widths and services that are numbered behind those */
#define Vmcs				((INTERFACE_TYPE)16)
#define ACPIBus				((INTERFACE_TYPE)17)
#define Width64Bits			((DMA_WIDTH)3)
#define WidthNoWrap			((DMA_WIDTH)4)
#define VideoPortServicesWCMemoryProtection	((VIDEO_PORT_SERVICES)6)

#endif /* VPMEM_TYPES_VIDEO_H */
