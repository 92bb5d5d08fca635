// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-builtin-memcpy
 * fails-without: clang
 *
 * The same of a loop that copies.
 */
#define COPY
#include "loop.h"
