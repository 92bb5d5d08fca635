// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport for the standard VGA adapter of QEMU: three modes, one linear frame buffer
 */
#include "dderror.h"
#include "devioctl.h"
#include "miniport.h"
#include "ntddvdeo.h"
#include "video.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

#define MINI_TAG		('iniM')

/* 16-bit registers, from offset 0x500 of the second memory range on */
#define REGISTERS_OFFSET	0x500
#define REGISTER_ID		0
#define REGISTER_WIDTH		1
#define REGISTER_HEIGHT		2
#define REGISTER_BITS		3
#define REGISTER_ENABLE		4
#define ENABLE_LINEAR		0x41

typedef struct _MINI_EXTENSION {
	PHYSICAL_ADDRESS FrameBuffer;
	ULONG FrameBufferLength;
	PUCHAR Base;
	PUSHORT Registers;
	PVIDEO_MODE_INFORMATION Modes;
	PVIDEO_MODE_INFORMATION CurrentMode;
} MINI_EXTENSION, *PMINI_EXTENSION;

static const struct {
	ULONG Width;
	ULONG Height;
} Sizes[] = { { 640, 480 }, { 800, 600 }, { 1024, 768 } };

#define NUM_MODES		RTL_NUMBER_OF(Sizes)
#define MODES_LENGTH		(NUM_MODES * sizeof(VIDEO_MODE_INFORMATION))

static VP_STATUS
MiniFindAdapter(PVOID HwDeviceExtension, PVOID HwContext, PWSTR ArgumentString,
		PVIDEO_PORT_CONFIG_INFO ConfigInfo, PUCHAR Again)
{
	PMINI_EXTENSION Mini = HwDeviceExtension;
	VIDEO_ACCESS_RANGE Ranges[2];
	VP_STATUS Status;

	Status = VideoPortGetAccessRanges(Mini, 0, NULL, 2, Ranges, NULL, NULL, NULL);
	if (Status != NO_ERROR)
		return Status;
	Mini->FrameBuffer = Ranges[0].RangeStart;
	Mini->FrameBufferLength = Ranges[0].RangeLength;
	Mini->Base = VideoPortGetDeviceBase(Mini, Ranges[1].RangeStart,
					    Ranges[1].RangeLength,
					    Ranges[1].RangeInIoSpace);
	if (!Mini->Base)
		return ERROR_NOT_ENOUGH_MEMORY;
	Mini->Registers = (PUSHORT)(Mini->Base + REGISTERS_OFFSET);
	if ((VideoPortReadRegisterUshort(&Mini->Registers[REGISTER_ID]) & 0xfff0) != 0xb0c0)
		return ERROR_DEV_NOT_EXIST;
	*Again = FALSE;
	return NO_ERROR;
}

static BOOLEAN
MiniInitialize(PVOID HwDeviceExtension)
{
	PMINI_EXTENSION Mini = HwDeviceExtension;
	PVIDEO_MODE_INFORMATION Mode;
	ULONG i;

	Mini->Modes = VideoPortAllocatePool(Mini, VpPagedPool, MODES_LENGTH, MINI_TAG);
	if (!Mini->Modes)
		return FALSE;
	VideoPortZeroMemory(Mini->Modes, MODES_LENGTH);
	for (i = 0; i < NUM_MODES; i++) {
		Mode = &Mini->Modes[i];
		Mode->Length = sizeof(*Mode);
		Mode->ModeIndex = i;
		Mode->VisScreenWidth = Sizes[i].Width;
		Mode->VisScreenHeight = Sizes[i].Height;
		Mode->ScreenStride = Sizes[i].Width * 4;
		Mode->NumberOfPlanes = 1;
		Mode->BitsPerPlane = 32;
		Mode->Frequency = 60;
		Mode->RedMask = 0xff0000;
		Mode->GreenMask = 0x00ff00;
		Mode->BlueMask = 0x0000ff;
		Mode->AttributeFlags = VIDEO_MODE_COLOR | VIDEO_MODE_GRAPHICS;
	}
	return TRUE;
}

static VP_STATUS
SetMode(PMINI_EXTENSION Mini, ULONG Index)
{
	if (Index >= NUM_MODES)
		return ERROR_INVALID_PARAMETER;
	VideoPortWriteRegisterUshort(&Mini->Registers[REGISTER_ENABLE], 0);
	VideoPortWriteRegisterUshort(&Mini->Registers[REGISTER_WIDTH],
				     (USHORT)Sizes[Index].Width);
	VideoPortWriteRegisterUshort(&Mini->Registers[REGISTER_HEIGHT],
				     (USHORT)Sizes[Index].Height);
	VideoPortWriteRegisterUshort(&Mini->Registers[REGISTER_BITS], 32);
	VideoPortWriteRegisterUshort(&Mini->Registers[REGISTER_ENABLE], ENABLE_LINEAR);
	Mini->CurrentMode = &Mini->Modes[Index];
	return NO_ERROR;
}

static VP_STATUS
MapMemory(PMINI_EXTENSION Mini, PVIDEO_MEMORY_INFORMATION Memory)
{
	ULONG Length = Mini->FrameBufferLength;
	ULONG InIoSpace = VIDEO_MEMORY_SPACE_P6CACHE;
	VP_STATUS Status;

	Memory->VideoRamBase = NULL;
	Status = VideoPortMapMemory(Mini, Mini->FrameBuffer, &Length, &InIoSpace,
				    &Memory->VideoRamBase);
	Memory->VideoRamLength = Length;
	Memory->FrameBufferBase = Memory->VideoRamBase;
	Memory->FrameBufferLength = Length;
	return Status;
}

static BOOLEAN
MiniStartIO(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET Packet)
{
	PMINI_EXTENSION Mini = HwDeviceExtension;
	PVIDEO_NUM_MODES NumModes = Packet->OutputBuffer;
	PVIDEO_MODE Mode = Packet->InputBuffer;
	PVIDEO_MEMORY Memory = Packet->InputBuffer;
	PSTATUS_BLOCK Answer = Packet->StatusBlock;

	Answer->Status = NO_ERROR;
	switch (Packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		NumModes->NumModes = NUM_MODES;
		NumModes->ModeInformationLength = sizeof(VIDEO_MODE_INFORMATION);
		Answer->Information = sizeof(*NumModes);
		break;
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		VideoPortMoveMemory(Packet->OutputBuffer, Mini->Modes, MODES_LENGTH);
		Answer->Information = MODES_LENGTH;
		break;
	case IOCTL_VIDEO_QUERY_CURRENT_MODE:
		VideoPortMoveMemory(Packet->OutputBuffer, Mini->CurrentMode,
				    sizeof(VIDEO_MODE_INFORMATION));
		Answer->Information = sizeof(VIDEO_MODE_INFORMATION);
		break;
	case IOCTL_VIDEO_SET_CURRENT_MODE:
		Answer->Status = SetMode(Mini, Mode->RequestedMode);
		break;
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
		Answer->Status = MapMemory(Mini, Packet->OutputBuffer);
		Answer->Information = sizeof(VIDEO_MEMORY_INFORMATION);
		break;
	case IOCTL_VIDEO_UNMAP_VIDEO_MEMORY:
		Answer->Status = VideoPortUnmapMemory(Mini, Memory->RequestedVirtualAddress,
						      NULL);
		break;
	case IOCTL_VIDEO_RESET_DEVICE:
		VideoPortWriteRegisterUshort(&Mini->Registers[REGISTER_ENABLE], 0);
		break;
	default:
		Answer->Status = ERROR_INVALID_FUNCTION;
	}
	return TRUE;
}

ULONG
DriverEntry(PVOID Context1, PVOID Context2)
{
	VIDEO_HW_INITIALIZATION_DATA Data;

	VideoPortZeroMemory(&Data, sizeof(Data));
	Data.HwInitDataSize = sizeof(Data);
	Data.AdapterInterfaceType = PCIBus;
	Data.HwFindAdapter = MiniFindAdapter;
	Data.HwInitialize = MiniInitialize;
	Data.HwStartIO = MiniStartIO;
	Data.HwDeviceExtensionSize = sizeof(MINI_EXTENSION);
	return VideoPortInitialize(Context1, Context2, &Data, NULL);
}
