// SPDX-License-Identifier: GPL-2.0-only
/*
 * Simulated monitor, which decodes the I2C lines of VideoPortDDCMonitorHelper.
 */
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/monitor.h"
#include "include/vpmem-port.h"

static struct vt_monitor *vt_monitor_of(void *ext)
{
	return *(struct vt_monitor **)ext;
}

bool vt_data_up(const struct vt_monitor *monitor)
{
	return monitor->data && monitor->data_out && !monitor->holds_data;
}

static u8 vt_next_byte(struct vt_monitor *monitor)
{
	unsigned int at = monitor->segment * 256 + monitor->offset++;
	u8 byte = at < monitor->size ? monitor->edid[at] : 0xff;

	monitor->bytes++;
	if (!monitor->bad_bytes)
		return byte;
	monitor->bad_bytes--;
	return byte ^ 0x10;
}

static void vt_began(struct vt_monitor *monitor)
{
	monitor->starts++;
	monitor->phase = VT_ADDRESS;
	monitor->acknowledging = false;
	monitor->bits = 0;
	monitor->byte = 0;
	monitor->data_out = true;
}

static void vt_ended(struct vt_monitor *monitor)
{
	monitor->stops++;
	monitor->phase = VT_IDLE;
	if (!monitor->keeps_segment)
		monitor->segment = 0;
	monitor->data_out = true;
}

/* Tells whether it acknowledges. */
static bool vt_take_address(struct vt_monitor *monitor)
{
	monitor->to_segment = monitor->byte == 0x60;
	if (monitor->byte == 0xa0 || (monitor->to_segment && monitor->has_segments))
		monitor->phase = VT_POINTER;
	else if (monitor->byte == 0xa1)
		monitor->phase = VT_SEND;
	else
		monitor->phase = VT_IGNORE;
	return monitor->phase != VT_IGNORE;
}

static bool vt_take_byte(struct vt_monitor *monitor)
{
	if (monitor->phase == VT_ADDRESS)
		return vt_take_address(monitor);
	if (monitor->to_segment)
		monitor->segment = monitor->byte;
	else
		monitor->offset = monitor->byte;
	return true;
}

static void vt_send_bit(struct vt_monitor *monitor)
{
	if (!monitor->bits)
		monitor->byte = vt_next_byte(monitor);
	monitor->data_out = monitor->byte >> (7 - monitor->bits) & 1;
}

/* Take a bit of the master while the clock is up. */
static void vt_clock_rises(struct vt_monitor *monitor)
{
	monitor->clocks++;
	monitor->stretched = monitor->stretch;
	if (monitor->phase == VT_IDLE || monitor->phase == VT_IGNORE)
		return;
	if (monitor->acknowledging) {
		/* End the transfer: after the last byte the master does not acknowledge. */
		if (monitor->phase == VT_SEND && monitor->bits && vt_data_up(monitor))
			monitor->phase = VT_IGNORE;
		return;
	}
	if (monitor->phase != VT_SEND)
		monitor->byte = monitor->byte << 1 | vt_data_up(monitor);
	monitor->bits++;
}

/* Change the bit that the monitor sends when the clock has gone down. */
static void vt_clock_falls(struct vt_monitor *monitor)
{
	if (monitor->holds_data && monitor->holds_data != VT_FOR_EVER)
		monitor->holds_data--;
	if (monitor->phase == VT_IDLE || monitor->phase == VT_IGNORE) {
		monitor->data_out = true;
		return;
	}
	if (monitor->acknowledging) {
		monitor->acknowledging = false;
		monitor->bits = 0;
		monitor->data_out = true;
	} else if (monitor->bits == 8) {
		monitor->acknowledging = true;
		monitor->data_out = monitor->phase == VT_SEND || !vt_take_byte(monitor);
		/* Its own address was acknowledged by itself; no master answers. */
		if (monitor->phase == VT_SEND && !monitor->data_out)
			monitor->bits = 0;
	}
	if (monitor->phase == VT_SEND && !monitor->acknowledging)
		vt_send_bit(monitor);
}

static void vt_write_clock(PVOID ext, UCHAR up)
{
	struct vt_monitor *monitor = vt_monitor_of(ext);
	bool was = monitor->clock;

	monitor->clock = up;
	if (monitor->absent || was == !!up)
		return;
	if (up)
		vt_clock_rises(monitor);
	else
		vt_clock_falls(monitor);
}

static void vt_write_data(PVOID ext, UCHAR up)
{
	struct vt_monitor *monitor = vt_monitor_of(ext);
	bool was = vt_data_up(monitor);

	monitor->data = up;
	if (monitor->absent || !monitor->clock || was == vt_data_up(monitor))
		return;
	if (was)
		vt_began(monitor);
	else
		vt_ended(monitor);
}

static BOOLEAN vt_read_clock(PVOID ext)
{
	struct vt_monitor *monitor = vt_monitor_of(ext);

	if (!monitor->clock || (monitor->stuck_after && monitor->clocks > monitor->stuck_after))
		return 0;
	if (!monitor->stretched)
		return 1;
	if (monitor->stretched != VT_FOR_EVER)
		monitor->stretched--;
	return 0;
}

static BOOLEAN vt_read_data(PVOID ext)
{
	struct vt_monitor *monitor = vt_monitor_of(ext);

	return monitor->absent ? monitor->data : vt_data_up(monitor);
}

const DDC_CONTROL vt_control_of_monitor = {
	.Size = sizeof(DDC_CONTROL),
	.I2CCallbacks = { vt_write_clock, vt_write_data, vt_read_clock, vt_read_data },
};

void vt_fix_checksum(struct vt_monitor *monitor, unsigned int block)
{
	u8 *data = monitor->edid + block * VT_EDID_BLOCK, sum = 0;
	int i;

	for (i = 0; i < VT_EDID_BLOCK - 1; i++)
		sum += data[i];
	data[VT_EDID_BLOCK - 1] = -sum;
}

/* Plug a monitor with this number of EDID blocks into the adapter of the test. */
struct vt_monitor *vt_plug_in(struct kunit *test, unsigned int blocks)
{
	struct vt_monitor *monitor = kunit_kzalloc(test, sizeof(*monitor), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, monitor);
	monitor->size = blocks * VT_EDID_BLOCK;
	for (i = 0; i < monitor->size; i++)
		monitor->edid[i] = i * 7 + i / VT_EDID_BLOCK;
	memcpy(monitor->edid, "\0\xff\xff\xff\xff\xff\xff", 8);
	monitor->edid[126] = blocks - 1;
	for (i = 0; i < blocks; i++)
		vt_fix_checksum(monitor, i);
	monitor->clock = true;
	monitor->data = true;
	monitor->data_out = true;
	monitor->has_segments = true;
	*(struct vt_monitor **)vt_ext(test) = monitor;
	return monitor;
}

bool vt_read_edid(struct kunit *test, u8 segment, u8 *edid, u32 size)
{
	DDC_CONTROL control = vt_control_of_monitor;

	control.EdidSegment = segment;
	memset(edid, 0x99, size);
	return VideoPortDDCMonitorHelper(vt_ext(test), &control, edid, size);
}
