// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of a driver, which is all that there is to write.
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

static const struct pci_device_id long_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1113) },
	{ }
};

vpmem_miniport_driver("vpmem_long", DriverEntry, long_ids);

MODULE_DESCRIPTION("A source that says long, to be compiled");
MODULE_LICENSE("GPL");
