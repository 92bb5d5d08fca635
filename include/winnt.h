/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WINNT_H
#define VPMEM_WINNT_H

#include "ntdef.h"
#include "ntstatus.h"

#endif /* VPMEM_WINNT_H */
