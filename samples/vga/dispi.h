/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A miniport for the standard VGA adapter that QEMU emulates, which is programmed
 * through the Bochs DISPI registers.
 */
#ifndef DISPI_H
#define DISPI_H

#include "ntdef.h"
#include "dderror.h"
#include "miniport.h"
#include "video.h"

/* Shown as DReg, DMod and DLin. */
#define DISPI_TAG_REGISTERS	('geRD')
#define DISPI_TAG_MODES		('doMD')
#define DISPI_TAG_LINES		('niLD')

/* The registers, in the order of their numbers */
enum {
	DispiId,
	DispiXRes,
	DispiYRes,
	DispiBitsPerPixel,
	DispiEnable,
	DispiBank,
	DispiVirtWidth,
	DispiVirtHeight,
	DispiXOffset,
	DispiYOffset,
	DispiVideoMemory64K,
	DispiRegisterCount
};

/* The HwContext of DispiFindAdapter */
typedef struct _DISPI_RESOURCES {
	PUCHAR Registers;
	PVOID FrameBuffer;
	ULONG FrameBufferLength;
	ULONG BlocksToForget;
} DISPI_RESOURCES, *PDISPI_RESOURCES;

typedef struct _DISPI_EXTENSION {
	PUCHAR Registers;
	PUCHAR FrameBuffer;
	ULONG FrameBufferLength;

	PUSHORT SavedRegisters;
	PVIDEO_MODE_INFORMATION Modes;
	ULONG NumModes;
	PVIDEO_MODE_INFORMATION CurrentMode;

	PUCHAR Lines;		/* what is being drawn */
	PUCHAR ReadBack;	/* what the frame buffer made of it */

	/* A fault to look at: blocks that DispiResetHw is to leave allocated. */
	ULONG BlocksToForget;
} DISPI_EXTENSION, *PDISPI_EXTENSION;

/* dispi.c */

VP_STATUS NTAPI
DispiFindAdapter(IN PVOID HwDeviceExtension, IN PVOID HwContext,
		 IN PWSTR ArgumentString,
		 IN OUT PVIDEO_PORT_CONFIG_INFO ConfigInfo, OUT PUCHAR Again);

BOOLEAN NTAPI
DispiInitialize(IN PVOID HwDeviceExtension);

VP_STATUS
DispiSetMode(IN PDISPI_EXTENSION Extension, IN ULONG Width, IN ULONG Height,
	     IN ULONG BitsPerPixel);

BOOLEAN NTAPI
DispiResetHw(IN PVOID HwDeviceExtension, IN ULONG Columns, IN ULONG Rows);

VOID
DispiFreePool(IN PDISPI_EXTENSION Extension, IN PVOID Block);

/* picture.c */

VP_STATUS
DispiDrawPicture(IN PDISPI_EXTENSION Extension);

VOID
DispiFreePicture(IN PDISPI_EXTENSION Extension);

/* Of the port driver; vpmem does not have them yet, and glue.c stands in. */

UCHAR NTAPI
VideoPortReadRegisterUchar(IN PUCHAR Register);

USHORT NTAPI
VideoPortReadRegisterUshort(IN PUSHORT Register);

VOID NTAPI
VideoPortWriteRegisterUchar(IN PUCHAR Register, IN UCHAR Value);

VOID NTAPI
VideoPortWriteRegisterUshort(IN PUSHORT Register, IN USHORT Value);

#endif /* DISPI_H */
