/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Blocks of memory are in <string.h>.
 */
#ifndef VPMEM_MEMORY_H
#define VPMEM_MEMORY_H

#include "string.h"

#endif /* VPMEM_MEMORY_H */
