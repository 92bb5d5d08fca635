/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Annotations are nothing here.
 */
#ifndef VPMEM_KERNELSPECS_H
#define VPMEM_KERNELSPECS_H

#include "basic.h"

#endif /* VPMEM_KERNELSPECS_H */
