// SPDX-License-Identifier: GPL-2.0-only
/*
 * Orders in which drivers allocate and free: churn among live blocks, bursts that are
 * freed in order or at random, and frees on another CPU.
 */
#include <linux/cpu.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/timex.h>

#include "bench/bench.h"

#define MOST_BLOCKS	4096
#define STEPS		4000

static void *blocks[MOST_BLOCKS];
static size_t block_sizes[MOST_BLOCKS];
static u16 order[MOST_BLOCKS];

/* Steps of a churn, chosen before the clock runs */
static u16 step_block[STEPS];
static u16 step_size[STEPS];

/* Sizes from 16 to 2063, of which the small ones are as frequent as the large ones */
static size_t mixed_size(u32 *state)
{
	return 16 + bench_random(state, 16 << bench_random(state, 8));
}

static void plan_churn(const struct bench_work *work)
{
	u32 state = BENCH_SEED;
	unsigned int i;

	for (i = 0; i < work->live; i++)
		block_sizes[i] = mixed_size(&state);
	for (i = 0; i < work->count; i++) {
		step_block[i] = bench_random(&state, work->live);
		step_size[i] = mixed_size(&state);
	}
}

/* Replace a random block in each step. */
u64 bench_churn(const struct bench_work *work, const struct bench_call *call)
{
	unsigned int i, at;
	u64 start, cycles;

	plan_churn(work);
	for (i = 0; i < work->live; i++)
		blocks[i] = bench_try(call, block_sizes[i]);
	start = get_cycles();
	for (i = 0; i < work->count; i++) {
		at = step_block[i];
		call->end(blocks[at], block_sizes[at]);
		block_sizes[at] = step_size[i];
		blocks[at] = bench_try(call, step_size[i]);
	}
	cycles = get_cycles() - start;
	for (i = 0; i < work->live; i++)
		call->end(blocks[i], block_sizes[i]);
	return cycles;
}

static void plan_burst(const struct bench_work *work)
{
	u32 state = BENCH_SEED;
	unsigned int i, other;

	for (i = 0; i < work->count; i++)
		order[i] = i;
	for (i = work->count - 1; work->shuffled && i; i--) {
		other = bench_random(&state, i + 1);
		swap(order[i], order[other]);
	}
}

static u64 burst_begin(const struct bench_work *work, const struct bench_call *call)
{
	u64 start = get_cycles();
	unsigned int i;

	for (i = 0; i < work->count; i++)
		blocks[i] = bench_try(call, work->size);
	return get_cycles() - start;
}

static u64 burst_end(const struct bench_work *work, const struct bench_call *call)
{
	u64 start = get_cycles();
	unsigned int i;

	for (i = 0; i < work->count; i++)
		call->end(blocks[order[i]], work->size);
	return get_cycles() - start;
}

static u64 burst_round(const struct bench_work *work, const struct bench_call *call)
{
	u64 cycles;

	plan_burst(work);
	cycles = burst_begin(work, call);
	return cycles + burst_end(work, call);
}

/* Frees on another CPU. This one sleeps meanwhile, so that its idle loop does not count. */
struct remote {
	const struct bench_work *work;
	const struct bench_call *call;
	u64 cycles;
};

static int remote_end(void *argument)
{
	struct remote *remote = argument;

	remote->cycles = burst_end(remote->work, remote->call);
	return 0;
}

static u64 remote_round(const struct bench_work *work, const struct bench_call *call)
{
	struct remote remote = { work, call };
	u64 cycles;

	plan_burst(work);
	cycles = burst_begin(work, call);
	if (smp_call_on_cpu(1, remote_end, &remote, false))
		bench_failed("free on another CPU");
	return cycles + remote.cycles;
}

#define CHURN(blocks)	\
	{ .round = bench_churn, .count = STEPS, .rounds = 10, .live = (blocks) }
#define BURST(blocks, mixed)	\
	{ .round = burst_round, .size = 64, .count = (blocks), .rounds = 10, \
	  .shuffled = (mixed) }
#define REMOTE(blocks)	\
	{ .round = remote_round, .size = 64, .count = (blocks), .rounds = 10 }

#define ROW(name, ...)	\
	{ name, &bench_nonpaged, &bench_kmalloc, __VA_ARGS__, BENCH_ORDER_TARGET }

static const struct bench_row rows[] = {
	ROW("churn, 200 live", CHURN(200)),
	ROW("churn, 4000 live", CHURN(4000)),
	ROW("burst of 256, in order", BURST(256, false)),
	ROW("burst of 256, at random", BURST(256, true)),
	ROW("burst of 4096, in order", BURST(4096, false)),
	ROW("burst of 4096, at random", BURST(4096, true)),
};

static const struct bench_row remote_rows[] = {
	{ "free on another CPU, 256", &bench_nonpaged, &bench_kmalloc, REMOTE(256) },
	{ "free on another CPU, 4096", &bench_nonpaged, &bench_kmalloc, REMOTE(4096) },
};

void bench_orders(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		bench_row(&rows[i]);
	for (i = 0; cpu_online(1) && i < ARRAY_SIZE(remote_rows); i++)
		bench_row(&remote_rows[i]);
}
