/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem_drm: adapters with a miniport as devices of DRM.
 */
#ifndef VPMEM_KMS_H
#define VPMEM_KMS_H

#include <linux/iosys-map.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_device.h>
#include <drm/drm_encoder.h>
#include <drm/drm_fourcc.h>
#include <drm/drm_plane.h>
#include <drm/drm_rect.h>

#include "drm/compat.h"
#include "port/display.h"

struct drm_display_mode;
struct drm_framebuffer;

/* Part of a framebuffer that is shown, and what of it has changed */
struct vpmem_kms_picture {
	struct drm_framebuffer *fb;	/* referenced; NULL for the one before */
	int x, y;			/* of the screen in the framebuffer */
	struct drm_rect damage;		/* in the framebuffer; empty for none */
};

/* Pointer that the device draws */
struct vpmem_kms_pointer {
	struct drm_framebuffer *fb;	/* referenced; NULL to show none */
	int x, y;			/* of the pointer on the screen */
	bool changed;			/* it is another one, or appears, or goes */
	bool moved;
};

/* State that the worker shall show, from the commits since it began last */
struct vpmem_kms_wanted {
	bool enabled;			/* the CRTC has a mode */
	bool active;			/* and is switched on */
	bool asleep;			/* the machine sleeps: show nothing meanwhile */
	bool set_mode;
	bool set_gamma;
	bool has_gamma;
	struct vpmem_display_mode mode;
	struct vpmem_display_gamma gamma;
	struct vpmem_kms_picture picture;
	struct vpmem_kms_pointer pointer;
};

/* State that is shown. Only the worker uses this. */
struct vpmem_kms_frame {
	bool enabled;
	bool active;
	bool pointer;			/* the device draws one */
	bool failed;			/* to set the mode */
	struct drm_framebuffer *fb;	/* referenced, and mapped */
	struct iosys_map map[DRM_FORMAT_MAX_PLANES];
	struct iosys_map data[DRM_FORMAT_MAX_PLANES];
};

/* Device of DRM */
struct vpmem_kms {
	struct drm_device drm;
	struct drm_plane plane;
	struct drm_plane cursor;
	struct drm_crtc crtc;
	struct drm_encoder encoder;
	struct drm_connector connector;
	struct vpmem_port *port;	/* valid until the device is unplugged */
	struct list_head node;		/* see main.c, as the next one */
	void *group;			/* of devres */
	struct work_struct change_work;
	struct vpmem_kms_picture next;	/* of the commit at hand; one ends before the next */
	struct vpmem_kms_pointer next_pointer;
	u32 pointer_width;		/* largest one; 0 if the device draws none */
	u32 pointer_height;

	struct mutex lock;		/* guards what follows, never for long */
	struct vpmem_display_mode *modes;
	unsigned int modes_count;
	enum vpmem_display_monitor monitor;
	u8 edid[VPMEM_EDID_SIZE];
	size_t edid_size;
	struct vpmem_kms_wanted wanted;
	unsigned int queued;		/* number of the latest commit */
	unsigned int finished;		/* of the latest one that is shown */
	bool sets_mode;			/* the worker has a mode to set, or does so */
	bool mode_failed;		/* the latest one that it set */
	bool gone;			/* it shall do no more */

	struct vpmem_kms_wanted now;	/* of the worker */
	struct vpmem_kms_frame frame;
	struct work_struct work;
	wait_queue_head_t done;		/* "finished" has changed */
};

static inline struct vpmem_kms *vpmem_kms_of(struct drm_device *dev)
{
	return container_of(dev, struct vpmem_kms, drm);
}

/* kms.c */
int vpmem_kms_init(struct vpmem_kms *kms);
const struct vpmem_display_mode *vpmem_kms_find(const struct vpmem_kms *kms,
						const struct drm_display_mode *wanted);

/* commit.c */
extern const struct drm_plane_helper_funcs vpmem_kms_plane_helpers;
extern const struct drm_plane_helper_funcs vpmem_kms_cursor_helpers;
extern const struct drm_crtc_helper_funcs vpmem_kms_crtc_helpers;
extern const struct drm_mode_config_helper_funcs vpmem_kms_config_helpers;

/* worker.c */
extern struct workqueue_struct *vpmem_kms_queue;

int vpmem_kms_queue_init(void);
void vpmem_kms_queue_free(void);
void vpmem_kms_worker_init(struct vpmem_kms *kms);
void vpmem_kms_worker_queue(struct vpmem_kms *kms);
void vpmem_kms_worker_wait(struct vpmem_kms *kms);
void vpmem_kms_worker_retry(struct vpmem_kms *kms);
void vpmem_kms_worker_sleep(struct vpmem_kms *kms);
void vpmem_kms_worker_wake(struct vpmem_kms *kms);
void vpmem_kms_worker_stop(struct vpmem_kms *kms);

#endif /* VPMEM_KMS_H */
