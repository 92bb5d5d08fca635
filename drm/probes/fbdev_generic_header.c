// SPDX-License-Identifier: GPL-2.0-only
/* The console for all drivers has a header of its own, since 6.2 and before 6.11. */
#include <drm/drm_device.h>
#include <drm/drm_fbdev_generic.h>

void probe(struct drm_device *dev)
{
	drm_fbdev_generic_setup(dev, 32);
}
