// SPDX-License-Identifier: GPL-2.0-only
/*
 * Miniport whose timer counts, and the DPCs that suites queue for it.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/string.h>

#include "kunit/lib/clock.h"
#include "kunit/lib/helpers.h"
#include "include/video.h"

/*
 * Miniport that only has a timer
 */

struct vt_clock_state vt_clock;

static VP_STATUS vt_clock_find(PVOID ext, PVOID context, __u16 *arguments,
			       PVIDEO_PORT_CONFIG_INFO config, PUCHAR again)
{
	vt_clock.ext = ext;
	return NO_ERROR;
}

static BOOLEAN vt_clock_initialize(PVOID ext)
{
	return true;
}

static BOOLEAN vt_clock_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	return true;
}

static void vt_clock_timer(PVOID ext)
{
	unsigned int ticks = vt_clock.ticks;

	vt_clock.level = VideoPortGetCurrentIrql();
	vt_clock.last = jiffies;
	if (!ticks)
		vt_clock.first = vt_clock.last;
	if (vt_clock.stops_itself)
		VideoPortStopTimer(ext);
	WRITE_ONCE(vt_clock.ticks, ticks + 1);
}

static ULONG vt_clock_entry(PVOID context1, PVOID context2)
{
	VIDEO_HW_INITIALIZATION_DATA hw = {
		.HwInitDataSize = sizeof(hw),
		.AdapterInterfaceType = Isa,
		.HwFindAdapter = vt_clock_find,
		.HwInitialize = vt_clock_initialize,
		.HwStartIO = vt_clock_start_io,
		.HwTimer = vt_clock.timer,
	};

	return VideoPortInitialize(context1, context2, &hw, NULL);
}

void vt_need_clock(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vpmem_miniport_register(&vt_clock.miniport, NULL), 0);
}

void vt_end_clock(void)
{
	vpmem_miniport_unregister(&vt_clock.miniport);
}

/*
 * The fixture
 */

struct vt_dpc_state dpc;

int vt_interrupt_init(struct kunit *test)
{
	memset(&vt_clock, 0, sizeof(vt_clock));
	vt_clock.miniport.name = VT_CLOCK;
	vt_clock.miniport.entry = vt_clock_entry;
	vt_clock.timer = vt_clock_timer;
	memset(&dpc, 0, sizeof(dpc));
	init_completion(&dpc.done);
	return vt_init(test);
}

void vt_interrupt_exit(struct kunit *test)
{
	dpc.again = 0;
	vt_end_clock();
	vt_exit(test);
}

/* Wait until a count that is made elsewhere reaches @least. */
void vt_expect_counts(struct kunit *test, const unsigned int *count,
		      unsigned int least)
{
	unsigned long end = jiffies + VT_PATIENCE;

	while (READ_ONCE(*count) < least && time_before(jiffies, end))
		usleep_range(500, 1000);
	KUNIT_EXPECT_GE(test, READ_ONCE(*count), least);
}

/*
 * The DPC
 */

void vt_count_dpc(PVOID ext, PVOID context)
{
	struct vt_dpc_state *seen = context;

	seen->ext = ext;
	seen->in_softirq = in_serving_softirq();
	seen->level = VideoPortGetCurrentIrql();
	WRITE_ONCE(seen->calls, seen->calls + 1);
	if (seen->again) {
		seen->again--;
		seen->requeued += VideoPortQueueDpc(ext, vt_count_dpc, context);
	} else {
		complete(&seen->done);
	}
}

void vt_expect_dpc(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, wait_for_completion_timeout(&dpc.done, VT_PATIENCE), 0UL);
}
