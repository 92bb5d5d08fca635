// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of the video BIOS. They run in a helper process, which is started when it is
 * needed, has /dev/vpmem-int10 open, and takes one request at a time (see
 * uapi/vpmem-int10.h). Nothing that it does, or fails to do, costs more than the call
 * that it has taken.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/capability.h>
#include <linux/cdev.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/pid.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/security.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include <linux/suspend.h>
#include <linux/uio.h>
#include <linux/umh.h>
#include <linux/wait.h>

#include "internal.h"

static char helper_path[256] = "/usr/local/sbin/vpmem-int10d";
module_param_string(int10_helper, helper_path, sizeof(helper_path), 0644);
MODULE_PARM_DESC(int10_helper, "Program that runs the video BIOS");

static unsigned int timeout_ms = 5000;
module_param_named(int10_timeout_ms, timeout_ms, uint, 0644);
MODULE_PARM_DESC(int10_timeout_ms, "Milliseconds that a call of the video BIOS may take");

/* How many helpers are started for one call, if they go before they open the device. */
#define HELPER_STARTS	10

/* How often it is looked at whether the process that was started is still there. */
#define PROCESS_LOOK	(HZ / 50 ?: 1)

/* One opening of the device. */
struct session {
	struct pid *pid;		/* of who opened it; NULL for init */
	bool given_up;
};

enum request_state {
	REQUEST_NONE,
	REQUEST_WAITS,			/* for a helper to take it */
	REQUEST_TAKEN,
	REQUEST_OVER,
};

static DEFINE_MUTEX(call_lock);		/* one call at a time */
static DEFINE_SPINLOCK(lock);		/* for all below */
static DECLARE_WAIT_QUEUE_HEAD(callers);
static DECLARE_WAIT_QUEUE_HEAD(helpers);

static struct session *session;		/* the helper that serves */
static bool leave;			/* it is to go */
static bool asleep;			/* user space does not run */

static struct {
	enum request_state state;
	int result;			/* when it is over */
	u64 sequence;
	struct vpmem_int10_registers registers;
} request;

/* The process that we have started. */
static struct {
	bool starting;
	int error;			/* why the last one could not be started */
	struct pid *pid;		/* of the last one, also when it is gone */
} process;

static struct counts {
	unsigned long starts;
	unsigned long calls;
	unsigned long failures;
	unsigned long timeouts;
	unsigned long deaths;
	unsigned long refused;
	u64 instructions;
} counts;

static void count(unsigned long *counter)
{
	spin_lock(&lock);
	++*counter;
	spin_unlock(&lock);
}

/*
 * The process. It is not waited for, since the kernel does not let the machine sleep
 * while it waits for a helper of its own.
 */

/* In the new process, before it becomes the helper. */
static int process_born(struct subprocess_info *info, struct cred *cred)
{
	struct pid *pid = get_pid(task_pid(current));

	spin_lock(&lock);
	swap(process.pid, pid);
	spin_unlock(&lock);
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
	/* What comes through sysfs ends with a new line. */
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

	spin_lock(&lock);
	process.error = err;
	process.starting = false;
	spin_unlock(&lock);
	wake_up_all(&callers);
}

static DECLARE_WORK(process_worker, process_work);

static int process_start(void)
{
	if (!vpmem_realmode_has_bios())
		return -ENODEV;
	if (security_locked_down(LOCKDOWN_IOPORT))
		return -EPERM;
	spin_lock(&lock);
	process.starting = true;
	process.error = 0;
	counts.starts++;
	spin_unlock(&lock);
	schedule_work(&process_worker);
	return 0;
}

static struct pid *process_pid(void)
{
	struct pid *pid;

	spin_lock(&lock);
	pid = get_pid(process.pid);
	spin_unlock(&lock);
	return pid;
}

static bool process_lives(void)
{
	struct pid *pid;
	bool lives;

	if (READ_ONCE(process.starting))
		return true;
	pid = process_pid();
	rcu_read_lock();
	lives = pid_task(pid, PIDTYPE_PID);
	rcu_read_unlock();
	put_pid(pid);
	return lives;
}

static bool somebody_serves(void)
{
	return READ_ONCE(session) || process_lives();
}

/*
 * Calls
 */

static void request_begin(const struct vpmem_int10_registers *registers)
{
	spin_lock(&lock);
	request.registers = *registers;
	request.sequence++;
	request.state = REQUEST_WAITS;
	spin_unlock(&lock);
	wake_up_all(&helpers);
}

static void request_over(int result)
{
	lockdep_assert_held(&lock);
	request.result = result;
	request.state = REQUEST_OVER;
	wake_up_all(&callers);
}

static bool request_is_over(void)
{
	return READ_ONCE(request.state) == REQUEST_OVER;
}

/* What to tell of a helper that could not be started. */
static int process_verdict(void)
{
	switch (process.error) {
	case 0:
	case -ENOMEM:
		return process.error;
	case -EBUSY:
	case -EAGAIN:
	case -EINTR:
	case -ETXTBSY:
		return -EBUSY;
	default:
		return -ENOENT;
	}
}

/* Sees to it that there is a helper, or that one is on its way. */
static int helper_find(unsigned int *starts)
{
	int err = *starts ? process_verdict() : 0;

	if (err)
		return err;
	if ((*starts)++ == HELPER_STARTS)
		return -ECHILD;
	return process_start();
}

/*
 * Waits for something to happen. A session that begins or ends says so, a process that
 * ends does not.
 */
static int request_sleep(unsigned long end)
{
	bool served = READ_ONCE(session);
	long left = end - jiffies;

	if (left <= 0)
		return -ETIMEDOUT;
	if (!served)
		left = min_t(long, left, PROCESS_LOOK);
	left = wait_event_killable_timeout(callers, request_is_over() ||
					   served != !!READ_ONCE(session), left);
	return left < 0 ? -EINTR : 0;
}

/* Waits until the request is over, and sees to it that there is a helper. */
static int request_wait(void)
{
	unsigned long end = jiffies + msecs_to_jiffies(READ_ONCE(timeout_ms));
	unsigned int starts = 0;
	int err = 0;

	while (!err && !request_is_over()) {
		/* One that has come as far as to open the device is none that fails to. */
		if (READ_ONCE(session))
			starts = 0;
		if (READ_ONCE(asleep))
			err = -EBUSY;
		else if (!somebody_serves())
			err = helper_find(&starts);
		if (!err)
			err = request_sleep(end);
	}
	return err;
}

/*
 * Takes the device away from a helper that does not answer. Returns the process that is
 * to be ended; it may not have come as far as to open the device.
 */
static struct pid *helper_give_up(void)
{
	struct pid *pid = session ? session->pid : process.pid;

	lockdep_assert_held(&lock);
	if (session)
		session->given_up = true;
	WRITE_ONCE(session, NULL);
	return get_pid(pid);
}

static void helper_kill(struct pid *pid)
{
	if (pid)
		kill_pid(pid, SIGKILL, 1);
	put_pid(pid);
	wake_up_all(&helpers);
	wake_up_all(&callers);
}

static int request_end(int err, struct vpmem_int10_registers *registers)
{
	struct pid *doomed = NULL;

	spin_lock(&lock);
	if (request.state == REQUEST_OVER)
		err = request.result;
	else if (err == -ETIMEDOUT)
		doomed = helper_give_up();
	if (!err)
		*registers = request.registers;
	request.state = REQUEST_NONE;
	counts.calls++;
	counts.failures += !!err;
	counts.timeouts += err == -ETIMEDOUT;
	spin_unlock(&lock);
	helper_kill(doomed);
	return err;
}

/**
 * vpmem_bios_call() - call INT 10h
 * @registers: what it is called with; receives what it returns, unless it fails
 *
 * Return: 0, or an error that vpmem_bios_error() has the words for.
 */
int vpmem_bios_call(struct vpmem_int10_registers *registers)
{
	int err;

	if (mutex_lock_killable(&call_lock))
		return -EINTR;
	request_begin(registers);
	err = request_end(request_wait(), registers);
	mutex_unlock(&call_lock);
	return err;
}

/* Whether an error means that no call can be made as things are. */
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
		return "the kernel does not let the helper have the ports (lockdown)";
	case -ECHILD:
		return "the helper does not stay, see its own messages";
	case -EBUSY:
		return "no helper runs while the machine goes to sleep or wakes up";
	case -ETIMEDOUT:
		return "no answer in time (int10_timeout_ms); the helper is ended";
	case -EPIPE:
		return "the helper has died in the call";
	case -EPROTO:
		return "the answer of the helper makes no sense";
	case -ELOOP:
		return "the BIOS has not returned after all instructions that a call may take";
	case -ENOEXEC:
		return "the BIOS came to what cannot be run";
	case -EINTR:
		return "the caller was killed";
	default:
		return "there is no memory";
	}
}

/*
 * The device
 */

static int device_open(struct inode *inode, struct file *file)
{
	struct session *new;
	int err;

	if (!capable(CAP_SYS_RAWIO))
		return -EPERM;
	err = security_locked_down(LOCKDOWN_IOPORT) ?: vpmem_realmode_init();
	if (err)
		return err;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	/* Not even a helper that hangs is worth the machine. */
	if (!is_global_init(current))
		new->pid = get_pid(task_tgid(current));
	spin_lock(&lock);
	if (session)
		err = -EBUSY;
	else
		WRITE_ONCE(session, new);
	spin_unlock(&lock);
	if (err) {
		put_pid(new->pid);
		kfree(new);
		return err;
	}
	file->private_data = new;
	wake_up_all(&callers);
	return stream_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct session *old = file->private_data;

	spin_lock(&lock);
	if (session == old) {
		WRITE_ONCE(session, NULL);
		if (request.state == REQUEST_TAKEN) {
			counts.deaths++;
			request_over(-EPIPE);
		}
	}
	spin_unlock(&lock);
	wake_up_all(&callers);
	put_pid(old->pid);
	kfree(old);
	return 0;
}

/* 1 if there is a request for the helper, 0 if it is to leave, -EAGAIN or -ENODEV. */
static int session_state(const struct session *mine)
{
	lockdep_assert_held(&lock);
	if (mine->given_up)
		return -ENODEV;
	if (request.state == REQUEST_WAITS)
		return 1;
	return leave ? 0 : -EAGAIN;
}

static int request_take(const struct session *mine, struct vpmem_int10_request *to)
{
	int state;

	spin_lock(&lock);
	state = session_state(mine);
	if (state == 1) {
		to->sequence = request.sequence;
		to->registers = request.registers;
		request.state = REQUEST_TAKEN;
	}
	spin_unlock(&lock);
	return state;
}

/* For a helper that had no memory to put it to. */
static void request_untake(u64 sequence)
{
	spin_lock(&lock);
	if (request.state == REQUEST_TAKEN && request.sequence == sequence)
		request.state = REQUEST_WAITS;
	spin_unlock(&lock);
}

static bool session_is_wanted(const struct session *mine)
{
	bool wanted;

	spin_lock(&lock);
	wanted = session_state(mine) != -EAGAIN;
	spin_unlock(&lock);
	return wanted;
}

static ssize_t device_read(struct kiocb *iocb, struct iov_iter *to)
{
	struct vpmem_int10_request out = { .version = VPMEM_INT10_VERSION };
	struct session *mine = iocb->ki_filp->private_data;
	int state;

	if (iov_iter_count(to) < sizeof(out))
		return -EINVAL;
	while ((state = request_take(mine, &out)) == -EAGAIN) {
		if (iocb->ki_filp->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(helpers, session_is_wanted(mine)))
			return -ERESTARTSYS;
	}
	if (state != 1)
		return state;
	if (copy_to_iter(&out, sizeof(out), to) == sizeof(out))
		return sizeof(out);
	request_untake(out.sequence);
	return -EFAULT;
}

/* What comes of a request, by the status of its reply. */
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
	default:
		return -EPROTO;
	}
}

static int request_answer(const struct session *mine,
			  const struct vpmem_int10_reply *reply)
{
	int result = reply_result(reply->status);

	lockdep_assert_held(&lock);
	if (mine->given_up)
		return -ENODEV;
	if (request.state != REQUEST_TAKEN || request.sequence != reply->sequence)
		return -ESTALE;
	counts.instructions += reply->instructions;
	if (!result)
		request.registers = reply->registers;
	request_over(result);
	return result == -EPROTO ? -EINVAL : 0;
}

static ssize_t device_write(struct kiocb *iocb, struct iov_iter *from)
{
	struct vpmem_int10_reply reply;
	int err;

	if (iov_iter_count(from) != sizeof(reply)) {
		count(&counts.refused);
		return -EINVAL;
	}
	if (!copy_from_iter_full(&reply, sizeof(reply), from))
		return -EFAULT;
	spin_lock(&lock);
	if (reply.reserved)
		err = -EINVAL;
	else
		err = request_answer(iocb->ki_filp->private_data, &reply);
	if (err)
		counts.refused++;
	spin_unlock(&lock);
	return err ?: sizeof(reply);
}

static __poll_t device_poll(struct file *file, struct poll_table_struct *table)
{
	struct session *mine = file->private_data;
	int state;

	poll_wait(file, &helpers, table);
	spin_lock(&lock);
	state = session_state(mine);
	spin_unlock(&lock);
	if (state == -ENODEV)
		return EPOLLHUP | EPOLLERR;
	return EPOLLOUT | EPOLLWRNORM | (state == -EAGAIN ? 0 : EPOLLIN | EPOLLRDNORM);
}

static int device_mmap(struct file *file, struct vm_area_struct *vma)
{
	return vpmem_realmode_mmap(vma);
}

static const struct file_operations device_fops = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.read_iter = device_read,
	.write_iter = device_write,
	.poll = device_poll,
	.mmap = device_mmap,
};

/*
 * Not a misc device, which others cannot be opened while it is: a driver may make its
 * first call when its own is opened.
 */
static struct class node_class = {
	.name = "vpmem",
};

static dev_t node_number;
static struct cdev node_cdev;

static int node_add(void)
{
	struct device *device;
	int err;

	cdev_init(&node_cdev, &device_fops);
	node_cdev.owner = THIS_MODULE;
	err = cdev_add(&node_cdev, node_number, 1);
	if (err)
		return err;
	/* Without a mode of its own it is for root alone. */
	device = device_create(&node_class, NULL, node_number, NULL,
			       VPMEM_INT10_DEVICE);
	if (!IS_ERR(device))
		return 0;
	cdev_del(&node_cdev);
	return PTR_ERR(device);
}

static int node_register(void)
{
	int err;

	err = class_register(&node_class);
	if (err)
		return err;
	err = alloc_chrdev_region(&node_number, 0, 1, VPMEM_INT10_DEVICE);
	if (err)
		goto unregister_class;
	err = node_add();
	if (!err)
		return 0;
	unregister_chrdev_region(node_number, 1);
unregister_class:
	class_unregister(&node_class);
	return err;
}

static void node_unregister(void)
{
	device_destroy(&node_class, node_number);
	cdev_del(&node_cdev);
	unregister_chrdev_region(node_number, 1);
	class_unregister(&node_class);
}

/*
 * The end of a helper
 */

/* How long a helper may take to go when it is told to. */
#define LEAVE_JIFFIES	(2 * HZ)

static bool helper_is_gone(unsigned long jiffies_left)
{
	unsigned long end = jiffies + jiffies_left;

	while (somebody_serves() && time_before(jiffies, end))
		wait_event_timeout(callers, !somebody_serves(), PROCESS_LOOK);
	return !somebody_serves();
}

static void helper_end(void)
{
	struct pid *pid;

	spin_lock(&lock);
	pid = helper_give_up();
	spin_unlock(&lock);
	helper_kill(pid);
	/* It may be a script's, which goes on after it. */
	helper_kill(process_pid());
	helper_is_gone(LEAVE_JIFFIES);
}

/* Nobody is left who could make a call, and a helper keeps the module. */
void vpmem_bios_idle(void)
{
	if (!somebody_serves())
		return;
	WRITE_ONCE(leave, true);
	wake_up_all(&helpers);
	if (!helper_is_gone(LEAVE_JIFFIES))
		helper_end();
	WRITE_ONCE(leave, false);
}

/*
 * While user space is frozen a call would wait for a helper that cannot run, and end it
 * for that.
 */
static int on_sleep(struct notifier_block *block, unsigned long event, void *unused)
{
	switch (event) {
	case PM_HIBERNATION_PREPARE:
	case PM_SUSPEND_PREPARE:
	case PM_RESTORE_PREPARE:
		WRITE_ONCE(asleep, true);
		break;
	case PM_POST_HIBERNATION:
	case PM_POST_SUSPEND:
	case PM_POST_RESTORE:
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

int vpmem_bios_init(void)
{
	int err;

	err = register_pm_notifier(&sleep_block);
	if (err)
		return err;
	err = node_register();
	if (err)
		unregister_pm_notifier(&sleep_block);
	return err;
}

void vpmem_bios_exit(void)
{
	/* No file is open any more, but a process may be on its way to that. */
	helper_end();
	flush_work(&process_worker);
	node_unregister();
	unregister_pm_notifier(&sleep_block);
	put_pid(process.pid);
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
	seq_printf(m, "%-12s %lu\n", "Starts", now.starts);
	seq_printf(m, "%-12s %lu\n", "Calls", now.calls);
	seq_printf(m, "%-12s %lu\n", "Failures", now.failures);
	seq_printf(m, "%-12s %lu\n", "Timeouts", now.timeouts);
	seq_printf(m, "%-12s %lu\n", "Deaths", now.deaths);
	seq_printf(m, "%-12s %lu\n", "Refused", now.refused);
	seq_printf(m, "%-12s %llu\n", "Instructions", now.instructions);
}
