// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ranges that can be mapped by any caller: device memory, or ports.
 */
#include <linux/mm.h>
#include <linux/pfn.h>

#include "core/compat.h"
#include "core/log.h"
#include "map/map.h"
#include "vpmem.h"

static const char *port_fault(const struct vpmem_map_request *request)
{
	if (!VPMEM_HAS_PORTS)
		return "this architecture has no ports";
	if (vpmem_map_last(request) > ioport_resource.end)
		return "it ends beyond the last port";
	return request->start ? NULL : "port 0 would be returned as NULL";
}

/* Check what ioremap() would refuse with a warning and a stack trace. */
static const char *memory_fault(const struct vpmem_map_request *request)
{
	if (vpmem_map_last(request) > iomem_resource.end)
		return "it ends beyond what the CPU can address";
	if (request->page)
		return NULL;
	if (region_intersects(request->start, request->length, IORESOURCE_SYSTEM_RAM,
			      IORES_DESC_NONE) != REGION_DISJOINT)
		return "it is memory of the system";
	if (!IS_ENABLED(CONFIG_INDIRECT_IOMEM))
		return NULL;
	/*
	 * User-mode Linux lists no memory, and from 6.12 on an emulated bus that it overlaps.
	 * Accept only emulated devices behind the memory.
	 */
	if (pfn_valid(PHYS_PFN(request->start)))
		return "it is memory of the system";
	if (region_intersects(request->start, request->length, IORESOURCE_MEM,
			      IORES_DESC_NONE) != REGION_INTERSECTS)
		return "no device is there";
	return NULL;
}

/* Return the reason why a range cannot be mapped, or NULL. */
static const char *request_fault(const struct vpmem_map_request *request)
{
	if (vpmem_map_last(request) < request->start)
		return "it ends beyond the last address";
	if (request->flags & VIDEO_MEMORY_SPACE_IO)
		return port_fault(request);
	return memory_fault(request);
}

bool vpmem_map_is_possible(const struct vpmem_map_request *request)
{
	const char *fault;

	if (!request->length) {
		vpmem_warn_misuse(request->call, VPMEM_EV_ZERO_LENGTH,
				  "zero bytes requested; refused");
		return false;
	}
	fault = request_fault(request);
	if (fault)
		vpmem_warn_misuse(request->call, VPMEM_EV_BAD_RANGE,
				  "%s 0x%llx, length 0x%llx: %s; refused",
				  request->flags & VIDEO_MEMORY_SPACE_IO ? "port" : "memory",
				  request->start, request->length, fault);
	return !fault;
}

struct resource vpmem_map_range(const struct vpmem_map_request *request)
{
	bool ports = request->flags & VIDEO_MEMORY_SPACE_IO;

	return (struct resource){
		.start = request->start,
		.end = vpmem_map_last(request),
		.flags = ports ? IORESOURCE_IO : IORESOURCE_MEM,
	};
}
