/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace events, except those of pool (mem/pool_trace.h). Documentation/tracing.rst lists them.
 *
 * Names of adapters and types are copied into the record, so that each tool can show them
 * without symbols of vpmem. Tags are there as a number and as text.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM vpmem

#if !defined(VPMEM_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define VPMEM_TRACE_H

#include <linux/device.h>
#include <linux/tracepoint.h>

#include "core/adapter.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/trace_size.h"

DECLARE_EVENT_CLASS(vpmem_region,
	TP_PROTO(const struct vpmem_slot *slot, const void *block, size_t size,
		 size_t charged, unsigned long caller),
	TP_ARGS(slot, block, size, charged, caller),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__array(char, type, VPMEM_TRACE_TYPE)
		__array(char, text, VPMEM_TAG_TEXT)
		__field(u32, tag)
		__field(const void *, block)
		__field(size_t, size)
		__field(size_t, charged)
		__field(unsigned long, caller)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, slot->adapter->name, VPMEM_TRACE_NAME);
		strscpy(__entry->type, vpmem_kind_name(slot->kind), VPMEM_TRACE_TYPE);
		vpmem_tag_text(slot->tag, __entry->text);
		__entry->tag = slot->tag;
		__entry->block = block;
		__entry->size = size;
		__entry->charged = charged;
		__entry->caller = caller;
	),
	TP_printk("adapter=%s type=%s tag=%s block=%p size=%zu charged=%zu caller=%pS",
		  __entry->adapter, __entry->type, __entry->text, __entry->block,
		  __entry->size, __entry->charged, (void *)__entry->caller)
);

/* A region other than pool begins: a common buffer, a mapping, an event, ... */
DEFINE_EVENT(vpmem_region, region_alloc,
	TP_PROTO(const struct vpmem_slot *slot, const void *block, size_t size,
		 size_t charged, unsigned long caller),
	TP_ARGS(slot, block, size, charged, caller)
);

/* It ends. The caller is the one that frees it. */
DEFINE_EVENT(vpmem_region, region_free,
	TP_PROTO(const struct vpmem_slot *slot, const void *block, size_t size,
		 size_t charged, unsigned long caller),
	TP_ARGS(slot, block, size, charged, caller)
);

DECLARE_EVENT_CLASS(vpmem_dma,
	TP_PROTO(const struct vpmem_adapter *adapter, const void *list, size_t size,
		 unsigned int elements, bool to_device, unsigned long caller),
	TP_ARGS(adapter, list, size, elements, to_device, caller),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__field(const void *, list)
		__field(size_t, size)
		__field(unsigned int, elements)
		__field(bool, to_device)
		__field(unsigned long, caller)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter->name, VPMEM_TRACE_NAME);
		__entry->list = list;
		__entry->size = size;
		__entry->elements = elements;
		__entry->to_device = to_device;
		__entry->caller = caller;
	),
	TP_printk("adapter=%s list=%p size=%zu elements=%u to_device=%d caller=%pS",
		  __entry->adapter, __entry->list, __entry->size, __entry->elements,
		  __entry->to_device, (void *)__entry->caller)
);

/* VideoPortStartDma() has mapped memory for the device. */
DEFINE_EVENT(vpmem_dma, dma_map,
	TP_PROTO(const struct vpmem_adapter *adapter, const void *list, size_t size,
		 unsigned int elements, bool to_device, unsigned long caller),
	TP_ARGS(adapter, list, size, elements, to_device, caller)
);

/* VideoPortCompleteDma() unmaps it. */
DEFINE_EVENT(vpmem_dma, dma_unmap,
	TP_PROTO(const struct vpmem_adapter *adapter, const void *list, size_t size,
		 unsigned int elements, bool to_device, unsigned long caller),
	TP_ARGS(adapter, list, size, elements, to_device, caller)
);

/* A call of the BIOS has returned, or failed. */
TRACE_EVENT(int10_call,
	TP_PROTO(const struct vpmem_adapter *adapter, u32 eax, u32 result, int error,
		 u64 microseconds, unsigned long caller),
	TP_ARGS(adapter, eax, result, error, microseconds, caller),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__field(u32, eax)
		__field(u32, result)
		__field(int, error)
		__field(u64, microseconds)
		__field(unsigned long, caller)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter->name, VPMEM_TRACE_NAME);
		__entry->eax = eax;
		__entry->result = result;
		__entry->error = error;
		__entry->microseconds = microseconds;
		__entry->caller = caller;
	),
	TP_printk("adapter=%s eax=0x%08x result=0x%08x error=%d microseconds=%llu caller=%pS",
		  __entry->adapter, __entry->eax, __entry->result, __entry->error,
		  __entry->microseconds, (void *)__entry->caller)
);

/* HwStartIO of a miniport has returned from a request. */
TRACE_EVENT(request,
	TP_PROTO(const struct vpmem_adapter *adapter, u32 code, u32 status, u64 microseconds),
	TP_ARGS(adapter, code, status, microseconds),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__field(u32, code)
		__field(u32, status)
		__field(u64, microseconds)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter->name, VPMEM_TRACE_NAME);
		__entry->code = code;
		__entry->status = status;
		__entry->microseconds = microseconds;
	),
	TP_printk("adapter=%s code=0x%08x status=%u microseconds=%llu", __entry->adapter,
		  __entry->code, __entry->status, __entry->microseconds)
);

DECLARE_EVENT_CLASS(vpmem_life,
	TP_PROTO(const struct vpmem_adapter *adapter),
	TP_ARGS(adapter),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__array(char, driver, VPMEM_TRACE_NAME)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter->name, VPMEM_TRACE_NAME);
		strscpy(__entry->driver, dev_driver_string(adapter->dev), VPMEM_TRACE_NAME);
	),
	TP_printk("adapter=%s driver=%s", __entry->adapter, __entry->driver)
);

/* An adapter is attached: the first event of its name. */
DEFINE_EVENT(vpmem_life, adapter_attach,
	TP_PROTO(const struct vpmem_adapter *adapter),
	TP_ARGS(adapter)
);

/* It is detached, and its memory is freed: the last event. */
DEFINE_EVENT(vpmem_life, adapter_detach,
	TP_PROTO(const struct vpmem_adapter *adapter),
	TP_ARGS(adapter)
);

/* A driver has made a wrong call, which is counted, and not always logged. */
TRACE_EVENT(misuse,
	TP_PROTO(const struct vpmem_adapter *adapter, enum vpmem_event event,
		 const char *call, unsigned long caller),
	TP_ARGS(adapter, event, call, caller),
	TP_STRUCT__entry(
		__array(char, adapter, VPMEM_TRACE_NAME)
		__array(char, event, VPMEM_TRACE_NAME)
		__array(char, call, VPMEM_TRACE_NAME)
		__field(unsigned long, caller)
	),
	TP_fast_assign(
		strscpy(__entry->adapter, adapter ? adapter->name : "-", VPMEM_TRACE_NAME);
		strscpy(__entry->event, vpmem_event_name(event), VPMEM_TRACE_NAME);
		strscpy(__entry->call, call, VPMEM_TRACE_NAME);
		__entry->caller = caller;
	),
	TP_printk("adapter=%s event=%s call=%s caller=%pS", __entry->adapter,
		  __entry->event, __entry->call, (void *)__entry->caller)
);

#endif /* VPMEM_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH core
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
