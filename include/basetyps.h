/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GUIDs, and words around functions.
 */
#ifndef VPMEM_BASETYPS_H
#define VPMEM_BASETYPS_H

#include "basic.h"

#endif /* VPMEM_BASETYPS_H */
