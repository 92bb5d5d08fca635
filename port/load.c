// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loading a miniport: messages about the devices of its id table, and the rule that the
 * VGA of the machine has one driver.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/vgaarb.h>

#include "port/port.h"

/* Name of the legacy driver that has the VGA of the machine, or NULL. */
static const char *vga_driver;
static DEFINE_MUTEX(vga_lock);

/* Make @driver the legacy driver of the VGA. Return the current one if there is one. */
static const char *vga_claim(const char *driver)
{
	const char *other;

	mutex_lock(&vga_lock);
	other = vga_driver;
	if (!other)
		vga_driver = driver;
	mutex_unlock(&vga_lock);
	return other;
}

static int vga_refuse(const char *driver, const char *owner)
{
	pr_err("%s: the VGA belongs to driver %s; unload that one first\n", driver, owner);
	return -EBUSY;
}

#ifdef CONFIG_PCI

/* Get the VGA of the machine, which may be removed from its bus at any time. */
static struct pci_dev *vga_device_get(void)
{
	struct pci_dev *vga;

	pci_lock_rescan_remove();
	vga = pci_dev_get(vga_default_device());
	pci_unlock_rescan_remove();
	return vga;
}

#else

static struct pci_dev *vga_device_get(void)
{
	return NULL;
}

#endif

/* Refuse a legacy driver the VGA that another driver has. */
static int vga_claim_device(struct pci_dev *vga, const char *driver)
{
	const char *other = vga_claim(driver);
	const struct device_driver *owner;
	int err = 0;

	if (other)
		return vga_refuse(driver, other);
	device_lock(&vga->dev);
	owner = vga->dev.driver;
	if (owner)
		err = vga_refuse(driver, owner->name);
	device_unlock(&vga->dev);
	if (err)
		vpmem_vga_put(driver);
	return err;
}

/*
 * Claim the VGA of the machine for a legacy driver; fail if another driver owns it. A
 * machine without a VGA needs no claim. Claim it before taking the device's lock, not
 * inside: vpmem_vga_check() runs in a probe, which holds that lock.
 */
int vpmem_vga_get(const char *driver)
{
	struct pci_dev *vga = vga_device_get();
	int err;

	if (!vga)
		return 0;
	err = vga_claim_device(vga, driver);
	pci_dev_put(vga);
	return err;
}

/* Release the VGA of the machine, if this legacy driver has it. */
void vpmem_vga_put(const char *driver)
{
	mutex_lock(&vga_lock);
	if (vga_driver == driver)
		vga_driver = NULL;
	mutex_unlock(&vga_lock);
}

#ifdef CONFIG_PCI

/*
 * Refuse a PCI driver the VGA that a legacy driver has claimed. The driver core sets
 * dev->driver before the probe, so at least one of the two drivers sees the other.
 */
int vpmem_vga_check(struct pci_dev *pdev)
{
	int err = 0;

	mutex_lock(&vga_lock);
	if (vga_driver && pdev == vga_default_device()) {
		dev_err(&pdev->dev, "vpmem: the VGA belongs to driver %s; unload that one first\n",
			vga_driver);
		err = -EBUSY;
	}
	mutex_unlock(&vga_lock);
	return err;
}

/* Format an id as lspci -nn does, with * for any. */
static void id_text(char *text, size_t size, const struct pci_device_id *id)
{
	size_t length = 0;

	if (id->vendor == PCI_ANY_ID && id->device == PCI_ANY_ID && id->class_mask) {
		scnprintf(text, size, "class %06x", id->class);
		return;
	}
	if (id->vendor == PCI_ANY_ID)
		length += scnprintf(text, size, "*:");
	else
		length += scnprintf(text, size, "%04x:", id->vendor);
	if (id->device == PCI_ANY_ID)
		scnprintf(text + length, size - length, "*");
	else
		scnprintf(text + length, size - length, "%04x", id->device);
}

/* Report that no device matches, with as many ids as fit in a line. */
static void report_no_device(const struct pci_driver *driver)
{
	const struct pci_device_id *id;
	char ids[160] = "", one[24];
	size_t length = 0;

	for (id = driver->id_table; id->vendor || id->subvendor || id->class_mask; id++) {
		id_text(one, sizeof(one), id);
		if (length + strlen(one) + sizeof(", ...") > sizeof(ids)) {
			scnprintf(ids + length, sizeof(ids) - length, " ...");
			break;
		}
		length += scnprintf(ids + length, sizeof(ids) - length, "%s%s",
				    length ? ", " : "", one);
	}
	pr_warn("%s: no PCI device has an id of this driver (%s); compare with lspci -nn\n",
		driver->name, ids);
}

static void report_other_driver(const struct pci_driver *driver, struct pci_dev *pdev)
{
	const char *device = dev_name(&pdev->dev);
	const struct device_driver *owner;

	device_lock(&pdev->dev);
	owner = pdev->dev.driver;
	if (owner && owner != &driver->driver)
		pr_warn("%s: device %s is bound to driver %s; to change that: echo %s >/sys/bus/pci/drivers/%s/unbind; echo %s >/sys/bus/pci/drivers/%s/bind\n",
			driver->name, device, owner->name, device, owner->name, device,
			driver->name);
	device_unlock(&pdev->dev);
}

/* Log why a driver that was loaded may have no device: insmod succeeds anyway. */
void vpmem_port_report_devices(const struct pci_driver *driver)
{
	struct pci_dev *pdev = NULL;
	bool found = false;

	for_each_pci_dev(pdev) {
		if (!pci_match_id(driver->id_table, pdev))
			continue;
		found = true;
		report_other_driver(driver, pdev);
	}
	if (!found)
		report_no_device(driver);
}

#endif
