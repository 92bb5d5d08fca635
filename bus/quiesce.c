// SPDX-License-Identifier: GPL-2.0-only
/*
 * Quiescing the device: disable its bus mastering before memory is freed that it may
 * still write to.
 */
#include <linux/device.h>
#include <linux/export.h>
#include <linux/kmemleak.h>
#include <linux/pci.h>

#include "bus/pci.h"
#include "bus/quiesce.h"
#include "core/adapter.h"
#include "core/compat.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/testing.h"
#include "mem/regions.h"

static struct device *busy_device;		/* set by tests */

void vpmem_busy_device(struct device *dev)
{
	WRITE_ONCE(busy_device, dev);
}
EXPORT_SYMBOL_NS_GPL(vpmem_busy_device, VPMEM_TEST_NS);

#ifdef CONFIG_PCI

/*
 * Check that bus mastering is off and no transaction is pending. The read also flushes
 * posted writes of the device, which is all that a device without PCI Express supports.
 */
static bool mastering_has_ended(struct pci_dev *pdev)
{
	u16 command = 0;

	pci_read_config_word(pdev, PCI_COMMAND, &command);
	return !(command & PCI_COMMAND_MASTER) && pci_wait_for_pending_transaction(pdev);
}

/*
 * Reset the device. This needs the device lock, which the driver core holds during an
 * unbind, but not when a driver detaches elsewhere.
 */
static void device_reset_function(struct pci_dev *pdev)
{
	bool locked = device_trylock(&pdev->dev);

	pci_save_state(pdev);
	__pci_reset_function_locked(pdev);
	pci_restore_state(pdev);
	if (locked)
		device_unlock(&pdev->dev);
}

/* Stop a PCI device. A removed one reads as all ones, and writes nothing. */
static bool pci_quiesce(struct pci_dev *pdev)
{
	if (!pci_device_is_present(pdev))
		return true;
	pci_clear_master(pdev);
	if (mastering_has_ended(pdev))
		return true;
	device_reset_function(pdev);
	return mastering_has_ended(pdev);
}

#else

static bool pci_quiesce(struct pci_dev *pdev)
{
	return true;
}

#endif

/*
 * Stop the device with its last adapter. This is possible for PCI only; the driver of any
 * other device has to stop its transfers. Return false if the device may still access
 * memory.
 */
bool vpmem_quiesce(const struct vpmem_adapter *adapter)
{
	struct pci_dev *pdev = vpmem_bus_pci(adapter);

	if (READ_ONCE(busy_device) == adapter->dev)
		return false;
	/* Leave the device running for other adapters that the driver has attached to it. */
	if (!pdev || vpmem_adapter_has_sibling(adapter))
		return true;
	return pci_quiesce(pdev);
}

/* Memory that a device may write to, by DMA mapping or by its physical address */
#define KINDS_IN_REACH	(BIT(VPMEM_NONPAGED) | BIT(VPMEM_PAGED) | BIT(VPMEM_BUFFER) | \
			 BIT(VPMEM_COMMON) | BIT(VPMEM_CONTIG) | BIT(VPMEM_MDL) | \
			 BIT(VPMEM_SG_LIST))

static struct vpmem_region *remove_in_reach(struct vpmem_adapter *adapter)
{
	struct vpmem_region *region = NULL;
	unsigned int kind;

	for (kind = 0; kind < VPMEM_KINDS && !region; kind++)
		if (BIT(kind) & KINDS_IN_REACH)
			region = vpmem_region_remove_any(adapter, kind);
	return region;
}

static unsigned long abandon_in_reach(struct vpmem_adapter *adapter)
{
	struct vpmem_region *region;
	unsigned long blocks = 0;

	/* The deferred release of a scatter list still uses its MDL. */
	vpmem_regions_flush();
	while ((region = remove_in_reach(adapter))) {
		if (region->backing->foreign)
			kmemleak_ignore(vpmem_region_memory(region));
		vpmem_region_abandon(region);
		blocks++;
		cond_resched();
	}
	return blocks;
}

/*
 * Leak the memory that the device may still write to: that harms less than a write to
 * freed memory. Do so even for a device that is @quiet if bus mastering is enabled again,
 * because a transfer may continue then. A reset would end it, but also destroy the state
 * that the firmware has set up, such as a VGA mode, before the miniport's next entry.
 */
void vpmem_keep_memory(bool quiet, const struct vpmem_call *call)
{
	unsigned long blocks = abandon_in_reach(call->adapter);

	if (!quiet)
		vpmem_warn_misuse(call, VPMEM_EV_BUSY,
				  "the device does not stop its DMA; %lu blocks are not freed until the next boot",
				  blocks);
	else if (blocks)
		vpmem_warn_misuse(call, VPMEM_EV_BUSY,
				  "HwFindAdapter failed and left %lu blocks that the device may write to while the next entry is tried; they are not freed until the next boot; end transfers and free memory before HwFindAdapter fails",
				  blocks);
}
