// SPDX-License-Identifier: GPL-2.0-only
/*
 * A test picture: shows a person that geometry and colours are right, and tells the
 * program that what it drew is what the frame buffer holds.
 */
#include "dispi.h"

/* Lines are composed in pool memory, this many at a time. */
#define LINES_AT_A_TIME		16

#define GRID			64

#define BLACK			0x000000
#define GREY			0x303030
#define RED			0xff0000
#define GREEN			0x00ff00
#define BLUE			0x0000ff
#define WHITE			0xffffff

/* Of full brightness, falling from the left to the right */
static const ULONG Bars[] = {
	0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000,
};

/* Each is mixed from black on the left to itself on the right. */
static const ULONG Ramps[] = { WHITE, RED, GREEN, BLUE };

static BOOLEAN
OnRing(IN LONG FromX, IN LONG FromY, IN LONG Radius)
{
	LONG Squares = FromX * FromX + FromY * FromY;

	return Squares >= (Radius - 1) * (Radius - 1) &&
	       Squares <= (Radius + 1) * (Radius + 1);
}

/* A different colour in each corner tells a mirrored picture, or one turned round. */
static ULONG
CornerColor(IN BOOLEAN Right, IN BOOLEAN Bottom)
{
	if (Bottom)
		return Right ? WHITE : BLUE;
	return Right ? GREEN : RED;
}

/* The background: an edge, corners, and squares of which each has to look like one */
static ULONG
GridColor(IN ULONG Column, IN ULONG Row, IN ULONG Width, IN ULONG Height)
{
	BOOLEAN Right = Column >= Width / 2, Bottom = Row >= Height / 2;
	ULONG FromSide = Right ? Width - 1 - Column : Column;
	ULONG FromEnd = Bottom ? Height - 1 - Row : Row;

	if (!FromSide || !FromEnd)
		return WHITE;
	if (FromSide < GRID / 2 && FromEnd < GRID / 2)
		return CornerColor(Right, Bottom);
	return Column % GRID && Row % GRID ? BLACK : GREY;
}

static ULONG
RampColor(IN ULONG Color, IN ULONG Column, IN ULONG Width)
{
	ULONG Level = Column * 255 / (Width - 1);

	return Color & (Level << 16 | Level << 8 | Level);
}

static ULONG
CardColor(IN ULONG Column, IN ULONG Row, IN ULONG Width, IN ULONG Height)
{
	ULONG InnerWidth = Width * 3 / 4, InnerColumn = Column - Width / 8;
	ULONG Band = Row * 16 / Height;

	/* To the left of the inner columns their number has wrapped to a large one. */
	if (InnerColumn >= InnerWidth)
		return GridColor(Column, Row, Width, Height);
	if (Band >= 3 && Band < 8)
		return Bars[InnerColumn * RTL_NUMBER_OF(Bars) / InnerWidth];
	if (Band >= 9 && Band < 9 + RTL_NUMBER_OF(Ramps))
		return RampColor(Ramps[Band - 9], InnerColumn, InnerWidth);
	return GridColor(Column, Row, Width, Height);
}

/* The ring shows what is under it inverted, so that it shows on all of it. */
static ULONG
PixelColor(IN PVIDEO_MODE_INFORMATION Mode, IN ULONG Column, IN ULONG Row)
{
	ULONG Width = Mode->VisScreenWidth, Height = Mode->VisScreenHeight;
	ULONG Color = CardColor(Column, Row, Width, Height);

	if (OnRing((LONG)Column - (LONG)Width / 2, (LONG)Row - (LONG)Height / 2,
		   (LONG)Height * 7 / 16))
		return Color ^ WHITE;
	return Color;
}

static USHORT
Pack16(IN PVIDEO_MODE_INFORMATION Mode, IN ULONG Color)
{
	return (USHORT)((Color >> 8 & Mode->RedMask) |
			(Color >> 5 & Mode->GreenMask) |
			(Color >> 3 & Mode->BlueMask));
}

static VOID
ComposeLine(IN PVIDEO_MODE_INFORMATION Mode, OUT PUCHAR Line, IN ULONG Row)
{
	ULONG Color, Column;

	for (Column = 0; Column < Mode->VisScreenWidth; Column++) {
		Color = PixelColor(Mode, Column, Row);
		if (Mode->BitsPerPlane == 32)
			((PULONG)Line)[Column] = Color;
		else
			((PUSHORT)Line)[Column] = Pack16(Mode, Color);
	}
}

/* Composes lines, moves them to the screen, and looks whether they arrived. */
static BOOLEAN
DrawLines(IN PDISPI_EXTENSION Extension, IN ULONG First, IN ULONG Count)
{
	PVIDEO_MODE_INFORMATION Mode = Extension->CurrentMode;
	PUCHAR Screen = Extension->FrameBuffer + First * Mode->ScreenStride;
	ULONG Length = Count * Mode->ScreenStride;
	ULONG i;

	for (i = 0; i < Count; i++)
		ComposeLine(Mode, Extension->Lines + i * Mode->ScreenStride,
			    First + i);
	VideoPortMoveMemory(Screen, Extension->Lines, Length);
	VideoPortMoveMemory(Extension->ReadBack, Screen, Length);
	return VideoPortCompareMemory(Extension->Lines, Extension->ReadBack,
				      Length) == Length;
}

static VP_STATUS
AllocateLines(IN PDISPI_EXTENSION Extension)
{
	ULONG Length = LINES_AT_A_TIME * Extension->CurrentMode->ScreenStride;

	Extension->Lines = VideoPortAllocatePool(Extension,
						 VpPagedPoolCacheAligned, Length,
						 DISPI_TAG_LINES);
	if (!Extension->Lines)
		return ERROR_NOT_ENOUGH_MEMORY;
	return VideoPortAllocateBuffer(Extension, Length,
				       (PVOID *)&Extension->ReadBack);
}

VP_STATUS
DispiDrawPicture(IN PDISPI_EXTENSION Extension)
{
	ULONG Height = Extension->CurrentMode->VisScreenHeight;
	VP_STATUS Status = AllocateLines(Extension);
	ULONG Row, Count;

	if (Status != NO_ERROR)
		return Status;
	for (Row = 0; Row < Height; Row += Count) {
		Count = Height - Row;
		if (Count > LINES_AT_A_TIME)
			Count = LINES_AT_A_TIME;
		if (!DrawLines(Extension, Row, Count))
			return ERROR_DEV_NOT_EXIST;
	}
	return NO_ERROR;
}

VOID
DispiFreePicture(IN PDISPI_EXTENSION Extension)
{
	DispiFreePool(Extension, Extension->Lines);
	if (Extension->ReadBack)
		VideoPortReleaseBuffer(Extension, Extension->ReadBack);
	Extension->Lines = NULL;
	Extension->ReadBack = NULL;
}
