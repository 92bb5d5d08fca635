// SPDX-License-Identifier: GPL-2.0-only
/*
 * DDC: a simulated monitor, which drives the I2C lines as a real one does, or violates
 * the protocol.
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/monitor.h"
#include "include/vpmem-port.h"

/* DDC-01: DDCMonitorHelper reads the EDID, and no byte more */
static void ddc_01_edid_is_read(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK + 1];

	edid[VT_EDID_BLOCK] = 0x66;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_EQ(test, edid[VT_EDID_BLOCK], 0x66);
	KUNIT_EXPECT_EQ(test, monitor->bytes, (unsigned int)VT_EDID_BLOCK);
}

/*
 * DDC-02: The read makes no more clocks than the bytes need, and leaves both lines up after a
 * stop
 *
 * The I2C specification gives the number of clocks.
 */
static void ddc_02_the_bus_is_left_idle(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, monitor->phase, VT_IDLE);
	KUNIT_EXPECT_TRUE(test, monitor->clock);
	KUNIT_EXPECT_TRUE(test, vt_data_up(monitor));
	KUNIT_EXPECT_GE(test, monitor->stops, 1U);
	/* Count a start, a repeated start, and a stop before the first. */
	KUNIT_EXPECT_GE(test, monitor->starts, 2U);
	KUNIT_EXPECT_LE(test, monitor->clocks, (3 + VT_EDID_BLOCK) * 9 + 8U);
}

/* DDC-03: A short buffer gets the beginning of a block */
static void ddc_03_part_of_a_block(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	memset(edid, 0x66, sizeof(edid));
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, 20));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 20), 0);
	KUNIT_EXPECT_EQ(test, edid[20], 0x66);
}

/* DDC-04: A longer one gets two blocks, and zeroes behind them */
static void ddc_04_two_blocks(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 2);
	u8 edid[3 * VT_EDID_BLOCK];

	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, 3 * VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 2 * VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(edid + 2 * VT_EDID_BLOCK, 0, VT_EDID_BLOCK));
}

/*
 * DDC-05: A second block that is not announced is not read; one with a wrong checksum and
 * an unknown tag is zeroed
 */
static void ddc_05_no_second_block(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[2 * VT_EDID_BLOCK];

	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, 2 * VT_EDID_BLOCK));
	KUNIT_EXPECT_NULL(test, memchr_inv(edid + VT_EDID_BLOCK, 0, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, monitor->bytes, (unsigned int)VT_EDID_BLOCK);
	/* Extension that is announced, but bad */
	monitor = vt_plug_in(test, 2);
	monitor->edid[VT_EDID_BLOCK + 5]++;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, 2 * VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(edid + VT_EDID_BLOCK, 0, VT_EDID_BLOCK));
}

/* DDC-06: EdidSegment selects 256 bytes; it fails if the monitor has no segments */
static void ddc_06_segments(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 6);
	u8 edid[2 * VT_EDID_BLOCK];

	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 1, edid, 2 * VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 256, 2 * VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 2, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 512, VT_EDID_BLOCK), 0);
	/* The pointer goes back by itself. */
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	monitor->has_segments = false;
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 1, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
}

/* DDC-07: A block is read up to three times until its sum is right */
static void ddc_07_tried_again(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	/* Two blocks are sent with mistakes, the third is good. */
	monitor->bad_bytes = VT_EDID_BLOCK + 1;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_EQ(test, monitor->bytes, 3U * VT_EDID_BLOCK);
	/* The header of the third one is wrong as well. */
	monitor->bytes = 0;
	monitor->bad_bytes = 2 * VT_EDID_BLOCK + 1;
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, monitor->bytes, 3U * VT_EDID_BLOCK);
	KUNIT_EXPECT_NULL(test, memchr_inv(edid, 0, VT_EDID_BLOCK));
}

/* DDC-08: A wrong header and all zeroes are no EDID */
static void ddc_08_bad_edid(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	/* The sum is right, and it is no EDID. */
	monitor->edid[1]--;
	vt_fix_checksum(monitor, 0);
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	memset(monitor->edid, 0, VT_EDID_BLOCK);
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
}

/* DDC-09: The monitor may hold the clock */
static void ddc_09_clock_is_stretched(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	monitor->stretch = 5;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
}

/*
 * DDC-10: A clock that is held low for ever ends the call, soon
 */
static void ddc_10_clock_is_stuck(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	monitor->stretch = VT_FOR_EVER;
	monitor->stretched = VT_FOR_EVER;
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_LT(test, monitor->clocks, 100U);
}

/* DDC-20: So does one that a monitor holds after any number of clocks */
static void ddc_20_clock_gets_stuck(struct kunit *test)
{
	/* While it is recovered, in an address, an offset, a byte and an acknowledge */
	static const unsigned int clocks[] = { 1, 4, 12, 20, 30, 39, 100, 1000, 1150 };
	struct vt_monitor *monitor;
	u8 edid[VT_EDID_BLOCK];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(clocks); i++) {
		monitor = vt_plug_in(test, 1);
		monitor->stuck_after = clocks[i];
		KUNIT_EXPECT_FALSE_MSG(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK),
				       "%u clocks", clocks[i]);
		KUNIT_EXPECT_NULL(test, memchr_inv(edid, 0, VT_EDID_BLOCK));
		/* It need not count the clocks that are left of a byte. */
		KUNIT_EXPECT_LT(test, monitor->clocks, clocks[i] + 100);
	}
	monitor = vt_plug_in(test, 6);
	monitor->stuck_after = 12;
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 1, edid, VT_EDID_BLOCK));
}

/* DDC-11: A missing monitor, and data that is held low for ever, end the call, soon */
static void ddc_11_nobody_is_there(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	monitor->absent = true;
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	monitor->absent = false;
	monitor->holds_data = VT_FOR_EVER;
	KUNIT_EXPECT_FALSE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
}

/* DDC-12: A monitor that was left in the middle of a byte is clocked out of it */
static void ddc_12_left_in_a_byte(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	u8 edid[VT_EDID_BLOCK];

	/* Interrupt a read in the middle, as another master might. */
	monitor->holds_data = 7;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_EQ(test, monitor->bytes, (unsigned int)VT_EDID_BLOCK);
}

/* DDC-13: A structure without EdidSegment reads segment 0 */
static void ddc_13_the_older_structure(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 4);
	DDC_CONTROL control = vt_control_of_monitor;
	u8 edid[VT_EDID_BLOCK];

	control.Size = offsetofend(DDC_CONTROL, I2CCallbacks);
	control.EdidSegment = 1;
	KUNIT_EXPECT_TRUE(test, VideoPortDDCMonitorHelper(vt_ext(test), &control, edid,
							  VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
}

/*
 * DDC-17: The older I2C_FNC_TABLE is accepted in place of a DDC_CONTROL
 *
 * It has another member at the offset of EdidSegment, so segment 0 is read.
 */
static void ddc_17_the_table_of_windows_2000(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	const I2C_CALLBACKS *line = &vt_control_of_monitor.I2CCallbacks;
	I2C_FNC_TABLE table = {
		.Size = sizeof(table),
		.WriteClockLine = line->WriteClockLine,
		.WriteDataLine = line->WriteDataLine,
		.ReadClockLine = line->ReadClockLine,
		.ReadDataLine = line->ReadDataLine,
		.WaitVsync = (PVIDEO_WAIT_VSYNC_ACTIVE)ULONG_MAX,
	};
	u8 edid[VT_EDID_BLOCK];

	static_assert(offsetof(I2C_FNC_TABLE, WaitVsync) == offsetof(DDC_CONTROL, EdidSegment));
	KUNIT_EXPECT_TRUE(test, VideoPortDDCMonitorHelper(vt_ext(test), &table, edid,
							  VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
}

/* DDC-19: A monitor that keeps its segment pointer after a stop gives segment 0 again */
static void ddc_19_segment_pointer_is_latched(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 6);
	u8 edid[2 * VT_EDID_BLOCK];

	monitor->keeps_segment = true;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 1, edid, 2 * VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 256, 2 * VT_EDID_BLOCK), 0);
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, 2 * VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 2 * VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 2, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 512, VT_EDID_BLOCK), 0);
	/* Select a segment without an EDID, as another master might leave it. */
	monitor->segment = 200;
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	vt_expect_events(test, NULL, NULL, 0);
}

static struct kunit_case ddc_cases[] = {
	KUNIT_CASE(ddc_01_edid_is_read),
	KUNIT_CASE(ddc_02_the_bus_is_left_idle),
	KUNIT_CASE(ddc_03_part_of_a_block),
	KUNIT_CASE(ddc_04_two_blocks),
	KUNIT_CASE(ddc_05_no_second_block),
	KUNIT_CASE(ddc_06_segments),
	KUNIT_CASE(ddc_07_tried_again),
	KUNIT_CASE(ddc_08_bad_edid),
	KUNIT_CASE(ddc_09_clock_is_stretched),
	KUNIT_CASE(ddc_10_clock_is_stuck),
	KUNIT_CASE(ddc_20_clock_gets_stuck),
	KUNIT_CASE(ddc_11_nobody_is_there),
	KUNIT_CASE(ddc_12_left_in_a_byte),
	KUNIT_CASE(ddc_13_the_older_structure),
	KUNIT_CASE(ddc_17_the_table_of_windows_2000),
	KUNIT_CASE(ddc_19_segment_pointer_is_latched),
	{}
};

struct kunit_suite vt_ddc_suite = {
	.name = "ddc",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ddc_cases,
};
