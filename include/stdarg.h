/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Variable arguments. Kernels before 5.16 include <stdarg.h> themselves and get this
 * one where it is on the path, so it has all of it.
 */
#ifndef VPMEM_STDARG_H
#define VPMEM_STDARG_H

/* The kernel's name for that it has the type: C before 2011 does not allow it twice. */
#ifndef _SIZE_T
#define _SIZE_T
typedef __SIZE_TYPE__ size_t;
#endif

#ifndef _LINUX_STDARG_H

typedef __builtin_va_list va_list;

#define va_start(v, l)	__builtin_va_start(v, l)
#define va_end(v)	__builtin_va_end(v)
#define va_arg(v, T)	__builtin_va_arg(v, T)
#define va_copy(d, s)	__builtin_va_copy(d, s)

#endif /* _LINUX_STDARG_H */

#endif /* VPMEM_STDARG_H */
