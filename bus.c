// SPDX-License-Identifier: GPL-2.0-only
/*
 * The bus: configuration space, and what memory and ports are the adapter's: those of
 * its PCI device, those of VGA, and those that it has claimed.
 *
 * A claim is what the driver has named, and is what mappings are compared with. Of a
 * claim, Linux is asked only for what is not the adapter's anyway, for that has an
 * owner already: the PCI driver, or the console.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/export.h>
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/string.h>
#include <linux/vgaarb.h>

#include "internal.h"
#include "vpmem-port.h"

/* More than any driver has; what says more has lost its count. */
#define CLAIMS_MAX	256

/* A ULONG has to hold the length of what is larger. */
#define LENGTH_MAX	round_down((u64)U32_MAX, PAGE_SIZE)

static struct pci_dev *adapter_pci(const struct vpmem_adapter *adapter)
{
	return dev_is_pci(adapter->dev) ? to_pci_dev(adapter->dev) : NULL;
}

static bool not_null(struct vpmem_adapter *adapter, const void *argument,
		     const char *name, const struct vpmem_call *call)
{
	if (!argument)
		vpmem_complain(adapter, VPMEM_EV_BAD_PARAMETER, call, "%s is NULL", name);
	return argument;
}

/*
 * Configuration space
 */

struct config_request {
	struct vpmem_adapter *adapter;
	u32 type;			/* BUS_DATA_TYPE */
	u32 slot;
	void *buffer;
	u32 offset;
	u32 length;
	bool write;
	const struct vpmem_call *call;
};

#ifdef CONFIG_PCI

#define SLOT_BITS	8

static unsigned int slot_devfn(u32 slot)
{
	return PCI_DEVFN(slot & 0x1f, slot >> 5 & 7);
}

static u32 devfn_slot(unsigned int devfn)
{
	return PCI_SLOT(devfn) | PCI_FUNC(devfn) << 5;
}

/* The widest that is aligned: some registers are none if they are written in parts. */
static u32 item_size(u32 where, u32 length)
{
	return min_t(u32, 1U << __ffs(where | 4), 1U << __fls(length));
}

static void read_item(struct pci_bus *bus, unsigned int devfn, u32 where, u8 *to,
		      u32 size)
{
	__le32 value;
	u32 dword = ~0U;
	u16 word = ~0;
	u8 byte = ~0;

	if (size == 4)
		pci_bus_read_config_dword(bus, devfn, where, &dword);
	else if (size == 2)
		dword = pci_bus_read_config_word(bus, devfn, where, &word) ? ~0U : word;
	else
		dword = pci_bus_read_config_byte(bus, devfn, where, &byte) ? ~0U : byte;
	value = cpu_to_le32(dword);
	memcpy(to, &value, size);
}

static void write_item(struct pci_bus *bus, unsigned int devfn, u32 where,
		       const u8 *from, u32 size)
{
	__le32 value = 0;
	u32 dword;

	memcpy(&value, from, size);
	dword = le32_to_cpu(value);
	if (size == 4)
		pci_bus_write_config_dword(bus, devfn, where, dword);
	else if (size == 2)
		pci_bus_write_config_word(bus, devfn, where, dword);
	else
		pci_bus_write_config_byte(bus, devfn, where, dword);
}

static u32 config_copy(const struct config_request *request, struct pci_bus *bus,
		       unsigned int devfn, u32 limit)
{
	u32 done, size, where, length;

	if (request->offset >= limit)
		return 0;
	length = min(request->length, limit - request->offset);
	for (done = 0; done < length; done += size) {
		where = request->offset + done;
		size = item_size(where, length - done);
		if (request->write)
			write_item(bus, devfn, where, request->buffer + done, size);
		else
			read_item(bus, devfn, where, request->buffer + done, size);
	}
	return length;
}

static u32 neighbour_copy(const struct config_request *request, struct pci_bus *bus)
{
	unsigned int devfn = slot_devfn(request->slot);
	u32 id = ~0U;

	if (request->write) {
		vpmem_complain(request->adapter, VPMEM_EV_BAD_PARAMETER, request->call,
			       "slot 0x%x is another device; not written to",
			       request->slot);
		return 0;
	}
	if (request->slot >> SLOT_BITS ||
	    pci_bus_read_config_dword(bus, devfn, PCI_VENDOR_ID, &id) ||
	    id == ~0U || !id)
		return 0;
	return config_copy(request, bus, devfn, PCI_CFG_SPACE_SIZE);
}

static u32 pci_copy(const struct config_request *request)
{
	struct pci_dev *pdev = adapter_pci(request->adapter);

	if (!pdev)
		return 0;
	if (request->slot && request->slot != devfn_slot(pdev->devfn))
		return neighbour_copy(request, pdev->bus);
	return config_copy(request, pdev->bus, pdev->devfn, pdev->cfg_size);
}

#else

static u32 devfn_slot(unsigned int devfn)
{
	return 0;
}

static u32 pci_copy(const struct config_request *request)
{
	return 0;
}

#endif

static u32 bus_data(const struct config_request *request)
{
	if (in_nmi()) {
		vpmem_complain(request->adapter, VPMEM_EV_BAD_CONTEXT, request->call,
			       "is not for an NMI");
		return 0;
	}
	if (request->type != PCIConfiguration) {
		vpmem_complain(request->adapter, VPMEM_EV_UNSUPPORTED, request->call,
			       "there is no bus data of type %d", (int)request->type);
		return 0;
	}
	if (!request->length ||
	    !not_null(request->adapter, request->buffer, "Buffer", request->call))
		return 0;
	return pci_copy(request);
}

ULONG VideoPortGetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	const struct config_request request = {
		.adapter = vpmem_enter(HwDeviceExtension, &call),
		.type = BusDataType,
		.slot = SlotNumber,
		.buffer = Buffer,
		.offset = Offset,
		.length = Length,
		.call = &call,
	};
	u32 done = 0;

	if (request.adapter)
		done = bus_data(&request);
	vpmem_leave(&call);
	return done;
}
EXPORT_SYMBOL_GPL(VideoPortGetBusData);

ULONG VideoPortSetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	const struct config_request request = {
		.adapter = vpmem_enter(HwDeviceExtension, &call),
		.type = BusDataType,
		.slot = SlotNumber,
		.buffer = Buffer,
		.offset = Offset,
		.length = Length,
		.write = true,
		.call = &call,
	};
	u32 done = 0;

	if (request.adapter)
		done = bus_data(&request);
	vpmem_leave(&call);
	return done;
}
EXPORT_SYMBOL_GPL(VideoPortSetBusData);

/*
 * What the device has
 */

struct range_table {
	PVIDEO_ACCESS_RANGE range;
	u32 room;
	u32 count;
};

/* What the firmware or Linux has found no place for is not there. */
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
		pr_info_ratelimited("0x%llx bytes of device memory at %pa are told as 0x%x\n",
				    length, &resource->start, range->RangeLength);
}

/* The other half of a 64-bit register has no resource, so it is not there. */
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
	const struct pci_dev *pdev = adapter_pci(adapter);

	if (!pdev || !id_agrees(vendor, pdev->vendor) || !id_agrees(device, pdev->device))
		return ERROR_NO_MORE_DEVICES;
	if (slot)
		*slot = devfn_slot(pdev->devfn);
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

	if (adapter && vpmem_passive(adapter, &call) &&
	    (!table.room || not_null(adapter, AccessRanges, "AccessRanges", &call)))
		status = access_ranges(adapter, &table, VendorId, DeviceId, Slot);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortGetAccessRanges);

/*
 * What is the adapter's
 */

/* Every display adapter may answer to these. */
static struct resource legacy[] = {
	DEFINE_RES_MEM(0xa0000, 0x60000),
	DEFINE_RES_IO(0x3b0, 0x30),
};

/* Whether all of @range is legacy VGA's or the device's. */
bool vpmem_bus_has(struct device *dev, struct resource *range)
{
	struct pci_dev *pdev;
	int i;

	for (i = 0; i < ARRAY_SIZE(legacy); i++)
		if (resource_contains(&legacy[i], range))
			return true;
	if (!dev_is_pci(dev))
		return false;
	pdev = to_pci_dev(dev);
	for (i = 0; i <= PCI_ROM_RESOURCE; i++)
		if (resource_contains(&pdev->resource[i], range))
			return true;
	return false;
}

struct claim {
	struct list_head node;
	struct resource range;
	bool requested;			/* from Linux, else only named */
};

void vpmem_bus_attach(struct vpmem_adapter *adapter)
{
	mutex_init(&adapter->claims.lock);
	INIT_LIST_HEAD(&adapter->claims.list);
}

/* Whether the driver has claimed all of @range in one piece. */
bool vpmem_bus_claimed(struct vpmem_adapter *adapter, struct resource *range)
{
	struct vpmem_claims *claims = &adapter->claims;
	struct claim *claim;
	bool found = false;

	mutex_lock(&claims->lock);
	list_for_each_entry(claim, &claims->list, node)
		found |= resource_contains(&claim->range, range);
	mutex_unlock(&claims->lock);
	return found;
}

static struct resource *earlier(struct resource *first, struct resource *other,
				const struct resource *range)
{
	if (resource_type(other) != resource_type(range) ||
	    other->flags & IORESOURCE_UNSET ||
	    other->start > range->end || other->end < range->start ||
	    (first && first->start <= other->start))
		return first;
	return other;
}

/* The lowest part of @range that needs no request any more. */
static struct resource *first_own(struct vpmem_adapter *adapter,
				  const struct resource *range)
{
	struct pci_dev *pdev = adapter_pci(adapter);
	struct resource *first = NULL;
	struct claim *claim;
	int i;

	for (i = 0; i < ARRAY_SIZE(legacy); i++)
		first = earlier(first, &legacy[i], range);
	for (i = 0; pdev && i <= PCI_ROM_RESOURCE; i++)
		first = earlier(first, &pdev->resource[i], range);
	list_for_each_entry(claim, &adapter->claims.list, node)
		if (claim->requested)
			first = earlier(first, &claim->range, range);
	return first;
}

/*
 * Claims. The lock is held from here on.
 */

static void claims_drop(struct vpmem_adapter *adapter)
{
	struct claim *claim, *next;

	list_for_each_entry_safe(claim, next, &adapter->claims.list, node) {
		if (!claim->requested)
			;
		else if (claim->range.flags & IORESOURCE_IO)
			release_region(claim->range.start, resource_size(&claim->range));
		else
			release_mem_region(claim->range.start,
					   resource_size(&claim->range));
		kfree(claim);
	}
	INIT_LIST_HEAD(&adapter->claims.list);
}

static struct claim *claim_add(struct vpmem_adapter *adapter,
			       const struct resource *range)
{
	struct claim *claim = kzalloc(sizeof(*claim), VPMEM_GFP_PASSIVE);

	if (claim) {
		claim->range = *range;
		list_add(&claim->node, &adapter->claims.list);
	}
	return claim;
}

static VP_STATUS claim_request(struct vpmem_adapter *adapter,
			       const struct resource *range,
			       const struct vpmem_call *call)
{
	bool ports = range->flags & IORESOURCE_IO;
	struct claim *claim = claim_add(adapter, range);

	if (!claim)
		return ERROR_NOT_ENOUGH_MEMORY;
	claim->requested = ports ?
		!!request_region(range->start, resource_size(range), adapter->name) :
		!!request_mem_region(range->start, resource_size(range), adapter->name);
	if (claim->requested)
		return NO_ERROR;
	vpmem_complain(adapter, VPMEM_EV_BUSY, call, "%s %pa to %pa: another driver has it",
		       ports ? "port" : "memory", &range->start, &range->end);
	return ERROR_INVALID_PARAMETER;
}

/* What is between the parts that are the adapter's. */
static VP_STATUS claim_rest(struct vpmem_adapter *adapter, struct resource rest,
			    const struct vpmem_call *call)
{
	VP_STATUS status = NO_ERROR;
	struct resource *own, gap;

	do {
		own = first_own(adapter, &rest);
		gap = rest;
		if (own)
			gap.end = own->start - 1;
		/* Nothing is in front of what begins at 0, or at the rest itself. */
		if (!own || own->start > rest.start)
			status = claim_request(adapter, &gap, call);
		if (own)
			rest.start = own->end + 1;
	} while (status == NO_ERROR && own && rest.start && rest.start <= rest.end);
	return status;
}

static bool claim_is_possible(struct vpmem_adapter *adapter,
			      const VIDEO_ACCESS_RANGE *range,
			      const struct vpmem_call *call)
{
	bool ports = range->RangeInIoSpace & VIDEO_MEMORY_SPACE_IO;
	u64 start = range->RangeStart.QuadPart, last = start + range->RangeLength - 1;

	if (last >= start && last <= (ports ? ioport_resource.end : iomem_resource.end))
		return true;
	vpmem_complain(adapter, VPMEM_EV_BAD_RANGE, call,
		       "%s 0x%llx, length 0x%x: it ends beyond the last address; refused",
		       ports ? "port" : "memory", start, range->RangeLength);
	return false;
}

/* Tables of fixed length have empty entries. */
static VP_STATUS claim_one(struct vpmem_adapter *adapter,
			   const VIDEO_ACCESS_RANGE *wanted,
			   const struct vpmem_call *call)
{
	u64 start = wanted->RangeStart.QuadPart;
	struct resource range = {
		.start = start,
		.end = start + wanted->RangeLength - 1,
		.flags = wanted->RangeInIoSpace & VIDEO_MEMORY_SPACE_IO ?
			 IORESOURCE_IO : IORESOURCE_MEM,
	};

	if (!wanted->RangeLength)
		return NO_ERROR;
	if (!claim_is_possible(adapter, wanted, call))
		return ERROR_INVALID_PARAMETER;
	if (!claim_add(adapter, &range))
		return ERROR_NOT_ENOUGH_MEMORY;
	return wanted->RangeShareable ? NO_ERROR : claim_rest(adapter, range, call);
}

static VP_STATUS claim_all(struct vpmem_adapter *adapter, const VIDEO_ACCESS_RANGE *range,
			   u32 count, const struct vpmem_call *call)
{
	VP_STATUS status = NO_ERROR;
	u32 i;

	mutex_lock(&adapter->claims.lock);
	claims_drop(adapter);
	for (i = 0; i < count && status == NO_ERROR; i++)
		status = claim_one(adapter, &range[i], call);
	if (status != NO_ERROR)
		claims_drop(adapter);
	mutex_unlock(&adapter->claims.lock);
	return status;
}

void vpmem_bus_detach(struct vpmem_adapter *adapter)
{
	mutex_lock(&adapter->claims.lock);
	claims_drop(adapter);
	mutex_unlock(&adapter->claims.lock);
}

static VP_STATUS verify_ranges(struct vpmem_adapter *adapter,
			       const VIDEO_ACCESS_RANGE *range, u32 count,
			       const struct vpmem_call *call)
{
	if (!vpmem_passive(adapter, call) ||
	    (count && !not_null(adapter, range, "AccessRanges", call)))
		return ERROR_INVALID_PARAMETER;
	if (count > CLAIMS_MAX) {
		vpmem_complain(adapter, VPMEM_EV_BAD_SIZE, call,
			       "%u ranges are more than a device has", count);
		return ERROR_INVALID_PARAMETER;
	}
	return claim_all(adapter, range, count, call);
}

VP_STATUS VideoPortVerifyAccessRanges(PVOID HwDeviceExtension, ULONG NumAccessRanges,
				      PVIDEO_ACCESS_RANGE AccessRanges)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (adapter)
		status = verify_ranges(adapter, AccessRanges, NumAccessRanges, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortVerifyAccessRanges);

/*
 * VGA
 */

#ifdef CONFIG_PCI

/* Every bridge on the way has to pass it on. */
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

/* What is not on PCI is the machine's VGA, if the machine has one. */
static bool decodes_vga(const struct vpmem_adapter *adapter)
{
	struct pci_dev *pdev = adapter_pci(adapter);

	return pdev ? pci_decodes_vga(pdev) : !!vga_default_device();
}

VP_STATUS VideoPortGetVgaStatus(PVOID HwDeviceExtension, PULONG VgaStatus)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	bool possible = adapter && not_null(adapter, VgaStatus, "VgaStatus", &call);

	if (possible)
		*VgaStatus = decodes_vga(adapter) ? DEVICE_VGA_ENABLED : 0;
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

BOOLEAN VideoPortCheckForDeviceExistence(PVOID HwDeviceExtension, USHORT VendorId,
					 USHORT DeviceId, UCHAR RevisionId,
					 USHORT SubVendorId, USHORT SubSystemId,
					 ULONG Flags)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	const struct wanted_device wanted = {
		.vendor = VendorId,
		.device = DeviceId,
		.sub_vendor = Flags & CDE_USE_SUBSYSTEM_IDS ? SubVendorId : PCI_ANY_ID,
		.sub_device = Flags & CDE_USE_SUBSYSTEM_IDS ? SubSystemId : PCI_ANY_ID,
		.revision = RevisionId,
		.any_revision = !(Flags & CDE_USE_REVISION),
	};
	bool found = false;

	if (adapter && vpmem_passive(adapter, &call))
		found = device_exists(&wanted);
	vpmem_leave(&call);
	return found;
}
EXPORT_SYMBOL_GPL(VideoPortCheckForDeviceExistence);
