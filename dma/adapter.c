// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA adapters.
 *
 * Each DDI adapter object has a mask of its own, but Linux has one DMA mask for a device:
 * the device gets the strictest. The maximum segment size is also per device in Linux,
 * but each operation obeys that of its own object, so the device gets the largest.
 */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/refcount.h>
#include <linux/seq_file.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/seal.h"
#include "core/testing.h"
#include "core/views.h"
#include "dma/adapter.h"
#include "mem/regions.h"
#include "vpmem.h"

struct _VP_DMA_ADAPTER {
	struct list_head node;		/* in dma_adapters */
	struct vpmem_adapter *adapter;
	u64 mask;
	u32 maximum_length;
	bool scatter_gather;
	refcount_t users;		/* common buffers and operations, and the list */
	/* Bounds of the device before its first DMA adapter, to be restored */
	u64 former_mask;
	u64 former_coherent_mask;
	unsigned int former_segment;
	u64 applied_mask;		/* set by vpmem on the device */
	u64 seal;
};

static LIST_HEAD(dma_adapters);			/* oldest first */
static DEFINE_MUTEX(dma_adapters_lock);		/* guards the list and the masks */
static DEFINE_MUTEX(dma_any_lock);		/* serializes vpmem_dma_any() */
static DEFINE_RAW_SPINLOCK(dma_users_lock);		/* guards users, and close against use */

static struct device *dma_device(const VP_DMA_ADAPTER *dma)
{
	return dma->adapter->dev;
}

/*
 * Masks
 */

static u64 description_mask(const VP_DEVICE_DESCRIPTION *description)
{
	if (description->Dma64BitAddresses)
		return DMA_BIT_MASK(64);
	if (description->Dma32BitAddresses || description->ScatterGather)
		return DMA_BIT_MASK(32);
	return DMA_BIT_MASK(24);
}

/* Find another DMA adapter of the same device, or NULL. */
static VP_DMA_ADAPTER *device_sibling(const VP_DMA_ADAPTER *dma)
{
	VP_DMA_ADAPTER *other;

	list_for_each_entry(other, &dma_adapters, node)
		if (other != dma && dma_device(other) == dma_device(dma))
			return other;
	return NULL;
}

/*
 * Return the mask that the driver itself has set. The default of 32 bits does not count.
 */
static u64 device_own_mask(const VP_DMA_ADAPTER *dma)
{
	u64 mask = min_not_zero(dma->former_mask, dma->former_coherent_mask);

	return mask && mask != DMA_BIT_MASK(32) ? mask : DMA_BIT_MASK(64);
}

static bool driver_has_set_mask(const VP_DMA_ADAPTER *dma)
{
	return dma->applied_mask &&
	       dma_device(dma)->coherent_dma_mask != dma->applied_mask;
}

/* Notice a mask that the driver has set since vpmem set its own. */
static void device_notice_driver(const struct device *dev)
{
	VP_DMA_ADAPTER *dma;

	list_for_each_entry(dma, &dma_adapters, node) {
		if (dma_device(dma) != dev || !driver_has_set_mask(dma))
			continue;
		dma->former_mask = *dev->dma_mask;
		dma->former_coherent_mask = dev->coherent_dma_mask;
	}
}

static void device_note_applied(const struct device *dev)
{
	VP_DMA_ADAPTER *dma;

	list_for_each_entry(dma, &dma_adapters, node)
		if (dma_device(dma) == dev)
			dma->applied_mask = dev->coherent_dma_mask;
}

static u64 device_strictest_mask(const struct device *dev)
{
	const VP_DMA_ADAPTER *dma;
	u64 mask = DMA_BIT_MASK(64);

	list_for_each_entry(dma, &dma_adapters, node)
		if (dma_device(dma) == dev)
			mask = min3(mask, dma->mask, device_own_mask(dma));
	return mask;
}

/* Return the maximum segment size in whole pages, which scatter lists consist of. */
static unsigned int dma_segment(const VP_DMA_ADAPTER *dma)
{
	if (!dma->maximum_length || dma->maximum_length > U32_MAX - PAGE_SIZE)
		return U32_MAX;
	return PAGE_ALIGN(dma->maximum_length);
}

static unsigned int device_largest_segment(const struct device *dev)
{
	const VP_DMA_ADAPTER *dma;
	unsigned int segment = 0;

	list_for_each_entry(dma, &dma_adapters, node)
		if (dma_device(dma) == dev)
			segment = max(segment, dma_segment(dma));
	return segment;
}

static int device_set_bounds(const VP_DMA_ADAPTER *dma)
{
	struct device *dev = dma_device(dma);
	int err;

	lockdep_assert_held(&dma_adapters_lock);
	if (!dev->dma_mask)
		return -EIO;
	device_notice_driver(dev);
	if (dev->dma_parms)
		dma_set_max_seg_size(dev, device_largest_segment(dev));
	err = dma_set_mask_and_coherent(dev, device_strictest_mask(dev));
	device_note_applied(dev);
	return err;
}

static void device_remember(VP_DMA_ADAPTER *dma)
{
	const VP_DMA_ADAPTER *sibling = device_sibling(dma);
	struct device *dev = dma_device(dma);

	if (sibling) {
		dma->former_mask = sibling->former_mask;
		dma->former_coherent_mask = sibling->former_coherent_mask;
		dma->former_segment = sibling->former_segment;
		dma->applied_mask = sibling->applied_mask;
	} else if (dev->dma_mask) {
		dma->former_mask = *dev->dma_mask;
		dma->former_coherent_mask = dev->coherent_dma_mask;
		dma->former_segment = dma_get_max_seg_size(dev);
	}
}

/* Restore the bounds that the device had before its first DMA adapter. */
static void device_restore(const VP_DMA_ADAPTER *dma)
{
	struct device *dev = dma_device(dma);

	if (device_sibling(dma)) {
		device_set_bounds(device_sibling(dma));
	} else if (dev->dma_mask && !driver_has_set_mask(dma)) {
		*dev->dma_mask = dma->former_mask;
		dev->coherent_dma_mask = dma->former_coherent_mask;
		if (dev->dma_parms)
			dma_set_max_seg_size(dev, dma->former_segment);
	}
}

/*
 * DMA adapters
 */

static int dma_adapter_add(VP_DMA_ADAPTER *dma)
{
	int err;

	mutex_lock(&dma_adapters_lock);
	device_remember(dma);
	list_add_tail(&dma->node, &dma_adapters);
	err = device_set_bounds(dma);
	if (err) {
		list_del(&dma->node);
		device_restore(dma);
	}
	mutex_unlock(&dma_adapters_lock);
	return err;
}

static void dma_adapter_free(VP_DMA_ADAPTER *dma)
{
	dma->seal = 0;
	kfree(dma);
}

static void dma_adapter_remove(VP_DMA_ADAPTER *dma)
{
	lockdep_assert_held(&dma_adapters_lock);
	list_del(&dma->node);
	device_restore(dma);
	dma_adapter_free(dma);
}

VP_DMA_ADAPTER *vpmem_dma_new(const VP_DEVICE_DESCRIPTION *description,
			      const struct vpmem_call *call)
{
	VP_DMA_ADAPTER *dma = kzalloc(sizeof(*dma), VPMEM_GFP_PASSIVE);

	if (!dma)
		return NULL;
	dma->adapter = call->adapter;
	dma->mask = description_mask(description);
	dma->maximum_length = description->MaximumLength;
	refcount_set(&dma->users, 1);
	dma->scatter_gather = description->ScatterGather;
	dma->seal = vpmem_seal(dma);
	if (!dma_adapter_add(dma))
		return dma;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_MASK,
			  "the platform has no DMA of mask 0x%llx for this device",
			  dma->mask);
	dma_adapter_free(dma);
	return NULL;
}

static bool dma_adapter_is(const VP_DMA_ADAPTER *dma,
			   const struct vpmem_adapter *adapter)
{
	return vpmem_sealed(&dma->seal, dma) && dma->adapter == adapter;
}

/* Count a user of a DMA adapter, which cannot be put until vpmem_dma_unuse(). */
bool vpmem_dma_use(VP_DMA_ADAPTER *dma, const struct vpmem_adapter *adapter,
		   struct vpmem_dma *copy)
{
	unsigned long flags;
	bool found;

	raw_spin_lock_irqsave(&dma_users_lock, flags);
	found = dma_adapter_is(dma, adapter);
	if (found) {
		refcount_inc(&dma->users);
		*copy = (struct vpmem_dma){
			.dev = dma_device(dma),
			.maximum_length = dma->maximum_length ?: U32_MAX,
			.scatter_gather = dma->scatter_gather,
		};
	}
	raw_spin_unlock_irqrestore(&dma_users_lock, flags);
	return found;
}

void vpmem_dma_unuse(VP_DMA_ADAPTER *dma)
{
	refcount_dec(&dma->users);
}

static unsigned int dma_adapter_users(const VP_DMA_ADAPTER *dma)
{
	return refcount_read(&dma->users) - 1;
}

/* Close a DMA adapter to new users. Return false if it has users. */
static bool dma_adapter_close(VP_DMA_ADAPTER *dma)
{
	unsigned long flags;
	bool idle;

	raw_spin_lock_irqsave(&dma_users_lock, flags);
	idle = refcount_dec_if_one(&dma->users);
	if (idle)
		dma->seal = 0;
	raw_spin_unlock_irqrestore(&dma_users_lock, flags);
	return idle;
}

void vpmem_dma_put(VP_DMA_ADAPTER *dma, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	/* Free what was allocated under the masks that are about to change. */
	vpmem_kept_drain(adapter);
	/* Finish the releases that atomic context has deferred. */
	vpmem_regions_flush();
	mutex_lock(&dma_adapters_lock);
	if (!dma_adapter_is(dma, adapter))
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "%p is not a DMA adapter of this adapter", dma);
	else if (!dma_adapter_close(dma))
		vpmem_warn_misuse(call, VPMEM_EV_BUSY,
				  "%p has %u common buffers or operations; kept", dma,
				  dma_adapter_users(dma));
	else
		dma_adapter_remove(dma);
	mutex_unlock(&dma_adapters_lock);
}

static VP_DMA_ADAPTER *first_dma_adapter(struct vpmem_adapter *adapter)
{
	VP_DMA_ADAPTER *dma, *found = NULL;

	mutex_lock(&dma_adapters_lock);
	list_for_each_entry(dma, &dma_adapters, node) {
		if (dma->adapter == adapter) {
			found = dma;
			break;
		}
	}
	mutex_unlock(&dma_adapters_lock);
	return found;
}

/* Return the oldest DMA adapter, or a new one of 32 bits, for a call that takes none. */
VP_DMA_ADAPTER *vpmem_dma_any(const struct vpmem_call *call)
{
	static const VP_DEVICE_DESCRIPTION usual = { .Dma32BitAddresses = true };

	VP_DMA_ADAPTER *dma;

	if (!vpmem_check_may_sleep(call))
		return NULL;
	mutex_lock(&dma_any_lock);
	dma = first_dma_adapter(call->adapter) ?: vpmem_dma_new(&usual, call);
	mutex_unlock(&dma_any_lock);
	return dma;
}

/* Free the DMA adapters, after all buffers were reclaimed. */
void vpmem_dma_detach(struct vpmem_adapter *adapter)
{
	VP_DMA_ADAPTER *dma, *next;

	mutex_lock(&dma_adapters_lock);
	list_for_each_entry_safe(dma, next, &dma_adapters, node)
		if (dma->adapter == adapter)
			dma_adapter_remove(dma);
	mutex_unlock(&dma_adapters_lock);
}

/*
 * View "dma". A row is found by its number; the lock is held for one row at a time.
 */

static const VP_DMA_ADAPTER *dma_by_number(const struct vpmem_adapter *adapter,
					   loff_t number)
{
	const VP_DMA_ADAPTER *dma;

	lockdep_assert_held(&dma_adapters_lock);
	list_for_each_entry(dma, &dma_adapters, node)
		if (dma->adapter == adapter && !--number)
			return dma;
	return NULL;
}

static void *dma_row(struct seq_file *m, loff_t *pos)
{
	struct vpmem_rows_state *state = m->private;
	bool there;

	mutex_lock(&dma_adapters_lock);
	there = !*pos || dma_by_number(state->adapter, *pos);
	mutex_unlock(&dma_adapters_lock);
	return there ? pos : NULL;
}

static void *dma_next(struct seq_file *m, void *row, loff_t *pos)
{
	++*pos;
	return dma_row(m, pos);
}

static void dma_stop(struct seq_file *m, void *row)
{
}

static int dma_show(struct seq_file *m, void *row)
{
	struct vpmem_rows_state *state = m->private;
	const struct vpmem_adapter *adapter = state->adapter;
	loff_t number = *(loff_t *)row;
	const VP_DMA_ADAPTER *dma;

	if (!number) {
		seq_printf(m, "%-18s %-18s %-14s %12s %6s\n", "Mask", "DeviceMask",
			   "ScatterGather", "MaximumLength", "Users");
		return 0;
	}
	mutex_lock(&dma_adapters_lock);
	dma = dma_by_number(adapter, number);
	if (dma)
		seq_printf(m, "0x%016llx 0x%016llx %-14s %13u %6u\n",
			   dma->mask, adapter->dev->coherent_dma_mask,
			   dma->scatter_gather ? "yes" : "no",
			   dma->maximum_length, dma_adapter_users(dma));
	mutex_unlock(&dma_adapters_lock);
	return 0;
}

static const struct vpmem_rows dma_rows = {
	.ops = {
		.start = dma_row,
		.next = dma_next,
		.stop = dma_stop,
		.show = dma_show,
	},
	.size = sizeof(struct vpmem_rows_state),
};

static struct vpmem_view dma_view = {
	.name = "dma",
	.places = VPMEM_VIEW_ADAPTERS,
	.columns = 5,
	.rows = &dma_rows,
};

void __init vpmem_dma_init(void)
{
	vpmem_view_register(&dma_view);
}
