// SPDX-License-Identifier: GPL-2.0-only
/*
 * Benchmark: the cost of vpmem's calls beside the kernel functions below them.
 *
 * Times are cycles of get_cycles(). Under QEMU's -icount the clock advances by one
 * with every guest instruction, so that they are instruction counts and the same in
 * every run; `make bench` runs it so. The ratios are the point.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/dma-mapping.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timex.h>

#include "core/compat.h"
#include "core/testing.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"
#include "vpmem.h"
#include "include/vpmem-port.h"

#define ROUNDS	20

static unsigned int crowd_size;
module_param_named(crowd, crowd_size, uint, 0444);
MODULE_PARM_DESC(crowd,
		 "Regions of a second adapter that stays; what it costs the first one is measured instead");

static struct device *device;
static void *extension;
static PVP_DMA_ADAPTER dma_adapter;

struct pair {
	const char *name;
	void (*run)(size_t size);
};

static void kmalloc_pair(size_t size)
{
	void *block = kmalloc(size, GFP_KERNEL);

	/* The compiler must not see that nothing is done with it. */
	OPTIMIZER_HIDE_VAR(block);
	kfree(block);
}

/* Allocate and free with a size that the compiler knows. */
static void constant_pair(size_t size)
{
	void *block = kmalloc(64, GFP_KERNEL);

	OPTIMIZER_HIDE_VAR(block);
	kfree(block);
}

static void pool_pair(VP_POOL_TYPE type, size_t size)
{
	VideoPortFreePool(extension,
			  VideoPortAllocatePool(extension, type, size, 'zyxD'));
}

static void nonpaged_pair(size_t size)
{
	pool_pair(VpNonPagedPool, size);
}

static void paged_pair(size_t size)
{
	pool_pair(VpPagedPool, size);
}

static void aligned_pair(size_t size)
{
	pool_pair(VpNonPagedPoolCacheAligned, size);
}

static void buffer_pair(size_t size)
{
	void *buffer;

	VideoPortAllocateBuffer(extension, size, &buffer);
	VideoPortReleaseBuffer(extension, buffer);
}

/* Calls without an adapter, which vpmem finds by the code that calls. */
static void executive_pair(size_t size)
{
	ExFreePool(ExAllocatePoolWithTag(NonPagedPool, size, 'zyxD'));
}

static DEFINE_SPINLOCK(linux_lock);
static PSPIN_LOCK vp_lock;

static void linux_lock_pair(size_t unused)
{
	unsigned long flags;

	spin_lock_irqsave(&linux_lock, flags);
	spin_unlock_irqrestore(&linux_lock, flags);
}

static void spin_lock_pair(size_t unused)
{
	UCHAR irql;

	VideoPortAcquireSpinLock(extension, vp_lock, &irql);
	VideoPortReleaseSpinLock(extension, vp_lock, irql);
}

static void coherent_pair(size_t size)
{
	dma_addr_t bus;
	void *buffer = dma_alloc_coherent(device, size, &bus, GFP_KERNEL);

	if (buffer)
		dma_free_coherent(device, size, buffer, bus);
}

static void common_pair(size_t size)
{
	PHYSICAL_ADDRESS logical;
	void *buffer;

	buffer = VideoPortAllocateCommonBuffer(extension, dma_adapter, size,
					       &logical, false, NULL);
	if (buffer)
		VideoPortReleaseCommonBuffer(extension, dma_adapter, size, logical,
					     buffer, false);
}

/* The best of the rounds: what disturbs a round can only make it longer. */
static u64 measure(const struct pair *pair, size_t size, int loops)
{
	u64 best = U64_MAX, begin;
	int round, i;

	for (round = 0; round < ROUNDS; round++) {
		begin = get_cycles();
		for (i = 0; i < loops; i++)
			pair->run(size);
		best = min_t(u64, best, get_cycles() - begin);
	}
	return div_u64(best, loops);
}

struct comparison {
	struct pair base;
	struct pair pairs[5];
	size_t sizes[8];
	int loops;
};

static const struct comparison pool = {
	.base = { "kmalloc", kmalloc_pair },
	.pairs = {
		{ "constant 64", constant_pair },
		{ "NonPagedPool", nonpaged_pair },
		{ "PagedPool", paged_pair },
		{ "CacheAligned", aligned_pair },
		{ "Buffer", buffer_pair },
	},
	.sizes = { 16, 64, 100, 256, 1024, 4000, 4096, 65536 },
	.loops = 1000,
};

static const struct comparison callers = {
	.base = { "kmalloc", kmalloc_pair },
	.pairs = { { "with callers", nonpaged_pair } },
	.sizes = { 64, 1024 },
	.loops = 1000,
};

static const struct comparison executive = {
	.base = { "NonPagedPool", nonpaged_pair },
	.pairs = { { "ExAllocatePool", executive_pair } },
	.sizes = { 64, 1024 },
	.loops = 1000,
};

static const struct comparison locks = {
	.base = { "spin_lock_irqsave", linux_lock_pair },
	.pairs = { { "SpinLock", spin_lock_pair } },
	.sizes = { 1 },
	.loops = 1000,
};

static const struct comparison dma = {
	.base = { "dma_alloc_coherent", coherent_pair },
	.pairs = { { "CommonBuffer", common_pair } },
	.sizes = { 4096, 16384, 65536, 1048576 },
	.loops = 20,
};

static void compare_size(const struct comparison *c, size_t size)
{
	u64 base = measure(&c->base, size, c->loops), cost, ratio;
	int i;

	for (i = 0; i < ARRAY_SIZE(c->pairs) && c->pairs[i].run; i++) {
		cost = measure(&c->pairs[i], size, c->loops);
		ratio = div64_u64(cost * 1000, base ?: 1);
		pr_info("%-14s %8zu %10llu %10llu %5llu.%03llu\n",
			c->pairs[i].name, size, base, cost, ratio / 1000,
			ratio % 1000);
	}
}

static void compare(const struct comparison *c)
{
	int i;

	pr_info("%-14s %8s %10s %10s %9s of %s\n", "pair", "bytes", "base", "vpmem",
		"ratio", c->base.name);
	for (i = 0; i < ARRAY_SIZE(c->sizes) && c->sizes[i]; i++)
		compare_size(c, c->sizes[i]);
}

/*
 * Cost that an adapter with many regions causes others. Spin locks are the
 * smallest regions.
 */

static void *crowd;

static void crowd_make(void)
{
	unsigned int i;
	PSPIN_LOCK lock;

	crowd = vpmem_attach(device, 64);
	for (i = 0; !IS_ERR(crowd) && i < crowd_size; i++)
		if (VideoPortCreateSpinLock(crowd, &lock) != NO_ERROR)
			break;
}

static void attach_pair(size_t size)
{
	void *other = vpmem_attach(device, size);

	if (!IS_ERR(other))
		vpmem_detach(other);
}

static void bad_free(size_t size)
{
	VideoPortFreePool(extension, &crowd);
}

static const struct pair crowd_pairs[] = {
	{ "attach, detach", attach_pair },
	{ "NonPagedPool", nonpaged_pair },
	{ "free of no block", bad_free },
};

static void bench_crowd(void)
{
	u64 alone[ARRAY_SIZE(crowd_pairs)];
	int i;

	for (i = 0; i < ARRAY_SIZE(crowd_pairs); i++)
		alone[i] = measure(&crowd_pairs[i], PAGE_SIZE, 1);
	crowd_make();
	for (i = 0; i < ARRAY_SIZE(crowd_pairs); i++)
		pr_info("%-16s %10llu alone %10llu beside %u regions\n",
			crowd_pairs[i].name, alone[i],
			measure(&crowd_pairs[i], PAGE_SIZE, 1), crowd_size);
}

static void bench(void)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };

	compare(&pool);
	vpmem_view_write(NULL, "callers", "Y");
	compare(&callers);
	vpmem_view_write(NULL, "callers", "N");
	compare(&executive);
	if (VideoPortCreateSpinLock(extension, &vp_lock) == NO_ERROR) {
		compare(&locks);
		VideoPortDeleteSpinLock(extension, vp_lock);
	}
	dma_adapter = VideoPortGetDmaAdapter(extension, &description);
	if (dma_adapter)
		compare(&dma);
	else
		pr_info("the device has no DMA; common buffers are not measured\n");
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

static int bench_run(void)
{
	struct platform_device *pdev;

	pdev = platform_device_register_simple("vpmem_bench", PLATFORM_DEVID_NONE,
					       NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	device = &pdev->dev;
	extension = vpmem_attach(device, 64);
	if (IS_ERR(extension)) {
		platform_device_unregister(pdev);
		return PTR_ERR(extension);
	}
	if (crowd_size)
		bench_crowd();
	else
		bench();
	vpmem_detach(extension);
	if (!crowd_size)
		platform_device_unregister(pdev);
	return 0;
}

static int __init bench_init(void)
{
	int err = platform_driver_register(&bench_driver);

	if (err)
		return err;
	err = bench_run();
	platform_driver_unregister(&bench_driver);
	return err;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
	if (!crowd_size)
		return;
	if (!IS_ERR(crowd))
		vpmem_detach(crowd);
	platform_device_unregister(to_platform_device(device));
}
module_exit(bench_exit);

MODULE_IMPORT_NS(VPMEM_TEST_NS);
MODULE_DESCRIPTION("Costs of vpmem beside kmalloc");
MODULE_LICENSE("GPL");
