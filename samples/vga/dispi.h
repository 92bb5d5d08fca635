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
#include "ntddvdeo.h"
#include "video.h"

/* Shown as DReg, DMod and DScr. */
#define DISPI_TAG_REGISTERS	('geRD')
#define DISPI_TAG_MODES		('doMD')
#define DISPI_TAG_SCREEN	('rcSD')

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

/* The unit of video memory; the first has the text and the font of a text mode. */
#define DISPI_BANK_LENGTH	0x10000

/* VGA registers that a mode changes: sequencer, CRT controller, graphics controller */
#define DISPI_VGA_REGISTERS	(5 + 25 + 9)

typedef struct _DISPI_EXTENSION {
	PHYSICAL_ADDRESS FrameBufferStart;
	ULONG FrameBufferLength;
	PUCHAR FrameBuffer;
	PUCHAR Registers;
	ULONG NumBanks;

	UCHAR SavedVga[DISPI_VGA_REGISTERS];
	PUSHORT SavedRegisters;
	PVOID SavedScreen;
	PULONG Scratch;		/* of a bank's length */
	PVIDEO_MODE_INFORMATION Modes;
	ULONG NumModes;
	PVIDEO_MODE_INFORMATION CurrentMode;

	/* A fault to look at: blocks that are to be left allocated. */
	ULONG BlocksToForget;
} DISPI_EXTENSION, *PDISPI_EXTENSION;

/* dispi.c: the hardware */

BOOLEAN
DispiIsThere(IN PDISPI_EXTENSION Extension);

BOOLEAN
DispiSaveState(IN PDISPI_EXTENSION Extension);

VOID
DispiRestoreState(IN PDISPI_EXTENSION Extension);

BOOLEAN
DispiTestMemory(IN PDISPI_EXTENSION Extension);

BOOLEAN
DispiBuildModes(IN PDISPI_EXTENSION Extension);

BOOLEAN
DispiSetMode(IN PDISPI_EXTENSION Extension, IN PVIDEO_MODE_INFORMATION Mode);

#endif /* DISPI_H */
