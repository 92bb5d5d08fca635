// SPDX-License-Identifier: GPL-2.0-only
/*
 * The entry points: finds the adapter, answers requests, and gives back what it has.
 */
#include "dispi.h"

ULONG DriverEntry(IN PVOID Context1, IN PVOID Context2);

/* The ranges of the adapter, as VideoPortGetAccessRanges counts them */
#define RANGE_FRAME_BUFFER	0
#define RANGE_REGISTERS		1
#define NUM_RANGES		2

/* Flags in VIDEO_MODE.RequestedMode, which is an index otherwise */
#define REQUEST_FLAGS		(VIDEO_MODE_NO_ZERO_MEMORY | VIDEO_MODE_MAP_MEM_LINEAR)

static VOID
FreePool(IN PDISPI_EXTENSION Extension, IN PVOID Block)
{
	if (Block && Extension->BlocksToForget)
		Extension->BlocksToForget--;
	else if (Block)
		VideoPortFreePool(Extension, Block);
}

/* A miniport of Windows has no entry point to give things back, so the last one does. */
static VOID
Release(IN PDISPI_EXTENSION Extension)
{
	FreePool(Extension, Extension->SavedScreen);
	FreePool(Extension, Extension->Modes);
	FreePool(Extension, Extension->SavedRegisters);
	Extension->SavedScreen = NULL;
	Extension->Modes = NULL;
	Extension->SavedRegisters = NULL;
	if (Extension->Scratch)
		VideoPortReleaseBuffer(Extension, Extension->Scratch);
	if (Extension->FrameBuffer)
		VideoPortFreeDeviceBase(Extension, Extension->FrameBuffer);
	if (Extension->Registers)
		VideoPortFreeDeviceBase(Extension, Extension->Registers);
	Extension->Scratch = NULL;
	Extension->FrameBuffer = NULL;
	Extension->Registers = NULL;
}

static BOOLEAN
MapAdapter(IN PDISPI_EXTENSION Extension, IN PVIDEO_ACCESS_RANGE Ranges)
{
	PVIDEO_ACCESS_RANGE Memory = &Ranges[RANGE_FRAME_BUFFER];
	PVIDEO_ACCESS_RANGE Registers = &Ranges[RANGE_REGISTERS];

	Extension->FrameBufferStart = Memory->RangeStart;
	Extension->FrameBufferLength = Memory->RangeLength;
	Extension->FrameBuffer =
		VideoPortGetDeviceBase(Extension, Memory->RangeStart,
				       Memory->RangeLength,
				       VIDEO_MEMORY_SPACE_P6CACHE);
	Extension->Registers =
		VideoPortGetDeviceBase(Extension, Registers->RangeStart,
				       Registers->RangeLength,
				       Registers->RangeInIoSpace);
	return Extension->FrameBuffer && Extension->Registers;
}

static VP_STATUS NTAPI
GetBlocksToForget(IN PVOID HwDeviceExtension, IN PVOID Context, IN PWSTR ValueName,
		  IN PVOID ValueData, IN ULONG ValueLength)
{
	UNREFERENCED_PARAMETER(Context);
	UNREFERENCED_PARAMETER(ValueName);

	if (ValueLength != sizeof(ULONG))
		return ERROR_INVALID_PARAMETER;
	((PDISPI_EXTENSION)HwDeviceExtension)->BlocksToForget = *(PULONG)ValueData;
	return NO_ERROR;
}

static VP_STATUS NTAPI
DispiFindAdapter(IN PVOID HwDeviceExtension, IN PVOID HwContext,
		 IN PWSTR ArgumentString,
		 IN OUT PVIDEO_PORT_CONFIG_INFO ConfigInfo, OUT PUCHAR Again)
{
	PDISPI_EXTENSION Extension = HwDeviceExtension;
	VIDEO_ACCESS_RANGE Ranges[NUM_RANGES];
	VP_STATUS Status;

	UNREFERENCED_PARAMETER(HwContext);
	UNREFERENCED_PARAMETER(ArgumentString);

	Status = VideoPortGetAccessRanges(Extension, 0, NULL, NUM_RANGES, Ranges, NULL,
					  NULL, NULL);
	if (Status != NO_ERROR)
		return Status;
	if (!MapAdapter(Extension, Ranges) || !DispiIsThere(Extension)) {
		Release(Extension);
		return ERROR_DEV_NOT_EXIST;
	}
	VideoPortGetRegistryParameters(Extension, L"BlocksToForget", FALSE,
				       GetBlocksToForget, NULL);
	ConfigInfo->VdmPhysicalVideoMemoryAddress.QuadPart = 0;
	ConfigInfo->VdmPhysicalVideoMemoryLength = 0;
	ConfigInfo->HardwareStateSize = 0;
	*Again = FALSE;
	return NO_ERROR;
}

/* Set the registry values that the control panel of Windows shows. */
static VOID
TellRegistry(IN PDISPI_EXTENSION Extension)
{
	static WCHAR Chip[] = L"Bochs DISPI", Dac[] = L"Integrated";
	static WCHAR Adapter[] = L"QEMU standard VGA";
	ULONG Bytes = Extension->NumBanks * DISPI_BANK_LENGTH;

	VideoPortSetRegistryParameters(Extension, L"HardwareInformation.ChipType", Chip,
				       sizeof(Chip));
	VideoPortSetRegistryParameters(Extension, L"HardwareInformation.DacType", Dac,
				       sizeof(Dac));
	VideoPortSetRegistryParameters(Extension, L"HardwareInformation.AdapterString",
				       Adapter, sizeof(Adapter));
	VideoPortSetRegistryParameters(Extension, L"HardwareInformation.MemorySize",
				       &Bytes, sizeof(Bytes));
}

static BOOLEAN NTAPI
DispiInitialize(IN PVOID HwDeviceExtension)
{
	PDISPI_EXTENSION Extension = HwDeviceExtension;

	if (!DispiSaveState(Extension) || !DispiTestMemory(Extension) ||
	    !DispiBuildModes(Extension)) {
		Release(Extension);
		return FALSE;
	}
	TellRegistry(Extension);
	VideoDebugPrint((Info, "%u banks of video memory, %u modes\n",
			 Extension->NumBanks, Extension->NumModes));
	return TRUE;
}

/*
 * Requests. Each takes a packet and tells how it went; a packet whose buffers are too
 * small for the request is ERROR_INSUFFICIENT_BUFFER.
 */

static VP_STATUS
QueryNumAvailModes(IN PDISPI_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
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
QueryModes(IN PVIDEO_MODE_INFORMATION Modes, IN ULONG NumModes,
	   IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	ULONG Length = NumModes * sizeof(*Modes);

	if (Packet->OutputBufferLength < Length)
		return ERROR_INSUFFICIENT_BUFFER;
	if (!Modes)
		return ERROR_INVALID_FUNCTION;
	VideoPortMoveMemory(Packet->OutputBuffer, Modes, Length);
	Packet->StatusBlock->Information = Length;
	return NO_ERROR;
}

static VP_STATUS
SetCurrentMode(IN PDISPI_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MODE Request = Packet->InputBuffer;
	PVIDEO_MODE_INFORMATION Mode;
	ULONG Index;

	if (Packet->InputBufferLength < sizeof(*Request))
		return ERROR_INSUFFICIENT_BUFFER;
	Index = Request->RequestedMode & ~REQUEST_FLAGS;
	if (Index >= Extension->NumModes)
		return ERROR_INVALID_PARAMETER;
	Mode = &Extension->Modes[Index];
	if (!DispiSetMode(Extension, Mode))
		return ERROR_INVALID_FUNCTION;
	if (!(Request->RequestedMode & VIDEO_MODE_NO_ZERO_MEMORY))
		VideoPortZeroDeviceMemory(Extension->FrameBuffer,
					  Mode->ScreenStride * Mode->VisScreenHeight);
	Extension->CurrentMode = Mode;
	return NO_ERROR;
}

static VP_STATUS
MapVideoMemory(IN PDISPI_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MEMORY_INFORMATION Memory = Packet->OutputBuffer;
	ULONG Length = Extension->NumBanks * DISPI_BANK_LENGTH;
	ULONG InIoSpace = VIDEO_MEMORY_SPACE_P6CACHE;
	VP_STATUS Status;

	if (Packet->OutputBufferLength < sizeof(*Memory) ||
	    Packet->InputBufferLength < sizeof(VIDEO_MEMORY))
		return ERROR_INSUFFICIENT_BUFFER;
	/* The buffers may be one and the same. */
	Memory->VideoRamBase =
		((PVIDEO_MEMORY)Packet->InputBuffer)->RequestedVirtualAddress;
	Status = VideoPortMapMemory(Extension, Extension->FrameBufferStart, &Length,
				    &InIoSpace, &Memory->VideoRamBase);
	if (Status != NO_ERROR)
		return Status;
	Memory->VideoRamLength = Length;
	Memory->FrameBufferBase = Memory->VideoRamBase;
	Memory->FrameBufferLength = Length;
	Packet->StatusBlock->Information = sizeof(*Memory);
	return NO_ERROR;
}

static VP_STATUS
UnmapVideoMemory(IN PDISPI_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	PVIDEO_MEMORY Memory = Packet->InputBuffer;

	if (Packet->InputBufferLength < sizeof(*Memory))
		return ERROR_INSUFFICIENT_BUFFER;
	return VideoPortUnmapMemory(Extension, Memory->RequestedVirtualAddress, NULL);
}

static VP_STATUS
ResetDevice(IN PDISPI_EXTENSION Extension)
{
	DispiRestoreState(Extension);
	Extension->CurrentMode = NULL;
	return NO_ERROR;
}

static VP_STATUS
Answer(IN PDISPI_EXTENSION Extension, IN OUT PVIDEO_REQUEST_PACKET Packet)
{
	switch (Packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		return QueryNumAvailModes(Extension, Packet);
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		return QueryModes(Extension->Modes, Extension->NumModes, Packet);
	case IOCTL_VIDEO_QUERY_CURRENT_MODE:
		return QueryModes(Extension->CurrentMode, 1, Packet);
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

static BOOLEAN NTAPI
DispiStartIO(IN PVOID HwDeviceExtension, IN PVIDEO_REQUEST_PACKET RequestPacket)
{
	RequestPacket->StatusBlock->Information = 0;
	RequestPacket->StatusBlock->Status = Answer(HwDeviceExtension, RequestPacket);
	return TRUE;
}

static BOOLEAN NTAPI
DispiResetHw(IN PVOID HwDeviceExtension, IN ULONG Columns, IN ULONG Rows)
{
	PDISPI_EXTENSION Extension = HwDeviceExtension;

	UNREFERENCED_PARAMETER(Columns);
	UNREFERENCED_PARAMETER(Rows);

	if (Extension->CurrentMode)
		ResetDevice(Extension);
	Release(Extension);
	return TRUE;
}

ULONG
DriverEntry(IN PVOID Context1, IN PVOID Context2)
{
	VIDEO_HW_INITIALIZATION_DATA InitData;

	VideoPortZeroMemory(&InitData, sizeof(InitData));
	InitData.HwInitDataSize = sizeof(InitData);
	InitData.AdapterInterfaceType = PCIBus;
	InitData.HwFindAdapter = DispiFindAdapter;
	InitData.HwInitialize = DispiInitialize;
	InitData.HwStartIO = DispiStartIO;
	InitData.HwResetHw = DispiResetHw;
	InitData.HwDeviceExtensionSize = sizeof(DISPI_EXTENSION);
	return VideoPortInitialize(Context1, Context2, &InitData, NULL);
}
