// SPDX-License-Identifier: GPL-2.0-only
/*
 * Parked memory: freed blocks of a page and more that wait for the next block.
 */
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/common.h"
#include "kunit/lib/contig.h"
#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"

/* Largest number of pages that is parked, and most bytes of an adapter and CPU */
#define MOST_PAGES	16
#define MOST_BYTES	max_t(u64, SZ_256K, MOST_PAGES * PAGE_SIZE)

static u64 parked(struct kunit *test, void *ext)
{
	unsigned long long bytes = ~0ULL;

	KUNIT_EXPECT_EQ(test, kstrtoull(strim((char *)vt_view(test, ext, "parked")), 0,
					&bytes), 0);
	return bytes;
}

/* Stay on this CPU, whose slots the test looks at, and begin with empty ones. */
static int park_init(struct kunit *test)
{
	int err = set_cpus_allowed_ptr(current, cpumask_of(raw_smp_processor_id()));

	err = err ?: vt_init(test);
	if (err)
		return err;
	VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, PAGE_SIZE));
	if (!parked(test, vt_ext(test)))
		kunit_skip(test, "this kernel checks each free, so nothing is parked");
	vpmem_parks_shrink();
	return 0;
}

/*
 * PARK-01: A block of a page and more gets the memory that one of its size has freed last,
 * whatever tag and type that had; its row, and the counters, are its own
 */
static void park_01_next_block(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 2 * PAGE_SIZE), *again;
	struct vt_region region;

	VideoPortFreePool(vt_ext(test), block);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), (u64)(2 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	again = VideoPortAllocatePool(vt_ext(test), VpPagedPool, 2 * PAGE_SIZE - 7,
				      vt_tag("Next"));
	KUNIT_EXPECT_PTR_EQ(test, again, block);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), 0ULL);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), again, &region));
	KUNIT_EXPECT_STREQ(test, region.tag, "Next");
	KUNIT_EXPECT_STREQ(test, region.kind, "Paged");
	KUNIT_EXPECT_EQ(test, region.size, (u64)(2 * PAGE_SIZE - 7));
	vt_expect_live(test, "Next", "Paged", 1, 2 * PAGE_SIZE - 7);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	VideoPortFreePool(vt_ext(test), again);
	vt_expect_live(test, "Next", "Paged", 0, 0);
}

/* PARK-02: A second free of what is parked is refused as such */
static void park_02_double_free(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, SZ_16K);
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	void *contig = vt_contig_alloc(test, SZ_16K, VT_NO_LIMIT);

	VideoPortFreePool(vt_ext(test), block);
	VideoPortFreeContiguousMemory(vt_ext(test), contig);
	vt_common_release(test, buffer);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), (u64)(PAGE_SIZE + 2 * SZ_16K));
	vt_expect_free_refused(test, VideoPortFreePool, block, "double-free");
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, contig, "double-free");
	vt_remember(test);
	vt_common_release(test, buffer);
	vt_expect_refused(test, "double-free");
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
}

/*
 * PARK-03: An address inside of what is parked is no block
 *
 * Take none at the start of a page, where a block may have been that was freed, and is known.
 */
static void park_03_inside(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 4 * PAGE_SIZE);

	VideoPortFreePool(vt_ext(test), block);
	vt_expect_free_refused(test, VideoPortFreePool, block + PAGE_SIZE + 16, "bad-pointer");
	vt_expect_free_refused(test, VideoPortFreePool, block + 16, "bad-pointer");
}

/* PARK-04: Common buffers and contiguous memory are zero again */
static void park_04_zeroed(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, 3 * PAGE_SIZE);
	void *contig = vt_contig_alloc(test, 3 * PAGE_SIZE, VT_NO_LIMIT);
	void *first = buffer.memory, *again;

	memset(buffer.memory, 0x5b, 3 * PAGE_SIZE);
	memset(contig, 0x5b, 3 * PAGE_SIZE);
	vt_common_release(test, buffer);
	VideoPortFreeContiguousMemory(vt_ext(test), contig);
	KUNIT_ASSERT_TRUE(test, vt_common_try(test, &buffer));
	again = vt_contig_alloc(test, 3 * PAGE_SIZE - 1, VT_NO_LIMIT);
	KUNIT_EXPECT_PTR_EQ(test, buffer.memory, first);
	KUNIT_EXPECT_PTR_EQ(test, again, contig);
	KUNIT_EXPECT_NULL(test, memchr_inv(buffer.memory, 0, 3 * PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memchr_inv(again, 0, 3 * PAGE_SIZE));
	vt_contig_end(test, again);
	vt_common_end(test, buffer);
}

/* PARK-05: Pool is cleared as the kernel clears its pages: init_on_alloc, init_on_free */
static void park_05_cleared_as_pages_are(struct kunit *test)
{
	bool cleared = want_init_on_alloc(GFP_KERNEL) || want_init_on_free();
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE), *again;

	memset(block, 0x5b, PAGE_SIZE);
	VideoPortFreePool(vt_ext(test), block);
	again = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	KUNIT_EXPECT_PTR_EQ(test, again, block);
	KUNIT_EXPECT_EQ(test, !memchr_inv(again, 0, PAGE_SIZE), cleared);
	VideoPortFreePool(vt_ext(test), again);
}

/* PARK-06: Contiguous memory is used again within the limit only */
static void park_06_limit(struct kunit *test)
{
	void *block = vt_contig_alloc(test, PAGE_SIZE, VT_NO_LIMIT), *other;
	u64 last = MmGetPhysicalAddress(block).QuadPart + PAGE_SIZE - 1;
	struct vt_region region;

	vt_contig_end(test, block);
	other = vt_contig_try(vt_ext(test), PAGE_SIZE, last - 1);
	KUNIT_EXPECT_PTR_NE(test, other, block);
	if (other)
		vt_contig_end(test, other);
	vpmem_parks_shrink();
	block = vt_contig_alloc(test, PAGE_SIZE, VT_NO_LIMIT);
	last = MmGetPhysicalAddress(block).QuadPart + PAGE_SIZE - 1;
	vt_contig_end(test, block);
	other = vt_contig_alloc(test, PAGE_SIZE, last);
	KUNIT_EXPECT_PTR_EQ(test, other, block);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), other, &region));
	KUNIT_EXPECT_EQ(test, region.limit, last);
	vt_contig_end(test, other);
}

/* PARK-07: The kernel gets the memory when it needs some; a second free is still found */
static void park_07_shrinker(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, MOST_PAGES * PAGE_SIZE);
	u64 all;

	VideoPortFreePool(vt_ext(test), block);
	all = parked(test, NULL);
	KUNIT_EXPECT_GE(test, all, (u64)(MOST_PAGES * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, (u64)vpmem_parks_shrink() << PAGE_SHIFT, all);
	KUNIT_EXPECT_EQ(test, parked(test, NULL), 0ULL);
	vt_expect_free_refused(test, VideoPortFreePool, block, "double-free");
}

/* PARK-08: What is parked has a bound, and larger blocks are not parked at all */
static void park_08_bound(struct kunit *test)
{
	unsigned int pages;
	void *block;

	block = vt_alloc(test, VpNonPagedPool, (MOST_PAGES + 1) * PAGE_SIZE);
	VideoPortFreePool(vt_ext(test), block);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), 0ULL);
	for (pages = 1; pages <= MOST_PAGES; pages++) {
		block = vt_alloc(test, VpNonPagedPool, pages * PAGE_SIZE);
		VideoPortFreePool(vt_ext(test), block);
		block = vt_contig_alloc(test, pages * PAGE_SIZE, VT_NO_LIMIT);
		VideoPortFreeContiguousMemory(vt_ext(test), block);
	}
	KUNIT_EXPECT_GE(test, parked(test, vt_ext(test)), (u64)(MOST_PAGES * PAGE_SIZE));
	KUNIT_EXPECT_LE(test, parked(test, vt_ext(test)), MOST_BYTES);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* PARK-09: Each adapter has its own, which its detach frees */
static void park_09_adapters(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE), *second;

	VideoPortFreePool(vt_ext(test), block);
	second = VideoPortAllocatePool(other, VpNonPagedPool, PAGE_SIZE, VT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, second);
	KUNIT_EXPECT_PTR_NE(test, second, block);
	VideoPortFreePool(other, second);
	KUNIT_EXPECT_EQ(test, parked(test, other), (u64)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, parked(test, NULL), (u64)(2 * PAGE_SIZE));
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, parked(test, NULL), (u64)PAGE_SIZE);
}

/* PARK-10: Verify mode parks nothing, so that it sees each free */
static void park_10_not_in_verify_mode(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);

	vt_verify(test, true);
	VideoPortFreePool(vt_ext(test), block);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), 0ULL);
	VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), 0ULL);
}

/* PARK-11: A parked common buffer does not keep its DMA adapter, whose put frees it */
static void park_11_put_of_the_dma_adapter(struct kunit *test)
{
	struct vt_common buffer = vt_common_alloc(test, PAGE_SIZE);

	vt_common_release(test, buffer);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), (u64)PAGE_SIZE);
	vt_remember(test);
	VideoPortPutDmaAdapter(vt_ext(test), buffer.dma);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), 0ULL);
}

/*
 * Failing allocations
 */

struct fault_job {
	void *parked;			/* block that is freed while all allocations fail */
	void *block;
};

static bool fault_call(struct kunit *test, void *data)
{
	struct fault_job *job = data;

	VideoPortFreePool(vt_ext(test), job->parked);
	job->block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, PAGE_SIZE, VT_TAG);
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
	KUNIT_EXPECT_EQ(test, parked(test, vt_ext(test)), 0ULL);
}

/* PARK-14: Before an allocation fails, what the adapter has parked is freed */
static void park_14_before_a_failure(struct kunit *test)
{
	static const struct vt_fault_site site = { fault_call, fault_undo, fault_failed };
	struct fault_job job = { };

	vt_need_faults(test);
	job.parked = vt_alloc(test, VpNonPagedPool, 5 * PAGE_SIZE);
	vt_out_of_memory(test, &site, &job);
	VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, 5 * PAGE_SIZE));
}

/*
 * Storm
 */

#define STORM_ROUNDS	20000

struct storm {
	void *ext;
	atomic_t running;
	atomic_t faults;
	atomic_t number;		/* of the next thread */
};

/* Tags and the sizes that go with them, of the same number of pages */
static const struct storm_kind {
	const char *tag;
	size_t size;
} storm_kinds[] = {
	{ "PkrA", 2 * PAGE_SIZE }, { "PkrB", 2 * PAGE_SIZE - 1 }, { "PkrC", 2 * PAGE_SIZE - 2 },
};

/* Replace a block in turn, and check that nobody else writes to it. */
static void storm_work(void *data)
{
	struct storm *storm = data;
	u32 number = atomic_inc_return(&storm->number);
	const struct storm_kind *kind;
	unsigned int i;
	u32 *block;

	for (i = 0; i < STORM_ROUNDS; i++) {
		kind = &storm_kinds[(i + number) % ARRAY_SIZE(storm_kinds)];
		block = VideoPortAllocatePool(storm->ext, VpNonPagedPool, kind->size,
					      vt_tag(kind->tag));
		if (!block) {
			atomic_inc(&storm->faults);
			continue;
		}
		WRITE_ONCE(block[0], number);
		WRITE_ONCE(block[PAGE_SIZE / sizeof(*block)], i);
		cond_resched();
		if (READ_ONCE(block[0]) != number ||
		    READ_ONCE(block[PAGE_SIZE / sizeof(*block)]) != i)
			atomic_inc(&storm->faults);
		VideoPortFreePool(storm->ext, block);
	}
	atomic_dec(&storm->running);
}

/* Check that each row has the size of its tag. */
static void expect_whole_rows(struct kunit *test)
{
	const char *line = vt_next_line(vt_view(test, vt_ext(test), "regions"));
	unsigned long long size;
	char tag[24];
	int i;

	for (; *line; line = vt_next_line(line)) {
		if (sscanf(line, "%*s %23s %*s %llu", tag, &size) != 2)
			continue;
		for (i = 0; i < ARRAY_SIZE(storm_kinds); i++)
			if (!strcmp(tag, storm_kinds[i].tag))
				KUNIT_EXPECT_EQ(test, size, (u64)storm_kinds[i].size);
	}
}

/*
 * PARK-12: Several tasks allocate and free, while the view is read and the shrinker runs:
 * no block has two owners, no row is of two blocks, and the counters are exact
 */
static void park_12_storm(struct kunit *test)
{
	struct storm storm = {
		.ext = vt_ext(test), .running = ATOMIC_INIT(VT_THREADS),
	};
	struct vt_thread thread[VT_THREADS];
	int i;

	set_cpus_allowed_ptr(current, cpu_possible_mask);
	vt_remember(test);
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], storm_work, &storm);
	while (atomic_read(&storm.running)) {
		expect_whole_rows(test);
		vpmem_parks_shrink();
		cond_resched();
	}
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, atomic_read(&storm.faults), 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	for (i = 0; i < ARRAY_SIZE(storm_kinds); i++)
		vt_expect_live(test, storm_kinds[i].tag, "Nonp", 0, 0);
}

struct twice {
	void *ext;
	void *block;
	atomic_t ready;
};

static void twice_work(void *data)
{
	struct twice *twice = data;

	atomic_inc(&twice->ready);
	while (atomic_read(&twice->ready) < VT_THREADS)
		cond_resched();
	VideoPortFreePool(twice->ext, twice->block);
}

/* PARK-13: Of several tasks that free the same block one frees it, the others are refused */
static void park_13_freed_by_several(struct kunit *test)
{
	struct twice twice = { .ext = vt_ext(test) };
	unsigned long before = vt_event(test, vt_ext(test), "double-free");
	int i;

	for (i = 0; i < 20; i++) {
		twice.block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
		atomic_set(&twice.ready, 0);
		vt_in_threads(test, twice_work, &twice);
	}
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "double-free") - before,
			20UL * (VT_THREADS - 1));
	vt_expect_live(test, "Test", "Nonp", 0, 0);
}

/* PARK-15: Switching verify mode on frees what all adapters have parked */
static void park_15_verify_mode_frees_it(struct kunit *test)
{
	void *other = vt_attach_another(test);

	VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, PAGE_SIZE));
	VideoPortFreePool(other, VideoPortAllocatePool(other, VpPagedPool, PAGE_SIZE, VT_TAG));
	KUNIT_EXPECT_EQ(test, parked(test, NULL), (u64)(2 * PAGE_SIZE));
	vt_verify(test, true);
	KUNIT_EXPECT_EQ(test, parked(test, NULL), 0ULL);
}

/* PARK-16: So does the kernel, when it drops its caches */
static void park_16_caches_are_dropped(struct kunit *test)
{
	VideoPortFreePool(vt_ext(test), vt_alloc(test, VpNonPagedPool, PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, parked(test, NULL), (u64)PAGE_SIZE);
	if (!vt_file_write("/proc/sys/vm/drop_caches", "2"))
		kunit_skip(test, "this kernel drops no caches on demand");
	KUNIT_EXPECT_EQ(test, parked(test, NULL), 0ULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(park_01_next_block),
	KUNIT_CASE(park_02_double_free),
	KUNIT_CASE(park_03_inside),
	KUNIT_CASE(park_04_zeroed),
	KUNIT_CASE(park_05_cleared_as_pages_are),
	KUNIT_CASE(park_06_limit),
	KUNIT_CASE(park_07_shrinker),
	KUNIT_CASE(park_08_bound),
	KUNIT_CASE(park_09_adapters),
	KUNIT_CASE(park_10_not_in_verify_mode),
	KUNIT_CASE(park_11_put_of_the_dma_adapter),
	KUNIT_CASE(park_12_storm),
	KUNIT_CASE(park_13_freed_by_several),
	KUNIT_CASE(park_14_before_a_failure),
	KUNIT_CASE(park_15_verify_mode_frees_it),
	KUNIT_CASE(park_16_caches_are_dropped),
	{}
};

struct kunit_suite vt_park_suite = {
	.name = "park",
	.init = park_init,
	.exit = vt_exit,
	.test_cases = cases,
};
