// SPDX-License-Identifier: GPL-2.0-only
/*
 * Monitors whose lines read as anything, or as an EDID with some wrong bits.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "include/vpmem-port.h"
#include "kunit/fuzz/fuzz.h"
#include "services/edid.h"

#define ROOM		(2 * VPMEM_EDID_BLOCK + 16)
#define GUARD		0xa5
/* Reads of the data line for a block: an idle bus, acknowledgments, and the bits */
#define IDLE		1
#define HEAD		(IDLE + 3)
#define READS		(HEAD + 8 * VPMEM_EDID_BLOCK)

/* The monitor, which callbacks have no other way to find; there is one case at a time. */
static struct {
	struct fuzz *fuzz;
	bool noise;			/* instead of an EDID */
	u32 clock, data;		/* reads that are high, or bits that are wrong, of 65536 */
	u8 edid[VPMEM_EDID_BLOCK];
	unsigned int at;
} monitor;

static void write_line(PVOID ext, UCHAR high)
{
}

static bool chance(u32 of_65536)
{
	return fuzz_below(monitor.fuzz, 65536) < of_65536;
}

static BOOLEAN read_clock(PVOID ext)
{
	return chance(monitor.clock);
}

static BOOLEAN read_data(PVOID ext)
{
	unsigned int at = monitor.at++ % READS, bit = at - HEAD;

	if (monitor.noise)
		return chance(monitor.data);
	if (at < HEAD)
		return (at < IDLE) ^ chance(monitor.data);
	return (monitor.edid[bit / 8] >> (7 - bit % 8) & 1) ^ chance(monitor.data);
}

static void plug_in(struct fuzz *fuzz)
{
	monitor.fuzz = fuzz;
	monitor.at = 0;
	monitor.noise = fuzz_one_in(fuzz, 2);
	monitor.clock = fuzz_one_in(fuzz, 4) ? fuzz_below(fuzz, 65536) : 65536;
	monitor.data = monitor.noise ? fuzz_below(fuzz, 65537) : fuzz_below(fuzz, 64);
	fuzz_edid(fuzz, monitor.edid);
}

/* A buffer is written no further than its size, and what was read begins as an EDID does. */
static bool ddc_play(struct fuzz *fuzz)
{
	DDC_CONTROL control = {
		.Size = fuzz_one_in(fuzz, 8) ? fuzz_number(fuzz) : sizeof(control),
		.I2CCallbacks = { write_line, write_line, read_clock, read_data },
		.EdidSegment = fuzz_one_in(fuzz, 8) ? fuzz_number(fuzz) : 0,
	};
	ULONG size = fuzz_one_in(fuzz, 4) ? fuzz_below(fuzz, ROOM) : VPMEM_EDID_BLOCK;
	u8 edid[ROOM];
	bool done;

	plug_in(fuzz);
	memset(edid, GUARD, sizeof(edid));
	done = VideoPortDDCMonitorHelper(fuzz->ext, &control, edid, size);
	if (memchr_inv(edid + size, GUARD, sizeof(edid) - size))
		return fuzz_fail("more than %u bytes are written", size);
	if (done && size >= VPMEM_EDID_BLOCK && !control.EdidSegment &&
	    !vpmem_edid_has_header(edid))
		return fuzz_fail("bytes that are no EDID are taken for one");
	return true;
}

const struct fuzz_target fuzz_ddc = { "ddc", 1000, ddc_play };
