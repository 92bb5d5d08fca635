/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Threads that do something and end.
 */
#ifndef VPMEM_KUNIT_THREAD_H
#define VPMEM_KUNIT_THREAD_H

#include <kunit/test.h>
#include <linux/completion.h>

#define VT_THREADS	4

struct vt_thread {
	void (*work)(void *data);
	void *data;
	struct task_struct *task;
	struct completion done;
};

void vt_thread_begin(struct kunit *test, struct vt_thread *thread,
		     void (*work)(void *data), void *data);
void vt_thread_end(struct vt_thread *thread);
void vt_expect_thread_waits(struct kunit *test, struct vt_thread *thread);

/* The same in VT_THREADS of them, to the end of all. */
void vt_in_threads(struct kunit *test, void (*work)(void *data), void *data);

#endif /* VPMEM_KUNIT_THREAD_H */
