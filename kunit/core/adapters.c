// SPDX-License-Identifier: GPL-2.0-only
/*
 * Detach: managed adapters, the report of leaks, and the reclaim of blocks.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kmemleak.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/rcupdate.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/adapters.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "include/vpmem-port.h"

static void *managed_ext;

static int managed_probe(struct platform_device *pdev)
{
	managed_ext = devm_vpmem_attach(&pdev->dev, 64);
	return PTR_ERR_OR_ZERO(managed_ext);
}

static struct platform_driver managed_driver = {
	.probe = managed_probe,
	.driver = { .name = "vpmem-kunit-managed", .bus = &platform_bus_type },
};

/* ADAPTERS-10: A managed adapter is detached when its driver is unbound */
static void adapters_10_managed_until_unbind(struct kunit *test)
{
	struct platform_device *pdev;
	void *block;

	/* Register it by the core: leave the owner unset, as vt_init() does. */
	KUNIT_ASSERT_EQ(test, driver_register(&managed_driver.driver), 0);
	managed_ext = NULL;
	pdev = platform_device_register_simple("vpmem-kunit-managed", PLATFORM_DEVID_NONE,
					       NULL, 0);
	KUNIT_EXPECT_FALSE(test, IS_ERR(pdev));
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(managed_ext));
	block = VideoPortAllocatePool(managed_ext, VpPagedPool, PAGE_SIZE, VT_TAG);
	KUNIT_EXPECT_NOT_NULL(test, block);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 1U);
	device_release_driver(&pdev->dev);
	KUNIT_EXPECT_FALSE(test, vt_is_an_adapter(managed_ext));
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 0U);
	platform_device_unregister(pdev);
	driver_unregister(&managed_driver.driver);
}

/* ADAPTERS-11: A managed adapter is detached when its device goes */
static void adapters_11_managed_until_device_is_gone(struct kunit *test)
{
	bool released;
	struct device *dev = vt_counted_device(test, "vpmem-counted", &released);
	void *ext = devm_vpmem_attach(dev, 64);

	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(ext));
	device_unregister(dev);
	KUNIT_EXPECT_FALSE(test, vt_is_an_adapter(ext));
	KUNIT_EXPECT_TRUE(test, released);
}

/* ADAPTERS-12: A managed adapter may be detached earlier */
static void adapters_12_managed_detached_by_hand(struct kunit *test)
{
	bool released;
	struct device *dev = vt_counted_device(test, "vpmem-counted", &released);
	void *one = devm_vpmem_attach(dev, 64), *two = devm_vpmem_attach(dev, 64);
	void *three;

	KUNIT_ASSERT_FALSE(test, IS_ERR(one));
	KUNIT_ASSERT_FALSE(test, IS_ERR(two));
	vt_remember(test);
	vpmem_detach(one);
	KUNIT_EXPECT_FALSE(test, vt_is_an_adapter(one));
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(two));
	/* Attach again: the extension may have the address of the first one. */
	three = vt_attach_another(test);
	device_unregister(dev);
	KUNIT_EXPECT_FALSE(test, vt_is_an_adapter(two));
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(three));
	KUNIT_EXPECT_TRUE(test, released);
	vt_expect_events(test, NULL, NULL, 0);
}

/* ADAPTERS-13: A second detach is logged and counted */
static void adapters_13_detached_twice(struct kunit *test)
{
	void *ext = vt_attach(test, 64);

	vpmem_detach(ext);
	vt_remember(test);
	vpmem_detach(ext);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 1);
}

/* ADAPTERS-14: A detach of a pointer that is not an extension is logged and counted */
static void adapters_14_detach_of_no_adapter(struct kunit *test)
{
	void *foreign[] = { NULL, test, vt_ext(test) + 16, (void *)8,
			    (void *)(ULONG_MAX - 15) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(foreign); i++) {
		vt_remember(test);
		vpmem_detach(foreign[i]);
		vt_expect_untouched(test);
		vt_expect_events(test, NULL, "no-adapter", 1);
	}
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(vt_ext(test)));
}

static long module_references(struct kunit *test)
{
	char text[24];
	long references;

	if (!vt_file_read("/sys/module/vpmem/refcnt", text, sizeof(text)) ||
	    kstrtol(strim(text), 10, &references))
		kunit_skip(test, "no /sys/module/vpmem/refcnt");
	return references;
}

/* ADAPTERS-15: An adapter holds a reference on the module */
static void adapters_15_holds_the_module(struct kunit *test)
{
	long before = module_references(test);
	void *one = vt_attach(test, 64), *two = vt_attach(test, 64);

	KUNIT_EXPECT_EQ(test, module_references(test), before + 2);
	vpmem_detach(one);
	KUNIT_EXPECT_EQ(test, module_references(test), before + 1);
	vpmem_detach(two);
	KUNIT_EXPECT_EQ(test, module_references(test), before);
	KUNIT_EXPECT_TRUE(test, IS_ERR(vpmem_attach(vt_device(test), SIZE_MAX)));
	KUNIT_EXPECT_EQ(test, module_references(test), before);
}

/*
 * Blocks that are left
 */

/* ADAPTERS-16: Detach frees every block that has a record (Windows reclaims nothing) */
static void adapters_16_detach_reclaims_regions(struct kunit *test)
{
	void *ext = vt_attach_another(test), *buffer;
	unsigned int i;

	for (i = 0; i < 40; i++)
		KUNIT_ASSERT_NOT_NULL(test, VideoPortAllocatePool(ext, i & 5,
								  PAGE_SIZE * (1 + i % 7),
								  vt_tag("Rgn0") + (i << 24)));
	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(ext, SZ_128K, &buffer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, ext, NULL), 41U);
	vt_detach(test, ext);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 0U);
}

static bool is_slab(const void *block)
{
	return folio_test_slab(virt_to_folio(block));
}

/* Free a leaked small block: an object of kmalloc(), or the last one of its page. */
static void free_leaked(void *block)
{
	if (is_slab(block)) {
		kfree(block);
		return;
	}
	kmemleak_free(block);
	free_page((unsigned long)block & PAGE_MASK);
}

/* Free leaked small blocks, of which some are in the same page. */
static void free_all_leaked(u8 **block, unsigned int count)
{
	unsigned int i, next;

	for (i = 0; i < count; i++) {
		for (next = i + 1; next < count; next++)
			if (!((((unsigned long)block[i]) ^ (unsigned long)block[next]) &
			      PAGE_MASK) && !is_slab(block[i]))
				break;
		if (next == count)
			free_leaked(block[i]);
		else
			kmemleak_free(block[i]);
	}
}

/*
 * ADAPTERS-17: Detach leaves small blocks where they are
 *
 * The owner of a small block may still be using it.
 */
static void adapters_17_detach_leaves_small_blocks(struct kunit *test)
{
	static u8 *block[16];
	void *ext = vt_attach_another(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(block); i++) {
		block[i] = VideoPortAllocatePool(ext, i & 1, 100, VT_TAG);
		KUNIT_ASSERT_NOT_NULL(test, block[i]);
		memset(block[i], i, 100);
	}
	vt_detach(test, ext);
	for (i = 0; i < ARRAY_SIZE(block); i++)
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(block[i], i, 100), NULL);
	free_all_leaked(block, ARRAY_SIZE(block));
	memset(block, 0, sizeof(block));
}

static void expect_leak(struct kunit *test, u64 mark, const char *what,
			unsigned int blocks, size_t bytes)
{
	char numbers[48];

	snprintf(numbers, sizeof(numbers), ": %u blocks, %zu bytes", blocks, bytes);
	KUNIT_EXPECT_EQ_MSG(test, vt_log_count(mark, what, numbers), 1U, "%s%s", what,
			    numbers);
}

/*
 * ADAPTERS-18: Detach prints a line for each tag and type with live blocks, and counts it
 */
static void adapters_18_report_of_what_is_left(struct kunit *test)
{
	void *ext = vt_attach_another(test), *small, *buffer;
	unsigned long leaks = vt_event(test, NULL, "leak");
	u64 mark = vt_log_mark();

	small = VideoPortAllocatePool(ext, VpNonPagedPool, 100, vt_tag("Leak"));
	VideoPortAllocatePool(ext, VpNonPagedPool, 2 * PAGE_SIZE, vt_tag("Leak"));
	VideoPortAllocatePool(ext, VpPagedPool, PAGE_SIZE, vt_tag("Leak"));
	VideoPortAllocateBuffer(ext, 3 * PAGE_SIZE, &buffer);
	vt_detach(test, ext);
	free_leaked(small);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem-kunit.1: leak: ", " blocks, "), 3U);
	KUNIT_EXPECT_EQ(test, vt_event(test, NULL, "leak"), leaks + 3);
	expect_leak(test, mark, "tag Leak (0x6b61654c) Nonp: ", 2, 100 + 2 * PAGE_SIZE);
	expect_leak(test, mark, "tag Leak (0x6b61654c) Paged: ", 1, PAGE_SIZE);
	expect_leak(test, mark, "tag Vprt (0x74727056) Buffer: ", 1, 3 * PAGE_SIZE);
}

/* ADAPTERS-19: Detach prints nothing when nothing is left */
static void adapters_19_nothing_to_report(struct kunit *test)
{
	void *ext = vt_attach_another(test);
	u64 mark = vt_log_mark();

	VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpPagedPool, 100, VT_TAG));
	VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpPagedPool, SZ_64K, VT_TAG));
	vt_detach(test, ext);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem", "leak"), 0U);
}

/*
 * ADAPTERS-20: Detach waits for workers of the adapter
 *
 * A worker extends the table of tags, another one frees memory later.
 */
static void adapters_20_detach_with_work_pending(struct kunit *test)
{
	unsigned int i, round;
	void *ext, *block;

	for (round = 0; round < 5; round++) {
		ext = vt_attach_another(test);
		for (i = 0; i < 70; i++)
			VideoPortFreePool(ext, vt_alloc_in(&vt_irqs_off, ext, VpNonPagedPool,
							   100, vt_tag("Tag0") + (i << 24)));
		block = VideoPortAllocatePool(ext, VpNonPagedPool, 2 * SZ_1M, VT_TAG);
		vt_free_in(&vt_softirq, VideoPortFreePool, ext, block);
		vt_detach(test, ext);
	}
}

/* ADAPTERS-21: A hundred adapters at once */
static void adapters_21_a_hundred_at_once(struct kunit *test)
{
	void *ext[100], *block[100];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ext); i++) {
		ext[i] = vt_attach(test, 64);
		block[i] = VideoPortAllocatePool(ext[i], VpNonPagedPool, 100, VT_TAG);
		KUNIT_EXPECT_NOT_NULL(test, block[i]);
	}
	vt_expect_name(test, ext[99], "vpmem-kunit.100");
	for (i = 0; i < ARRAY_SIZE(ext); i++) {
		VideoPortFreePool(ext[i], block[i]);
		vpmem_detach(ext[i]);
	}
}

struct churn {
	struct device *dev;
	unsigned int failures;
	struct completion done;
};

static void churn(struct churn *churn)
{
	unsigned int i;
	void *ext;

	for (i = 0; i < 50; i++) {
		ext = vpmem_attach(churn->dev, 64);
		if (IS_ERR(ext)) {
			churn->failures++;
			continue;
		}
		VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpPagedPool, i, VT_TAG));
		vpmem_detach(ext);
		cond_resched();
	}
}

static int churn_thread(void *data)
{
	struct churn *one = data;

	churn(one);
	complete(&one->done);
	return 0;
}

/* ADAPTERS-22: Adapters of one device that come and go on two CPUs do not meet */
static void adapters_22_attached_by_two_at_once(struct kunit *test)
{
	struct churn one = { .dev = vt_device(test) }, two = one;
	u64 mark = vt_log_mark();
	struct task_struct *task;

	init_completion(&one.done);
	task = kthread_run(churn_thread, &one, "vpmem-churn");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	churn(&two);
	wait_for_completion(&one.done);
	KUNIT_EXPECT_EQ(test, one.failures + two.failures, 0U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "debugfs: ", "already present"), 0U);
}

#define QUOTA "/sys/kernel/debug/vpmem/adapters/vpmem-kunit.1/quota"

/* ADAPTERS-23: A detached adapter is gone from the views */
static void adapters_23_gone_from_the_views(struct kunit *test)
{
	void *ext = vt_attach_another(test);
	struct vt_row row;
	char text[8];

	VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpPagedPool, 100, vt_tag("Gone")));
	KUNIT_EXPECT_NE(test, vt_file_mode(QUOTA), 0);
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, NULL, "Gone", "Paged", &row));
	vt_detach(test, ext);
	KUNIT_EXPECT_FALSE(test, vt_find_row(test, NULL, "Gone", "Paged", &row));
	KUNIT_EXPECT_EQ(test, vpmem_view(ext, "tags", text, sizeof(text)), -ENODEV);
	KUNIT_EXPECT_EQ(test, vt_file_mode(QUOTA), 0);
}

/* Reader for whose end a grace period waits */
struct reader {
	struct completion entered;
	bool leave;
};

/* Time that the detach has to come to its grace period, less than RCU takes for a stall. */
#define READER_PATIENCE	(10 * HZ)

static void read_long(void *data)
{
	unsigned long end = jiffies + READER_PATIENCE;
	struct reader *reader = data;

	rcu_read_lock();
	complete(&reader->entered);
	while (!READ_ONCE(reader->leave) && time_before(jiffies, end))
		cpu_relax();
	rcu_read_unlock();
}

static void detach_work(void *ext)
{
	vpmem_detach(ext);
}

/*
 * Free a block of another adapter until it is unknown. Return false if that takes too long. Sleep
 * meanwhile: the detach may wait for this CPU.
 */
static bool becomes_unknown(struct kunit *test, void *block)
{
	unsigned long end = jiffies + READER_PATIENCE / 2;

	while (time_before(jiffies, end)) {
		VideoPortFreePool(vt_ext(test), block);
		if (vt_event(test, vt_ext(test), "bad-pointer"))
			return true;
		usleep_range(100, 1000);
	}
	return false;
}

/*
 * ADAPTERS-25: While a detach waits for lookups that have begun, new ones find none of its blocks
 *
 * They could use what the detach frees after its wait.
 */
static void adapters_25_lookup_during_the_wait(struct kunit *test)
{
	struct vt_thread reading, detaching;
	struct reader reader = { };
	void *ext, *block;

	if (num_online_cpus() < 2)
		kunit_skip(test, "the reader takes a CPU");
	ext = vt_attach(test, 64);
	block = VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, block);
	init_completion(&reader.entered);
	vt_thread_begin(test, &reading, read_long, &reader);
	wait_for_completion(&reader.entered);
	vt_thread_begin(test, &detaching, detach_work, ext);
	KUNIT_EXPECT_TRUE(test, becomes_unknown(test, block));
	KUNIT_EXPECT_FALSE(test, completion_done(&detaching.done));
	WRITE_ONCE(reader.leave, true);
	vt_thread_end(&reading);
	vt_thread_end(&detaching);
	free_leaked(block);
}

static struct kunit_case adapters_cases[] = {
	KUNIT_CASE(adapters_10_managed_until_unbind),
	KUNIT_CASE(adapters_11_managed_until_device_is_gone),
	KUNIT_CASE(adapters_12_managed_detached_by_hand),
	KUNIT_CASE(adapters_13_detached_twice),
	KUNIT_CASE(adapters_14_detach_of_no_adapter),
	KUNIT_CASE(adapters_15_holds_the_module),
	KUNIT_CASE(adapters_16_detach_reclaims_regions),
	KUNIT_CASE(adapters_17_detach_leaves_small_blocks),
	KUNIT_CASE(adapters_18_report_of_what_is_left),
	KUNIT_CASE(adapters_19_nothing_to_report),
	KUNIT_CASE(adapters_20_detach_with_work_pending),
	KUNIT_CASE(adapters_21_a_hundred_at_once),
	KUNIT_CASE(adapters_22_attached_by_two_at_once),
	KUNIT_CASE(adapters_23_gone_from_the_views),
	KUNIT_CASE(adapters_25_lookup_during_the_wait),
	{}
};

struct kunit_suite vt_adapters_suite = {
	.name = "adapters",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = adapters_cases,
};
