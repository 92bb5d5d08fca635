// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport that does what the test sets, and records its calls.
 */
#include <linux/err.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"

#define CHILD_SIZE	24

struct vt_miniport vt_mp;

void vt_note(char what)
{
	size_t length = strlen(vt_mp.order);

	if (length < sizeof(vt_mp.order) - 1)
		vt_mp.order[length] = what;
}

void vt_forget_order(void)
{
	memset(vt_mp.order, 0, sizeof(vt_mp.order));
}

ULONG vt_entry(PVOID context1, PVOID context2)
{
	vt_note('E');
	vt_mp.context1 = context1;
	vt_mp.path = *(PUNICODE_STRING)context2;
	if (vt_mp.in_entry)
		vt_mp.in_entry(context1, context2);
	else
		VideoPortInitialize(context1, context2, &vt_mp.hw, &vt_mp.hw);
	return vt_mp.entry_status;
}

/* Alternative DriverEntry: call VideoPortInitialize() for each of three buses. */
void vt_entry_for_buses(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = vt_mp.hw;
	int i;

	for (i = 0; i < ARRAY_SIZE(vt_mp.buses->type); i++) {
		hw.AdapterInterfaceType = vt_mp.buses->type[i];
		VideoPortInitialize(context1, context2, &hw, (PVOID)&vt_mp.buses->type[i]);
	}
}

static VP_STATUS fake_find(PVOID ext, PVOID context, __u16 *arguments,
			   PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	vt_note('F');
	vt_mp.ext = ext;
	vt_mp.hw_context = context;
	vt_mp.arguments = arguments;
	vt_mp.config = *config;
	vt_mp.extension_was_zero = !memchr_inv(ext, 0, vt_mp.hw.HwDeviceExtensionSize);
	memset(ext, 0x5a, vt_mp.hw.HwDeviceExtensionSize);
	if (vt_mp.in_find)
		vt_mp.in_find(ext, config);
	return vt_mp.find_status;
}

static BOOLEAN fake_initialize(PVOID ext)
{
	vt_note('I');
	if (vt_mp.in_initialize)
		vt_mp.in_initialize(ext);
	return vt_mp.initialized;
}

static BOOLEAN fake_reset(PVOID ext, ULONG columns, ULONG rows)
{
	vt_note('H');
	vt_mp.columns = columns;
	vt_mp.rows = rows;
	if (vt_mp.in_reset)
		vt_mp.in_reset(ext);
	return false;
}

static VP_STATUS fake_get_power(PVOID ext, ULONG id, PVIDEO_POWER_MANAGEMENT power)
{
	vt_note('g');
	return vt_mp.power_answer[0];
}

static VP_STATUS fake_set_power(PVOID ext, ULONG id, PVIDEO_POWER_MANAGEMENT power)
{
	vt_note(power->PowerState == VideoPowerOn ? 'w' : 's');
	return id == DISPLAY_ADAPTER_HW_ID ? vt_mp.power_answer[1] : ERROR_INVALID_PARAMETER;
}

static VP_STATUS fake_child(PVOID ext, PVIDEO_CHILD_ENUM_INFO info,
			    PVIDEO_CHILD_TYPE type, PUCHAR descriptor, PULONG id,
			    PULONG unused)
{
	vt_note('c');
	vt_mp.children++;
	vt_mp.last_child = *info;
	*id = 0x1000 + info->ChildIndex;
	if (vt_mp.hw.HwChildDeviceExtensionSize) {
		if (memchr_inv(info->ChildHwDeviceExtension, 0, CHILD_SIZE))
			vt_mp.children_were_zero = false;
		memset(info->ChildHwDeviceExtension, info->ChildIndex, CHILD_SIZE);
	}
	if (memchr_inv(descriptor, 0, info->ChildDescriptorSize))
		vt_mp.children_were_zero = false;
	memset(descriptor, 0xee, info->ChildDescriptorSize);
	return vt_mp.child ? vt_mp.child(ext, info->ChildIndex, type, descriptor) :
			 vt_mp.child_answer;
}

static ULONG answer_modes(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_MODE_INFORMATION *mode = packet->OutputBuffer;
	ULONG i;

	for (i = 0; i < vt_mp.modes_listed; i++, mode++) {
		mode->ModeIndex = 100 + i;
		mode->VisScreenWidth = 640;
		mode->VisScreenHeight = 480 + i;
		mode->BitsPerPlane = 8;
		mode->NumberOfPlanes = 1;
		mode->ScreenStride = 1024;
		mode->NumberRedBits = 6;
		mode->AttributeFlags = vt_mp.mode_attributes;
	}
	return i * sizeof(*mode);
}

static void take_colors(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_CLUT *palette = packet->InputBuffer;
	VIDEO_CLUTDATA *color = &palette->LookupTable->RgbArray;

	vt_mp.colors = palette->NumEntries;
	vt_mp.colors_size = packet->InputBufferLength;
	vt_mp.first_color = color[0];
	vt_mp.last_color = color[palette->NumEntries - 1];
}

static ULONG answer_memory(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_MEMORY_INFORMATION *memory = packet->OutputBuffer;
	ULONG size = vt_mp.screen_size;

	if (vt_mp.bank_size && !(vt_mp.mode_asked & VIDEO_MODE_MAP_MEM_LINEAR))
		size = vt_mp.bank_size;
	memory->VideoRamBase = vt_mp.screen;
	memory->FrameBufferBase = vt_mp.screen;
	memory->VideoRamLength = size;
	memory->FrameBufferLength = size;
	return sizeof(*memory);
}

/* Returns the bytes of the answer; a code that is not known is left as it is. */
static ULONG answer(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_MEMORY *memory;

	packet->StatusBlock->Status = NO_ERROR;
	switch (packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		vt_note('n');
		memcpy(packet->OutputBuffer, &vt_mp.modes, sizeof(vt_mp.modes));
		return sizeof(vt_mp.modes);
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		vt_note('a');
		return answer_modes(packet);
	case IOCTL_VIDEO_SET_CURRENT_MODE:
		vt_note('S');
		if (packet->InputBufferLength >= sizeof(VIDEO_MODE))
			vt_mp.mode_asked = ((PVIDEO_MODE)packet->InputBuffer)->RequestedMode;
		return 0;
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
		vt_note('M');
		return answer_memory(packet);
	case IOCTL_VIDEO_UNMAP_VIDEO_MEMORY:
		vt_note('U');
		memory = packet->InputBuffer;
		vt_mp.unmapped = memory->RequestedVirtualAddress;
		return 0;
	case IOCTL_VIDEO_SET_COLOR_REGISTERS:
		vt_note('P');
		take_colors(packet);
		return 0;
	case IOCTL_VIDEO_RESET_DEVICE:
		vt_note('R');
		return 0;
	case VT_ECHO:
		return packet->OutputBufferLength;
	default:
		packet->StatusBlock->Status = ERROR_INVALID_FUNCTION;
		return 0;
	}
}

static BOOLEAN fake_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	ULONG code = packet->IoControlCode, information;

	vt_mp.packet = *packet;
	information = answer(packet);
	if (information > vt_mp.information_less)
		packet->StatusBlock->Information = information - vt_mp.information_less;
	if (vt_mp.fails[0] == code)
		packet->StatusBlock->Status = vt_mp.fails[1];
	if (vt_mp.in_request)
		vt_mp.in_request(ext, packet);
	return true;
}

/*
 * The fixture
 */

void vt_miniport_script(void)
{
	memset(&vt_mp, 0, sizeof(vt_mp));
	vt_mp.miniport.name = VT_MINIPORT;
	vt_mp.miniport.entry = vt_entry;
	vt_mp.hw.HwInitDataSize = sizeof(vt_mp.hw);
	vt_mp.hw.AdapterInterfaceType = Isa;
	vt_mp.hw.HwFindAdapter = fake_find;
	vt_mp.hw.HwInitialize = fake_initialize;
	vt_mp.hw.HwStartIO = fake_start_io;
	vt_mp.hw.HwResetHw = fake_reset;
	vt_mp.hw.HwDeviceExtensionSize = VT_EXTENSION_SIZE;
	vt_mp.initialized = true;
	vt_mp.children_were_zero = true;
	vt_mp.modes.NumModes = 2;
	vt_mp.modes.ModeInformationLength = sizeof(VIDEO_MODE_INFORMATION);
	vt_mp.modes_listed = 2;
	vt_mp.child_answer = ERROR_NO_MORE_DEVICES;
}

int vt_miniport_init(struct kunit *test)
{
	vt_miniport_script();
	return vt_init(test);
}

int vt_miniport_register(void)
{
	return vpmem_miniport_register(&vt_mp.miniport, NULL);
}

void vt_miniport_unregister(void)
{
	vpmem_miniport_unregister(&vt_mp.miniport);
}

void vt_miniport_exit(struct kunit *test)
{
	vt_mp.in_reset = NULL;
	vt_miniport_unregister();
	vt_exit(test);
}

void vt_need_miniport(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	vt_forget_order();
}

bool vt_is_attached(void *ext)
{
	char text[64];

	return ext && vpmem_view(ext, "quota", text, sizeof(text)) > 0;
}

/* Check that a failure leaves nothing: register the same name again. */
void vt_expect_nothing_registered(struct kunit *test)
{
	struct platform_device *device;

	KUNIT_EXPECT_FALSE(test, vt_is_attached(vt_mp.ext));
	KUNIT_EXPECT_NULL(test, vt_mp.miniport.private);
	device = platform_device_register_simple(VT_MINIPORT, PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(device), 0);
	if (!IS_ERR(device))
		platform_device_unregister(device);
}

VP_STATUS vt_request(ULONG code)
{
	return vpmem_request(vt_mp.ext, code, NULL, 0, NULL, 0, NULL);
}

void vt_have_power(bool asks)
{
	vt_mp.hw.HwGetPowerState = asks ? fake_get_power : NULL;
	vt_mp.hw.HwSetPowerState = fake_set_power;
}

void vt_have_children(ULONG answer)
{
	vt_mp.hw.HwGetVideoChildDescriptor = fake_child;
	vt_mp.hw.HwChildDeviceExtensionSize = CHILD_SIZE;
	vt_mp.child_answer = answer;
}
