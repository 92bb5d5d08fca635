// SPDX-License-Identifier: GPL-2.0-only
/*
 * Displays: what a client such as vpmem_drm gets from a miniport.
 */
#include <linux/device.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"
#include "port/display.h"

#define WIDTH	16
#define HEIGHT	4
#define STRIDE	80
#define SCREEN	(STRIDE * HEIGHT)

/*
 * The client, and the modes that the miniport lists. Its hooks have no argument that is the
 * test's own, hence static ones; there is one test at a time.
 */
static struct {
	struct vpmem_port *port;
	struct device *dev;
	unsigned int starts, stops, changes;
	const VIDEO_MODE_INFORMATION *modes;
	unsigned int count;
} client;

static void *client_start(struct vpmem_port *port, struct device *dev)
{
	vt_note('<');
	client.port = port;
	client.dev = dev;
	client.starts++;
	return &client;
}

static void client_stop(void *display)
{
	vt_note('>');
	client.port = NULL;
	client.stops++;
}

static void client_changed(void *display)
{
	client.changes++;
}

static const struct vpmem_display_client hooks = {
	.start = client_start,
	.stop = client_stop,
	.changed = client_changed,
};

static int display_init(struct kunit *test)
{
	int err = vt_miniport_init(test);

	if (err)
		return err;
	memset(&client, 0, sizeof(client));
	err = vpmem_display_client_register(&hooks);
	if (err)
		kunit_skip(test, "there is another display driver");
	return 0;
}

static void display_exit(struct kunit *test)
{
	vt_miniport_exit(test);
	vpmem_display_client_unregister(&hooks);
}

static void list_modes(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	const ULONG size = client.count * sizeof(*client.modes);

	if (packet->IoControlCode != IOCTL_VIDEO_QUERY_AVAIL_MODES)
		return;
	memcpy(packet->OutputBuffer, client.modes, size);
	packet->StatusBlock->Information = size;
}

/* Start the miniport, with this list of modes. */
static void need_display(struct kunit *test, const VIDEO_MODE_INFORMATION *modes,
			 unsigned int count)
{
	client.modes = modes;
	client.count = count;
	vt_mp.modes.NumModes = count;
	vt_mp.modes_listed = 0;
	vt_mp.in_request = list_modes;
	vt_need_miniport(test);
	KUNIT_ASSERT_NOT_NULL(test, client.port);
}

static struct vpmem_display_mode *get_modes(struct kunit *test, int expected)
{
	struct vpmem_display_mode *modes = NULL;

	KUNIT_ASSERT_EQ(test, vpmem_display_modes(client.port, &modes), expected);
	return modes;
}

/*
 * DISPLAY-01: A client hears of a miniport when it has started, before it stops, and at its
 * own registration and end; there is one client at a time
 */
static void display_01_client(struct kunit *test)
{
	static const struct vpmem_display_client other = { .start = client_start };

	KUNIT_EXPECT_EQ(test, vpmem_display_client_register(&other), -EBUSY);
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFI<");
	KUNIT_EXPECT_STREQ(test, dev_name(client.dev), VT_MINIPORT);
	vpmem_display_client_unregister(&other);
	KUNIT_EXPECT_EQ(test, client.stops, 0U);
	vpmem_display_client_unregister(&hooks);
	KUNIT_EXPECT_EQ(test, client.stops, 1U);
	KUNIT_EXPECT_EQ(test, vpmem_display_client_register(&hooks), 0);
	KUNIT_EXPECT_EQ(test, client.starts, 2U);
	vt_forget_order();
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, ">H");
}

#define MODE(index, width, height, bits, red, green, blue) {		\
	.Length = sizeof(VIDEO_MODE_INFORMATION), .ModeIndex = (index),		\
	.VisScreenWidth = (width), .VisScreenHeight = (height),			\
	.ScreenStride = (width) * 4, .NumberOfPlanes = 1, .BitsPerPlane = (bits), \
	.Frequency = 1, .RedMask = (red), .GreenMask = (green), .BlueMask = (blue), \
	.AttributeFlags = VIDEO_MODE_COLOR | VIDEO_MODE_GRAPHICS | VIDEO_MODE_LINEAR }

static const VIDEO_MODE_INFORMATION sizes[] = {
	MODE(0x10, 640, 480, 16, 0xf800, 0x7e0, 0x1f),
	MODE(0x11, 640, 480, 24, 0xff0000, 0xff00, 0xff),
	MODE(0x200, 640, 480, 32, 0xff0000, 0xff00, 0xff),
	MODE(0x12, 640, 480, 15, 0x7c00, 0x3e0, 0x1f),
	MODE(0x13, 800, 600, 16, 0x7c00, 0x3e0, 0x1f),
	MODE(0x14, 800, 600, 16, 0xf800, 0x7e0, 0x1f),
	MODE(0x15, 1024, 768, 16, 0, 0, 0),
	MODE(0x16, 320, 200, 32, 0xff, 0xff00, 0xff0000),
};

/* DISPLAY-02: Of the modes of one size and refresh rate, a client gets the one with most colors */
static void display_02_best_depth(struct kunit *test)
{
	struct vpmem_display_mode *modes;

	need_display(test, sizes, ARRAY_SIZE(sizes));
	modes = get_modes(test, 4);
	KUNIT_EXPECT_EQ(test, modes[0].index, 0x200U);
	KUNIT_EXPECT_EQ(test, modes[0].bits, 32U);
	KUNIT_EXPECT_EQ(test, modes[0].stride, 2560U);
	KUNIT_EXPECT_EQ(test, modes[0].hz, 60U);
	KUNIT_EXPECT_EQ(test, modes[1].index, 0x14U);
	KUNIT_EXPECT_EQ(test, modes[1].green, 0x7e0U);
	/* Those of a miniport that leaves out its masks */
	KUNIT_EXPECT_EQ(test, modes[2].red, 0xf800U);
	KUNIT_EXPECT_EQ(test, modes[2].green, 0x7e0U);
	KUNIT_EXPECT_EQ(test, modes[2].blue, 0x1fU);
	KUNIT_EXPECT_EQ(test, modes[3].red, 0xffU);
	kvfree(modes);
}

static VIDEO_MODE_INFORMATION bad_mode(unsigned int which)
{
	VIDEO_MODE_INFORMATION mode = MODE(1, 640, 480, 32, 0xff0000, 0xff00, 0xff);

	switch (which) {
	case 0:
		mode.AttributeFlags &= ~VIDEO_MODE_GRAPHICS;
		break;
	case 1:
		mode.NumberOfPlanes = 4;
		break;
	case 2:
		mode.AttributeFlags ^= VIDEO_MODE_LINEAR | VIDEO_MODE_BANKED;
		break;
	case 3:
		mode.BitsPerPlane = 4;
		break;
	case 4:
		mode.ScreenStride = 640 * 4 - 1;
		break;
	case 5:
		mode.VisScreenWidth = 0;
		break;
	case 6:
		mode.VisScreenHeight = U32_MAX;
		break;
	case 7:
		mode.RedMask = 0xf0f000;
		break;
	case 8:
		mode.BlueMask = 0xffff;
		break;
	case 9:
		mode.GreenMask = 0;
		break;
	case 10:
		mode.BitsPerPlane = 16;
		break;
	case 11:
		mode.AttributeFlags |= VIDEO_MODE_PALETTE_DRIVEN;
		break;
	case 12:
		mode.VisScreenWidth = U32_MAX / 4 + 2;
		mode.ScreenStride = U32_MAX;
		break;
	default:
		mode.ModeIndex = 2;
	}
	return mode;
}

/* DISPLAY-03: Planar, banked and text modes, and those whose description is nonsense, are left out */
static void display_03_bad_modes(struct kunit *test)
{
	VIDEO_MODE_INFORMATION *bad = kunit_kcalloc(test, 14, sizeof(*bad), GFP_KERNEL);
	struct vpmem_display_mode *modes;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, bad);
	for (i = 0; i < 14; i++)
		bad[i] = bad_mode(i);
	need_display(test, bad, 14);
	modes = get_modes(test, 1);
	KUNIT_EXPECT_EQ(test, modes->index, 2U);
	kvfree(modes);
	client.count = 13;
	get_modes(test, -ENOENT);
	client.count = 0;
	get_modes(test, -ENOENT);
	vt_mp.fails[0] = IOCTL_VIDEO_QUERY_AVAIL_MODES;
	vt_mp.fails[1] = ERROR_INVALID_FUNCTION;
	get_modes(test, -ENODEV);
}

/* Start the miniport with one mode of WIDTH * HEIGHT, and return that. */
static struct vpmem_display_mode one_mode(struct kunit *test, VIDEO_MODE_INFORMATION *mode)
{
	struct vpmem_display_mode *modes, one;

	mode->VisScreenWidth = WIDTH;
	mode->VisScreenHeight = HEIGHT;
	mode->ScreenStride = STRIDE;
	mode->NumberRedBits = 6;
	vt_mp.screen = kunit_kzalloc(test, SCREEN, GFP_KERNEL);
	vt_mp.screen_size = SCREEN;
	KUNIT_ASSERT_NOT_NULL(test, vt_mp.screen);
	need_display(test, mode, 1);
	modes = get_modes(test, 1);
	one = *modes;
	kvfree(modes);
	vt_forget_order();
	return one;
}

static struct vpmem_display_mode usual_mode(struct kunit *test)
{
	static VIDEO_MODE_INFORMATION usual = MODE(7, 0, 0, 32, 0xff0000, 0xff00, 0xff);

	return one_mode(test, &usual);
}

static const struct vpmem_display_rect all = { 0, 0, WIDTH, HEIGHT };

static int draw(const void *pixels, const struct vpmem_display_rect *rect)
{
	const struct vpmem_display_picture picture = { pixels, WIDTH * 4 };

	return vpmem_display_draw(client.port, &picture, rect);
}

/*
 * DISPLAY-04: A client that shows a mode owns it: the file "mode" fails with EBUSY, and
 * vpmem_request() refuses to set, reset, map and unmap, until the client releases it
 */
static void display_04_owner(struct kunit *test)
{
	static const ULONG taken[] = {
		IOCTL_VIDEO_SET_CURRENT_MODE, IOCTL_VIDEO_RESET_DEVICE,
		IOCTL_VIDEO_MAP_VIDEO_MEMORY, IOCTL_VIDEO_UNMAP_VIDEO_MEMORY,
	};
	struct vpmem_display_mode mode = usual_mode(test);
	char text[16];
	int i;

	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaM");
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 7U);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "7"), -EBUSY);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), -EBUSY);
	for (i = 0; i < ARRAY_SIZE(taken); i++)
		KUNIT_EXPECT_EQ(test, vt_request(taken[i]), ERROR_BUSY);
	KUNIT_EXPECT_EQ(test, vt_request(VT_ECHO), NO_ERROR);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaM");
	KUNIT_EXPECT_GT(test, vpmem_view(vt_mp.ext, "mode", text, sizeof(text)), 0);
	KUNIT_EXPECT_STREQ(test, text, "7\n");
	vpmem_display_release(client.port);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUR");
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "7"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
}

/*
 * DISPLAY-05: A client cannot show a mode while another one is set by others, and hears of
 * its end
 */
static void display_05_other_owner(struct kunit *test)
{
	struct vpmem_display_mode mode = usual_mode(test);

	KUNIT_EXPECT_EQ(test, vpmem_display_check(client.port), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "3"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_display_check(client.port), -EBUSY);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), -EBUSY);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 3U);
	KUNIT_EXPECT_EQ(test, client.changes, 0U);
	vpmem_display_release(client.port);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	KUNIT_EXPECT_EQ(test, client.changes, 1U);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
}

static const struct {
	ULONG code;
	int err;
} failures[] = {
	{ IOCTL_VIDEO_SET_CURRENT_MODE, -EIO },
	{ IOCTL_VIDEO_MAP_VIDEO_MEMORY, -EIO },
	{ 0, -ENOSPC },
};

/* DISPLAY-06: If a mode cannot be set, or is not mapped in whole, a client can draw nothing */
static void display_06_failures(struct kunit *test)
{
	struct vpmem_display_mode mode = usual_mode(test);
	u32 *pixels = kunit_kzalloc(test, WIDTH * HEIGHT * 4, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	for (i = 0; i < ARRAY_SIZE(failures); i++) {
		KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
		KUNIT_EXPECT_EQ(test, draw(pixels, &all), 0);
		vt_mp.fails[0] = failures[i].code;
		vt_mp.fails[1] = ERROR_INVALID_PARAMETER;
		vt_mp.screen_size = failures[i].code ? SCREEN : SCREEN - STRIDE;
		KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL),
				failures[i].err);
		KUNIT_EXPECT_EQ(test, draw(pixels, &all), -ENXIO);
		KUNIT_EXPECT_EQ(test, vpmem_display_off(client.port), -ENXIO);
		KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(client.port, NULL), -ENXIO);
		vt_mp.fails[0] = 0;
		vt_mp.screen_size = SCREEN;
	}
	/* The miniport has a mode: it is still the client's. */
	KUNIT_EXPECT_EQ(test, vpmem_display_check(client.port), 0);
	vpmem_display_release(client.port);
	KUNIT_EXPECT_EQ(test, draw(pixels, &all), -ENXIO);
}

/* Formats, and what they make of the pixel 0x12a5c37f */
static const struct vt_format {
	const char *name;
	u32 bits, flags;
	u32 red, green, blue;
	u8 pixel[4];
} formats[] = {
	{ "32 bits", 32, 0, 0xff0000, 0xff00, 0xff, { 0x7f, 0xc3, 0xa5, 0x12 } },
	{ "32 bits, blue is highest", 32, 0, 0xff, 0xff00, 0xff0000, { 0xa5, 0xc3, 0x7f, 0 } },
	{ "10 bits of each", 32, 0, 0x3ff00000, 0xffc00, 0x3ff, { 0xfd, 0x3d, 0x6c, 0x29 } },
	{ "24 bits", 24, 0, 0xff0000, 0xff00, 0xff, { 0x7f, 0xc3, 0xa5 } },
	{ "16 bits", 16, 0, 0xf800, 0x7e0, 0x1f, { 0x0f, 0xa6 } },
	{ "15 bits", 15, 0, 0x7c00, 0x3e0, 0x1f, { 0x0f, 0x53 } },
	{ "8 bits with masks", 8, 0, 0x07, 0x38, 0xc0, { 0x75 } },
	{ "palette", 8, VIDEO_MODE_PALETTE_DRIVEN, 0, 0, 0, { 0xb9 } },
};

static void format_name(const struct vt_format *format, char *name)
{
	strscpy(name, format->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(formats, formats, format_name);

/* DISPLAY-07: Pixels are converted to the format of the mode, and none but those drawn are changed */
static void display_07_formats(struct kunit *test)
{
	static const struct vpmem_display_rect rect = { 3, 1, 5, 2 };
	const struct vt_format *format = test->param_value;
	VIDEO_MODE_INFORMATION from = MODE(9, 0, 0, format->bits, format->red,
					   format->green, format->blue);
	u32 bytes = DIV_ROUND_UP(format->bits, 8), i, x, y;
	__le32 *pixels = kunit_kzalloc(test, WIDTH * HEIGHT * 4, GFP_KERNEL);
	struct vpmem_display_mode mode;
	bool drawn;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	for (i = 0; i < WIDTH * HEIGHT; i++)
		pixels[i] = cpu_to_le32(0x12a5c37f);
	from.AttributeFlags |= format->flags;
	mode = one_mode(test, &from);
	KUNIT_EXPECT_EQ(test, mode.bits, bytes * 8);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	memset(vt_mp.screen, 0xee, SCREEN);
	KUNIT_EXPECT_EQ(test, draw(pixels, &rect), 0);
	for (i = 0; i < SCREEN; i++) {
		x = i % STRIDE / bytes;
		y = i / STRIDE;
		drawn = x >= rect.x && x < rect.x + rect.width &&
			y >= rect.y && y < rect.y + rect.height;
		KUNIT_EXPECT_EQ_MSG(test, vt_mp.screen[i],
				    drawn ? format->pixel[i % STRIDE % bytes] : 0xee,
				    "byte %u", i);
	}
}

static struct vpmem_display_gamma *half_gamma(struct kunit *test)
{
	struct vpmem_display_gamma *gamma = kunit_kzalloc(test, sizeof(*gamma), GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, gamma);
	for (i = 0; i < 256; i++) {
		gamma->red[i] = (i << 8 | i) / 2;
		gamma->green[i] = U16_MAX - (i << 8 | i);
		gamma->blue[i] = i << 8 | i;
	}
	return gamma;
}

/* DISPLAY-08: Gamma changes what is drawn in modes with masks */
static void display_08_gamma(struct kunit *test)
{
	struct vpmem_display_gamma *gamma = half_gamma(test);
	struct vpmem_display_mode mode = usual_mode(test);
	__le32 *pixels = kunit_kzalloc(test, WIDTH * HEIGHT * 4, GFP_KERNEL);
	__le32 *screen = (__le32 *)vt_mp.screen;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	pixels[0] = cpu_to_le32(0x00ff10aa);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, gamma), 0);
	KUNIT_EXPECT_EQ(test, draw(pixels, &all), 0);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(screen[0]), 0x7fefaaU);
	KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(client.port, NULL), 0);
	KUNIT_EXPECT_EQ(test, draw(pixels, &all), 0);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(screen[0]), 0xff10aaU);
	KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(client.port, gamma), 0);
	KUNIT_EXPECT_EQ(test, draw(pixels, &all), 0);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(screen[0]), 0x7fefaaU);
}

/* DISPLAY-09: Gamma changes the palette of modes that have one, in the bits of the DAC */
static void display_09_palette(struct kunit *test)
{
	VIDEO_MODE_INFORMATION from = MODE(9, 0, 0, 8, 0, 0, 0);
	struct vpmem_display_gamma *gamma = half_gamma(test);
	struct vpmem_display_mode mode;

	from.AttributeFlags |= VIDEO_MODE_PALETTE_DRIVEN;
	mode = one_mode(test, &from);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 63);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Green, 63);
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(client.port, gamma), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "P");
	KUNIT_EXPECT_EQ(test, vt_mp.colors, 256);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 31);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Green, 0);
	KUNIT_EXPECT_EQ(test, vt_mp.first_color.Green, 63);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, gamma), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 31);
}

/* DISPLAY-10: A part that is not in the mode is refused, and so is any if the memory is gone */
static void display_10_bad_parts(struct kunit *test)
{
	static const struct vpmem_display_rect bad[] = {
		{ 0, 0, WIDTH + 1, 1 }, { WIDTH, 0, 1, 1 }, { WIDTH - 1, 0, 2, 1 },
		{ 0, 0, 1, HEIGHT + 1 }, { 0, HEIGHT, 1, 1 }, { U32_MAX, 0, 1, 1 },
		{ 1, 1, U32_MAX, 1 }, { 0, 1, 1, U32_MAX },
	};
	struct vpmem_display_mode mode = usual_mode(test);
	u32 *pixels = kunit_kzalloc(test, WIDTH * HEIGHT * 4, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	KUNIT_EXPECT_EQ(test, draw(pixels, &all), -ENXIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ_MSG(test, draw(pixels, &bad[i]), -EINVAL, "part %d", i);
	KUNIT_EXPECT_EQ(test, draw(pixels, &all), 0);
}

/*
 * DISPLAY-11: To switch off, the power state is set, and set back before the next mode; a
 * miniport that cannot do so gets a black screen
 */
static void display_11_power(struct kunit *test)
{
	struct vpmem_display_mode mode = usual_mode(test);

	KUNIT_EXPECT_EQ(test, vpmem_display_off(client.port), -ENXIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	memset(vt_mp.screen, 0xee, SCREEN);
	KUNIT_EXPECT_EQ(test, vpmem_display_off(client.port), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen, 0, WIDTH * 4));
	KUNIT_EXPECT_EQ(test, vt_mp.screen[WIDTH * 4], 0xee);
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen + SCREEN - STRIDE, 0, WIDTH * 4));
	vt_miniport_unregister();

	vt_have_power(true);
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_off(client.port), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "gs");
	KUNIT_EXPECT_EQ(test, vpmem_display_set(client.port, &mode, NULL), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "gsgwUSnaM");
	vt_mp.power_answer[0] = ERROR_INVALID_PARAMETER;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_off(client.port), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "gg");
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen, 0, WIDTH * 4));
}

/*
 * Monitors
 */

static struct {
	u8 edid[256];
	VP_STATUS answer;
} monitor;

static ULONG one_monitor(PVOID ext, ULONG index, PVIDEO_CHILD_TYPE type, PUCHAR descriptor)
{
	*type = Monitor;
	memcpy(descriptor, monitor.edid, sizeof(monitor.edid));
	return monitor.answer;
}

static void edid_sum(u8 *block)
{
	u8 sum = 0;
	int i;

	for (i = 0; i < 127; i++)
		sum += block[i];
	block[127] = -sum;
}

static void edid_make(u8 extensions)
{
	static const u8 begin[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };

	memset(&monitor, 0, sizeof(monitor));
	memcpy(monitor.edid, begin, sizeof(begin));
	/* The first detailed timing: 1280 * 1024 */
	memcpy(&monitor.edid[54], (u8 []){ 0x30, 0x2a, 0, 0x98, 0x51, 0, 0x2a, 0x40 }, 8);
	monitor.edid[126] = extensions;
	edid_sum(monitor.edid);
	monitor.edid[128] = 2;
	edid_sum(monitor.edid + 128);
}

static size_t ask_edid(struct kunit *test, u8 *edid)
{
	vt_have_children(NO_ERROR);
	vt_mp.child = one_monitor;
	need_display(test, sizes, 1);
	return vpmem_display_edid(client.port, edid);
}

static void expect_edid(struct kunit *test, size_t size)
{
	u8 edid[VPMEM_EDID_SIZE], sum = 0;
	int i;

	KUNIT_EXPECT_EQ(test, ask_edid(test, edid), size);
	if (size) {
		for (i = 0; i < 128; i++)
			sum += edid[i];
		KUNIT_EXPECT_EQ(test, sum, 0);
		KUNIT_EXPECT_EQ(test, edid[126], size / 128 - 1);
	}
	vt_miniport_unregister();
}

/* DISPLAY-12: A client gets the monitor's EDID, with the number of blocks that are there, or none */
static void display_12_edid(struct kunit *test)
{
	edid_make(0);
	expect_edid(test, 128);
	edid_make(1);
	expect_edid(test, 256);
	edid_make(3);
	expect_edid(test, 256);
	edid_make(1);
	monitor.edid[130]++;
	expect_edid(test, 128);
	edid_make(1);
	monitor.edid[20]++;
	expect_edid(test, 0);
	memset(&monitor, 0, sizeof(monitor));
	expect_edid(test, 0);
	/* Some miniports give an EDID, and answer that there is no monitor. */
	edid_make(0);
	monitor.answer = ERROR_NO_MORE_DEVICES;
	expect_edid(test, 128);
}

/* DISPLAY-13: The size that a monitor prefers is that of its first detailed timing */
static void display_13_preferred_size(struct kunit *test)
{
	u32 width, height;

	edid_make(0);
	KUNIT_EXPECT_TRUE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
	KUNIT_EXPECT_EQ(test, width, 1280U);
	KUNIT_EXPECT_EQ(test, height, 1024U);
	monitor.edid[54] = 0;
	monitor.edid[55] = 0;
	KUNIT_EXPECT_FALSE(test, vpmem_display_edid_size(monitor.edid, &width, &height));
}

/*
 * DISPLAY-14: A monitor is connected if the miniport describes one, or has no means to; a
 * client hears of it when the children are enumerated again
 */
static void display_14_monitor(struct kunit *test)
{
	u8 edid[VPMEM_EDID_SIZE];

	need_display(test, sizes, 1);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(client.port), VPMEM_MONITOR_CONNECTED);
	vt_miniport_unregister();
	edid_make(0);
	monitor.answer = ERROR_NO_MORE_DEVICES;
	monitor.edid[1] = 0;
	KUNIT_EXPECT_EQ(test, ask_edid(test, edid), 0UL);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(client.port), VPMEM_MONITOR_UNKNOWN);
	KUNIT_EXPECT_EQ(test, client.changes, 0U);
	monitor.answer = NO_ERROR;
	KUNIT_EXPECT_EQ(test, VideoPortEnumerateChildren(vt_mp.ext, NULL), NO_ERROR);
	KUNIT_EXPECT_EQ(test, client.changes, 1U);
	KUNIT_EXPECT_EQ(test, vpmem_display_monitor(client.port), VPMEM_MONITOR_CONNECTED);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(display_01_client),
	KUNIT_CASE(display_02_best_depth),
	KUNIT_CASE(display_03_bad_modes),
	KUNIT_CASE(display_04_owner),
	KUNIT_CASE(display_05_other_owner),
	KUNIT_CASE(display_06_failures),
	KUNIT_CASE_PARAM(display_07_formats, formats_gen_params),
	KUNIT_CASE(display_08_gamma),
	KUNIT_CASE(display_09_palette),
	KUNIT_CASE(display_10_bad_parts),
	KUNIT_CASE(display_11_power),
	KUNIT_CASE(display_12_edid),
	KUNIT_CASE(display_13_preferred_size),
	KUNIT_CASE(display_14_monitor),
	{}
};

struct kunit_suite vt_display_suite = {
	.name = "display",
	.init = display_init,
	.exit = display_exit,
	.test_cases = cases,
};
