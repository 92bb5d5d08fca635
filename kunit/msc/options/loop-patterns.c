// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-tree-loop-distribute-patterns
 * fails-without: gcc
 *
 * A loop stays a loop: a call of memset() would be one without an end in a driver that
 * writes its own, and is no access to a device.
 */
#include "loop.h"
