/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sums that tell when they are too large, by the names of the kernel.
 */
#ifndef VPMEM_INTSAFE_H
#define VPMEM_INTSAFE_H

#include "ntintsafe.h"

#endif /* VPMEM_INTSAFE_H */
