// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of the sample.
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

/* No MODULE_DEVICE_TABLE: it would have a sample loaded for every display there is. */
static const struct pci_device_id vbe_ids[] = {
	{ PCI_DEVICE_CLASS(PCI_CLASS_DISPLAY_VGA << 8, ~0) },
	{ }
};

vpmem_miniport_driver("vpmem_vbe", DriverEntry, vbe_ids);

MODULE_DESCRIPTION("Sample: a miniport for any adapter with a VESA BIOS on vpmem");
MODULE_LICENSE("GPL");
