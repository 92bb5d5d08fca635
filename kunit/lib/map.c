// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mappings of device memory, for the suites of them.
 */
#include <linux/io.h>
#include <linux/pci.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/map.h"
#include "kunit/lib/thread.h"

void *vt_get_base(struct kunit *test, u64 start, u32 length, u8 flags)
{
	void *base;

	base = VideoPortGetDeviceBase(vt_ext(test), vt_physical(start), length, flags);
	KUNIT_ASSERT_NOT_NULL_MSG(test, base, "0x%llx, 0x%x, flags %u", start, length,
				  flags);
	return base;
}

void *vt_get_window(struct kunit *test)
{
	vt_need_pc(test);
	return vt_get_base(test, VT_WINDOW, VT_WINDOW_SIZE, 0);
}

void vt_free_base(struct kunit *test, void *base)
{
	VideoPortFreeDeviceBase(vt_ext(test), base);
}

VP_STATUS vt_map_window(void *ext, u32 flags, void **base)
{
	ULONG length = VT_WINDOW_SIZE;

	*base = NULL;
	return VideoPortMapMemory(ext, vt_physical(VT_WINDOW), &length, &flags, base);
}

void vt_unmap_87(void *ext, void *address)
{
	VP_STATUS status = VideoPortUnmapMemory(ext, address, NULL);

	WARN(status != ERROR_INVALID_PARAMETER, "status %d", status);
}
