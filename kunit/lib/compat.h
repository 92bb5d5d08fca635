/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Differences between the KUnits of kernels, by the answers of the probes.
 */
#ifndef VPMEM_KUNIT_COMPAT_H
#define VPMEM_KUNIT_COMPAT_H

#include <kunit/test.h>

#include "kunit/probed.h"

/* Function that generates parameters of tests */
#if VPMEM_HAS_GENERATOR_GETS_TEST
#define VT_GENERATOR(name) \
	const void *(name)(struct kunit *test, const void *prev, char *desc)
#else
#define VT_GENERATOR(name) \
	const void *(name)(const void *prev, char *desc)
#endif

#endif /* VPMEM_KUNIT_COMPAT_H */
