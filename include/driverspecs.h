/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Annotations.
 */
#ifndef VPMEM_DRIVERSPECS_H
#define VPMEM_DRIVERSPECS_H

#include "sal.h"

#endif /* VPMEM_DRIVERSPECS_H */
