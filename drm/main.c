// SPDX-License-Identifier: GPL-2.0-only
/*
 * vpmem_drm: each adapter whose miniport has a mode that can be shown becomes a device of
 * DRM, for the console, Xorg and Wayland.
 */
#include <linux/aperture.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/suspend.h>

#include <drm/drm_atomic_helper.h>
#include <drm/drm_drv.h>
#include <drm/drm_file.h>
#include <drm/drm_gem.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_ioctl.h>
#include <drm/drm_managed.h>
#include <drm/drm_print.h>
#include <drm/drm_probe_helper.h>

#include "core/compat.h"
#include "core/version.h"
#include "drm/kms.h"

DEFINE_DRM_GEM_FOPS(kms_fops);

static const struct drm_driver kms_driver = {
	.driver_features = DRIVER_GEM | DRIVER_MODESET | DRIVER_ATOMIC,
	.name = "vpmem",
	.desc = "Windows video miniport",
	.major = 1,
	.fops = &kms_fops,
	DRM_GEM_SHMEM_DRIVER_OPS,
	VPMEM_DRM_CONSOLE_OPS
	VPMEM_DRM_DATE
};

/* All devices, for suspend, and those that have ended, but may be in use */
static DEFINE_MUTEX(kms_lock);		/* guards both */
static LIST_HEAD(kms_list);
static LIST_HEAD(kms_ended);

/*
 * Answers of the miniport, which is asked when it has started, and when its children change
 */

static int kms_ask(struct vpmem_kms *kms)
{
	enum vpmem_display_monitor monitor = vpmem_display_monitor(kms->port);
	struct vpmem_display_mode *modes;
	int count = vpmem_display_modes(kms->port, &modes);
	u8 edid[VPMEM_EDID_SIZE];
	size_t size;

	if (count < 0)
		return count;
	size = vpmem_display_edid(kms->port, edid);
	mutex_lock(&kms->lock);
	swap(kms->modes, modes);
	kms->modes_count = count;
	memcpy(kms->edid, edid, size);
	kms->edid_size = size;
	kms->monitor = monitor;
	mutex_unlock(&kms->lock);
	kvfree(modes);
	return 0;
}

static void kms_change(struct work_struct *work)
{
	struct vpmem_kms *kms = container_of(work, struct vpmem_kms, change_work);

	/* Keep the modes if the miniport fails to list them. */
	kms_ask(kms);
	vpmem_kms_worker_retry(kms);
	drm_kms_helper_hotplug_event(&kms->drm);
}

/*
 * Hooks
 */

static void kms_claim(struct pci_dev *pdev)
{
	int err = aperture_remove_conflicting_pci_devices(pdev, "vpmem");

	if (err)
		dev_warn(&pdev->dev, "vpmem_drm: the firmware's frame buffer stays: error %d\n",
			 err);
}

static void modes_free(struct drm_device *dev, void *unused)
{
	kvfree(vpmem_kms_of(dev)->modes);
}

static int kms_prepare(struct vpmem_kms *kms)
{
	int err;

	if (vpmem_display_pointer_size(kms->port, &kms->pointer_width, &kms->pointer_height))
		kms->pointer_width = 0;

	INIT_LIST_HEAD(&kms->node);
	INIT_WORK(&kms->change_work, kms_change);
	vpmem_kms_worker_init(kms);
	err = drmm_mutex_init(&kms->drm, &kms->lock);
	if (!err)
		err = drmm_add_action_or_reset(&kms->drm, modes_free, NULL);
	return err ?: kms_ask(kms) ?: vpmem_kms_init(kms);
}

static struct vpmem_kms *kms_create(struct vpmem_port *port, struct device *dev)
{
	struct vpmem_kms *kms = devm_drm_dev_alloc(dev, &kms_driver, struct vpmem_kms, drm);
	int err;

	if (IS_ERR(kms))
		return kms;
	kms->port = port;
	err = kms_prepare(kms);
	if (!err)
		err = drm_dev_register(&kms->drm, 0);
	return err ? ERR_PTR(err) : kms;
}

/*
 * Free the devices that have ended and that nobody uses any more. Return whether that is all
 * of them.
 *
 * Each keeps a reference until then, so that no one else frees it: the frame buffer device
 * of DRM puts the module before it puts the device, which calls this module.
 */
static bool kms_reap(void)
{
	struct vpmem_kms *kms, *next;
	LIST_HEAD(unused);
	bool all;

	mutex_lock(&kms_lock);
	list_for_each_entry_safe(kms, next, &kms_ended, node)
		if (kref_read(&kms->drm.ref) == 1)
			list_move(&kms->node, &unused);
	all = list_empty(&kms_ended);
	mutex_unlock(&kms_lock);
	list_for_each_entry_safe(kms, next, &unused, node)
		drm_dev_put(&kms->drm);
	return all;
}

/* Create the device. A group of devres holds it, because it may go before the adapter. */
static void *kms_start(struct vpmem_port *port, struct device *dev)
{
	void *group = devres_open_group(dev, NULL, GFP_KERNEL);
	struct vpmem_kms *kms;

	if (!group)
		return NULL;
	/* Let a new device have the number of one whose last file was closed. */
	kms_reap();
	kms = kms_create(port, dev);
	devres_close_group(dev, group);
	if (IS_ERR(kms)) {
		dev_info(dev, "vpmem_drm: no display: error %ld\n", PTR_ERR(kms));
		devres_release_group(dev, group);
		return NULL;
	}
	kms->group = group;
	mutex_lock(&kms_lock);
	list_add_tail(&kms->node, &kms_list);
	mutex_unlock(&kms_lock);
	vpmem_drm_console_setup(&kms->drm);
	return kms;
}

/* Release what the adapter has of a device. */
static void kms_release(struct vpmem_kms *kms)
{
	drm_dev_get(&kms->drm);
	devres_release_group(kms->drm.dev, kms->group);
	mutex_lock(&kms_lock);
	list_add_tail(&kms->node, &kms_ended);
	mutex_unlock(&kms_lock);
	kms_reap();
}

/*
 * End a device, in this order:
 *
 * 1. Suspend, which walks the list.
 * 2. What processes do with it; their files stay, and fail from then on.
 * 3. The worker, which calls the miniport.
 * 4. The CRTC, which releases the framebuffers.
 */
static void kms_stop(void *display)
{
	struct vpmem_kms *kms = display;

	mutex_lock(&kms_lock);
	list_del(&kms->node);
	mutex_unlock(&kms_lock);
	drm_dev_unplug(&kms->drm);
	cancel_work_sync(&kms->change_work);
	vpmem_kms_worker_stop(kms);
	drm_atomic_helper_shutdown(&kms->drm);
	kms_release(kms);
}

static void kms_changed(void *display)
{
	struct vpmem_kms *kms = display;

	queue_work(vpmem_kms_queue, &kms->change_work);
}

static const struct vpmem_display_client client = {
	.claim = kms_claim,
	.start = kms_start,
	.stop = kms_stop,
	.changed = kms_changed,
};

/*
 * Suspend: the BIOS helper is a process, so a mode can be set only while processes run.
 */

static void all_sleep(void)
{
	struct vpmem_kms *kms;

	mutex_lock(&kms_lock);
	list_for_each_entry(kms, &kms_list, node)
		vpmem_kms_worker_sleep(kms);
	mutex_unlock(&kms_lock);
}

static void all_wake(struct work_struct *unused)
{
	struct vpmem_kms *kms;

	mutex_lock(&kms_lock);
	list_for_each_entry(kms, &kms_list, node)
		vpmem_kms_worker_wake(kms);
	mutex_unlock(&kms_lock);
}

static DECLARE_DELAYED_WORK(wake_work, all_wake);

/* Time after which the machine does not sleep, although on_post() was not called */
#define REFUSED		HZ

static int on_prepare(struct notifier_block *block, unsigned long event, void *unused)
{
	switch (event) {
	case PM_HIBERNATION_PREPARE:
	case PM_SUSPEND_PREPARE:
	case PM_RESTORE_PREPARE:
		cancel_delayed_work_sync(&wake_work);
		all_sleep();
		break;
	case PM_POST_HIBERNATION:
	case PM_POST_SUSPEND:
	case PM_POST_RESTORE:
		/* If a notifier has refused to sleep, those after it are not called. */
		queue_delayed_work(vpmem_kms_queue, &wake_work, REFUSED);
		break;
	}
	return NOTIFY_DONE;
}

static int on_post(struct notifier_block *block, unsigned long event, void *unused)
{
	if (event == PM_POST_SUSPEND || event == PM_POST_HIBERNATION ||
	    event == PM_POST_RESTORE)
		mod_delayed_work(vpmem_kms_queue, &wake_work, 0);
	return NOTIFY_DONE;
}

/* Run before vpmem stops the BIOS helper, which has priority 0, and after it starts it. */
static struct notifier_block prepare_block = {
	.notifier_call = on_prepare,
	.priority = 10,
};

static struct notifier_block post_block = {
	.notifier_call = on_post,
	.priority = -10,
};

/*
 * Module
 */

static int __init kms_module_init(void)
{
	int err = vpmem_kms_queue_init();

	if (err)
		return err;
	err = register_pm_notifier(&prepare_block);
	if (err)
		goto free_queue;
	err = register_pm_notifier(&post_block);
	if (err)
		goto unregister_prepare;
	err = vpmem_display_client_register(&client);
	if (err)
		goto unregister_post;
	return 0;

unregister_post:
	unregister_pm_notifier(&post_block);
unregister_prepare:
	unregister_pm_notifier(&prepare_block);
	cancel_delayed_work_sync(&wake_work);
free_queue:
	vpmem_kms_queue_free();
	return err;
}
module_init(kms_module_init);

/* Interval for checking whether the last users of devices have gone */
#define REAP_MS		20

static void __exit kms_module_exit(void)
{
	vpmem_display_client_unregister(&client);
	unregister_pm_notifier(&post_block);
	unregister_pm_notifier(&prepare_block);
	cancel_delayed_work_sync(&wake_work);
	/* Wait for files that are being closed: those that are open keep the module. */
	while (!kms_reap())
		msleep(REAP_MS);
	vpmem_kms_queue_free();
}
module_exit(kms_module_exit);

MODULE_DESCRIPTION("DRM driver of adapters with a Windows video miniport");
MODULE_AUTHOR(VPMEM_AUTHORS);
MODULE_VERSION(VPMEM_VERSION);
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_DISPLAY_NS);
