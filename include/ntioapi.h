/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for the kernel's header of this name, for miniports that include it.
 */
#ifndef VPMEM_NTIOAPI_H
#define VPMEM_NTIOAPI_H

#include "ntddk.h"

#endif /* VPMEM_NTIOAPI_H */
