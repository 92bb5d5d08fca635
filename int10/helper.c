// SPDX-License-Identifier: GPL-2.0-only
/*
 * Process of the helper that runs the video BIOS: its start, and whether it is alive. It
 * is started with UMH_WAIT_EXEC, since the machine could not suspend while the kernel waits
 * for a usermode helper.
 */
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/security.h>
#include <linux/string.h>
#include <linux/umh.h>

#include "int10/helper.h"
#include "int10/realmode.h"

static char helper_path[256] = VPMEM_PREFIX "/sbin/vpmem-int10d";
module_param_string(int10_helper, helper_path, sizeof(helper_path), 0644);
MODULE_PARM_DESC(int10_helper, "Program that runs the video BIOS");

DECLARE_WAIT_QUEUE_HEAD(vpmem_bios_callers);

static struct {
	spinlock_t lock;		/* guards all below */
	bool starting;
	int error;			/* of the last start */
	struct pid *pid;		/* of the last helper, even if it has exited */
	unsigned long starts;
} process = {
	.lock = __SPIN_LOCK_UNLOCKED(process.lock),
};

/* Record the pid, in the new process before it executes the helper. */
static int process_born(struct subprocess_info *info, struct cred *cred)
{
	struct pid *pid = get_pid(task_pid(current));

	spin_lock(&process.lock);
	swap(process.pid, pid);
	spin_unlock(&process.lock);
	put_pid(pid);
	return 0;
}

static int process_run(void)
{
	char *envp[3] = { "HOME=/", "PATH=/sbin:/bin:/usr/sbin:/usr/bin", NULL };
	char *argv[2] = {};
	char path[sizeof(helper_path)];
	struct subprocess_info *info;

	kernel_param_lock(THIS_MODULE);
	strscpy(path, helper_path, sizeof(path));
	kernel_param_unlock(THIS_MODULE);
	/* Strip the newline of a path that was written through sysfs. */
	argv[0] = strim(path);
	if (!*argv[0])
		return -ENOENT;
	info = call_usermodehelper_setup(argv[0], argv, envp, GFP_KERNEL, process_born,
					 NULL, NULL);
	return info ? call_usermodehelper_exec(info, UMH_WAIT_EXEC) : -ENOMEM;
}

static void process_work(struct work_struct *work)
{
	int err = process_run();

	spin_lock(&process.lock);
	process.error = err;
	process.starting = false;
	spin_unlock(&process.lock);
	wake_up_all(&vpmem_bios_callers);
}

static DECLARE_WORK(process_worker, process_work);

/* Start a helper, and wake up vpmem_bios_callers when it runs or has failed to. */
int vpmem_helper_start(void)
{
	if (!vpmem_realmode_has_bios())
		return -ENODEV;
	if (security_locked_down(LOCKDOWN_IOPORT))
		return -EPERM;
	spin_lock(&process.lock);
	process.starting = true;
	process.error = 0;
	process.starts++;
	spin_unlock(&process.lock);
	schedule_work(&process_worker);
	return 0;
}

/* Get the pid of the helper that was started last, even if it has exited. */
struct pid *vpmem_helper_pid(void)
{
	struct pid *pid;

	spin_lock(&process.lock);
	pid = get_pid(process.pid);
	spin_unlock(&process.lock);
	return pid;
}

bool vpmem_helper_lives(void)
{
	struct task_struct *task;
	struct pid *pid;
	bool lives;

	if (READ_ONCE(process.starting))
		return true;
	pid = vpmem_helper_pid();
	rcu_read_lock();
	task = pid_task(pid, PIDTYPE_PID);
	/* Ignore a zombie, which a tracer may keep. */
	lives = task && !READ_ONCE(task->exit_state);
	rcu_read_unlock();
	put_pid(pid);
	return lives;
}

/* Return the error of the last start, or 0. */
int vpmem_helper_verdict(void)
{
	switch (process.error) {
	case 0:
	case -ENOMEM:
	case -EBUSY:		/* user space is frozen */
		return process.error;
	case -EAGAIN:
	case -EINTR:
	case -ETXTBSY:
		return -EAGAIN;
	default:
		return -ENOENT;
	}
}

unsigned long vpmem_helper_starts(void)
{
	return READ_ONCE(process.starts);
}

void vpmem_helper_exit(void)
{
	flush_work(&process_worker);
	put_pid(process.pid);
}
