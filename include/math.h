/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * There is no floating point. What is of integers is in <stdlib.h>.
 */
#ifndef VPMEM_MATH_H
#define VPMEM_MATH_H

#include "stdlib.h"

#endif /* VPMEM_MATH_H */
