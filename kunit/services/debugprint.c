// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoDebugPrint() in a checked build. No Linux header belongs in here, as in
 * headers.c, where it is that of a free build.
 */
#define DBG 1

#include "video.h"

#include "kunit/lib/headers.h"

VOID CheckedPrint(ULONG Number)
{
	VideoDebugPrint((Error, "checked %lu\n", Number));
	VideoDebugPrint((0, "without more"));
}
