/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Client of displays, for the suites of what the port object offers to it. It comes after
 * the headers of Linux, as fakeport.h.
 */
#ifndef VPMEM_KUNIT_DISPLAY_H
#define VPMEM_KUNIT_DISPLAY_H

#include <linux/device.h>

#include "kunit/lib/fakeport.h"
#include "port/display.h"

/* Mode of the fake miniport that is drawn to, and the bytes of its frame buffer */
#define VT_WIDTH	16
#define VT_HEIGHT	4
#define VT_STRIDE	80
#define VT_SCREEN	(VT_STRIDE * VT_HEIGHT)

#define VT_MODE(index, width, height, bits, red, green, blue) {			\
	.Length = sizeof(VIDEO_MODE_INFORMATION), .ModeIndex = (index),		\
	.VisScreenWidth = (width), .VisScreenHeight = (height),			\
	.ScreenStride = 4096, .NumberOfPlanes = 1, .BitsPerPlane = (bits), \
	.Frequency = 1, .RedMask = (red), .GreenMask = (green), .BlueMask = (blue), \
	.AttributeFlags = VIDEO_MODE_COLOR | VIDEO_MODE_GRAPHICS | VIDEO_MODE_LINEAR }

/*
 * The client, and the modes that the miniport lists. Its hooks have no argument that is the
 * test's own, hence a static one; there is one test at a time.
 */
extern struct vt_client {
	struct vpmem_port *port;
	struct device *dev;
	unsigned int starts, stops, changes;
	const VIDEO_MODE_INFORMATION *modes;
	unsigned int count;
	void (*in_request)(PVIDEO_REQUEST_PACKET packet);
} vt_client;

extern const struct vpmem_display_client vt_client_hooks;
extern const struct vpmem_display_rect vt_all;

int vt_display_init(struct kunit *test);
void vt_display_exit(struct kunit *test);
void vt_need_display(struct kunit *test, const VIDEO_MODE_INFORMATION *modes,
		     unsigned int count);
struct vpmem_display_mode *vt_get_modes(struct kunit *test, int expected);
struct vpmem_display_mode vt_one_mode(struct kunit *test, VIDEO_MODE_INFORMATION *mode);
struct vpmem_display_mode vt_usual_mode(struct kunit *test);
int vt_draw(const void *pixels, const struct vpmem_display_rect *rect);

#endif /* VPMEM_KUNIT_DISPLAY_H */
