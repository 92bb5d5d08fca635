/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Integers at any address, each of which is accessed at once: planar video memory and the
 * registers of a device need that.
 */
#ifndef INTEGER_H
#define INTEGER_H

#include <stdint.h>

typedef volatile uint16_t __attribute__((aligned(1), may_alias)) any16;
typedef volatile uint32_t __attribute__((aligned(1), may_alias)) any32;

static inline uint32_t integer_read(const volatile void *at, unsigned int bytes)
{
	switch (bytes) {
	case 1:
		return *(const volatile uint8_t *)at;
	case 2:
		return *(const any16 *)at;
	default:
		return *(const any32 *)at;
	}
}

static inline void integer_write(volatile void *at, unsigned int bytes, uint32_t value)
{
	switch (bytes) {
	case 1:
		*(volatile uint8_t *)at = value;
		break;
	case 2:
		*(any16 *)at = value;
		break;
	default:
		*(any32 *)at = value;
	}
}

#endif /* INTEGER_H */
