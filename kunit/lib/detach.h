/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Detaches of an adapter that something waits for.
 */
#ifndef VPMEM_KUNIT_DETACH_H
#define VPMEM_KUNIT_DETACH_H

#include "kunit/lib/dma.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "include/vpmem-nt.h"

/* Time after which a detach counts as hung. */
#define VT_DETACH_PATIENCE	(60 * HZ)

typedef LONG vt_wait_call(void *ext);

/* State of the test, static because entry points have no argument for it. */
struct vt_detaching {
	void *ext;
	PEVENT event;
	KEVENT kernel_event;
	KSEMAPHORE semaphore;
	vt_wait_call *wait;
	LONG status;
	struct completion entered;	/* the wait, or whatever is to be met by a detach */
	struct completion leave;
	void *block;
	PVP_DMA_ADAPTER dma;
	void *common;
	PHYSICAL_ADDRESS logical;
	BOOLEAN queued;
};

extern struct vt_detaching vt_detaching;

int vt_detach_init(struct kunit *test);
void vt_detach_exit(struct kunit *test);
bool vt_ends_within(struct vt_thread *thread, unsigned long patience);
void vt_expect_ends(struct kunit *test, struct vt_thread *thread, const char *name);
void vt_expect_entered(struct kunit *test);
void vt_expect_unregisters(struct kunit *test);
void vt_detach_work(void *ext);
void *vt_detach_attach(struct kunit *test);
void vt_reset_deletes_event(PVOID ext);
void vt_need_events(struct kunit *test);

#endif /* VPMEM_KUNIT_DETACH_H */
