// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads that do something and end.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"

static int thread_run(void *data)
{
	struct vt_thread *thread = data;

	thread->work(thread->data);
	complete(&thread->done);
	return 0;
}

/* Do not assert before thread_end(). */
void vt_thread_begin(struct kunit *test, struct vt_thread *thread,
		     void (*work)(void *data), void *data)
{
	*thread = (struct vt_thread){ .work = work, .data = data };
	init_completion(&thread->done);
	thread->task = kthread_create(thread_run, thread, "vpmem-sync");
	if (IS_ERR(thread->task)) {
		KUNIT_FAIL(test, "no thread");
		complete(&thread->done);
		return;
	}
	get_task_struct(thread->task);
	wake_up_process(thread->task);
}

void vt_thread_end(struct vt_thread *thread)
{
	wait_for_completion(&thread->done);
	if (!IS_ERR(thread->task))
		put_task_struct(thread->task);
}

void vt_expect_thread_waits(struct kunit *test, struct vt_thread *thread)
{
	if (!IS_ERR(thread->task))
		KUNIT_EXPECT_TRUE(test, vt_falls_asleep(thread->task));
}

void vt_in_threads(struct kunit *test, void (*work)(void *data), void *data)
{
	struct vt_thread thread[VT_THREADS];
	int i;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], work, data);
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
}
