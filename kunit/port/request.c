// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests to a miniport, one at a time.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/fakeport.h"

/* Codes that no display driver has. */
#define AGAIN		0x77002
#define UNKNOWN		0x77003

static VP_STATUS echo(UCHAR *output, ULONG length, ULONG *information)
{
	return vpmem_request(vt_mp.ext, VT_ECHO, NULL, 0, output, length, information);
}

static void fill_echo(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	memset(packet->OutputBuffer, 0x42, packet->OutputBufferLength);
}

/*
 * PORT-24: vpmem_request passes code, buffers and sizes on in a packet, and the answer
 * back
 */
static void port_24_packet(struct kunit *test)
{
	UCHAR input[12], output[20];
	ULONG information = 999;

	vt_need_miniport(test);
	vt_mp.in_request = fill_echo;
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, VT_ECHO, input, sizeof(input),
					    output, sizeof(output), &information),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, (size_t)information, sizeof(output));
	KUNIT_EXPECT_NULL(test, memchr_inv(output, 0x42, sizeof(output)));
	KUNIT_EXPECT_EQ(test, vt_mp.packet.IoControlCode, VT_ECHO);
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.packet.InputBuffer, (PVOID)input);
	KUNIT_EXPECT_EQ(test, (size_t)vt_mp.packet.InputBufferLength, sizeof(input));
	KUNIT_EXPECT_PTR_EQ(test, vt_mp.packet.OutputBuffer, (PVOID)output);
	KUNIT_EXPECT_EQ(test, (size_t)vt_mp.packet.OutputBufferLength, sizeof(output));
	KUNIT_EXPECT_NOT_NULL(test, vt_mp.packet.StatusBlock);
}

/* PORT-25: vpmem_request() returns the status and the number of bytes that HwStartIO stored */
static void port_25_status_and_information(struct kunit *test)
{
	ULONG information = 999;
	UCHAR output[20];

	vt_need_miniport(test);
	vt_mp.fails[0] = VT_ECHO;
	vt_mp.fails[1] = ERROR_MORE_DATA;
	vt_mp.information_less = 5;
	KUNIT_EXPECT_EQ(test, echo(output, sizeof(output), &information), ERROR_MORE_DATA);
	KUNIT_EXPECT_EQ(test, (size_t)information, sizeof(output) - 5);
	KUNIT_EXPECT_EQ(test, echo(output, sizeof(output), NULL), ERROR_MORE_DATA);
}

static void claim_much(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	packet->StatusBlock->Information = ULONG_MAX;
	packet->OutputBufferLength = 0x10000;
}

/* PORT-26: But not more bytes than the buffer has, whatever the miniport writes */
static void port_26_information_is_bounded(struct kunit *test)
{
	ULONG information = 999;
	UCHAR output[20];

	vt_need_miniport(test);
	vt_mp.in_request = claim_much;
	KUNIT_EXPECT_EQ(test, echo(output, sizeof(output), &information), NO_ERROR);
	KUNIT_EXPECT_EQ(test, (size_t)information, sizeof(output));
	KUNIT_EXPECT_EQ(test, echo(NULL, 0, &information), NO_ERROR);
	KUNIT_EXPECT_EQ(test, information, 0U);
}

static BOOLEAN idle_start_io(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	return true;
}

/* PORT-27: A packet that HwStartIO leaves alone has failed with ERROR_INVALID_FUNCTION */
static void port_27_unknown_code(struct kunit *test)
{
	ULONG information = 999;

	vt_mp.hw.HwStartIO = idle_start_io;
	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, UNKNOWN, NULL, 0, NULL, 0,
					    &information), ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_EQ(test, information, 0U);
}

/*
 * PORT-28: vpmem_request() is refused for an adapter without a miniport, and for an
 * invalid extension
 */
static void port_28_no_miniport(struct kunit *test)
{
	ULONG information = 999;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_ext(test), VT_ECHO, NULL, 0, NULL, 0,
					    &information), ERROR_INVALID_FUNCTION);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, information, 0U);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_detached_extension(test), VT_ECHO, NULL, 0,
					    NULL, 0, NULL), ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "no-adapter", 1);
}

static void request_work(void *data)
{
	*(VP_STATUS *)data = vt_request(VT_ECHO);
}

/* PORT-29: A request in atomic context is refused */
static void port_29_request_may_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	VP_STATUS status = NO_ERROR;

	vt_skip_if_hidden(test, context);
	vt_need_miniport(test);
	context->run(request_work, &status);
	KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "bad-context"), 1UL);
	KUNIT_EXPECT_EQ(test, vt_mp.packet.IoControlCode, 0U);
}

/* PORT-30: A size without a buffer is refused */
static void port_30_no_buffer(struct kunit *test)
{
	ULONG information = 999;
	UCHAR buffer[4];

	vt_need_miniport(test);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, VT_ECHO, NULL, 4, buffer, 4,
					    &information), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, information, 0U);
	KUNIT_EXPECT_EQ(test, vpmem_request(vt_mp.ext, VT_ECHO, buffer, 4, NULL, 4, NULL),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "bad-parameter"), 2UL);
	KUNIT_EXPECT_EQ(test, vt_mp.packet.IoControlCode, 0U);
}

#define THREADS		3
#define REQUESTS	50

static void request_is_alone(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (atomic_inc_return(&vt_mp.inside) != 1)
		WRITE_ONCE(vt_mp.were_together, true);
	usleep_range(50, 200);
	atomic_dec(&vt_mp.inside);
}

struct asker {
	unsigned int count;
	unsigned int succeeded;
	struct completion done;
};

static int asker_thread(void *data)
{
	struct asker *asker = data;
	unsigned int i;

	for (i = 0; i < asker->count; i++)
		asker->succeeded += vt_request(VT_ECHO) == NO_ERROR;
	kthread_complete_and_exit(&asker->done, 0);
}

static bool asker_start(struct asker *asker, unsigned int count)
{
	asker->count = count;
	asker->succeeded = 0;
	init_completion(&asker->done);
	return !IS_ERR(kthread_run(asker_thread, asker, "vpmem-asker"));
}

/* PORT-31: Requests run one at a time */
static void port_31_one_request_at_a_time(struct kunit *test)
{
	struct asker askers[THREADS];
	bool started[THREADS];
	int i;

	vt_need_miniport(test);
	vt_mp.in_request = request_is_alone;
	for (i = 0; i < THREADS; i++)
		started[i] = asker_start(&askers[i], REQUESTS);
	for (i = 0; i < THREADS; i++) {
		if (started[i])
			wait_for_completion(&askers[i].done);
		KUNIT_EXPECT_TRUE(test, started[i]);
		KUNIT_EXPECT_EQ(test, askers[i].succeeded, (unsigned int)REQUESTS);
	}
	KUNIT_EXPECT_FALSE(test, vt_mp.were_together);
}

/* PORT-32: The device lock keeps requests of others out, not those of its owner */
static void port_32_device_lock_keeps_requests_out(struct kunit *test)
{
	struct asker asker;
	bool early;

	vt_need_miniport(test);
	VideoPortAcquireDeviceLock(vt_mp.ext);
	KUNIT_EXPECT_EQ(test, vt_request(VT_ECHO), NO_ERROR);
	if (!asker_start(&asker, 1)) {
		VideoPortReleaseDeviceLock(vt_mp.ext);
		KUNIT_FAIL(test, "no thread");
		return;
	}
	early = wait_for_completion_timeout(&asker.done, HZ / 10);
	VideoPortReleaseDeviceLock(vt_mp.ext);
	if (!early)
		wait_for_completion(&asker.done);
	KUNIT_EXPECT_FALSE(test, early);
	KUNIT_EXPECT_EQ(test, asker.succeeded, 1U);
}

static VP_STATUS inner_status;

static void request_again(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	if (packet->IoControlCode != AGAIN)
		return;
	VideoPortAcquireDeviceLock(ext);
	inner_status = vt_request(VT_ECHO);
	VideoPortReleaseDeviceLock(ext);
	packet->StatusBlock->Status = NO_ERROR;
}

/* PORT-33: HwStartIO may take the device lock and make a request itself */
static void port_33_request_within_request(struct kunit *test)
{
	struct asker asker;

	vt_need_miniport(test);
	vt_mp.in_request = request_again;
	inner_status = -1;
	KUNIT_EXPECT_EQ(test, vt_request(AGAIN), NO_ERROR);
	KUNIT_EXPECT_EQ(test, inner_status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "mismatch"), 0UL);
	/* And the lock is free again. */
	KUNIT_ASSERT_TRUE(test, asker_start(&asker, 1));
	wait_for_completion(&asker.done);
	KUNIT_EXPECT_EQ(test, asker.succeeded, 1U);
}

static void request_keeps_lock(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VideoPortAcquireDeviceLock(ext);
	VideoPortAcquireDeviceLock(ext);
}

static void request_drops_lock(PVOID ext, PVIDEO_REQUEST_PACKET packet)
{
	VideoPortReleaseDeviceLock(ext);
}

/*
 * PORT-34: A device lock that HwStartIO acquires or releases too often is corrected,
 * logged and counted
 */
static void port_34_lock_out_of_balance(struct kunit *test)
{
	struct asker asker;

	vt_need_miniport(test);
	vt_mp.in_request = request_keeps_lock;
	KUNIT_EXPECT_EQ(test, vt_request(VT_ECHO), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "mismatch"), 1UL);
	vt_mp.in_request = request_drops_lock;
	KUNIT_EXPECT_EQ(test, vt_request(VT_ECHO), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_event(test, vt_mp.ext, "mismatch"), 2UL);
	vt_mp.in_request = NULL;
	KUNIT_ASSERT_TRUE(test, asker_start(&asker, 1));
	wait_for_completion(&asker.done);
	KUNIT_EXPECT_EQ(test, asker.succeeded, 1U);
}

static struct kunit_case request_cases[] = {
	KUNIT_CASE(port_24_packet),
	KUNIT_CASE(port_25_status_and_information),
	KUNIT_CASE(port_26_information_is_bounded),
	KUNIT_CASE(port_27_unknown_code),
	KUNIT_CASE(port_28_no_miniport),
	KUNIT_CASE_PARAM(port_29_request_may_sleep, vt_atomic_params),
	KUNIT_CASE(port_30_no_buffer),
	KUNIT_CASE(port_31_one_request_at_a_time),
	KUNIT_CASE(port_32_device_lock_keeps_requests_out),
	KUNIT_CASE(port_33_request_within_request),
	KUNIT_CASE(port_34_lock_out_of_balance),
	{ }
};

struct kunit_suite vt_request_suite = {
	.name = "request",
	.init = vt_miniport_init,
	.exit = vt_miniport_exit,
	.test_cases = request_cases,
};
