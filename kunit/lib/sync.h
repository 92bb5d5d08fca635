/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Helpers of the suites of locks and events.
 */
#ifndef VPMEM_KUNIT_SYNC_H
#define VPMEM_KUNIT_SYNC_H

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

/* sync.c */
PSPIN_LOCK vt_get_lock(struct kunit *test);
void vt_delete_lock(struct kunit *test, PSPIN_LOCK lock);
PEVENT vt_get_event(struct kunit *test, ULONG flags);
void vt_delete_event(struct kunit *test, PEVENT event);
bool vt_find_live(struct kunit *test, const char *kind, u64 blocks);

/* spinlock.c: every call that takes a lock */
#define VT_LOCK_CALLS	5

extern vt_free_call * const vt_lock_calls[VT_LOCK_CALLS];

#endif /* VPMEM_KUNIT_SYNC_H */
