// SPDX-License-Identifier: GPL-2.0-only
/*
 * Displays: what is drawn, to the byte
 */
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/display.h"

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
	{ "7 bits of blue", 32, 0, 0xff0000, 0xff00, 0x7f, { 0x3f, 0xc3, 0xa5, 0 } },
	{ "6 bits of green", 32, 0, 0xff0000, 0x3f00, 0xff, { 0x7f, 0x30, 0xa5, 0 } },
	{ "20 bits of red", 32, 0, 0xfffff000, 0xfc0, 0x3f, { 0x1f, 0x0c, 0xa5, 0xa5 } },
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

/* DISPLAY-07: Pixels are converted to the format of the mode; only those drawn are changed */
static void display_07_formats(struct kunit *test)
{
	static const struct vpmem_display_rect rect = { 3, 1, 5, 2 };
	const struct vt_format *format = test->param_value;
	VIDEO_MODE_INFORMATION from = VT_MODE(9, 0, 0, format->bits, format->red,
					   format->green, format->blue);
	u32 bytes = DIV_ROUND_UP(format->bits, 8), i, x, y;
	__le32 *pixels = kunit_kzalloc(test, VT_WIDTH * VT_HEIGHT * 4, GFP_KERNEL);
	struct vpmem_display_mode mode;
	bool drawn;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	for (i = 0; i < VT_WIDTH * VT_HEIGHT; i++)
		pixels[i] = cpu_to_le32(0x12a5c37f);
	from.AttributeFlags |= format->flags;
	mode = vt_one_mode(test, &from);
	KUNIT_EXPECT_EQ(test, mode.bits, bytes * 8);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	memset(vt_mp.screen, 0xee, VT_SCREEN);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &rect), 0);
	for (i = 0; i < VT_SCREEN; i++) {
		x = i % VT_STRIDE / bytes;
		y = i / VT_STRIDE;
		drawn = x >= rect.x && x < rect.x + rect.width &&
			y >= rect.y && y < rect.y + rect.height;
		KUNIT_EXPECT_EQ_MSG(test, vt_mp.screen[i],
				    drawn ? format->pixel[i % VT_STRIDE % bytes] : 0xee,
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
	struct vpmem_display_mode mode = vt_usual_mode(test);
	__le32 *pixels = kunit_kzalloc(test, VT_WIDTH * VT_HEIGHT * 4, GFP_KERNEL);
	__le32 *screen = (__le32 *)vt_mp.screen;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	pixels[0] = cpu_to_le32(0x00ff10aa);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, gamma), 0);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), 0);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(screen[0]), 0x7fefaaU);
	KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(vt_client.port, NULL), 0);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), 0);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(screen[0]), 0xff10aaU);
	KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(vt_client.port, gamma), 0);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), 0);
	KUNIT_EXPECT_EQ(test, le32_to_cpu(screen[0]), 0x7fefaaU);
}

/* DISPLAY-09: Gamma changes the palette of modes that have one, in the bits of the DAC */
static void display_09_palette(struct kunit *test)
{
	VIDEO_MODE_INFORMATION from = VT_MODE(9, 0, 0, 8, 0, 0, 0);
	struct vpmem_display_gamma *gamma = half_gamma(test);
	struct vpmem_display_mode mode;

	from.AttributeFlags |= VIDEO_MODE_PALETTE_DRIVEN;
	mode = vt_one_mode(test, &from);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 63);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Green, 63);
	vt_forget_order();
	KUNIT_EXPECT_EQ(test, vpmem_display_set_gamma(vt_client.port, gamma), 0);
	KUNIT_EXPECT_STREQ(test, vt_mp.order, "P");
	KUNIT_EXPECT_EQ(test, vt_mp.colors, 256);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 31);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Green, 0);
	KUNIT_EXPECT_EQ(test, vt_mp.first_color.Green, 63);
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, gamma), 0);
	KUNIT_EXPECT_EQ(test, vt_mp.last_color.Red, 31);
}

/* DISPLAY-10: A part that is not in the mode is refused, and so is any if the memory is gone */
static void display_10_bad_parts(struct kunit *test)
{
	static const struct vpmem_display_rect bad[] = {
		{ 0, 0, VT_WIDTH + 1, 1 }, { VT_WIDTH, 0, 1, 1 }, { VT_WIDTH - 1, 0, 2, 1 },
		{ 0, 0, 1, VT_HEIGHT + 1 }, { 0, VT_HEIGHT, 1, 1 }, { U32_MAX, 0, 1, 1 },
		{ 1, 1, U32_MAX, 1 }, { 0, 1, 1, U32_MAX },
	};
	struct vpmem_display_mode mode = vt_usual_mode(test);
	u32 *pixels = kunit_kzalloc(test, VT_WIDTH * VT_HEIGHT * 4, GFP_KERNEL);
	void *memory = vzalloc(PAGE_SIZE);
	int i;

	KUNIT_ASSERT_NOT_NULL(test, pixels);
	KUNIT_ASSERT_NOT_NULL(test, memory);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), -ENXIO);
	vt_mp.screen = memory;
	KUNIT_EXPECT_EQ(test, vpmem_display_set(vt_client.port, &mode, NULL), 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ_MSG(test, vt_draw(pixels, &bad[i]), -EINVAL, "part %d", i);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), 0);
	vfree(memory);
	KUNIT_EXPECT_EQ(test, vt_draw(pixels, &vt_all), -EIO);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(display_07_formats, formats_gen_params),
	KUNIT_CASE(display_08_gamma),
	KUNIT_CASE(display_09_palette),
	KUNIT_CASE(display_10_bad_parts),
	{}
};

struct kunit_suite vt_pixels_suite = {
	.name = "pixels",
	.init = vt_display_init,
	.exit = vt_display_exit,
	.test_cases = cases,
};
