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
};

/*
 * status.c
 */

const char *vpmem_status_name(VP_STATUS status);

/*
 * load.c
 */

struct pci_driver;

int vpmem_vga_get(const char *driver);
void vpmem_vga_put(const char *driver);
int vpmem_vga_check(struct pci_dev *pdev);
void vpmem_port_report_devices(const struct pci_driver *driver);

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
