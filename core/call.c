// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the DDI: their begin and end, and checks that many of them share.
 */
#include <linux/hardirq.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/context.h"
#include "core/log.h"

/* Report a call whose extension has no adapter. */
void vpmem_no_adapter(void *extension, const struct vpmem_call *call)
{
	if (!in_nmi() && vpmem_adapter_was_detached(extension))
		vpmem_warn_misuse(call, VPMEM_EV_DETACH_RACE,
				  "extension %p is used after its vpmem_detach",
				  extension);
	else
		vpmem_warn_misuse(call, VPMEM_EV_NO_ADAPTER,
				  "%p is not the extension of an attached adapter",
				  extension);
}

/*
 * Have a detach of the adapter wait for the call. Return false if a detach has begun.
 * Pairs with vpmem_adapter_wait().
 */
bool vpmem_enter_adapter(struct vpmem_adapter *adapter, struct vpmem_call *call)
{
	atomic_inc(&adapter->calls);
	smp_mb__after_atomic(); /* order the count before reading the seal */
	if (likely(vpmem_attached(adapter->extension))) {
		WRITE_ONCE(adapter->last_call, call->name);
		call->adapter = adapter;
		call->counted = true;
		return true;
	}
	atomic_dec(&adapter->calls);
	return false;
}

/*
 * Begin a call. Return the adapter of its extension, or NULL after a message.
 * vpmem_leave() ends it in either case.
 */
struct vpmem_adapter *vpmem_enter(void *extension, struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_adapter(extension);

	if (static_branch_unlikely(&vpmem_verify) && adapter &&
	    !vpmem_enter_adapter(adapter, call))
		adapter = NULL;
	call->adapter = adapter;
	if (!adapter)
		vpmem_no_adapter(extension, call);
	return adapter;
}

void vpmem_leave(const struct vpmem_call *call)
{
	if (!call->counted)
		return;
	smp_mb__before_atomic(); /* order the call before its end */
	atomic_dec(&call->adapter->calls);
}

/* Refuse a call that is documented for PASSIVE_LEVEL in atomic context. */
bool vpmem_check_may_sleep(const struct vpmem_call *call)
{
	if (vpmem_cannot_sleep()) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_CONTEXT, "called in atomic context");
		return false;
	}
	might_sleep();
	return true;
}

/* Refuse a call in an NMI. */
bool vpmem_check_no_nmi(const struct vpmem_call *call)
{
	if (!in_nmi())
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_CONTEXT, "called in an NMI");
	return false;
}

/* Refuse a call that needs a lock where it cannot take one. */
bool vpmem_check_may_lock(const struct vpmem_call *call)
{
	if (!vpmem_check_no_nmi(call))
		return false;
	if (!vpmem_locks_sleep())
		return true;
	vpmem_warn_misuse(call, VPMEM_EV_BAD_CONTEXT,
			  "called with preemption or interrupts off, where locks of PREEMPT_RT cannot be taken");
	return false;
}

/* Check the arguments of a free: NULL is counted, and an NMI cannot take locks. */
bool vpmem_check_free(const void *block, const struct vpmem_call *call)
{
	if (!block) {
		vpmem_count_event(call, VPMEM_EV_NULL_FREE);
		return false;
	}
	if (in_nmi()) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_CONTEXT,
				  "nothing can be freed in an NMI; left alone");
		return false;
	}
	return true;
}

/* Check likewise for a free that needs a lock. */
bool vpmem_check_release(const void *block, const struct vpmem_call *call)
{
	return vpmem_check_free(block, call) && vpmem_check_may_lock(call);
}
