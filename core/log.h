/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Events: misuse of the DDI by a driver, counted and reported in the log.
 */
#ifndef VPMEM_LOG_H
#define VPMEM_LOG_H

#include <linux/atomic.h>
#include <linux/types.h>

struct vpmem_adapter;
struct vpmem_call;

/* Misuse that is counted, for the events view */
enum vpmem_event {
	VPMEM_EV_ZERO_LENGTH,
	VPMEM_EV_NULL_FREE,
	VPMEM_EV_BAD_TAG,
	VPMEM_EV_BAD_TYPE,
	VPMEM_EV_BAD_SIZE,
	VPMEM_EV_BAD_PARAMETER,
	VPMEM_EV_BAD_CONTEXT,
	VPMEM_EV_BAD_POINTER,
	VPMEM_EV_DOUBLE_FREE,
	VPMEM_EV_WRONG_PAIRING,
	VPMEM_EV_WRONG_ADAPTER,
	VPMEM_EV_NO_ADAPTER,
	VPMEM_EV_MISMATCH,
	VPMEM_EV_BUSY,
	VPMEM_EV_BAD_MASK,
	VPMEM_EV_BAD_LIMIT,
	VPMEM_EV_BAD_RANGE,
	VPMEM_EV_FOREIGN_RANGE,
	VPMEM_EV_BIOS,
	VPMEM_EV_BAD_EDID,
	VPMEM_EV_UNSUPPORTED,
	VPMEM_EV_OVERRUN,
	VPMEM_EV_USE_AFTER_FREE,
	VPMEM_EV_DETACH_RACE,
	VPMEM_EV_LEAK,
	VPMEM_EVENTS,
};

void vpmem_log_init(void);
void vpmem_events_view_init(void);
const char *vpmem_event_name(enum vpmem_event event);
unsigned long vpmem_event_count(const struct vpmem_adapter *adapter, enum vpmem_event event);
void vpmem_count_event(const struct vpmem_call *call, enum vpmem_event event);
void vpmem_count_leak(const struct vpmem_call *call);
__printf(3, 4)
bool vpmem_warn_misuse(const struct vpmem_call *call, enum vpmem_event event,
		       const char *fmt, ...);

static inline bool vpmem_not_null(const void *argument, const char *name,
				  const struct vpmem_call *call)
{
	if (!argument)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%s is NULL", name);
	return argument;
}

#endif /* VPMEM_LOG_H */
