// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory and ports, mapped for a driver.
 *
 * The legacy VGA window is mapped on every PC, whether something answers in it or
 * not. What has to answer is looked for on QEMU's standard VGA.
 */
#include <linux/io.h>
#include <linux/pci.h>
#include <linux/sizes.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/map.h"
#include "kunit/lib/thread.h"

/*
 * Mapping
 */

static void expect_record(struct kunit *test, const void *base, const char *means,
			  u64 size)
{
	struct vt_region region;

	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), base, &region));
	KUNIT_EXPECT_STREQ(test, region.kind, "Mapped");
	KUNIT_EXPECT_STREQ(test, region.tag, "Vprt");
	KUNIT_EXPECT_STREQ(test, region.means, means);
	KUNIT_EXPECT_EQ(test, region.size, size);
}

/*
 * MAP-01: GetDeviceBase maps device memory uncached; it is in the views as Mapped, tag
 * Vprt
 */
static void map_01_get_device_base(struct kunit *test)
{
	void *base = vt_get_window(test);
	struct vt_region region;

	expect_record(test, base, "ioremap", VT_WINDOW_SIZE);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), base, &region));
	KUNIT_EXPECT_EQ(test, region.physical, (u64)VT_WINDOW);
	vt_expect_live(test, "Vprt", "Mapped", 1, VT_WINDOW_SIZE);
	vt_free_base(test, base);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* MAP-02: MapMemory maps as GetDeviceBase does, and UnmapMemory undoes it */
static void map_02_map_memory(struct kunit *test)
{
	void *base;

	vt_need_pc(test);
	KUNIT_ASSERT_EQ(test, vt_map_window(vt_ext(test), 0, &base), NO_ERROR);
	expect_record(test, base, "ioremap", VT_WINDOW_SIZE);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

/* MAP-03: P6CACHE maps write-combining */
static void map_03_p6cache_combines_writes(struct kunit *test)
{
	void *base;

	vt_need_pc(test);
	base = vt_get_base(test, VT_WINDOW, VT_WINDOW_SIZE, VT_P6CACHE);
	expect_record(test, base, "ioremap_wc", VT_WINDOW_SIZE);
	vt_free_base(test, base);
}

/* MAP-04: A write through one mapping is read through another */
static void map_04_the_device_is_there(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 start = pci_resource_start(pdev, 0);
	u8 *all = vt_get_base(test, start, SZ_1M, VT_P6CACHE);
	u8 *part = vt_get_base(test, start + SZ_64K, SZ_64K, VT_P6CACHE);

	KUNIT_EXPECT_PTR_NE(test, part, all + SZ_64K);
	writel(0x12345678, (void __iomem __force *)(part + 16));
	KUNIT_EXPECT_EQ(test, readl((void __iomem __force *)(all + SZ_64K + 16)),
			0x12345678U);
	vt_free_base(test, part);
	vt_free_base(test, all);
}

/* MAP-05: Ports come back as their number and are recorded */
static void map_05_ports_are_numbers(struct kunit *test)
{
	u32 length = VT_NR_PORTS, flags = VIDEO_MEMORY_SPACE_IO;
	void *base, *again = NULL;

	vt_need_pc(test);
	base = vt_get_base(test, VT_PORTS, VT_NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	KUNIT_EXPECT_EQ(test, (unsigned long)base, (unsigned long)VT_PORTS);
	expect_record(test, base, "port", VT_NR_PORTS);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), vt_physical(VT_PORTS),
						 &length, &flags, &again), NO_ERROR);
	KUNIT_EXPECT_PTR_EQ(test, again, base);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base + 5, NULL),
			NO_ERROR);
	vt_free_base(test, base);
}

/*
 * MAP-06: Port mappings that overlap are undone each on its own
 *
 * A mapping of the same ports with another length is a second one, at the same address.
 */
static void map_06_ports_that_overlap(struct kunit *test)
{
	void *wide, *narrow;

	vt_need_pc(test);
	wide = vt_get_base(test, 0x3b0, 0x30, VIDEO_MEMORY_SPACE_IO);
	narrow = vt_get_base(test, VT_PORTS, 1, VIDEO_MEMORY_SPACE_IO);
	vt_get_base(test, VT_PORTS, VT_NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 3U);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), narrow, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), narrow, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 1U);
	vt_free_base(test, wide);
}

/*
 * MAP-07: Same base, same kind and no longer: shared and counted
 *
 * The test unmaps nothing in between, so that no address is reused.
 */
static void map_07_same_base_is_shared(struct kunit *test)
{
	void *base = vt_get_window(test), *again, *shorter;

	KUNIT_EXPECT_EQ(test, vt_map_window(vt_ext(test), 0, &again), NO_ERROR);
	shorter = vt_get_base(test, VT_WINDOW, 100, 0);
	KUNIT_EXPECT_PTR_EQ(test, again, base);
	KUNIT_EXPECT_PTR_EQ(test, shorter, base);
	vt_expect_live(test, "Vprt", "Mapped", 1, VT_WINDOW_SIZE);
	vt_free_base(test, base);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base, NULL), NO_ERROR);
	vt_expect_live(test, "Vprt", "Mapped", 1, VT_WINDOW_SIZE);
	vt_free_base(test, base);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, base, "double-free");
}

/* MAP-08: A longer mapping is another one */
static void map_08_longer_is_not_shared(struct kunit *test)
{
	void *base = vt_get_window(test);
	void *longer = vt_get_base(test, VT_WINDOW, VT_WINDOW_SIZE + 1, 0);

	KUNIT_EXPECT_PTR_NE(test, longer, base);
	vt_expect_live(test, "Vprt", "Mapped", 2, 2 * VT_WINDOW_SIZE + 1);
	vt_free_base(test, base);
	vt_free_base(test, longer);
}

/* MAP-09: Adapters do not share, and cannot undo each other's */
static void map_09_each_adapter_has_its_own(struct kunit *test)
{
	void *base = vt_get_window(test), *ports, *other_base;
	void *other = vt_attach_another(test);

	other_base = VideoPortGetDeviceBase(other, vt_physical(VT_WINDOW), VT_WINDOW_SIZE,
					    0);
	KUNIT_EXPECT_PTR_NE(test, other_base, base);
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, other_base,
			       "wrong-adapter");
	ports = VideoPortGetDeviceBase(other, vt_physical(VT_PORTS), VT_NR_PORTS,
				       VIDEO_MEMORY_SPACE_IO);
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, ports, "wrong-adapter");
	vt_get_base(test, VT_PORTS, VT_NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	vt_free_base(test, ports);
	VideoPortFreeDeviceBase(other, ports);
	VideoPortFreeDeviceBase(other, other_base);
	vt_free_base(test, base);
}

/* MAP-27: Length and InIoSpace are left as they were; DENSE is ignored */
static void map_27_length_and_flags_are_left(struct kunit *test)
{
	u32 length = 100, flags = VT_P6CACHE | VIDEO_MEMORY_SPACE_DENSE;
	void *base = NULL;

	vt_need_pc(test);
	vt_remember(test);
	KUNIT_ASSERT_EQ(test, VideoPortMapMemory(vt_ext(test), vt_physical(VT_WINDOW + 4),
						 &length, &flags, &base), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, length, 100U);
	KUNIT_EXPECT_EQ(test, flags, (u32)(VT_P6CACHE | VIDEO_MEMORY_SPACE_DENSE));
	KUNIT_EXPECT_EQ(test, offset_in_page(base), 4UL);
	vt_free_base(test, base);
}

/* MAP-28: Unknown bits of InIoSpace are logged and ignored */
static void map_28_unknown_flags(struct kunit *test)
{
	void *base;

	vt_need_pc(test);
	vt_remember(test);
	base = vt_get_base(test, VT_WINDOW, 100, 0x80);
	vt_expect_events(test, "bad-parameter", NULL, 1);
	expect_record(test, base, "ioremap", 100);
	vt_free_base(test, base);
}

/*
 * MAP-61: Contiguous memory of the adapter can be mapped by its physical address, and no
 * other memory
 *
 * A driver for a device without video memory may use it as frame buffer.
 */
static void map_61_own_contiguous_memory(struct kunit *test)
{
	void *other = vt_attach_another(test), *ext = vt_ext(test);
	PHYSICAL_ADDRESS highest = { .QuadPart = -1 }, start;
	u32 length = 3 * PAGE_SIZE - 7, flags = 0;
	u8 *block, *map = NULL;

	block = VideoPortAllocateContiguousMemory(ext, 3 * PAGE_SIZE, highest);
	KUNIT_ASSERT_NOT_NULL(test, block);
	start = MmGetPhysicalAddress(block);
	start.QuadPart += 7;
	KUNIT_ASSERT_EQ(test, VideoPortMapMemory(ext, start, &length, &flags,
						 (PVOID *)&map), NO_ERROR);
	expect_record(test, map, "vmap", length);
	block[7] = 0x5a;
	KUNIT_EXPECT_EQ(test, map[0], 0x5a);
	map[length - 1] = 0xa5;
	KUNIT_EXPECT_EQ(test, block[3 * PAGE_SIZE - 1], 0xa5);
	/* Try a byte more, and another adapter. */
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(ext, start, length + 1, 0));
	vt_expect_refused(test, "bad-range");
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(other, start, length, 0));
	vt_free_base(test, map);
	VideoPortFreeContiguousMemory(ext, block);
}

/* MAP-33: Verify mode does not write to device memory */
static void map_33_verify_mode_leaves_device_memory(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 start = pci_resource_start(pdev, 0);
	u8 *watch, *base;

	watch = vt_get_base(test, start, SZ_64K, VT_P6CACHE);
	writeb(0x77, (void __iomem __force *)watch + 100);
	writeb(0x78, (void __iomem __force *)watch + SZ_4K + 1);
	vt_verify(test, true);
	base = vt_get_base(test, start + 1, SZ_4K, VT_P6CACHE);
	expect_record(test, base, "ioremap_wc", SZ_4K);
	vt_free_base(test, base);
	vt_verify(test, false);
	KUNIT_EXPECT_EQ(test, readb((void __iomem __force *)watch + 100), 0x77);
	KUNIT_EXPECT_EQ(test, readb((void __iomem __force *)watch + SZ_4K + 1), 0x78);
	vt_free_base(test, watch);
}

/*
 * Cache types
 */

static void expect_same_way(struct kunit *test, u64 start, u32 length, u8 flags,
			    const char *means)
{
	void *base;

	vt_remember(test);
	base = vt_get_base(test, start, length, flags);
	vt_expect_events(test, "mismatch", NULL, 1);
	expect_record(test, base, means, length);
	vt_free_base(test, base);
}

/*
 * MAP-10: The first mapping of a page decides on P6CACHE; a mapping that needs both ways
 * is refused
 */
static void map_10_p6cache_has_to_agree(struct kunit *test)
{
	void *base = vt_get_window(test), *other;

	expect_same_way(test, VT_WINDOW, VT_WINDOW_SIZE, VT_P6CACHE, "ioremap");
	expect_same_way(test, VT_WINDOW - 1 + VT_WINDOW_SIZE, 2, VT_P6CACHE, "ioremap");
	vt_free_base(test, base);
	base = vt_get_base(test, VT_WINDOW + 16, 16, VT_P6CACHE);
	expect_same_way(test, VT_WINDOW, VT_WINDOW_SIZE, 0, "ioremap_wc");
	/* Map other bytes of the same page. */
	expect_same_way(test, VT_WINDOW + 64, 16, 0, "ioremap_wc");
	other = vt_get_base(test, VT_WINDOW + PAGE_SIZE, 16, 0);
	/* Map a page in each way: none serves for both. */
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(vt_ext(test), vt_physical(VT_WINDOW),
						       VT_WINDOW_SIZE, VT_P6CACHE));
	vt_expect_refused(test, "mismatch");
	vt_free_base(test, other);
	vt_free_base(test, base);
}

/*
 * MAP-11: The first mapping of a page decides on P6CACHE also for mappings of other
 * adapters
 */
static void map_11_p6cache_agrees_with_all_adapters(struct kunit *test)
{
	void *other = vt_attach_another(test), *base;

	vt_need_pc(test);
	KUNIT_ASSERT_EQ(test, vt_map_window(other, VT_P6CACHE, &base), NO_ERROR);
	expect_same_way(test, VT_WINDOW, VT_WINDOW_SIZE, 0, "ioremap_wc");
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(other, base, NULL), NO_ERROR);
	vt_free_base(test, vt_get_base(test, VT_WINDOW, VT_WINDOW_SIZE, 0));
}

/* MAP-12: MapMemory does the same */
static void map_12_map_memory_that_disagrees(struct kunit *test)
{
	void *base = vt_get_window(test), *again;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_map_window(vt_ext(test), VT_P6CACHE, &again), NO_ERROR);
	vt_expect_events(test, "mismatch", NULL, 1);
	/* Single mapping, with two users */
	KUNIT_EXPECT_PTR_EQ(test, again, base);
	vt_free_base(test, again);
	vt_free_base(test, base);
}

/*
 * Several at once, who share what they map
 */

#define ROUNDS	200

struct storm {
	void *ext;
	atomic_t failures;
};

static void storm_round(struct storm *storm, unsigned int round)
{
	void *base = VideoPortGetDeviceBase(storm->ext, vt_physical(VT_WINDOW),
					    VT_WINDOW_SIZE - round % 3 * 100, 0);

	if (!base)
		atomic_inc(&storm->failures);
	else if (round & 1)
		VideoPortFreeDeviceBase(storm->ext, base);
	else if (VideoPortUnmapMemory(storm->ext, base + round, NULL) != NO_ERROR)
		atomic_inc(&storm->failures);
}

static void storm_work(void *data)
{
	unsigned int round;

	for (round = 0; round < ROUNDS; round++)
		storm_round(data, round);
}

/* MAP-37: Several threads may share at once */
static void map_37_storm(struct kunit *test)
{
	struct storm storm = { .ext = vt_ext(test) };

	vt_need_pc(test);
	vt_remember(test);
	vt_in_threads(test, storm_work, &storm);
	KUNIT_EXPECT_EQ(test, atomic_read(&storm.failures), 0);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * Ownership of ranges
 */

/* MAP-35: Ranges of the device and of legacy VGA are not logged */
static void map_35_own_ranges(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);

	vt_remember(test);
	vt_free_base(test, vt_get_base(test, pci_resource_start(pdev, 0), SZ_64K, 0));
	vt_free_base(test, vt_get_base(test, pci_resource_start(pdev, 2) + 0x500, 22, 0));
	vt_free_base(test, vt_get_base(test, VT_WINDOW, 0x60000, 0));
	vt_free_base(test, vt_get_base(test, 0x3b0, 0x30, VIDEO_MEMORY_SPACE_IO));
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * MAP-36: A range outside of the device is mapped, logged and counted once
 *
 * The driver may need it, so it is mapped anyway.
 */
static void map_36_foreign_range_is_named(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 end = pci_resource_end(pdev, 2);
	void *base;

	vt_remember(test);
	base = vt_get_base(test, end, 2, 0);
	vt_expect_events(test, "foreign-range", NULL, 1);
	KUNIT_EXPECT_PTR_EQ(test, vt_get_base(test, end, 2, 0), base);
	vt_expect_events(test, "foreign-range", NULL, 1);
	vt_free_base(test, base);
	vt_free_base(test, base);
	vt_remember(test);
	vt_free_base(test, vt_get_base(test, 0x1ce, 3, VIDEO_MEMORY_SPACE_IO));
	vt_expect_events(test, "foreign-range", NULL, 1);
}

static struct kunit_case map_cases[] = {
	KUNIT_CASE(map_01_get_device_base),
	KUNIT_CASE(map_02_map_memory),
	KUNIT_CASE(map_03_p6cache_combines_writes),
	KUNIT_CASE(map_04_the_device_is_there),
	KUNIT_CASE(map_05_ports_are_numbers),
	KUNIT_CASE(map_06_ports_that_overlap),
	KUNIT_CASE(map_07_same_base_is_shared),
	KUNIT_CASE(map_08_longer_is_not_shared),
	KUNIT_CASE(map_09_each_adapter_has_its_own),
	KUNIT_CASE(map_10_p6cache_has_to_agree),
	KUNIT_CASE(map_11_p6cache_agrees_with_all_adapters),
	KUNIT_CASE(map_12_map_memory_that_disagrees),
	KUNIT_CASE(map_27_length_and_flags_are_left),
	KUNIT_CASE(map_28_unknown_flags),
	KUNIT_CASE(map_61_own_contiguous_memory),
	KUNIT_CASE(map_33_verify_mode_leaves_device_memory),
	KUNIT_CASE(map_35_own_ranges),
	KUNIT_CASE(map_36_foreign_range_is_named),
	KUNIT_CASE(map_37_storm),
	{}
};

struct kunit_suite vt_map_suite = {
	.name = "map",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = map_cases,
};
