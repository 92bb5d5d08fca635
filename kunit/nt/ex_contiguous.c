// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory and contiguous memory of the NT executive.
 */
#include <linux/cache.h>
#include <linux/io.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/platform_device.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/executive.h"
#include "kunit/lib/helpers.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

#define WINDOW_SIZE	0x10000

/*
 * Device memory
 */

static void expect_mapped(struct kunit *test, void *base, const char *means)
{
	struct vt_region region;

	KUNIT_ASSERT_NOT_NULL(test, base);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), base, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Mapped");
	KUNIT_EXPECT_STREQ(test, region.means, means);
	KUNIT_EXPECT_EQ(test, region.size, (u64)WINDOW_SIZE);
}

static void expect_map(struct kunit *test, void *base, const char *means)
{
	expect_mapped(test, base, means);
	MmUnmapIoSpace(base, WINDOW_SIZE);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/*
 * EX-23: MmMapIoSpace maps uncached, or write-combined for MmWriteCombined;
 * MmMapIoSpaceEx by its protection; MmUnmapIoSpace undoes it
 */
static void ex_23_device_memory(struct kunit *test)
{
	const PHYSICAL_ADDRESS window = vt_physical_address(VT_WINDOW);

	vt_need_pc(test);
	vt_remember(test);
	expect_map(test, MmMapIoSpace(window, WINDOW_SIZE, MmNonCached), "ioremap");
	expect_map(test, MmMapIoSpace(window, WINDOW_SIZE, MmCached), "ioremap");
	expect_map(test, MmMapIoSpace(window, WINDOW_SIZE, MmWriteCombined), "ioremap_wc");
	expect_map(test, MmMapIoSpaceEx(window, WINDOW_SIZE, 0x004 | 0x200), "ioremap");
	expect_map(test, MmMapIoSpaceEx(window, WINDOW_SIZE, 0x004 | 0x400), "ioremap_wc");
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * EX-24: Mappings are shared with those of VideoPortGetDeviceBase, and either call undoes
 * them
 */
static void ex_24_mappings_are_the_ddis(struct kunit *test)
{
	void *base, *same;

	vt_need_pc(test);
	base = MmMapIoSpace(vt_physical_address(VT_WINDOW), WINDOW_SIZE, MmNonCached);
	expect_mapped(test, base, "ioremap");
	same = VideoPortGetDeviceBase(vt_ext(test), vt_physical_address(VT_WINDOW), WINDOW_SIZE, 0);
	KUNIT_EXPECT_PTR_EQ(test, same, base);
	vt_remember(test);
	VideoPortFreeDeviceBase(vt_ext(test), base);
	expect_mapped(test, base, "ioremap");
	MmUnmapIoSpace(base, WINDOW_SIZE);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	vt_expect_stray(test, vt_unmap, base, "double-free");
}

/*
 * EX-25: Memory of the system, no bytes at all, and unknown types of caching are refused
 */
static void ex_25_what_cannot_be_mapped(struct kunit *test)
{
	void *memory = vt_get_pool(test, NonPagedPool, PAGE_SIZE);
	const PHYSICAL_ADDRESS ram = MmGetPhysicalAddress(memory);

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(ram, PAGE_SIZE, MmCached));
	vt_expect_events(test, "bad-range", NULL, 1);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(vt_physical_address(VT_WINDOW), 0, MmNonCached));
	vt_expect_events(test, "zero-length", NULL, 1);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(vt_physical_address(VT_WINDOW), 100, MmNotMapped));
	KUNIT_EXPECT_NULL(test, MmMapIoSpace(vt_physical_address(VT_WINDOW), 100,
					     MmMaximumCacheType));
	vt_expect_events(test, NULL, "bad-parameter", 2);
	ExFreePool(memory);
}

/* EX-26: MmUnmapIoSpace leaves ports alone */
static void ex_26_ports_are_no_memory(struct kunit *test)
{
	void *ports;

	vt_need_pc(test);
	ports = VideoPortGetDeviceBase(vt_ext(test), vt_physical_address(0x3c0), 0x20, 1);
	KUNIT_ASSERT_NOT_NULL(test, ports);
	vt_expect_stray(test, vt_unmap, ports, "wrong-pairing");
	VideoPortFreeDeviceBase(vt_ext(test), ports);
}

static void expect_contiguous(struct kunit *test, u8 *memory, size_t size)
{
	u64 start = MmGetPhysicalAddress(memory).QuadPart;
	size_t i;

	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_TRUE(test, PAGE_ALIGNED(memory));
	KUNIT_EXPECT_NULL(test, memchr_inv(memory, 0, size));
	for (i = 0; i < size; i += PAGE_SIZE)
		KUNIT_EXPECT_EQ(test, (u64)MmGetPhysicalAddress(memory + i).QuadPart,
				start + i);
}

/*
 * EX-27: MmAllocateContiguousMemory, its SpecifyCache form and MmAllocateNonCachedMemory
 * give contiguous memory, zeroed; each of the calls that free it does so
 */
static void ex_27_contiguous_memory(struct kunit *test)
{
	void *memory[4];
	unsigned int i;

	memory[0] = MmAllocateContiguousMemory(SZ_64K, vt_physical_address(VT_NO_LIMIT));
	memory[1] = vt_contiguous(SZ_64K, 0, 0xffffffff, 0);
	memory[2] = MmAllocateNonCachedMemory(SZ_64K);
	memory[3] = VideoPortAllocateContiguousMemory(vt_ext(test), SZ_64K,
						      vt_physical_address(VT_NO_LIMIT));
	vt_expect_live(test, "MmCm", "Contig", 4, 4 * SZ_64K);
	for (i = 0; i < ARRAY_SIZE(memory); i++)
		expect_contiguous(test, memory[i], SZ_64K);
	VideoPortFreeContiguousMemory(vt_ext(test), memory[0]);
	MmFreeContiguousMemorySpecifyCache(memory[1], SZ_64K, MmNonCached);
	MmFreeNonCachedMemory(memory[2], SZ_64K);
	MmFreeContiguousMemorySpecifyCache(memory[3], SZ_64K, MmCached);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

/* EX-28: The lower bound and the boundary are kept, or no memory given */
static void ex_28_bounds_of_contiguous_memory(struct kunit *test)
{
	void *memory = vt_contiguous(SZ_64K, PAGE_SIZE, VT_NO_LIMIT, SZ_64K);
	u64 start = MmGetPhysicalAddress(memory).QuadPart;

	KUNIT_EXPECT_TRUE(test, IS_ALIGNED(start, SZ_64K));
	MmFreeContiguousMemory(memory);
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_contiguous(SZ_64K, BIT_ULL(52), VT_NO_LIMIT, 0));
	vt_expect_events(test, "bad-limit", NULL, 1);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

/*
 * EX-29: A boundary that is not a power of two or less than the size, a lower bound above
 * the upper one and a size beyond 4 GiB are refused
 */
static void ex_29_impossible_contiguous_memory(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_contiguous(SZ_64K, 0, VT_NO_LIMIT, 3 * SZ_64K));
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_contiguous(SZ_64K, 0, VT_NO_LIMIT, SZ_32K));
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, vt_contiguous(SZ_64K, SZ_32M, SZ_32M - 1, 0));
	vt_expect_refused(test, "bad-parameter");
	if (!IS_ENABLED(CONFIG_64BIT))
		return;
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, MmAllocateNonCachedMemory((size_t)U32_MAX + 4097));
	vt_expect_refused(test, "bad-size");
}

/* Bounds relative to a 64 MiB boundary behind which 32 MiB are free. */
static const struct {
	size_t size;
	u64 lowest, highest;
	u64 boundary;
} searched[] = {
	{ SZ_64K, 0, SZ_32M - 1, 0 },
	{ SZ_64K, SZ_16M, SZ_16M + SZ_1M - 1, 0 },
	{ SZ_64K, SZ_16M + SZ_4K, SZ_16M + SZ_1M + SZ_8K - 1, 0 },
	{ SZ_1M, 0, SZ_32M - 1, SZ_1M },
	{ SZ_64K + SZ_128K, SZ_4M, SZ_8M - 1, SZ_256K },
	{ 100, SZ_8M, SZ_16M - 1, SZ_1K },
	{ 6 * SZ_1M, 0, SZ_32M - 1, SZ_8M },
};

/* Returns 0 if there is none: where memory that cannot move lies differs. */
static u64 searched_base(void)
{
	u64 base = round_down((u64)virt_to_phys(high_memory - 1), SZ_64M);
	void *memory = NULL;

	while (!memory && base >= SZ_128M) {
		base -= SZ_64M;
		memory = vt_contiguous(SZ_32M, base, base + SZ_32M - 1, 0);
	}
	if (!memory)
		return 0;
	MmFreeContiguousMemory(memory);
	return base;
}

static void expect_searched(struct kunit *test, u64 base, unsigned int i)
{
	u64 lowest = base + searched[i].lowest;
	u64 highest = base + searched[i].highest;
	u64 boundary = searched[i].boundary, first, last;
	void *memory;

	memory = vt_contiguous(searched[i].size, lowest, highest, boundary);
	KUNIT_ASSERT_NOT_NULL_MSG(test, memory, "bounds %u: 0x%llx to 0x%llx", i, lowest,
				  highest);
	first = MmGetPhysicalAddress(memory).QuadPart;
	last = first + searched[i].size - 1;
	KUNIT_EXPECT_GE(test, first, lowest);
	KUNIT_EXPECT_LE(test, last, highest);
	if (boundary)
		KUNIT_EXPECT_EQ(test, div64_u64(first, boundary), div64_u64(last, boundary));
	expect_contiguous(test, memory, searched[i].size);
	MmFreeContiguousMemory(memory);
}

/* EX-40: Memory between any two bounds is searched for, and within a boundary */
static void ex_40_lower_bound_is_searched(struct kunit *test)
{
	unsigned int i;
	u64 base;

	if (!IS_ENABLED(CONFIG_CONTIG_ALLOC))
		kunit_skip(test, "this kernel cannot take a range of pages");
	base = searched_base();
	KUNIT_ASSERT_NE(test, base, 0ULL);
	for (i = 0; i < ARRAY_SIZE(searched); i++)
		expect_searched(test, base, i);
	vt_expect_live(test, "MmCm", "Contig", 0, 0);
}

static struct kunit_case ex_contiguous_cases[] = {
	KUNIT_CASE(ex_23_device_memory),
	KUNIT_CASE(ex_24_mappings_are_the_ddis),
	KUNIT_CASE(ex_25_what_cannot_be_mapped),
	KUNIT_CASE(ex_26_ports_are_no_memory),
	KUNIT_CASE(ex_27_contiguous_memory),
	KUNIT_CASE(ex_28_bounds_of_contiguous_memory),
	KUNIT_CASE(ex_29_impossible_contiguous_memory),
	KUNIT_CASE(ex_40_lower_bound_is_searched),
	{}
};

struct kunit_suite vt_ex_contiguous_suite = {
	.name = "ex_contiguous",
	.init = vt_executive_init,
	.exit = vt_executive_exit,
	.test_cases = ex_contiguous_cases,
};
