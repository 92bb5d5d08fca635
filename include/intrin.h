/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Intrinsics of Microsoft's compiler that are C, or one instruction:
 * miniport.mk has them in front of every source.
 */
#ifndef VPMEM_INTRIN_H
#define VPMEM_INTRIN_H

#include "basic.h"
#include "bits.h"
#include "names.h"
#include "portnumber.h"
#include "stdlib.h"
#include "vpmem-port.h"

#endif /* VPMEM_INTRIN_H */
