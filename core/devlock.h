/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Device lock of an adapter, which its owner may take again.
 */
#ifndef VPMEM_DEVLOCK_H
#define VPMEM_DEVLOCK_H

#include <linux/lockdep.h>
#include <linux/wait.h>

struct task_struct;
struct vpmem_adapter;
struct vpmem_call;

struct vpmem_device_lock {
	wait_queue_head_t queue;	/* its lock guards all below except depth */
	struct lockdep_map map;
	struct task_struct *owner;	/* with a reference */
	unsigned int depth;		/* written by the owner only */
	unsigned int tasks;		/* the owner, and those that wait */
	bool closed;			/* cannot be acquired any more */
};

void vpmem_device_lock_init(struct vpmem_adapter *adapter);
void vpmem_device_close(const struct vpmem_call *call);
bool vpmem_device_lock(struct vpmem_adapter *adapter);
bool vpmem_device_unlock(struct vpmem_adapter *adapter);
unsigned int vpmem_device_depth(struct vpmem_adapter *adapter);
void vpmem_device_settle(struct vpmem_adapter *adapter, unsigned int depth,
			 const char *callee);

#endif /* VPMEM_DEVLOCK_H */
