// SPDX-License-Identifier: GPL-2.0-only
/*
 * vpmem_attach() and devm_vpmem_attach(): the extension, the device, the name.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/adapters.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

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
			ext = vt_attach(test, extension_sizes[i]);
			KUNIT_EXPECT_PTR_EQ(test, memchr_inv(ext, 0, extension_sizes[i]),
					    NULL);
			memset(ext, 0xee, extension_sizes[i]);
			vt_expect_name(test, ext, "vpmem-kunit.1");
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
		ext = vt_attach(test, extension_sizes[i]);
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
		KUNIT_EXPECT_PTR_EQ(test, vpmem_attach(vt_device(test), sizes[i]),
				    ERR_PTR(-ENOMEM));
		KUNIT_EXPECT_PTR_EQ(test, devm_vpmem_attach(vt_device(test), sizes[i]),
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

	site->ext = site->attach(vt_device(test), 64);
	return !IS_ERR(site->ext);
}

static void site_undo(struct kunit *test, void *data)
{
	struct attach_site *site = data;

	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(site->ext));
	vt_expect_name(test, site->ext, "vpmem-kunit.1");
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

/* ADAPTERS-07: An adapter holds a reference on its device */
static void adapters_07_holds_the_device(struct kunit *test)
{
	bool released;
	struct device *dev = vt_counted_device(test, "vpmem-counted", &released);
	void *ext = vpmem_attach(dev, 64);

	KUNIT_EXPECT_FALSE(test, IS_ERR(ext));
	device_unregister(dev);
	KUNIT_EXPECT_FALSE(test, released);
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(ext));
	vpmem_detach(ext);
	KUNIT_EXPECT_TRUE(test, released);
}

/* ADAPTERS-08: A device may be attached again; its names end in .1, .2, ... */
static void adapters_08_same_device_twice(struct kunit *test)
{
	void *one = vt_attach(test, 64), *two = vt_attach(test, 64);

	vt_expect_name(test, vt_ext(test), "vpmem-kunit");
	vt_expect_name(test, one, "vpmem-kunit.1");
	vt_expect_name(test, two, "vpmem-kunit.2");
	vpmem_detach(one);
	vt_expect_name(test, two, "vpmem-kunit.2");
	one = vt_attach(test, 64);
	vt_expect_name(test, one, "vpmem-kunit.1");
	vpmem_detach(one);
	vpmem_detach(two);
}

/*
 * ADAPTERS-09: A slash in a name becomes an exclamation mark
 *
 * The name is also that of a directory in debugfs.
 */
static void adapters_09_slash_in_a_name(struct kunit *test)
{
	bool released;
	struct device *dev = vt_counted_device(test, "vpmem/kunit/3", &released);
	void *one = vpmem_attach(dev, 64), *two = vpmem_attach(dev, 64);
	char name[48];

	KUNIT_ASSERT_FALSE(test, IS_ERR(one));
	KUNIT_ASSERT_FALSE(test, IS_ERR(two));
	vt_name_of(test, one, name, sizeof(name));
	KUNIT_EXPECT_NULL(test, strchr(name, '/'));
	vt_expect_name(test, one, "vpmem!kunit!3");
	vt_expect_name(test, two, "vpmem!kunit!3.1");
	vpmem_detach(one);
	vpmem_detach(two);
	device_unregister(dev);
	KUNIT_EXPECT_TRUE(test, released);
}

static struct kunit_case attach_cases[] = {
	KUNIT_CASE(adapters_01_extension_is_zeroed),
	KUNIT_CASE(adapters_02_extension_is_aligned),
	KUNIT_CASE(adapters_03_no_device),
	KUNIT_CASE(adapters_04_extension_too_large),
	KUNIT_CASE(adapters_05_no_memory_to_attach),
	KUNIT_CASE(adapters_06_no_memory_for_managed_attach),
	KUNIT_CASE(adapters_07_holds_the_device),
	KUNIT_CASE(adapters_08_same_device_twice),
	KUNIT_CASE(adapters_09_slash_in_a_name),
	{}
};

struct kunit_suite vt_attach_suite = {
	.name = "attach",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = attach_cases,
};
