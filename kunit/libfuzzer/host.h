/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-ins for what the helper needs of its host: memory, ports and the time. None of it
 * depends on the real host, so that an input always has the same effect.
 */
#ifndef HOST_H
#define HOST_H

#include <stdint.h>
#include "input.h"
#include "int10d.h"

#define HIGH_SIZE	(0x100000000ULL - VPMEM_INT10_SPACE)

extern uint8_t *host_space;		/* megabyte, with nothing accessible behind it */
extern uint8_t *host_high;		/* all above it */

/* Map both; @prot is that of the memory above the megabyte. */
void host_map(int prot);

/* Begin with memory of zeroes, and with an input for the ports to read from. */
void host_begin(struct input *ports);

/* Write code, and vectors that lead to it, as the input says. */
void host_load(struct input *input);

/* Advance the time. */
void host_wait(uint64_t nanoseconds);

#endif /* HOST_H */
