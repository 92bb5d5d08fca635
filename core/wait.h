/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waits that a detach ends.
 */
#ifndef VPMEM_WAIT_H
#define VPMEM_WAIT_H

#include <linux/jiffies.h>
#include <linux/kconfig.h>
#include <linux/list.h>
#include <linux/minmax.h>
#include <linux/types.h>
#include <linux/wait_bit.h>

#include "core/context.h"

struct task_struct;
struct vpmem_adapter;

struct vpmem_wait {
	struct list_head node;
	struct task_struct *task;
	const struct vpmem_adapter *adapters[3];	/* each may be NULL */
	bool over;			/* one of its adapters is being detached */
};

/* Wake those who wait for a variable, unless this context does not allow to. */
static inline void vpmem_wake(void *variable)
{
	if (!vpmem_locks_sleep())
		wake_up_var(variable);
}

/* Shorten a wait, where nobody may wake its task: it has to look again. */
static inline long vpmem_wait_slice(long jiffies_left)
{
	return IS_ENABLED(CONFIG_PREEMPT_RT) ? min(jiffies_left, HZ / 50L) : jiffies_left;
}

void vpmem_wait_begin(struct vpmem_wait *wait, struct vpmem_adapter *named,
		      struct vpmem_adapter *owner);
void vpmem_wait_end(struct vpmem_wait *wait);
void vpmem_waits_end(struct vpmem_adapter *adapter);
void vpmem_waits_allow(struct vpmem_adapter *adapter);

#endif /* VPMEM_WAIT_H */
