// SPDX-License-Identifier: GPL-2.0-only
/*
 * Displays: the client of a miniport, its modes, and who owns the screen
 */
#include <linux/mm.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/display.h"

/*
 * DISPLAY-01: A client hears of a miniport when it has started, before it stops, and at its
 * own registration and end; there is one client at a time
 */
static void display_01_client(struct kunit *test)
{
	static const struct vpmem_display_client other;

	KUNIT_EXPECT_EQ(test, vpmem_display_client_register(&other), -EBUSY);
	KUNIT_ASSERT_EQ(test, vt_miniport_register(), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "EFI<");
	KUNIT_EXPECT_STREQ(test, dev_name(vt_client.dev), VT_MINIPORT);
	vpmem_display_client_unregister(&other);
	KUNIT_EXPECT_EQ(test, vt_client.stops, 0U);
	vpmem_display_client_unregister(&vt_client_hooks);
	KUNIT_EXPECT_EQ(test, vt_client.stops, 1U);
	KUNIT_EXPECT_EQ(test, vpmem_display_client_register(&vt_client_hooks), 0);
	KUNIT_EXPECT_EQ(test, vt_client.starts, 2U);
	vt_forget_order();
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, ">H");
}

static const VIDEO_MODE_INFORMATION sizes[] = {
	VT_MODE(0x10, 640, 480, 16, 0xf800, 0x7e0, 0x1f),
	VT_MODE(0x11, 640, 480, 24, 0xff0000, 0xff00, 0xff),
	VT_MODE(0x200, 640, 480, 32, 0xff0000, 0xff00, 0xff),
	VT_MODE(0x12, 640, 480, 15, 0x7c00, 0x3e0, 0x1f),
	VT_MODE(0x13, 800, 600, 16, 0x7c00, 0x3e0, 0x1f),
	VT_MODE(0x14, 800, 600, 16, 0xf800, 0x7e0, 0x1f),
	VT_MODE(0x15, 1024, 768, 16, 0, 0, 0),
	VT_MODE(0x16, 320, 200, 32, 0xff, 0xff00, 0xff0000),
	VT_MODE(0x17, 320, 240, 8, 0xe0, 0x1c, 0x03),
};

/* DISPLAY-02: Of the modes of one size and refresh rate, a client gets the one with most colors */
static void display_02_best_depth(struct kunit *test)
{
	struct vpmem_display_mode *modes;

	vt_need_display(test, sizes, ARRAY_SIZE(sizes));
	modes = vt_get_modes(test, 5);
	KUNIT_EXPECT_EQ(test, modes[0].index, 0x200U);
	KUNIT_EXPECT_EQ(test, modes[0].bits, 32U);
	KUNIT_EXPECT_EQ(test, modes[0].stride, 4096U);
	KUNIT_EXPECT_EQ(test, modes[0].hz, 60U);
	KUNIT_EXPECT_EQ(test, modes[1].index, 0x14U);
	KUNIT_EXPECT_EQ(test, modes[1].green, 0x7e0U);
	/* Those of a miniport that leaves out its masks */
	KUNIT_EXPECT_EQ(test, modes[2].red, 0xf800U);
	KUNIT_EXPECT_EQ(test, modes[2].green, 0x7e0U);
	KUNIT_EXPECT_EQ(test, modes[2].blue, 0x1fU);
	KUNIT_EXPECT_EQ(test, modes[3].red, 0xffU);
	KUNIT_EXPECT_EQ(test, modes[4].index, 0x17U);
	KUNIT_EXPECT_EQ(test, modes[4].bits, 8U);
	kvfree(modes);
}

/* DISPLAY-20: Modes of one size have their refresh rates; 60 Hz stand for one of nonsense */
static void display_20_refresh_rates(struct kunit *test)
{
	VIDEO_MODE_INFORMATION rates[] = {
		VT_MODE(1, 640, 480, 32, 0xff0000, 0xff00, 0xff),
		VT_MODE(2, 640, 480, 32, 0xff0000, 0xff00, 0xff),
		VT_MODE(3, 640, 480, 16, 0xf800, 0x7e0, 0x1f),
		VT_MODE(4, 800, 600, 32, 0xff0000, 0xff00, 0xff),
	};
	struct vpmem_display_mode *modes;

	rates[1].Frequency = 75;
	rates[2].Frequency = 75;
	rates[3].Frequency = 5000;
	vt_need_display(test, rates, ARRAY_SIZE(rates));
	modes = vt_get_modes(test, 3);
	KUNIT_EXPECT_EQ(test, modes[0].hz, 60U);
	KUNIT_EXPECT_EQ(test, modes[1].index, 2U);
	KUNIT_EXPECT_EQ(test, modes[1].hz, 75U);
	KUNIT_EXPECT_EQ(test, modes[2].index, 4U);
	KUNIT_EXPECT_EQ(test, modes[2].hz, 60U);
	kvfree(modes);
}

#define BAD_MODES	21

/* Return a mode that cannot be shown, or behind those one that can. */
static VIDEO_MODE_INFORMATION bad_mode(unsigned int which)
{
	VIDEO_MODE_INFORMATION mode = VT_MODE(1, 640, 480, 32, 0xff0000, 0xff00, 0xff);

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
	case 13:
		mode.VisScreenHeight = 0;
		break;
	case 14:
		mode.BlueMask = 0x5;
		break;
	case 15:
		mode.RedMask = 0xffff00;
		break;
	case 16:
		mode.BlueMask = 0xff0000;
		break;
	case 17:
		mode.RedMask = 0;
		break;
	case 18:
		mode.RedMask = 0;
		mode.GreenMask = 0;
		break;
	case 19:
		mode.BitsPerPlane = 8;
		mode.RedMask = 0;
		mode.GreenMask = 0;
		mode.BlueMask = 0;
		break;
	case 20:
		mode.BitsPerPlane = 24;
		mode.RedMask = 0xff000000;
		break;
	default:
		mode.ModeIndex = 2;
	}
	return mode;
}

/* DISPLAY-03: Planar, banked and text modes, and those of nonsense, are left out */
static void display_03_bad_modes(struct kunit *test)
{
	VIDEO_MODE_INFORMATION *bad = kunit_kcalloc(test, BAD_MODES + 1, sizeof(*bad),
						    GFP_KERNEL);
	struct vpmem_display_mode *modes;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, bad);
	for (i = 0; i <= BAD_MODES; i++)
		bad[i] = bad_mode(i);
	vt_need_display(test, bad, BAD_MODES + 1);
	modes = vt_get_modes(test, 1);
	KUNIT_EXPECT_EQ(test, modes->index, 2U);
	kvfree(modes);
	vt_client.count = BAD_MODES;
	vt_get_modes(test, -ENOENT);
	vt_client.count = 0;
	vt_get_modes(test, -ENOENT);
	vt_mp.fails[0] = IOCTL_VIDEO_QUERY_AVAIL_MODES;
	vt_mp.fails[1] = ERROR_INVALID_FUNCTION;
	vt_get_modes(test, -ENODEV);
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
	struct vpmem_display_mode mode = vt_usual_mode(test);
	char text[16];
	int i;

	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
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
	vpmem_display_release(vt_client.port);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "SnaMUR");
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "7"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
}

/* DISPLAY-18: The mode of a client that unregisters is reset, and others can set one */
static void display_18_end_of_client(struct kunit *test)
{
	struct vpmem_display_mode mode = vt_usual_mode(test);

	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	vt_forget_order();
	vpmem_display_client_unregister(&vt_client_hooks);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, ">UR");
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "7"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
}

/*
 * DISPLAY-05: A client cannot show a mode while another one is set by others, and hears of
 * its end
 */
static void display_05_other_owner(struct kunit *test)
{
	struct vpmem_display_mode mode = vt_usual_mode(test);

	KUNIT_EXPECT_EQ(test, vpmem_display_check(vt_client.port), 0);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "3"), 0);
	KUNIT_EXPECT_EQ(test, vpmem_display_check(vt_client.port), -EBUSY);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), -EBUSY);
	KUNIT_EXPECT_EQ(test, vt_mp.mode_asked, 3U);
	KUNIT_EXPECT_EQ(test, vt_client.changes, 0U);
	vpmem_display_release(vt_client.port);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "reset"), 0);
	KUNIT_EXPECT_EQ(test, vt_client.changes, 1U);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_mp.ext, "mode", "3"), 0);
	KUNIT_EXPECT_EQ(test, vt_request(IOCTL_VIDEO_RESET_DEVICE), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_client.changes, 2U);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
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
	struct vpmem_display_mode mode = vt_usual_mode(test);
	u32 *pixels = kunit_kzalloc(test, VT_WIDTH * VT_HEIGHT * 4, GFP_KERNEL);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	for (i = 0; i < ARRAY_SIZE(failures); i++) {
		KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
		KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), 0);
		vt_mp.fails[0] = failures[i].code;
		vt_mp.fails[1] = ERROR_INVALID_PARAMETER;
		vt_mp.screen_size = failures[i].code ? VT_SCREEN : VT_SCREEN - VT_STRIDE;
		KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL),
				failures[i].err);
		KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), -ENXIO);
		KUNIT_EXPECT_EQ(test, vpmem_display_off(vt_client.port), -ENXIO);
		KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(vt_client.port, NULL), -ENXIO);
		vt_mp.fails[0] = 0;
		vt_mp.screen_size = VT_SCREEN;
	}
	/* The miniport has a mode: it is still the client's. */
	KUNIT_EXPECT_EQ(test, vpmem_display_check(vt_client.port), 0);
	vpmem_display_release(vt_client.port);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), -ENXIO);
}

/*
 * DISPLAY-11: To switch off, the power state is set, and set back before the next mode; a
 * miniport that cannot do so gets a black screen
 */
static void display_11_power(struct kunit *test)
{
	struct vpmem_display_mode mode = vt_usual_mode(test);

	KUNIT_EXPECT_EQ(test, vpmem_display_off(vt_client.port), -ENXIO);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	memset(vt_mp.screen, 0xee, VT_SCREEN);
	KUNIT_EXPECT_EQ(test, vpmem_display_off(vt_client.port), 0);
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen, 0, VT_WIDTH * 4));
	KUNIT_EXPECT_EQ(test, vt_mp.screen[VT_WIDTH * 4], 0xee);
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen + VT_SCREEN - VT_STRIDE, 0, VT_WIDTH * 4));
	vt_miniport_unregister();

	vt_have_power(true);
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_off(vt_client.port), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "gs");
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "gsgwUSnaM");
	vt_mp.power_answer[0] = ERROR_INVALID_PARAMETER;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_off(vt_client.port), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "gg");
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen, 0, VT_WIDTH * 4));
}

/* DISPLAY-22: The screen is black, too, if HwSetPowerState fails; a message has its status */
static void display_22_power_fails(struct kunit *test)
{
	struct vpmem_display_mode mode;
	u64 mark = vt_log_mark();

	vt_have_power(false);
	mode = vt_usual_mode(test);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	memset(vt_mp.screen, 0xee, VT_SCREEN);
	vt_mp.power_answer[1] = ERROR_INVALID_PARAMETER;
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_off(vt_client.port), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "ss");
	KUNIT_EXPECT_NULL(test, memchr_inv(vt_mp.screen, 0, VT_WIDTH * 4));
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "HwSetPowerState returned",
					   "ERROR_INVALID_PARAMETER"), 2U);
}

/* Calls of a client that does not know yet that the miniport has stopped */
static struct {
	struct vpmem_port *port;
	struct vpmem_display_mode mode;
	u32 pixels[VT_WIDTH * VT_HEIGHT];
	u8 edid[VPMEM_EDID_SIZE];
	size_t edid_size;
	enum vpmem_display_monitor monitor;
	int set, gamma, draw, off, size, move;
} late;

static void call_late(PVOID ext)
{
	const struct vpmem_display_picture picture = { late.pixels, VT_WIDTH * 4 };
	u32 width, height;

	late.size = vpmem_display_pointer_size(late.port, &width, &height);
	late.move = vpmem_display_pointer_move(late.port, 1, 1);
	late.edid_size = vpmem_display_edid(late.port, late.edid);
	late.monitor = vpmem_display_monitor(late.port);
	late.set = vpmem_display_set(late.port, &late.mode, NULL);
	late.gamma = vpmem_display_set_gamma(late.port, NULL);
	late.draw = vpmem_display_draw(late.port, &picture, &vt_all);
	late.off = vpmem_display_off(late.port);
	vpmem_display_release(late.port);
}

/* DISPLAY-21: When a miniport has stopped, calls of a client fail, and do not reach it */
static void display_21_miniport_has_stopped(struct kunit *test)
{
	late.mode = vt_usual_mode(test);
	late.port = vt_client.port;
	late.edid_size = 1;
	KUNIT_EXPECT_EQ(test, vpmem_display_set(late.port, &late.mode, NULL), 0);
	vt_forget_order();
	vt_mp.in_reset = call_late;
	vt_miniport_unregister();
	KUNIT_EXPECT_STREQ(test, vt_mp.order, ">URH");
	KUNIT_EXPECT_EQ(test, late.edid_size, 0U);
	KUNIT_EXPECT_EQ(test, late.monitor, VPMEM_MONITOR_ABSENT);
	KUNIT_EXPECT_EQ(test, late.set, -ENODEV);
	KUNIT_EXPECT_EQ(test, late.gamma, -ENODEV);
	KUNIT_EXPECT_EQ(test, late.draw, -ENODEV);
	KUNIT_EXPECT_EQ(test, late.off, -ENODEV);
	KUNIT_EXPECT_EQ(test, late.size, -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, late.move, -ENXIO);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(display_01_client),
	KUNIT_CASE(display_02_best_depth),
	KUNIT_CASE(display_03_bad_modes),
	KUNIT_CASE(display_04_owner),
	KUNIT_CASE(display_05_other_owner),
	KUNIT_CASE(display_06_failures),
	KUNIT_CASE(display_11_power),
	KUNIT_CASE(display_22_power_fails),
	KUNIT_CASE(display_18_end_of_client),
	KUNIT_CASE(display_20_refresh_rates),
	KUNIT_CASE(display_21_miniport_has_stopped),
	{}
};

struct kunit_suite vt_display_suite = {
	.name = "display",
	.init = vt_display_init,
	.exit = vt_display_exit,
	.test_cases = cases,
};
