// SPDX-License-Identifier: GPL-2.0-only
/*
 * Packet DMA: operations on locked buffers.
 *
 * The scatter/gather list for the device is the block of a region, as the MDL is (mdl.c).
 * An operation has a reference to its MDL, which cannot be unlocked meanwhile.
 */
#include <linux/bottom_half.h>
#include <linux/dma-mapping.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/pfn.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/trace.h"
#include "dma/adapter.h"
#include "dma/mdl.h"
#include "mem/backing.h"
#include "mem/regions.h"
#include "vpmem.h"

/*
 * Transfers: parts of a locked buffer, mapped for a device
 */

struct transfer {
	struct device *dev;
	struct vpmem_mdl *mdl;
	u32 offset;			/* in the buffer */
	u32 length;
	enum dma_data_direction direction;
	struct sg_table table;
};

/* Return the maximum segment: that of the device, and of SWIOTLB, in whole pages. */
static unsigned int segment_bound(struct device *dev)
{
	size_t bound = min_t(size_t, dma_get_max_seg_size(dev),
			     dma_max_mapping_size(dev));

	return max_t(size_t, bound & PAGE_MASK, PAGE_SIZE);
}

/* Make a table of segments of the same size, each of pages that follow each other. */
static int even_table(struct transfer *transfer, struct page **pages, unsigned int offset,
		      unsigned int segment)
{
	u64 length = (u64)offset + transfer->length;
	unsigned int left = transfer->length, part, i;
	struct scatterlist *sg;
	int err;

	err = sg_alloc_table(&transfer->table, DIV_ROUND_UP_ULL(length, segment),
			     vpmem_gfp());
	if (err)
		return err;
	for_each_sgtable_sg(&transfer->table, sg, i) {
		part = min(left, segment - offset);
		sg_set_page(sg, pages[(size_t)i * (segment >> PAGE_SHIFT)], part, offset);
		left -= part;
		offset = 0;
	}
	return 0;
}

/* Make the table. The kernel compares all pages twice, so do it only where it must. */
static int transfer_table(struct transfer *transfer)
{
	const struct vpmem_mdl *mdl = transfer->mdl;
	size_t start = (size_t)mdl->offset + transfer->offset;
	size_t first = start >> PAGE_SHIFT;
	size_t end = PFN_UP((u64)start + transfer->length);
	struct page **pages = transfer->mdl->pages + first;
	unsigned int offset = offset_in_page(start), segment;

	transfer->table = (struct sg_table){};
	if (mdl->layout == VPMEM_MDL_APART)
		return even_table(transfer, pages, offset, PAGE_SIZE);
	segment = segment_bound(transfer->dev);
	if (mdl->layout == VPMEM_MDL_RANGE)
		return even_table(transfer, pages, offset, segment);
	return vpmem_sg_table(&transfer->table, pages, end - first, offset,
			      transfer->length, segment, vpmem_gfp());
}

static int transfer_map_all(struct transfer *transfer)
{
	int err = transfer_table(transfer);

	if (!err)
		err = dma_map_sgtable(transfer->dev, &transfer->table,
				      transfer->direction, DMA_ATTR_NO_WARN);
	if (err)
		sg_free_table(&transfer->table);
	return err;
}

static void transfer_unmap(struct transfer *transfer, unsigned long attrs)
{
	dma_unmap_sgtable(transfer->dev, &transfer->table, transfer->direction, attrs);
	sg_free_table(&transfer->table);
}

/* Unmap a transfer that was not started, so that bounce buffers are not copied back. */
static void transfer_undo(struct transfer *transfer)
{
	transfer_unmap(transfer, DMA_ATTR_SKIP_CPU_SYNC);
}

/* Map a transfer: only the result shows whether the device sees one segment. */
static int transfer_map(struct transfer *transfer, bool scatter_gather)
{
	unsigned int piece;
	int err;

	for (;;) {
		err = transfer_map_all(transfer);
		if (err || scatter_gather || transfer->table.nents == 1)
			return err;
		piece = sg_dma_len(transfer->table.sgl);
		transfer_undo(transfer);
		transfer->length = piece;
	}
}

/*
 * Operations: transfers, which the driver identifies by their scatter/gather list
 */

struct operation {
	VP_DMA_ADAPTER *dma;
	struct vpmem_region *locked;
	struct transfer transfer;
	bool mapped;
	VP_SCATTER_GATHER_LIST list;
};

/* Arguments of VideoPortStartDma() */
struct order {
	VP_DMA_ADAPTER *dma;
	void *mdl;
	u32 offset;
	u32 length;
	bool to_device;
	const struct vpmem_call *call;
};

static enum dma_data_direction direction_of(bool to_device)
{
	return to_device ? DMA_TO_DEVICE : DMA_FROM_DEVICE;
}

static void operation_unmap(struct operation *operation)
{
	if (!operation->mapped)
		return;
	operation->mapped = false;
	transfer_unmap(&operation->transfer, 0);
	vpmem_region_put(operation->locked);
	vpmem_dma_unuse(operation->dma);
}

static void operation_put(struct vpmem_region *region, void *memory)
{
	operation_unmap(memory);
	kvfree(memory);
}

static const struct vpmem_backing operation_light = {
	.name = "kmalloc",
	.handle = true,
	.put = operation_put,
};

static const struct vpmem_backing operation_heavy = {
	.name = "vmalloc",
	.may_sleep = true,
	.handle = true,
	.put = operation_put,
};

static struct operation *operation_memory(const struct transfer *transfer)
{
	struct operation *operation;
	size_t size = struct_size(operation, list.Elements, transfer->table.nents);

	operation = vpmem_kvmalloc(size, vpmem_gfp());
	if (operation)
		operation->transfer = *transfer;
	return operation;
}

/* Fill the list. Unlike for_each_sgtable_dma_sg(), do so without a call for each entry. */
static void list_fill(VP_SCATTER_GATHER_LIST *list, const struct sg_table *table)
{
	VP_SCATTER_GATHER_ELEMENT *element = list->Elements;
	struct scatterlist *sg = table->sgl;
	unsigned int left = table->nents;

	list->NumberOfElements = left;
	list->Reserved = 0;
	while (left) {
		for (; left && !sg_is_chain(sg); left--, sg++, element++) {
			element->Address.QuadPart = sg_dma_address(sg);
			element->Length = sg_dma_len(sg);
			element->Reserved = 0;
		}
		if (left)
			sg = sg_chain_ptr(sg);
	}
}

static struct operation *operation_new(const struct transfer *transfer,
				       const struct order *order,
				       struct vpmem_region *locked)
{
	struct vpmem_region *region = vpmem_handle_new(VPMEM_SG_LIST, transfer->length,
						       vpmem_gfp(), order->call);
	struct operation *operation = operation_memory(transfer);

	if (!region || !operation) {
		vpmem_region_abandon(region);
		kvfree(operation);
		return NULL;
	}
	operation->dma = order->dma;
	operation->locked = locked;
	operation->mapped = true;
	list_fill(&operation->list, &operation->transfer.table);
	region->backing = is_vmalloc_addr(operation) ? &operation_heavy :
						     &operation_light;
	region->offset = offsetof(struct operation, list);
	region->dma = order->dma;
	vpmem_region_publish(region, operation);
	return operation;
}

/* Check that the requested part lies in the MDL and may be transferred in this direction. */
static const char *part_refuse(const struct vpmem_region *region, const void *data)
{
	const struct vpmem_mdl *mdl = vpmem_region_block(region);
	const struct order *order = data;

	if (!order->length)
		return "the length is zero";
	if ((u64)order->offset + order->length > region->size)
		return "offset and length end beyond the buffer";
	if (mdl->pinned && !mdl->writable && !order->to_device)
		return "the buffer is locked for reading only";
	return NULL;
}

static struct vpmem_region *order_get_mdl(const struct order *order)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = order->call->adapter,
		.block = order->mdl,
		.kinds = BIT(VPMEM_MDL),
		.refuse = part_refuse,
		.data = order,
	};
	struct vpmem_region *locked;
	const char *why;

	locked = vpmem_region_get(&wanted, &why);
	if (!locked && why)
		vpmem_warn_misuse(order->call, VPMEM_EV_BAD_PARAMETER, "MDL %p: %s",
				  order->mdl, why);
	else if (!locked)
		vpmem_region_explain(order->mdl, order->call);
	return locked;
}

static struct operation *order_map(const struct order *order,
				   const struct vpmem_dma *dma,
				   struct vpmem_region *locked)
{
	struct transfer transfer = {
		.dev = dma->dev,
		.mdl = vpmem_region_block(locked),
		.offset = order->offset,
		.length = min(order->length, dma->maximum_length),
		.direction = direction_of(order->to_device),
	};
	struct operation *operation = NULL;

	if (!transfer_map(&transfer, dma->scatter_gather)) {
		operation = operation_new(&transfer, order, locked);
		if (!operation)
			transfer_undo(&transfer);
	}
	if (!operation)
		vpmem_slot_fail(vpmem_slot_get(order->call->adapter, VPMEM_OWN_TAG,
					       VPMEM_SG_LIST), VPMEM_FAIL_MEMORY);
	return operation;
}

static VP_STATUS order_take(const struct order *order, struct operation **operation)
{
	struct vpmem_region *locked;
	struct vpmem_dma dma;

	if (!vpmem_dma_use(order->dma, order->call->adapter, &dma)) {
		vpmem_warn_misuse(order->call, VPMEM_EV_BAD_PARAMETER,
				  "%p is not a DMA adapter of this adapter", order->dma);
		return ERROR_INVALID_PARAMETER;
	}
	locked = order_get_mdl(order);
	if (locked) {
		*operation = order_map(order, &dma, locked);
		if (*operation)
			return NO_ERROR;
		vpmem_region_put(locked);
	}
	vpmem_dma_unuse(order->dma);
	return locked ? ERROR_NOT_ENOUGH_MEMORY : ERROR_INVALID_PARAMETER;
}

static const char *start_fault(const void *length, const void *execute)
{
	if (in_nmi())
		return "called in an NMI";
	if (vpmem_locks_sleep())
		return "called with interrupts off, under PREEMPT_RT";
	if (!length)
		return "pLength is NULL";
	return execute ? NULL : "ExecuteDmaRoutine is NULL";
}

/*
 * Call the driver at DISPATCH_LEVEL, with softirqs disabled, unless interrupts are off
 * already. The driver may complete the operation in its routine.
 */
static void operation_execute(struct operation *operation, void *extension,
			      EXECUTE_DMA *execute, void *context)
{
	bool masked = irqs_disabled();

	if (!masked)
		local_bh_disable();
	execute(extension, operation->dma, &operation->list, context);
	if (!masked)
		local_bh_enable();
}

VP_STATUS VideoPortStartDma(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			    PVOID Mdl, ULONG Offset, PULONG pLength,
			    PEXECUTE_DMA ExecuteDmaRoutine, PVOID Context,
			    BOOLEAN WriteToDevice)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	const char *fault = start_fault(pLength, ExecuteDmaRoutine);
	const struct order order = {
		.dma = VpDmaAdapter,
		.mdl = Mdl,
		.offset = Offset,
		.length = pLength ? *pLength : 0,
		.to_device = WriteToDevice,
		.call = &call,
	};
	VP_STATUS status = ERROR_INVALID_PARAMETER;
	struct operation *operation = NULL;

	if (adapter && fault)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER, "%s", fault);
	else if (adapter)
		status = order_take(&order, &operation);
	if (pLength)
		*pLength = operation ? operation->transfer.length : 0;
	if (operation)
		trace_dma_map(adapter, &operation->list, operation->transfer.length,
			      operation->list.NumberOfElements, WriteToDevice, call.caller);
	if (operation)
		operation_execute(operation, HwDeviceExtension, ExecuteDmaRoutine,
				  Context);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortStartDma);

static struct operation *list_operation(void *list)
{
	return container_of(list, struct operation, list);
}

static const char *completion_refuse(const struct vpmem_region *region,
				     const void *data)
{
	const struct operation *operation = list_operation(vpmem_region_block(region));
	const struct order *order = data;

	if (operation->dma != order->dma)
		return "the DMA adapter differs";
	if (operation->transfer.direction != direction_of(order->to_device))
		return "WriteToDevice differs";
	return NULL;
}

static void complete_trace(const struct order *order, const struct operation *operation)
{
	trace_dma_unmap(order->call->adapter, &operation->list, operation->transfer.length,
			operation->list.NumberOfElements, order->to_device,
			order->call->caller);
}

/* Complete an operation: sync the data for the CPU now, free the rest later. */
static void operation_complete(const struct order *order, void *list)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = order->call->adapter,
		.block = list,
		.kinds = BIT(VPMEM_SG_LIST),
		.refuse = completion_refuse,
		.data = order,
	};
	struct vpmem_region *region;
	const char *why;

	if (!vpmem_check_release(list, order->call))
		return;
	region = vpmem_region_remove(&wanted, &why);
	if (region) {
		complete_trace(order, list_operation(list));
		operation_unmap(list_operation(list));
		vpmem_region_free(region, order->call);
	} else if (why) {
		vpmem_warn_misuse(order->call, VPMEM_EV_MISMATCH,
				  "list %p: %s; left mapped", list, why);
	} else {
		vpmem_region_explain(list, order->call);
	}
}

VP_STATUS VideoPortCompleteDma(PVOID HwDeviceExtension, PVP_DMA_ADAPTER VpDmaAdapter,
			       PVP_SCATTER_GATHER_LIST VpScatterGather,
			       BOOLEAN WriteToDevice)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	const struct order order = {
		.dma = VpDmaAdapter,
		.to_device = WriteToDevice,
		.call = &call,
	};

	if (adapter)
		operation_complete(&order, VpScatterGather);
	vpmem_leave(&call);
	return NO_ERROR;
}
EXPORT_SYMBOL_GPL(VideoPortCompleteDma);
