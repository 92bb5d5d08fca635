/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waits for the objects of the NT kernel, and threads that wait.
 */
#ifndef VPMEM_KUNIT_WAITER_H
#define VPMEM_KUNIT_WAITER_H

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "include/vpmem-nt.h"

#define VT_KE_ROUNDS	1000

struct vt_waiter {
	void *object;
	bool gives;			/* the mutex back */
	atomic_t woken;
	atomic_t ended;
	LONG status;
};

LONG vt_wait_ms(void *object, unsigned int ms);
LONG vt_wait_for_ever(void *object);
void vt_waiter_work(void *data);
void vt_wait_until(atomic_t *count, int least);
void vt_threads_begin(struct kunit *test, struct vt_thread *thread,
		      struct vt_waiter *waiter);
void vt_threads_end(struct vt_thread *thread);
LONG vt_delay(s64 interval);
void vt_expect_set_wakes(struct kunit *test);

#endif /* VPMEM_KUNIT_WAITER_H */
