/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The types of Linux and of Windows.
 */
#ifndef VPMEM_SYS_TYPES_H
#define VPMEM_SYS_TYPES_H

#include "../ntdef.h"

#endif /* VPMEM_SYS_TYPES_H */
