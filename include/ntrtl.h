/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Run-time functions of the kernel.
 */
#ifndef VPMEM_NTRTL_H
#define VPMEM_NTRTL_H

#include "ntddk.h"

#endif /* VPMEM_NTRTL_H */
