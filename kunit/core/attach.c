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

struct attach_job {
	struct device *dev;
	void *ext;
	void *attached;
};

static void attach_and_detach(void *data)
{
	struct attach_job *job = data;

	job->attached = vpmem_attach(job->dev, 64);
	vpmem_detach(job->ext);
}

/* ADAPTERS-26: In atomic context, nothing is attached or detached; both are logged and counted */
static void adapters_26_atomic_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct attach_job job = { .dev = vt_device(test), .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(attach_and_detach, &job);
	KUNIT_EXPECT_PTR_EQ(test, job.attached, ERR_PTR(-EINVAL));
	KUNIT_EXPECT_TRUE(test, vt_is_an_adapter(vt_ext(test)));
	vt_expect_events(test, "bad-context", "bad-context", 1);
}

/*
 * Calls for an extension that is not attached, which return whether their result is right
 */

static bool gone_locks(void *ext)
{
	VIDEO_REQUEST_PACKET packet = {};

	return !VideoPortLockPages(ext, &packet, NULL, NULL, VideoPortDmaInitOnly);
}

static bool gone_unlocks(void *ext)
{
	return VideoPortUnlockPages(ext, NULL);
}

static bool gone_unlocks_buffer(void *ext)
{
	VideoPortUnlockBuffer(ext, ext);
	return true;
}

static void gone_execute(PVOID ext, PVP_DMA_ADAPTER dma, PVP_SCATTER_GATHER_LIST list,
			 PVOID context)
{
}

static bool gone_starts(void *ext)
{
	ULONG length = 100;

	return VideoPortStartDma(ext, NULL, ext, 0, &length, gone_execute, NULL, true) ==
	       ERROR_INVALID_PARAMETER && !length;
}

static bool gone_completes(void *ext)
{
	return VideoPortCompleteDma(ext, NULL, NULL, true) == NO_ERROR;
}

static bool gone_gets_common_buffer(void *ext)
{
	PHYSICAL_ADDRESS logical = {};
	ULONG actual = 100;

	return !VideoPortGetCommonBuffer(ext, 100, 0, &logical, &actual, false) && !actual;
}

static bool gone_maps_banks(void *ext)
{
	PHYSICAL_ADDRESS place = { .QuadPart = 0xa0000 };
	ULONG length = 100, space = 0;
	void *address = NULL;

	return VideoPortMapBankedMemory(ext, place, &length, &space, &address, 100, 0, NULL,
					NULL) == ERROR_INVALID_FUNCTION;
}

static bool gone_frees_device_base(void *ext)
{
	VideoPortFreeDeviceBase(ext, ext);
	return true;
}

static bool gone_unmaps(void *ext)
{
	return VideoPortUnmapMemory(ext, ext, NULL) == ERROR_INVALID_PARAMETER;
}

static bool gone_enumerates(void *ext)
{
	return VideoPortEnumerateChildren(ext, NULL) == ERROR_INVALID_PARAMETER;
}

static bool gone_has_no_second_display(void *ext)
{
	return VideoPortCreateSecondaryDisplay(ext, NULL, 0) == ERROR_INVALID_FUNCTION;
}

static const struct gone_call {
	const char *name;
	bool (*is_right)(void *ext);
} gone_calls[] = {
	{ "LockPages", gone_locks },
	{ "UnlockPages", gone_unlocks },
	{ "UnlockBuffer", gone_unlocks_buffer },
	{ "StartDma", gone_starts },
	{ "CompleteDma", gone_completes },
	{ "GetCommonBuffer", gone_gets_common_buffer },
	{ "MapBankedMemory", gone_maps_banks },
	{ "FreeDeviceBase", gone_frees_device_base },
	{ "UnmapMemory", gone_unmaps },
	{ "EnumerateChildren", gone_enumerates },
	{ "CreateSecondaryDisplay", gone_has_no_second_display },
};

static void gone_name(const struct gone_call *call, char *name)
{
	strscpy(name, call->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(gone_calls, gone_calls, gone_name);

/* ADAPTERS-27: Calls that seldom come first are refused as well after a detach, and logged */
static void adapters_27_calls_after_a_detach(struct kunit *test)
{
	const struct gone_call *call = test->param_value;
	void *gone = vt_detached_extension(test);

	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, call->is_right(gone));
	vt_expect_events(test, NULL, "no-adapter", 1);
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
	KUNIT_CASE_PARAM(adapters_26_atomic_context, vt_atomic_params),
	KUNIT_CASE_PARAM(adapters_27_calls_after_a_detach, gone_calls_gen_params),
	{}
};

struct kunit_suite vt_attach_suite = {
	.name = "attach",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = attach_cases,
};
