// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bus: configuration space, what the device has, and what is claimed.
 *
 * Claims are the same on every machine. What has to be PCI is QEMU's standard VGA.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/vgaarb.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

/* Where no machine of the tests has anything. */
#define PORTS		0x5000
#define NR_PORTS	0x20
#define MEMORY		0xe8000000UL

#define PORT		VIDEO_MEMORY_SPACE_IO

static VIDEO_ACCESS_RANGE range_of(u64 start, u32 length, u8 flags)
{
	return (VIDEO_ACCESS_RANGE){
		.RangeStart.QuadPart = start,
		.RangeLength = length,
		.RangeInIoSpace = flags,
	};
}

/*
 * Configuration space
 */

#ifdef CONFIG_PCI

static u32 get_config(struct kunit *test, u32 slot, void *to, u32 offset, u32 length)
{
	return VideoPortGetBusData(vt_ext(test), PCIConfiguration, slot, to, offset,
				   length);
}

static u32 set_config(struct kunit *test, u32 slot, void *from, u32 offset, u32 length)
{
	return VideoPortSetBusData(vt_ext(test), PCIConfiguration, slot, from, offset,
				   length);
}

/*
 * BUS-01: GetBusData reads the configuration space of the device, in its order of bytes
 */
static void bus_01_config_of_the_device(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u8 config[256];
	u32 dword;
	int i;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, get_config(test, 0, config, 0, 256), 256U);
	KUNIT_EXPECT_EQ(test, memcmp(config, "\x34\x12\x11\x11", 4), 0);
	for (i = 0; i < 256; i += 4) {
		pci_read_config_dword(pdev, i, &dword);
		KUNIT_EXPECT_EQ(test, config[i] | config[i + 1] << 8 |
				config[i + 2] << 16 | (u32)config[i + 3] << 24, dword);
	}
	vt_expect_events(test, NULL, NULL, 0);
}

/* BUS-02: So it does at every offset and length, and writes nothing behind its buffer */
static void bus_02_any_offset_and_length(struct kunit *test)
{
	u8 config[64], part[16];
	u32 offset, length;

	vt_become_vga(test);
	KUNIT_ASSERT_EQ(test, get_config(test, 0, config, 0, 64), 64U);
	for (offset = 0; offset < 16; offset++) {
		for (length = 0; length < 12; length++) {
			memset(part, 0x5c, sizeof(part));
			KUNIT_EXPECT_EQ(test, get_config(test, 0, part, offset, length),
					length);
			KUNIT_EXPECT_EQ(test, memcmp(part, config + offset, length), 0);
			KUNIT_EXPECT_EQ(test, part[length], 0x5c);
		}
	}
}

/* BUS-03: It reads no more than there is, and says how much */
static void bus_03_no_more_than_there_is(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u8 config[8];

	memset(config, 0x5c, sizeof(config));
	KUNIT_EXPECT_EQ(test, get_config(test, 0, config, pdev->cfg_size - 2, 8), 2U);
	KUNIT_EXPECT_EQ(test, config[2], 0x5c);
	KUNIT_EXPECT_EQ(test, get_config(test, 0, config, pdev->cfg_size, 8), 0U);
	KUNIT_EXPECT_EQ(test, get_config(test, 0, config, U32_MAX, U32_MAX), 0U);
	KUNIT_EXPECT_EQ(test, get_config(test, 0, config, pdev->cfg_size - 4, U32_MAX),
			4U);
}

/* BUS-04: Slot 0 and the device's own are the device */
static void bus_04_its_own_slot(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u32 slot = ~0U, id = 0;
	u16 line = 0x33;

	KUNIT_EXPECT_EQ(test, VideoPortGetAccessRanges(vt_ext(test), 0, NULL, 0, NULL,
						       NULL, NULL, &slot),
			ERROR_MORE_DATA);
	KUNIT_EXPECT_EQ(test, slot, PCI_SLOT(pdev->devfn) | PCI_FUNC(pdev->devfn) << 5);
	KUNIT_EXPECT_NE(test, slot, 0U);
	KUNIT_EXPECT_EQ(test, get_config(test, slot, &id, 0, 4), 4U);
	KUNIT_EXPECT_EQ(test, id, 0x11111234U);
	KUNIT_EXPECT_EQ(test, get_config(test, slot, &line, PCI_INTERRUPT_LINE, 1), 1U);
	KUNIT_EXPECT_EQ(test, set_config(test, slot, &line, PCI_INTERRUPT_LINE, 1), 1U);
}

/* Another device on its bus, which is not in slot 0. */
static struct pci_dev *get_neighbour(struct kunit *test, struct pci_dev *pdev)
{
	struct pci_dev *other = NULL;

	for_each_pci_dev(other)
		if (other != pdev && other->bus == pdev->bus && other->devfn)
			return other;
	kunit_skip(test, "it has no neighbour");
	return NULL;
}

/* BUS-05: Another slot is its neighbour; one that is empty gives nothing */
static void bus_05_a_neighbour_is_read(struct kunit *test)
{
	struct pci_dev *other = get_neighbour(test, vt_become_vga(test));
	u32 slot = PCI_SLOT(other->devfn) | PCI_FUNC(other->devfn) << 5;
	u16 id[2] = {};

	KUNIT_EXPECT_EQ(test, get_config(test, slot, id, 0, 4), 4U);
	KUNIT_EXPECT_EQ(test, id[0], other->vendor);
	KUNIT_EXPECT_EQ(test, id[1], other->device);
	KUNIT_EXPECT_EQ(test, get_config(test, slot, id, 256, 4), 0U);
	pci_dev_put(other);
	/* Nothing is in the last slot. */
	KUNIT_EXPECT_EQ(test, get_config(test, 31, id, 0, 4), 0U);
	KUNIT_EXPECT_EQ(test, get_config(test, slot | 0x100, id, 0, 4), 0U);
}

/* BUS-06: A neighbour is not written to, which is named and counted */
static void bus_06_a_neighbour_is_not_written(struct kunit *test)
{
	struct pci_dev *other = get_neighbour(test, vt_become_vga(test));
	u32 slot = PCI_SLOT(other->devfn) | PCI_FUNC(other->devfn) << 5;
	u8 before, line, after;

	pci_read_config_byte(other, PCI_INTERRUPT_LINE, &before);
	line = ~before;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set_config(test, slot, &line, PCI_INTERRUPT_LINE, 1), 0U);
	vt_expect_refused(test, "bad-parameter");
	pci_read_config_byte(other, PCI_INTERRUPT_LINE, &after);
	KUNIT_EXPECT_EQ(test, after, before);
	pci_dev_put(other);
}

/* BUS-07: SetBusData writes bytes, words and dwords */
static void bus_07_config_is_written(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u8 before, line = 0x2b, seen, wide[4] = {};
	u16 command;

	pci_read_config_byte(pdev, PCI_INTERRUPT_LINE, &before);
	KUNIT_EXPECT_EQ(test, set_config(test, 0, &line, PCI_INTERRUPT_LINE, 1), 1U);
	pci_read_config_byte(pdev, PCI_INTERRUPT_LINE, &seen);
	KUNIT_EXPECT_EQ(test, seen, 0x2b);
	wide[0] = 0x2c;
	KUNIT_EXPECT_EQ(test, set_config(test, 0, wide, PCI_INTERRUPT_LINE, 4), 4U);
	pci_read_config_byte(pdev, PCI_INTERRUPT_LINE, &seen);
	KUNIT_EXPECT_EQ(test, seen, 0x2c);
	pci_write_config_byte(pdev, PCI_INTERRUPT_LINE, before);

	KUNIT_EXPECT_EQ(test, get_config(test, 0, &command, PCI_COMMAND, 2), 2U);
	command ^= PCI_COMMAND_IO;
	KUNIT_EXPECT_EQ(test, set_config(test, 0, &command, PCI_COMMAND, 2), 2U);
	KUNIT_EXPECT_EQ(test, get_config(test, 0, wide, PCI_COMMAND, 2), 2U);
	KUNIT_EXPECT_EQ(test, memcmp(wide, &command, 2), 0);
	command ^= PCI_COMMAND_IO;
	set_config(test, 0, &command, PCI_COMMAND, 2);
}

/* A BAR that the device does not have, for as long as the test looks. */
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

static VP_STATUS get_ranges(struct kunit *test, u32 room, VIDEO_ACCESS_RANGE *ranges)
{
	return VideoPortGetAccessRanges(vt_ext(test), 0, NULL, room, ranges, NULL, NULL,
					NULL);
}

static void expect_bar(struct kunit *test, const VIDEO_ACCESS_RANGE *range,
		       struct pci_dev *pdev, int bar)
{
	bool ports = pci_resource_flags(pdev, bar) & IORESOURCE_IO;

	KUNIT_EXPECT_EQ(test, (u64)range->RangeStart.QuadPart,
			(u64)pci_resource_start(pdev, bar));
	KUNIT_EXPECT_EQ(test, (u64)range->RangeLength, (u64)pci_resource_len(pdev, bar));
	KUNIT_EXPECT_EQ(test, range->RangeInIoSpace, ports ? PORT : 0);
	KUNIT_EXPECT_EQ(test, range->RangeShareable, 0);
}

/* BUS-11: GetAccessRanges tells the BARs in their order, and zeroes the rest */
static void bus_11_access_ranges(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	VIDEO_ACCESS_RANGE ranges[4], nothing = {};

	memset(ranges, 0x77, sizeof(ranges));
	KUNIT_EXPECT_EQ(test, get_ranges(test, 4, ranges), NO_ERROR);
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
	KUNIT_EXPECT_EQ(test, get_ranges(test, 1, ranges), ERROR_MORE_DATA);
	expect_bar(test, &ranges[0], pdev, 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(&ranges[1], 0x77, sizeof(ranges[1])));
	KUNIT_EXPECT_EQ(test, get_ranges(test, 0, NULL), ERROR_MORE_DATA);
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
	KUNIT_EXPECT_EQ(test, get_ranges(test, 4, ranges), NO_ERROR);
	expect_bar(test, &ranges[2], pdev, 5);
	KUNIT_EXPECT_EQ(test, ranges[2].RangeInIoSpace, PORT);
	lend_bar(pdev, 0x10000000000ULL, SZ_4G - PAGE_SIZE, IORESOURCE_MEM);
	KUNIT_EXPECT_EQ(test, get_ranges(test, 4, ranges), NO_ERROR);
	expect_bar(test, &ranges[2], pdev, 5);
	lend_bar(pdev, 0x10000000000ULL, 2ULL * SZ_4G, IORESOURCE_MEM | IORESOURCE_MEM_64);
	KUNIT_EXPECT_EQ(test, get_ranges(test, 4, ranges), NO_ERROR);
	KUNIT_EXPECT_EQ(test, (u64)ranges[2].RangeStart.QuadPart, 0x10000000000ULL);
	KUNIT_EXPECT_EQ(test, (u64)ranges[2].RangeLength, (u64)SZ_4G - PAGE_SIZE);
	/* One that has no place. */
	lend_bar(pdev, MEMORY, SZ_1M, IORESOURCE_MEM | IORESOURCE_UNSET);
	KUNIT_EXPECT_EQ(test, get_ranges(test, 4, ranges), NO_ERROR);
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

static bool exists(struct kunit *test, u16 device, u8 revision, u16 subsystem, u32 flags)
{
	bool found = VideoPortCheckForDeviceExistence(vt_ext(test), 0x1234, device, revision,
						      0x1af4, subsystem, flags);

	KUNIT_EXPECT_EQ(test, found,
			(bool)VideoPortCheckForDeviceExistance(vt_ext(test), 0x1234, device,
							       revision, 0x1af4, subsystem,
							       flags));
	return found;
}

/* BUS-32: CheckForDeviceExistence compares ids, and revision and subsystem if asked to */
static void bus_32_device_existence(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u32 all = CDE_USE_SUBSYSTEM_IDS | CDE_USE_REVISION;

	KUNIT_ASSERT_EQ(test, pdev->subsystem_vendor, 0x1af4);
	KUNIT_EXPECT_TRUE(test, exists(test, 0x1111, 99, 1, 0));
	KUNIT_EXPECT_FALSE(test, exists(test, 0x1112, 99, 1, 0));
	KUNIT_EXPECT_TRUE(test, exists(test, 0x1111, pdev->revision, 1, CDE_USE_REVISION));
	KUNIT_EXPECT_FALSE(test, exists(test, 0x1111, 99, 1, CDE_USE_REVISION));
	KUNIT_EXPECT_TRUE(test, exists(test, 0x1111, pdev->revision,
				       pdev->subsystem_device, all));
	KUNIT_EXPECT_FALSE(test, exists(test, 0x1111, pdev->revision,
					pdev->subsystem_device + 1, all));
}

/*
 * BUS-24: To map what was claimed is no foreign-range, also if it is shareable; one byte
 * more is
 */
static void bus_24_claimed_is_not_foreign(struct kunit *test)
{
	const PHYSICAL_ADDRESS ports = { .QuadPart = PORTS };
	VIDEO_ACCESS_RANGE claim = range_of(PORTS, NR_PORTS, PORT);
	void *ext, *base;
	int shareable;

	vt_become_vga(test);
	ext = vt_ext(test);
	for (shareable = 0; shareable < 2; shareable++) {
		claim.RangeShareable = shareable;
		KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(ext, 1, &claim),
				NO_ERROR);
		vt_remember(test);
		base = VideoPortGetDeviceBase(ext, ports, NR_PORTS, PORT);
		VideoPortFreeDeviceBase(ext, base);
		vt_expect_events(test, NULL, NULL, 0);
		base = VideoPortGetDeviceBase(ext, ports, NR_PORTS + 1, PORT);
		VideoPortFreeDeviceBase(ext, base);
		vt_expect_events(test, "foreign-range", NULL, 1);
	}
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(ext, 0, NULL), NO_ERROR);
	vt_remember(test);
	base = VideoPortGetDeviceBase(ext, ports, NR_PORTS, PORT);
	VideoPortFreeDeviceBase(ext, base);
	vt_expect_events(test, "foreign-range", NULL, 1);
}

/*
 * BUS-25: What the device has is not requested
 *
 * Two adapters of one device could not both request its memory.
 */
static void bus_25_its_own_is_not_requested(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	VIDEO_ACCESS_RANGE ranges[4];
	void *other = vpmem_attach(&pdev->dev, 0);

	KUNIT_ASSERT_FALSE(test, IS_ERR(other));
	KUNIT_EXPECT_EQ(test, get_ranges(test, 4, ranges), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 4, ranges),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(other, 4, ranges), NO_ERROR);
	vpmem_detach(other);
}

#else

#define NEEDS_PCI(name) \
static void name(struct kunit *test) \
{ \
	kunit_skip(test, "this kernel has no PCI"); \
}

NEEDS_PCI(bus_01_config_of_the_device)
NEEDS_PCI(bus_02_any_offset_and_length)
NEEDS_PCI(bus_03_no_more_than_there_is)
NEEDS_PCI(bus_04_its_own_slot)
NEEDS_PCI(bus_05_a_neighbour_is_read)
NEEDS_PCI(bus_06_a_neighbour_is_not_written)
NEEDS_PCI(bus_07_config_is_written)
NEEDS_PCI(bus_11_access_ranges)
NEEDS_PCI(bus_12_access_ranges_without_room)
NEEDS_PCI(bus_13_access_ranges_of_a_certain_device)
NEEDS_PCI(bus_15_ports_and_large_ranges)
NEEDS_PCI(bus_24_claimed_is_not_foreign)
NEEDS_PCI(bus_25_its_own_is_not_requested)
NEEDS_PCI(bus_31_vga_status_of_the_device)
NEEDS_PCI(bus_32_device_existence)

#endif

/*
 * Without PCI
 */

/* BUS-08: There is no bus data but PCI's */
static void bus_08_no_other_bus_data(struct kunit *test)
{
	u8 data[4];

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetBusData(vt_ext(test), Cmos, 0, data, 0, 4), 0U);
	KUNIT_EXPECT_EQ(test, VideoPortSetBusData(vt_ext(test), EisaConfiguration, 0, data,
						  0, 4), 0U);
	vt_expect_events(test, "unsupported", NULL, 2);
}

/*
 * BUS-09: An adapter that is not on PCI has no configuration space and no access ranges;
 * nothing is written
 */
static void bus_09_not_on_pci(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[2];
	u8 data[4];
	u32 slot = 77;

	memset(ranges, 0x77, sizeof(ranges));
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetBusData(vt_ext(test), PCIConfiguration, 0, data,
						  0, 4), 0U);
	KUNIT_EXPECT_EQ(test, VideoPortSetBusData(vt_ext(test), PCIConfiguration, 0, data,
						  0, 4), 0U);
	KUNIT_EXPECT_EQ(test, VideoPortGetAccessRanges(vt_ext(test), 0, NULL, 2, ranges,
						       NULL, NULL, &slot),
			ERROR_NO_MORE_DEVICES);
	KUNIT_EXPECT_NULL(test, memchr_inv(ranges, 0x77, sizeof(ranges)));
	KUNIT_EXPECT_EQ(test, slot, 77U);
	KUNIT_EXPECT_FALSE(test, VideoPortCheckForDeviceExistence(vt_ext(test), 0xfffe,
								  0xfffe, 0, 0, 0, 0));
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * BUS-34: CheckForDeviceExistance, as Windows misspells the name, is the same call
 *
 * By the name that Windows has for it; what it finds: BUS-32.
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

/* BUS-10: A NULL to read or store through is refused */
static void bus_10_null_arguments(struct kunit *test)
{
	void *ext = vt_ext(test);

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetBusData(ext, PCIConfiguration, 0, NULL, 0, 4),
			0U);
	KUNIT_EXPECT_EQ(test, VideoPortSetBusData(ext, PCIConfiguration, 0, NULL, 0, 4),
			0U);
	KUNIT_EXPECT_EQ(test, VideoPortGetAccessRanges(ext, 0, NULL, 1, NULL, NULL, NULL,
						       NULL), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(ext, 1, NULL),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortGetVgaStatus(ext, NULL), ERROR_INVALID_PARAMETER);
	vt_expect_events(test, "bad-parameter", NULL, 5);
}

struct bus_job {
	void *ext;
	VIDEO_ACCESS_RANGE range;
	VP_STATUS get, verify;
	bool exists;
};

static void bus_job(void *data)
{
	struct bus_job *job = data;

	job->get = VideoPortGetAccessRanges(job->ext, 0, NULL, 1, &job->range, NULL, NULL,
					    NULL);
	job->verify = VideoPortVerifyAccessRanges(job->ext, 1, &job->range);
	job->exists = VideoPortCheckForDeviceExistence(job->ext, 0x1234, 0x1111, 0, 0, 0,
						       0);
}

/*
 * BUS-14: GetAccessRanges, VerifyAccessRanges and CheckForDeviceExistence are refused
 * where one cannot sleep
 */
static void bus_14_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct bus_job job = {
		.ext = vt_ext(test),
		.range = range_of(PORTS, NR_PORTS, PORT),
	};

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(bus_job, &job);
	KUNIT_EXPECT_EQ(test, job.get, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, job.verify, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_FALSE(test, job.exists);
	vt_expect_events(test, "bad-context", NULL, 3);
}

/* BUS-30: An extension that is not attached is refused */
static void bus_30_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);
	VIDEO_ACCESS_RANGE range = range_of(PORTS, NR_PORTS, PORT);
	u32 data = 77;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetBusData(gone, PCIConfiguration, 0, &data, 0, 4),
			0U);
	KUNIT_EXPECT_EQ(test, VideoPortSetBusData(gone, PCIConfiguration, 0, &data, 0, 4),
			0U);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(gone, 1, &range),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortGetAccessRanges(gone, 0, NULL, 1, &range, NULL,
						       NULL, NULL),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortGetVgaStatus(gone, &data), ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "no-adapter", 5);
	KUNIT_EXPECT_EQ(test, data, 77U);
}

/* BUS-33: Without PCI the status is that of the machine's VGA */
static void bus_33_vga_status_without_pci(struct kunit *test)
{
	u32 status = 77;

	KUNIT_EXPECT_EQ(test, VideoPortGetVgaStatus(vt_ext(test), &status), NO_ERROR);
	KUNIT_EXPECT_EQ(test, status, vga_default_device() ? DEVICE_VGA_ENABLED : 0U);
}

/*
 * Claims
 */

static VP_STATUS claim(void *ext, u64 start, u32 length, u8 flags)
{
	VIDEO_ACCESS_RANGE range = range_of(start, length, flags);

	return VideoPortVerifyAccessRanges(ext, 1, &range);
}

/* Whether Linux would give it to somebody else. */
static bool ports_are_free(u32 start, u32 length)
{
	if (!request_region(start, length, "vpmem-kunit-other"))
		return false;
	release_region(start, length);
	return true;
}

static bool memory_is_free(u64 start, u64 length)
{
	if (!request_mem_region(start, length, "vpmem-kunit-other"))
		return false;
	release_mem_region(start, length);
	return true;
}

/*
 * BUS-16: VerifyAccessRanges requests memory and ports from Linux, and with none gives
 * all back
 */
static void bus_16_claims_are_requested(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		range_of(PORTS, NR_PORTS, PORT),
		range_of(0, 0, 0),
		range_of(MEMORY, SZ_64K, 0),
	};

	KUNIT_ASSERT_TRUE(test, ports_are_free(PORTS, NR_PORTS));
	KUNIT_ASSERT_TRUE(test, memory_is_free(MEMORY, SZ_64K));
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 3, ranges),
			NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS + NR_PORTS - 1, 1));
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS + NR_PORTS, 1));
	KUNIT_EXPECT_FALSE(test, memory_is_free(MEMORY, 1));
	KUNIT_EXPECT_FALSE(test, memory_is_free(MEMORY + SZ_64K - 1, 1));
	KUNIT_EXPECT_TRUE(test, memory_is_free(MEMORY + SZ_64K, 1));
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 0, NULL),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS, NR_PORTS));
	KUNIT_EXPECT_TRUE(test, memory_is_free(MEMORY, SZ_64K));
	vt_expect_events(test, NULL, NULL, 0);
}

/* BUS-17: Claims take the place of those before */
static void bus_17_claims_are_replaced(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), PORTS, NR_PORTS, PORT), NO_ERROR);
	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), PORTS + 0x10, NR_PORTS, PORT), NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS, 0x10));
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS + NR_PORTS, 0x10));
}

/* BUS-18: Detach gives them back */
static void bus_18_detach_gives_back(struct kunit *test)
{
	void *other = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, claim(other, PORTS, NR_PORTS, PORT), NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS, NR_PORTS));
	vt_detach(test, other);
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS, NR_PORTS));
}

/*
 * BUS-19: What another driver has cannot be claimed; the call then leaves nothing claimed
 */
static void bus_19_another_driver_has_it(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		range_of(MEMORY, SZ_64K, 0),
		range_of(PORTS, NR_PORTS, PORT),
	};
	void *other = vt_attach_another(test);

	KUNIT_ASSERT_EQ(test, claim(other, PORTS + 8, 1, PORT), NO_ERROR);
	KUNIT_ASSERT_EQ(test, claim(vt_ext(test), PORTS + 64, 1, PORT), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 2, ranges),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "busy");
	KUNIT_EXPECT_TRUE(test, memory_is_free(MEMORY, SZ_64K));
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS + 64, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS + 8, 1));
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 2, ranges),
			NO_ERROR);
}

/* BUS-20: What is shareable is not requested */
static void bus_20_shareable_is_not_requested(struct kunit *test)
{
	VIDEO_ACCESS_RANGE range = range_of(PORTS, NR_PORTS, PORT);

	range.RangeShareable = 1;
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 1, &range),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS, NR_PORTS));
}

/* BUS-21: VGA's ranges are every adapter's */
static void bus_21_vga_is_everybodys(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		range_of(0xa0000, 0x20000, 0), range_of(0x3b0, 0xc, PORT),
		range_of(0x3c0, 0x20, PORT), range_of(0xc0000, 0x8000, 0),
	};

	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 4, ranges),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_attach_another(test), 4,
							  ranges), NO_ERROR);
}

/*
 * BUS-22: Of a range that is partly VGA's, the rest is requested, on both sides
 *
 * On both sides of VGA's ports.
 */
static void bus_22_the_rest_is_requested(struct kunit *test)
{
	void *other = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), 0x3ac, 0x38, PORT), NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3ac, 4));
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3af, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3e0, 4));
	KUNIT_EXPECT_FALSE(test, ports_are_free(0x3e3, 1));
	KUNIT_EXPECT_TRUE(test, ports_are_free(0x3e4, 4));
	KUNIT_EXPECT_EQ(test, claim(other, 0x3b0, 0x30, PORT), NO_ERROR);
	KUNIT_EXPECT_EQ(test, claim(other, 0x3b0, 0x31, PORT), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, claim(other, 0x3af, 0x31, PORT), ERROR_INVALID_PARAMETER);
}

/* BUS-23: Ranges of one call may overlap */
static void bus_23_ranges_that_overlap(struct kunit *test)
{
	VIDEO_ACCESS_RANGE ranges[] = {
		range_of(PORTS + 0x10, 0x10, PORT), range_of(PORTS, NR_PORTS, PORT),
		range_of(PORTS, NR_PORTS, PORT), range_of(PORTS + 0x18, 0x10, PORT),
		range_of(PORTS + 4, 2, PORT),
	};

	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 5, ranges),
			NO_ERROR);
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS, 1));
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS + 0x27, 1));
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS + 0x28, 1));
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 0, ranges),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS, 0x28));
}

static void expect_claim_refused(struct kunit *test, u64 start, u32 length, u8 flags)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, claim(vt_ext(test), start, length, flags),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-range");
}

/* BUS-26: Ranges beyond the last address and more than 256 are refused */
static void bus_26_what_cannot_be_claimed(struct kunit *test)
{
	VIDEO_ACCESS_RANGE *ranges;

	ranges = kunit_kcalloc(test, 257, sizeof(*ranges), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, ranges);
	expect_claim_refused(test, U64_MAX - 10, 100, 0);
	expect_claim_refused(test, (u64)ioport_resource.end, 2, PORT);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 257, ranges),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 256, ranges),
			NO_ERROR);
}

static bool claim_with_faults(struct kunit *test, void *data)
{
	return claim(vt_ext(test), PORTS, NR_PORTS, PORT) == NO_ERROR;
}

static void claim_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_TRUE(test, ports_are_free(PORTS, NR_PORTS));
}

static void claim_undone(struct kunit *test, void *data)
{
	KUNIT_EXPECT_FALSE(test, ports_are_free(PORTS, NR_PORTS));
}

/*
 * BUS-27: Without memory nothing is claimed
 *
 * Those of vpmem; Linux may have a resource left over, and needs no memory for its own.
 */
static void bus_27_no_memory(struct kunit *test)
{
	const struct vt_fault_site site = {
		claim_with_faults, claim_undone, claim_failed
	};

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, NULL), 2U);
}

/* BUS-36: Claims at an address where there is no memory are refused */
static void bus_36_access_ranges_that_are_no_memory(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);

	if (foreign->memory)
		kunit_skip(test, "something may be there");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortVerifyAccessRanges(vt_ext(test), 2, address),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
}

static struct kunit_case bus_cases[] = {
	KUNIT_CASE(bus_01_config_of_the_device),
	KUNIT_CASE(bus_02_any_offset_and_length),
	KUNIT_CASE(bus_03_no_more_than_there_is),
	KUNIT_CASE(bus_04_its_own_slot),
	KUNIT_CASE(bus_05_a_neighbour_is_read),
	KUNIT_CASE(bus_06_a_neighbour_is_not_written),
	KUNIT_CASE(bus_07_config_is_written),
	KUNIT_CASE(bus_08_no_other_bus_data),
	KUNIT_CASE(bus_09_not_on_pci),
	KUNIT_CASE(bus_34_existence_by_the_other_name),
	KUNIT_CASE(bus_10_null_arguments),
	KUNIT_CASE(bus_11_access_ranges),
	KUNIT_CASE(bus_12_access_ranges_without_room),
	KUNIT_CASE(bus_13_access_ranges_of_a_certain_device),
	KUNIT_CASE_PARAM(bus_14_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(bus_15_ports_and_large_ranges),
	KUNIT_CASE(bus_16_claims_are_requested),
	KUNIT_CASE(bus_17_claims_are_replaced),
	KUNIT_CASE(bus_18_detach_gives_back),
	KUNIT_CASE(bus_19_another_driver_has_it),
	KUNIT_CASE(bus_20_shareable_is_not_requested),
	KUNIT_CASE(bus_21_vga_is_everybodys),
	KUNIT_CASE(bus_22_the_rest_is_requested),
	KUNIT_CASE(bus_23_ranges_that_overlap),
	KUNIT_CASE(bus_24_claimed_is_not_foreign),
	KUNIT_CASE(bus_25_its_own_is_not_requested),
	KUNIT_CASE(bus_26_what_cannot_be_claimed),
	KUNIT_CASE(bus_27_no_memory),
	KUNIT_CASE(bus_30_no_adapter),
	KUNIT_CASE(bus_31_vga_status_of_the_device),
	KUNIT_CASE(bus_32_device_existence),
	KUNIT_CASE(bus_33_vga_status_without_pci),
	KUNIT_CASE_PARAM(bus_36_access_ranges_that_are_no_memory, vt_foreign_params),
	{}
};

struct kunit_suite vt_bus_suite = {
	.name = "bus",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = bus_cases,
};
