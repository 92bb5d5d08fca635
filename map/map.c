// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory and ports, mapped for the driver.
 *
 * A mapping is a region of device memory: it is found, shown and reclaimed as any other
 * region, but its content is never accessed. Ports are not mapped; the number of the
 * first one is both its address and its key in the table, where no block can collide.
 *
 * Mapping is serialized; unmapping is not, and works in any context. So the users of a
 * mapping are counted under the lock of the table. A driver may ask for the same mapping as often
 * as it likes, which needs no memory: the count saturates, and then the mapping stays.
 */
#include <linux/export.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/pci.h>
#include <linux/refcount.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "bus/claims.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/physical.h"
#include "core/tags.h"
#include "int10/realmode.h"
#include "map/map.h"
#include "mem/backing.h"
#include "mem/regions.h"
#include "vpmem.h"

#define KNOWN_FLAGS	(VIDEO_MEMORY_SPACE_IO | VIDEO_MEMORY_SPACE_USER_MODE | \
			 VIDEO_MEMORY_SPACE_DENSE | VIDEO_MEMORY_SPACE_P6CACHE)

/* Memory that an adapter can map outside of the resources of its device. */
#define FOREIGN_MAX	SZ_256M

static DEFINE_MUTEX(map_lock);		/* serializes mapping */

/*
 * Backings
 */

static void iounmap_put(struct vpmem_region *region, void *memory)
{
	iounmap((__force void __iomem *)memory);
}

static void port_put(struct vpmem_region *region, void *memory)
{
}

static const struct vpmem_backing by_ioremap = {
	.name = "ioremap",
	.may_sleep = true,
	.put = iounmap_put,
};

static const struct vpmem_backing by_ioremap_wc = {
	.name = "ioremap_wc",
	.may_sleep = true,
	.put = iounmap_put,
};

static void vunmap_put(struct vpmem_region *region, void *memory)
{
	vunmap((void *)((unsigned long)memory & PAGE_MASK));
}

static const struct vpmem_backing by_vmap = {
	.name = "vmap",
	.may_sleep = true,
	.memory = true,
	.put = vunmap_put,
};

static const struct vpmem_backing by_port = {
	.name = "port",
	.port = true,
	.put = port_put,
};

static const struct vpmem_backing *request_backing(const struct vpmem_map_request *request)
{
	if (request->flags & VIDEO_MEMORY_SPACE_IO)
		return &by_port;
	if (request->page)
		return &by_vmap;
	if (request->flags & VIDEO_MEMORY_SPACE_P6CACHE)
		return &by_ioremap_wc;
	return &by_ioremap;
}

/* Map RAM cached, as the direct map does: aliases must not differ in caching. */
static void *map_memory_pages(const struct vpmem_map_request *request)
{
	unsigned long offset = offset_in_page(request->start);
	unsigned int i, count = PFN_UP(offset + request->length);
	struct page **pages;
	void *memory = NULL;
	unsigned int flags;

	pages = vpmem_kvmalloc(array_size(count, sizeof(*pages)), VPMEM_GFP_PASSIVE);
	for (i = 0; pages && i < count; i++)
		pages[i] = request->page(request->start + i * PAGE_SIZE);
	flags = vpmem_no_oom_begin();
	if (pages)
		memory = vmap(pages, count, VM_MAP, PAGE_KERNEL);
	vpmem_no_oom_end(flags);
	kvfree(pages);
	return memory ? memory + offset : NULL;
}

static void *map_registers(const struct vpmem_map_request *request)
{
	unsigned int flags = vpmem_no_oom_begin();
	void __iomem *memory;

	if (request->flags & VIDEO_MEMORY_SPACE_P6CACHE)
		memory = ioremap_wc(request->start, request->length);
	else
		memory = ioremap(request->start, request->length);
	vpmem_no_oom_end(flags);
	return (__force void *)memory;
}

/* Map a request. Check for free memory: ioremap() and vmap() take no GFP flags. */
static void *request_memory(const struct vpmem_map_request *request)
{
	u64 tables = (request->length >> PAGE_SHIFT) * sizeof(pte_t);

	if (request->flags & VIDEO_MEMORY_SPACE_IO)
		return (void *)(unsigned long)request->start;
	if (!vpmem_memory_left(tables))
		return NULL;
	return request->page ? map_memory_pages(request) : map_registers(request);
}

/*
 * Existing mappings. These visitors run under the lock of the table.
 */

bool vpmem_map_is_memory(const struct vpmem_region *region)
{
	return region->backing == &by_ioremap || region->backing == &by_ioremap_wc;
}

static bool shares_a_page(const struct vpmem_region *region,
			  const struct vpmem_map_request *request)
{
	u64 last = region->bus + region->size - 1;

	return region->bus >> PAGE_SHIFT <= vpmem_map_last(request) >> PAGE_SHIFT &&
	       request->start >> PAGE_SHIFT <= last >> PAGE_SHIFT;
}

static enum vpmem_visit visit_shareable(struct vpmem_region *region, void *data)
{
	struct vpmem_map_request *request = data;

	if (region->backing != request_backing(request) || region->bus != request->start ||
	    region->size < request->length)
		return VPMEM_VISIT_ON;
	refcount_inc(&region->users);
	request->block = vpmem_region_block(region);
	return VPMEM_VISIT_END;
}

static enum vpmem_visit visit_conflict(struct vpmem_region *region, void *data)
{
	struct vpmem_map_request *request = data;

	if (!vpmem_map_is_memory(region) || region->backing == request_backing(request) ||
	    !shares_a_page(region, request))
		return VPMEM_VISIT_ON;
	request->found = true;
	return VPMEM_VISIT_END;
}

static enum vpmem_visit visit_own(struct vpmem_region *region, void *data)
{
	struct vpmem_map_request *request = data;
	struct page *page = vpmem_kernel_page(vpmem_region_block(region));
	u64 start = page ? page_to_phys(page) : 0;

	if (!page || request->start < start ||
	    vpmem_map_last(request) > start + region->charged - 1)
		return VPMEM_VISIT_ON;
	request->found = true;
	return VPMEM_VISIT_END;
}

/* Tell whether @visit finds a region of the kind, of @adapter or of all. */
bool vpmem_map_any(struct vpmem_map_request *request, struct vpmem_adapter *adapter,
		   enum vpmem_kind kind,
		   enum vpmem_visit (*visit)(struct vpmem_region *region, void *request))
{
	request->found = false;
	vpmem_regions_visit(adapter, kind, visit, request);
	return request->found;
}

static bool map_conflicts(struct vpmem_map_request *request)
{
	return vpmem_map_any(request, NULL, VPMEM_MAPPED, visit_conflict);
}

/*
 * Compare the caching with existing mappings of the same pages: with differing aliases a
 * CPU may lose or merge writes. P6CACHE is only a hint on Windows, so the existing mapping
 * decides.
 */
bool vpmem_map_cache_agrees(struct vpmem_map_request *request)
{
	bool possible;

	if (request->flags & VIDEO_MEMORY_SPACE_IO)
		return true;
	/* Finish the unmaps that atomic context has deferred. */
	vpmem_regions_flush();
	if (!map_conflicts(request))
		return true;
	request->flags ^= VIDEO_MEMORY_SPACE_P6CACHE;
	possible = !map_conflicts(request);
	vpmem_warn_misuse(request->call, VPMEM_EV_MISMATCH,
			  "memory 0x%llx, length 0x%llx is mapped %s P6CACHE already; %s",
			  request->start, request->length,
			  !possible ? "with and without" :
			  request->flags & VIDEO_MEMORY_SPACE_P6CACHE ? "with" : "without",
			  possible ? "mapped in the same way" : "refused");
	return possible;
}

/*
 * Mapping
 */

static struct vpmem_slot *map_slot(const struct vpmem_map_request *request)
{
	return vpmem_slot_get(request->call->adapter, VPMEM_OWN_TAG, VPMEM_MAPPED);
}

static void *map_region_memory(struct vpmem_region *region, const void *data)
{
	const struct vpmem_map_request *request = data;

	region->backing = request_backing(request);
	region->bus = request->start;
	refcount_set(&region->users, 1);
	region->foreign = request->foreign;
	if (region->backing == &by_port)
		region->charged = request->length;
	else
		region->charged = PAGE_ALIGN(offset_in_page(request->start) +
					     request->length);
	return request_memory(request);
}

static void *map_region(const struct vpmem_map_request *request)
{
	return vpmem_region_make(&(struct vpmem_region_request){
		.slot = map_slot(request),
		.size = request->length,
		.gfp = VPMEM_GFP_PASSIVE,
		.call = request->call,
	}, map_region_memory, request);
}

static enum vpmem_visit visit_foreign(struct vpmem_region *region, void *data)
{
	struct vpmem_map_request *request = data;

	if (region->foreign)
		request->foreign_bytes += region->size;
	return VPMEM_VISIT_ON;
}

/* Limit the kernel address space that a wrong length can take. */
static bool foreign_memory_fits(struct vpmem_map_request *request)
{
	request->foreign_bytes = request->length;
	vpmem_regions_visit(request->call->adapter, VPMEM_MAPPED, visit_foreign, request);
	if (request->foreign_bytes <= FOREIGN_MAX)
		return true;
	vpmem_warn_misuse(request->call, VPMEM_EV_BAD_RANGE,
			  "memory 0x%llx, length 0x%llx: outside of the device's resources, an adapter can map %u MiB; refused",
			  request->start, request->length, FOREIGN_MAX / SZ_1M);
	return false;
}

static bool range_is_acceptable(struct vpmem_map_request *request)
{
	struct resource range = vpmem_map_range(request);

	if (request->page || vpmem_owns_range(request->call->adapter, &range))
		return true;
	request->foreign = !(request->flags & VIDEO_MEMORY_SPACE_IO);
	if (request->foreign && !foreign_memory_fits(request))
		return false;
	if (dev_is_pci(request->call->adapter->dev) &&
	    !vpmem_claims_range(request->call->adapter, &range))
		vpmem_warn_misuse(request->call, VPMEM_EV_FOREIGN_RANGE,
				  "0x%llx, length 0x%llx is not a resource of the device; mapped anyway",
				  request->start, request->length);
	return true;
}

static VP_STATUS map_new(struct vpmem_map_request *request)
{
	if (!range_is_acceptable(request))
		return ERROR_INVALID_PARAMETER;
	request->block = map_region(request);
	return request->block ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

static VP_STATUS map_or_share(struct vpmem_map_request *request)
{
	VP_STATUS status = NO_ERROR;

	mutex_lock(&map_lock);
	if (request->page || vpmem_map_cache_agrees(request))
		vpmem_regions_visit(request->call->adapter, VPMEM_MAPPED, visit_shareable,
				    request);
	else
		status = ERROR_INVALID_PARAMETER;
	if (status == NO_ERROR && !request->block)
		status = map_new(request);
	mutex_unlock(&map_lock);
	return status;
}

static bool flags_are_possible(const struct vpmem_map_request *request)
{
	if (request->flags & ~KNOWN_FLAGS)
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_PARAMETER,
				  "InIoSpace 0x%x has undefined bits; ignored",
				  request->flags);
	if (request->flags & VIDEO_MEMORY_SPACE_USER_MODE)
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_PARAMETER,
				  "cannot map into a process; use vpmem_mmap() in the mmap operation of the driver's file");
	return !(request->flags & VIDEO_MEMORY_SPACE_USER_MODE);
}

static struct page *own_page(u64 physical)
{
	return pfn_to_page(PHYS_PFN(physical));
}

/*
 * Find RAM that may be mapped by its physical address: contiguous memory of the adapter,
 * and conventional memory as the video BIOS sees it. Drivers for Windows NT 4 pass the
 * arguments of the BIOS there.
 */
static struct page *(*request_page(struct vpmem_map_request *request))(u64 physical)
{
	if (!request->length || request->flags & VIDEO_MEMORY_SPACE_IO)
		return NULL;
	if (vpmem_realmode_has(request->start, request->length))
		return vpmem_realmode_page;
	return vpmem_map_any(request, request->call->adapter, VPMEM_CONTIG, visit_own) ?
	       own_page : NULL;
}

static VP_STATUS map_get(struct vpmem_map_request *request)
{
	if (!vpmem_check_may_sleep(request->call)) {
		vpmem_slot_fail(map_slot(request), VPMEM_FAIL_CONTEXT);
		return ERROR_NOT_ENOUGH_MEMORY;
	}
	if (!flags_are_possible(request))
		return ERROR_INVALID_PARAMETER;
	request->page = request_page(request);
	if (!vpmem_map_is_possible(request))
		return ERROR_INVALID_PARAMETER;
	return map_or_share(request);
}

PVOID VideoPortGetDeviceBase(PVOID HwDeviceExtension, PHYSICAL_ADDRESS IoAddress,
			     ULONG NumberOfUchars, UCHAR InIoSpace)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_map_request request = {
		.start = IoAddress.QuadPart,
		.length = NumberOfUchars,
		.flags = InIoSpace,
		.call = &call,
	};

	if (vpmem_enter(HwDeviceExtension, &call))
		map_get(&request);
	vpmem_leave(&call);
	return request.block;
}
EXPORT_SYMBOL_GPL(VideoPortGetDeviceBase);

/* Map a range; its flags are those of VideoPortMapMemory(). */
void *vpmem_map(const struct vpmem_mapping *mapping, const struct vpmem_call *call)
{
	struct vpmem_map_request request = {
		.start = mapping->start,
		.length = mapping->length,
		.flags = mapping->flags,
		.call = call,
	};

	map_get(&request);
	return request.block;
}

static const char *null_argument(const ULONG *length, const ULONG *flags, PVOID *address)
{
	if (!length)
		return "Length";
	if (!flags)
		return "InIoSpace";
	return address ? NULL : "VirtualAddress";
}

VP_STATUS VideoPortMapMemory(PVOID HwDeviceExtension,
			     PHYSICAL_ADDRESS PhysicalAddress, PULONG Length,
			     PULONG InIoSpace, PVOID *VirtualAddress)
{
	const char *missing = null_argument(Length, InIoSpace, VirtualAddress);
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_map_request request = {
		.start = PhysicalAddress.QuadPart,
		.call = &call,
	};
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (!missing) {
		request.length = *Length;
		request.flags = *InIoSpace;
		/* Map for the process: a handle has the same meaning as the flag. */
		if (*VirtualAddress)
			request.flags |= VIDEO_MEMORY_SPACE_USER_MODE;
	}
	if (vpmem_enter(HwDeviceExtension, &call) && missing)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER, "%s is NULL", missing);
	else if (call.adapter)
		status = map_get(&request);
	if (VirtualAddress)
		*VirtualAddress = request.block;
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortMapMemory);

VP_STATUS VideoPortMapBankedMemory(PVOID HwDeviceExtension,
				   PHYSICAL_ADDRESS PhysicalAddress, PULONG Length,
				   PULONG InIoSpace, PVOID *VirtualAddress,
				   ULONG BankLength, UCHAR ReadWriteBank,
				   PBANKED_SECTION_ROUTINE BankRoutine,
				   PVOID Context)
{
	struct vpmem_call call = VPMEM_CALL();

	if (vpmem_enter(HwDeviceExtension, &call))
		vpmem_warn_misuse(&call, VPMEM_EV_UNSUPPORTED,
				  "switching banks by page faults is not supported");
	vpmem_leave(&call);
	return ERROR_INVALID_FUNCTION;
}
EXPORT_SYMBOL_GPL(VideoPortMapBankedMemory);

/*
 * Unmapping
 */

struct map_drop {
	struct vpmem_adapter *adapter;	/* NULL for any, of device memory */
	const void *address;
	bool exact;			/* has to be the start of the mapping */
	bool found;
};

static enum vpmem_visit visit_drop(struct vpmem_region *region, void *data)
{
	struct map_drop *drop = data;

	if (region->slot->kind != VPMEM_MAPPED ||
	    (!drop->adapter && region->backing == &by_port) ||
	    (drop->exact && vpmem_region_block(region) != drop->address))
		return VPMEM_VISIT_ON;
	drop->found = true;
	return refcount_dec_and_test(&region->users) ? VPMEM_VISIT_REMOVE : VPMEM_VISIT_END;
}

static bool map_drop(const void *address, bool exact, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct map_drop drop = {
		.adapter = adapter,
		.address = address,
		.exact = exact,
	};
	struct vpmem_region *region;

	region = vpmem_regions_visit_at(adapter, address, visit_drop, &drop);

	if (region)
		vpmem_region_free(region, call);
	return drop.found;
}

static bool map_put(const void *address, bool exact, const struct vpmem_call *call)
{
	if (!vpmem_check_release(address, call))
		return false;
	if (map_drop(address, true, call))
		return true;
	if (!exact && map_drop(address, false, call))
		return true;
	vpmem_region_explain(address, call);
	return false;
}

/* Unmap a mapping of any adapter. */
void vpmem_unmap(void *address, const struct vpmem_call *call)
{
	map_put(address, true, call);
}

VOID VideoPortFreeDeviceBase(PVOID HwDeviceExtension, PVOID MappedAddress)
{
	struct vpmem_call call = VPMEM_CALL();

	if (vpmem_enter(HwDeviceExtension, &call))
		map_put(MappedAddress, true, &call);
	vpmem_leave(&call);
}
EXPORT_SYMBOL_GPL(VideoPortFreeDeviceBase);

VP_STATUS VideoPortUnmapMemory(PVOID HwDeviceExtension, PVOID VirtualAddress,
			       HANDLE ProcessHandle)
{
	struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter = vpmem_enter(HwDeviceExtension, &call);
	bool done = false;

	if (adapter && ProcessHandle)
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_PARAMETER,
				  "ProcessHandle is %p, but no mapping belongs to a process",
				  ProcessHandle);
	else if (adapter)
		done = map_put(VirtualAddress, false, &call);
	vpmem_leave(&call);
	return done ? NO_ERROR : ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortUnmapMemory);

/*
 * Lookup
 */

struct map_find {
	const void *address;
	struct vpmem_mapping *mapping;
};

static enum vpmem_visit visit_find(struct vpmem_region *region, void *data)
{
	const struct map_find *find = data;
	unsigned long inside = find->address - vpmem_region_block(region);

	if (region->slot->kind != VPMEM_MAPPED || !vpmem_map_is_memory(region))
		return VPMEM_VISIT_ON;
	find->mapping->start = region->bus + inside;
	find->mapping->length = region->size - inside;
	find->mapping->flags = region->backing == &by_ioremap_wc ?
			       VIDEO_MEMORY_SPACE_P6CACHE : VIDEO_MEMORY_SPACE_MEMORY;
	return VPMEM_VISIT_GET;
}

/*
 * Look up the device memory that the adapter has mapped at @address. It stays mapped until
 * the caller drops the returned region. Return NULL if there is none.
 */
struct vpmem_region *vpmem_map_get(struct vpmem_adapter *adapter, const void *address,
				   struct vpmem_mapping *mapping)
{
	struct map_find find = {
		.address = address,
		.mapping = mapping,
	};

	return vpmem_regions_visit_at(adapter, address, visit_find, &find);
}
