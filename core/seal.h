/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Seal: a word in an object that proves its type, so that a pointer of a driver
 * can be checked before it is trusted.
 */
#ifndef VPMEM_SEAL_H
#define VPMEM_SEAL_H

#include "core/inline.h"
#include "core/nofault.h"

extern u64 vpmem_secret;

static __vpmem_inlined u64 vpmem_seal(const void *object)
{
	return vpmem_secret ^ (unsigned long)object;
}

/* Verify that @object is a live object of its type: @seal is its member. */
static __vpmem_inlined bool vpmem_sealed(const u64 *seal, const void *object)
{
	u64 seen;

	return vpmem_in_memory(seal) && vpmem_read(seal, &seen) &&
	       seen == vpmem_seal(object);
}

#endif /* VPMEM_SEAL_H */
