// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of a video BIOS that waits, and that accesses memory above the first megabyte: the
 * ROM of kunit/rom, on QEMU's standard VGA.
 */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <kunit/test.h>

#include "vpmem.h"

#define VENDOR		0x1234
#define DEVICE		0x1111

/* Functions of the ROM, in AX */
enum {
	WAIT_TICKS = 0x5f00,
	WAIT_SYSTEM,
	WAIT_TIME_STAMP,
	WAIT_COUNTER,
	WAIT_REFRESH,
	WAIT_HALTED,
	WAIT_LOOP,
	ACCESS_HIGH,
};

#define TICK_MS		54

static struct pci_dev *vga;
static void *ext;
static VIDEO_PORT_INT10_INTERFACE bios;

static int rom_init(struct kunit *test)
{
	PINTERFACE interface = (PINTERFACE)&bios;

	vga = pci_get_device(VENDOR, DEVICE, NULL);
	KUNIT_ASSERT_NOT_NULL(test, vga);
	KUNIT_ASSERT_EQ(test, pci_enable_device(vga), 0);
	ext = vpmem_attach(&vga->dev, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	bios = (VIDEO_PORT_INT10_INTERFACE){
		.Size = sizeof(bios),
		.Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	KUNIT_ASSERT_EQ(test, VideoPortQueryServices(ext, VideoPortServicesInt10, interface),
			NO_ERROR);
	return 0;
}

static void rom_exit(struct kunit *test)
{
	if (!IS_ERR_OR_NULL(ext))
		vpmem_detach(ext);
	ext = NULL;
	if (vga)
		pci_disable_device(vga);
	pci_dev_put(vga);
	vga = NULL;
}

/* Expect a call to wait for a time. There is no upper limit: the machine may be busy. */
static void expect_wait(struct kunit *test, u32 function, u32 count, u32 low, u64 at_least_us)
{
	INT10_BIOS_ARGUMENTS registers = { .Eax = function, .Ecx = count, .Edx = low };
	ktime_t begin = ktime_get();

	KUNIT_EXPECT_EQ_MSG(test, bios.Int10CallBios(bios.Context, &registers), NO_ERROR,
			    "function %04x", function);
	KUNIT_EXPECT_GE_MSG(test, (u64)ktime_us_delta(ktime_get(), begin), at_least_us,
			    "function %04x", function);
}

/*
 * BIOS-78: A BIOS that waits for ticks, by INT 15h, by the time stamp counter, by counter 2,
 * by the refresh bit, by HLT or by LOOP returns, after the time that it waits for
 */
static void bios_78_waits(struct kunit *test)
{
	expect_wait(test, WAIT_TICKS, 3, 0, 2 * TICK_MS * 1000);
	expect_wait(test, WAIT_SYSTEM, 0, 20000, 20000);
	expect_wait(test, WAIT_TIME_STAMP, 10000000, 0, 0);
	expect_wait(test, WAIT_COUNTER, 23864, 0, 20000);
	expect_wait(test, WAIT_REFRESH, 1000, 0, 14000);
	expect_wait(test, WAIT_HALTED, 3, 0, 2 * TICK_MS * 1000);
	expect_wait(test, WAIT_LOOP, 13000000, 0, 13000);
}

/* BIOS-79: A BIOS reaches the frame buffer of its adapter above the first megabyte */
static void bios_79_frame_buffer(struct kunit *test)
{
	u32 __iomem *frame = ioremap(pci_resource_start(vga, 0), SZ_4K);
	INT10_BIOS_ARGUMENTS registers = {
		.Eax = ACCESS_HIGH,
		.Ebx = 0x12345678,
		.Edi = pci_resource_start(vga, 0) + 0x10,
	};

	KUNIT_ASSERT_TRUE(test, !!frame);
	writel(0x55aa55aa, frame + 3);
	writel(0, frame + 4);
	writel(0xaa55aa55, frame + 5);
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &registers), NO_ERROR);
	KUNIT_EXPECT_EQ(test, registers.Eax, 0x12345678U);
	KUNIT_EXPECT_EQ(test, readl(frame + 3), 0x55aa55aaU);
	KUNIT_EXPECT_EQ(test, readl(frame + 4), 0x12345678U);
	KUNIT_EXPECT_EQ(test, readl(frame + 5), 0xaa55aa55U);
	iounmap(frame);
}

/*
 * BIOS-80: A BIOS that accesses other memory above the first megabyte ends there, and the
 * next call is right
 */
static void bios_80_other_memory(struct kunit *test)
{
	INT10_BIOS_ARGUMENTS outside = { .Eax = ACCESS_HIGH, .Ebx = 1, .Edi = SZ_2M };
	INT10_BIOS_ARGUMENTS behind = {
		.Eax = ACCESS_HIGH,
		.Edi = pci_resource_end(vga, 0) + 1,
	};

	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &outside),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &behind),
			ERROR_INVALID_PARAMETER);
	bios_79_frame_buffer(test);
}

static struct kunit_case rom_cases[] = {
	KUNIT_CASE(bios_78_waits),
	KUNIT_CASE(bios_79_frame_buffer),
	KUNIT_CASE(bios_80_other_memory),
	{}
};

static struct kunit_suite rom_suite = {
	.name = "rom_of_the_tests",
	.init = rom_init,
	.exit = rom_exit,
	.test_cases = rom_cases,
};

kunit_test_suites(&rom_suite);

MODULE_DESCRIPTION("KUnit tests of vpmem with a video BIOS of their own");
MODULE_LICENSE("GPL");
