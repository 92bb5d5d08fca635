/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Run-time functions of the kernel.
 */
#ifndef VPMEM_NTURTL_H
#define VPMEM_NTURTL_H

#include "ntddk.h"

#endif /* VPMEM_NTURTL_H */
