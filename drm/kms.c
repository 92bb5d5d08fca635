// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects of a display: one plane, CRTC, encoder and connector, with the modes of the
 * miniport.
 */
#include <drm/drm_atomic_helper.h>
#include <drm/drm_atomic_state_helper.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_connector.h>
#include <drm/drm_crtc.h>
#include <drm/drm_damage_helper.h>
#include <drm/drm_edid.h>
#include <drm/drm_encoder.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_mode_config.h>
#include <drm/drm_modes.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>
#include <drm/drm_probe_helper.h>

#include "drm/kms.h"

/* Preferred size where the list lacks that of the monitor: a usual one of screens */
#define USUAL_WIDTH	1024
#define USUAL_HEIGHT	768

/*
 * Modes
 */

/* Find the mode of the size, and of the refresh rate that is nearest. The caller holds the lock. */
const struct vpmem_display_mode *vpmem_kms_find(const struct vpmem_kms *kms,
						const struct drm_display_mode *wanted)
{
	const struct vpmem_display_mode *mode, *best = NULL;
	int hz = drm_mode_vrefresh(wanted);
	unsigned int i;

	lockdep_assert_held(&kms->lock);
	for (i = 0; i < kms->modes_count; i++) {
		mode = &kms->modes[i];
		if (mode->width == wanted->hdisplay && mode->height == wanted->vdisplay &&
		    (!best || abs((int)mode->hz - hz) < abs((int)best->hz - hz)))
			best = mode;
	}
	return best;
}

/* Highest clock of a pixel in kHz: a higher one is no timing of a monitor. */
#define CLOCK_MAX	4000000

/* Check a timing of a client, too: only its size and frequency choose a mode. */
static enum drm_mode_status mode_valid(struct drm_device *dev,
				       const struct drm_display_mode *mode)
{
	struct vpmem_kms *kms = vpmem_kms_of(dev);
	bool found;

	if (mode->clock > CLOCK_MAX)
		return MODE_CLOCK_HIGH;
	if (mode->flags & DRM_MODE_FLAG_INTERLACE)
		return MODE_NO_INTERLACE;
	if (mode->flags & DRM_MODE_FLAG_DBLSCAN)
		return MODE_NO_DBLESCAN;
	/* The frequency of such a mode may overflow. */
	if (mode->vscan > 1)
		return MODE_NO_VSCAN;
	mutex_lock(&kms->lock);
	found = vpmem_kms_find(kms, mode);
	mutex_unlock(&kms->lock);
	return found ? MODE_OK : MODE_BAD;
}

/*
 * Connector
 */

static bool add_mode(struct drm_connector *connector, const struct vpmem_display_mode *from)
{
	const struct drm_display_mode usual = {
		DRM_MODE_INIT(from->hz, from->width, from->height, 0, 0)
	};
	struct drm_display_mode *mode = drm_mode_duplicate(connector->dev, &usual);

	if (!mode)
		return false;
	drm_mode_set_name(mode);
	drm_mode_probed_add(connector, mode);
	return true;
}

static int add_modes(struct vpmem_kms *kms)
{
	unsigned int i;
	int count = 0;

	lockdep_assert_held(&kms->lock);
	for (i = 0; i < kms->modes_count; i++)
		count += add_mode(&kms->connector, &kms->modes[i]);
	return count;
}

static bool has_size(const struct vpmem_kms *kms, u32 width, u32 height)
{
	unsigned int i;

	for (i = 0; i < kms->modes_count; i++)
		if (kms->modes[i].width == width && kms->modes[i].height == height)
			return true;
	return false;
}

/* Get the size that the monitor prefers, if the miniport has such a mode. */
static void preferred_size(const struct vpmem_kms *kms, u32 *width, u32 *height)
{
	if (kms->edid_size && vpmem_display_edid_size(kms->edid, width, height) &&
	    has_size(kms, *width, *height))
		return;
	*width = USUAL_WIDTH;
	*height = USUAL_HEIGHT;
}

static int get_modes(struct drm_connector *connector)
{
	struct vpmem_kms *kms = vpmem_kms_of(connector->dev);
	u32 width, height;
	int count;

	mutex_lock(&kms->lock);
	drm_connector_update_edid_property(connector, kms->edid_size ?
					   (const struct edid *)kms->edid : NULL);
	count = add_modes(kms);
	preferred_size(kms, &width, &height);
	mutex_unlock(&kms->lock);
	drm_set_preferred_mode(connector, width, height);
	return count;
}

static int detect(struct drm_connector *connector, struct drm_modeset_acquire_ctx *ctx,
		  bool force)
{
	switch (READ_ONCE(vpmem_kms_of(connector->dev)->monitor)) {
	case VPMEM_MONITOR_CONNECTED:
		return connector_status_connected;
	case VPMEM_MONITOR_ABSENT:
		return connector_status_disconnected;
	default:
		return connector_status_unknown;
	}
}

static const struct drm_connector_helper_funcs connector_helpers = {
	.get_modes = get_modes,
	.detect_ctx = detect,
};

static const struct drm_connector_funcs connector_funcs = {
	.reset = drm_atomic_helper_connector_reset,
	.fill_modes = drm_helper_probe_single_connector_modes,
	.destroy = drm_connector_cleanup,
	.atomic_duplicate_state = drm_atomic_helper_connector_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_connector_destroy_state,
};

static const struct drm_encoder_funcs encoder_funcs = {
	.destroy = drm_encoder_cleanup,
};

static int connector_init(struct vpmem_kms *kms)
{
	struct drm_device *dev = &kms->drm;
	int err;

	err = drm_encoder_init(dev, &kms->encoder, &encoder_funcs, DRM_MODE_ENCODER_DAC, NULL);
	if (err)
		return err;
	kms->encoder.possible_crtcs = drm_crtc_mask(&kms->crtc);
	err = drm_connector_init(dev, &kms->connector, &connector_funcs,
				 DRM_MODE_CONNECTOR_VGA);
	if (err)
		return err;
	drm_connector_helper_add(&kms->connector, &connector_helpers);
	return drm_connector_attach_encoder(&kms->connector, &kms->encoder);
}

/*
 * Plane and CRTC
 */

static const struct drm_plane_funcs plane_funcs = {
	.update_plane = drm_atomic_helper_update_plane,
	.disable_plane = drm_atomic_helper_disable_plane,
	.destroy = drm_plane_cleanup,
	.reset = drm_atomic_helper_plane_reset,
	.atomic_duplicate_state = drm_atomic_helper_plane_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_plane_destroy_state,
};

static const u32 plane_formats[] = { DRM_FORMAT_XRGB8888 };
static const u64 plane_modifiers[] = { DRM_FORMAT_MOD_LINEAR, DRM_FORMAT_MOD_INVALID };

static int plane_init(struct vpmem_kms *kms)
{
	int err = drm_universal_plane_init(&kms->drm, &kms->plane, 1, &plane_funcs,
					   plane_formats, ARRAY_SIZE(plane_formats),
					   plane_modifiers, DRM_PLANE_TYPE_PRIMARY, NULL);

	if (err)
		return err;
	drm_plane_helper_add(&kms->plane, &vpmem_kms_plane_helpers);
	drm_plane_enable_fb_damage_clips(&kms->plane);
	return 0;
}

static const u32 cursor_formats[] = { DRM_FORMAT_ARGB8888 };

/* Create the cursor, if the miniport has a pointer. */
static int cursor_init(struct vpmem_kms *kms)
{
	struct drm_device *dev = &kms->drm;
	int err;

	if (!kms->pointer_width)
		return 0;
	err = drm_universal_plane_init(dev, &kms->cursor, 1, &plane_funcs, cursor_formats,
				       ARRAY_SIZE(cursor_formats), plane_modifiers,
				       DRM_PLANE_TYPE_CURSOR, NULL);
	if (err)
		return err;
	drm_plane_helper_add(&kms->cursor, &vpmem_kms_cursor_helpers);
	drm_plane_enable_fb_damage_clips(&kms->cursor);
	dev->mode_config.cursor_width = kms->pointer_width;
	dev->mode_config.cursor_height = kms->pointer_height;
	return 0;
}

static const struct drm_crtc_funcs crtc_funcs = {
	.reset = drm_atomic_helper_crtc_reset,
	.destroy = drm_crtc_cleanup,
	.set_config = drm_atomic_helper_set_config,
	.page_flip = drm_atomic_helper_page_flip,
	.atomic_duplicate_state = drm_atomic_helper_crtc_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_crtc_destroy_state,
};

static int crtc_init(struct vpmem_kms *kms)
{
	struct drm_plane *cursor = kms->pointer_width ? &kms->cursor : NULL;
	int err = drm_crtc_init_with_planes(&kms->drm, &kms->crtc, &kms->plane, cursor,
					    &crtc_funcs, NULL);

	if (err)
		return err;
	drm_crtc_helper_add(&kms->crtc, &vpmem_kms_crtc_helpers);
	err = drm_mode_crtc_set_gamma_size(&kms->crtc, 256);
	if (!err)
		drm_crtc_enable_color_mgmt(&kms->crtc, 0, false, 256);
	return err;
}

/*
 * Device
 */

static const struct drm_mode_config_funcs config_funcs = {
	.fb_create = drm_gem_fb_create_with_dirty,
	.mode_valid = mode_valid,
	.atomic_check = drm_atomic_helper_check,
	.atomic_commit = drm_atomic_helper_commit,
};

static int config_init(struct drm_device *dev)
{
	int err = drmm_mode_config_init(dev);

	if (err)
		return err;
	dev->mode_config.min_width = 1;
	dev->mode_config.min_height = 1;
	dev->mode_config.max_width = 16384;
	dev->mode_config.max_height = 16384;
	dev->mode_config.preferred_depth = 24;
	dev->mode_config.funcs = &config_funcs;
	dev->mode_config.helper_private = &vpmem_kms_config_helpers;
	return 0;
}

/* Create the objects, which are freed with the device. Return 0 or -errno. */
int vpmem_kms_init(struct vpmem_kms *kms)
{
	int err;

	err = config_init(&kms->drm) ?: plane_init(kms) ?: cursor_init(kms) ?:
	      crtc_init(kms) ?: connector_init(kms);
	if (!err)
		drm_mode_config_reset(&kms->drm);
	return err;
}
