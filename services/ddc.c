// SPDX-License-Identifier: GPL-2.0-only
/*
 * DDC: read the EDID of a monitor, over two lines that the miniport drives.
 *
 * The protocol is I2C with one master. Both lines are open-drain: to set one high is to
 * release it. The monitor may stretch the clock, but only for a limited time: a line
 * without a monitor may always read as low.
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/sched.h>
#include <linux/stddef.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/call.h"
#include "core/log.h"
#include "include/vpmem-port.h"
#include "services/edid.h"

#define HALF_CLOCK_US	5		/* 100 kHz, which every monitor supports */
#define STRETCH_MAX	400		/* half clocks: 2 ms, as VESA allows */
#define RECOVERY_CLOCKS	9		/* a byte, and its acknowledge */
#define TRIES		3

#define MONITOR		0xa0
#define MONITOR_READ	0xa1
#define SEGMENT		0x60

#define BLOCK		VPMEM_EDID_BLOCK
#define BLOCKS		2		/* of a segment */
#define CTA_EXTENSION	0x02		/* first byte of the most common extension */

struct i2c {
	const struct vpmem_call *call;
	const I2C_CALLBACKS *line;
	bool stuck;			/* the clock was stretched for too long */
};

/*
 * Lines
 */

static void data_line(const struct i2c *i2c, bool high)
{
	i2c->line->WriteDataLine(i2c->call->adapter->extension, high);
	udelay(HALF_CLOCK_US);
}

static void clock_low(const struct i2c *i2c)
{
	i2c->line->WriteClockLine(i2c->call->adapter->extension, 0);
	udelay(HALF_CLOCK_US);
}

static void clock_high(struct i2c *i2c)
{
	unsigned int waited = 0;

	i2c->line->WriteClockLine(i2c->call->adapter->extension, 1);
	udelay(HALF_CLOCK_US);
	while (!i2c->stuck && !i2c->line->ReadClockLine(i2c->call->adapter->extension)) {
		i2c->stuck = ++waited > STRETCH_MAX;
		udelay(HALF_CLOCK_US);
	}
}

static bool data_is_high(const struct i2c *i2c)
{
	return i2c->line->ReadDataLine(i2c->call->adapter->extension);
}

/*
 * Bits and bytes. The clock is low in between.
 */

static void start(struct i2c *i2c)
{
	data_line(i2c, true);
	clock_high(i2c);
	data_line(i2c, false);
	clock_low(i2c);
}

static void stop(struct i2c *i2c)
{
	data_line(i2c, false);
	clock_high(i2c);
	data_line(i2c, true);
}

static void bit_put(struct i2c *i2c, bool bit)
{
	data_line(i2c, bit);
	clock_high(i2c);
	clock_low(i2c);
}

static bool bit_get(struct i2c *i2c)
{
	bool bit;

	data_line(i2c, true);
	clock_high(i2c);
	bit = data_is_high(i2c);
	clock_low(i2c);
	return bit;
}

/* Send a byte, and tell whether it was acknowledged. */
static bool byte_put(struct i2c *i2c, u8 byte)
{
	int i;

	for (i = 7; i >= 0; i--)
		bit_put(i2c, byte >> i & 1);
	return !bit_get(i2c) && !i2c->stuck;
}

static u8 byte_get(struct i2c *i2c, bool last)
{
	u8 byte = 0;
	int i;

	for (i = 0; i < 8; i++)
		byte = byte << 1 | bit_get(i2c);
	bit_put(i2c, last);
	return byte;
}

/* Clock out the byte that a monitor may have been interrupted in. */
static void recover(struct i2c *i2c)
{
	int i;

	data_line(i2c, true);
	clock_high(i2c);
	for (i = 0; i < RECOVERY_CLOCKS && !data_is_high(i2c); i++) {
		clock_low(i2c);
		clock_high(i2c);
	}
	clock_low(i2c);
	stop(i2c);
}

/*
 * Blocks
 */

/*
 * Write the segment pointer. A monitor without segments does not acknowledge it. It is 0
 * after a stop, unless the monitor latches it: so write a 0 only if the first try did not
 * find the EDID.
 */
static bool segment_select(struct i2c *i2c, u8 segment, bool always)
{
	bool acknowledged;

	if (!segment && !always)
		return true;
	start(i2c);
	acknowledged = byte_put(i2c, SEGMENT) && byte_put(i2c, segment);
	return acknowledged || !segment;
}

static bool transfer(struct i2c *i2c, u8 offset, u8 *block)
{
	int i;

	start(i2c);
	if (!byte_put(i2c, MONITOR) || !byte_put(i2c, offset))
		return false;
	start(i2c);
	if (!byte_put(i2c, MONITOR_READ))
		return false;
	for (i = 0; i < BLOCK && !i2c->stuck; i++) {
		block[i] = byte_get(i2c, i == BLOCK - 1);
		cond_resched();
	}
	return !i2c->stuck;
}

/* Quality of a block; higher is better. */
enum block_quality {
	BLOCK_NONE,			/* no answer, or not an EDID block */
	BLOCK_BAD_CHECKSUM,		/* has a valid header, and is usable */
	BLOCK_GOOD,
};

/* Judge a block. All zeroes, as read from dead lines, have a valid checksum, too. */
static enum block_quality block_judge(const u8 *block, bool first)
{
	bool begins = first ? vpmem_edid_has_header(block) : block[0] == CTA_EXTENSION;

	if (!memchr_inv(block, 0, BLOCK) || (first && !begins))
		return BLOCK_NONE;
	if (vpmem_edid_checksum_is_good(block))
		return BLOCK_GOOD;
	return begins ? BLOCK_BAD_CHECKSUM : BLOCK_NONE;
}

static enum block_quality block_try(struct i2c *i2c, u8 segment, u8 number, bool again,
				    u8 *block)
{
	bool done;

	i2c->stuck = false;
	recover(i2c);
	done = !i2c->stuck && segment_select(i2c, segment, again) &&
	       transfer(i2c, number * BLOCK, block);
	stop(i2c);
	return done ? block_judge(block, !segment && !number) : BLOCK_NONE;
}

/*
 * Keep the best of the tries. Monitors with a wrong checksum in their memory are sold,
 * and Windows shows a picture on them.
 */
static bool block_read(struct i2c *i2c, u8 segment, u8 number, u8 *block)
{
	enum block_quality quality, best = BLOCK_NONE;
	u8 seen[BLOCK];
	int i;

	for (i = 0; i < TRIES && best != BLOCK_GOOD; i++) {
		quality = block_try(i2c, segment, number, i, seen);
		if (quality > best) {
			best = quality;
			memcpy(block, seen, BLOCK);
		}
	}
	if (best == BLOCK_BAD_CHECKSUM)
		vpmem_warn_misuse(i2c->call, VPMEM_EV_BAD_EDID,
				  "EDID segment %u, block %u: wrong checksum; returned as it is",
				  segment, number);
	return best != BLOCK_NONE;
}

/* Read the blocks; the second one only if the first one announces it. */
static bool edid_read(struct i2c *i2c, u8 segment, u8 *to, u32 size)
{
	u8 block[BLOCK];
	bool more;
	u32 i;

	memset(to, 0, size);
	for (i = 0; i < BLOCKS && i * BLOCK < size; i++) {
		if (!block_read(i2c, segment, i, block))
			return i;
		memcpy(to + i * BLOCK, block, min_t(u32, size - i * BLOCK, BLOCK));
		more = segment || block[VPMEM_EDID_EXTENSIONS];
		if (!more)
			break;
	}
	return true;
}

/*
 * Arguments
 */

static const char *control_fault(const DDC_CONTROL *control, const UCHAR *edid, u32 size)
{
	const I2C_CALLBACKS *line;

	if (!control)
		return "DDCControl is NULL";
	if (!edid || !size)
		return "EdidBuffer is NULL";
	if (control->Size < offsetofend(DDC_CONTROL, I2CCallbacks))
		return "Size is too small";
	line = &control->I2CCallbacks;
	if (!line->WriteClockLine || !line->WriteDataLine || !line->ReadClockLine ||
	    !line->ReadDataLine)
		return "a callback is NULL";
	return NULL;
}

static bool monitor_read(const DDC_CONTROL *control, UCHAR *edid, u32 size,
			 const struct vpmem_call *call)
{
	const char *fault = control_fault(control, edid, size);
	struct i2c i2c = { .call = call };

	if (fault) {
		vpmem_warn_misuse(call, VPMEM_EV_BAD_PARAMETER, "%s", fault);
		return false;
	}
	if (!vpmem_check_may_sleep(call))
		return false;
	i2c.line = &control->I2CCallbacks;
	/* Use the segment only if the structure has the size that includes it. */
	return edid_read(&i2c, control->Size == sizeof(*control) ? control->EdidSegment : 0,
			 edid, size);
}

BOOLEAN VideoPortDDCMonitorHelper(PVOID HwDeviceExtension, PVOID DDCControl,
				  PUCHAR EdidBuffer, ULONG EdidBufferSize)
{
	struct vpmem_call call = VPMEM_CALL();
	bool done = false;

	if (vpmem_enter(HwDeviceExtension, &call))
		done = monitor_read(DDCControl, EdidBuffer, EdidBufferSize, &call);
	vpmem_leave(&call);
	return done;
}
EXPORT_SYMBOL_GPL(VideoPortDDCMonitorHelper);
