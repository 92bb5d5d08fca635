/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls of the DDI: the function that was called, its caller, and the adapter it is for.
 */
#ifndef VPMEM_CALL_H
#define VPMEM_CALL_H

#include <linux/kernel.h>
#include <linux/mm.h>	/* for the macro of return addresses on arm64 */

#include "core/context.h"
#include "core/log.h"

struct vpmem_adapter;

/* Call in progress */
struct vpmem_call {
	const char *name;
	unsigned long caller;
	struct vpmem_adapter *adapter;	/* NULL before vpmem_enter(), and if there is none */
	bool counted;			/* in adapter->calls: a detach waits for its end */
};

#define VPMEM_CALL() { .name = __func__, .caller = _RET_IP_ }

struct vpmem_adapter *vpmem_enter(void *extension, struct vpmem_call *call);
bool vpmem_enter_adapter(struct vpmem_adapter *adapter, struct vpmem_call *call);
void vpmem_leave(const struct vpmem_call *call);
void vpmem_no_adapter(void *extension, const struct vpmem_call *call);
bool vpmem_check_may_sleep(const struct vpmem_call *call);
bool vpmem_check_no_nmi(const struct vpmem_call *call);
bool vpmem_check_may_lock(const struct vpmem_call *call);
bool vpmem_check_free(const void *block, const struct vpmem_call *call);
bool vpmem_check_release(const void *block, const struct vpmem_call *call);

#endif /* VPMEM_CALL_H */
