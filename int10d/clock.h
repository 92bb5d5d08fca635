/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time of the machine, and the timer chip.
 */
#ifndef CLOCK_H
#define CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/* clock.c */
void clock_init(void *space);
void clock_begin(unsigned int milliseconds);
uint64_t clock_now(void);
uint64_t clock_elapsed(void);
bool clock_wait(uint64_t nanoseconds);
bool clock_wait_tick(void);

/* timer.c */
void timer_init(void);
bool timer_has_port(uint16_t port);
uint8_t timer_in(uint16_t port);
void timer_out(uint16_t port, uint8_t value);

#endif /* CLOCK_H */
