// SPDX-License-Identifier: GPL-2.0-only
/*
 * ROM images. The DDI returns a buffer that the driver does not free: it is valid until
 * the driver asks for the ROM again.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "bus/pci.h"
#include "bus/rom.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/tags.h"
#include "mem/regions.h"
#include "vpmem.h"

/* The largest expansion ROM that a PCI device can have. */
#define ROM_MAX		SZ_16M

/* Free the images; there are several only after concurrent calls. */
static void rom_free(const struct vpmem_call *call)
{
	vpmem_regions_reclaim(VPMEM_ROM, call);
}

void vpmem_rom_detach(const struct vpmem_call *call)
{
	rom_free(call);
}

static void *rom_buffer(size_t size, const struct vpmem_call *call)
{
	struct vpmem_slot *slot = vpmem_slot_get(call->adapter, VPMEM_OWN_TAG, VPMEM_ROM);
	void *buffer;

	buffer = vpmem_region_alloc(&(struct vpmem_region_request){
		.slot = slot,
		.size = size,
		.align = PAGE_SIZE,
		.gfp = VPMEM_GFP_PASSIVE,
		.verify = static_branch_unlikely(&vpmem_verify),
		.call = call,
	});
	if (!buffer)
		vpmem_slot_fail(slot, VPMEM_FAIL_MEMORY);
	return buffer;
}

#ifdef CONFIG_PCI

static void *rom_read(size_t length, const struct vpmem_call *call)
{
	struct pci_dev *pdev = vpmem_bus_pci(call->adapter);
	void __iomem *rom;
	void *buffer;
	size_t size;

	if (!pdev)
		return NULL;
	rom = pci_map_rom(pdev, &size);
	if (!rom)
		return NULL;
	buffer = rom_buffer(length, call);
	if (buffer) {
		size = min(size, length);
		memcpy_fromio(buffer, rom, size);
		memset(buffer + size, 0, length - size);
	}
	pci_unmap_rom(pdev, rom);
	return buffer;
}

#else

static void *rom_read(size_t length, const struct vpmem_call *call)
{
	return NULL;
}

#endif

static void *rom_get(size_t length, const struct vpmem_call *call)
{
	if (!vpmem_check_may_sleep(call)) {
		vpmem_slot_fail(vpmem_slot_get(call->adapter, VPMEM_OWN_TAG, VPMEM_ROM),
				VPMEM_FAIL_CONTEXT);
		return NULL;
	}
	rom_free(call);
	if (!length)
		return NULL;
	if (length > ROM_MAX) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "%zu bytes exceed the largest ROM", length);
		return NULL;
	}
	return rom_read(length, call);
}

PVOID VideoPortGetRomImage(PVOID HwDeviceExtension, PVOID Unused1, ULONG Unused2,
			   ULONG Length)
{
	struct vpmem_call call = VPMEM_CALL();
	void *image = NULL;

	if (vpmem_enter(HwDeviceExtension, &call))
		image = rom_get(Length, &call);
	vpmem_leave(&call);
	return image;
}
EXPORT_SYMBOL_GPL(VideoPortGetRomImage);
