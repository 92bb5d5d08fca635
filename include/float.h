/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * There is no floating point.
 */
#ifndef VPMEM_FLOAT_H
#define VPMEM_FLOAT_H

#include "basic.h"

#endif /* VPMEM_FLOAT_H */
