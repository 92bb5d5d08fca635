// SPDX-License-Identifier: GPL-2.0-only
/*
 * Records of blocks of a page or more, and the regions view.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"

/* REGIONS-01: Every block that starts a page has a record, and no other one */
static void regions_01_every_block_of_a_page(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	struct vt_region region;
	unsigned int i;
	void *block;

	for (i = 0; i < vt_nr_sizes; i++) {
		block = vt_alloc(test, type->type, vt_sizes[i]);
		KUNIT_EXPECT_EQ_MSG(test, vt_find_region(test, vt_ext(test), block, &region),
				    vt_sizes[i] > VT_SMALL_MAX, "%zu", vt_sizes[i]);
		VideoPortFreePool(vt_ext(test), block);
		KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	}
}

/* REGIONS-02: A record tells type, tag, size, charge, address and adapter */
static void regions_02_what_a_record_says(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	struct vt_region region;
	void *block = vt_alloc(test, type->type, 3 * PAGE_SIZE + 5);

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), block, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, type->kind);
	KUNIT_EXPECT_STREQ(test, region.tag, "Test");
	KUNIT_EXPECT_STREQ(test, region.hex, "0x74736554");
	KUNIT_EXPECT_EQ(test, region.size, (u64)(3 * PAGE_SIZE + 5));
	KUNIT_EXPECT_EQ(test, region.charged, (u64)(4 * PAGE_SIZE));
	KUNIT_EXPECT_STREQ(test, region.verify, "no");
	KUNIT_EXPECT_STREQ(test, region.adapter, "vpmem-kunit");
	KUNIT_EXPECT_LT(test, region.age, 600000ULL);
	VideoPortFreePool(vt_ext(test), block);
}

static noinline void *alloc_page_sized(struct kunit *test)
{
	return vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
}

/*
 * REGIONS-03: A record tells who called
 *
 * The last field names the function that called the DDI, and its module.
 */
static void regions_03_who_called(struct kunit *test)
{
	void *block = alloc_page_sized(test);
	struct vt_region region;
	const char *caller;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), block, &region));
	caller = strstr(region.line, "vt_alloc+0x");
	KUNIT_EXPECT_NOT_NULL(test, caller);
	if (caller)
		KUNIT_EXPECT_NOT_NULL(test, strstr(caller, "[vpmem_kunit]"));
	VideoPortFreePool(vt_ext(test), block);
}

/* REGIONS-04: A thousand records */
static void regions_04_a_thousand(struct kunit *test)
{
	unsigned int i, nr = 1000;
	struct vt_region region;
	void **block;

	block = kunit_kcalloc(test, nr, sizeof(*block), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, block);
	for (i = 0; i < nr; i++)
		block[i] = vt_alloc(test, VpPagedPool, PAGE_SIZE + i % 5 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), nr);
	vt_expect_live(test, "Test", "Paged", nr, nr * 3 * PAGE_SIZE);
	for (i = 0; i < nr; i += 2)
		VideoPortFreePool(vt_ext(test), block[i]);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), nr / 2);
	for (i = 0; i < 20; i++)
		KUNIT_EXPECT_EQ(test, vt_find_region(test, vt_ext(test), block[i], &region),
				i & 1);
	for (i = 1; i < nr; i += 2)
		VideoPortFreePool(vt_ext(test), block[i]);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* REGIONS-05: Buffers have records, too */
static void regions_05_buffers_too(struct kunit *test)
{
	struct vt_region region;
	void *block;

	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), 2 * PAGE_SIZE, &block),
			NO_ERROR);
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, vt_ext(test), block, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Buffer");
	KUNIT_EXPECT_STREQ(test, region.tag, "Vprt");
	VideoPortReleaseBuffer(vt_ext(test), block);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * Two that free the same block
 */

#define ROUNDS 50

struct race {
	void *ext;
	void *block[ROUNDS];
	atomic_t ready[ROUNDS];
	struct completion done;
};

static void race_free(struct race *race)
{
	unsigned int i;

	for (i = 0; i < ROUNDS; i++) {
		atomic_inc(&race->ready[i]);
		while (atomic_read(&race->ready[i]) < 2)
			cond_resched();
		VideoPortFreePool(race->ext, race->block[i]);
	}
}

static int race_thread(void *data)
{
	struct race *race = data;

	race_free(race);
	complete(&race->done);
	return 0;
}

/*
 * REGIONS-06: Two tasks free the same block: one succeeds, the other is refused, counted
 */
static void regions_06_freed_by_two_at_once(struct kunit *test)
{
	struct race *race = kunit_kzalloc(test, sizeof(*race), GFP_KERNEL);
	struct task_struct *task;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, race);
	race->ext = vt_ext(test);
	init_completion(&race->done);
	for (i = 0; i < ROUNDS; i++)
		race->block[i] = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	vt_remember(test);
	task = kthread_run(race_thread, race, "vpmem-race");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	race_free(race);
	wait_for_completion(&race->done);
	KUNIT_EXPECT_EQ(test, vt_event(test, race->ext, "double-free") +
			vt_event(test, race->ext, "bad-pointer"), (unsigned long)ROUNDS);
	KUNIT_EXPECT_GT(test, vt_event(test, race->ext, "double-free"), 0UL);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * REGIONS-07: A record does not keep kmemleak from reporting its block
 * Untested: a report fails the run
 */

/* VIEW-05: regions: columns */
static void view_05_columns_of_regions(struct kunit *test)
{
	static const char * const columns[] = {
		"Type", "Tag", "Hex", "Size", "Charged", "Virtual", "Bus",
		"Physical", "Limit", "Backing", "Verify", "AgeMs", "Adapter", "Caller",
	};
	const char *at = vt_view(test, vt_ext(test), "regions");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		at += strspn(at, " ");
		KUNIT_EXPECT_EQ_MSG(test, strncmp(at, columns[i], strlen(columns[i])), 0,
				    "column %s", columns[i]);
		at += strcspn(at, "\n ");
	}
}

/* VIEW-06: regions: of one adapter, and of all */
static void view_06_regions_of_all_adapters(struct kunit *test)
{
	void *other = vt_attach_another(test), *one, *two;
	struct vt_region region;

	one = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	two = VideoPortAllocatePool(other, VpPagedPool, PAGE_SIZE, VT_TAG);
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, NULL, one, &region));
	KUNIT_EXPECT_TRUE(test, vt_find_region(test, NULL, two, &region));
	KUNIT_EXPECT_STREQ(test, region.adapter, "vpmem-kunit.1");
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, vt_ext(test), two, &region));
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, other, one, &region));
	VideoPortFreePool(vt_ext(test), one);
	VideoPortFreePool(other, two);
}

/* VIEW-07: quota: the limit, and the bytes in use */
static void view_07_quota(struct kunit *test)
{
	void *block;

	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_ext(test), "quota"), "0 used 0\n");
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_ext(test), "quota", "123456"), 0);
	KUNIT_EXPECT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), 3456, &block), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_ext(test), "quota"), "123456 used 3456\n");
	VideoPortReleaseBuffer(vt_ext(test), block);
}

/* VIEW-08: events: a line each */
static void view_08_events(struct kunit *test)
{
	static const char * const events[] = {
		"zero-length", "null-free", "bad-tag", "bad-pool-type", "bad-size",
		"bad-parameter", "bad-context", "bad-pointer", "double-free",
		"wrong-pairing", "wrong-adapter", "no-adapter", "overrun", "use-after-free",
		"detach-race",
		"leak",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(events); i++)
		KUNIT_EXPECT_EQ_MSG(test, vt_event(test, vt_ext(test), events[i]), 0UL,
				    "%s", events[i]);
	VideoPortFreePool(vt_ext(test), NULL);
	VideoPortFreePool(vt_ext(test), NULL);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "null-free"), 2UL);
}

/* VIEW-09: All files are there, and root's alone */
static void view_09_for_root_only(struct kunit *test)
{
	static const struct {
		const char *name;
		umode_t mode;
	} files[] = {
		{ "tags", 0400 }, { "regions", 0400 }, { "events", 0400 },
		{ "verify", 0600 }, { "peaks", 0600 },
		{ "tags.tsv", 0400 }, { "events.tsv", 0400 },
		{ "adapters/vpmem-kunit/tags", 0400 },
		{ "adapters/vpmem-kunit/regions", 0400 },
		{ "adapters/vpmem-kunit/events", 0400 },
		{ "adapters/vpmem-kunit/quota", 0600 },
		{ "adapters/vpmem-kunit/peaks", 0600 },
		{ "adapters/vpmem-kunit/regions.tsv", 0400 },
	};
	unsigned int i;
	char path[80];

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		snprintf(path, sizeof(path), "/sys/kernel/debug/vpmem/%s", files[i].name);
		KUNIT_EXPECT_EQ_MSG(test, vt_file_mode(path), files[i].mode, "%s", path);
	}
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(regions_01_every_block_of_a_page, vt_type_params),
	KUNIT_CASE_PARAM(regions_02_what_a_record_says, vt_type_params),
	KUNIT_CASE(regions_03_who_called),
	KUNIT_CASE(regions_04_a_thousand),
	KUNIT_CASE(regions_05_buffers_too),
	KUNIT_CASE(regions_06_freed_by_two_at_once),
	KUNIT_CASE(view_05_columns_of_regions),
	KUNIT_CASE(view_06_regions_of_all_adapters),
	KUNIT_CASE(view_07_quota),
	KUNIT_CASE(view_08_events),
	KUNIT_CASE(view_09_for_root_only),
	{}
};

struct kunit_suite vt_regions_suite = {
	.name = "regions",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
