// SPDX-License-Identifier: GPL-2.0-only
/*
 * Modes and the frame buffer of a miniport, as the files of debugfs have them.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/packet.h"
#include "kunit/lib/fakeport.h"

#define SCREEN_SIZE	64

static int view_error(const char *name)
{
	char text[4];
	int length = vpmem_view(vt_mp.ext, name, text, sizeof(text));

	return length == -ENOSPC ? 0 : length;
}

/*
 * PORT-35: ``modes`` shows each mode of the miniport with its index, size, bits and
 * stride
 */
static void port_35_list_of_modes(struct kunit *test)
{
	const char *line;
	unsigned int numbers[5];
	int found;

	vt_need_miniport(test);
	line = vt_next_line(vt_view(test, vt_mp.ext, "modes"));
	found = sscanf(line, "%u %u %u %u %u", numbers, numbers + 1, numbers + 2,
		       numbers + 3, numbers + 4);
	KUNIT_ASSERT_EQ(test, found, 5);
	KUNIT_EXPECT_EQ(test, numbers[0], 100U);
	KUNIT_EXPECT_EQ(test, numbers[1], 640U);
	KUNIT_EXPECT_EQ(test, numbers[2], 480U);
	KUNIT_EXPECT_EQ(test, numbers[3], 8U);
	KUNIT_EXPECT_EQ(test, numbers[4], 1024U);
	line = vt_next_line(line);
	KUNIT_EXPECT_EQ(test, strncmp(line, "101 ", 4), 0);
	KUNIT_EXPECT_EQ(test, *vt_next_line(line), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "na");
}

/* PORT-36: Modes that are too short, too many, or not told are an error */
static void port_36_wrong_lists(struct kunit *test)
{
	vt_need_miniport(test);
	vt_mp.modes.ModeInformationLength--;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	vt_mp.modes.ModeInformationLength = 0;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	vt_mp.modes.ModeInformationLength = U32_MAX;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	vt_mp.modes.ModeInformationLength = sizeof(VIDEO_MODE_INFORMATION);
	vt_mp.modes.NumModes = SZ_1M;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "nnnn");
	vt_mp.modes.NumModes = 2;
	vt_mp.information_less = 1;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EOPNOTSUPP);
	vt_mp.information_less = 0;
	vt_mp.fails[0] = IOCTL_VIDEO_QUERY_AVAIL_MODES;
	vt_mp.fails[1] = ERROR_NOT_ENOUGH_MEMORY;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -ENOMEM);
	vt_mp.fails[0] = IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES;
	vt_mp.fails[1] = ERROR_BUSY;
	KUNIT_EXPECT_EQ(test, view_error("modes"), -EIO);
}

/* PORT-37: A list that is shorter than it was to be, or empty, is shown as it is */
static void port_37_short_lists(struct kunit *test)
{
	const char *line;

	vt_need_miniport(test);
	vt_mp.modes.NumModes = 3;
	vt_mp.modes_listed = 1;
	line = vt_next_line(vt_view(test, vt_mp.ext, "modes"));
	KUNIT_EXPECT_EQ(test, strncmp(line, "100 ", 4), 0);
	KUNIT_EXPECT_EQ(test, *vt_next_line(line), 0);
	vt_mp.modes.NumModes = 0;
	vt_mp.modes_listed = 0;
	KUNIT_EXPECT_EQ(test, *vt_next_line(vt_view(test, vt_mp.ext, "modes")), 0);
}

static int set_mode(unsigned long mode)
{
	char text[24];

	snprintf(text, sizeof(text), "%lu", mode);
	return vpmem_view_write(vt_mp.ext, "mode", text);
}

static int reset_mode(void)
{
	return vpmem_view_write(vt_mp.ext, "mode", "reset");
}

static void give_screen(struct kunit *test)
{
	vt_mp.screen = kunit_kzalloc(test, SCREEN_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = SCREEN_SIZE;
}

/*
 * PORT-38: ``mode`` sets a mode and has its memory mapped, unmaps that of the one before,
 * and goes back
 */
static void port_38_set_and_reset(struct kunit *test)
{
	vt_need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 101U);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "101\n");
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaM");
	KUNIT_EXPECT_EQ(test, set_mode(7), 0);
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.unmapped, (PVOID)vt_mp.screen);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaM");
	KUNIT_EXPECT_EQ(test, reset_mode(), 0);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaMUR");
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaMURH");
}

/*
 * PORT-55: A mode that is driven by a palette gets one when it is set
 *
 * Black and white, in the six bits of the converter.
 */
static void port_55_palette(struct kunit *test)
{
	vt_mp.mode_attributes = VIDEO_MODE_PALETTE_DRIVEN;
	vt_need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaPM");
	KUNIT_EXPECT_EQ(test, vt_mp.colors, 256);
	/* Some miniports want room for one more. */
	KUNIT_EXPECT_EQ(test, vt_mp.colors_size, (ULONG)(sizeof(VIDEO_CLUT) +
							  256 * sizeof(VIDEO_CLUTDATA)));
	KUNIT_EXPECT_EQ(test, vt_mp.first_color.Red + vt_mp.first_color.Green +
			vt_mp.first_color.Blue, 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 63);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Green, 63);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Blue, 63);
	vt_mp.mode_attributes = 0;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "USnaM");
}

/*
 * PORT-62: Of a mode that can be mapped whole and was mapped as a bank, all is asked for
 */
static void port_62_whole_where_a_bank_is_mapped(struct kunit *test)
{
	const ULONG whole = 1024 * 481;		/* of mode 101 */

	vt_mp.mode_attributes = VIDEO_MODE_LINEAR;
	vt_mp.bank_size = SCREEN_SIZE;
	vt_mp.screen_size = whole;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 101 | VIDEO_MODE_MAP_MEM_LINEAR);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaM");
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "101\n");
	/* What holds the mode is no bank. */
	vt_mp.bank_size = whole;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "USnaM");
	/* Of one that cannot be had whole, the bank is. */
	vt_mp.mode_attributes = 0;
	vt_mp.bank_size = SCREEN_SIZE;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "USnaM");
}

static void refuse_linear(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode == IOCTL_VIDEO_SET_CURRENT_MODE &&
	    vt_mp.mode_asked & VIDEO_MODE_MAP_MEM_LINEAR)
		packet->StatusBlock->Status = ERROR_INVALID_PARAMETER;
}

/* PORT-63: Where that is refused it stays with the bank */
static void port_63_bank_where_all_is_refused(struct kunit *test)
{
	char text[SCREEN_SIZE + 1];

	vt_mp.mode_attributes = VIDEO_MODE_LINEAR;
	vt_mp.in_request = refuse_linear;
	vt_need_miniport(test);
	give_screen(test);
	vt_mp.bank_size = SCREEN_SIZE / 2;
	KUNIT_EXPECT_EQ(test, set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 101U);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)),
			SCREEN_SIZE / 2);
}

/* PORT-64: VIDEO_MODE_MAP_MEM_LINEAR in the number of a mode makes no other mode of it */
static void port_64_palette_of_a_linear_mode(struct kunit *test)
{
	vt_mp.mode_attributes = VIDEO_MODE_PALETTE_DRIVEN;
	vt_need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(101 | VIDEO_MODE_MAP_MEM_LINEAR), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaPM");
}

/* PORT-39: A driver that ends goes back as well */
static void port_39_reset_at_the_end(struct kunit *test)
{
	vt_need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	vt_forget_order();
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "URH");
}

/*
 * PORT-40: Modes set by vpmem_request count, without the flags of their number; where
 * none is set, nothing is reset
 */
static void port_40_mode_by_request(struct kunit *test)
{
	VIDEO_MODE mode = { .RequestedMode = 9 | VIDEO_MODE_NO_ZERO_MEMORY };

	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, IOCTL_VIDEO_SET_CURRENT_MODE, &mode,
					    sizeof(mode), NULL, 0, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 9 | VIDEO_MODE_NO_ZERO_MEMORY);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "9\n");
	KUNIT_EXPECT_EQ(test, vt_request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	vt_forget_order();
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "H");
}

static void overwrite_packet(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->InputBuffer)
		memset(packet->InputBuffer, 0x11, packet->InputBufferLength);
	packet->IoControlCode = 0;
	packet->InputBuffer = NULL;
}

/* PORT-41: A miniport may overwrite its packet and the buffers */
static void port_41_packet_is_the_miniports(struct kunit *test)
{
	VIDEO_MODE mode = { .RequestedMode = 9 };

	vt_need_miniport(test);
	vt_mp.in_request = overwrite_packet;
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, IOCTL_VIDEO_SET_CURRENT_MODE, &mode,
					    sizeof(mode), &mode, sizeof(mode), NULL),
			NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "9\n");
}

/*
 * PORT-42: A mode that fails is not set; one whose memory fails is, without a frame
 * buffer
 */
static void port_42_mode_that_fails(struct kunit *test)
{
	vt_need_miniport(test);
	give_screen(test);
	vt_mp.fails[0] = IOCTL_VIDEO_SET_CURRENT_MODE;
	vt_mp.fails[1] = ERROR_INVALID_PARAMETER;
	KUNIT_EXPECT_EQ(test, set_mode(3), -EINVAL);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "S");
	/* What is set without its memory still has to be undone. */
	vt_mp.fails[0] = IOCTL_VIDEO_MAP_VIDEO_MEMORY;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, set_mode(3), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -ENOSPC);
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMRH");
}

/* PORT-43: Memory that ``mode`` has had mapped is unmapped at the end in any case */
static void port_43_unmapped_at_the_end(struct kunit *test)
{
	vt_need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
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
	char text[SCREEN_SIZE * 2];

	vt_need_miniport(test);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	memset(vt_mp.screen, 0x77, SCREEN_SIZE);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "0x04030201"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)),
			SCREEN_SIZE);
	KUNIT_EXPECT_EQ(test, memcmp(text, vt_mp.screen, SCREEN_SIZE), 0);
	KUNIT_EXPECT_EQ(test, text[0] + text[1] + text[2] + text[3], 10);
	KUNIT_EXPECT_EQ(test, text[4], 0x77);
	KUNIT_EXPECT_EQ(test, reset_mode(), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -ENOSPC);
}

/*
 * PORT-45: Of device memory, no more than is mapped, and nothing once it has been
 * unmapped
 *
 * A screen of device memory is as long as the mapping, and as long as it is there.
 */
static void port_45_frame_buffer_of_a_device(struct kunit *test)
{
	PHYSICAL_ADDRESS window = { .QuadPart = 0xa0000 };
	char text[2 * SCREEN_SIZE];

	vt_need_pc(test);
	vt_need_miniport(test);
	vt_mp.screen = VideoPortGetDeviceBase(vt_mp.ext, window, SCREEN_SIZE, 0);
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	vt_mp.screen_size = SZ_1M;
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_mp.ext, "framebuffer", text, sizeof(text)),
			SCREEN_SIZE);
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
static unsigned long map_frame_buffer(struct kunit *test)
{
	struct file *file = filp_open(FRAME_BUFFER, O_RDWR, 0);
	struct mm_struct *mm;
	unsigned long address;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	mm = vt_borrow_mm(test);
	address = vm_mmap(file, 0, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	vt_return_mm(mm);
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
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	address = map_frame_buffer(test);
	KUNIT_ASSERT_FALSE(test, IS_ERR_VALUE(address));
	expect_shared(test, address);
	/* It is shown, and stays. */
	busy = vt_event(test, vt_mp.ext, "busy");
	memory->put(vt_mp.screen);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "busy"), busy + 1);
	expect_shared(test, address);
	KUNIT_EXPECT_EQ(test, reset_mode(), 0);
	KUNIT_EXPECT_EQ(test, vt_user_put(test, address, &word, 4), 4UL);
	memory->put(vt_mp.screen);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "busy"), busy + 1);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_mp.ext, NULL), 0U);
	vt_user_unmap(test, address, ROOM);
}

/* PORT-58: Memory that is neither the device's nor allocated here cannot be mapped */
static void port_58_other_memory_is_not_mapped(struct kunit *test)
{
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, (long)map_frame_buffer(test), (long)-ENODEV);
	give_screen(test);
	KUNIT_EXPECT_EQ(test, set_mode(3), 0);
	KUNIT_EXPECT_EQ(test, (long)map_frame_buffer(test), (long)-ENODEV);
}

static struct kunit_case portfs_cases[] = {
	KUNIT_CASE(port_35_list_of_modes),
	KUNIT_CASE(port_36_wrong_lists),
	KUNIT_CASE(port_37_short_lists),
	KUNIT_CASE(port_38_set_and_reset),
	KUNIT_CASE(port_39_reset_at_the_end),
	KUNIT_CASE(port_40_mode_by_request),
	KUNIT_CASE(port_41_packet_is_the_miniports),
	KUNIT_CASE(port_42_mode_that_fails),
	KUNIT_CASE(port_43_unmapped_at_the_end),
	KUNIT_CASE(port_44_frame_buffer),
	KUNIT_CASE(port_45_frame_buffer_of_a_device),
	KUNIT_CASE(port_55_palette),
	KUNIT_CASE(port_62_whole_where_a_bank_is_mapped),
	KUNIT_CASE(port_63_bank_where_all_is_refused),
	KUNIT_CASE(port_64_palette_of_a_linear_mode),
	KUNIT_CASE_PARAM(port_57_allocated_frame_buffer_is_mapped, screen_memory_gen_params),
	KUNIT_CASE(port_58_other_memory_is_not_mapped),
	{ }
};

struct kunit_suite vt_portfs_suite = {
	.name = "portfs",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = portfs_cases,
};
