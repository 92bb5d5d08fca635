/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Make DEFINE_GUID() define GUIDs from here on.
 */
#ifndef INITGUID
#define INITGUID
#endif
#include "guiddef.h"
