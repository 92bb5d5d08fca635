/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * There is no malloc(): memory is VideoPortAllocatePool()'s.
 */
#ifndef VPMEM_MALLOC_H
#define VPMEM_MALLOC_H

#include "stdlib.h"

#endif /* VPMEM_MALLOC_H */
