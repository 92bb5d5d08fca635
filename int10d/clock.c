// SPDX-License-Identifier: GPL-2.0-only
/*
 * Time of the machine: the tick count of the BIOS, the bound of a call, and waits.
 *
 * The tick count at 0040:006C advances at 18.2 Hz as if the timer interrupted, but no
 * interrupt 08h is delivered: its handler in the system BIOS would acknowledge it at the
 * interrupt controller of the machine, which is Linux's.
 */

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>
#include "clock.h"
#include "engine.h"
#include "int10d.h"

#define NS_PER_SECOND	1000000000ULL
#define NS_PER_MS	1000000ULL
/* 65536 clocks of a timer of 1193182 Hz */
#define TICK_NS		54925401ULL
#define TICKS_PER_DAY	0x1800b0

/* In the data area of the BIOS */
#define TICK_COUNT	0x46c
#define MIDNIGHT_PASSED	0x470

static struct {
	uint8_t *space;
	uint64_t next_tick;
	uint64_t begin, end;		/* of the call */
} time_of;

uint64_t clock_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

void clock_init(void *space)
{
	time_of.space = space;
	time_of.next_tick = clock_now() + TICK_NS;
}

/* Begin a call that may take a number of milliseconds. */
void clock_begin(unsigned int milliseconds)
{
	time_of.begin = clock_now();
	time_of.end = time_of.begin + milliseconds * NS_PER_MS;
	clock_check();
}

uint64_t clock_elapsed(void)
{
	return clock_now() - time_of.begin;
}

static void add_ticks(uint64_t ticks)
{
	uint64_t count;
	uint32_t old;

	memcpy(&old, time_of.space + TICK_COUNT, sizeof(old));
	count = old + ticks;
	if (count >= TICKS_PER_DAY) {
		count %= TICKS_PER_DAY;
		time_of.space[MIDNIGHT_PASSED] = 1;
	}
	old = count;
	memcpy(time_of.space + TICK_COUNT, &old, sizeof(old));
}

bool clock_check(void)
{
	uint64_t now = clock_now(), ticks;

	if (now >= time_of.next_tick) {
		ticks = (now - time_of.next_tick) / TICK_NS + 1;
		time_of.next_tick += ticks * TICK_NS;
		add_ticks(ticks);
	}
	return now < time_of.end;
}

/* Sleep until a time, but not beyond the next tick. */
static void doze(uint64_t until)
{
	uint64_t now = clock_now();

	if (until > time_of.next_tick)
		until = time_of.next_tick;
	/* poll() is the only wait that the sandbox allows. */
	if (until > now + NS_PER_MS)
		poll(NULL, 0, (until - now) / NS_PER_MS);
}

/* Wait, and keep the tick count. Return false if the call's time is over before. */
bool clock_wait(uint64_t nanoseconds)
{
	uint64_t until = clock_now() + nanoseconds;

	while (clock_now() < until) {
		if (!clock_check())
			return false;
		doze(until);
	}
	return clock_check();
}

/* Wait for the next tick. Return false if the call's time is over before. */
bool clock_wait_tick(void)
{
	uint64_t now = clock_now();

	return clock_wait(time_of.next_tick > now ? time_of.next_tick - now : 0);
}
