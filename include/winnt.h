/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WINNT_H
#define VPMEM_WINNT_H

#include "ntdef.h"
#include "types/win.h"
#include "ntstatus.h"
#include "rtlmem.h"

typedef TCHAR _TCHAR;

#define _WINNT_

#endif /* VPMEM_WINNT_H */
