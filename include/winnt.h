/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WINNT_H
#define VPMEM_WINNT_H

#include "ntdef.h"
#include "ntstatus.h"
#include "rtlmem.h"

#if defined(UNICODE) || defined(_UNICODE)
typedef WCHAR TCHAR, _TCHAR, *PTCHAR, *PTSTR, *LPTSTR;
typedef const WCHAR *PCTSTR, *LPCTSTR;
#else
typedef CHAR TCHAR, _TCHAR, *PTCHAR, *PTSTR, *LPTSTR;
typedef const CHAR *PCTSTR, *LPCTSTR;
#endif

#endif /* VPMEM_WINNT_H */
