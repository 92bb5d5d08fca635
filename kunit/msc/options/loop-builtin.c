// SPDX-License-Identifier: GPL-2.0-only
/*
 * option: -fno-builtin-memset
 * fails-without: clang
 *
 * The same of clang.
 */
#include "loop.h"
