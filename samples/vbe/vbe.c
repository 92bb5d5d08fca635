// SPDX-License-Identifier: GPL-2.0-only
/*
 * The entry points: finds the adapter, answers requests, and gives back what it has.
 */
#include "vbe.h"

ULONG DriverEntry(IN PVOID Context1, IN PVOID Context2);

/* With the number of a mode */
#define VBE_MODE_LINEAR		0x4000
#define VBE_MODE_KEEP_MEMORY	0x8000

#define VBE_TEXT_MODE		3

/* Flags in VIDEO_MODE.RequestedMode, which is an index otherwise */
#define REQUEST_FLAGS		(VIDEO_MODE_NO_ZERO_MEMORY | VIDEO_MODE_MAP_MEM_LINEAR)

#define VGA_MEMORY		0xa0000
#define VGA_MEMORY_LENGTH	0x20000

/* The name of the monitor among the children */
#define VBE_MONITOR		0x0100

/* A miniport of Windows has no entry point to give things back, so the last one does. */
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
 * Asks for the service only: the BIOS is not called before HwInitialize. INT 10h is the
 * BIOS of one adapter, the one that the machine has booted with.
 */
static VP_STATUS NTAPI
VbeFindAdapter(IN PVOID HwDeviceExtension, IN PVOID HwContext, IN PWSTR ArgumentString,
	       IN OUT PVIDEO_PORT_CONFIG_INFO ConfigInfo, OUT PUCHAR Again)
{
	PVBE_EXTENSION Extension = HwDeviceExtension;
	PVIDEO_PORT_INT10_INTERFACE Int10 = &Extension->Int10;
	ULONG VgaStatus;

	UNREFERENCED_PARAMETER(HwContext);
	UNREFERENCED_PARAMETER(ArgumentString);

	if (VideoPortGetVgaStatus(Extension, &VgaStatus) != NO_ERROR ||
	    !(VgaStatus & DEVICE_VGA_ENABLED) || VideoPortIsNoVesa())
		return ERROR_DEV_NOT_EXIST;
	*Again = FALSE;
	ConfigInfo->VdmPhysicalVideoMemoryAddress.QuadPart = VGA_MEMORY;
	ConfigInfo->VdmPhysicalVideoMemoryLength = VGA_MEMORY_LENGTH;
	ConfigInfo->HardwareStateSize = 0;

	Int10->Size = sizeof(*Int10);
	Int10->Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1;
	return VideoPortQueryServices(Extension, VideoPortServicesInt10,
				      (PINTERFACE)Int10);
}

static VOID
SetRegistryString(IN PVBE_EXTENSION Extension, IN PWSTR Name, IN PCSTR String)
{
	WCHAR Wide[OEM_STRING_LENGTH];
	ULONG Length = 0;

	while (Length < OEM_STRING_LENGTH - 1 && String[Length]) {
		Wide[Length] = (UCHAR)String[Length];
		Length++;
	}
	Wide[Length++] = 0;
	VideoPortSetRegistryParameters(Extension, Name, Wide, Length * sizeof(WCHAR));
}

/* Set the registry values that the control panel of Windows shows. */
static VOID
TellRegistry(IN PVBE_EXTENSION Extension)
{
	ULONG Bytes = Extension->Controller.TotalMemory64K * 0x10000;

	SetRegistryString(Extension, L"HardwareInformation.ChipType", "VBE");
	SetRegistryString(Extension, L"HardwareInformation.BiosString",
			  Extension->OemString);
	VideoPortSetRegistryParameters(Extension, L"HardwareInformation.MemorySize",
				       &Bytes, sizeof(Bytes));
}

/* The EDID comes before the modes, which tell the size of the monitor. */
static BOOLEAN NTAPI
VbeInitialize(IN PVOID HwDeviceExtension)
{
	PVBE_EXTENSION Extension = HwDeviceExtension;
	PVBE_CONTROLLER Controller = &Extension->Controller;

	if (VbeAllocateBlock(Extension) != NO_ERROR ||
	    VbeGetController(Extension) != NO_ERROR) {
		Release(Extension);
		return FALSE;
	}
	VideoDebugPrint((Info, "VBE %x.%x, \"%s\", %u KiB\n", Controller->Version >> 8,
			 Controller->Version & 0xff, Extension->OemString,
			 Controller->TotalMemory64K * 64));
	VbeGetEdid(Extension);
	if (VbeBuildModes(Extension) != NO_ERROR) {
		Release(Extension);
		return FALSE;
	}
	TellRegistry(Extension);
	return TRUE;
}

/* There is one monitor at most. */
static VP_STATUS NTAPI
VbeGetChildDescriptor(IN PVOID HwDeviceExtension, IN PVIDEO_CHILD_ENUM_INFO ChildEnumInfo,
		      OUT PVIDEO_CHILD_TYPE VideoChildType, OUT PUCHAR ChildDescriptor,
		      OUT PULONG UId, OUT PULONG Unused)
{
	PVBE_EXTENSION Extension = HwDeviceExtension;

	UNREFERENCED_PARAMETER(Unused);

	if (ChildEnumInfo->ChildIndex != 1 || !Extension->HasEdid ||
	    ChildEnumInfo->ChildDescriptorSize < sizeof(Extension->Edid))
		return VIDEO_ENUM_NO_MORE_DEVICES;
	*VideoChildType = Monitor;
	*UId = VBE_MONITOR;
	VideoPortMoveMemory(ChildDescriptor, &Extension->Edid, sizeof(Extension->Edid));
	return VIDEO_ENUM_MORE_DEVICES;
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

/* On PCI the adapter has it anyway; without, this is how to ask for it. */
static VP_STATUS
ClaimMemory(IN PVBE_EXTENSION Extension, IN PHYSICAL_ADDRESS Start, IN ULONG Length)
{
	VIDEO_ACCESS_RANGE Range;

	VideoPortZeroMemory(&Range, sizeof(Range));
	Range.RangeStart = Start;
	Range.RangeLength = Length;
	Range.RangeVisible = TRUE;
	return VideoPortVerifyAccessRanges(Extension, 1, &Range);
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
	Status = ClaimMemory(Extension, Start, Length);
	if (Status == NO_ERROR)
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
SetColorRegisters(IN PVBE_EXTENSION Extension, IN PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_CLUT Palette = Packet->InputBuffer;
	ULONG Header = FIELD_OFFSET(VIDEO_CLUT, LookupTable);

	if (Packet->InputBufferLength < Header ||
	    Packet->InputBufferLength - Header <
	    Palette->NumEntries * sizeof(VIDEO_CLUTDATA))
		return ERROR_INSUFFICIENT_BUFFER;
	if (!Palette->NumEntries ||
	    Palette->FirstEntry + Palette->NumEntries > VBE_MAX_COLORS)
		return ERROR_INVALID_PARAMETER;
	return VbeSetPalette(Extension, Palette);
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
	case IOCTL_VIDEO_SET_COLOR_REGISTERS:
		return SetColorRegisters(Extension, Packet);
	case IOCTL_VIDEO_RESET_DEVICE:
		return ResetDevice(Extension);
	default:
		return ERROR_INVALID_FUNCTION;
	}
}

static BOOLEAN NTAPI
VbeStartIO(IN PVOID HwDeviceExtension, IN PVIDEO_REQUEST_PACKET RequestPacket)
{
	RequestPacket->StatusBlock->Information = 0;
	RequestPacket->StatusBlock->Status = Answer(HwDeviceExtension, RequestPacket);
	return TRUE;
}

static BOOLEAN NTAPI
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

/* For adapters on PCI, and for the VGA of a machine wherever it is. */
ULONG
DriverEntry(IN PVOID Context1, IN PVOID Context2)
{
	VIDEO_HW_INITIALIZATION_DATA InitData;
	ULONG OnPci, OnIsa;

	VideoPortZeroMemory(&InitData, sizeof(InitData));
	InitData.HwInitDataSize = sizeof(InitData);
	InitData.HwFindAdapter = VbeFindAdapter;
	InitData.HwInitialize = VbeInitialize;
	InitData.HwStartIO = VbeStartIO;
	InitData.HwResetHw = VbeResetHw;
	InitData.HwGetVideoChildDescriptor = VbeGetChildDescriptor;
	InitData.HwDeviceExtensionSize = sizeof(VBE_EXTENSION);
	InitData.AdapterInterfaceType = PCIBus;
	OnPci = VideoPortInitialize(Context1, Context2, &InitData, NULL);
	InitData.AdapterInterfaceType = Isa;
	OnIsa = VideoPortInitialize(Context1, Context2, &InitData, NULL);
	return OnPci == NO_ERROR ? OnPci : OnIsa;
}
