/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings that are counted, and names of pointers to text.
 */
#ifndef VPMEM_TYPES_STRING_H
#define VPMEM_TYPES_STRING_H

#include "../basic.h"

typedef char *PSZ, *PNZCH;
typedef const char *PCSZ;
typedef const __u16 *PCNZWCH, *PCWCHAR;
typedef WCHAR **PWSTRP, *PZZWSTR, *PNZWCH;

typedef struct _STRING {
	USHORT Length;
	USHORT MaximumLength;
	PCHAR Buffer;
} STRING, *PSTRING, ANSI_STRING, *PANSI_STRING;

typedef const struct _STRING *PCANSI_STRING, *PCSTRING, *PCOEM_STRING;
typedef STRING OEM_STRING, *POEM_STRING;

typedef struct _UNICODE_STRING {
	USHORT Length;
	USHORT MaximumLength;
	PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;

typedef const struct _UNICODE_STRING *PCUNICODE_STRING;

typedef struct _CSTRING {
	USHORT Length;
	USHORT MaximumLength;
	const char *Buffer;
} CSTRING;

typedef struct _STRING32 {
	USHORT Length;
	USHORT MaximumLength;
	ULONG Buffer;
} STRING32, *PSTRING32, UNICODE_STRING32, *PUNICODE_STRING32, ANSI_STRING32, *PANSI_STRING32;

typedef struct _STRING64 {
	USHORT Length;
	USHORT MaximumLength;
	ULONGLONG Buffer;
} STRING64, *PSTRING64, UNICODE_STRING64, *PUNICODE_STRING64, ANSI_STRING64, *PANSI_STRING64;

#endif /* VPMEM_TYPES_STRING_H */
