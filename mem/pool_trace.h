/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace events of pool and buffers. While one of them is on, all calls take the slow path,
 * so that the fast path has no instruction for them.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vpmem

#if !defined(VPMEM_POOL_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VPMEM_POOL_TRACE_H

#include <linux/tracepoint.h>

#include "core/adapter.h"
#include "core/tags.h"
#include "core/trace_size.h"

int vpmem_pool_trace_begin(void);
void vpmem_pool_trace_end(void);

DECLARE_EVENT_CLASS(vpmem_pool,
	TP_PROTO(const struct vpmem_slot *slot, const void *block, size_t size,
		 unsigned long caller),
	TP_ARGS(slot, block, size, caller),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__array(char, type, VPMEM_TRACE_TYPE)
		__array(char, text, VPMEM_TAG_TEXT)
		__field(u32, tag)
		__field(const void *, block)
		__field(size_t, size)
		__field(unsigned long, caller)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, slot->adapter->name, VPMEM_TRACE_NAME);
		strscpy(__entry->type, vpmem_kind_name(slot->kind), VPMEM_TRACE_TYPE);
		vpmem_tag_text(slot->tag, __entry->text);
		__entry->tag = slot->tag;
		__entry->block = block;
		__entry->size = size;
		__entry->caller = caller;
	),
	TP_printk("adapter=%s type=%s tag=%s block=%p size=%zu caller=%pS",
		  __entry->adapter, __entry->type, __entry->text, __entry->block,
		  __entry->size, (void *)__entry->caller)
);

/* A driver has got a block of pool or a buffer. */
DEFINE_EVENT_FN(vpmem_pool, pool_alloc,
	TP_PROTO(const struct vpmem_slot *slot, const void *block, size_t size,
		 unsigned long caller),
	TP_ARGS(slot, block, size, caller),
	vpmem_pool_trace_begin, vpmem_pool_trace_end
);

/* It frees one. */
DEFINE_EVENT_FN(vpmem_pool, pool_free,
	TP_PROTO(const struct vpmem_slot *slot, const void *block, size_t size,
		 unsigned long caller),
	TP_ARGS(slot, block, size, caller),
	vpmem_pool_trace_begin, vpmem_pool_trace_end
);

#endif /* VPMEM_POOL_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH mem
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE pool_trace
#include <trace/define_trace.h>
