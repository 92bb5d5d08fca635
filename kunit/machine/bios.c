// SPDX-License-Identifier: GPL-2.0-only
/*
 * The video BIOS of a machine that has one, through the real helper, which has to be
 * installed there. What is asked of the BIOS is what every VBE has.
 */
#include <linux/atomic.h>
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
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/umh.h>
#include <kunit/test.h>

#include "core/compat.h"
#include "machine.h"
#include "core/testing.h"
#include "uapi/vpmem-int10.h"
#include "vpmem.h"

#define DEVICE		"/dev/" VPMEM_INT10_DEVICE
#define TIMEOUT		"/sys/module/vpmem/parameters/int10_timeout_ms"
#define HELPER		"/sys/module/vpmem/parameters/int10_helper"
/* Programs of the guest's script, and what it asks the fuzzer for. */
#define HANGS		"/tmp/hangs"
#define FUZZER		"/int10-fuzz"
#define FUZZ		"/tmp/fuzz"

#define VIEW_ROOM	SZ_4K
#define VBE_DONE	0x004f
#define MODE_INFO	0x200		/* in the block */
#define NO_MODE		0xffff
#define MODE		0x118		/* 1024x768, of VBE 1.2 */
#define KILLS		10
#define KILLS_SECONDS	15		/* a test that waits for longer counts as hung */
#define CALLERS		4
#define CALLS		50

static struct platform_device *pdev;
static void *ext;
static VIDEO_PORT_INT10_INTERFACE bios;
static char text[VIEW_ROOM];

/*
 * The fixture: an adapter with the interface. After each test nothing is left, and
 * the helper goes when the adapter does.
 */

/* A kernel thread leaves fput() to a worker. What cleans up after a test may be none. */
static void close_file(struct file *file)
{
	if (current->flags & PF_KTHREAD)
		__fput_sync(file);
	else
		fput(file);
}

static bool write_file(const char *path, const char *value)
{
	struct file *file = filp_open(path, O_WRONLY, 0);
	ssize_t length;
	loff_t pos = 0;

	if (IS_ERR(file))
		return false;
	length = kernel_write(file, value, strlen(value), &pos);
	close_file(file);
	return length == strlen(value);
}

static void set_defaults(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, write_file(TIMEOUT, "20000"));
	KUNIT_EXPECT_TRUE(test, write_file(HELPER, "/usr/local/sbin/vpmem-int10d"));
}

static bool read_word(void *of, const char *name, char *word)
{
	static char view[VIEW_ROOM];
	const char *line = view;
	char seen[24];

	if (vpmem_view(of, "int10", view, sizeof(view)) <= 0)
		return false;
	for (; *line; line = strchrnul(line, '\n'), line += !!*line)
		if (sscanf(line, "%23s %23s", seen, word) == 2 && !strcmp(seen, name))
			return true;
	return false;
}

static unsigned long read_number(void *of, const char *name)
{
	unsigned long number = 0;
	char word[24];

	return read_word(of, name, word) && !kstrtoul(word, 0, &number) ? number : 0;
}

static int bios_init(struct kunit *test)
{
	PINTERFACE interface = (PINTERFACE)&bios;
	char word[24];

	KUNIT_ASSERT_TRUE(test, read_word(NULL, "Bios", word));
	KUNIT_ASSERT_STREQ(test, word, "yes");
	set_defaults(test);
	pdev = platform_device_register_simple("vpmem-bios", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(pdev));
	ext = vpmem_attach(&pdev->dev, 64);
	KUNIT_ASSERT_FALSE(test, IS_ERR(ext));
	bios = (VIDEO_PORT_INT10_INTERFACE){
		.Size = sizeof(bios), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1,
	};
	KUNIT_ASSERT_EQ(test, VideoPortQueryServices(ext, VideoPortServicesInt10, interface),
			NO_ERROR);
	return 0;
}

static void expect_nothing_left(struct kunit *test)
{
	char word[24];

	KUNIT_EXPECT_GT(test, vpmem_view(ext, "regions", text, sizeof(text)), 0);
	KUNIT_EXPECT_EQ_MSG(test, strchrnul(text, '\n')[1], 0, "left: %s", text);
	vpmem_detach(ext);
	KUNIT_EXPECT_TRUE(test, read_word(NULL, "Helper", word));
	KUNIT_EXPECT_STREQ(test, word, "-");
}

static void bios_exit(struct kunit *test)
{
	set_defaults(test);
	if (!IS_ERR_OR_NULL(ext))
		expect_nothing_left(test);
	ext = NULL;
	if (!IS_ERR_OR_NULL(pdev))
		platform_device_unregister(pdev);
	pdev = NULL;
}

/*
 * Calls
 */

struct block {
	USHORT seg, off;
	ULONG length;
};

static struct block allocate(struct kunit *test)
{
	struct block block = { .length = SZ_4K };

	KUNIT_ASSERT_EQ(test, bios.Int10AllocateBuffer(bios.Context, &block.seg, &block.off,
						       &block.length), NO_ERROR);
	return block;
}

static void release(struct kunit *test, const struct block *block)
{
	KUNIT_EXPECT_EQ(test, bios.Int10FreeBuffer(bios.Context, block->seg, block->off),
			NO_ERROR);
}

static void read_bytes(struct kunit *test, u16 seg, u16 off, void *to, u32 length)
{
	KUNIT_EXPECT_EQ(test, bios.Int10ReadMemory(bios.Context, seg, off, to, length),
			NO_ERROR);
}

static u16 word_at(const u8 *bytes, unsigned int at)
{
	return bytes[at] | bytes[at + 1] << 8;
}

/* Get the current mode: cheap, and without a buffer. */
static VP_STATUS current_mode(u16 *mode)
{
	INT10_BIOS_ARGUMENTS registers = { .Eax = 0x4f03 };
	VP_STATUS status = bios.Int10CallBios(bios.Context, &registers);

	*mode = registers.Ebx;
	if (status == NO_ERROR && (u16)registers.Eax != VBE_DONE)
		return ERROR_DEV_NOT_EXIST;
	return status;
}

static void expect_works(struct kunit *test)
{
	u16 mode;

	KUNIT_EXPECT_EQ(test, current_mode(&mode), NO_ERROR);
}

static void controller(struct kunit *test, const struct block *block, u8 *info)
{
	INT10_BIOS_ARGUMENTS registers = {
		.Eax = 0x4f00, .Edi = block->off, .SegEs = block->seg,
	};

	KUNIT_ASSERT_EQ(test, bios.Int10WriteMemory(bios.Context, block->seg, block->off,
						    "VBE2", 4), NO_ERROR);
	KUNIT_ASSERT_EQ(test, bios.Int10CallBios(bios.Context, &registers), NO_ERROR);
	KUNIT_EXPECT_EQ(test, registers.Eax & 0xffff, VBE_DONE);
	read_bytes(test, block->seg, block->off, info, 512);
}

/*
 * BIOS-60: VBE function 00h answers VESA, version 2 or later, in the adapter's block; the
 * helper is started for it
 */
static void bios_60_the_controller(struct kunit *test)
{
	unsigned long starts = read_number(NULL, "Starts");
	struct block block = allocate(test);
	u8 info[512] = { };

	controller(test, &block, info);
	KUNIT_EXPECT_EQ(test, memcmp(info, "VESA", 4), 0);
	KUNIT_EXPECT_GE(test, word_at(info, 4), 0x200);
	KUNIT_EXPECT_GE(test, word_at(info, 18), 16);
	release(test, &block);
	KUNIT_EXPECT_EQ(test, read_number(NULL, "Starts"), starts + 1);
	KUNIT_EXPECT_GT(test, read_number(NULL, "Helper"), 1UL);
	KUNIT_EXPECT_GT(test, read_number(NULL, "Instructions"), 100UL);
}

/* The size of a mode whose number the BIOS gives. Its list may be in the block, too. */
static u32 mode_pixels(struct kunit *test, const struct block *block, u16 mode)
{
	INT10_BIOS_ARGUMENTS registers = {
		.Eax = 0x4f01, .Ecx = mode, .Edi = block->off + MODE_INFO,
		.SegEs = block->seg,
	};
	u8 info[256];

	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &registers), NO_ERROR);
	KUNIT_EXPECT_EQ_MSG(test, registers.Eax & 0xffff, VBE_DONE, "mode %#x", mode);
	read_bytes(test, block->seg, block->off + MODE_INFO, info, sizeof(info));
	return word_at(info, 18) * word_at(info, 20);
}

/*
 * BIOS-61: The list of modes is read word by word where the answer points to; each mode
 * has its data
 *
 * As drivers read it: word by word, wherever it is, until the end mark.
 */
static void bios_61_the_mode_list(struct kunit *test)
{
	struct block block = allocate(test);
	unsigned int modes = 0, found = 0;
	u8 info[512] = { };
	u16 seg, off, mode;

	controller(test, &block, info);
	off = word_at(info, 14);
	seg = word_at(info, 16);
	for (; modes < 200; modes++, off += 2) {
		read_bytes(test, seg, off, &mode, sizeof(mode));
		if (mode == NO_MODE)
			break;
		if (mode == MODE)
			found = mode_pixels(test, &block, mode);
		else if (modes < 5)
			KUNIT_EXPECT_GT(test, mode_pixels(test, &block, mode), 0U);
	}
	KUNIT_EXPECT_GT(test, modes, 5U);
	KUNIT_EXPECT_LT(test, modes, 200U);
	KUNIT_EXPECT_EQ(test, found, 1024U * 768);
	release(test, &block);
}

/*
 * BIOS-62: A BIOS that changes AX and BX leaves all bits of the other registers
 *
 * AX and BX are the answer; all 32 bits of the others come back.
 */
static void bios_62_registers_are_kept(struct kunit *test)
{
	static const INT10_BIOS_ARGUMENTS in = {
		.Eax = 0x4f03, .Ebx = 0x11112222, .Ecx = 0x33334444, .Edx = 0x55556666,
		.Esi = 0x77778888, .Edi = 0x9999aaaa, .Ebp = 0xbbbbcccc, .SegDs = 0x2345,
		.SegEs = 0x6789,
	};
	INT10_BIOS_ARGUMENTS out = in;
	VIDEO_X86_BIOS_ARGUMENTS x86;

	KUNIT_ASSERT_EQ(test, bios.Int10CallBios(bios.Context, &out), NO_ERROR);
	KUNIT_EXPECT_EQ(test, out.Eax & 0xffff, VBE_DONE);
	KUNIT_EXPECT_EQ(test, out.Ecx, in.Ecx);
	KUNIT_EXPECT_EQ(test, out.Edx, in.Edx);
	KUNIT_EXPECT_EQ(test, out.Esi, in.Esi);
	KUNIT_EXPECT_EQ(test, out.Edi, in.Edi);
	KUNIT_EXPECT_EQ(test, out.Ebp, in.Ebp);
	KUNIT_EXPECT_EQ(test, out.SegDs, in.SegDs);
	KUNIT_EXPECT_EQ(test, out.SegEs, in.SegEs);

	memcpy(&x86, &in, sizeof(x86));
	KUNIT_EXPECT_EQ(test, VideoPortInt10(ext, &x86), NO_ERROR);
	KUNIT_EXPECT_EQ(test, x86.Eax & 0xffff, VBE_DONE);
	KUNIT_EXPECT_EQ(test, x86.Ebx, out.Ebx);
	KUNIT_EXPECT_EQ(test, x86.Ebp, in.Ebp);
}

/* Opens the device before the helper does, and goes when a request comes. */
static int quitter(void *data)
{
	struct completion *opened = data;
	struct file *file = filp_open(DEVICE, O_RDWR | O_NONBLOCK, 0);
	int i;

	complete(opened);
	if (IS_ERR(file))
		return PTR_ERR(file);
	for (i = 0; i < 5000 && !(vfs_poll(file, NULL) & EPOLLIN); i++)
		usleep_range(500, 1000);
	close_file(file);
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
	unsigned long starts = read_number(NULL, "Starts");
	struct task_struct *task = kthread_run(quitter, &opened, "vpmem-quitter");

	KUNIT_ASSERT_FALSE(test, IS_ERR(task));
	get_task_struct(task);
	wait_for_completion(&opened);
	expect_works(test);
	KUNIT_EXPECT_EQ(test, kthread_stop(task), 0);
	put_task_struct(task);
	KUNIT_EXPECT_EQ(test, read_number(NULL, "Starts"), starts + 1);
}

/*
 * BIOS-64: A mode that is set is the current one; the data area at 40:0 is the machine's
 *
 * The BIOS and the driver see the same memory, and the BIOS moves the machine.
 */
static void bios_64_sets_a_mode(struct kunit *test)
{
	INT10_BIOS_ARGUMENTS set = { .Eax = 0x4f02, .Ebx = 0x4000 | MODE };
	INT10_BIOS_ARGUMENTS legacy = { .Eax = 0x0003 }, get = { .Eax = 0x0f00 };
	u16 mode = 0;
	u8 of_data = 0;

	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &set), NO_ERROR);
	KUNIT_EXPECT_EQ(test, set.Eax & 0xffff, VBE_DONE);
	KUNIT_EXPECT_EQ(test, current_mode(&mode), NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode & 0x3fff, MODE);
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &legacy), NO_ERROR);
	KUNIT_EXPECT_EQ(test, current_mode(&mode), NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode & 0x3fff, 3);
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &get), NO_ERROR);
	KUNIT_EXPECT_EQ(test, get.Eax & 0x7f, 3U);
	read_bytes(test, 0x40, 0x49, &of_data, 1);
	KUNIT_EXPECT_EQ(test, of_data, 3);
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
		caller->failed += current_mode(&mode) != NO_ERROR;
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
	KUNIT_EXPECT_EQ(test, read_number(ext, "Calls"), (unsigned long)CALLERS * CALLS);
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
	unsigned long starts = read_number(NULL, "Starts");
	u16 mode;

	KUNIT_ASSERT_TRUE(test, write_file(HELPER, "/bin/true"));
	KUNIT_EXPECT_EQ(test, current_mode(&mode), ERROR_INVALID_FUNCTION);
	KUNIT_EXPECT_GT(test, read_number(NULL, "Starts"), starts);
	KUNIT_EXPECT_LE(test, read_number(NULL, "Starts"), starts + 10);
	KUNIT_ASSERT_TRUE(test, write_file(HELPER, "/there/is/none"));
	KUNIT_EXPECT_EQ(test, current_mode(&mode), ERROR_INVALID_FUNCTION);
	KUNIT_ASSERT_TRUE(test, write_file(HELPER, "/tmp"));
	KUNIT_EXPECT_EQ(test, current_mode(&mode), ERROR_INVALID_FUNCTION);
	set_defaults(test);
	expect_works(test);
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
	expect_works(test);
	snprintf(pid, sizeof(pid), "%lu", read_number(NULL, "Helper"));
	KUNIT_EXPECT_EQ(test, call_usermodehelper(argv[0], argv, environment,
						  UMH_WAIT_PROC), 0);
}

/*
 * BIOS-67: A helper that hangs before it has opened the device is ended in time
 *
 * A program that neither opens the device nor ends.
 */
static void bios_67_helper_that_hangs(struct kunit *test)
{
	unsigned long timeouts = read_number(NULL, "Timeouts");
	u16 mode;
	int i;

	KUNIT_ASSERT_TRUE(test, write_file(HELPER, HANGS));
	KUNIT_ASSERT_TRUE(test, write_file(TIMEOUT, "500"));
	for (i = 0; i < 2; i++)
		KUNIT_EXPECT_EQ(test, current_mode(&mode), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, read_number(NULL, "Timeouts"), timeouts + 2);
	set_defaults(test);
	expect_works(test);
}

/* BIOS-68: Calls that have too little time fail, and later ones do not */
static void bios_68_too_little_time(struct kunit *test)
{
	VP_STATUS status;
	unsigned int i;
	u16 mode;

	for (i = 0; i < 20; i++) {
		KUNIT_ASSERT_TRUE(test, write_file(TIMEOUT, i % 2 ? "1" : "20"));
		status = current_mode(&mode);
		KUNIT_EXPECT_TRUE_MSG(test, status == NO_ERROR ||
				      status == ERROR_INVALID_PARAMETER, "status %d", status);
	}
	set_defaults(test);
	expect_works(test);
}

static void kill_helper(void)
{
	struct pid *pid = find_get_pid(read_number(NULL, "Helper"));

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
		    !read_number(NULL, "Helper"))
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
 * As many calls as it takes, and no longer than the kernel lets a task wait.
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
		status = current_mode(&mode);
		atomic_inc(&calls_over);
		answered += status == NO_ERROR;
		failed += status == ERROR_INVALID_PARAMETER;
	}
	kthread_stop(task);
	kunit_info(test, "%u answered, %u failed, killed %d times, %lu in a call", answered,
		   failed, atomic_read(&kills), read_number(NULL, "Deaths"));
	KUNIT_EXPECT_EQ(test, answered + failed, (unsigned int)atomic_read(&calls_over));
	KUNIT_EXPECT_GT(test, answered, 0U);
	KUNIT_EXPECT_GT(test, atomic_read(&kills), 0);
	expect_works(test);
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

	write_file(TIMEOUT, timeouts[random % ARRAY_SIZE(timeouts)]);
	status = current_mode(&mode);
	KUNIT_EXPECT_TRUE_MSG(test, status == NO_ERROR || status == ERROR_DEV_NOT_EXIST ||
			      status == ERROR_INVALID_PARAMETER ||
			      status == ERROR_INVALID_FUNCTION, "status %d", status);
	bios.Int10ReadMemory(bios.Context, (random >> 16) % 0xf000, random, &word,
			     sizeof(word));
}

/* What the fuzzer has left open goes with its last process. */
static void expect_works_soon(struct kunit *test)
{
	VP_STATUS status;
	u16 mode = 0;
	int i;

	for (i = 0; i < 20; i++) {
		status = current_mode(&mode);
		if (status == NO_ERROR && (mode & 0x3fff) == 3)
			break;
		msleep(100);
	}
	KUNIT_EXPECT_EQ(test, status, NO_ERROR);
	KUNIT_EXPECT_EQ(test, mode & 0x3fff, 3);
}

static bool fuzz_is_asked_for(struct fuzz *fuzz)
{
	struct file *file = filp_open(FUZZ, O_RDONLY, 0);
	char line[sizeof(fuzz->seconds) + sizeof(fuzz->seed)] = "";
	loff_t pos = 0;

	if (IS_ERR(file))
		return false;
	kernel_read(file, line, sizeof(line) - 1, &pos);
	close_file(file);
	return sscanf(line, "%7s %15s", fuzz->seconds, fuzz->seed) == 2;
}

/* A number of short runs, so that no wait of a test is taken for one that hangs. */
static const u32 fuzz_runs[] = { 1, 2, 3 };

static void fuzz_run_name(const u32 *run, char *name)
{
	snprintf(name, KUNIT_PARAM_DESC_SIZE, "run %u", *run);
}

KUNIT_ARRAY_PARAM(fuzz_run, fuzz_runs, fuzz_run_name);

/*
 * BIOS-70: Nothing that a random process does with the device harms the kernel, or gets
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
	KUNIT_EXPECT_EQ(test, bios.Int10CallBios(bios.Context, &text_mode), NO_ERROR);
	init_completion(&fuzz.done);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(fuzz_thread, &fuzz, "vpmem-fuzz")));
	for (; !completion_done(&fuzz.done); calls++)
		fuzz_call(test, prandom_u32_state(&random));
	kunit_info(test, "%lu calls", calls);
	KUNIT_EXPECT_EQ(test, fuzz.status, 0);
	set_defaults(test);
	expect_works_soon(test);
}

/*
 * Buffers where none should be
 */

static u8 machine_data[SZ_4K];

static void controller_to(struct kunit *test, u16 seg, u16 off)
{
	INT10_BIOS_ARGUMENTS registers = { .Eax = 0x4f00, .Edi = off, .SegEs = seg };

	KUNIT_EXPECT_EQ_MSG(test, bios.Int10CallBios(bios.Context, &registers), NO_ERROR,
			    "ES:DI=%04x:%04x", seg, off);
}

/*
 * BIOS-73: A call whose ES:DI leads into the interrupt table or the data of the firmware
 * harms neither the machine's nor the next call
 *
 * The BIOS puts 512 bytes over the interrupt table, its own data, and those of the
 * firmware. The next call works, and the machine has not been touched: so it does after
 * vpmem is loaded again, too.
 */
static void bios_73_buffers_over_the_table(struct kunit *test)
{
	static const u16 places[][2] = {
		{ 0, 0 }, { 0, 0x3a }, { 0x4, 0 }, { 0x17, 0xc }, { 0x30, 0 }, { 0x40, 0 },
		{ 0x40, 0x0e }, { 0x9fc0, 0 },
	};
	static u8 info[512], table[SZ_1K], now[SZ_1K];
	struct block block = allocate(test);
	unsigned int i;

	memcpy(machine_data, phys_to_virt(0), sizeof(machine_data));
	read_bytes(test, 0, 0, table, sizeof(table));
	for (i = 0; i < ARRAY_SIZE(places); i++) {
		controller_to(test, places[i][0], places[i][1]);
		read_bytes(test, 0, 0, now, sizeof(now));
		KUNIT_EXPECT_EQ_MSG(test, memcmp(now, table, sizeof(now)), 0,
				    "after ES:DI=%04x:%04x", places[i][0], places[i][1]);
		expect_works(test);
		memset(info, 0, sizeof(info));
		controller(test, &block, info);
		KUNIT_EXPECT_EQ(test, memcmp(info, "VESA", 4), 0);
	}
	KUNIT_EXPECT_EQ(test, memcmp(machine_data, phys_to_virt(0), sizeof(machine_data)), 0);
	release(test, &block);
}

/*
 * Sleep. This test is in a process that does not freeze, so the machine does not come to
 * it: it has all others frozen, gives up, and is awake again.
 */

#define FREEZE_TIMEOUT	"/sys/power/pm_freeze_timeout"

static int sleep_thread(void *data)
{
	write_file("/sys/power/state", "freeze");
	complete(data);
	return 0;
}

/*
 * BIOS-72: No call is lost when the machine goes to sleep: each is answered or fails at
 * once
 *
 * The helper is frozen for longer than a call may take. What it has been given by then
 * takes it a while: a character in two thousand places.
 */
static void bios_72_the_machine_sleeps(struct kunit *test)
{
	unsigned int answers = 0, refusals = 0;
	unsigned long timeouts, deaths;
	DECLARE_COMPLETION_ONSTACK(done);
	INT10_BIOS_ARGUMENTS call;
	VP_STATUS status;

	KUNIT_ASSERT_TRUE(test, write_file(FREEZE_TIMEOUT, "12000"));
	expect_works_soon(test);
	timeouts = read_number(NULL, "Timeouts");
	deaths = read_number(NULL, "Deaths");
	KUNIT_ASSERT_TRUE(test, write_file(TIMEOUT, "8000"));
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(sleep_thread, &done, "vpmem-sleep")));
	while (!completion_done(&done)) {
		call = (INT10_BIOS_ARGUMENTS){ .Eax = 0x0920, .Ebx = 7, .Ecx = 2000 };
		status = bios.Int10CallBios(bios.Context, &call);
		if (status == NO_ERROR) {
			answers++;
			continue;
		}
		KUNIT_EXPECT_EQ(test, status, ERROR_INVALID_PARAMETER);
		refusals++;
		msleep(20);
	}
	/* The thread is done with it, too. */
	wait_for_completion(&done);
	set_defaults(test);
	KUNIT_EXPECT_TRUE(test, write_file(FREEZE_TIMEOUT, "20000"));
	expect_works_soon(test);
	kunit_info(test, "%u answers, %u refusals", answers, refusals);
	KUNIT_EXPECT_NE(test, refusals, 0U);
	KUNIT_EXPECT_EQ(test, read_number(NULL, "Timeouts"), timeouts);
	KUNIT_EXPECT_EQ(test, read_number(NULL, "Deaths"), deaths);
}

/*
 * BIOS-76: The copy is made anew on waking up, if the firmware has changed the machine's
 * table
 *
 * A vector that nobody uses changes in the machine's table, as if firmware had run.
 */
static void bios_76_firmware_runs_while_asleep(struct kunit *test)
{
	u32 *machine = (u32 *)phys_to_virt(0) + 0x60, before = *machine, seen = 0;

	KUNIT_ASSERT_TRUE(test, write_file(FREEZE_TIMEOUT, "100"));
	*machine = 0x12345678;
	write_file("/sys/power/state", "freeze");
	read_bytes(test, 0, 0x60 * 4, &seen, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, 0x12345678U);
	expect_works(test);
	*machine = before;
	write_file("/sys/power/state", "freeze");
	read_bytes(test, 0, 0x60 * 4, &seen, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, before);
	KUNIT_EXPECT_TRUE(test, write_file(FREEZE_TIMEOUT, "20000"));
	expect_works_soon(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(bios_60_the_controller),
	KUNIT_CASE(bios_61_the_mode_list),
	KUNIT_CASE(bios_62_registers_are_kept),
	KUNIT_CASE(bios_63_another_takes_over),
	KUNIT_CASE(bios_64_sets_a_mode),
	KUNIT_CASE(bios_65_calls_take_turns),
	KUNIT_CASE(bios_66_helper_that_exits),
	KUNIT_CASE(bios_67_helper_that_hangs),
	KUNIT_CASE(bios_68_too_little_time),
	KUNIT_CASE(bios_69_helper_is_killed),
	KUNIT_CASE(bios_73_buffers_over_the_table),
	KUNIT_CASE(bios_74_files_of_the_helper),
	KUNIT_CASE(bios_72_the_machine_sleeps),
	KUNIT_CASE(bios_76_firmware_runs_while_asleep),
	KUNIT_CASE_PARAM(bios_70_fuzz, fuzz_run_gen_params),
	{ }
};

static struct kunit_suite machine_bios_suite = {
	.name = "machine_bios",
	.init = bios_init,
	.exit = bios_exit,
	.test_cases = cases,
};

kunit_test_suites(&machine_bios_suite, &machine_port_suite);

MODULE_DESCRIPTION("KUnit tests of vpmem with the video BIOS of the machine");
MODULE_LICENSE("GPL");
MODULE_IMPORT_NS(VPMEM_TEST_NS);
