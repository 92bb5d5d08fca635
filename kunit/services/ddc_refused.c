// SPDX-License-Identifier: GPL-2.0-only
/*
 * VideoPortDDCMonitorHelper: invalid arguments, contexts and checksums.
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/monitor.h"
#include "include/vpmem-port.h"

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
	struct vt_monitor *monitor = vt_plug_in(test, 1);
	DDC_CONTROL control = vt_control_of_monitor;
	u8 edid[VT_EDID_BLOCK];

	expect_refused(test, NULL, edid, VT_EDID_BLOCK);
	expect_refused(test, &control, NULL, VT_EDID_BLOCK);
	expect_refused(test, &control, edid, 0);
	control.Size = offsetofend(DDC_CONTROL, I2CCallbacks) - 1;
	expect_refused(test, &control, edid, VT_EDID_BLOCK);
	control = vt_control_of_monitor;
	control.I2CCallbacks.ReadClockLine = NULL;
	expect_refused(test, &control, edid, VT_EDID_BLOCK);
	control = vt_control_of_monitor;
	control.I2CCallbacks.WriteClockLine = NULL;
	expect_refused(test, &control, edid, VT_EDID_BLOCK);
	control = vt_control_of_monitor;
	control.I2CCallbacks.WriteDataLine = NULL;
	expect_refused(test, &control, edid, VT_EDID_BLOCK);
	control = vt_control_of_monitor;
	control.I2CCallbacks.ReadDataLine = NULL;
	expect_refused(test, &control, edid, VT_EDID_BLOCK);
	KUNIT_EXPECT_EQ(test, monitor->clocks, 0U);
}

/*
 * DDC-18: A block with the header of an EDID, or the tag of a CTA extension, is returned
 * though its checksum is wrong, with a message
 *
 * The block is read three times, and returned unchanged.
 */
static void ddc_18_wrong_checksum(struct kunit *test)
{
	struct vt_monitor *monitor = vt_plug_in(test, 2);
	u64 mark = vt_log_mark();
	u8 edid[2 * VT_EDID_BLOCK];

	monitor->edid[20]++;
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, VT_EDID_BLOCK), 0);
	KUNIT_EXPECT_EQ(test, monitor->bytes, 3U * VT_EDID_BLOCK);
	vt_expect_events(test, "bad-edid", NULL, 1);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "VideoPortDDCMonitorHelper",
					   "segment 0, block 0: wrong checksum"), 1U);
	/* The extension is wrong, too, and known by its tag. */
	monitor->edid[VT_EDID_BLOCK] = 2;
	vt_fix_checksum(monitor, 1);
	monitor->edid[VT_EDID_BLOCK + 20]++;
	vt_remember(test);
	KUNIT_EXPECT_TRUE(test, vt_read_edid(test, 0, edid, 2 * VT_EDID_BLOCK));
	KUNIT_EXPECT_EQ(test, memcmp(edid, monitor->edid, 2 * VT_EDID_BLOCK), 0);
	vt_expect_events(test, "bad-edid", NULL, 2);
}

struct ddc_job {
	void *ext;
	u8 edid[VT_EDID_BLOCK];
	bool done;
};

static void ddc_job(void *data)
{
	DDC_CONTROL control = vt_control_of_monitor;
	struct ddc_job *job = data;

	job->done = VideoPortDDCMonitorHelper(job->ext, &control, job->edid, VT_EDID_BLOCK);
}

/* DDC-15: DDCMonitorHelper is refused in atomic context */
static void ddc_15_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct vt_monitor *monitor = vt_plug_in(test, 1);
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

static struct kunit_case ddc_refused_cases[] = {
	KUNIT_CASE(ddc_18_wrong_checksum),
	KUNIT_CASE(ddc_14_bad_arguments),
	KUNIT_CASE_PARAM(ddc_15_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(ddc_16_no_adapter),
	{}
};

struct kunit_suite vt_ddc_refused_suite = {
	.name = "ddc_refused",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ddc_refused_cases,
};
