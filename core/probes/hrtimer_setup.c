// SPDX-License-Identifier: GPL-2.0-only
/*
 * A timer gets its function when it is initialized, since 6.13.
 *
 * exports: hrtimer_setup
 */
#include <linux/hrtimer.h>

void probe(struct hrtimer *timer, enum hrtimer_restart (*function)(struct hrtimer *))
{
	hrtimer_setup(timer, function, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
}
