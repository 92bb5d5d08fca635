// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory by the names of the Windows kernel: whose it is, and that it is the DDI's.
 */
#include <linux/cache.h>
#include <linux/io.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

#define WINDOW		0xa0000
#define WINDOW_SIZE	0x10000
#define NO_LIMIT	((u64)-1)

/*
 * Whose device the adapters of the suite are of, so that they are this module's. It is
 * not registered, for the kernel may not know the module yet when it runs its tests.
 */
static struct device_driver driver = {
	.name = "vpmem-kunit",
	.owner = THIS_MODULE,
};

static void set_driver(struct kunit *test, struct device_driver *to)
{
	struct vt_fixture *fx = test->priv;

	WRITE_ONCE(fx->dev->driver, to);
}

static int executive_init(struct kunit *test)
{
	int err = vt_init(test);

	if (!err)
		set_driver(test, &driver);
	return err;
}

static void executive_exit(struct kunit *test)
{
	if (test->priv && ((struct vt_fixture *)test->priv)->dev)
		set_driver(test, NULL);
	vt_exit(test);
}

static PHYSICAL_ADDRESS physical(u64 address)
{
	return (PHYSICAL_ADDRESS){ .QuadPart = address };
}

static void *get_pool(struct kunit *test, unsigned int type, size_t size)
{
	void *block = ExAllocatePoolWithTag((POOL_TYPE)type, size, VT_TAG);

	KUNIT_ASSERT_NOT_NULL_MSG(test, block, "%zu bytes of type %u", size, type);
	return block;
}

/*
 * Pool
 */

static const size_t sizes[] = { 1, 100, VT_SMALL_MAX, PAGE_SIZE, 5 * PAGE_SIZE };

/*
 * EX-01: ExAllocatePoolWithTag accounts its blocks to an adapter of its caller's driver,
 * by their tag
 */
static void ex_01_pool_is_the_adapters(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = get_pool(test, NonPagedPool, sizes[i]);
		vt_expect_live(test, "Test", "Nonp", 1, sizes[i]);
		memset(block, 0x11, sizes[i]);
		ExFreePool(block);
		vt_expect_live(test, "Test", "Nonp", 0, 0);
	}
}

static void expect_either_frees(struct kunit *test)
{
	unsigned int i;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		VideoPortFreePool(vt_ext(test), get_pool(test, PagedPool, sizes[i]));
		ExFreePool(vt_alloc(test, VpPagedPool, sizes[i]));
		ExFreePoolWithTag(vt_alloc(test, VpNonPagedPool, sizes[i]), VT_TAG);
	}
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	vt_expect_live(test, "Test", "Paged", 0, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-02: VideoPortFreePool frees blocks of ExAllocatePoolWithTag, ExFreePool and
 * ExFreePoolWithTag those of VideoPortAllocatePool; also in verify mode
 */
static void ex_02_either_call_frees(struct kunit *test)
{
	expect_either_frees(test);
	vt_verify(test, true);
	expect_either_frees(test);
}

struct type {
	unsigned int type;
	const char *kind;		/* NULL if it is refused */
	bool aligned;
};

static const struct type types[] = {
	{ NonPagedPool, "Nonp" },
	{ PagedPool, "Paged" },
	{ NonPagedPoolCacheAligned, "Nonp", true },
	{ PagedPoolCacheAligned, "Paged", true },
	{ NonPagedPoolNx, "Nonp" },
	{ NonPagedPoolNxCacheAligned, "Nonp", true },
	{ NonPagedPoolSession, "Nonp" },
	{ PagedPoolCacheAlignedSession, "Paged", true },
	{ PagedPool | POOL_COLD_ALLOCATION, "Paged" },
	{ PagedPool | POOL_QUOTA_FAIL_INSTEAD_OF_RAISE, "Paged" },
	{ NonPagedPool | POOL_RAISE_IF_ALLOCATION_FAILURE, "Nonp" },
	{ NonPagedPoolMustSucceed },
	{ DontUseThisType },
	{ NonPagedPoolCacheAlignedMustS },
	{ MaxPoolType },
	{ 64 },
	{ PagedPool | 0x80000000 },
};

static void expect_type(struct kunit *test, const struct type *type)
{
	void *block = get_pool(test, type->type, 100);

	vt_expect_live(test, "Test", type->kind, 1, 100);
	if (type->aligned)
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)block, SMP_CACHE_BYTES));
	ExFreePool(block);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-03: Types of pool are those of the DDI; Nx, Session, cold and quota make no
 * difference; what must succeed and what is no type is refused
 */
static void ex_03_types_of_pool(struct kunit *test)
{
	void *block;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		vt_remember(test);
		if (types[i].kind) {
			expect_type(test, &types[i]);
			continue;
		}
		block = ExAllocatePoolWithTag((POOL_TYPE)types[i].type, 100, VT_TAG);
		KUNIT_EXPECT_NULL_MSG(test, block, "type %u", types[i].type);
		vt_expect_events(test, "bad-pool-type", NULL, 1);
	}
}

/* EX-04: The tag of ExAllocatePool is None */
static void ex_04_pool_without_a_tag(struct kunit *test)
{
	void *block = ExAllocatePool(NonPagedPool, 100);

	KUNIT_EXPECT_NOT_NULL(test, block);
	vt_expect_live(test, "None", "Nonp", 1, 100);
	ExFreePool(block);
}

/* In verify mode a block has something in it until it is zeroed. */
static void expect_zeroes(struct kunit *test, u8 *block, size_t size, bool zeroes)
{
	KUNIT_ASSERT_NOT_NULL(test, block);
	KUNIT_EXPECT_EQ(test, !memchr_inv(block, 0, size), zeroes);
	ExFreePool(block);
}

/*
 * EX-05: ExAllocatePool2, ExAllocatePoolZero and POOL_ZERO_ALLOCATION zero the block;
 * POOL_FLAG_UNINITIALIZED and the others do not
 */
static void ex_05_zeroed_if_asked_for(struct kunit *test)
{
	const u64 raw = POOL_FLAG_NON_PAGED | POOL_FLAG_UNINITIALIZED;
	unsigned int i;
	size_t size;

	vt_verify(test, true);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		size = sizes[i];
		expect_zeroes(test, ExAllocatePoolZero(PagedPool, size, VT_TAG), size, true);
		expect_zeroes(test, ExAllocatePool2(POOL_FLAG_PAGED, size, VT_TAG), size, true);
		expect_zeroes(test, get_pool(test, POOL_ZERO_ALLOCATION, size), size, true);
		expect_zeroes(test, ExAllocatePool2(raw, size, VT_TAG), size, false);
		expect_zeroes(test, ExAllocatePoolUninitialized(PagedPool, size, VT_TAG), size,
			      false);
		expect_zeroes(test, get_pool(test, PagedPool, size), size, false);
	}
}

struct flags {
	u64 flags;
	const char *kind;
	bool aligned;
};

static const struct flags all_flags[] = {
	{ POOL_FLAG_NON_PAGED, "Nonp" },
	{ POOL_FLAG_NON_PAGED_EXECUTE, "Nonp" },
	{ POOL_FLAG_PAGED, "Paged" },
	{ POOL_FLAG_PAGED | POOL_FLAG_CACHE_ALIGNED, "Paged", true },
	{ POOL_FLAG_NON_PAGED | POOL_FLAG_CACHE_ALIGNED, "Nonp", true },
	{ POOL_FLAG_NON_PAGED | POOL_FLAG_USE_QUOTA | POOL_FLAG_SESSION |
	  POOL_FLAG_RAISE_ON_FAILURE, "Nonp" },
	{ POOL_FLAG_PAGED | BIT_ULL(40), "Paged" },
	{ 0 },
	{ POOL_FLAG_UNINITIALIZED },
	{ POOL_FLAG_PAGED | POOL_FLAG_NON_PAGED },
	{ POOL_FLAG_PAGED | BIT_ULL(9) },
	{ POOL_FLAG_PAGED | BIT_ULL(31) },
};

/*
 * EX-06: The flags of ExAllocatePool2 say the type of pool; none or two of these and
 * unknown flags below bit 32 are refused, others ignored
 */
static void ex_06_pool_by_flags(struct kunit *test)
{
	const struct flags *flags;
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		flags = &all_flags[i];
		vt_remember(test);
		block = ExAllocatePool2(flags->flags, 100, VT_TAG);
		KUNIT_EXPECT_EQ_MSG(test, !block, !flags->kind, "flags 0x%llx", flags->flags);
		if (flags->kind)
			vt_expect_live(test, "Test", flags->kind, 1, 100);
		if (flags->aligned)
			KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)block,
							   SMP_CACHE_BYTES));
		vt_expect_events(test, NULL, flags->kind ? NULL : "bad-pool-type", 1);
		if (block)
			ExFreePool(block);
	}
}

/* EX-07: ExFreePoolWithTag with another tag is named and counted, and the block freed */
static void ex_07_another_tag(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		vt_remember(test);
		ExFreePoolWithTag(get_pool(test, NonPagedPool, sizes[i]), vt_tag("Tset"));
		vt_expect_live(test, "Test", "Nonp", 0, 0);
		vt_expect_events(test, "mismatch", NULL, 1);
	}
}

/* EX-08: A tag of 0 fits any block, and PROTECTED_POOL makes no difference */
static void ex_08_tag_that_fits(struct kunit *test)
{
	void *block;

	vt_remember(test);
	ExFreePoolWithTag(get_pool(test, NonPagedPool, 100), VT_TAG);
	ExFreePoolWithTag(get_pool(test, NonPagedPool, 100), 0);
	ExFreePoolWithTag(get_pool(test, NonPagedPool, 100), VT_TAG | PROTECTED_POOL);
	block = ExAllocatePoolWithTag(NonPagedPool, 100, VT_TAG | PROTECTED_POOL);
	vt_expect_live(test, "Test", "Nonp", 1, 100);
	ExFreePoolWithTag(block, VT_TAG);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * What is no block
 */

static void free_pool(void *ext, void *block)
{
	ExFreePool(block);
}

static void free_with_tag(void *ext, void *block)
{
	ExFreePoolWithTag(block, VT_TAG);
}

static void free_contiguous(void *ext, void *block)
{
	MmFreeContiguousMemorySpecifyCache(block, PAGE_SIZE, MmCached);
}

static void free_non_cached(void *ext, void *block)
{
	MmFreeNonCachedMemory(block, PAGE_SIZE);
}

static void unmap(void *ext, void *block)
{
	MmUnmapIoSpace(block, PAGE_SIZE);
}

static vt_free_call * const frees[] = {
	free_pool, free_with_tag, free_contiguous, free_non_cached, unmap,
};

static void expect_stray(struct kunit *test, vt_free_call *call, void *block,
			 const char *event)
{
	vt_remember(test);
	call(NULL, block);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, event, 1);
}

/*
 * EX-09: What is no block is left alone by each of the calls that free and unmap, named
 * and counted
 */
static void ex_09_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(frees); i++)
		expect_stray(test, frees[i], address, "bad-pointer");
}

/* EX-10: NULL is counted */
static void ex_10_null(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(frees); i++)
		expect_stray(test, frees[i], NULL, "null-free");
}

/*
 * EX-11: A double free is named
 *
 * The header that is left tells whose block it was; of a large one nothing does.
 */
static void ex_11_double_free(struct kunit *test)
{
	void *block = get_pool(test, NonPagedPool, 100);

	ExFreePool(block);
	if (vt_freed_headers_survive(false))
		vt_expect_free_refused(test, free_pool, block, "double-free");
	else
		expect_stray(test, free_pool, block, "bad-pointer");
	block = get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	ExFreePool(block);
	expect_stray(test, free_pool, block, "double-free");
}

/* EX-12: Each kind of memory is freed by its own calls only */
static void ex_12_wrong_pairing(struct kunit *test)
{
	void *contiguous = MmAllocateContiguousMemory(SZ_64K, physical(NO_LIMIT));
	void *block = get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	void *buffer;

	KUNIT_ASSERT_NOT_NULL(test, contiguous);
	KUNIT_ASSERT_EQ(test, VideoPortAllocateBuffer(vt_ext(test), 100, &buffer), NO_ERROR);
	vt_expect_free_refused(test, free_pool, buffer, "wrong-pairing");
	vt_expect_free_refused(test, free_pool, contiguous, "wrong-pairing");
	expect_stray(test, unmap, contiguous, "wrong-pairing");
	expect_stray(test, free_contiguous, block, "wrong-pairing");
	expect_stray(test, unmap, block, "wrong-pairing");
	VideoPortReleaseBuffer(vt_ext(test), buffer);
	MmFreeContiguousMemory(contiguous);
	ExFreePool(block);
}

/* EX-13: The inside of a block is no block */
static void ex_13_interior(struct kunit *test)
{
	u8 *block = get_pool(test, NonPagedPool, 1000);
	u8 *large = get_pool(test, NonPagedPool, 5 * PAGE_SIZE);

	memset(block, 0x77, 1000);
	expect_stray(test, free_pool, block + 64, "bad-pointer");
	expect_stray(test, free_pool, large + PAGE_SIZE, "bad-pointer");
	KUNIT_EXPECT_NULL(test, memchr_inv(block, 0x77, 1000));
	ExFreePool(block);
	ExFreePool(large);
}

/*
 * Whose memory it is
 */

/* EX-14: ExFreePool frees a block of any adapter, and accounts for it there */
static void ex_14_block_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	unsigned int i;
	void *block;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		block = VideoPortAllocatePool(other, VpNonPagedPool, sizes[i], VT_TAG);
		ExFreePool(block);
	}
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, NULL, 0);
}

static unsigned long live_blocks(struct kunit *test, void *ext)
{
	struct vt_row row;

	return vt_find_row(test, ext, "Test", "Nonp", &row) ? row.diff : 0;
}

/*
 * EX-15: Memory is accounted to the first adapter of the driver, or to the one whose
 * device lock the caller has
 *
 * The first, unless another one is at work, which the device lock tells.
 */
static void ex_15_which_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *first, *second;

	first = get_pool(test, NonPagedPool, 100);
	KUNIT_EXPECT_EQ(test, live_blocks(test, vt_ext(test)), 1UL);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 0UL);
	VideoPortAcquireDeviceLock(other);
	second = get_pool(test, NonPagedPool, 100);
	VideoPortReleaseDeviceLock(other);
	KUNIT_EXPECT_EQ(test, live_blocks(test, vt_ext(test)), 1UL);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 1UL);
	ExFreePool(second);
	ExFreePool(first);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 0UL);
}

static void expect_nothing(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, ExAllocatePoolWithTag(NonPagedPool, 100, VT_TAG));
	KUNIT_EXPECT_NULL(test, ExAllocatePool(PagedPool, 100));
	KUNIT_EXPECT_NULL(test, ExAllocatePoolZero(PagedPool, 100, VT_TAG));
	KUNIT_EXPECT_NULL(test, ExAllocatePoolUninitialized(PagedPool, 100, VT_TAG));
	KUNIT_EXPECT_NULL(test, ExAllocatePool2(POOL_FLAG_PAGED, 100, VT_TAG));
	KUNIT_EXPECT_NULL(test, MmAllocateContiguousMemory(100, physical(NO_LIMIT)));
	KUNIT_EXPECT_NULL(test, MmAllocateNonCachedMemory(100));
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(physical(WINDOW), 100, MmNonCached));
	KUNIT_EXPECT_NULL(test, MmMapIoSpaceEx(physical(WINDOW), 100, 4));
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 9);
}

/*
 * EX-16: Without an adapter of the caller's driver nothing is allocated or mapped, which
 * is named; what there is can be freed
 */
static void ex_16_no_adapter_of_the_driver(struct kunit *test)
{
	void *block = get_pool(test, NonPagedPool, 100);
	u64 mark = vt_log_mark();

	set_driver(test, NULL);
	expect_nothing(test);
	KUNIT_EXPECT_GE(test, vt_log_count(mark, "no adapter of this driver is attached yet",
					   "expect_nothing"), 1U);
	ExFreePool(block);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	set_driver(test, &driver);
	ExFreePool(get_pool(test, NonPagedPool, 100));
}

/* EX-17: An adapter that is detached is none of the driver's */
static void ex_17_adapter_that_is_gone(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	void *other = vt_attach_another(test);
	void *block;

	vpmem_detach(fx->ext);
	fx->ext = NULL;
	block = get_pool(test, NonPagedPool, 100);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 1UL);
	ExFreePool(block);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 0UL);
}

/* One place in the code, whose adapter vpmem remembers. */
static noinline void *get_from_here(void)
{
	void *block = ExAllocatePoolWithTag(NonPagedPool, 100, VT_TAG);

	barrier_data(block);		/* no tail call, whose caller would be another */
	return block;
}

static void expect_blocks_go_to(struct kunit *test, void *ext)
{
	void *block;
	int i;

	for (i = 0; i < 3; i++) {
		block = get_from_here();
		KUNIT_EXPECT_EQ(test, live_blocks(test, ext), 1UL);
		ExFreePool(block);
		KUNIT_EXPECT_EQ(test, live_blocks(test, ext), 0UL);
	}
}

/* EX-41: The adapter of a caller is looked for again when adapters come and go */
static void ex_41_adapter_is_looked_for_again(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	void *other;

	expect_blocks_go_to(test, fx->ext);
	other = vt_attach_another(test);
	expect_blocks_go_to(test, fx->ext);
	VideoPortAcquireDeviceLock(other);
	expect_blocks_go_to(test, other);
	VideoPortReleaseDeviceLock(other);
	vpmem_detach(fx->ext);
	fx->ext = NULL;
	expect_blocks_go_to(test, other);
	vt_detach(test, other);
	KUNIT_EXPECT_NULL(test, get_from_here());
}

/* EX-18: What is left is reported at detach, and reclaimed as that of the DDI */
static void ex_18_leaks_are_reported(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct vt_fixture *fx = test->priv;
	u64 mark = vt_log_mark();

	fx->leaves_blocks = true;
	VideoPortAcquireDeviceLock(other);
	get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	KUNIT_EXPECT_NOT_NULL(test, MmAllocateContiguousMemory(SZ_64K, physical(NO_LIMIT)));
	VideoPortReleaseDeviceLock(other);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Test", "1 reclaimed, 0 left"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag MmCm", "1 reclaimed, 0 left"), 1U);
}

/*
 * Contexts
 */

struct pool_job {
	unsigned int type;
	void *block;
};

static void alloc_job(void *data)
{
	struct pool_job *job = data;

	job->block = ExAllocatePoolWithTag((POOL_TYPE)job->type, 100, VT_TAG);
}

static void free_job(void *data)
{
	struct pool_job *job = data;

	ExFreePool(job->block);
}

/* EX-19: Non-paged pool is allocated and freed in any context */
static void ex_19_non_paged_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct pool_job job = { .type = NonPagedPool };

	vt_remember(test);
	context->run(alloc_job, &job);
	KUNIT_EXPECT_NOT_NULL(test, job.block);
	if (job.block)
		context->run(free_job, &job);
	job.block = get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	context->run(free_job, &job);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-20: Paged pool is refused where one cannot sleep, and freed there all the same; both
 * are named
 */
static void ex_20_paged_where_one_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct pool_job job = { .type = PagedPool };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(alloc_job, &job);
	KUNIT_EXPECT_NULL(test, job.block);
	vt_expect_events(test, "bad-context", NULL, 1);
	job.block = get_pool(test, PagedPool, 100);
	vt_remember(test);
	context->run(free_job, &job);
	vt_expect_live(test, "Test", "Paged", 0, 0);
	vt_expect_events(test, "bad-context", NULL, 1);
}

static void sleepers(void *data)
{
	void **got = data;

	got[0] = MmAllocateContiguousMemory(100, physical(NO_LIMIT));
	got[1] = MmAllocateNonCachedMemory(100);
	got[2] = MmMapIoSpace(physical(WINDOW), 100, MmNonCached);
	got[3] = MmMapIoSpaceEx(physical(WINDOW), 100, 4);
}

/* EX-21: Contiguous memory and mappings are refused where one cannot sleep */
static void ex_21_the_rest_where_one_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *got[4];
	unsigned int i;

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(sleepers, got);
	for (i = 0; i < ARRAY_SIZE(got); i++)
		KUNIT_EXPECT_NULL(test, got[i]);
	vt_expect_events(test, "bad-context", NULL, 4);
}

static bool fault_call(struct kunit *test, void *data)
{
	struct pool_job *job = data;

	job->block = ExAllocatePoolWithTag(PagedPool, 3 * PAGE_SIZE, VT_TAG);
	return job->block;
}

static void fault_undo(struct kunit *test, void *data)
{
	free_job(data);
}

static void fault_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_live(test, "Test", "Paged", 0, 0);
	vt_expect_failures(test, "Test", "Paged", failures, "no-memory");
}

/* EX-22: Without memory the answer is NULL, and nothing is left */
static void ex_22_no_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { fault_call, fault_undo, fault_failed };
	struct pool_job job;

	ExFreePool(get_pool(test, PagedPool, 3 * PAGE_SIZE));
	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &job), 1U);
}

/*
 * Device memory
 */

static void expect_mapped(struct kunit *test, void *base, const char *means)
{
	struct vt_region region;

	KUNIT_ASSERT_NOT_NULL(test, base);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), base, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Mapped");
	KUNIT_EXPECT_STREQ(test, region.means, means);
	KUNIT_EXPECT_EQ(test, region.size, (u64)WINDOW_SIZE);
}

static void expect_map(struct kunit *test, void *base, const char *means)
{
	expect_mapped(test, base, means);
	MmUnmapIoSpace(base, WINDOW_SIZE);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * EX-23: MmMapIoSpace maps uncached, or write-combined for MmWriteCombined;
 * MmMapIoSpaceEx by its protection; MmUnmapIoSpace undoes it
 */
static void ex_23_device_memory(struct kunit *test)
{
	const PHYSICAL_ADDRESS window = physical(WINDOW);

	vt_need_pc(test);
	vt_remember(test);
	expect_map(test, MmMapIoSpace(window, WINDOW_SIZE, MmNonCached), "ioremap");
	expect_map(test, MmMapIoSpace(window, WINDOW_SIZE, MmCached), "ioremap");
	expect_map(test, MmMapIoSpace(window, WINDOW_SIZE, MmWriteCombined), "ioremap_wc");
	expect_map(test, MmMapIoSpaceEx(window, WINDOW_SIZE, 0x004 | 0x200), "ioremap");
	expect_map(test, MmMapIoSpaceEx(window, WINDOW_SIZE, 0x004 | 0x400), "ioremap_wc");
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-24: Mappings are shared with those of VideoPortGetDeviceBase, and either call undoes
 * them
 */
static void ex_24_mappings_are_the_ddis(struct kunit *test)
{
	void *base, *same;

	vt_need_pc(test);
	base = MmMapIoSpace(physical(WINDOW), WINDOW_SIZE, MmNonCached);
	expect_mapped(test, base, "ioremap");
	same = VideoPortGetDeviceBase(vt_ext(test), physical(WINDOW), WINDOW_SIZE, 0);
	KUNIT_EXPECT_PTR_EQ(test, same, base);
	vt_remember(test);
	VideoPortFreeDeviceBase(vt_ext(test), base);
	expect_mapped(test, base, "ioremap");
	MmUnmapIoSpace(base, WINDOW_SIZE);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	expect_stray(test, unmap, base, "double-free");
}

/*
 * EX-25: Memory of the system, no bytes at all, and unknown types of caching are refused
 */
static void ex_25_what_cannot_be_mapped(struct kunit *test)
{
	void *memory = get_pool(test, NonPagedPool, PAGE_SIZE);
	const PHYSICAL_ADDRESS ram = MmGetPhysicalAddress(memory);

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(ram, PAGE_SIZE, MmCached));
	vt_expect_events(test, "bad-range", NULL, 1);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(physical(WINDOW), 0, MmNonCached));
	vt_expect_events(test, "zero-length", NULL, 1);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(physical(WINDOW), 100, MmNotMapped));
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(physical(WINDOW), 100, MmMaximumCacheType));
	vt_expect_events(test, NULL, "bad-parameter", 2);
	ExFreePool(memory);
}

/* EX-26: MmUnmapIoSpace leaves ports alone */
static void ex_26_ports_are_no_memory(struct kunit *test)
{
	void *ports;

	vt_need_pc(test);
	ports = VideoPortGetDeviceBase(vt_ext(test), physical(0x3c0), 0x20, 1);
	KUNIT_ASSERT_NOT_NULL(test, ports);
	expect_stray(test, unmap, ports, "wrong-pairing");
	VideoPortFreeDeviceBase(vt_ext(test), ports);
}

/*
 * Contiguous memory
 */

static void *contiguous(size_t size, u64 lowest, u64 highest, u64 boundary)
{
	return MmAllocateContiguousMemorySpecifyCache(size, physical(lowest),
						      physical(highest),
						      physical(boundary), MmNonCached);
}

static void expect_contiguous(struct kunit *test, u8 *memory, size_t size)
{
	u64 start = MmGetPhysicalAddress(memory).QuadPart;
	size_t i;

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(memory));
	KUNIT_EXPECT_NULL(test, memchr_inv(memory, 0, size));
	for (i = 0; i < size; i += PAGE_SIZE)
		KUNIT_EXPECT_EQ(test, (u64)MmGetPhysicalAddress(memory + i).QuadPart,
				start + i);
}

/*
 * EX-27: MmAllocateContiguousMemory, its SpecifyCache form and MmAllocateNonCachedMemory
 * give contiguous memory, zeroed; each of the calls that free it does so
 */
static void ex_27_contiguous_memory(struct kunit *test)
{
	void *memory[4];
	unsigned int i;

	memory[0] = MmAllocateContiguousMemory(SZ_64K, physical(NO_LIMIT));
	memory[1] = contiguous(SZ_64K, 0, 0xffffffff, 0);
	memory[2] = MmAllocateNonCachedMemory(SZ_64K);
	memory[3] = VideoPortAllocateContiguousMemory(vt_ext(test), SZ_64K, physical(NO_LIMIT));
	vt_expect_live(test, "MmCm", "Contig", 4, 4 * SZ_64K);
	for (i = 0; i < ARRAY_SIZE(memory); i++)
		expect_contiguous(test, memory[i], SZ_64K);
	VideoPortFreeContiguousMemory(vt_ext(test), memory[0]);
	MmFreeContiguousMemorySpecifyCache(memory[1], SZ_64K, MmNonCached);
	MmFreeNonCachedMemory(memory[2], SZ_64K);
	MmFreeContiguousMemorySpecifyCache(memory[3], SZ_64K, MmCached);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

/* EX-28: The lower bound and the boundary are kept, or no memory given */
static void ex_28_bounds_of_contiguous_memory(struct kunit *test)
{
	void *memory = contiguous(SZ_64K, PAGE_SIZE, NO_LIMIT, SZ_64K);
	u64 start = MmGetPhysicalAddress(memory).QuadPart;

	KUNIT_EXPECT_TRUE(test, IS_ALIGNED(start, SZ_64K));
	MmFreeContiguousMemory(memory);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, contiguous(SZ_64K, BIT_ULL(52), NO_LIMIT, 0));
	vt_expect_events(test, "bad-limit", NULL, 1);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

/*
 * EX-29: A boundary that is no power of two or less than the size, a lower bound above
 * the upper one and a size beyond 4 GiB are refused
 */
static void ex_29_impossible_contiguous_memory(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, contiguous(SZ_64K, 0, NO_LIMIT, 3 * SZ_64K));
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, contiguous(SZ_64K, 0, NO_LIMIT, SZ_32K));
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, contiguous(SZ_64K, SZ_32M, SZ_32M - 1, 0));
	vt_expect_refused(test, "bad-parameter");
	if (!IS_ENABLED(CONFIG_64BIT))
		return;
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmAllocateNonCachedMemory((size_t)U32_MAX + 4097));
	vt_expect_refused(test, "bad-size");
}

/* Bounds relative to a 64 MiB boundary behind which 32 MiB are free. */
static const struct {
	size_t size;
	u64 lowest, highest;
	u64 boundary;
} searched[] = {
	{ SZ_64K, 0, SZ_32M - 1, 0 },
	{ SZ_64K, SZ_16M, SZ_16M + SZ_1M - 1, 0 },
	{ SZ_64K, SZ_16M + SZ_4K, SZ_16M + SZ_1M + SZ_8K - 1, 0 },
	{ SZ_1M, 0, SZ_32M - 1, SZ_1M },
	{ SZ_64K + SZ_128K, SZ_4M, SZ_8M - 1, SZ_256K },
	{ 100, SZ_8M, SZ_16M - 1, SZ_1K },
	{ 6 * SZ_1M, 0, SZ_32M - 1, SZ_8M },
};

/* Returns 0 if there is none: where memory that cannot move lies differs. */
static u64 searched_base(void)
{
	u64 base = round_down((u64)virt_to_phys(high_memory - 1), SZ_64M);
	void *memory = NULL;

	while (!memory && base >= SZ_128M) {
		base -= SZ_64M;
		memory = contiguous(SZ_32M, base, base + SZ_32M - 1, 0);
	}
	if (!memory)
		return 0;
	MmFreeContiguousMemory(memory);
	return base;
}

static void expect_searched(struct kunit *test, u64 base, unsigned int i)
{
	u64 lowest = base + searched[i].lowest;
	u64 highest = base + searched[i].highest;
	u64 boundary = searched[i].boundary, first, last;
	void *memory;

	memory = contiguous(searched[i].size, lowest, highest, boundary);
	KUNIT_ASSERT_NOT_NULL_MSG(test, memory, "bounds %u: 0x%llx to 0x%llx", i, lowest,
				  highest);
	first = MmGetPhysicalAddress(memory).QuadPart;
	last = first + searched[i].size - 1;
	KUNIT_EXPECT_GE(test, first, lowest);
	KUNIT_EXPECT_LE(test, last, highest);
	if (boundary)
		KUNIT_EXPECT_EQ(test, first / boundary, last / boundary);
	expect_contiguous(test, memory, searched[i].size);
	MmFreeContiguousMemory(memory);
}

/* EX-40: Memory between any two bounds is searched for, and within a boundary */
static void ex_40_lower_bound_is_searched(struct kunit *test)
{
	unsigned int i;
	u64 base;

	if (!IS_ENABLED(CONFIG_CONTIG_ALLOC))
		kunit_skip(test, "this kernel cannot take a range of pages");
	base = searched_base();
	KUNIT_ASSERT_NE(test, base, 0ULL);
	for (i = 0; i < ARRAY_SIZE(searched); i++)
		expect_searched(test, base, i);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(ex_01_pool_is_the_adapters),
	KUNIT_CASE(ex_02_either_call_frees),
	KUNIT_CASE(ex_03_types_of_pool),
	KUNIT_CASE(ex_04_pool_without_a_tag),
	KUNIT_CASE(ex_05_zeroed_if_asked_for),
	KUNIT_CASE(ex_06_pool_by_flags),
	KUNIT_CASE(ex_07_another_tag),
	KUNIT_CASE(ex_08_tag_that_fits),
	KUNIT_CASE_PARAM(ex_09_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(ex_10_null),
	KUNIT_CASE(ex_11_double_free),
	KUNIT_CASE(ex_12_wrong_pairing),
	KUNIT_CASE(ex_13_interior),
	KUNIT_CASE(ex_14_block_of_another_adapter),
	KUNIT_CASE(ex_15_which_adapter),
	KUNIT_CASE(ex_16_no_adapter_of_the_driver),
	KUNIT_CASE(ex_17_adapter_that_is_gone),
	KUNIT_CASE(ex_18_leaks_are_reported),
	KUNIT_CASE(ex_41_adapter_is_looked_for_again),
	KUNIT_CASE_PARAM(ex_19_non_paged_anywhere, vt_context_params),
	KUNIT_CASE_PARAM(ex_20_paged_where_one_may_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(ex_21_the_rest_where_one_may_sleep, vt_atomic_params),
	KUNIT_CASE(ex_22_no_memory),
	KUNIT_CASE(ex_23_device_memory),
	KUNIT_CASE(ex_24_mappings_are_the_ddis),
	KUNIT_CASE(ex_25_what_cannot_be_mapped),
	KUNIT_CASE(ex_26_ports_are_no_memory),
	KUNIT_CASE(ex_27_contiguous_memory),
	KUNIT_CASE(ex_28_bounds_of_contiguous_memory),
	KUNIT_CASE(ex_29_impossible_contiguous_memory),
	KUNIT_CASE(ex_40_lower_bound_is_searched),
	{}
};

struct kunit_suite vt_executive_suite = {
	.name = "executive",
	.init = executive_init,
	.exit = executive_exit,
	.test_cases = cases,
};
