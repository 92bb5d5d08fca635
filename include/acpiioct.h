/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a miniport borrows from the kernel's header.
 */
#ifndef VPMEM_ACPIIOCT_H
#define VPMEM_ACPIIOCT_H

#include "ntddk.h"

#endif /* VPMEM_ACPIIOCT_H */
