/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * qsort() and bsearch() are the kernel's.
 */
#ifndef VPMEM_SEARCH_H
#define VPMEM_SEARCH_H

#include "stdlib.h"

#endif /* VPMEM_SEARCH_H */
