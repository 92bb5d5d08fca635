/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time in units of Windows, and deadlines of waits.
 */
#ifndef VPMEM_SERVICES_TIME_H
#define VPMEM_SERVICES_TIME_H

#include <linux/types.h>

union _LARGE_INTEGER;

/* Unit of Windows, and the distance from its epoch, 1601, to that of Linux */
#define VPMEM_TICK_NS		100
#define VPMEM_TICKS_PER_SECOND	10000000
#define VPMEM_SECONDS_TO_1970	11644473600LL

s64 vpmem_system_time(void);

#define VPMEM_FOR_EVER	U64_MAX

u64 vpmem_wait_deadline(const union _LARGE_INTEGER *timeout);
long vpmem_wait_jiffies(u64 end);

#endif /* VPMEM_SERVICES_TIME_H */
