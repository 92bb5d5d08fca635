// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of a driver, which is all that there is to write.
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

static const struct pci_device_id habits_ids[] = {
	{ PCI_DEVICE(0x1234, 0x1112) },
	{ }
};

vpmem_miniport_driver("vpmem_habits", DriverEntry, habits_ids);

MODULE_DESCRIPTION("Habits of Windows drivers, to be compiled");
MODULE_LICENSE("GPL");
