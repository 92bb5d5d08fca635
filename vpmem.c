// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module and the adapters.
 *
 * An adapter is what a HwDeviceExtension belongs to. The extension is the tail of
 * its adapter, and a seal in front of it says that it is attached; so a call finds
 * its adapter by a subtraction and one comparison, and a pointer that is no
 * extension is found out without being trusted.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "internal.h"
#include "mem/regions.h"
#include "mem/small.h"

static unsigned long buffer_quota;
module_param(buffer_quota, ulong, 0644);
MODULE_PARM_DESC(buffer_quota,
		 "Bytes that VideoPortAllocateBuffer may hold an adapter, from its attach on (0: no bound)");

static bool verify;
module_param(verify, bool, 0444);
MODULE_PARM_DESC(verify,
		 "Give every block a record, guards, poison and the stack of its allocation");

static bool callers;
module_param(callers, bool, 0444);
MODULE_PARM_DESC(callers,
		 "Count pool and buffers by the code that allocates them, and name it in the report of leaks");

LIST_HEAD(vpmem_adapters);
DEFINE_MUTEX(vpmem_adapters_lock); /* for changes to the list, and to names */
u64 vpmem_secret __ro_after_init;

/*
 * Verify mode keeps the last adapters that were detached, so that a call that
 * comes late, or is still inside, meets memory that is what it was.
 */

#define DETACHED_KEPT 64

DEFINE_STATIC_KEY_FALSE(vpmem_verify);

static struct vpmem_adapter *detached[DETACHED_KEPT];
static unsigned int detached_next;
static DEFINE_SPINLOCK(detached_lock);

static void adapter_free(struct vpmem_adapter *adapter)
{
	if (!adapter)
		return;
	kfree(adapter->name);
	kfree(adapter);
}

static void adapter_keep(struct vpmem_adapter *adapter)
{
	unsigned long flags;

	spin_lock_irqsave(&detached_lock, flags);
	swap(detached[detached_next], adapter);
	detached_next = (detached_next + 1) % DETACHED_KEPT;
	spin_unlock_irqrestore(&detached_lock, flags);
	adapter_free(adapter);
}

static bool extension_was_detached(void *extension)
{
	bool found = false;
	unsigned long flags;
	int i;

	spin_lock_irqsave(&detached_lock, flags);
	for (i = 0; i < DETACHED_KEPT && !found; i++)
		found = detached[i] && detached[i]->extension == extension;
	spin_unlock_irqrestore(&detached_lock, flags);
	return found;
}

static void complain_missing(void *extension, const struct vpmem_call *call)
{
	if (!in_nmi() && extension_was_detached(extension))
		vpmem_complain(NULL, VPMEM_EV_DETACH_RACE, call,
			       "extension %p is called after its vpmem_detach",
			       extension);
	else
		vpmem_complain(NULL, VPMEM_EV_NO_ADAPTER, call,
			       "%p is not the extension of an attached adapter",
			       extension);
}

/*
 * Has a detach of the adapter wait for the call. Pairs with adapter_look(): one of the
 * two sees the other, either the call that the seal is broken, or the detach that a
 * call is inside.
 */
bool vpmem_enter_adapter(struct vpmem_adapter *adapter, struct vpmem_call *call)
{
	atomic_inc(&adapter->calls);
	smp_mb__after_atomic(); /* between being counted and looking at the seal */
	if (likely(vpmem_attached(adapter->extension))) {
		WRITE_ONCE(adapter->last_call, call->name);
		call->entered = adapter;
		return true;
	}
	atomic_dec(&adapter->calls);
	return false;
}

/*
 * Begins a call: the adapter of its extension, or NULL, which has then been said.
 * vpmem_leave() ends it in either case.
 */
struct vpmem_adapter *vpmem_enter(void *extension, struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = vpmem_adapter(extension);

	if (static_branch_unlikely(&vpmem_verify) && adapter &&
	    !vpmem_enter_adapter(adapter, call))
		adapter = NULL;
	if (!adapter)
		complain_missing(extension, call);
	return adapter;
}

void vpmem_leave(const struct vpmem_call *call)
{
	if (!call->entered)
		return;
	smp_mb__before_atomic(); /* the call is over before it is not counted */
	atomic_dec(&call->entered->calls);
}

static void adapter_look(struct vpmem_adapter *adapter,
			 const struct vpmem_call *call)
{
	smp_mb(); /* between breaking the seal and looking for calls */
	if (atomic_read(&adapter->calls))
		vpmem_complain(adapter, VPMEM_EV_DETACH_RACE, call,
			       "%s is still running", READ_ONCE(adapter->last_call));
}

static void adapter_wait(struct vpmem_adapter *adapter)
{
	while (atomic_read(&adapter->calls))
		msleep(20);
	smp_acquire__after_ctrl_dep(); /* what the calls did is seen from here on */
}

/*
 * Attach
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

/* The device's name; a device that is attached again gets .1, .2, ... */
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

/* For the calls that are documented for PASSIVE_LEVEL. */
bool vpmem_passive(struct vpmem_adapter *adapter, const struct vpmem_call *call)
{
	if (vpmem_cannot_sleep()) {
		vpmem_complain(adapter, VPMEM_EV_BAD_CONTEXT, call,
			       "is not for where one cannot sleep");
		return false;
	}
	might_sleep();
	return true;
}

/* Whether it is worth looking for a block that is to be freed. */
bool vpmem_freeable(struct vpmem_adapter *adapter, const void *block,
		    const struct vpmem_call *call)
{
	if (!block) {
		vpmem_count_event(adapter, VPMEM_EV_NULL_FREE);
		return false;
	}
	if (in_nmi()) {
		vpmem_complain(adapter, VPMEM_EV_BAD_CONTEXT, call,
			       "nothing can be freed in an NMI; left alone");
		return false;
	}
	return true;
}

static int adapter_publish(struct vpmem_adapter *adapter, struct device *dev)
{
	static u64 last_serial;

	mutex_lock(&vpmem_adapters_lock);
	adapter->name = adapter_name(dev);
	adapter->serial = ++last_serial;
	if (adapter->name)
		list_add_tail_rcu(&adapter->node, &vpmem_adapters);
	mutex_unlock(&vpmem_adapters_lock);
	return adapter->name ? 0 : -ENOMEM;
}

static struct vpmem_adapter *adapter_alloc(size_t extension_size)
{
	struct vpmem_adapter *adapter;
	size_t size;

	if (check_add_overflow(sizeof(*adapter), extension_size, &size))
		return NULL;
	adapter = kzalloc(size, VPMEM_GFP_PASSIVE);
	if (!adapter)
		return NULL;
	get_random_bytes(&adapter->cookie, sizeof(adapter->cookie));
	adapter->quota = READ_ONCE(buffer_quota);
	vpmem_contig_attach(adapter);
	vpmem_claims_attach(adapter);
	vpmem_registry_attach(adapter);
	vpmem_interrupt_attach(adapter);
	vpmem_device_lock_init(adapter);
	vpmem_regions_attach(adapter);
	return adapter;
}

void *vpmem_attach(struct device *dev, size_t extension_size)
{
	const struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter;
	unsigned int flags;
	int err = -ENOMEM;

	if (!dev || !vpmem_passive(NULL, &call))
		return ERR_PTR(-EINVAL);
	if (!try_module_get(THIS_MODULE))
		return ERR_PTR(-ENODEV);
	adapter = adapter_alloc(extension_size);
	if (!adapter)
		goto put_module;
	err = vpmem_tags_init(adapter);
	if (err)
		goto free_adapter;
	adapter->dev = get_device(dev);
	err = adapter_publish(adapter, dev);
	if (err)
		goto put_device;
	flags = vpmem_no_oom_begin();
	vpmem_debugfs_attach(adapter);
	vpmem_no_oom_end(flags);
	WRITE_ONCE(adapter->seal,
		   vpmem_seal(adapter->extension));
	vpmem_callers_forget();
	return adapter->extension;

put_device:
	put_device(dev);
	vpmem_tags_destroy(adapter);
free_adapter:
	adapter_free(adapter);
put_module:
	module_put(THIS_MODULE);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(vpmem_attach);

/*
 * Detach
 */

static void slot_report(struct vpmem_adapter *adapter, const struct vpmem_slot *slot)
{
	struct vpmem_counters sum;
	char text[VPMEM_TAG_TEXT], symbol[VPMEM_SYMBOL_TEXT];
	unsigned long left;

	vpmem_slot_sum(slot, &sum);
	if (sum.allocs == sum.frees)
		return;
	/* The adapter's own counters are about to go. */
	vpmem_count_event(NULL, VPMEM_EV_LEAK);
	left = sum.allocs - sum.frees - slot->regions;
	small_leave(left);
	pr_warn("%s: leak: tag %s (0x%08x) %s: %llu blocks, %llu bytes; %u reclaimed, %lu left in place\n",
		adapter->name, vpmem_slot_text(slot, text), slot->tag,
		vpmem_kind_name(slot->kind), sum.allocs - sum.frees,
		sum.bytes_in - sum.bytes_out, slot->regions, left);
	if (slot->caller)
		pr_warn("%s: leak: allocated by %s: tag %s as above\n", adapter->name,
			vpmem_symbol_text(slot->caller, symbol),
			vpmem_slot_text(slot, text));
	cond_resched();
}

static void adapter_report(struct vpmem_adapter *adapter)
{
	unsigned int id;

	vpmem_regions_tally(adapter);
	for (id = 0; id < adapter->tags.slots; id++)
		slot_report(adapter, vpmem_slot_by_id(&adapter->tags, id));
	vpmem_leaks_report(adapter);
}

/* Regions that were built on others are released first: the kinds are in that order. */
static void adapter_settle(struct vpmem_adapter *adapter, bool quiet,
			   const struct vpmem_call *call)
{
	unsigned int kind;

	vpmem_rom_detach(adapter, call);
	/* Windows undoes the mappings of a miniport itself, so few miniports do. */
	if (adapter->undoes_mappings)
		vpmem_regions_reclaim(adapter, VPMEM_MAPPED, call);
	adapter_report(adapter);
	if (!quiet || adapter->masters_again)
		vpmem_keep_memory(adapter, quiet, call);
	for (kind = VPMEM_KINDS; kind-- > 0;)
		vpmem_regions_reclaim(adapter, kind, call);
	vpmem_regions_flush();
	vpmem_dma_detach(adapter);
}

/* Let one of two that detach the same extension have it; the other finds no adapter. */
static struct vpmem_adapter *adapter_close(void *extension)
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
 * Refuse calls from here on. The adapter stays in the list, so that its name is not given
 * to another while debugfs has it, and a walk over its regions meets what it was.
 */
static void adapter_break_seal(struct vpmem_adapter *adapter)
{
	WRITE_ONCE(adapter->seal, 0);
	WRITE_ONCE(adapter->cookie, 0);
	vpmem_callers_forget();
}

/* Tells whether it was the last one. */
static bool adapter_unpublish(struct vpmem_adapter *adapter)
{
	bool last;

	mutex_lock(&vpmem_adapters_lock);
	list_del_rcu(&adapter->node);
	last = list_empty(&vpmem_adapters);
	mutex_unlock(&vpmem_adapters_lock);
	return last;
}

/*
 * Stop all code of the driver's that vpmem calls or that waits in vpmem, in this order:
 *
 * 1. The interrupt, the DPC and the timer. Calls are answered until the last of them has
 *    returned, so none of them meets an extension that is gone.
 * 2. Waits, because a task that waits may hold the device lock.
 * 3. The device lock, which is in the adapter. A task that holds it gives it back by a
 *    call, so calls are still answered.
 * 4. Calls. Verify mode knows of those that are inside, names one and waits for them.
 * 5. The device. No code is left that could start a transfer or turn mastering on again.
 *
 * Nothing is freed before. False if the device does not stop.
 */
static bool adapter_stop(struct vpmem_adapter *adapter, const struct vpmem_call *call)
{
	vpmem_interrupt_detach(adapter);
	vpmem_waits_end(adapter);
	vpmem_device_close(adapter, call);
	adapter_break_seal(adapter);
	adapter_look(adapter, call);
	adapter_wait(adapter);
	return vpmem_quiesce(adapter);
}

/*
 * Free an adapter that has stopped, in this order:
 *
 * 1. The views, which show all that follows.
 * 2. The registry and the claims, on which nothing is built.
 * 3. Memory.
 * 4. The place in the list, and then the readers of it: each pointer that is no block is
 *    looked for in all adapters.
 * 5. The adapter.
 */
static void adapter_end(struct vpmem_adapter *adapter,
			const struct vpmem_call *call)
{
	bool keep = static_key_enabled(&vpmem_verify);
	bool quiet = adapter_stop(adapter, call);
	bool last;

	vpmem_debugfs_detach(adapter);
	vpmem_registry_detach(adapter);
	vpmem_claims_detach(adapter);
	adapter_settle(adapter, quiet, call);
	last = adapter_unpublish(adapter);
	synchronize_rcu();
	vpmem_tags_destroy(adapter);
	put_device(adapter->dev);
	if (last)
		vpmem_bios_idle();
	if (keep)
		adapter_keep(adapter);
	else
		adapter_free(adapter);
	module_put(THIS_MODULE);
}

static void managed_detach(void *extension)
{
	struct vpmem_adapter *adapter = adapter_close(extension);
	const struct vpmem_call call = { .name = "vpmem_detach" };

	if (adapter)
		adapter_end(adapter, &call);
}

void vpmem_detach(void *hw_device_extension)
{
	const struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter;

	if (!vpmem_passive(vpmem_adapter(hw_device_extension), &call))
		return;
	adapter = adapter_close(hw_device_extension);
	if (!adapter) {
		complain_missing(hw_device_extension, &call);
		return;
	}
	if (adapter->managed)
		devm_remove_action(adapter->dev, managed_detach,
				   hw_device_extension);
	adapter_end(adapter, &call);
}
EXPORT_SYMBOL_GPL(vpmem_detach);

void *devm_vpmem_attach(struct device *dev, size_t extension_size)
{
	void *extension = vpmem_attach(dev, extension_size);
	int err;

	if (IS_ERR(extension))
		return extension;
	err = devm_add_action_or_reset(dev, managed_detach, extension);
	if (err)
		return ERR_PTR(err);
	vpmem_container(extension)->managed = true;
	return extension;
}
EXPORT_SYMBOL_GPL(devm_vpmem_attach);

/*
 * The module
 */

static int __init vpmem_init(void)
{
	int err;

	get_random_bytes(&vpmem_secret, sizeof(vpmem_secret));
	vpmem_log_init();
	err = small_init();
	if (err)
		return err;
	err = vpmem_bios_init();
	if (err)
		goto exit_small;
	vpmem_contig_init();
	vpmem_debugfs_init();
	vpmem_verify_set(verify);
	vpmem_callers_set(callers);
	return 0;

exit_small:
	small_exit();
	return err;
}
module_init(vpmem_init);

static void __exit vpmem_exit(void)
{
	int i;

	vpmem_debugfs_exit();
	vpmem_bios_exit();
	vpmem_realmode_exit();
	vpmem_regions_exit();
	vpmem_contig_exit();
	small_exit();
	for (i = 0; i < DETACHED_KEPT; i++)
		adapter_free(detached[i]);
}
module_exit(vpmem_exit);

MODULE_DESCRIPTION("Windows VideoPort memory for Linux");
MODULE_LICENSE("GPL");
