/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Port object: declarations that the files of port/ share.
 * Include after all Linux headers, because this includes Windows headers.
 */
#ifndef VPMEM_PORT_OBJECT_H
#define VPMEM_PORT_OBJECT_H

#include <linux/uio.h>

#include "core/adapter.h"
#include "core/views.h"
#include "include/ntdef.h"
#include "include/video.h"

/* Frame buffer that is shown */
struct vpmem_screen {
	void *base;
	u64 length;			/* 0 when there is none */
	bool on_device;
	u64 start;			/* of device memory */
	u32 flags;			/* how processes map it */
	struct vpmem_region *memory;	/* referenced, if the miniport allocated it */
};

/* First monitor that the miniport has described */
struct vpmem_monitor {
	bool found;
	bool was_found;			/* by this enumeration or an earlier one */
	UCHAR descriptor[256];
};

/* Adapter with a miniport */
struct vpmem_port {
	struct vpmem_adapter *adapter;
	VIDEO_HW_INITIALIZATION_DATA hw;
	PVOID hw_context;
	VIDEO_PORT_CONFIG_INFO config;
	struct platform_device *legacy;		/* created for it */
	bool regions;			/* of the PCI device have been requested */
	void *child_extensions;
	bool enumerates;		/* or HwInitialize has not returned */
	/* Guarded by the device lock: */
	bool stopped;				/* the miniport gets no more requests */
	/* Requests of files.c: */
	bool mode_is_set;
	bool mode_was_set;
	ULONG mode;
	bool mapped;
	VIDEO_MEMORY_INFORMATION memory;
	struct vpmem_screen screen;
	struct mutex screen_lock;	/* nests inside; also taken in page faults */
	struct vpmem_view_file modes_file;
	struct vpmem_view_file mode_file;
	struct vpmem_view_file framebuffer_file;
	struct inode *framebuffer;		/* to unmap it in processes */
	unsigned int palette_bits;		/* of each color in the DAC */
	/* Displays: */
	struct list_head started;		/* see client.c */
	const struct vpmem_display_client *client; /* see hotplug.c, as the next one */
	void *display;				/* of the client; NULL for none */
	struct vpmem_monitor monitor;
	struct vpmem_shown *shown;		/* see display.c */
	bool displayed;				/* the mode is the client's */
};

/*
 * status.c
 */

const char *vpmem_status_name(VP_STATUS status);

/*
 * load.c
 */

struct pci_driver;
struct vpmem_display_gamma;

int vpmem_vga_get(const char *driver);
void vpmem_vga_put(const char *driver);
int vpmem_vga_check(struct pci_dev *pdev);
void vpmem_port_report_devices(const struct pci_driver *driver);

/*
 * hotplug.c
 */

struct vpmem_display_client;

void vpmem_hotplug_set(struct vpmem_port *port, const struct vpmem_display_client *client,
		       void *display);
void vpmem_hotplug(struct vpmem_port *port);

/*
 * client.c
 */

struct pci_dev;

void vpmem_client_claim(struct pci_dev *pdev);
void vpmem_client_start(struct vpmem_port *port);
void vpmem_client_stop(struct vpmem_port *port);

/*
 * children.c
 */

VP_STATUS vpmem_port_children(struct vpmem_port *port);

/*
 * request.c
 */

VP_STATUS vpmem_port_request(struct vpmem_port *port, VIDEO_REQUEST_PACKET *packet);
VP_STATUS vpmem_port_modes(struct vpmem_port *port, VIDEO_NUM_MODES *modes, void **list);
VP_STATUS vpmem_port_set_mode(struct vpmem_port *port, ULONG mode);
VP_STATUS vpmem_port_reset(struct vpmem_port *port);
void vpmem_port_palette(struct vpmem_port *port, const struct vpmem_display_gamma *gamma);
bool vpmem_port_is_displayed(struct vpmem_port *port, ULONG code);

/*
 * power.c
 */

bool vpmem_port_power(struct vpmem_port *port, VIDEO_POWER_STATE state);

/*
 * files.c
 */

void vpmem_portfs_add(struct vpmem_port *port);
void vpmem_portfs_remove(struct vpmem_port *port);

/*
 * screen_copy.c
 */

/* Kernel memory to copy to the frame buffer or from it, as one range of the latter */
struct vpmem_pieces {
	struct kvec piece[16];
	unsigned int count;
	bool write;			/* to the frame buffer */
};

ssize_t vpmem_screen_copy(struct vpmem_port *port, const struct vpmem_pieces *pieces,
			  loff_t pos);

/* Rectangle to copy to the frame buffer: @count lines of @bytes, @stride bytes apart */
struct vpmem_lines {
	u64 pos;
	size_t bytes;
	size_t stride;
	unsigned int count;
	const void *(*line)(const struct vpmem_lines *lines, unsigned int nr);
};

int vpmem_screen_draw(struct vpmem_port *port, const struct vpmem_lines *lines);

/*
 * screen_user.c
 */

ssize_t vpmem_screen_read(struct vpmem_port *port, char __user *to, size_t count,
			  loff_t *pos);
ssize_t vpmem_screen_write(struct vpmem_port *port, const char __user *from, size_t count,
			   loff_t *pos);

/*
 * screen.c
 */

void vpmem_screen_add(struct vpmem_port *port);
void vpmem_screen_remove(struct vpmem_port *port);
void vpmem_screen_show(struct vpmem_port *port);
void vpmem_screen_hide(struct vpmem_port *port);

#endif /* VPMEM_PORT_OBJECT_H */
