// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module, and the life of an adapter: attach and detach, each as an ordered list.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/err.h>
#include <linux/module.h>

#include "bus/claims.h"
#include "bus/quiesce.h"
#include "bus/rom.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/callers.h"
#include "core/devlock.h"
#include "core/log.h"
#include "core/tags.h"
#include "core/trace.h"
#include "core/version.h"
#include "core/views.h"
#include "core/wait.h"
#include "dma/adapter.h"
#include "dma/contig.h"
#include "int10/interface.h"
#include "int10/bios.h"
#include "int10/node.h"
#include "int10/realmode.h"
#include "mem/regions.h"
#include "mem/small.h"
#include "mem/pool.h"
#include "services/interrupt.h"
#include "services/registry.h"
#include "vpmem.h"

static bool verify;
module_param(verify, bool, 0444);
MODULE_PARM_DESC(verify,
		 "Give every block a record, guards, poison and the stack of its allocation");

static bool callers;
module_param(callers, bool, 0444);
MODULE_PARM_DESC(callers,
		 "Count pool and buffers by the code that allocates them, and name it in the report of leaks");

/*
 * Result of the initialization. A driver in the kernel may attach before it, and does so
 * although it failed.
 */
static int init_result __ro_after_init = -EPROBE_DEFER;

/*
 * Attach
 */

/* Allocate the state that each source file keeps of an adapter. */
static int rooms_attach(struct vpmem_adapter *adapter)
{
	vpmem_device_lock_init(adapter);
	vpmem_pool_attach(adapter);
	return vpmem_regions_attach(adapter) ?:
	       vpmem_parks_attach(adapter) ?:
	       vpmem_quarantine_attach(adapter) ?:
	       vpmem_contig_attach(adapter) ?:
	       vpmem_claims_attach(adapter) ?:
	       vpmem_registry_attach(adapter) ?:
	       vpmem_interrupt_attach(adapter) ?:
	       vpmem_int10_attach(adapter);
}

void *vpmem_attach(struct device *dev, size_t extension_size)
{
	const struct vpmem_call call = VPMEM_CALL();
	struct vpmem_adapter *adapter;
	int err = -ENOMEM;

	if (init_result)
		return ERR_PTR(init_result);
	if (!dev || !vpmem_check_may_sleep(&call))
		return ERR_PTR(-EINVAL);
	if (!try_module_get(THIS_MODULE))
		return ERR_PTR(-ENODEV);
	adapter = vpmem_adapter_alloc(extension_size);
	if (!adapter)
		goto put_module;
	err = rooms_attach(adapter);
	if (err)
		goto free_adapter;
	err = vpmem_small_attach(adapter);
	if (err)
		goto free_small;
	err = vpmem_tags_attach(adapter);
	if (err)
		goto free_small;
	adapter->dev = get_device(dev);
	err = vpmem_adapter_publish(adapter);
	if (err)
		goto put_device;
	vpmem_views_attach(adapter);
	trace_adapter_attach(adapter);
	vpmem_adapter_seal(adapter);
	vpmem_callers_forget();
	return adapter->extension;

put_device:
	put_device(dev);
	vpmem_tags_detach(adapter);
free_small:
	vpmem_small_detach(adapter);
free_adapter:
	vpmem_adapter_free(adapter);
put_module:
	module_put(THIS_MODULE);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_GPL(vpmem_attach);

/*
 * Detach
 */

/*
 * Stop all code of the driver's that vpmem calls or that waits in vpmem, in this order:
 *
 * 1. The interrupt, the DPC and the timer. Calls are accepted until the last of them has
 *    returned, so that none of them fails for an extension that is already detached.
 * 2. Waits, because a waiting task may hold the device lock.
 * 3. The device lock, which is in the adapter. A task that holds it has to release it by a
 *    call, so calls are still accepted.
 * 4. Calls. Verify mode counts the running ones, reports one and waits for all.
 * 5. The device. No code is left that could start a transfer or turn mastering on again.
 *
 * Nothing is freed before. Return false if the device does not stop.
 */
static bool adapter_stop(const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	vpmem_interrupt_detach(adapter);
	vpmem_waits_end(adapter);
	vpmem_device_close(call);
	vpmem_adapter_unseal(adapter);
	vpmem_callers_forget();
	vpmem_adapter_wait(call);
	return vpmem_quiesce(adapter);
}

/* Free the memory of an adapter, after a report of its leaks. */
static void memory_detach(bool stopped, const struct vpmem_call *call)
{
	struct vpmem_adapter *adapter = call->adapter;

	vpmem_parks_close(adapter);
	vpmem_rom_detach(call);
	/* Unmap for miniports: Windows does so, and few of them unmap. */
	if (adapter->undoes_mappings)
		vpmem_regions_reclaim(VPMEM_MAPPED, call);
	vpmem_leaks_report(call);
	if (!stopped || adapter->masters_again)
		vpmem_keep_memory(stopped, call);
	vpmem_regions_reclaim_all(call);
	vpmem_regions_flush();
	vpmem_dma_detach(adapter);
}

/*
 * Free an adapter that has stopped, in this order:
 *
 * 1. The views, which show all of the following.
 * 2. The registry and the claims, which nothing depends on.
 * 3. Memory.
 * 4. The list entry and the pages of small blocks, and a grace period for their readers: an
 *    unknown pointer is looked up in all adapters, and by its page. What such a lookup reads
 *    is freed after it. After the last adapter, the BIOS helper is told to exit.
 * 5. The adapter, which verify mode keeps for late calls.
 */
static void adapter_detach(const struct vpmem_call *call)
{
	bool keep = static_key_enabled(&vpmem_verify);
	struct vpmem_adapter *adapter = call->adapter;
	bool stopped = adapter_stop(call);
	bool last;

	vpmem_views_detach(adapter);
	vpmem_registry_detach(adapter);
	vpmem_claims_detach(adapter);
	memory_detach(stopped, call);
	last = vpmem_adapter_unpublish(adapter);
	vpmem_small_close(adapter);
	synchronize_rcu();
	vpmem_small_detach(adapter);
	vpmem_tags_detach(adapter);
	trace_adapter_detach(adapter);
	put_device(adapter->dev);
	if (last)
		vpmem_bios_idle();
	if (keep)
		vpmem_adapter_keep(adapter);
	else
		vpmem_adapter_free(adapter);
	module_put(THIS_MODULE);
}

static void managed_detach(void *extension)
{
	const struct vpmem_call call = {
		.name = "vpmem_detach",
		.adapter = vpmem_adapter_close(extension),
	};

	if (call.adapter)
		adapter_detach(&call);
}

void vpmem_detach(void *hw_device_extension)
{
	struct vpmem_call call = VPMEM_CALL();

	/* Name the adapter in a message about the context; closing it may sleep. */
	call.adapter = vpmem_adapter(hw_device_extension);
	if (!vpmem_check_may_sleep(&call))
		return;
	call.adapter = vpmem_adapter_close(hw_device_extension);
	if (!call.adapter) {
		vpmem_no_adapter(hw_device_extension, &call);
		return;
	}
	if (call.adapter->managed)
		devm_remove_action(call.adapter->dev, managed_detach,
				   hw_device_extension);
	adapter_detach(&call);
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
 * Module
 */

/* Register the views, in the order in which they stand in the directories. */
static void __init views_init(void)
{
	vpmem_views_init();
	vpmem_tags_view_init();
	vpmem_peaks_view_init();
	vpmem_regions_view_init();
	vpmem_parks_init();
	vpmem_pool_init();
	vpmem_dma_init();
	vpmem_contig_init();
	vpmem_int10_init();
	vpmem_registry_init();
	vpmem_events_view_init();
	vpmem_views_add();
}

static int __init rooms_init(void)
{
	int err;

	vpmem_adapters_init();
	vpmem_log_init();
	err = vpmem_small_init();
	if (err)
		return err;
	err = vpmem_bios_init();
	if (err)
		goto exit_small;
	views_init();
	err = vpmem_node_register();
	if (err)
		goto exit_bios;
	vpmem_verify_set(verify);
	vpmem_callers_set(callers);
	return 0;

exit_bios:
	vpmem_views_exit();
	vpmem_parks_exit();
	vpmem_contig_exit();
	vpmem_bios_exit();
exit_small:
	vpmem_small_exit();
	return err;
}

static int __init vpmem_init(void)
{
	init_result = rooms_init();
	return init_result;
}

/* Initialize before the drivers, where they are in the kernel. */
fs_initcall(vpmem_init);

static void __exit vpmem_exit(void)
{
	vpmem_views_exit();
	/* Kill a helper that was started but has not opened the node yet. */
	vpmem_bios_exit();
	vpmem_node_unregister();
	vpmem_realmode_exit();
	vpmem_parks_exit();
	vpmem_regions_exit();
	vpmem_contig_exit();
	vpmem_small_exit();
	vpmem_adapters_exit();
}
module_exit(vpmem_exit);

MODULE_DESCRIPTION("Windows VideoPort memory for Linux");
MODULE_AUTHOR(VPMEM_AUTHORS);
MODULE_VERSION(VPMEM_VERSION);
MODULE_LICENSE("GPL");
