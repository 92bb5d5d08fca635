/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text that may be wide.
 */
#ifndef VPMEM_TCHAR_H
#define VPMEM_TCHAR_H

#include "stdio.h"
#include "stdlib.h"
#include "winnt.h"

#if defined(UNICODE) || defined(_UNICODE)

#define _T(text)			L##text
#define _TEXT(text)			L##text
#define _tcslen				wcslen
#define _tcscpy				wcscpy
#define _tcsncpy			wcsncpy
#define _tcscat				wcscat
#define _tcscmp				wcscmp
#define _tcsncmp			wcsncmp
#define _tcsicmp			_wcsicmp
#define _tcschr				wcschr
#define _tcsrchr			wcsrchr
#define _tcsstr				wcsstr
#define _stprintf			swprintf
#define _sntprintf			_snwprintf
#define _vsntprintf			_vsnwprintf
#define _tcstoul			wcstoul
#define _ttoi				_wtoi

#else

#define _T(text)			text
#define _TEXT(text)			text
#define _tcslen				strlen
#define _tcscpy				strcpy
#define _tcsncpy			strncpy
#define _tcscat				strcat
#define _tcscmp				strcmp
#define _tcsncmp			strncmp
#define _tcsicmp			_stricmp
#define _tcschr				strchr
#define _tcsrchr			strrchr
#define _tcsstr				strstr
#define _stprintf			sprintf
#define _sntprintf			_snprintf
#define _vsntprintf			_vsnprintf
#define _tcstoul			strtoul
#define _ttoi				atoi

#endif

#endif /* VPMEM_TCHAR_H */
