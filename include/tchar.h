/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that may be wide.
 */
#ifndef VPMEM_TCHAR_H
#define VPMEM_TCHAR_H

#include "string.h"

#ifdef UNICODE
typedef WCHAR TCHAR, *PTCHAR, *PTSTR, *LPTSTR;
#else
typedef CHAR TCHAR, *PTCHAR, *PTSTR, *LPTSTR;
#endif

#define _T(text)			TEXT(text)

#endif /* VPMEM_TCHAR_H */
