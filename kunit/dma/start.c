// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortStartDma: invalid arguments and contexts, and many operations at once.
 */
#include <linux/dma-mapping.h>
#include <linux/mman.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/no_memory.h"
#include "kunit/lib/packet.h"

static void expect_no_start(struct kunit *test, PVP_DMA_ADAPTER dma, void *mdl,
			    ULONG offset, ULONG length, const char *event)
{
	struct vt_seen seen;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_try(test, dma, mdl, offset, &length, true, &seen),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, length, (ULONG)0);
	KUNIT_EXPECT_EQ(test, seen.calls, 0U);
	vt_expect_refused(test, event);
}

/* PACKET-44: A part beyond the buffer: ERROR_INVALID_PARAMETER, \*pLength 0 */
static void packet_44_beyond_the_buffer(struct kunit *test)
{
	struct vt_packet pt;

	vt_packet_begin(test, &pt, &vt_lists);
	expect_no_start(test, pt.dma, pt.mdl, 0, VT_LENGTH + 1, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, 1, VT_LENGTH, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, VT_LENGTH, 1, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, 0xffffffff, 2, "bad-parameter");
	expect_no_start(test, pt.dma, pt.mdl, 2, 0xffffffff, "bad-parameter");
	vt_packet_end(test, &pt);
}

/* PACKET-45: A part of zero bytes is refused, logged and counted */
static void packet_45_zero_bytes(struct kunit *test)
{
	struct vt_packet pt;

	vt_packet_begin(test, &pt, &vt_lists);
	expect_no_start(test, pt.dma, pt.mdl, 0, 0, "bad-parameter");
	vt_packet_end(test, &pt);
}

/*
 * PACKET-46: An invalid DMA adapter, MDL, pLength or routine is refused, logged and
 * counted
 */
static void packet_46_bad_arguments(struct kunit *test)
{
	struct vt_packet pt;
	ULONG length = 100;

	vt_packet_begin(test, &pt, &vt_lists);
	expect_no_start(test, NULL, pt.mdl, 0, 100, "bad-parameter");
	expect_no_start(test, (PVP_DMA_ADAPTER)pt.memory, pt.mdl, 0, 100, "bad-parameter");
	expect_no_start(test, pt.dma, NULL, 0, 100, "bad-pointer");
	/* Where a block can begin, one may have been before. */
	expect_no_start(test, pt.dma, pt.memory + 10, 0, 100, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), pt.dma, pt.mdl, 0, NULL,
						vt_execute, NULL, true),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), pt.dma, pt.mdl, 0, &length,
						NULL, NULL, true),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, length, (ULONG)0);
	vt_expect_refused(test, "bad-parameter");
	vt_packet_end(test, &pt);
}

/* PACKET-47: An MDL of another adapter is refused, logged and counted */
static void packet_47_mdl_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	void *mdl = VideoPortLockBuffer(other, test, 100, VpReadAccess);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	expect_no_start(test, dma, mdl, 0, 100, "wrong-adapter");
	VideoPortUnlockBuffer(other, mdl);
}

/* PACKET-48: A device may not write to pages of a process that are locked for reading */
static void packet_48_no_writing_to_what_is_read_only(struct kunit *test)
{
	unsigned long base = vt_user_map(test, VT_ROOM, PROT_READ | PROT_WRITE);
	void *mdl = vt_user_lock(test, base, VT_LENGTH, VpReadAccess);
	PVP_DMA_ADAPTER dma = vt_dma_get(test, vt_ext(test), &vt_lists);
	ULONG length = 100;
	struct vt_seen seen;

	KUNIT_ASSERT_NOT_NULL(test, mdl);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_try(test, dma, mdl, 0, &length, false, &seen),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_unlock(test, mdl);
	vt_user_unmap(test, base, VT_ROOM);
}

struct start_job {
	void *ext;
	struct vt_packet pt;
	ULONG length;
	VP_STATUS status;
	struct vt_seen seen;
};

static void begin_job(struct kunit *test, struct start_job *job,
		      const VP_DEVICE_DESCRIPTION *description)
{
	job->ext = vt_ext(test);
	vt_packet_begin(test, &job->pt, description);
}

static void start_job(void *data)
{
	struct start_job *job = data;

	job->length = VT_LENGTH;
	job->seen = (struct vt_seen){ .length = &job->length };
	job->status = VideoPortStartDma(job->ext, job->pt.dma, job->pt.mdl, 0,
					&job->length, vt_execute, &job->seen, true);
}

static void complete_job(void *data)
{
	struct start_job *job = data;

	VideoPortCompleteDma(job->ext, job->pt.dma, job->seen.list, true);
}

/* PACKET-51: StartDma may be called up to DISPATCH_LEVEL, here up to a hard interrupt */
static void packet_51_start_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct start_job job;

	begin_job(test, &job, &vt_lists);
	vt_remember(test);
	context->run(start_job, &job);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, job.status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, job.length, (ULONG)VT_LENGTH);
	KUNIT_EXPECT_TRUE(test, job.seen.atomic);
	KUNIT_ASSERT_NOT_NULL(test, job.seen.list);
	vt_complete(test, job.pt.dma, job.seen.list, true);
	vt_packet_end(test, &job.pt);
}

/*
 * PACKET-52: CompleteDma may be called up to DISPATCH_LEVEL, here up to a hard interrupt
 */
static void packet_52_complete_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct start_job job;

	begin_job(test, &job, &vt_lists);
	start_job(&job);
	KUNIT_ASSERT_EQ(test, job.status, NO_ERROR);
	vt_remember(test);
	context->run(complete_job, &job);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	vt_packet_end(test, &job.pt);
}

/* PACKET-53: HwVidExecuteDma may complete its operation */
static void packet_53_complete_within_callback(struct kunit *test)
{
	struct vt_packet pt;
	ULONG length = VT_LENGTH;
	struct vt_seen seen = { .length = &length, .complete = true, .to_device = true };

	vt_packet_begin(test, &pt, &vt_lists);
	KUNIT_EXPECT_EQ(test, VideoPortStartDma(vt_ext(test), pt.dma, pt.mdl, 0, &length,
						vt_execute, &seen, true), NO_ERROR);
	KUNIT_EXPECT_EQ(test, length, (ULONG)VT_LENGTH);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	vt_packet_end(test, &pt);
}

/* PACKET-54: Several operations may run on one MDL */
static void packet_54_several_operations(struct kunit *test)
{
	PVP_SCATTER_GATHER_LIST list[3];
	struct vt_packet pt;
	unsigned int i;
	ULONG length;

	vt_packet_begin(test, &pt, &vt_lists);
	for (i = 0; i < ARRAY_SIZE(list); i++) {
		length = PAGE_SIZE;
		list[i] = vt_start(test, pt.dma, pt.mdl, i * PAGE_SIZE, &length, true);
	}
	vt_expect_live(test, "Vprt", "SGList", 3, 3 * PAGE_SIZE);
	for (i = 0; i < ARRAY_SIZE(list); i++)
		vt_complete(test, pt.dma, list[i], true);
	vt_packet_end(test, &pt);
}

static bool fault_start(struct kunit *test, void *data)
{
	struct start_job *job = data;

	start_job(job);
	return job->status == NO_ERROR;
}

static void fault_complete(struct kunit *test, void *data)
{
	complete_job(data);
}

static void fault_start_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct start_job *job = data;

	KUNIT_EXPECT_EQ(test, job->status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_EQ(test, job->length, (ULONG)0);
	KUNIT_EXPECT_EQ(test, job->seen.calls, 0U);
	vt_expect_live(test, "Vprt", "SGList", 0, 0);
	vt_expect_failures(test, "Vprt", "SGList", failures, "no-memory");
}

static const struct vt_fault_site start_site = {
	fault_start, fault_complete, fault_start_failed,
};

/*
 * PACKET-55: Without memory: ERROR_NOT_ENOUGH_MEMORY, \*pLength 0, HwVidExecuteDma not
 * called
 */
static void packet_55_start_without_memory(struct kunit *test)
{
	struct start_job job;

	vt_need_faults(test);
	begin_job(test, &job, &vt_lists);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &start_site, &job), 0U);
	vt_packet_end(test, &job.pt);
}

/* PACKET-56: The same without ScatterGather */
static void packet_56_start_of_a_piece_without_memory(struct kunit *test)
{
	struct start_job job;

	vt_need_faults(test);
	begin_job(test, &job, &vt_pieces);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &start_site, &job), 0U);
	vt_packet_end(test, &job.pt);
}

/* A list of pages of which some follow each other */
static void start_of_mixed_pages(struct kunit *test, struct page *page)
{
	struct page *pages[] = { page, page + 1, page + 3 };
	void *memory = vmap(pages, ARRAY_SIZE(pages), VM_MAP, PAGE_KERNEL);
	struct start_job job = { .ext = vt_ext(test) };

	KUNIT_EXPECT_NOT_NULL(test, memory);
	if (!memory)
		return;
	job.pt.dma = vt_dma_get(test, job.ext, &vt_lists);
	job.pt.mdl = VideoPortLockBuffer(job.ext, memory, VT_LENGTH, VpModifyAccess);
	KUNIT_EXPECT_NOT_NULL(test, job.pt.mdl);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &start_site, &job), 0U);
	VideoPortUnlockBuffer(job.ext, job.pt.mdl);
	VideoPortPutDmaAdapter(job.ext, job.pt.dma);
	vunmap(memory);
}

static void start_of_mixed_pages_without_memory(struct kunit *test)
{
	struct page *page;

	vt_need_faults(test);
	page = alloc_pages(GFP_KERNEL, 2);
	KUNIT_ASSERT_NOT_NULL(test, page);
	start_of_mixed_pages(test, page);
	__free_pages(page, 2);
}

/* Start again with a new adapter, which has no slot for the tag of a list. */
static void slots_prepare(struct kunit *test, void *data)
{
	struct start_job *job = data;

	vt_packet_end(test, &job->pt);
	vt_attach_again(test);
	begin_job(test, job, &vt_lists);
	vt_use_all_slots(job->ext);
}

static void slots_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct start_job *job = data;

	KUNIT_EXPECT_EQ(test, job->status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_EQ(test, job->seen.calls, 0U);
}

/* A start without memory for the slot that counts its failure fails as well. */
static void start_without_slots(struct kunit *test)
{
	static const struct vt_fault_site site = {
		fault_start, fault_complete, slots_failed, slots_prepare,
	};
	struct start_job job;

	vt_need_call_faults(test);
	begin_job(test, &job, &vt_lists);
	KUNIT_EXPECT_GT(test, vt_each_call_fault(test, &site, &job, false), 0U);
	vt_packet_end(test, &job.pt);
}

/* PACKET-57: A running operation is in the views: SGList, its length */
static void packet_57_list_shown(struct kunit *test)
{
	struct vt_packet pt = vt_packet_run(test);
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), pt.list, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "SGList");
	KUNIT_EXPECT_EQ(test, region.size, (u64)PAGE_SIZE);
	vt_complete(test, pt.dma, pt.list, true);
	KUNIT_EXPECT_FALSE(test, vt_find_region(test, vt_ext(test), pt.list, &region));
	vt_packet_end(test, &pt);
}

/* PACKET-58: A list of 2048 pages */
static void packet_58_long_list(struct kunit *test)
{
	const size_t pages = 2048;
	ULONG length = pages * PAGE_SIZE;
	PVP_SCATTER_GATHER_LIST list;
	struct vt_packet pt;

	vt_packet_begin_with(test, &pt, &vt_lists, pages, 0, length);
	list = vt_start(test, pt.dma, pt.mdl, 0, &length, true);
	KUNIT_EXPECT_EQ(test, vt_list_bytes(list), (u64)pages * PAGE_SIZE);
	vt_complete(test, pt.dma, list, true);
	vt_packet_end(test, &pt);
}

static struct kunit_case start_cases[] = {
	KUNIT_CASE(packet_44_beyond_the_buffer),
	KUNIT_CASE(packet_45_zero_bytes),
	KUNIT_CASE(packet_46_bad_arguments),
	KUNIT_CASE(packet_47_mdl_of_another_adapter),
	KUNIT_CASE(packet_48_no_writing_to_what_is_read_only),
	KUNIT_CASE_PARAM(packet_51_start_anywhere, vt_context_params),
	KUNIT_CASE_PARAM(packet_52_complete_anywhere, vt_context_params),
	KUNIT_CASE(packet_53_complete_within_callback),
	KUNIT_CASE(packet_54_several_operations),
	KUNIT_CASE(packet_55_start_without_memory),
	KUNIT_CASE(packet_56_start_of_a_piece_without_memory),
	KUNIT_CASE(start_of_mixed_pages_without_memory),
	KUNIT_CASE(start_without_slots),
	KUNIT_CASE(packet_57_list_shown),
	KUNIT_CASE(packet_58_long_list),
	{}
};

struct kunit_suite vt_start_suite = {
	.name = "start",
	.init = vt_dma_init,
	.exit = vt_exit,
	.test_cases = start_cases,
};
