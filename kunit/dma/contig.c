// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contiguous memory, and physical addresses.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/common.h"
#include "kunit/lib/contig.h"
#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"

/* A frame buffer of 3840 by 2160 pixels of 4 bytes. */
#define LARGE		33177600

static u64 physical(void *address)
{
	return MmGetPhysicalAddress(address).QuadPart;
}

static void expect_contiguous_below(struct kunit *test, void *memory, ULONG length,
				    u64 limit)
{
	u64 start = physical(memory);
	ULONG at;

	KUNIT_EXPECT_NE(test, start, 0ULL);
	for (at = 0; at < length; at += PAGE_SIZE)
		KUNIT_ASSERT_EQ(test, physical(memory + at), start + at);
	KUNIT_EXPECT_LE(test, start + PAGE_ALIGN(length) - 1, limit);
}

/* CONTIG-01: Contiguous memory is page aligned */
static void contig_01_page_aligned(struct kunit *test)
{
	unsigned int i;
	void *memory;

	for (i = 0; i < ARRAY_SIZE(vt_contig_lengths); i++) {
		memory = vt_contig_alloc(test, vt_contig_lengths[i], VT_NO_LIMIT);
		KUNIT_EXPECT_EQ(test, offset_in_page(memory), 0UL);
		vt_contig_end(test, memory);
	}
}

/* CONTIG-02: Contiguous memory is physically contiguous */
static void contig_02_physically_contiguous(struct kunit *test)
{
	unsigned int i;
	void *memory;

	for (i = 0; i < ARRAY_SIZE(vt_contig_lengths); i++) {
		memory = vt_contig_alloc(test, vt_contig_lengths[i], VT_NO_LIMIT);
		expect_contiguous_below(test, memory, vt_contig_lengths[i], VT_NO_LIMIT);
		vt_contig_end(test, memory);
	}
}

/*
 * CONTIG-03: All bytes asked for are the driver's. They are zero, which Windows does not
 * promise
 */
static void contig_03_usable_and_zeroed(struct kunit *test)
{
	unsigned int i, round;
	void *memory;

	for (i = 0; i < ARRAY_SIZE(vt_contig_lengths); i++) {
		for (round = 0; round < 2; round++) {
			memory = vt_contig_alloc(test, vt_contig_lengths[i], VT_NO_LIMIT);
			KUNIT_EXPECT_NULL(test, memchr_inv(memory, 0, vt_contig_lengths[i]));
			memset(memory, 0x5c, vt_contig_lengths[i]);
			vt_contig_end(test, memory);
		}
	}
}

/*
 * CONTIG-04: Contiguous memory ends at or below the limit, which may be any number
 */
static void contig_04_below_the_limit(struct kunit *test)
{
	static const u64 limits[] = {
		0xffffff, 0x1000000, 0x1234567, 0x3ffffff, 0x5678901, 0xffffffff,
		0x100000000, VT_NO_LIMIT,
	};
	unsigned int i, length;
	void *memory;

	vt_dma_need_low_memory(test);
	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		for (length = 1; length <= SZ_1M; length *= 32) {
			memory = vt_contig_alloc(test, length, limits[i]);
			expect_contiguous_below(test, memory, length, limits[i]);
			vt_contig_end(test, memory);
		}
	}
}

/* CONTIG-05: The limit is the last address that may be part of it */
static void contig_05_the_limit_is_inclusive(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, SZ_64K, VT_NO_LIMIT);
	u64 last = physical(memory) + SZ_64K - 1;

	/* Expect memory that ends at or below the limit, or none. */
	vt_contig_end(test, memory);
	memory = vt_contig_try(vt_ext(test), SZ_64K, last);
	if (memory) {
		expect_contiguous_below(test, memory, SZ_64K, last);
		vt_contig_end(test, memory);
	}
	memory = vt_contig_try(vt_ext(test), SZ_64K, last - 1);
	if (memory) {
		expect_contiguous_below(test, memory, SZ_64K, last - 1);
		vt_contig_end(test, memory);
	}
}

/* CONTIG-06: A limit that cannot be met gives NULL */
static void contig_06_a_limit_that_cannot_be_met(struct kunit *test)
{
	static const u64 limits[] = { 0, 1, PAGE_SIZE - 1, PAGE_SIZE, 0xfff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(limits); i++) {
		vt_remember(test);
		KUNIT_EXPECT_NULL(test, vt_contig_try(vt_ext(test), SZ_64K, limits[i]));
		vt_expect_events(test, "bad-limit", NULL, 1);
	}
	vt_expect_failures(test, "MmCm", "Contig", ARRAY_SIZE(limits), "no-memory");
}

/* Fail five times, and tell how often the log says so. */
static unsigned int fail_and_count(struct kunit *test, u64 limit)
{
	u64 mark = vt_log_mark();
	char text[48];
	int i;

	snprintf(text, sizeof(text), "contiguous bytes up to 0x%llx,", limit);
	for (i = 0; i < 5; i++)
		KUNIT_EXPECT_NULL(test, vt_contig_try(vt_ext(test), SZ_64K, limit));
	return vt_log_count(mark, text, "tried buddy");
}

/* CONTIG-07: The allocators that were tried are in the contig view, and in the log once */
static void contig_07_says_once_what_was_tried(struct kunit *test)
{
	unsigned long long expected = 0xfff, limit;
	unsigned long failures, all = 5;
	unsigned int size, said;
	char tried[32];
	int fields;

	said = fail_and_count(test, expected);
	/* The log takes ten messages of a kind in five seconds, which others may have used. */
	if (!said) {
		vt_log_wait();
		all += 5;
		said = fail_and_count(test, --expected);
	}
	KUNIT_EXPECT_EQ(test, said, 1U);
	fields = sscanf(vt_next_line(vt_view(test, vt_ext(test), "contig")),
			"%lu %u %llx %31s", &failures, &size, &limit, tried);
	KUNIT_ASSERT_EQ(test, fields, 4);
	KUNIT_EXPECT_EQ(test, failures, all);
	KUNIT_EXPECT_EQ(test, size, (unsigned int)SZ_64K);
	KUNIT_EXPECT_EQ(test, limit, expected);
	KUNIT_EXPECT_NOT_NULL(test, strstr(tried, "buddy"));
}

#define FAILURES	200

/* Use another limit for each size, so that a torn record is detected. */
static void fail_often(void *data)
{
	static atomic_t threads;
	struct kunit *test = data;
	unsigned int i, mine = atomic_inc_return(&threads) % VT_THREADS;

	for (i = 0; i < FAILURES; i++)
		if (vt_contig_try(vt_ext(test), (1 + mine) * PAGE_SIZE, mine))
			WRITE_ONCE(test->status, KUNIT_FAILURE);
}

/*
 * CONTIG-28: Failures of several threads at once are all counted, each with its own size
 * and limit
 */
static void contig_28_failures_at_once(struct kunit *test)
{
	unsigned long long limit;
	unsigned long failures;
	unsigned int size;
	int fields;

	vt_in_threads(test, fail_often, test);
	fields = sscanf(vt_next_line(vt_view(test, vt_ext(test), "contig")),
			"%lu %u %llx", &failures, &size, &limit);
	KUNIT_ASSERT_EQ(test, fields, 3);
	KUNIT_EXPECT_EQ(test, failures, (unsigned long)VT_THREADS * FAILURES);
	KUNIT_EXPECT_EQ(test, (unsigned long)size, (limit + 1) * PAGE_SIZE);
	vt_expect_failures(test, "MmCm", "Contig", VT_THREADS * FAILURES, "no-memory");
}

/*
 * CONTIG-08: 33 177 600 bytes can be allocated, from CMA or by the search
 *
 * This exceeds the limit of the buddy allocator.
 */
static void contig_08_a_large_frame_buffer(struct kunit *test)
{
	struct vt_region region;
	void *memory;

	if (!IS_ENABLED(CONFIG_CONTIG_ALLOC))
		kunit_skip(test, "this kernel cannot take a range of pages");
	memory = vt_contig_alloc(test, LARGE, VT_NO_LIMIT);
	expect_contiguous_below(test, memory, LARGE, VT_NO_LIMIT);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), memory, &region));
	if (strcmp(region.means, "contig"))
		KUNIT_EXPECT_STREQ(test, region.means, "cma");
	memset(memory, 0x5c, LARGE);
	vt_contig_end(test, memory);
}

/* CONTIG-09: 8 MiB below half of memory can be allocated */
static void contig_09_large_below_a_limit(struct kunit *test)
{
	u64 limit = virt_to_phys(high_memory - 1) / 2;
	ULONG length = SZ_8M;
	void *memory;

	if (!IS_ENABLED(CONFIG_CONTIG_ALLOC))
		kunit_skip(test, "this kernel cannot take a range of pages");
	memory = vt_contig_alloc(test, length, limit);
	expect_contiguous_below(test, memory, length, limit);
	vt_contig_end(test, memory);
}

struct alloc_job {
	void *ext;
	void *memory;
};

static void alloc_job(void *data)
{
	struct alloc_job *job = data;

	job->memory = vt_contig_try(job->ext, SZ_64K, VT_NO_LIMIT);
}

/* CONTIG-19: Allocation is refused in atomic context */
static void contig_19_refused_where_none_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct alloc_job job = { .ext = vt_ext(test), .memory = test };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(alloc_job, &job);
	KUNIT_EXPECT_NULL(test, job.memory);
	vt_expect_events(test, "bad-context", NULL, 1);
	vt_expect_failures(test, "MmCm", "Contig", 1, "context");
}

static bool alloc_call(struct kunit *test, void *data)
{
	alloc_job(data);
	return ((struct alloc_job *)data)->memory;
}

static void alloc_undo(struct kunit *test, void *data)
{
	VideoPortFreeContiguousMemory(vt_ext(test), ((struct alloc_job *)data)->memory);
}

static void alloc_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "MmCm", "Contig", failures, "no-memory");
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

/* CONTIG-20: NULL whichever allocation fails; nothing is lost */
static void contig_20_out_of_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { alloc_call, alloc_undo, alloc_failed };
	struct alloc_job job = { .ext = vt_ext(test) };

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &job), 1U);
}

/* CONTIG-21: Zero bytes give a page, and are counted */
static void contig_21_zero_bytes(struct kunit *test)
{
	void *memory;

	vt_remember(test);
	memory = vt_contig_alloc(test, 0, VT_NO_LIMIT);
	vt_expect_events(test, "zero-length", NULL, 1);
	vt_contig_end(test, memory);
}

/* CONTIG-22: An extension without an adapter is refused */
static void contig_22_no_adapter(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, SZ_64K, VT_NO_LIMIT);

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_contig_try(NULL, SZ_64K, VT_NO_LIMIT));
	VideoPortFreeContiguousMemory(NULL, memory);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 2);
	vt_contig_end(test, memory);
}

/* CONTIG-23: Detach reclaims contiguous memory, and says so */
static void contig_23_detach_reclaims(struct kunit *test)
{
	void *other = vt_attach_another(test);
	u64 mark = vt_log_mark();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_contig_lengths); i++)
		KUNIT_EXPECT_NOT_NULL(test, vt_contig_try(other, vt_contig_lengths[i],
							  VT_NO_LIMIT));
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag MmCm", "8 reclaimed, 0 left"),
			1U);
}

/* CONTIG-24: The regions view has physical range, limit and means */
static void contig_24_the_view(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, 5000, 0xffffffff);
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), memory, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Contig");
	KUNIT_EXPECT_STREQ(test, region.means, "buddy");
	KUNIT_EXPECT_EQ(test, region.physical, physical(memory));
	KUNIT_EXPECT_EQ(test, region.limit, 0xffffffffULL);
	vt_contig_end(test, memory);
}

/* CONTIG-25: MmGetPhysicalAddress of pool */
static void contig_25_physical_address_of_pool(struct kunit *test)
{
	void *small = vt_alloc(test, VpNonPagedPool, 100);
	void *large = vt_alloc(test, VpNonPagedPoolCacheAligned, SZ_64K);

	KUNIT_EXPECT_EQ(test, physical(small + 3), (u64)virt_to_phys(small) + 3);
	expect_contiguous_below(test, large, SZ_64K, VT_NO_LIMIT);
	VideoPortFreePool(vt_ext(test), large);
	VideoPortFreePool(vt_ext(test), small);
}

/* CONTIG-26: MmGetPhysicalAddress of vmalloc memory, page by page */
static void contig_26_physical_address_of_vmalloc(struct kunit *test)
{
	u8 *memory = vmalloc(2 * PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_EQ(test, physical(memory + PAGE_SIZE + 5),
			(u64)page_to_phys(vmalloc_to_page(memory + PAGE_SIZE)) + 5);
	vfree(memory);
}

/* CONTIG-27: MmGetPhysicalAddress of an address that is not mapped is 0, and counted */
static void contig_27_physical_address_of_nothing(struct kunit *test)
{
	void *const nothing[] = { NULL, (void *)8, (void *)(ULONG_MAX - 15) };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(nothing); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ(test, physical(nothing[i]), 0ULL);
		vt_expect_events(test, NULL, "bad-pointer", 1);
	}
}

/*
 * CONTIG-29: A length whose pages end beyond the last address is refused: nearly 4 GiB, on 32
 * bits. Memory that waits for its next use is not taken for it
 */
static void contig_29_length_that_wraps(struct kunit *test)
{
	unsigned int i;

	if (totalram_pages() > U32_MAX / PAGE_SIZE)
		kunit_skip(test, "this machine has more than a ULONG can ask for");
	for (i = 0; i < ARRAY_SIZE(vt_wrapping); i++) {
		/* Release the largest buffer that waits: its place is next to this kind. */
		vt_common_end(test, vt_common_alloc(test, VT_PARKED_MOST));
		vt_remember(test);
		KUNIT_EXPECT_NULL(test, vt_contig_try(vt_ext(test), vt_wrapping[i], VT_NO_LIMIT));
		vt_expect_events(test, "bad-limit", NULL, 1);
	}
	vt_expect_failures(test, "MmCm", "Contig", ARRAY_SIZE(vt_wrapping), "no-memory");
}

static struct kunit_case contig_cases[] = {
	KUNIT_CASE(contig_01_page_aligned),
	KUNIT_CASE(contig_02_physically_contiguous),
	KUNIT_CASE(contig_03_usable_and_zeroed),
	KUNIT_CASE(contig_04_below_the_limit),
	KUNIT_CASE(contig_05_the_limit_is_inclusive),
	KUNIT_CASE(contig_06_a_limit_that_cannot_be_met),
	KUNIT_CASE(contig_07_says_once_what_was_tried),
	KUNIT_CASE(contig_08_a_large_frame_buffer),
	KUNIT_CASE(contig_09_large_below_a_limit),
	KUNIT_CASE_PARAM(contig_19_refused_where_none_may_sleep, vt_atomic_params),
	KUNIT_CASE(contig_20_out_of_memory),
	KUNIT_CASE(contig_21_zero_bytes),
	KUNIT_CASE(contig_22_no_adapter),
	KUNIT_CASE(contig_23_detach_reclaims),
	KUNIT_CASE(contig_24_the_view),
	KUNIT_CASE(contig_25_physical_address_of_pool),
	KUNIT_CASE(contig_26_physical_address_of_vmalloc),
	KUNIT_CASE(contig_27_physical_address_of_nothing),
	KUNIT_CASE(contig_28_failures_at_once),
	KUNIT_CASE(contig_29_length_that_wraps),
	{}
};

struct kunit_suite vt_contig_suite = {
	.name = "contig",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = contig_cases,
};
