// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sequences: random ones are made, and any is played from its beginning, with new adapters.
 */
#include <linux/cpumask.h>
#include <linux/kernel.h>
#include <linux/prandom.h>
#include <linux/sched.h>

#include "core/testing.h"
#include "kunit/model/model.h"

/* How often each step comes; pool is what drivers call most. */
static const u8 weights[MODEL_OPS] = {
	[MODEL_ALLOC_POOL] = 60,
	[MODEL_ALLOC_BUFFER] = 20,
	[MODEL_ALLOC_COMMON] = 10,
	[MODEL_GET_COMMON] = 5,
	[MODEL_ALLOC_CONTIG] = 8,
	[MODEL_LOCK_BUFFER] = 8,
	[MODEL_CREATE_LOCK] = 6,
	[MODEL_CREATE_EVENT] = 6,
	[MODEL_GET_DMA] = 3,
	[MODEL_FREE] = 150,
	[MODEL_CHECK] = 20,
	[MODEL_QUOTA] = 2,
	[MODEL_SHRINK] = 2,
	[MODEL_MOVE] = 3,
	[MODEL_TOTALS] = 2,
};

static bool needs_dma(unsigned int op)
{
	return op == MODEL_ALLOC_COMMON || op == MODEL_GET_COMMON || op == MODEL_GET_DMA;
}

static u8 random_op(struct rnd_state *random)
{
	unsigned int op, sum = 0, pick;

	for (op = 0; op < MODEL_OPS; op++)
		sum += weights[op];
	pick = prandom_u32_state(random) % sum;
	for (op = 0; pick >= weights[op]; op++)
		pick -= weights[op];
	return needs_dma(op) && !IS_ENABLED(CONFIG_HAS_DMA) ? MODEL_ALLOC_POOL : op;
}

void model_generate(struct model_step *steps, unsigned int nr, struct rnd_state *random)
{
	struct model_step *step;
	u32 more;

	for (step = steps; step < steps + nr; step++) {
		more = prandom_u32_state(random);
		*step = (struct model_step){
			.op = random_op(random),
			/* Half of the calls come from a process. */
			.context = more & 1 ? MODEL_IN_PROCESS :
				   (more >> 8 & 0xff) % MODEL_CONTEXTS,
			.ext = more >> 16,
			.choice = more >> 24,
			.a = prandom_u32_state(random),
			.b = prandom_u32_state(random),
		};
	}
	/* Some sequences are in verify mode, all of them or from some place on. */
	if (!(prandom_u32_state(random) % 8))
		steps[prandom_u32_state(random) % nr].op = MODEL_VERIFY;
}

/* Return a context that the kernel can see: without PREEMPT_COUNT, some are like a process. */
static const struct vt_context *context_of(const struct model_step *step)
{
	const struct vt_context *context = &model_contexts[step->context];

	return context->hidden && !IS_ENABLED(CONFIG_PREEMPT_COUNT) ?
	       &model_contexts[MODEL_IN_PROCESS] : context;
}

static bool set_quota(const struct model_step *step)
{
	unsigned int adapter = step->ext & 1;
	char text[16];

	world.quota[adapter] = step->choice & 1 ? 0 : step->a % (64 * 1024);
	snprintf(text, sizeof(text), "%lu", world.quota[adapter]);
	return !vpmem_view_write(world.ext[adapter], "quota", text) ||
		model_fail("the quota cannot be set");
}

static bool set_verify(void)
{
	world.verify = !world.verify;
	return !vpmem_view_write(NULL, "verify", world.verify ? "Y" : "N") ||
		model_fail("verify mode cannot be set");
}

static bool shrink(void)
{
	vpmem_parks_shrink();
	vpmem_small_pages(world.ext[0], true);
	vpmem_small_pages(world.ext[1], true);
	return true;
}

/* Go on with another CPU. */
static bool move(const struct model_step *step)
{
	unsigned int nr = step->a % num_online_cpus(), cpu;

	for_each_online_cpu(cpu)
		if (!nr--)
			set_cpus_allowed_ptr(current, cpumask_of(cpu));
	return true;
}

static bool check(const struct model_step *step)
{
	struct model_object *object = world_pick(step->a, MODEL_LIVE, ~0U);

	return !object || world_contents_are_right(object);
}

static bool step_run(const struct model_step *step)
{
	switch (step->op) {
	case MODEL_FREE:
		return model_free(step, context_of(step));
	case MODEL_CHECK:
		return check(step);
	case MODEL_QUOTA:
		return set_quota(step);
	case MODEL_SHRINK:
		return shrink();
	case MODEL_MOVE:
		return move(step);
	case MODEL_VERIFY:
		return set_verify();
	case MODEL_TOTALS:
		return world_totals_are_exact();
	default:
		/* Most sequences need room: an allocation without any is no step. */
		return !world_pick(0, MODEL_UNUSED, ~0U) && !world_pick(0, MODEL_FREED, ~0U) ?
			true : model_alloc(step, context_of(step));
	}
}

/*
 * Play a sequence. Return the place of the step that is not as the documents say, @nr if that
 * is the end, or -1 if there is none.
 */
int model_play(struct device *device, const struct model_step *steps, unsigned int nr)
{
	unsigned int i = 0;
	bool passed;

	model_fault[0] = '\0';
	passed = world_start(device);
	for (; passed && i < nr; i++) {
		passed = step_run(&steps[i]);
		model_stats.steps++;
	}
	/* After a failure, what there is may not be what the model has. */
	if (world_end(!passed || !model_free_all()))
		return -1;
	return passed ? nr : i - 1;
}
