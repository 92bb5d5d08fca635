/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Common buffers of a test.
 */
#ifndef VPMEM_KUNIT_COMMON_H
#define VPMEM_KUNIT_COMMON_H

#include "kunit/lib/helpers.h"

struct vt_common {
	PVP_DMA_ADAPTER dma;
	ULONG length;
	PHYSICAL_ADDRESS logical;
	void *memory;
	BOOLEAN cached;
};

struct vt_release_job {
	struct kunit *test;
	struct vt_common buffer;
};

extern const ULONG vt_common_lengths[10];
bool vt_common_try(struct kunit *test, struct vt_common *buffer);
void vt_common_release(struct kunit *test, struct vt_common buffer);
void vt_common_free(struct kunit *test, struct vt_common buffer);
struct vt_common vt_common_alloc(struct kunit *test, ULONG length);
void vt_common_end(struct kunit *test, struct vt_common buffer);
void vt_release_job(void *data);
struct vt_common vt_common_get(struct kunit *test, ULONG length);

#endif /* VPMEM_KUNIT_COMMON_H */
