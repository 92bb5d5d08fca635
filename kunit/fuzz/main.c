// SPDX-License-Identifier: GPL-2.0-only
/*
 * The targets run while this module is loaded, which succeeds if they did: results are KTAP in
 * the kernel's log. A case depends on the seed and its own number alone, so that one that fails
 * can be made again by itself.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "core/compat.h"
#include "kunit/fuzz/fuzz.h"
#include "kunit/lib/random.h"
#include "vpmem.h"

#define INDENT		"    "
#define BATCH		1000		/* cases of an adapter */

static unsigned long cases = 100000;
module_param(cases, ulong, 0444);
MODULE_PARM_DESC(cases, "Number of cases of the fastest target");

static unsigned long seed = 1;
module_param(seed, ulong, 0444);
MODULE_PARM_DESC(seed, "Seed of the random numbers");

static char *target = "";
module_param(target, charp, 0444);
MODULE_PARM_DESC(target, "Name of the only target");

static unsigned long first;
module_param(first, ulong, 0444);
MODULE_PARM_DESC(first, "Number of the first case");

static const struct fuzz_target * const targets[] = {
	&fuzz_formats, &fuzz_registry, &fuzz_views, &fuzz_ddc, &fuzz_ports,
};

/* Play cases of a target on an adapter of their own. Return how many there were, or -errno. */
static long play_batch(struct device *device, const struct fuzz_target *of, unsigned long from,
		       unsigned long nr)
{
	struct fuzz fuzz = { .ext = vpmem_attach(device, sizeof(u64)) };
	unsigned long number;
	bool good = true;

	if (IS_ERR(fuzz.ext))
		return PTR_ERR(fuzz.ext);
	for (number = from; good && number < from + nr; number++) {
		vt_random_begin(&fuzz.random, seed, number);
		good = of->play(&fuzz);
		cond_resched();
	}
	vpmem_detach(fuzz.ext);
	if (!good)
		pr_info(INDENT "# seed=%lu target=%s first=%lu cases=1: %s\n", seed, of->name,
			number - 1, fuzz_fault);
	return good ? nr : -EINVAL;
}

static bool play(struct device *device, const struct fuzz_target *of)
{
	unsigned long nr = DIV_ROUND_UP(cases, of->part), left = nr;
	ktime_t start = ktime_get();
	long done;

	for (; left; left -= done) {
		done = play_batch(device, of, first + nr - left, min(left, BATCH + 0UL));
		if (done < 0)
			return false;
	}
	pr_info(INDENT "# %s: %lu cases, %lld ms\n", of->name, nr,
		ktime_ms_delta(ktime_get(), start));
	return true;
}

/*
 * FUZZ-01: No argument or answer of a driver, however wrong, has a wrong result
 * Tested by: ``fuzz_01_formats``, ``fuzz_01_registry``, ``fuzz_01_views``, ``fuzz_01_ddc``,
 * ``fuzz_01_ports``
 */
static bool play_all(struct device *device)
{
	bool good, all = true;
	unsigned int i;

	pr_info("KTAP version 1\n");
	pr_info(INDENT "# Subtest: fuzz\n");
	pr_info(INDENT "# seed %lu\n", seed);
	for (i = 0; i < ARRAY_SIZE(targets); i++) {
		if (*target && strcmp(target, targets[i]->name))
			continue;
		good = play(device, targets[i]);
		pr_info(INDENT "%sok %u - fuzz_01_%s\n", good ? "" : "not ", i + 1,
			targets[i]->name);
		all &= good;
	}
	pr_info(INDENT "1..%u\n", *target ? 1 : (unsigned int)ARRAY_SIZE(targets));
	pr_info("%sok 1 - fuzz\n", all ? "" : "not ");
	return all;
}

static int __init fuzz_init(void)
{
	struct platform_device *pdev;

	pdev = platform_device_register_simple("vpmem_fuzz", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	play_all(&pdev->dev);
	platform_device_unregister(pdev);
	return 0;
}
module_init(fuzz_init);

static void __exit fuzz_exit(void)
{
}
module_exit(fuzz_exit);

MODULE_DESCRIPTION("Hostile arguments and answers of a driver, from a seed");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
MODULE_IMPORT_NS(VPMEM_DISPLAY_NS);
