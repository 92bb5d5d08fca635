/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Displays: what the port object offers to a client that shows the adapters with a miniport
 * as displays of Linux, such as vpmem_drm. It has no types of Windows.
 *
 * All functions may sleep: a miniport that calls the BIOS takes seconds to set a mode. They
 * take the device lock, so a client may hold locks of its own around them, but must not
 * wait for its own calls in a hook. They fail with -ENODEV once the miniport has stopped.
 */
#ifndef VPMEM_DISPLAY_H
#define VPMEM_DISPLAY_H

#include <linux/types.h>

struct device;
struct pci_dev;
struct vpmem_port;

/**
 * struct vpmem_display_client - Hooks of a client, which are called one at a time
 * @claim: The miniport of a PCI device is about to be started. Remove the driver of the
 *	firmware's frame buffer.
 * @start: A miniport has started. Return what the other hooks get, or NULL to ignore it.
 * @stop: The miniport is about to stop. No function may be called for it afterwards.
 * @changed: The children have been enumerated again, or a mode that was set by others was
 *	reset. The device lock or a spin lock may be held: only queue work here.
 */
struct vpmem_display_client {
	void (*claim)(struct pci_dev *pdev);
	void *(*start)(struct vpmem_port *port, struct device *dev);
	void (*stop)(void *display);
	void (*changed)(void *display);
};

int vpmem_display_client_register(const struct vpmem_display_client *client);
void vpmem_display_client_unregister(const struct vpmem_display_client *client);

/**
 * struct vpmem_display_mode - Mode that a client can show
 * @index: Number of the mode, by which the miniport sets it
 * @width: Pixels of a line
 * @height: Lines
 * @stride: Bytes from line to line
 * @bits: Bits of a pixel in memory: 8, 16, 24 or 32
 * @hz: Vertical refresh rate; 60 if the miniport does not say it
 * @red: Bits of a pixel that are red; all three masks are 0 if there is a palette
 * @green: Bits that are green
 * @blue: Bits that are blue
 */
struct vpmem_display_mode {
	u32 index;
	u32 width;
	u32 height;
	u32 stride;
	u32 bits;
	u32 hz;
	u32 red;
	u32 green;
	u32 blue;
};

/* Levels of each color, of 16 bits, for each level of 8 bits in a picture */
struct vpmem_display_gamma {
	u16 red[256];
	u16 green[256];
	u16 blue[256];
};

/* Rectangle, in pixels */
struct vpmem_display_rect {
	u32 x;
	u32 y;
	u32 width;
	u32 height;
};

/*
 * Picture in memory of the kernel: XRGB8888, or ARGB8888 for a pointer, little endian; lines
 * are @pitch bytes apart
 */
struct vpmem_display_picture {
	const void *pixels;
	size_t pitch;
};

/* Whether a monitor is connected */
enum vpmem_display_monitor {
	VPMEM_MONITOR_UNKNOWN,
	VPMEM_MONITOR_CONNECTED,
	VPMEM_MONITOR_ABSENT,
};

/* Bytes of the largest EDID that a miniport can return */
#define VPMEM_EDID_SIZE	256

int vpmem_display_modes(struct vpmem_port *port, struct vpmem_display_mode **modes);
enum vpmem_display_monitor vpmem_display_monitor(struct vpmem_port *port);
size_t vpmem_display_edid(struct vpmem_port *port, u8 edid[VPMEM_EDID_SIZE]);
bool vpmem_display_edid_size(const u8 *edid, u32 *width, u32 *height);
int vpmem_display_check(struct vpmem_port *port);
int vpmem_display_set(struct vpmem_port *port, const struct vpmem_display_mode *mode,
		      const struct vpmem_display_gamma *gamma);
int vpmem_display_set_gamma(struct vpmem_port *port, const struct vpmem_display_gamma *gamma);
int vpmem_display_draw(struct vpmem_port *port, const struct vpmem_display_picture *picture,
		       const struct vpmem_display_rect *rect);
int vpmem_display_off(struct vpmem_port *port);
void vpmem_display_release(struct vpmem_port *port);

int vpmem_display_pointer_size(struct vpmem_port *port, u32 *width, u32 *height);
int vpmem_display_pointer_set(struct vpmem_port *port,
			      const struct vpmem_display_picture *picture,
			      u32 width, u32 height, int x, int y);
int vpmem_display_pointer_move(struct vpmem_port *port, int x, int y);
int vpmem_display_pointer_hide(struct vpmem_port *port);

#endif /* VPMEM_DISPLAY_H */
