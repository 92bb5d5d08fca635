// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hardware: its registers, its memory, its modes.
 */
#include "dispi.h"

/* Where BAR 2 has the VGA ports from 0x3c0 on, and the DISPI registers */
#define VGA_ATTRIBUTE		0x400
#define VGA_SEQUENCER		0x404
#define VGA_GRAPHICS		0x40e
#define VGA_CRTC		0x414
#define VGA_INPUT_STATUS	0x41a
#define DISPI_REGISTERS		0x500

#define ATTRIBUTE_SHOW_SCREEN	0x20

#define CRTC_VERTICAL_SYNC_END	0x11	/* which also locks the first registers */

#define DISPI_ID		0xb0c0
#define DISPI_ID_MASK		0xfff0

/* Values of DispiEnable */
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

BOOLEAN
DispiIsThere(IN PDISPI_EXTENSION Extension)
{
	return (DispiRead(Extension, DispiId) & DISPI_ID_MASK) == DISPI_ID;
}

/* Each has an index, and behind it the register of that index. */
static const struct {
	ULONG Port;
	ULONG Count;
} VgaGroups[] = {
	{ VGA_SEQUENCER, 5 }, { VGA_CRTC, 25 }, { VGA_GRAPHICS, 9 },
};

static UCHAR
VgaRead(IN PDISPI_EXTENSION Extension, IN ULONG Port, IN UCHAR Index)
{
	VideoPortWriteRegisterUchar(Extension->Registers + Port, Index);
	return VideoPortReadRegisterUchar(Extension->Registers + Port + 1);
}

static VOID
VgaWrite(IN PDISPI_EXTENSION Extension, IN ULONG Port, IN UCHAR Index, IN UCHAR Value)
{
	VideoPortWriteRegisterUchar(Extension->Registers + Port, Index);
	VideoPortWriteRegisterUchar(Extension->Registers + Port + 1, Value);
}

static VOID
SaveVga(IN PDISPI_EXTENSION Extension)
{
	PUCHAR Saved = Extension->SavedVga;
	ULONG Group, i;

	for (Group = 0; Group < RTL_NUMBER_OF(VgaGroups); Group++)
		for (i = 0; i < VgaGroups[Group].Count; i++)
			*Saved++ = VgaRead(Extension, VgaGroups[Group].Port, (UCHAR)i);
}

static VOID
RestoreVga(IN PDISPI_EXTENSION Extension)
{
	PUCHAR Saved = Extension->SavedVga;
	ULONG Group, i;

	VgaWrite(Extension, VGA_CRTC, CRTC_VERTICAL_SYNC_END, 0);
	for (Group = 0; Group < RTL_NUMBER_OF(VgaGroups); Group++)
		for (i = 0; i < VgaGroups[Group].Count; i++)
			VgaWrite(Extension, VgaGroups[Group].Port, (UCHAR)i, *Saved++);
}

/* Windows may reset an adapter at any IRQL, so what that needs is not paged. */
static BOOLEAN
SaveRegisters(IN PDISPI_EXTENSION Extension)
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

static BOOLEAN
SaveScreen(IN PDISPI_EXTENSION Extension)
{
	Extension->SavedScreen =
		VideoPortAllocatePool(Extension, VpPagedPool, DISPI_BANK_LENGTH,
				      DISPI_TAG_SCREEN);
	if (!Extension->SavedScreen)
		return FALSE;
	VideoPortReadRegisterBufferUlong((PULONG)Extension->FrameBuffer,
					 Extension->SavedScreen,
					 DISPI_BANK_LENGTH / sizeof(ULONG));
	return TRUE;
}

BOOLEAN
DispiSaveState(IN PDISPI_EXTENSION Extension)
{
	SaveVga(Extension);
	return SaveRegisters(Extension) && SaveScreen(Extension);
}

VOID
DispiRestoreState(IN PDISPI_EXTENSION Extension)
{
	ULONG i;

	DispiWrite(Extension, DispiEnable, 0);
	for (i = DispiXRes; i <= DispiYOffset; i++)
		if (i != DispiEnable)
			DispiWrite(Extension, i, Extension->SavedRegisters[i]);
	DispiWrite(Extension, DispiEnable, Extension->SavedRegisters[DispiEnable]);
	RestoreVga(Extension);
	VideoPortWriteRegisterBufferUlong((PULONG)Extension->FrameBuffer,
					  Extension->SavedScreen,
					  DISPI_BANK_LENGTH / sizeof(ULONG));
}

/* Values that tell a bank from every other, and a ULONG from its neighbours */
static ULONG
Pattern(IN ULONG Bank, IN ULONG Index)
{
	return 0x5a000000 ^ Bank << 16 ^ Index;
}

static BOOLEAN
BankWorks(IN PDISPI_EXTENSION Extension, IN ULONG Bank)
{
	ULONG Count = DISPI_BANK_LENGTH / sizeof(ULONG), i;
	PULONG Memory = (PULONG)(Extension->FrameBuffer + Bank * DISPI_BANK_LENGTH);
	PULONG Scratch = Extension->Scratch;

	for (i = 0; i < Count; i++)
		Scratch[i] = Pattern(Bank, i);
	VideoPortWriteRegisterBufferUlong(Memory, Scratch, Count);
	VideoPortZeroMemory(Scratch, DISPI_BANK_LENGTH);
	VideoPortReadRegisterBufferUlong(Memory, Scratch, Count);
	for (i = 0; i < Count && Scratch[i] == Pattern(Bank, i); i++)
		;
	return i == Count;
}

/* Video memory counts as far as it keeps what is written to it. The first is saved. */
BOOLEAN
DispiTestMemory(IN PDISPI_EXTENSION Extension)
{
	ULONG Banks = DispiRead(Extension, DispiVideoMemory64K);

	if (VideoPortAllocateBuffer(Extension, DISPI_BANK_LENGTH,
				    (PVOID *)&Extension->Scratch) != NO_ERROR)
		return FALSE;
	if (Banks > Extension->FrameBufferLength / DISPI_BANK_LENGTH)
		Banks = Extension->FrameBufferLength / DISPI_BANK_LENGTH;
	while (Extension->NumBanks < Banks && BankWorks(Extension, Extension->NumBanks))
		Extension->NumBanks++;
	DispiRestoreState(Extension);
	return Extension->NumBanks != 0;
}

/* With DISPI_GET_LIMITS the registers of a mode give the largest there is. */
static VOID
QueryLimits(IN PDISPI_EXTENSION Extension, OUT PDISPI_LIMITS Limits)
{
	USHORT Enable = DispiRead(Extension, DispiEnable);

	DispiWrite(Extension, DispiEnable, Enable | DISPI_GET_LIMITS);
	Limits->Width = DispiRead(Extension, DispiXRes);
	Limits->Height = DispiRead(Extension, DispiYRes);
	Limits->BitsPerPixel = DispiRead(Extension, DispiBitsPerPixel);
	Limits->Bytes = Extension->NumBanks * DISPI_BANK_LENGTH;
	DispiWrite(Extension, DispiEnable, Enable);
}

static BOOLEAN
ModeFits(IN PDISPI_LIMITS Limits, IN ULONG Size, IN ULONG Depth)
{
	ULONG Width = Sizes[Size].Width, Height = Sizes[Size].Height;

	return Width <= Limits->Width && Height <= Limits->Height &&
	       Depths[Depth] <= Limits->BitsPerPixel &&
	       Width * Height * (Depths[Depth] / 8) <= Limits->Bytes;
}

static VOID
FillMode(OUT PVIDEO_MODE_INFORMATION Mode, IN ULONG Index, IN ULONG Size,
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

BOOLEAN
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
	QueryLimits(Extension, &Limits);
	for (Size = 0; Size < RTL_NUMBER_OF(Sizes); Size++) {
		for (Depth = 0; Depth < RTL_NUMBER_OF(Depths); Depth++) {
			if (!ModeFits(&Limits, Size, Depth))
				continue;
			FillMode(&Extension->Modes[Extension->NumModes],
				 Extension->NumModes, Size, Depths[Depth]);
			Extension->NumModes++;
		}
	}
	return Extension->NumModes != 0;
}

static VOID
WriteMode(IN PDISPI_EXTENSION Extension, IN PVIDEO_MODE_INFORMATION Mode)
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
ShowScreen(IN PDISPI_EXTENSION Extension)
{
	VideoPortReadRegisterUchar(Extension->Registers + VGA_INPUT_STATUS);
	VideoPortWriteRegisterUchar(Extension->Registers + VGA_ATTRIBUTE,
				    ATTRIBUTE_SHOW_SCREEN);
}

/* Set a mode. Fail if the adapter does not keep it. */
BOOLEAN
DispiSetMode(IN PDISPI_EXTENSION Extension, IN PVIDEO_MODE_INFORMATION Mode)
{
	WriteMode(Extension, Mode);
	if (DispiRead(Extension, DispiXRes) != Mode->VisScreenWidth ||
	    DispiRead(Extension, DispiVirtWidth) != Mode->VisScreenWidth)
		return FALSE;
	ShowScreen(Extension);
	return TRUE;
}
