/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - functions of the C library of Windows that are not inline
 *
 * Miniport sources include it through stdio.h, string.h and stdlib.h, which define macros
 * for the names: wcslen is vpmem_wcslen, in calls and in declarations of a source. A wide
 * character has 16 bits.
 */
#ifndef VPMEM_CRT_H
#define VPMEM_CRT_H

#include "../vpmem.h"

/**
 * RtlAssert() - log a failed assertion
 * @FailedAssertion: the condition, as text
 * @FileName: name of the source file
 * @LineNumber: line in that file
 * @Message: further text; may be NULL
 *
 * On Windows execution stops in the debugger. Here it continues.
 *
 * Context: any.
 */
VOID RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber, char *Message);

/*
 * Text
 */

/**
 * vpmem_format() - format a text
 * @To: buffer for the text, which is not terminated
 * @Size: size of the buffer in characters
 * @Format: a format of Windows, see VideoPortDebugPrint()
 * @List: its arguments
 *
 * Context: any.
 * Return: the length of the whole text, also if only a part of it was stored.
 */
int vpmem_format(char *To, SIZE_T Size, const char *Format, __builtin_va_list List);

/**
 * vpmem_wide_format() - format a wide text
 * @To: buffer for the text, which is not terminated
 * @Size: size of the buffer in characters
 * @Format: a wide format of Windows, in which %s and %c are wide, %S and %C narrow
 * @List: its arguments
 *
 * Context: any.
 * Return: the length of the whole text, also if only a part of it was stored.
 */
int vpmem_wide_format(__u16 *To, SIZE_T Size, const __u16 *Format,
		      __builtin_va_list List);

/**
 * DOC: printing into a buffer
 *
 * These functions work as those of Microsoft's library without the prefix vpmem_. If the
 * text is too long, the functions that begin with an underscore leave it unterminated and
 * return -1; those in _s empty the buffer, or truncate the text if Count is -1.
 *
 * swprintf() of older libraries has no Size argument: a second argument that is too small
 * for an address is taken for a size.
 */
int vpmem_sprintf(char *To, const char *Format, ...);
int vpmem_vsprintf(char *To, const char *Format, __builtin_va_list List);
int vpmem_snprintf(char *To, SIZE_T Size, const char *Format, ...);
int vpmem_vsnprintf(char *To, SIZE_T Size, const char *Format, __builtin_va_list List);
int vpmem__snprintf(char *To, SIZE_T Size, const char *Format, ...);
int vpmem__vsnprintf(char *To, SIZE_T Size, const char *Format, __builtin_va_list List);
int vpmem_sprintf_s(char *To, SIZE_T Size, const char *Format, ...);
int vpmem_vsprintf_s(char *To, SIZE_T Size, const char *Format, __builtin_va_list List);
int vpmem__snprintf_s(char *To, SIZE_T Size, SIZE_T Count, const char *Format, ...);
int vpmem__vsnprintf_s(char *To, SIZE_T Size, SIZE_T Count, const char *Format,
		       __builtin_va_list List);

int vpmem_swprintf(__u16 *To, const __u16 *FormatOrSize, ...);
int vpmem_vswprintf(__u16 *To, const __u16 *Format, __builtin_va_list List);
int vpmem__snwprintf(__u16 *To, SIZE_T Size, const __u16 *Format, ...);
int vpmem__vsnwprintf(__u16 *To, SIZE_T Size, const __u16 *Format, __builtin_va_list List);
int vpmem_swprintf_s(__u16 *To, SIZE_T Size, const __u16 *Format, ...);
int vpmem_vswprintf_s(__u16 *To, SIZE_T Size, const __u16 *Format, __builtin_va_list List);
int vpmem__snwprintf_s(__u16 *To, SIZE_T Size, SIZE_T Count, const __u16 *Format, ...);
int vpmem__vsnwprintf_s(__u16 *To, SIZE_T Size, SIZE_T Count, const __u16 *Format,
			__builtin_va_list List);

/**
 * DOC: strings
 *
 * These functions work as those of Microsoft's library without the prefix vpmem_. Case
 * conversion covers ASCII only.
 */
SIZE_T vpmem_wcslen(const __u16 *String);
SIZE_T vpmem_wcsnlen(const __u16 *String, SIZE_T Size);
__u16 *vpmem_wcscpy(__u16 *To, const __u16 *From);
__u16 *vpmem_wcsncpy(__u16 *To, const __u16 *From, SIZE_T Size);
__u16 *vpmem_wcscat(__u16 *To, const __u16 *From);
__u16 *vpmem_wcsncat(__u16 *To, const __u16 *From, SIZE_T Size);
int vpmem_wcscmp(const __u16 *A, const __u16 *B);
int vpmem_wcsncmp(const __u16 *A, const __u16 *B, SIZE_T Size);
int vpmem__wcsicmp(const __u16 *A, const __u16 *B);
int vpmem__wcsnicmp(const __u16 *A, const __u16 *B, SIZE_T Size);
__u16 *vpmem_wcschr(const __u16 *String, __u16 C);
__u16 *vpmem_wcsrchr(const __u16 *String, __u16 C);
__u16 *vpmem_wcsstr(const __u16 *String, const __u16 *Part);
SIZE_T vpmem_wcsspn(const __u16 *String, const __u16 *Set);
SIZE_T vpmem_wcscspn(const __u16 *String, const __u16 *Set);
__u16 *vpmem_wcspbrk(const __u16 *String, const __u16 *Set);
__u16 *vpmem__wcsupr(__u16 *String);
__u16 *vpmem__wcslwr(__u16 *String);
SIZE_T vpmem_wcstombs(char *To, const __u16 *From, SIZE_T Size);
SIZE_T vpmem_mbstowcs(__u16 *To, const char *From, SIZE_T Size);
char *vpmem_strncpy(char *To, const char *From, SIZE_T Size);
char *vpmem__strupr(char *String);
char *vpmem__strlwr(char *String);
char *vpmem__strrev(char *String);
int vpmem__memicmp(const void *A, const void *B, SIZE_T Size);

/**
 * DOC: numbers
 *
 * These functions work as those of Microsoft's library without the prefix vpmem_, whose
 * long has 32 bits. A number that is too large is clamped.
 */
LONG vpmem_strtol(const char *Text, char **End, int Base);
ULONG vpmem_strtoul(const char *Text, char **End, int Base);
LONG vpmem_wcstol(const __u16 *Text, __u16 **End, int Base);
ULONG vpmem_wcstoul(const __u16 *Text, __u16 **End, int Base);
int vpmem_atoi(const char *Text);
LONGLONG vpmem__atoi64(const char *Text);
int vpmem__wtoi(const __u16 *Text);
char *vpmem__itoa(int Value, char *Text, int Base);
char *vpmem__ultoa(ULONG Value, char *Text, int Base);
char *vpmem__i64toa(LONGLONG Value, char *Text, int Base);
char *vpmem__ui64toa(ULONGLONG Value, char *Text, int Base);
__u16 *vpmem__itow(int Value, __u16 *Text, int Base);
__u16 *vpmem__ultow(ULONG Value, __u16 *Text, int Base);
int vpmem_rand(void);
VOID vpmem_srand(unsigned int Seed);

#endif /* VPMEM_CRT_H */
