// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts of Linux in which a driver may call the DDI.
 */
#include <linux/delay.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/run_in.h"

const struct vt_context vt_nmi = { "NMI", true, false, in_nmi_context };
const struct vt_context vt_softirq = { "softirq", true, false, in_softirq_context };
static const struct vt_context hardirq = { "hard interrupt", true, false, in_hardirq_context };
const struct vt_context vt_preempt_off = { "preemption off", true, true,
					   with_preemption_off };

static const struct vt_context process = { "process", false, false, in_process };
static const struct vt_context mutex = { "mutex", false, false, under_mutex };
static const struct vt_context spinlock = { "spinlock", true, true, under_spinlock };
static const struct vt_context spinlock_irq = { "spinlock, interrupts off", true, false,
						under_spinlock_irq };
const struct vt_context vt_irqs_off = { "interrupts off", true, false, with_irqs_off };
static const struct vt_context bh_off = { "softirqs off", true, false, with_bh_off };
static const struct vt_context rcu = { "RCU read section", true, true, under_rcu };

/* Contexts that may sleep come first. */
static const struct vt_context * const contexts[] = {
	&process, &mutex, &spinlock, &spinlock_irq, &vt_irqs_off, &bh_off, &vt_preempt_off,
	&rcu, &vt_softirq, &hardirq,
};

/* Where PREEMPT_RT refuses calls: the suite realtime has these. */
static bool is_off(const struct vt_context *context)
{
	return context == &vt_irqs_off || context == &vt_preempt_off;
}

static bool is_usable(const struct vt_context *context)
{
	return !IS_ENABLED(CONFIG_PREEMPT_RT) || !is_off(context);
}

static bool is_usable_atomic(const struct vt_context *context)
{
	return context->atomic && is_usable(context);
}

/* Return the next element of the array that is chosen, or NULL after the last. */
static const void *context_params(const void *prev, char *desc,
				  bool (*chosen)(const struct vt_context *context))
{
	unsigned int i = 0;

	if (prev)
		while (contexts[i++] != prev)
			;
	while (i < ARRAY_SIZE(contexts) && !chosen(contexts[i]))
		i++;
	if (i == ARRAY_SIZE(contexts))
		return NULL;
	strscpy(desc, contexts[i]->name, KUNIT_PARAM_DESC_SIZE);
	return contexts[i];
}

VT_GENERATOR(vt_context_params)
{
	return context_params(prev, desc, is_usable);
}

VT_GENERATOR(vt_atomic_params)
{
	return context_params(prev, desc, is_usable_atomic);
}

VT_GENERATOR(vt_off_params)
{
	return context_params(prev, desc, is_off);
}

/* Expect the IRQL that a context has. Under PREEMPT_RT, interrupts are handled by threads. */
void vt_expect_irql(struct kunit *test, const struct vt_context *context, UCHAR irql)
{
	bool interrupt = context == &hardirq && !IS_ENABLED(CONFIG_PREEMPT_RT);

	if (!context->atomic)
		KUNIT_EXPECT_EQ(test, irql, 0);
	else
		KUNIT_EXPECT_EQ(test, irql, interrupt ? 3 : 2);
}

void vt_skip_if_hidden(struct kunit *test, const struct vt_context *context)
{
	if (context->hidden && !IS_ENABLED(CONFIG_PREEMPT_COUNT))
		kunit_skip(test, "invisible without PREEMPT_COUNT");
}

/* Whether @task comes to wait for something. The caller holds it. */
bool vt_falls_asleep(struct task_struct *task)
{
	unsigned int i;

	for (i = 0; i < 10000; i++) {
		if (strchr("SD", task_state_to_char(task)))
			return true;
		usleep_range(500, 1000);
	}
	return false;
}

struct pool_job {
	void *ext;
	VP_POOL_TYPE type;
	size_t size;
	u32 tag;
	void *block;
	vt_free_call *free;
};

static void pool_job_alloc(void *data)
{
	struct pool_job *job = data;

	job->block = VideoPortAllocatePool(job->ext, job->type, job->size, job->tag);
}

static void pool_job_free(void *data)
{
	struct pool_job *job = data;

	job->free(job->ext, job->block);
}

void *vt_alloc_in(const struct vt_context *context, void *ext, VP_POOL_TYPE type,
		  size_t size, u32 tag)
{
	struct pool_job job = { .ext = ext, .type = type, .size = size, .tag = tag };

	context->run(pool_job_alloc, &job);
	return job.block;
}

void vt_free_in(const struct vt_context *context, vt_free_call *call, void *ext,
		void *block)
{
	struct pool_job job = { .ext = ext, .block = block, .free = call };

	context->run(pool_job_free, &job);
}
