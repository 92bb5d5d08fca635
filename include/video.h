/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Structures that a video miniport shares with its port driver. The calls of the DDI are
 * in vpmem.h and vpmem-port.h; a call that is in neither is not implemented. Structures
 * of calls that only return an error are here, too.
 */
#ifndef VPMEM_VIDEO_H
#define VPMEM_VIDEO_H

#include "miniport.h"
#include "ntddvdeo.h"
#include "vpmem-port.h"

#define __VIDEO_H__

#define ALLOC_PRAGMA			1

/* Message of a debug build, with its arguments in a second pair of parentheses */
#ifndef VideoDebugPrint
#if defined(DBG) && DBG + 0
#define VideoDebugPrint(arguments)	VideoPortDebugPrint arguments
#else
#define VideoDebugPrint(arguments)	((void)0)
#endif
#endif

/* Form of one of Microsoft's headers */
#define VideoPortUnLockBuffer		VideoPortUnlockBuffer

/* Sizes of the older forms of two structures, for sources that tell which they are of. */
#define SIZE_OF_NT4_VIDEO_HW_INITIALIZATION_DATA \
	FIELD_OFFSET(VIDEO_HW_INITIALIZATION_DATA, HwStartDma)
#define SIZE_OF_W2K_VIDEO_HW_INITIALIZATION_DATA \
	FIELD_OFFSET(VIDEO_HW_INITIALIZATION_DATA, Reserved)
#define SIZE_OF_NT4_VIDEO_PORT_CONFIG_INFO \
	FIELD_OFFSET(VIDEO_PORT_CONFIG_INFO, Master)
#define SIZE_OF_WXP_VIDEO_PORT_CONFIG_INFO \
	sizeof(VIDEO_PORT_CONFIG_INFO)
#define SIZE_OF_WXP_VIDEO_HW_INITIALIZATION_DATA \
	sizeof(VIDEO_HW_INITIALIZATION_DATA)

/* Child enumeration and hot plugging */
#define VIDEO_INVALID_CHILD_ID		0xffffffff
#define VIDEO_ENUM_MORE_DEVICES		ERROR_CONTINUE
#define VIDEO_ENUM_NO_MORE_DEVICES	ERROR_NO_MORE_DEVICES
#define VIDEO_ENUM_INVALID_DEVICE	ERROR_INVALID_NAME

typedef struct _VIDEO_CHILD_STATE {
	ULONG Id;
	ULONG State;
} VIDEO_CHILD_STATE, *PVIDEO_CHILD_STATE;

typedef struct _VIDEO_CHILD_STATE_CONFIGURATION {
	ULONG Count;
	VIDEO_CHILD_STATE ChildStateArray[ANYSIZE_ARRAY];
} VIDEO_CHILD_STATE_CONFIGURATION, *PVIDEO_CHILD_STATE_CONFIGURATION;

typedef struct _VIDEO_HARDWARE_CONFIGURATION_DATA {
	INTERFACE_TYPE InterfaceType;
	ULONG BusNumber;
	USHORT Version;
	USHORT Revision;
	USHORT Irql;
	USHORT Vector;
	ULONG ControlBase;
	ULONG ControlSize;
	ULONG CursorBase;
	ULONG CursorSize;
	ULONG FrameBase;
	ULONG FrameSize;
} VIDEO_HARDWARE_CONFIGURATION_DATA, *PVIDEO_HARDWARE_CONFIGURATION_DATA;

/* Services that VideoPortQueryServices() does not have. */

#define VIDEO_DEBUG_REPORT_MAX_SIZE				0x8000
#define VIDEO_PORT_DEBUG_REPORT_INTERFACE_VERSION_1		1
#define VIDEO_PORT_WCMEMORYPROTECTION_INTERFACE_VERSION_1	1

typedef struct _VIDEO_PORT_DEBUG_REPORT_INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;

	PVIDEO_DEBUG_REPORT (*DbgReportCreate)(PVOID HwDeviceExtension, ULONG ulCode,
					       ULONG_PTR ulpArg1, ULONG_PTR ulpArg2,
					       ULONG_PTR ulpArg3, ULONG_PTR ulpArg4);
	BOOLEAN (*DbgReportSecondaryData)(PVIDEO_DEBUG_REPORT pReport, PVOID pvData,
					  ULONG ulDataSize);
	VOID (*DbgReportComplete)(PVIDEO_DEBUG_REPORT pReport);
} VIDEO_PORT_DEBUG_REPORT_INTERFACE, *PVIDEO_PORT_DEBUG_REPORT_INTERFACE;

#define VIDEO_PORT_I2C_INTERFACE_VERSION_1	1
#define VIDEO_PORT_I2C_INTERFACE_VERSION_2	2

typedef BOOLEAN (*PI2C_START)(PVOID HwDeviceExtension, PI2C_CALLBACKS I2CCallbacks);
typedef BOOLEAN (*PI2C_STOP)(PVOID HwDeviceExtension, PI2C_CALLBACKS I2CCallbacks);
typedef BOOLEAN (*PI2C_WRITE)(PVOID HwDeviceExtension, PI2C_CALLBACKS I2CCallbacks,
			      PUCHAR Buffer, ULONG Length);
typedef BOOLEAN (*PI2C_READ)(PVOID HwDeviceExtension, PI2C_CALLBACKS I2CCallbacks,
			     PUCHAR Buffer, ULONG Length);

typedef struct _VIDEO_PORT_I2C_INTERFACE {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PI2C_START I2CStart;
	PI2C_STOP I2CStop;
	PI2C_WRITE I2CWrite;
	PI2C_READ I2CRead;
} VIDEO_PORT_I2C_INTERFACE, *PVIDEO_PORT_I2C_INTERFACE;

typedef struct _VIDEO_I2C_CONTROL {
	PVIDEO_WRITE_CLOCK_LINE WriteClockLine;
	PVIDEO_WRITE_DATA_LINE WriteDataLine;
	PVIDEO_READ_CLOCK_LINE ReadClockLine;
	PVIDEO_READ_DATA_LINE ReadDataLine;
	ULONG I2CDelay;
} VIDEO_I2C_CONTROL, *PVIDEO_I2C_CONTROL;

typedef BOOLEAN (*PI2C_START_2)(PVOID HwDeviceExtension, PVIDEO_I2C_CONTROL I2CControl);
typedef BOOLEAN (*PI2C_STOP_2)(PVOID HwDeviceExtension, PVIDEO_I2C_CONTROL I2CControl);
typedef BOOLEAN (*PI2C_WRITE_2)(PVOID HwDeviceExtension, PVIDEO_I2C_CONTROL I2CControl,
				PUCHAR Buffer, ULONG Length);
typedef BOOLEAN (*PI2C_READ_2)(PVOID HwDeviceExtension, PVIDEO_I2C_CONTROL I2CControl,
			       PUCHAR Buffer, ULONG Length, BOOLEAN EndOfRead);

typedef struct _VIDEO_PORT_I2C_INTERFACE_2 {
	USHORT Size;
	USHORT Version;
	PVOID Context;
	PINTERFACE_REFERENCE InterfaceReference;
	PINTERFACE_DEREFERENCE InterfaceDereference;
	PI2C_START_2 I2CStart;
	PI2C_STOP_2 I2CStop;
	PI2C_WRITE_2 I2CWrite;
	PI2C_READ_2 I2CRead;
} VIDEO_PORT_I2C_INTERFACE_2, *PVIDEO_PORT_I2C_INTERFACE_2;

typedef struct _QUERY_INTERFACE {
	const GUID *InterfaceType;
	USHORT Size;
	USHORT Version;
	PINTERFACE Interface;
	PVOID InterfaceSpecificData;
} QUERY_INTERFACE, *PQUERY_INTERFACE;

/* Bug check data, which the port driver passes to the system's display driver */

#define BUGCHECK_DATA_SIZE_RESERVED	48

typedef VOID VIDEO_BUGCHECK_CALLBACK(PVOID HwDeviceExtension, ULONG BugcheckCode,
				     PUCHAR Buffer, ULONG BufferSize);

/* Scatter/gather element of the obsolete DMA interface */
typedef struct __VRB_SG {
	LONGLONG PhysicalAddress;
	ULONG Length;
} VRB_SG, *PVRB_SG;

/* Physical address of an address in the buffer, and the bytes that follow it contiguously */
#define GET_VIDEO_SCATTERGATHER(dma)	(**(PVRB_SG **)(dma))
#define GET_VIDEO_PHYSICAL_ADDRESS(list, address, buffer, length, physical) \
do { \
	ULONG_PTR vpmem_offset = (ULONG_PTR)((PCHAR)(address) - (PCHAR)(buffer)); \
\
	while (vpmem_offset >= (list)->Length) { \
		vpmem_offset -= (list)->Length; \
		(list)++; \
	} \
	*(length) = (ULONG)((list)->Length - vpmem_offset); \
	(physical) = (ULONG_PTR)((list)->PhysicalAddress + vpmem_offset); \
} while (0)

typedef VOID (*PVIDEO_HW_CHILD_CALLBACK)(PVOID HwDeviceExtension,
					 PVOID ChildDeviceExtension);

#include "videoagp.h"

/* Functions by their types, where a source declares its entry points with them */
typedef VP_STATUS VIDEO_HW_FIND_ADAPTER(PVOID HwDeviceExtension, PVOID HwContext,
					PWSTR ArgumentString,
					PVIDEO_PORT_CONFIG_INFO ConfigInfo,
					PUCHAR Again);
typedef BOOLEAN VIDEO_HW_INITIALIZE(PVOID HwDeviceExtension);
typedef BOOLEAN VIDEO_HW_INTERRUPT(PVOID HwDeviceExtension);
typedef BOOLEAN VIDEO_HW_START_IO(PVOID HwDeviceExtension,
				  PVIDEO_REQUEST_PACKET RequestPacket);
typedef BOOLEAN VIDEO_HW_RESET_HW(PVOID HwDeviceExtension, ULONG Columns, ULONG Rows);
typedef VOID VIDEO_HW_TIMER(PVOID HwDeviceExtension);
typedef VP_STATUS VIDEO_HW_POWER_SET(PVOID HwDeviceExtension, ULONG HwId,
				     PVIDEO_POWER_MANAGEMENT VideoPowerControl);
typedef VP_STATUS VIDEO_HW_POWER_GET(PVOID HwDeviceExtension, ULONG HwId,
				     PVIDEO_POWER_MANAGEMENT VideoPowerControl);
typedef VP_STATUS VIDEO_HW_GET_CHILD_DESCRIPTOR(PVOID HwDeviceExtension,
						PVIDEO_CHILD_ENUM_INFO ChildEnumInfo,
						PVIDEO_CHILD_TYPE VideoChildType,
						PUCHAR pChildDescriptor, PULONG pUId,
						PULONG pUnused);
typedef VP_STATUS VIDEO_HW_QUERY_INTERFACE(PVOID HwDeviceExtension,
					   PQUERY_INTERFACE QueryInterface);
typedef VOID VIDEO_HW_LEGACYRESOURCES(ULONG VendorId, ULONG DeviceId,
				      PVIDEO_ACCESS_RANGE *LegacyResourceList,
				      PULONG LegacyResourceCount);
typedef VOID MINIPORT_DPC_ROUTINE(PVOID HwDeviceExtension, PVOID Context);
typedef BOOLEAN MINIPORT_SYNCHRONIZE_ROUTINE(PVOID Context);
typedef VP_STATUS MINIPORT_GET_REGISTRY_ROUTINE(PVOID HwDeviceExtension, PVOID Context,
						PWSTR ValueName, PVOID ValueData,
						ULONG ValueLength);

#define VPMEM_VIDEO_COMPLETE

#endif /* VPMEM_VIDEO_H */

#include "relied.h"
