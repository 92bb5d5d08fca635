/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks by the compiler, for code of the kernel in a program.
 */
#ifndef FUZZ_LINUX_BUILD_BUG_H
#define FUZZ_LINUX_BUILD_BUG_H

#define BUILD_BUG_ON(condition) _Static_assert(!(condition), #condition)

#endif /* FUZZ_LINUX_BUILD_BUG_H */
