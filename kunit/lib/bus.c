// SPDX-License-Identifier: GPL-2.0-only
/*
 * Access ranges of the bus.
 */
#include <linux/ioport.h>
#include <linux/pci.h>
#include <linux/vgaarb.h>

#include "kunit/lib/bus.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

VIDEO_ACCESS_RANGE vt_range_of(u64 start, u32 length, u8 flags)
{
	return (VIDEO_ACCESS_RANGE){
		.RangeStart.QuadPart = start,
		.RangeLength = length,
		.RangeInIoSpace = flags,
	};
}

#ifdef CONFIG_PCI

VP_STATUS vt_get_ranges(struct kunit *test, u32 room, VIDEO_ACCESS_RANGE *ranges)
{
	return VideoPortGetAccessRanges(vt_ext(test), 0, NULL, room, ranges, NULL, NULL,
					NULL);
}

bool vt_exists(struct kunit *test, u16 device, u8 revision, u16 subsystem, u32 flags)
{
	bool found = VideoPortCheckForDeviceExistence(vt_ext(test), 0x1234, device, revision,
						      0x1af4, subsystem, flags);

	KUNIT_EXPECT_EQ(test, found,
			(bool)VideoPortCheckForDeviceExistance(vt_ext(test), 0x1234, device,
							       revision, 0x1af4, subsystem,
							       flags));
	return found;
}

#endif
