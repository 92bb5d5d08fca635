/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waits that a detach ends.
 */
#ifndef VPMEM_WAIT_H
#define VPMEM_WAIT_H

#include <linux/list.h>
#include <linux/types.h>

struct task_struct;
struct vpmem_adapter;

struct vpmem_wait {
	struct list_head node;
	struct task_struct *task;
	const struct vpmem_adapter *adapters[3];	/* each may be NULL */
	bool over;			/* one of its adapters is being detached */
};

void vpmem_wait_begin(struct vpmem_wait *wait, struct vpmem_adapter *named,
		      struct vpmem_adapter *owner);
void vpmem_wait_end(struct vpmem_wait *wait);
void vpmem_waits_end(struct vpmem_adapter *adapter);
void vpmem_waits_allow(struct vpmem_adapter *adapter);

#endif /* VPMEM_WAIT_H */
