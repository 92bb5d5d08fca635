// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortUnlockBuffer.
 */
#include <linux/cred.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/lock.h"
#include "kunit/lib/packet.h"

/*
 * Unlocking
 */

/* PACKET-26: UnlockBuffer of NULL does nothing but count */
static void packet_26_unlock_of_null(struct kunit *test)
{
	vt_expect_free_refused(test, VideoPortUnlockBuffer, NULL, "null-free");
}

/* PACKET-27: A second unlock is logged */
static void packet_27_unlock_twice(struct kunit *test)
{
	void *mdl = vt_lock(test, test, sizeof(*test));

	vt_unlock(test, mdl);
	vt_expect_free_refused(test, VideoPortUnlockBuffer, mdl, "double-free");
}

/* PACKET-28: A pointer that is not an MDL is left alone, logged and counted */
static void packet_28_unlock_of_what_is_none(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	vt_expect_free_refused(test, VideoPortUnlockBuffer, foreign->address(test),
			       "bad-pointer");
}

/* PACKET-29: An MDL of another adapter is left locked and logged */
static void packet_29_unlock_for_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *mdl = VideoPortLockBuffer(other, test, 100, VpReadAccess);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_expect_free_refused(test, VideoPortUnlockBuffer, mdl, "wrong-adapter");
	VideoPortUnlockBuffer(other, mdl);
}

/* PACKET-30: A block of pool is not an MDL */
static void packet_30_unlock_of_pool(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, 2 * PAGE_SIZE);
	void *small = vt_alloc(test, VpNonPagedPool, 100);

	vt_expect_free_refused(test, VideoPortUnlockBuffer, block, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortUnlockBuffer, small, "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
	VideoPortFreePool(vt_ext(test), small);
}

/* PACKET-31: An MDL is no block of pool */
static void packet_31_free_of_an_mdl(struct kunit *test)
{
	void *mdl = vt_lock(test, test, sizeof(*test));

	vt_expect_free_refused(test, VideoPortFreePool, mdl, "wrong-pairing");
	vt_unlock(test, mdl);
}

/*
 * PACKET-32: UnlockBuffer may be called up to DISPATCH_LEVEL, here up to a hard interrupt
 */
static void packet_32_unlock_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	void *mdl = vt_user_lock(test, base, VT_LENGTH, VpModifyAccess);

	KUNIT_EXPECT_NOT_NULL(test, mdl);
	vt_remember(test);
	vt_free_in(context, VideoPortUnlockBuffer, vt_ext(test), mdl);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Vprt", "Locked", 0, 0);
	vt_user_unmap(test, base, VT_ROOM);
}

/*
 * PACKET-71: An address within an MDL is not taken for an address within the buffer
 */
static void packet_71_mdl_is_no_memory(struct kunit *test)
{
	u8 *memory = vt_scattered(test, 1024);
	void *mdl = vt_lock(test, memory, 1024 * PAGE_SIZE);
	u64 mark = vt_log_mark();

	vt_expect_free_refused(test, VideoPortFreePool, mdl + 64, "bad-pointer");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "inside", "Locked"), 0U);
	vt_unlock(test, mdl);
	vfree(memory);
}

static struct kunit_case unlock_cases[] = {
	KUNIT_CASE(packet_26_unlock_of_null),
	KUNIT_CASE(packet_27_unlock_twice),
	KUNIT_CASE_PARAM(packet_28_unlock_of_what_is_none, vt_foreign_params),
	KUNIT_CASE(packet_29_unlock_for_another_adapter),
	KUNIT_CASE(packet_30_unlock_of_pool),
	KUNIT_CASE(packet_31_free_of_an_mdl),
	KUNIT_CASE_PARAM(packet_32_unlock_anywhere, vt_context_params),
	KUNIT_CASE(packet_71_mdl_is_no_memory),
	{}
};

struct kunit_suite vt_unlock_suite = {
	.name = "unlock",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = unlock_cases,
};
