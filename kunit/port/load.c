// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading a miniport: messages for the user of insmod, settings that are refused, and
 * the rule that the VGA of the machine has one driver.
 */
#include <linux/pci.h>
#include <linux/vgaarb.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"

#define OTHER_MINIPORT	"vpmem-kunit-other"

/*
 * Messages
 */

struct load_status {
	VP_STATUS status;
	const char *text;
};

static const struct load_status load_statuses[] = {
	{ ERROR_DEV_NOT_EXIST, "vpmem: HwFindAdapter returned ERROR_DEV_NOT_EXIST (55);" },
	{ ERROR_NOT_ENOUGH_MEMORY, "vpmem: HwFindAdapter returned ERROR_NOT_ENOUGH_MEMORY (8);" },
	{ 0xC000009A,
	  "vpmem: HwFindAdapter returned STATUS_INSUFFICIENT_RESOURCES (-1073741670);" },
	{ 4711, "vpmem: HwFindAdapter returned unknown status (4711);" },
};

/* LOAD-01: A status that HwFindAdapter returns is logged with its name and its number */
static void load_01_status_has_its_name(struct kunit *test)
{
	u64 mark;
	int i;

	for (i = 0; i < ARRAY_SIZE(load_statuses); i++) {
		mark = vt_log_mark();
		vt_mp.find_status = load_statuses[i].status;
		KUNIT_EXPECT_NE(test, vt_miniport_register(), 0);
		KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT, load_statuses[i].text),
				1U);
	}
}

/* LOAD-02: A HwInitialize that returns FALSE is logged, and the status of DriverEntry */
static void load_02_initialize_and_entry_are_named(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_mp.initialized = false;
	KUNIT_EXPECT_NE(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT,
					   "vpmem: HwInitialize returned FALSE"), 1U);
	vt_mp.entry_status = ERROR_DEV_NOT_EXIST;
	KUNIT_EXPECT_NE(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT,
					   "DriverEntry returned ERROR_DEV_NOT_EXIST (0x37)"),
			1U);
}

/* LOAD-03: A line says which adapter is bound, and where its files are */
static void load_03_bound_adapter_is_named(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem: adapter bound",
					   "vpmem/adapters/" VT_MINIPORT), 1U);
}

/*
 * Settings
 */

/*
 * LOAD-04: An invalid setting of ``registry=`` fails the load before DriverEntry, with a
 * message
 */
static void load_04_bad_setting_fails_the_load(struct kunit *test)
{
	static const char * const bad[] = {
		"", "Depth", "=1", "Depth=\xc3\xa4", "\xc3\xa4=1",
		"Depth=0x123456789", "Depth=4294967296", "Depth=-2147483649",
		"Depth=99999999999999999999999",
	};
	static const unsigned int count = 2;
	char good[] = "Number=1", text[32];
	char *texts[2] = { good, text };
	int i;

	vt_mp.miniport.registry = texts;
	vt_mp.miniport.registry_count = &count;
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		strscpy(text, bad[i], sizeof(text));
		vt_remember(test);
		KUNIT_EXPECT_EQ_MSG(test, vt_miniport_register(), -EINVAL, "%s", bad[i]);
		vt_expect_events(test, NULL, "bad-parameter", 1);
		KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
	}
	vt_expect_nothing_registered(test);
}

/*
 * Devices
 */

#ifdef CONFIG_PCI

static const struct pci_device_id load_vga_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ }
};

static const struct pci_device_id load_odd_ids[] = {
	{ PCI_DEVICE(0x1234, 0xfffe) },
	{ PCI_DEVICE(0x1235, PCI_ANY_ID) },
	{ PCI_DEVICE_CLASS(0x123456, ~0) },
	{ }
};

/*
 * LOAD-05: If no PCI device has an id of the driver, the load succeeds and the log
 * lists the ids
 */
static void load_05_no_device_has_the_ids(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_mp.miniport.ids = load_odd_ids;
	vt_mp.hw.AdapterInterfaceType = PCIBus;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, VT_MINIPORT ": no PCI device has an id",
					   "(1234:fffe, 1235:*, class 123456)"), 1U);
}

/* The caller puts the reference. */
static struct pci_dev *need_default_vga(struct kunit *test)
{
	struct pci_dev *pdev = pci_get_device(0x1234, 0x1111, NULL);

	if (!pdev || pdev != vga_default_device()) {
		pci_dev_put(pdev);
		kunit_skip(test, "the machine's VGA is not QEMU's standard VGA");
	}
	return pdev;
}

static int register_other(struct vpmem_miniport *other)
{
	*other = (struct vpmem_miniport){ .name = OTHER_MINIPORT, .entry = vt_entry };
	return vpmem_miniport_register(other, NULL);
}

static void bind_to_vga(struct kunit *test, struct pci_dev *pdev)
{
	vt_mp.miniport.ids = load_vga_ids;
	vt_mp.hw.AdapterInterfaceType = PCIBus;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_NOT_NULL(test, pdev->dev.driver);
}

/*
 * LOAD-06: If another driver owns the device, the log names both and the commands that
 * change it
 */
static void load_06_device_of_another_driver(struct kunit *test)
{
	struct vpmem_miniport other = {
		.name = OTHER_MINIPORT, .entry = vt_entry, .ids = load_vga_ids,
	};
	struct pci_dev *pdev = need_default_vga(test);
	u64 mark;

	bind_to_vga(test, pdev);
	mark = vt_log_mark();
	KUNIT_EXPECT_EQ(test, vpmem_miniport_register(&other, NULL), 0);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, OTHER_MINIPORT ": device",
					   "is bound to driver " VT_MINIPORT), 1U);
	vpmem_miniport_unregister(&other);
	pci_dev_put(pdev);
}

/*
 * LOAD-07: A legacy driver is refused while a PCI driver has the machine's VGA, by the
 * name of that driver
 *
 * The legacy driver can be loaded after the PCI driver is unloaded.
 */
static void load_07_legacy_driver_is_second(struct kunit *test)
{
	struct pci_dev *pdev = need_default_vga(test);
	struct vpmem_miniport other;
	u64 mark;

	bind_to_vga(test, pdev);
	vt_forget_order();
	mark = vt_log_mark();
	KUNIT_EXPECT_EQ(test, register_other(&other), -EBUSY);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, OTHER_MINIPORT ": the VGA belongs to driver ",
					   VT_MINIPORT), 1U);
	vt_miniport_unregister();
	vt_mp.hw.AdapterInterfaceType = Isa;
	KUNIT_EXPECT_EQ(test, register_other(&other), 0);
	vpmem_miniport_unregister(&other);
	pci_dev_put(pdev);
}

/* LOAD-08: A PCI driver does not get the machine's VGA while a legacy driver has it */
static void load_08_pci_driver_is_second(struct kunit *test)
{
	struct pci_dev *pdev = need_default_vga(test);
	struct vpmem_miniport other;
	u64 mark;

	KUNIT_ASSERT_EQ(test, register_other(&other), 0);
	vt_mp.miniport.ids = load_vga_ids;
	vt_mp.hw.AdapterInterfaceType = PCIBus;
	mark = vt_log_mark();
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_NULL(test, pdev->dev.driver);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "the VGA belongs to driver ", OTHER_MINIPORT),
			1U);
	vt_miniport_unregister();
	vpmem_miniport_unregister(&other);
	pci_dev_put(pdev);
}

/* LOAD-09: A second legacy driver is refused on a machine with a VGA */
static void load_09_two_legacy_drivers(struct kunit *test)
{
	struct pci_dev *pdev = need_default_vga(test);
	struct vpmem_miniport other;

	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, register_other(&other), -EBUSY);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "E");
	vt_miniport_unregister();
	KUNIT_EXPECT_EQ(test, register_other(&other), 0);
	vpmem_miniport_unregister(&other);
	pci_dev_put(pdev);
}

#else

static void load_05_no_device_has_the_ids(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

static void load_06_device_of_another_driver(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

static void load_07_legacy_driver_is_second(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

static void load_08_pci_driver_is_second(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

static void load_09_two_legacy_drivers(struct kunit *test)
{
	kunit_skip(test, "there is no PCI");
}

#endif

static struct kunit_case load_cases[] = {
	KUNIT_CASE(load_01_status_has_its_name),
	KUNIT_CASE(load_02_initialize_and_entry_are_named),
	KUNIT_CASE(load_03_bound_adapter_is_named),
	KUNIT_CASE(load_04_bad_setting_fails_the_load),
	KUNIT_CASE(load_05_no_device_has_the_ids),
	KUNIT_CASE(load_06_device_of_another_driver),
	KUNIT_CASE(load_07_legacy_driver_is_second),
	KUNIT_CASE(load_08_pci_driver_is_second),
	KUNIT_CASE(load_09_two_legacy_drivers),
	{ }
};

struct kunit_suite vt_load_suite = {
	.name = "load",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = load_cases,
};
