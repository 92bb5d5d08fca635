// SPDX-License-Identifier: GPL-2.0-only
/*
 * The model runs while this module is loaded, which succeeds if it did: results are KTAP in the
 * kernel's log. A sequence that fails is made as short as it gets, and printed.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "core/compat.h"
#include "kunit/lib/random.h"
#include "kunit/model/model.h"

#define INDENT		"    "
#define SEQUENCE	2048		/* steps between attach and detach */
#define REPORT_SECONDS	30
#define NO_MEMORY_PART	100		/* of all steps may find no memory */

static unsigned long steps = 100000;
module_param(steps, ulong, 0444);
MODULE_PARM_DESC(steps, "Number of steps");

static unsigned long seed = 1;
module_param(seed, ulong, 0444);
MODULE_PARM_DESC(seed, "Seed of the random numbers");

static bool failed;

/*
 * Shrink: leave out parts that the failure does not need, larger ones first.
 */

static bool still_fails(struct device *device, const struct model_step *all, unsigned int nr,
			unsigned int from, unsigned int left_out, struct model_step *scratch)
{
	memcpy(scratch, all, from * sizeof(*all));
	memcpy(scratch + from, all + from + left_out, (nr - from - left_out) * sizeof(*all));
	return model_play(device, scratch, nr - left_out) >= 0;
}

static unsigned int shrink(struct device *device, struct model_step *all, unsigned int nr)
{
	struct model_step *scratch = vmalloc(array_size(nr, sizeof(*all)));
	unsigned int part, from;

	if (!scratch)
		return nr;
	for (part = nr / 2; part; part /= 2)
		for (from = 0; from + part <= nr;) {
			if (still_fails(device, all, nr, from, part, scratch)) {
				nr -= part;
				memcpy(all, scratch, nr * sizeof(*all));
			} else {
				from += part;
			}
			cond_resched();
		}
	vfree(scratch);
	return nr;
}

/* Show a sequence that fails, when it is short. Return how many steps that has. */
static unsigned int show(struct device *device, struct model_step *all, int step,
			 unsigned long number)
{
	unsigned int nr;

	pr_info(INDENT "# sequence %lu of seed %lu: step %d: %s\n", number, seed, step,
		model_fault);
	nr = min_t(unsigned int, step + 1, SEQUENCE);
	if (model_play(device, all, nr) < 0) {
		pr_info(INDENT "# it does not fail again: what went before matters\n");
		return nr;
	}
	nr = shrink(device, all, nr);
	pr_info(INDENT "# %u steps are enough:\n", nr);
	model_verbose = true;
	model_play(device, all, nr);
	model_verbose = false;
	pr_info(INDENT "# %s\n", model_fault);
	return nr;
}

/*
 * Play sequences, up to the first one that fails. Return how many steps of it are enough for
 * that, or 0 if none fails.
 */
static unsigned int play_all(struct device *device, struct model_step *all)
{
	unsigned long number, next = jiffies + REPORT_SECONDS * HZ;
	struct rnd_state random;
	int step;

	for (number = 0; model_stats.steps < steps; number++) {
		vt_random_begin(&random, seed, number);
		model_generate(all, SEQUENCE, &random);
		step = model_play(device, all, SEQUENCE);
		if (step >= 0)
			return show(device, all, step, number);
		if (time_after(jiffies, next)) {
			pr_info(INDENT "# %llu of %lu steps\n", model_stats.steps, steps);
			next = jiffies + REPORT_SECONDS * HZ;
		}
		cond_resched();
	}
	return 0;
}

static bool all_are_reached(void)
{
	unsigned int i;
	bool all = true;

	for (i = 0; i < EV_NAMES; i++)
		all &= model_stats.events[i] > 0;
	return all;
}

static void report(void)
{
	char text[16 * EV_NAMES] = "";
	unsigned int i, at = 0;

	for (i = 0; i < EV_NAMES; i++)
		at += scnprintf(text + at, sizeof(text) - at, " %llu", model_stats.events[i]);
	pr_info(INDENT "# events:%s\n", text);
}

/* Play sequences with a model that is wrong about one call. */
static bool finds_a_fault(struct device *device, struct model_step *all)
{
	unsigned int nr;

	pr_info(INDENT "# a wrong model, which a short sequence has to find out:\n");
	model_stats.steps = 0;
	model_wrong = true;
	nr = play_all(device, all);
	model_wrong = false;
	return nr == 1;
}

static void result(unsigned int nr, const char *name, bool passed)
{
	failed |= !passed;
	pr_info(INDENT "%sok %u - %s\n", passed ? "" : "not ", nr, name);
}

static void run(struct device *device, struct model_step *all)
{
	ktime_t start = ktime_get();
	unsigned int nr = play_all(device, all);

	pr_info(INDENT "# seed %lu, %llu steps, %llu refused, %llu without memory, %lld ms\n", seed,
		model_stats.steps, model_stats.refused, model_stats.no_memory,
		ktime_ms_delta(ktime_get(), start));
	report();
	/* MODEL-01: Each of many random calls does what the documents say, and is counted so */
	result(1, "model_01_random_calls", !nr);
	/* MODEL-02: Among them, each event is, and few calls find no memory */
	result(2, "model_02_all_events", all_are_reached() &&
	       model_stats.no_memory * NO_MEMORY_PART < model_stats.steps);
	/* MODEL-03: A model that is wrong about a call is found out, by a sequence of that call */
	result(3, "model_03_finds_a_fault", finds_a_fault(device, all));
}

static int model_on_device(struct device *device)
{
	struct model_step *all = vmalloc(array_size(SEQUENCE, sizeof(*all)));

	if (!all)
		return -ENOMEM;
	pr_info("KTAP version 1\n");
	pr_info(INDENT "# Subtest: model\n");
	run(device, all);
	pr_info(INDENT "1..3\n");
	pr_info("%sok 1 - model\n", failed ? "not " : "");
	vfree(all);
	return 0;
}

static int __init model_init(void)
{
	struct platform_device *pdev;
	int err = model_events_init();

	if (err)
		return err;
	pdev = platform_device_register_simple("vpmem_model", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	err = model_on_device(&pdev->dev);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
	platform_device_unregister(pdev);
	return err;
}
module_init(model_init);

static void __exit model_exit(void)
{
}
module_exit(model_exit);

MODULE_DESCRIPTION("Random calls of vpmem, compared with a model of its documents");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
