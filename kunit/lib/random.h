/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sequences of random numbers from a seed, for the suites and for modules without KUnit.
 */
#ifndef VPMEM_KUNIT_RANDOM_H
#define VPMEM_KUNIT_RANDOM_H

#include <linux/hash.h>
#include <linux/prandom.h>

#define VT_RANDOM_WARM_UP	10

/*
 * Begin a sequence of a seed. prandom_seed_state() alone is not enough: the first numbers of seeds
 * that are close to each other have few values, and seeds that differ by their upper half have
 * the sequences of others.
 */
static inline void vt_random_begin(struct rnd_state *random, u64 seed, u32 sequence)
{
	unsigned int i;

	prandom_seed_state(random, hash_64(seed + ((u64)sequence << 32), 32));
	for (i = 0; i < VT_RANDOM_WARM_UP; i++)
		prandom_u32_state(random);
}

#endif /* VPMEM_KUNIT_RANDOM_H */
