// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration space, of QEMU's standard VGA and its neighbours.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/vgaarb.h>

#include "kunit/lib/bus.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#ifdef CONFIG_PCI

/*
 * Configuration space
 */

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

/*
 * BUS-02: GetBusData reads at every offset and length, and writes nothing behind its
 * buffer
 */
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

/* BUS-03: GetBusData reads no more than there is, and returns the number of bytes */
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

/* Find another device on the same bus, not in slot 0. */
static struct pci_dev *get_neighbour(struct kunit *test, struct pci_dev *pdev)
{
	struct pci_dev *other = NULL;

	for_each_pci_dev(other)
		if (other != pdev && other->bus == pdev->bus && other->devfn)
			return other;
	kunit_skip(test, "it has no neighbour");
	return NULL;
}

/* Return the last slot without a device. */
static u32 empty_slot(struct pci_bus *bus)
{
	struct pci_dev *pdev;
	u32 slot;

	for (slot = 31; slot; slot--) {
		pdev = pci_get_slot(bus, PCI_DEVFN(slot, 0));
		if (!pdev)
			break;
		pci_dev_put(pdev);
	}
	return slot;
}

/* BUS-05: Another slot is a device on the same bus; an empty slot returns no bytes */
static void bus_05_a_neighbour_is_read(struct kunit *test)
{
	struct pci_dev *other = get_neighbour(test, vt_become_vga(test));
	u32 slot = PCI_SLOT(other->devfn) | PCI_FUNC(other->devfn) << 5;
	u16 id[2] = {};

	KUNIT_EXPECT_EQ(test, get_config(test, slot, id, 0, 4), 4U);
	KUNIT_EXPECT_EQ(test, id[0], other->vendor);
	KUNIT_EXPECT_EQ(test, id[1], other->device);
	KUNIT_EXPECT_EQ(test, get_config(test, slot, id, 256, 4), 0U);
	KUNIT_EXPECT_EQ(test, get_config(test, empty_slot(other->bus), id, 0, 4), 0U);
	pci_dev_put(other);
	KUNIT_EXPECT_EQ(test, get_config(test, slot | 0x100, id, 0, 4), 0U);
}

/* BUS-06: A neighbour is not written to, which is logged and counted */
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

#else

VT_NEEDS_PCI(bus_01_config_of_the_device)
VT_NEEDS_PCI(bus_02_any_offset_and_length)
VT_NEEDS_PCI(bus_03_no_more_than_there_is)
VT_NEEDS_PCI(bus_04_its_own_slot)
VT_NEEDS_PCI(bus_05_a_neighbour_is_read)
VT_NEEDS_PCI(bus_06_a_neighbour_is_not_written)
VT_NEEDS_PCI(bus_07_config_is_written)

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
 * in atomic context
 */
static void bus_14_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct bus_job job = {
		.ext = vt_ext(test),
		.range = vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT),
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
	VIDEO_ACCESS_RANGE range = vt_range_of(VT_PORTS, VT_NR_PORTS, VT_PORT);
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
	KUNIT_CASE(bus_10_null_arguments),
	KUNIT_CASE_PARAM(bus_14_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(bus_30_no_adapter),
	{}
};

struct kunit_suite vt_bus_suite = {
	.name = "bus",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = bus_cases,
};
