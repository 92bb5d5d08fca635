// SPDX-License-Identifier: GPL-2.0-only
/*
 * The helper of the video BIOS: taken over, killed, hanging, and fuzzed.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/io.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/platform_device.h>
#include <linux/poll.h>
#include <linux/prandom.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/umh.h>

#include "kunit/lib/file.h"
#include "kunit/lib/video_bios.h"
#include "core/compat.h"
#include "kunit/machine/machine.h"
#include "core/testing.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

#define DEVICE		"/dev/" VPMEM_INT10_DEVICE

/* Programs that the guest's script has installed, and arguments of the fuzzer */
#define HANGS		"/tmp/hangs"

#define FUZZER		"/int10-fuzz"
#define FUZZ		"/tmp/fuzz"

#define KILLS		10
#define KILLS_SECONDS	15		/* a test that waits for longer counts as hung */
#define CALLERS		4
#define CALLS		50

/* Opens the device before the helper does, and goes when a request comes. */
static int quitter(void *data)
{
	struct completion *opened = data;
	struct file *file = vt_file_open(DEVICE, O_RDWR | O_NONBLOCK);
	int i;

	complete(opened);
	if (IS_ERR(file))
		return PTR_ERR(file);
	for (i = 0; i < 5000 && !(vfs_poll(file, NULL) & EPOLLIN); i++)
		usleep_range(500, 1000);
	vt_close_file(file);
	while (!kthread_should_stop())
		usleep_range(500, 1000);
	return i < 5000 ? 0 : -ETIMEDOUT;
}

/*
 * BIOS-63: A helper that closes the device before it has taken the request is replaced,
 * and the call succeeds
 */
static void bios_63_another_takes_over(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(opened);
	unsigned long starts = vt_read_number(NULL, "Starts");
	struct task_struct *task = kthread_run(quitter, &opened, "vpmem-quitter");

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	get_task_struct(task);
	wait_for_completion(&opened);
	vt_expect_works(test);
	KUNIT_EXPECT_EQ(test, kthread_stop(task), 0);
	put_task_struct(task);
	KUNIT_EXPECT_EQ(test, vt_read_number(NULL, "Starts"), starts + 1);
}

struct caller {
	unsigned int failed;
	struct completion done;
};

static int caller_thread(void *data)
{
	struct caller *caller = data;
	unsigned int i;
	u16 mode;

	for (i = 0; i < CALLS; i++)
		caller->failed += vt_current_mode(&mode) != NO_ERROR;
	complete(&caller->done);
	return 0;
}

/* BIOS-65: Callers at once all get their answers */
static void bios_65_calls_take_turns(struct kunit *test)
{
	static struct caller callers[CALLERS];
	unsigned int i;

	for (i = 0; i < CALLERS; i++) {
		callers[i].failed = 0;
		init_completion(&callers[i].done);
		if (IS_ERR(kthread_run(caller_thread, &callers[i], "vpmem-caller-%u", i)))
			complete(&callers[i].done);
	}
	for (i = 0; i < CALLERS; i++) {
		wait_for_completion(&callers[i].done);
		KUNIT_EXPECT_EQ(test, callers[i].failed, 0U);
	}
	KUNIT_EXPECT_EQ(test, vt_read_number(vt_bios_ext, "Calls"), (unsigned long)CALLERS * CALLS);
}

/*
 * Helpers that fail
 */

/*
 * BIOS-66: A helper that exits or is none is started a few times at most, then it is
 * ERROR_INVALID_FUNCTION
 */
static void bios_66_helper_that_exits(struct kunit *test)
{
	unsigned long starts = vt_read_number(NULL, "Starts");
	u16 mode;

	KUNIT_ASSERT_TRUE(test, vt_write_file(VT_HELPER, "/bin/true"));
	KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_GT(test, vt_read_number(NULL, "Starts"), starts);
	KUNIT_EXPECT_LE(test, vt_read_number(NULL, "Starts"), starts + 10);
	KUNIT_ASSERT_TRUE(test, vt_write_file(VT_HELPER, "/there/is/none"));
	KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), ERROR_INVALID_FUNCTION);
	KUNIT_ASSERT_TRUE(test, vt_write_file(VT_HELPER, "/tmp"));
	KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), ERROR_INVALID_FUNCTION);
	vt_set_defaults(test);
	vt_expect_works(test);
}

/* Ends with the number of files that the process has open and should not. */
#define COUNT_FILES	"bad=0; for f in /proc/$0/fd/*; do case $(readlink $f) in " \
			"/dev/null|/dev/vpmem-int10) ;; *) bad=$((bad + 1)) ;; esac; done; " \
			"[ -e /proc/$0/fd/0 ] || bad=99; exit $bad"

/* While it runs the BIOS it could write to the log of the kernel, for instance. */
/* BIOS-74: The helper has the device and ``/dev/null`` open, and nothing else */
static void bios_74_files_of_the_helper(struct kunit *test)
{
	char pid[16], *argv[5], *environment[2];

	argv[0] = "/bin/sh";
	argv[1] = "-c";
	argv[2] = COUNT_FILES;
	argv[3] = pid;
	argv[4] = NULL;
	environment[0] = "PATH=/bin:/sbin:/usr/bin";
	environment[1] = NULL;
	vt_expect_works(test);
	snprintf(pid, sizeof(pid), "%lu", vt_read_number(NULL, "Helper"));
	KUNIT_EXPECT_EQ(test, call_usermodehelper(argv[0], argv, environment,
						  UMH_WAIT_PROC), 0);
}

/*
 * BIOS-67: A helper that hangs before it has opened the device is ended in time
 *
 * The helper is a program that neither opens the device nor exits.
 */
static void bios_67_helper_that_hangs(struct kunit *test)
{
	unsigned long timeouts = vt_read_number(NULL, "Timeouts");
	u16 mode;
	int i;

	KUNIT_ASSERT_TRUE(test, vt_write_file(VT_HELPER, HANGS));
	KUNIT_ASSERT_TRUE(test, vt_write_file(VT_TIMEOUT, "500"));
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_EQ(test, vt_current_mode(&mode), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_read_number(NULL, "Timeouts"), timeouts + 2);
	vt_set_defaults(test);
	vt_expect_works(test);
}

/* BIOS-68: Calls that have too little time fail, and later ones do not */
static void bios_68_too_little_time(struct kunit *test)
{
	VP_STATUS status;
	unsigned int i;
	u16 mode;

	for (i = 0; i < 20; i++) {
		KUNIT_ASSERT_TRUE(test, vt_write_file(VT_TIMEOUT, i % 2 ? "1" : "20"));
		status = vt_current_mode(&mode);
		KUNIT_EXPECT_TRUE_MSG(test, status == NO_ERROR ||
				      status == ERROR_INVALID_PARAMETER, "status %d", status);
	}
	vt_set_defaults(test);
	vt_expect_works(test);
}

static void kill_helper(void)
{
	struct pid *pid = find_get_pid(vt_read_number(NULL, "Helper"));

	if (pid && pid_nr(pid) > 1)
		kill_pid(pid, SIGKILL, 1);
	put_pid(pid);
}

static atomic_t calls_over, kills;

/*
 * Kill the helper again and again. It takes a while to come back, on a busy machine for
 * longer than the killer waits, so a call has to end in between.
 */
static int killer(void *data)
{
	struct rnd_state random;
	int over = 0;

	prandom_seed_state(&random, 6);
	while (!kthread_should_stop()) {
		msleep(5 + prandom_u32_state(&random) % 50);
		if (atomic_read(&kills) >= KILLS || atomic_read(&calls_over) == over ||
		    !vt_read_number(NULL, "Helper"))
			continue;
		over = atomic_read(&calls_over);
		kill_helper();
		atomic_inc(&kills);
	}
	return 0;
}

/*
 * BIOS-69: While the helper is killed again and again, each call is answered or fails;
 * then the next one succeeds
 *
 * The test repeats calls, but for less time than the hung task detector allows.
 */
static void bios_69_helper_is_killed(struct kunit *test)
{
	unsigned long end = jiffies + KILLS_SECONDS * HZ;
	unsigned int answered = 0, failed = 0;
	struct task_struct *task;
	VP_STATUS status;
	u16 mode;

	atomic_set(&calls_over, 0);
	atomic_set(&kills, 0);
	task = kthread_run(killer, NULL, "vpmem-killer");
	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	while (atomic_read(&kills) < KILLS && time_before(jiffies, end)) {
		status = vt_current_mode(&mode);
		atomic_inc(&calls_over);
		answered += status == NO_ERROR;
		failed += status == ERROR_INVALID_PARAMETER;
	}
	kthread_stop(task);
	kunit_info(test, "%u answered, %u failed, killed %d times, %lu in a call", answered,
		   failed, atomic_read(&kills), vt_read_number(NULL, "Deaths"));
	KUNIT_EXPECT_EQ(test, answered + failed, (unsigned int)atomic_read(&calls_over));
	KUNIT_EXPECT_GT(test, answered, 0U);
	KUNIT_EXPECT_GT(test, atomic_read(&kills), 0);
	vt_expect_works(test);
}

/*
 * The fuzzer of the device, while calls are made
 */

struct fuzz {
	char seconds[8], seed[16];
	int status;
	struct completion done;
};

static int fuzz_thread(void *data)
{
	struct fuzz *fuzz = data;
	char *argv[4], *no_environment = NULL;

	argv[0] = FUZZER;
	argv[1] = fuzz->seconds;
	argv[2] = fuzz->seed;
	argv[3] = NULL;
	fuzz->status = call_usermodehelper(argv[0], argv, &no_environment,
					   UMH_WAIT_PROC | UMH_KILLABLE);
	complete(&fuzz->done);
	return 0;
}

static void fuzz_call(struct kunit *test, u32 random)
{
	static const char * const timeouts[] = { "5", "50", "300", "2000" };
	VP_STATUS status;
	u16 mode;
	u32 word;

	vt_write_file(VT_TIMEOUT, timeouts[random % ARRAY_SIZE(timeouts)]);
	status = vt_current_mode(&mode);
	KUNIT_EXPECT_TRUE_MSG(test, status == NO_ERROR || status == ERROR_DEV_NOT_EXIST ||
			      status == ERROR_INVALID_PARAMETER ||
			      status == ERROR_INVALID_FUNCTION, "status %d", status);
	vt_bios.Int10ReadMemory(vt_bios.Context, (random >> 16) % 0xf000, random, &word,
				sizeof(word));
}

static bool fuzz_is_asked_for(struct fuzz *fuzz)
{
	struct file *file = vt_file_open(FUZZ, O_RDONLY);
	char line[sizeof(fuzz->seconds) + sizeof(fuzz->seed)] = "";
	loff_t pos = 0;

	if (IS_ERR(file))
		return false;
	kernel_read(file, line, sizeof(line) - 1, &pos);
	vt_close_file(file);
	return sscanf(line, "%7s %15s", fuzz->seconds, fuzz->seed) == 2;
}

/* Several short runs: a single long one could exceed the timeout of a test. */
static const u32 fuzz_runs[] = { 1, 2, 3 };

static void fuzz_run_name(const u32 *run, char *name)
{
	snprintf(name, KUNIT_PARAM_DESC_SIZE, "run %u", *run);
}

KUNIT_ARRAY_PARAM(fuzz_run, fuzz_runs, fuzz_run_name);

/*
 * BIOS-70: No random access of a process to the device harms the kernel, or gets
 * more than it should
 */
static void bios_70_fuzz(struct kunit *test)
{
	INT10_BIOS_ARGUMENTS text_mode = { .Eax = 0x0003 };
	static struct fuzz fuzz;
	struct rnd_state random;
	unsigned long calls = 0;
	u32 seed;

	if (!fuzz_is_asked_for(&fuzz) || kstrtou32(fuzz.seed, 0, &seed))
		kunit_skip(test, "there is no fuzzer");
	seed += *(const u32 *)test->param_value * 1000;
	snprintf(fuzz.seed, sizeof(fuzz.seed), "%u", seed);
	prandom_seed_state(&random, seed);
	KUNIT_EXPECT_EQ(test, vt_bios.Int10CallBios(vt_bios.Context, &text_mode), NO_ERROR);
	init_completion(&fuzz.done);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(fuzz_thread, &fuzz, "vpmem-fuzz")));
	for (; !completion_done(&fuzz.done); calls++)
		fuzz_call(test, prandom_u32_state(&random));
	kunit_info(test, "%lu calls", calls);
	KUNIT_EXPECT_EQ(test, fuzz.status, 0);
	vt_set_defaults(test);
	vt_expect_works_soon(test);
}

static struct kunit_case bios_helper_cases[] = {
	KUNIT_CASE(bios_63_another_takes_over),
	KUNIT_CASE(bios_65_calls_take_turns),
	KUNIT_CASE(bios_66_helper_that_exits),
	KUNIT_CASE(bios_67_helper_that_hangs),
	KUNIT_CASE(bios_68_too_little_time),
	KUNIT_CASE(bios_69_helper_is_killed),
	KUNIT_CASE(bios_74_files_of_the_helper),
	KUNIT_CASE_PARAM(bios_70_fuzz, fuzz_run_gen_params),
	{}
};

struct kunit_suite machine_bios_helper_suite = {
	.name = "bios_helper",
	.init = vt_bios_init,
	.exit = vt_bios_exit,
	.test_cases = bios_helper_cases,
};
