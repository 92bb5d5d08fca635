/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Buffers of VideoPortAllocateBuffer, and their quota.
 */
#ifndef VPMEM_KUNIT_BUFFER_H
#define VPMEM_KUNIT_BUFFER_H

#include "kunit/lib/helpers.h"

#define VT_BUFFER_SMALL	100
#define VT_BUFFER_LARGE	(5 * PAGE_SIZE)

extern const size_t vt_buffer_sizes[2];
void *vt_buffer_alloc(struct kunit *test, ULONG size);
void vt_buffer_release(struct kunit *test, void *block);
VP_STATUS vt_buffer_try(struct kunit *test, void *ext, ULONG size);
void vt_set_quota(struct kunit *test, void *ext, unsigned long quota);
void vt_expect_quota(struct kunit *test, unsigned long quota, unsigned long used);

#endif /* VPMEM_KUNIT_BUFFER_H */
