// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attach, detach, and what detach finds left.
 */
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

static struct device *fixture_device(struct kunit *test)
{
	return ((struct vt_fixture *)test->priv)->dev;
}

static void *attach(struct kunit *test, size_t size)
{
	void *ext = vpmem_attach(fixture_device(test), size);

	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(ext), "%zu bytes", size);
	return ext;
}

static bool is_attached(void *ext)
{
	char text[64];

	return vpmem_view(ext, "quota", text, sizeof(text)) > 0;
}

/* What the views call an adapter: the last field of a row. */
static void name_of(struct kunit *test, void *ext, char *name, size_t size)
{
	struct vt_row row;

	VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpNonPagedPool, 1, VT_TAG));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, ext, "Test", "Nonp", &row));
	strscpy(name, row.adapter, size);
}

static void expect_name(struct kunit *test, void *ext, const char *expected)
{
	char name[48];

	name_of(test, ext, name, sizeof(name));
	KUNIT_EXPECT_STREQ(test, name, expected);
}

static const size_t extension_sizes[] = {
	0, 1, 8, 63, 64, 1000, PAGE_SIZE, PAGE_SIZE + 1, SZ_64K, SZ_1M,
};

/* ADAPTERS-01: The extension is zeroed, and all of it is the driver's */
static void adapters_01_extension_is_zeroed(struct kunit *test)
{
	unsigned int i, round;
	void *ext;

	for (i = 0; i < ARRAY_SIZE(extension_sizes); i++) {
		for (round = 0; round < 3; round++) {
			ext = attach(test, extension_sizes[i]);
			KUNIT_EXPECT_PTR_EQ(test, memchr_inv(ext, 0, extension_sizes[i]),
					    NULL);
			memset(ext, 0xee, extension_sizes[i]);
			expect_name(test, ext, "vpmem-kunit.1");
			KUNIT_EXPECT_PTR_EQ(test, memchr_inv(ext, 0xee, extension_sizes[i]),
					    NULL);
			vpmem_detach(ext);
		}
	}
}

/* ADAPTERS-02: The extension is aligned to 16 bytes and to ARCH_KMALLOC_MINALIGN */
static void adapters_02_extension_is_aligned(struct kunit *test)
{
	unsigned int i;
	void *ext;

	for (i = 0; i < ARRAY_SIZE(extension_sizes); i++) {
		ext = attach(test, extension_sizes[i]);
		KUNIT_EXPECT_EQ(test, (unsigned long)ext % 16, 0UL);
		KUNIT_EXPECT_EQ(test, (unsigned long)ext % ARCH_KMALLOC_MINALIGN, 0UL);
		vpmem_detach(ext);
	}
}

/* ADAPTERS-03: -EINVAL without a device */
static void adapters_03_no_device(struct kunit *test)
{
	KUNIT_EXPECT_PTR_EQ(test, vpmem_attach(NULL, 64), ERR_PTR(-EINVAL));
	KUNIT_EXPECT_PTR_EQ(test, devm_vpmem_attach(NULL, 64), ERR_PTR(-EINVAL));
}

/* ADAPTERS-04: -ENOMEM for an extension that cannot be had */
static void adapters_04_extension_too_large(struct kunit *test)
{
	static const size_t sizes[] = { SIZE_MAX, SIZE_MAX - 63, SIZE_MAX - PAGE_SIZE,
					SIZE_MAX - 3 * PAGE_SIZE, SIZE_MAX / 2, SZ_1G };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KUNIT_EXPECT_PTR_EQ(test, vpmem_attach(fixture_device(test), sizes[i]),
				    ERR_PTR(-ENOMEM));
		KUNIT_EXPECT_PTR_EQ(test, devm_vpmem_attach(fixture_device(test), sizes[i]),
				    ERR_PTR(-ENOMEM));
	}
}

/*
 * Out of memory
 */

typedef void *(attach_call)(struct device *dev, size_t size);

struct attach_site {
	attach_call *attach;
	void *ext;
};

static bool site_call(struct kunit *test, void *data)
{
	struct attach_site *site = data;

	site->ext = site->attach(fixture_device(test), 64);
	return !IS_ERR(site->ext);
}

static void site_undo(struct kunit *test, void *data)
{
	struct attach_site *site = data;

	KUNIT_EXPECT_TRUE(test, is_attached(site->ext));
	expect_name(test, site->ext, "vpmem-kunit.1");
	vpmem_detach(site->ext);
}

static void site_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct attach_site *site = data;

	KUNIT_EXPECT_PTR_EQ(test, site->ext, ERR_PTR(-ENOMEM));
}

static const struct vt_fault_site attach_fault = { site_call, site_undo, site_failed };

/* ADAPTERS-05: -ENOMEM whichever allocation of an attach fails; nothing is lost */
static void adapters_05_no_memory_to_attach(struct kunit *test)
{
	struct attach_site site = { .attach = vpmem_attach };

	KUNIT_EXPECT_GT(test, vt_each_fault(test, &attach_fault, &site), 0U);
}

/* ADAPTERS-06: The same for a managed attach */
static void adapters_06_no_memory_for_managed_attach(struct kunit *test)
{
	struct attach_site site = { .attach = devm_vpmem_attach };

	KUNIT_EXPECT_GT(test, vt_each_fault(test, &attach_fault, &site), 0U);
}

/*
 * Devices
 */

struct counted_device {
	struct device dev;
	bool *released;
};

static void counted_release(struct device *dev)
{
	struct counted_device *counted = container_of(dev, struct counted_device, dev);

	*counted->released = true;
	kfree(counted);
}

static struct device *counted_device(struct kunit *test, const char *name, bool *released)
{
	struct counted_device *counted = kzalloc(sizeof(*counted), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, counted);
	counted->released = released;
	*released = false;
	counted->dev.release = counted_release;
	dev_set_name(&counted->dev, "%s", name);
	KUNIT_ASSERT_EQ(test, device_register(&counted->dev), 0);
	return &counted->dev;
}

/* ADAPTERS-07: An adapter holds a reference on its device */
static void adapters_07_holds_the_device(struct kunit *test)
{
	bool released;
	struct device *dev = counted_device(test, "vpmem-counted", &released);
	void *ext = vpmem_attach(dev, 64);

	KUNIT_EXPECT_FALSE(test, IS_ERR(ext));
	device_unregister(dev);
	KUNIT_EXPECT_FALSE(test, released);
	KUNIT_EXPECT_TRUE(test, is_attached(ext));
	vpmem_detach(ext);
	KUNIT_EXPECT_TRUE(test, released);
}

/* ADAPTERS-08: A device may be attached again; its names end in .1, .2, ... */
static void adapters_08_same_device_twice(struct kunit *test)
{
	void *one = attach(test, 64), *two = attach(test, 64);

	expect_name(test, vt_ext(test), "vpmem-kunit");
	expect_name(test, one, "vpmem-kunit.1");
	expect_name(test, two, "vpmem-kunit.2");
	vpmem_detach(one);
	expect_name(test, two, "vpmem-kunit.2");
	one = attach(test, 64);
	expect_name(test, one, "vpmem-kunit.1");
	vpmem_detach(one);
	vpmem_detach(two);
}

/*
 * ADAPTERS-09: A slash in a name becomes an exclamation mark
 *
 * A name is one of a directory, too.
 */
static void adapters_09_slash_in_a_name(struct kunit *test)
{
	bool released;
	struct device *dev = counted_device(test, "vpmem/kunit/3", &released);
	void *one = vpmem_attach(dev, 64), *two = vpmem_attach(dev, 64);
	char name[48];

	KUNIT_ASSERT_FALSE(test, IS_ERR(one));
	KUNIT_ASSERT_FALSE(test, IS_ERR(two));
	name_of(test, one, name, sizeof(name));
	KUNIT_EXPECT_NULL(test, strchr(name, '/'));
	expect_name(test, one, "vpmem!kunit!3");
	expect_name(test, two, "vpmem!kunit!3.1");
	vpmem_detach(one);
	vpmem_detach(two);
	device_unregister(dev);
	KUNIT_EXPECT_TRUE(test, released);
}

static void *managed_ext;

static int managed_probe(struct platform_device *pdev)
{
	managed_ext = devm_vpmem_attach(&pdev->dev, 64);
	return PTR_ERR_OR_ZERO(managed_ext);
}

static struct platform_driver managed_driver = {
	.probe = managed_probe,
	.driver = { .name = "vpmem-kunit-managed" },
};

/* ADAPTERS-10: A managed adapter is detached when its driver is unbound */
static void adapters_10_managed_until_unbind(struct kunit *test)
{
	struct platform_device *pdev;
	void *block;

	/* No owner, as in vt_init(). */
	KUNIT_ASSERT_EQ(test, __platform_driver_register(&managed_driver, NULL), 0);
	managed_ext = NULL;
	pdev = platform_device_register_simple("vpmem-kunit-managed", PLATFORM_DEVID_NONE,
					       NULL, 0);
	KUNIT_EXPECT_FALSE(test, IS_ERR(pdev));
	KUNIT_EXPECT_TRUE(test, is_attached(managed_ext));
	block = VideoPortAllocatePool(managed_ext, VpPagedPool, PAGE_SIZE, VT_TAG);
	KUNIT_EXPECT_NOT_NULL(test, block);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 1U);
	device_release_driver(&pdev->dev);
	KUNIT_EXPECT_FALSE(test, is_attached(managed_ext));
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, NULL, NULL), 0U);
	platform_device_unregister(pdev);
	platform_driver_unregister(&managed_driver);
}

/* ADAPTERS-11: A managed adapter is detached when its device goes */
static void adapters_11_managed_until_device_is_gone(struct kunit *test)
{
	bool released;
	struct device *dev = counted_device(test, "vpmem-counted", &released);
	void *ext = devm_vpmem_attach(dev, 64);

	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	KUNIT_EXPECT_TRUE(test, is_attached(ext));
	device_unregister(dev);
	KUNIT_EXPECT_FALSE(test, is_attached(ext));
	KUNIT_EXPECT_TRUE(test, released);
}

/* ADAPTERS-12: A managed adapter may be detached earlier */
static void adapters_12_managed_detached_by_hand(struct kunit *test)
{
	bool released;
	struct device *dev = counted_device(test, "vpmem-counted", &released);
	void *one = devm_vpmem_attach(dev, 64), *two = devm_vpmem_attach(dev, 64);
	void *three;

	KUNIT_ASSERT_FALSE(test, IS_ERR(one));
	KUNIT_ASSERT_FALSE(test, IS_ERR(two));
	vt_remember(test);
	vpmem_detach(one);
	KUNIT_EXPECT_FALSE(test, is_attached(one));
	KUNIT_EXPECT_TRUE(test, is_attached(two));
	/* This one may well come to be where the first one was. */
	three = vt_attach_another(test);
	device_unregister(dev);
	KUNIT_EXPECT_FALSE(test, is_attached(two));
	KUNIT_EXPECT_TRUE(test, is_attached(three));
	KUNIT_EXPECT_TRUE(test, released);
	vt_expect_events(test, NULL, NULL, 0);
}

/* ADAPTERS-13: A second detach is named and counted */
static void adapters_13_detached_twice(struct kunit *test)
{
	void *ext = attach(test, 64);

	vpmem_detach(ext);
	vt_remember(test);
	vpmem_detach(ext);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 1);
}

/* ADAPTERS-14: A detach of what is no adapter, likewise */
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
	KUNIT_EXPECT_TRUE(test, is_attached(vt_ext(test)));
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
	void *one = attach(test, 64), *two = attach(test, 64);

	KUNIT_EXPECT_EQ(test, module_references(test), before + 2);
	vpmem_detach(one);
	KUNIT_EXPECT_EQ(test, module_references(test), before + 1);
	vpmem_detach(two);
	KUNIT_EXPECT_EQ(test, module_references(test), before);
	KUNIT_EXPECT_TRUE(test, IS_ERR(vpmem_attach(fixture_device(test), SIZE_MAX)));
	KUNIT_EXPECT_EQ(test, module_references(test), before);
}

/*
 * What is left
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

/*
 * ADAPTERS-17: Detach leaves small blocks where they are
 *
 * Whoever holds a small block may still be using it.
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
	for (i = 0; i < ARRAY_SIZE(block); i++) {
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(block[i], i, 100), NULL);
		/* Nobody else can: a slab object with a header of 16 bytes. */
		kfree(block[i] - 16);
		block[i] = NULL;
	}
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
 * ADAPTERS-18: Detach prints a line for each tag and type of what is left, blocks and
 * bytes, and counts it
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
	kfree(small - 16);
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
 * The worker that makes room for tags, and the one that frees later, come in time.
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
		ext[i] = attach(test, 64);
		block[i] = VideoPortAllocatePool(ext[i], VpNonPagedPool, 100, VT_TAG);
		KUNIT_EXPECT_NOT_NULL(test, block[i]);
	}
	expect_name(test, ext[99], "vpmem-kunit.100");
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
	struct churn one = { .dev = fixture_device(test) }, two = one;
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

/*
 * Calls that allocate or free, as an NMI would make them
 */

struct nmi_call {
	const char *name;
	void (*call)(void *ext, void *pointer);
	bool stray;			/* names no adapter */
};

static void nmi_allocate_pool(void *ext, void *pointer)
{
	VideoPortAllocatePool(ext, VpNonPagedPool, 100, VT_TAG);
}

static void nmi_allocate_large_pool(void *ext, void *pointer)
{
	VideoPortAllocatePool(ext, VpNonPagedPool, 2 * PAGE_SIZE, VT_TAG);
}

static void nmi_allocate_buffer(void *ext, void *pointer)
{
	VideoPortAllocateBuffer(ext, PAGE_SIZE, &pointer);
}

static void nmi_allocate_contiguous(void *ext, void *pointer)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };

	VideoPortAllocateContiguousMemory(ext, PAGE_SIZE, anywhere);
}

static void nmi_get_dma_adapter(void *ext, void *pointer)
{
	VP_DEVICE_DESCRIPTION description = { .Dma32BitAddresses = true };

	VideoPortGetDmaAdapter(ext, &description);
}

static void nmi_allocate_common(void *ext, void *pointer)
{
	PHYSICAL_ADDRESS logical;

	VideoPortAllocateCommonBuffer(ext, pointer, PAGE_SIZE, &logical, false, NULL);
}

static void nmi_get_common(void *ext, void *pointer)
{
	PHYSICAL_ADDRESS logical;
	ULONG actual;

	VideoPortGetCommonBuffer(ext, PAGE_SIZE, PAGE_SIZE, &logical, &actual, false);
}

static void nmi_lock_buffer(void *ext, void *pointer)
{
	VideoPortLockBuffer(ext, pointer, 100, VpModifyAccess);
}

static void nmi_get_device_base(void *ext, void *pointer)
{
	VideoPortGetDeviceBase(ext, (PHYSICAL_ADDRESS){ .QuadPart = 0xa0000 }, PAGE_SIZE, 0);
}

static void nmi_create_event(void *ext, void *pointer)
{
	PEVENT event;

	VideoPortCreateEvent(ext, 0, NULL, &event);
}

static void nmi_create_spin_lock(void *ext, void *pointer)
{
	PSPIN_LOCK lock;

	VideoPortCreateSpinLock(ext, &lock);
}

static void nmi_free_pool(void *ext, void *pointer)
{
	VideoPortFreePool(ext, pointer);
}

static void nmi_release_buffer(void *ext, void *pointer)
{
	VideoPortReleaseBuffer(ext, pointer);
}

static void nmi_free_contiguous(void *ext, void *pointer)
{
	VideoPortFreeContiguousMemory(ext, pointer);
}

static void nmi_mm_free_contiguous(void *ext, void *pointer)
{
	MmFreeContiguousMemory(pointer);
}

static void nmi_put_dma_adapter(void *ext, void *pointer)
{
	VideoPortPutDmaAdapter(ext, pointer);
}

static void nmi_release_common(void *ext, void *pointer)
{
	VideoPortReleaseCommonBuffer(ext, pointer, PAGE_SIZE, (PHYSICAL_ADDRESS){ },
				     pointer, false);
}

static void nmi_free_common(void *ext, void *pointer)
{
	VideoPortFreeCommonBuffer(ext, PAGE_SIZE, pointer, (PHYSICAL_ADDRESS){ }, false);
}

static void nmi_unlock_buffer(void *ext, void *pointer)
{
	VideoPortUnlockBuffer(ext, pointer);
}

static void nmi_complete_dma(void *ext, void *pointer)
{
	VideoPortCompleteDma(ext, pointer, pointer, false);
}

static void nmi_free_device_base(void *ext, void *pointer)
{
	VideoPortFreeDeviceBase(ext, pointer);
}

static void nmi_unmap_memory(void *ext, void *pointer)
{
	VideoPortUnmapMemory(ext, pointer, NULL);
}

static void nmi_delete_event(void *ext, void *pointer)
{
	VideoPortDeleteEvent(ext, pointer);
}

static void nmi_delete_spin_lock(void *ext, void *pointer)
{
	VideoPortDeleteSpinLock(ext, pointer);
}

static const struct nmi_call nmi_calls[] = {
	{ "VideoPortAllocatePool", nmi_allocate_pool },
	{ "VideoPortAllocatePool, large", nmi_allocate_large_pool },
	{ "VideoPortAllocateBuffer", nmi_allocate_buffer },
	{ "VideoPortAllocateContiguousMemory", nmi_allocate_contiguous },
	{ "VideoPortGetDmaAdapter", nmi_get_dma_adapter },
	{ "VideoPortAllocateCommonBuffer", nmi_allocate_common },
	{ "VideoPortGetCommonBuffer", nmi_get_common },
	{ "VideoPortLockBuffer", nmi_lock_buffer },
	{ "VideoPortGetDeviceBase", nmi_get_device_base },
	{ "VideoPortCreateEvent", nmi_create_event },
	{ "VideoPortCreateSpinLock", nmi_create_spin_lock },
	{ "VideoPortFreePool", nmi_free_pool },
	{ "VideoPortReleaseBuffer", nmi_release_buffer },
	{ "VideoPortFreeContiguousMemory", nmi_free_contiguous },
	{ "MmFreeContiguousMemory", nmi_mm_free_contiguous, .stray = true },
	{ "VideoPortPutDmaAdapter", nmi_put_dma_adapter },
	{ "VideoPortReleaseCommonBuffer", nmi_release_common },
	{ "VideoPortFreeCommonBuffer", nmi_free_common },
	{ "VideoPortUnlockBuffer", nmi_unlock_buffer },
	{ "VideoPortCompleteDma", nmi_complete_dma },
	{ "VideoPortFreeDeviceBase", nmi_free_device_base },
	{ "VideoPortUnmapMemory", nmi_unmap_memory },
	{ "VideoPortDeleteEvent", nmi_delete_event },
	{ "VideoPortDeleteSpinLock", nmi_delete_spin_lock },
};

static void nmi_call_name(const struct nmi_call *call, char *name)
{
	strscpy(name, call->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(nmi_call, nmi_calls, nmi_call_name);

struct nmi_job {
	const struct nmi_call *call;
	struct kunit *test;
};

static void nmi_work(void *data)
{
	struct nmi_job *job = data;

	job->call->call(vt_ext(job->test), job->test);
}

/*
 * ADAPTERS-24: In an NMI every call that allocates or frees is refused for its context
 * alone
 *
 * The pointer is no block either, so a lookup of it would be counted instead.
 */
static void adapters_24_refused_in_an_nmi(struct kunit *test)
{
	struct nmi_job job = { .call = test->param_value, .test = test };

	vt_remember(test);
	vt_nmi.run(nmi_work, &job);
	if (job.call->stray)
		vt_expect_events(test, NULL, "bad-context", 1);
	else
		vt_expect_events(test, "bad-context", NULL, 1);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(adapters_01_extension_is_zeroed),
	KUNIT_CASE(adapters_02_extension_is_aligned),
	KUNIT_CASE(adapters_03_no_device),
	KUNIT_CASE(adapters_04_extension_too_large),
	KUNIT_CASE(adapters_05_no_memory_to_attach),
	KUNIT_CASE(adapters_06_no_memory_for_managed_attach),
	KUNIT_CASE(adapters_07_holds_the_device),
	KUNIT_CASE(adapters_08_same_device_twice),
	KUNIT_CASE(adapters_09_slash_in_a_name),
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
	KUNIT_CASE_PARAM(adapters_24_refused_in_an_nmi, nmi_call_gen_params),
	{}
};

struct kunit_suite vt_adapters_suite = {
	.name = "adapters",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
