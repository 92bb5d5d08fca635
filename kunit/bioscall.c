// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the video BIOS, with helpers of our own: threads that open the device as the
 * real one does and do what they should, or what they should not.
 */
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mman.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "int10.h"
#include "uapi/vpmem-int10.h"

#define DEVICE		"/dev/" VPMEM_INT10_DEVICE
#define TIMEOUT		"/sys/module/vpmem/parameters/int10_timeout_ms"
#define PATIENT		"60000"	/* the machine may have to wait for a CPU */
#define HELPER		"/sys/module/vpmem/parameters/int10_helper"
#define NR_FAKES	2
#define INSTRUCTIONS	1000

/*
 * Helpers
 */

struct fake;

/* What a helper does with a request that it has taken. */
typedef void fake_answer(struct fake *fake);

struct fake {
	struct file *file;
	struct task_struct *task;
	fake_answer *answer;
	struct vpmem_int10_request request;	/* the last one */
	unsigned int taken;
	ssize_t wrote[4];			/* what came of its replies */
	unsigned int nr_wrote;
	ssize_t error;				/* of its last read */
	bool told_to_leave;
};

static struct fake fakes[NR_FAKES];
static char helper_before[256], timeout_before[16];

static struct file *device_open(int flags)
{
	return filp_open(DEVICE, flags, 0);
}

/* A kernel thread leaves fput() to a worker. What cleans up after a test may be none. */
static void device_close(struct file *file)
{
	if (current->flags & PF_KTHREAD)
		__fput_sync(file);
	else
		fput(file);
}

static ssize_t device_read(struct file *file, void *to, size_t size)
{
	loff_t pos = 0;

	return kernel_read(file, to, size, &pos);
}

static ssize_t device_write(struct file *file, const void *from, size_t size)
{
	loff_t pos = 0;

	return kernel_write(file, from, size, &pos);
}

static void fake_close(struct fake *fake)
{
	struct file *file = xchg(&fake->file, NULL);

	if (file)
		device_close(file);
}

static void fake_write(struct fake *fake, const struct vpmem_int10_reply *reply, size_t size)
{
	ssize_t wrote = device_write(fake->file, reply, size);

	if (fake->nr_wrote < ARRAY_SIZE(fake->wrote))
		fake->wrote[fake->nr_wrote++] = wrote;
}

static struct vpmem_int10_registers transformed(struct vpmem_int10_registers in)
{
	return (struct vpmem_int10_registers){
		.eax = ~in.eax, .ebx = ~in.ebx, .ecx = ~in.ecx, .edx = ~in.edx,
		.esi = ~in.esi, .edi = ~in.edi, .ebp = ~in.ebp,
		.ds = in.ds ^ 0xffff, .es = in.es ^ 0xffff,
	};
}

static struct vpmem_int10_reply right_reply(const struct fake *fake)
{
	return (struct vpmem_int10_reply){
		.status = VPMEM_INT10_DONE,
		.sequence = fake->request.sequence,
		.instructions = INSTRUCTIONS,
		.registers = transformed(fake->request.registers),
	};
}

static void answer_rightly(struct fake *fake)
{
	struct vpmem_int10_reply reply = right_reply(fake);

	fake_write(fake, &reply, sizeof(reply));
}

static void fake_step(struct fake *fake)
{
	ssize_t got = device_read(fake->file, &fake->request, sizeof(fake->request));

	if (got == sizeof(fake->request)) {
		fake->taken++;
		fake->answer(fake);
		return;
	}
	fake->error = got;
	if (!got) {
		fake->told_to_leave = true;
		fake_close(fake);
	}
	usleep_range(200, 400);
}

static int fake_thread(void *data)
{
	struct fake *fake = data;

	while (!kthread_should_stop()) {
		if (fake->file)
			fake_step(fake);
		else
			usleep_range(200, 400);
	}
	return 0;
}

static struct fake *fake_start_on(struct kunit *test, unsigned int i, fake_answer *answer)
{
	struct fake *fake = &fakes[i];
	struct file *file = device_open(O_RDWR | O_NONBLOCK);

	KUNIT_ASSERT_EQ_MSG(test, PTR_ERR_OR_ZERO(file), 0, "open " DEVICE);
	*fake = (struct fake){ .file = file, .answer = answer };
	fake->task = kthread_run(fake_thread, fake, "vpmem-fake-%u", i);
	if (IS_ERR(fake->task)) {
		fake->task = NULL;
		fake_close(fake);
		KUNIT_FAIL(test, "no thread");
	}
	return fake;
}

static struct fake *fake_start(struct kunit *test, fake_answer *answer)
{
	return fake_start_on(test, 0, answer);
}

/* What it has seen can be looked at after this. */
static void fake_stop(struct fake *fake)
{
	if (fake->task)
		kthread_stop(fake->task);
	fake->task = NULL;
	fake_close(fake);
}

/*
 * The fixture: no helper but ours, and none left.
 */

static void set_timeout(struct kunit *test, const char *ms)
{
	KUNIT_ASSERT_TRUE(test, vt_file_write(TIMEOUT, ms));
}

static int bios_init(struct kunit *test)
{
	int err = vt_init(test);

	KUNIT_ASSERT_TRUE(test, vt_file_read(HELPER, helper_before, sizeof(helper_before)));
	KUNIT_ASSERT_TRUE(test, vt_file_read(TIMEOUT, timeout_before, sizeof(timeout_before)));
	KUNIT_ASSERT_TRUE(test, vt_file_write(HELPER, "/vpmem-kunit/none"));
	set_timeout(test, PATIENT);
	return err;
}

static void bios_exit(struct kunit *test)
{
	int i;

	for (i = 0; i < NR_FAKES; i++)
		fake_stop(&fakes[i]);
	vt_file_write(HELPER, helper_before);
	vt_file_write(TIMEOUT, timeout_before);
	vt_exit(test);
}

/*
 * Calls
 */

static const INT10_BIOS_ARGUMENTS arguments = {
	0x11224f00, 0x22334455, 0x33445566, 0x44556677, 0x55667788, 0x66778899, 0x778899aa,
	0x8899, 0x99aa,
};

static VP_STATUS call(PVIDEO_PORT_INT10_INTERFACE bios, INT10_BIOS_ARGUMENTS *registers)
{
	*registers = arguments;
	return bios->Int10CallBios(bios->Context, registers);
}

static void expect_transformed(struct kunit *test, const INT10_BIOS_ARGUMENTS *out,
			       const INT10_BIOS_ARGUMENTS *in)
{
	KUNIT_EXPECT_EQ(test, out->Eax, ~in->Eax);
	KUNIT_EXPECT_EQ(test, out->Ebx, ~in->Ebx);
	KUNIT_EXPECT_EQ(test, out->Ecx, ~in->Ecx);
	KUNIT_EXPECT_EQ(test, out->Edx, ~in->Edx);
	KUNIT_EXPECT_EQ(test, out->Esi, ~in->Esi);
	KUNIT_EXPECT_EQ(test, out->Edi, ~in->Edi);
	KUNIT_EXPECT_EQ(test, out->Ebp, ~in->Ebp);
	KUNIT_EXPECT_EQ(test, out->SegDs, in->SegDs ^ 0xffff);
	KUNIT_EXPECT_EQ(test, out->SegEs, in->SegEs ^ 0xffff);
}

static void expect_answered(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	INT10_BIOS_ARGUMENTS registers;

	KUNIT_EXPECT_EQ(test, call(bios, &registers), NO_ERROR);
	expect_transformed(test, &registers, &arguments);
}

static void expect_untouched_registers(struct kunit *test,
				       const INT10_BIOS_ARGUMENTS *registers)
{
	KUNIT_EXPECT_EQ(test, memcmp(registers, &arguments, sizeof(arguments)), 0);
}

/* The call fails, which is counted once, and leaves the registers. */
static void expect_fails(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
			 VP_STATUS status)
{
	INT10_BIOS_ARGUMENTS registers;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, call(bios, &registers), status);
	expect_untouched_registers(test, &registers);
	vt_expect_refused(test, "bios");
}

/* A call with a helper that answers as it should: nothing of before is left. */
static void expect_recovers(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	struct fake *fake = fake_start_on(test, NR_FAKES - 1, answer_rightly);

	expect_answered(test, bios);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
}

static PVIDEO_PORT_INT10_INTERFACE interface(struct kunit *test)
{
	return vt_int10(test, vt_ext(test));
}

/* The first case, since such messages are limited. */
static void bios_01_no_helper(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	u64 mark = vt_log_mark();
	const char *why;
	int i;

	for (i = 0; i < 3; i++)
		expect_fails(test, bios, ERROR_INVALID_FUNCTION);
	why = vt_machine_has_bios(test) ? "no helper can be started" : "no video BIOS";
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "Int10CallBios", why), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "vpmem", "Int10CallBios"), 1U);
}

static void bios_02_registers(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake = fake_start(test, answer_rightly);
	const struct vpmem_int10_registers *seen = &fake->request.registers;

	vt_remember(test);
	expect_answered(test, bios);
	vt_expect_events(test, NULL, NULL, 0);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, seen->eax, arguments.Eax);
	KUNIT_EXPECT_EQ(test, seen->ebx, arguments.Ebx);
	KUNIT_EXPECT_EQ(test, seen->ecx, arguments.Ecx);
	KUNIT_EXPECT_EQ(test, seen->edx, arguments.Edx);
	KUNIT_EXPECT_EQ(test, seen->esi, arguments.Esi);
	KUNIT_EXPECT_EQ(test, seen->edi, arguments.Edi);
	KUNIT_EXPECT_EQ(test, seen->ebp, arguments.Ebp);
	KUNIT_EXPECT_EQ(test, seen->ds, arguments.SegDs);
	KUNIT_EXPECT_EQ(test, seen->es, arguments.SegEs);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
}

static void bios_03_the_request(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake = fake_start(test, answer_rightly);
	u64 first;

	KUNIT_EXPECT_EQ(test, sizeof(struct vpmem_int10_registers), 32UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct vpmem_int10_request), 48UL);
	KUNIT_EXPECT_EQ(test, sizeof(struct vpmem_int10_reply), 56UL);
	expect_answered(test, bios);
	first = fake->request.sequence;
	expect_answered(test, bios);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->request.sequence, first + 1);
	KUNIT_EXPECT_EQ(test, fake->request.version, (u32)VPMEM_INT10_VERSION);
	KUNIT_EXPECT_EQ(test, fake->request.reserved, 0U);
}

/* VIDEO_X86_BIOS_ARGUMENTS is shorter, and its neighbours are not the BIOS's. */
static void bios_04_video_port_int10(struct kunit *test)
{
	struct {
		u32 before;
		VIDEO_X86_BIOS_ARGUMENTS registers;
		u32 after;
	} guarded = { .before = 0xabababab, .after = 0xcdcdcdcd };
	struct fake *fake = fake_start(test, answer_rightly);

	memcpy(&guarded.registers, &arguments, sizeof(guarded.registers));
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortInt10(vt_ext(test), &guarded.registers), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->request.registers.ds, 0);
	KUNIT_EXPECT_EQ(test, fake->request.registers.es, 0);
	KUNIT_EXPECT_EQ(test, guarded.registers.Eax, ~arguments.Eax);
	KUNIT_EXPECT_EQ(test, guarded.registers.Ebx, ~arguments.Ebx);
	KUNIT_EXPECT_EQ(test, guarded.registers.Ecx, ~arguments.Ecx);
	KUNIT_EXPECT_EQ(test, guarded.registers.Edx, ~arguments.Edx);
	KUNIT_EXPECT_EQ(test, guarded.registers.Esi, ~arguments.Esi);
	KUNIT_EXPECT_EQ(test, guarded.registers.Edi, ~arguments.Edi);
	KUNIT_EXPECT_EQ(test, guarded.registers.Ebp, ~arguments.Ebp);
	KUNIT_EXPECT_EQ(test, guarded.before, 0xababababU);
	KUNIT_EXPECT_EQ(test, guarded.after, 0xcdcdcdcdU);

	memcpy(&guarded.registers, &arguments, sizeof(guarded.registers));
	KUNIT_EXPECT_EQ(test, VideoPortInt10(vt_ext(test), &guarded.registers),
			ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_EQ(test, memcmp(&guarded.registers, &arguments,
				     sizeof(guarded.registers)), 0);
}

static void bios_05_no_registers(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);

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

	memcpy(&job->registers, &arguments, sizeof(job->registers));
	job->status = VideoPortInt10(job->ext, &job->registers);
}

static void expect_job_refused(struct kunit *test, const struct int10_job *job)
{
	KUNIT_EXPECT_EQ(test, job->status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, memcmp(&job->registers, &arguments, sizeof(job->registers)), 0);
}

/* With a helper, so that it would work if it were allowed. Int10CallBios: INT10-15. */
static void bios_06_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct int10_job job = { .ext = vt_ext(test) };
	struct fake *fake;

	vt_skip_if_hidden(test, context);
	fake = fake_start(test, answer_rightly);
	vt_remember(test);
	context->run(int10_job, &job);
	expect_job_refused(test, &job);
	vt_expect_refused(test, "bad-context");
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 0U);
}

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
 * Helpers that fail
 */

static u32 status_to_answer;

static void answer_status(struct fake *fake)
{
	struct vpmem_int10_reply reply = right_reply(fake);

	reply.status = status_to_answer;
	fake_write(fake, &reply, sizeof(reply));
}

static void expect_status_gives(struct kunit *test, u32 reply, VP_STATUS status,
				ssize_t wrote)
{
	struct fake *fake = fake_start(test, answer_status);

	status_to_answer = reply;
	expect_fails(test, interface(test), status);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ_MSG(test, fake->wrote[0], wrote, "status %u", reply);
	expect_recovers(test, interface(test));
}

static void bios_10_statuses(struct kunit *test)
{
	ssize_t whole = sizeof(struct vpmem_int10_reply);

	expect_status_gives(test, VPMEM_INT10_NO_BIOS, ERROR_INVALID_FUNCTION, whole);
	expect_status_gives(test, VPMEM_INT10_NO_PORTS, ERROR_INVALID_FUNCTION, whole);
	expect_status_gives(test, VPMEM_INT10_TOO_LONG, ERROR_INVALID_PARAMETER, whole);
	expect_status_gives(test, VPMEM_INT10_BAD_CODE, ERROR_INVALID_PARAMETER, whole);
	KUNIT_EXPECT_EQ(test, (int)VPMEM_INT10_STATUSES, 5);
}

static void bios_11_unknown_status(struct kunit *test)
{
	static const u32 unknown[] = { VPMEM_INT10_STATUSES, 100, 0x80000000, 0xffffffff };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(unknown); i++)
		expect_status_gives(test, unknown[i], ERROR_INVALID_PARAMETER, -EINVAL);
}

/* Three of the kind that is refused, then the right one. */
static void answer_badly_first(struct fake *fake)
{
	struct {
		struct vpmem_int10_reply reply;
		u64 more;
	} odd = { .reply = right_reply(fake) };

	fake_write(fake, &odd.reply, sizeof(odd.reply) - 1);
	fake_write(fake, &odd.reply, sizeof(odd));
	odd.reply.reserved = 1;
	fake_write(fake, &odd.reply, sizeof(odd.reply));
	answer_rightly(fake);
}

static void answer_others_first(struct fake *fake)
{
	struct vpmem_int10_reply reply = right_reply(fake);

	reply.registers = (struct vpmem_int10_registers){ };
	reply.sequence--;
	fake_write(fake, &reply, sizeof(reply));
	reply.sequence += 2;
	fake_write(fake, &reply, sizeof(reply));
	reply.sequence = 0;
	fake_write(fake, &reply, sizeof(reply));
	answer_rightly(fake);
}

/* The call waits for the right reply, and each of the others is counted. */
static void expect_waits_for_the_right(struct kunit *test, fake_answer *answer, int err)
{
	unsigned long refused = vt_int10_number(test, NULL, "Refused");
	struct fake *fake = fake_start(test, answer);
	int i;

	expect_answered(test, interface(test));
	fake_stop(fake);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ_MSG(test, fake->wrote[i], (ssize_t)err, "reply %d", i);
	KUNIT_EXPECT_EQ(test, fake->wrote[3], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Refused"), refused + 3);
}

static void bios_12_no_whole_reply(struct kunit *test)
{
	expect_waits_for_the_right(test, answer_badly_first, -EINVAL);
}

static void bios_13_wrong_sequence(struct kunit *test)
{
	expect_waits_for_the_right(test, answer_others_first, -ESTALE);
}

static void answer_twice(struct fake *fake)
{
	struct vpmem_int10_reply reply = right_reply(fake);

	fake_write(fake, &reply, sizeof(reply));
	reply.registers = (struct vpmem_int10_registers){ };
	fake_write(fake, &reply, sizeof(reply));
}

static void bios_14_second_reply(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake = fake_start(test, answer_twice);

	expect_answered(test, bios);
	expect_answered(test, bios);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 2U);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_EQ(test, fake->wrote[1], (ssize_t)-ESTALE);
	KUNIT_EXPECT_EQ(test, fake->wrote[2], (ssize_t)sizeof(struct vpmem_int10_reply));
	KUNIT_EXPECT_EQ(test, fake->wrote[3], (ssize_t)-ESTALE);
}

/* Nobody has asked. */
static void bios_15_reply_without_request(struct kunit *test)
{
	struct file *file = device_open(O_RDWR | O_NONBLOCK);
	struct vpmem_int10_reply reply = { .status = VPMEM_INT10_DONE };

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	KUNIT_EXPECT_EQ(test, device_write(file, &reply, sizeof(reply)), (ssize_t)-ESTALE);
	KUNIT_EXPECT_EQ(test, device_write(file, &reply, 0), (ssize_t)-EINVAL);
	device_close(file);
	expect_recovers(test, interface(test));
}

static void bios_16_dies_in_the_call(struct kunit *test)
{
	unsigned long deaths = vt_int10_number(test, NULL, "Deaths");
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake = fake_start(test, fake_close);

	expect_fails(test, bios, ERROR_INVALID_PARAMETER);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Deaths"), deaths + 1);
	expect_recovers(test, bios);
}

/* A call in a thread of its own. */
struct caller {
	PVIDEO_PORT_INT10_INTERFACE bios;
	unsigned int calls;
	INT10_BIOS_ARGUMENTS registers;
	VP_STATUS status;
	unsigned int wrong;
	struct task_struct *task;
	struct completion done;
};

static int caller_thread(void *data)
{
	struct caller *caller = data;

	allow_signal(SIGKILL);
	caller->status = call(caller->bios, &caller->registers);
	flush_signals(current);
	complete(&caller->done);
	return 0;
}

static void caller_start(struct kunit *test, struct caller *caller,
			 int (*thread)(void *data))
{
	init_completion(&caller->done);
	caller->task = kthread_create(thread, caller, "vpmem-caller");
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(caller->task), 0);
	get_task_struct(caller->task);
	wake_up_process(caller->task);
}

/* False if it does not end. */
static bool caller_wait(struct caller *caller)
{
	bool ended = wait_for_completion_timeout(&caller->done, 120 * HZ);

	put_task_struct(caller->task);
	return ended;
}

/* Waits for a request, without taking it. */
static bool request_comes(struct file *file)
{
	int i;

	for (i = 0; i < 2000; i++) {
		if (vfs_poll(file, NULL) & EPOLLIN)
			return true;
		usleep_range(500, 1000);
	}
	return false;
}

/*
 * Whether the next one is there in time decides about the call, where the kernel can
 * start none. Neither of them may spoil what comes after. With the real helper:
 * BIOS-63.
 */
static void bios_17_dies_before_the_call(struct kunit *test)
{
	struct caller *caller = kunit_kzalloc(test, sizeof(*caller), GFP_KERNEL);
	struct file *file = device_open(O_RDWR | O_NONBLOCK);
	unsigned long deaths = vt_int10_number(test, NULL, "Deaths");
	bool came;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	caller->bios = interface(test);
	caller_start(test, caller, caller_thread);
	came = request_comes(file);
	device_close(file);
	KUNIT_ASSERT_TRUE(test, caller_wait(caller));
	KUNIT_EXPECT_TRUE(test, came);
	KUNIT_EXPECT_EQ(test, caller->status, ERROR_INVALID_FUNCTION);
	expect_untouched_registers(test, &caller->registers);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Deaths"), deaths);
	expect_recovers(test, caller->bios);
}

/*
 * Time
 */

static void answer_never(struct fake *fake)
{
}

static void bios_18_time_out(struct kunit *test)
{
	unsigned long timeouts = vt_int10_number(test, NULL, "Timeouts");
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake = fake_start(test, answer_never);
	struct vpmem_int10_reply reply;
	unsigned long start;

	set_timeout(test, "100");
	start = jiffies;
	expect_fails(test, bios, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_TRUE(test, time_after_eq(jiffies, start + HZ / 10));
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Timeouts"), timeouts + 1);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);

	/* It has been given up, for good; another one may come. */
	kthread_stop(fake->task);
	fake->task = NULL;
	reply = right_reply(fake);
	KUNIT_EXPECT_EQ(test, device_write(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ENODEV);
	KUNIT_EXPECT_EQ(test, device_read(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ENODEV);
	KUNIT_EXPECT_TRUE(test, vfs_poll(fake->file, NULL) & EPOLLHUP);
	set_timeout(test, PATIENT);
	expect_recovers(test, bios);
	KUNIT_EXPECT_EQ(test, device_write(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ENODEV);
	fake_stop(fake);
	expect_recovers(test, bios);
}

/* One that has the device open, and does not read. */
static void bios_19_time_out_untaken(struct kunit *test)
{
	struct file *file = device_open(O_RDWR | O_NONBLOCK);
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct vpmem_int10_request request;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	set_timeout(test, "100");
	expect_fails(test, bios, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, device_read(file, &request, sizeof(request)),
			(ssize_t)-ENODEV);
	set_timeout(test, PATIENT);
	expect_recovers(test, bios);
	device_close(file);
}

static void bios_20_no_time_at_all(struct kunit *test)
{
	struct fake *fake = fake_start(test, answer_never);

	set_timeout(test, "0");
	expect_fails(test, interface(test), ERROR_INVALID_PARAMETER);
	set_timeout(test, "4294967295");
	fake_stop(fake);
	expect_recovers(test, interface(test));
}

/*
 * The device
 */

static void bios_21_one_helper_at_a_time(struct kunit *test)
{
	struct file *file = device_open(O_RDWR), *second;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	second = device_open(O_RDWR);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(second), -EBUSY);
	if (!IS_ERR(second))
		device_close(second);
	device_close(file);
	expect_recovers(test, interface(test));
	KUNIT_EXPECT_EQ(test, vt_file_mode(DEVICE), (umode_t)0600);
}

static void bios_22_read_and_poll(struct kunit *test)
{
	struct caller *caller = kunit_kzalloc(test, sizeof(*caller), GFP_KERNEL);
	struct file *file = device_open(O_RDWR | O_NONBLOCK);
	struct vpmem_int10_request request;
	ssize_t idle, small, none, whole, again;
	__poll_t before, during, taken;
	struct fake fake;
	bool came;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	idle = device_read(file, &request, sizeof(request));
	before = vfs_poll(file, NULL);
	caller->bios = interface(test);
	caller_start(test, caller, caller_thread);
	came = request_comes(file);
	during = vfs_poll(file, NULL);
	small = device_read(file, &request, sizeof(request) - 1);
	none = device_read(file, &request, 0);
	whole = device_read(file, &request, sizeof(request));
	again = device_read(file, &request, sizeof(request));
	taken = vfs_poll(file, NULL);
	fake = (struct fake){ .file = file, .request = request };
	answer_rightly(&fake);
	device_close(file);
	KUNIT_ASSERT_TRUE(test, caller_wait(caller));

	KUNIT_EXPECT_TRUE(test, came);
	KUNIT_EXPECT_EQ(test, idle, (ssize_t)-EAGAIN);
	KUNIT_EXPECT_FALSE(test, before & (EPOLLIN | EPOLLHUP));
	KUNIT_EXPECT_TRUE(test, during & EPOLLIN);
	KUNIT_EXPECT_FALSE(test, during & EPOLLHUP);
	KUNIT_EXPECT_FALSE(test, taken & EPOLLIN);
	KUNIT_EXPECT_EQ(test, small, (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, none, (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, whole, (ssize_t)sizeof(request));
	KUNIT_EXPECT_EQ(test, again, (ssize_t)-EAGAIN);
	KUNIT_EXPECT_EQ(test, caller->status, NO_ERROR);
	expect_transformed(test, &caller->registers, &arguments);
}

/* With room for more, and without O_NONBLOCK. */
static void bios_23_read_waits(struct kunit *test)
{
	struct caller *caller = kunit_kzalloc(test, sizeof(*caller), GFP_KERNEL);
	struct file *file = device_open(O_RDWR);
	u8 room[sizeof(struct vpmem_int10_request) + 16];
	struct fake fake = { .file = file };
	ssize_t got;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	memset(room, 0x5a, sizeof(room));
	caller->bios = interface(test);
	caller_start(test, caller, caller_thread);
	got = device_read(file, room, sizeof(room));
	memcpy(&fake.request, room, sizeof(fake.request));
	answer_rightly(&fake);
	device_close(file);
	KUNIT_ASSERT_TRUE(test, caller_wait(caller));
	KUNIT_EXPECT_EQ(test, got, (ssize_t)sizeof(struct vpmem_int10_request));
	KUNIT_EXPECT_NULL(test, memchr_inv(room + sizeof(fake.request), 0x5a, 16));
	KUNIT_EXPECT_EQ(test, caller->status, NO_ERROR);
}

static void bios_24_told_to_leave(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	struct fake *fake = fake_start(test, answer_rightly);
	void *other = vt_attach_another(test);

	vt_detach(test, other);
	msleep(20);
	KUNIT_EXPECT_FALSE(test, fake->told_to_leave);
	expect_answered(test, interface(test));
	vpmem_detach(fx->ext);
	KUNIT_EXPECT_TRUE(test, fake->told_to_leave);
	fx->ext = vpmem_attach(fx->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	fake_stop(fake);
	expect_recovers(test, interface(test));
}

/* The last detach waits for it, and not for ever. */
static void bios_25_does_not_leave(struct kunit *test)
{
	struct file *file = device_open(O_RDWR | O_NONBLOCK);
	struct vt_fixture *fx = test->priv;
	unsigned long start = jiffies;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	vpmem_detach(fx->ext);
	KUNIT_EXPECT_TRUE(test, time_after(jiffies, start + HZ));
	fx->ext = vpmem_attach(fx->dev, 64);
	device_close(file);
	KUNIT_ASSERT_FALSE(test, IS_ERR(fx->ext));
	expect_recovers(test, interface(test));
}

/*
 * Several callers
 */

#define CALLERS	4
#define CALLS	100

static int busy_caller(void *data)
{
	struct caller *caller = data;
	INT10_BIOS_ARGUMENTS in, out;
	unsigned int i;

	for (i = 0; i < CALLS; i++) {
		in = arguments;
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

static void bios_26_calls_take_turns(struct kunit *test)
{
	struct caller *callers = kunit_kcalloc(test, CALLERS, sizeof(*callers), GFP_KERNEL);
	struct fake *fake = fake_start(test, answer_rightly);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, callers);
	for (i = 0; i < CALLERS; i++) {
		callers[i].bios = vt_int10(test, i % 2 ? vt_attach_another(test) :
							 vt_ext(test));
		caller_start(test, &callers[i], busy_caller);
	}
	for (i = 0; i < CALLERS; i++)
		KUNIT_EXPECT_TRUE(test, caller_wait(&callers[i]));
	fake_stop(fake);
	for (i = 0; i < CALLERS; i++) {
		KUNIT_EXPECT_EQ(test, callers[i].calls, (unsigned int)CALLS);
		KUNIT_EXPECT_EQ(test, callers[i].wrong, 0U);
	}
	KUNIT_EXPECT_EQ(test, fake->taken, (unsigned int)CALLERS * CALLS);
}

/* Whoever waits for a reply, or for another's call to end, can be killed. */
static void bios_27_killed_callers(struct kunit *test)
{
	struct caller *callers = kunit_kcalloc(test, 2, sizeof(*callers), GFP_KERNEL);
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake = fake_start(test, answer_never);
	struct vpmem_int10_reply reply;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, callers);
	for (i = 0; i < 2; i++) {
		callers[i].bios = bios;
		caller_start(test, &callers[i], caller_thread);
		while (i == 0 && !READ_ONCE(fake->taken))
			usleep_range(500, 1000);
	}
	KUNIT_ASSERT_TRUE(test, vt_falls_asleep(callers[1].task));
	for (i = 2; i-- > 0;) {
		send_sig(SIGKILL, callers[i].task, 1);
		KUNIT_ASSERT_TRUE(test, caller_wait(&callers[i]));
		KUNIT_EXPECT_EQ(test, callers[i].status, ERROR_INVALID_PARAMETER);
		expect_untouched_registers(test, &callers[i].registers);
	}
	/* The helper has not failed, and still serves. */
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	reply = right_reply(fake);
	KUNIT_EXPECT_EQ(test, device_write(fake->file, &reply, sizeof(reply)),
			(ssize_t)-ESTALE);
	fake->answer = answer_rightly;
	expect_answered(test, bios);
	fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 2U);
}

/*
 * What is shown, and what is shared
 */

static void expect_ax(struct kunit *test, const char *name, const char *expected)
{
	char word[24];

	vt_int10_word(test, vt_ext(test), name, word);
	KUNIT_EXPECT_STREQ_MSG(test, word, expected, "%s", name);
}

static void bios_28_views_of_calls(struct kunit *test)
{
	unsigned long calls = vt_int10_number(test, NULL, "Calls");
	unsigned long failures = vt_int10_number(test, NULL, "Failures");
	unsigned long instructions = vt_int10_number(test, NULL, "Instructions");
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct fake *fake;
	char word[24];

	expect_ax(test, "LastAxIn", "-");
	expect_ax(test, "LastAxOut", "-");
	vt_int10_word(test, NULL, "Helper", word);
	KUNIT_EXPECT_STREQ(test, word, "-");
	expect_fails(test, bios, ERROR_INVALID_FUNCTION);
	expect_ax(test, "LastAxIn", "0x4f00");
	expect_ax(test, "LastAxOut", "-");
	fake = fake_start(test, answer_rightly);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Helper"),
			(unsigned long)current->tgid);
	expect_answered(test, bios);
	expect_answered(test, bios);
	fake_stop(fake);
	expect_ax(test, "LastAxIn", "0x4f00");
	expect_ax(test, "LastAxOut", "0xb0ff");
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "Calls"), 3UL);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "Failures"), 1UL);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Calls"), calls + 3);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Failures"), failures + 1);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, NULL, "Instructions"),
			instructions + 2 * INSTRUCTIONS);
}

static unsigned long map_device(struct file *file, unsigned long bytes, unsigned long prot,
				unsigned long sharing, unsigned long offset)
{
	return vm_mmap(file, 0, bytes, prot, sharing, offset);
}

static void bios_29_helper_maps_the_space(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = interface(test);
	struct file *file = device_open(O_RDWR);
	u32 in = 0x01020304, out = 0, seen = 0, other = 0x05060708;
	struct mm_struct *mm;
	unsigned long address;
	int err = -EFAULT;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	vt_realmode_write(test, bios, 0x8000, 0x100, &in, sizeof(in));
	mm = vt_borrow_mm(test);
	address = map_device(file, VT_SPACE, PROT_READ | PROT_WRITE, MAP_SHARED, 0);
	if (!IS_ERR_VALUE(address)) {
		err = get_user(seen, (u32 __user *)(address + 0x80100)) ?:
		      put_user(other, (u32 __user *)(address + 0x80200));
		vm_munmap(address, VT_SPACE);
	}
	vt_return_mm(mm);
	device_close(file);
	KUNIT_EXPECT_FALSE_MSG(test, IS_ERR_VALUE(address), "error %ld", (long)address);
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_EQ(test, seen, in);
	vt_realmode_read(test, bios, 0x8000, 0x200, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, other);
	in = 0;
	vt_realmode_write(test, bios, 0x8000, 0x100, &in, sizeof(in));
	vt_realmode_write(test, bios, 0x8000, 0x200, &in, sizeof(in));
}

static void bios_30_other_mappings_are_refused(struct kunit *test)
{
	static const struct {
		unsigned long bytes, prot, sharing, offset;
	} wrong[] = {
		{ VT_SPACE, PROT_READ, MAP_PRIVATE, 0 },
		{ VT_SPACE, PROT_READ | PROT_WRITE, MAP_PRIVATE, 0 },
		{ VT_SPACE, PROT_READ | PROT_EXEC, MAP_SHARED, 0 },
		{ PAGE_SIZE, PROT_EXEC, MAP_SHARED, 0 },
		{ VT_SPACE + PAGE_SIZE, PROT_READ, MAP_SHARED, 0 },
		{ VT_SPACE, PROT_READ, MAP_SHARED, PAGE_SIZE },
		{ PAGE_SIZE, PROT_READ, MAP_SHARED, VT_SPACE },
		{ PAGE_SIZE, PROT_READ, MAP_SHARED, ULONG_MAX & PAGE_MASK },
	};
	struct file *file = device_open(O_RDWR);
	long errors[ARRAY_SIZE(wrong)];
	struct mm_struct *mm;
	unsigned int i;

	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(file), 0);
	mm = vt_borrow_mm(test);
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		errors[i] = map_device(file, wrong[i].bytes, wrong[i].prot,
				       wrong[i].sharing, wrong[i].offset);
		if (!IS_ERR_VALUE(errors[i]))
			vm_munmap(errors[i], wrong[i].bytes);
	}
	vt_return_mm(mm);
	device_close(file);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_TRUE_MSG(test, errors[i] == -EINVAL || errors[i] == -EOVERFLOW,
				      "mapping %u: %ld", i, errors[i]);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_01_no_helper),
	KUNIT_CASE(bios_02_registers),
	KUNIT_CASE(bios_03_the_request),
	KUNIT_CASE(bios_04_video_port_int10),
	KUNIT_CASE(bios_05_no_registers),
	KUNIT_CASE_PARAM(bios_06_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(bios_07_no_adapter),
	KUNIT_CASE(bios_10_statuses),
	KUNIT_CASE(bios_11_unknown_status),
	KUNIT_CASE(bios_12_no_whole_reply),
	KUNIT_CASE(bios_13_wrong_sequence),
	KUNIT_CASE(bios_14_second_reply),
	KUNIT_CASE(bios_15_reply_without_request),
	KUNIT_CASE(bios_16_dies_in_the_call),
	KUNIT_CASE(bios_17_dies_before_the_call),
	KUNIT_CASE(bios_18_time_out),
	KUNIT_CASE(bios_19_time_out_untaken),
	KUNIT_CASE(bios_20_no_time_at_all),
	KUNIT_CASE(bios_21_one_helper_at_a_time),
	KUNIT_CASE(bios_22_read_and_poll),
	KUNIT_CASE(bios_23_read_waits),
	KUNIT_CASE(bios_24_told_to_leave),
	KUNIT_CASE(bios_25_does_not_leave),
	KUNIT_CASE(bios_26_calls_take_turns),
	KUNIT_CASE(bios_27_killed_callers),
	KUNIT_CASE(bios_28_views_of_calls),
	KUNIT_CASE(bios_29_helper_maps_the_space),
	KUNIT_CASE(bios_30_other_mappings_are_refused),
	{ }
};

struct kunit_suite vt_bios_suite = {
	.name = "bios",
	.init = bios_init,
	.exit = bios_exit,
	.test_cases = cases,
};
