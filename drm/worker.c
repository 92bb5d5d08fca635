// SPDX-License-Identifier: GPL-2.0-only
/*
 * Worker that makes a miniport show what was committed.
 *
 * To set a mode takes seconds where the miniport calls the BIOS, and a copy waits for the
 * device lock, which a miniport may hold for as long. A commit has locks of DRM that other
 * tasks need, and ends half way if its task is killed. So it only says what to show, and
 * this worker, which nobody kills, does so. It shows the latest state: what was replaced
 * before it came to that is left out, but its damage is kept.
 */
#include <drm/drm_framebuffer.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_print.h>

#include "drm/kms.h"

/* Queue of all devices, apart from those of the kernel because a mode set takes seconds */
struct workqueue_struct *vpmem_kms_queue;

/* Longest time that a commit waits for a copy */
#define COPY_LIMIT	(HZ / 4)

/*
 * Frame
 */

static void frame_drop(struct vpmem_kms_frame *frame)
{
	if (!frame->fb)
		return;
	drm_gem_fb_vunmap(frame->fb, frame->map);
	drm_framebuffer_put(frame->fb);
	frame->fb = NULL;
}

/* Take a framebuffer and its reference, and map it until there is another one. */
static void frame_take(struct vpmem_kms_frame *frame, struct drm_framebuffer *fb)
{
	int err;

	if (fb == frame->fb) {
		drm_framebuffer_put(fb);
		return;
	}
	frame_drop(frame);
	err = drm_gem_fb_vmap(fb, frame->map, frame->data);
	if (err) {
		drm_err_ratelimited(fb->dev, "framebuffer is not mapped: error %d\n", err);
		drm_framebuffer_put(fb);
		return;
	}
	frame->fb = fb;
	/* Show nothing of a buffer that is memory of another device. */
	if (frame->data[0].is_iomem)
		frame_drop(frame);
}

static void frame_draw(struct vpmem_kms *kms, const struct vpmem_kms_picture *from)
{
	struct drm_framebuffer *fb = kms->frame.fb;
	struct vpmem_display_picture picture;
	struct vpmem_display_rect rect;
	struct drm_rect part, screen;
	int err;

	if (!fb)
		return;
	drm_rect_init(&part, 0, 0, fb->width, fb->height);
	drm_rect_init(&screen, from->x, from->y, kms->now.mode.width, kms->now.mode.height);
	/* Cut off damage beyond the screen, where a source begins between two pixels. */
	if (!drm_rect_intersect(&part, &screen) || !drm_rect_intersect(&part, &from->damage))
		return;
	rect.x = part.x1 - from->x;
	rect.y = part.y1 - from->y;
	rect.width = drm_rect_width(&part);
	rect.height = drm_rect_height(&part);
	picture.pitch = fb->pitches[0];
	picture.pixels = kms->frame.data[0].vaddr + from->y * picture.pitch + from->x * 4;
	if (drm_gem_fb_begin_cpu_access(fb, DMA_FROM_DEVICE))
		return;
	err = vpmem_display_draw(kms->port, &picture, &rect);
	drm_gem_fb_end_cpu_access(fb, DMA_FROM_DEVICE);
	if (err && err != -ENXIO)
		drm_err_ratelimited(&kms->drm, "cannot draw: error %d\n", err);
}

/*
 * Pointer
 */

static int pointer_set(struct vpmem_kms *kms, const struct vpmem_kms_pointer *pointer)
{
	struct iosys_map map[DRM_FORMAT_MAX_PLANES], data[DRM_FORMAT_MAX_PLANES];
	struct drm_framebuffer *fb = pointer->fb;
	struct vpmem_display_picture picture = { .pitch = fb->pitches[0] };
	int err = drm_gem_fb_vmap(fb, map, data);

	if (err)
		return err;
	picture.pixels = data[0].vaddr;
	err = data[0].is_iomem ? -EINVAL : drm_gem_fb_begin_cpu_access(fb, DMA_FROM_DEVICE);
	if (err)
		goto unmap;
	err = vpmem_display_pointer_set(kms->port, &picture, fb->width, fb->height, pointer->x,
					pointer->y);
	drm_gem_fb_end_cpu_access(fb, DMA_FROM_DEVICE);
unmap:
	drm_gem_fb_vunmap(fb, map);
	return err;
}

/* Show the pointer; all of it in a new mode, which may have lost it. */
static void show_pointer(struct vpmem_kms *kms, const struct vpmem_kms_wanted *now)
{
	const struct vpmem_kms_pointer *pointer = &now->pointer;
	struct vpmem_kms_frame *frame = &kms->frame;
	int err = 0;

	if (pointer->fb && (pointer->changed || now->set_mode))
		err = pointer_set(kms, pointer);
	else if (pointer->fb && pointer->moved)
		err = vpmem_display_pointer_move(kms->port, pointer->x, pointer->y);
	else if (!pointer->fb && frame->pointer)
		err = vpmem_display_pointer_hide(kms->port);
	frame->pointer = pointer->fb && (frame->pointer || !err);
	if (err && err != -ENXIO)
		drm_err_ratelimited(&kms->drm, "pointer is not shown: error %d\n", err);
}

/*
 * Worker
 */

static void show_nothing(struct vpmem_kms *kms, bool enabled)
{
	struct vpmem_kms_frame *frame = &kms->frame;

	if (!enabled && frame->enabled)
		vpmem_display_release(kms->port);
	else if (frame->active)
		vpmem_display_off(kms->port);
	frame->pointer &= enabled;
}

static void show_mode(struct vpmem_kms *kms, struct vpmem_kms_wanted *now)
{
	const struct vpmem_display_gamma *gamma = now->has_gamma ? &now->gamma : NULL;
	struct vpmem_kms_picture *picture = &now->picture;
	int err = 0;

	if (now->set_mode)
		err = vpmem_display_set(kms->port, &now->mode, gamma);
	else if (now->set_gamma)
		err = vpmem_display_set_gamma(kms->port, gamma);
	if (err)
		drm_err_ratelimited(&kms->drm, "mode %u is not shown: error %d\n",
				    now->mode.index, err);
	if (now->set_mode)
		kms->frame.failed = err;
	/* Draw all in the new mode, or with the new gamma. */
	if (now->set_mode || now->set_gamma)
		drm_rect_init(&picture->damage, picture->x, picture->y, now->mode.width,
			      now->mode.height);
}

static void show(struct vpmem_kms *kms, struct vpmem_kms_wanted *now)
{
	bool enabled = now->enabled && !now->asleep, active = now->active && !now->asleep;
	struct vpmem_kms_frame *frame = &kms->frame;

	if (now->picture.fb)
		frame_take(frame, now->picture.fb);
	if (active) {
		show_mode(kms, now);
		frame_draw(kms, &now->picture);
		show_pointer(kms, now);
	} else {
		show_nothing(kms, enabled);
	}
	if (!now->enabled)
		frame_drop(frame);
	if (now->pointer.fb)
		drm_framebuffer_put(now->pointer.fb);
	frame->enabled = enabled;
	frame->active = active;
}

/* Take what is wanted, and its framebuffer. Return the number of the latest commit in it. */
static unsigned int wanted_take(struct vpmem_kms *kms)
{
	struct vpmem_kms_wanted *wanted = &kms->wanted;
	unsigned int number;

	mutex_lock(&kms->lock);
	kms->now = *wanted;
	wanted->picture.fb = NULL;
	wanted->picture.damage = (struct drm_rect){};
	wanted->set_mode = false;
	wanted->set_gamma = false;
	wanted->pointer.changed = false;
	wanted->pointer.moved = false;
	if (wanted->pointer.fb)
		drm_framebuffer_get(wanted->pointer.fb);
	number = kms->queued;
	mutex_unlock(&kms->lock);
	return number;
}

static void worker(struct work_struct *work)
{
	struct vpmem_kms *kms = container_of(work, struct vpmem_kms, work);
	unsigned int number = wanted_take(kms);

	show(kms, &kms->now);
	mutex_lock(&kms->lock);
	WRITE_ONCE(kms->sets_mode, kms->wanted.set_mode);
	kms->mode_failed = kms->frame.failed;
	WRITE_ONCE(kms->finished, number);
	mutex_unlock(&kms->lock);
	wake_up_all(&kms->done);
}

void vpmem_kms_worker_init(struct vpmem_kms *kms)
{
	INIT_WORK(&kms->work, worker);
	init_waitqueue_head(&kms->done);
}

/* Show what is wanted. The caller holds the lock. */
void vpmem_kms_worker_queue(struct vpmem_kms *kms)
{
	lockdep_assert_held(&kms->lock);
	if (kms->gone)
		return;
	kms->queued++;
	if (kms->wanted.set_mode)
		WRITE_ONCE(kms->sets_mode, true);
	queue_work(vpmem_kms_queue, &kms->work);
}

static bool is_shown(const struct vpmem_kms *kms, unsigned int number)
{
	return (int)(READ_ONCE(kms->finished) - number) >= 0 || READ_ONCE(kms->sets_mode) ||
	       READ_ONCE(kms->gone);
}

/*
 * Wait until what is wanted now is shown, so that a client which draws into two buffers in
 * turn does not change the one that is copied. Do not wait for a mode to be set.
 */
void vpmem_kms_worker_wait(struct vpmem_kms *kms)
{
	unsigned int number = READ_ONCE(kms->queued);

	wait_event_timeout(kms->done, is_shown(kms, number), COPY_LIMIT);
}

/* Set the mode again. The caller holds the lock. */
static void wanted_set_again(struct vpmem_kms *kms)
{
	struct vpmem_kms_wanted *wanted = &kms->wanted;

	wanted->set_mode |= wanted->active && wanted->mode.height;
	vpmem_kms_worker_queue(kms);
}

/* Set the mode again if that has failed: it may have been set by another one than DRM. */
void vpmem_kms_worker_retry(struct vpmem_kms *kms)
{
	mutex_lock(&kms->lock);
	if (kms->mode_failed)
		wanted_set_again(kms);
	mutex_unlock(&kms->lock);
}

/*
 * Show nothing until the machine has woken up, and return when that is so. The state of DRM
 * does not change: clients may commit until they are frozen, and before the notifiers know
 * that the machine has woken up.
 */
void vpmem_kms_worker_sleep(struct vpmem_kms *kms)
{
	mutex_lock(&kms->lock);
	kms->wanted.asleep = true;
	vpmem_kms_worker_queue(kms);
	mutex_unlock(&kms->lock);
	flush_work(&kms->work);
}

/* Show the picture again. */
void vpmem_kms_worker_wake(struct vpmem_kms *kms)
{
	mutex_lock(&kms->lock);
	if (kms->wanted.asleep || kms->mode_failed) {
		kms->wanted.asleep = false;
		wanted_set_again(kms);
	}
	mutex_unlock(&kms->lock);
}

static void wanted_drop(struct vpmem_kms_wanted *wanted)
{
	if (wanted->picture.fb)
		drm_framebuffer_put(wanted->picture.fb);
	if (wanted->pointer.fb)
		drm_framebuffer_put(wanted->pointer.fb);
	wanted->picture.fb = NULL;
	wanted->pointer.fb = NULL;
}

/* Stop the worker. The miniport is not called any more. */
void vpmem_kms_worker_stop(struct vpmem_kms *kms)
{
	mutex_lock(&kms->lock);
	WRITE_ONCE(kms->gone, true);
	mutex_unlock(&kms->lock);
	wake_up_all(&kms->done);
	cancel_work_sync(&kms->work);
	frame_drop(&kms->frame);
	/* Take the lock: a commit that began before the end may change the pointer. */
	mutex_lock(&kms->lock);
	wanted_drop(&kms->wanted);
	mutex_unlock(&kms->lock);
}

int vpmem_kms_queue_init(void)
{
	vpmem_kms_queue = alloc_workqueue("vpmem_drm", WQ_UNBOUND, 0);
	return vpmem_kms_queue ? 0 : -ENOMEM;
}

void vpmem_kms_queue_free(void)
{
	destroy_workqueue(vpmem_kms_queue);
}
