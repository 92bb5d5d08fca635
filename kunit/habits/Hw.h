/* SPDX-License-Identifier: GPL-2.0-only */
/* A header as it is found beside drivers: it defines what it should declare. */

#ifndef _HW_H_
#define _HW_H_

#define HW_TAG 'zyxD'
#define FIFO_SIZE 0x40L
#define KIB(n) ((n) * 1024UL)

ULONG HwDebugLevel;             // one variable, in every file that includes this
UCHAR HwScratch[16];

typedef struct _HW_REGISTERS {
    USHORT Width, Height;
    struct {
        ULONG Low : 12;
        ULONG High : 20;
    };
    union {
        struct { UCHAR r, g, b, a; };
        ULONG Pixel;
    } Colour;
} HW_REGISTERS, *PHW_REGISTERS;

#include <pshpack1.h>
typedef struct {
    UCHAR Signature[4];
    USHORT Version;
    ULONG  OemString;           /* at an odd place */
    struct {
        UCHAR Minor;
        ULONG Size;
    } Inner;
} HW_BIOS_INFO, *PHW_BIOS_INFO;
#include <poppack.h>

#pragma pack(push, 1)
typedef struct _HW_MODE_BASE { USHORT Attributes; UCHAR WinA; } HW_MODE_BASE;
#pragma pack(pop)

typedef struct _HW_MODE { HW_MODE_BASE; ULONG Index; } HW_MODE; // a base without a name

typedef struct _HW_DEVICE_EXTENSION {
    PUCHAR IOAddress;
    PVOID FrameAddress;
    PHYSICAL_ADDRESS PhysicalFrame;
    ULONG FrameLength;
    PVIDEO_MODE_INFORMATION Modes;
    HW_REGISTERS Saved;
    PEVENT Event;
    PSPIN_LOCK Lock;
    VIDEO_PORT_INT10_INTERFACE Int10;
    BOOLEAN (*SetMode)(struct _HW_DEVICE_EXTENSION *, ULONG);
} HW_DEVICE_EXTENSION, *PHW_DEVICE_EXTENSION;

__inline ULONG HwAlign(ULONG n) { return (n + 3) & ~3; }
static __forceinline USHORT HwSwap(USHORT n) { return (n << 8) | (n >> 8); }
_inline USHORT HwTwice(USHORT n) { return n * 2; }

/* Declared here once more */
VOID VideoPortZeroMemory(IN PVOID Destination, IN ULONG Length);
VIDEOPORT_API VP_STATUS VideoPortMapMemory(IN PVOID HwDeviceExtension,
    IN PHYSICAL_ADDRESS PhysicalAddress, IN OUT PULONG Length, IN PULONG InIoSpace,
    IN OUT PVOID *VirtualAddress);

#endif  _HW_H_
