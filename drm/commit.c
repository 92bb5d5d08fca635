// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomic commits: their check, and the handover of the new state to the worker.
 */
#include <drm/drm_atomic.h>
#include <drm/drm_atomic_helper.h>
#include <drm/drm_color_mgmt.h>
#include <drm/drm_crtc.h>
#include <drm/drm_damage_helper.h>
#include <drm/drm_drv.h>
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem_atomic_helper.h>
#include <drm/drm_modeset_helper_vtables.h>
#include <drm/drm_plane.h>

#include "drm/kms.h"

/*
 * Plane
 */

static int plane_check(struct drm_plane *plane, vpmem_drm_commit *commit)
{
	struct drm_plane_state *new = drm_atomic_get_new_plane_state(commit, plane);
	struct drm_crtc_state *crtc = NULL;

	if (new->crtc)
		crtc = drm_atomic_get_new_crtc_state(commit, new->crtc);
	return drm_atomic_helper_check_plane_state(new, crtc, DRM_PLANE_NO_SCALING,
						   DRM_PLANE_NO_SCALING, false, false);
}

/* Note a change of the plane, for the end of the commit. */
static void plane_update(struct drm_plane *plane, vpmem_drm_commit *commit)
{
	struct drm_plane_state *old = drm_atomic_get_old_plane_state(commit, plane);
	struct drm_plane_state *new = drm_atomic_get_new_plane_state(commit, plane);
	struct vpmem_kms_picture *next = &vpmem_kms_of(plane->dev)->next;

	if (!new->fb || !new->visible)
		return;
	next->fb = new->fb;
	next->x = new->src.x1 >> 16;
	next->y = new->src.y1 >> 16;
	if (!drm_atomic_helper_damage_merged(old, new, &next->damage))
		next->damage = (struct drm_rect){};
}

const struct drm_plane_helper_funcs vpmem_kms_plane_helpers = {
	.prepare_fb = drm_gem_plane_helper_prepare_fb,
	.atomic_check = plane_check,
	.atomic_update = plane_update,
};

/*
 * Cursor
 */

static int cursor_check(struct drm_plane *plane, vpmem_drm_commit *commit)
{
	struct drm_plane_state *new = drm_atomic_get_new_plane_state(commit, plane);
	const struct vpmem_kms *kms = vpmem_kms_of(plane->dev);
	struct drm_crtc_state *crtc = NULL;
	int err;

	if (new->crtc)
		crtc = drm_atomic_get_new_crtc_state(commit, new->crtc);
	err = drm_atomic_helper_check_plane_state(new, crtc, DRM_PLANE_NO_SCALING,
						  DRM_PLANE_NO_SCALING, true, true);
	if (err || !new->fb)
		return err;
	/* The pointer is all of the framebuffer. */
	if (new->src_x || new->src_y || new->src_w != new->fb->width << 16 ||
	    new->src_h != new->fb->height << 16)
		return -EINVAL;
	return new->fb->width > kms->pointer_width ||
	       new->fb->height > kms->pointer_height ? -EINVAL : 0;
}

/* Note a change of the cursor, for the end of the commit. */
static void cursor_update(struct drm_plane *plane, vpmem_drm_commit *commit)
{
	struct drm_plane_state *old = drm_atomic_get_old_plane_state(commit, plane);
	struct drm_plane_state *new = drm_atomic_get_new_plane_state(commit, plane);
	struct vpmem_kms_pointer *next = &vpmem_kms_of(plane->dev)->next_pointer;

	next->fb = new->visible ? new->fb : NULL;
	next->x = new->crtc_x;
	next->y = new->crtc_y;
	next->moved = true;
	next->changed = new->fb != old->fb || new->visible != old->visible ||
			new->fb_damage_clips;
}

const struct drm_plane_helper_funcs vpmem_kms_cursor_helpers = {
	.prepare_fb = drm_gem_plane_helper_prepare_fb,
	.atomic_check = cursor_check,
	.atomic_update = cursor_update,
};

/*
 * CRTC
 */

static int mode_check(struct vpmem_kms *kms, const struct drm_display_mode *mode)
{
	int err, idx;

	mutex_lock(&kms->lock);
	err = vpmem_kms_find(kms, mode) ? 0 : -EINVAL;
	mutex_unlock(&kms->lock);
	if (err)
		return err;
	if (!drm_dev_enter(&kms->drm, &idx))
		return -ENODEV;
	err = vpmem_display_check(kms->port);
	drm_dev_exit(idx);
	return err;
}

/* Check a CRTC. The helper has added its planes to a commit that sets a mode. */
static int crtc_check(struct drm_crtc *crtc, vpmem_drm_commit *commit)
{
	struct drm_crtc_state *new = drm_atomic_get_new_crtc_state(commit, crtc);

	if (new->enable && !(new->plane_mask & drm_plane_mask(crtc->primary)))
		return -EINVAL;
	if (new->gamma_lut && drm_color_lut_size(new->gamma_lut) != 256)
		return -EINVAL;
	if (!drm_atomic_crtc_needs_modeset(new) || !new->active)
		return 0;
	return mode_check(vpmem_kms_of(crtc->dev), &new->mode);
}

const struct drm_crtc_helper_funcs vpmem_kms_crtc_helpers = {
	.atomic_check = crtc_check,
};

/*
 * Commit
 */

static void wanted_set_gamma(struct vpmem_kms_wanted *wanted, const struct drm_crtc_state *crtc)
{
	const struct drm_color_lut *lut;
	unsigned int i;

	wanted->set_gamma = true;
	wanted->has_gamma = crtc->gamma_lut;
	if (!crtc->gamma_lut)
		return;
	lut = crtc->gamma_lut->data;
	for (i = 0; i < ARRAY_SIZE(wanted->gamma.red); i++) {
		wanted->gamma.red[i] = lut[i].red;
		wanted->gamma.green[i] = lut[i].green;
		wanted->gamma.blue[i] = lut[i].blue;
	}
}

static void wanted_set_crtc(struct vpmem_kms *kms, struct drm_crtc_state *crtc)
{
	struct vpmem_kms_wanted *wanted = &kms->wanted;
	const struct vpmem_display_mode *mode;

	wanted->enabled = crtc->enable;
	wanted->active = crtc->active;
	if (!crtc->enable && wanted->pointer.fb) {
		drm_framebuffer_put(wanted->pointer.fb);
		wanted->pointer.fb = NULL;
	}
	if (crtc->color_mgmt_changed)
		wanted_set_gamma(wanted, crtc);
	if (!crtc->active || !drm_atomic_crtc_needs_modeset(crtc))
		return;
	/* The list of modes may have changed since the check: then the old mode stays. */
	mode = vpmem_kms_find(kms, &crtc->mode);
	if (!mode)
		return;
	wanted->mode = *mode;
	wanted->set_mode = true;
}

/*
 * Replace the picture, but keep the damage that the worker has not drawn yet. All of a
 * picture that is elsewhere in its framebuffer, or has another size, is damaged.
 */
static void wanted_set_picture(struct vpmem_kms_picture *picture,
			       const struct vpmem_kms_picture *next)
{
	struct drm_rect *damage = &picture->damage;

	if (picture->x != next->x || picture->y != next->y || !drm_rect_visible(damage)) {
		*damage = next->damage;
	} else if (drm_rect_visible(&next->damage)) {
		damage->x1 = min(damage->x1, next->damage.x1);
		damage->y1 = min(damage->y1, next->damage.y1);
		damage->x2 = max(damage->x2, next->damage.x2);
		damage->y2 = max(damage->y2, next->damage.y2);
	}
	drm_framebuffer_get(next->fb);
	if (picture->fb)
		drm_framebuffer_put(picture->fb);
	picture->fb = next->fb;
	picture->x = next->x;
	picture->y = next->y;
}

static void wanted_set_pointer(struct vpmem_kms_pointer *pointer,
			       const struct vpmem_kms_pointer *next)
{
	bool changed = pointer->changed || next->changed;

	if (next->fb)
		drm_framebuffer_get(next->fb);
	if (pointer->fb)
		drm_framebuffer_put(pointer->fb);
	*pointer = *next;
	pointer->changed = changed;
}

/* Hand the state of the CRTC, with what the planes noted, to the worker. */
static void commit_hand_over(struct vpmem_kms *kms, vpmem_drm_commit *commit)
{
	struct drm_crtc_state *crtc = drm_atomic_get_new_crtc_state(commit, &kms->crtc);

	if (!crtc)
		return;
	mutex_lock(&kms->lock);
	wanted_set_crtc(kms, crtc);
	if (kms->next.fb && !kms->gone)
		wanted_set_picture(&kms->wanted.picture, &kms->next);
	kms->next.fb = NULL;
	if (kms->next_pointer.moved && !kms->gone)
		wanted_set_pointer(&kms->wanted.pointer, &kms->next_pointer);
	kms->next_pointer.moved = false;
	vpmem_kms_worker_queue(kms);
	mutex_unlock(&kms->lock);
	vpmem_kms_worker_wait(kms);
}

static void commit_tail(vpmem_drm_commit *commit)
{
	struct drm_device *dev = commit->dev;

	drm_atomic_helper_commit_modeset_disables(dev, commit);
	drm_atomic_helper_commit_modeset_enables(dev, commit);
	/* Update the planes of a CRTC that is off, too: the cursor may disappear meanwhile. */
	drm_atomic_helper_commit_planes(dev, commit, 0);
	commit_hand_over(vpmem_kms_of(dev), commit);
	drm_atomic_helper_fake_vblank(commit);
	drm_atomic_helper_commit_hw_done(commit);
	drm_atomic_helper_cleanup_planes(dev, commit);
}

const struct drm_mode_config_helper_funcs vpmem_kms_config_helpers = {
	.atomic_commit_tail = commit_tail,
};
