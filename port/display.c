// SPDX-License-Identifier: GPL-2.0-only
/*
 * Displays: modes that a client sets, and what it draws.
 *
 * While a client shows a mode, the miniport's mode is its own: the file "mode" and
 * vpmem_request() cannot change it, and get EBUSY. While a mode is set by those, a client
 * gets it.
 */
#define dev_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/device.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/string.h>

#include "core/adapter.h"
#include "core/compat.h"
#include "core/context.h"
#include "core/devlock.h"
#include "mem/backing.h"
#include "port/display.h"
#include "port/edid.h"
#include "port/pixels.h"
#include "port/port.h"

/* Mode that a client shows, or has last set */
struct vpmem_shown {
	struct vpmem_display_mode mode;
	bool visible;			/* it is set, and can be drawn to */
	bool dark;			/* the device, or the monitor, is switched off */
	struct vpmem_pixels pixels;
};

/* Tell whether a client can draw. Called with the device lock. */
static bool is_visible(const struct vpmem_port *port)
{
	return port->displayed && port->shown && port->shown->visible;
}

/* Begin a call of a client, which display_leave() ends. */
static int display_enter(struct vpmem_port *port)
{
	if (!vpmem_device_lock(port->adapter))
		return -ENODEV;
	if (!port->stopped)
		return 0;
	vpmem_device_unlock(port->adapter);
	return -ENODEV;
}

static void display_leave(struct vpmem_port *port)
{
	vpmem_device_unlock(port->adapter);
}

/*
 * Monitor
 */

/**
 * vpmem_display_edid - Get the EDID of the monitor
 * @port: the port
 * @edid: the EDID that the miniport gave when its children were enumerated last; its
 *	number of blocks is right
 *
 * Context: may sleep.
 * Return: the bytes of the EDID, or 0 if the miniport gave none, or one that is invalid.
 */
size_t vpmem_display_edid(struct vpmem_port *port, u8 edid[VPMEM_EDID_SIZE])
{
	size_t size = 0;

	if (display_enter(port))
		return 0;
	if (port->monitor.found) {
		memcpy(edid, port->monitor.descriptor, VPMEM_EDID_SIZE);
		size = vpmem_edid_check(edid);
	}
	display_leave(port);
	return size;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_edid, VPMEM_DISPLAY_NS);

/**
 * vpmem_display_monitor - Tell whether a monitor is connected
 * @port: the port
 *
 * A miniport that has never found a monitor may have no way to. Then assume that there is
 * one, because compositors ignore a connector whose state is unknown.
 *
 * Context: may sleep.
 * Return: VPMEM_MONITOR_CONNECTED if the miniport said so, or never has; VPMEM_MONITOR_UNKNOWN
 * if it has found a monitor, but not when its children were enumerated last;
 * VPMEM_MONITOR_ABSENT after the end of the miniport.
 */
enum vpmem_display_monitor vpmem_display_monitor(struct vpmem_port *port)
{
	enum vpmem_display_monitor monitor = VPMEM_MONITOR_CONNECTED;

	if (display_enter(port))
		return VPMEM_MONITOR_ABSENT;
	if (port->monitor.was_found && !port->monitor.found)
		monitor = VPMEM_MONITOR_UNKNOWN;
	display_leave(port);
	return monitor;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_monitor, VPMEM_DISPLAY_NS);

/*
 * Modes
 */

/* Return 0, or -EBUSY if another one than the client has set a mode. */
static int check_owner(const struct vpmem_port *port)
{
	if (READ_ONCE(port->displayed) || !READ_ONCE(port->mode_is_set))
		return 0;
	dev_info_ratelimited(port->adapter->dev,
			     "mode %u was set by another than the display driver; write \"reset\" to the file mode of debugfs to end that\n",
			     port->mode);
	return -EBUSY;
}

/**
 * vpmem_display_check - Check whether a client can set a mode
 * @port: the port
 *
 * The answer may be outdated when the mode is set, since no lock is taken: a request may
 * hold the device lock for seconds.
 *
 * Context: any.
 * Return: 0, or -EBUSY if a mode is set by others.
 */
int vpmem_display_check(struct vpmem_port *port)
{
	return check_owner(port);
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_check, VPMEM_DISPLAY_NS);

/* Check that all lines of a mode are in the frame buffer that was mapped for it. */
static int check_screen(struct vpmem_port *port, const struct vpmem_display_mode *mode)
{
	u64 needed = (u64)mode->stride * (mode->height - 1) +
		     (u64)mode->width * (mode->bits / 8);

	if (port->screen.length >= needed)
		return 0;
	dev_warn(port->adapter->dev,
		 "mode %u maps %llu bytes of frame buffer, but needs %llu; it is not shown\n",
		 mode->index, port->screen.length, needed);
	return -ENOSPC;
}

static struct vpmem_shown *shown_of(struct vpmem_port *port)
{
	if (!port->shown)
		port->shown = vpmem_kvmalloc(sizeof(*port->shown),
					     VPMEM_GFP_PASSIVE | __GFP_ZERO);
	return port->shown;
}

static void wake_up_device(struct vpmem_port *port)
{
	if (port->shown && port->shown->dark)
		vpmem_port_power(port, VideoPowerOn);
	if (port->shown)
		port->shown->dark = false;
}

static int display_set(struct vpmem_port *port, const struct vpmem_display_mode *mode,
		       const struct vpmem_display_gamma *gamma)
{
	struct vpmem_shown *shown = shown_of(port);
	VP_STATUS status;
	int err;

	if (!shown)
		return -ENOMEM;
	wake_up_device(port);
	shown->visible = false;
	/* Set it first, for vpmem_display_check(). */
	WRITE_ONCE(port->displayed, true);
	status = vpmem_port_set_mode(port, mode->index);
	WRITE_ONCE(port->displayed, port->mode_is_set);
	if (status != NO_ERROR) {
		dev_warn(port->adapter->dev, "display: mode %u is not set: %s (%d)\n",
			 mode->index, vpmem_status_name(status), status);
		return -EIO;
	}
	err = check_screen(port, mode);
	if (err)
		return err;
	shown->mode = *mode;
	shown->visible = true;
	vpmem_pixels_init(&shown->pixels, mode, gamma);
	if (!mode->red && gamma)
		vpmem_port_palette(port, gamma);
	return 0;
}

/**
 * vpmem_display_set - Set a mode, and show it
 * @port: the port
 * @mode: a mode of vpmem_display_modes()
 * @gamma: levels of the colors, or NULL
 *
 * The device is switched on if vpmem_display_off() has switched it off. The frame buffer
 * has to be drawn afterwards. If the mode cannot be set, nothing can be drawn.
 *
 * Context: may sleep, for seconds.
 * Return: 0; -EBUSY if a mode is set by others; -EIO if the miniport refuses the mode;
 * -ENOSPC if it maps less memory than the mode has; -ENOMEM; -ENODEV.
 */
int vpmem_display_set(struct vpmem_port *port, const struct vpmem_display_mode *mode,
		      const struct vpmem_display_gamma *gamma)
{
	int err = display_enter(port);

	if (err)
		return err;
	err = check_owner(port) ?: display_set(port, mode, gamma);
	display_leave(port);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_set, VPMEM_DISPLAY_NS);

/**
 * vpmem_display_set_gamma - Change the levels of the colors
 * @port: the port
 * @gamma: the levels, or NULL for none
 *
 * They change the palette of a mode that has one. In others, pixels are converted with
 * them, so the picture has to be drawn again.
 *
 * Context: may sleep.
 * Return: 0, -ENXIO if no mode is shown, or -ENODEV.
 */
int vpmem_display_set_gamma(struct vpmem_port *port, const struct vpmem_display_gamma *gamma)
{
	int err = display_enter(port);

	if (err)
		return err;
	if (!is_visible(port))
		err = -ENXIO;
	else if (port->shown->mode.red)
		vpmem_pixels_init(&port->shown->pixels, &port->shown->mode, gamma);
	else
		vpmem_port_palette(port, gamma);
	display_leave(port);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_set_gamma, VPMEM_DISPLAY_NS);

/*
 * Drawing
 */

struct drawing {
	struct vpmem_lines lines;
	const struct vpmem_display_picture *picture;
	const struct vpmem_display_rect *rect;
	struct vpmem_pixels *pixels;
};

static const void *drawing_line(const struct vpmem_lines *lines, unsigned int nr)
{
	const struct drawing *drawing = container_of(lines, struct drawing, lines);
	const struct vpmem_display_rect *rect = drawing->rect;
	const void *line = drawing->picture->pixels +
			   (rect->y + nr) * drawing->picture->pitch + rect->x * 4;

	return vpmem_pixels_convert(drawing->pixels, line, rect->width);
}

static const void *black_line(const struct vpmem_lines *lines, unsigned int nr)
{
	return page_address(ZERO_PAGE(0));
}

static bool rect_fits(const struct vpmem_display_rect *rect,
		      const struct vpmem_display_mode *mode)
{
	return rect->x < mode->width && rect->width <= mode->width - rect->x &&
	       rect->y < mode->height && rect->height <= mode->height - rect->y;
}

static int display_draw(struct vpmem_port *port, const struct vpmem_display_picture *picture,
			const struct vpmem_display_rect *rect)
{
	struct vpmem_shown *shown = port->shown;
	const struct vpmem_display_mode *mode = &shown->mode;
	const struct drawing drawing = {
		.lines = {
			.pos = (u64)rect->y * mode->stride + rect->x * shown->pixels.bytes,
			.bytes = rect->width * shown->pixels.bytes,
			.stride = mode->stride,
			.count = rect->height,
			.line = drawing_line,
		},
		.picture = picture,
		.rect = rect,
		.pixels = &shown->pixels,
	};

	return rect_fits(rect, mode) ? vpmem_screen_draw(port, &drawing.lines) : -EINVAL;
}

/**
 * vpmem_display_draw - Copy a part of a picture to the frame buffer
 * @port: the port
 * @picture: a picture of the size of the mode
 * @rect: the part
 *
 * Pixels are converted to the format of the mode.
 *
 * Context: may sleep.
 * Return: 0; -ENXIO if no mode is shown; -EINVAL if the part is not in the mode; -EIO if
 * the miniport has unmapped the frame buffer; -ENODEV.
 */
int vpmem_display_draw(struct vpmem_port *port, const struct vpmem_display_picture *picture,
		       const struct vpmem_display_rect *rect)
{
	int err = display_enter(port);

	if (err)
		return err;
	if (is_visible(port))
		err = display_draw(port, picture, rect);
	else
		err = -ENXIO;
	display_leave(port);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_draw, VPMEM_DISPLAY_NS);

/* Fill the screen with zeroes, which are black in all formats. */
static void draw_black(struct vpmem_port *port)
{
	const struct vpmem_display_mode *mode = &port->shown->mode;
	size_t left = (size_t)mode->width * (mode->bits / 8);
	struct vpmem_lines lines = {
		.stride = mode->stride,
		.count = mode->height,
		.line = black_line,
	};

	for (; left; left -= lines.bytes, lines.pos += lines.bytes) {
		lines.bytes = min_t(size_t, left, PAGE_SIZE);
		if (vpmem_screen_draw(port, &lines))
			break;
	}
}

/*
 * End
 */

/**
 * vpmem_display_off - Switch the device off, or let the screen be black
 * @port: the port
 *
 * The power state is VideoPowerOff if the miniport supports it, else VideoPowerSuspend; if
 * it supports neither, the screen is filled with black. The next vpmem_display_set()
 * switches the device on.
 *
 * Context: may sleep.
 * Return: 0, -ENXIO if no mode is shown, or -ENODEV.
 */
int vpmem_display_off(struct vpmem_port *port)
{
	int err = display_enter(port);

	if (err)
		return err;
	if (!is_visible(port))
		err = -ENXIO;
	else if (vpmem_port_power(port, VideoPowerOff) ||
		 vpmem_port_power(port, VideoPowerSuspend))
		port->shown->dark = true;
	else
		draw_black(port);
	display_leave(port);
	return err;
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_off, VPMEM_DISPLAY_NS);

/**
 * vpmem_display_release - Show nothing any more: reset the device
 * @port: the port
 *
 * Afterwards others can set a mode.
 *
 * Context: may sleep, for seconds.
 */
void vpmem_display_release(struct vpmem_port *port)
{
	if (display_enter(port))
		return;
	if (port->displayed) {
		wake_up_device(port);
		vpmem_port_reset(port);
		WRITE_ONCE(port->displayed, false);
	}
	display_leave(port);
}
EXPORT_SYMBOL_NS_GPL(vpmem_display_release, VPMEM_DISPLAY_NS);
