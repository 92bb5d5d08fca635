/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Plain types of GDI, which headers use that a miniport shares with its display driver.
 */
#ifndef VPMEM_WINDDI_H
#define VPMEM_WINDDI_H

#include "windef.h"
#include "wingdi.h"

typedef LONG FIX, *PFIX;
typedef ULONG ROP4, MIX;

typedef struct _POINTFIX {
	FIX x;
	FIX y;
} POINTFIX, *PPOINTFIX;

typedef struct _RECTFX {
	FIX xLeft;
	FIX yTop;
	FIX xRight;
	FIX yBottom;
} RECTFX, *PRECTFX;

/* Event of a display driver; the events of miniports have no public members. */
typedef struct _ENG_EVENT {
	PVOID pKEvent;
	ULONG fFlags;
} ENG_EVENT, *PENG_EVENT;

DECLARE_HANDLE(HDEV);
DECLARE_HANDLE(HSURF);
DECLARE_HANDLE(DHSURF);
DECLARE_HANDLE(DHPDEV);

#define BMF_1BPP			1
#define BMF_4BPP			2
#define BMF_8BPP			3
#define BMF_16BPP			4
#define BMF_24BPP			5
#define BMF_32BPP			6

#endif /* VPMEM_WINDDI_H */
