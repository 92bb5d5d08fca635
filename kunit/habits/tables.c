// SPDX-License-Identifier: GPL-2.0-only
/* Tables, with some of their braces. */
#include <NtDef.h>
#include <Miniport.h>
#include <Video.h>
#include "HW.H"
#include "inc\shared.h"

typedef enum { false, true } TABLES_BOOL;

VP_STATUS TablesReadUchar(ULONG_PTR Context, ULONG Port, UCHAR AccessMode, PUCHAR Data);

VIDEO_ACCESS_RANGE VgaRanges[] = {
    {
        0x000003b0, 0x00000000,                  // Start
        0x0000000c,                              // Length
        1,                                       // in I/O space
        1,                                       // visible
        1                                        // shareable
    },
    {{0x000003c0, 0x00000000}, 0x00000020, 1, 1, TRUE, VIDEO_RANGE_10_BIT_DECODE},
    {{{0x000a0000, 0}}, 0x00020000, VIDEO_MEMORY_SPACE_MEMORY, 1, 1, FALSE},
};

EMULATOR_ACCESS_ENTRY VgaEntries[] = {
    { 0x000003b0, 0xC, Uchar, EMULATOR_READ_ACCESS | EMULATOR_WRITE_ACCESS, FALSE,
      (PVOID) TablesReadUchar },
    { 0x000003c0, 0x20, Ushort, EMULATOR_WRITE_ACCESS, TRUE, TablesReadUchar },
};

VIDEO_MODE_INFORMATION Modes[] = {
    { sizeof(VIDEO_MODE_INFORMATION), 0, 640, 480, 640 * 4, 1, 32, 60, 320, 240, 8, 8, 8,
      0xff0000L, 0xff00, 0xffU, VIDEO_MODE_COLOR | VIDEO_MODE_GRAPHICS },
};

PHYSICAL_ADDRESS Addresses[2] = { 0xfd000000, 0x1, { 0xa0000 } };
UCHAR Commands[] = { 0xff, 'a', -1, 0x01, };
CHAR *Names[] = { "one", NULL, };
struct { USHORT Id; PWSTR Name; ULONG (*Function)(); } Chips[] = {
    { 0x8811, L"86C764", NULL }, { 0, NULL, }
};
const CHAR Empty[] = "";

VP_STATUS TablesReadUchar(ULONG_PTR Context, ULONG Port, UCHAR AccessMode, PUCHAR Data)
{
    PHW_DEVICE_EXTENSION e = (PHW_DEVICE_EXTENSION)Context;
    LARGE_INTEGER big;
    ULONG code = IOCTL_HW_ESCAPE;

    big.QuadPart = (ULONGLONG)Addresses[0].QuadPart + Modes[0].ScreenStride;
    big.u.LowPart = big.LowPart & ~0xfff;
    *Data = VideoPortReadPortUchar((PUCHAR)(e->IOAddress + Port));
    return big.HighPart == 1 && code ? NO_ERROR : ERROR_INVALID_PARAMETER;
}
