// SPDX-License-Identifier: GPL-2.0-only
/*
 * The adapter: finds it, lists its modes, sets one, and takes all of it back.
 */
#include "dispi.h"

/* Where BAR 2 has the VGA ports from 0x3c0 on, and the DISPI registers */
#define VGA_ATTRIBUTE		0x400
#define VGA_INPUT_STATUS	0x41a
#define DISPI_REGISTERS		0x500

#define ATTRIBUTE_SHOW_SCREEN	0x20

#define DISPI_ID		0xb0c0
#define DISPI_ID_MASK		0xfff0

/* Of DispiEnable */
#define DISPI_ENABLED		0x01
#define DISPI_GET_LIMITS	0x02
#define DISPI_LINEAR		0x40

static const struct {
	USHORT Width;
	USHORT Height;
} Sizes[] = {
	{ 640, 480 }, { 800, 600 }, { 1024, 768 }, { 1152, 864 }, { 1280, 720 },
	{ 1280, 800 }, { 1280, 1024 }, { 1366, 768 }, { 1440, 900 }, { 1600, 900 },
	{ 1600, 1200 }, { 1680, 1050 }, { 1920, 1080 }, { 1920, 1200 },
	{ 2048, 1536 }, { 2560, 1440 }, { 2560, 1600 }, { 3840, 2160 },
};

static const USHORT Depths[] = { 32, 16 };

typedef struct _DISPI_LIMITS {
	ULONG Width;
	ULONG Height;
	ULONG BitsPerPixel;
	ULONG Bytes;
} DISPI_LIMITS, *PDISPI_LIMITS;

static USHORT
DispiRead(IN PDISPI_EXTENSION Extension, IN ULONG Register)
{
	PUSHORT Registers = (PUSHORT)(Extension->Registers + DISPI_REGISTERS);

	return VideoPortReadRegisterUshort(&Registers[Register]);
}

static VOID
DispiWrite(IN PDISPI_EXTENSION Extension, IN ULONG Register, IN USHORT Value)
{
	PUSHORT Registers = (PUSHORT)(Extension->Registers + DISPI_REGISTERS);

	VideoPortWriteRegisterUshort(&Registers[Register], Value);
}

VOID
DispiFreePool(IN PDISPI_EXTENSION Extension, IN PVOID Block)
{
	if (Block && Extension->BlocksToForget)
		Extension->BlocksToForget--;
	else if (Block)
		VideoPortFreePool(Extension, Block);
}

/* Windows may reset an adapter at any IRQL, so what that needs is not paged. */
static BOOLEAN
DispiSaveRegisters(IN PDISPI_EXTENSION Extension)
{
	ULONG i;

	Extension->SavedRegisters =
		VideoPortAllocatePool(Extension, VpNonPagedPool,
				      DispiRegisterCount * sizeof(USHORT),
				      DISPI_TAG_REGISTERS);
	if (!Extension->SavedRegisters)
		return FALSE;
	for (i = 0; i < DispiRegisterCount; i++)
		Extension->SavedRegisters[i] = DispiRead(Extension, i);
	return TRUE;
}

static VOID
DispiRestoreRegisters(IN PDISPI_EXTENSION Extension)
{
	ULONG i;

	DispiWrite(Extension, DispiEnable, 0);
	for (i = DispiXRes; i <= DispiYOffset; i++)
		if (i != DispiEnable)
			DispiWrite(Extension, i, Extension->SavedRegisters[i]);
	DispiWrite(Extension, DispiEnable, Extension->SavedRegisters[DispiEnable]);
}

/* With DISPI_GET_LIMITS the registers of a mode give the largest there is. */
static VOID
DispiQueryLimits(IN PDISPI_EXTENSION Extension, OUT PDISPI_LIMITS Limits)
{
	USHORT Enable = DispiRead(Extension, DispiEnable);

	DispiWrite(Extension, DispiEnable, Enable | DISPI_GET_LIMITS);
	Limits->Width = DispiRead(Extension, DispiXRes);
	Limits->Height = DispiRead(Extension, DispiYRes);
	Limits->BitsPerPixel = DispiRead(Extension, DispiBitsPerPixel);
	DispiWrite(Extension, DispiEnable, Enable);

	Limits->Bytes = DispiRead(Extension, DispiVideoMemory64K) * 0x10000;
	if (Limits->Bytes > Extension->FrameBufferLength)
		Limits->Bytes = Extension->FrameBufferLength;
}

static BOOLEAN
DispiModeFits(IN PDISPI_LIMITS Limits, IN ULONG Size, IN ULONG Depth)
{
	ULONG Width = Sizes[Size].Width, Height = Sizes[Size].Height;

	return Width <= Limits->Width && Height <= Limits->Height &&
	       Depths[Depth] <= Limits->BitsPerPixel &&
	       Width * Height * (Depths[Depth] / 8) <= Limits->Bytes;
}

static VOID
DispiFillMode(OUT PVIDEO_MODE_INFORMATION Mode, IN ULONG Index, IN ULONG Size,
	      IN ULONG BitsPerPixel)
{
	BOOLEAN Deep = BitsPerPixel == 32;

	Mode->Length = sizeof(*Mode);
	Mode->ModeIndex = Index;
	Mode->VisScreenWidth = Sizes[Size].Width;
	Mode->VisScreenHeight = Sizes[Size].Height;
	Mode->ScreenStride = Sizes[Size].Width * (BitsPerPixel / 8);
	Mode->NumberOfPlanes = 1;
	Mode->BitsPerPlane = BitsPerPixel;
	Mode->Frequency = 60;
	Mode->XMillimeter = 320;
	Mode->YMillimeter = 240;
	Mode->NumberRedBits = Deep ? 8 : 5;
	Mode->NumberGreenBits = Deep ? 8 : 6;
	Mode->NumberBlueBits = Deep ? 8 : 5;
	Mode->RedMask = Deep ? 0xff0000 : 0xf800;
	Mode->GreenMask = Deep ? 0x00ff00 : 0x07e0;
	Mode->BlueMask = Deep ? 0x0000ff : 0x001f;
	Mode->AttributeFlags = VIDEO_MODE_COLOR | VIDEO_MODE_GRAPHICS |
			       VIDEO_MODE_LINEAR;
	Mode->VideoMemoryBitmapWidth = Mode->VisScreenWidth;
	Mode->VideoMemoryBitmapHeight = Mode->VisScreenHeight;
}

static BOOLEAN
DispiBuildModes(IN PDISPI_EXTENSION Extension)
{
	ULONG Bytes = RTL_NUMBER_OF(Sizes) * RTL_NUMBER_OF(Depths) *
		      sizeof(VIDEO_MODE_INFORMATION);
	DISPI_LIMITS Limits;
	ULONG Size, Depth;

	Extension->Modes = VideoPortAllocatePool(Extension, VpPagedPool, Bytes,
						 DISPI_TAG_MODES);
	if (!Extension->Modes)
		return FALSE;
	VideoPortZeroMemory(Extension->Modes, Bytes);
	DispiQueryLimits(Extension, &Limits);
	for (Size = 0; Size < RTL_NUMBER_OF(Sizes); Size++) {
		for (Depth = 0; Depth < RTL_NUMBER_OF(Depths); Depth++) {
			if (!DispiModeFits(&Limits, Size, Depth))
				continue;
			DispiFillMode(&Extension->Modes[Extension->NumModes],
				      Extension->NumModes, Size, Depths[Depth]);
			Extension->NumModes++;
		}
	}
	return Extension->NumModes != 0;
}

VP_STATUS NTAPI
DispiFindAdapter(IN PVOID HwDeviceExtension, IN PVOID HwContext,
		 IN PWSTR ArgumentString,
		 IN OUT PVIDEO_PORT_CONFIG_INFO ConfigInfo, OUT PUCHAR Again)
{
	PDISPI_EXTENSION Extension = HwDeviceExtension;
	PDISPI_RESOURCES Resources = HwContext;

	UNREFERENCED_PARAMETER(ArgumentString);

	Extension->Registers = Resources->Registers;
	Extension->FrameBuffer = Resources->FrameBuffer;
	Extension->FrameBufferLength = Resources->FrameBufferLength;
	Extension->BlocksToForget = Resources->BlocksToForget;
	if ((DispiRead(Extension, DispiId) & DISPI_ID_MASK) != DISPI_ID)
		return ERROR_DEV_NOT_EXIST;

	ConfigInfo->VdmPhysicalVideoMemoryAddress.QuadPart = 0;
	ConfigInfo->VdmPhysicalVideoMemoryLength = 0;
	ConfigInfo->HardwareStateSize = 0;
	*Again = FALSE;
	return NO_ERROR;
}

BOOLEAN NTAPI
DispiInitialize(IN PVOID HwDeviceExtension)
{
	PDISPI_EXTENSION Extension = HwDeviceExtension;

	return DispiSaveRegisters(Extension) && DispiBuildModes(Extension);
}

static PVIDEO_MODE_INFORMATION
DispiLookUpMode(IN PDISPI_EXTENSION Extension, IN ULONG Width, IN ULONG Height,
		IN ULONG BitsPerPixel)
{
	PVIDEO_MODE_INFORMATION Mode = Extension->Modes;
	ULONG i;

	for (i = 0; i < Extension->NumModes; i++, Mode++)
		if (Mode->VisScreenWidth == Width &&
		    Mode->VisScreenHeight == Height &&
		    Mode->BitsPerPlane == BitsPerPixel)
			return Mode;
	return NULL;
}

static VOID
DispiWriteMode(IN PDISPI_EXTENSION Extension, IN PVIDEO_MODE_INFORMATION Mode)
{
	DispiWrite(Extension, DispiEnable, 0);
	DispiWrite(Extension, DispiBitsPerPixel, Mode->BitsPerPlane);
	DispiWrite(Extension, DispiXRes, Mode->VisScreenWidth);
	DispiWrite(Extension, DispiYRes, Mode->VisScreenHeight);
	DispiWrite(Extension, DispiBank, 0);
	DispiWrite(Extension, DispiVirtWidth, Mode->VideoMemoryBitmapWidth);
	DispiWrite(Extension, DispiVirtHeight, Mode->VideoMemoryBitmapHeight);
	DispiWrite(Extension, DispiXOffset, 0);
	DispiWrite(Extension, DispiYOffset, 0);
	DispiWrite(Extension, DispiEnable, DISPI_ENABLED | DISPI_LINEAR);
}

/*
 * The attribute register takes an index and a value in turn; to read the status
 * makes the next write an index.
 */
static VOID
DispiShowScreen(IN PDISPI_EXTENSION Extension)
{
	VideoPortReadRegisterUchar(Extension->Registers + VGA_INPUT_STATUS);
	VideoPortWriteRegisterUchar(Extension->Registers + VGA_ATTRIBUTE,
				    ATTRIBUTE_SHOW_SCREEN);
}

VP_STATUS
DispiSetMode(IN PDISPI_EXTENSION Extension, IN ULONG Width, IN ULONG Height,
	     IN ULONG BitsPerPixel)
{
	PVIDEO_MODE_INFORMATION Mode;

	Mode = DispiLookUpMode(Extension, Width, Height, BitsPerPixel);
	if (!Mode)
		return ERROR_INVALID_PARAMETER;
	DispiWriteMode(Extension, Mode);
	if (DispiRead(Extension, DispiXRes) != Width ||
	    DispiRead(Extension, DispiVirtWidth) != Width)
		return ERROR_INVALID_FUNCTION;
	VideoPortZeroDeviceMemory(Extension->FrameBuffer,
				  Mode->ScreenStride * Height);
	DispiShowScreen(Extension);
	Extension->CurrentMode = Mode;
	return NO_ERROR;
}

/* Also undoes what a failed DispiInitialize has begun. */
BOOLEAN NTAPI
DispiResetHw(IN PVOID HwDeviceExtension, IN ULONG Columns, IN ULONG Rows)
{
	PDISPI_EXTENSION Extension = HwDeviceExtension;

	UNREFERENCED_PARAMETER(Columns);
	UNREFERENCED_PARAMETER(Rows);

	if (Extension->SavedRegisters)
		DispiRestoreRegisters(Extension);
	DispiFreePicture(Extension);
	DispiFreePool(Extension, Extension->Modes);
	DispiFreePool(Extension, Extension->SavedRegisters);
	Extension->Modes = NULL;
	Extension->SavedRegisters = NULL;
	Extension->CurrentMode = NULL;
	Extension->NumModes = 0;
	return TRUE;
}
