// SPDX-License-Identifier: GPL-2.0-only
/*
 * Conversion of pixels from XRGB8888 to the format of a mode, by the masks of its colors.
 *
 * A pixel is the sum of three entries of tables, one for each color, which are made when
 * the mode or the gamma changes. They convert to any masks, and to the palette of modes
 * of 8 bits, whose pixels have three bits of red and green and two of blue.
 */
#include <linux/bitops.h>
#include <linux/kernel.h>

#include "port/pixels.h"

#define PALETTE_RED	0xe0
#define PALETTE_GREEN	0x1c
#define PALETTE_BLUE	0x03

/* Place the highest bits of a level of 16 bits where the mask is. */
static u32 level_bits(u32 level, u32 mask)
{
	unsigned int bits = hweight32(mask);

	if (!mask)
		return 0;
	level = bits <= 16 ? level >> (16 - bits) : level << (bits - 16);
	return level << __ffs(mask);
}

static void color_fill(u32 table[256], u32 mask, const u16 *gamma)
{
	unsigned int i;

	/* Repeat the byte, so that all bits of a deeper color are set at the highest level. */
	for (i = 0; i < 256; i++)
		table[i] = level_bits(gamma ? gamma[i] : i << 8 | i, mask);
}

static bool is_xrgb(const struct vpmem_display_mode *mode)
{
	return mode->bits == 32 && mode->red == 0xff0000 && mode->green == 0xff00 &&
	       mode->blue == 0xff;
}

/* Prepare the conversion to a mode. @gamma is NULL for none; a palette has its own. */
void vpmem_pixels_init(struct vpmem_pixels *pixels, const struct vpmem_display_mode *mode,
		       const struct vpmem_display_gamma *gamma)
{
	bool palette = !mode->red;

	if (palette)
		gamma = NULL;
	pixels->bytes = mode->bits / 8;
	pixels->same = !gamma && is_xrgb(mode);
	color_fill(pixels->red, palette ? PALETTE_RED : mode->red, gamma ? gamma->red : NULL);
	color_fill(pixels->green, palette ? PALETTE_GREEN : mode->green,
		   gamma ? gamma->green : NULL);
	color_fill(pixels->blue, palette ? PALETTE_BLUE : mode->blue,
		   gamma ? gamma->blue : NULL);
}

static u32 pixel(const struct vpmem_pixels *pixels, const u8 *from)
{
	return pixels->blue[from[0]] | pixels->green[from[1]] | pixels->red[from[2]];
}

static void convert_8(struct vpmem_pixels *pixels, const u8 *from, unsigned int count)
{
	u8 *to = pixels->line;

	for (; count; count--, from += 4)
		*to++ = pixel(pixels, from);
}

static void convert_16(struct vpmem_pixels *pixels, const u8 *from, unsigned int count)
{
	__le16 *to = (void *)pixels->line;

	for (; count; count--, from += 4)
		*to++ = cpu_to_le16(pixel(pixels, from));
}

static void convert_24(struct vpmem_pixels *pixels, const u8 *from, unsigned int count)
{
	u8 *to = pixels->line;
	u32 value;

	for (; count; count--, from += 4) {
		value = pixel(pixels, from);
		*to++ = value;
		*to++ = value >> 8;
		*to++ = value >> 16;
	}
}

static void convert_32(struct vpmem_pixels *pixels, const u8 *from, unsigned int count)
{
	__le32 *to = (void *)pixels->line;

	for (; count; count--, from += 4)
		*to++ = cpu_to_le32(pixel(pixels, from));
}

/*
 * Convert at most VPMEM_LINE_MAX / 4 pixels. Return where they are, until the next call:
 * at @from if they are the same.
 */
const void *vpmem_pixels_convert(struct vpmem_pixels *pixels, const void *from,
				 unsigned int count)
{
	static void (*const convert[])(struct vpmem_pixels *pixels, const u8 *from,
				       unsigned int count) = {
		[1] = convert_8,
		[2] = convert_16,
		[3] = convert_24,
		[4] = convert_32,
	};

	if (pixels->same)
		return from;
	convert[pixels->bytes](pixels, from, count);
	return pixels->line;
}
