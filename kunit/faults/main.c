// SPDX-License-Identifier: GPL-2.0-only
/*
 * Failures of the calls by which vpmem allocates: the decision about each of them.
 *
 * Unlike the fault injection of the kernel, which counts what the kernel allocates meanwhile,
 * these are failures of the calls in the code of vpmem, so each is known exactly, and calls
 * fail that the kernel injects no fault in. No kernel has to be built for it.
 *
 * Files in debugfs, below vpmem_faults/:
 *
 *	nth	written: this call fails, of any task and in any context
 *	load	written: this call of vpmem's initialization fails, also if a load is repeated
 *	left	number of calls that the last one lacked; 0 if it failed. Read it to end that
 *	record	the calls that failed
 */
#include <linux/debugfs.h>
#include <linux/hardirq.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "kunit/faults/faults.h"

static DEFINE_RAW_SPINLOCK(armed_lock);
/* Task whose calls fail; NULL for all tasks and contexts */
static struct task_struct *armed_task;
/* Number of the call that is to fail, from 1; 0 for none */
static unsigned int armed_nth;

/* Number of the call that is to fail in initializations of vpmem; 0 for none */
static u32 load_nth;
static u32 left;

/* Make this call of the task fail, or of any context for NULL. */
void vpmem_faults_arm(struct task_struct *task, unsigned int nth)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&armed_lock, flags);
	armed_task = task;
	WRITE_ONCE(armed_nth, nth);
	raw_spin_unlock_irqrestore(&armed_lock, flags);
}
EXPORT_SYMBOL_GPL(vpmem_faults_arm);

/* Let no call fail any more. Return the number that was left; 0 if the call has failed. */
unsigned int vpmem_faults_disarm(void)
{
	unsigned long flags;
	unsigned int nth;

	raw_spin_lock_irqsave(&armed_lock, flags);
	nth = armed_nth;
	WRITE_ONCE(armed_nth, 0);
	raw_spin_unlock_irqrestore(&armed_lock, flags);
	return nth;
}
EXPORT_SYMBOL_GPL(vpmem_faults_disarm);

static bool is_due(void)
{
	if (armed_task && (armed_task != current || !in_task()))
		return false;
	if (!armed_nth || armed_nth == VPMEM_FAULTS_ALL)
		return armed_nth;
	WRITE_ONCE(armed_nth, armed_nth - 1);
	return !armed_nth;
}

/* Decide whether a call fails, and record that. */
bool vpmem_faults_decide(unsigned long address, const char *callee)
{
	unsigned long flags;
	bool due;

	if (!READ_ONCE(armed_nth) || in_nmi())
		return false;
	raw_spin_lock_irqsave(&armed_lock, flags);
	due = is_due();
	raw_spin_unlock_irqrestore(&armed_lock, flags);
	if (due)
		vpmem_faults_record(address, callee);
	return due;
}

static int module_changed(struct notifier_block *block, unsigned long state, void *data)
{
	const struct module *module = data;

	vpmem_faults_record_epoch();
	if (strcmp(module->name, "vpmem") || !load_nth)
		return NOTIFY_DONE;
	if (state == MODULE_STATE_COMING) {
		left = 0;
		vpmem_faults_arm(current, load_nth);
	} else if (READ_ONCE(armed_nth)) {
		/* The initialization has ended, and not the module. */
		left = vpmem_faults_disarm();
	}
	return NOTIFY_DONE;
}

static struct notifier_block module_notifier = { .notifier_call = module_changed };

static int nth_set(void *unused, u64 value)
{
	vpmem_faults_arm(NULL, value);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(nth_fops, NULL, nth_set, "%llu\n");

static int left_get(void *unused, u64 *value)
{
	if (READ_ONCE(armed_nth))
		left = vpmem_faults_disarm();
	*value = left;
	left = 0;
	load_nth = 0;
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(left_fops, left_get, NULL, "%llu\n");

static struct dentry *directory;

static int __init vpmem_faults_init(void)
{
	int err = vpmem_faults_record_init();

	if (err)
		return err;
	err = register_module_notifier(&module_notifier);
	if (err) {
		vpmem_faults_record_exit();
		return err;
	}
	directory = debugfs_create_dir("vpmem_faults", NULL);
	debugfs_create_file("nth", 0200, directory, NULL, &nth_fops);
	debugfs_create_file("left", 0400, directory, NULL, &left_fops);
	debugfs_create_file("record", 0400, directory, NULL, &vpmem_faults_record_fops);
	debugfs_create_u32("load", 0600, directory, &load_nth);
	return 0;
}
module_init(vpmem_faults_init);

static void __exit vpmem_faults_exit(void)
{
	debugfs_remove(directory);
	unregister_module_notifier(&module_notifier);
	vpmem_faults_record_exit();
}
module_exit(vpmem_faults_exit);

MODULE_DESCRIPTION("Failures of the calls by which vpmem allocates");
MODULE_LICENSE("GPL");
