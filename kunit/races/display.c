// SPDX-License-Identifier: GPL-2.0-only
/*
 * Users of the display: clients of DRM, of the frame buffer device, and of the console.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <drm/drm.h>
#include <drm/drm_mode.h>
#include <linux/fb.h>

#include "races.h"

#define MODES_MAX	64

/* Client of DRM, with two buffers of the size of its mode */
struct client {
	int fd;
	uint32_t connector, crtc;
	struct drm_mode_modeinfo mode;
	struct buffer {
		uint32_t handle, fb;
		uint64_t size;
		uint8_t *pixels;
	} buffer[2];
};

/* Find connector and CRTC, and choose a mode. */
static bool find_mode(struct client *client)
{
	static struct drm_mode_modeinfo modes[MODES_MAX];
	struct drm_mode_get_connector connector = {};
	struct drm_mode_card_res resources = {
		.connector_id_ptr = (uintptr_t)&client->connector,
		.crtc_id_ptr = (uintptr_t)&client->crtc,
		.count_connectors = 1,
		.count_crtcs = 1,
	};

	if (ioctl(client->fd, DRM_IOCTL_MODE_GETRESOURCES, &resources))
		return false;
	connector.connector_id = client->connector;
	connector.modes_ptr = (uintptr_t)modes;
	connector.count_modes = MODES_MAX;
	if (ioctl(client->fd, DRM_IOCTL_MODE_GETCONNECTOR, &connector) ||
	    !connector.count_modes || connector.count_modes > MODES_MAX)
		return false;
	client->mode = modes[below(connector.count_modes)];
	return true;
}

static bool create_buffer(struct client *client, struct buffer *buffer)
{
	struct drm_mode_create_dumb dumb = {
		.width = client->mode.hdisplay,
		.height = client->mode.vdisplay,
		.bpp = 32,
	};
	struct drm_mode_map_dumb map = {};
	struct drm_mode_fb_cmd fb = {};

	if (ioctl(client->fd, DRM_IOCTL_MODE_CREATE_DUMB, &dumb))
		return false;
	fb.width = dumb.width;
	fb.height = dumb.height;
	fb.pitch = dumb.pitch;
	fb.bpp = 32;
	fb.depth = 24;
	fb.handle = dumb.handle;
	map.handle = dumb.handle;
	if (ioctl(client->fd, DRM_IOCTL_MODE_ADDFB, &fb) ||
	    ioctl(client->fd, DRM_IOCTL_MODE_MAP_DUMB, &map))
		return false;
	buffer->handle = dumb.handle;
	buffer->fb = fb.fb_id;
	buffer->size = dumb.size;
	buffer->pixels = mmap(NULL, dumb.size, PROT_READ | PROT_WRITE, MAP_SHARED, client->fd,
			      map.offset);
	if (buffer->pixels == MAP_FAILED)
		buffer->pixels = NULL;
	return buffer->pixels;
}

/* Return 0 or the error number. */
static int set_mode(const struct client *client)
{
	struct drm_mode_crtc crtc = {
		.crtc_id = client->crtc,
		.fb_id = client->buffer[0].fb,
		.set_connectors_ptr = (uintptr_t)&client->connector,
		.count_connectors = 1,
		.mode_valid = 1,
		.mode = client->mode,
	};

	return ioctl(client->fd, DRM_IOCTL_MODE_SETCRTC, &crtc) ? errno : 0;
}

/* Draw on one buffer, and show it: all of it, or what has changed. */
static int draw(const struct client *client)
{
	const struct buffer *buffer = &client->buffer[below(2)];
	struct drm_mode_crtc_page_flip flip = {
		.crtc_id = client->crtc,
		.fb_id = buffer->fb,
	};
	struct drm_clip_rect rect = {
		.x2 = 1 + below(client->mode.hdisplay),
		.y2 = 1 + below(client->mode.vdisplay),
	};
	struct drm_mode_fb_dirty_cmd dirty = {
		.fb_id = buffer->fb,
		.num_clips = 1,
		.clips_ptr = (uintptr_t)&rect,
	};
	bool revoked;

	touch_pages(buffer->pixels, buffer->size, &revoked);
	if (below(4))
		return ioctl(client->fd, DRM_IOCTL_MODE_DIRTYFB, &dirty) ? errno : 0;
	return ioctl(client->fd, DRM_IOCTL_MODE_PAGE_FLIP, &flip) ? errno : 0;
}

/* Set a mode and draw, until the device is gone, for a while at most. */
static void draw_on(struct client *client)
{
	unsigned long end = now_ms() + below(1500);
	int err = 0;

	if (!find_mode(client) || !create_buffer(client, &client->buffer[0]) ||
	    !create_buffer(client, &client->buffer[1]) || set_mode(client))
		return;
	did(DISPLAY_MODE_SET);
	while (err != ENODEV && !hurry() && now_ms() < end) {
		err = draw(client);
		if (!err)
			did(DISPLAY_DRAWN);
		pause_below(20);
	}
	if (err != ENODEV)
		return;
	/* The buffers stay. */
	did(DISPLAY_OUTLIVES_ADAPTER);
	draw(client);
	set_mode(client);
}

static void run_client(void)
{
	struct client client = { .fd = open("/dev/dri/card0", O_RDWR | O_CLOEXEC) };

	if (client.fd < 0)
		return;
	ioctl(client.fd, DRM_IOCTL_SET_MASTER, 0);
	draw_on(&client);
	/* Mostly leave it to the exit of the process to release what it has. */
	if (!below(4) && client.buffer[0].fb)
		ioctl(client.fd, DRM_IOCTL_MODE_RMFB, &client.buffer[0].fb);
}

/* Have a client in a process of its own, which is killed in half of the cases. */
void run_clients(void)
{
	pause_below(20);
	if (exists("/dev/dri/card0") && run_in_child(run_client, below(2) ? 1500 : 0))
		did(CLIENT_KILLED);
}

/* Blank, or ask for the size. */
static void use_fbdev(int fd)
{
	struct fb_var_screeninfo screen;

	if (!below(20))
		ioctl(fd, FBIOBLANK, below(2) ? FB_BLANK_POWERDOWN : FB_BLANK_UNBLANK);
	if (!ioctl(fd, FBIOGET_VSCREENINFO, &screen) && !below(8))
		ioctl(fd, FBIOPAN_DISPLAY, &screen);
}

void map_fbdev(void)
{
	struct fb_fix_screeninfo fixed = {};
	uint8_t *pages = MAP_FAILED;
	bool revoked = false;
	unsigned long end = now_ms() + below(1500);
	int fd;

	pause_below(20);
	fd = open("/dev/fb0", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return;
	if (!ioctl(fd, FBIOGET_FSCREENINFO, &fixed) && fixed.smem_len)
		pages = mmap(NULL, fixed.smem_len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	while (pages != MAP_FAILED && !revoked && !hurry() && now_ms() < end) {
		if (touch_pages(pages, fixed.smem_len, &revoked))
			did(FBDEV_DRAWN);
		use_fbdev(fd);
		pause_below(20);
	}
	if (pages != MAP_FAILED)
		munmap(pages, fixed.smem_len);
	close(fd);
}

/* Write text to the console, which draws it on the display. */
void write_console(void)
{
	char text[64];

	snprintf(text, sizeof(text), "\033[%u;%uHtext %u\r\n", below(40), below(80),
		 below(1000));
	if (!write_text("/dev/tty1", text))
		did(CONSOLE_WRITTEN);
	pause_below(60);
}
