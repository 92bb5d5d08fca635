// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bus: memory and ports of the device, whether it decodes VGA, and lookup of other
 * devices.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/export.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/vgaarb.h>

#include "bus/pci.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "include/vpmem-port.h"

/* Length reported for larger resources, since it is a ULONG */
#define LENGTH_MAX	round_down((u64)U32_MAX, PAGE_SIZE)

/*
 * Resources of the device
 */

struct range_table {
	PVIDEO_ACCESS_RANGE range;
	u32 room;
	u32 count;
};

/* Tell whether a resource has an address: firmware or Linux may have assigned none. */
static bool resource_is_there(const struct resource *resource)
{
	return resource->flags & (IORESOURCE_MEM | IORESOURCE_IO) &&
	       !(resource->flags & (IORESOURCE_UNSET | IORESOURCE_DISABLED)) &&
	       resource->start && resource_size(resource);
}

static void table_add(struct range_table *table, const struct resource *resource)
{
	u64 length = resource_size(resource);
	PVIDEO_ACCESS_RANGE range;

	if (table->count++ >= table->room)
		return;
	range = &table->range[table->count - 1];
	range->RangeStart.QuadPart = resource->start;
	range->RangeLength = min_t(u64, length, LENGTH_MAX);
	if (resource->flags & IORESOURCE_IO)
		range->RangeInIoSpace = VIDEO_MEMORY_SPACE_IO;
	if (length > LENGTH_MAX)
		pr_info_ratelimited("0x%llx bytes of device memory at %pa are reported as 0x%x\n",
				    length, &resource->start, range->RangeLength);
}

/* Add the BARs. The upper half of a 64-bit BAR has no resource, so it is skipped. */
static void table_fill(struct range_table *table, const struct pci_dev *pdev)
{
	int i;

	for (i = 0; i < PCI_STD_NUM_BARS; i++)
		if (resource_is_there(&pdev->resource[i]))
			table_add(table, &pdev->resource[i]);
}

static bool id_agrees(const void *wanted, unsigned short id)
{
	USHORT value = id;

	return !wanted || !memcmp(wanted, &value, sizeof(value));
}

static VP_STATUS access_ranges(struct vpmem_adapter *adapter, struct range_table *table,
			       const void *vendor, const void *device, PULONG slot)
{
	const struct pci_dev *pdev = vpmem_bus_pci(adapter);

	if (!pdev || !id_agrees(vendor, pdev->vendor) || !id_agrees(device, pdev->device))
		return ERROR_NO_MORE_DEVICES;
	if (slot)
		*slot = vpmem_config_slot(pdev);
	if (table->room)
		memset(table->range, 0, array_size(table->room, sizeof(*table->range)));
	table_fill(table, pdev);
	return table->count > table->room ? ERROR_MORE_DATA : NO_ERROR;
}

VP_STATUS VideoPortGetAccessRanges(PVOID HwDeviceExtension,
				   ULONG NumRequestedResources,
				   PIO_RESOURCE_DESCRIPTOR RequestedResources,
				   ULONG NumAccessRanges,
				   PVIDEO_ACCESS_RANGE AccessRanges, PVOID VendorId,
				   PVOID DeviceId, PULONG Slot)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	struct range_table table = { .range = AccessRanges, .room = NumAccessRanges };
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter && vpmem_check_may_sleep(&call) &&
	    (!table.room || vpmem_not_null(AccessRanges, "AccessRanges", &call)))
		status = access_ranges(adapter, &table, VendorId, DeviceId, Slot);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortGetAccessRanges);

/*
 * VGA
 */

#ifdef CONFIG_PCI

/* Tell whether every bridge above the device forwards VGA accesses. */
static bool bridges_pass_vga(const struct pci_dev *pdev)
{
	const struct pci_bus *bus;
	u16 control;

	for (bus = pdev->bus; bus && bus->self; bus = bus->parent) {
		control = 0;
		pci_read_config_word(bus->self, PCI_BRIDGE_CONTROL, &control);
		if (!(control & PCI_BRIDGE_CTL_VGA))
			return false;
	}
	return true;
}

static bool pci_decodes_vga(struct pci_dev *pdev)
{
	u16 command = 0;

	if (pdev->class >> 8 != PCI_CLASS_DISPLAY_VGA &&
	    pdev->class >> 8 != PCI_CLASS_NOT_DEFINED_VGA)
		return false;
	pci_read_config_word(pdev, PCI_COMMAND, &command);
	return command & PCI_COMMAND_IO && command & PCI_COMMAND_MEMORY &&
	       bridges_pass_vga(pdev);
}

#else

static bool pci_decodes_vga(struct pci_dev *pdev)
{
	return false;
}

#endif

/* Tell whether the device decodes VGA. A device that is not on PCI is the machine's VGA. */
bool vpmem_decodes_vga(const struct vpmem_adapter *adapter)
{
	struct pci_dev *pdev = vpmem_bus_pci(adapter);

	return pdev ? pci_decodes_vga(pdev) : !!vga_default_device();
}

VP_STATUS VideoPortGetVgaStatus(PVOID HwDeviceExtension, PULONG VgaStatus)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	bool possible = adapter && vpmem_not_null(VgaStatus, "VgaStatus", &call);

	if (possible)
		*VgaStatus = vpmem_decodes_vga(adapter) ? DEVICE_VGA_ENABLED : 0;
	vpmem_leave(&call);
	return possible ? NO_ERROR : ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortGetVgaStatus);

/*
 * Other devices
 */

struct wanted_device {
	u32 vendor, device, sub_vendor, sub_device;
	u8 revision;
	bool any_revision;
};

static bool device_exists(const struct wanted_device *wanted)
{
	struct pci_dev *pdev = NULL;

	do {
		pdev = pci_get_subsys(wanted->vendor, wanted->device, wanted->sub_vendor,
				      wanted->sub_device, pdev);
	} while (pdev && !wanted->any_revision && pdev->revision != wanted->revision);
	pci_dev_put(pdev);
	return pdev;
}

static bool existence_check(void *extension, const struct wanted_device *wanted,
			    struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_enter(extension, call);
	bool found = adapter && vpmem_check_may_sleep(call) && device_exists(wanted);

	vpmem_leave(call);
	return found;
}

static struct wanted_device wanted_from(u16 vendor, u16 device, u8 revision, u16 sub_vendor,
					u16 sub_device, u32 flags)
{
	bool subsystem = flags & CDE_USE_SUBSYSTEM_IDS;

	return (struct wanted_device){
		.vendor = vendor,
		.device = device,
		.sub_vendor = subsystem ? sub_vendor : PCI_ANY_ID,
		.sub_device = subsystem ? sub_device : PCI_ANY_ID,
		.revision = revision,
		.any_revision = !(flags & CDE_USE_REVISION),
	};
}

BOOLEAN VideoPortCheckForDeviceExistence(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags)
{
	const struct wanted_device wanted = wanted_from(VendorId, DeviceId, RevisionId,
							SubVendorId, SubSystemId, Flags);
	struct vpmem_call call = VPMEM_CALL();

	return existence_check(HwDeviceExtension, &wanted, &call);
}
EXPORT_SYMBOL_GPL(VideoPortCheckForDeviceExistence);

BOOLEAN VideoPortCheckForDeviceExistance(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags)
{
	const struct wanted_device wanted = wanted_from(VendorId, DeviceId, RevisionId,
							SubVendorId, SubSystemId, Flags);
	struct vpmem_call call = VPMEM_CALL();

	return existence_check(HwDeviceExtension, &wanted, &call);
}
EXPORT_SYMBOL_GPL(VideoPortCheckForDeviceExistance);
