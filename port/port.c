// SPDX-License-Identifier: GPL-2.0-only
/*
 * Port object: makes a Linux driver of a miniport, which only has its DriverEntry and the
 * entry points that it passes to VideoPortInitialize().
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#define dev_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/export.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "bus/pci.h"
#include "core/adapter.h"
#include "core/call.h"
#include "core/callers.h"
#include "core/context.h"
#include "core/devlock.h"
#include "core/log.h"
#include "core/seal.h"
#include "core/wait.h"
#include "int10/realmode.h"
#include "services/interrupt.h"
#include "services/registry.h"
#include "port/port.h"

/* Arguments of a VideoPortInitialize() call, and their driver */
struct port_entry {
	VIDEO_HW_INITIALIZATION_DATA hw;
	PVOID hw_context;
};

/* Limit of VideoPortInitialize() calls, one for each chip and type of bus */
#define ENTRIES_MAX	16

struct port_driver {
	const struct vpmem_miniport *miniport;
	WCHAR path[128];		/* in the registry of Windows; empty here */
	struct module *owner;
	struct pci_driver pci;
	struct port_entry entry[ENTRIES_MAX];
	unsigned int entries;
	bool has_ours;			/* an entry is for the bus of the device */
	struct vpmem_port *legacy;	/* the only port, of a driver without ids */
	u64 seal;			/* validates Context1, which the miniport passes */
};

/*
 * DriverEntry and VideoPortInitialize()
 */

/* Smallest structure; members that older forms lack are zero. */
#define HW_DATA_SIZE_MIN	offsetofend(VIDEO_HW_INITIALIZATION_DATA, HwResetHw)

static bool hw_is_good(const VIDEO_HW_INITIALIZATION_DATA *hw,
		       const struct vpmem_call *call)
{
	const char *fault = NULL;

	if (!hw || hw->HwInitDataSize < HW_DATA_SIZE_MIN)
		fault = "HwInitializationData is NULL, or HwInitDataSize too small";
	else if (!hw->HwFindAdapter || !hw->HwInitialize || !hw->HwStartIO)
		fault = "HwFindAdapter, HwInitialize or HwStartIO is NULL";
	if (fault)
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%s", fault);
	return !fault;
}

static bool is_ours(const struct port_driver *driver,
		    const VIDEO_HW_INITIALIZATION_DATA *hw)
{
	return hw->AdapterInterfaceType == (driver->miniport->ids ? PCIBus : Isa);
}

static bool driver_take(struct port_driver *driver,
			const VIDEO_HW_INITIALIZATION_DATA *hw, PVOID hw_context)
{
	struct port_entry *entry = &driver->entry[driver->entries];

	if (driver->entries == ENTRIES_MAX)
		return false;
	memcpy(&entry->hw, hw, min_t(size_t, hw->HwInitDataSize, sizeof(*hw)));
	entry->hw_context = hw_context;
	driver->has_ours |= is_ours(driver, hw);
	driver->entries++;
	return true;
}

ULONG VideoPortInitialize(PVOID Context1, PVOID Context2,
			  PVIDEO_HW_INITIALIZATION_DATA HwInitializationData,
			  PVOID HwContext)
{
	const struct vpmem_call call = VPMEM_CALL();
	struct port_driver *driver = Context1;

	if (!vpmem_check_may_sleep(&call))
		return ERROR_INVALID_PARAMETER;
	if (!vpmem_sealed(&driver->seal, driver)) {
		vpmem_warn_misuse(&call, VPMEM_EV_BAD_POINTER,
				  "%p is not the Context1 of DriverEntry", Context1);
		return ERROR_INVALID_PARAMETER;
	}
	if (!hw_is_good(HwInitializationData, &call))
		return ERROR_INVALID_PARAMETER;
	if (driver_take(driver, HwInitializationData, HwContext))
		return NO_ERROR;
	vpmem_warn_misuse(&call, VPMEM_EV_BAD_SIZE, "is called more than %d times",
			  ENTRIES_MAX);
	return ERROR_INVALID_PARAMETER;
}
EXPORT_SYMBOL_GPL(VideoPortInitialize);

/*
 * Adapters
 */

static void config_fill(VIDEO_PORT_CONFIG_INFO *config, const struct pci_dev *pdev)
{
	config->Length = sizeof(*config);
	config->AdapterInterfaceType = pdev ? PCIBus : Isa;
	config->InterruptMode = pdev ? LevelSensitive : Latched;
	config->InterruptShareable = !!pdev;
	config->VideoPortGetProcAddress = VideoPortGetProcAddress;
	config->SystemMemorySize = (u64)totalram_pages() << PAGE_SHIFT;
	if (!pdev)
		return;
	config->SystemIoBusNumber = pdev->bus->number;
	config->BusInterruptLevel = pdev->irq;
	config->BusInterruptVector = pdev->irq;
	config->Master = true;
}

/* Tell whether the miniport uses its interrupt. */
static bool interrupt_is_wanted(const VIDEO_PORT_CONFIG_INFO *config)
{
	return config->BusInterruptLevel || config->BusInterruptVector;
}

static int port_find(struct vpmem_port *port)
{
	struct vpmem_adapter *adapter = port->adapter;
	UCHAR again = false;
	VP_STATUS status;

	status = port->hw.HwFindAdapter(adapter->extension, port->hw_context, NULL,
					&port->config, &again);
	if (status == NO_ERROR)
		return 0;
	dev_info(adapter->dev, "HwFindAdapter returned %s (%d); for the messages of the miniport load vpmem with debug_level=3\n",
		 vpmem_status_name(status), status);
	return status == ERROR_NOT_ENOUGH_MEMORY ? -ENOMEM : -ENODEV;
}

static void port_connect(struct vpmem_port *port, unsigned int irq)
{
	struct vpmem_adapter *adapter = port->adapter;
	int err;

	if (!port->hw.HwInterrupt || !irq)
		return;
	err = vpmem_interrupt_set(adapter, irq, port->hw.HwInterrupt);
	if (err)
		dev_warn(adapter->dev, "interrupt %u is not connected: error %d\n", irq, err);
}

static int port_initialize(struct vpmem_port *port)
{
	BOOLEAN done;

	vpmem_device_lock(port->adapter);
	done = port->hw.HwInitialize(port->adapter->extension);
	vpmem_device_settle(port->adapter, 1, "HwInitialize");
	vpmem_device_unlock(port->adapter);
	if (done)
		return 0;
	dev_info(port->adapter->dev, "HwInitialize returned FALSE; for the messages of the miniport load vpmem with debug_level=3\n");
	return -EIO;
}

static unsigned int registry_count(const struct vpmem_miniport *miniport)
{
	return miniport->registry && miniport->registry_count ? *miniport->registry_count : 0;
}

/* Check the settings before the miniport runs, since a PCI probe cannot fail the load. */
static int registry_check(const struct vpmem_miniport *miniport)
{
	const struct vpmem_call call = { .name = "vpmem_miniport_register" };
	unsigned int i;
	int err;

	for (i = 0; i < registry_count(miniport); i++) {
		err = vpmem_registry_check_text(miniport->registry[i], &call);
		if (err)
			return err;
	}
	return 0;
}

static int registry_fill(struct vpmem_port *port, const struct vpmem_miniport *miniport)
{
	const struct vpmem_call call = {
		.name = "vpmem_miniport_register",
		.adapter = port->adapter,
	};
	unsigned int i;
	int err;

	for (i = 0; i < registry_count(miniport); i++) {
		err = vpmem_registry_set_text(miniport->registry[i], &call);
		if (err)
			return err;
	}
	return 0;
}

/* Detach, then free the port: a task in the miniport may use it until its waits end. */
static void port_detach(struct vpmem_port *port)
{
	vpmem_detach(port->adapter->extension);
	kfree(port->child_extensions);
	kvfree(port->shown);
	kfree(port);
}

/* Return the next entry for the bus, or of any if none is for it, as Windows does. */
static const struct port_entry *entry_from(const struct port_driver *driver,
					   const struct port_entry *entry)
{
	const struct port_entry *end = driver->entry + driver->entries;

	while (entry < end && driver->has_ours && !is_ours(driver, &entry->hw))
		entry++;
	return entry < end ? entry : NULL;
}

/* Tell whether another entry is tried after this one. */
static bool is_followed(const struct port_driver *driver, const struct port_entry *entry,
			int err)
{
	return err == -ENODEV && entry_from(driver, entry + 1);
}

/* Start a port with one entry: the part of a probe that does not depend on the bus. */
static struct vpmem_port *port_start_with(const struct port_entry *entry,
					  struct device *dev, struct port_driver *driver,
					  struct pci_dev *pdev)
{
	struct vpmem_port *port = kzalloc(sizeof(*port), VPMEM_GFP_PASSIVE);
	void *extension;
	int err;

	if (!port)
		return ERR_PTR(-ENOMEM);
	extension = vpmem_attach(dev, entry->hw.HwDeviceExtensionSize);
	if (IS_ERR(extension)) {
		kfree(port);
		return ERR_CAST(extension);
	}
	port->adapter = vpmem_container(extension);
	port->hw = entry->hw;
	port->hw_context = entry->hw_context;
	port->enumerates = true;
	mutex_init(&port->screen_lock);
	port->adapter->port = port;
	port->adapter->undoes_mappings = true;
	WRITE_ONCE(port->adapter->module, driver->owner);
	vpmem_callers_forget();
	vpmem_timer_set(port->adapter, port->hw.HwTimer);
	config_fill(&port->config, pdev);
	port->config.DriverRegistryPath = driver->path;
	err = registry_fill(port, driver->miniport);
	if (err)
		goto detach;
	/* Enable it for each entry: the detach of a failed one disables mastering. */
	if (pdev)
		pci_set_master(pdev);
	err = port_find(port);
	if (err) {
		port->adapter->masters_again = pdev && is_followed(driver, entry, err);
		goto detach;
	}
	port_connect(port, pdev && interrupt_is_wanted(&port->config) ? pdev->irq : 0);
	err = port_initialize(port);
	if (err)
		goto detach;
	port->enumerates = false;
	vpmem_port_children(port);
	vpmem_portfs_add(port);
	vpmem_client_start(port);
	dev_info(dev, "adapter bound; its files are in debugfs, vpmem/adapters/%s\n",
		 port->adapter->name);
	return port;

detach:
	port_detach(port);
	return ERR_PTR(err);
}

/* Try the entries until a HwFindAdapter succeeds, as Windows does. */
static struct vpmem_port *port_start(struct device *dev, struct port_driver *driver,
				     struct pci_dev *pdev)
{
	const struct port_entry *entry = entry_from(driver, driver->entry);
	struct vpmem_port *port = ERR_PTR(-ENODEV);

	while (entry && port == ERR_PTR(-ENODEV)) {
		port = port_start_with(entry, dev, driver, pdev);
		entry = entry_from(driver, entry + 1);
	}
	return port;
}

/*
 * Reset the hardware as for a crash of the machine. If HwResetHw returns FALSE, or is
 * missing, set the text mode by INT 10h, as the HAL of Windows does.
 */
static void reset_hardware(struct vpmem_port *port)
{
	VIDEO_X86_BIOS_ARGUMENTS text = { .Eax = 0x0003 };
	void *extension = port->adapter->extension;

	if (port->hw.HwResetHw && port->hw.HwResetHw(extension, 80, 25))
		return;
	if (port->mode_was_set && vpmem_decodes_vga(port->adapter) &&
	    vpmem_realmode_has_bios())
		VideoPortInt10(extension, &text);
}

/* Time that the last calls of a miniport may wait */
#define LAST_WAITS	(5 * HZ)

struct port_patience {
	struct vpmem_adapter *adapter;
	struct delayed_work work;
};

static void patience_ends(struct work_struct *work)
{
	struct port_patience *patience = container_of(to_delayed_work(work),
						      struct port_patience, work);

	dev_warn(patience->adapter->dev,
		 "the miniport does not return within %d s; its waits fail from here on\n",
		 LAST_WAITS / HZ);
	vpmem_waits_end(patience->adapter);
}

/* Make the last calls of a miniport, with the device lock held. */
static void port_reset_device(struct vpmem_port *port)
{
	struct vpmem_adapter *adapter = port->adapter;
	struct port_patience patience = { .adapter = adapter };

	INIT_DELAYED_WORK_ONSTACK(&patience.work, patience_ends);
	vpmem_waits_allow(adapter);
	schedule_delayed_work(&patience.work, LAST_WAITS);
	if (port->mode_is_set || port->mapped)
		vpmem_port_reset(port);
	port->stopped = true;
	vpmem_interrupt_detach(adapter);
	reset_hardware(port);
	vpmem_device_settle(adapter, 1, "HwResetHw");
	cancel_delayed_work_sync(&patience.work);
	destroy_delayed_work_on_stack(&patience.work);
}

/*
 * Stop a miniport, in this order:
 *
 * 1. Waits of running requests, because the next steps wait for the requests.
 * 2. The display driver, which draws until then.
 * 3. The files, so that they cause no new requests.
 * 4. The device lock, while no task can wait holding it. From then on the miniport may
 *    wait again, for some seconds, as the next steps may require.
 * 5. The mode, if one is set, as a display driver does when it is unloaded. The interrupt,
 *    the DPC and the timer still run.
 * 6. Requests by vpmem_request().
 * 7. The interrupt, the DPC and the timer, because HwResetHw must not be interrupted: on
 *    Windows it is called when the machine crashes.
 * 8. HwResetHw, which may make any call.
 * 9. The adapter, see adapter_stop(), and only then the port.
 */
static void port_stop(struct vpmem_port *port)
{
	struct vpmem_adapter *adapter = port->adapter;

	vpmem_waits_end(adapter);
	vpmem_client_stop(port);
	vpmem_portfs_remove(port);
	vpmem_device_lock(adapter);
	port_reset_device(port);
	vpmem_device_unlock(adapter);
	port_detach(port);
}

/*
 * Suspend
 */

static int port_power(struct device *dev, VIDEO_POWER_STATE state)
{
	/* Go on after a failure, which does not prevent suspend on Windows either. */
	vpmem_port_power(vpmem_container(dev_get_drvdata(dev))->port, state);
	return 0;
}

static int __maybe_unused port_suspend(struct device *dev)
{
	return port_power(dev, VideoPowerSuspend);
}

static int __maybe_unused port_resume(struct device *dev)
{
	return port_power(dev, VideoPowerOn);
}

static SIMPLE_DEV_PM_OPS(port_pm_ops, port_suspend, port_resume);

/*
 * PCI
 */

#ifdef CONFIG_PCI

/* Request the BARs. The firmware's frame buffer may own some; the miniport coexists. */
static bool regions_request(struct pci_dev *pdev, const char *name)
{
	int err = pci_request_regions(pdev, name);

	if (err)
		dev_warn(&pdev->dev, "memory or ports are in use by another driver (error %d); continuing\n",
			 err);
	return !err;
}

static int port_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct port_driver *driver = container_of(to_pci_driver(pdev->dev.driver),
						  struct port_driver, pci);
	struct vpmem_port *port;
	bool requested;
	int err;

	err = vpmem_vga_check(pdev);
	if (err)
		return err;
	err = pcim_enable_device(pdev);
	if (err)
		return err;
	vpmem_client_claim(pdev);
	requested = regions_request(pdev, driver->miniport->name);
	port = port_start(&pdev->dev, driver, pdev);
	if (IS_ERR(port)) {
		if (requested)
			pci_release_regions(pdev);
		return PTR_ERR(port);
	}
	port->regions = requested;
	/* Set it for the glue of a driver, since only this file uses the port itself. */
	pci_set_drvdata(pdev, port->adapter->extension);
	return 0;
}

static void port_remove(struct pci_dev *pdev)
{
	struct vpmem_port *port = vpmem_container(pci_get_drvdata(pdev))->port;
	bool requested = port->regions;

	port_stop(port);
	if (requested)
		pci_release_regions(pdev);
}

static int pci_start(struct port_driver *driver, struct module *owner)
{
	int err;

	driver->pci.name = driver->miniport->name;
	driver->pci.id_table = driver->miniport->ids;
	driver->pci.probe = port_probe;
	driver->pci.remove = port_remove;
	driver->pci.driver.pm = &port_pm_ops;
	err = __pci_register_driver(&driver->pci, owner, driver->miniport->name);
	if (!err)
		vpmem_port_report_devices(&driver->pci);
	return err;
}

static void pci_stop(struct port_driver *driver)
{
	pci_unregister_driver(&driver->pci);
}

#else

static int pci_start(struct port_driver *driver, struct module *owner)
{
	return -ENODEV;
}

static void pci_stop(struct port_driver *driver)
{
}

#endif

/*
 * Legacy VGA of a machine: a device of its own, without a driver to bind.
 */

static int legacy_start(struct port_driver *driver)
{
	const char *name = driver->miniport->name;
	struct platform_device *device;
	struct vpmem_port *port;
	int err;

	err = vpmem_vga_get(name);
	if (err)
		return err;
	device = platform_device_register_simple(name, PLATFORM_DEVID_NONE, NULL, 0);
	err = PTR_ERR_OR_ZERO(device);
	if (err)
		goto put_vga;
	port = port_start(&device->dev, driver, NULL);
	err = PTR_ERR_OR_ZERO(port);
	if (err)
		goto unregister_device;
	port->legacy = device;
	driver->legacy = port;
	return 0;

unregister_device:
	platform_device_unregister(device);
put_vga:
	vpmem_vga_put(name);
	return err;
}

static void legacy_stop(struct port_driver *driver)
{
	struct platform_device *device = driver->legacy->legacy;

	port_stop(driver->legacy);
	platform_device_unregister(device);
	vpmem_vga_put(driver->miniport->name);
}

/*
 * Drivers
 */

#define SERVICES	"\\Registry\\Machine\\System\\CurrentControlSet\\Services\\"

static UNICODE_STRING driver_path(struct port_driver *driver)
{
	const char * const parts[] = { SERVICES, driver->miniport->name };
	unsigned int i, length = 0;
	const char *from;

	for (i = 0; i < ARRAY_SIZE(parts); i++)
		for (from = parts[i]; *from && length < ARRAY_SIZE(driver->path) - 1; from++)
			driver->path[length++] = *from;
	return (UNICODE_STRING){
		.Length = length * sizeof(WCHAR),
		.MaximumLength = (length + 1) * sizeof(WCHAR),
		.Buffer = driver->path,
	};
}

static int driver_enter(struct port_driver *driver)
{
	UNICODE_STRING path = driver_path(driver);
	ULONG status = driver->miniport->entry(driver, &path);

	/* Refuse later calls for this driver. */
	driver->seal = 0;
	if (status == NO_ERROR && driver->entries)
		return 0;
	pr_warn("%s: DriverEntry returned %s (0x%x)%s\n", driver->miniport->name,
		vpmem_status_name(status), status,
		driver->entries ? "" : " without a successful VideoPortInitialize");
	return -ENODEV;
}

int vpmem_miniport_register(struct vpmem_miniport *miniport, struct module *owner)
{
	struct port_driver *driver;
	int err;

	if (!miniport || !miniport->name || !miniport->entry)
		return -EINVAL;
	if (miniport->private)
		return -EBUSY;
	err = registry_check(miniport);
	if (err)
		return err;
	driver = kzalloc(sizeof(*driver), VPMEM_GFP_PASSIVE);
	if (!driver)
		return -ENOMEM;
	driver->miniport = miniport;
	driver->owner = owner;
	driver->seal = vpmem_seal(driver);
	err = driver_enter(driver);
	if (!err)
		err = miniport->ids ? pci_start(driver, owner) : legacy_start(driver);
	if (err)
		kfree(driver);
	else
		miniport->private = driver;
	return err;
}
EXPORT_SYMBOL_GPL(vpmem_miniport_register);

void vpmem_miniport_unregister(struct vpmem_miniport *miniport)
{
	struct port_driver *driver = miniport ? miniport->private : NULL;

	/* Ignore a driver that was not registered. */
	if (!driver)
		return;
	if (miniport->ids)
		pci_stop(driver);
	else
		legacy_stop(driver);
	miniport->private = NULL;
	kfree(driver);
}
EXPORT_SYMBOL_GPL(vpmem_miniport_unregister);
