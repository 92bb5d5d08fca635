// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/sched/signal.h>

#include "kunit/lib/sync.h"
#include "kunit/lib/thread.h"

static VP_STATUS wait_at_once(struct kunit *test, PEVENT event)
{
	LARGE_INTEGER zero = { .QuadPart = 0 };

	return VideoPortWaitForSingleObject(vt_ext(test), event, &zero);
}

static VP_STATUS wait_milliseconds(struct kunit *test, PEVENT event, unsigned int ms)
{
	LARGE_INTEGER timeout = { .QuadPart = -10000LL * ms };

	return VideoPortWaitForSingleObject(vt_ext(test), event, &timeout);
}

/*
 * SYNC-30: An event is set, cleared and read; VideoPortSetEvent returns the state before
 */
static void sync_30_state_of_an_event(struct kunit *test)
{
	PEVENT event = vt_get_event(test, NOTIFICATION_EVENT | INITIAL_EVENT_NOT_SIGNALED);
	void *ext = vt_ext(test);

	KUNIT_EXPECT_TRUE(test, vt_find_live(test, "Event", 1));
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(ext, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 1);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(ext, event), 1);
	VideoPortClearEvent(ext, event);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 0);
	KUNIT_EXPECT_EQ(test, VideoPortSetEvent(ext, event), 0);
	vt_delete_event(test, event);
	KUNIT_EXPECT_TRUE(test, vt_find_live(test, "Event", 0));
	event = vt_get_event(test, SYNCHRONIZATION_EVENT | INITIAL_EVENT_SIGNALED);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 1);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(ext, event), 1);
	vt_delete_event(test, event);
}

/* SYNC-31: A notification event stays signalled */
static void sync_31_notification_stays(struct kunit *test)
{
	PEVENT event = vt_get_event(test, NOTIFICATION_EVENT | INITIAL_EVENT_SIGNALED);

	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), NO_ERROR);
	KUNIT_EXPECT_EQ(test, wait_milliseconds(test, event, 1), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, NULL),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), event), 1);
	vt_delete_event(test, event);
}

/* SYNC-32: A wait clears a synchronization event */
static void sync_32_synchronization_is_taken(struct kunit *test)
{
	PEVENT event = vt_get_event(test, SYNCHRONIZATION_EVENT | INITIAL_EVENT_SIGNALED);

	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), event), 0);
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), WAIT_TIMEOUT);
	VideoPortSetEvent(vt_ext(test), event);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, NULL),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, wait_milliseconds(test, event, 1), WAIT_TIMEOUT);
	vt_delete_event(test, event);
}

/* SYNC-33: A negative timeout is that long, zero does not wait */
static void sync_33_relative_timeout(struct kunit *test)
{
	PEVENT event = vt_get_event(test, NOTIFICATION_EVENT);
	u64 start = ktime_get_ns();

	KUNIT_EXPECT_EQ(test, wait_milliseconds(test, event, 60), WAIT_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 60 * NSEC_PER_MSEC);
	start = ktime_get_ns();
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), WAIT_TIMEOUT);
	vt_delete_event(test, event);
}

/* SYNC-34: A positive timeout is a time of the day, and may be over */
static void sync_34_absolute_timeout(struct kunit *test)
{
	PEVENT event = vt_get_event(test, NOTIFICATION_EVENT);
	u64 start = ktime_get_ns();
	LARGE_INTEGER until, past = { .QuadPart = 1 };

	VideoPortQuerySystemTime(&until);
	until.QuadPart += 600000;
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, &until),
			WAIT_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 59 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, VideoPortWaitForSingleObject(vt_ext(test), event, &past),
			WAIT_TIMEOUT);
	vt_delete_event(test, event);
}

struct waiter {
	void *ext;
	PEVENT event;
	s64 timeout;			/* 0: for ever */
	atomic_t woken;			/* by the event */
	atomic_t ended;
	VP_STATUS status;
};

static void waiter_work(void *data)
{
	struct waiter *waiter = data;
	LARGE_INTEGER timeout = { .QuadPart = waiter->timeout };
	VP_STATUS status;

	allow_signal(SIGKILL);
	status = VideoPortWaitForSingleObject(waiter->ext, waiter->event,
					      waiter->timeout ? &timeout : NULL);
	WRITE_ONCE(waiter->status, status);
	if (status == NO_ERROR)
		atomic_inc(&waiter->woken);
	atomic_inc(&waiter->ended);
}

static void wait_until(atomic_t *count, int least)
{
	int i;

	for (i = 0; i < 2000 && atomic_read(count) < least; i++)
		msleep(20);
}

static void set_event(void *data)
{
	struct waiter *waiter = data;

	VideoPortSetEvent(waiter->ext, waiter->event);
}

/* SYNC-35: An event may be set in every context, and ends a wait for ever */
static void sync_35_set_anywhere(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct waiter waiter = { .ext = vt_ext(test), .event = vt_get_event(test, 0) };
	struct vt_thread thread;

	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.ended), 0);
	context->run(set_event, &waiter);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(vt_ext(test), waiter.event), 0);
	vt_delete_event(test, waiter.event);
}

static void threads_begin_and_wait(struct kunit *test, struct vt_thread *thread,
				   struct waiter *waiter)
{
	int i;

	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], waiter_work, waiter);
	for (i = 0; i < VT_THREADS; i++)
		vt_expect_thread_waits(test, &thread[i]);
}

/* SYNC-36: A synchronization event wakes one at a time, a notification event all */
static void sync_36_one_waiter_or_all(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_ext(test),
				 .event = vt_get_event(test, SYNCHRONIZATION_EVENT) };
	struct vt_thread thread[VT_THREADS];
	int i;

	threads_begin_and_wait(test, thread, &waiter);
	for (i = 1; i <= VT_THREADS; i++) {
		set_event(&waiter);
		wait_until(&waiter.ended, i);
		msleep(20);
		KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), i);
	}
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
	vt_delete_event(test, waiter.event);
	waiter = (struct waiter){ .ext = vt_ext(test),
				  .event = vt_get_event(test, NOTIFICATION_EVENT) };
	threads_begin_and_wait(test, thread, &waiter);
	set_event(&waiter);
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), VT_THREADS);
	vt_delete_event(test, waiter.event);
}

/* SYNC-37: A wait ends when its process is killed */
static void sync_37_who_is_killed_waits_no_longer(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_ext(test), .event = vt_get_event(test, 0) };
	struct vt_thread thread;

	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	if (!IS_ERR(thread.task))
		send_sig(SIGKILL, thread.task, 1);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, ERROR_INVALID_PARAMETER);
	vt_delete_event(test, waiter.event);
}

/* SYNC-38: An event that is waited for is not deleted; logged and counted */
static void sync_38_event_that_is_waited_for_stays(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_ext(test), .event = vt_get_event(test, 0) };
	struct vt_thread thread;
	VP_STATUS status;

	vt_remember(test);
	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	status = VideoPortDeleteEvent(vt_ext(test), waiter.event);
	set_event(&waiter);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, waiter.status, NO_ERROR);
	vt_expect_refused(test, "busy");
	vt_delete_event(test, waiter.event);
}

static void expect_detach_ends_wait(struct kunit *test)
{
	struct waiter waiter = { .ext = vt_attach_another(test) };
	struct vt_fixture *fx = test->priv;
	struct vt_thread thread;

	fx->leaves_blocks = true;
	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(waiter.ext, 0, NULL, &waiter.event),
			NO_ERROR);
	vt_thread_begin(test, &thread, waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.ended), 0);
	vt_detach(test, waiter.ext);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, ERROR_INVALID_PARAMETER);
}

/* SYNC-39: vpmem_detach ends a wait, also in verify mode */
static void sync_39_detach_ends_a_wait(struct kunit *test)
{
	expect_detach_ends_wait(test);
	vt_verify(test, true);
	expect_detach_ends_wait(test);
}

struct atomic_wait {
	struct kunit *test;
	PEVENT event;
	VP_STATUS at_once, later;
};

static void wait_atomic(void *data)
{
	struct atomic_wait *job = data;

	job->at_once = wait_at_once(job->test, job->event);
	job->later = wait_milliseconds(job->test, job->event, 10);
}

/* SYNC-40: In atomic context only a timeout of zero is accepted */
static void sync_40_no_wait_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_wait job = { .test = test };

	vt_skip_if_hidden(test, context);
	job.event = vt_get_event(test, INITIAL_EVENT_SIGNALED);
	vt_remember(test);
	context->run(wait_atomic, &job);
	KUNIT_EXPECT_EQ(test, job.at_once, NO_ERROR);
	KUNIT_EXPECT_EQ(test, job.later, ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-context");
	vt_delete_event(test, job.event);
}

static void delete_event_call(void *ext, void *event)
{
	VideoPortDeleteEvent(ext, event);
}

static void set_call(void *ext, void *event)
{
	VideoPortSetEvent(ext, event);
}

static void clear_call(void *ext, void *event)
{
	VideoPortClearEvent(ext, event);
}

static void read_call(void *ext, void *event)
{
	VideoPortReadStateEvent(ext, event);
}

static void wait_call(void *ext, void *event)
{
	VideoPortWaitForSingleObject(ext, event, NULL);
}

static vt_free_call * const event_calls[] = {
	delete_event_call, set_call, clear_call, read_call, wait_call,
};

static void expect_no_event(struct kunit *test, void *event, const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(event_calls); i++)
		vt_expect_free_refused(test, event_calls[i], event, name);
}

/* SYNC-41: A pointer that is not an event is logged, counted and left alone */
static void sync_41_foreign_pointer_for_an_event(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;

	expect_no_event(test, foreign->address(test), "bad-pointer");
}

/*
 * SYNC-42: A lock, a deleted event and NULL are logged, counted and left alone in place
 * of an event
 */
static void sync_42_other_handles_for_an_event(struct kunit *test)
{
	PEVENT event = vt_get_event(test, 0);
	PSPIN_LOCK lock = vt_get_lock(test);
	unsigned int i;

	expect_no_event(test, lock, "wrong-pairing");
	vt_delete_lock(test, lock);
	vt_delete_event(test, event);
	expect_no_event(test, event, "double-free");
	vt_expect_free_refused(test, delete_event_call, NULL, "null-free");
	for (i = 1; i < ARRAY_SIZE(event_calls); i++)
		vt_expect_free_refused(test, event_calls[i], NULL, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortCreateEvent(vt_ext(test), 0, NULL, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* SYNC-43: An event of another adapter is set, logged and counted, and not deleted */
static void sync_43_event_of_another_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	PEVENT event;

	KUNIT_ASSERT_EQ(test, VideoPortCreateEvent(other, 0, NULL, &event), NO_ERROR);
	vt_remember(test);
	VideoPortSetEvent(vt_ext(test), event);
	vt_expect_events(test, "wrong-adapter", NULL, 1);
	KUNIT_EXPECT_EQ(test, VideoPortReadStateEvent(other, event), 1);
	vt_expect_free_refused(test, delete_event_call, event, "wrong-adapter");
	KUNIT_EXPECT_EQ(test, VideoPortDeleteEvent(other, event), NO_ERROR);
}

/* SYNC-44: Flags that mean nothing are ignored, logged and counted */
static void sync_44_unknown_flags(struct kunit *test)
{
	PEVENT event;

	vt_remember(test);
	event = vt_get_event(test, 0xfffffffc | INITIAL_EVENT_SIGNALED);
	vt_expect_events(test, "bad-parameter", NULL, 1);
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), NO_ERROR);
	KUNIT_EXPECT_EQ(test, wait_at_once(test, event), WAIT_TIMEOUT);
	vt_delete_event(test, event);
}

static struct kunit_case event_cases[] = {
	KUNIT_CASE(sync_30_state_of_an_event),
	KUNIT_CASE(sync_31_notification_stays),
	KUNIT_CASE(sync_32_synchronization_is_taken),
	KUNIT_CASE(sync_33_relative_timeout),
	KUNIT_CASE(sync_34_absolute_timeout),
	KUNIT_CASE_PARAM(sync_35_set_anywhere, vt_context_params),
	KUNIT_CASE(sync_36_one_waiter_or_all),
	KUNIT_CASE(sync_37_who_is_killed_waits_no_longer),
	KUNIT_CASE(sync_38_event_that_is_waited_for_stays),
	KUNIT_CASE(sync_39_detach_ends_a_wait),
	KUNIT_CASE_PARAM(sync_40_no_wait_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(sync_41_foreign_pointer_for_an_event, vt_foreign_params),
	KUNIT_CASE(sync_42_other_handles_for_an_event),
	KUNIT_CASE(sync_43_event_of_another_adapter),
	KUNIT_CASE(sync_44_unknown_flags),
	{ }
};

struct kunit_suite vt_event_suite = {
	.name = "event",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = event_cases,
};
