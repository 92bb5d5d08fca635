// SPDX-License-Identifier: GPL-2.0-only
/*
 * Throughput of one CPU and of several at the same time, each with blocks of its own. The
 * quotient shows what CPUs write in common, such as a lock or a counter, beside what a loop that
 * writes nothing and kmalloc() reach on the same machine.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/slab.h>

#include "bench/bench.h"

#define TRIES		15
#define TRY_MS		200
#define LIVE		64
#define SPINS		100

/* Thread, alone in its cache lines */
struct scale_thread {
	struct task_struct *task;
	const struct bench_call *call;
	size_t size;
	u64 pairs;
	unsigned int failures;
} ____cacheline_aligned;

static bool scale_go;

/* Compute, and write no memory. It returns what bench_call.begin() must: anything but NULL. */
static void *spin_begin(size_t size)
{
	unsigned long number = size;
	unsigned int i;

	for (i = 0; i < SPINS; i++) {
		number = number * 5 + 1;
		OPTIMIZER_HIDE_VAR(number);
	}
	return (void *)(number | 1);
}

static void spin_end(void *block, size_t size)
{
}

static const struct bench_call spin = { "no memory", spin_begin, spin_end };

/* Allocate some blocks, then free them. Return how many calls failed. */
static unsigned int scale_round(const struct bench_call *call, size_t size)
{
	unsigned int i, failures = 0;
	void *block[LIVE];

	for (i = 0; i < LIVE; i++) {
		block[i] = call->begin(size);
		failures += !block[i];
	}
	for (i = 0; i < LIVE; i++)
		if (block[i])
			call->end(block[i], size);
	return failures;
}

/* Make rounds until the end. Only count what is timed. */
static int scale_run(void *data)
{
	struct scale_thread *thread = data;

	while (!READ_ONCE(scale_go))
		cond_resched();
	while (READ_ONCE(scale_go)) {
		thread->failures += scale_round(thread->call, thread->size);
		thread->pairs += LIVE;
		/* Let the task run that ends this, which shares the first CPU. */
		cond_resched();
	}
	/* Wait for kthread_stop(). */
	while (!kthread_should_stop())
		msleep(20);
	return 0;
}

static bool threads_start(struct scale_thread *thread, unsigned int cpus)
{
	unsigned int i;

	for (i = 0; i < cpus; i++) {
		thread[i].task = kthread_create(scale_run, &thread[i], "vpmem_scale");
		if (IS_ERR(thread[i].task)) {
			thread[i].task = NULL;
			return false;
		}
		kthread_bind(thread[i].task, i);
		wake_up_process(thread[i].task);
	}
	return true;
}

/* Return the pairs of @cpus CPUs in the time of a try, or 0 if a call failed. */
static u64 scale_try(const struct bench_call *call, size_t size, unsigned int cpus)
{
	struct scale_thread *thread = kcalloc(cpus, sizeof(*thread), GFP_KERNEL);
	bool valid;
	u64 pairs = 0;
	unsigned int i;

	if (!thread)
		return 0;
	for (i = 0; i < cpus; i++)
		thread[i] = (struct scale_thread){ .call = call, .size = size };
	valid = threads_start(thread, cpus);
	msleep(20);
	WRITE_ONCE(scale_go, true);
	msleep(TRY_MS);
	WRITE_ONCE(scale_go, false);
	for (i = 0; i < cpus; i++) {
		if (thread[i].task)
			kthread_stop(thread[i].task);
		pairs += thread[i].pairs;
		valid &= !thread[i].failures;
	}
	kfree(thread);
	return valid ? pairs : 0;
}

/* Let one CPU and all take turns, so that other load of the host meets both. */
static void scale_row(const char *name, const struct bench_call *call, size_t size,
		      unsigned int cpus)
{
	u64 one = 0, all = 0;
	unsigned int permille, i;

	for (i = 0; i < TRIES; i++) {
		one = max(one, scale_try(call, size, 1));
		all = max(all, scale_try(call, size, cpus));
	}
	if (!one || !all) {
		bench_failed(name);
		return;
	}
	permille = div64_u64(all * 1000, one);
	pr_info("scale | %-24s | %5zu | %10llu | %u CPUs | %10llu | %u.%03u\n", name, size,
		one, cpus, all, permille / 1000, permille % 1000);
}

/* Print pairs of the best of some tries for one CPU, for all, and their quotient. */
void bench_scale(void)
{
	unsigned int cpus = num_online_cpus();

	scale_row(spin.name, &spin, 0, cpus);
	scale_row("kmalloc, kfree", &bench_kmalloc, 64, cpus);
	scale_row(bench_nonpaged.name, &bench_nonpaged, 64, cpus);
	scale_row(bench_nonpaged.name, &bench_nonpaged, 1024, cpus);
	scale_row(bench_nonpaged.name, &bench_nonpaged, 2 * PAGE_SIZE, cpus);
}
