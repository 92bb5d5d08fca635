/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the rooms of the port object show each other: port.c, request.c, portfs.c.
 * To be included after all Linux headers, because Windows's come with it.
 */
#ifndef VPMEM_PORT_OBJECT_H
#define VPMEM_PORT_OBJECT_H

#include "internal.h"
#include "include/video.h"

#define VPMEM_PORT_FILES	3

/* What of a frame buffer processes may map. */
struct vpmem_screen {
	struct mutex lock;		/* taken where a page is missing */
	struct vpmem_mapping mapping;	/* its length is 0 when there is none */
};

/* An adapter with a miniport. */
struct vpmem_port {
	struct vpmem_adapter *adapter;
	VIDEO_HW_INITIALIZATION_DATA hw;
	PVOID hw_context;
	VIDEO_PORT_CONFIG_INFO config;
	struct platform_device *legacy;		/* that has been made for it */
	bool regions;			/* of the PCI device have been requested */
	void *child_extensions;
	bool enumerates;		/* or is not ready to */
	/* Under the device lock: what portfs.c has asked for. */
	bool mode_is_set;
	ULONG mode;
	bool mapped;
	VIDEO_MEMORY_INFORMATION memory;
	bool on_device;			/* the frame buffer of it, as far as it is mapped */
	struct vpmem_screen screen;
	struct dentry *file[VPMEM_PORT_FILES];
	struct inode *framebuffer;		/* whose mappings have to be undone */
};

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
 * portfs.c
 */

void vpmem_portfs_add(struct vpmem_port *port);
void vpmem_portfs_remove(struct vpmem_port *port);
void vpmem_portfs_map(struct vpmem_port *port);
void vpmem_portfs_unmap(struct vpmem_port *port);

#endif /* VPMEM_PORT_OBJECT_H */
