// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include <linux/pci.h>
#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

static const struct pci_device_id mini_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1111) },
	{ }
};
MODULE_DEVICE_TABLE(pci, mini_ids);

vpmem_miniport_driver("minivga", DriverEntry, mini_ids);
MODULE_DESCRIPTION("The miniport of the tutorial");
MODULE_LICENSE("GPL");
