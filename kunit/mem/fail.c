// SPDX-License-Identifier: GPL-2.0-only
/*
 * Failures on demand, by tag and kind.
 */
#include "kunit/lib/contig.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#ifdef CONFIG_FAULT_INJECTION_DEBUG_FS
#include <linux/fault-inject.h>
#endif

#define OTHER_TAG	vt_tag("Othr")

static void attributes_set(unsigned long probability, int times)
{
#ifdef CONFIG_FAULT_INJECTION_DEBUG_FS
	struct fault_attr *attributes = vpmem_fail_attributes();

	attributes->probability = probability;
	attributes->verbose = 0;
	atomic_set(&attributes->times, times);
#endif
}

static int fail_init(struct kunit *test)
{
	int err;

	if (!IS_ENABLED(CONFIG_FAULT_INJECTION_DEBUG_FS)) {
		kunit_skip(test, "this kernel has no fault injection");
		return 0;
	}
	err = vt_init(test);
	if (!err)
		attributes_set(100, -1);
	return err;
}

static void fail_exit(struct kunit *test)
{
	vpmem_view_write(NULL, "fail", "-");
	attributes_set(0, 1);
	vt_exit(test);
}

static void choose(struct kunit *test, const char *text)
{
	KUNIT_EXPECT_EQ_MSG(test, vpmem_view_write(NULL, "fail", text), 0, "%s", text);
}

/* Allocate and free. Return whether that succeeded. */
static bool pool_works(struct kunit *test, VP_POOL_TYPE type, size_t size, u32 tag)
{
	void *block = VideoPortAllocatePool(vt_ext(test), type, size, tag);

	if (block)
		VideoPortFreePool(vt_ext(test), block);
	return block;
}

static bool event_works(struct kunit *test)
{
	PEVENT event;

	if (VideoPortCreateEvent(vt_ext(test), 0, NULL, &event) != NO_ERROR)
		return false;
	VideoPortDeleteEvent(vt_ext(test), event);
	return true;
}

static bool contiguous_works(struct kunit *test)
{
	void *block = vt_contig_try(vt_ext(test), PAGE_SIZE, VT_NO_LIMIT);

	if (block)
		vt_contig_end(test, block);
	return block;
}

/* FAIL-01: Allocations of the chosen tag fail, small and large, and those of others do not */
static void fail_01_tag(struct kunit *test)
{
	choose(test, "Test");
	KUNIT_EXPECT_FALSE(test, pool_works(test, VpNonPagedPool, 16, VT_TAG));
	KUNIT_EXPECT_FALSE(test, pool_works(test, VpPagedPool, 16, VT_TAG));
	KUNIT_EXPECT_FALSE(test, pool_works(test, VpNonPagedPool, 3 * PAGE_SIZE, VT_TAG));
	KUNIT_EXPECT_TRUE(test, pool_works(test, VpNonPagedPool, 16, OTHER_TAG));
	KUNIT_EXPECT_TRUE(test, pool_works(test, VpNonPagedPool, 3 * PAGE_SIZE, OTHER_TAG));
	KUNIT_EXPECT_TRUE(test, event_works(test));
	vt_expect_failures(test, "Test", "Nonp", 2, "no-memory");
	vt_expect_failures(test, "Test", "Paged", 1, "no-memory");
	choose(test, "-");
	KUNIT_EXPECT_TRUE(test, pool_works(test, VpNonPagedPool, 16, VT_TAG));
}

/* FAIL-02: So do those of the chosen kind, also where memory of that kind is parked */
static void fail_02_kind(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, contiguous_works(test));
	choose(test, "* Contig");
	KUNIT_EXPECT_FALSE(test, contiguous_works(test));
	KUNIT_EXPECT_TRUE(test, event_works(test));
	KUNIT_EXPECT_TRUE(test, pool_works(test, VpNonPagedPool, 16, VT_TAG));
	choose(test, "* Event");
	KUNIT_EXPECT_TRUE(test, contiguous_works(test));
	KUNIT_EXPECT_FALSE(test, event_works(test));
	vt_expect_failures(test, "Vprt", "Event", 1, "no-memory");
	choose(test, "Test Paged");
	KUNIT_EXPECT_FALSE(test, pool_works(test, VpPagedPool, 16, VT_TAG));
	KUNIT_EXPECT_TRUE(test, pool_works(test, VpNonPagedPool, 16, VT_TAG));
}

/* FAIL-03: probability and times mean what they mean to the kernel's fault injection */
static void fail_03_attributes(struct kunit *test)
{
	unsigned int i, failed = 0;

	choose(test, "*");
	attributes_set(100, 2);
	for (i = 0; i < 5; i++)
		failed += !pool_works(test, VpNonPagedPool, 16, VT_TAG);
	KUNIT_EXPECT_EQ(test, failed, 2U);
	attributes_set(0, -1);
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_TRUE(test, contiguous_works(test));
}

/* FAIL-04: The file shows what is chosen, and refuses what is none */
static void fail_04_file(struct kunit *test)
{
	static const char * const wrong[] = { "", "Tests", "Test Nonpaged", "Test Nonp 1", "0xg" };
	unsigned int i;

	KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, "fail"), "-\n");
	choose(test, "ab\n");
	KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, "fail"), "ab *\n");
	choose(test, "0x74736554 Nonp");
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_EQ_MSG(test, vpmem_view_write(NULL, "fail", wrong[i]), -EINVAL, "%s",
				    wrong[i]);
	KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, "fail"), "Test Nonp\n");
	choose(test, "-");
	KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, "fail"), "-\n");
}

static struct kunit_case fail_cases[] = {
	KUNIT_CASE(fail_01_tag),
	KUNIT_CASE(fail_02_kind),
	KUNIT_CASE(fail_03_attributes),
	KUNIT_CASE(fail_04_file),
	{}
};

struct kunit_suite vt_fail_suite = {
	.name = "fail",
	.init = fail_init,
	.exit = fail_exit,
	.test_cases = fail_cases,
};
