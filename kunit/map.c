// SPDX-License-Identifier: GPL-2.0-only
/*
 * Device memory and ports, mapped for a driver and for a process, and ROM images.
 *
 * The legacy VGA window is mapped on every PC, whether something answers in it or
 * not. What has to answer is looked for on QEMU's standard VGA.
 */
#include <linux/anon_inodes.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/kthread.h>
#include <linux/mman.h>
#include <linux/pci.h>
#include <linux/sizes.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "helpers.h"

#define WINDOW		0xa0000
#define WINDOW_SIZE	0x10000
#define PORTS		0x3c0
#define NR_PORTS	0x20

#define P6CACHE		VIDEO_MEMORY_SPACE_P6CACHE

static PHYSICAL_ADDRESS physical(u64 address)
{
	return (PHYSICAL_ADDRESS){ .QuadPart = address };
}

static void *get_base(struct kunit *test, u64 start, u32 length, u8 flags)
{
	void *base = VideoPortGetDeviceBase(vt_ext(test), physical(start), length, flags);

	KUNIT_ASSERT_NOT_NULL_MSG(test, base, "0x%llx, 0x%x, flags %u", start, length,
				  flags);
	return base;
}

static void *get_window(struct kunit *test)
{
	vt_need_pc(test);
	return get_base(test, WINDOW, WINDOW_SIZE, 0);
}

static void free_base(struct kunit *test, void *base)
{
	VideoPortFreeDeviceBase(vt_ext(test), base);
}

static VP_STATUS map_window(void *ext, u32 flags, void **base)
{
	ULONG length = WINDOW_SIZE;

	*base = NULL;
	return VideoPortMapMemory(ext, physical(WINDOW), &length, &flags, base);
}

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

static void map_01_get_device_base(struct kunit *test)
{
	void *base = get_window(test);
	struct vt_region region;

	expect_record(test, base, "ioremap", WINDOW_SIZE);
	KUNIT_ASSERT_TRUE(test, vt_find_region(test, vt_ext(test), base, &region));
	KUNIT_EXPECT_EQ(test, region.physical, (u64)WINDOW);
	vt_expect_live(test, "Vprt", "Mapped", 1, WINDOW_SIZE);
	free_base(test, base);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static void map_02_map_memory(struct kunit *test)
{
	void *base;

	vt_need_pc(test);
	KUNIT_ASSERT_EQ(test, map_window(vt_ext(test), 0, &base), NO_ERROR);
	expect_record(test, base, "ioremap", WINDOW_SIZE);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static void map_03_p6cache_combines_writes(struct kunit *test)
{
	void *base;

	vt_need_pc(test);
	base = get_base(test, WINDOW, WINDOW_SIZE, P6CACHE);
	expect_record(test, base, "ioremap_wc", WINDOW_SIZE);
	free_base(test, base);
}

static void map_04_the_device_is_there(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 start = pci_resource_start(pdev, 0);
	u8 *all = get_base(test, start, SZ_1M, P6CACHE);
	u8 *part = get_base(test, start + SZ_64K, SZ_64K, P6CACHE);

	KUNIT_EXPECT_PTR_NE(test, part, all + SZ_64K);
	writel(0x12345678, (void __iomem __force *)(part + 16));
	KUNIT_EXPECT_EQ(test, readl((void __iomem __force *)(all + SZ_64K + 16)),
			0x12345678U);
	free_base(test, part);
	free_base(test, all);
}

static void map_05_ports_are_numbers(struct kunit *test)
{
	u32 length = NR_PORTS, flags = VIDEO_MEMORY_SPACE_IO;
	void *base, *again = NULL;

	vt_need_pc(test);
	base = get_base(test, PORTS, NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	KUNIT_EXPECT_EQ(test, (unsigned long)base, (unsigned long)PORTS);
	expect_record(test, base, "port", NR_PORTS);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(PORTS), &length,
						 &flags, &again), NO_ERROR);
	KUNIT_EXPECT_PTR_EQ(test, again, base);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base + 5, NULL),
			NO_ERROR);
	free_base(test, base);
}

/* The same ports with another length are another mapping, with the same address. */
static void map_06_ports_that_overlap(struct kunit *test)
{
	void *wide, *narrow;

	vt_need_pc(test);
	wide = get_base(test, 0x3b0, 0x30, VIDEO_MEMORY_SPACE_IO);
	narrow = get_base(test, PORTS, 1, VIDEO_MEMORY_SPACE_IO);
	get_base(test, PORTS, NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 3U);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), narrow, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), narrow, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 1U);
	free_base(test, wide);
}

/* Before anything is unmapped, so that no address comes back by chance. */
static void map_07_same_base_is_shared(struct kunit *test)
{
	void *base = get_window(test), *again, *shorter;

	KUNIT_EXPECT_EQ(test, map_window(vt_ext(test), 0, &again), NO_ERROR);
	shorter = get_base(test, WINDOW, 100, 0);
	KUNIT_EXPECT_PTR_EQ(test, again, base);
	KUNIT_EXPECT_PTR_EQ(test, shorter, base);
	vt_expect_live(test, "Vprt", "Mapped", 1, WINDOW_SIZE);
	free_base(test, base);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base, NULL), NO_ERROR);
	vt_expect_live(test, "Vprt", "Mapped", 1, WINDOW_SIZE);
	free_base(test, base);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, base, "double-free");
}

static void map_08_longer_is_not_shared(struct kunit *test)
{
	void *base = get_window(test);
	void *longer = get_base(test, WINDOW, WINDOW_SIZE + 1, 0);

	KUNIT_EXPECT_PTR_NE(test, longer, base);
	vt_expect_live(test, "Vprt", "Mapped", 2, 2 * WINDOW_SIZE + 1);
	free_base(test, base);
	free_base(test, longer);
}

static void map_09_each_adapter_has_its_own(struct kunit *test)
{
	void *base = get_window(test), *ports, *other_base;
	void *other = vt_attach_another(test);

	other_base = VideoPortGetDeviceBase(other, physical(WINDOW), WINDOW_SIZE, 0);
	KUNIT_EXPECT_PTR_NE(test, other_base, base);
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, other_base,
			       "wrong-adapter");
	ports = VideoPortGetDeviceBase(other, physical(PORTS), NR_PORTS,
				       VIDEO_MEMORY_SPACE_IO);
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, ports, "wrong-adapter");
	get_base(test, PORTS, NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	free_base(test, ports);
	VideoPortFreeDeviceBase(other, ports);
	VideoPortFreeDeviceBase(other, other_base);
	free_base(test, base);
}

/*
 * Cache types
 */

static void expect_same_way(struct kunit *test, u64 start, u32 length, u8 flags,
			    const char *means)
{
	void *base;

	vt_remember(test);
	base = get_base(test, start, length, flags);
	vt_expect_events(test, "mismatch", NULL, 1);
	expect_record(test, base, means, length);
	free_base(test, base);
}

static void map_10_p6cache_has_to_agree(struct kunit *test)
{
	void *base = get_window(test), *other;

	expect_same_way(test, WINDOW, WINDOW_SIZE, P6CACHE, "ioremap");
	expect_same_way(test, WINDOW - 1 + WINDOW_SIZE, 2, P6CACHE, "ioremap");
	free_base(test, base);
	base = get_base(test, WINDOW + 16, 16, P6CACHE);
	expect_same_way(test, WINDOW, WINDOW_SIZE, 0, "ioremap_wc");
	/* Not the same bytes, but the same page. */
	expect_same_way(test, WINDOW + 64, 16, 0, "ioremap_wc");
	other = get_base(test, WINDOW + PAGE_SIZE, 16, 0);
	/* One page in each way: there is none for both. */
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(vt_ext(test), physical(WINDOW),
						       WINDOW_SIZE, P6CACHE));
	vt_expect_refused(test, "mismatch");
	free_base(test, other);
	free_base(test, base);
}

static void map_11_p6cache_agrees_with_all_adapters(struct kunit *test)
{
	void *other = vt_attach_another(test), *base;

	vt_need_pc(test);
	KUNIT_ASSERT_EQ(test, map_window(other, P6CACHE, &base), NO_ERROR);
	expect_same_way(test, WINDOW, WINDOW_SIZE, 0, "ioremap_wc");
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(other, base, NULL), NO_ERROR);
	free_base(test, get_base(test, WINDOW, WINDOW_SIZE, 0));
}

static void map_12_map_memory_that_disagrees(struct kunit *test)
{
	void *base = get_window(test), *again;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, map_window(vt_ext(test), P6CACHE, &again), NO_ERROR);
	vt_expect_events(test, "mismatch", NULL, 1);
	/* One mapping, with two users. */
	KUNIT_EXPECT_PTR_EQ(test, again, base);
	free_base(test, again);
	free_base(test, base);
}

/*
 * Unmapping
 */

static void map_13_free_wants_the_base(struct kunit *test)
{
	void *base = get_window(test);

	vt_expect_free_refused(test, VideoPortFreeDeviceBase, base + 1, "bad-pointer");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, base + PAGE_SIZE,
			       "bad-pointer");
	free_base(test, base);
}

static void map_14_unmap_takes_any_address_inside(struct kunit *test)
{
	static const unsigned long offsets[] = { 0, 1, 4097, WINDOW_SIZE - 1 };
	void *base;
	int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++) {
		base = get_window(test);
		KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base + offsets[i],
							   NULL), NO_ERROR);
		KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	}
}

static void unmap_87(void *ext, void *address)
{
	VP_STATUS status = VideoPortUnmapMemory(ext, address, NULL);

	WARN(status != ERROR_INVALID_PARAMETER, "status %d", status);
}

static void map_15_unmap_outside(struct kunit *test)
{
	void *base = get_window(test);

	vt_expect_free_refused(test, unmap_87, base + WINDOW_SIZE, "bad-pointer");
	vt_expect_free_refused(test, unmap_87, base - 1, "bad-pointer");
	free_base(test, base);
	vt_expect_free_refused(test, unmap_87, base, "double-free");
}

static void map_16_null_is_counted(struct kunit *test)
{
	vt_expect_free_refused(test, unmap_87, NULL, "null-free");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, NULL, "null-free");
}

static void map_17_foreign_pointer(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);

	vt_expect_free_refused(test, unmap_87, address, "bad-pointer");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, address, "bad-pointer");
}

static void map_18_other_blocks_are_refused(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);

	vt_expect_free_refused(test, unmap_87, block, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreeDeviceBase, block, "wrong-pairing");
	VideoPortFreePool(vt_ext(test), block);
}

static void map_19_other_frees_are_refused(struct kunit *test)
{
	void *base = get_window(test), *ports;

	ports = get_base(test, PORTS, NR_PORTS, VIDEO_MEMORY_SPACE_IO);
	vt_expect_free_refused(test, VideoPortFreePool, base, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, base, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortFreePool, ports, "wrong-pairing");
	free_base(test, ports);
	free_base(test, base);
}

static void map_20_unmap_of_a_process(struct kunit *test)
{
	void *base = get_window(test);

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(vt_ext(test), base, (HANDLE)0x1234),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	free_base(test, base);
}

/*
 * What is refused
 */

static void expect_map_refused(struct kunit *test, u64 start, u32 length, u32 flags,
			       const char *event)
{
	void *base = NULL;

	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(vt_ext(test), physical(start),
						       length, flags));
	vt_expect_refused(test, event);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(start), &length,
						 &flags, &base),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, base);
	vt_expect_refused(test, event);
}

static void map_21_null_arguments(struct kunit *test)
{
	u32 length = PAGE_SIZE, flags = 0;
	void *base = NULL;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(WINDOW), NULL,
						 &flags, &base),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(WINDOW), &length,
						 NULL, &base),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(WINDOW), &length,
						 &flags, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

static void map_22_zero_length(struct kunit *test)
{
	expect_map_refused(test, WINDOW, 0, 0, "zero-length");
	expect_map_refused(test, PORTS, 0, VIDEO_MEMORY_SPACE_IO, "zero-length");
}

static void map_23_beyond_the_end(struct kunit *test)
{
	u64 end = iomem_resource.end;

	expect_map_refused(test, U64_MAX, 2, 0, "bad-range");
	expect_map_refused(test, U64_MAX - PAGE_SIZE + 1, U32_MAX, 0, "bad-range");
	expect_map_refused(test, end, 2, P6CACHE, "bad-range");
	expect_map_refused(test, 0, 4, VIDEO_MEMORY_SPACE_IO, "bad-range");
	expect_map_refused(test, 0xffff, 2, VIDEO_MEMORY_SPACE_IO, "bad-range");
	expect_map_refused(test, 0x1000003c0, 2, VIDEO_MEMORY_SPACE_IO, "bad-range");
}

static void map_24_system_memory(struct kunit *test)
{
	void *block = vt_alloc(test, VpNonPagedPool, PAGE_SIZE);
	u64 address = virt_to_phys(block);

	expect_map_refused(test, address, PAGE_SIZE, 0, "bad-range");
	expect_map_refused(test, address, 1, P6CACHE, "bad-range");
	/* Memory and a hole are no better than memory. */
	expect_map_refused(test, address, SZ_2G, 0, "bad-range");
	VideoPortFreePool(vt_ext(test), block);
}

/* The log takes ten messages of a kind in five seconds, which others may have used. */
static bool refusal_is_said(struct kunit *test)
{
	u64 mark = vt_log_mark();
	int i;

	for (i = 0; i < 2; i++) {
		expect_map_refused(test, WINDOW, WINDOW_SIZE,
				   VIDEO_MEMORY_SPACE_USER_MODE, "bad-parameter");
		if (vt_log_count(mark, "VideoPortMapMemory", "vpmem_mmap()"))
			return true;
		msleep(5100);
	}
	return false;
}

static void map_25_into_a_process(struct kunit *test)
{
	u32 length = WINDOW_SIZE, flags = 0;
	void *base = (HANDLE)0x1234;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(WINDOW), &length,
						 &flags, &base),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, base);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_TRUE(test, refusal_is_said(test));
}

static void map_26_no_adapter(struct kunit *test)
{
	void *ext = vt_detached_extension(test), *base;

	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(ext, physical(WINDOW), 1, 0));
	KUNIT_EXPECT_EQ(test, map_window(ext, 0, &base), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortUnmapMemory(ext, &base, NULL),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(ext, NULL, 0, 64));
}

static void map_27_length_and_flags_are_left(struct kunit *test)
{
	u32 length = 100, flags = P6CACHE | VIDEO_MEMORY_SPACE_DENSE;
	void *base = NULL;

	vt_need_pc(test);
	vt_remember(test);
	KUNIT_ASSERT_EQ(test, VideoPortMapMemory(vt_ext(test), physical(WINDOW + 4),
						 &length, &flags, &base), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, length, 100U);
	KUNIT_EXPECT_EQ(test, flags, (u32)(P6CACHE | VIDEO_MEMORY_SPACE_DENSE));
	KUNIT_EXPECT_EQ(test, offset_in_page(base), 4UL);
	free_base(test, base);
}

static void map_28_unknown_flags(struct kunit *test)
{
	void *base;

	vt_need_pc(test);
	vt_remember(test);
	base = get_base(test, WINDOW, 100, 0x80);
	vt_expect_events(test, "bad-parameter", NULL, 1);
	expect_record(test, base, "ioremap", 100);
	free_base(test, base);
}

/* What a driver for a device without memory of its own has for a frame buffer. */
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
	/* Not a byte more, and not by another adapter. */
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(ext, start, length + 1, 0));
	vt_expect_refused(test, "bad-range");
	KUNIT_EXPECT_NULL(test, VideoPortGetDeviceBase(other, start, length, 0));
	free_base(test, map);
	VideoPortFreeContiguousMemory(ext, block);
}

static void map_29_banked_memory(struct kunit *test)
{
	u32 length = WINDOW_SIZE, flags = 0;
	void *base = NULL;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortMapBankedMemory(vt_ext(test), physical(WINDOW),
						       &length, &flags, &base,
						       WINDOW_SIZE, true, NULL, NULL),
			ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_NULL(test, base);
	vt_expect_events(test, "unsupported", NULL, 1);
}

/*
 * Contexts
 */

struct atomic_map {
	void *ext;
	void *base;
	VP_STATUS status;
};

static void atomic_map(void *data)
{
	struct atomic_map *job = data;

	job->status = map_window(job->ext, 0, &job->base);
}

static void atomic_unmap(void *data)
{
	struct atomic_map *job = data;

	job->status = VideoPortUnmapMemory(job->ext, job->base + 1, NULL);
}

static void map_30_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_map job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	context->run(atomic_map, &job);
	KUNIT_EXPECT_EQ(test, job.status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_NULL(test, job.base);
	vt_expect_failures(test, "Vprt", "Mapped", 1, "context");
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_ext(test), "bad-context"), 1UL);
}

/* What is still mapped, because that may sleep, disagrees with nothing. */
static void map_31_unmap_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_map job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	job.base = get_window(test);
	context->run(atomic_unmap, &job);
	KUNIT_EXPECT_EQ(test, job.status, NO_ERROR);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	free_base(test, get_base(test, WINDOW, WINDOW_SIZE, P6CACHE));
}

/*
 * Lifetime
 */

static void map_32_detach_unmaps(struct kunit *test)
{
	void *ext = vt_attach_another(test), *base;
	u64 mark = vt_log_mark();

	vt_need_pc(test);
	KUNIT_ASSERT_EQ(test, map_window(ext, P6CACHE, &base), NO_ERROR);
	KUNIT_ASSERT_EQ(test, map_window(ext, P6CACHE, &base), NO_ERROR);
	vt_detach(test, ext);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Vprt", "Mapped: 1 blocks"), 1U);
	free_base(test, get_base(test, WINDOW, WINDOW_SIZE, 0));
}

static void map_33_verify_mode_leaves_device_memory(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 start = pci_resource_start(pdev, 0);
	u8 *watch, *base;

	watch = get_base(test, start, SZ_64K, P6CACHE);
	writeb(0x77, (void __iomem __force *)watch + 100);
	writeb(0x78, (void __iomem __force *)watch + SZ_4K + 1);
	vt_verify(test, true);
	base = get_base(test, start + 1, SZ_4K, P6CACHE);
	expect_record(test, base, "ioremap_wc", SZ_4K);
	free_base(test, base);
	vt_verify(test, false);
	KUNIT_EXPECT_EQ(test, readb((void __iomem __force *)watch + 100), 0x77);
	KUNIT_EXPECT_EQ(test, readb((void __iomem __force *)watch + SZ_4K + 1), 0x78);
	free_base(test, watch);
}

static bool base_call(struct kunit *test, void *data)
{
	void **base = data;

	*base = VideoPortGetDeviceBase(vt_ext(test), physical(WINDOW), WINDOW_SIZE, 0);
	return *base;
}

static void base_undo(struct kunit *test, void *data)
{
	void **base = data;

	free_base(test, *base);
}

static void base_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_failures(test, "Vprt", "Mapped", failures, "no-memory");
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static bool memory_call(struct kunit *test, void *data)
{
	return map_window(vt_ext(test), P6CACHE, data) == NO_ERROR;
}

static void memory_failed(struct kunit *test, void *data, unsigned int failures)
{
	void **base = data;

	KUNIT_EXPECT_NULL(test, *base);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
}

static void map_34_no_memory(struct kunit *test)
{
	static const struct vt_fault_site by_base = { base_call, base_undo, base_failed };
	static const struct vt_fault_site by_memory = { memory_call, base_undo,
							memory_failed };
	void *base;

	vt_need_pc(test);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &by_base, &base), 0U);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &by_memory, &base), 0U);
}

/*
 * Several at once, who share what they map
 */

#define STORM_THREADS	4
#define STORM_ROUNDS	200

struct storm {
	void *ext;
	atomic_t failures;
	atomic_t left;
	struct completion done;
};

static void storm_round(struct storm *storm, unsigned int round)
{
	void *base = VideoPortGetDeviceBase(storm->ext, physical(WINDOW),
					    WINDOW_SIZE - round % 3 * 100, 0);

	if (!base)
		atomic_inc(&storm->failures);
	else if (round & 1)
		VideoPortFreeDeviceBase(storm->ext, base);
	else if (VideoPortUnmapMemory(storm->ext, base + round, NULL) != NO_ERROR)
		atomic_inc(&storm->failures);
}

static int storm_thread(void *data)
{
	struct storm *storm = data;
	unsigned int round;

	for (round = 0; round < STORM_ROUNDS; round++)
		storm_round(storm, round);
	if (atomic_dec_and_test(&storm->left))
		complete(&storm->done);
	return 0;
}

static void map_37_storm(struct kunit *test)
{
	struct storm storm = { .ext = vt_ext(test) };
	int i;

	vt_need_pc(test);
	init_completion(&storm.done);
	/* Of each thread, and of the one that starts them. */
	atomic_set(&storm.left, STORM_THREADS + 1);
	vt_remember(test);
	for (i = 0; i < STORM_THREADS; i++)
		if (IS_ERR(kthread_run(storm_thread, &storm, "vpmem-storm")))
			atomic_dec(&storm.left);
	if (!atomic_dec_and_test(&storm.left))
		wait_for_completion(&storm.done);
	KUNIT_EXPECT_EQ(test, atomic_read(&storm.failures), 0);
	vt_expect_live(test, "Vprt", "Mapped", 0, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * Whose it is
 */

static void map_35_own_ranges(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);

	vt_remember(test);
	free_base(test, get_base(test, pci_resource_start(pdev, 0), SZ_64K, 0));
	free_base(test, get_base(test, pci_resource_start(pdev, 2) + 0x500, 22, 0));
	free_base(test, get_base(test, WINDOW, 0x60000, 0));
	free_base(test, get_base(test, 0x3b0, 0x30, VIDEO_MEMORY_SPACE_IO));
	vt_expect_events(test, NULL, NULL, 0);
}

/* Nothing says that a driver cannot need it, so it is mapped all the same. */
static void map_36_foreign_range_is_named(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	u64 end = pci_resource_end(pdev, 2);
	void *base;

	vt_remember(test);
	base = get_base(test, end, 2, 0);
	vt_expect_events(test, "foreign-range", NULL, 1);
	KUNIT_EXPECT_PTR_EQ(test, get_base(test, end, 2, 0), base);
	vt_expect_events(test, "foreign-range", NULL, 1);
	free_base(test, base);
	free_base(test, base);
	vt_remember(test);
	free_base(test, get_base(test, 0x1ce, 3, VIDEO_MEMORY_SPACE_IO));
	vt_expect_events(test, "foreign-range", NULL, 1);
}

/*
 * Processes: the first one lends its address space
 */

struct area {
	void *ext;
	u64 start;
	u32 length;
	u32 flags;
	/* Of the process */
	unsigned long bytes;
	unsigned long offset;
	unsigned long sharing;
};

static int area_mmap(struct file *file, struct vm_area_struct *vma)
{
	const struct area *area = file->private_data;

	return vpmem_mmap(area->ext, vma, physical(area->start), area->length,
			  area->flags);
}

static const struct file_operations area_fops = {
	.mmap = area_mmap,
};

/* The address, or -errno. Without an assertion: the address space is borrowed. */
static unsigned long area_map(struct area *area)
{
	struct file *file;
	unsigned long address;

	file = anon_inode_getfile("vpmem-kunit", &area_fops, area, O_RDWR);
	if (IS_ERR(file))
		return PTR_ERR(file);
	address = vm_mmap(file, 0, area->bytes, PROT_READ | PROT_WRITE, area->sharing,
			  area->offset);
	fput(file);
	return address;
}

static void expect_area_refused(struct kunit *test, struct area *area, int err,
				const char *event)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long address;

	vt_remember(test);
	address = area_map(area);
	if (!IS_ERR_VALUE(address))
		vm_munmap(address, area->bytes);
	vt_return_mm(mm);
	KUNIT_EXPECT_EQ(test, (long)address, (long)err);
	vt_expect_untouched(test);
	vt_expect_events(test, event, NULL, event ? 1 : 0);
}

static struct area frame_buffer(struct kunit *test, struct pci_dev *pdev)
{
	return (struct area){
		.ext = vt_ext(test),
		.start = pci_resource_start(pdev, 0),
		.length = 100 * PAGE_SIZE - 100,
		.flags = P6CACHE,
		.bytes = 2 * PAGE_SIZE,
		.offset = 3 * PAGE_SIZE,
		.sharing = MAP_SHARED,
	};
}

static void map_40_mmap(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	struct area area = frame_buffer(test, pdev);
	u8 *base = get_base(test, area.start, SZ_1M, P6CACHE);
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long address;
	int err = -EFAULT;
	u32 seen = 0;

	writel(0xcafe1234, (void __iomem __force *)(base + area.offset + PAGE_SIZE));
	address = area_map(&area);
	if (!IS_ERR_VALUE(address)) {
		err = get_user(seen, (u32 __user *)(address + PAGE_SIZE)) ?:
		      put_user(0x77665544, (u32 __user *)address);
		vm_munmap(address, area.bytes);
	}
	vt_return_mm(mm);
	KUNIT_EXPECT_FALSE_MSG(test, IS_ERR_VALUE(address), "error %ld", (long)address);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, seen, 0xcafe1234U);
	KUNIT_EXPECT_EQ(test, readl((void __iomem __force *)(base + area.offset)),
			0x77665544U);
	free_base(test, base);
}

/* To the end of the page that the range ends in, and no further. */
static void map_41_mmap_within_the_range(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));
	struct mm_struct *mm;
	unsigned long address;

	area.bytes = 97 * PAGE_SIZE;
	mm = vt_borrow_mm(test);
	address = area_map(&area);
	if (!IS_ERR_VALUE(address))
		vm_munmap(address, area.bytes);
	vt_return_mm(mm);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(address));
	area.bytes += PAGE_SIZE;
	expect_area_refused(test, &area, -EINVAL, NULL);
	area.bytes = PAGE_SIZE;
	area.offset = 100 * PAGE_SIZE;
	expect_area_refused(test, &area, -EINVAL, NULL);
	area.offset = PAGE_MASK;
	expect_area_refused(test, &area, -EINVAL, NULL);
}

static void map_42_mmap_shared_only(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));

	area.sharing = MAP_PRIVATE;
	expect_area_refused(test, &area, -EINVAL, NULL);
}

static void map_43_mmap_of_what_cannot_be(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));
	struct area odd = area;

	odd.length = 0;
	expect_area_refused(test, &odd, -EINVAL, "zero-length");
	odd = area;
	odd.start += 16;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
	odd.start = -PAGE_SIZE;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
	odd.start = virt_to_phys(test->priv) & PAGE_MASK;
	odd.length = PAGE_SIZE;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
	odd = area;
	odd.flags = VIDEO_MEMORY_SPACE_IO;
	expect_area_refused(test, &odd, -EINVAL, "bad-range");
}

static void map_44_mmap_agrees_on_p6cache(struct kunit *test)
{
	struct area area = frame_buffer(test, vt_become_vga(test));
	void *base = get_base(test, area.start + 99 * PAGE_SIZE, 4, 0);
	void *other = get_base(test, area.start + 98 * PAGE_SIZE, 4, P6CACHE);

	expect_area_refused(test, &area, -EINVAL, "mismatch");
	free_base(test, other);
	free_base(test, base);
}

/* A process gets what the driver has vouched for by mapping it itself. */
static void map_45_mmap_of_a_foreign_range(struct kunit *test)
{
	struct pci_dev *pdev = vt_become_vga(test);
	struct area area = frame_buffer(test, pdev);
	struct mm_struct *mm;
	unsigned long address;
	void *base;

	area.start = pci_resource_end(pdev, 0) + 1 - PAGE_SIZE;
	area.length = PAGE_SIZE + 1;
	area.offset = 0;
	expect_area_refused(test, &area, -EPERM, "foreign-range");
	base = get_base(test, area.start, area.length, P6CACHE);
	mm = vt_borrow_mm(test);
	address = area_map(&area);
	if (!IS_ERR_VALUE(address))
		vm_munmap(address, area.bytes);
	vt_return_mm(mm);
	KUNIT_EXPECT_FALSE_MSG(test, IS_ERR_VALUE(address), "error %ld", (long)address);
	free_base(test, base);
}

static void map_46_mmap_without_adapter(struct kunit *test)
{
	struct vm_area_struct *vma = kunit_kzalloc(test, sizeof(*vma), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, vma);
	KUNIT_EXPECT_EQ(test, vpmem_mmap(vt_detached_extension(test), vma,
					 physical(WINDOW), WINDOW_SIZE, 0), -ENODEV);
}

/*
 * ROM images
 */

static u8 *get_rom(struct kunit *test, u32 length)
{
	u8 *rom = VideoPortGetRomImage(vt_ext(test), NULL, 0, length);

	if (!rom)
		kunit_skip(test, "the VGA has no ROM");
	return rom;
}

static void map_50_rom_of_no_pci_device(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, 512));
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, 0));
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static void map_51_rom_is_read(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	rom = get_rom(test, 512);
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	KUNIT_EXPECT_EQ(test, rom[1], 0xaa);
	vt_expect_live(test, "Vprt", "Rom", 1, 512);
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, 0));
	vt_expect_live(test, "Vprt", "Rom", 0, 0);
}

static void map_52_rom_next_call_frees(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	get_rom(test, 512);
	rom = get_rom(test, 5000);
	vt_expect_live(test, "Vprt", "Rom", 1, 5000);
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

static void map_53_rom_rest_is_zero(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	rom = get_rom(test, SZ_1M);
	KUNIT_EXPECT_EQ(test, rom[0], 0x55);
	KUNIT_EXPECT_NULL(test, memchr_inv(rom + SZ_512K, 0, SZ_512K));
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

static void map_54_rom_too_long(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_NULL(test, VideoPortGetRomImage(vt_ext(test), NULL, 0, SZ_16M + 1));
	vt_expect_refused(test, "bad-size");
}

static void map_55_rom_is_no_leak(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	struct pci_dev *pdev = vt_become_vga(test);
	u64 mark = vt_log_mark();

	get_rom(test, 512);
	vpmem_detach(fx->ext);
	fx->ext = vpmem_attach(&pdev->dev, 64);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak", "Rom"), 0U);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
}

static void map_56_rom_is_not_the_drivers_to_free(struct kunit *test)
{
	u8 *rom;

	vt_become_vga(test);
	rom = get_rom(test, 8192);
	vt_expect_free_refused(test, VideoPortFreePool, rom, "wrong-pairing");
	vt_expect_free_refused(test, unmap_87, rom, "wrong-pairing");
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

static void atomic_rom(void *data)
{
	struct atomic_map *job = data;

	job->base = VideoPortGetRomImage(job->ext, NULL, 0, 512);
}

static void map_57_rom_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_map job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	context->run(atomic_rom, &job);
	KUNIT_EXPECT_NULL(test, job.base);
	vt_expect_failures(test, "Vprt", "Rom", 1, "context");
}

static bool rom_call(struct kunit *test, void *data)
{
	return VideoPortGetRomImage(vt_ext(test), NULL, 0, 8192);
}

static void rom_undo(struct kunit *test, void *data)
{
	VideoPortGetRomImage(vt_ext(test), NULL, 0, 0);
}

static void rom_failed(struct kunit *test, void *data, unsigned int failures)
{
	vt_expect_live(test, "Vprt", "Rom", 0, 0);
}

static void map_58_rom_no_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { rom_call, rom_undo, rom_failed };

	vt_become_vga(test);
	get_rom(test, 512);
	KUNIT_EXPECT_GT(test, vt_each_fault(test, &site, NULL), 0U);
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
	KUNIT_CASE(map_13_free_wants_the_base),
	KUNIT_CASE(map_14_unmap_takes_any_address_inside),
	KUNIT_CASE(map_15_unmap_outside),
	KUNIT_CASE(map_16_null_is_counted),
	KUNIT_CASE_PARAM(map_17_foreign_pointer, vt_foreign_params),
	KUNIT_CASE(map_18_other_blocks_are_refused),
	KUNIT_CASE(map_19_other_frees_are_refused),
	KUNIT_CASE(map_20_unmap_of_a_process),
	KUNIT_CASE(map_21_null_arguments),
	KUNIT_CASE(map_22_zero_length),
	KUNIT_CASE(map_23_beyond_the_end),
	KUNIT_CASE(map_24_system_memory),
	KUNIT_CASE(map_25_into_a_process),
	KUNIT_CASE(map_26_no_adapter),
	KUNIT_CASE(map_27_length_and_flags_are_left),
	KUNIT_CASE(map_28_unknown_flags),
	KUNIT_CASE(map_29_banked_memory),
	KUNIT_CASE(map_61_own_contiguous_memory),
	KUNIT_CASE_PARAM(map_30_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(map_31_unmap_anywhere, vt_context_params),
	KUNIT_CASE(map_32_detach_unmaps),
	KUNIT_CASE(map_33_verify_mode_leaves_device_memory),
	KUNIT_CASE(map_34_no_memory),
	KUNIT_CASE(map_35_own_ranges),
	KUNIT_CASE(map_36_foreign_range_is_named),
	KUNIT_CASE(map_37_storm),
	KUNIT_CASE(map_40_mmap),
	KUNIT_CASE(map_41_mmap_within_the_range),
	KUNIT_CASE(map_42_mmap_shared_only),
	KUNIT_CASE(map_43_mmap_of_what_cannot_be),
	KUNIT_CASE(map_44_mmap_agrees_on_p6cache),
	KUNIT_CASE(map_45_mmap_of_a_foreign_range),
	KUNIT_CASE(map_46_mmap_without_adapter),
	KUNIT_CASE(map_50_rom_of_no_pci_device),
	KUNIT_CASE(map_51_rom_is_read),
	KUNIT_CASE(map_52_rom_next_call_frees),
	KUNIT_CASE(map_53_rom_rest_is_zero),
	KUNIT_CASE(map_54_rom_too_long),
	KUNIT_CASE(map_55_rom_is_no_leak),
	KUNIT_CASE(map_56_rom_is_not_the_drivers_to_free),
	KUNIT_CASE_PARAM(map_57_rom_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(map_58_rom_no_memory),
	{}
};

struct kunit_suite vt_map_suite = {
	.name = "map",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = map_cases,
};
