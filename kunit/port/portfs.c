// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files "modes" and "mode" of a miniport.
 */
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sizes.h>
#include <linux/string.h>

#include "kunit/lib/fakeport.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/modes.h"
#include "kunit/lib/packet.h"

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

/* Count the lines of ``modes`` that are marked; set @index to that of the last one. */
static unsigned int marked_modes(struct kunit *test, unsigned int *index)
{
	const char *line = vt_next_line(vt_view(test, vt_mp.ext, "modes"));
	unsigned int marked = 0, width;
	int found;

	for (; *line; line = vt_next_line(line)) {
		if (strchrnul(line, '\n')[-1] != '*')
			continue;
		found = sscanf(line, "%u %u", index, &width);
		KUNIT_EXPECT_EQ(test, found, 2);
		marked++;
	}
	return marked;
}

/* PORT-72: ``modes`` marks the mode that is set, and none if none is */
static void port_72_marked_mode(struct kunit *test)
{
	unsigned int index = 0;

	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, marked_modes(test, &index), 0U);
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, marked_modes(test, &index), 1U);
	KUNIT_EXPECT_EQ(test, index, 101U);
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
	KUNIT_EXPECT_EQ(test, marked_modes(test, &index), 0U);
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

/* PORT-37: A list of modes that is shorter than announced, or empty, is shown */
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

/*
 * PORT-38: ``mode`` sets a mode and has its memory mapped, unmaps that of the one before,
 * and goes back
 */
static void port_38_set_and_reset(struct kunit *test)
{
	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 101U);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "101\n");
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaM");
	KUNIT_EXPECT_EQ(test, vt_set_mode(7), 0);
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.unmapped, (PVOID)vt_mp.screen);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaM");
	KUNIT_EXPECT_EQ(test, vt_reset_mode(), 0);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaMUR");
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUSnaMURH");
}

/*
 * PORT-55: A mode that is driven by a palette gets one when it is set
 *
 * The test checks black and white, in six bits for each colour.
 */
static void port_55_palette(struct kunit *test)
{
	vt_mp.mode_attributes = VIDEO_MODE_PALETTE_DRIVEN;
	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaPM");
	KUNIT_EXPECT_EQ(test, vt_mp.colors, 256);
	/* Expect room for an entry more, which some miniports require. */
	KUNIT_EXPECT_EQ(test, vt_mp.colors_size, (ULONG)(sizeof(VIDEO_CLUT) +
							  256 * sizeof(VIDEO_CLUTDATA)));
	KUNIT_EXPECT_EQ(test, vt_mp.first_color.Red + vt_mp.first_color.Green +
			vt_mp.first_color.Blue, 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 63);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Green, 63);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Blue, 63);
	vt_mp.mode_attributes = 0;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "USnaM");
}

/* PORT-39: A driver that ends goes back as well */
static void port_39_reset_at_the_end(struct kunit *test)
{
	vt_need_miniport(test);
	vt_give_screen(test);
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), 0);
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

/* PORT-74: A request to set a mode that has no whole number counts as one of mode 0 */
static void port_74_mode_without_number(struct kunit *test)
{
	VIDEO_MODE mode = { .RequestedMode = 9 };
	unsigned int size;

	vt_need_miniport(test);
	for (size = 0; size < sizeof(mode); size += sizeof(mode) / 2) {
		KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, IOCTL_VIDEO_SET_CURRENT_MODE,
						    size ? &mode : NULL, size, NULL, 0, NULL),
				NO_ERROR);
		KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "0\n");
		KUNIT_EXPECT_EQ(test, vt_request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	}
}

static struct {
	USHORT planes, bits, dac_bits;
} listed;

static void list_planes(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VIDEO_MODE_INFORMATION *mode = packet->OutputBuffer;
	ULONG i;

	if (packet->IoControlCode != IOCTL_VIDEO_QUERY_AVAIL_MODES)
		return;
	for (i = 0; i < vt_mp.modes_listed; i++) {
		mode[i].NumberOfPlanes = listed.planes;
		mode[i].BitsPerPlane = listed.bits;
		mode[i].NumberRedBits = listed.dac_bits;
	}
}

static void expect_palette(struct kunit *test, USHORT planes, USHORT bits, USHORT dac_bits,
			   ULONG white)
{
	listed.planes = planes;
	listed.bits = bits;
	listed.dac_bits = dac_bits;
	vt_mp.last_color.Red = 0;
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, white);
}

/*
 * PORT-75: Only a mode of 256 colors gets a palette, of six to eight bits for each color; the
 * mode is set even if its palette fails
 */
static void port_75_palettes(struct kunit *test)
{
	u64 mark = vt_log_mark();

	vt_mp.mode_attributes = VIDEO_MODE_PALETTE_DRIVEN;
	vt_mp.in_request = list_planes;
	vt_need_miniport(test);
	vt_give_screen(test);
	expect_palette(test, 4, 1, 6, 0);
	expect_palette(test, 1, 8, 6, 63);
	expect_palette(test, 0, 8, 0, 63);
	expect_palette(test, 1, 8, 8, 255);
	expect_palette(test, 8, 1, 99, 255);
	vt_mp.fails[0] = IOCTL_VIDEO_SET_COLOR_REGISTERS;
	vt_mp.fails[1] = ERROR_INVALID_FUNCTION;
	KUNIT_EXPECT_EQ(test, vt_set_mode(101), 0);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "101\n");
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "IOCTL_VIDEO_SET_COLOR_REGISTERS",
					   "ERROR_INVALID_FUNCTION"), 1U);
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
	vt_give_screen(test);
	vt_mp.fails[0] = IOCTL_VIDEO_SET_CURRENT_MODE;
	vt_mp.fails[1] = ERROR_INVALID_PARAMETER;
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), -EINVAL);
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_mp.ext, "mode"), "-\n");
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "S");
	/* Undo also a mode that was set without its memory. */
	vt_mp.fails[0] = IOCTL_VIDEO_MAP_VIDEO_MEMORY;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vt_set_mode(3), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "framebuffer", "1"), -ENOSPC);
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMRH");
}

static struct kunit_case portfs_cases[] = {
	KUNIT_CASE(port_35_list_of_modes),
	KUNIT_CASE(port_72_marked_mode),
	KUNIT_CASE(port_36_wrong_lists),
	KUNIT_CASE(port_37_short_lists),
	KUNIT_CASE(port_38_set_and_reset),
	KUNIT_CASE(port_39_reset_at_the_end),
	KUNIT_CASE(port_40_mode_by_request),
	KUNIT_CASE(port_41_packet_is_the_miniports),
	KUNIT_CASE(port_42_mode_that_fails),
	KUNIT_CASE(port_55_palette),
	KUNIT_CASE(port_74_mode_without_number),
	KUNIT_CASE(port_75_palettes),
	{}
};

struct kunit_suite vt_portfs_suite = {
	.name = "portfs",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = portfs_cases,
};
