/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WINDEF_H
#define VPMEM_WINDEF_H

#include "ntdef.h"
#include "minmax.h"

#define FAR
#define NEAR
#define far
#define near

typedef struct tagPOINT {
	LONG x;
	LONG y;
} POINT, *PPOINT, POINTL, *PPOINTL;

typedef struct tagSIZE {
	LONG cx;
	LONG cy;
} SIZE, *PSIZE, SIZEL, *PSIZEL;

typedef struct _RECTL {
	LONG left;
	LONG top;
	LONG right;
	LONG bottom;
} RECT, *PRECT, RECTL, *PRECTL;

typedef struct tagPOINTS {
	SHORT x;
	SHORT y;
} POINTS, *PPOINTS;

typedef ULONG COLORREF;

#endif /* VPMEM_WINDEF_H */
