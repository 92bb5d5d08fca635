// SPDX-License-Identifier: GPL-2.0-only
/*
 * Children of a miniport, such as monitors.
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"

#define CHILDREN_MAX	32

static const struct {
	VP_STATUS status;
	unsigned int asked;		/* how many of them */
} child_answers[] = {
	{ ERROR_MORE_DATA, CHILDREN_MAX },
	{ ERROR_CONTINUE, CHILDREN_MAX },
	{ ERROR_INVALID_NAME, CHILDREN_MAX },
	{ NO_ERROR, 1 },
	{ ERROR_NO_MORE_DEVICES, 1 },
	{ ERROR_INVALID_PARAMETER, 1 },
	{ ERROR_DEV_NOT_EXIST, 1 },
	{ -1, 1 },
};

/*
 * PORT-46: HwGetVideoChildDescriptor is called for children from 1 on until it says that
 * there are no more, 32 times at most, with zeroed extensions and descriptors
 */
static void port_46_children(struct kunit *test)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(child_answers); i++) {
		vt_have_children(child_answers[i].status);
		vt_mp.children = 0;
		vt_need_miniport(test);
		KUNIT_EXPECT_EQ_MSG(test, vt_mp.children, child_answers[i].asked,
				    "answer %d", child_answers[i].status);
		KUNIT_EXPECT_EQ(test, vt_mp.last_child.ChildIndex, vt_mp.children);
		KUNIT_EXPECT_EQ(test, (size_t)vt_mp.last_child.Size,
				sizeof(vt_mp.last_child));
		KUNIT_EXPECT_GE(test, vt_mp.last_child.ChildDescriptorSize, 128U);
		KUNIT_EXPECT_TRUE(test, vt_mp.children_were_zero);
		vt_miniport_unregister();
	}
}

static ULONG some_children(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type,
			   PUCHAR descriptor)
{
	static const UCHAR edid[] = {
		0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0x05, 0x04,
	};

	*type = index == 3 ? VideoChip : Monitor;
	if (index == 1)
		memcpy(descriptor, edid, sizeof(edid));
	if (index == 2)
		return ERROR_INVALID_NAME;
	return index < 4 ? ERROR_CONTINUE : ERROR_NO_MORE_DEVICES;
}

static unsigned int named(u64 mark, const char *text)
{
	return vt_log_count(mark, VT_MINIPORT, text);
}

/* PORT-47: Each child is in the log, a monitor with its maker */
static void port_47_children_in_the_log(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_have_children(0);
	vt_mp.child = some_children;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_mp.children, 4U);
	KUNIT_EXPECT_EQ(test, named(mark, "child 1: monitor of AHD, id 0x1001"), 1U);
	KUNIT_EXPECT_EQ(test, named(mark, "child 3: chip, id 0x1003"), 1U);
	KUNIT_EXPECT_EQ(test, named(mark, "child 2:"), 0U);
	KUNIT_EXPECT_EQ(test, named(mark, "child 4:"), 0U);
}

static void initialize_enumerates(PVOID ext)
{
	if (VideoPortEnumerateChildren(ext, NULL) != NO_ERROR)
		vt_note('!');
}

/*
 * PORT-48: VideoPortEnumerateChildren within HwInitialize has children asked for when
 * that has succeeded
 */
static void port_48_children_wait_for_initialize(struct kunit *test)
{
	vt_have_children(ERROR_NO_MORE_DEVICES);
	vt_mp.in_initialize = initialize_enumerates;
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFIc");
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_mp.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFIcc");
	vt_miniport_unregister();
	vt_forget_order();
	vt_mp.initialized = false;
	KUNIT_EXPECT_EQ(test, vt_miniport_register(), -EIO);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFI");
}

static ULONG child_enumerates(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type,
			      PUCHAR descriptor)
{
	initialize_enumerates(ext);
	return ERROR_NO_MORE_DEVICES;
}

/* PORT-49: Within HwGetVideoChildDescriptor it does nothing */
static void port_49_children_do_not_recurse(struct kunit *test)
{
	vt_have_children(0);
	vt_mp.child = child_enumerates;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_mp.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "c");
}

static void enumerate_work(void *data)
{
	*(VP_STATUS *)data = VideoPortEnumerateChildren(vt_mp.ext, NULL);
}

/* PORT-50: EnumerateChildren is refused without a miniport, and in atomic context */
static void port_50_enumerate_refused(struct kunit *test)
{
	VP_STATUS status = NO_ERROR;

	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_ext(test), NULL),
			ERROR_INVALID_FUNCTION);
	vt_have_children(ERROR_NO_MORE_DEVICES);
	vt_need_miniport(test);
	vt_irqs_off.run(enumerate_work, &status);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "bad-context"), 1UL);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "");
}

static struct kunit_case children_cases[] = {
	KUNIT_CASE(port_46_children),
	KUNIT_CASE(port_47_children_in_the_log),
	KUNIT_CASE(port_48_children_wait_for_initialize),
	KUNIT_CASE(port_49_children_do_not_recurse),
	KUNIT_CASE(port_50_enumerate_refused),
	{ }
};

struct kunit_suite vt_children_suite = {
	.name = "children",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = children_cases,
};
