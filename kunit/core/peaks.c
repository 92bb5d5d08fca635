// SPDX-License-Identifier: GPL-2.0-only
/*
 * Peaks of the tags.
 */
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "kunit/lib/helpers.h"

#define MANY	1000

static u64 peak(struct kunit *test)
{
	struct vt_row row;

	KUNIT_EXPECT_TRUE(test, vt_find_row(test, vt_ext(test), "Test", "Nonp", &row));
	return row.peak;
}

/* Allocate and free blocks of the same size. */
static void rise(struct kunit *test, unsigned int blocks, size_t size)
{
	void **block = kunit_kcalloc(test, blocks, sizeof(*block), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, block);
	for (i = 0; i < blocks; i++)
		block[i] = vt_alloc(test, VpNonPagedPool, size);
	for (i = 0; i < blocks; i++)
		VideoPortFreePool(vt_ext(test), block[i]);
}

/* PEAK-01: The peak has the most bytes that were live, also after they are freed */
static void peak_01_most_live_bytes(struct kunit *test)
{
	rise(test, 1, 100);
	KUNIT_EXPECT_EQ(test, peak(test), 100ULL);
	rise(test, 3, 1000);
	rise(test, 2, 500);
	KUNIT_EXPECT_EQ(test, peak(test), 3000ULL);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

/* PEAK-02: Large blocks count in the peak as well */
static void peak_02_large_blocks(struct kunit *test)
{
	rise(test, 2, 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peak(test), 6ULL * PAGE_SIZE);
	rise(test, 3, 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peak(test), 9ULL * PAGE_SIZE);
}

/* PEAK-03: If it grows in small steps, it is at most 1/32 too low, and never too high */
static void peak_03_small_steps(struct kunit *test)
{
	u64 found;

	rise(test, MANY, 16);
	found = peak(test);
	KUNIT_EXPECT_LE(test, found, 16ULL * MANY);
	KUNIT_EXPECT_GE(test, found + found / 32, 16ULL * MANY);
}

/* PEAK-04: A view never has a peak below its Bytes, nor below the one of an earlier view */
static void peak_04_not_below_bytes(struct kunit *test)
{
	void *block[MANY / 10];
	struct vt_row row;
	u64 last = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(block); i++) {
		block[i] = vt_alloc(test, VpNonPagedPool, 16);
		KUNIT_ASSERT_TRUE(test, vt_find_row(test, vt_ext(test), "Test", "Nonp", &row));
		KUNIT_EXPECT_GE(test, row.peak, row.bytes);
		KUNIT_EXPECT_GE(test, row.peak, last);
		last = row.peak;
	}
	for (i = 0; i < ARRAY_SIZE(block); i++)
		VideoPortFreePool(vt_ext(test), block[i]);
	KUNIT_EXPECT_EQ(test, peak(test), 16ULL * ARRAY_SIZE(block));
}

static void expect_reset(struct kunit *test, void *ext)
{
	void *block = vt_alloc(test, VpNonPagedPool, 200);

	rise(test, 4, 1000);
	KUNIT_EXPECT_EQ(test, peak(test), 4200ULL);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(ext, "peaks", "reset"), 0);
	KUNIT_EXPECT_EQ(test, peak(test), 200ULL);
	rise(test, 2, 1000);
	KUNIT_EXPECT_EQ(test, peak(test), 2200ULL);
	VideoPortFreePool(vt_ext(test), block);
}

/* PEAK-05: ``reset``, written to ``peaks`` of an adapter, sets its peaks to the live bytes */
static void peak_05_reset(struct kunit *test)
{
	expect_reset(test, vt_ext(test));
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_ext(test), "peaks", "now"), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_ext(test), "peaks", ""), -EINVAL);
	KUNIT_EXPECT_EQ(test, peak(test), 2200ULL);
}

/* PEAK-06: Written to ``peaks`` at the top, those of all adapters */
static void peak_06_reset_of_all(struct kunit *test)
{
	void *other = vt_attach_another(test), *block;
	struct vt_row row;

	block = VideoPortAllocatePool(other, VpNonPagedPool, 300, vt_tag("Othr"));
	VideoPortFreePool(other, block);
	expect_reset(test, NULL);
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, other, "Othr", "Nonp", &row));
	KUNIT_EXPECT_EQ(test, row.peak, 0ULL);
}

/* PEAK-07: ``peaks`` has the milliseconds since then, or since the attach */
static void peak_07_age(struct kunit *test)
{
	unsigned long before, after;

	KUNIT_EXPECT_EQ(test, kstrtoul(vt_view(test, vt_ext(test), "peaks"), 10, &before), 0);
	msleep(30);
	KUNIT_EXPECT_EQ(test, kstrtoul(vt_view(test, vt_ext(test), "peaks"), 10, &after), 0);
	KUNIT_EXPECT_GE(test, after, before + 20);
	vpmem_view_write(vt_ext(test), "peaks", "reset");
	KUNIT_EXPECT_EQ(test, kstrtoul(vt_view(test, vt_ext(test), "peaks"), 10, &before), 0);
	KUNIT_EXPECT_LT(test, before, after);
}

struct queue {
	void *ext;
	void *block[8];
};

static long queue_fill(void *data)
{
	struct queue *queue = data;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(queue->block); i++)
		queue->block[i] = VideoPortAllocatePool(queue->ext, VpNonPagedPool, 100, VT_TAG);
	return 0;
}

static long queue_empty(void *data)
{
	struct queue *queue = data;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(queue->block); i++)
		VideoPortFreePool(queue->ext, queue->block[i]);
	return 0;
}

static void queue_use(struct queue *queue, unsigned int rounds)
{
	unsigned int last = cpumask_last(cpu_online_mask);

	while (rounds--) {
		work_on_cpu(0, queue_fill, queue);
		work_on_cpu(last, queue_empty, queue);
	}
}

/*
 * PEAK-08: If several CPUs use a tag, it is at most 1/32 and 1 KiB for each CPU too low
 *
 * The samples of 200 rounds allow each CPU the most. A reset ends that.
 */
static void peak_08_other_cpus_free(struct kunit *test)
{
	struct queue queue = { .ext = vt_ext(test) };
	u64 slack = 1024ULL * num_possible_cpus(), found;

	queue_use(&queue, 1);
	KUNIT_EXPECT_EQ(test, peak(test), 800ULL);
	queue_use(&queue, 200);
	KUNIT_EXPECT_EQ(test, peak(test), 800ULL);
	rise(test, MANY, 64);
	found = peak(test);
	KUNIT_EXPECT_LE(test, found, 64ULL * MANY);
	KUNIT_EXPECT_GE(test, found + found / 32 + slack, 64ULL * MANY);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_ext(test), "peaks", "reset"), 0);
	queue_use(&queue, 1);
	KUNIT_EXPECT_EQ(test, peak(test), 800ULL);
}

static struct kunit_case peaks_cases[] = {
	KUNIT_CASE(peak_01_most_live_bytes),
	KUNIT_CASE(peak_02_large_blocks),
	KUNIT_CASE(peak_03_small_steps),
	KUNIT_CASE(peak_04_not_below_bytes),
	KUNIT_CASE(peak_05_reset),
	KUNIT_CASE(peak_06_reset_of_all),
	KUNIT_CASE(peak_07_age),
	KUNIT_CASE(peak_08_other_cpus_free),
	{}
};

struct kunit_suite vt_peaks_suite = {
	.name = "peaks",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = peaks_cases,
};
