// SPDX-License-Identifier: GPL-2.0-only
/*
 * Completion of operations on locked buffers, and calls of it that are refused.
 */
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/string.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/packet.h"

static void expect_not_completed(struct kunit *test, PVP_DMA_ADAPTER dma, void *list,
				 BOOLEAN to_device, const char *event)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortCompleteDma(vt_ext(test), dma, list, to_device),
			NO_ERROR);
	vt_expect_refused(test, event);
}

/* PACKET-59: A second completion is logged; it returns NO_ERROR */
static void packet_59_complete_twice(struct kunit *test)
{
	struct vt_packet pt = vt_packet_run(test);

	vt_complete(test, pt.dma, pt.list, true);
	expect_not_completed(test, pt.dma, pt.list, true, "double-free");
	vt_packet_end(test, &pt);
}

/* PACKET-60: An invalid list is left alone and logged; CompleteDma returns NO_ERROR */
static void packet_60_complete_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);

	expect_not_completed(test, dma, foreign->address(test), true, "bad-pointer");
}

/* PACKET-61: A NULL list is counted; NO_ERROR */
static void packet_61_complete_of_null(struct kunit *test)
{
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);

	expect_not_completed(test, dma, NULL, true, "null-free");
}

/* PACKET-62: A completion with another DMA adapter than the start: left mapped, logged */
static void packet_62_complete_for_another_dma_adapter(struct kunit *test)
{
	PVP_DMA_ADAPTER other = vt_dma_get(test, vt_ext(test), &vt_lists);
	struct vt_packet pt = vt_packet_run(test);

	expect_not_completed(test, other, pt.list, true, "mismatch");
	vt_packet_finish(test, &pt);
}

/* PACKET-63: A completion with the other direction: left mapped, logged */
static void packet_63_complete_in_the_other_direction(struct kunit *test)
{
	struct vt_packet pt = vt_packet_run(test);

	expect_not_completed(test, pt.dma, pt.list, false, "mismatch");
	vt_packet_finish(test, &pt);
}

/* PACKET-64: A completion with another adapter: left mapped, logged */
static void packet_64_complete_for_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct vt_packet pt = vt_packet_run(test);

	VideoPortCompleteDma(other, pt.dma, pt.list, true);
	KUNIT_EXPECT_EQ(test, vt_event(test, other, "wrong-adapter"), 1UL);
	vt_expect_live(test, "Vprt", "SGList", 1, PAGE_SIZE);
	vt_packet_finish(test, &pt);
}

/* PACKET-65: An MDL is no list */
static void packet_65_complete_of_an_mdl(struct kunit *test)
{
	struct vt_packet pt;

	vt_packet_begin(test, &pt, &vt_lists);
	expect_not_completed(test, pt.dma, pt.mdl, true, "wrong-pairing");
	vt_packet_end(test, &pt);
}

/* PACKET-66: An MDL with an operation cannot be unlocked */
static void packet_66_unlock_while_it_runs(struct kunit *test)
{
	struct vt_packet pt = vt_packet_run(test);

	vt_expect_free_refused(test, VideoPortUnlockBuffer, pt.mdl, "busy");
	vt_complete(test, pt.dma, pt.list, true);
	vt_packet_end_buffer(test, &pt);
}

static void put(PVOID ext, PVOID dma)
{
	VideoPortPutDmaAdapter(ext, dma);
}

/* PACKET-67: A DMA adapter with an operation cannot be put */
static void packet_67_put_while_it_runs(struct kunit *test)
{
	struct vt_packet pt = vt_packet_run(test);

	vt_expect_free_refused(test, put, pt.dma, "busy");
	vt_complete(test, pt.dma, pt.list, true);
	vt_packet_end_buffer(test, &pt);
	vt_remember(test);
	VideoPortPutDmaAdapter(vt_ext(test), pt.dma);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * PACKET-68: Detach reclaims lists, then locks, then DMA adapters, and reports them
 */
static void packet_68_detach_reclaims(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	struct page *page = vt_user_page(test, base);
	void *other = vt_attach_another(test);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, other, &vt_lists);
	unsigned long before = vt_event(test, NULL, "leak");
	struct vt_seen seen = { };
	ULONG length = PAGE_SIZE;
	struct mm_struct *mm;
	VP_STATUS status;
	void *mdl;

	KUNIT_ASSERT_NOT_NULL(test, page);
	mm = vt_borrow_mm(test);
	mdl = VideoPortLockBuffer(other, (void *)base, VT_LENGTH, VpModifyAccess);
	vt_return_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, mdl);
	seen.length = &length;
	status = VideoPortStartDma(other, dma, mdl, 0, &length, vt_execute, &seen, false);
	KUNIT_EXPECT_EQ(test, status, NO_ERROR);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_event(test, NULL, "leak"), before + 2);
	KUNIT_EXPECT_FALSE(test, folio_maybe_dma_pinned(page_folio(page)));
	put_page(page);
	vt_user_unmap(test, base, VT_ROOM);
}

/* PACKET-69: Verify mode keeps their stacks and guards nothing of theirs */
static void packet_69_verify_mode(struct kunit *test)
{
	struct vt_region region;
	struct vt_packet pt;

	vt_verify(test, true);
	pt = vt_packet_run(test);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), pt.list, &region));
	KUNIT_EXPECT_STREQ(test, region.verify, "yes");
	if (!IS_ENABLED(CONFIG_UML))
		KUNIT_EXPECT_NOT_NULL(test, strstr(region.line, " <- "));
	vt_packet_finish(test, &pt);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "overrun"), 0UL);
}

static struct kunit_case complete_cases[] = {
	KUNIT_CASE(packet_59_complete_twice),
	KUNIT_CASE_PARAM(packet_60_complete_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(packet_61_complete_of_null),
	KUNIT_CASE(packet_62_complete_for_another_dma_adapter),
	KUNIT_CASE(packet_63_complete_in_the_other_direction),
	KUNIT_CASE(packet_64_complete_for_another_adapter),
	KUNIT_CASE(packet_65_complete_of_an_mdl),
	KUNIT_CASE(packet_66_unlock_while_it_runs),
	KUNIT_CASE(packet_67_put_while_it_runs),
	KUNIT_CASE(packet_68_detach_reclaims),
	KUNIT_CASE(packet_69_verify_mode),
	{ }
};

struct kunit_suite vt_complete_suite = {
	.name = "complete",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = complete_cases,
};
