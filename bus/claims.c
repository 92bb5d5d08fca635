// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ownership of memory and ports: an adapter owns those of its PCI device, those of VGA,
 * and those that it has claimed.
 *
 * A claim is a range that the driver has passed to VideoPortVerifyAccessRanges();
 * mappings are compared with it. Only the parts that the adapter does not own otherwise
 * are requested from Linux: the rest is owned by the PCI driver or by the console.
 */
#include <linux/export.h>
#include <linux/ioport.h>
#include <linux/overflow.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "bus/claims.h"
#include "bus/pci.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"
#include "core/nofault.h"
#include "include/vpmem-port.h"

/* Limit of claims, above the number that any driver has */
#define CLAIMS_MAX	256

/* Legacy VGA ranges, which every display adapter may decode */
static struct resource legacy[] = {
	DEFINE_RES_MEM(0xa0000, 0x60000),
	DEFINE_RES_IO(0x3b0, 0x30),
};

/* Tell whether all of @range is legacy VGA, or a resource of the device. */
bool vpmem_owns_range(const struct vpmem_adapter *adapter, struct resource *range)
{
	struct pci_dev *pdev = vpmem_bus_pci(adapter);
	int i;

	for (i = 0; i < ARRAY_SIZE(legacy); i++)
		if (resource_contains(&legacy[i], range))
			return true;
	for (i = 0; pdev && i <= PCI_ROM_RESOURCE; i++)
		if (resource_contains(&pdev->resource[i], range))
			return true;
	return false;
}

struct claim {
	struct list_head node;
	struct resource range;
	bool requested;			/* from Linux; otherwise only recorded */
};

/* Claims of an adapter */
struct vpmem_claims {
	struct mutex lock;		/* guards the list, and requests to Linux */
	struct list_head list;
};

int vpmem_claims_attach(struct vpmem_adapter *adapter)
{
	struct vpmem_claims *claims = vpmem_adapter_zalloc(adapter, sizeof(*claims));

	if (!claims)
		return -ENOMEM;
	mutex_init(&claims->lock);
	INIT_LIST_HEAD(&claims->list);
	adapter->claims = claims;
	return 0;
}

/* Tell whether one claim of the driver covers all of @range. */
bool vpmem_claims_range(struct vpmem_adapter *adapter, struct resource *range)
{
	struct vpmem_claims *claims = adapter->claims;
	struct claim *claim;
	bool found = false;

	mutex_lock(&claims->lock);
	list_for_each_entry(claim, &claims->list, node)
		found |= resource_contains(&claim->range, range);
	mutex_unlock(&claims->lock);
	return found;
}

/* Tell whether a range is memory beyond that of VGA, and has an address. */
static bool is_own_memory(const struct resource *range)
{
	return resource_type(range) == IORESOURCE_MEM && !(range->flags & IORESOURCE_UNSET) &&
	       range->start > legacy[0].end && range->end > range->start;
}

/*
 * List the memory of the adapter's own above the first megabyte: that of its device, and
 * what it has claimed from Linux. Return the number of ranges, at most @most.
 */
unsigned int vpmem_owned_memory(struct vpmem_adapter *adapter, struct resource *to,
				unsigned int most)
{
	struct pci_dev *pdev = vpmem_bus_pci(adapter);
	unsigned int count = 0;
	struct claim *claim;
	int i;

	for (i = 0; pdev && i < PCI_STD_NUM_BARS && count < most; i++)
		if (is_own_memory(&pdev->resource[i]))
			to[count++] = pdev->resource[i];
	mutex_lock(&adapter->claims->lock);
	list_for_each_entry(claim, &adapter->claims->list, node)
		if (count < most && claim->requested && is_own_memory(&claim->range))
			to[count++] = claim->range;
	mutex_unlock(&adapter->claims->lock);
	return count;
}

static struct resource *earlier(struct resource *first, struct resource *other,
				const struct resource *range)
{
	if (resource_type(other) != resource_type(range) ||
	    other->flags & IORESOURCE_UNSET ||
	    other->start > range->end || other->end < range->start ||
	    (first && first->start <= other->start))
		return first;
	return other;
}

/* Find the lowest part of @range that is owned already, and not requested. */
static struct resource *first_own(struct vpmem_adapter *adapter,
				  const struct resource *range)
{
	struct pci_dev *pdev = vpmem_bus_pci(adapter);
	struct resource *first = NULL;
	struct claim *claim;
	int i;

	for (i = 0; i < ARRAY_SIZE(legacy); i++)
		first = earlier(first, &legacy[i], range);
	for (i = 0; pdev && i <= PCI_ROM_RESOURCE; i++)
		first = earlier(first, &pdev->resource[i], range);
	list_for_each_entry(claim, &adapter->claims->list, node)
		if (claim->requested)
			first = earlier(first, &claim->range, range);
	return first;
}

/*
 * Claims. The lock is held from here on.
 */

static void claims_drop(struct vpmem_adapter *adapter)
{
	struct claim *claim, *next;

	list_for_each_entry_safe(claim, next, &adapter->claims->list, node) {
		if (!claim->requested)
			;
		else if (claim->range.flags & IORESOURCE_IO)
			release_region(claim->range.start, resource_size(&claim->range));
		else
			release_mem_region(claim->range.start,
					   resource_size(&claim->range));
		kfree(claim);
	}
	INIT_LIST_HEAD(&adapter->claims->list);
}

static struct claim *claim_add(struct vpmem_adapter *adapter,
			       const struct resource *range)
{
	struct claim *claim = kzalloc(sizeof(*claim), VPMEM_GFP_PASSIVE);

	if (claim) {
		claim->range = *range;
		list_add(&claim->node, &adapter->claims->list);
	}
	return claim;
}

static VP_STATUS claim_request(const struct resource *range, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	bool ports = range->flags & IORESOURCE_IO;
	struct claim *claim = claim_add(adapter, range);
	unsigned int flags;

	if (!claim)
		return ERROR_NOT_ENOUGH_MEMORY;
	flags = vpmem_no_oom_begin();
	claim->requested = ports ?
		!!request_region(range->start, resource_size(range), adapter->name) :
		!!request_mem_region(range->start, resource_size(range), adapter->name);
	vpmem_no_oom_end(flags);
	if (claim->requested)
		return NO_ERROR;
	vpmem_warn_misuse(call, VPMEM_EV_BUSY, "%s %pa to %pa is owned by another driver; refused",
			  ports ? "port" : "memory", &range->start, &range->end);
	return ERROR_INVALID_PARAMETER;
}

/* Request the parts of a claim that the adapter does not own. */
static VP_STATUS claim_rest(struct resource rest, const struct vpmem_call *call)
{
	VP_STATUS status = NO_ERROR;
	struct resource *own, gap;

	do {
		own = first_own(call->adapter, &rest);
		gap = rest;
		if (own)
			gap.end = own->start - 1;
		/* Skip an empty part, and a wrapped one: own->start may be 0. */
		if (!own || own->start > rest.start)
			status = claim_request(&gap, call);
		if (own)
			rest.start = own->end + 1;
	} while (status == NO_ERROR && own && rest.start && rest.start <= rest.end);
	return status;
}

static bool claim_is_possible(const VIDEO_ACCESS_RANGE *range,
			      const struct vpmem_call *call)
{
	bool ports = range->RangeInIoSpace & VIDEO_MEMORY_SPACE_IO;
	u64 start = range->RangeStart.QuadPart, last = start + range->RangeLength - 1;

	if (last >= start && last <= (ports ? ioport_resource.end : iomem_resource.end))
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_RANGE,
			  "%s 0x%llx, length 0x%x: it ends beyond the last address; refused",
			  ports ? "port" : "memory", start, range->RangeLength);
	return false;
}

/* Claim a range. Skip empty entries, which tables of fixed length have. */
static VP_STATUS claim_one(const VIDEO_ACCESS_RANGE *wanted, const struct vpmem_call *call)
{
	u64 start = wanted->RangeStart.QuadPart;
	struct resource range = {
		.start = start,
		.end = start + wanted->RangeLength - 1,
		.flags = wanted->RangeInIoSpace & VIDEO_MEMORY_SPACE_IO ?
			 IORESOURCE_IO : IORESOURCE_MEM,
	};

	if (!wanted->RangeLength)
		return NO_ERROR;
	if (!claim_is_possible(wanted, call))
		return ERROR_INVALID_PARAMETER;
	if (!claim_add(call->adapter, &range))
		return ERROR_NOT_ENOUGH_MEMORY;
	return wanted->RangeShareable ? NO_ERROR : claim_rest(range, call);
}

static VP_STATUS claim_all(const VIDEO_ACCESS_RANGE *range, u32 count,
			   const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	VP_STATUS status = NO_ERROR;
	u32 i;

	mutex_lock(&adapter->claims->lock);
	claims_drop(adapter);
	for (i = 0; i < count && status == NO_ERROR; i++)
		status = claim_one(&range[i], call);
	if (status != NO_ERROR)
		claims_drop(adapter);
	mutex_unlock(&adapter->claims->lock);
	return status;
}

void vpmem_claims_detach(struct vpmem_adapter *adapter)
{
	mutex_lock(&adapter->claims->lock);
	claims_drop(adapter);
	mutex_unlock(&adapter->claims->lock);
}

static VP_STATUS claim_copy(const VIDEO_ACCESS_RANGE *range, u32 count,
			    const struct vpmem_call *call)
{
	const size_t size = array_size(count, sizeof(*range));
	VIDEO_ACCESS_RANGE *copy = kmalloc(size, VPMEM_GFP_PASSIVE);
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (!copy)
		return ERROR_NOT_ENOUGH_MEMORY;
	if (vpmem_copy_from_unknown(copy, range, size) == size)
		status = claim_all(copy, count, call);
	else
		vpmem_warn_misuse(call, VPMEM_EV_BAD_POINTER,
				  "AccessRanges %p, NumAccessRanges %u: not readable; refused",
				  range, count);
	kfree(copy);
	return status;
}

static VP_STATUS verify_ranges(const VIDEO_ACCESS_RANGE *range, u32 count,
			       const struct vpmem_call *call)
{
	if (!vpmem_check_may_sleep(call) ||
	    (count && !vpmem_not_null(range, "AccessRanges", call)))
		return ERROR_INVALID_PARAMETER;
	if (count > CLAIMS_MAX) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_SIZE,
				  "NumAccessRanges %u exceeds %d; refused",
				  count, CLAIMS_MAX);
		return ERROR_INVALID_PARAMETER;
	}
	return claim_copy(range, count, call);
}

VP_STATUS VideoPortVerifyAccessRanges(PVOID HwDeviceExtension, ULONG NumAccessRanges,
				      PVIDEO_ACCESS_RANGE AccessRanges)
{
	struct vpmem_call call = VPMEM_CALL();
	VP_STATUS status = ERROR_INVALID_PARAMETER;

	if (vpmem_enter(HwDeviceExtension, &call))
		status = verify_ranges(AccessRanges, NumAccessRanges, &call);
	vpmem_leave(&call);
	return status;
}
EXPORT_SYMBOL_GPL(VideoPortVerifyAccessRanges);
