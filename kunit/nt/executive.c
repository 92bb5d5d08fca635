// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory calls of the Windows kernel: the adapter that is charged, and that the blocks
 * are those of the DDI.
 */
#include <linux/cache.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/*
 * EX-01: ExAllocatePoolWithTag accounts its blocks to an adapter of its caller's driver,
 * by their tag
 */
static void ex_01_pool_is_the_adapters(struct kunit *test)
{
	unsigned int i;
	void *block;

	for (i = 0; i < ARRAY_SIZE(vt_pool_sizes); i++) {
		block = vt_get_pool(test, NonPagedPool, vt_pool_sizes[i]);
		vt_expect_live(test, "Test", "Nonp", 1, vt_pool_sizes[i]);
		memset(block, 0x11, vt_pool_sizes[i]);
		ExFreePool(block);
		vt_expect_live(test, "Test", "Nonp", 0, 0);
	}
}

static const struct vt_pool_type types[] = {
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

static void expect_type(struct kunit *test, const struct vt_pool_type *type)
{
	void *block = vt_get_pool(test, type->type, 100);

	vt_expect_live(test, "Test", type->kind, 1, 100);
	if (type->aligned)
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)block, SMP_CACHE_BYTES));
	ExFreePool(block);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-03: Pool types are those of the DDI; Nx, Session, cold and quota have no effect;
 * MustSucceed and invalid types are refused
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
	for (i = 0; i < ARRAY_SIZE(vt_pool_sizes); i++) {
		size = vt_pool_sizes[i];
		expect_zeroes(test, ExAllocatePoolZero(PagedPool, size, VT_TAG), size, true);
		expect_zeroes(test, ExAllocatePool2(POOL_FLAG_PAGED, size, VT_TAG), size, true);
		expect_zeroes(test, vt_get_pool(test, POOL_ZERO_ALLOCATION, size), size, true);
		expect_zeroes(test, ExAllocatePool2(raw, size, VT_TAG), size, false);
		expect_zeroes(test, ExAllocatePoolUninitialized(PagedPool, size, VT_TAG), size,
			      false);
		expect_zeroes(test, vt_get_pool(test, PagedPool, size), size, false);
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

/* EX-07: ExFreePoolWithTag with another tag is logged and counted, and the block freed */
static void ex_07_another_tag(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_pool_sizes); i++) {
		vt_remember(test);
		ExFreePoolWithTag(vt_get_pool(test, NonPagedPool, vt_pool_sizes[i]),
				  vt_tag("Tset"));
		vt_expect_live(test, "Test", "Nonp", 0, 0);
		vt_expect_events(test, "mismatch", NULL, 1);
	}
}

/* EX-08: A tag of 0 fits any block, and PROTECTED_POOL makes no difference */
static void ex_08_tag_that_fits(struct kunit *test)
{
	void *block;

	vt_remember(test);
	ExFreePoolWithTag(vt_get_pool(test, NonPagedPool, 100), VT_TAG);
	ExFreePoolWithTag(vt_get_pool(test, NonPagedPool, 100), 0);
	ExFreePoolWithTag(vt_get_pool(test, NonPagedPool, 100), VT_TAG | PROTECTED_POOL);
	block = ExAllocatePoolWithTag(NonPagedPool, 100, VT_TAG | PROTECTED_POOL);
	vt_expect_live(test, "Test", "Nonp", 1, 100);
	ExFreePoolWithTag(block, VT_TAG);
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
 * It is the first adapter, unless the caller holds the device lock of another one.
 */
static void ex_15_which_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *first, *second;

	first = vt_get_pool(test, NonPagedPool, 100);
	KUNIT_EXPECT_EQ(test, live_blocks(test, vt_ext(test)), 1UL);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 0UL);
	VideoPortAcquireDeviceLock(other);
	second = vt_get_pool(test, NonPagedPool, 100);
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
	KUNIT_EXPECT_NULL(test, MmAllocateContiguousMemory(100, vt_physical_address(VT_NO_LIMIT)));
	KUNIT_EXPECT_NULL(test, MmAllocateNonCachedMemory(100));
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(vt_physical_address(VT_WINDOW), 100, MmNonCached));
	KUNIT_EXPECT_NULL(test, MmMapIoSpaceEx(vt_physical_address(VT_WINDOW), 100, 4));
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 9);
}

/*
 * EX-16: Without an adapter of the caller's driver nothing is allocated or mapped, which
 * is logged; existing blocks can be freed
 */
static void ex_16_no_adapter_of_the_driver(struct kunit *test)
{
	void *block = vt_get_pool(test, NonPagedPool, 100);
	u64 mark = vt_log_mark();

	vt_set_driver(test, NULL);
	expect_nothing(test);
	KUNIT_EXPECT_GE(test, vt_log_count(mark, "no adapter of this driver is attached yet",
					   "expect_nothing"), 1U);
	ExFreePool(block);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	vt_set_driver(test, &vt_driver);
	ExFreePool(vt_get_pool(test, NonPagedPool, 100));
}

/* EX-17: An adapter that is detached no longer counts as the driver's */
static void ex_17_adapter_that_is_gone(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	void *other = vt_attach_another(test);
	void *block;

	vpmem_detach(fx->ext);
	fx->ext = NULL;
	block = vt_get_pool(test, NonPagedPool, 100);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 1UL);
	ExFreePool(block);
	KUNIT_EXPECT_EQ(test, live_blocks(test, other), 0UL);
}

/* Single place in the code, whose adapter vpmem remembers */
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

/* EX-18: Blocks that are left are reported at detach, and reclaimed as those of the DDI */
static void ex_18_leaks_are_reported(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct vt_fixture *fx = test->priv;
	u64 mark = vt_log_mark();

	fx->leaves_blocks = true;
	VideoPortAcquireDeviceLock(other);
	vt_get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	KUNIT_EXPECT_NOT_NULL(test, MmAllocateContiguousMemory(SZ_64K,
							       vt_physical_address(VT_NO_LIMIT)));
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
	job.block = vt_get_pool(test, NonPagedPool, 5 * PAGE_SIZE);
	context->run(free_job, &job);
	vt_expect_live(test, "Test", "Nonp", 0, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-20: Paged pool is refused in atomic context, and can be freed there; both are logged
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
	job.block = vt_get_pool(test, PagedPool, 100);
	vt_remember(test);
	context->run(free_job, &job);
	vt_expect_live(test, "Test", "Paged", 0, 0);
	vt_expect_events(test, "bad-context", NULL, 1);
}

static void sleepers(void *data)
{
	void **got = data;

	got[0] = MmAllocateContiguousMemory(100, vt_physical_address(VT_NO_LIMIT));
	got[1] = MmAllocateNonCachedMemory(100);
	got[2] = MmMapIoSpace(vt_physical_address(VT_WINDOW), 100, MmNonCached);
	got[3] = MmMapIoSpaceEx(vt_physical_address(VT_WINDOW), 100, 4);
}

/* EX-21: Contiguous memory and mappings are refused in atomic context */
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

	ExFreePool(vt_get_pool(test, PagedPool, 3 * PAGE_SIZE));
	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &job), 1U);
}

static struct kunit_case executive_cases[] = {
	KUNIT_CASE(ex_01_pool_is_the_adapters),
	KUNIT_CASE(ex_03_types_of_pool),
	KUNIT_CASE(ex_04_pool_without_a_tag),
	KUNIT_CASE(ex_05_zeroed_if_asked_for),
	KUNIT_CASE(ex_06_pool_by_flags),
	KUNIT_CASE(ex_07_another_tag),
	KUNIT_CASE(ex_08_tag_that_fits),
	KUNIT_CASE(ex_15_which_adapter),
	KUNIT_CASE(ex_16_no_adapter_of_the_driver),
	KUNIT_CASE(ex_17_adapter_that_is_gone),
	KUNIT_CASE(ex_18_leaks_are_reported),
	KUNIT_CASE(ex_41_adapter_is_looked_for_again),
	KUNIT_CASE_PARAM(ex_19_non_paged_anywhere, vt_context_params),
	KUNIT_CASE_PARAM(ex_20_paged_where_one_may_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(ex_21_the_rest_where_one_may_sleep, vt_atomic_params),
	KUNIT_CASE(ex_22_no_memory),
	{}
};

struct kunit_suite vt_executive_suite = {
	.name = "executive",
	.init = vt_executive_init,
	.exit = vt_executive_exit,
	.test_cases = executive_cases,
};
