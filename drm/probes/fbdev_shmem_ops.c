// SPDX-License-Identifier: GPL-2.0-only
/* A console needs operations in struct drm_driver, since 6.13. */
#include <drm/drm_drv.h>
#include <drm/drm_fbdev_shmem.h>

const struct drm_driver probe = {
	DRM_FBDEV_SHMEM_DRIVER_OPS,
};
