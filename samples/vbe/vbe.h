/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A miniport for any display adapter whose BIOS has VBE 2.0 or later: all that it
 * knows of the hardware it asks the BIOS for.
 */
#ifndef VBE_H
#define VBE_H

#include "ntdef.h"
#include "dderror.h"
#include "miniport.h"
#include "ntddvdeo.h"
#include "video.h"

/* Shown as VMod. */
#define VBE_TAG_MODES		('doMV')

/*
 * Structures that the BIOS fills, byte for byte. Unaligned integers are arrays here, so
 * that no compiler has to be told to pack anything.
 */

typedef struct _VBE_FAR_POINTER {
	USHORT Offset;
	USHORT Segment;
} VBE_FAR_POINTER, *PVBE_FAR_POINTER;

typedef struct _VBE_CONTROLLER {
	UCHAR Signature[4];
	USHORT Version;
	VBE_FAR_POINTER OemString;
	USHORT Capabilities[2];
	VBE_FAR_POINTER VideoModes;
	USHORT TotalMemory64K;
	USHORT OemSoftwareRev;
	VBE_FAR_POINTER OemVendorName;
	VBE_FAR_POINTER OemProductName;
	VBE_FAR_POINTER OemProductRev;
	UCHAR Reserved[222];
	UCHAR OemData[256];
} VBE_CONTROLLER, *PVBE_CONTROLLER;

typedef struct _VBE_CHANNEL {
	UCHAR Size;
	UCHAR Position;
} VBE_CHANNEL, *PVBE_CHANNEL;

typedef struct _VBE_PIXEL {
	VBE_CHANNEL Red;
	VBE_CHANNEL Green;
	VBE_CHANNEL Blue;
	VBE_CHANNEL Reserved;
} VBE_PIXEL, *PVBE_PIXEL;

typedef struct _VBE_MODE_INFO {
	USHORT Attributes;
	UCHAR WinAttributes[2];
	USHORT WinGranularity;
	USHORT WinSize;
	USHORT WinSegment[2];
	ULONG WinFuncPtr;
	USHORT BytesPerScanLine;
	USHORT XResolution;
	USHORT YResolution;
	UCHAR XCharSize;
	UCHAR YCharSize;
	UCHAR NumberOfPlanes;
	UCHAR BitsPerPixel;
	UCHAR NumberOfBanks;
	UCHAR MemoryModel;
	UCHAR BankSize;
	UCHAR NumberOfImagePages;
	UCHAR Reserved1;
	VBE_PIXEL Pixel;
	UCHAR DirectColorModeInfo;

	/* Since VBE 2.0 */
	ULONG PhysBasePtr;
	ULONG Reserved2;
	USHORT Reserved3;

	/* Since VBE 3.0 */
	USHORT LinBytesPerScanLine;
	UCHAR BnkNumberOfImagePages;
	UCHAR LinNumberOfImagePages;
	VBE_PIXEL LinPixel;
	USHORT MaxPixelClock[2];
	UCHAR Reserved4[190];
} VBE_MODE_INFO, *PVBE_MODE_INFO;

typedef struct _VBE_EDID {
	UCHAR Header[8];
	UCHAR Maker[2];
	UCHAR Product[11];
	UCHAR WidthInCm;
	UCHAR HeightInCm;
	UCHAR Colors[31];
	UCHAR Preferred[18];
	UCHAR Others[54];
	UCHAR Extensions;
	UCHAR Checksum;
} VBE_EDID, *PVBE_EDID;

C_ASSERT(sizeof(VBE_CONTROLLER) == 512);
C_ASSERT(FIELD_OFFSET(VBE_CONTROLLER, VideoModes) == 14);
C_ASSERT(FIELD_OFFSET(VBE_CONTROLLER, OemData) == 256);
C_ASSERT(sizeof(VBE_MODE_INFO) == 256);
C_ASSERT(FIELD_OFFSET(VBE_MODE_INFO, BytesPerScanLine) == 16);
C_ASSERT(FIELD_OFFSET(VBE_MODE_INFO, Pixel) == 31);
C_ASSERT(FIELD_OFFSET(VBE_MODE_INFO, PhysBasePtr) == 40);
C_ASSERT(FIELD_OFFSET(VBE_MODE_INFO, LinBytesPerScanLine) == 50);
C_ASSERT(FIELD_OFFSET(VBE_MODE_INFO, LinPixel) == 54);
C_ASSERT(sizeof(VBE_EDID) == 128);
C_ASSERT(FIELD_OFFSET(VBE_EDID, Preferred) == 54);

/* More modes than any BIOS has: a list without its end is read no further. */
#define VBE_MAX_MODES		256

/* Colors of a palette */
#define VBE_MAX_COLORS		256

#define OEM_STRING_LENGTH	81

typedef struct _VBE_MODE {
	USHORT Number;
	ULONG PhysBasePtr;
	VIDEO_MODE_INFORMATION Information;
} VBE_MODE, *PVBE_MODE;

typedef struct _VBE_EXTENSION {
	VIDEO_PORT_INT10_INTERFACE Int10;

	/* The block, which is there if its length is not 0 */
	USHORT Segment;
	USHORT Offset;
	ULONG BlockLength;

	VBE_CONTROLLER Controller;
	CHAR OemString[OEM_STRING_LENGTH];
	BOOLEAN HasEdid;
	VBE_EDID Edid;

	USHORT Numbers[VBE_MAX_MODES];	/* as the BIOS lists them */
	ULONG NumNumbers;
	PVBE_MODE Modes;		/* what of them can be used */
	ULONG NumModes;
	PVBE_MODE CurrentMode;
} VBE_EXTENSION, *PVBE_EXTENSION;

/* bios.c: what the BIOS is asked */

VP_STATUS
VbeAllocateBlock(IN PVBE_EXTENSION Extension);

VOID
VbeFreeBlock(IN PVBE_EXTENSION Extension);

VP_STATUS
VbeGetController(IN PVBE_EXTENSION Extension);

VP_STATUS
VbeGetModeInfo(IN PVBE_EXTENSION Extension, IN USHORT Number, OUT PVBE_MODE_INFO Info);

VOID
VbeGetEdid(IN PVBE_EXTENSION Extension);

VP_STATUS
VbeSetMode(IN PVBE_EXTENSION Extension, IN USHORT Mode);

VP_STATUS
VbeSetPalette(IN PVBE_EXTENSION Extension, IN PVIDEO_CLUT Palette);

/* modes.c: the modes that can be used */

VP_STATUS
VbeBuildModes(IN PVBE_EXTENSION Extension);

#endif /* VBE_H */
