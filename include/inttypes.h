/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of given sizes.
 */
#ifndef VPMEM_INTTYPES_H
#define VPMEM_INTTYPES_H

#include "stdint.h"

#endif /* VPMEM_INTTYPES_H */
