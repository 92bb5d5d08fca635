// SPDX-License-Identifier: GPL-2.0-only
/*
 * DDC: a monitor of the tests' own, that listens to the two lines and moves them as
 * a real one does, or worse.
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#define BLOCK		128
#define EDID		1024
#define FOR_EVER	UINT_MAX

enum phase {
	IDLE,				/* until a start */
	ADDRESS,
	POINTER,			/* a byte that goes to the monitor */
	SEND,
	IGNORE,				/* until the next start */
};

struct monitor {
	u8 edid[EDID];
	unsigned int size;
	bool has_segments, keeps_segment;
	/* The lines as the master and the monitor leave them; up if both do. */
	bool clock, data, data_out;
	enum phase phase;
	bool acknowledging, to_segment;
	unsigned int bits;
	u8 byte, offset, segment;
	/* What it is to do wrong. */
	unsigned int stretch;		/* reads of the clock after each rise */
	unsigned int stretched;
	unsigned int bad_bytes;		/* that are sent wrong, the first ones */
	unsigned int holds_data;	/* clocks for which it holds the data down */
	bool absent;
	/* What was seen. */
	unsigned int starts, stops, clocks, bytes;
};

static struct monitor *monitor_of(void *ext)
{
	return *(struct monitor **)ext;
}

static bool data_up(const struct monitor *monitor)
{
	return monitor->data && monitor->data_out && !monitor->holds_data;
}

static u8 next_byte(struct monitor *monitor)
{
	unsigned int at = monitor->segment * 256 + monitor->offset++;
	u8 byte = at < monitor->size ? monitor->edid[at] : 0xff;

	monitor->bytes++;
	if (!monitor->bad_bytes)
		return byte;
	monitor->bad_bytes--;
	return byte ^ 0x10;
}

static void began(struct monitor *monitor)
{
	monitor->starts++;
	monitor->phase = ADDRESS;
	monitor->acknowledging = false;
	monitor->bits = 0;
	monitor->byte = 0;
	monitor->data_out = true;
}

static void ended(struct monitor *monitor)
{
	monitor->stops++;
	monitor->phase = IDLE;
	if (!monitor->keeps_segment)
		monitor->segment = 0;
	monitor->data_out = true;
}

/* Tells whether it acknowledges. */
static bool take_address(struct monitor *monitor)
{
	monitor->to_segment = monitor->byte == 0x60;
	if (monitor->byte == 0xa0 || (monitor->to_segment && monitor->has_segments))
		monitor->phase = POINTER;
	else if (monitor->byte == 0xa1)
		monitor->phase = SEND;
	else
		monitor->phase = IGNORE;
	return monitor->phase != IGNORE;
}

static bool take_byte(struct monitor *monitor)
{
	if (monitor->phase == ADDRESS)
		return take_address(monitor);
	if (monitor->to_segment)
		monitor->segment = monitor->byte;
	else
		monitor->offset = monitor->byte;
	return true;
}

static void send_bit(struct monitor *monitor)
{
	if (!monitor->bits)
		monitor->byte = next_byte(monitor);
	monitor->data_out = monitor->byte >> (7 - monitor->bits) & 1;
}

/* What the master sends is taken while the clock is up. */
static void clock_rises(struct monitor *monitor)
{
	monitor->clocks++;
	monitor->stretched = monitor->stretch;
	if (monitor->phase == IDLE || monitor->phase == IGNORE)
		return;
	if (monitor->acknowledging) {
		/* After the last byte the master does not acknowledge. */
		if (monitor->phase == SEND && monitor->bits && data_up(monitor))
			monitor->phase = IGNORE;
		return;
	}
	if (monitor->phase != SEND)
		monitor->byte = monitor->byte << 1 | data_up(monitor);
	monitor->bits++;
}

/* What the monitor sends changes when the clock has gone down. */
static void clock_falls(struct monitor *monitor)
{
	if (monitor->holds_data && monitor->holds_data != FOR_EVER)
		monitor->holds_data--;
	if (monitor->phase == IDLE || monitor->phase == IGNORE) {
		monitor->data_out = true;
		return;
	}
	if (monitor->acknowledging) {
		monitor->acknowledging = false;
		monitor->bits = 0;
		monitor->data_out = true;
	} else if (monitor->bits == 8) {
		monitor->acknowledging = true;
		monitor->data_out = monitor->phase == SEND || !take_byte(monitor);
		/* Its own address was acknowledged by itself; no master answers. */
		if (monitor->phase == SEND && !monitor->data_out)
			monitor->bits = 0;
	}
	if (monitor->phase == SEND && !monitor->acknowledging)
		send_bit(monitor);
}

static void write_clock(PVOID ext, UCHAR up)
{
	struct monitor *monitor = monitor_of(ext);
	bool was = monitor->clock;

	monitor->clock = up;
	if (monitor->absent || was == !!up)
		return;
	if (up)
		clock_rises(monitor);
	else
		clock_falls(monitor);
}

static void write_data(PVOID ext, UCHAR up)
{
	struct monitor *monitor = monitor_of(ext);
	bool was = data_up(monitor);

	monitor->data = up;
	if (monitor->absent || !monitor->clock || was == data_up(monitor))
		return;
	if (was)
		began(monitor);
	else
		ended(monitor);
}

static BOOLEAN read_clock(PVOID ext)
{
	struct monitor *monitor = monitor_of(ext);

	if (!monitor->clock)
		return 0;
	if (!monitor->stretched)
		return 1;
	if (monitor->stretched != FOR_EVER)
		monitor->stretched--;
	return 0;
}

static BOOLEAN read_data(PVOID ext)
{
	struct monitor *monitor = monitor_of(ext);

	return monitor->absent ? monitor->data : data_up(monitor);
}

static const DDC_CONTROL control_of_monitor = {
	.Size = sizeof(DDC_CONTROL),
	.I2CCallbacks = { write_clock, write_data, read_clock, read_data },
};

static void fix_checksum(struct monitor *monitor, unsigned int block)
{
	u8 *data = monitor->edid + block * BLOCK, sum = 0;
	int i;

	for (i = 0; i < BLOCK - 1; i++)
		sum += data[i];
	data[BLOCK - 1] = -sum;
}

/* A monitor with so many blocks, plugged into the adapter of the test. */
static struct monitor *plug_in(struct kunit *test, unsigned int blocks)
{
	struct monitor *monitor = kunit_kzalloc(test, sizeof(*monitor), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, monitor);
	monitor->size = blocks * BLOCK;
	for (i = 0; i < monitor->size; i++)
		monitor->edid[i] = i * 7 + i / BLOCK;
	memcpy(monitor->edid, "\0\xff\xff\xff\xff\xff\xff", 8);
	monitor->edid[126] = blocks - 1;
	for (i = 0; i < blocks; i++)
		fix_checksum(monitor, i);
	monitor->clock = true;
	monitor->data = true;
	monitor->data_out = true;
	monitor->has_segments = true;
	*(struct monitor **)vt_ext(test) = monitor;
	return monitor;
}

static bool read_edid(struct kunit *test, u8 segment, u8 *edid, u32 size)
{
	DDC_CONTROL control = control_of_monitor;

	control.EdidSegment = segment;
	memset(edid, 0x99, size);
	return VideoPortDDCMonitorHelper(vt_ext(test), &control, edid, size);
}

/* DDC-01: DDCMonitorHelper reads the EDID, and no byte more */
static void ddc_01_edid_is_read(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK + 1];

	edid[BLOCK] = 0x66;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	KUNIT_EXPECT_EQ(test, edid[BLOCK], 0x66);
	KUNIT_EXPECT_EQ(test, monitor->bytes, (unsigned int)BLOCK);
}

/*
 * DDC-02: It makes no more clocks than the bytes need, and leaves both lines up after a
 * stop
 *
 * As the documents of the bus have it, with no clock more or less.
 */
static void ddc_02_the_bus_is_left_idle(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, monitor->phase, IDLE);
	KUNIT_EXPECT_TRUE(test, monitor->clock);
	KUNIT_EXPECT_TRUE(test, data_up(monitor));
	KUNIT_EXPECT_GE(test, monitor->stops, 1U);
	/* A start, a repeated one, and a stop before the first. */
	KUNIT_EXPECT_GE(test, monitor->starts, 2U);
	KUNIT_EXPECT_LE(test, monitor->clocks, (3 + BLOCK) * 9 + 8U);
}

/* DDC-03: A short buffer gets the beginning of a block */
static void ddc_03_part_of_a_block(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	memset(edid, 0x66, sizeof(edid));
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, 20));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 20), 0);
	KUNIT_EXPECT_EQ(test, edid[20], 0x66);
}

/* DDC-04: A longer one gets two blocks, and zeroes behind them */
static void ddc_04_two_blocks(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 2);
	u8 edid[3 * BLOCK];

	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, 3 * BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 2 * BLOCK), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(edid + 2 * BLOCK, 0, BLOCK));
}

/*
 * DDC-05: A second block that is not announced is not read, and one that is neither right
 * nor of a known kind is zeroed
 */
static void ddc_05_no_second_block(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[2 * BLOCK];

	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, 2 * BLOCK));
	KUNIT_EXPECT_NULL(test, memchr_inv(edid + BLOCK, 0, BLOCK));
	KUNIT_EXPECT_EQ(test, monitor->bytes, (unsigned int)BLOCK);
	/* One that is announced, but bad. */
	monitor = plug_in(test, 2);
	monitor->edid[BLOCK + 5]++;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, 2 * BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(edid + BLOCK, 0, BLOCK));
}

/* DDC-06: EdidSegment selects 256 bytes; it fails if the monitor has no segments */
static void ddc_06_segments(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 6);
	u8 edid[2 * BLOCK];

	KUNIT_EXPECT_TRUE(test, read_edid(test, 1, edid, 2 * BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 256, 2 * BLOCK), 0);
	KUNIT_EXPECT_TRUE(test, read_edid(test, 2, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 512, BLOCK), 0);
	/* The pointer goes back by itself. */
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	monitor->has_segments = false;
	KUNIT_EXPECT_FALSE(test, read_edid(test, 1, edid, BLOCK));
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
}

/* DDC-07: A block is read up to three times until its sum is right */
static void ddc_07_tried_again(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	/* Two blocks are sent with mistakes, the third is good. */
	monitor->bad_bytes = BLOCK + 1;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	KUNIT_EXPECT_EQ(test, monitor->bytes, 3U * BLOCK);
	/* The header of the third one is wrong as well. */
	monitor->bytes = 0;
	monitor->bad_bytes = 2 * BLOCK + 1;
	KUNIT_EXPECT_FALSE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, monitor->bytes, 3U * BLOCK);
	KUNIT_EXPECT_NULL(test, memchr_inv(edid, 0, BLOCK));
}

/* DDC-08: A wrong header and all zeroes are no EDID */
static void ddc_08_bad_edid(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	/* The sum is right, and it is no EDID. */
	monitor->edid[1]--;
	fix_checksum(monitor, 0);
	KUNIT_EXPECT_FALSE(test, read_edid(test, 0, edid, BLOCK));
	memset(monitor->edid, 0, BLOCK);
	KUNIT_EXPECT_FALSE(test, read_edid(test, 0, edid, BLOCK));
}

/* DDC-09: The monitor may hold the clock */
static void ddc_09_clock_is_stretched(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	monitor->stretch = 5;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
}

/*
 * DDC-10: A clock that is held for ever ends the call, soon
 *
 * It has to end.
 */
static void ddc_10_clock_is_stuck(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	monitor->stretch = FOR_EVER;
	monitor->stretched = FOR_EVER;
	KUNIT_EXPECT_FALSE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_LT(test, monitor->clocks, 100U);
}

/* DDC-11: So do a monitor that is not there and data that is held for ever */
static void ddc_11_nobody_is_there(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	monitor->absent = true;
	KUNIT_EXPECT_FALSE(test, read_edid(test, 0, edid, BLOCK));
	monitor->absent = false;
	monitor->holds_data = FOR_EVER;
	KUNIT_EXPECT_FALSE(test, read_edid(test, 0, edid, BLOCK));
}

/* DDC-12: A monitor that was left in the middle of a byte is clocked out of it */
static void ddc_12_left_in_a_byte(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	u8 edid[BLOCK];

	/* As if somebody else had stopped in the middle of reading. */
	monitor->holds_data = 7;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	KUNIT_EXPECT_EQ(test, monitor->bytes, (unsigned int)BLOCK);
}

/* DDC-13: A structure without EdidSegment reads segment 0 */
static void ddc_13_the_older_structure(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 4);
	DDC_CONTROL control = control_of_monitor;
	u8 edid[BLOCK];

	control.Size = offsetofend(DDC_CONTROL, I2CCallbacks);
	control.EdidSegment = 1;
	KUNIT_EXPECT_TRUE(test, VideoPortDDCMonitorHelper(vt_ext(test), &control, edid,
							  BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
}

/*
 * DDC-17: An I2C_FNC_TABLE, which came before, is read by as well
 *
 * What is at the place of the segment is no segment of its.
 */
static void ddc_17_the_table_of_windows_2000(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	const I2C_CALLBACKS *line = &control_of_monitor.I2CCallbacks;
	I2C_FNC_TABLE table = {
		.Size = sizeof(table),
		.WriteClockLine = line->WriteClockLine,
		.WriteDataLine = line->WriteDataLine,
		.ReadClockLine = line->ReadClockLine,
		.ReadDataLine = line->ReadDataLine,
		.WaitVsync = (PVIDEO_WAIT_VSYNC_ACTIVE)ULONG_MAX,
	};
	u8 edid[BLOCK];

	static_assert(offsetof(I2C_FNC_TABLE, WaitVsync) == offsetof(DDC_CONTROL, EdidSegment));
	KUNIT_EXPECT_TRUE(test, VideoPortDDCMonitorHelper(vt_ext(test), &table, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
}

static void expect_refused(struct kunit *test, void *control, u8 *edid, u32 size)
{
	vt_remember(test);
	KUNIT_EXPECT_FALSE(test, VideoPortDDCMonitorHelper(vt_ext(test), control, edid,
							   size));
	vt_expect_refused(test, "bad-parameter");
}

/*
 * DDC-14: A NULL, no room, a structure too short and a callback that is missing are
 * refused
 */
static void ddc_14_bad_arguments(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 1);
	DDC_CONTROL control = control_of_monitor;
	u8 edid[BLOCK];

	expect_refused(test, NULL, edid, BLOCK);
	expect_refused(test, &control, NULL, BLOCK);
	expect_refused(test, &control, edid, 0);
	control.Size = offsetofend(DDC_CONTROL, I2CCallbacks) - 1;
	expect_refused(test, &control, edid, BLOCK);
	control = control_of_monitor;
	control.I2CCallbacks.ReadClockLine = NULL;
	expect_refused(test, &control, edid, BLOCK);
	KUNIT_EXPECT_EQ(test, monitor->clocks, 0U);
}

/*
 * DDC-18: A block with the header of an EDID, or the tag of a CTA extension, is returned
 * though its checksum is wrong, with a message
 *
 * The three tries are made, and the bytes are those of the monitor.
 */
static void ddc_18_wrong_checksum(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 2);
	u64 mark = vt_log_mark();
	u8 edid[2 * BLOCK];

	monitor->edid[20]++;
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	KUNIT_EXPECT_EQ(test, monitor->bytes, 3U * BLOCK);
	vt_expect_events(test, "bad-edid", NULL, 1);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "VideoPortDDCMonitorHelper",
					   "segment 0, block 0: wrong checksum"), 1U);
	/* The extension is wrong, too, and known by its tag. */
	monitor->edid[BLOCK] = 2;
	fix_checksum(monitor, 1);
	monitor->edid[BLOCK + 20]++;
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, 2 * BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 2 * BLOCK), 0);
	vt_expect_events(test, "bad-edid", NULL, 2);
}

/* DDC-19: A monitor that keeps its segment pointer after a stop gives segment 0 again */
static void ddc_19_segment_pointer_is_latched(struct kunit *test)
{
	struct monitor *monitor = plug_in(test, 6);
	u8 edid[2 * BLOCK];

	monitor->keeps_segment = true;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 1, edid, 2 * BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 256, 2 * BLOCK), 0);
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, 2 * BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 2 * BLOCK), 0);
	KUNIT_EXPECT_TRUE(test, read_edid(test, 2, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid + 512, BLOCK), 0);
	/* Left there by somebody else, and what is there looks like no EDID. */
	monitor->segment = 200;
	KUNIT_EXPECT_TRUE(test, read_edid(test, 0, edid, BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, BLOCK), 0);
	vt_expect_events(test, NULL, NULL, 0);
}

struct ddc_job {
	void *ext;
	u8 edid[BLOCK];
	bool done;
};

static void ddc_job(void *data)
{
	DDC_CONTROL control = control_of_monitor;
	struct ddc_job *job = data;

	job->done = VideoPortDDCMonitorHelper(job->ext, &control, job->edid, BLOCK);
}

/* DDC-15: It is refused where one cannot sleep */
static void ddc_15_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct monitor *monitor = plug_in(test, 1);
	struct ddc_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(ddc_job, &job);
	vt_expect_refused(test, "bad-context");
	KUNIT_EXPECT_FALSE(test, job.done);
	KUNIT_EXPECT_EQ(test, monitor->clocks, 0U);
}

/* DDC-16: An extension that is not attached is refused */
static void ddc_16_no_adapter(struct kunit *test)
{
	struct ddc_job job = { .ext = vt_detached_extension(test) };

	vt_remember(test);
	ddc_job(&job);
	vt_expect_events(test, NULL, "no-adapter", 1);
	KUNIT_EXPECT_FALSE(test, job.done);
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
	KUNIT_CASE(ddc_11_nobody_is_there),
	KUNIT_CASE(ddc_12_left_in_a_byte),
	KUNIT_CASE(ddc_13_the_older_structure),
	KUNIT_CASE(ddc_17_the_table_of_windows_2000),
	KUNIT_CASE(ddc_18_wrong_checksum),
	KUNIT_CASE(ddc_19_segment_pointer_is_latched),
	KUNIT_CASE(ddc_14_bad_arguments),
	KUNIT_CASE_PARAM(ddc_15_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(ddc_16_no_adapter),
	{}
};

struct kunit_suite vt_ddc_suite = {
	.name = "ddc",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ddc_cases,
};
