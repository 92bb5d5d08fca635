/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sprintf() and its like, with the formats of Windows: names.h says what they are.
 */
#ifndef VPMEM_STDIO_H
#define VPMEM_STDIO_H

#include "string.h"
#include "stdarg.h"

#define _scprintf(...)			vpmem_snprintf(NULL, 0, __VA_ARGS__)
#define _vscprintf(format, list)	vpmem_vsnprintf(NULL, 0, format, list)

#define _scwprintf(...)			vpmem__snwprintf(NULL, 0, __VA_ARGS__)
#define _vscwprintf(format, list)	vpmem__vsnwprintf(NULL, 0, format, list)

#define _TRUNCATE			((SIZE_T)-1)
#define EOF				(-1)

#endif /* VPMEM_STDIO_H */
