// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the video BIOS. They run in a helper process (helper.c), which is started on
 * demand, opens /dev/vpmem-int10 (node.c), and takes one request at a time. A helper that
 * hangs, dies or misbehaves fails only the call that it has taken.
 */
#include <linux/math64.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/suspend.h>
#include <linux/wait.h>

#include "int10/bios.h"
#include "int10/biosdata.h"
#include "int10/helper.h"
#include "int10/realmode.h"
#include "int10/window.h"
#include "uapi/vpmem-int10.h"

static unsigned int timeout_ms = 5000;
module_param_named(int10_timeout_ms, timeout_ms, uint, 0644);
MODULE_PARM_DESC(int10_timeout_ms, "Milliseconds that a call of the video BIOS may take");

/* Helpers to start for one call, if they exit before they open the device */
#define HELPER_STARTS	10

/* Interval for checking whether the started process is still alive */
#define PROCESS_LOOK	(HZ / 50 ?: 1)

enum request_state {
	REQUEST_NONE,
	REQUEST_WAITS,			/* not taken by a helper yet */
	REQUEST_TAKEN,
	REQUEST_OVER,
};

static DEFINE_MUTEX(call_lock);		/* one call at a time */
static DEFINE_SPINLOCK(lock);		/* guards all below */
DECLARE_WAIT_QUEUE_HEAD(vpmem_bios_helpers);

static struct vpmem_session *session;	/* current helper */
static bool leave;			/* the helper is to exit */
static bool asleep;			/* user space is frozen */

static struct {
	enum request_state state;
	int result;			/* valid in REQUEST_OVER */
	u64 sequence;
	unsigned long end;		/* in jiffies */
	struct vpmem_int10_registers registers;
	struct vpmem_windows windows;
	struct vpmem_bios_report report;
} request;

static struct counts {
	unsigned long calls;
	unsigned long failures;
	unsigned long timeouts;
	unsigned long deaths;
	unsigned long refused;
	u64 instructions;
	u64 blocks;
	u64 nanoseconds;
	char engine[VPMEM_INT10_ENGINE];	/* of the last helper that answered */
} counts;

static bool somebody_serves(void)
{
	return READ_ONCE(session) || vpmem_helper_lives();
}

/*
 * Calls
 */

static void request_begin(const struct vpmem_int10_registers *registers,
			  const struct vpmem_windows *windows)
{
	spin_lock(&lock);
	request.registers = *registers;
	request.windows = *windows;
	request.end = jiffies + msecs_to_jiffies(READ_ONCE(timeout_ms));
	request.sequence++;
	request.state = REQUEST_WAITS;
	spin_unlock(&lock);
	wake_up_all(&vpmem_bios_helpers);
}

static void request_over(int result)
{
	lockdep_assert_held(&lock);
	request.result = result;
	request.state = REQUEST_OVER;
	wake_up_all(&vpmem_bios_callers);
}

static bool request_is_over(void)
{
	return READ_ONCE(request.state) == REQUEST_OVER;
}

/* Start a helper, unless the last start has failed for good. */
static int helper_find(unsigned int *starts)
{
	int err = *starts ? vpmem_helper_verdict() : 0;

	if (err)
		return err;
	if ((*starts)++ == HELPER_STARTS)
		return -ECHILD;
	return vpmem_helper_start();
}

static bool request_has_news(bool served)
{
	return request_is_over() || served != !!READ_ONCE(session);
}

/*
 * Sleep until a session begins or ends, which wakes up the caller, or until it is time to
 * check the process, whose exit does not.
 */
static int request_sleep(void)
{
	bool served = READ_ONCE(session);
	long left = request.end - jiffies;

	if (left <= 0)
		return -ETIMEDOUT;
	if (!served)
		left = min_t(long, left, PROCESS_LOOK);
	left = wait_event_killable_timeout(vpmem_bios_callers, request_has_news(served), left);
	return left < 0 ? -EINTR : 0;
}

/* Wait until the request is over, and start helpers as needed. */
static int request_wait(void)
{
	unsigned int starts = 0;
	int err = 0;

	while (!err && !request_is_over()) {
		/* The helper opened the device, so its start did not fail. */
		if (READ_ONCE(session))
			starts = 0;
		if (!somebody_serves())
			err = helper_find(&starts);
		if (!err)
			err = request_sleep();
	}
	return err;
}

/*
 * Revoke the session of a helper that does not answer. Return its process, to be killed;
 * without a session, the process that was started last.
 */
static struct pid *helper_give_up(void)
{
	struct pid *pid = session ? get_pid(session->pid) : vpmem_helper_pid();

	lockdep_assert_held(&lock);
	if (session)
		WRITE_ONCE(session->given_up, true);
	WRITE_ONCE(session, NULL);
	return pid;
}

static void helper_kill(struct pid *pid)
{
	if (pid)
		kill_pid(pid, SIGKILL, 1);
	put_pid(pid);
	wake_up_all(&vpmem_bios_helpers);
	wake_up_all(&vpmem_bios_callers);
}

/* Restore what the call has damaged, even if the BIOS did not return from it. */
static void check_data_after(void)
{
	char *damage = request.report.damaged_after;

	lockdep_assert_held(&lock);
	if (request.state != REQUEST_WAITS && request.state != REQUEST_NONE)
		vpmem_biosdata_restore(damage, sizeof(request.report.damaged_after));
}

static int request_end(int err, struct vpmem_int10_registers *registers,
		       struct vpmem_bios_report *report)
{
	struct pid *doomed = NULL;
	u64 sequence;

	spin_lock(&lock);
	sequence = request.sequence;
	check_data_after();
	if (request.state == REQUEST_OVER)
		err = request.result;
	else if (err == -ETIMEDOUT)
		doomed = helper_give_up();
	if (!err)
		*registers = request.registers;
	*report = request.report;
	request.report = (struct vpmem_bios_report){};
	request.state = REQUEST_NONE;
	counts.calls++;
	counts.failures += !!err;
	counts.timeouts += err == -ETIMEDOUT;
	spin_unlock(&lock);
	vpmem_windows_close(sequence);
	helper_kill(doomed);
	return err;
}

/**
 * vpmem_bios_call() - call INT 10h
 * @registers: registers to call it with; receives those it returns, unless it fails
 * @windows: memory above the first megabyte that the BIOS may access
 * @report: receives details of the call for the log
 *
 * Return: 0, or an error that vpmem_bios_error() describes.
 */
int vpmem_bios_call(struct vpmem_int10_registers *registers,
		    const struct vpmem_windows *windows,
		    struct vpmem_bios_report *report)
{
	int err = -EBUSY;

	*report = (struct vpmem_bios_report){};
	if (mutex_lock_killable(&call_lock))
		return -EINTR;
	if (!READ_ONCE(asleep)) {
		request_begin(registers, windows);
		err = request_wait();
	}
	err = request_end(err, registers, report);
	mutex_unlock(&call_lock);
	return err;
}

/* Tell whether an error means that no call can succeed for now. */
bool vpmem_bios_is_absent(int err)
{
	switch (err) {
	case -ENODEV:
	case -ENOENT:
	case -EPERM:
	case -ECHILD:
		return true;
	default:
		return false;
	}
}

const char *vpmem_bios_error(int err)
{
	switch (err) {
	case -ENODEV:
		return "this machine has no video BIOS";
	case -ENOENT:
		return "no helper can be started: make install-helper, or set int10_helper";
	case -EPERM:
		return "the kernel denies the helper port access (lockdown)";
	case -ECHILD:
		return "the helper exits at once, see its own messages";
	case -EAGAIN:
		return "the helper cannot be started (is its file open for writing?)";
	case -EBUSY:
		return "the helper does not run during suspend and resume";
	case -ETIMEDOUT:
		return "no answer in time (int10_timeout_ms); the helper was killed";
	case -EPIPE:
		return "the helper has died in the call";
	case -EPROTO:
		return "invalid reply of the helper";
	case -ELOOP:
		return "the BIOS did not return in time (int10_timeout_ms)";
	case -ENOEXEC:
		return "the BIOS reached an invalid instruction";
	case -EFAULT:
		return "the BIOS accessed memory that is not the adapter's";
	case -EINTR:
		return "the caller was killed";
	default:
		return "there is no memory";
	}
}

/*
 * Sessions of the helper, called by node.c
 */

/* Begin a session. Return -EBUSY if there is one. */
int vpmem_session_begin(struct vpmem_session *new)
{
	int err = 0;

	spin_lock(&lock);
	if (session)
		err = -EBUSY;
	else
		WRITE_ONCE(session, new);
	spin_unlock(&lock);
	if (!err)
		wake_up_all(&vpmem_bios_callers);
	return err;
}

void vpmem_session_end(struct vpmem_session *old)
{
	spin_lock(&lock);
	if (session == old) {
		WRITE_ONCE(session, NULL);
		if (request.state == REQUEST_TAKEN) {
			counts.deaths++;
			request_over(-EPIPE);
		}
	}
	spin_unlock(&lock);
	wake_up_all(&vpmem_bios_callers);
}

static int session_state(const struct vpmem_session *mine)
{
	lockdep_assert_held(&lock);
	if (mine->given_up)
		return -ENODEV;
	if (request.state == REQUEST_WAITS)
		return 1;
	return leave ? 0 : -EAGAIN;
}

/* Return 1 if a request waits, 0 if the helper is to exit, -EAGAIN or -ENODEV. */
int vpmem_session_state(const struct vpmem_session *mine)
{
	int state;

	spin_lock(&lock);
	state = session_state(mine);
	spin_unlock(&lock);
	return state;
}

/*
 * Check the data of the BIOS between two calls: the helper may have gone on with the last
 * one after its caller was killed.
 */
static void check_data_before(void)
{
	char *damage = request.report.damaged_before;

	lockdep_assert_held(&lock);
	if (!*damage)
		vpmem_biosdata_restore(damage, sizeof(request.report.damaged_before));
}

/* Leave an eighth of the time, so that the helper's own message comes before its end. */
static u32 helper_milliseconds(void)
{
	long left = max_t(long, request.end - jiffies, 1);

	return max(jiffies_to_msecs(left - left / 8), 1U);
}

/* Return the same; if it is 1, the helper has taken the request. */
int vpmem_session_take(const struct vpmem_session *mine, struct vpmem_int10_request *to)
{
	int state;

	spin_lock(&lock);
	state = session_state(mine);
	if (state == 1) {
		check_data_before();
		to->milliseconds = helper_milliseconds();
		to->sequence = request.sequence;
		to->registers = request.registers;
		to->nr_windows = request.windows.count;
		memcpy(to->windows, request.windows.window, sizeof(to->windows));
		request.state = REQUEST_TAKEN;
	}
	spin_unlock(&lock);
	return state;
}

/* Return a request to the queue: it could not be copied to the helper. */
void vpmem_session_untake(u64 sequence)
{
	spin_lock(&lock);
	if (request.state == REQUEST_TAKEN && request.sequence == sequence)
		request.state = REQUEST_WAITS;
	spin_unlock(&lock);
}

/* Translate the status of a reply to the result of the request. */
static int reply_result(u32 status)
{
	switch (status) {
	case VPMEM_INT10_DONE:
		return 0;
	case VPMEM_INT10_NO_BIOS:
		return -ENODEV;
	case VPMEM_INT10_NO_PORTS:
		return -EPERM;
	case VPMEM_INT10_TOO_LONG:
		return -ELOOP;
	case VPMEM_INT10_BAD_CODE:
		return -ENOEXEC;
	case VPMEM_INT10_BAD_MEMORY:
		return -EFAULT;
	default:
		return -EPROTO;
	}
}

static int request_answer(const struct vpmem_session *mine,
			  const struct vpmem_int10_reply *reply, const char *message)
{
	int result = reply_result(reply->status);

	lockdep_assert_held(&lock);
	if (mine->given_up)
		return -ENODEV;
	if (request.state != REQUEST_TAKEN || request.sequence != reply->sequence)
		return -ESTALE;
	counts.instructions += reply->instructions;
	counts.blocks += reply->blocks;
	counts.nanoseconds += reply->nanoseconds;
	memcpy(counts.engine, reply->engine, sizeof(counts.engine));
	if (!result)
		request.registers = reply->registers;
	request.report.message_length = reply->message_length;
	memcpy(request.report.message, message, reply->message_length);
	request_over(result);
	return result == -EPROTO ? -EINVAL : 0;
}

/*
 * Accept a reply. @reply is NULL if the length of the write was wrong. @message has as
 * many characters as the reply says, and no more than VPMEM_INT10_MESSAGE.
 */
int vpmem_session_answer(const struct vpmem_session *mine,
			 const struct vpmem_int10_reply *reply, const char *message)
{
	int err = -EINVAL;

	spin_lock(&lock);
	if (reply)
		err = request_answer(mine, reply, message);
	if (err)
		counts.refused++;
	spin_unlock(&lock);
	return err;
}

/*
 * Exit of the helper
 */

/* Time for a helper to exit when it is told to */
#define LEAVE_JIFFIES	(2 * HZ)

static bool helper_is_gone(unsigned long jiffies_left)
{
	unsigned long end = jiffies + jiffies_left;

	while (somebody_serves() && time_before(jiffies, end))
		wait_event_timeout(vpmem_bios_callers, !somebody_serves(), PROCESS_LOOK);
	return !somebody_serves();
}

/* Kill the helper, unless it has a request. */
static void helper_end(void)
{
	struct pid *pid, *script;

	spin_lock(&lock);
	if (request.state != REQUEST_NONE) {
		spin_unlock(&lock);
		return;
	}
	pid = helper_give_up();
	/* Kill its parent, too, if that is a script that was started as the helper. */
	script = vpmem_helper_pid();
	spin_unlock(&lock);
	helper_kill(pid);
	helper_kill(script);
	helper_is_gone(LEAVE_JIFFIES);
}

/*
 * Have the helper exit after the last adapter was detached, since its open file pins the
 * module. A request of a new adapter meanwhile keeps it.
 */
void vpmem_bios_idle(void)
{
	if (!somebody_serves())
		return;
	WRITE_ONCE(leave, true);
	wake_up_all(&vpmem_bios_helpers);
	if (!helper_is_gone(LEAVE_JIFFIES))
		helper_end();
	WRITE_ONCE(leave, false);
}

/*
 * Wait for the running call before user space is frozen: a frozen helper cannot answer,
 * and would be killed at the timeout.
 */
static int on_sleep(struct notifier_block *block, unsigned long event, void *unused)
{
	switch (event) {
	case PM_HIBERNATION_PREPARE:
	case PM_SUSPEND_PREPARE:
	case PM_RESTORE_PREPARE:
		WRITE_ONCE(asleep, true);
		mutex_lock(&call_lock);
		mutex_unlock(&call_lock);
		break;
	case PM_POST_HIBERNATION:
	case PM_POST_SUSPEND:
	case PM_POST_RESTORE:
		vpmem_realmode_wake_up();
		WRITE_ONCE(asleep, false);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block sleep_block = {
	.notifier_call = on_sleep,
};

/*
 * The module
 */

int __init vpmem_bios_init(void)
{
	return register_pm_notifier(&sleep_block);
}

/* Kill the helper. No file of the node is open any more. */
void vpmem_bios_exit(void)
{
	helper_end();
	vpmem_helper_exit();
	unregister_pm_notifier(&sleep_block);
}

void vpmem_bios_show(struct seq_file *m)
{
	struct counts now;
	pid_t pid;

	spin_lock(&lock);
	now = counts;
	pid = session ? pid_nr(session->pid) : 0;
	spin_unlock(&lock);
	seq_printf(m, "%-12s %s\n", "Bios", vpmem_realmode_has_bios() ? "yes" : "no");
	if (pid)
		seq_printf(m, "%-12s %d\n", "Helper", pid);
	else
		seq_printf(m, "%-12s -\n", "Helper");
	seq_printf(m, "%-12s %*pE\n", "Engine", *now.engine ?
		   (int)strnlen(now.engine, sizeof(now.engine)) : 1, *now.engine ?
		   now.engine : "-");
	seq_printf(m, "%-12s %lu\n", "Starts", vpmem_helper_starts());
	seq_printf(m, "%-12s %lu\n", "Calls", now.calls);
	seq_printf(m, "%-12s %lu\n", "Failures", now.failures);
	seq_printf(m, "%-12s %lu\n", "Timeouts", now.timeouts);
	seq_printf(m, "%-12s %lu\n", "Deaths", now.deaths);
	seq_printf(m, "%-12s %lu\n", "Refused", now.refused);
	seq_printf(m, "%-12s %llu\n", "Instructions", now.instructions);
	seq_printf(m, "%-12s %llu\n", "Blocks", now.blocks);
	seq_printf(m, "%-12s %llu\n", "Milliseconds", div_u64(now.nanoseconds, NSEC_PER_MSEC));
}
