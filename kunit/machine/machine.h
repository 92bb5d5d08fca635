/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VPMEM_KUNIT_MACHINE_H
#define VPMEM_KUNIT_MACHINE_H

#include <kunit/test.h>

extern struct kunit_suite machine_bios_suite, machine_bios_helper_suite;
extern struct kunit_suite machine_port_suite;
extern struct kunit_suite edu_suite, edu_irq_suite, edu_iommu_suite, edu_ends_suite;

#endif /* VPMEM_KUNIT_MACHINE_H */
