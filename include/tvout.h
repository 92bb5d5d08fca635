/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What IOCTL_VIDEO_HANDLE_VIDEOPARAMETERS comes with.
 */
#ifndef VPMEM_TVOUT_H
#define VPMEM_TVOUT_H

#include "ntdef.h"

#define VP_COMMAND_GET			0x0001
#define VP_COMMAND_SET			0x0002

#define VP_FLAGS_TV_MODE		0x0001
#define VP_FLAGS_TV_STANDARD		0x0002
#define VP_FLAGS_FLICKER		0x0004
#define VP_FLAGS_OVERSCAN		0x0008
#define VP_FLAGS_MAX_UNSCALED		0x0010
#define VP_FLAGS_POSITION		0x0020
#define VP_FLAGS_BRIGHTNESS		0x0040
#define VP_FLAGS_CONTRAST		0x0080
#define VP_FLAGS_COPYPROTECT		0x0100

#define VP_MODE_WIN_GRAPHICS		0x0001
#define VP_MODE_TV_PLAYBACK		0x0002

typedef struct _VIDEOPARAMETERS {
	GUID Guid;
	ULONG dwOffset;
	ULONG dwCommand;
	ULONG dwFlags;
	ULONG dwMode;
	ULONG dwTVStandard;
	ULONG dwAvailableModes;
	ULONG dwAvailableTVStandard;
	ULONG dwFlickerFilter;
	ULONG dwOverScanX;
	ULONG dwOverScanY;
	ULONG dwMaxUnscaledX;
	ULONG dwMaxUnscaledY;
	ULONG dwPositionX;
	ULONG dwPositionY;
	ULONG dwBrightness;
	ULONG dwContrast;
	ULONG dwCPType;
	ULONG dwCPCommand;
	ULONG dwCPStandard;
	ULONG dwCPKey;
	ULONG bCP_APSTriggerBits;
	UCHAR bOEMCopyProtection[256];
} VIDEOPARAMETERS, *PVIDEOPARAMETERS, *LPVIDEOPARAMETERS;

#endif /* VPMEM_TVOUT_H */
