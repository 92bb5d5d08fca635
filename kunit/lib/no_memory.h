/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Suites of calls whose allocations fail, and what only they need of fault.c.
 */
#ifndef VPMEM_KUNIT_NO_MEMORY_H
#define VPMEM_KUNIT_NO_MEMORY_H

#include <kunit/test.h>

#include "kunit/lib/helpers.h"

void vt_need_call_faults(struct kunit *test);
unsigned int vt_each_call_fault(struct kunit *test, const struct vt_fault_site *site, void *data,
				bool anywhere);
void vt_each_two_faults(struct kunit *test, const struct vt_fault_site *site, void *data);
void vt_use_all_slots(void *ext);

extern struct kunit_suite vt_no_memory_suite, vt_port_no_memory_suite, vt_int10_no_memory_suite;

#endif /* VPMEM_KUNIT_NO_MEMORY_H */
