/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Calls that allocate, for the suites that have their allocations fail.
 */
#ifndef VPMEM_KUNIT_MEMORY_CALLS_H
#define VPMEM_KUNIT_MEMORY_CALLS_H

#include "kunit/lib/compat.h"

/* Call of the test's own adapter. It returns whether it succeeded, and leaves nothing. */
struct vt_memory_call {
	const char *name;
	bool (*call)(struct kunit *test);
	bool needs_pc;
	bool needs_ports;
	bool only_own;			/* only calls of vpmem itself are to fail */
	bool attaches;			/* an adapter, which takes long */
};

VT_GENERATOR(vt_memory_call_params);

#endif /* VPMEM_KUNIT_MEMORY_CALLS_H */
