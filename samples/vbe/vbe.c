// SPDX-License-Identifier: GPL-2.0-only
/*
 * The miniport: finds its adapter, answers requests, and gives back what it has.
 */
#include "vbe.h"

/* With the number of a mode */
#define VBE_MODE_LINEAR		0x4000
#define VBE_MODE_KEEP_MEMORY	0x8000

#define VBE_TEXT_MODE		3

/* Of a VIDEO_MODE, what is no index */
#define REQUEST_FLAGS		(VIDEO_MODE_NO_ZERO_MEMORY | VIDEO_MODE_MAP_MEM_LINEAR)

#define VGA_MEMORY		0xa0000
#define VGA_MEMORY_LENGTH	0x20000

/* Asks for the service only: the BIOS is not called before HwInitialize. */
VP_STATUS NTAPI
VbeFindAdapter(IN PVOID HwDeviceExtension, IN PVOID HwContext, IN PWSTR ArgumentString,
	       IN OUT PVIDEO_PORT_CONFIG_INFO ConfigInfo, OUT PUCHAR Again)
{
	PVBE_EXTENSION Extension = HwDeviceExtension;
	PVIDEO_PORT_INT10_INTERFACE Int10 = &Extension->Int10;

	UNREFERENCED_PARAMETER(HwContext);
	UNREFERENCED_PARAMETER(ArgumentString);

	*Again = FALSE;
	ConfigInfo->VdmPhysicalVideoMemoryAddress.QuadPart = VGA_MEMORY;
	ConfigInfo->VdmPhysicalVideoMemoryLength = VGA_MEMORY_LENGTH;
	ConfigInfo->HardwareStateSize = 0;

	Int10->Size = sizeof(*Int10);
	Int10->Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1;
	return VideoPortQueryServices(Extension, VideoPortServicesInt10,
				      (PINTERFACE)Int10);
}

/* The EDID comes before the modes, which tell the size of the monitor. */
BOOLEAN NTAPI
VbeInitialize(IN PVOID HwDeviceExtension)
{
	PVBE_EXTENSION Extension = HwDeviceExtension;

	if (VbeAllocateBlock(Extension) != NO_ERROR ||
	    VbeGetController(Extension) != NO_ERROR)
		return FALSE;
	VbeGetEdid(Extension);
	return VbeBuildModes(Extension) == NO_ERROR;
}

/*
 * Requests. Each takes a packet and tells how it went; a packet whose buffers are too
 * small for the request is ERROR_INSUFFICIENT_BUFFER.
 */

static VP_STATUS
QueryNumAvailModes(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_NUM_MODES Modes = Packet->OutputBuffer;

	if (Packet->OutputBufferLength < sizeof(*Modes))
		return ERROR_INSUFFICIENT_BUFFER;
	Modes->NumModes = Extension->NumModes;
	Modes->ModeInformationLength = sizeof(VIDEO_MODE_INFORMATION);
	Packet->StatusBlock->Information = sizeof(*Modes);
	return NO_ERROR;
}

static VP_STATUS
QueryAvailModes(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	ULONG Length = Extension->NumModes * sizeof(VIDEO_MODE_INFORMATION);
	PVIDEO_MODE_INFORMATION Information = Packet->OutputBuffer;
	ULONG i;

	if (Packet->OutputBufferLength < Length)
		return ERROR_INSUFFICIENT_BUFFER;
	for (i = 0; i < Extension->NumModes; i++)
		Information[i] = Extension->Modes[i].Information;
	Packet->StatusBlock->Information = Length;
	return NO_ERROR;
}

static VP_STATUS
QueryCurrentMode(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MODE_INFORMATION Information = Packet->OutputBuffer;

	if (Packet->OutputBufferLength < sizeof(*Information))
		return ERROR_INSUFFICIENT_BUFFER;
	if (!Extension->CurrentMode)
		return ERROR_INVALID_FUNCTION;
	*Information = Extension->CurrentMode->Information;
	Packet->StatusBlock->Information = sizeof(*Information);
	return NO_ERROR;
}

static VP_STATUS
SetCurrentMode(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MODE Request = Packet->InputBuffer;
	VP_STATUS Status;
	USHORT Flags = VBE_MODE_LINEAR;
	ULONG Index;

	if (Packet->InputBufferLength < sizeof(*Request))
		return ERROR_INSUFFICIENT_BUFFER;
	Index = Request->RequestedMode & ~REQUEST_FLAGS;
	if (Index >= Extension->NumModes)
		return ERROR_INVALID_PARAMETER;
	if (Request->RequestedMode & VIDEO_MODE_NO_ZERO_MEMORY)
		Flags |= VBE_MODE_KEEP_MEMORY;
	Status = VbeSetMode(Extension, Extension->Modes[Index].Number | Flags);
	if (Status == NO_ERROR)
		Extension->CurrentMode = &Extension->Modes[Index];
	return Status;
}

static VP_STATUS
MapVideoMemory(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MEMORY_INFORMATION Memory = Packet->OutputBuffer;
	ULONG Length = Extension->Controller.TotalMemory64K * 0x10000;
	ULONG InIoSpace = VIDEO_MEMORY_SPACE_P6CACHE;
	PHYSICAL_ADDRESS Start = { .QuadPart = 0 };
	VP_STATUS Status;

	if (Packet->OutputBufferLength < sizeof(*Memory) ||
	    Packet->InputBufferLength < sizeof(VIDEO_MEMORY))
		return ERROR_INSUFFICIENT_BUFFER;
	if (!Extension->CurrentMode)
		return ERROR_INVALID_FUNCTION;
	/* The buffers may be one and the same. */
	Memory->VideoRamBase =
		((PVIDEO_MEMORY)Packet->InputBuffer)->RequestedVirtualAddress;
	Start.QuadPart = Extension->CurrentMode->PhysBasePtr;
	Status = VideoPortMapMemory(Extension, Start, &Length, &InIoSpace,
				    &Memory->VideoRamBase);
	if (Status != NO_ERROR)
		return Status;
	Memory->VideoRamLength = Length;
	Memory->FrameBufferBase = Memory->VideoRamBase;
	Memory->FrameBufferLength = Length;
	Packet->StatusBlock->Information = sizeof(*Memory);
	return NO_ERROR;
}

static VP_STATUS
UnmapVideoMemory(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MEMORY Memory = Packet->InputBuffer;

	if (Packet->InputBufferLength < sizeof(*Memory))
		return ERROR_INSUFFICIENT_BUFFER;
	return VideoPortUnmapMemory(Extension, Memory->RequestedVirtualAddress, NULL);
}

static VP_STATUS
ResetDevice(IN PVBE_EXTENSION Extension)
{
	Extension->CurrentMode = NULL;
	return VbeSetMode(Extension, VBE_TEXT_MODE);
}

static VP_STATUS
Answer(IN PVBE_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	switch (Packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		return QueryNumAvailModes(Extension, Packet);
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		return QueryAvailModes(Extension, Packet);
	case IOCTL_VIDEO_QUERY_CURRENT_MODE:
		return QueryCurrentMode(Extension, Packet);
	case IOCTL_VIDEO_SET_CURRENT_MODE:
		return SetCurrentMode(Extension, Packet);
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
		return MapVideoMemory(Extension, Packet);
	case IOCTL_VIDEO_UNMAP_VIDEO_MEMORY:
		return UnmapVideoMemory(Extension, Packet);
	case IOCTL_VIDEO_RESET_DEVICE:
		return ResetDevice(Extension);
	default:
		return ERROR_INVALID_FUNCTION;
	}
}

BOOLEAN NTAPI
VbeStartIO(IN PVOID HwDeviceExtension, IN PVIDEO_REQUEST_PACKET RequestPacket)
{
	RequestPacket->StatusBlock->Information = 0;
	RequestPacket->StatusBlock->Status = Answer(HwDeviceExtension, RequestPacket);
	return TRUE;
}

static VOID
Release(IN PVBE_EXTENSION Extension)
{
	if (Extension->Modes)
		VideoPortFreePool(Extension, Extension->Modes);
	Extension->Modes = NULL;
	Extension->NumModes = 0;
	VbeFreeBlock(Extension);
	Extension->Int10.InterfaceDereference(Extension->Int10.Context);
}

/*
 * Also undoes what a failed VbeInitialize has begun, in which case no mode has been
 * set. A miniport of Windows has no other place to give things back.
 */
BOOLEAN NTAPI
VbeResetHw(IN PVOID HwDeviceExtension, IN ULONG Columns, IN ULONG Rows)
{
	PVBE_EXTENSION Extension = HwDeviceExtension;
	BOOLEAN Done = TRUE;

	UNREFERENCED_PARAMETER(Columns);
	UNREFERENCED_PARAMETER(Rows);

	if (Extension->CurrentMode)
		Done = ResetDevice(Extension) == NO_ERROR;
	Release(Extension);
	return Done;
}
