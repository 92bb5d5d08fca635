// SPDX-License-Identifier: GPL-2.0-only
/*
 * Handles that drivers keep: spin locks and events, which have records in the table of
 * regions. Each call looks its handle up there and keeps a reference to the record, so
 * that an invalid handle is never dereferenced, and a handle in use is not deleted.
 */
#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "core/tags.h"
#include "mem/handle.h"
#include "mem/regions.h"
#include "vpmem.h"

/* Check the place for a new handle, and the context. */
static VP_STATUS handle_fault(void **to, enum vpmem_kind kind,
			      const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	if (to)
		*to = NULL;
	if (!adapter)
		return ERROR_INVALID_PARAMETER;
	if (!to) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER,
				  "the pointer to store the handle at is NULL");
		return ERROR_INVALID_PARAMETER;
	}
	if (vpmem_check_may_sleep(call))
		return NO_ERROR;
	vpmem_slot_fail(vpmem_slot_get(adapter, VPMEM_OWN_TAG, kind), VPMEM_FAIL_CONTEXT);
	return ERROR_NOT_ENOUGH_MEMORY;
}

/* Create an object of the DDI and its record. On success, *@to is the handle. */
VP_STATUS vpmem_handle_create(void **to, enum vpmem_kind kind, u32 size,
			      void *(*find)(struct vpmem_region *region, const void *data),
			      const void *data, const struct vpmem_call *call)
{
	VP_STATUS status = handle_fault(to, kind, call);

	if (status != NO_ERROR)
		return status;
	*to = vpmem_handle_make(kind, size, find, data, call);
	return *to ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

/*
 * Get a reference to a handle. A handle of another adapter is reported but used: a driver
 * that failed to lock, or to wait, would do more harm.
 */
struct vpmem_region *vpmem_handle_get(const void *handle, enum vpmem_kind kind,
				      const struct vpmem_call *call)
{
	const struct vpmem_region_wanted wanted = {
		.block = handle,
		.kinds = BIT(kind),
	};
	struct vpmem_region *region;
	const char *why;

	if (!vpmem_check_no_nmi(call))
		return NULL;
	region = vpmem_region_get(&wanted, &why);
	if (!region)
		vpmem_region_explain(handle, call);
	else if (region->adapter != call->adapter)
		vpmem_warn_misuse(call, VPMEM_EV_WRONG_ADAPTER,
				  "%p belongs to another adapter; used anyway", handle);
	return region;
}

VP_STATUS vpmem_handle_delete(const void *handle, enum vpmem_kind kind,
			      const struct vpmem_call *call)
{
	const struct vpmem_region_wanted wanted = {
		.adapter = call->adapter,
		.block = handle,
		.kinds = BIT(kind),
	};
	const char *why;

	if (vpmem_region_release(&wanted, &why, call))
		return NO_ERROR;
	if (why)
		vpmem_warn_misuse(call, VPMEM_EV_BUSY, "%p: %s; left alone", handle, why);
	return ERROR_INVALID_PARAMETER;
}
