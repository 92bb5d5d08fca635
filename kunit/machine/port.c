// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniports for the VGA of a machine that has a video BIOS, which sets the text mode
 * behind them.
 */
#include <linux/err.h>
#include <linux/platform_device.h>
#include <kunit/test.h>

#include "kunit/machine/machine.h"
#include "include/vpmem-port.h"
#include "include/ntddvdeo.h"

#define TEXT_MODE	0x03
#define GRAPHICS_MODE	0x13
#define CURRENT_MODE	0x49		/* in the data of the BIOS, at 40:0 */

/* Behaviour of the miniport, and its adapter */
static struct {
	bool has_reset, resets;
	void *ext;
} mini;

static VP_STATUS bios_mode(void *ext, ULONG mode)
{
	VIDEO_X86_BIOS_ARGUMENTS arguments = { .Eax = mode };

	return VideoPortInt10(ext, &arguments);
}

static VP_STATUS mini_find(PVOID ext, PVOID context, __u16 *arguments,
			   PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	mini.ext = ext;
	return NO_ERROR;
}

static BOOLEAN mini_initialize(PVOID ext)
{
	return true;
}

/* The reset of the device does not bring the text mode back. */
static BOOLEAN mini_start(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VP_STATUS status = NO_ERROR;

	if (packet->IoControlCode == IOCTL_VIDEO_SET_CURRENT_MODE)
		status = bios_mode(ext, GRAPHICS_MODE);
	packet->StatusBlock->Status = status;
	packet->StatusBlock->Information = 0;
	return true;
}

static BOOLEAN mini_reset(PVOID ext, ULONG columns, ULONG rows)
{
	return mini.resets;
}

static ULONG mini_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = mini_find,
		.HwInitialize = mini_initialize,
		.HwStartIO = mini_start,
		.HwResetHw = mini.has_reset ? mini_reset : NULL,
		.HwDeviceExtensionSize = 64,
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

static struct vpmem_miniport miniport = { .name = "vpmem-machine", .entry = mini_entry };

/* The mode that the BIOS was asked for last. */
static u8 mode_of_bios(struct kunit *test)
{
	VIDEO_PORT_INT10_INTERFACE bios = {
		.Size = sizeof(bios), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	PINTERFACE interface = (PINTERFACE)&bios;
	struct platform_device *pdev;
	u8 mode = 0;
	void *ext;

	pdev = platform_device_register_simple("vpmem-bios", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(pdev));
	ext = vpmem_attach(&pdev->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	KUNIT_EXPECT_EQ(test, VideoPortQueryServices(ext, VideoPortServicesInt10, interface),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, bios.Int10ReadMemory(bios.Context, 0x40, CURRENT_MODE, &mode, 1),
			NO_ERROR);
	bios.InterfaceDereference(bios.Context);
	vpmem_detach(ext);
	platform_device_unregister(pdev);
	return mode;
}

static struct kunit *current_test;

static void start(bool has_reset, bool resets)
{
	mini.has_reset = has_reset;
	mini.resets = resets;
	KUNIT_ASSERT_EQ(current_test, vpmem_miniport_register(&miniport, THIS_MODULE), 0);
}

static void request(ULONG code)
{
	VIDEO_MODE mode = { .RequestedMode = 1 };

	KUNIT_EXPECT_EQ(current_test, vpmem_request(mini.ext, code, &mode, sizeof(mode), NULL,
						    0, NULL), NO_ERROR);
}

static void expect_mode_afterwards(u8 mode)
{
	vpmem_miniport_unregister(&miniport);
	KUNIT_EXPECT_EQ(current_test, mode_of_bios(current_test), mode);
}

/*
 * PORT-59: When the driver ends after a mode was set, the BIOS sets the text mode, also
 * where there is no HwResetHw
 *
 * A reset of the device before that does not matter.
 */
static void port_59_text_mode_comes_back(struct kunit *test)
{
	start(true, false);
	request(IOCTL_VIDEO_SET_CURRENT_MODE);
	KUNIT_EXPECT_EQ(test, mode_of_bios(test), GRAPHICS_MODE);
	expect_mode_afterwards(TEXT_MODE);
	start(true, false);
	request(IOCTL_VIDEO_SET_CURRENT_MODE);
	request(IOCTL_VIDEO_RESET_DEVICE);
	expect_mode_afterwards(TEXT_MODE);
	start(false, false);
	request(IOCTL_VIDEO_SET_CURRENT_MODE);
	expect_mode_afterwards(TEXT_MODE);
}

/* PORT-60: The text mode is not set if HwResetHw returned TRUE, or no mode was set */
static void port_60_text_mode_is_the_miniports(struct kunit *test)
{
	start(true, true);
	request(IOCTL_VIDEO_SET_CURRENT_MODE);
	expect_mode_afterwards(GRAPHICS_MODE);
	/* Expect no reset, because no mode was set. */
	start(true, false);
	request(IOCTL_VIDEO_RESET_DEVICE);
	expect_mode_afterwards(GRAPHICS_MODE);
}

static int port_init(struct kunit *test)
{
	current_test = test;
	return 0;
}

static struct kunit_case cases[] = {
	KUNIT_CASE(port_59_text_mode_comes_back),
	KUNIT_CASE(port_60_text_mode_is_the_miniports),
	{ }
};

struct kunit_suite machine_port_suite = {
	.name = "machine_port",
	.init = port_init,
	.test_cases = cases,
};
