// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adapter of a call that takes no extension, found by the address of the calling code.
 *
 * A search looks at every adapter. A table indexed by return address caches its result
 * if it was the only adapter of that module, until an adapter is attached or detached. An
 * entry has the adapter, and the address XOR the adapter, so that a reader needs no lock:
 * the halves of two entries do not match. Readers are in an RCU read section; a detach
 * empties the table before it waits for a grace period.
 */
#include <linux/device.h>
#include <linux/hash.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/spinlock.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/callers.h"
#include "core/devlock.h"

struct caller_entry vpmem_caller_table[1 << CALLER_BITS];

static DEFINE_RAW_SPINLOCK(caller_lock);		/* serializes changes to the table */
static unsigned long caller_generation;		/* incremented when the table is emptied */

static struct module *adapter_module(const struct vpmem_adapter *adapter)
{
	/* RCU keeps driver and module: a module waits for a grace period before it is freed. */
	const struct device_driver *driver = READ_ONCE(adapter->dev->driver);
	struct module *module = READ_ONCE(adapter->module);

	return module || !driver ? module : driver->owner;
}

struct search {
	struct vpmem_adapter *adapter;
	unsigned int matches;
	bool unsure;			/* an adapter has no driver yet */
};

/*
 * Tell whether the code at this address is the driver of the adapter. A driver without a
 * module is part of the kernel, as vpmem must be then.
 */
static bool is_driver(const struct vpmem_adapter *adapter, const struct module *module,
		      unsigned long caller)
{
	if (module)
		return within_module(caller, module);
#ifdef MODULE
	return false;
#else
	if (!READ_ONCE(adapter->port) && !READ_ONCE(adapter->dev->driver))
		return false;
	return !is_module_address(caller);
#endif
}

/* Find the first adapter of the caller's module, or the one whose device lock it holds. */
static void caller_search(unsigned long caller, struct search *search)
{
	struct vpmem_adapter *adapter;
	struct module *module;

	list_for_each_entry_rcu(adapter, &vpmem_adapters, node) {
		if (!vpmem_attached(adapter->extension))
			continue;
		module = adapter_module(adapter);
		search->unsure |= !module;
		if (!is_driver(adapter, module, caller))
			continue;
		if (!search->matches++ || vpmem_device_depth(adapter))
			search->adapter = adapter;
	}
}

static void caller_remember(unsigned long caller, struct vpmem_adapter *adapter,
			    unsigned long generation)
{
	struct caller_entry *entry = caller_entry(caller);
	unsigned long flags;

	raw_spin_lock_irqsave(&caller_lock, flags);
	if (generation == caller_generation) {
		WRITE_ONCE(entry->adapter, adapter);
		WRITE_ONCE(entry->key, caller ^ (unsigned long)adapter);
	}
	raw_spin_unlock_irqrestore(&caller_lock, flags);
}

/* Begin a call as vpmem_enter() does. Return NULL, without a message, for no adapter. */
struct vpmem_adapter *vpmem_enter_caller(struct vpmem_call *call)
{
	unsigned long generation = READ_ONCE(caller_generation);
	struct search search = {};

	smp_rmb(); /* pairs with vpmem_callers_forget(): read the list after it */
	rcu_read_lock();
	caller_search(call->caller, &search);
	if (search.adapter && !vpmem_enter_adapter(search.adapter, call))
		search.adapter = NULL;
	else if (search.matches == 1 && !search.unsure && !in_nmi())
		caller_remember(call->caller, search.adapter, generation);
	rcu_read_unlock();
	return search.adapter;
}

/* Empty the table after a change to the adapters or to their modules. */
void vpmem_callers_forget(void)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&caller_lock, flags);
	smp_wmb(); /* order the change before the generation */
	WRITE_ONCE(caller_generation, caller_generation + 1);
	memset(vpmem_caller_table, 0, sizeof(vpmem_caller_table));
	raw_spin_unlock_irqrestore(&caller_lock, flags);
}
