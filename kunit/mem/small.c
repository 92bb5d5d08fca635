// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages of small blocks: what they cost, and when they return to the system. With blocks
 * from kmalloc() there are none, and every number of pages here is 0.
 */
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "core/testing.h"
#include "kunit/lib/helpers.h"

#define BLOCKS	2000

/* SMALL-01: A block of a power of two costs just its size; none has a header */
static void small_01_powers_of_two(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	struct vt_row row;
	size_t size;
	void *block;

	for (size = 16; size < PAGE_SIZE; size *= 2) {
		if (type->aligned && size < SMP_CACHE_BYTES)
			continue;
		block = vt_alloc(test, type->type, size);
		KUNIT_ASSERT_TRUE(test, vt_find_row(test, vt_ext(test), "Test", type->kind,
						    &row));
		KUNIT_EXPECT_EQ(test, row.charged, (u64)size);
		VideoPortFreePool(vt_ext(test), block);
	}
}

/* Blocks of many sizes, with which one CPU begins and another may go on */
struct small_batch {
	void *ext;
	void **block;
	bool failed;
};

static size_t batch_size(unsigned int i)
{
	return 1 + i * 37 % (PAGE_SIZE / 2);
}

static long batch_alloc(void *data)
{
	struct small_batch *batch = data;
	unsigned int i;

	for (i = 0; i < BLOCKS; i++) {
		batch->block[i] = VideoPortAllocatePool(batch->ext, VpNonPagedPool,
							batch_size(i), VT_TAG);
		batch->failed |= !batch->block[i];
	}
	return 0;
}

static long batch_free(void *data)
{
	struct small_batch *batch = data;
	unsigned int i;

	for (i = 0; i < BLOCKS; i++)
		VideoPortFreePool(batch->ext, batch->block[i * 7 % BLOCKS]);
	return 0;
}

static struct small_batch *batch_new(struct kunit *test)
{
	struct small_batch *batch = kunit_kzalloc(test, sizeof(*batch), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, batch);
	batch->ext = vt_ext(test);
	batch->block = kunit_kcalloc(test, BLOCKS, sizeof(void *), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, batch->block);
	return batch;
}

/* SMALL-02: Memory pressure frees all pages without live blocks, and no others */
static void small_02_pages_return_under_pressure(struct kunit *test)
{
	struct small_batch *batch = batch_new(test);
	void *ext = vt_ext(test), *last;

	batch_alloc(batch);
	KUNIT_ASSERT_FALSE(test, batch->failed);
	last = vt_alloc(test, VpNonPagedPool, 1000);
	memset(last, 0x3d, 1000);
	batch_free(batch);
	KUNIT_EXPECT_LE(test, vpmem_small_pages(ext, true), 1UL);
	KUNIT_EXPECT_NULL(test, memchr_inv(last, 0x3d, 1000));
	VideoPortFreePool(ext, last);
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(ext, true), 0UL);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

/* SMALL-03: Without pressure, few pages of a size stay when all its blocks are freed */
static void small_03_few_pages_stay(struct kunit *test)
{
	struct small_batch *batch = batch_new(test);
	void *ext = vt_ext(test);
	unsigned int i;

	vpmem_small_pages(ext, true);
	for (i = 0; i < BLOCKS; i++)
		batch->block[i] = vt_alloc(test, VpNonPagedPool, 256);
	for (i = 0; i < BLOCKS; i++)
		VideoPortFreePool(ext, batch->block[i]);
	KUNIT_EXPECT_LE(test, vpmem_small_pages(ext, false), 8UL * num_online_cpus());
}

/*
 * SMALL-04: A double free of a block whose page was freed is a bad pointer
 *
 * The test takes none at the start of a page, where a large block may have been that was freed.
 */
static void small_04_double_free_of_a_page_that_is_gone(struct kunit *test)
{
	void *first = vt_alloc(test, VpNonPagedPool, 1000);
	void *second = vt_alloc(test, VpNonPagedPool, 1000);
	void *block = PAGE_ALIGNED(first) ? second : first;

	VideoPortFreePool(vt_ext(test), first);
	VideoPortFreePool(vt_ext(test), second);
	if (!vpmem_small_pages(vt_ext(test), false))
		kunit_skip(test, "small blocks come from kmalloc()");
	vpmem_small_pages(vt_ext(test), true);
	vt_expect_free_refused(test, VideoPortFreePool, block, "bad-pointer");
}

static unsigned int other_cpu(struct kunit *test)
{
	if (num_online_cpus() < 2)
		kunit_skip(test, "this machine has one CPU");
	return cpumask_last(cpu_online_mask);
}

/* SMALL-05: Blocks that another CPU frees return to the pages they are from */
static void small_05_freed_on_another_cpu(struct kunit *test)
{
	struct small_batch *batch = batch_new(test);
	unsigned int cpu = other_cpu(test);

	work_on_cpu(cpu, batch_alloc, batch);
	KUNIT_ASSERT_FALSE(test, batch->failed);
	work_on_cpu(0, batch_free, batch);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(vt_ext(test), true), 0UL);
}

#ifdef CONFIG_HOTPLUG_CPU

/* SMALL-06: A CPU that goes offline keeps no free blocks; others free its live ones */
static void small_06_cpu_goes_offline(struct kunit *test)
{
	struct small_batch *batch = batch_new(test);
	unsigned int cpu = other_cpu(test);
	void *ext = vt_ext(test);
	int err;

	vpmem_small_pages(ext, true);
	work_on_cpu(cpu, batch_alloc, batch);
	work_on_cpu(cpu, batch_free, batch);
	err = remove_cpu(cpu);
	if (err)
		kunit_skip(test, "the CPU does not go offline");
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(ext, false), 0UL);
	KUNIT_ASSERT_EQ(test, add_cpu(cpu), 0);
	work_on_cpu(cpu, batch_alloc, batch);
	KUNIT_ASSERT_EQ(test, remove_cpu(cpu), 0);
	batch_free(batch);
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(ext, true), 0UL);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	KUNIT_EXPECT_EQ(test, add_cpu(cpu), 0);
}

#endif

struct fault_job {
	struct small_batch *batch;	/* blocks that are freed while all allocations fail */
	void *block;
};

static bool fault_call(struct kunit *test, void *data)
{
	struct fault_job *job = data;

	batch_free(job->batch);
	job->block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, PAGE_SIZE - 100, VT_TAG);
	return job->block;
}

static void fault_undo(struct kunit *test, void *data)
{
	struct fault_job *job = data;

	VideoPortFreePool(vt_ext(test), job->block);
}

static void fault_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Test", "Nonp", failures, "no-memory");
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(vt_ext(test), false), 0UL);
}

/* SMALL-07: Before an allocation fails, the pages of the adapter without blocks are freed */
static void small_07_before_a_failure(struct kunit *test)
{
	static const struct vt_fault_site site = { fault_call, fault_undo, fault_failed };
	struct fault_job job = { .batch = batch_new(test) };

	vt_need_faults(test);
	/* Stay on this CPU: blocks at hand on another one are not freed. */
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current,
						   cpumask_of(raw_smp_processor_id())), 0);
	batch_alloc(job.batch);
	KUNIT_ASSERT_FALSE(test, job.batch->failed);
	vt_out_of_memory(test, &site, &job);
}

static bool first_call(struct kunit *test, void *data)
{
	void **block = data;

	*block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, 100, VT_TAG);
	return *block;
}

static void first_undo(struct kunit *test, void *data)
{
	void **block = data;

	VideoPortFreePool(vt_ext(test), *block);
}

static void first_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	KUNIT_EXPECT_EQ(test, vpmem_small_pages(vt_ext(test), true), 0UL);
}

/*
 * SMALL-08: Whichever allocation fails for a small block, from a page of blocks or from
 * kmalloc(), nothing is left
 */
static void small_08_no_memory_by_either_allocator(struct kunit *test)
{
	static const struct vt_fault_site site = { first_call, first_undo, first_failed };
	bool before;
	void *block;

	vt_need_faults(test);
	before = vpmem_small_kmalloc_set(false);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, &block), 0U);
	vpmem_small_kmalloc_set(true);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, &block), 0U);
	vpmem_small_kmalloc_set(before);
}

static struct kunit_case small_cases[] = {
	KUNIT_CASE_PARAM(small_01_powers_of_two, vt_type_params),
	KUNIT_CASE(small_02_pages_return_under_pressure),
	KUNIT_CASE(small_03_few_pages_stay),
	KUNIT_CASE(small_04_double_free_of_a_page_that_is_gone),
	KUNIT_CASE(small_05_freed_on_another_cpu),
#ifdef CONFIG_HOTPLUG_CPU
	KUNIT_CASE(small_06_cpu_goes_offline),
#endif
	KUNIT_CASE(small_07_before_a_failure),
	KUNIT_CASE(small_08_no_memory_by_either_allocator),
	{}
};

struct kunit_suite vt_small_suite = {
	.name = "small",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = small_cases,
};
