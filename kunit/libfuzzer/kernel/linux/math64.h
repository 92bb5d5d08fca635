/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Division of the kernel, for its code in a program.
 */
#ifndef FUZZ_LINUX_MATH64_H
#define FUZZ_LINUX_MATH64_H

#include <linux/types.h>

static inline u64 div_u64(u64 value, u32 by)
{
	return value / by;
}

static inline u64 div_u64_rem(u64 value, u32 by, u32 *rest)
{
	*rest = value % by;
	return value / by;
}

#endif /* FUZZ_LINUX_MATH64_H */
