/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Storm: threads, softirqs and hard interrupts of all CPUs that allocate, and free what
 * others of them allocated, while CPUs go offline, memory is short, and others look.
 */
#ifndef VPMEM_STORM_H
#define VPMEM_STORM_H

#include <linux/prandom.h>
#include <linux/types.h>

#define STORM_TAGS	400
#define STORM_PLACES	256
#define STORM_LEAKS	4

enum storm_kind {
	STORM_NONPAGED,
	STORM_PAGED,
	STORM_BUFFER,
	STORM_KINDS,
};

struct storm_count {
	u64 allocs;
	u64 frees;
	u64 bytes_in;
	u64 bytes_out;
	u64 failures;
};

/*
 * Context that allocates and frees: a thread, or the softirqs or hard interrupts of a CPU.
 * Its counts are its own, so they need no lock.
 */
struct storm_actor {
	struct rnd_state random;
	struct storm_count count[STORM_KINDS][STORM_TAGS];
	u64 operations;
	u64 zero;			/* blocks of no bytes, which are events */
	u64 invalid;			/* frees that have to be refused */
	u64 broken;			/* blocks that were not as they should be */
};

struct storm {
	struct device *device;
	void *ext;
	u64 seed;
	unsigned int tags;		/* that threads use so far */
	void *place[STORM_KINDS][STORM_PLACES];	/* live blocks */

	/* Invalid frees: an adapter without blocks, and what it frees */
	void *stranger;
	void *leak[STORM_LEAKS];	/* blocks that a guest forgot, or NULL */
	bool detaching;			/* that guest is about to detach */
};

extern struct storm storm;

/* actor.c */
struct storm_actor *storm_actor_new(void);
void storm_step(struct storm_actor *actor, bool may_sleep);
void storm_batch(struct storm_actor *actor);
void storm_free_all(struct storm_actor *actor);

/* cpu.c */
int storm_cpus_start(void);
void storm_cpu_leave(unsigned int nr);
void storm_cpu_return(unsigned int nr);
void storm_cpus_stop(void);
void storm_cpus_free(void);
u64 storm_cpus_operations(void);
void storm_cpus_sum(struct storm_actor *sum);

/* places.c: instructions that hard interrupts interrupted */
struct pt_regs;

void storm_places_note(struct pt_regs *regs);
unsigned int storm_places_report(void);

/* totals.c */
bool storm_totals_are_exact(const struct storm_actor *sum);
bool storm_events_are_expected(const struct storm_actor *sum);
bool storm_invalid_frees_are_counted(const struct storm_actor *sum);

/* trouble.c */
int storm_trouble_start(void);
void storm_trouble_stop(void);
bool storm_trouble_report(void);

static inline u32 storm_random(struct storm_actor *actor)
{
	return prandom_u32_state(&actor->random);
}

static inline u32 storm_tag(unsigned int nr)
{
	return 'S' | ('0' + nr / 100) << 8 | ('0' + nr / 10 % 10) << 16 |
	       ('0' + nr % 10) << 24;
}

#endif /* VPMEM_STORM_H */
