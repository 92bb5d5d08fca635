/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Header for the glue of a port, which has this directory in its include path.
 */
#ifndef VPMEM_INCLUDE_VPMEM_H
#define VPMEM_INCLUDE_VPMEM_H

#include "../vpmem.h"

#endif /* VPMEM_INCLUDE_VPMEM_H */
