// SPDX-License-Identifier: GPL-2.0-only
/*
 * DMA adapters and common buffers.
 *
 * A common buffer is coherent memory with a record. It comes from dma_alloc_coherent(),
 * and is parked when it is released (mem/park.c). With a CMA area dma_alloc_coherent()
 * allocates all sizes from there, which is many times slower than the buddy allocator,
 * unless it must not sleep: so it is first called without __GFP_DIRECT_RECLAIM. For sizes
 * above those of the page allocator, without CMA and IOMMU, the search of dma/contig.c is
 * left.
 */
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/sizes.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/tags.h"
#include "dma/adapter.h"
#include "dma/contig.h"
#include "mem/regions.h"
#include "vpmem.h"

/*
 * DMA adapters
 */

PVP_DMA_ADAPTER VideoPortGetDmaAdapter(PVOID HwDeviceExtension,
				       PVP_DEVICE_DESCRIPTION VpDeviceDescription)
{
	struct vpmem_call call = VPMEM_CALL();
	PVP_DMA_ADAPTER dma = NULL;

	if (vpmem_enter(HwDeviceExtension, &call) &&
	    vpmem_not_null(VpDeviceDescription, "VpDeviceDescription", &call) &&
	    vpmem_check_may_sleep(&call))
		dma = vpmem_dma_new(VpDeviceDescription, &call);
	vpmem_leave(&call);
	return dma;
}
EXPORT_SYMBOL_GPL(VideoPortGetDmaAdapter);

VOID VideoPortPutDmaAdapter(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);

	if (adapter && !VpDmaAdapter)
		vpmem_count_event(&call, VPMEM_EV_NULL_FREE);
	else if (adapter && vpmem_check_may_sleep(&call))
		vpmem_dma_put(VpDmaAdapter, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortPutDmaAdapter);

/*
 * Common buffers
 */

/* Largest size to try without reclaim first */
#define COMMON_LIGHT_MAX	SZ_1M

/*
 * End the use of the DMA adapter. The memory belongs to the device, so a parked buffer
 * neither keeps its DMA adapter nor needs it.
 */
static void common_unuse(struct vpmem_region *region)
{
	if (region->dma)
		vpmem_dma_unuse(region->dma);
	region->dma = NULL;
}

static void common_put(struct vpmem_region *region, void *memory)
{
	dma_free_coherent(region->adapter->dev, region->charged, memory, region->bus);
	common_unuse(region);
}

static const struct vpmem_backing common_light = {
	.name = "buddy",
	.may_sleep = true,
	.foreign = true,
	.parks = true,
	.park = common_unuse,
	.put = common_put,
};

/* Backing that waits. A CMA area is shared and small, so its memory is not parked. */
static const struct vpmem_backing common_heavy = {
	.name = "coherent",
	.may_sleep = true,
	.foreign = true,
	.parks = !IS_ENABLED(CONFIG_DMA_CMA),
	.park = common_unuse,
	.put = common_put,
};

/*
 * Free a range from the search, which has a streaming mapping. That is coherent if it
 * needs no sync: the device snoops the caches, and there is no bounce buffer.
 */
static void common_search_put(struct vpmem_region *region, void *memory)
{
	dma_unmap_page(region->adapter->dev, region->bus, region->charged,
		       DMA_BIDIRECTIONAL);
	vpmem_contig_search_free(memory, region->charged);
	common_unuse(region);
}

static const struct vpmem_backing common_search = {
	.name = "contig",
	.may_sleep = true,
	.foreign = true,
	.put = common_search_put,
};

/* Return the last bus address that a coherent buffer of the device may have. */
static u64 coherent_limit(const struct device *dev)
{
	return min_not_zero(dev->coherent_dma_mask, dev->bus_dma_limit);
}

static bool search_map(struct device *dev, void *memory, size_t bytes, dma_addr_t *bus)
{
	*bus = dma_map_page(dev, virt_to_page(memory), 0, bytes, DMA_BIDIRECTIONAL);
	if (dma_mapping_error(dev, *bus))
		return false;
	if (*bus + bytes - 1 <= coherent_limit(dev) && !dma_need_sync(dev, *bus))
		return true;
	dma_unmap_page(dev, *bus, bytes, DMA_BIDIRECTIONAL);
	return false;
}

static void *common_search_get(struct vpmem_region *region, struct device *dev, dma_addr_t *bus)
{
	const struct vpmem_contig_bounds bounds = { .highest = coherent_limit(dev) };
	void *memory = vpmem_contig_search(region->charged, &bounds);

	if (!memory || search_map(dev, memory, region->charged, bus))
		return memory;
	vpmem_contig_search_free(memory, region->charged);
	return NULL;
}

/* Arguments of an allocation */
struct common_request {
	PVP_DMA_ADAPTER dma;
	u32 length;
	PHYSICAL_ADDRESS *logical;
	bool cached;
	const struct vpmem_call *call;
};

/* Allocate from the cheapest backing that has the memory, see the head of this file. */
static void *common_memory(struct vpmem_region *region, const struct vpmem_dma *dma)
{
	void *memory = NULL;
	dma_addr_t bus;

	if (IS_ENABLED(CONFIG_DMA_CMA) && region->charged <= COMMON_LIGHT_MAX) {
		region->backing = &common_light;
		memory = dma_alloc_coherent(dma->dev, region->charged, &bus,
					    GFP_NOWAIT | __GFP_NOWARN);
	}
	if (!memory) {
		region->backing = &common_heavy;
		memory = dma_alloc_coherent(dma->dev, region->charged, &bus,
					    VPMEM_GFP_PASSIVE);
	}
	if (!memory && region->charged > PAGE_SIZE) {
		region->backing = &common_search;
		memory = common_search_get(region, dma->dev, &bus);
	}
	if (memory)
		region->bus = bus;
	return memory;
}

/* Set what a buffer's release is compared with, and tell the driver its bus address. */
static void common_assign(struct vpmem_region *region, const struct common_request *request)
{
	region->dma = request->dma;
	region->cached = request->cached;
	request->logical->QuadPart = region->bus;
}

/* Request, with the bounds of its DMA adapter */
struct common_source {
	const struct common_request *request;
	const struct vpmem_dma *dma;
};

static void *common_find(struct vpmem_region *region, const void *data)
{
	const struct common_source *source = data;
	const struct common_request *request = source->request;
	void *memory = common_memory(region, source->dma);

	if (!memory && vpmem_spare_free(region->adapter))
		memory = common_memory(region, source->dma);
	if (memory)
		common_assign(region, request);
	return memory;
}

/* Use a parked buffer, unless the device has got a stricter mask since. */
static void *common_parked(const struct vpmem_region_request *wanted,
			   const struct common_request *request, const struct device *dev)
{
	struct vpmem_region *region = vpmem_region_unpark(wanted);

	if (!region)
		return NULL;
	if (region->bus + region->charged - 1 > coherent_limit(dev)) {
		vpmem_region_repark(region);
		return NULL;
	}
	memset(vpmem_region_block(region), 0, region->charged);
	common_assign(region, request);
	return vpmem_region_revive(region);
}

static struct vpmem_slot *common_slot(const struct common_request *request)
{
	return vpmem_slot_get(request->call->adapter, VPMEM_OWN_TAG, VPMEM_COMMON);
}

/* Log the first of several failures in a row that have the same mask. */
static void common_failed(const struct common_request *request, struct device *dev)
{
	struct vpmem_adapter *adapter = request->call->adapter;

	if (!vpmem_failures_add(&adapter->contig->common, request->length,
				coherent_limit(dev))) {
		vpmem_count_event(request->call, VPMEM_EV_BAD_LIMIT);
		return;
	}
	vpmem_warn_misuse(request->call, VPMEM_EV_BAD_LIMIT,
			  "no %u contiguous bytes within DMA mask 0x%llx; %s",
			  request->length, coherent_limit(dev),
			  IS_ENABLED(CONFIG_DMA_CMA) ?
			  "reserve them with cma=SIZE on the kernel command line" :
			  "allocate earlier after boot, or use a kernel with CONFIG_DMA_CMA and cma=SIZE");
}

static void *common_region(const struct common_request *request,
			   const struct vpmem_dma *dma)
{
	const struct common_source source = { .request = request, .dma = dma };
	const struct vpmem_region_request wanted = {
		.slot = common_slot(request),
		.size = request->length,
		.align = PAGE_SIZE,
		.gfp = VPMEM_GFP_PASSIVE,
		.verify = static_branch_unlikely(&vpmem_verify),
		.call = request->call,
	};
	void *buffer = wanted.verify ? NULL : common_parked(&wanted, request, dma->dev);

	if (!buffer)
		buffer = vpmem_region_make(&wanted, common_find, &source);
	if (!buffer)
		common_failed(request, dma->dev);
	return buffer;
}

static bool common_is_possible(const struct common_request *request)
{
	if (!vpmem_not_null(request->logical, "LogicalAddress", request->call))
		return false;
	if (!vpmem_check_may_sleep(request->call)) {
		vpmem_slot_fail(common_slot(request), VPMEM_FAIL_CONTEXT);
		return false;
	}
	return true;
}

/*
 * Check the context before the DMA adapter, which is looked up under a lock that an NMI
 * must not wait for. The buffer uses the DMA adapter until its memory is freed.
 */
static void *common_buffer_alloc(const struct common_request *request)
{
	struct vpmem_dma dma;
	void *buffer;

	if (!common_is_possible(request))
		return NULL;
	if (!vpmem_dma_use(request->dma, request->call->adapter, &dma)) {
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_PARAMETER,
				  "%p is not a DMA adapter of this adapter", request->dma);
		return NULL;
	}
	buffer = common_region(request, &dma);
	if (!buffer)
		vpmem_dma_unuse(request->dma);
	else if (!request->length)
		vpmem_warn_misuse(request->call, VPMEM_EV_ZERO_LENGTH,
				  "zero bytes requested; a page is allocated");
	return buffer;
}

PVOID VideoPortAllocateCommonBuffer(PVOID HwDeviceExtension,
				    PVP_DMA_ADAPTER VpDmaAdapter,
				    ULONG DesiredLength,
				    PPHYSICAL_ADDRESS LogicalAddress,
				    BOOLEAN CacheEnabled, PVOID Reserved)
{
	struct vpmem_call call = VPMEM_CALL();
	const struct common_request request = {
		.dma = VpDmaAdapter,
		.length = DesiredLength,
		.logical = LogicalAddress,
		.cached = CacheEnabled,
		.call = &call,
	};
	void *buffer = NULL;

	if (vpmem_enter(HwDeviceExtension, &call))
		buffer = common_buffer_alloc(&request);
	vpmem_leave(&call);
	return buffer;
}
EXPORT_SYMBOL_GPL(VideoPortAllocateCommonBuffer);

/* Arguments of a release, to be compared with the buffer */
struct common_claim {
	const struct _VP_DMA_ADAPTER *dma;
	u64 bus;
	u32 length;
	bool cached;
	bool by_adapter;		/* otherwise any DMA adapter, and either length */
};

static const char *common_refuse(const struct vpmem_region *region, const void *data)
{
	const struct common_claim *claim = data;

	if (claim->by_adapter && region->dma != claim->dma)
		return "the DMA adapter differs";
	if (region->bus != claim->bus)
		return "the logical address differs";
	if (region->size != claim->length &&
	    (claim->by_adapter || region->charged != claim->length))
		return "the length differs";
	if (region->cached != claim->cached)
		return "CacheEnabled differs";
	return NULL;
}

static void common_release(void *extension, void *buffer, const struct common_claim *claim,
			   struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_enter(extension, call);
	const struct vpmem_region_wanted wanted = {
		.adapter = adapter,
		.block = buffer,
		.kinds = BIT(VPMEM_COMMON),
		.refuse = common_refuse,
		.data = claim,
	};
	const char *why = NULL;

	if (adapter)
		vpmem_region_release(&wanted, &why, call);
	if (why)
		vpmem_warn_misuse(call, VPMEM_EV_MISMATCH,
				  "common buffer %p: %s; left alone", buffer, why);
	vpmem_leave(call);
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

	common_release(HwDeviceExtension, VirtualAddress, &claim, &call);
}
EXPORT_SYMBOL_GPL(VideoPortReleaseCommonBuffer);

PVOID VideoPortGetCommonBuffer(PVOID HwDeviceExtension, ULONG DesiredLength,
			       ULONG Alignment, PPHYSICAL_ADDRESS LogicalAddress,
			       PULONG pActualLength, BOOLEAN CacheEnabled)
{
	struct vpmem_call call = VPMEM_CALL();
	struct common_request request = {
		.length = DesiredLength,
		.logical = LogicalAddress,
		.cached = CacheEnabled,
		.call = &call,
	};
	void *buffer = NULL;

	if (vpmem_enter(HwDeviceExtension, &call))
		request.dma = vpmem_dma_any(&call);
	if (request.dma)
		buffer = common_buffer_alloc(&request);
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

	common_release(HwDeviceExtension, VirtualAddress, &claim, &call);
}
EXPORT_SYMBOL_GPL(VideoPortFreeCommonBuffer);
