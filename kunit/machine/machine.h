/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VPMEM_KUNIT_MACHINE_H
#define VPMEM_KUNIT_MACHINE_H

#include <kunit/test.h>

extern struct kunit_suite machine_port_suite;

#endif /* VPMEM_KUNIT_MACHINE_H */
