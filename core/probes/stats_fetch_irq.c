// SPDX-License-Identifier: GPL-2.0-only
/*
 * Statistics that interrupts write are read by functions of their own. Since 6.1 they are
 * the same as the others, and they were removed in 6.3.
 */
#include <linux/u64_stats_sync.h>

bool probe(const struct u64_stats_sync *syncp)
{
	return u64_stats_fetch_retry_irq(syncp, u64_stats_fetch_begin_irq(syncp));
}
