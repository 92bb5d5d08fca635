// SPDX-License-Identifier: GPL-2.0-only
/* Clients of the kernel have a directory of their own for headers, since 6.14. */
#include <drm/clients/drm_client_setup.h>
#include <drm/drm_device.h>

void probe(struct drm_device *dev)
{
	drm_client_setup(dev, NULL);
}
