// SPDX-License-Identifier: GPL-2.0-only
/*
 * Message about an address that cannot be freed, looked up in the tables of all adapters.
 */
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

/* Tell whether the block of a region was freed, and its memory is no live small block now. */
static bool was_freed(const void *block)
{
	struct small_found found;
	bool used;

	rcu_read_lock();
	used = vpmem_small_find(block, &found) && found.live;
	rcu_read_unlock();
	return !used && vpmem_region_was_freed(block);
}

void vpmem_region_explain(const void *block, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct trace trace = {
		.address = (unsigned long)block,
		.state = was_freed(block) ? TRACE_FREED : TRACE_NONE,
	};
	char text[VPMEM_TAG_TEXT];

	vpmem_regions_visit_at(NULL, block, visit_trace, &trace);
	if (trace.adapter)
		vpmem_warn_misuse(call, trace_event(&trace, adapter),
				  "%p is %sa %s block%s, tag %s, %zu bytes; left alone",
				  block, trace.state == TRACE_INSIDE ? "inside " : "",
				  vpmem_kind_name(trace.kind),
				  !adapter || trace.adapter == adapter ? "" :
				  " of another adapter",
				  vpmem_tag_text(trace.tag, text), trace.size);
	else
		vpmem_warn_misuse(call, trace_event(&trace, adapter), "%p %s; left alone",
				  block, trace.state == TRACE_FREED ?
				  "was a block that is freed" : "is not a block of this DDI");
}
