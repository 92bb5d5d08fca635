/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Expectations of VideoPortLockBuffer.
 */
#ifndef VPMEM_KUNIT_LOCK_H
#define VPMEM_KUNIT_LOCK_H

#include "kunit/lib/helpers.h"

void vt_expect_locked_is(struct kunit *test, void *mdl, const u8 *bytes, ULONG size);
void vt_expect_not_lockable(struct kunit *test, void *base, ULONG length,
			    VP_LOCK_OPERATION operation, const char *event,
			    const char *reason);

#endif /* VPMEM_KUNIT_LOCK_H */
