// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events of the NT kernel, and waits for its objects.
 */
#include <linux/bsearch.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/thread.h"
#include "kunit/lib/waiter.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/* KE-10: KeSetEvent, KeResetEvent and KeReadStateEvent tell the state of a KEVENT */
static void ke_10_state_of_an_event(struct kunit *test)
{
	KEVENT event;

	vt_remember(test);
	KeInitializeEvent(&event, NotificationEvent, 0);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 0);
	KUNIT_EXPECT_EQ(test, KeSetEvent(&event, IO_VIDEO_INCREMENT, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	KUNIT_EXPECT_EQ(test, event.Header.SignalState, 1);
	KUNIT_EXPECT_EQ(test, KeSetEvent(&event, IO_NO_INCREMENT, 0), 1);
	KUNIT_EXPECT_EQ(test, KeResetEvent(&event), 1);
	KUNIT_EXPECT_EQ(test, KeResetEvent(&event), 0);
	KeInitializeEvent(&event, SynchronizationEvent, 1);
	KUNIT_EXPECT_EQ(test, event.Header.Type, 1);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	KeClearEvent(&event);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/*
 * KE-11: A wait takes the signal of a SynchronizationEvent, and leaves that of a
 * NotificationEvent
 */
static void ke_11_notification_stays_synchronization_is_taken(struct kunit *test)
{
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, 1);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 1), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_for_ever(&event), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	KeInitializeEvent(&event, SynchronizationEvent, 1);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 0), STATUS_TIMEOUT);
	KeSetEvent(&event, 0, 0);
	KUNIT_EXPECT_EQ(test, vt_wait_for_ever(&event), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 1), STATUS_TIMEOUT);
}

/* KE-12: Time-outs of zero, relative and absolute ones; none is over too early */
static void ke_12_timeouts(struct kunit *test)
{
	LARGE_INTEGER until, past = { .QuadPart = 1 };
	u64 start = ktime_get_ns();
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, 0);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 60), STATUS_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 60 * NSEC_PER_MSEC);
	start = ktime_get_ns();
	KeQuerySystemTime(&until);
	until.QuadPart += 600000;
	KUNIT_EXPECT_EQ(test, KeWaitForSingleObject(&event, Executive, KernelMode, 0, &until),
			STATUS_TIMEOUT);
	KUNIT_EXPECT_GE(test, ktime_get_ns() - start, 59 * NSEC_PER_MSEC);
	KUNIT_EXPECT_EQ(test, KeWaitForSingleObject(&event, Executive, KernelMode, 0, &past),
			STATUS_TIMEOUT);
}

/* KE-13: An event is set in any context, and wakes who waits */
static void ke_13_set_anywhere(struct kunit *test)
{
	vt_expect_set_wakes(test);
}

/* KE-14: A SynchronizationEvent wakes one, a NotificationEvent all */
static void ke_14_one_waiter_or_all(struct kunit *test)
{
	struct vt_thread thread[VT_THREADS];
	struct vt_waiter waiter = {};
	KEVENT event;
	int i;

	KeInitializeEvent(&event, SynchronizationEvent, 0);
	waiter.object = &event;
	vt_threads_begin(test, thread, &waiter);
	for (i = 1; i <= VT_THREADS; i++) {
		KeSetEvent(&event, IO_NO_INCREMENT, 0);
		vt_wait_until(&waiter.ended, i);
		msleep(20);
		KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), i);
	}
	vt_threads_end(thread);
	waiter = (struct vt_waiter){ .object = &event };
	KeInitializeEvent(&event, NotificationEvent, 0);
	vt_threads_begin(test, thread, &waiter);
	KeSetEvent(&event, IO_NO_INCREMENT, 0);
	vt_threads_end(thread);
	KUNIT_EXPECT_EQ(test, atomic_read(&waiter.woken), VT_THREADS);
}

/* KE-15: A wait ends when its process is killed: STATUS_USER_APC */
static void ke_15_who_is_killed_waits_no_longer(struct kunit *test)
{
	struct vt_waiter waiter = {};
	struct vt_thread thread;
	KEVENT event;

	KeInitializeEvent(&event, NotificationEvent, 0);
	waiter.object = &event;
	vt_thread_begin(test, &thread, vt_waiter_work, &waiter);
	vt_expect_thread_waits(test, &thread);
	if (!IS_ERR(thread.task))
		send_sig(SIGKILL, thread.task, 1);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, waiter.status, STATUS_USER_APC);
}

struct atomic_wait {
	void *object;
	LARGE_INTEGER interval;
	LONG at_once, later, delay;
};

static void wait_atomic(void *data)
{
	struct atomic_wait *job = data;

	job->at_once = vt_wait_ms(job->object, 0);
	job->later = vt_wait_ms(job->object, 10);
	job->delay = KeDelayExecutionThread(KernelMode, 0, &job->interval);
}

/*
 * KE-16: In atomic context only a wait with a timeout of zero is accepted; a delay is
 * refused
 */
static void ke_16_no_wait_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct atomic_wait job = { .interval.QuadPart = -10000 };
	KEVENT event;

	vt_skip_if_hidden(test, context);
	KeInitializeEvent(&event, SynchronizationEvent, 1);
	job.object = &event;
	vt_remember(test);
	context->run(wait_atomic, &job);
	KUNIT_EXPECT_EQ(test, job.at_once, STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, job.later, STATUS_UNSUCCESSFUL);
	KUNIT_EXPECT_EQ(test, job.delay, STATUS_UNSUCCESSFUL);
	vt_expect_events(test, NULL, "bad-context", 2);
}

/* Make each call once on an uninitialized object; the last calls are not for events. */
static void call_all(struct kunit *test, void *object)
{
	KUNIT_EXPECT_EQ(test, KeSetEvent(object, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, KeResetEvent(object), 0);
	KeClearEvent(object);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(object), 0);
	KUNIT_EXPECT_EQ(test, vt_wait_for_ever(object), STATUS_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex(object, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReleaseSemaphore(object, 0, 1, 0), 0);
}

/* KE-17: A pointer to other memory is left alone and logged */
static void ke_17_foreign_pointer_for_an_object(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);

	vt_remember(test);
	call_all(test, address);
	vt_expect_events(test, NULL, "bad-pointer", 7);
}

/*
 * KE-18: An object that was not initialized, was moved, or has another type is left alone
 * and logged, and so is NULL
 */
static void ke_18_what_is_no_object(struct kunit *test)
{
	KEVENT event, moved;
	KMUTEX zeroes = {};

	vt_remember(test);
	call_all(test, &zeroes);
	KUNIT_EXPECT_NULL(test, memchr_inv(&zeroes, 0, sizeof(zeroes)));
	KeInitializeEvent(&event, NotificationEvent, 1);
	moved = event;
	call_all(test, &moved);
	KUNIT_EXPECT_EQ(test, KeReleaseMutex((KMUTEX *)&event, 0), 0);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
	vt_expect_events(test, NULL, "bad-pointer", 15);
	vt_remember(test);
	call_all(test, NULL);
	KeInitializeEvent(NULL, NotificationEvent, 0);
	KeInitializeMutex(NULL, 0);
	KeInitializeSemaphore(NULL, 0, 1);
	ExInitializeFastMutex(NULL);
	ExAcquireFastMutex(NULL);
	ExReleaseFastMutex(NULL);
	KUNIT_EXPECT_FALSE(test, ExTryToAcquireFastMutex(NULL));
	vt_expect_events(test, NULL, "bad-parameter", 14);
}

/* KE-28: An event of an invalid type becomes a notification event, with a message */
static void ke_28_invalid_type(struct kunit *test)
{
	KEVENT event;

	vt_remember(test);
	KeInitializeEvent(&event, (EVENT_TYPE)2, 1);
	vt_expect_events(test, NULL, "bad-parameter", 1);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(&event, 0), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, KeReadStateEvent(&event), 1);
}

static void expect_event_at(struct kunit *test, KEVENT *event)
{
	KeInitializeEvent(event, SynchronizationEvent, 0);
	KUNIT_EXPECT_EQ(test, KeSetEvent(event, 0, 0), 0);
	KUNIT_EXPECT_EQ(test, vt_wait_for_ever(event), STATUS_SUCCESS);
	KUNIT_EXPECT_EQ(test, vt_wait_ms(event, 0), STATUS_TIMEOUT);
}

/*
 * KE-19: Objects may lie on the stack, in the extension, in the module, across pages and
 * unaligned
 */
static void ke_19_objects_lie_anywhere(struct kunit *test)
{
	static KEVENT of_the_module;
	struct vt_fixture *fx = test->priv;
	KEVENT on_the_stack;

	vt_remember(test);
	expect_event_at(test, &of_the_module);
	expect_event_at(test, &on_the_stack);
	expect_event_at(test, vt_ext(test));
	/* Member of a packed structure, as in some drivers */
	expect_event_at(test, vt_ext(test) + 4);
	vt_expect_events(test, NULL, NULL, 0);
	expect_event_at(test, (KEVENT *)(fx->text + PAGE_SIZE - 8));
}

/*
 * The end of the adapter
 */

struct last_request {
	PVOID ext;
	void (*call)(struct last_request *request);
	FAST_MUTEX mutex;		/* which nobody gives back */
	LONG status;
};

static void sleep_long(struct last_request *request)
{
	request->status = vt_delay(-10000LL * 1000 * 1000);
}

static void sleep_for_ever(struct last_request *request)
{
	request->status = vt_delay(S64_MIN);
}

static void sleep_short(struct last_request *request)
{
	request->status = vt_delay(-10000LL * 700);
}

static void acquire_fast_mutex(struct last_request *request)
{
	ExAcquireFastMutex(&request->mutex);
}

static void make_last_request(void *data)
{
	struct last_request *request = data;

	VideoPortAcquireDeviceLock(request->ext);
	request->call(request);
	VideoPortReleaseDeviceLock(request->ext);
}

static const struct last_call {
	const char *name;
	void (*call)(struct last_request *request);
	LONG status;
	unsigned int events;
} last_calls[] = {
	{ "1000 s", sleep_long, STATUS_UNSUCCESSFUL, 0 },
	{ "for ever", sleep_for_ever, STATUS_UNSUCCESSFUL, 0 },
	{ "700 ms", sleep_short, STATUS_SUCCESS, 0 },
	{ "fast mutex", acquire_fast_mutex, STATUS_TIMEOUT, 1 },
};

static void describe_last_call(const struct last_call *last, char *desc)
{
	strscpy(desc, last->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(last_call, last_calls, describe_last_call);

/*
 * KE-27: vpmem_detach ends a long delay, and a wait for a fast mutex that is not
 * released; a short delay is slept to its end
 */
static void ke_27_detach_ends_what_a_request_waits_for(struct kunit *test)
{
	const struct last_call *last = test->param_value;
	struct last_request request = {
		.call = last->call,
		.status = STATUS_TIMEOUT,
	};
	struct vt_thread thread;

	request.ext = vt_attach_another(test);
	ExInitializeFastMutex(&request.mutex);
	KUNIT_EXPECT_TRUE(test, ExTryToAcquireFastMutex(&request.mutex));
	vt_remember(test);
	vt_thread_begin(test, &thread, make_last_request, &request);
	vt_expect_thread_waits(test, &thread);
	vt_detach(test, request.ext);
	vt_thread_end(&thread);
	KUNIT_EXPECT_EQ(test, request.status, last->status);
	vt_expect_events(test, NULL, "detach-race", last->events);
}

static struct kunit_case ke_wait_cases[] = {
	KUNIT_CASE(ke_10_state_of_an_event),
	KUNIT_CASE(ke_11_notification_stays_synchronization_is_taken),
	KUNIT_CASE(ke_12_timeouts),
	KUNIT_CASE_PARAM(ke_13_set_anywhere, vt_context_params),
	KUNIT_CASE(ke_14_one_waiter_or_all),
	KUNIT_CASE(ke_15_who_is_killed_waits_no_longer),
	KUNIT_CASE_PARAM(ke_27_detach_ends_what_a_request_waits_for, last_call_gen_params),
	KUNIT_CASE_PARAM(ke_16_no_wait_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(ke_17_foreign_pointer_for_an_object, vt_foreign_params),
	KUNIT_CASE(ke_18_what_is_no_object),
	KUNIT_CASE(ke_19_objects_lie_anywhere),
	KUNIT_CASE(ke_28_invalid_type),
	{}
};

struct kunit_suite vt_ke_wait_suite = {
	.name = "ke_wait",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = ke_wait_cases,
};
