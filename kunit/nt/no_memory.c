// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls whose allocations fail, one after the other and together: each that allocates, with an
 * adapter that has allocated before and with one that has no slot for a tag left.
 */
#include <linux/delay.h>
#include <linux/err.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/many_tags.h"
#include "kunit/lib/memory_calls.h"
#include "kunit/lib/no_memory.h"
#include "kunit/lib/registry.h"

static bool memory_call_made(struct kunit *test, void *data)
{
	const struct vt_memory_call *call = data;

	return call->call(test);
}

static void memory_call_failed(struct kunit *test, void *data, unsigned int failures)
{
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static const struct vt_memory_call *memory_call_begin(struct kunit *test)
{
	const struct vt_memory_call *call = test->param_value;

	if (call->needs_pc)
		vt_need_pc(test);
	if (call->needs_ports)
		vt_need_port_range(test);
	if (call->only_own)
		vt_need_call_faults(test);
	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 8), NO_ERROR);
	return call;
}

/* Begin, and make the call once: an adapter keeps some of what its first call allocates. */
static const struct vt_memory_call *memory_call_begin_warm(struct kunit *test)
{
	const struct vt_memory_call *call = memory_call_begin(test);

	KUNIT_EXPECT_TRUE(test, call->call(test));
	return call;
}

/* A call that fails for want of memory says so by its value, and nothing is left. */
static void call_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = {
		.call = memory_call_made, .failed = memory_call_failed,
	};
	const struct vt_memory_call *call = memory_call_begin_warm(test);

	if (call->only_own)
		vt_each_call_fault(test, &site, (void *)call, false);
	else
		vt_each_fault(test, &site, (void *)call);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* The same for a call that lacks memory a second time: instead of which it takes another. */
static void call_without_memory_twice(struct kunit *test)
{
	static const struct vt_fault_site site = {
		.call = memory_call_made, .failed = memory_call_failed,
	};
	const struct vt_memory_call *call = memory_call_begin_warm(test);

	vt_need_call_faults(test);
	if (call->attaches)
		kunit_skip(test, "an attach allocates too often for that");
	vt_each_two_faults(test, &site, (void *)call);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * Slots of tags, which a call allocates before it allocates what it is for
 */

/* Replace the adapter by one that has allocated nothing, but has no slot for a tag left. */
static void adapter_renew(struct kunit *test, void *data)
{
	vt_attach_again(test);
	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 8), NO_ERROR);
	vt_use_all_slots(vt_ext(test));
}

static void call_without_slots_by(struct kunit *test, const char *callers)
{
	static const struct vt_fault_site site = {
		.call = memory_call_made, .failed = memory_call_failed, .prepare = adapter_renew,
	};

	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "callers", callers), 0);
	vt_each_call_fault(test, &site, (void *)test->param_value, false);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* A call that finds no memory for the slot of its tag as well, or for that of its caller */
static void call_without_slots(struct kunit *test)
{
	memory_call_begin(test);
	vt_need_call_faults(test);
	call_without_slots_by(test, "0");
	call_without_slots_by(test, "1");
}

/*
 * Slots of tags that work allocates, when blocks with new tags are allocated in atomic context
 */

/* Numbers of tags for which the first table of slots is large enough, and of more tags at once */
#define TAGS_BEFORE	230
#define TAGS_AT_ONCE	330

static void use_tags(void *ext, unsigned int first, unsigned int count)
{
	unsigned int i;
	void *block;

	for (i = first; i < first + count; i++) {
		block = VideoPortAllocatePool(ext, VpNonPagedPool, 16, vt_nth_tag(i));
		VideoPortFreePool(ext, block);
	}
}

static void use_new_tags(void *ext)
{
	use_tags(ext, TAGS_BEFORE, TAGS_AT_ONCE);
}

/* Another adapter, whose slots the work allocates */
static void tags_begin(struct kunit *test, void *data)
{
	struct vt_fixture *fx = test->priv;
	void **ext = data;

	*ext = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(*ext));
	use_tags(*ext, 0, TAGS_BEFORE);
}

static bool tags_grow(struct kunit *test, void *data)
{
	void **ext = data;

	vt_irqs_off.run(use_new_tags, *ext);
	msleep(20);
	vpmem_detach(*ext);
	return true;
}

/* Use as many where it may sleep, so that no work is needed. */
static bool tags_grow_at_once(struct kunit *test, void *data)
{
	void **ext = data;

	use_new_tags(*ext);
	vpmem_detach(*ext);
	return true;
}

/* Blocks with tags for which there is no slot are counted together; nothing is lost. */
static void tags_without_memory(struct kunit *test)
{
	static const struct vt_fault_site work = {
		.call = tags_grow, .failed = memory_call_failed, .prepare = tags_begin,
	};
	static const struct vt_fault_site call = {
		.call = tags_grow_at_once, .failed = memory_call_failed, .prepare = tags_begin,
	};
	void *ext;

	vt_need_call_faults(test);
	vt_each_call_fault(test, &work, &ext, true);
	vt_each_call_fault(test, &call, &ext, false);
}

static void no_memory_exit(struct kunit *test)
{
	vpmem_view_write(NULL, "callers", "0");
	vt_executive_exit(test);
}

static struct kunit_case no_memory_cases[] = {
	KUNIT_CASE(tags_without_memory),
	KUNIT_CASE_PARAM(call_without_memory, vt_memory_call_params),
	KUNIT_CASE_PARAM(call_without_memory_twice, vt_memory_call_params),
	KUNIT_CASE_PARAM(call_without_slots, vt_memory_call_params),
	{}
};

struct kunit_suite vt_no_memory_suite = {
	.name = "no_memory",
	.init = vt_executive_init,
	.exit = no_memory_exit,
	.test_cases = no_memory_cases,
};
