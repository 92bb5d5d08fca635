// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contiguous memory of a test.
 */
#include <linux/dma-mapping.h>
#include <linux/io.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/contig.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"

const ULONG vt_contig_lengths[] = {
	1, 4095, PAGE_SIZE, PAGE_SIZE + 1, SZ_64K, 100000, SZ_1M, 3 * SZ_1M,
};

const ULONG vt_wrapping[] = {
	U32_MAX, U32_MAX - PAGE_SIZE + 2, U32_MAX - PAGE_SIZE + 1,
};

void *vt_contig_try(void *ext, ULONG length, u64 limit)
{
	PHYSICAL_ADDRESS highest = { .QuadPart = limit };

	return VideoPortAllocateContiguousMemory(ext, length, highest);
}

void *vt_contig_alloc(struct kunit *test, ULONG length, u64 limit)
{
	void *memory = vt_contig_try(vt_ext(test), length, limit);

	KUNIT_ASSERT_NOT_NULL_MSG(test, memory, "%u bytes up to 0x%llx", length, limit);
	return memory;
}

void vt_contig_end(struct kunit *test, void *memory)
{
	vt_remember(test);
	VideoPortFreeContiguousMemory(vt_ext(test), memory);
	vt_expect_events(test, NULL, NULL, 0);
}
