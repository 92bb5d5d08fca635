// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA adapters and common buffers.
 *
 * A DDI adapter object has its own idea of what the device reaches, but Linux keeps
 * one mask for a device. So the objects of a device share the strictest. The bound
 * of a segment is Linux's for the device, too, but each operation keeps to that of
 * its own object; so the device has the largest.
 *
 * A common buffer is coherent memory with a record. One of a page, the commonest,
 * comes from a dma_pool, which keeps its pages; since it looks for a free one in
 * turn, only so many do. For more than a page there is dma_alloc_coherent(). Where
 * the kernel has a CMA area, that takes them all from it, which costs a hundred times
 * what the buddy costs, unless it must not sleep. So it is first asked not to.
 */
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/dmapool.h>
#include <linux/export.h>
#include <linux/seq_file.h>
#include <linux/sizes.h>
#include <linux/slab.h>

#include "internal.h"

#define COMMON_POOL_MAX		64

/* Above this, memory without waiting is too unlikely to be worth asking for. */
#define COMMON_LIGHT_MAX	SZ_1M

struct _VP_DMA_ADAPTER {
	struct list_head node;		/* in dma_adapters */
	struct vpmem_adapter *adapter;
	u64 mask;
	u32 maximum_length;
	bool scatter_gather;
	atomic_t users;			/* common buffers and operations */
	struct dma_pool *pages;		/* NULL if it was not to be had */
	/* What the device had before it had a DMA adapter. */
	u64 former_mask;
	u64 former_coherent_mask;
	unsigned int former_segment;
	u64 seal;
};

static LIST_HEAD(dma_adapters);			/* oldest first */
static DEFINE_MUTEX(dma_adapters_lock);		/* for the list and the masks */

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

/* Another DMA adapter of the same device, if there is one. */
static VP_DMA_ADAPTER *device_sibling(const VP_DMA_ADAPTER *dma)
{
	VP_DMA_ADAPTER *other;

	list_for_each_entry(other, &dma_adapters, node)
		if (other != dma && dma_device(other) == dma_device(dma))
			return other;
	return NULL;
}

static u64 device_strictest_mask(const struct device *dev)
{
	const VP_DMA_ADAPTER *dma;
	u64 mask = DMA_BIT_MASK(64);

	list_for_each_entry(dma, &dma_adapters, node)
		if (dma_device(dma) == dev)
			mask = min(mask, dma->mask);
	return mask;
}

/* In whole pages, because a list is made of them. */
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

	lockdep_assert_held(&dma_adapters_lock);
	if (!dev->dma_mask)
		return -EIO;
	if (dev->dma_parms)
		dma_set_max_seg_size(dev, device_largest_segment(dev));
	return dma_set_mask_and_coherent(dev, device_strictest_mask(dev));
}

static void device_remember(VP_DMA_ADAPTER *dma)
{
	const VP_DMA_ADAPTER *sibling = device_sibling(dma);
	struct device *dev = dma_device(dma);

	if (sibling) {
		dma->former_mask = sibling->former_mask;
		dma->former_coherent_mask = sibling->former_coherent_mask;
		dma->former_segment = sibling->former_segment;
	} else if (dev->dma_mask) {
		dma->former_mask = *dev->dma_mask;
		dma->former_coherent_mask = dev->coherent_dma_mask;
		dma->former_segment = dma_get_max_seg_size(dev);
	}
}

/* The last one of a device leaves its bounds as the first one found them. */
static void device_restore(const VP_DMA_ADAPTER *dma)
{
	struct device *dev = dma_device(dma);

	if (device_sibling(dma)) {
		device_set_bounds(device_sibling(dma));
	} else if (dev->dma_mask) {
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

static void dma_adapter_remove(VP_DMA_ADAPTER *dma)
{
	lockdep_assert_held(&dma_adapters_lock);
	list_del(&dma->node);
	dma_pool_destroy(dma->pages);
	device_restore(dma);
	dma->seal = 0;
	kfree(dma);
}

static VP_DMA_ADAPTER *dma_adapter_new(struct vpmem_adapter *adapter,
				       const VP_DEVICE_DESCRIPTION *description,
				       const struct vpmem_call *call)
{
	VP_DMA_ADAPTER *dma = kzalloc(sizeof(*dma), GFP_KERNEL | __GFP_NOWARN);

	if (!dma)
		return NULL;
	dma->adapter = adapter;
	dma->mask = description_mask(description);
	dma->maximum_length = description->MaximumLength;
	dma->scatter_gather = description->ScatterGather;
	if (dma_adapter_add(dma)) {
		vpmem_complain(adapter, VPMEM_EV_BAD_MASK, call,
			       "the platform has no DMA of mask 0x%llx for this device",
			       dma->mask);
		kfree(dma);
		return NULL;
	}
	dma->pages = dma_pool_create("vpmem", dma_device(dma), PAGE_SIZE, PAGE_SIZE, 0);
	dma->seal = vpmem_seal(dma);
	return dma;
}

static bool dma_adapter_is(const VP_DMA_ADAPTER *dma,
			   const struct vpmem_adapter *adapter)
{
	return vpmem_sealed(&dma->seal, dma) && dma->adapter == adapter;
}

/* For what is built on a DMA adapter, which is then busy until vpmem_dma_unuse(). */
bool vpmem_dma_use(VP_DMA_ADAPTER *dma, const struct vpmem_adapter *adapter,
		   struct vpmem_dma *what)
{
	if (!dma_adapter_is(dma, adapter))
		return false;
	atomic_inc(&dma->users);
	*what = (struct vpmem_dma){
		.dev = dma_device(dma),
		.maximum_length = dma->maximum_length ?: U32_MAX,
		.scatter_gather = dma->scatter_gather,
	};
	return true;
}

void vpmem_dma_unuse(VP_DMA_ADAPTER *dma)
{
	atomic_dec(&dma->users);
}

PVP_DMA_ADAPTER VideoPortGetDmaAdapter(PVOID HwDeviceExtension,
				       PVP_DEVICE_DESCRIPTION VpDeviceDescription)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	PVP_DMA_ADAPTER dma = NULL;

	if (adapter && !VpDeviceDescription)
		vpmem_complain(adapter, VPMEM_EV_BAD_PARAMETER, &call,
			       "VpDeviceDescription is NULL");
	else if (adapter && vpmem_passive(adapter, &call))
		dma = dma_adapter_new(adapter, VpDeviceDescription, &call);
	vpmem_leave(&call);
	return dma;
}
EXPORT_SYMBOL_GPL(VideoPortGetDmaAdapter);

static void dma_adapter_put(struct vpmem_adapter *adapter, VP_DMA_ADAPTER *dma,
			    const struct vpmem_call *call)
{
	/* What was released where one cannot sleep is still on its way. */
	vpmem_regions_flush();
	mutex_lock(&dma_adapters_lock);
	if (!dma_adapter_is(dma, adapter))
		vpmem_complain(adapter, VPMEM_EV_BAD_POINTER, call,
			       "%p is no DMA adapter of this adapter", dma);
	else if (atomic_read(&dma->users))
		vpmem_complain(adapter, VPMEM_EV_BUSY, call,
			       "%p has %d common buffers or operations; kept", dma,
			       atomic_read(&dma->users));
	else
		dma_adapter_remove(dma);
	mutex_unlock(&dma_adapters_lock);
}

VOID VideoPortPutDmaAdapter(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter && !VpDmaAdapter)
		vpmem_count_event(adapter, VPMEM_EV_NULL_FREE);
	else if (adapter && vpmem_passive(adapter, &call))
		dma_adapter_put(adapter, VpDmaAdapter, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortPutDmaAdapter);

/* After every buffer is reclaimed. */
void vpmem_dma_detach(struct vpmem_adapter *adapter)
{
	VP_DMA_ADAPTER *dma, *next;

	mutex_lock(&dma_adapters_lock);
	list_for_each_entry_safe(dma, next, &dma_adapters, node)
		if (dma->adapter == adapter)
			dma_adapter_remove(dma);
	mutex_unlock(&dma_adapters_lock);
}

void vpmem_dma_show(struct seq_file *m, const struct vpmem_adapter *adapter)
{
	const VP_DMA_ADAPTER *dma;

	seq_printf(m, "%-18s %-18s %-14s %12s %6s\n", "Mask", "DeviceMask",
		   "ScatterGather", "MaximumLength", "Users");
	mutex_lock(&dma_adapters_lock);
	list_for_each_entry(dma, &dma_adapters, node)
		if (dma->adapter == adapter)
			seq_printf(m, "0x%016llx 0x%016llx %-14s %13u %6d\n",
				   dma->mask, adapter->dev->coherent_dma_mask,
				   dma->scatter_gather ? "yes" : "no",
				   dma->maximum_length, atomic_read(&dma->users));
	mutex_unlock(&dma_adapters_lock);
}

/*
 * Common buffers
 */

static void page_put(struct vpmem_region *region, void *memory)
{
	dma_pool_free(region->dma->pages, memory, region->bus);
	atomic_dec(&region->dma->users);
}

static const struct vpmem_means common_page = {
	.name = "dmapool",
	.foreign = true,
	.put = page_put,
};

static void common_put(struct vpmem_region *region, void *memory)
{
	dma_free_coherent(dma_device(region->dma), region->charged, memory,
			  region->bus);
	atomic_dec(&region->dma->users);
}

static const struct vpmem_means common_light = {
	.name = "buddy",
	.may_sleep = true,
	.foreign = true,
	.put = common_put,
};

static const struct vpmem_means common_heavy = {
	.name = "coherent",
	.may_sleep = true,
	.foreign = true,
	.put = common_put,
};

static void *page_get(struct vpmem_region *region, dma_addr_t *bus)
{
	struct dma_pool *pages = region->dma->pages;
	void *memory;

	if (!pages || region->charged > PAGE_SIZE ||
	    atomic_read(&region->dma->users) >= COMMON_POOL_MAX)
		return NULL;
	region->means = &common_page;
	memory = dma_pool_alloc(pages, GFP_KERNEL | __GFP_NOWARN, bus);
	return memory ? memset(memory, 0, PAGE_SIZE) : NULL;
}

static void *common_memory(struct vpmem_region *region)
{
	struct device *dev = dma_device(region->dma);
	dma_addr_t bus;
	void *memory = page_get(region, &bus);

	if (!memory && region->charged <= COMMON_LIGHT_MAX) {
		region->means = &common_light;
		memory = dma_alloc_coherent(dev, region->charged, &bus,
					    GFP_NOWAIT | __GFP_NOWARN);
	}
	if (!memory) {
		region->means = &common_heavy;
		memory = dma_alloc_coherent(dev, region->charged, &bus,
					    GFP_KERNEL | __GFP_NOWARN);
	}
	if (memory)
		region->bus = bus;
	return memory;
}

static void *common_region(VP_DMA_ADAPTER *dma, ULONG length,
			   PHYSICAL_ADDRESS *logical, bool cached,
			   const struct vpmem_call *call)
{
	struct vpmem_slot *slot =
		vpmem_slot_get(dma->adapter, VPMEM_OWN_TAG, VPMEM_COMMON);
	struct vpmem_region *region;
	void *memory = NULL;

	region = vpmem_region_new(&(struct vpmem_region_request){
		.adapter = dma->adapter,
		.slot = slot,
		.size = length,
		.align = PAGE_SIZE,
		.gfp = VPMEM_GFP_PASSIVE,
		.verify = static_branch_unlikely(&vpmem_verify),
		.call = call,
	});
	if (region) {
		region->dma = dma;
		region->cached = cached;
		memory = common_memory(region);
	}
	if (!memory) {
		vpmem_region_abandon(region);
		vpmem_slot_fail(slot, VPMEM_FAIL_MEMORY);
		return NULL;
	}
	atomic_inc(&dma->users);
	if (region->verify)
		vpmem_guard_tail(region, memory);
	logical->QuadPart = region->bus;
	return vpmem_region_publish(region, memory);
}

static void *common_alloc(VP_DMA_ADAPTER *dma, ULONG length,
			  PHYSICAL_ADDRESS *logical, bool cached,
			  const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = dma->adapter;

	if (!logical) {
		vpmem_complain(adapter, VPMEM_EV_BAD_PARAMETER, call,
			       "LogicalAddress is NULL");
		return NULL;
	}
	if (!vpmem_passive(adapter, call)) {
		vpmem_slot_fail(vpmem_slot_get(adapter, VPMEM_OWN_TAG, VPMEM_COMMON),
				VPMEM_FAIL_CONTEXT);
		return NULL;
	}
	if (!length)
		vpmem_complain(adapter, VPMEM_EV_ZERO_LENGTH, call,
			       "zero bytes are asked for; a page is given");
	return common_region(dma, length, logical, cached, call);
}

PVOID VideoPortAllocateCommonBuffer(PVOID HwDeviceExtension,
				    PVP_DMA_ADAPTER VpDmaAdapter,
				    ULONG DesiredLength,
				    PPHYSICAL_ADDRESS LogicalAddress,
				    BOOLEAN CacheEnabled, PVOID Reserved)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	void *buffer = NULL;

	if (adapter && dma_adapter_is(VpDmaAdapter, adapter))
		buffer = common_alloc(VpDmaAdapter, DesiredLength, LogicalAddress,
				      CacheEnabled, &call);
	else if (adapter)
		vpmem_complain(adapter, VPMEM_EV_BAD_PARAMETER, &call,
			       "%p is no DMA adapter of this adapter",
			       VpDmaAdapter);
	vpmem_leave(&call);
	return buffer;
}
EXPORT_SYMBOL_GPL(VideoPortAllocateCommonBuffer);

/* What a release says of its buffer. */
struct common_claim {
	const VP_DMA_ADAPTER *dma;
	u64 bus;
	u32 length;
	bool cached;
	bool by_adapter;		/* else any DMA adapter, and either length */
};

static const char *common_refuse(const struct vpmem_region *region, const void *data)
{
	const struct common_claim *claim = data;

	if (claim->by_adapter && region->dma != claim->dma)
		return "the DMA adapter is another";
	if (region->bus != claim->bus)
		return "the logical address is another";
	if (region->size != claim->length &&
	    (claim->by_adapter || region->charged != claim->length))
		return "the length is another";
	if (region->cached != claim->cached)
		return "CacheEnabled is another";
	return NULL;
}

static void common_release(struct vpmem_adapter *adapter, void *buffer,
			   const struct common_claim *claim,
			   const struct vpmem_call *call)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = adapter,
		.block = buffer,
		.kinds = BIT(VPMEM_COMMON),
		.refuse = common_refuse,
		.data = claim,
	};
	struct vpmem_region *region;
	const char *why;

	if (!vpmem_freeable(adapter, buffer, call))
		return;
	region = vpmem_region_take(&wanted, &why);
	if (region)
		vpmem_region_free(region, call);
	else if (why)
		vpmem_complain(adapter, VPMEM_EV_MISMATCH, call,
			       "common buffer %p: %s; left alone", buffer, why);
	else
		vpmem_region_explain(adapter, buffer, call);
}

VOID VideoPortReleaseCommonBuffer(PVOID HwDeviceExtension,
				  PVP_DMA_ADAPTER VpDmaAdapter, ULONG Length,
				  PHYSICAL_ADDRESS LogicalAddress,
				  PVOID VirtualAddress, BOOLEAN CacheEnabled)
{
	const struct common_claim claim = {
		.dma = VpDmaAdapter,
		.bus = LogicalAddress.QuadPart,
		.length = Length,
		.cached = CacheEnabled,
		.by_adapter = true,
	};
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter)
		common_release(adapter, VirtualAddress, &claim, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseCommonBuffer);

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

static VP_DMA_ADAPTER *any_dma_adapter(struct vpmem_adapter *adapter,
				       const struct vpmem_call *call)
{
	static const VP_DEVICE_DESCRIPTION usual = { .Dma32BitAddresses = true };

	if (!vpmem_passive(adapter, call))
		return NULL;
	return first_dma_adapter(adapter) ?: dma_adapter_new(adapter, &usual, call);
}

PVOID VideoPortGetCommonBuffer(PVOID HwDeviceExtension, ULONG DesiredLength,
			       ULONG Alignment, PPHYSICAL_ADDRESS LogicalAddress,
			       PULONG pActualLength, BOOLEAN CacheEnabled)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	VP_DMA_ADAPTER *dma = adapter ? any_dma_adapter(adapter, &call) : NULL;
	void *buffer = NULL;

	if (dma)
		buffer = common_alloc(dma, DesiredLength, LogicalAddress,
				      CacheEnabled, &call);
	if (pActualLength)
		*pActualLength = buffer ? DesiredLength : 0;
	vpmem_leave(&call);
	return buffer;
}
EXPORT_SYMBOL_GPL(VideoPortGetCommonBuffer);

VOID VideoPortFreeCommonBuffer(PVOID HwDeviceExtension, ULONG Length,
			       PVOID VirtualAddress,
			       PHYSICAL_ADDRESS LogicalAddress,
			       BOOLEAN CacheEnabled)
{
	const struct common_claim claim = {
		.bus = LogicalAddress.QuadPart,
		.length = Length,
		.cached = CacheEnabled,
	};
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter)
		common_release(adapter, VirtualAddress, &claim, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortFreeCommonBuffer);
