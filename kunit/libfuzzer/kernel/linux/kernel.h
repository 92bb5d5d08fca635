/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of the kernel, for its code in a program.
 */
#ifndef FUZZ_LINUX_KERNEL_H
#define FUZZ_LINUX_KERNEL_H

#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <linux/types.h>

#define noinline		__attribute__((noinline))
#define U32_MAX			UINT32_MAX
#define S32_MAX			INT32_MAX
#define U64_MAX			UINT64_MAX
#define S64_MAX			INT64_MAX
#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))
#define READ_ONCE(x)		(*(volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, value)	(*(volatile typeof(x) *)&(x) = (value))
#define min(a, b)		({ typeof(a) a_ = (a); typeof(b) b_ = (b); a_ < b_ ? a_ : b_; })
#define max(a, b)		({ typeof(a) a_ = (a); typeof(b) b_ = (b); a_ > b_ ? a_ : b_; })
#define min_t(type, a, b)	min((type)(a), (type)(b))
#define clamp(value, low, high)	min(max(value, low), high)
#define clamp_t(type, value, low, high)	clamp((type)(value), (type)(low), (type)(high))
#define swap(a, b)							\
do {									\
	typeof(a) *a_ = &(a), *b_ = &(b);				\
	typeof(a) old_ = *a_;						\
									\
	*a_ = *b_;							\
	*b_ = old_;							\
} while (0)
#define container_of(member_at, type, member)				\
	((type *)((char *)(member_at) - offsetof(type, member)))

#endif /* FUZZ_LINUX_KERNEL_H */
