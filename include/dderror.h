/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The codes that a miniport returns: all of them are in vpmem.h.
 */
#ifndef VPMEM_DDERROR_H
#define VPMEM_DDERROR_H

#include "../vpmem.h"

#endif /* VPMEM_DDERROR_H */
