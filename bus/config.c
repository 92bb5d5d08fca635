// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration space. It is accessed through the pci_bus, not the pci_dev: the latter
 * may sleep.
 */
#include <linux/export.h>
#include <linux/pci.h>
#include <linux/string.h>

#include "bus/pci.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "include/vpmem-port.h"

struct config_request {
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

/* Return the widest aligned access: some registers must not be written in parts. */
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
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_PARAMETER,
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
	struct pci_dev *pdev = vpmem_bus_pci(request->call->adapter);

	if (!pdev)
		return 0;
	if (request->slot && request->slot != vpmem_config_slot(pdev))
		return neighbour_copy(request, pdev->bus);
	return config_copy(request, pdev->bus, pdev->devfn, pdev->cfg_size);
}

#else

static u32 pci_copy(const struct config_request *request)
{
	return 0;
}

#endif

static u32 bus_data(const struct config_request *request)
{
	if (in_nmi()) {
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_CONTEXT, "called in an NMI");
		return 0;
	}
	if (request->type != PCIConfiguration) {
		vpmem_warn_misuse(request->call, VPMEM_EV_UNSUPPORTED,
				  "unsupported BUS_DATA_TYPE %d", (int)request->type);
		return 0;
	}
	if (!request->length ||
	    !vpmem_not_null(request->buffer, "Buffer", request->call))
		return 0;
	return pci_copy(request);
}

static u32 bus_data_call(void *extension, struct config_request *request,
			 struct vpmem_call *call)
{
	u32 done = 0;

	request->call = call;
	if (vpmem_enter(extension, call))
		done = bus_data(request);
	vpmem_leave(call);
	return done;
}

ULONG VideoPortGetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	struct config_request request = {
		.type = BusDataType,
		.slot = SlotNumber,
		.buffer = Buffer,
		.offset = Offset,
		.length = Length,
	};

	return bus_data_call(HwDeviceExtension, &request, &call);
}
EXPORT_SYMBOL_GPL(VideoPortGetBusData);

ULONG VideoPortSetBusData(PVOID HwDeviceExtension, BUS_DATA_TYPE BusDataType,
			  ULONG SlotNumber, PVOID Buffer, ULONG Offset, ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	struct config_request request = {
		.type = BusDataType,
		.slot = SlotNumber,
		.buffer = Buffer,
		.offset = Offset,
		.length = Length,
		.write = true,
	};

	return bus_data_call(HwDeviceExtension, &request, &call);
}
EXPORT_SYMBOL_GPL(VideoPortSetBusData);
