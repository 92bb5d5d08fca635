// SPDX-License-Identifier: GPL-2.0-only
/*
 * The VESA BIOS extensions, through the block that INT10 lends.
 */
#include "vbe.h"

#define VBE_GET_CONTROLLER	0x4f00
#define VBE_GET_MODE_INFO	0x4f01
#define VBE_SET_MODE		0x4f02
#define VBE_DDC			0x4f15

/* Call of VGA, which returns nothing */
#define VGA_SET_DAC		0x1012

#define DDC_CAPABILITIES	0
#define DDC_READ_EDID		1

#define VBE_SUCCEEDED		0x004f

#define VBE_LIST_END		0xffff

/* Where in the block. The list of modes may be behind what describes the controller. */
#define BLOCK_CONTROLLER	0
#define BLOCK_MODE_INFO		0x200
#define BLOCK_EDID		0x300
#define BLOCK_PALETTE		0x400
#define BLOCK_LENGTH		0x800

static const UCHAR EdidHeader[8] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };

VP_STATUS
VbeAllocateBlock(IN PVBE_EXTENSION Extension)
{
	ULONG Length = BLOCK_LENGTH;
	VP_STATUS Status;

	Status = Extension->Int10.Int10AllocateBuffer(Extension->Int10.Context,
						      &Extension->Segment,
						      &Extension->Offset, &Length);
	if (Status == NO_ERROR)
		Extension->BlockLength = Length;
	return Status;
}

VOID
VbeFreeBlock(IN PVBE_EXTENSION Extension)
{
	if (Extension->BlockLength)
		Extension->Int10.Int10FreeBuffer(Extension->Int10.Context,
						 Extension->Segment,
						 Extension->Offset);
	Extension->BlockLength = 0;
}

static VP_STATUS
ReadBlock(IN PVBE_EXTENSION Extension, IN USHORT Where, OUT PVOID Buffer,
	  IN ULONG Length)
{
	return Extension->Int10.Int10ReadMemory(Extension->Int10.Context,
						Extension->Segment,
						Extension->Offset + Where, Buffer,
						Length);
}

static VP_STATUS
ReadFar(IN PVBE_EXTENSION Extension, IN VBE_FAR_POINTER Pointer, OUT PVOID Buffer,
	IN ULONG Length)
{
	return Extension->Int10.Int10ReadMemory(Extension->Int10.Context,
						Pointer.Segment, Pointer.Offset, Buffer,
						Length);
}

/* The BIOS tells in AX whether it has the function, and how that went. */
static VP_STATUS
Call(IN PVBE_EXTENSION Extension, IN OUT PINT10_BIOS_ARGUMENTS Arguments)
{
	VP_STATUS Status;

	Status = Extension->Int10.Int10CallBios(Extension->Int10.Context, Arguments);
	if (Status != NO_ERROR)
		return Status;
	return (Arguments->Eax & 0xffff) == VBE_SUCCEEDED ? NO_ERROR :
							     ERROR_INVALID_FUNCTION;
}

/* Calls with ES:DI at this place of the block. */
static VP_STATUS
CallWithBlock(IN PVBE_EXTENSION Extension, IN OUT PINT10_BIOS_ARGUMENTS Arguments,
	      IN USHORT Where)
{
	Arguments->SegEs = Extension->Segment;
	Arguments->Edi = Extension->Offset + Where;
	return Call(Extension, Arguments);
}

/* A BIOS that does not have something points to 0:0, where the interrupt table is. */
static BOOLEAN
IsNull(IN VBE_FAR_POINTER Pointer)
{
	return !Pointer.Segment && !Pointer.Offset;
}

/* A string has no length: it ends within the buffer, or is cut off there. */
static VOID
ReadOemString(IN PVBE_EXTENSION Extension)
{
	Extension->OemString[0] = 0;
	if (IsNull(Extension->Controller.OemString))
		return;
	ReadFar(Extension, Extension->Controller.OemString, Extension->OemString,
		sizeof(Extension->OemString) - 1);
	Extension->OemString[sizeof(Extension->OemString) - 1] = 0;
}

/* The same place with an offset below 16, so that one can count on from it. */
static VBE_FAR_POINTER
NormalizeFar(IN VBE_FAR_POINTER Pointer)
{
	Pointer.Segment += Pointer.Offset >> 4;
	Pointer.Offset &= 0xf;
	return Pointer;
}

/* A number at a time, since nothing tells how many follow. */
static VOID
ReadModeList(IN PVBE_EXTENSION Extension)
{
	VBE_FAR_POINTER Pointer = NormalizeFar(Extension->Controller.VideoModes);
	USHORT Number;
	ULONG i;

	Extension->NumNumbers = 0;
	if (IsNull(Extension->Controller.VideoModes))
		return;
	for (i = 0; i < VBE_MAX_MODES; i++) {
		if (ReadFar(Extension, Pointer, &Number, sizeof(Number)) != NO_ERROR ||
		    Number == VBE_LIST_END)
			break;
		Extension->Numbers[i] = Number;
		Pointer.Offset += sizeof(Number);
	}
	Extension->NumNumbers = i;
}

/* The signature tells the BIOS that the caller expects version 2, and 512 bytes. */
VP_STATUS
VbeGetController(IN PVBE_EXTENSION Extension)
{
	INT10_BIOS_ARGUMENTS Arguments = { .Eax = VBE_GET_CONTROLLER };
	PVBE_CONTROLLER Controller = &Extension->Controller;
	VP_STATUS Status;

	Extension->Int10.Int10WriteMemory(Extension->Int10.Context, Extension->Segment,
					  Extension->Offset + BLOCK_CONTROLLER, "VBE2",
					  sizeof(Controller->Signature));
	Status = CallWithBlock(Extension, &Arguments, BLOCK_CONTROLLER);
	if (Status == NO_ERROR)
		Status = ReadBlock(Extension, BLOCK_CONTROLLER, Controller,
				   sizeof(*Controller));
	if (Status != NO_ERROR)
		return Status;
	if (VideoPortCompareMemory(Controller->Signature, "VESA",
				   sizeof(Controller->Signature)) !=
	    sizeof(Controller->Signature) || Controller->Version < 0x200)
		return ERROR_DEV_NOT_EXIST;
	ReadOemString(Extension);
	ReadModeList(Extension);
	return NO_ERROR;
}

VP_STATUS
VbeGetModeInfo(IN PVBE_EXTENSION Extension, IN USHORT Number, OUT PVBE_MODE_INFO Info)
{
	INT10_BIOS_ARGUMENTS Arguments = { .Eax = VBE_GET_MODE_INFO, .Ecx = Number };
	VP_STATUS Status;

	Status = CallWithBlock(Extension, &Arguments, BLOCK_MODE_INFO);
	if (Status != NO_ERROR)
		return Status;
	return ReadBlock(Extension, BLOCK_MODE_INFO, Info, sizeof(*Info));
}

static BOOLEAN
EdidIsWhole(IN PVBE_EDID Edid)
{
	PUCHAR Bytes = (PUCHAR)Edid;
	UCHAR Sum = 0;
	ULONG i;

	for (i = 0; i < sizeof(*Edid); i++)
		Sum += Bytes[i];
	return Sum == 0 &&
	       VideoPortCompareMemory(Edid->Header, (PVOID)EdidHeader,
				      sizeof(EdidHeader)) == sizeof(EdidHeader);
}

/* That there is no EDID is no error: many an adapter cannot ask its monitor. */
VOID
VbeGetEdid(IN PVBE_EXTENSION Extension)
{
	INT10_BIOS_ARGUMENTS Can = { .Eax = VBE_DDC, .Ebx = DDC_CAPABILITIES };
	INT10_BIOS_ARGUMENTS Read = { .Eax = VBE_DDC, .Ebx = DDC_READ_EDID };

	if (Call(Extension, &Can) == NO_ERROR &&
	    CallWithBlock(Extension, &Read, BLOCK_EDID) == NO_ERROR &&
	    ReadBlock(Extension, BLOCK_EDID, &Extension->Edid,
		      sizeof(Extension->Edid)) == NO_ERROR)
		Extension->HasEdid = EdidIsWhole(&Extension->Edid);
}

/*
 * Set colors of the palette, by the call of VGA: not every BIOS has that of VBE. Colors
 * have six bits.
 */
VP_STATUS
VbeSetPalette(IN PVBE_EXTENSION Extension, IN PVIDEO_CLUT Palette)
{
	INT10_BIOS_ARGUMENTS Arguments = {
		.Eax = VGA_SET_DAC,
		.Ebx = Palette->FirstEntry,
		.Ecx = Palette->NumEntries,
		.Edx = Extension->Offset + BLOCK_PALETTE,
		.SegEs = Extension->Segment,
	};
	PVIDEO_CLUTDATA Color = &Palette->LookupTable->RgbArray;
	UCHAR Colors[VBE_MAX_COLORS][3];
	VP_STATUS Status;
	ULONG i;

	for (i = 0; i < Palette->NumEntries; i++, Color++) {
		Colors[i][0] = Color->Red;
		Colors[i][1] = Color->Green;
		Colors[i][2] = Color->Blue;
	}
	Status = Extension->Int10.Int10WriteMemory(Extension->Int10.Context,
						   Extension->Segment,
						   Extension->Offset + BLOCK_PALETTE,
						   Colors, i * sizeof(Colors[0]));
	if (Status != NO_ERROR)
		return Status;
	return Extension->Int10.Int10CallBios(Extension->Int10.Context, &Arguments);
}

/* The number of a mode, with the bits that tell how to set it. */
VP_STATUS
VbeSetMode(IN PVBE_EXTENSION Extension, IN USHORT Mode)
{
	INT10_BIOS_ARGUMENTS Arguments = { .Eax = VBE_SET_MODE, .Ebx = Mode };

	return Call(Extension, &Arguments);
}
