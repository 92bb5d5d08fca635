// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport in the tree of a kernel, as a module or in the kernel, which has no module then.
 *
 * Results are KTAP in the kernel's log.
 */
#define pr_fmt(fmt) "" fmt

#include <linux/err.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/platform_device.h>

#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

#define INDENT	"    "		/* of what is within the suite */

static const ULONG TAG = 'tseT';

static unsigned int number, failures;

static void result(bool passed, const char *name)
{
	failures += !passed;
	pr_info(INDENT "%s %u - %s\n", passed ? "ok" : "not ok", ++number, name);
}

/*
 * The miniport
 */

/* Calls by name, which must be those of vpmem and not of the rest of the kernel. */
static void find_calls(void *extension)
{
	result(VideoPortGetProcAddress(extension, (PUCHAR)"VideoPortAllocatePool") ==
	       (PVOID)VideoPortAllocatePool, "call_by_name");
	result(!VideoPortGetProcAddress(extension, (PUCHAR)"VideoPortMissing"), "missing_call");
	result(!VideoPortGetProcAddress(extension, (PUCHAR)"kfree"), "call_of_the_kernel");
}

/* Call a function that is passed no adapter, which is found by the calling code. */
static void allocate_by_caller(void)
{
	void *block = ExAllocatePoolWithTag(NonPagedPool, 64, TAG);

	result(block, "adapter_of_the_caller");
	if (block)
		ExFreePoolWithTag(block, TAG);
}

static VP_STATUS test_find_adapter(PVOID extension, PVOID context, __u16 *argument,
				   PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	*again = FALSE;
	find_calls(extension);
	allocate_by_caller();
	return NO_ERROR;
}

static BOOLEAN test_initialize(PVOID extension)
{
	return TRUE;
}

static BOOLEAN test_start_io(PVOID extension, PVIDEO_REQUEST_PACKET packet)
{
	packet->StatusBlock->Status = ERROR_INVALID_FUNCTION;
	return TRUE;
}

static ULONG test_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA data = {
		.HwInitDataSize = sizeof(data),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = test_find_adapter,
		.HwInitialize = test_initialize,
		.HwStartIO = test_start_io,
		.HwDeviceExtensionSize = 64,
	};

	return VideoPortInitialize(context1, context2, &data, NULL);
}

static struct vpmem_miniport miniport = { .name = "vpmem_test", .entry = test_entry };

/*
 * Initialization
 */

#ifndef MODULE
/* Attach before vpmem is initialized, which driver core tries again later. */
static int __init attach_early(void)
{
	struct platform_device *device;

	pr_info("KTAP version 1\n");
	pr_info(INDENT "# Subtest: in_the_kernel\n");
	device = platform_device_register_simple("vpmem_early", PLATFORM_DEVID_NONE, NULL, 0);
	result(!IS_ERR(device) && PTR_ERR(vpmem_attach(&device->dev, 64)) == -EPROBE_DEFER,
	       "attach_before_initialization");
	if (!IS_ERR(device))
		platform_device_unregister(device);
	return 0;
}
subsys_initcall(attach_early);
#endif

static int __init test_init(void)
{
	if (IS_MODULE(CONFIG_VPMEM_TEST)) {
		pr_info("KTAP version 1\n");
		pr_info(INDENT "# Subtest: in_the_tree\n");
	}
	result(!vpmem_miniport_register(&miniport, THIS_MODULE), "register");
	vpmem_miniport_unregister(&miniport);
	pr_info(INDENT "1..%u\n", number);
	pr_info("%s 1 - %s\n", failures ? "not ok" : "ok",
		IS_MODULE(CONFIG_VPMEM_TEST) ? "in_the_tree" : "in_the_kernel");
	return 0;
}
module_init(test_init);

static void __exit test_exit(void)
{
}
module_exit(test_exit);

MODULE_DESCRIPTION("Test of vpmem in the tree of a kernel");
MODULE_LICENSE("GPL");
