// SPDX-License-Identifier: GPL-2.0-only
/*
 * Frame buffer of a port object, as a file and as a mapping.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/fakeport.h"
#include "kunit/lib/file.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/modes.h"
#include "kunit/lib/packet.h"

/*
 * PORT-62: If a bank of a mode was mapped that can be linear, the whole of it is requested
 */
static void port_62_whole_where_a_bank_is_mapped(struct kunit *test)
{
	const ULONG whole = 1024 * 481;		/* of mode 101 */

	vt_mp.mode_attributes = VIDEO_MODE_LINEAR;
	vt_mp.bank_size = VT_SCREEN_SIZE;
	vt_mp.screen_size = whole;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 101 | VIDEO_MODE_MAP_MEM_LINEAR);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaM");
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "101\n");
	/* Memory that holds the mode is not a bank. */
	vt_mp.bank_size = whole;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "USnaM");
	/* Show the bank of a frame buffer that cannot be mapped whole. */
	vt_mp.mode_attributes = 0;
	vt_mp.bank_size = VT_SCREEN_SIZE;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "USnaM");
}

static void refuse_linear(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode == IOCTL_VIDEO_SET_CURRENT_MODE &&
	    vt_mp.mode_asked & VIDEO_MODE_MAP_MEM_LINEAR)
		packet->StatusBlock->Status = ERROR_INVALID_PARAMETER;
}

/* PORT-63: If the linear mapping is refused, the mode keeps its bank */
static void port_63_bank_where_all_is_refused(struct kunit *test)
{
	char text[VT_SCREEN_SIZE + 1];

	vt_mp.mode_attributes = VIDEO_MODE_LINEAR;
	vt_mp.in_request = refuse_linear;
	vt_need_miniport(test);
	vt_give_screen(test);
	vt_mp.bank_size = VT_SCREEN_SIZE / 2;
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 101U);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)),
			VT_SCREEN_SIZE / 2);
}

/* PORT-64: VIDEO_MODE_MAP_MEM_LINEAR in the number of a mode makes no other mode of it */
static void port_64_palette_of_a_linear_mode(struct kunit *test)
{
	vt_mp.mode_attributes = VIDEO_MODE_PALETTE_DRIVEN;
	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, vt_set_mode(101 | VIDEO_MODE_MAP_MEM_LINEAR), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaPM");
}

/* PORT-43: Memory that ``mode`` has had mapped is unmapped at the end in any case */
static void port_43_unmapped_at_the_end(struct kunit *test)
{
	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, vt_request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	vt_forget_order();
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "URH");
}

/*
 * PORT-44: ``framebuffer`` reads and writes the memory of the mode, to its end, and
 * nothing without one
 */
static void port_44_frame_buffer(struct kunit *test)
{
	char text[VT_SCREEN_SIZE * 2];

	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	memset(vt_mp.screen, 0x77, VT_SCREEN_SIZE);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "0x04030201"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)),
			VT_SCREEN_SIZE);
	KUNIT_EXPECT_EQ(test, memcmp(text, vt_mp.screen, VT_SCREEN_SIZE), 0);
	KUNIT_EXPECT_EQ(test, text[0] + text[1] + text[2] + text[3], 10);
	KUNIT_EXPECT_EQ(test, text[4], 0x77);
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -ENOSPC);
}

/*
 * PORT-45: The file has no more of device memory than is mapped, and nothing once it has been
 * unmapped
 *
 * The file has the length of the mapping, and is empty after the unmap.
 */
static void port_45_frame_buffer_of_a_device(struct kunit *test)
{
	PHYSICAL_ADDRESS window = { .QuadPart = 0xa0000 };
	char text[2 * VT_SCREEN_SIZE];

	vt_need_pc(test);
	vt_need_miniport(test);
	vt_mp.screen = VideoPortGetDeviceBase(vt_mp.ext, window, VT_SCREEN_SIZE, 0);
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = SZ_1M;
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)),
			VT_SCREEN_SIZE);
	VideoPortFreeDeviceBase(vt_mp.ext, vt_mp.screen);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -ENOSPC);
}

/*
 * In a process
 */

#define FRAME_BUFFER	"/sys/kernel/debug/vpmem/adapters/" VT_MINIPORT "/framebuffer"
#define ROOM		(2 * PAGE_SIZE)

/* The address, or -errno. */
static unsigned long map_file(struct kunit *test, struct file *file)
{
	struct mm_struct *mm = vt_borrow_mm(test);
	unsigned long address;

	address = vm_mmap(file, 0, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	vt_return_mm(mm);
	return address;
}

static unsigned long map_frame_buffer(struct kunit *test)
{
	struct file *file = vt_file_open(FRAME_BUFFER, O_RDWR);
	unsigned long address;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	address = map_file(test, file);
	fput(file);
	return address;
}

struct screen_memory {
	const char *name;
	void *(*get)(void);
	void (*put)(void *memory);
};

static void *get_contiguous(void)
{
	PHYSICAL_ADDRESS highest = { .QuadPart = -1 };

	return VideoPortAllocateContiguousMemory(vt_mp.ext, ROOM, highest);
}

static void put_contiguous(void *memory)
{
	VideoPortFreeContiguousMemory(vt_mp.ext, memory);
}

static void *get_pool(void)
{
	return VideoPortAllocatePool(vt_mp.ext, VpPagedPool, ROOM, VT_TAG);
}

static void put_pool(void *memory)
{
	VideoPortFreePool(vt_mp.ext, memory);
}

static void *get_buffer(void)
{
	void *memory = NULL;

	VideoPortAllocateBuffer(vt_mp.ext, ROOM, &memory);
	return memory;
}

static void put_buffer(void *memory)
{
	VideoPortReleaseBuffer(vt_mp.ext, memory);
}

static const struct screen_memory screen_memories[] = {
	{ "contiguous", get_contiguous, put_contiguous },
	{ "pool", get_pool, put_pool },
	{ "buffer", get_buffer, put_buffer },
};

static void describe_memory(const struct screen_memory *memory, char *desc)
{
	strscpy(desc, memory->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(screen_memory, screen_memories, describe_memory);

static void expect_shared(struct kunit *test, unsigned long address)
{
	u32 word = 0x04030201;

	KUNIT_EXPECT_EQ(test, vt_user_put(test, address + PAGE_SIZE, &word, 4), 0UL);
	KUNIT_EXPECT_EQ(test, memcmp(vt_mp.screen + PAGE_SIZE, &word, 4), 0);
	memset(vt_mp.screen, 0x77, 4);
	KUNIT_EXPECT_EQ(test, vt_user_get(test, address, &word, 4), 0UL);
	KUNIT_EXPECT_EQ(test, word, 0x77777777U);
	memset(vt_mp.screen, 0, ROOM);
}

/*
 * PORT-57: A frame buffer that the miniport allocated can be mapped by processes; it
 * cannot be freed, nor reached after the mode has ended
 */
static void port_57_allocated_frame_buffer_is_mapped(struct kunit *test)
{
	const struct screen_memory *memory = test->param_value;
	unsigned long address, busy;
	u32 word = 0;

	vt_need_miniport(test);
	vt_mp.screen = memory->get();
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = ROOM;
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	address = map_frame_buffer(test);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(address));
	expect_shared(test, address);
	/* Free the memory that is shown, which is refused. */
	busy = vt_event(test, vt_mp.ext, "busy");
	memory->put(vt_mp.screen);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "busy"), busy + 1);
	expect_shared(test, address);
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
	KUNIT_EXPECT_EQ(test, vt_user_put(test, address, &word, 4), 4UL);
	memory->put(vt_mp.screen);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "busy"), busy + 1);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_mp.ext, NULL), 0U);
	vt_user_unmap(test, address, ROOM);
}

/* PORT-58: Memory that belongs neither to the device nor to vpmem cannot be mapped */
static void port_58_other_memory_is_not_mapped(struct kunit *test)
{
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, (long)map_frame_buffer(test), (long)-ENODEV);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, (long)map_frame_buffer(test), (long)-ENODEV);
}

/*
 * PORT-73: A file that is open when its adapter goes can neither be read nor written nor mapped,
 * and what it has mapped cannot be accessed
 */
static void port_73_file_outlives_its_adapter(struct kunit *test)
{
	unsigned long address;
	struct file *file;
	loff_t pos = 0;
	u32 word = 0;

	vt_need_miniport(test);
	vt_mp.screen = get_pool();
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = ROOM;
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
	file = vt_file_open(FRAME_BUFFER, O_RDWR);
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	address = map_file(test, file);
	KUNIT_EXPECT_FALSE(test, IS_ERR_VALUE(address));
	vt_miniport_unregister();
	KUNIT_EXPECT_EQ(test, vt_user_put(test, address, &word, 4), 4UL);
	KUNIT_EXPECT_EQ(test, (long)map_file(test, file), (long)-EIO);
	KUNIT_EXPECT_EQ(test, file->f_op->read(file, (char __user *)address, 4, &pos),
			(ssize_t)-EIO);
	KUNIT_EXPECT_EQ(test, file->f_op->write(file, (char __user *)address, 4, &pos),
			(ssize_t)-EIO);
	vt_user_unmap(test, address, ROOM);
	fput(file);
}

static struct kunit_case framebuffer_cases[] = {
	KUNIT_CASE(port_43_unmapped_at_the_end),
	KUNIT_CASE(port_44_frame_buffer),
	KUNIT_CASE(port_45_frame_buffer_of_a_device),
	KUNIT_CASE(port_62_whole_where_a_bank_is_mapped),
	KUNIT_CASE(port_63_bank_where_all_is_refused),
	KUNIT_CASE(port_64_palette_of_a_linear_mode),
	KUNIT_CASE_PARAM(port_57_allocated_frame_buffer_is_mapped, screen_memory_gen_params),
	KUNIT_CASE(port_58_other_memory_is_not_mapped),
	KUNIT_CASE(port_73_file_outlives_its_adapter),
	{}
};

struct kunit_suite vt_framebuffer_suite = {
	.name = "framebuffer",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = framebuffer_cases,
};
