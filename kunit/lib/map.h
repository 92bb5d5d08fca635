/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the suites of mappings.
 */
#ifndef VPMEM_KUNIT_MAP_H
#define VPMEM_KUNIT_MAP_H

#include <kunit/test.h>

#include "vpmem.h"

/* VGA's, on every PC. */
#define VT_WINDOW	0xa0000
#define VT_WINDOW_SIZE	0x10000
#define VT_PORTS	0x3c0
#define VT_NR_PORTS	0x20

#define VT_P6CACHE	VIDEO_MEMORY_SPACE_P6CACHE

static inline PHYSICAL_ADDRESS vt_physical(u64 address)
{
	return (PHYSICAL_ADDRESS){ .QuadPart = address };
}

/* map.c */
void *vt_get_base(struct kunit *test, u64 start, u32 length, u8 flags);
void *vt_get_window(struct kunit *test);
void vt_free_base(struct kunit *test, void *base);
VP_STATUS vt_map_window(void *ext, u32 flags, void **base);
void vt_unmap_87(void *ext, void *address);

#endif /* VPMEM_KUNIT_MAP_H */
