/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PCI device of an adapter.
 */
#ifndef VPMEM_BUS_PCI_H
#define VPMEM_BUS_PCI_H

#include <linux/pci.h>

#include "core/adapter.h"

/* Return the PCI device of an adapter, or NULL if its device is not on PCI. */
static inline struct pci_dev *vpmem_bus_pci(const struct vpmem_adapter *adapter)
{
	return dev_is_pci(adapter->dev) ? to_pci_dev(adapter->dev) : NULL;
}

/* Return the PCI_SLOT_NUMBER by which a driver of Windows knows the device. */
static inline u32 vpmem_config_slot(const struct pci_dev *pdev)
{
	return PCI_SLOT(pdev->devfn) | PCI_FUNC(pdev->devfn) << 5;
}

bool vpmem_decodes_vga(const struct vpmem_adapter *adapter);

#endif /* VPMEM_BUS_PCI_H */
