/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Context of a call (see Documentation/contexts.rst), and the GFP flags that fit it.
 */
#ifndef VPMEM_CONTEXT_H
#define VPMEM_CONTEXT_H

#include <linux/gfp.h>
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/sched/mm.h>

#include "core/inline.h"

/* Context that certainly may sleep; never true without PREEMPT_COUNT. */
static __vpmem_inlined bool vpmem_may_sleep(void)
{
	return preemptible() && !rcu_preempt_depth();
}

/* Context that certainly is atomic. Without PREEMPT_COUNT a spin lock may be missed. */
static __vpmem_inlined bool vpmem_cannot_sleep(void)
{
	return preempt_count() || irqs_disabled() || rcu_preempt_depth();
}

/*
 * Context in which no spinlock_t can be taken, and no allocator of the kernel called, because
 * these sleep under PREEMPT_RT: something has preemption or interrupts disabled. There vpmem
 * takes raw spin locks only, allocates from the memory that it has, and defers what it frees.
 */
static __vpmem_inlined bool vpmem_locks_sleep(void)
{
	return IS_ENABLED(CONFIG_PREEMPT_RT) && !preemptible();
}

/*
 * GFP flags. Drivers expect NULL from this DDI, so a failed allocation prints no warning
 * and does not invoke the OOM killer: __GFP_RETRY_MAYFAIL prevents that at every order.
 * VPMEM_GFP_LIGHT never reclaims and is valid in every context.
 */
#define VPMEM_GFP_PASSIVE	(GFP_KERNEL | __GFP_NOWARN | __GFP_RETRY_MAYFAIL)
#define VPMEM_GFP_ATOMIC	(GFP_ATOMIC | __GFP_NOWARN)
#define VPMEM_GFP_LIGHT		(GFP_NOWAIT | __GFP_NOWARN)

static __vpmem_inlined gfp_t vpmem_gfp(void)
{
	return vpmem_may_sleep() ? VPMEM_GFP_PASSIVE : VPMEM_GFP_ATOMIC;
}

/*
 * Scope around a kernel call that allocates with a GFP_KERNEL of its own, such as page
 * tables or a struct resource: those allocations fail or take a page of the reserves,
 * and the OOM killer is not invoked. Allocate something with VPMEM_GFP_PASSIVE first,
 * so that a driver in a loop is stopped at the ordinary watermark.
 */
static inline unsigned int vpmem_no_oom_begin(void)
{
	return memalloc_noreclaim_save();
}

static inline void vpmem_no_oom_end(unsigned int flags)
{
	memalloc_noreclaim_restore(flags);
}

#endif /* VPMEM_CONTEXT_H */
