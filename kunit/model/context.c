// SPDX-License-Identifier: GPL-2.0-only
/*
 * Contexts in which the model makes its calls.
 */
#include <linux/kernel.h>

#include "kunit/lib/run_in.h"
#include "kunit/model/model.h"

const struct vt_context model_contexts[MODEL_CONTEXTS] = {
	{ "process", false, false, in_process },
	{ "mutex", false, false, under_mutex },
	{ "spinlock", true, true, under_spinlock },
	{ "spinlock, interrupts off", true, false, under_spinlock_irq },
	{ "interrupts off", true, false, with_irqs_off },
	{ "softirqs off", true, false, with_bh_off },
	{ "preemption off", true, true, with_preemption_off },
	{ "RCU read section", true, true, under_rcu },
	{ "softirq", true, false, in_softirq_context },
	{ "hard interrupt", true, false, in_hardirq_context },
	{ "NMI", true, false, in_nmi_context },
};
