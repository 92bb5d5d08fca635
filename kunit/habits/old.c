// SPDX-License-Identifier: GPL-2.0-only
/* Of Windows NT: declared late, defined as one calls it. */

#include "dderror.h"
#include "devioctl.h"
#include "miniport.h"

#include "ntddvdeo.h"
#include "VIDEO.H"
#include "hw.h"

VP_STATUS
OldFindAdapter(
    PVOID HwDeviceExtension,
    PVOID HwContext,
    PWSTR ArgumentString,
    PVIDEO_PORT_CONFIG_INFO ConfigInfo,
    PUCHAR Again
    );

BOOLEAN OldInitialize(PVOID HwDeviceExtension);
BOOLEAN OldStartIO(PVOID, PVIDEO_REQUEST_PACKET);
VOID OldTimer();
extern VP_STATUS PnpQuery(PHW_DEVICE_EXTENSION, PWSTR);
extern VIDEO_ACCESS_RANGE VgaRanges[];
extern EMULATOR_ACCESS_ENTRY VgaEntries[];

#if defined(ALLOC_PRAGMA)
#pragma alloc_text(PAGE,OldFindAdapter)
#pragma alloc_text(INIT,DriverEntry)
#endif
#pragma warning(disable:4244)
#pragma intrinsic(memcpy)
#pragma code_seg("PAGE")
#pragma data_seg()

ULONG
DriverEntry (
    PVOID Context1,
    PVOID Context2
    )
{
    VIDEO_HW_INITIALIZATION_DATA hwInitData;
    ULONG initializationStatus, status;

    VideoPortZeroMemory(&hwInitData, sizeof(VIDEO_HW_INITIALIZATION_DATA));
    hwInitData.HwInitDataSize = sizeof(VIDEO_HW_INITIALIZATION_DATA);
    hwInitData.HwFindAdapter = OldFindAdapter;
    hwInitData.HwInitialize = OldInitialize;
    hwInitData.HwInterrupt = NULL;
    hwInitData.HwStartIO = OldStartIO;
    hwInitData.HwTimer = OldTimer;
    hwInitData.HwDeviceExtensionSize = sizeof(HW_DEVICE_EXTENSION);
    hwInitData.StartingDeviceNumber = 0;

    hwInitData.AdapterInterfaceType = PCIBus;
    initializationStatus = VideoPortInitialize(Context1, Context2, &hwInitData, NULL);
    hwInitData.AdapterInterfaceType = Isa;
    status = VideoPortInitialize(Context1, Context2, &hwInitData, NULL);
    return (initializationStatus < status) ? initializationStatus : status;
}

VP_STATUS
OldFindAdapter(
    PVOID HwDeviceExtension,
    PVOID HwContext,
    PWSTR ArgumentString,
    PVIDEO_PORT_CONFIG_INFO ConfigInfo,
    PUCHAR Again
    )
{
    PHW_DEVICE_EXTENSION hwDeviceExtension = HwDeviceExtension;
    PWSTR pwszChip = L"S3 Vision";
    ULONG cbChip = sizeof(L"S3 Vision"), Size = 0x800000;
    ULONG inIoSpace = 0;
    VP_STATUS status;
    USHORT BadInit = 0xffff + NULL;
    WCHAR Name[] = L"HardwareInformation.MemorySize";
    int i;

    try {
        if (Size == 0)
            leave;
        Size <<= 1;
    } except (EXCEPTION_EXECUTE_HANDLER) {
        return ERROR_INVALID_PARAMETER;
    }
    while (Size & 1) NOTHING;

    if (ConfigInfo->Length < sizeof(VIDEO_PORT_CONFIG_INFO))
        return ERROR_INVALID_PARAMETER;

    status = VideoPortVerifyAccessRanges(HwDeviceExtension, 3, VgaRanges);
    if (status != NO_ERROR) {
        VideoDebugPrint((1, "Old: verify says %lx\n", status));
        return status;
    }
    if ((hwDeviceExtension->IOAddress =
         VideoPortGetDeviceBase(hwDeviceExtension, VgaRanges[0].RangeStart,
                                VgaRanges[0].RangeLength, TRUE)) == NULL)
        return ERROR_DEV_NOT_EXIST;
    VideoPortMapMemory(HwDeviceExtension, VgaRanges[2].RangeStart, &Size, &inIoSpace,
                       &hwDeviceExtension->Modes);
    for (i = 0; i < RTL_NUMBER_OF(HwScratch); i++)
        HwScratch[i] = VideoPortReadPortUchar(hwDeviceExtension->IOAddress + i);
    ConfigInfo->NumEmulatorAccessEntries = 2;
    ConfigInfo->EmulatorAccessEntries = VgaEntries;
    ConfigInfo->EmulatorAccessEntriesContext = (ULONG)hwDeviceExtension;
    ConfigInfo->VdmPhysicalVideoMemoryAddress.LowPart = 0x000A0000;
    ConfigInfo->VdmPhysicalVideoMemoryAddress.HighPart = 0x00000000;
    VideoPortSetRegistryParameters(HwDeviceExtension, Name, &Size, sizeof(ULONG));
    VideoPortSetRegistryParameters(HwDeviceExtension, L"HardwareInformation.ChipType",
                                   pwszChip, cbChip);
    PnpQuery(hwDeviceExtension, L"Setting");
    *Again = 0;
    return NO_ERROR;
}

BOOLEAN
OldInitialize(HwDeviceExtension)
    PVOID HwDeviceExtension;
{
    PHW_DEVICE_EXTENSION e = (PHW_DEVICE_EXTENSION) HwDeviceExtension;

    OldLateFunction(e, HwAlign(3));
    e->SetMode = PnpSetMode();
    return(TRUE);
}

OldLateFunction(e, n) PHW_DEVICE_EXTENSION e; ULONG n;
{
    HwDebugLevel = n + HwTwice(HwSwap(1));
}

BOOLEAN OldStartIO(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET RequestPacket)
{
    PHW_DEVICE_EXTENSION e = HwDeviceExtension;
    VP_STATUS status;
    PVIDEO_MEMORY_INFORMATION memory;
    PVIDEO_CLUT clut;

    switch (RequestPacket->IoControlCode) {
    case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
        if ( (RequestPacket->OutputBufferLength <
              (RequestPacket->StatusBlock->Information =
                                     sizeof(VIDEO_MEMORY_INFORMATION))) ||
             (RequestPacket->InputBufferLength < sizeof(VIDEO_MEMORY)) ) {
            status = ERROR_INSUFFICIENT_BUFFER;
            break;
        }
        memory = RequestPacket->OutputBuffer;
        memory->VideoRamBase = ((PVIDEO_MEMORY)(RequestPacket->InputBuffer))->RequestedVirtualAddress;
        status = NO_ERROR;
        break;
    case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
        ((PVIDEO_NUM_MODES)(RequestPacket->OutputBuffer))->NumModes = 1;
        status = NO_ERROR;
        break;
    case IOCTL_VIDEO_SET_COLOR_REGISTERS:
        clut = (PVIDEO_CLUT) RequestPacket->InputBuffer;
        VideoPortWritePortUchar(e->IOAddress + 0x18, clut->LookupTable[0].RgbArray.Red);
        clut->LookupTable[0].RgbLong = 0;
        status = NO_ERROR;
        break;
    case IOCTL_VIDEO_SAVE_HARDWARE_STATE:
    case IOCTL_VIDEO_QUERY_POINTER_CAPABILITIES:
    case IOCTL_VIDEO_GET_BANK_SELECT_CODE:
    case IOCTL_VIDEO_ENABLE_VDM:
    default:
        status = ERROR_INVALID_FUNCTION;
        break;
    }
    RequestPacket->StatusBlock->Status = status;
    return TRUE;
}

VOID OldTimer(e) PHW_DEVICE_EXTENSION e;
{
}
