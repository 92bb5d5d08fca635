// SPDX-License-Identifier: GPL-2.0-only
/*
 * The modes of the BIOS, as Windows describes modes.
 */
#include "vbe.h"

/* Values of Attributes */
#define VBE_SUPPORTED		0x0001
#define VBE_COLOR		0x0008
#define VBE_GRAPHICS		0x0010
#define VBE_LINEAR		0x0080

#define VBE_USABLE		(VBE_SUPPORTED | VBE_GRAPHICS | VBE_LINEAR)

/* Values of MemoryModel */
#define VBE_PACKED_PIXEL	4
#define VBE_DIRECT_COLOR	6

/* Bits for each channel in the DAC, which the BIOS gives 6 to begin with */
#define PALETTE_BITS		6

/* The frequency is the BIOS's affair: this is what Windows calls the default one. */
#define DEFAULT_FREQUENCY	1

/* A monitor that does not say is taken for one of this size. */
#define DEFAULT_WIDTH_MM	320
#define DEFAULT_HEIGHT_MM	240

/* VBE 3.0 tells linear modes apart from those in a window, in stride and format. */
static BOOLEAN
HasLinearFields(IN PVBE_EXTENSION Extension, IN PVBE_MODE_INFO Info)
{
	return Extension->Controller.Version >= 0x300 && Info->LinBytesPerScanLine;
}

static ULONG
Stride(IN PVBE_EXTENSION Extension, IN PVBE_MODE_INFO Info)
{
	return HasLinearFields(Extension, Info) ? Info->LinBytesPerScanLine :
						  Info->BytesPerScanLine;
}

/* A channel of more than its pixel, or that is shifted out of it, is not believed. */
static BOOLEAN
ChannelFits(IN VBE_CHANNEL Channel, IN ULONG BitsPerPixel)
{
	return Channel.Size && Channel.Size + Channel.Position <= BitsPerPixel;
}

static BOOLEAN
PixelIsUsable(IN PVBE_PIXEL Pixel, IN PVBE_MODE_INFO Info)
{
	if (Info->MemoryModel == VBE_PACKED_PIXEL)
		return Info->BitsPerPixel == 8;
	return Info->MemoryModel == VBE_DIRECT_COLOR && Info->BitsPerPixel <= 32 &&
	       ChannelFits(Pixel->Red, Info->BitsPerPixel) &&
	       ChannelFits(Pixel->Green, Info->BitsPerPixel) &&
	       ChannelFits(Pixel->Blue, Info->BitsPerPixel);
}

static BOOLEAN
GeometryIsUsable(IN PVBE_EXTENSION Extension, IN PVBE_MODE_INFO Info)
{
	ULONG Memory = Extension->Controller.TotalMemory64K * 0x10000;
	ULONG Line = Info->XResolution * ((Info->BitsPerPixel + 7) / 8);
	ULONG Bytes = Stride(Extension, Info);

	return Line && Line <= Bytes && Info->YResolution &&
	       Info->YResolution <= Memory / Bytes;
}

static ULONG
Mask(IN VBE_CHANNEL Channel)
{
	return (ULONG)(((1ULL << Channel.Size) - 1) << Channel.Position);
}

static VOID
FillDirectColor(OUT PVIDEO_MODE_INFORMATION Mode, IN PVBE_PIXEL Pixel)
{
	Mode->NumberRedBits = Pixel->Red.Size;
	Mode->NumberGreenBits = Pixel->Green.Size;
	Mode->NumberBlueBits = Pixel->Blue.Size;
	Mode->RedMask = Mask(Pixel->Red);
	Mode->GreenMask = Mask(Pixel->Green);
	Mode->BlueMask = Mask(Pixel->Blue);
}

static VOID
FillPalette(OUT PVIDEO_MODE_INFORMATION Mode)
{
	Mode->NumberRedBits = PALETTE_BITS;
	Mode->NumberGreenBits = PALETTE_BITS;
	Mode->NumberBlueBits = PALETTE_BITS;
	Mode->AttributeFlags |= VIDEO_MODE_PALETTE_DRIVEN | VIDEO_MODE_MANAGED_PALETTE;
}

static VOID
FillMonitor(IN PVBE_EXTENSION Extension, OUT PVIDEO_MODE_INFORMATION Mode)
{
	BOOLEAN Known = Extension->HasEdid && Extension->Edid.WidthInCm &&
			Extension->Edid.HeightInCm;

	Mode->Frequency = DEFAULT_FREQUENCY;
	Mode->XMillimeter = Known ? Extension->Edid.WidthInCm * 10 : DEFAULT_WIDTH_MM;
	Mode->YMillimeter = Known ? Extension->Edid.HeightInCm * 10 : DEFAULT_HEIGHT_MM;
}

static VOID
FillGeometry(IN PVBE_EXTENSION Extension, OUT PVIDEO_MODE_INFORMATION Mode,
	     IN PVBE_MODE_INFO Info)
{
	Mode->VisScreenWidth = Info->XResolution;
	Mode->VisScreenHeight = Info->YResolution;
	Mode->ScreenStride = Stride(Extension, Info);
	Mode->NumberOfPlanes = 1;
	Mode->BitsPerPlane = Info->BitsPerPixel;
	Mode->VideoMemoryBitmapWidth = Info->XResolution;
	Mode->VideoMemoryBitmapHeight = Info->YResolution;
	Mode->AttributeFlags = VIDEO_MODE_GRAPHICS | VIDEO_MODE_LINEAR;
	if (Info->Attributes & VBE_COLOR)
		Mode->AttributeFlags |= VIDEO_MODE_COLOR;
}

/* Takes the mode if it is one to use. */
static VOID
AddMode(IN PVBE_EXTENSION Extension, IN USHORT Number, IN PVBE_MODE_INFO Info)
{
	PVBE_PIXEL Pixel = HasLinearFields(Extension, Info) ? &Info->LinPixel :
							      &Info->Pixel;
	PVBE_MODE Mode = &Extension->Modes[Extension->NumModes];
	PVIDEO_MODE_INFORMATION Information = &Mode->Information;

	if ((Info->Attributes & VBE_USABLE) != VBE_USABLE || !Info->PhysBasePtr ||
	    !PixelIsUsable(Pixel, Info) || !GeometryIsUsable(Extension, Info))
		return;
	Mode->Number = Number;
	Mode->PhysBasePtr = Info->PhysBasePtr;
	Information->Length = sizeof(*Information);
	Information->ModeIndex = Extension->NumModes++;
	/* For a display driver that knows VBE. */
	Information->DriverSpecificAttributeFlags = Number;
	FillGeometry(Extension, Information, Info);
	FillMonitor(Extension, Information);
	if (Info->MemoryModel == VBE_DIRECT_COLOR)
		FillDirectColor(Information, Pixel);
	else
		FillPalette(Information);
}

VP_STATUS
VbeBuildModes(IN PVBE_EXTENSION Extension)
{
	ULONG Bytes = Extension->NumNumbers * sizeof(*Extension->Modes);
	VBE_MODE_INFO Info;
	ULONG i;

	if (!Extension->NumNumbers)
		return ERROR_DEV_NOT_EXIST;
	Extension->Modes = VideoPortAllocatePool(Extension, VpPagedPool, Bytes,
						 VBE_TAG_MODES);
	if (!Extension->Modes)
		return ERROR_NOT_ENOUGH_MEMORY;
	VideoPortZeroMemory(Extension->Modes, Bytes);
	for (i = 0; i < Extension->NumNumbers; i++)
		if (VbeGetModeInfo(Extension, Extension->Numbers[i], &Info) == NO_ERROR)
			AddMode(Extension, Extension->Numbers[i], &Info);
	return Extension->NumModes ? NO_ERROR : ERROR_DEV_NOT_EXIST;
}
