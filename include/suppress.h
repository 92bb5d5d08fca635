/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pragmas for a checker of Microsoft's need nothing here.
 */
#ifndef VPMEM_SUPPRESS_H
#define VPMEM_SUPPRESS_H

#include "basic.h"

#endif /* VPMEM_SUPPRESS_H */
