// SPDX-License-Identifier: GPL-2.0-only
/*
 * Port object, from probe to remove.
 */
#include <linux/mm.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"

/*
 * HwFindAdapter and HwInitialize
 */

static PVOID found_pool;

static void find_asks(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	char name[] = "VideoPortAllocatePool";

	found_pool = config->VideoPortGetProcAddress(ext, name);
}

/*
 * PORT-15: HwFindAdapter has HwContext, no arguments, and a ConfigInfo with its size,
 * bus, memory of the system, registry path and a VideoPortGetProcAddress that works
 */
static void port_15_find_adapter(struct kunit *test)
{
	u64 memory = (u64)totalram_pages() << PAGE_SHIFT;

	vt_mp.in_find = find_asks;
	vt_need_miniport(test);
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.hw_context, (PVOID)&vt_mp.hw);
	KUNIT_EXPECT_NULL(test, vt_mp.arguments);
	KUNIT_EXPECT_EQ(test, (size_t)vt_mp.config.Length, sizeof(vt_mp.config));
	KUNIT_EXPECT_EQ(test, vt_mp.config.AdapterInterfaceType, Isa);
	KUNIT_EXPECT_EQ(test, vt_mp.config.InterruptMode, Latched);
	KUNIT_EXPECT_EQ(test, vt_mp.config.SystemIoBusNumber, 0U);
	KUNIT_EXPECT_EQ(test, vt_mp.config.BusInterruptLevel, 0U);
	KUNIT_EXPECT_EQ(test, vt_mp.config.BusInterruptVector, 0U);
	KUNIT_EXPECT_FALSE(test, vt_mp.config.Master);
	KUNIT_EXPECT_PTR_EQ(test, (void *)vt_mp.config.DriverRegistryPath,
			    (void *)vt_mp.path.Buffer);
	KUNIT_EXPECT_PTR_EQ(test, found_pool, (PVOID)VideoPortAllocatePool);
	/* Memory that was onlined in between is still about as much. */
	KUNIT_EXPECT_EQ(test, vt_mp.config.SystemMemorySize >> 24, memory >> 24);
}

/*
 * PORT-16: The extension has the requested size, is zeroed and aligned; a size that
 * cannot be allocated fails
 */
static void port_16_extension(struct kunit *test)
{
	static const ULONG sizes[] = { 0, 1, VT_EXTENSION_SIZE, SZ_64K };
	int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		vt_mp.hw.HwDeviceExtensionSize = sizes[i];
		vt_need_miniport(test);
		KUNIT_EXPECT_TRUE(test, vt_mp.extension_was_zero);
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)vt_mp.ext, 16));
		KUNIT_EXPECT_TRUE(test, vt_is_attached(vt_mp.ext));
		vt_miniport_unregister();
	}
	vt_mp.ext = NULL;
	vt_mp.hw.HwDeviceExtensionSize = U32_MAX;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENOMEM);
	vt_expect_nothing_registered(test);
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

/* PORT-17: Any status of HwFindAdapter but NO_ERROR ends the probe, and leaves nothing */
static void port_17_adapter_not_found(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(refusals); i++) {
		vt_forget_order();
		vt_mp.find_status = refusals[i].status;
		KUNIT_EXPECT_EQ_MSG(test, vt_miniport_register(), refusals[i].err,
				    "status %d", vt_mp.find_status);
		KUNIT_EXPECT_STREQ(test, vt_mp.order, "EF");
		vt_expect_nothing_registered(test);
	}
}

/* PORT-18: A HwInitialize that returns FALSE ends the probe, and leaves nothing */
static void port_18_not_initialized(struct kunit *test)
{
	vt_mp.initialized = false;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EIO);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFI");
	vt_expect_nothing_registered(test);
}

static VP_STATUS take_number(PVOID ext, PVOID context, __u16 *name, PVOID data,
			     ULONG length)
{
	vt_mp.registry_number = length == sizeof(ULONG) ? *(PULONG)data : 0;
	return NO_ERROR;
}

static VP_STATUS take_text(PVOID ext, PVOID context, __u16 *name, PVOID data, ULONG length)
{
	ULONG i;

	for (i = 0; i < length / sizeof(WCHAR) && i < sizeof(vt_mp.registry_text); i++)
		vt_mp.registry_text[i] = ((PWCHAR)data)[i];
	return NO_ERROR;
}

static void find_reads_registry(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	VideoPortGetRegistryParameters(ext, (__u16 *)L"Number", false, take_number, NULL);
	VideoPortGetRegistryParameters(ext, (__u16 *)L"Text", false, take_text, NULL);
}

/*
 * PORT-19: Settings of the driver are values of the registry by then; an invalid one
 * fails the load before (LOAD-04)
 */
static void port_19_registry(struct kunit *test)
{
	char number[] = "Number=0x123", text[] = "Text=words";
	char *texts[2] = { number, text };
	static const unsigned int count = ARRAY_SIZE(texts);

	vt_mp.miniport.registry = texts;
	vt_mp.miniport.registry_count = &count;
	vt_mp.in_find = find_reads_registry;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_mp.registry_number, 0x123U);
	KUNIT_EXPECT_STREQ(test, vt_mp.registry_text, "words");
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "bad-parameter"), 0UL);
}

/* PORT-20: Texts without a count are none */
static void port_20_registry_without_count(struct kunit *test)
{
	char number[] = "Number=1";
	char *texts[1] = { number };

	vt_mp.miniport.registry = texts;
	vt_mp.in_find = find_reads_registry;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_mp.registry_number, 0U);
}

/*
 * Leaks, and shortage of memory
 */

static void initialize_leaks(PVOID ext)
{
	VideoPortAllocatePool(ext, VpNonPagedPool, 2 * PAGE_SIZE, VT_TAG);
}

/* PORT-21: Memory that a miniport leaves allocated is reported, also if HwInitialize fails */
static void port_21_leak_is_reported(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_mp.in_initialize = initialize_leaks;
	vt_need_miniport(test);
	vt_remember(test);
	vt_miniport_unregister();
	vt_expect_events(test, NULL, "leak", 1);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT, "leak: tag Test"), 1U);
	vt_mp.initialized = false;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EIO);
	vt_expect_events(test, NULL, "leak", 1);
}

static void find_maps(PVOID ext, PVIDEO_PORT_CONFIG_INFO config)
{
	PHYSICAL_ADDRESS window = { .QuadPart = 0xa0000 }, ports = { .QuadPart = 0x3c0 };

	if (!VideoPortGetDeviceBase(ext, window, 0x10000, VIDEO_MEMORY_SPACE_MEMORY) ||
	    !VideoPortGetDeviceBase(ext, ports, 0x10, VIDEO_MEMORY_SPACE_IO))
		vt_mp.find_status = ERROR_DEV_NOT_EXIST;
}

/*
 * PORT-61: Mappings that the miniport has left are undone at the end without a word, also
 * when it fails
 *
 * Windows undoes them, so few miniports do.
 */
static void port_61_mappings_are_no_leak(struct kunit *test)
{
	vt_need_pc(test);
	vt_mp.in_find = find_maps;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_mp.ext, NULL), 2U);
	vt_remember(test);
	vt_miniport_unregister();
	vt_expect_events(test, NULL, NULL, 0);
	vt_mp.initialized = false;
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EIO);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 0U);
}

static bool fault_register(struct kunit *test, void *data)
{
	return !vt_miniport_register();
}

static void fault_unregister(struct kunit *test, void *data)
{
	KUNIT_EXPECT_TRUE(test, vt_is_attached(vt_mp.ext));
	vt_miniport_unregister();
}

static void fault_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_nothing_registered(test);
	vt_mp.ext = NULL;
}

/*
 * PORT-22: Wherever memory runs out while it registers, it fails and leaves nothing, or
 * works
 */
static void port_22_no_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		fault_register, fault_unregister, fault_failed,
	};

	vt_have_children(ERROR_NO_MORE_DEVICES);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, NULL), 0U);
}

/* Call the DDI from HwResetHw, where the device is still attached. */
static void reset_uses_adapter(PVOID ext)
{
	void *block = VideoPortAllocatePool(ext, VpPagedPool, 100, VT_TAG);

	if (block)
		vt_note('b');
	VideoPortFreePool(ext, block);
}

/* PORT-23: The adapter is still attached while HwResetHw runs */
static void port_23_reset_before_detach(struct kunit *test)
{
	vt_need_miniport(test);
	vt_mp.in_reset = reset_uses_adapter;
	vt_remember(test);
	vt_miniport_unregister();
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "Hb");
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

/* Return the device with a reference, which the caller puts. */
static struct pci_dev *need_vga(struct kunit *test)
{
	struct pci_dev *pdev = pci_get_device(0x1234, 0x1111, NULL);

	if (!pdev)
		kunit_skip(test, "there is no standard VGA of QEMU's");
	vt_mp.miniport.ids = vga_ids;
	vt_mp.hw.AdapterInterfaceType = PCIBus;
	return pdev;
}

/*
 * PORT-51: With ids, a PCI device is enabled, attached and found, with its bus and
 * resources, and let go when the driver ends
 */
static void port_51_pci(struct kunit *test)
{
	struct pci_dev *pdev = need_vga(test);

	vt_mp.in_find = find_asks_for_ranges;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFI");
	KUNIT_EXPECT_EQ(test, vt_mp.config.AdapterInterfaceType, PCIBus);
	KUNIT_EXPECT_EQ(test, vt_mp.config.InterruptMode, LevelSensitive);
	KUNIT_EXPECT_TRUE(test, vt_mp.config.InterruptShareable);
	KUNIT_EXPECT_TRUE(test, vt_mp.config.Master);
	KUNIT_EXPECT_EQ(test, vt_mp.config.SystemIoBusNumber, (ULONG)pdev->bus->number);
	KUNIT_EXPECT_EQ(test, vt_mp.config.BusInterruptLevel, pdev->irq);
	KUNIT_EXPECT_EQ(test, ranges_status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, (u64)ranges[0].RangeStart.QuadPart,
			(u64)pci_resource_start(pdev, 0));
	KUNIT_EXPECT_EQ(test, ranges[0].RangeLength, (ULONG)pci_resource_len(pdev, 0));
	KUNIT_EXPECT_EQ(test, bus_data, 0x11111234U);
	KUNIT_EXPECT_TRUE(test, pci_is_enabled(pdev));
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFIH");
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	KUNIT_EXPECT_FALSE(test, vt_is_attached(vt_mp.ext));
	pci_dev_put(pdev);
}

/* PORT-52: If HwFindAdapter fails, the device has no driver, and others may be found */
static void port_52_pci_not_found(struct kunit *test)
{
	struct pci_dev *pdev = need_vga(test);

	vt_mp.find_status = ERROR_DEV_NOT_EXIST;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EF");
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	KUNIT_EXPECT_FALSE(test, vt_is_attached(vt_mp.ext));
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EF");
	pci_dev_put(pdev);
}

/* PORT-53: Without a device nothing but DriverEntry is called */
static void port_53_pci_without_device(struct kunit *test)
{
	vt_mp.miniport.ids = no_ids;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "E");
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "E");
}

/* PORT-54: With registrations for several types of bus, that for PCI is used */
static void port_54_pci_bus_counts(struct kunit *test)
{
	static const struct vt_buses types = { "", { Isa, PCIBus, Eisa }, 1 };
	struct pci_dev *pdev = need_vga(test);

	vt_mp.buses = &types;
	vt_mp.in_entry = vt_entry_for_buses;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.hw_context, (PVOID)&types.type[types.wins]);
	pci_dev_put(pdev);
}

/* Suspend and resume the machine. */
static void expect_power(struct kunit *test, struct pci_dev *pdev, const char *order)
{
	const struct dev_pm_ops *pm = pdev->dev.driver->pm;

	vt_forget_order();
	KUNIT_EXPECT_EQ(test, pm->suspend(&pdev->dev), 0);
	KUNIT_EXPECT_EQ(test, pm->resume(&pdev->dev), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, order);
}

/*
 * PORT-65: HwSetPowerState is called unless HwGetPowerState returns an error; neither
 * prevents suspend
 *
 * The result of HwSetPowerState is only logged.
 */
static void port_65_power(struct kunit *test)
{
	struct pci_dev *pdev = need_vga(test);

	if (!IS_ENABLED(CONFIG_PM_SLEEP)) {
		pci_dev_put(pdev);
		kunit_skip(test, "this kernel does not suspend");
	}
	vt_have_power(true);
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	expect_power(test, pdev, "gsgw");
	vt_mp.power_answer[1] = ERROR_INVALID_FUNCTION;
	expect_power(test, pdev, "gsgw");
	vt_mp.power_answer[0] = ERROR_INVALID_FUNCTION;
	expect_power(test, pdev, "gg");
	vt_miniport_unregister();
	vt_have_power(false);
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	expect_power(test, pdev, "sw");
	pci_dev_put(pdev);
}

#else

static const struct pci_device_id some_id;

static void port_51_pci(struct kunit *test)
{
	vt_mp.miniport.ids = &some_id;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -ENODEV);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "E");
	vt_mp.miniport.ids = NULL;
	vt_expect_nothing_registered(test);
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

static void port_65_power(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

#endif

static struct kunit_case port_cases[] = {
	KUNIT_CASE(port_15_find_adapter),
	KUNIT_CASE(port_16_extension),
	KUNIT_CASE(port_17_adapter_not_found),
	KUNIT_CASE(port_18_not_initialized),
	KUNIT_CASE(port_19_registry),
	KUNIT_CASE(port_20_registry_without_count),
	KUNIT_CASE(port_21_leak_is_reported),
	KUNIT_CASE(port_61_mappings_are_no_leak),
	KUNIT_CASE(port_22_no_memory),
	KUNIT_CASE(port_23_reset_before_detach),
	KUNIT_CASE(port_51_pci),
	KUNIT_CASE(port_52_pci_not_found),
	KUNIT_CASE(port_53_pci_without_device),
	KUNIT_CASE(port_54_pci_bus_counts),
	KUNIT_CASE(port_65_power),
	{ }
};

struct kunit_suite vt_port_suite = {
	.name = "port",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = port_cases,
};
