// SPDX-License-Identifier: GPL-2.0-only
/*
 * Client of DRM: sets a mode, draws, changes colors, and shows a pointer. It ends with a status
 * of 1 and a message if a step fails. With a file, it compares the first pixel there, which is
 * the frame buffer, with what it has drawn.
 */
#include <drm/drm.h>
#include <drm/drm_mode.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#define COLOR		0x336699
#define POINTER_SIZE	32
#define GAMMA_SIZE	256

/* Time for the driver to show what was committed */
#define WAIT_US		150000

static int card;

static void step(const char *name, unsigned long request, void *argument)
{
	if (ioctl(card, request, argument))
		err(1, "%s", name);
	usleep(WAIT_US);
}

/* Create a buffer of one color, and a framebuffer of it. Return the latter. */
static uint32_t picture(uint32_t width, uint32_t height, uint32_t color, uint32_t *handle)
{
	struct drm_mode_create_dumb dumb = { .width = width, .height = height, .bpp = 32 };
	struct drm_mode_map_dumb map = {};
	struct drm_mode_fb_cmd frame = { .width = width, .height = height, .bpp = 32, .depth = 24 };
	uint32_t *pixels;
	size_t i;

	if (ioctl(card, DRM_IOCTL_MODE_CREATE_DUMB, &dumb))
		err(1, "create dumb");
	map.handle = dumb.handle;
	if (ioctl(card, DRM_IOCTL_MODE_MAP_DUMB, &map))
		err(1, "map dumb");
	pixels = mmap(NULL, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, card, map.offset);
	if (pixels == MAP_FAILED)
		err(1, "mmap");
	for (i = 0; i < dumb.size / sizeof(*pixels); i++)
		pixels[i] = color;
	*handle = dumb.handle;
	frame.handle = dumb.handle;
	frame.pitch = dumb.pitch;
	if (ioctl(card, DRM_IOCTL_MODE_ADDFB, &frame))
		err(1, "add framebuffer");
	return frame.fb_id;
}

/* Find the largest mode of the only connector. A driver without memory has none. */
static struct drm_mode_modeinfo find_mode(uint32_t connector)
{
	struct drm_mode_modeinfo modes[8], mode = {};
	struct drm_mode_get_connector get = { .connector_id = connector };
	uint32_t i, count;

	if (ioctl(card, DRM_IOCTL_MODE_GETCONNECTOR, &get))
		err(1, "get connector");
	count = get.count_modes < 8 ? get.count_modes : 8;
	get = (struct drm_mode_get_connector){
		.connector_id = connector, .count_modes = count, .modes_ptr = (uintptr_t)modes,
	};
	if (count && ioctl(card, DRM_IOCTL_MODE_GETCONNECTOR, &get))
		err(1, "get modes");
	for (i = 0; i < count; i++)
		if (modes[i].hdisplay > mode.hdisplay)
			mode = modes[i];
	errno = ENOMEM;
	if (!mode.hdisplay)
		err(1, "no modes");
	return mode;
}

static void set_gamma(uint32_t crtc)
{
	static uint16_t levels[GAMMA_SIZE];
	struct drm_mode_crtc_lut gamma = {
		.crtc_id = crtc, .gamma_size = GAMMA_SIZE, .red = (uintptr_t)levels,
		.green = (uintptr_t)levels, .blue = (uintptr_t)levels,
	};
	unsigned int i;

	for (i = 0; i < GAMMA_SIZE; i++)
		levels[i] = i << 8 | i;
	step("set gamma", DRM_IOCTL_MODE_SETGAMMA, &gamma);
}

static void show_pointer(uint32_t crtc)
{
	struct drm_mode_cursor cursor = {
		.flags = DRM_MODE_CURSOR_BO | DRM_MODE_CURSOR_MOVE, .crtc_id = crtc,
		.x = 20, .y = 20, .width = POINTER_SIZE, .height = POINTER_SIZE,
	};

	picture(POINTER_SIZE, POINTER_SIZE, 0xffffffff, &cursor.handle);
	step("set cursor", DRM_IOCTL_MODE_CURSOR, &cursor);
	cursor.flags = DRM_MODE_CURSOR_MOVE;
	cursor.x = 30;
	step("move cursor", DRM_IOCTL_MODE_CURSOR, &cursor);
}

static void compare(const char *path)
{
	uint32_t pixel = 0;
	int file = open(path, O_RDONLY);

	if (file < 0 || read(file, &pixel, sizeof(pixel)) != sizeof(pixel))
		err(1, "%s", path);
	if ((pixel & 0xffffff) != COLOR)
		errx(1, "the first pixel is %06x, not %06x", pixel, COLOR);
}

int main(int argc, char **argv)
{
	uint32_t crtc, connector, handle;
	struct drm_mode_card_res resources = {
		.count_crtcs = 1, .crtc_id_ptr = (uintptr_t)&crtc,
		.count_connectors = 1, .connector_id_ptr = (uintptr_t)&connector,
	};
	struct drm_mode_crtc set = {
		.count_connectors = 1, .set_connectors_ptr = (uintptr_t)&connector,
		.mode_valid = 1,
	};
	struct drm_mode_fb_dirty_cmd dirty = {};

	card = open("/dev/dri/card0", O_RDWR);
	if (card < 0)
		err(1, "/dev/dri/card0");
	if (ioctl(card, DRM_IOCTL_MODE_GETRESOURCES, &resources))
		err(1, "get resources");
	set.crtc_id = crtc;
	set.mode = find_mode(connector);
	set.fb_id = picture(set.mode.hdisplay, set.mode.vdisplay, COLOR, &handle);
	step("set mode", DRM_IOCTL_MODE_SETCRTC, &set);
	dirty.fb_id = set.fb_id;
	step("draw", DRM_IOCTL_MODE_DIRTYFB, &dirty);
	set_gamma(crtc);
	show_pointer(crtc);
	if (argc > 1)
		compare(argv[1]);
	return 0;
}
