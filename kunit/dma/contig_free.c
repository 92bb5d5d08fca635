// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortFreeContiguousMemory and MmFreeContiguousMemory.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/contig.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"

/* CONTIG-10: Only the exact base can be freed */
static void contig_10_exact_base_only(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, SZ_64K, VT_NO_LIMIT);

	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, memory + PAGE_SIZE,
			       "bad-pointer");
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, memory + 16,
			       "bad-pointer");
	vt_contig_end(test, memory);
}

/* CONTIG-11: A pointer that was never allocated is refused */
static void contig_11_free_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortFreeContiguousMemory,
			       foreign->address(test), "bad-pointer");
}

/* CONTIG-12: A second free is refused */
static void contig_12_double_free(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, SZ_64K, VT_NO_LIMIT);

	vt_contig_end(test, memory);
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, memory,
			       "double-free");
}

/* CONTIG-13: Contiguous memory is not freed by the calls of pool, nor pool by its call */
static void contig_13_wrong_pairing(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, SZ_64K, VT_NO_LIMIT);
	void *block = vt_alloc(test, VpNonPagedPool, SZ_64K);

	vt_expect_free_refused(test, VideoPortFreePool, memory, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, block,
			       "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
	vt_contig_end(test, memory);
}

/* CONTIG-14: An adapter cannot free contiguous memory of another */
static void contig_14_wrong_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *memory = vt_contig_try(other, SZ_64K, VT_NO_LIMIT);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, memory,
			       "wrong-adapter");
	VideoPortFreeContiguousMemory(other, memory);
}

/* CONTIG-15: A free of NULL does nothing but count */
static void contig_15_free_of_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortFreeContiguousMemory, NULL, "null-free");
}

/*
 * CONTIG-16: MmFreeContiguousMemory frees that of any adapter, once
 *
 * The call takes no adapter.
 */
static void contig_16_mm_free(struct kunit *test)
{
	void *memory = vt_contig_alloc(test, SZ_64K, VT_NO_LIMIT);

	vt_remember(test);
	MmFreeContiguousMemory(memory);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
	vt_remember(test);
	MmFreeContiguousMemory(memory);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "double-free", 1);
}

static void mm_free_of_pool(struct kunit *test, size_t size, const char *event)
{
	void *block = vt_alloc(test, VpNonPagedPool, size);

	vt_remember(test);
	MmFreeContiguousMemory(block);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, event, 1);
	VideoPortFreePool(vt_ext(test), block);
}

/* CONTIG-17: MmFreeContiguousMemory refuses pool */
static void contig_17_mm_free_of_pool(struct kunit *test)
{
	mm_free_of_pool(test, SZ_64K, "wrong-pairing");
	mm_free_of_pool(test, 100, "wrong-pairing");
}

/*
 * CONTIG-18: A free works in every context; in atomic context a worker frees the memory
 * later
 */
static void contig_18_free_in_any_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vt_contig_lengths); i++) {
		vt_free_in(context, VideoPortFreeContiguousMemory, vt_ext(test),
			   vt_contig_alloc(test, vt_contig_lengths[i], VT_NO_LIMIT));
		vt_expect_live(test, "MmCm", "Contig", 0, 0);
	}
}

static struct kunit_case contig_free_cases[] = {
	KUNIT_CASE(contig_10_exact_base_only),
	KUNIT_CASE_PARAM(contig_11_free_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(contig_12_double_free),
	KUNIT_CASE(contig_13_wrong_pairing),
	KUNIT_CASE(contig_14_wrong_adapter),
	KUNIT_CASE(contig_15_free_of_null),
	KUNIT_CASE(contig_16_mm_free),
	KUNIT_CASE(contig_17_mm_free_of_pool),
	KUNIT_CASE_PARAM(contig_18_free_in_any_context, vt_context_params),
	{}
};

struct kunit_suite vt_contig_free_suite = {
	.name = "contig_free",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = contig_free_cases,
};
