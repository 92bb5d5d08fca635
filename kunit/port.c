// SPDX-License-Identifier: GPL-2.0-only
/*
 * The port object, around a miniport that does what the test tells it, and notes what
 * it is told.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "helpers.h"
#include "include/video.h"

#define NAME		"vpmem-kunit-port"
#define EXTENSION_SIZE	1000
#define CHILD_SIZE	24
#define CHILDREN_MAX	32
#define SCREEN_SIZE	64
#define ORDER		128

/* Codes that no display driver has. */
#define ECHO		0x77001
#define AGAIN		0x77002
#define UNKNOWN		0x77003

/*
 * The miniport. Its entry points have no place for what is the test's own, hence a
 * static one; there is one test at a time.
 */

static struct script {
	/* What it does. */
	struct vpmem_miniport miniport;
	VIDEO_HW_INITIALIZATION_DATA hw;
	void (*in_entry)(PVOID context1, PVOID context2);
	ULONG entry_status;
	void (*in_find)(PVOID ext, PVIDEO_PORT_CONFIG_INFO config);
	VP_STATUS find_status;
	void (*in_initialize)(PVOID ext);
	BOOLEAN initialized;
	void (*in_request)(PVOID ext, PVIDEO_REQUEST_PACKET packet);
	void (*in_reset)(PVOID ext);
	ULONG (*child)(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor);
	ULONG child_answer;
	VIDEO_NUM_MODES modes;
	ULONG modes_listed;
	ULONG mode_attributes;
	VP_STATUS fails[2];			/* a code, and the status for it */
	ULONG information_less;
	UCHAR *screen;
	ULONG screen_size;
	/* What it has seen. */
	char order[ORDER];
	PVOID context1;
	UNICODE_STRING path;
	PVOID ext;
	PVOID hw_context;
	__u16 *arguments;
	VIDEO_PORT_CONFIG_INFO config;
	bool extension_was_zero;
	VIDEO_REQUEST_PACKET packet;
	ULONG mode_asked;
	USHORT colors;
	VIDEO_CLUTDATA first_color, last_color;
	PVOID unmapped;
	ULONG columns, rows;
	ULONG registry_number;
	char registry_text[16];
	unsigned int children;
	VIDEO_CHILD_ENUM_INFO last_child;
	bool children_were_zero;
	bool were_together;
	atomic_t inside;
} s;

static void note(char what)
{
	size_t length = strlen(s.order);

	if (length < ORDER - 1)
		s.order[length] = what;
}

static void forget_order(void)
{
	memset(s.order, 0, sizeof(s.order));
}

static ULONG fake_entry(PVOID context1, PVOID context2)
{
	note('E');
	s.context1 = context1;
	s.path = *(PUNICODE_STRING)context2;
	if (s.in_entry)
		s.in_entry(context1, context2);
	else
		VideoPortInitialize(context1, context2, &s.hw, &s.hw);
	return s.entry_status;
}

static VP_STATUS fake_find(PVOID ext, PVOID context, __u16 *arguments,
			   PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	note('F');
	s.ext = ext;
	s.hw_context = context;
	s.arguments = arguments;
	s.config = *config;
	s.extension_was_zero = !memchr_inv(ext, 0, s.hw.HwDeviceExtensionSize);
	memset(ext, 0x5a, s.hw.HwDeviceExtensionSize);
	if (s.in_find)
		s.in_find(ext, config);
	return s.find_status;
}

static BOOLEAN fake_initialize(PVOID ext)
{
	note('I');
	if (s.in_initialize)
		s.in_initialize(ext);
	return s.initialized;
}

static BOOLEAN fake_reset(PVOID ext, ULONG columns, ULONG rows)
{
	note('H');
	s.columns = columns;
	s.rows = rows;
	if (s.in_reset)
		s.in_reset(ext);
	return false;
}

static VP_STATUS fake_child(PVOID ext, PVIDEO_CHILD_ENUM_INFO info,
			    PVIDEO_CHILD_TYPE type, PUCHAR descriptor, PULONG id,
			    PULONG unused)
{
	note('c');
	s.children++;
	s.last_child = *info;
	*id = 0x1000 + info->ChildIndex;
	if (s.hw.HwChildDeviceExtensionSize) {
		if (memchr_inv(info->ChildHwDeviceExtension, 0, CHILD_SIZE))
			s.children_were_zero = false;
		memset(info->ChildHwDeviceExtension, info->ChildIndex, CHILD_SIZE);
	}
	if (memchr_inv(descriptor, 0, info->ChildDescriptorSize))
		s.children_were_zero = false;
	memset(descriptor, 0xee, info->ChildDescriptorSize);
	return s.child ? s.child(ext, info->ChildIndex, type, descriptor) :
			 s.child_answer;
}

static ULONG answer_modes(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_MODE_INFORMATION *mode = packet->OutputBuffer;
	ULONG i;

	for (i = 0; i < s.modes_listed; i++, mode++) {
		mode->ModeIndex = 100 + i;
		mode->VisScreenWidth = 640;
		mode->VisScreenHeight = 480 + i;
		mode->BitsPerPlane = 8;
		mode->NumberOfPlanes = 1;
		mode->ScreenStride = 1024;
		mode->NumberRedBits = 6;
		mode->AttributeFlags = s.mode_attributes;
	}
	return i * sizeof(*mode);
}

static void take_colors(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_CLUT *palette = packet->InputBuffer;
	VIDEO_CLUTDATA *color = &palette->LookupTable->RgbArray;

	s.colors = palette->NumEntries;
	s.first_color = color[0];
	s.last_color = color[palette->NumEntries - 1];
}

static ULONG answer_memory(PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_MEMORY_INFORMATION *memory = packet->OutputBuffer;

	memory->VideoRamBase = s.screen;
	memory->FrameBufferBase = s.screen;
	memory->VideoRamLength = s.screen_size;
	memory->FrameBufferLength = s.screen_size;
	return sizeof(*memory);
}

/* Returns the bytes of the answer; a code that is not known is left as it is. */
static ULONG answer(PVIDEO_REQUEST_PACKET packet)
{
	packet->StatusBlock->Status = NO_ERROR;
	switch (packet->IoControlCode) {
	case IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES:
		note('n');
		memcpy(packet->OutputBuffer, &s.modes, sizeof(s.modes));
		return sizeof(s.modes);
	case IOCTL_VIDEO_QUERY_AVAIL_MODES:
		note('a');
		return answer_modes(packet);
	case IOCTL_VIDEO_SET_CURRENT_MODE:
		note('S');
		s.mode_asked = ((PVIDEO_MODE)packet->InputBuffer)->RequestedMode;
		return 0;
	case IOCTL_VIDEO_MAP_VIDEO_MEMORY:
		note('M');
		return answer_memory(packet);
	case IOCTL_VIDEO_UNMAP_VIDEO_MEMORY:
		note('U');
		s.unmapped = ((PVIDEO_MEMORY)packet->InputBuffer)->RequestedVirtualAddress;
		return 0;
	case IOCTL_VIDEO_SET_COLOR_REGISTERS:
		note('P');
		take_colors(packet);
		return 0;
	case IOCTL_VIDEO_RESET_DEVICE:
		note('R');
		return 0;
	case ECHO:
		return packet->OutputBufferLength;
	default:
		packet->StatusBlock->Status = ERROR_INVALID_FUNCTION;
		return 0;
	}
}

static BOOLEAN fake_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	ULONG code = packet->IoControlCode, information;

	s.packet = *packet;
	information = answer(packet);
	if (information > s.information_less)
		packet->StatusBlock->Information = information - s.information_less;
	if (s.fails[0] == code)
		packet->StatusBlock->Status = s.fails[1];
	if (s.in_request)
		s.in_request(ext, packet);
	return true;
}

/*
 * The fixture
 */

static void fake_reset_script(void)
{
	memset(&s, 0, sizeof(s));
	s.miniport.name = NAME;
	s.miniport.entry = fake_entry;
	s.hw.HwInitDataSize = sizeof(s.hw);
	s.hw.AdapterInterfaceType = Isa;
	s.hw.HwFindAdapter = fake_find;
	s.hw.HwInitialize = fake_initialize;
	s.hw.HwStartIO = fake_start_io;
	s.hw.HwResetHw = fake_reset;
	s.hw.HwDeviceExtensionSize = EXTENSION_SIZE;
	s.initialized = true;
	s.children_were_zero = true;
	s.modes.NumModes = 2;
	s.modes.ModeInformationLength = sizeof(VIDEO_MODE_INFORMATION);
	s.modes_listed = 2;
	s.child_answer = ERROR_NO_MORE_DEVICES;
}

static int port_init(struct kunit *test)
{
	fake_reset_script();
	return vt_init(test);
}

static int fake_register(void)
{
	return vpmem_miniport_register(&s.miniport, NULL);
}

static void fake_unregister(void)
{
	vpmem_miniport_unregister(&s.miniport);
}

static void port_exit(struct kunit *test)
{
	s.in_reset = NULL;
	fake_unregister();
	vt_exit(test);
}

static void need_miniport(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, fake_register(), 0);
	forget_order();
}

static bool is_attached(void *ext)
{
	char text[64];

	return ext && vpmem_view(ext, "quota", text, sizeof(text)) > 0;
}

/* What failed has left nothing: its name can be had again. */
static void expect_nothing_registered(struct kunit *test)
{
	struct platform_device *device;

	KUNIT_EXPECT_FALSE(test, is_attached(s.ext));
	KUNIT_EXPECT_NULL(test, s.miniport.private);
	device = platform_device_register_simple(NAME, PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(device), 0);
	if (!IS_ERR(device))
		platform_device_unregister(device);
}

/*
 * DriverEntry
 */

static void port_01_driver_entry(struct kunit *test)
{
	static const WCHAR root[] = L"\\Registry\\Machine\\";

	need_miniport(test);
	KUNIT_EXPECT_NOT_NULL(test, s.context1);
	KUNIT_EXPECT_GT(test, (size_t)s.path.Length, sizeof(root));
	KUNIT_EXPECT_EQ(test, s.path.MaximumLength, s.path.Length + sizeof(WCHAR));
	KUNIT_EXPECT_EQ(test, s.path.Buffer[s.path.Length / sizeof(WCHAR)], 0);
	KUNIT_EXPECT_EQ(test, memcmp(s.path.Buffer, root, sizeof(root) - sizeof(WCHAR)),
			0);
}

static void port_02_life(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "EFI");
	KUNIT_EXPECT_TRUE(test, is_attached(s.ext));
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "EFIH");
	KUNIT_EXPECT_EQ(test, s.columns, 80U);
	KUNIT_EXPECT_EQ(test, s.rows, 25U);
	expect_nothing_registered(test);
	KUNIT_EXPECT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "EFIHEFI");
}

static void port_03_bad_miniport(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vpmem_miniport_register(NULL, NULL), -EINVAL);
	s.miniport.entry = NULL;
	KUNIT_EXPECT_EQ(test, fake_register(), -EINVAL);
	s.miniport.entry = fake_entry;
	s.miniport.name = NULL;
	KUNIT_EXPECT_EQ(test, fake_register(), -EINVAL);
	s.miniport.name = NAME;
	vpmem_miniport_unregister(NULL);
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "");
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, fake_register(), -EBUSY);
	KUNIT_EXPECT_STREQ(test, s.order, "");
	KUNIT_EXPECT_TRUE(test, is_attached(s.ext));
}

static void port_04_name_is_taken(struct kunit *test)
{
	struct vpmem_miniport other = { .name = NAME, .entry = fake_entry };

	need_miniport(test);
	KUNIT_EXPECT_NE(test, vpmem_miniport_register(&other, NULL), 0);
	KUNIT_EXPECT_NULL(test, other.private);
	KUNIT_EXPECT_TRUE(test, is_attached(s.ext));
}

static void port_05_entry_that_fails(struct kunit *test)
{
	s.entry_status = ERROR_DEV_NOT_EXIST;
	KUNIT_EXPECT_EQ(test, fake_register(), -ENODEV);
	KUNIT_EXPECT_STREQ(test, s.order, "E");
	expect_nothing_registered(test);
}

static void entry_does_nothing(PVOID context1, PVOID context2)
{
}

static void port_06_entry_without_initialize(struct kunit *test)
{
	s.in_entry = entry_does_nothing;
	KUNIT_EXPECT_EQ(test, fake_register(), -ENODEV);
	KUNIT_EXPECT_STREQ(test, s.order, "E");
	expect_nothing_registered(test);
}

/*
 * VideoPortInitialize()
 */

static ULONG initialize_status;
static PVIDEO_HW_INITIALIZATION_DATA initialize_data;

static void entry_initializes(PVOID context1, PVOID context2)
{
	initialize_status = VideoPortInitialize(context1, context2, initialize_data,
						&s.hw);
}

static void expect_initialize_refused(struct kunit *test, const char *event)
{
	initialize_status = NO_ERROR;
	s.in_entry = entry_initializes;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, fake_register(), -ENODEV);
	vt_expect_events(test, NULL, event, 1);
	KUNIT_EXPECT_EQ(test, initialize_status, ERROR_INVALID_PARAMETER);
}

static void port_07_initialize_bad_data(struct kunit *test)
{
	static const ULONG sizes[] = {
		0, 1, offsetof(VIDEO_HW_INITIALIZATION_DATA, HwResetHw),
		offsetofend(VIDEO_HW_INITIALIZATION_DATA, HwResetHw) - 1,
	};
	const VIDEO_HW_INITIALIZATION_DATA good = s.hw;
	int i;

	initialize_data = NULL;
	expect_initialize_refused(test, "bad-parameter");
	initialize_data = &s.hw;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		s.hw.HwInitDataSize = sizes[i];
		expect_initialize_refused(test, "bad-parameter");
	}
	s.hw = good;
	s.hw.HwFindAdapter = NULL;
	expect_initialize_refused(test, "bad-parameter");
	s.hw = good;
	s.hw.HwInitialize = NULL;
	expect_initialize_refused(test, "bad-parameter");
	s.hw = good;
	s.hw.HwStartIO = NULL;
	expect_initialize_refused(test, "bad-parameter");
}

static void port_08_optional_entry_points(struct kunit *test)
{
	s.hw.HwResetHw = NULL;
	need_miniport(test);
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "");
}

static PVOID foreign_context;

static void entry_of_another(PVOID context1, PVOID context2)
{
	initialize_status = VideoPortInitialize(foreign_context, context2, &s.hw, NULL);
}

static void port_09_foreign_context1(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	foreign_context = foreign->address(test);
	s.in_entry = entry_of_another;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, fake_register(), -ENODEV);
	vt_expect_events(test, NULL, "bad-pointer", 1);
	KUNIT_EXPECT_EQ(test, initialize_status, ERROR_INVALID_PARAMETER);
}

static void port_10_null_or_old_context1(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInitialize(NULL, NULL, &s.hw, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "bad-pointer", 1);
	need_miniport(test);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInitialize(s.context1, NULL, &s.hw, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "bad-pointer", 1);
}

static const struct vt_context *entry_context;

static void initialize_work(void *data)
{
	entry_initializes(data, NULL);
}

static void entry_in_context(PVOID context1, PVOID context2)
{
	entry_context->run(initialize_work, context1);
}

static void port_11_initialize_may_sleep(struct kunit *test)
{
	entry_context = test->param_value;
	vt_skip_if_hidden(test, entry_context);
	initialize_data = &s.hw;
	s.in_entry = entry_in_context;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, fake_register(), -ENODEV);
	vt_expect_events(test, NULL, "bad-context", 1);
	KUNIT_EXPECT_EQ(test, initialize_status, ERROR_INVALID_PARAMETER);
}

/* What is behind the end of a short form is nobody's, as KASAN would say. */
static void port_12_older_structures(struct kunit *test)
{
	static const ULONG sizes[] = {
		SIZE_OF_NT4_VIDEO_HW_INITIALIZATION_DATA,
		offsetof(VIDEO_HW_INITIALIZATION_DATA, HwGetVideoChildDescriptor),
		offsetof(VIDEO_HW_INITIALIZATION_DATA, HwTimer),
	};
	int i;

	s.in_entry = entry_initializes;
	s.hw.HwGetVideoChildDescriptor = fake_child;
	s.hw.HwChildDeviceExtensionSize = CHILD_SIZE;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		s.hw.HwInitDataSize = sizes[i];
		initialize_data = kmemdup(&s.hw, sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, initialize_data);
		need_miniport(test);
		kfree(initialize_data);
		KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(s.ext, NULL),
				ERROR_INVALID_FUNCTION);
		fake_unregister();
		KUNIT_EXPECT_STREQ(test, s.order, "H");
	}
}

static void port_13_longer_structure(struct kunit *test)
{
	s.hw.HwInitDataSize = sizeof(s.hw) + 64;
	initialize_data = kzalloc(sizeof(s.hw) + 64, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, initialize_data);
	*initialize_data = s.hw;
	s.in_entry = entry_initializes;
	need_miniport(test);
	kfree(initialize_data);
}

struct buses {
	const char *name;
	INTERFACE_TYPE type[3];
	unsigned int wins;
};

static const struct buses buses[] = {
	{ "ISA, EISA, PCI", { Isa, Eisa, PCIBus }, 0 },
	{ "PCI, EISA, ISA", { PCIBus, Eisa, Isa }, 2 },
	{ "PCI, ISA, ISA", { PCIBus, Isa, Isa }, 1 },
	{ "EISA, PCI, MCA", { Eisa, PCIBus, MicroChannel }, 0 },
};

static void buses_name(const struct buses *param, char *desc)
{
	strscpy(desc, param->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(buses, buses, buses_name);

static const struct buses *entry_buses;
static char bus_context[3];

static void entry_for_buses(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = s.hw;
	int i;

	for (i = 0; i < ARRAY_SIZE(bus_context); i++) {
		hw.AdapterInterfaceType = entry_buses->type[i];
		VideoPortInitialize(context1, context2, &hw, &bus_context[i]);
	}
}

static void port_14_several_buses(struct kunit *test)
{
	entry_buses = test->param_value;
	s.in_entry = entry_for_buses;
	need_miniport(test);
	KUNIT_EXPECT_PTR_EQ(test, s.hw_context, (PVOID)&bus_context[entry_buses->wins]);
}

/*
 * HwFindAdapter and HwInitialize
 */

static PVOID found_pool;

static void find_asks(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	char name[] = "VideoPortAllocatePool";

	found_pool = config->VideoPortGetProcAddress(ext, name);
}

static void port_15_find_adapter(struct kunit *test)
{
	u64 memory = (u64)totalram_pages() << PAGE_SHIFT;

	s.in_find = find_asks;
	need_miniport(test);
	KUNIT_EXPECT_PTR_EQ(test, s.hw_context, (PVOID)&s.hw);
	KUNIT_EXPECT_NULL(test, s.arguments);
	KUNIT_EXPECT_EQ(test, (size_t)s.config.Length, sizeof(s.config));
	KUNIT_EXPECT_EQ(test, s.config.AdapterInterfaceType, Isa);
	KUNIT_EXPECT_EQ(test, s.config.InterruptMode, Latched);
	KUNIT_EXPECT_EQ(test, s.config.SystemIoBusNumber, 0U);
	KUNIT_EXPECT_EQ(test, s.config.BusInterruptLevel, 0U);
	KUNIT_EXPECT_EQ(test, s.config.BusInterruptVector, 0U);
	KUNIT_EXPECT_FALSE(test, s.config.Master);
	KUNIT_EXPECT_PTR_EQ(test, (void *)s.config.DriverRegistryPath,
			    (void *)s.path.Buffer);
	KUNIT_EXPECT_PTR_EQ(test, found_pool, (PVOID)VideoPortAllocatePool);
	/* Memory that was onlined in between is still about as much. */
	KUNIT_EXPECT_EQ(test, s.config.SystemMemorySize >> 24, memory >> 24);
}

static void port_16_extension(struct kunit *test)
{
	static const ULONG sizes[] = { 0, 1, EXTENSION_SIZE, SZ_64K };
	int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		s.hw.HwDeviceExtensionSize = sizes[i];
		need_miniport(test);
		KUNIT_EXPECT_TRUE(test, s.extension_was_zero);
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)s.ext, 16));
		KUNIT_EXPECT_TRUE(test, is_attached(s.ext));
		fake_unregister();
	}
	s.ext = NULL;
	s.hw.HwDeviceExtensionSize = U32_MAX;
	KUNIT_EXPECT_EQ(test, fake_register(), -ENOMEM);
	expect_nothing_registered(test);
}

struct refusal {
	VP_STATUS status;
	int err;
};

static const struct refusal refusals[] = {
	{ ERROR_DEV_NOT_EXIST, -ENODEV },
	{ ERROR_INVALID_PARAMETER, -ENODEV },
	{ ERROR_INVALID_FUNCTION, -ENODEV },
	{ ERROR_NO_MORE_DEVICES, -ENODEV },
	{ ERROR_MORE_DATA, -ENODEV },
	{ ERROR_NOT_ENOUGH_MEMORY, -ENOMEM },
	{ -1, -ENODEV },
};

static void port_17_adapter_not_found(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		forget_order();
		s.find_status = refusals[i].status;
		KUNIT_EXPECT_EQ_MSG(test, fake_register(), refusals[i].err, "status %d",
				    s.find_status);
		KUNIT_EXPECT_STREQ(test, s.order, "EF");
		expect_nothing_registered(test);
	}
}

static void port_18_not_initialized(struct kunit *test)
{
	s.initialized = false;
	KUNIT_EXPECT_EQ(test, fake_register(), -EIO);
	KUNIT_EXPECT_STREQ(test, s.order, "EFI");
	expect_nothing_registered(test);
}

static VP_STATUS take_number(PVOID ext, PVOID context, __u16 *name, PVOID data, ULONG length)
{
	s.registry_number = length == sizeof(ULONG) ? *(PULONG)data : 0;
	return NO_ERROR;
}

static VP_STATUS take_text(PVOID ext, PVOID context, __u16 *name, PVOID data, ULONG length)
{
	ULONG i;

	for (i = 0; i < length / sizeof(WCHAR) && i < sizeof(s.registry_text); i++)
		s.registry_text[i] = ((PWCHAR)data)[i];
	return NO_ERROR;
}

static void find_reads_registry(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	VideoPortGetRegistryParameters(ext, (__u16 *)L"Number", false, take_number, NULL);
	VideoPortGetRegistryParameters(ext, (__u16 *)L"Text", false, take_text, NULL);
}

static void port_19_registry(struct kunit *test)
{
	char number[] = "Number=0x123", bad[] = "neither", text[] = "Text=words";
	char *texts[3] = { number, bad, text };
	static const unsigned int count = ARRAY_SIZE(texts);

	s.miniport.registry = texts;
	s.miniport.registry_count = &count;
	s.in_find = find_reads_registry;
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, s.registry_number, 0x123U);
	KUNIT_EXPECT_STREQ(test, s.registry_text, "words");
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "bad-parameter"), 1UL);
}

static void port_20_registry_without_count(struct kunit *test)
{
	char number[] = "Number=1";
	char *texts[1] = { number };

	s.miniport.registry = texts;
	s.in_find = find_reads_registry;
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, s.registry_number, 0U);
}

/*
 * What is left, and what runs out
 */

static void initialize_leaks(PVOID ext)
{
	VideoPortAllocatePool(ext, VpNonPagedPool, 2 * PAGE_SIZE, VT_TAG);
}

static void port_21_leak_is_reported(struct kunit *test)
{
	u64 mark = vt_log_mark();

	s.in_initialize = initialize_leaks;
	need_miniport(test);
	vt_remember(test);
	fake_unregister();
	vt_expect_events(test, NULL, "leak", 1);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, NAME, "leak: tag Test"), 1U);
	s.initialized = false;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, fake_register(), -EIO);
	vt_expect_events(test, NULL, "leak", 1);
}

static bool fault_register(struct kunit *test, void *data)
{
	return !fake_register();
}

static void fault_unregister(struct kunit *test, void *data)
{
	KUNIT_EXPECT_TRUE(test, is_attached(s.ext));
	fake_unregister();
}

static void fault_failed(struct kunit *test, void *data, unsigned int failures)
{
	expect_nothing_registered(test);
	s.ext = NULL;
}

static void port_22_no_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		fault_register, fault_unregister, fault_failed,
	};

	s.hw.HwGetVideoChildDescriptor = fake_child;
	s.hw.HwChildDeviceExtensionSize = CHILD_SIZE;
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, NULL), 0U);
}

/* The device is still there for HwResetHw, which may call what it likes. */
static void reset_uses_adapter(PVOID ext)
{
	void *block = VideoPortAllocatePool(ext, VpPagedPool, 100, VT_TAG);

	if (block)
		note('b');
	VideoPortFreePool(ext, block);
}

static void port_23_reset_before_detach(struct kunit *test)
{
	need_miniport(test);
	s.in_reset = reset_uses_adapter;
	vt_remember(test);
	fake_unregister();
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_STREQ(test, s.order, "Hb");
}

/*
 * Requests
 */

static VP_STATUS request(ULONG code)
{
	return vpmem_request(s.ext, code, NULL, 0, NULL, 0, NULL);
}

static void fill_echo(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	memset(packet->OutputBuffer, 0x42, packet->OutputBufferLength);
}

static void port_24_packet(struct kunit *test)
{
	UCHAR input[12], output[20];
	ULONG information = 999;

	need_miniport(test);
	s.in_request = fill_echo;
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, input, sizeof(input), output,
					    sizeof(output), &information), NO_ERROR);
	KUNIT_EXPECT_EQ(test, (size_t)information, sizeof(output));
	KUNIT_EXPECT_NULL(test, memchr_inv(output, 0x42, sizeof(output)));
	KUNIT_EXPECT_EQ(test, s.packet.IoControlCode, ECHO);
	KUNIT_EXPECT_PTR_EQ(test, s.packet.InputBuffer, (PVOID)input);
	KUNIT_EXPECT_EQ(test, (size_t)s.packet.InputBufferLength, sizeof(input));
	KUNIT_EXPECT_PTR_EQ(test, s.packet.OutputBuffer, (PVOID)output);
	KUNIT_EXPECT_EQ(test, (size_t)s.packet.OutputBufferLength, sizeof(output));
	KUNIT_EXPECT_NOT_NULL(test, s.packet.StatusBlock);
}

static void port_25_status_and_information(struct kunit *test)
{
	ULONG information = 999;
	UCHAR output[20];

	need_miniport(test);
	s.fails[0] = ECHO;
	s.fails[1] = ERROR_MORE_DATA;
	s.information_less = 5;
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, NULL, 0, output, sizeof(output),
					    &information), ERROR_MORE_DATA);
	KUNIT_EXPECT_EQ(test, (size_t)information, sizeof(output) - 5);
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, NULL, 0, output, sizeof(output),
					    NULL), ERROR_MORE_DATA);
}

static void claim_much(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	packet->StatusBlock->Information = ULONG_MAX;
	packet->OutputBufferLength = 0x10000;
}

static void port_26_information_is_bounded(struct kunit *test)
{
	ULONG information = 999;
	UCHAR output[20];

	need_miniport(test);
	s.in_request = claim_much;
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, NULL, 0, output, sizeof(output),
					    &information), NO_ERROR);
	KUNIT_EXPECT_EQ(test, (size_t)information, sizeof(output));
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, NULL, 0, NULL, 0,
					    &information), NO_ERROR);
	KUNIT_EXPECT_EQ(test, information, 0U);
}

static BOOLEAN idle_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	return true;
}

static void port_27_unknown_code(struct kunit *test)
{
	ULONG information = 999;

	s.hw.HwStartIO = idle_start_io;
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, UNKNOWN, NULL, 0, NULL, 0,
					    &information), ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_EQ(test, information, 0U);
}

static void port_28_no_miniport(struct kunit *test)
{
	ULONG information = 999;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_ext(test), ECHO, NULL, 0, NULL, 0,
					    &information), ERROR_INVALID_FUNCTION);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, information, 0U);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_detached_extension(test), ECHO, NULL, 0,
					    NULL, 0, NULL), ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "no-adapter", 1);
}

static void request_work(void *data)
{
	*(VP_STATUS *)data = request(ECHO);
}

static void port_29_request_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	VP_STATUS status = NO_ERROR;

	vt_skip_if_hidden(test, context);
	need_miniport(test);
	context->run(request_work, &status);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "bad-context"), 1UL);
	KUNIT_EXPECT_EQ(test, s.packet.IoControlCode, 0U);
}

static void port_30_no_buffer(struct kunit *test)
{
	ULONG information = 999;
	UCHAR buffer[4];

	need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, NULL, 4, buffer, 4,
					    &information), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, information, 0U);
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, ECHO, buffer, 4, NULL, 4, NULL),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "bad-parameter"), 2UL);
	KUNIT_EXPECT_EQ(test, s.packet.IoControlCode, 0U);
}

#define THREADS		3
#define REQUESTS	50

static void request_is_alone(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (atomic_inc_return(&s.inside) != 1)
		WRITE_ONCE(s.were_together, true);
	usleep_range(50, 200);
	atomic_dec(&s.inside);
}

struct asker {
	unsigned int count;
	unsigned int succeeded;
	struct completion done;
};

static int asker_thread(void *data)
{
	struct asker *asker = data;
	unsigned int i;

	for (i = 0; i < asker->count; i++)
		asker->succeeded += request(ECHO) == NO_ERROR;
	kthread_complete_and_exit(&asker->done, 0);
}

static bool asker_start(struct asker *asker, unsigned int count)
{
	asker->count = count;
	asker->succeeded = 0;
	init_completion(&asker->done);
	return !IS_ERR(kthread_run(asker_thread, asker, "vpmem-asker"));
}

static void port_31_one_request_at_a_time(struct kunit *test)
{
	struct asker askers[THREADS];
	bool started[THREADS];
	int i;

	need_miniport(test);
	s.in_request = request_is_alone;
	for (i = 0; i < THREADS; i++)
		started[i] = asker_start(&askers[i], REQUESTS);
	for (i = 0; i < THREADS; i++) {
		if (started[i])
			wait_for_completion(&askers[i].done);
		KUNIT_EXPECT_TRUE(test, started[i]);
		KUNIT_EXPECT_EQ(test, askers[i].succeeded, (unsigned int)REQUESTS);
	}
	KUNIT_EXPECT_FALSE(test, s.were_together);
}

static void port_32_device_lock_keeps_requests_out(struct kunit *test)
{
	struct asker asker;
	bool early;

	need_miniport(test);
	VideoPortAcquireDeviceLock(s.ext);
	KUNIT_EXPECT_EQ(test, request(ECHO), NO_ERROR);
	if (!asker_start(&asker, 1)) {
		VideoPortReleaseDeviceLock(s.ext);
		KUNIT_FAIL(test, "no thread");
		return;
	}
	early = wait_for_completion_timeout(&asker.done, HZ / 10);
	VideoPortReleaseDeviceLock(s.ext);
	if (!early)
		wait_for_completion(&asker.done);
	KUNIT_EXPECT_FALSE(test, early);
	KUNIT_EXPECT_EQ(test, asker.succeeded, 1U);
}

static VP_STATUS inner_status;

static void request_again(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode != AGAIN)
		return;
	VideoPortAcquireDeviceLock(ext);
	inner_status = request(ECHO);
	VideoPortReleaseDeviceLock(ext);
	packet->StatusBlock->Status = NO_ERROR;
}

static void port_33_request_within_request(struct kunit *test)
{
	struct asker asker;

	need_miniport(test);
	s.in_request = request_again;
	inner_status = -1;
	KUNIT_EXPECT_EQ(test, request(AGAIN), NO_ERROR);
	KUNIT_EXPECT_EQ(test, inner_status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "mismatch"), 0UL);
	/* And the lock is free again. */
	KUNIT_ASSERT_TRUE(test, asker_start(&asker, 1));
	wait_for_completion(&asker.done);
	KUNIT_EXPECT_EQ(test, asker.succeeded, 1U);
}

static void request_keeps_lock(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VideoPortAcquireDeviceLock(ext);
	VideoPortAcquireDeviceLock(ext);
}

static void request_drops_lock(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VideoPortReleaseDeviceLock(ext);
}

static void port_34_lock_out_of_balance(struct kunit *test)
{
	struct asker asker;

	need_miniport(test);
	s.in_request = request_keeps_lock;
	KUNIT_EXPECT_EQ(test, request(ECHO), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "mismatch"), 1UL);
	s.in_request = request_drops_lock;
	KUNIT_EXPECT_EQ(test, request(ECHO), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "mismatch"), 2UL);
	s.in_request = NULL;
	KUNIT_ASSERT_TRUE(test, asker_start(&asker, 1));
	wait_for_completion(&asker.done);
	KUNIT_EXPECT_EQ(test, asker.succeeded, 1U);
}

/*
 * Modes, as the files have them
 */

static int view_error(const char *name)
{
	char text[4];
	int length = vpmem_view(s.ext, name, text, sizeof(text));

	return length == -ENOSPC ? 0 : length;
}

static void port_35_list_of_modes(struct kunit *test)
{
	const char *line;
	unsigned int numbers[5];
	int found;

	need_miniport(test);
	line = vt_next_line(vt_view(test, s.ext, "modes"));
	found = sscanf(line, "%u %u %u %u %u", numbers, numbers + 1, numbers + 2,
		       numbers + 3, numbers + 4);
	KUNIT_ASSERT_EQ(test, found, 5);
	KUNIT_EXPECT_EQ(test, numbers[0], 100U);
	KUNIT_EXPECT_EQ(test, numbers[1], 640U);
	KUNIT_EXPECT_EQ(test, numbers[2], 480U);
	KUNIT_EXPECT_EQ(test, numbers[3], 8U);
	KUNIT_EXPECT_EQ(test, numbers[4], 1024U);
	line = vt_next_line(line);
	KUNIT_EXPECT_EQ(test, strncmp(line, "101 ", 4), 0);
	KUNIT_EXPECT_EQ(test, *vt_next_line(line), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "na");
}

static void port_36_wrong_lists(struct kunit *test)
{
	need_miniport(test);
	s.modes.ModeInformationLength--;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	s.modes.ModeInformationLength = 0;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	s.modes.ModeInformationLength = U32_MAX;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	s.modes.ModeInformationLength = sizeof(VIDEO_MODE_INFORMATION);
	s.modes.NumModes = SZ_1M;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	KUNIT_EXPECT_STREQ(test, s.order, "nnnn");
	s.modes.NumModes = 2;
	s.information_less = 1;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	s.information_less = 0;
	s.fails[0] = IOCTL_VIDEO_QUERY_AVAIL_MODES;
	s.fails[1] = ERROR_NOT_ENOUGH_MEMORY;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -ENOMEM);
	s.fails[0] = IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES;
	s.fails[1] = ERROR_BUSY;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EIO);
}

static void port_37_short_lists(struct kunit *test)
{
	const char *line;

	need_miniport(test);
	s.modes.NumModes = 3;
	s.modes_listed = 1;
	line = vt_next_line(vt_view(test, s.ext, "modes"));
	KUNIT_EXPECT_EQ(test, strncmp(line, "100 ", 4), 0);
	KUNIT_EXPECT_EQ(test, *vt_next_line(line), 0);
	s.modes.NumModes = 0;
	s.modes_listed = 0;
	KUNIT_EXPECT_EQ(test, *vt_next_line(vt_view(test, s.ext, "modes")), 0);
}

static int set_mode(unsigned long mode)
{
	return vpmem_view_write(s.ext, "mode", mode);
}

static int reset_mode(void)
{
	return vpmem_view_write(s.ext, "reset", 0);
}

static void give_screen(struct kunit *test)
{
	s.screen = kunit_kzalloc(test, SCREEN_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s.screen);
	s.screen_size = SCREEN_SIZE;
}

static void port_38_set_and_reset(struct kunit *test)
{
	need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "-\n");
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, s.mode_asked, 101U);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "101\n");
	KUNIT_EXPECT_STREQ(test, s.order, "SnaM");
	KUNIT_EXPECT_EQ(test, set_mode(7), 0);
	KUNIT_EXPECT_PTR_EQ(test, s.unmapped, (PVOID)s.screen);
	KUNIT_EXPECT_STREQ(test, s.order, "SnaMUSnaM");
	KUNIT_EXPECT_EQ(test, reset_mode(), 0);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "-\n");
	KUNIT_EXPECT_STREQ(test, s.order, "SnaMUSnaMUR");
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "SnaMUSnaMURH");
}

/* Black and white, in the six bits of the converter. */
static void port_55_palette(struct kunit *test)
{
	s.mode_attributes = VIDEO_MODE_PALETTE_DRIVEN;
	need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "SnaPM");
	KUNIT_EXPECT_EQ(test, s.colors, 256);
	KUNIT_EXPECT_EQ(test, s.first_color.Red + s.first_color.Green +
			s.first_color.Blue, 0);
	KUNIT_EXPECT_EQ(test, s.last_color.Red, 63);
	KUNIT_EXPECT_EQ(test, s.last_color.Green, 63);
	KUNIT_EXPECT_EQ(test, s.last_color.Blue, 63);
	s.mode_attributes = 0;
	forget_order();
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "USnaM");
}

static unsigned int finds;

static void find_second(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	s.find_status = finds++ ? NO_ERROR : ERROR_DEV_NOT_EXIST;
}

static void entry_for_chips(PVOID context1, PVOID context2)
{
	static char chips[2];
	int i;

	for (i = 0; i < ARRAY_SIZE(chips); i++)
		VideoPortInitialize(context1, context2, &s.hw, &chips[i]);
}

/* A miniport for two chips: what does not find its own leaves it to the next. */
static void port_56_each_call_is_tried(struct kunit *test)
{
	finds = 0;
	s.in_entry = entry_for_chips;
	s.in_find = find_second;
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, finds, 2U);
}

static void port_39_reset_at_the_end(struct kunit *test)
{
	need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	forget_order();
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "URH");
}

static void port_40_mode_by_request(struct kunit *test)
{
	VIDEO_MODE mode = { .RequestedMode = 9 | VIDEO_MODE_NO_ZERO_MEMORY };

	need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, IOCTL_VIDEO_SET_CURRENT_MODE, &mode,
					    sizeof(mode), NULL, 0, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, s.mode_asked, 9 | VIDEO_MODE_NO_ZERO_MEMORY);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "9\n");
	KUNIT_EXPECT_EQ(test, request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "-\n");
	forget_order();
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "H");
}

static void overwrite_packet(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->InputBuffer)
		memset(packet->InputBuffer, 0x11, packet->InputBufferLength);
	packet->IoControlCode = 0;
	packet->InputBuffer = NULL;
}

static void port_41_packet_is_the_miniports(struct kunit *test)
{
	VIDEO_MODE mode = { .RequestedMode = 9 };

	need_miniport(test);
	s.in_request = overwrite_packet;
	KUNIT_EXPECT_EQ(test, vpmem_request(s.ext, IOCTL_VIDEO_SET_CURRENT_MODE, &mode,
					    sizeof(mode), &mode, sizeof(mode), NULL),
			NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "9\n");
}

static void port_42_mode_that_fails(struct kunit *test)
{
	need_miniport(test);
	give_screen(test);
	s.fails[0] = IOCTL_VIDEO_SET_CURRENT_MODE;
	s.fails[1] = ERROR_INVALID_PARAMETER;
	KUNIT_EXPECT_EQ(test, set_mode(3), -EINVAL);
	KUNIT_EXPECT_STREQ(test, vt_view(test, s.ext, "mode"), "-\n");
	KUNIT_EXPECT_STREQ(test, s.order, "S");
	/* What is set without its memory still has to be undone. */
	s.fails[0] = IOCTL_VIDEO_MAP_VIDEO_MEMORY;
	forget_order();
	KUNIT_EXPECT_EQ(test, set_mode(3), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(s.ext, "framebuffer", 1), -ENOSPC);
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "SnaMRH");
}

static void port_43_unmapped_at_the_end(struct kunit *test)
{
	need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	forget_order();
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "URH");
}

static void port_44_frame_buffer(struct kunit *test)
{
	char text[SCREEN_SIZE * 2];

	need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, vpmem_view(s.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	memset(s.screen, 0x77, SCREEN_SIZE);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(s.ext, "framebuffer", 0x04030201), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(s.ext, "framebuffer", text, sizeof(text)),
			SCREEN_SIZE);
	KUNIT_EXPECT_EQ(test, memcmp(text, s.screen, SCREEN_SIZE), 0);
	KUNIT_EXPECT_EQ(test, text[0] + text[1] + text[2] + text[3], 10);
	KUNIT_EXPECT_EQ(test, text[4], 0x77);
	KUNIT_EXPECT_EQ(test, reset_mode(), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(s.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(s.ext, "framebuffer", 1), -ENOSPC);
}

/* A screen of device memory is as long as the mapping, and as long as it is there. */
static void port_45_frame_buffer_of_a_device(struct kunit *test)
{
	PHYSICAL_ADDRESS window = { .QuadPart = 0xa0000 };
	char text[2 * SCREEN_SIZE];

	if (!IS_ENABLED(CONFIG_X86) || IS_ENABLED(CONFIG_UML))
		kunit_skip(test, "this machine is no PC");
	need_miniport(test);
	s.screen = VideoPortGetDeviceBase(s.ext, window, SCREEN_SIZE, 0);
	KUNIT_ASSERT_NOT_NULL(test, s.screen);
	s.screen_size = SZ_1M;
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(s.ext, "framebuffer", text, sizeof(text)),
			SCREEN_SIZE);
	VideoPortFreeDeviceBase(s.ext, s.screen);
	KUNIT_EXPECT_EQ(test, vpmem_view(s.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(s.ext, "framebuffer", 1), -ENOSPC);
}

/*
 * Children
 */

static void have_children(ULONG answer)
{
	s.hw.HwGetVideoChildDescriptor = fake_child;
	s.hw.HwChildDeviceExtensionSize = CHILD_SIZE;
	s.child_answer = answer;
}

static const struct refusal child_answers[] = {
	{ ERROR_MORE_DATA, CHILDREN_MAX },
	{ ERROR_CONTINUE, CHILDREN_MAX },
	{ ERROR_INVALID_NAME, CHILDREN_MAX },
	{ NO_ERROR, 1 },
	{ ERROR_NO_MORE_DEVICES, 1 },
	{ ERROR_INVALID_PARAMETER, 1 },
	{ ERROR_DEV_NOT_EXIST, 1 },
	{ -1, 1 },
};

static void port_46_children(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(child_answers); i++) {
		have_children(child_answers[i].status);
		s.children = 0;
		need_miniport(test);
		KUNIT_EXPECT_EQ_MSG(test, (int)s.children, child_answers[i].err,
				    "answer %d", child_answers[i].status);
		KUNIT_EXPECT_EQ(test, s.last_child.ChildIndex, s.children);
		KUNIT_EXPECT_EQ(test, (size_t)s.last_child.Size, sizeof(s.last_child));
		KUNIT_EXPECT_GE(test, s.last_child.ChildDescriptorSize, 128U);
		KUNIT_EXPECT_TRUE(test, s.children_were_zero);
		fake_unregister();
	}
}

static ULONG some_children(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type,
			   PUCHAR descriptor)
{
	static const UCHAR edid[] = {
		0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0x05, 0x04,
	};

	*type = index == 3 ? VideoChip : Monitor;
	if (index == 1)
		memcpy(descriptor, edid, sizeof(edid));
	if (index == 2)
		return ERROR_INVALID_NAME;
	return index < 4 ? ERROR_CONTINUE : ERROR_NO_MORE_DEVICES;
}

static void port_47_children_in_the_log(struct kunit *test)
{
	u64 mark = vt_log_mark();

	have_children(0);
	s.child = some_children;
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, s.children, 4U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, NAME, "child 1: monitor of AHD, id 0x1001"),
			1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, NAME, "child 3: chip, id 0x1003"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, NAME, "child 2:"), 0U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, NAME, "child 4:"), 0U);
}

static void initialize_enumerates(PVOID ext)
{
	if (VideoPortEnumerateChildren(ext, NULL) != NO_ERROR)
		note('!');
}

static void port_48_children_wait_for_initialize(struct kunit *test)
{
	have_children(ERROR_NO_MORE_DEVICES);
	s.in_initialize = initialize_enumerates;
	KUNIT_ASSERT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "EFIc");
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(s.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, s.order, "EFIcc");
	fake_unregister();
	forget_order();
	s.initialized = false;
	KUNIT_EXPECT_EQ(test, fake_register(), -EIO);
	KUNIT_EXPECT_STREQ(test, s.order, "EFI");
}

static ULONG child_enumerates(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type,
			      PUCHAR descriptor)
{
	initialize_enumerates(ext);
	return ERROR_NO_MORE_DEVICES;
}

static void port_49_children_do_not_recurse(struct kunit *test)
{
	have_children(0);
	s.child = child_enumerates;
	need_miniport(test);
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(s.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, s.order, "c");
}

static void enumerate_work(void *data)
{
	*(VP_STATUS *)data = VideoPortEnumerateChildren(s.ext, NULL);
}

static void port_50_enumerate_refused(struct kunit *test)
{
	VP_STATUS status = NO_ERROR;

	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_ext(test), NULL),
			ERROR_INVALID_FUNCTION);
	have_children(ERROR_NO_MORE_DEVICES);
	need_miniport(test);
	vt_irqs_off.run(enumerate_work, &status);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_event(test, s.ext, "bad-context"), 1UL);
	KUNIT_EXPECT_STREQ(test, s.order, "");
}

/*
 * PCI
 */

#ifdef CONFIG_PCI

#define RANGES	8

static const struct pci_device_id vga_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ }
};

static const struct pci_device_id no_ids[] = {
	{ PCI_DEVICE(0x1234, 0xfffe) },
	{ }
};

static VP_STATUS ranges_status;
static VIDEO_ACCESS_RANGE ranges[RANGES];
static ULONG bus_data;

static void find_asks_for_ranges(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	ULONG slot = 0;

	memset(ranges, 0, sizeof(ranges));
	ranges_status = VideoPortGetAccessRanges(ext, 0, NULL, RANGES, ranges, NULL, NULL,
						 &slot);
	VideoPortGetBusData(ext, PCIConfiguration, slot, &bus_data, 0, sizeof(bus_data));
}

/* A reference that the caller puts. */
static struct pci_dev *need_vga(struct kunit *test)
{
	struct pci_dev *pdev = pci_get_device(0x1234, 0x1111, NULL);

	if (!pdev)
		kunit_skip(test, "there is no standard VGA of QEMU's");
	s.miniport.ids = vga_ids;
	s.hw.AdapterInterfaceType = PCIBus;
	return pdev;
}

static void port_51_pci(struct kunit *test)
{
	struct pci_dev *pdev = need_vga(test);

	s.in_find = find_asks_for_ranges;
	KUNIT_EXPECT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "EFI");
	KUNIT_EXPECT_EQ(test, s.config.AdapterInterfaceType, PCIBus);
	KUNIT_EXPECT_EQ(test, s.config.InterruptMode, LevelSensitive);
	KUNIT_EXPECT_TRUE(test, s.config.InterruptShareable);
	KUNIT_EXPECT_TRUE(test, s.config.Master);
	KUNIT_EXPECT_EQ(test, s.config.SystemIoBusNumber, (ULONG)pdev->bus->number);
	KUNIT_EXPECT_EQ(test, s.config.BusInterruptLevel, pdev->irq);
	KUNIT_EXPECT_EQ(test, ranges_status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, (u64)ranges[0].RangeStart.QuadPart,
			(u64)pci_resource_start(pdev, 0));
	KUNIT_EXPECT_EQ(test, ranges[0].RangeLength, (ULONG)pci_resource_len(pdev, 0));
	KUNIT_EXPECT_EQ(test, bus_data, 0x11111234U);
	KUNIT_EXPECT_TRUE(test, pci_is_enabled(pdev));
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "EFIH");
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	KUNIT_EXPECT_FALSE(test, is_attached(s.ext));
	pci_dev_put(pdev);
}

static void port_52_pci_not_found(struct kunit *test)
{
	struct pci_dev *pdev = need_vga(test);

	s.find_status = ERROR_DEV_NOT_EXIST;
	KUNIT_EXPECT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "EF");
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	KUNIT_EXPECT_FALSE(test, is_attached(s.ext));
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "EF");
	pci_dev_put(pdev);
}

static void port_53_pci_without_device(struct kunit *test)
{
	s.miniport.ids = no_ids;
	KUNIT_EXPECT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_STREQ(test, s.order, "E");
	fake_unregister();
	KUNIT_EXPECT_STREQ(test, s.order, "E");
}

static void port_54_pci_bus_counts(struct kunit *test)
{
	static const struct buses types = { "", { Isa, PCIBus, Eisa }, 1 };
	struct pci_dev *pdev = need_vga(test);

	entry_buses = &types;
	s.in_entry = entry_for_buses;
	KUNIT_EXPECT_EQ(test, fake_register(), 0);
	KUNIT_EXPECT_PTR_EQ(test, s.hw_context, (PVOID)&bus_context[types.wins]);
	pci_dev_put(pdev);
}

#else

static const struct pci_device_id some_id;

static void port_51_pci(struct kunit *test)
{
	s.miniport.ids = &some_id;
	KUNIT_EXPECT_EQ(test, fake_register(), -ENODEV);
	KUNIT_EXPECT_STREQ(test, s.order, "E");
	s.miniport.ids = NULL;
	expect_nothing_registered(test);
}

static void port_52_pci_not_found(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

static void port_53_pci_without_device(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

static void port_54_pci_bus_counts(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

#endif

static struct kunit_case port_cases[] = {
	KUNIT_CASE(port_01_driver_entry),
	KUNIT_CASE(port_02_life),
	KUNIT_CASE(port_03_bad_miniport),
	KUNIT_CASE(port_04_name_is_taken),
	KUNIT_CASE(port_05_entry_that_fails),
	KUNIT_CASE(port_06_entry_without_initialize),
	KUNIT_CASE(port_07_initialize_bad_data),
	KUNIT_CASE(port_08_optional_entry_points),
	KUNIT_CASE_PARAM(port_09_foreign_context1, vt_foreign_params),
	KUNIT_CASE(port_10_null_or_old_context1),
	KUNIT_CASE_PARAM(port_11_initialize_may_sleep, vt_atomic_params),
	KUNIT_CASE(port_12_older_structures),
	KUNIT_CASE(port_13_longer_structure),
	KUNIT_CASE_PARAM(port_14_several_buses, buses_gen_params),
	KUNIT_CASE(port_15_find_adapter),
	KUNIT_CASE(port_16_extension),
	KUNIT_CASE(port_17_adapter_not_found),
	KUNIT_CASE(port_18_not_initialized),
	KUNIT_CASE(port_19_registry),
	KUNIT_CASE(port_20_registry_without_count),
	KUNIT_CASE(port_21_leak_is_reported),
	KUNIT_CASE(port_22_no_memory),
	KUNIT_CASE(port_23_reset_before_detach),
	KUNIT_CASE(port_24_packet),
	KUNIT_CASE(port_25_status_and_information),
	KUNIT_CASE(port_26_information_is_bounded),
	KUNIT_CASE(port_27_unknown_code),
	KUNIT_CASE(port_28_no_miniport),
	KUNIT_CASE_PARAM(port_29_request_may_sleep, vt_atomic_params),
	KUNIT_CASE(port_30_no_buffer),
	KUNIT_CASE(port_31_one_request_at_a_time),
	KUNIT_CASE(port_32_device_lock_keeps_requests_out),
	KUNIT_CASE(port_33_request_within_request),
	KUNIT_CASE(port_34_lock_out_of_balance),
	KUNIT_CASE(port_35_list_of_modes),
	KUNIT_CASE(port_36_wrong_lists),
	KUNIT_CASE(port_37_short_lists),
	KUNIT_CASE(port_38_set_and_reset),
	KUNIT_CASE(port_39_reset_at_the_end),
	KUNIT_CASE(port_40_mode_by_request),
	KUNIT_CASE(port_41_packet_is_the_miniports),
	KUNIT_CASE(port_42_mode_that_fails),
	KUNIT_CASE(port_43_unmapped_at_the_end),
	KUNIT_CASE(port_44_frame_buffer),
	KUNIT_CASE(port_45_frame_buffer_of_a_device),
	KUNIT_CASE(port_46_children),
	KUNIT_CASE(port_47_children_in_the_log),
	KUNIT_CASE(port_48_children_wait_for_initialize),
	KUNIT_CASE(port_49_children_do_not_recurse),
	KUNIT_CASE(port_50_enumerate_refused),
	KUNIT_CASE(port_51_pci),
	KUNIT_CASE(port_52_pci_not_found),
	KUNIT_CASE(port_53_pci_without_device),
	KUNIT_CASE(port_54_pci_bus_counts),
	KUNIT_CASE(port_55_palette),
	KUNIT_CASE(port_56_each_call_is_tried),
	{ }
};

struct kunit_suite vt_port_suite = {
	.name = "port",
	.init = port_init,
	.exit = port_exit,
	.test_cases = port_cases,
};
