// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the calls of vpmem cost, beside what they stand on, in one run.
 *
 * Times are cycles of get_cycles(). Under QEMU's -icount the clock advances by one
 * with every guest instruction, so that they are instruction counts and the same in
 * every run; `make bench` runs it so. The ratios are the point.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/err.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timex.h>

#include "vpmem.h"

#define ROUNDS	20
#define LOOPS	1000

static void *extension;

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

static void buffer_pair(size_t size)
{
	void *buffer;

	VideoPortAllocateBuffer(extension, size, &buffer);
	VideoPortReleaseBuffer(extension, buffer);
}

/* The best of the rounds: what disturbs a round can only make it longer. */
static u64 measure(const struct pair *pair, size_t size)
{
	u64 best = U64_MAX, begin;
	int round, i;

	for (round = 0; round < ROUNDS; round++) {
		begin = get_cycles();
		for (i = 0; i < LOOPS; i++)
			pair->run(size);
		best = min_t(u64, best, get_cycles() - begin);
	}
	return div_u64(best, LOOPS);
}

static const struct pair pairs[] = {
	{ "NonPagedPool", nonpaged_pair },
	{ "PagedPool", paged_pair },
	{ "Buffer", buffer_pair },
};

static void compare(const struct pair *pair, size_t size, u64 base)
{
	u64 cost = measure(pair, size);
	u64 ratio = div64_u64(cost * 1000, base ?: 1);

	pr_info("%-14s %8zu %8llu %8llu %5llu.%03llu\n", pair->name, size, base,
		cost, ratio / 1000, ratio % 1000);
}

static void bench(void)
{
	static const struct pair baseline = { "kmalloc", kmalloc_pair };
	static const size_t sizes[] = { 16, 64, 100, 256, 1024, 4000, 4096, 65536 };
	u64 base;
	int i, j;

	pr_info("%-14s %8s %8s %8s %9s\n", "pair", "bytes", "kmalloc", "vpmem",
		"ratio");
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		base = measure(&baseline, sizes[i]);
		for (j = 0; j < ARRAY_SIZE(pairs); j++)
			compare(&pairs[j], sizes[i], base);
	}
}

static int __init bench_init(void)
{
	struct device *dev = root_device_register("vpmem_bench");

	if (IS_ERR(dev))
		return PTR_ERR(dev);
	extension = vpmem_attach(dev, 64);
	if (IS_ERR(extension)) {
		root_device_unregister(dev);
		return PTR_ERR(extension);
	}
	bench();
	vpmem_detach(extension);
	root_device_unregister(dev);
	return 0;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
}
module_exit(bench_exit);

MODULE_DESCRIPTION("Costs of vpmem beside kmalloc");
MODULE_LICENSE("GPL");
