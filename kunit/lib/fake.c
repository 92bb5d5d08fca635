// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fake helpers: threads that open the device as the real one does, and follow or
 * violate the protocol. Also threads that make calls.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/string.h>

#include "kunit/lib/fake.h"
#include "kunit/lib/file.h"
#include "kunit/lib/int10.h"

#define TIMEOUT		"/sys/module/vpmem/parameters/int10_timeout_ms"
#define HELPER		"/sys/module/vpmem/parameters/int10_helper"
#define NR_FAKES	2

/*
 * Helpers
 */

static struct vt_fake fakes[NR_FAKES];
static char helper_before[256], timeout_before[16];

struct file *vt_dev_open(struct kunit *test, int flags)
{
	struct file *file = vt_file_open(VT_DEVICE, flags);

	KUNIT_ASSERT_EQ_MSG(test, PTR_ERR_OR_ZERO(file), 0, "open " VT_DEVICE);
	return file;
}

/* A kernel thread leaves fput() to a worker. What cleans up after a test may be none. */
void vt_dev_close(struct file *file)
{
	if (current->flags & PF_KTHREAD)
		__fput_sync(file);
	else
		fput(file);
}

ssize_t vt_dev_read(struct file *file, void *to, size_t size)
{
	loff_t pos = 0;

	return kernel_read(file, to, size, &pos);
}

ssize_t vt_dev_write(struct file *file, const void *from, size_t size)
{
	loff_t pos = 0;

	return kernel_write(file, from, size, &pos);
}

void vt_fake_close(struct vt_fake *fake)
{
	struct file *file = xchg(&fake->file, NULL);

	if (file)
		vt_dev_close(file);
}

void vt_fake_write(struct vt_fake *fake, const struct vpmem_int10_reply *reply, size_t size)
{
	ssize_t wrote = vt_dev_write(fake->file, reply, size);

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

struct vpmem_int10_reply vt_right_reply(const struct vt_fake *fake)
{
	return (struct vpmem_int10_reply){
		.status = VPMEM_INT10_DONE,
		.sequence = fake->request.sequence,
		.instructions = VT_INSTRUCTIONS,
		.blocks = VT_BLOCKS,
		.nanoseconds = VT_MILLISECONDS * NSEC_PER_MSEC,
		.engine = "fake\nengine",
		.registers = transformed(fake->request.registers),
	};
}

void vt_answer_rightly(struct vt_fake *fake)
{
	struct vpmem_int10_reply reply = vt_right_reply(fake);

	vt_fake_write(fake, &reply, sizeof(reply));
}

void vt_answer_never(struct vt_fake *fake)
{
}

static void fake_step(struct vt_fake *fake)
{
	ssize_t got = vt_dev_read(fake->file, &fake->request, sizeof(fake->request));

	if (got == sizeof(fake->request)) {
		fake->taken++;
		fake->answer(fake);
		return;
	}
	fake->error = got;
	if (!got) {
		fake->told_to_leave = true;
		vt_fake_close(fake);
	}
	usleep_range(200, 400);
}

static int fake_thread(void *data)
{
	struct vt_fake *fake = data;

	while (!kthread_should_stop()) {
		if (fake->file)
			fake_step(fake);
		else
			usleep_range(200, 400);
	}
	return 0;
}

static struct vt_fake *fake_start_on(struct kunit *test, unsigned int i,
				     vt_fake_answer *answer)
{
	struct vt_fake *fake = &fakes[i];
	struct file *file = vt_dev_open(test, O_RDWR | O_NONBLOCK);

	*fake = (struct vt_fake){ .file = file, .answer = answer };
	fake->task = kthread_run(fake_thread, fake, "vpmem-fake-%u", i);
	if (IS_ERR(fake->task)) {
		fake->task = NULL;
		vt_fake_close(fake);
		KUNIT_FAIL(test, "no thread");
	}
	return fake;
}

struct vt_fake *vt_fake_start(struct kunit *test, vt_fake_answer *answer)
{
	return fake_start_on(test, 0, answer);
}

/* Stop the helper; its observations can be read after this. */
void vt_fake_stop(struct vt_fake *fake)
{
	if (fake->task)
		kthread_stop(fake->task);
	fake->task = NULL;
	vt_fake_close(fake);
}

/*
 * The fixture: no helper but ours, and none left.
 */

void vt_set_timeout(struct kunit *test, const char *ms)
{
	KUNIT_ASSERT_TRUE(test, vt_file_write(TIMEOUT, ms));
}

int vt_bios_init(struct kunit *test)
{
	int err = vt_init(test);

	KUNIT_ASSERT_TRUE(test, vt_file_read(HELPER, helper_before, sizeof(helper_before)));
	KUNIT_ASSERT_TRUE(test, vt_file_read(TIMEOUT, timeout_before,
					     sizeof(timeout_before)));
	KUNIT_ASSERT_TRUE(test, vt_file_write(HELPER, "/vpmem-kunit/none"));
	vt_set_timeout(test, VT_PATIENT);
	return err;
}

void vt_bios_exit(struct kunit *test)
{
	int i;

	for (i = 0; i < NR_FAKES; i++)
		vt_fake_stop(&fakes[i]);
	vt_file_write(HELPER, helper_before);
	vt_file_write(TIMEOUT, timeout_before);
	vt_exit(test);
}

/*
 * Calls
 */

const INT10_BIOS_ARGUMENTS vt_arguments = {
	0x11224f00, 0x22334455, 0x33445566, 0x44556677, 0x55667788, 0x66778899, 0x778899aa,
	0x8899, 0x99aa,
};

VP_STATUS vt_call(PVIDEO_PORT_INT10_INTERFACE bios, INT10_BIOS_ARGUMENTS *registers)
{
	*registers = vt_arguments;
	return bios->Int10CallBios(bios->Context, registers);
}

void vt_expect_transformed(struct kunit *test, const INT10_BIOS_ARGUMENTS *out,
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

void vt_expect_answered(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	INT10_BIOS_ARGUMENTS registers;

	KUNIT_EXPECT_EQ(test, vt_call(bios, &registers), NO_ERROR);
	vt_expect_transformed(test, &registers, &vt_arguments);
}

void vt_expect_untouched_registers(struct kunit *test,
				   const INT10_BIOS_ARGUMENTS *registers)
{
	KUNIT_EXPECT_EQ(test, memcmp(registers, &vt_arguments, sizeof(vt_arguments)), 0);
}

/* The call fails, which is counted once, and leaves the registers. */
void vt_expect_fails(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		     VP_STATUS status)
{
	INT10_BIOS_ARGUMENTS registers;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_call(bios, &registers), status);
	vt_expect_untouched_registers(test, &registers);
	vt_expect_refused(test, "bios");
}

/* Make a call with a correct helper, to check that no earlier state is left. */
void vt_expect_recovers(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	struct vt_fake *fake = fake_start_on(test, NR_FAKES - 1, vt_answer_rightly);

	vt_expect_answered(test, bios);
	vt_fake_stop(fake);
	KUNIT_EXPECT_EQ(test, fake->taken, 1U);
	KUNIT_EXPECT_EQ(test, fake->wrote[0], (ssize_t)sizeof(struct vpmem_int10_reply));
}

int vt_caller_thread(void *data)
{
	struct vt_caller *caller = data;

	allow_signal(SIGKILL);
	caller->status = vt_call(caller->bios, &caller->registers);
	flush_signals(current);
	complete(&caller->done);
	return 0;
}

void vt_caller_start(struct kunit *test, struct vt_caller *caller,
		     int (*thread)(void *data))
{
	init_completion(&caller->done);
	caller->task = kthread_create(thread, caller, "vpmem-caller");
	KUNIT_ASSERT_EQ(test, PTR_ERR_OR_ZERO(caller->task), 0);
	get_task_struct(caller->task);
	wake_up_process(caller->task);
}

/* With a call of the test's own adapter. */
struct vt_caller *vt_caller_begin(struct kunit *test)
{
	struct vt_caller *caller = kunit_kzalloc(test, sizeof(*caller), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, caller);
	caller->bios = vt_interface(test);
	vt_caller_start(test, caller, vt_caller_thread);
	return caller;
}

/* False if it does not end. */
bool vt_caller_wait(struct vt_caller *caller)
{
	bool ended = wait_for_completion_timeout(&caller->done, 120 * HZ);

	put_task_struct(caller->task);
	return ended;
}

/* Waits for a request, without taking it. */
bool vt_request_comes(struct file *file)
{
	int i;

	for (i = 0; i < 2000; i++) {
		if (vfs_poll(file, NULL) & EPOLLIN)
			return true;
		usleep_range(500, 1000);
	}
	return false;
}
