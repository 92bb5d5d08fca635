// SPDX-License-Identifier: GPL-2.0-only
/*
 * Access ranges and the VGA status of a device, and whether a device exists.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/vgaarb.h>

#include "kunit/lib/bus.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#ifdef CONFIG_PCI

/* Add a BAR to the device for the duration of the test. */
static void lend_bar(struct pci_dev *pdev, u64 start, u64 length, unsigned long flags)
{
	pdev->resource[5].start = start;
	pdev->resource[5].end = start + length - 1;
	pdev->resource[5].flags = flags;
}

static void return_bar(struct pci_dev *pdev)
{
	pdev->resource[5].start = 0;
	pdev->resource[5].end = 0;
	pdev->resource[5].flags = 0;
}

static void expect_bar(struct kunit *test, const VIDEO_ACCESS_RANGE *range,
		       struct pci_dev *pdev, int bar)
{
	bool ports = pci_resource_flags(pdev, bar) & IORESOURCE_IO;

	KUNIT_EXPECT_EQ(test, (u64)range->RangeStart.QuadPart,
			(u64)pci_resource_start(pdev, bar));
	KUNIT_EXPECT_EQ(test, (u64)range->RangeLength, (u64)pci_resource_len(pdev, bar));
	KUNIT_EXPECT_EQ(test, range->RangeInIoSpace, ports ? VT_PORT : 0);
	KUNIT_EXPECT_EQ(test, range->RangeShareable, 0);
}

/* BUS-11: GetAccessRanges tells the BARs in their order, and zeroes the rest */
static void bus_11_access_ranges(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	VIDEO_ACCESS_RANGE ranges[4], nothing = {};

	memset(ranges, 0x77, sizeof(ranges));
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 4, ranges), NO_ERROR);
	expect_bar(test, &ranges[0], pdev, 0);
	expect_bar(test, &ranges[1], pdev, 2);
	KUNIT_EXPECT_EQ(test, memcmp(&ranges[2], &nothing, sizeof(nothing)), 0);
	KUNIT_EXPECT_EQ(test, memcmp(&ranges[3], &nothing, sizeof(nothing)), 0);
	KUNIT_EXPECT_GE(test, ranges[0].RangeLength, (u32)SZ_1M);
}

/*
 * BUS-12: Without room it tells as many as there is room for, and answers ERROR_MORE_DATA
 */
static void bus_12_access_ranges_without_room(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	VIDEO_ACCESS_RANGE ranges[2];

	memset(ranges, 0x77, sizeof(ranges));
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 1, ranges), ERROR_MORE_DATA);
	expect_bar(test, &ranges[0], pdev, 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(&ranges[1], 0x77, sizeof(ranges[1])));
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 0, NULL), ERROR_MORE_DATA);
}

static VP_STATUS ranges_of(struct kunit *test, u16 vendor, u16 device)
{
	VIDEO_ACCESS_RANGE ranges[4];

	return VideoPortGetAccessRanges(vt_ext(test), 0, NULL, 4, ranges, &vendor,
					&device, NULL);
}

/* BUS-13: VendorId and DeviceId have to be the device's */
static void bus_13_access_ranges_of_a_certain_device(struct kunit *test)
{
	vt_become_vga(test);
	KUNIT_EXPECT_EQ(test, ranges_of(test, 0x1234, 0x1111), NO_ERROR);
	KUNIT_EXPECT_EQ(test, ranges_of(test, 0x1234, 0x1112), ERROR_NO_MORE_DEVICES);
	KUNIT_EXPECT_EQ(test, ranges_of(test, 0x1235, 0x1111), ERROR_NO_MORE_DEVICES);
}

/*
 * BUS-15: Ports are ports; what a ULONG cannot count is cut to pages; what has no place
 * is left out
 */
static void bus_15_ports_and_large_ranges(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	VIDEO_ACCESS_RANGE ranges[4];

	lend_bar(pdev, 0xc000, 0x100, IORESOURCE_IO);
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 4, ranges), NO_ERROR);
	expect_bar(test, &ranges[2], pdev, 5);
	KUNIT_EXPECT_EQ(test, ranges[2].RangeInIoSpace, VT_PORT);
	lend_bar(pdev, 0x10000000000ULL, SZ_4G - PAGE_SIZE, IORESOURCE_MEM);
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 4, ranges), NO_ERROR);
	expect_bar(test, &ranges[2], pdev, 5);
	lend_bar(pdev, 0x10000000000ULL, 2ULL * SZ_4G, IORESOURCE_MEM | IORESOURCE_MEM_64);
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 4, ranges), NO_ERROR);
	KUNIT_EXPECT_EQ(test, (u64)ranges[2].RangeStart.QuadPart, 0x10000000000ULL);
	KUNIT_EXPECT_EQ(test, (u64)ranges[2].RangeLength, (u64)SZ_4G - PAGE_SIZE);
	/* Range without a place in the address space */
	lend_bar(pdev, VT_MEMORY, SZ_1M, IORESOURCE_MEM | IORESOURCE_UNSET);
	KUNIT_EXPECT_EQ(test, vt_get_ranges(test, 4, ranges), NO_ERROR);
	KUNIT_EXPECT_EQ(test, ranges[2].RangeLength, 0U);
	return_bar(pdev);
}

/* BUS-31: GetVgaStatus follows what the device decodes */
static void bus_31_vga_status_of_the_device(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u16 command;
	u32 status = 77;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	pci_write_config_word(pdev, PCI_COMMAND,
			      command | PCI_COMMAND_IO | PCI_COMMAND_MEMORY);
	KUNIT_EXPECT_EQ(test, VideoPortGetVgaStatus(vt_ext(test), &status), NO_ERROR);
	KUNIT_EXPECT_EQ(test, status, (u32)DEVICE_VGA_ENABLED);
	pci_write_config_word(pdev, PCI_COMMAND, command & ~PCI_COMMAND_IO);
	KUNIT_EXPECT_EQ(test, VideoPortGetVgaStatus(vt_ext(test), &status), NO_ERROR);
	KUNIT_EXPECT_EQ(test, status, 0U);
	pci_write_config_word(pdev, PCI_COMMAND, command);
}

/* BUS-32: CheckForDeviceExistence compares ids, and revision and subsystem if asked to */
static void bus_32_device_existence(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u32 all = CDE_USE_SUBSYSTEM_IDS | CDE_USE_REVISION;

	KUNIT_ASSERT_EQ(test, pdev->subsystem_vendor, 0x1af4);
	KUNIT_EXPECT_TRUE(test, vt_exists(test, 0x1111, 99, 1, 0));
	KUNIT_EXPECT_FALSE(test, vt_exists(test, 0x1112, 99, 1, 0));
	KUNIT_EXPECT_TRUE(test, vt_exists(test, 0x1111, pdev->revision, 1, CDE_USE_REVISION));
	KUNIT_EXPECT_FALSE(test, vt_exists(test, 0x1111, 99, 1, CDE_USE_REVISION));
	KUNIT_EXPECT_TRUE(test, vt_exists(test, 0x1111, pdev->revision,
					  pdev->subsystem_device, all));
	KUNIT_EXPECT_FALSE(test, vt_exists(test, 0x1111, pdev->revision,
					   pdev->subsystem_device + 1, all));
}

#else

VT_NEEDS_PCI(bus_11_access_ranges)
VT_NEEDS_PCI(bus_12_access_ranges_without_room)
VT_NEEDS_PCI(bus_13_access_ranges_of_a_certain_device)
VT_NEEDS_PCI(bus_15_ports_and_large_ranges)

VT_NEEDS_PCI(bus_31_vga_status_of_the_device)
VT_NEEDS_PCI(bus_32_device_existence)

#endif

/*
 * BUS-34: CheckForDeviceExistance, as Windows misspells the name, is the same call
 *
 * BUS-32 has the results.
 */
static void bus_34_existence_by_the_other_name(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, VideoPortCheckForDeviceExistance(vt_ext(test), 0xfffe,
								  0xfffe, 0, 0, 0, 0));
	KUNIT_EXPECT_PTR_EQ(test,
			    VideoPortGetProcAddress(vt_ext(test),
						    (PUCHAR)"VideoPortCheckForDeviceExistance"),
			    (void *)VideoPortCheckForDeviceExistance);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_FALSE(test, VideoPortCheckForDeviceExistance(vt_detached_extension(test),
								  0xfffe, 0xfffe, 0, 0, 0, 0));
	vt_expect_events(test, NULL, "no-adapter", 1);
}

/* BUS-33: Without PCI the status is that of the machine's VGA */
static void bus_33_vga_status_without_pci(struct kunit *test)
{
	u32 status = 77;

	KUNIT_EXPECT_EQ(test, VideoPortGetVgaStatus(vt_ext(test), &status), NO_ERROR);
	KUNIT_EXPECT_EQ(test, status, vga_default_device() ? DEVICE_VGA_ENABLED : 0U);
}

static struct kunit_case ranges_cases[] = {
	KUNIT_CASE(bus_34_existence_by_the_other_name),
	KUNIT_CASE(bus_11_access_ranges),
	KUNIT_CASE(bus_12_access_ranges_without_room),
	KUNIT_CASE(bus_13_access_ranges_of_a_certain_device),
	KUNIT_CASE(bus_15_ports_and_large_ranges),
	KUNIT_CASE(bus_31_vga_status_of_the_device),
	KUNIT_CASE(bus_32_device_existence),
	KUNIT_CASE(bus_33_vga_status_without_pci),
	{}
};

struct kunit_suite vt_ranges_suite = {
	.name = "ranges",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ranges_cases,
};
