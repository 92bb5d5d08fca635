// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waits that a detach ends: those for an event of the adapter, and those of a task that
 * runs a request for it. Otherwise a request that waits forever would block the unbind of
 * its driver.
 */
#include <linux/list.h>
#include <linux/rculist.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "core/adapter.h"
#include "core/devlock.h"
#include "core/wait.h"

static LIST_HEAD(waits);
static DEFINE_SPINLOCK(waits_lock);	/* guards the list, and waits_end of adapters */

/* Return the adapter whose device lock the caller holds, so that it cannot be freed. */
static struct vpmem_adapter *adapter_at_work(void)
{
	struct vpmem_adapter *adapter, *found = NULL;

	rcu_read_lock();
	list_for_each_entry_rcu(adapter, &vpmem_adapters, node) {
		if (vpmem_device_depth(adapter))
			found = adapter;
	}
	rcu_read_unlock();
	return found;
}

/*
 * Begin a wait of the caller, which ends when @wait->over is set. @named is the adapter of
 * the call, @owner that of the object; both may be NULL.
 */
void vpmem_wait_begin(struct vpmem_wait *wait, struct vpmem_adapter *named,
		      struct vpmem_adapter *owner)
{
	struct vpmem_adapter * const adapters[] = { named, owner, adapter_at_work() };
	unsigned int i;

	BUILD_BUG_ON(sizeof(adapters) != sizeof(wait->adapters));
	wait->task = current;
	wait->over = false;
	spin_lock(&waits_lock);
	for (i = 0; i < ARRAY_SIZE(adapters); i++) {
		wait->adapters[i] = adapters[i];
		wait->over |= adapters[i] && adapters[i]->waits_end;
	}
	list_add(&wait->node, &waits);
	spin_unlock(&waits_lock);
}

void vpmem_wait_end(struct vpmem_wait *wait)
{
	spin_lock(&waits_lock);
	list_del(&wait->node);
	spin_unlock(&waits_lock);
}

static bool wait_is_of(const struct vpmem_wait *wait, const struct vpmem_adapter *adapter)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wait->adapters); i++)
		if (wait->adapters[i] == adapter)
			return true;
	return false;
}

/* End all waits of an adapter, and those that begin before vpmem_waits_allow(). */
void vpmem_waits_end(struct vpmem_adapter *adapter)
{
	struct vpmem_wait *wait;

	spin_lock(&waits_lock);
	adapter->waits_end = true;
	list_for_each_entry(wait, &waits, node) {
		if (!wait_is_of(wait, adapter))
			continue;
		WRITE_ONCE(wait->over, true);
		wake_up_process(wait->task);
	}
	spin_unlock(&waits_lock);
}

void vpmem_waits_allow(struct vpmem_adapter *adapter)
{
	spin_lock(&waits_lock);
	adapter->waits_end = false;
	spin_unlock(&waits_lock);
}
