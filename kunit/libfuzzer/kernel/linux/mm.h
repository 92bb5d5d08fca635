/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Nothing of this is used by the code of the kernel that runs in a program.
 */
#ifndef FUZZ_LINUX_MM_H
#define FUZZ_LINUX_MM_H

#include <linux/kernel.h>

#endif /* FUZZ_LINUX_MM_H */
