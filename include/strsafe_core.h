/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions that <ntstrsafe.h> and <strsafe.h> share: string calls that take the size of
 * the buffer. A string that does not fit is truncated and terminated.
 */
#ifndef VPMEM_STRSAFE_CORE_H
#define VPMEM_STRSAFE_CORE_H

#include "ntdef.h"
#include "ntstatus.h"
#include "string.h"
#include "stdarg.h"
#include "stdio.h"

#define STRSAFE_MAX_CCH				2147483647
#define NTSTRSAFE_MAX_CCH			STRSAFE_MAX_CCH
#define NTSTRSAFE_MAX_LENGTH			(NTSTRSAFE_MAX_CCH - 1)
#define STRSAFE_MAX_LENGTH			(STRSAFE_MAX_CCH - 1)
#define NTSTRSAFE_UNICODE_STRING_MAX_CCH	32767

#define STRSAFE_FILL_BEHIND_NULL		0x00000200
#define STRSAFE_IGNORE_NULLS			0x00000100
#define STRSAFE_FILL_ON_FAILURE			0x00000400
#define STRSAFE_NULL_ON_FAILURE			0x00000800
#define STRSAFE_NO_TRUNCATION			0x00001000

typedef char *STRSAFE_LPSTR, *NTSTRSAFE_PSTR;
typedef const char *STRSAFE_LPCSTR, *NTSTRSAFE_PCSTR;
typedef WCHAR *STRSAFE_LPWSTR, *NTSTRSAFE_PWSTR;
typedef const WCHAR *STRSAFE_LPCWSTR, *NTSTRSAFE_PCWSTR;

/* Define the functions for one width of characters, narrow or wide. */
#define VPMEM_STRSAFE(letter, type, length_of, format_to) \
static inline NTSTATUS vpmem_safe_copy##letter(type *to, SIZE_T room, const type *from, \
					       SIZE_T most) \
{ \
	SIZE_T i = 0; \
\
	if (!room || room > STRSAFE_MAX_CCH) \
		return STATUS_INVALID_PARAMETER; \
	for (; i < most && from && from[i]; i++) { \
		if (i == room - 1) { \
			to[i] = 0; \
			return STATUS_BUFFER_OVERFLOW; \
		} \
		to[i] = from[i]; \
	} \
	to[i] = 0; \
	return STATUS_SUCCESS; \
} \
static inline NTSTATUS vpmem_safe_cat##letter(type *to, SIZE_T room, const type *from, \
					      SIZE_T most) \
{ \
	SIZE_T length = length_of(to, room); \
\
	if (length == room || room > STRSAFE_MAX_CCH) \
		return STATUS_INVALID_PARAMETER; \
	return vpmem_safe_copy##letter(to + length, room - length, from, most); \
} \
static inline NTSTATUS vpmem_safe_length##letter(const type *string, SIZE_T most, \
						 PSIZE_T length, SIZE_T unit) \
{ \
	SIZE_T n = string ? length_of(string, most) : most; \
\
	if (length) \
		*length = n < most ? n * unit : 0; \
	return n < most && most <= STRSAFE_MAX_CCH ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER; \
} \
static inline NTSTATUS vpmem_safe_vprint##letter(type *to, SIZE_T room, type **end, \
						 PSIZE_T left, const type *format, \
						 va_list list) \
{ \
	SIZE_T length; \
	int cut; \
\
	if (!room || room > STRSAFE_MAX_CCH) \
		return STATUS_INVALID_PARAMETER; \
	length = format_to(to, room - 1, format, list); \
	cut = length > room - 1; \
	if (cut) \
		length = room - 1; \
	to[length] = 0; \
	if (end) \
		*end = to + length; \
	if (left) \
		*left = room - length; \
	return cut ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS; \
}

VPMEM_STRSAFE(A, char, strnlen, vpmem_format)
VPMEM_STRSAFE(W, WCHAR, vpmem_wcsnlen, vpmem_wide_format)

/*
 * The functions themselves: their names, what they return, how that is made of an
 * NTSTATUS, and how many bytes one of what they count has.
 */
#define VPMEM_STRSAFE_CALLS(name, letter, type, result, of, unit) \
static inline result name##Copy##letter(type *to, SIZE_T size, const type *from) \
{ \
	return of(vpmem_safe_copy##letter(to, size / (unit), from, (SIZE_T)-1)); \
} \
static inline result name##CopyN##letter(type *to, SIZE_T size, const type *from, SIZE_T most) \
{ \
	return of(vpmem_safe_copy##letter(to, size / (unit), from, most / (unit))); \
} \
static inline result name##Cat##letter(type *to, SIZE_T size, const type *from) \
{ \
	return of(vpmem_safe_cat##letter(to, size / (unit), from, (SIZE_T)-1)); \
} \
static inline result name##CatN##letter(type *to, SIZE_T size, const type *from, SIZE_T most) \
{ \
	return of(vpmem_safe_cat##letter(to, size / (unit), from, most / (unit))); \
} \
static inline result name##Length##letter(const type *string, SIZE_T most, PSIZE_T length) \
{ \
	return of(vpmem_safe_length##letter(string, most / (unit), length, unit)); \
} \
static inline result name##VPrintf##letter(type *to, SIZE_T size, const type *format, \
					   va_list list) \
{ \
	return of(vpmem_safe_vprint##letter(to, size / (unit), NULL, NULL, format, list)); \
} \
static inline result name##Printf##letter(type *to, SIZE_T size, const type *format, ...) \
{ \
	NTSTATUS status; \
	va_list list; \
\
	va_start(list, format); \
	status = vpmem_safe_vprint##letter(to, size / (unit), NULL, NULL, format, list); \
	va_end(list); \
	return of(status); \
} \
static inline result name##PrintfEx##letter(type *to, SIZE_T size, type **end, PSIZE_T left, \
					    ULONG flags, const type *format, ...) \
{ \
	NTSTATUS status; \
	va_list list; \
\
	va_start(list, format); \
	status = vpmem_safe_vprint##letter(to, size / (unit), end, left, format, list); \
	va_end(list); \
	if (left) \
		*left *= unit; \
	return of(status); \
}

#endif /* VPMEM_STRSAFE_CORE_H */
