/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types and codes.
 */
#ifndef VPMEM_NT_H
#define VPMEM_NT_H

#include "ntdef.h"
#include "ntstatus.h"

#endif /* VPMEM_NT_H */
