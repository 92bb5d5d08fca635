// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events: misuse of the DDI by drivers. Each is counted, and logged with a rate limit for
 * each kind.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/printk.h>
#include <linux/ratelimit.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "core/secrecy.h"
#include "core/trace.h"

/* Events of calls without an adapter */
static atomic_long_t stray_events[VPMEM_EVENTS];

static struct ratelimit_state event_ratelimit[VPMEM_EVENTS];

static const char * const event_names[] = {
	[VPMEM_EV_ZERO_LENGTH]	 = "zero-length",
	[VPMEM_EV_NULL_FREE]	 = "null-free",
	[VPMEM_EV_BAD_TAG]	 = "bad-tag",
	[VPMEM_EV_BAD_TYPE]	 = "bad-pool-type",
	[VPMEM_EV_BAD_SIZE]	 = "bad-size",
	[VPMEM_EV_BAD_PARAMETER] = "bad-parameter",
	[VPMEM_EV_BAD_CONTEXT]	 = "bad-context",
	[VPMEM_EV_BAD_POINTER]	 = "bad-pointer",
	[VPMEM_EV_DOUBLE_FREE]	 = "double-free",
	[VPMEM_EV_WRONG_PAIRING] = "wrong-pairing",
	[VPMEM_EV_WRONG_ADAPTER] = "wrong-adapter",
	[VPMEM_EV_NO_ADAPTER]	 = "no-adapter",
	[VPMEM_EV_MISMATCH]	 = "mismatch",
	[VPMEM_EV_BUSY]		 = "busy",
	[VPMEM_EV_BAD_MASK]	 = "bad-mask",
	[VPMEM_EV_BAD_LIMIT]	 = "bad-limit",
	[VPMEM_EV_BAD_RANGE]	 = "bad-range",
	[VPMEM_EV_FOREIGN_RANGE] = "foreign-range",
	[VPMEM_EV_BIOS]		 = "bios",
	[VPMEM_EV_BAD_EDID]	 = "bad-edid",
	[VPMEM_EV_UNSUPPORTED]	 = "unsupported",
	[VPMEM_EV_OVERRUN]	 = "overrun",
	[VPMEM_EV_USE_AFTER_FREE] = "use-after-free",
	[VPMEM_EV_DETACH_RACE]	 = "detach-race",
	[VPMEM_EV_LEAK]		 = "leak",
};

const char *vpmem_event_name(enum vpmem_event event)
{
	return event_names[event];
}

/* Return the count of an event of an adapter, or of calls without an adapter for NULL. */
unsigned long vpmem_event_count(const struct vpmem_adapter *adapter, enum vpmem_event event)
{
	return atomic_long_read(adapter ? &adapter->events[event] : &stray_events[event]);
}

void vpmem_count_event(const struct vpmem_call *call, enum vpmem_event event)
{
	struct vpmem_adapter *adapter = call->adapter;

	atomic_long_inc(adapter ? &adapter->events[event] :
				  &stray_events[event]);
	trace_misuse(adapter, event, call->name, call->caller);
}

/* Count a leak without its adapter, whose counters are about to be freed. */
void vpmem_count_leak(const struct vpmem_call *call)
{
	atomic_long_inc(&stray_events[VPMEM_EV_LEAK]);
	trace_misuse(call->adapter, VPMEM_EV_LEAK, call->name, call->caller);
}

/* Count an event, and print a message about it, unless there were many. Tell whether it is. */
bool vpmem_warn_misuse(const struct vpmem_call *call, enum vpmem_event event,
		       const char *fmt, ...)
{
	struct vpmem_adapter *adapter = call->adapter;
	struct va_format vaf = { .fmt = fmt };
	char symbol[VPMEM_SYMBOL_TEXT];
	va_list args;

	vpmem_count_event(call, event);
	if (!__ratelimit(&event_ratelimit[event]))
		return false;
	va_start(args, fmt);
	vaf.va = &args;
	if (call->caller)
		pr_warn("%s: %s: %pV (%s, called from %s)\n",
			adapter ? adapter->name : "no adapter", call->name, &vaf,
			event_names[event], vpmem_symbol_text(call->caller, symbol));
	else
		pr_warn("%s: %s: %pV (%s)\n",
			adapter ? adapter->name : "no adapter", call->name, &vaf,
			event_names[event]);
	va_end(args);
	return true;
}

void __init vpmem_log_init(void)
{
	int i;

	for (i = 0; i < VPMEM_EVENTS; i++)
		ratelimit_default_init(&event_ratelimit[i]);
}
