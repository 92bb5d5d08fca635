/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hostile arguments and answers of a driver, from a seed. A target makes one case at a time.
 */
#ifndef VPMEM_FUZZ_H
#define VPMEM_FUZZ_H

#include <linux/compiler_attributes.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/types.h>

#include "services/edid.h"

struct fuzz {
	struct rnd_state random;	/* of this case */
	void *ext;			/* adapter of all targets, for some cases */
};

struct fuzz_target {
	const char *name;
	unsigned int part;		/* of the cases of the fastest target, one in so many */
	bool (*play)(struct fuzz *fuzz);
};

extern const struct fuzz_target fuzz_ddc, fuzz_formats, fuzz_ports, fuzz_registry, fuzz_views;

/*
 * Fault that is planted in vpmem: a function changes what @function has done, by its arguments
 * and its result, and returns another result.
 */
#define FUZZ_ARGUMENTS	4

struct fuzz_plant {
	const struct fuzz_target *target;	/* that has to find it */
	const char *fault;
	const char *function;
	unsigned long (*change)(const unsigned long *arguments, unsigned long result);
};

extern const struct fuzz_plant fuzz_plants[];
extern const unsigned int fuzz_nr_plants;

/* Plant a fault, one at a time. Return 0 or -errno, -EOPNOTSUPP if this kernel cannot do so. */
int fuzz_plant(const struct fuzz_plant *plant);
void fuzz_unplant(void);

/* Text of the last case that failed */
extern char fuzz_fault[512];

/* Set it. Return false. */
__printf(1, 2) bool fuzz_fail(const char *format, ...);

/* Return a number from 0 to @end - 1. */
static inline u32 fuzz_below(struct fuzz *fuzz, u32 end)
{
	return prandom_u32_state(&fuzz->random) % end;
}

static inline bool fuzz_one_in(struct fuzz *fuzz, u32 nr)
{
	return !fuzz_below(fuzz, nr);
}

/* Return a number of any size, often one that is next to a bound. */
static inline u32 fuzz_number(struct fuzz *fuzz)
{
	u32 power = 1U << fuzz_below(fuzz, 32);

	switch (fuzz_below(fuzz, 4)) {
	case 0:
		return fuzz_below(fuzz, 32);
	case 1:
		return power + fuzz_below(fuzz, 3) - 1;
	case 2:
		return -fuzz_below(fuzz, 3);
	default:
		return prandom_u32_state(&fuzz->random) & (power - 1);
	}
}

/* Make an EDID of one block, which is good, of anything. */
static inline void fuzz_edid(struct fuzz *fuzz, u8 *edid)
{
	static const u8 header[] = { 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0 };
	unsigned int i;
	u8 sum = 0;

	prandom_bytes_state(&fuzz->random, edid, VPMEM_EDID_BLOCK);
	memcpy(edid, header, sizeof(header));
	for (i = 0; i < VPMEM_EDID_BLOCK - 1; i++)
		sum += edid[i];
	edid[i] = -sum;
}

#endif /* VPMEM_FUZZ_H */
