/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of the kernel, for its code in a program.
 */
#ifndef FUZZ_LINUX_TYPES_H
#define FUZZ_LINUX_TYPES_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include_next <linux/types.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef unsigned long long u64;
typedef int32_t s32;
typedef int16_t s16;
typedef long long s64;

#endif /* FUZZ_LINUX_TYPES_H */
