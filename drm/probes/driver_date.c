// SPDX-License-Identifier: GPL-2.0-only
/* Drivers have a date, before 6.14; it must be set where it is. */
#include <drm/drm_drv.h>

const struct drm_driver probe = {
	.date = "20261130",
};
