// SPDX-License-Identifier: GPL-2.0-only
/*
 * Actors of each CPU: a thread, which starts softirqs and interrupts, and a timer.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <asm/irq_regs.h>

#include "core/compat.h"
#include "kunit/storm/storm.h"

/* Period of the timer: random, and as many times the duration of the last interrupt */
#define PERIOD_NS	20000
#define PERIOD_TIMES	2

struct storm_cpu {
	struct storm_actor *process, *softirq, *hardirq;
	struct task_struct *task;
	bool leaves;			/* the CPU is about to go offline, or is */
	struct tasklet_struct tasklet;
	struct irq_work irq;
	struct hrtimer timer;
};

static struct storm_cpu *cpus;

/* Interrupts of a kind do not nest, so the CPU that runs one tells whose counts to use. */
static void storm_tasklet(struct tasklet_struct *unused)
{
	storm_step(cpus[smp_processor_id()].softirq, false);
}

static void storm_irq_work(struct irq_work *unused)
{
	storm_step(cpus[smp_processor_id()].hardirq, false);
}

static enum hrtimer_restart storm_timer(struct hrtimer *timer)
{
	struct storm_actor *actor = cpus[smp_processor_id()].hardirq;
	ktime_t start = ktime_get();
	u64 pause;

	if (get_irq_regs())
		storm_places_note(get_irq_regs());
	storm_step(actor, false);
	storm_step(actor, false);
	pause = PERIOD_TIMES * ktime_to_ns(ktime_sub(ktime_get(), start)) +
		storm_random(actor) % PERIOD_NS;
	hrtimer_forward_now(timer, ns_to_ktime(pause));
	return HRTIMER_RESTART;
}

/*
 * Let a thread leave its CPU, which is to go offline: the scheduler of PREEMPT_RT warns of a
 * thread that may run nowhere else.
 */
void storm_cpu_leave(unsigned int nr)
{
	if (!cpus[nr].task)
		return;
	WRITE_ONCE(cpus[nr].leaves, true);
	set_cpus_allowed_ptr(cpus[nr].task, cpu_possible_mask);
}

void storm_cpu_return(unsigned int nr)
{
	WRITE_ONCE(cpus[nr].leaves, false);
}

/* Return to the CPU that the thread began on, after that was offline. */
static void stay_on(struct storm_cpu *cpu, unsigned int nr)
{
	if (READ_ONCE(cpu->leaves) || current->nr_cpus_allowed == 1 || !cpu_online(nr) ||
	    set_cpus_allowed_ptr(current, cpumask_of(nr)))
		return;
	/* It may have begun to leave meanwhile. */
	if (READ_ONCE(cpu->leaves))
		set_cpus_allowed_ptr(current, cpu_possible_mask);
	hrtimer_cancel(&cpu->timer);
	hrtimer_start(&cpu->timer, ns_to_ktime(PERIOD_NS), HRTIMER_MODE_REL_PINNED_HARD);
}

static int storm_thread(void *data)
{
	unsigned int nr = (unsigned long)data;
	struct storm_cpu *cpu = &cpus[nr];
	u32 random;

	hrtimer_start(&cpu->timer, ns_to_ktime(PERIOD_NS), HRTIMER_MODE_REL_PINNED_HARD);
	while (!kthread_should_stop()) {
		random = storm_random(cpu->process);
		if (random % 4 == 0)
			tasklet_schedule(&cpu->tasklet);
		if (random % 4 == 1)
			irq_work_queue(&cpu->irq);
		if (random >> 8 & 31)
			storm_step(cpu->process, true);
		else
			storm_batch(cpu->process);
		if (!(random >> 16 & 255))
			stay_on(cpu, nr);
		cond_resched();
	}
	hrtimer_cancel(&cpu->timer);
	tasklet_kill(&cpu->tasklet);
	irq_work_sync(&cpu->irq);
	return 0;
}

static int storm_start(unsigned int nr)
{
	struct storm_cpu *cpu = &cpus[nr];
	struct task_struct *task;

	task = kthread_create(storm_thread, (void *)(unsigned long)nr, "vpmem-storm/%u", nr);
	if (IS_ERR(task))
		return PTR_ERR(task);
	set_cpus_allowed_ptr(task, cpumask_of(nr));
	cpu->task = task;
	wake_up_process(task);
	return 0;
}

static int storm_init(unsigned int nr)
{
	struct storm_cpu *cpu = &cpus[nr];

	cpu->process = storm_actor_new();
	cpu->softirq = storm_actor_new();
	cpu->hardirq = storm_actor_new();
	if (!cpu->process || !cpu->softirq || !cpu->hardirq)
		return -ENOMEM;
	tasklet_setup(&cpu->tasklet, storm_tasklet);
	init_irq_work(&cpu->irq, storm_irq_work);
	vpmem_hrtimer_setup(&cpu->timer, storm_timer, CLOCK_MONOTONIC,
			    HRTIMER_MODE_REL_PINNED_HARD);
	return 0;
}

int storm_cpus_start(void)
{
	unsigned int nr;
	int err = 0;

	cpus = kcalloc(nr_cpu_ids, sizeof(*cpus), GFP_KERNEL);
	if (!cpus)
		return -ENOMEM;
	for_each_possible_cpu(nr)
		err = err ?: storm_init(nr);
	for_each_online_cpu(nr)
		err = err ?: storm_start(nr);
	return err;
}

void storm_cpus_stop(void)
{
	unsigned int nr;

	for (nr = 0; cpus && nr < nr_cpu_ids; nr++)
		if (cpus[nr].task)
			kthread_stop(cpus[nr].task);
}

void storm_cpus_free(void)
{
	unsigned int nr;

	for (nr = 0; cpus && nr < nr_cpu_ids; nr++) {
		vfree(cpus[nr].process);
		vfree(cpus[nr].softirq);
		vfree(cpus[nr].hardirq);
	}
	kfree(cpus);
	cpus = NULL;
}

u64 storm_cpus_operations(void)
{
	u64 sum = 0;
	unsigned int nr;

	for_each_possible_cpu(nr)
		sum += READ_ONCE(cpus[nr].process->operations) +
		       READ_ONCE(cpus[nr].softirq->operations) +
		       READ_ONCE(cpus[nr].hardirq->operations);
	return sum;
}

static void actor_add(struct storm_actor *sum, const struct storm_actor *actor)
{
	unsigned int kind, tag;

	for (kind = 0; kind < STORM_KINDS; kind++) {
		for (tag = 0; tag < STORM_TAGS; tag++) {
			const struct storm_count *from = &actor->count[kind][tag];
			struct storm_count *to = &sum->count[kind][tag];

			to->allocs += from->allocs;
			to->frees += from->frees;
			to->bytes_in += from->bytes_in;
			to->bytes_out += from->bytes_out;
			to->failures += from->failures;
		}
	}
	sum->operations += actor->operations;
	sum->zero += actor->zero;
	sum->invalid += actor->invalid;
	sum->broken += actor->broken;
}

/* Add what the actors counted, all of which have ended. */
void storm_cpus_sum(struct storm_actor *sum)
{
	u64 process, softirq, start = sum->operations;
	unsigned int nr;

	for_each_possible_cpu(nr)
		actor_add(sum, cpus[nr].process);
	process = sum->operations;
	for_each_possible_cpu(nr)
		actor_add(sum, cpus[nr].softirq);
	softirq = sum->operations;
	for_each_possible_cpu(nr)
		actor_add(sum, cpus[nr].hardirq);
	pr_info("    # %llu operations of threads, %llu of softirqs, %llu of hard interrupts\n",
		process - start, softirq - process, sum->operations - softirq);
}
