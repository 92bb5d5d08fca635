// SPDX-License-Identifier: GPL-2.0-only
/*
 * Message about an address that cannot be freed, looked up in the tables of all adapters.
 */
#include <linux/rcupdate.h>

#include "core/adapter.h"
#include "core/log.h"
#include "core/tags.h"
#include "mem/regions.h"
#include "mem/small.h"

struct trace {
	unsigned long address;
	enum { TRACE_NONE, TRACE_LIVE, TRACE_INSIDE, TRACE_FREED } state;
	const struct vpmem_adapter *adapter;	/* may be freed: for comparison only */
	u32 tag;
	u8 kind;
	size_t size;
};

static enum vpmem_visit visit_trace(struct vpmem_region *region, void *data)
{
	struct trace *trace = data;
	unsigned long inside = trace->address - (unsigned long)vpmem_region_block(region);

	if (inside && (inside >= region->size || region->backing->handle))
		return VPMEM_VISIT_ON;
	trace->state = inside ? TRACE_INSIDE : TRACE_LIVE;
	trace->adapter = region->adapter;
	trace->kind = region->slot->kind;
	trace->tag = region->slot->tag;
	trace->size = region->size;
	return VPMEM_VISIT_END;
}

static enum vpmem_event trace_event(const struct trace *trace,
				    const struct vpmem_adapter *adapter)
{
	switch (trace->state) {
	case TRACE_LIVE:
		return !adapter || trace->adapter == adapter ?
		       VPMEM_EV_WRONG_PAIRING : VPMEM_EV_WRONG_ADAPTER;
	case TRACE_FREED:
		return VPMEM_EV_DOUBLE_FREE;
	default:
		return VPMEM_EV_BAD_POINTER;
	}
}

static enum vpmem_event small_event(const struct small_found *found,
				    const struct vpmem_adapter *adapter)
{
	if (found->inside)
		return VPMEM_EV_BAD_POINTER;
	if (!found->live)
		return VPMEM_EV_DOUBLE_FREE;
	return !adapter || found->adapter == adapter ? VPMEM_EV_WRONG_PAIRING :
						       VPMEM_EV_WRONG_ADAPTER;
}

/* Report what a pointer is that was found in a small block. A freed one has no size any more. */
void vpmem_small_explain(const void *block, const struct small_found *found,
			 const struct vpmem_call *call)
{
	enum vpmem_event event = small_event(found, call->adapter);
	const char *kind = vpmem_kind_name(found->slot->kind);
	const char *name = found->adapter->name;
	char text[VPMEM_TAG_TEXT];

	vpmem_slot_text(found->slot, text);
	if (found->live)
		vpmem_warn_misuse(call, event,
				  "%p is %sa %s block of %s, tag %s, %zu bytes; left alone",
				  block, found->inside ? "inside " : "", kind, name, text,
				  found->size);
	else
		vpmem_warn_misuse(call, event, "%p was %sa %s block of %s, tag %s; left alone",
				  block, found->inside ? "inside " : "", kind, name, text);
}

static bool explain_as_small(const void *block, const struct vpmem_call *call)
{
	struct small_found found;
	bool known;

	rcu_read_lock();
	known = vpmem_small_find(block, &found);
	if (known)
		vpmem_small_explain(block, &found, call);
	rcu_read_unlock();
	return known;
}

static bool was_freed(const void *block)
{
	return vpmem_region_was_freed(block) || vpmem_quarantine_has(block);
}

void vpmem_region_explain(const void *block, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct trace trace = { .address = (unsigned long)block };
	char text[VPMEM_TAG_TEXT];

	if (explain_as_small(block, call))
		return;
	trace.state = was_freed(block) ? TRACE_FREED : TRACE_NONE;
	vpmem_regions_visit_at(NULL, block, visit_trace, &trace);
	if (trace.adapter)
		vpmem_warn_misuse(call, trace_event(&trace, adapter),
				  "%p is %sa %s block%s, tag %s, %zu bytes; left alone",
				  block, trace.state == TRACE_INSIDE ? "inside " : "",
				  vpmem_kind_name(trace.kind),
				  !adapter || trace.adapter == adapter ? "" :
				  " of another adapter",
				  vpmem_tag_text(trace.tag, text), trace.size);
	else if (vpmem_warn_misuse(call, trace_event(&trace, adapter), "%p %s; left alone",
				   block, trace.state == TRACE_FREED ?
				   "was a block that is freed" : "is not a block of this DDI"))
		vpmem_quarantine_explain(block);
}
