// SPDX-License-Identifier: GPL-2.0-only
/*
 * Benchmark: the cost of vpmem's calls beside the Linux calls that a user would choose
 * instead. It runs while it is loaded, and prints a table into the kernel log.
 *
 * The unit is a cycle of get_cycles(). Under QEMU's -icount, where `make bench` runs it,
 * that is an instruction, and the table is the same in every run.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpumask.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/sched.h>

#include "bench/bench.h"
#include "core/compat.h"

static char *framebuffer;
module_param(framebuffer, charp, 0444);
MODULE_PARM_DESC(framebuffer, "Path of a miniport's frame buffer in debugfs, to measure writes");

static bool scale;
module_param(scale, bool, 0444);
MODULE_PARM_DESC(scale, "Measure only how the throughput of all CPUs compares to that of one");

struct device *bench_device;
void *bench_extension;

static void run_all(void)
{
	bench_head();
	bench_pool();
	bench_tags();
	bench_orders();
	bench_hold();
	bench_large();
	bench_dma();
	bench_unhold();
	bench_services();
	if (framebuffer) {
		bench_framebuffer(framebuffer);
		bench_display();
	}
	bench_adapters();
	bench_memory();
	bench_peers();
	bench_callers();
}

/* Stay on the first CPU; rows with two use the second one. */
static int run_on_first_cpu(void)
{
	cpumask_var_t allowed;
	int err;

	if (!zalloc_cpumask_var(&allowed, GFP_KERNEL))
		return -ENOMEM;
	cpumask_copy(allowed, current->cpus_ptr);
	err = set_cpus_allowed_ptr(current, cpumask_of(0));
	if (!err) {
		if (scale)
			bench_scale();
		else
			run_all();
		set_cpus_allowed_ptr(current, allowed);
	}
	free_cpumask_var(allowed);
	return err ?: bench_status();
}

/* Attach to a device without a bus, which can do DMA. */
static int run_with_device(void)
{
	struct platform_device *pdev;
	int err = 0;

	pdev = platform_device_register_simple("vpmem_bench", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	bench_device = &pdev->dev;
	bench_extension = vpmem_attach(bench_device, 64);
	if (IS_ERR(bench_extension)) {
		err = PTR_ERR(bench_extension);
	} else {
		err = run_on_first_cpu();
		vpmem_detach(bench_extension);
	}
	platform_device_unregister(pdev);
	return err;
}

/* Calls that name no adapter look for the driver of its device. */
static int bench_probe(struct platform_device *pdev)
{
	return 0;
}

static struct platform_driver bench_driver = {
	.driver.name = "vpmem_bench",
	.probe = bench_probe,
};

static int __init bench_init(void)
{
	int err = platform_driver_register(&bench_driver);

	if (err)
		return err;
	err = run_with_device();
	platform_driver_unregister(&bench_driver);
	return err;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
}
module_exit(bench_exit);

MODULE_IMPORT_NS(VPMEM_TEST_NS);
MODULE_IMPORT_NS(VPMEM_DISPLAY_NS);
MODULE_DESCRIPTION("Costs of vpmem beside the calls of Linux");
MODULE_LICENSE("GPL");
