// SPDX-License-Identifier: GPL-2.0-only
/*
 * Timer chip (8254) and port 61h of the machine. The real ones are Linux's: a video BIOS
 * that sets a rate, or measures a delay, must not change the clock of the kernel.
 *
 * Nothing runs between two accesses. Each access computes the state of a counter from the
 * time since it was loaded. Counter 0 causes no interrupt, and the speaker is silent.
 */

#include <string.h>
#include "clock.h"

#define COUNTERS	0x40		/* to 42h */
#define CONTROL		0x43
#define SYSTEM_CONTROL	0x61

#define CLOCKS_PER_SECOND 1193182ULL
#define NS_PER_SECOND	1000000000ULL
#define REFRESH_NS	15085		/* the refresh bit toggles */

/* In the control word */
#define SELECT_SHIFT	6
#define READ_BACK	3
#define ACCESS_SHIFT	4
#define LATCH		0
#define LOW_BYTE	1
#define HIGH_BYTE	2
#define BOTH_BYTES	3
#define MODE_SHIFT	1
#define BCD		1

/* In a read-back command, where they are active if they are 0 */
#define NO_COUNT	0x20
#define NO_STATUS	0x10
#define STATUS_OUT	0x80
#define STATUS_NULL	0x40

/* In port 61h */
#define GATE_2		0x01
#define WRITABLE	0x0f
#define REFRESH		0x10
#define OUT_2		0x20

struct counter {
	uint8_t control;		/* access, mode and BCD */
	uint32_t reload;		/* 1 to 65536 */
	uint8_t low;			/* written first, of two bytes */
	bool half_written;
	bool half_read;
	bool loaded;			/* since the control word */
	bool gate;
	uint64_t start;			/* clock when the count began */
	uint64_t paused_at;		/* clock when the gate went low */
	uint16_t latched;
	unsigned int latched_bytes;	/* that are still to be read */
	uint8_t status;
	bool status_latched;
};

static struct counter counters[3];
static uint8_t system_control;

static uint64_t clocks(void)
{
	uint64_t now = clock_now();

	return now / NS_PER_SECOND * CLOCKS_PER_SECOND +
	       now % NS_PER_SECOND * CLOCKS_PER_SECOND / NS_PER_SECOND;
}

static unsigned int mode_of(const struct counter *counter)
{
	unsigned int mode = counter->control >> MODE_SHIFT & 7;

	return mode > 5 ? mode - 4 : mode;
}

static unsigned int access_of(const struct counter *counter)
{
	return counter->control >> ACCESS_SHIFT & 3;
}

/* Modes 1 and 5 are started by the gate and go on without it. */
static bool is_triggered(const struct counter *counter)
{
	return mode_of(counter) == 1 || mode_of(counter) == 5;
}

static bool is_periodic(const struct counter *counter)
{
	return mode_of(counter) == 2 || mode_of(counter) == 3;
}

/* Return the clocks that have counted since the start. */
static uint64_t counted(const struct counter *counter)
{
	bool runs = counter->gate || is_triggered(counter);

	if (!counter->loaded)
		return 0;
	return (runs ? clocks() : counter->paused_at) - counter->start;
}

static uint32_t to_bcd(uint32_t value)
{
	return value % 10 | value / 10 % 10 << 4 | value / 100 % 10 << 8 |
	       value / 1000 % 10 << 12;
}

static uint32_t from_bcd(uint32_t value)
{
	return (value & 15) + (value >> 4 & 15) * 10 + (value >> 8 & 15) * 100 +
	       (value >> 12 & 15) * 1000;
}

static uint16_t count_of(const struct counter *counter)
{
	uint32_t cycle = counter->control & BCD ? 10000 : 0x10000;
	uint64_t done = counted(counter);
	uint32_t count;

	switch (mode_of(counter)) {
	case 2:
		count = counter->reload - done % counter->reload;
		break;
	case 3:
		/* Count down by two, and twice for each period. */
		count = counter->reload - done * 2 % counter->reload;
		count &= ~1U;
		break;
	default:
		count = counter->reload + cycle - done % cycle;
	}
	count %= cycle;
	return counter->control & BCD ? to_bcd(count) : count;
}

static bool out_of(const struct counter *counter)
{
	uint64_t done = counted(counter);
	uint32_t reload = counter->reload;

	switch (mode_of(counter)) {
	case 0:
		return counter->loaded && done >= reload;
	case 1:
		return !counter->loaded || done >= reload;
	case 2:
		return !counter->gate || done % reload != reload - 1;
	case 3:
		return !counter->gate || done % reload < (reload + 1) / 2;
	default:
		return done != reload;
	}
}

static void latch_count(struct counter *counter)
{
	if (counter->latched_bytes)
		return;
	counter->latched = count_of(counter);
	counter->latched_bytes = access_of(counter) == BOTH_BYTES ? 2 : 1;
}

static void latch_status(struct counter *counter)
{
	if (counter->status_latched)
		return;
	counter->status = (counter->control & 0x3f) |
			  (out_of(counter) ? STATUS_OUT : 0) |
			  (counter->loaded ? 0 : STATUS_NULL);
	counter->status_latched = true;
}

static void read_back(uint8_t command)
{
	unsigned int i;

	for (i = 0; i < 3; i++) {
		if (!(command & 2 << i))
			continue;
		if (!(command & NO_COUNT))
			latch_count(&counters[i]);
		if (!(command & NO_STATUS))
			latch_status(&counters[i]);
	}
}

static void write_control(uint8_t value)
{
	struct counter *counter;

	if (value >> SELECT_SHIFT == READ_BACK) {
		read_back(value);
		return;
	}
	counter = &counters[value >> SELECT_SHIFT];
	if ((value >> ACCESS_SHIFT & 3) == LATCH) {
		latch_count(counter);
		return;
	}
	counter->control = value & 0x3f;
	counter->loaded = false;
	counter->half_written = false;
	counter->half_read = false;
	counter->latched_bytes = 0;
	counter->status_latched = false;
}

/* Start counting from a new value. A periodic counter goes on with its old one until then. */
static void load(struct counter *counter, uint16_t value)
{
	bool bcd = counter->control & BCD;

	counter->reload = bcd ? from_bcd(value) : value;
	if (!counter->reload)
		counter->reload = bcd ? 10000 : 0x10000;
	counter->start = clocks();
	counter->paused_at = counter->start;
	counter->loaded = true;
}

static void write_counter(struct counter *counter, uint8_t value)
{
	switch (access_of(counter)) {
	case LOW_BYTE:
		load(counter, value);
		break;
	case HIGH_BYTE:
		load(counter, value << 8);
		break;
	default:
		if (counter->half_written)
			load(counter, counter->low | value << 8);
		counter->low = value;
		counter->half_written = !counter->half_written;
	}
}

static uint8_t read_latched(struct counter *counter)
{
	bool high = access_of(counter) == HIGH_BYTE ||
		    (access_of(counter) == BOTH_BYTES && counter->latched_bytes == 1);

	counter->latched_bytes--;
	return high ? counter->latched >> 8 : counter->latched;
}

static uint8_t read_counter(struct counter *counter)
{
	bool high = access_of(counter) == HIGH_BYTE;

	if (counter->status_latched) {
		counter->status_latched = false;
		return counter->status;
	}
	if (counter->latched_bytes)
		return read_latched(counter);
	if (access_of(counter) == BOTH_BYTES) {
		high = counter->half_read;
		counter->half_read = !counter->half_read;
	}
	return high ? count_of(counter) >> 8 : count_of(counter);
}

/* Stop or continue a counter by its gate; a rising edge starts some modes anew. */
static void set_gate(struct counter *counter, bool gate)
{
	uint64_t now = clocks();

	if (gate && !counter->gate) {
		if (is_triggered(counter) || is_periodic(counter))
			counter->start = now;
		else
			counter->start += now - counter->paused_at;
	} else if (!gate && counter->gate) {
		counter->paused_at = now;
	}
	counter->gate = gate;
}

static uint8_t read_system_control(void)
{
	uint8_t value = system_control;

	if (clock_now() / REFRESH_NS % 2)
		value |= REFRESH;
	if (out_of(&counters[2]))
		value |= OUT_2;
	return value;
}

/* Load what the firmware of a PC leaves: counter 0 at 18.2 Hz, 2 for the speaker. */
void timer_init(void)
{
	unsigned int i;

	memset(counters, 0, sizeof(counters));
	system_control = 0;
	for (i = 0; i < 3; i++) {
		counters[i].control = BOTH_BYTES << ACCESS_SHIFT | 3 << MODE_SHIFT;
		counters[i].gate = i != 2;
		load(&counters[i], i == 1 ? 18 : 0);
	}
}

bool timer_has_port(uint16_t port)
{
	return (port >= COUNTERS && port <= CONTROL) || port == SYSTEM_CONTROL;
}

uint8_t timer_in(uint16_t port)
{
	if (port == SYSTEM_CONTROL)
		return read_system_control();
	return port == CONTROL ? 0xff : read_counter(&counters[port - COUNTERS]);
}

void timer_out(uint16_t port, uint8_t value)
{
	if (port == CONTROL) {
		write_control(value);
	} else if (port == SYSTEM_CONTROL) {
		system_control = value & WRITABLE;
		set_gate(&counters[2], value & GATE_2);
	} else {
		write_counter(&counters[port - COUNTERS], value);
	}
}
