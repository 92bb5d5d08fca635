// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport of a display that is memory: two modes, and a pointer. It needs no KUnit, and no
 * hardware. A write to the parameter "enumerate" has its children enumerated.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/string.h>

#include "include/vpmem-port.h"
#include "include/video.h"

#define MODE(index, width, height, stride) {					\
	.Length = sizeof(VIDEO_MODE_INFORMATION), .ModeIndex = (index),		\
	.VisScreenWidth = (width), .VisScreenHeight = (height),			\
	.ScreenStride = (stride), .NumberOfPlanes = 1, .BitsPerPlane = 32,	\
	.Frequency = 60, .NumberRedBits = 8, .NumberGreenBits = 8, .NumberBlueBits = 8, \
	.RedMask = 0xff0000, .GreenMask = 0xff00, .BlueMask = 0xff,		\
	.AttributeFlags = VIDEO_MODE_COLOR | VIDEO_MODE_GRAPHICS | VIDEO_MODE_LINEAR }

static const VIDEO_MODE_INFORMATION modes[] = {
	MODE(1, 320, 200, 4 * 320),
	MODE(2, 640, 480, 4 * 640),
};

#define SCREEN_SIZE	(640 * 480 * 4)

static const VIDEO_POINTER_CAPABILITIES pointer = {
	.Flags = VIDEO_MODE_MONO_POINTER,
	.MaxWidth = 32,
	.MaxHeight = 32,
};

static void *extension;
static void *screen;

static VP_STATUS screen_find(PVOID ext, PVOID context, __u16 *arguments,
			     PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	screen = VideoPortAllocatePool(ext, VpPagedPool, SCREEN_SIZE, 'rcsV');
	if (!screen)
		return ERROR_NOT_ENOUGH_MEMORY;
	/* Show nothing of what was in that memory. */
	memset(screen, 0, SCREEN_SIZE);
	extension = ext;
	return NO_ERROR;
}

static BOOLEAN screen_initialize(PVOID ext)
{
	return true;
}

static BOOLEAN screen_reset(PVOID ext, ULONG columns, ULONG rows)
{
	VideoPortFreePool(ext, screen);
	extension = NULL;
	return true;
}

static VP_STATUS screen_child(PVOID ext, PVIDEO_CHILD_ENUM_INFO info, PVIDEO_CHILD_TYPE type,
			      PUCHAR descriptor, PULONG id, PULONG unused)
{
	return ERROR_NO_MORE_DEVICES;
}

static ULONG answer_with(PVIDEO_REQUEST_PACKET packet, const void *from, ULONG size)
{
	memcpy(packet->OutputBuffer, from, size);
	return size;
}

static ULONG answer_memory(PVIDEO_REQUEST_PACKET packet)
{
	const VIDEO_MEMORY_INFORMATION memory = {
		.VideoRamBase = screen,
		.VideoRamLength = SCREEN_SIZE,
		.FrameBufferBase = screen,
		.FrameBufferLength = SCREEN_SIZE,
	};

	return answer_with(packet, &memory, sizeof(memory));
}

static ULONG answer(PVIDEO_REQUEST_PACKET packet)
{
	const VIDEO_NUM_MODES number = { ARRAY_SIZE(modes), sizeof(modes[0]) };

	switch (packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		return answer_with(packet, &number, sizeof(number));
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		return answer_with(packet, modes, sizeof(modes));
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
		return answer_memory(packet);
	case IOCTL_VIDEO_QUERY_POINTER_CAPABILITIES:
		return answer_with(packet, &pointer, sizeof(pointer));
	default:
		return 0;
	}
}

static BOOLEAN screen_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	packet->StatusBlock->Information = answer(packet);
	packet->StatusBlock->Status = NO_ERROR;
	return true;
}

static ULONG screen_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = screen_find,
		.HwInitialize = screen_initialize,
		.HwStartIO = screen_start_io,
		.HwResetHw = screen_reset,
		.HwGetVideoChildDescriptor = screen_child,
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

static int enumerate_set(const char *unused, const struct kernel_param *param)
{
	VP_STATUS status = extension ? VideoPortEnumerateChildren(extension, NULL) : NO_ERROR;

	return status == ERROR_NOT_ENOUGH_MEMORY ? -ENOMEM : 0;
}

static const struct kernel_param_ops enumerate_ops = { .set = enumerate_set };
module_param_cb(enumerate, &enumerate_ops, NULL, 0200);
MODULE_PARM_DESC(enumerate, "Enumerate the children");

vpmem_legacy_miniport_driver("vpmem-screen", screen_entry);

MODULE_DESCRIPTION("Miniport of a display that is memory");
MODULE_LICENSE("GPL");
