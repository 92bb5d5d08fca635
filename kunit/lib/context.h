/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Context of Linux, in which a function can be called.
 */
#ifndef VPMEM_KUNIT_CONTEXT_H
#define VPMEM_KUNIT_CONTEXT_H

#include <linux/types.h>

struct vt_context {
	const char *name;
	bool atomic;
	bool hidden;		/* a module cannot see it without PREEMPT_COUNT */
	void (*run)(void (*work)(void *data), void *data);
};

#endif /* VPMEM_KUNIT_CONTEXT_H */
