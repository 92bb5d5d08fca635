/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access ranges of the bus.
 */
#ifndef VPMEM_KUNIT_BUS_H
#define VPMEM_KUNIT_BUS_H

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

/* Address where no machine of the tests has a device. */
#define VT_PORTS	0x5000
#define VT_NR_PORTS	0x20
#define VT_MEMORY	0xe8000000UL
#define VT_PORT		VIDEO_MEMORY_SPACE_IO

#define VT_NEEDS_PCI(name) \
static void name(struct kunit *test) \
{ \
	kunit_skip(test, "this kernel has no PCI"); \
}

VIDEO_ACCESS_RANGE vt_range_of(u64 start, u32 length, u8 flags);
VP_STATUS vt_get_ranges(struct kunit *test, u32 room, VIDEO_ACCESS_RANGE *ranges);
bool vt_exists(struct kunit *test, u16 device, u8 revision, u16 subsystem, u32 flags);

#endif /* VPMEM_KUNIT_BUS_H */
