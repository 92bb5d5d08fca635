/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of GDI what miniports look into: modes as an application asks for them.
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
	((COLORREF)((BYTE)(r) | (WORD)(BYTE)(g) << 8 | (DWORD)(BYTE)(b) << 16))
#define GetRValue(rgb)			((BYTE)(rgb))
#define GetGValue(rgb)			((BYTE)((WORD)(rgb) >> 8))
#define GetBValue(rgb)			((BYTE)((rgb) >> 16))

typedef struct _devicemodeW {
	WCHAR dmDeviceName[CCHDEVICENAME];
	WORD dmSpecVersion;
	WORD dmDriverVersion;
	WORD dmSize;
	WORD dmDriverExtra;
	DWORD dmFields;
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
	WORD dmLogPixels;
	DWORD dmBitsPerPel;
	DWORD dmPelsWidth;
	DWORD dmPelsHeight;
	DWORD dmDisplayFlags;
	DWORD dmDisplayFrequency;
	DWORD dmICMMethod;
	DWORD dmICMIntent;
	DWORD dmMediaType;
	DWORD dmDitherType;
	DWORD dmReserved1;
	DWORD dmReserved2;
	DWORD dmPanningWidth;
	DWORD dmPanningHeight;
} DEVMODEW, *PDEVMODEW, DEVMODE, *PDEVMODE;

typedef struct tagRGBQUAD {
	BYTE rgbBlue;
	BYTE rgbGreen;
	BYTE rgbRed;
	BYTE rgbReserved;
} RGBQUAD;

typedef struct tagPALETTEENTRY {
	BYTE peRed;
	BYTE peGreen;
	BYTE peBlue;
	BYTE peFlags;
} PALETTEENTRY, *PPALETTEENTRY;

typedef struct tagLOGPALETTE {
	WORD palVersion;
	WORD palNumEntries;
	PALETTEENTRY palPalEntry[1];
} LOGPALETTE, *PLOGPALETTE, *LPLOGPALETTE;

typedef struct tagBITMAPINFOHEADER {
	DWORD biSize;
	LONG biWidth;
	LONG biHeight;
	WORD biPlanes;
	WORD biBitCount;
	DWORD biCompression;
	DWORD biSizeImage;
	LONG biXPelsPerMeter;
	LONG biYPelsPerMeter;
	DWORD biClrUsed;
	DWORD biClrImportant;
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
