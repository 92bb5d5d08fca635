// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of the sample.
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

static const struct pci_device_id vga_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ }
};
MODULE_DEVICE_TABLE(pci, vga_ids);

vpmem_miniport_driver("vpmem_vga", DriverEntry, vga_ids);

MODULE_DESCRIPTION("Sample: a miniport for QEMU's standard VGA adapter on vpmem");
MODULE_LICENSE("GPL");
