/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between kernels, which do not matter to what runs in a program.
 */
#ifndef FUZZ_CORE_COMPAT_H
#define FUZZ_CORE_COMPAT_H

#include <linux/types.h>

#endif /* FUZZ_CORE_COMPAT_H */
