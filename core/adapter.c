// SPDX-License-Identifier: GPL-2.0-only
/*
 * Adapters: the memory of struct vpmem_adapter, the list of those that are attached, and
 * the seal that says so.
 *
 * The device extension of a driver is the tail of its adapter, and a seal in front of it
 * is valid while the adapter is attached. So a call finds its adapter with a subtraction
 * and one comparison, and detects a pointer to anything else without dereferencing it.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/overflow.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/context.h"
#include "core/log.h"
#include "core/seal.h"

LIST_HEAD(vpmem_adapters);
DEFINE_MUTEX(vpmem_adapters_lock);	/* guards the list, and names */
DEFINE_STATIC_KEY_FALSE(vpmem_verify);
u64 vpmem_secret __ro_after_init;

void __init vpmem_adapters_init(void)
{
	get_random_bytes(&vpmem_secret, sizeof(vpmem_secret));
}

/*
 * Memory
 */

/* State of one source file, freed with its adapter */
struct vpmem_state {
	struct vpmem_state *next;
	u8 data[] __aligned(ARCH_KMALLOC_MINALIGN);
};

/* Allocate an adapter that is in no list yet. */
struct vpmem_adapter *vpmem_adapter_alloc(size_t extension_size)
{
	struct vpmem_adapter *adapter;
	size_t size;

	if (check_add_overflow(sizeof(*adapter), extension_size, &size))
		return NULL;
	adapter = kzalloc(size, VPMEM_GFP_PASSIVE);
	if (!adapter)
		return NULL;
	return adapter;
}

/*
 * Allocate zeroed memory that lives as long as the adapter, for the state that a source
 * file keeps of it. In verify mode a late call still finds it after the detach.
 */
void *vpmem_adapter_zalloc(struct vpmem_adapter *adapter, size_t size)
{
	struct vpmem_state *state = kzalloc(struct_size(state, data, size),
					    VPMEM_GFP_PASSIVE);

	if (!state)
		return NULL;
	state->next = adapter->states;
	adapter->states = state;
	return state->data;
}

void vpmem_adapter_free(struct vpmem_adapter *adapter)
{
	struct vpmem_state *state;

	if (!adapter)
		return;
	while ((state = adapter->states)) {
		adapter->states = state->next;
		kfree(state);
	}
	free_percpu(adapter->park);
	kfree(adapter->name);
	kfree(adapter);
}

/*
 * Ring of the adapters that were detached last. Verify mode delays their kfree(), so that
 * a late call, or one that is still running, does not access freed memory.
 */

#define DETACHED_KEPT 64

static struct vpmem_adapter *detached[DETACHED_KEPT];
static unsigned int detached_next;
static DEFINE_RAW_SPINLOCK(detached_lock);

/* Keep an adapter, and free the oldest one instead. */
void vpmem_adapter_keep(struct vpmem_adapter *adapter)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&detached_lock, flags);
	swap(detached[detached_next], adapter);
	detached_next = (detached_next + 1) % DETACHED_KEPT;
	raw_spin_unlock_irqrestore(&detached_lock, flags);
	vpmem_adapter_free(adapter);
}

bool vpmem_adapter_was_detached(void *extension)
{
	bool found = false;
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&detached_lock, flags);
	for (i = 0; i < DETACHED_KEPT && !found; i++)
		found = detached[i] && detached[i]->extension == extension;
	raw_spin_unlock_irqrestore(&detached_lock, flags);
	return found;
}

void vpmem_adapters_exit(void)
{
	int i;

	for (i = 0; i < DETACHED_KEPT; i++)
		vpmem_adapter_free(detached[i]);
}

/*
 * List of adapters
 */

static bool name_is_taken(const char *name)
{
	struct vpmem_adapter *other;

	lockdep_assert_held(&vpmem_adapters_lock);
	list_for_each_entry(other, &vpmem_adapters, node)
		if (!strcmp(other->name, name))
			return true;
	return false;
}

/* Name the adapter after its device; if that is attached again, add .1, .2, ... */
static char *adapter_name(struct device *dev)
{
	char *name = kstrdup(dev_name(dev), VPMEM_GFP_PASSIVE);
	unsigned int nr = 0;

	while (name) {
		strreplace(name, '/', '!');
		if (!name_is_taken(name))
			break;
		kfree(name);
		name = kasprintf(VPMEM_GFP_PASSIVE, "%s.%u", dev_name(dev), ++nr);
	}
	return name;
}

/* Name the adapter, and add it to the list. Return 0 or -ENOMEM. */
int vpmem_adapter_publish(struct vpmem_adapter *adapter)
{
	static u64 last_serial;

	mutex_lock(&vpmem_adapters_lock);
	adapter->name = adapter_name(adapter->dev);
	adapter->serial = ++last_serial;
	if (adapter->name)
		list_add_tail_rcu(&adapter->node, &vpmem_adapters);
	mutex_unlock(&vpmem_adapters_lock);
	return adapter->name ? 0 : -ENOMEM;
}

/* Remove the adapter from the list. Return whether it was the last one. */
bool vpmem_adapter_unpublish(struct vpmem_adapter *adapter)
{
	bool last;

	mutex_lock(&vpmem_adapters_lock);
	list_del_rcu(&adapter->node);
	last = list_empty(&vpmem_adapters);
	mutex_unlock(&vpmem_adapters_lock);
	return last;
}

/*
 * Tell whether the device has another adapter that is not being detached. Of two adapters
 * that are detached at the same time, neither counts as a sibling.
 */
bool vpmem_adapter_has_sibling(const struct vpmem_adapter *adapter)
{
	const struct vpmem_adapter *other;
	bool found = false;

	mutex_lock(&vpmem_adapters_lock);
	list_for_each_entry(other, &vpmem_adapters, node)
		found |= other->dev == adapter->dev && !other->closing;
	mutex_unlock(&vpmem_adapters_lock);
	return found;
}

/*
 * Seal
 */

/* Accept calls from here on. */
void vpmem_adapter_seal(struct vpmem_adapter *adapter)
{
	WRITE_ONCE(adapter->seal, vpmem_seal(adapter->extension));
}

/*
 * Refuse calls from here on. The adapter stays in the list: its name stays taken until its
 * debugfs directory is gone, and its regions stay visible until they are freed.
 */
void vpmem_adapter_unseal(struct vpmem_adapter *adapter)
{
	WRITE_ONCE(adapter->seal, 0);
}

/* Begin a detach. Return NULL if another detach of the extension has begun. */
struct vpmem_adapter *vpmem_adapter_close(void *extension)
{
	struct vpmem_adapter *adapter;

	mutex_lock(&vpmem_adapters_lock);
	adapter = vpmem_adapter(extension);
	if (adapter && adapter->closing)
		adapter = NULL;
	if (adapter)
		adapter->closing = true;
	mutex_unlock(&vpmem_adapters_lock);
	return adapter;
}

/*
 * Wait for the running calls, which verify mode counts. Pairs with vpmem_enter_adapter():
 * either the call sees the broken seal, or the detach sees the counted call.
 */
void vpmem_adapter_wait(const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	smp_mb(); /* order breaking the seal before reading the count */
	if (atomic_read(&adapter->calls))
		vpmem_warn_misuse(call, VPMEM_EV_DETACH_RACE, "%s is still running",
				  READ_ONCE(adapter->last_call));
	while (atomic_read(&adapter->calls))
		msleep(20);
	smp_acquire__after_ctrl_dep(); /* order the calls before the free */
}
