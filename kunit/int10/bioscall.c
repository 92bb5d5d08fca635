// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the video BIOS, with a helper that follows the protocol.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/fake.h"
#include "kunit/lib/headers.h"
#include "kunit/lib/int10.h"

/*
 * BIOS-01: Without BIOS or helper a call is ERROR_INVALID_FUNCTION, the registers are
 * left; the log says why, once
 *
 * Run this test first: the number of such messages is limited.
 */
static void bios_01_no_helper(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	u64 mark = vt_log_mark();
	const char *why;
	int i;

	for (i = 0; i < 3; i++)
		vt_expect_fails(test, bios, ERROR_INVALID_FUNCTION);
	why = vt_machine_has_bios(test) ? "no helper can be started" : "no video BIOS";
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "Int10CallBios", why), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem", "Int10CallBios"), 1U);
}

/* BIOS-02: All registers reach the helper, and come back, in 32 bits; DS and ES in 16 */
static void bios_02_registers(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, vt_answer_rightly);
	const struct vpmem_int10_registers *seen = &fake->request.registers;

	vt_remember(test);
	vt_expect_answered(test, bios);
	vt_expect_events(test, NULL, NULL, 0);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, seen->eax, vt_arguments.Eax);
	KUNIT_EXPECT_EQ(test, seen->ebx, vt_arguments.Ebx);
	KUNIT_EXPECT_EQ(test, seen->ecx, vt_arguments.Ecx);
	KUNIT_EXPECT_EQ(test, seen->edx, vt_arguments.Edx);
	KUNIT_EXPECT_EQ(test, seen->esi, vt_arguments.Esi);
	KUNIT_EXPECT_EQ(test, seen->edi, vt_arguments.Edi);
	KUNIT_EXPECT_EQ(test, seen->ebp, vt_arguments.Ebp);
	KUNIT_EXPECT_EQ(test, seen->ds, vt_arguments.SegDs);
	KUNIT_EXPECT_EQ(test, seen->es, vt_arguments.SegEs);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
}

/*
 * BIOS-03: A request has the version of the protocol, the time that the call may take, and
 * a sequence that grows by one
 */
static void bios_03_the_request(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, vt_answer_rightly);
	u64 first;

	KUNIT_EXPECT_EQ(test, sizeof(struct vpmem_int10_registers), 32UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct vpmem_int10_request), 184UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct vpmem_int10_reply), 96UL);
	vt_expect_answered(test, bios);
	first = fake->request.sequence;
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->request.sequence, first + 1);
	KUNIT_EXPECT_EQ(test, fake->request.version, (u32)VPMEM_INT10_VERSION);
	KUNIT_EXPECT_GT(test, fake->request.milliseconds, 0U);
	KUNIT_EXPECT_LT(test, fake->request.milliseconds, 60000U);
	KUNIT_EXPECT_EQ(test, fake->request.nr_windows, 0U);
	KUNIT_EXPECT_EQ(test, fake->request.reserved, 0U);
}

/*
 * BIOS-04: VideoPortInt10 calls with DS and ES of zero, and touches only the 28 bytes of
 * its structure
 *
 * VIDEO_X86_BIOS_ARGUMENTS is shorter; memory behind it must not change.
 */
static void bios_04_video_port_int10(struct kunit *test)
{
	struct {
		u32 before;
		VIDEO_X86_BIOS_ARGUMENTS registers;
		u32 after;
	} guarded = { .before = 0xabababab, .after = 0xcdcdcdcd };
	struct vt_fake *fake = vt_fake_start(test, vt_answer_rightly);

	memcpy(&guarded.registers, &vt_arguments, sizeof(guarded.registers));
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInt10(vt_ext(test), &guarded.registers), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->request.registers.ds, 0);
	KUNIT_EXPECT_EQ(test, fake->request.registers.es, 0);
	KUNIT_EXPECT_EQ(test, guarded.registers.Eax, ~vt_arguments.Eax);
	KUNIT_EXPECT_EQ(test, guarded.registers.Ebx, ~vt_arguments.Ebx);
	KUNIT_EXPECT_EQ(test, guarded.registers.Ecx, ~vt_arguments.Ecx);
	KUNIT_EXPECT_EQ(test, guarded.registers.Edx, ~vt_arguments.Edx);
	KUNIT_EXPECT_EQ(test, guarded.registers.Esi, ~vt_arguments.Esi);
	KUNIT_EXPECT_EQ(test, guarded.registers.Edi, ~vt_arguments.Edi);
	KUNIT_EXPECT_EQ(test, guarded.registers.Ebp, ~vt_arguments.Ebp);
	KUNIT_EXPECT_EQ(test, guarded.before, 0xababababU);
	KUNIT_EXPECT_EQ(test, guarded.after, 0xcdcdcdcdU);

	memcpy(&guarded.registers, &vt_arguments, sizeof(guarded.registers));
	KUNIT_EXPECT_EQ(test, VideoPortInt10(vt_ext(test), &guarded.registers),
			ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_EQ(test, memcmp(&guarded.registers, &vt_arguments,
				     sizeof(guarded.registers)), 0);
}

/* BIOS-05: NULL for the registers is ERROR_INVALID_PARAMETER */
static void bios_05_no_registers(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, bios->Int10CallBios(bios->Context, NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInt10(vt_ext(test), NULL), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

struct int10_job {
	void *ext;
	VIDEO_X86_BIOS_ARGUMENTS registers;
	VP_STATUS status;
};

static void int10_job(void *data)
{
	struct int10_job *job = data;

	memcpy(&job->registers, &vt_arguments, sizeof(job->registers));
	job->status = VideoPortInt10(job->ext, &job->registers);
}

static void expect_job_refused(struct kunit *test, const struct int10_job *job)
{
	KUNIT_EXPECT_EQ(test, job->status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, memcmp(&job->registers, &vt_arguments,
				     sizeof(job->registers)), 0);
}

/*
 * BIOS-06: VideoPortInt10 is refused in atomic context
 *
 * A helper is running, so the call would work in another context. INT10-15 tests
 * Int10CallBios.
 */
static void bios_06_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct int10_job job = { .ext = vt_ext(test) };
	struct vt_fake *fake;

	vt_skip_if_hidden(test, context);
	fake = vt_fake_start(test, vt_answer_rightly);
	vt_remember(test);
	context->run(int10_job, &job);
	expect_job_refused(test, &job);
	vt_expect_refused(test, "bad-context");
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 0U);
}

/* BIOS-07: VideoPortInt10 is refused for an extension without an attached adapter */
static void bios_07_no_adapter(struct kunit *test)
{
	struct int10_job job = { .ext = vt_detached_extension(test) };

	vt_remember(test);
	int10_job(&job);
	expect_job_refused(test, &job);
	job.ext = NULL;
	int10_job(&job);
	expect_job_refused(test, &job);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 2);
}

/*
 * Several callers
 */

#define CALLERS	4
#define CALLS	100

static int busy_caller(void *data)
{
	struct vt_caller *caller = data;
	INT10_BIOS_ARGUMENTS in, out;
	unsigned int i;

	for (i = 0; i < CALLS; i++) {
		in = vt_arguments;
		in.Eax = (u32)(unsigned long)caller ^ i;
		out = in;
		if (caller->bios->Int10CallBios(caller->bios->Context, &out) ||
		    out.Eax != ~in.Eax || out.SegEs != (in.SegEs ^ 0xffff))
			caller->wrong++;
		caller->calls++;
	}
	complete(&caller->done);
	return 0;
}

/* BIOS-26: Calls of all adapters take turns; each gets its own answer */
static void bios_26_calls_take_turns(struct kunit *test)
{
	struct vt_caller *callers = kunit_kcalloc(test, CALLERS, sizeof(*callers),
						  GFP_KERNEL);
	struct vt_fake *fake = vt_fake_start(test, vt_answer_rightly);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, callers);
	for (i = 0; i < CALLERS; i++) {
		callers[i].bios = vt_int10(test, i % 2 ? vt_attach_another(test) :
							 vt_ext(test));
		vt_caller_start(test, &callers[i], busy_caller);
	}
	for (i = 0; i < CALLERS; i++)
		KUNIT_EXPECT_TRUE(test, vt_caller_wait(&callers[i]));
	vt_fake_stop(fake);
	for (i = 0; i < CALLERS; i++) {
		KUNIT_EXPECT_EQ(test, callers[i].calls, (unsigned int)CALLS);
		KUNIT_EXPECT_EQ(test, callers[i].wrong, 0U);
	}
	KUNIT_EXPECT_EQ(test, fake->taken, (unsigned int)CALLERS * CALLS);
}

/*
 * BIOS-27: Callers can be killed while they wait for an answer or for their turn; the
 * helper goes on
 */
static void bios_27_killed_callers(struct kunit *test)
{
	struct vt_caller *callers = kunit_kcalloc(test, 2, sizeof(*callers), GFP_KERNEL);
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake = vt_fake_start(test, vt_answer_never);
	struct vpmem_int10_reply reply;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, callers);
	for (i = 0; i < 2; i++) {
		callers[i].bios = bios;
		vt_caller_start(test, &callers[i], vt_caller_thread);
		while (i == 0 && !READ_ONCE(fake->taken))
			usleep_range(500, 1000);
	}
	KUNIT_ASSERT_TRUE(test, vt_falls_asleep(callers[1].task));
	for (i = 2; i-- > 0;) {
		send_sig(SIGKILL, callers[i].task, 1);
		KUNIT_ASSERT_TRUE(test, vt_caller_wait(&callers[i]));
		KUNIT_EXPECT_EQ(test, callers[i].status, ERROR_INVALID_PARAMETER);
		vt_expect_untouched_registers(test, &callers[i].registers);
	}
	/* The helper has not failed, and still serves. */
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	reply = vt_right_reply(fake);
	KUNIT_EXPECT_EQ(test, vt_dev_write(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ESTALE);
	fake->answer = vt_answer_rightly;
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 2U);
}

/*
 * Views, and state that is shared
 */

static void expect_ax(struct kunit *test, const char *name, const char *expected)
{
	char word[24];

	vt_int10_word(test, vt_ext(test), name, word);
	KUNIT_EXPECT_STREQ_MSG(test, word, expected, "%s", name);
}

/* BIOS-28: Both int10 views count, and show the last AX and the helper */
static void bios_28_views_of_calls(struct kunit *test)
{
	unsigned long calls = vt_int10_number(test, NULL, "Calls");
	unsigned long failures = vt_int10_number(test, NULL, "Failures");
	unsigned long instructions = vt_int10_number(test, NULL, "Instructions");
	unsigned long blocks = vt_int10_number(test, NULL, "Blocks");
	unsigned long milliseconds = vt_int10_number(test, NULL, "Milliseconds");
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_fake *fake;
	char word[24];

	expect_ax(test, "LastAxIn", "-");
	expect_ax(test, "LastAxOut", "-");
	vt_int10_word(test, NULL, "Helper", word);
	KUNIT_EXPECT_STREQ(test, word, "-");
	vt_expect_fails(test, bios, ERROR_INVALID_FUNCTION);
	expect_ax(test, "LastAxIn", "0x4f00");
	expect_ax(test, "LastAxOut", "-");
	fake = vt_fake_start(test, vt_answer_rightly);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Helper"),
			(unsigned long)current->tgid);
	vt_expect_answered(test, bios);
	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	expect_ax(test, "LastAxIn", "0x4f00");
	expect_ax(test, "LastAxOut", "0xb0ff");
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "Calls"), 3UL);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "Failures"), 1UL);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Calls"), calls + 3);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Failures"), failures + 1);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Instructions"),
			instructions + 2 * VT_INSTRUCTIONS);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Blocks"), blocks + 2 * VT_BLOCKS);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Milliseconds"),
			milliseconds + 2 * VT_MILLISECONDS);
	vt_int10_word(test, NULL, "Engine", word);
	KUNIT_EXPECT_STREQ(test, word, VT_ENGINE);
}

/*
 * A sample of a miniport
 */

static PVIDEO_PORT_INT10_INTERFACE controller_bios;
static u8 controller_info[512];

static void answer_with_controller(struct vt_fake *fake)
{
	const struct vpmem_int10_registers *in = &fake->request.registers;
	struct vpmem_int10_reply reply = vt_right_reply(fake);

	controller_bios->Int10WriteMemory(controller_bios->Context, in->es, in->edi,
					  controller_info, sizeof(controller_info));
	reply.registers = *in;
	reply.registers.eax = 0x4f;
	vt_fake_write(fake, &reply, sizeof(reply));
}

/*
 * BIOS-31: ``samples/vbe`` takes a far pointer of 0000:0000, to a string or to the list
 * of modes, for none
 *
 * At 0:0 is the interrupt table, or on a machine without a BIOS the text of the test.
 */
static void bios_31_sample_ignores_null_pointers(struct kunit *test)
{
	static const u8 low[16] = "no OEM string", zero[16];
	bool has_bios = vt_machine_has_bios(test);
	u8 string[8] = "before";
	u32 modes = 0;
	struct vt_fake *fake;

	if (IS_ENABLED(CONFIG_CPU_BIG_ENDIAN))
		kunit_skip(test, "the sample reads structures of a BIOS, which are little-endian");
	controller_bios = vt_interface(test);
	if (!has_bios)
		vt_realmode_write(test, controller_bios, 0, 0, low, sizeof(low));
	memset(controller_info, 0, sizeof(controller_info));
	memcpy(controller_info, "VESA\0\3", 6);
	fake = vt_fake_start(test, answer_with_controller);
	KUNIT_EXPECT_EQ(test, SampleController(controller_bios, string, sizeof(string),
					       &modes), (u32)NO_ERROR);
	KUNIT_EXPECT_EQ(test, string[0], 0);
	KUNIT_EXPECT_EQ(test, modes, 0U);
	/* With a string and a mode, which are behind what describes the controller. */
	memcpy(controller_info + 6, "\x00\x01\x00\x20\x00\x00\x00\x00\x10\x01\x00\x20", 12);
	memcpy(controller_info + 0x100, "OEM", 4);
	memcpy(controller_info + 0x110, "\x18\x01\xff\xff", 4);
	KUNIT_EXPECT_EQ(test, SampleController(controller_bios, string, sizeof(string),
					       &modes), (u32)NO_ERROR);
	KUNIT_EXPECT_STREQ(test, (char *)string, "OEM");
	KUNIT_EXPECT_EQ(test, modes, 1U);
	vt_fake_stop(fake);
	if (!has_bios)
		vt_realmode_write(test, controller_bios, 0, 0, zero, sizeof(zero));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_01_no_helper),
	KUNIT_CASE(bios_02_registers),
	KUNIT_CASE(bios_03_the_request),
	KUNIT_CASE(bios_04_video_port_int10),
	KUNIT_CASE(bios_05_no_registers),
	KUNIT_CASE_PARAM(bios_06_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(bios_07_no_adapter),
	KUNIT_CASE(bios_26_calls_take_turns),
	KUNIT_CASE(bios_27_killed_callers),
	KUNIT_CASE(bios_28_views_of_calls),
	KUNIT_CASE(bios_31_sample_ignores_null_pointers),
	{ }
};

struct kunit_suite vt_bios_suite = {
	.name = "bios",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = cases,
};
