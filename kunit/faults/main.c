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
 *	lasting	Y: all calls after it fail as well
 *	left	1 if the last of these has not failed, else 0. Read it to end that
 *	record	the calls that failed
 */
#include <linux/debugfs.h>
#include <linux/hardirq.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/spinlock.h>

#include "core/compat.h"
#include "kunit/faults/faults.h"

static DEFINE_RAW_SPINLOCK(armed_lock);
static struct vpmem_faults_plan plan;
static bool armed;

/* Number of the call that is to fail in initializations of vpmem; 0 for none */
static u32 load_nth;
/* Whether those that files arm are lasting */
static bool lasting;
static u32 left;

/* Make calls fail by a plan. */
void vpmem_faults_arm(const struct vpmem_faults_plan *new_plan)
{
	unsigned long flags;

	raw_spin_lock_irqsave(&armed_lock, flags);
	plan = *new_plan;
	WRITE_ONCE(armed, plan.nth);
	raw_spin_unlock_irqrestore(&armed_lock, flags);
}
EXPORT_SYMBOL_GPL(vpmem_faults_arm);

/* Let no call fail any more. Return how many of the numbered calls have not failed. */
unsigned int vpmem_faults_disarm(void)
{
	unsigned int pending;
	unsigned long flags;

	raw_spin_lock_irqsave(&armed_lock, flags);
	pending = !!plan.nth + !!plan.then;
	plan = (struct vpmem_faults_plan){};
	WRITE_ONCE(armed, false);
	raw_spin_unlock_irqrestore(&armed_lock, flags);
	return pending;
}
EXPORT_SYMBOL_GPL(vpmem_faults_disarm);

static bool is_due(void)
{
	unsigned int *next = plan.nth ? &plan.nth : &plan.then;

	if (!armed || (plan.task && (plan.task != current || !in_task())))
		return false;
	if (*next && --*next)
		return false;
	WRITE_ONCE(armed, plan.then || plan.lasting);
	return true;
}

/* Decide whether a call fails, and record that. */
bool vpmem_faults_decide(unsigned long address, const char *callee)
{
	unsigned long flags;
	bool due;

	if (!READ_ONCE(armed) || in_nmi())
		return false;
	raw_spin_lock_irqsave(&armed_lock, flags);
	due = is_due();
	raw_spin_unlock_irqrestore(&armed_lock, flags);
	if (due)
		vpmem_faults_record(address, callee);
	return due;
}

static void arm(struct task_struct *task, unsigned int nth)
{
	vpmem_faults_arm(&(struct vpmem_faults_plan){
		.task = task,
		.nth = nth,
		.lasting = lasting,
	});
}

static int module_changed(struct notifier_block *block, unsigned long state, void *data)
{
	const struct module *module = data;

	vpmem_faults_record_epoch();
	if (strcmp(module->name, "vpmem") || !load_nth)
		return NOTIFY_DONE;
	if (state == MODULE_STATE_COMING) {
		left = 0;
		arm(current, load_nth);
	} else if (READ_ONCE(armed)) {
		/* The initialization has ended, and not the module. */
		left = vpmem_faults_disarm();
	}
	return NOTIFY_DONE;
}

static struct notifier_block module_notifier = { .notifier_call = module_changed };

static int nth_set(void *unused, u64 value)
{
	arm(NULL, value);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(nth_fops, NULL, nth_set, "%llu\n");

static int left_get(void *unused, u64 *value)
{
	if (READ_ONCE(armed))
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
	debugfs_create_bool("lasting", 0600, directory, &lasting);
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
/* For the calls of vpmem.ko by vpmem_drm.ko */
MODULE_IMPORT_NS(VPMEM_DISPLAY_NS);
