/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for the kernel's header of this name, for miniports that include it.
 */
#ifndef VPMEM_WMISTR_H
#define VPMEM_WMISTR_H

#include "ntddk.h"

#endif /* VPMEM_WMISTR_H */
