// SPDX-License-Identifier: GPL-2.0-only
/*
 * Threads, softirqs and hard interrupts of every CPU that allocate, and free what
 * others of them allocated. Then the numbers must be exact.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/irq_work.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/random.h"

/* Parameters of a module are not set yet when its tests run. */
#define SEED	1
#define SLOTS	128
#define TAGS	16
#define STEPS	1500		/* of a thread; each lets its interrupts do as many */
#define KINDS	2

/* Mark at both ends of a block, to tell that it is whole */
struct mark {
	u32 tag;
	u32 size;
};

/* Thread that allocates and frees. Its counts are its own, so they need no lock. */
struct actor {
	struct storm *storm;
	struct rnd_state random;
	u64 allocs[KINDS][TAGS];
	u64 frees[KINDS][TAGS];
	u64 failures[KINDS][TAGS];
	unsigned int broken;
};

struct storm_cpu {
	struct actor process, softirq, hardirq;
	struct task_struct *task;
	struct completion done;
	struct tasklet_struct tasklet;
	struct irq_work irq;
};

/* Paged blocks are for threads alone. */
struct storm {
	void *ext;
	void *slot[KINDS][SLOTS];
	struct storm_cpu *cpu;
};

static u32 storm_tag(unsigned int i)
{
	return vt_tag("S000") + (i << 24);
}

static struct mark *end_mark(void *block, size_t size)
{
	return block + size - sizeof(struct mark);
}

static void actor_free(struct actor *actor, unsigned int kind, void *block)
{
	struct mark *mark = block;

	if (!block)
		return;
	if (memcmp(mark, end_mark(block, mark->size), sizeof(*mark)))
		actor->broken++;
	actor->frees[kind][(mark->tag - storm_tag(0)) >> 24]++;
	VideoPortFreePool(actor->storm->ext, block);
}

/* Mostly small, sometimes pages; a multiple of a mark and no less than two. */
static size_t actor_size(struct actor *actor)
{
	u32 random = prandom_u32_state(&actor->random);
	size_t size = random & 0x1f0 ? random >> 9 & 0x7ff : random >> 9 & 0x7fff;

	return max_t(size_t, round_down(size, sizeof(struct mark)),
		     2 * sizeof(struct mark));
}

static void actor_step(struct actor *actor, unsigned int kind, bool may_wait)
{
	u32 random = prandom_u32_state(&actor->random);
	unsigned int tag = random % TAGS, place = random / TAGS % SLOTS;
	VP_POOL_TYPE type = kind ? VpPagedPool : VpNonPagedPool;
	size_t size = actor_size(actor);
	struct mark *block = NULL;

	if (random & 0x40000000)
		type |= VpNonPagedPoolCacheAligned;
	if (random & 0x80000000) {
		block = VideoPortAllocatePool(actor->storm->ext, type, size,
					      storm_tag(tag));
		if (block) {
			*block = (struct mark){ storm_tag(tag), size };
			*end_mark(block, size) = *block;
			actor->allocs[kind][tag]++;
		} else {
			actor->failures[kind][tag]++;
		}
	}
	actor_free(actor, kind, xchg(&actor->storm->slot[kind][place], block));
	if (may_wait)
		cond_resched();
}

static void storm_softirq(struct tasklet_struct *tasklet)
{
	struct storm_cpu *cpu = container_of(tasklet, struct storm_cpu, tasklet);

	actor_step(&cpu->softirq, 0, false);
}

static void storm_hardirq(struct irq_work *irq)
{
	struct storm_cpu *cpu = container_of(irq, struct storm_cpu, irq);

	actor_step(&cpu->hardirq, 0, false);
}

static int storm_thread(void *data)
{
	struct storm_cpu *cpu = data;
	unsigned int i;

	for (i = 0; i < STEPS; i++) {
		tasklet_schedule(&cpu->tasklet);
		irq_work_queue(&cpu->irq);
		actor_step(&cpu->process, i & 1, true);
	}
	tasklet_kill(&cpu->tasklet);
	irq_work_sync(&cpu->irq);
	complete(&cpu->done);
	return 0;
}

static void actor_init(struct actor *actor, struct storm *storm, unsigned int nr)
{
	actor->storm = storm;
	vt_random_begin(&actor->random, SEED, nr);
}

static void cpu_start(struct kunit *test, struct storm *storm, unsigned int nr)
{
	struct storm_cpu *cpu = &storm->cpu[nr];

	actor_init(&cpu->process, storm, 3 * nr);
	actor_init(&cpu->softirq, storm, 3 * nr + 1);
	actor_init(&cpu->hardirq, storm, 3 * nr + 2);
	init_completion(&cpu->done);
	tasklet_setup(&cpu->tasklet, storm_softirq);
	init_irq_work(&cpu->irq, storm_hardirq);
	cpu->task = kthread_create(storm_thread, cpu, "vpmem-storm/%u", nr);
	if (IS_ERR(cpu->task)) {
		KUNIT_FAIL(test, "no thread for CPU %u", nr);
		complete(&cpu->done);
		return;
	}
	kthread_bind(cpu->task, nr);
	wake_up_process(cpu->task);
}

static void actor_add(struct actor *sum, const struct actor *actor)
{
	unsigned int kind, tag;

	for (kind = 0; kind < KINDS; kind++) {
		for (tag = 0; tag < TAGS; tag++) {
			sum->allocs[kind][tag] += actor->allocs[kind][tag];
			sum->frees[kind][tag] += actor->frees[kind][tag];
			sum->failures[kind][tag] += actor->failures[kind][tag];
		}
	}
	sum->broken += actor->broken;
}

static void sum_all(struct storm *storm, struct actor *sum)
{
	unsigned int cpu;

	memset(sum, 0, sizeof(*sum));
	sum->storm = storm;
	for_each_online_cpu(cpu) {
		actor_add(sum, &storm->cpu[cpu].process);
		actor_add(sum, &storm->cpu[cpu].softirq);
		actor_add(sum, &storm->cpu[cpu].hardirq);
	}
}

/* Blocks and bytes that lie in the slots. */
static void sum_live(const struct storm *storm, unsigned int kind, unsigned int tag,
		     u64 *blocks, u64 *bytes)
{
	const struct mark *mark;
	unsigned int i;

	*blocks = *bytes = 0;
	for (i = 0; i < SLOTS; i++) {
		mark = storm->slot[kind][i];
		if (mark && mark->tag == storm_tag(tag)) {
			++*blocks;
			*bytes += mark->size;
		}
	}
}

static void expect_tag(struct kunit *test, const struct storm *storm,
		       const struct actor *sum, unsigned int kind, unsigned int tag)
{
	const char name[] = { 'S', '0', '0', '0' + tag, 0 };
	u64 blocks, bytes;
	struct vt_row row;

	vt_find_row(test, storm->ext, name, kind ? "Paged" : "Nonp", &row);
	sum_live(storm, kind, tag, &blocks, &bytes);
	KUNIT_EXPECT_GT(test, sum->allocs[kind][tag], 0ULL);
	KUNIT_EXPECT_EQ(test, row.allocs, sum->allocs[kind][tag]);
	KUNIT_EXPECT_EQ(test, row.frees, sum->frees[kind][tag]);
	KUNIT_EXPECT_EQ(test, row.failures, sum->failures[kind][tag]);
	KUNIT_EXPECT_EQ(test, row.diff, blocks);
	KUNIT_EXPECT_EQ(test, row.bytes, bytes);
}

static void expect_exact(struct kunit *test, const struct storm *storm,
			 const struct actor *sum)
{
	unsigned int kind, tag;

	for (kind = 0; kind < KINDS; kind++)
		for (tag = 0; tag < TAGS; tag++)
			expect_tag(test, storm, sum, kind, tag);
	KUNIT_EXPECT_EQ(test, sum->broken, 0U);
}

static void free_rest(struct storm *storm, struct actor *sum)
{
	unsigned int kind, i;

	for (kind = 0; kind < KINDS; kind++)
		for (i = 0; i < SLOTS; i++)
			actor_free(sum, kind, xchg(&storm->slot[kind][i], NULL));
}

/*
 * TAGS-20: After a storm of threads, softirqs and hard interrupts on all CPUs the numbers
 * are exact
 */
void tags_20_storm(struct kunit *test)
{
	struct storm *storm = kunit_kzalloc(test, sizeof(*storm), GFP_KERNEL);
	struct actor *sum = kunit_kzalloc(test, sizeof(*sum), GFP_KERNEL);
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, storm);
	KUNIT_ASSERT_NOT_NULL(test, sum);
	storm->cpu = kunit_kcalloc(test, nr_cpu_ids, sizeof(*storm->cpu), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, storm->cpu);
	storm->ext = vt_ext(test);
	kunit_info(test, "seed=%u", SEED);
	vt_remember(test);
	for_each_online_cpu(cpu)
		cpu_start(test, storm, cpu);
	for_each_online_cpu(cpu)
		wait_for_completion(&storm->cpu[cpu].done);
	sum_all(storm, sum);
	expect_exact(test, storm, sum);
	free_rest(storm, sum);
	expect_exact(test, storm, sum);
	vt_expect_events(test, NULL, NULL, 0);
}
