// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frame buffers that are not where the miniport says.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mman.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/file.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/packet.h"
#include "kunit/lib/fakeport.h"

#define FRAME_BUFFER	"/sys/kernel/debug/vpmem/adapters/" VT_MINIPORT "/framebuffer"
#define ROOM		(4 * PAGE_SIZE)

static int show_screen(void *base, ULONG length)
{
	vt_mp.screen = base;
	vt_mp.screen_size = length;
	return vpmem_view_write(vt_mp.ext, "mode", "3");
}

static int read_screen(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;

	return vpmem_view(vt_mp.ext, "framebuffer", fx->text, ROOM + 1);
}

/*
 * SCREEN-01: A frame buffer whose base is no memory is refused with a message that names
 * base and length; the device lock is free afterwards
 *
 * The device lock is free afterwards, and the miniport can be removed.
 */
static void screen_01_wrong_base(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *base = foreign->address(test);
	unsigned long events;

	vt_need_miniport(test);
	events = vt_event(test, vt_mp.ext, "bad-pointer");
	KUNIT_EXPECT_EQ(test, show_screen(base, U32_MAX), 0);
	if (foreign->memory) {
		KUNIT_EXPECT_GE(test, read_screen(test), -EIO);
	} else {
		KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "bad-pointer"), events + 1);
		KUNIT_EXPECT_EQ(test, read_screen(test), 0);
		KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -ENOSPC);
	}
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	vt_miniport_unregister();
}

/*
 * SCREEN-02: A frame buffer that is longer than the memory behind it is cut to that, with
 * a message
 */
static void screen_02_frame_buffer_that_is_too_long(struct kunit *test)
{
	u8 *memory = vzalloc(2 * PAGE_SIZE);
	unsigned long events;

	KUNIT_ASSERT_NOT_NULL(test, memory);
	vt_need_miniport(test);
	events = vt_event(test, vt_mp.ext, "bad-range");
	KUNIT_EXPECT_EQ(test, show_screen(memory + 7, U32_MAX), 0);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "bad-range"), events + 1);
	KUNIT_EXPECT_EQ(test, read_screen(test), (int)(2 * PAGE_SIZE - 7));
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "0x04030201"), 0);
	KUNIT_EXPECT_EQ(test, memory[7] + memory[8] + memory[9] + memory[10], 10);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	vfree(memory);
}

/*
 * SCREEN-03: To read or write a frame buffer that is gone meanwhile is an error
 *
 * A read of memory that was freed while it is shown fails, and does no harm.
 */
static void screen_03_frame_buffer_that_goes(struct kunit *test)
{
	void *memory = vzalloc(PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, memory);
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, show_screen(memory, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, read_screen(test), (int)PAGE_SIZE);
	vfree(memory);
	KUNIT_EXPECT_EQ(test, read_screen(test), -EIO);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -EIO);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
}

static unsigned long map_screen(struct kunit *test, unsigned long size)
{
	struct file *file = vt_file_open(FRAME_BUFFER, O_RDWR);
	struct mm_struct *mm;
	unsigned long address;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	mm = vt_borrow_mm(test);
	address = vm_mmap(file, 0, size, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	vt_return_mm(mm);
	fput(file);
	return address;
}

/*
 * SCREEN-04: Bytes that a process sees behind the end of an allocated frame buffer are zero
 *
 * A process maps whole pages, and must not see earlier contents.
 */
static void screen_04_end_of_the_last_page(struct kunit *test)
{
	const size_t size = 2 * PAGE_SIZE + 100;
	unsigned long address;
	u8 seen[64];
	u8 *block;

	vt_need_miniport(test);
	block = VideoPortAllocatePool(vt_mp.ext, VpNonPagedPool, size, VT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, block);
	/* Fill the page as an earlier user would have left it. */
	memset(block + size, 0x5a, PAGE_SIZE - 100);
	KUNIT_EXPECT_EQ(test, show_screen(block, size), 0);
	address = map_screen(test, 3 * PAGE_SIZE);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(address));
	KUNIT_EXPECT_EQ(test, vt_user_get(test, address + size, seen, sizeof(seen)), 0UL);
	KUNIT_EXPECT_NULL(test, memchr_inv(seen, 0, sizeof(seen)));
	vt_user_unmap(test, address, 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	VideoPortFreePool(vt_mp.ext, block);
}

/*
 * SCREEN-05: Device memory stays mapped while it is copied, whoever unmaps it
 * Untested: a matter of timing
 */

/* Shows two pages of the pool, and has a process map them. */
static unsigned long map_pool(struct kunit *test, void **block)
{
	unsigned long address;

	vt_need_miniport(test);
	*block = VideoPortAllocatePool(vt_mp.ext, VpNonPagedPool, 2 * PAGE_SIZE, VT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, *block);
	memset(*block, 0, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, show_screen(*block, 2 * PAGE_SIZE), 0);
	address = map_screen(test, 2 * PAGE_SIZE);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(address));
	return address;
}

/*
 * SCREEN-06: An area that shows one frame buffer shows none that follows and could not be
 * mapped, be it that its memory is unknown or that it begins within a page
 */
static void screen_06_area_of_an_earlier_screen(struct kunit *test)
{
	void *unknown = vzalloc(2 * PAGE_SIZE), *block;
	unsigned long address;
	u32 word;

	KUNIT_ASSERT_NOT_NULL(test, unknown);
	address = map_pool(test, &block);
	KUNIT_EXPECT_EQ(test, show_screen(unknown, 2 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, vt_user_get(test, address, &word, sizeof(word)), 4UL);
	KUNIT_EXPECT_EQ(test, show_screen(block + 100, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, vt_user_get(test, address, &word, sizeof(word)), 4UL);
	KUNIT_EXPECT_EQ(test, show_screen(block, 2 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, vt_user_get(test, address, &word, sizeof(word)), 0UL);
	vt_user_unmap(test, address, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	VideoPortFreePool(vt_mp.ext, block);
	vfree(unknown);
}

/*
 * SCREEN-07: A process sees zeroes behind the end of a frame buffer that follows another
 * one, too
 */
static void screen_07_end_of_a_later_screen(struct kunit *test)
{
	const size_t size = PAGE_SIZE + 100;
	unsigned long address;
	u8 *block, seen[64];
	void *first;

	address = map_pool(test, &first);
	block = VideoPortAllocatePool(vt_mp.ext, VpNonPagedPool, size, VT_TAG);
	KUNIT_ASSERT_NOT_NULL(test, block);
	memset(block + size, 0x5a, PAGE_SIZE - 100);
	KUNIT_EXPECT_EQ(test, show_screen(block, size), 0);
	KUNIT_EXPECT_EQ(test, vt_user_get(test, address + size, seen, sizeof(seen)), 0UL);
	KUNIT_EXPECT_NULL(test, memchr_inv(seen, 0, sizeof(seen)));
	vt_user_unmap(test, address, 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	VideoPortFreePool(vt_mp.ext, block);
	VideoPortFreePool(vt_mp.ext, first);
}

/*
 * SCREEN-08: Contiguous memory that the miniport has mapped once more can be read as far as
 * it goes, also where the mapping is shorter or has been undone
 */
static void screen_08_mapping_that_is_short_and_goes(struct kunit *test)
{
	const PHYSICAL_ADDRESS anywhere = { .QuadPart = S64_MAX };
	struct vt_fixture *fx = test->priv;
	void *memory, *mapped;

	vt_need_miniport(test);
	memory = VideoPortAllocateContiguousMemory(vt_mp.ext, 3 * PAGE_SIZE, anywhere);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	memset(memory, 0x77, 3 * PAGE_SIZE);
	mapped = VideoPortGetDeviceBase(vt_mp.ext, MmGetPhysicalAddress(memory), PAGE_SIZE, 0);
	KUNIT_ASSERT_NOT_NULL(test, mapped);
	KUNIT_EXPECT_EQ(test, show_screen(mapped, 3 * PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, read_screen(test), (int)(3 * PAGE_SIZE));
	KUNIT_EXPECT_NULL(test, memchr_inv(fx->text, 0x77, 3 * PAGE_SIZE));
	VideoPortFreeDeviceBase(vt_mp.ext, mapped);
	KUNIT_EXPECT_EQ(test, read_screen(test), (int)(3 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	VideoPortFreeContiguousMemory(vt_mp.ext, memory);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(screen_01_wrong_base, vt_foreign_params),
	KUNIT_CASE(screen_02_frame_buffer_that_is_too_long),
	KUNIT_CASE(screen_03_frame_buffer_that_goes),
	KUNIT_CASE(screen_04_end_of_the_last_page),
	KUNIT_CASE(screen_06_area_of_an_earlier_screen),
	KUNIT_CASE(screen_07_end_of_a_later_screen),
	KUNIT_CASE(screen_08_mapping_that_is_short_and_goes),
	{}
};

struct kunit_suite vt_screen_suite = {
	.name = "screen",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = cases,
};
