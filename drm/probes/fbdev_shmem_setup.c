// SPDX-License-Identifier: GPL-2.0-only
/* A console of devices with shmem objects is set up by a function, 6.11 and 6.12. */
#include <drm/drm_device.h>
#include <drm/drm_fbdev_shmem.h>

void probe(struct drm_device *dev)
{
	drm_fbdev_shmem_setup(dev, 32);
}
