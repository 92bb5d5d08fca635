// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a display driver would do with the mode and the memory that it was given: three
 * lights on a screen at dusk. Where they overlap they mix, so wrong masks show as
 * wrong colours; a wrong stride bends the diagonal and breaks the frame.
 */
#include "vbe.h"

#define WHITE			0xffffff
#define RED			0xff0000
#define GREEN			0x00ff00
#define BLUE			0x0000ff

/* The background, and with it the blocks of the frame's ruler */
#define DUSK_TOP		0x101848
#define DUSK_BOTTOM		0xe08848
#define FRAME			16

typedef struct _CANVAS {
	LONG Width;
	LONG Height;
	LONG Radius;		/* of a light */
} CANVAS, *PCANVAS;

static ULONG
MixChannel(IN ULONG From, IN ULONG To, IN ULONG Part, IN ULONG Whole)
{
	return (From * (Whole - Part) + To * Part) / Whole;
}

static ULONG
Mix(IN ULONG From, IN ULONG To, IN ULONG Part, IN ULONG Whole)
{
	return MixChannel(From >> 16, To >> 16, Part, Whole) << 16 |
	       MixChannel(From >> 8 & 0xff, To >> 8 & 0xff, Part, Whole) << 8 |
	       MixChannel(From & 0xff, To & 0xff, Part, Whole);
}

static BOOLEAN
InDisc(IN LONG X, IN LONG Y, IN LONG Radius)
{
	return X * X + Y * Y <= Radius * Radius;
}

static BOOLEAN
OnCircle(IN LONG X, IN LONG Y, IN LONG Radius)
{
	return InDisc(X, Y, Radius + 1) && !InDisc(X, Y, Radius - 1);
}

/* The lights stand on the corners of a triangle, red above; X and Y from the middle. */
static ULONG
Lights(IN LONG X, IN LONG Y, IN LONG Radius)
{
	LONG Aside = Radius * 5 / 8, Above = Radius * 3 / 4, Below = Radius * 3 / 8;

	return (InDisc(X, Y + Above, Radius) ? RED : 0) |
	       (InDisc(X + Aside, Y - Below, Radius) ? GREEN : 0) |
	       (InDisc(X - Aside, Y - Below, Radius) ? BLUE : 0);
}

static LONG
FromEdge(IN LONG At, IN LONG Length)
{
	return At < Length / 2 ? At : Length - 1 - At;
}

static BOOLEAN
OnFrame(IN PCANVAS Canvas, IN LONG Column, IN LONG Row)
{
	return FromEdge(Column, Canvas->Width) < FRAME ||
	       FromEdge(Row, Canvas->Height) < FRAME;
}

/* A line of white around blocks, which are squares but for the middle of a side */
static ULONG
FrameColor(IN PCANVAS Canvas, IN LONG Column, IN LONG Row)
{
	LONG FromSide = FromEdge(Column, Canvas->Width);
	LONG FromEnd = FromEdge(Row, Canvas->Height);

	if (!FromSide || !FromEnd)
		return WHITE;
	return (FromSide / FRAME + FromEnd / FRAME) % 2 ? DUSK_TOP : DUSK_BOTTOM;
}

static BOOLEAN
OnDiagonal(IN PCANVAS Canvas, IN LONG Column, IN LONG Row)
{
	LONG From = Column - Row * Canvas->Width / Canvas->Height;

	return From >= -1 && From <= 1;
}

static ULONG
PixelColor(IN PCANVAS Canvas, IN LONG Column, IN LONG Row)
{
	LONG X = Column - Canvas->Width / 2, Y = Row - Canvas->Height / 2;
	ULONG Light = Lights(X, Y, Canvas->Radius);

	if (OnFrame(Canvas, Column, Row))
		return FrameColor(Canvas, Column, Row);
	if (Light)
		return Light;
	if (OnDiagonal(Canvas, Column, Row) || OnCircle(X, Y, Canvas->Radius * 2))
		return WHITE;
	return Mix(DUSK_TOP, DUSK_BOTTOM, Row, Canvas->Height);
}

/* Puts the upper bits of a byte where the mask has its bits. */
static ULONG
Place(IN ULONG Level, IN ULONG Bits, IN ULONG Mask)
{
	ULONG Lowest = Mask & (~Mask + 1);

	return ((Level << 8 | Level) >> (16 - Bits)) * Lowest;
}

static ULONG
Encode(IN PVIDEO_MODE_INFORMATION Mode, IN ULONG Color)
{
	return Place(Color >> 16, Mode->NumberRedBits, Mode->RedMask) |
	       Place(Color >> 8 & 0xff, Mode->NumberGreenBits, Mode->GreenMask) |
	       Place(Color & 0xff, Mode->NumberBlueBits, Mode->BlueMask);
}

static VOID
ComposeLine(IN PVIDEO_MODE_INFORMATION Mode, IN PCANVAS Canvas, OUT PUCHAR Line,
	    IN LONG Row)
{
	ULONG Pixel, Byte;
	LONG Column;

	for (Column = 0; Column < Canvas->Width; Column++) {
		Pixel = Encode(Mode, PixelColor(Canvas, Column, Row));
		for (Byte = 0; Byte < (Mode->BitsPerPlane + 7) / 8; Byte++)
			*Line++ = (UCHAR)(Pixel >> (8 * Byte));
	}
}

/* Each line is composed in pool memory, and looked at again behind it. */
static VP_STATUS
DrawLines(IN PVIDEO_MODE_INFORMATION Mode, IN PUCHAR Screen, OUT PUCHAR Line,
	  IN ULONG Length)
{
	CANVAS Canvas = { (LONG)Mode->VisScreenWidth, (LONG)Mode->VisScreenHeight };
	PUCHAR ReadBack = Line + Length;
	LONG Row;

	Canvas.Radius = (Canvas.Width < Canvas.Height ? Canvas.Width :
							Canvas.Height) / 5;
	for (Row = 0; Row < Canvas.Height; Row++, Screen += Mode->ScreenStride) {
		ComposeLine(Mode, &Canvas, Line, Row);
		VideoPortMoveMemory(Screen, Line, Length);
		VideoPortMoveMemory(ReadBack, Screen, Length);
		if (VideoPortCompareMemory(Line, ReadBack, Length) != Length)
			return ERROR_DEV_NOT_EXIST;
	}
	return NO_ERROR;
}

/* For modes of direct colour: a palette is not set. */
VP_STATUS
VbeDrawPicture(IN PVBE_EXTENSION Extension, IN PVIDEO_MODE_INFORMATION Mode,
	       IN PVOID FrameBuffer)
{
	ULONG Length = Mode->VisScreenWidth * ((Mode->BitsPerPlane + 7) / 8);
	VP_STATUS Status;
	PUCHAR Lines;

	if (Mode->AttributeFlags & VIDEO_MODE_PALETTE_DRIVEN)
		return ERROR_INVALID_PARAMETER;
	Lines = VideoPortAllocatePool(Extension, VpPagedPool, 2 * Length,
				      VBE_TAG_LINES);
	if (!Lines)
		return ERROR_NOT_ENOUGH_MEMORY;
	Status = DrawLines(Mode, FrameBuffer, Lines, Length);
	VideoPortFreePool(Extension, Lines);
	return Status;
}
