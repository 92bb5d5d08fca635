/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions for struct vt_context: each calls another one in a context of Linux. Include them
 * in one source of a module.
 */
#ifndef VPMEM_KUNIT_RUN_IN_H
#define VPMEM_KUNIT_RUN_IN_H

#include <linux/completion.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/irqflags.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/spinlock.h>

#include "kunit/lib/context.h"

struct vt_context_job {
	void (*work)(void *data);
	void *data;
	struct completion *done;
	struct tasklet_struct tasklet;
	struct irq_work irq;
};

static void in_process(void (*work)(void *data), void *data)
{
	work(data);
}

static void under_mutex(void (*work)(void *data), void *data)
{
	static DEFINE_MUTEX(lock);

	mutex_lock(&lock);
	work(data);
	mutex_unlock(&lock);
}

static void under_spinlock(void (*work)(void *data), void *data)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock(&lock);
	work(data);
	spin_unlock(&lock);
}

static void under_spinlock_irq(void (*work)(void *data), void *data)
{
	static DEFINE_SPINLOCK(lock);

	spin_lock_irq(&lock);
	work(data);
	spin_unlock_irq(&lock);
}

static void with_irqs_off(void (*work)(void *data), void *data)
{
	local_irq_disable();
	work(data);
	local_irq_enable();
}

static void with_bh_off(void (*work)(void *data), void *data)
{
	local_bh_disable();
	work(data);
	local_bh_enable();
}

static void with_preemption_off(void (*work)(void *data), void *data)
{
	preempt_disable();
	work(data);
	preempt_enable();
}

static void under_rcu(void (*work)(void *data), void *data)
{
	rcu_read_lock();
	work(data);
	rcu_read_unlock();
}

static void job_do(struct vt_context_job *job)
{
	job->work(job->data);
	complete(job->done);
}

static void job_tasklet(struct tasklet_struct *tasklet)
{
	job_do(container_of(tasklet, struct vt_context_job, tasklet));
}

static void job_irq(struct irq_work *irq)
{
	job_do(container_of(irq, struct vt_context_job, irq));
}

static void in_softirq_context(void (*work)(void *data), void *data)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct vt_context_job job = { .work = work, .data = data, .done = &done };

	tasklet_setup(&job.tasklet, job_tasklet);
	tasklet_schedule(&job.tasklet);
	wait_for_completion(&done);
	tasklet_kill(&job.tasklet);
}

static void in_hardirq_context(void (*work)(void *data), void *data)
{
	DECLARE_COMPLETION_ONSTACK(done);
	struct vt_context_job job = { .work = work, .data = data, .done = &done };

	init_irq_work(&job.irq, job_irq);
	irq_work_queue(&job.irq);
	wait_for_completion(&done);
	irq_work_sync(&job.irq);
}

/* Look like an NMI to everyone who asks, because a module cannot raise a real one. */
static void in_nmi_context(void (*work)(void *data), void *data)
{
	unsigned long flags;

	local_irq_save(flags);
	__preempt_count_add(NMI_OFFSET + HARDIRQ_OFFSET);
	work(data);
	__preempt_count_sub(NMI_OFFSET + HARDIRQ_OFFSET);
	local_irq_restore(flags);
}

#endif /* VPMEM_KUNIT_RUN_IN_H */
