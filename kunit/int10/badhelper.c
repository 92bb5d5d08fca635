// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the video BIOS, with a helper that violates the protocol.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/poll.h>
#include <linux/slab.h>

#include "kunit/lib/fake.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/int10.h"
#include "kunit/lib/thread.h"

static u32 status_to_answer;

static void answer_status(struct vt_fake *fake)
{
	struct vpmem_int10_reply reply = vt_right_reply(fake);

	reply.status = status_to_answer;
	vt_fake_write(fake, &reply, sizeof(reply));
}

static void expect_status_gives(struct kunit *test, u32 reply, VP_STATUS status,
				ssize_t wrote)
{
	struct vt_fake *fake = vt_fake_start(test, answer_status);

	status_to_answer = reply;
	vt_expect_fails(test, vt_interface(test), status);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ_MSG(test, fake->wrote[0], wrote, "status %u", reply);
	vt_expect_recovers(test, vt_interface(test));
}

/*
 * BIOS-10: No BIOS, no ports are ERROR_INVALID_FUNCTION, too long, bad code and bad memory
 * ERROR_INVALID_PARAMETER
 */
static void bios_10_statuses(struct kunit *test)
{
	ssize_t whole = sizeof(struct vpmem_int10_reply);

	expect_status_gives(test, VPMEM_INT10_NO_BIOS, ERROR_INVALID_FUNCTION, whole);
	expect_status_gives(test, VPMEM_INT10_NO_PORTS, ERROR_INVALID_FUNCTION, whole);
	expect_status_gives(test, VPMEM_INT10_TOO_LONG, ERROR_INVALID_PARAMETER, whole);
	expect_status_gives(test, VPMEM_INT10_BAD_CODE, ERROR_INVALID_PARAMETER, whole);
	expect_status_gives(test, VPMEM_INT10_BAD_MEMORY, ERROR_INVALID_PARAMETER, whole);
	KUNIT_EXPECT_EQ(test, (int)VPMEM_INT10_STATUSES, 6);
}

/*
 * BIOS-11: A status that is none ends the call with ERROR_INVALID_PARAMETER, its write
 * with EINVAL
 */
static void bios_11_unknown_status(struct kunit *test)
{
	static const u32 unknown[] = { VPMEM_INT10_STATUSES, 100, 0x80000000, 0xffffffff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(unknown); i++)
		expect_status_gives(test, unknown[i], ERROR_INVALID_PARAMETER, -EINVAL);
}

/* Three of the kind that is refused, then the right one. */
static void answer_badly_first(struct vt_fake *fake)
{
	struct {
		struct vpmem_int10_reply reply;
		u64 more;
	} odd = { .reply = vt_right_reply(fake) };

	vt_fake_write(fake, &odd.reply, sizeof(odd.reply) - 1);
	vt_fake_write(fake, &odd.reply, sizeof(odd));
	odd.reply.message_length = 1;
	vt_fake_write(fake, &odd.reply, sizeof(odd.reply));
	vt_answer_rightly(fake);
}

static void answer_others_first(struct vt_fake *fake)
{
	struct vpmem_int10_reply reply = vt_right_reply(fake);

	reply.registers = (struct vpmem_int10_registers){ };
	reply.sequence--;
	vt_fake_write(fake, &reply, sizeof(reply));
	reply.sequence += 2;
	vt_fake_write(fake, &reply, sizeof(reply));
	reply.sequence = 0;
	vt_fake_write(fake, &reply, sizeof(reply));
	vt_answer_rightly(fake);
}

/* The call waits for the right reply, and each of the others is counted. */
static void expect_waits_for_the_right(struct kunit *test, vt_fake_answer *answer, int err)
{
	unsigned long refused = vt_int10_number(test, NULL, "Refused");
	struct vt_fake *fake = vt_fake_start(test, answer);
	int i;

	vt_expect_answered(test, vt_interface(test));
	vt_fake_stop(fake);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ_MSG(test, fake->wrote[i], (ssize_t)err, "reply %d", i);
	KUNIT_EXPECT_EQ(test, fake->wrote[3], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Refused"), refused + 3);
}

/* BIOS-12: An incomplete reply is EINVAL, and the call goes on */
static void bios_12_no_whole_reply(struct kunit *test)
{
	expect_waits_for_the_right(test, answer_badly_first, -EINVAL);
}

/* BIOS-13: A reply to another request is ESTALE, and the call goes on */
static void bios_13_wrong_sequence(struct kunit *test)
{
	expect_waits_for_the_right(test, answer_others_first, -ESTALE);
}

/* A reply of a call that failed, with text of which a part may be missing. */
static struct {
	struct vpmem_int10_reply reply;
	char text[VPMEM_INT10_MESSAGE + 2];
} with_text;

static void answer_with_text(struct vt_fake *fake)
{
	size_t whole = sizeof(with_text.reply) + strlen(with_text.text);

	with_text.reply = vt_right_reply(fake);
	with_text.reply.status = VPMEM_INT10_BAD_CODE;
	with_text.reply.message_length = strlen(with_text.text);
	vt_fake_write(fake, &with_text.reply, sizeof(with_text.reply));
	vt_fake_write(fake, &with_text.reply, whole - 1);
	vt_fake_write(fake, &with_text.reply, whole);
	if (fake->wrote[2] != whole)
		vt_answer_rightly(fake);
}

/*
 * BIOS-46: Text behind a reply is logged with the reason of a call that failed, without
 * control characters; one of another length is refused
 *
 * The message is one line. The test repeats the call, since such messages are rate
 * limited.
 */
static void bios_46_text_of_the_helper(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, answer_with_text);
	INT10_BIOS_ARGUMENTS registers;
	u64 mark = vt_log_mark();
	int i;

	strscpy(with_text.text, "stopped \033[1m at\n1234:5678", sizeof(with_text.text));
	for (i = 0; i < 100; i++) {
		KUNIT_EXPECT_EQ(test, vt_call(bios, &registers), ERROR_INVALID_PARAMETER);
		if (vt_log_count(mark, "AX=4f00: the BIOS reached an invalid instruction: stopped ",
				 "[1m at\\n1234:5678 (bios"))
			break;
		msleep(100);
	}
	KUNIT_EXPECT_LT(test, i, 100);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, fake->wrote[1], (ssize_t)-EINVAL);
	memset(with_text.text, 'x', VPMEM_INT10_MESSAGE);
	fake = vt_fake_start(test, answer_with_text);
	KUNIT_EXPECT_EQ(test, vt_call(bios, &registers), ERROR_INVALID_PARAMETER);
	vt_fake_stop(fake);
	/* Refuse one character more; the right reply of another call comes. */
	with_text.text[VPMEM_INT10_MESSAGE] = 'x';
	fake = vt_fake_start(test, answer_with_text);
	KUNIT_EXPECT_EQ(test, vt_call(bios, &registers), NO_ERROR);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->wrote[2], (ssize_t)-EINVAL);
	memset(&with_text, 0, sizeof(with_text));
}

static void answer_twice(struct vt_fake *fake)
{
	struct vpmem_int10_reply reply = vt_right_reply(fake);

	vt_fake_write(fake, &reply, sizeof(reply));
	reply.registers = (struct vpmem_int10_registers){ };
	vt_fake_write(fake, &reply, sizeof(reply));
}

/* BIOS-14: A second reply is ESTALE; the next call does not see it */
static void bios_14_second_reply(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, answer_twice);

	vt_expect_answered(test, bios);
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 2U);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_EQ(test, fake->wrote[1], (ssize_t)-ESTALE);
	KUNIT_EXPECT_EQ(test, fake->wrote[2], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_EQ(test, fake->wrote[3], (ssize_t)-ESTALE);
}

/*
 * BIOS-15: A reply that no call waits for is ESTALE
 */
static void bios_15_reply_without_request(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR | O_NONBLOCK);
	struct vpmem_int10_reply reply = { .status = VPMEM_INT10_DONE };

	KUNIT_EXPECT_EQ(test, vt_dev_write(file, &reply, sizeof(reply)), (ssize_t)-ESTALE);
	KUNIT_EXPECT_EQ(test, vt_dev_write(file, &reply, 0), (ssize_t)-EINVAL);
	vt_dev_close(file);
	vt_expect_recovers(test, vt_interface(test));
}

/*
 * BIOS-16: A helper that closes the device in a call fails this one with
 * ERROR_INVALID_PARAMETER, and no other
 */
static void bios_16_dies_in_the_call(struct kunit *test)
{
	unsigned long deaths = vt_int10_number(test, NULL, "Deaths");
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, vt_fake_close);

	vt_expect_fails(test, bios, ERROR_INVALID_PARAMETER);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Deaths"), deaths + 1);
	vt_expect_recovers(test, bios);
}

/*
 * BIOS-17: A helper that closes the device before it reads a request does not fail the call
 *
 * The call succeeds if the next helper opens the device in time; this kernel can start
 * none. The following calls work in either case. BIOS-63 is the test with the real helper.
 */
static void bios_17_dies_before_the_call(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR | O_NONBLOCK);
	unsigned long deaths = vt_int10_number(test, NULL, "Deaths");
	struct vt_caller *caller = vt_caller_begin(test);
	bool came;

	came = vt_request_comes(file);
	vt_dev_close(file);
	KUNIT_ASSERT_TRUE(test, vt_caller_wait(caller));
	KUNIT_EXPECT_TRUE(test, came);
	KUNIT_EXPECT_EQ(test, caller->status, ERROR_INVALID_FUNCTION);
	vt_expect_untouched_registers(test, &caller->registers);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Deaths"), deaths);
	vt_expect_recovers(test, caller->bios);
}

/*
 * Time
 */

/*
 * BIOS-18: A call that takes longer than int10_timeout_ms is ERROR_INVALID_PARAMETER; its
 * helper is given up with ENODEV and EPOLLHUP, and another may open the device
 */
static void bios_18_time_out(struct kunit *test)
{
	unsigned long timeouts = vt_int10_number(test, NULL, "Timeouts");
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, vt_answer_never);
	struct vpmem_int10_request request;
	struct vpmem_int10_reply reply;
	unsigned long start;

	vt_set_timeout(test, "100");
	start = jiffies;
	vt_expect_fails(test, bios, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_TRUE(test, time_after_eq(jiffies, start + HZ / 10));
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Timeouts"), timeouts + 1);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);

	/* Expect ENODEV from now on; another helper may open the device. */
	kthread_stop(fake->task);
	fake->task = NULL;
	reply = vt_right_reply(fake);
	KUNIT_EXPECT_EQ(test, vt_dev_write(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ENODEV);
	KUNIT_EXPECT_EQ(test, vt_dev_read(fake->file, &request, sizeof(request)),
			(ssize_t)-ENODEV);
	KUNIT_EXPECT_TRUE(test, vfs_poll(fake->file, NULL) & EPOLLHUP);
	vt_set_timeout(test, VT_PATIENT);
	vt_expect_recovers(test, bios);
	KUNIT_EXPECT_EQ(test, vt_dev_write(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ENODEV);
	vt_fake_stop(fake);
	vt_expect_recovers(test, bios);
}

/*
 * BIOS-19: A call whose helper does not take the request fails after the same time
 *
 * The helper opens the device, but does not read.
 */
static void bios_19_time_out_untaken(struct kunit *test)
{
	struct file *file = vt_dev_open(test, O_RDWR | O_NONBLOCK);
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vpmem_int10_request request;

	vt_set_timeout(test, "100");
	vt_expect_fails(test, bios, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_dev_read(file, &request, sizeof(request)),
			(ssize_t)-ENODEV);
	vt_set_timeout(test, VT_PATIENT);
	vt_expect_recovers(test, bios);
	vt_dev_close(file);
}

/* BIOS-20: No time at all, and very much of it, can be set */
static void bios_20_no_time_at_all(struct kunit *test)
{
	struct vt_fake *fake = vt_fake_start(test, vt_answer_never);

	vt_set_timeout(test, "0");
	vt_expect_fails(test, vt_interface(test), ERROR_INVALID_PARAMETER);
	vt_set_timeout(test, "4294967295");
	vt_fake_stop(fake);
	vt_expect_recovers(test, vt_interface(test));
}

static void detach(void *data)
{
	vpmem_detach(data);
}

/* Retry until there is a request: until then read() returns 0. */
static bool take_request(struct vt_fake *fake)
{
	int i;

	for (i = 0; i < 2000; i++) {
		if (vt_dev_read(fake->file, &fake->request, sizeof(fake->request)) ==
		    sizeof(fake->request))
			return true;
		usleep_range(500, 1000);
	}
	return false;
}

/*
 * BIOS-71: An adapter that comes while the last one goes has the helper, as long as its
 * call takes
 *
 * The detach waits for its helper to exit. Meanwhile another adapter is attached and
 * makes a call, so the helper must not be killed.
 */
static void bios_71_after_the_last_adapter(struct kunit *test)
{
	static struct vt_thread thread;		/* may outlive a test that is given up */
	struct vt_fake fake = { .file = vt_dev_open(test, O_RDWR | O_NONBLOCK) };
	struct vt_fixture *fx = test->priv;
	struct vt_caller *caller;

	vt_thread_begin(test, &thread, detach, fx->ext);
	KUNIT_EXPECT_TRUE(test, vt_request_comes(fake.file));
	fx->ext = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	caller = vt_caller_begin(test);
	if (!take_request(&fake)) {
		vt_thread_end(&thread);
		vt_fake_close(&fake);
		vt_caller_wait(caller);
		kunit_skip(test, "the helper was ended before there was another adapter");
	}
	vt_thread_end(&thread);
	vt_answer_rightly(&fake);
	KUNIT_EXPECT_EQ(test, fake.wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_TRUE(test, vt_caller_wait(caller));
	KUNIT_EXPECT_EQ(test, caller->status, NO_ERROR);
	vt_fake_close(&fake);
	vt_expect_recovers(test, vt_interface(test));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_10_statuses),
	KUNIT_CASE(bios_11_unknown_status),
	KUNIT_CASE(bios_12_no_whole_reply),
	KUNIT_CASE(bios_13_wrong_sequence),
	KUNIT_CASE(bios_14_second_reply),
	KUNIT_CASE(bios_46_text_of_the_helper),
	KUNIT_CASE(bios_15_reply_without_request),
	KUNIT_CASE(bios_16_dies_in_the_call),
	KUNIT_CASE(bios_17_dies_before_the_call),
	KUNIT_CASE(bios_18_time_out),
	KUNIT_CASE(bios_19_time_out_untaken),
	KUNIT_CASE(bios_20_no_time_at_all),
	KUNIT_CASE(bios_71_after_the_last_adapter),
	{ }
};

struct kunit_suite vt_badhelper_suite = {
	.name = "badhelper",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = cases,
};
