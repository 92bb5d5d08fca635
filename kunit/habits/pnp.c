// SPDX-License-Identifier: GPL-2.0-only
/* Of Windows XP: Plug and Play, interfaces, the registry. */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#define INITGUID
#include "video.h"
#include "videoagp.h"
#include "tvout.h"
#include "dderror.h"
#include "Hw.h"

DEFINE_GUID(GUID_PNP_HABIT, 0x12345678, 0x1234, 0x5678, 1, 2, 3, 4, 5, 6, 7, 8);

typedef unsigned long DWORD_OF_MINE;
#ifndef min
#define min(a,b) ((a) < (b) ? (a) : (b))
#endif

static VP_STATUS NTAPI
PnpCallback(PVOID HwDeviceExtension, PVOID Context, PWSTR ValueName, PVOID ValueData,
            ULONG ValueLength)
{
    if (ValueLength != sizeof(ULONG)) return ERROR_INVALID_PARAMETER;
    *(PULONG)Context = *(PULONG)ValueData;
    return wcscmp(ValueName, L"Setting") ? ERROR_INVALID_DATA : NO_ERROR;
}

VP_STATUS PnpQuery(PHW_DEVICE_EXTENSION e, PWSTR Name)
{
    VIDEO_ACCESS_RANGE ranges[PCI_TYPE0_ADDRESSES + 1];
    UCHAR raw[PCI_COMMON_HDR_LENGTH];
    PPCI_COMMON_CONFIG pci = (PPCI_COMMON_CONFIG)raw;
    USHORT VendorId = 0x1234, DeviceId = 0x1111;
    ULONG Slot = 0, Value, size = 0;
    PUCHAR Buffer = NULL;
    CHAR text[64];
    PVOID p;
    LONG lock = 0;
    UCHAR irql;

    PAGED_CODE();
    ASSERT(e != NULL);
    if (VideoPortGetAccessRanges(e, 0, NULL, 7, ranges, &VendorId, &DeviceId, &Slot) != NO_ERROR)
        return ERROR_DEV_NOT_EXIST;
    VideoPortGetBusData(e, PCIConfiguration, Slot, pci, 0, PCI_COMMON_HDR_LENGTH);
    if (pci->u.type0.BaseAddresses[0] & PCI_ADDRESS_IO_SPACE)
        size = pci->u.type0.BaseAddresses[0] & ~0x3UL;

    VideoPortAllocateBuffer(e, 1026, &Buffer);
    Buffer = (PUCHAR)VideoPortAllocatePool(e, VpPagedPool, 10 * sizeof(HW_MODE), HW_TAG);
    e->Modes = VideoPortAllocatePool(e, 1, 92, ' EBV');
    VideoPortFreePool(e, Buffer);
    e->Int10.Size = sizeof(VIDEO_PORT_INT10_INTERFACE);
    e->Int10.Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1;
    if (VideoPortQueryServices(e, VideoPortServicesInt10, (PINTERFACE)&e->Int10) == NO_ERROR) {
        INT10_BIOS_ARGUMENTS args = { 0x4f00, };
        USHORT seg, off; ULONG len = 0x400;
        e->Int10.Int10AllocateBuffer(e->Int10.Context, &seg, &off, &len);
        args.SegEs = seg; args.Edi = off;
        e->Int10.Int10CallBios(e->Int10.Context, &args);
    }
    VideoPortCreateEvent(e, SYNCHRONIZATION_EVENT | INITIAL_EVENT_NOT_SIGNALED, NULL, &e->Event);
    VideoPortCreateSpinLock(e, &e->Lock);
    VideoPortAcquireSpinLock(e, e->Lock, &irql);
    VideoPortReleaseSpinLock(e, e->Lock, irql);
    VideoPortInterlockedExchange((PLONG)&lock, 1);
    VideoPortGetRegistryParameters(e, Name, FALSE, PnpCallback, &Value);
    p = VideoPortGetProcAddress(e, "VideoPortQueueDpc");
    sprintf(text, "%08lx %ws %I64x", Value, Name, e->PhysicalFrame.QuadPart);
    VideoPortDebugPrint(Error, "%s %p %u\n", text, p, min(size, Slot));
    VideoPortLogError(e, NULL, ERROR_GEN_FAILURE, __LINE__);
    VideoPortWriteRegisterUlong((PULONG)((PUCHAR)e->FrameAddress + 0x10), 'CRTC');
    VideoPortStallExecution(10);
    return IsEqualGUID(&GUID_PNP_HABIT, &GUID_PNP_HABIT) ? NO_ERROR : ERROR_INVALID_PARAMETER;
}

BOOLEAN PnpSet(PHW_DEVICE_EXTENSION e, ULONG n)
{
    if (abs((int)n) > FIFO_SIZE) return FALSE;
    return (BOOLEAN)(strlen("x") == 1 && wcslen(L"ab") == 2 && !_stricmp("a", "A"));
}

PVOID PnpSetMode() { return PnpSet; }
