/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The status of a call of the Windows kernel.
 */
#ifndef VPMEM_TYPES_STATUS_H
#define VPMEM_TYPES_STATUS_H

#include "../basic.h"

typedef LONG NTSTATUS, *PNTSTATUS;

#endif /* VPMEM_TYPES_STATUS_H */
