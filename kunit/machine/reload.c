// SPDX-License-Identifier: GPL-2.0-only
/*
 * Call of the BIOS after vpmem was unloaded and loaded again. The suite of
 * kunit/machine/bios.c has run before, and has made the BIOS overwrite its own data.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <kunit/test.h>

#include "vpmem.h"

static void call_once(struct kunit *test, void *ext)
{
	VIDEO_PORT_INT10_INTERFACE bios = {
		.Size = sizeof(bios), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	INT10_BIOS_ARGUMENTS mode = { .Eax = 0x4f03 }, text = { .Eax = 0x0003 };
	PINTERFACE interface = (PINTERFACE)&bios;

	KUNIT_ASSERT_EQ(test, VideoPortQueryServices(ext, VideoPortServicesInt10, interface),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &text), NO_ERROR);
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &mode), NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode.Eax & 0xffff, 0x4fU);
	KUNIT_EXPECT_EQ(test, mode.Ebx & 0x3fff, 3U);
}

/* BIOS-75: After that, calls work when vpmem is unloaded and loaded again */
static void bios_75_after_loading_again(struct kunit *test)
{
	struct platform_device *pdev;
	void *ext;

	pdev = platform_device_register_simple("vpmem-reload", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(pdev));
	ext = vpmem_attach(&pdev->dev, 64);
	KUNIT_EXPECT_FALSE(test, IS_ERR(ext));
	if (!IS_ERR(ext)) {
		call_once(test, ext);
		vpmem_detach(ext);
	}
	platform_device_unregister(pdev);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_75_after_loading_again),
	{}
};

static struct kunit_suite reload_suite = {
	.name = "reload",
	.test_cases = cases,
};

kunit_test_suites(&reload_suite);

MODULE_DESCRIPTION("KUnit test of vpmem after it was loaded again");
MODULE_LICENSE("GPL");
