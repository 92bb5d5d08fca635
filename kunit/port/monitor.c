// SPDX-License-Identifier: GPL-2.0-only
/*
 * Displays: monitors, as the miniport describes them
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/display.h"

static const VIDEO_MODE_INFORMATION mode = VT_MODE(0x10, 640, 480, 16, 0xf800, 0x7e0, 0x1f);

static struct {
	u8 edid[256];
	VP_STATUS answer;
} monitor;

static ULONG one_monitor(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor)
{
	*type = Monitor;
	memcpy(descriptor, monitor.edid, sizeof(monitor.edid));
	return monitor.answer;
}

static void edid_sum(u8 *block)
{
	u8 sum = 0;
	int i;

	for (i = 0; i < 127; i++)
		sum += block[i];
	block[127] = -sum;
}

static void edid_make(u8 extensions)
{
	static const u8 begin[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };
	static const u8 timing[] = { 0x30, 0x2a, 0, 0x98, 0x51, 0, 0x2a, 0x40 };

	memset(&monitor, 0, sizeof(monitor));
	memcpy(monitor.edid, begin, sizeof(begin));
	/* The first detailed timing: 1280 * 1024 */
	memcpy(&monitor.edid[54], timing, sizeof(timing));
	monitor.edid[126] = extensions;
	edid_sum(monitor.edid);
	monitor.edid[128] = 2;
	edid_sum(monitor.edid + 128);
}

static size_t ask_edid(struct kunit *test, u8 *edid)
{
	vt_have_children(NO_ERROR);
	vt_mp.child = one_monitor;
	vt_need_display(test, &mode, 1);
	return vpmem_display_edid(vt_client.port, edid);
}

static void expect_edid(struct kunit *test, size_t size)
{
	u8 edid[VPMEM_EDID_SIZE], sum = 0;
	int i;

	KUNIT_EXPECT_EQ(test, ask_edid(test, edid), size);
	if (size) {
		for (i = 0; i < 128; i++)
			sum += edid[i];
		KUNIT_EXPECT_EQ(test, sum, 0);
		KUNIT_EXPECT_EQ(test, edid[126], size / 128 - 1);
	}
	vt_miniport_unregister();
}

/* DISPLAY-12: A client gets the monitor's EDID, with the number of good blocks, or none */
static void display_12_edid(struct kunit *test)
{
	edid_make(0);
	expect_edid(test, 128);
	edid_make(1);
	expect_edid(test, 256);
	edid_make(3);
	expect_edid(test, 256);
	edid_make(1);
	monitor.edid[130]++;
	expect_edid(test, 128);
	edid_make(1);
	monitor.edid[20]++;
	expect_edid(test, 0);
	memset(&monitor, 0, sizeof(monitor));
	expect_edid(test, 0);
	/* Zeroes have a good sum, and are no extension; nor is an EDID without its header. */
	edid_make(1);
	memset(monitor.edid + 128, 0, 128);
	expect_edid(test, 128);
	edid_make(0);
	monitor.edid[1] = 0;
	edid_sum(monitor.edid);
	expect_edid(test, 0);
	/* Some miniports give an EDID, and answer that there is no monitor. */
	edid_make(0);
	monitor.answer = ERROR_NO_MORE_DEVICES;
	expect_edid(test, 128);
}

static ULONG second_has_edid(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor)
{
	memset(descriptor, 0, sizeof(monitor.edid));
	*type = Monitor;
	if (index == 2)
		memcpy(descriptor, monitor.edid, sizeof(monitor.edid));
	return index < 3 ? ERROR_MORE_DATA : ERROR_NO_MORE_DEVICES;
}

/* DISPLAY-19: Of several monitors, the first one that has an EDID counts */
static void display_19_second_monitor(struct kunit *test)
{
	u8 edid[VPMEM_EDID_SIZE];

	edid_make(0);
	vt_have_children(NO_ERROR);
	vt_mp.child = second_has_edid;
	vt_need_display(test, &mode, 1);
	KUNIT_EXPECT_EQ(test, vpmem_display_edid(vt_client.port, edid), 128UL);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(vt_client.port), VPMEM_MONITOR_CONNECTED);
}

/* DISPLAY-13: The size that a monitor prefers is that of its first detailed timing */
static void display_13_preferred_size(struct kunit *test)
{
	u32 width, height;

	edid_make(0);
	KUNIT_EXPECT_TRUE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
	KUNIT_EXPECT_EQ(test, width, 1280U);
	KUNIT_EXPECT_EQ(test, height, 1024U);
	/* A mode of a clock that is a multiple of 2.56 MHz */
	monitor.edid[54] = 0;
	KUNIT_EXPECT_TRUE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
	monitor.edid[59] = 0;
	monitor.edid[61] &= 0x0f;
	KUNIT_EXPECT_FALSE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
	edid_make(0);
	monitor.edid[56] = 0;
	monitor.edid[58] &= 0x0f;
	KUNIT_EXPECT_FALSE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
	edid_make(0);
	monitor.edid[54] = 0;
	monitor.edid[55] = 0;
	KUNIT_EXPECT_FALSE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
}

/*
 * DISPLAY-14: A monitor is connected if the miniport describes one, or never has; the state is
 * unknown if it no longer does; a client hears of it when the children are enumerated again
 */
static void display_14_monitor(struct kunit *test)
{
	u8 edid[VPMEM_EDID_SIZE];

	vt_need_display(test, &mode, 1);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(vt_client.port), VPMEM_MONITOR_CONNECTED);
	vt_miniport_unregister();
	edid_make(0);
	monitor.answer = ERROR_NO_MORE_DEVICES;
	monitor.edid[1] = 0;
	KUNIT_EXPECT_EQ(test, ask_edid(test, edid), 0UL);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(vt_client.port), VPMEM_MONITOR_CONNECTED);
	KUNIT_EXPECT_EQ(test, vt_client.changes, 0U);
	monitor.answer = NO_ERROR;
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_mp.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_client.changes, 1U);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(vt_client.port), VPMEM_MONITOR_CONNECTED);
	monitor.answer = ERROR_NO_MORE_DEVICES;
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_mp.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_client.changes, 2U);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(vt_client.port), VPMEM_MONITOR_UNKNOWN);
	KUNIT_EXPECT_EQ(test, vpmem_display_edid(vt_client.port, edid), 0UL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(display_12_edid),
	KUNIT_CASE(display_13_preferred_size),
	KUNIT_CASE(display_14_monitor),
	KUNIT_CASE(display_19_second_monitor),
	{}
};

struct kunit_suite vt_monitor_suite = {
	.name = "monitor",
	.init = vt_display_init,
	.exit = vt_display_exit,
	.test_cases = cases,
};
