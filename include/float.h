/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * There is no floating point.
 */
#ifndef VPMEM_FLOAT_H
#define VPMEM_FLOAT_H

#include "ntdef.h"

#endif /* VPMEM_FLOAT_H */
