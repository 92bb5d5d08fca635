// SPDX-License-Identifier: GPL-2.0-only
/*
 * Driver that makes a call on demand: the first one that needs the memory of the BIOS, which
 * stays until vpmem is unloaded. The name of the call is written to the parameter "call"; the
 * write fails if the call finds no memory. It needs no KUnit: the guest's script runs it.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/string.h>

#include "include/vpmem-port.h"
#include "include/video.h"

static struct platform_device *pdev;
static void *extension;

/*
 * Miniport of the machine's VGA, which has set a mode
 */

static void *port_extension;

static VP_STATUS first_find(PVOID ext, PVOID context, __u16 *arguments,
			    PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	port_extension = ext;
	return NO_ERROR;
}

static BOOLEAN first_initialize(PVOID ext)
{
	return true;
}

static BOOLEAN first_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	packet->StatusBlock->Status = NO_ERROR;
	return true;
}

static ULONG first_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = first_find,
		.HwInitialize = first_initialize,
		.HwStartIO = first_start_io,
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

static struct vpmem_miniport miniport = {
	.name = "vpmem-first-port",
	.entry = first_entry,
};

static int port_start(void)
{
	VIDEO_MODE mode = {};
	int err = vpmem_miniport_register(&miniport, THIS_MODULE);

	if (err)
		return err;
	if (vpmem_request(port_extension, IOCTL_VIDEO_SET_CURRENT_MODE, &mode, sizeof(mode),
			  NULL, 0, NULL) == NO_ERROR)
		return 0;
	vpmem_miniport_unregister(&miniport);
	return -EIO;
}

/*
 * Calls
 */

static int query(void)
{
	VIDEO_PORT_INT10_INTERFACE bios = {
		.Size = sizeof(bios), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	PINTERFACE interface = (PINTERFACE)&bios;
	VP_STATUS status = VideoPortQueryServices(extension, VideoPortServicesInt10, interface);

	if (status != NO_ERROR)
		return status == ERROR_NOT_ENOUGH_MEMORY ? -ENOMEM : -EIO;
	bios.InterfaceDereference(bios.Context);
	return 0;
}

/* Call the BIOS. A machine without one, or without the helper, has no such function. */
static int int10(void)
{
	VIDEO_X86_BIOS_ARGUMENTS registers = { .Eax = 0x0f00 };

	return VideoPortInt10(extension, &registers) == ERROR_INVALID_PARAMETER ? -ENOMEM : 0;
}

/* Map memory below a megabyte, in whose place a driver for a PC gets that of the BIOS. */
static int map(void)
{
	const PHYSICAL_ADDRESS low = { .QuadPart = 0x10000 };
	void *base;

	if (!IS_ENABLED(CONFIG_X86) || IS_ENABLED(CONFIG_UML))
		return 0;
	base = VideoPortGetDeviceBase(extension, low, 4096, 0);
	if (!base)
		return -ENOMEM;
	VideoPortFreeDeviceBase(extension, base);
	return 0;
}

/* Stop the miniport. It has no HwResetHw, so vpmem has the BIOS set the text mode. */
static int stop(void)
{
	vpmem_miniport_unregister(&miniport);
	return 0;
}

static const struct {
	const char *name;
	int (*make)(void);
} calls[] = {
	{ "query", query },
	{ "int10", int10 },
	{ "map", map },
	{ "stop", stop },
};

static int call_set(const char *name, const struct kernel_param *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++)
		if (sysfs_streq(name, calls[i].name))
			return calls[i].make();
	return -EINVAL;
}

static const struct kernel_param_ops call_ops = { .set = call_set };
module_param_cb(call, &call_ops, NULL, 0200);
MODULE_PARM_DESC(call, "Call to make: query, int10, map, or stop");

static int __init first_init(void)
{
	int err;

	pdev = platform_device_register_simple("vpmem-first", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	extension = vpmem_attach(&pdev->dev, 64);
	err = PTR_ERR_OR_ZERO(extension);
	if (err)
		goto unregister_device;
	err = port_start();
	if (err)
		goto detach;
	return 0;

detach:
	vpmem_detach(extension);
unregister_device:
	platform_device_unregister(pdev);
	return err;
}
module_init(first_init);

static void __exit first_exit(void)
{
	vpmem_miniport_unregister(&miniport);
	vpmem_detach(extension);
	platform_device_unregister(pdev);
}
module_exit(first_exit);

MODULE_DESCRIPTION("First call of vpmem that needs the memory of the BIOS");
MODULE_LICENSE("GPL");
