/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Simulated monitor, which decodes the I2C lines of VideoPortDDCMonitorHelper.
 */
#ifndef VPMEM_KUNIT_MONITOR_H
#define VPMEM_KUNIT_MONITOR_H

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#define VT_EDID_BLOCK	128
#define VT_EDID		1024
#define VT_FOR_EVER	UINT_MAX

enum vt_phase {
	VT_IDLE,				/* until a start */
	VT_ADDRESS,
	VT_POINTER,			/* a byte that goes to the monitor */
	VT_SEND,
	VT_IGNORE,				/* until the next start */
};

struct vt_monitor {
	u8 edid[VT_EDID];
	unsigned int size;
	bool has_segments, keeps_segment;
	/* The lines as the master and the monitor leave them; up if both do. */
	bool clock, data, data_out;
	enum vt_phase phase;
	bool acknowledging, to_segment;
	unsigned int bits;
	u8 byte, offset, segment;
	/* Faults that it is to make */
	unsigned int stretch;		/* reads of the clock after each rise */
	unsigned int stretched;
	unsigned int bad_bytes;		/* that are sent wrong, the first ones */
	unsigned int holds_data;	/* clocks for which it holds the data down */
	unsigned int stuck_after;	/* clocks after which it holds the clock for ever */
	bool absent;
	/* Observations */
	unsigned int starts, stops, clocks, bytes;
};

bool vt_data_up(const struct vt_monitor *monitor);
extern const DDC_CONTROL vt_control_of_monitor;
void vt_fix_checksum(struct vt_monitor *monitor, unsigned int block);
struct vt_monitor *vt_plug_in(struct kunit *test, unsigned int blocks);
bool vt_read_edid(struct kunit *test, u8 segment, u8 *edid, u32 size);

#endif /* VPMEM_KUNIT_MONITOR_H */
