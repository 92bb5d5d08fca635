/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GDI structures that miniports read: display modes as applications request them.
 */
#ifndef VPMEM_WINGDI_H
#define VPMEM_WINGDI_H

#include "windef.h"

#define CCHDEVICENAME			32
#define CCHFORMNAME			32

#define DM_BITSPERPEL			0x00040000
#define DM_PELSWIDTH			0x00080000
#define DM_PELSHEIGHT			0x00100000
#define DM_DISPLAYFLAGS			0x00200000
#define DM_DISPLAYFREQUENCY		0x00400000

#define DM_GRAYSCALE			1
#define DM_INTERLACED			2

#define RGB(r, g, b) \
	((COLORREF)((UCHAR)(r) | (USHORT)(UCHAR)(g) << 8 | (ULONG)(UCHAR)(b) << 16))
#define GetRValue(rgb)			((UCHAR)(rgb))
#define GetGValue(rgb)			((UCHAR)((USHORT)(rgb) >> 8))
#define GetBValue(rgb)			((UCHAR)((rgb) >> 16))

typedef struct _devicemodeW {
	WCHAR dmDeviceName[CCHDEVICENAME];
	USHORT dmSpecVersion;
	USHORT dmDriverVersion;
	USHORT dmSize;
	USHORT dmDriverExtra;
	ULONG dmFields;
	SHORT dmOrientation;
	SHORT dmPaperSize;
	SHORT dmPaperLength;
	SHORT dmPaperWidth;
	SHORT dmScale;
	SHORT dmCopies;
	SHORT dmDefaultSource;
	SHORT dmPrintQuality;
	SHORT dmColor;
	SHORT dmDuplex;
	SHORT dmYResolution;
	SHORT dmTTOption;
	SHORT dmCollate;
	WCHAR dmFormName[CCHFORMNAME];
	USHORT dmLogPixels;
	ULONG dmBitsPerPel;
	ULONG dmPelsWidth;
	ULONG dmPelsHeight;
	ULONG dmDisplayFlags;
	ULONG dmDisplayFrequency;
	ULONG dmICMMethod;
	ULONG dmICMIntent;
	ULONG dmMediaType;
	ULONG dmDitherType;
	ULONG dmReserved1;
	ULONG dmReserved2;
	ULONG dmPanningWidth;
	ULONG dmPanningHeight;
} DEVMODEW, *PDEVMODEW, DEVMODE, *PDEVMODE;

typedef struct tagRGBQUAD {
	UCHAR rgbBlue;
	UCHAR rgbGreen;
	UCHAR rgbRed;
	UCHAR rgbReserved;
} RGBQUAD;

typedef struct tagPALETTEENTRY {
	UCHAR peRed;
	UCHAR peGreen;
	UCHAR peBlue;
	UCHAR peFlags;
} PALETTEENTRY, *PPALETTEENTRY;

typedef struct tagLOGPALETTE {
	USHORT palVersion;
	USHORT palNumEntries;
	PALETTEENTRY palPalEntry[1];
} LOGPALETTE, *PLOGPALETTE, *LPLOGPALETTE;

typedef struct tagBITMAPINFOHEADER {
	ULONG biSize;
	LONG biWidth;
	LONG biHeight;
	USHORT biPlanes;
	USHORT biBitCount;
	ULONG biCompression;
	ULONG biSizeImage;
	LONG biXPelsPerMeter;
	LONG biYPelsPerMeter;
	ULONG biClrUsed;
	ULONG biClrImportant;
} BITMAPINFOHEADER, *PBITMAPINFOHEADER, *LPBITMAPINFOHEADER;

typedef struct tagBITMAPINFO {
	BITMAPINFOHEADER bmiHeader;
	RGBQUAD bmiColors[1];
} BITMAPINFO, *PBITMAPINFO, *LPBITMAPINFO;

#define BI_RGB				0
#define BI_RLE8				1
#define BI_RLE4				2
#define BI_BITFIELDS			3

/* Escapes that display drivers hand down */
#define QUERYESCSUPPORT			8
#define DCICOMMAND			3075
#define OPENGL_GETINFO			4353

#endif /* VPMEM_WINGDI_H */
