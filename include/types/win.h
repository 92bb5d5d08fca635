/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of numbers, and of pointers to them, that Win32 has.
 */
#ifndef VPMEM_TYPES_WIN_H
#define VPMEM_TYPES_WIN_H

#include "../basic.h"

typedef USHORT ATOM;
typedef float FLOAT, *PFLOAT;
typedef int BOOL, *PBOOL, *LPBOOL, WINBOOL;
typedef unsigned char *PBYTE, *LPBYTE;
typedef __u16 *PWORD, *LPWORD;
typedef __u32 *PDWORD, *LPDWORD;
typedef __u64 QWORD;
typedef LONG *LPLONG;
typedef int *PINT, *LPINT;
typedef unsigned int *PUINT;
typedef void *LPVOID;
typedef const void *LPCVOID;
typedef void **LPHANDLE;

#endif /* VPMEM_TYPES_WIN_H */
