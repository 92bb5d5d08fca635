/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences of DRM between kernels: VPMEM_HAS_NAME is the answer of drm/probes/NAME.c.
 */
#ifndef VPMEM_DRM_COMPAT_H
#define VPMEM_DRM_COMPAT_H

#include <drm/drm_drv.h>
#include <drm/drm_plane.h>

#include "drm/probed.h"

/* Console: needs operations in struct drm_driver, or is set up by a function. */
#if VPMEM_HAS_FBDEV_SHMEM_OPS || VPMEM_HAS_FBDEV_SHMEM_SETUP
#include <drm/drm_fbdev_shmem.h>
#elif VPMEM_HAS_FBDEV_GENERIC_HEADER
#include <drm/drm_fbdev_generic.h>
#else
#include <drm/drm_fb_helper.h>
#endif

#if VPMEM_HAS_FBDEV_SHMEM_OPS
#if VPMEM_HAS_CLIENTS_DIRECTORY
#include <drm/clients/drm_client_setup.h>
#else
#include <drm/drm_client_setup.h>
#endif
#define VPMEM_DRM_CONSOLE_OPS	DRM_FBDEV_SHMEM_DRIVER_OPS,
#else
#define VPMEM_DRM_CONSOLE_OPS
#endif

static inline void vpmem_drm_console_setup(struct drm_device *dev)
{
#if VPMEM_HAS_FBDEV_SHMEM_OPS
	drm_client_setup(dev, NULL);
#elif VPMEM_HAS_FBDEV_SHMEM_SETUP
	drm_fbdev_shmem_setup(dev, 32);
#else
	drm_fbdev_generic_setup(dev, 32);
#endif
}

/* Date of the driver, which user space prints where the kernel still has it */
#if VPMEM_HAS_DRIVER_DATE
#define VPMEM_DRM_DATE	.date = "20261130",
#else
#define VPMEM_DRM_DATE
#endif

/* State of a commit: struct drm_atomic_state, which has another name since 7.2 */
typedef typeof(*((struct drm_plane_state *)0)->state) vpmem_drm_commit;

#endif /* VPMEM_DRM_COMPAT_H */
