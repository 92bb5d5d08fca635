/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Conversion of pixels from XRGB8888 to the format of a mode.
 */
#ifndef VPMEM_PIXELS_H
#define VPMEM_PIXELS_H

#include <linux/sizes.h>
#include <linux/types.h>

#include "port/display.h"

/* Most bytes of a converted line */
#define VPMEM_LINE_MAX	SZ_64K

/* Converter: the bits of a pixel for each level of each color */
struct vpmem_pixels {
	unsigned int bytes;		/* of a converted pixel */
	bool same;			/* no conversion is needed */
	u32 red[256];
	u32 green[256];
	u32 blue[256];
	u8 line[VPMEM_LINE_MAX] __aligned(4);
};

void vpmem_pixels_init(struct vpmem_pixels *pixels, const struct vpmem_display_mode *mode,
		       const struct vpmem_display_gamma *gamma);
const void *vpmem_pixels_convert(struct vpmem_pixels *pixels, const void *from,
				 unsigned int count);

#endif /* VPMEM_PIXELS_H */
