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
#define BATCH		1000UL		/* cases of an adapter */

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

struct run {
	struct device *device;
	const struct fuzz_target *of;
	unsigned long seed;
	unsigned long number;		/* of the next case */
};

enum outcome { GOOD, FAULTY, NOT_PLAYED };

/* Play cases of a target on an adapter of their own. */
static enum outcome play_batch(struct run *run, unsigned long end)
{
	struct fuzz fuzz = { .ext = vpmem_attach(run->device, sizeof(u64)) };
	bool good = true;

	if (IS_ERR(fuzz.ext))
		return NOT_PLAYED;
	while (good && run->number < end) {
		vt_random_begin(&fuzz.random, run->seed, run->number++);
		good = run->of->play(&fuzz);
		cond_resched();
	}
	vpmem_detach(fuzz.ext);
	return good ? GOOD : FAULTY;
}

static enum outcome play_run(struct run *run)
{
	unsigned long end = run->number + DIV_ROUND_UP(cases, run->of->part);
	enum outcome outcome = GOOD;

	while (outcome == GOOD && run->number < end)
		outcome = play_batch(run, min(end, run->number + BATCH));
	return outcome;
}

static bool play(struct device *device, const struct fuzz_target *of)
{
	struct run run = { .device = device, .of = of, .seed = seed, .number = first };
	ktime_t start = ktime_get();
	enum outcome outcome = play_run(&run);

	if (outcome == FAULTY)
		pr_info(INDENT "# seed=%lu target=%s first=%lu cases=1: %s\n", seed, of->name,
			run.number - 1, fuzz_fault);
	pr_info(INDENT "# %s: %lu cases, %lld ms\n", of->name, run.number - first,
		ktime_ms_delta(ktime_get(), start));
	return outcome == GOOD;
}

/*
 * Planted faults. The seed is always the same, so that the number of cases that it takes is.
 */

static int find(struct device *device, const struct fuzz_plant *plant)
{
	struct run run = { .device = device, .of = plant->target, .seed = 1 };
	enum outcome outcome;
	int err = fuzz_plant(plant);

	if (err)
		return err;
	outcome = play_run(&run);
	fuzz_unplant();
	pr_info(INDENT "# %s %s that %s in %lu cases%s%s\n", plant->target->name,
		outcome == FAULTY ? "finds" : "does not find", plant->fault, run.number,
		outcome == FAULTY ? ": " : "", outcome == FAULTY ? fuzz_fault : "");
	return outcome == FAULTY ? 0 : -EINVAL;
}

/* Look for each fault of a target. */
static int find_all(struct device *device, const struct fuzz_target *of)
{
	unsigned int i;
	int err = -ENOENT;

	for (i = 0; i < fuzz_nr_plants; i++) {
		if (fuzz_plants[i].target != of)
			continue;
		err = find(device, &fuzz_plants[i]);
		if (err)
			break;
	}
	return err;
}

/*
 * FUZZ-04: Each of these finds faults of vpmem that are planted
 * Tested by: ``fuzz_04_formats``, ``fuzz_04_registry``, ``fuzz_04_views``, ``fuzz_04_ddc``,
 * ``fuzz_04_ports``
 */
static bool find_planted(struct device *device)
{
	bool all = true;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(targets); i++) {
		err = find_all(device, targets[i]);
		pr_info(INDENT "%sok %u - fuzz_04_%s%s\n", err && err != -EOPNOTSUPP ? "not " : "",
			(unsigned int)ARRAY_SIZE(targets) + i + 1, targets[i]->name,
			err == -EOPNOTSUPP ? " # SKIP this kernel has no kretprobes" : "");
		all &= !err || err == -EOPNOTSUPP;
	}
	return all;
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
	if (!*target)
		all &= find_planted(device);
	pr_info(INDENT "1..%u\n", *target ? 1 : 2 * (unsigned int)ARRAY_SIZE(targets));
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
