/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inlining of what lies on the paths of pool, locks and registers. Where make coverage counts
 * what runs, it is left to the compiler, which then counts a function and not each copy of it.
 */
#ifndef VPMEM_INLINE_H
#define VPMEM_INLINE_H

#include <linux/compiler.h>

#ifdef VPMEM_COVERAGE
#define __vpmem_inlined	inline
#else
#define __vpmem_inlined	__always_inline
#endif

#endif /* VPMEM_INLINE_H */
