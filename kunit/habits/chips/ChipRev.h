/* SPDX-License-Identifier: GPL-2.0-only */
#include <Drivers\Chips\Video.h>
#define CHIPS_REVISION 3
