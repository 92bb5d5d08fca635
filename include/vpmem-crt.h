/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - the C library of Windows, where it needs the kernel or is long
 *
 * Miniport sources include it through stdio.h, string.h and stdlib.h, which make macros
 * of its names: wcslen is vpmem_wcslen, in calls as well as where a source declares it
 * once more. A wide character has 16 bits.
 */
#ifndef VPMEM_CRT_H
#define VPMEM_CRT_H

#include "../vpmem.h"

/**
 * RtlAssert() - tell what is not as it should be
 * @FailedAssertion: what
 * @FileName: where
 * @LineNumber: in which line of it
 * @Message: more; may be NULL
 *
 * On Windows the debugger is asked what to do. Here it goes on.
 *
 * Context: any.
 */
VOID RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber, char *Message);

/*
 * Text
 */

/**
 * vpmem_format() - put a text together
 * @To: where to
 * @Size: how many characters there is room for; no more are stored, and none ends them
 * @Format: a format of Windows, see VideoPortDebugPrint()
 * @List: what it is of
 *
 * Context: any.
 * Return: the number of characters that it has, however many were stored.
 */
int vpmem_format(char *To, SIZE_T Size, const char *Format, __builtin_va_list List);

/**
 * vpmem_wide_format() - put a wide text together
 * @To: where to
 * @Size: how many characters there is room for; no more are stored, and none ends them
 * @Format: a wide format of Windows. In it %s and %c are wide, and %S and %C narrow
 * @List: what it is of
 *
 * Context: any.
 * Return: the number of characters that it has, however many were stored.
 */
int vpmem_wide_format(__u16 *To, SIZE_T Size, const __u16 *Format,
		      __builtin_va_list List);

/**
 * DOC: printing into a buffer
 *
 * As the functions without vpmem_ of Microsoft's library. Those that begin with an
 * underscore end the text only where there is room for that, and answer -1 if it was
 * too long. Those in _s clear the buffer then; a count of -1 means to cut it.
 *
 * swprintf() has had a size behind the buffer or none, in different years: what is too
 * small for an address is one.
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
 * As the functions without vpmem_ of Microsoft's library. Cases are those of ASCII.
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
 * As the functions without vpmem_ of Microsoft's library, whose long has 32 bits. A
 * number that is too large is the largest there is.
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
