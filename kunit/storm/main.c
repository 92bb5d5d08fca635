// SPDX-License-Identifier: GPL-2.0-only
/*
 * The storm runs while this module is loaded, which succeeds if it did: results are KTAP in the
 * kernel's log.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>

#include "core/compat.h"
#include "core/testing.h"
#include "include/vpmem-port.h"
#include "kunit/storm/storm.h"

#define INDENT		"    "

/*
 * Pages that may be in caches afterwards, although a first storm has filled those: the lists of
 * free pages of each CPU, which do not count as free, pages of the slab allocator with few
 * blocks, and freed memory that KASAN keeps, mostly of the adapters of guests. A leak of a page
 * in a thousand operations is more in the longer storms.
 */
#define SLACK		2048
#define KASAN_PART	32		/* of all memory that it may keep */
#define FIRST		100000		/* operations of the first storm */
#define REPORT_SECONDS	60

static unsigned long operations = 100000;
module_param(operations, ulong, 0444);
MODULE_PARM_DESC(operations, "Number of allocations and frees");

static unsigned long seed = 1;
module_param(seed, ulong, 0444);
MODULE_PARM_DESC(seed, "Seed of the random numbers");

static unsigned int test_nr, failed;

static void result(const char *name, bool passed)
{
	failed += !passed;
	pr_info(INDENT "%sok %u - %s\n", passed ? "" : "not ", ++test_nr, name);
}

/* Let threads use more and more tags, up to half of the way. Tell the progress. */
static void rage(u64 goal)
{
	unsigned long next = jiffies + REPORT_SECONDS * HZ;
	u64 done;

	do {
		msleep(20);
		done = storm_cpus_operations();
		if (time_after(jiffies, next)) {
			pr_info(INDENT "# %llu of %llu operations\n", done, goal);
			next = jiffies + REPORT_SECONDS * HZ;
		}
		WRITE_ONCE(storm.tags, clamp_t(u64, div64_u64(done * 2 * STORM_TAGS, goal),
					       8, STORM_TAGS));
	} while (done < goal);
}

static int storm_run(struct storm_actor *sum, u64 goal)
{
	ktime_t start = ktime_get();
	int err;

	storm.tags = 8;
	memset(storm.leak, 0, sizeof(storm.leak));
	err = storm_cpus_start() ?: storm_trouble_start();
	if (!err)
		rage(goal);
	storm_trouble_stop();
	storm_cpus_stop();
	if (!err) {
		storm_cpus_sum(sum);
		pr_info(INDENT "# seed %lu, %llu operations, %lld ms\n", seed, sum->operations,
			ktime_ms_delta(ktime_get(), start));
	}
	return err;
}

/* Allocate with interrupts off what no CPU has at hand: PREEMPT_RT's page allocator cannot. */
static bool atomic_alloc_is_right(void)
{
	unsigned long flags;
	void *block;
	bool right;

	local_irq_save(flags);
	block = VideoPortAllocatePool(storm.stranger, VpNonPagedPool, 16 * PAGE_SIZE,
				      storm_tag(0));
	local_irq_restore(flags);
	right = IS_ENABLED(CONFIG_PREEMPT_RT) == !block;
	if (block)
		VideoPortFreePool(storm.stranger, block);
	return right;
}

static void check_all(struct storm_actor *sum)
{
	bool exact = storm_totals_are_exact(sum);

	storm_free_all(sum);
	exact &= storm_totals_are_exact(sum);
	/*
	 * STORM-01: After a storm of threads, softirqs and hard interrupts on all CPUs, which
	 * allocate and free blocks of all kinds and sizes, the numbers of each tag are exact
	 */
	result("storm_01_totals_are_exact", exact);
	if (sum->broken)
		pr_err(INDENT "# %llu broken blocks\n", sum->broken);
	/* STORM-02: No block shares bytes with another one, and each is aligned as it should be */
	result("storm_02_blocks_are_whole", !sum->broken);
	/* STORM-03: None of the calls counts an event, but those for no bytes */
	result("storm_03_no_events", storm_events_are_expected(sum));
	/* STORM-04: Memory pressure leaves no page of small blocks when all are free */
	result("storm_04_pages_return", !vpmem_small_pages(storm.ext, true));
	/*
	 * STORM-05: Meanwhile CPUs go offline and come back, memory pressure returns pages,
	 * views are read, and another adapter attaches, forgets blocks, and detaches
	 */
	result("storm_05_troubles", storm_trouble_report());
	/* STORM-06: Interrupts come in the middle of the calls */
	result("storm_06_interrupted", storm_places_report());
	/*
	 * STORM-08: Meanwhile all of them free blocks of that other adapter, and other pointers,
	 * for one that has no blocks. Each such free is an event, and changes nothing
	 */
	result("storm_08_invalid_frees", storm_invalid_frees_are_counted(sum));
	/*
	 * STORM-09: With interrupts off, pages are allocated. Under PREEMPT_RT, which cannot,
	 * they are refused
	 */
	result("storm_09_atomic_alloc", atomic_alloc_is_right());
}

static unsigned long free_now(void)
{
	rcu_barrier();
	return global_zone_page_state(NR_FREE_PAGES);
}

static unsigned long free_slack(void)
{
	return SLACK + (IS_ENABLED(CONFIG_KASAN) ? totalram_pages() / KASAN_PART : 0);
}

static int storm_with_adapter(u64 goal, bool check)
{
	struct storm_actor *sum = storm_actor_new();
	int err = -ENOMEM;

	if (!sum)
		return err;
	storm.ext = vpmem_attach(storm.device, 64);
	storm.stranger = vpmem_attach(storm.device, 64);
	err = PTR_ERR_OR_ZERO(storm.ext) ?: PTR_ERR_OR_ZERO(storm.stranger);
	if (!err) {
		err = storm_run(sum, goal);
		if (!err && check)
			check_all(sum);
		storm_free_all(sum);
	}
	if (!IS_ERR(storm.ext))
		vpmem_detach(storm.ext);
	if (!IS_ERR(storm.stranger))
		vpmem_detach(storm.stranger);
	storm_cpus_free();
	vfree(sum);
	return err;
}

static int storm_on_device(void)
{
	int err = storm_with_adapter(min_t(u64, FIRST, operations), false);
	unsigned long before = free_now(), after;

	pr_info("KTAP version 1\n");
	pr_info(INDENT "# Subtest: storm\n");
	err = err ?: storm_with_adapter(operations, true);
	if (err)
		return err;
	after = free_now();
	pr_info(INDENT "# %lu free pages before, %lu after\n", before, after);
	/* STORM-07: After the detach, the memory of the machine is free again */
	result("storm_07_memory_returns", after + free_slack() > before);
	pr_info(INDENT "1..%u\n", test_nr);
	pr_info("%sok 1 - storm\n", failed ? "not " : "");
	return 0;
}

static int __init storm_init(void)
{
	struct platform_device *pdev;
	int err;

	operations = max(operations, 1UL);
	storm.seed = seed;
	pdev = platform_device_register_simple("vpmem_storm", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	storm.device = &pdev->dev;
	err = storm_on_device();
	platform_device_unregister(pdev);
	return err;
}
module_init(storm_init);

static void __exit storm_exit(void)
{
}
module_exit(storm_exit);

MODULE_DESCRIPTION("Storm of allocations and frees on all CPUs");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
