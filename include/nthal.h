/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a miniport borrows from the kernel's header.
 */
#ifndef VPMEM_NTHAL_H
#define VPMEM_NTHAL_H

#include "ntddk.h"

#endif /* VPMEM_NTHAL_H */
