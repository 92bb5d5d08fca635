/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the C library's string functions those that the kernel exports, and inline what it
 * does not: wide strings, and names of Microsoft's. They are declared here, because
 * <linux/string.h> drags in names that Windows sources use for their own.
 */
#ifndef VPMEM_STRING_H
#define VPMEM_STRING_H

#include "ntdef.h"

#ifndef _LINUX_STRING_H_

void *memchr(const void *block, int c, size_t size);
int memcmp(const void *block1, const void *block2, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *block, int c, size_t size);
char *strcat(char *to, const char *from);
char *strchr(const char *string, int c);
int strcmp(const char *string1, const char *string2);
char *strcpy(char *to, const char *from);
size_t strcspn(const char *string, const char *set);
size_t strlen(const char *string);
char *strncat(char *to, const char *from, size_t size);
int strncmp(const char *string1, const char *string2, size_t size);
size_t strnlen(const char *string, size_t size);
char *strpbrk(const char *string, const char *set);
char *strrchr(const char *string, int c);
size_t strspn(const char *string, const char *set);
char *strstr(const char *string, const char *part);
int strcasecmp(const char *string1, const char *string2);
int strncasecmp(const char *string1, const char *string2, size_t size);

/* Kernels of 7.2 and later have it no more. */
static inline char *vpmem_strncpy(char *to, const char *from, size_t size)
{
	size_t length = strnlen(from, size);

	memcpy(to, from, length);
	memset(to + length, 0, size - length);
	return to;
}

#undef strncpy
#define strncpy(to, from, size)		vpmem_strncpy(to, from, size)

#endif /* _LINUX_STRING_H_ */

#define stricmp(a, b)			strcasecmp(a, b)
#define _stricmp(a, b)			strcasecmp(a, b)
#define _strcmpi(a, b)			strcasecmp(a, b)
#define strnicmp(a, b, size)		strncasecmp(a, b, size)
#define _strnicmp(a, b, size)		strncasecmp(a, b, size)

static inline SIZE_T vpmem_wcslen(const WCHAR *string)
{
	const WCHAR *end = string;

	while (*end)
		end++;
	return end - string;
}

static inline WCHAR *vpmem_wcsncpy(WCHAR *to, const WCHAR *from, SIZE_T size)
{
	SIZE_T i = 0;

	for (; i < size && from[i]; i++)
		to[i] = from[i];
	for (; i < size; i++)
		to[i] = 0;
	return to;
}

static inline WCHAR *vpmem_wcscpy(WCHAR *to, const WCHAR *from)
{
	return vpmem_wcsncpy(to, from, vpmem_wcslen(from) + 1);
}

static inline WCHAR *vpmem_wcscat(WCHAR *to, const WCHAR *from)
{
	vpmem_wcscpy(to + vpmem_wcslen(to), from);
	return to;
}

static inline WCHAR *vpmem_wcsncat(WCHAR *to, const WCHAR *from, SIZE_T size)
{
	WCHAR *end = to + vpmem_wcslen(to);

	while (size-- && *from)
		*end++ = *from++;
	*end = 0;
	return to;
}

static inline WCHAR vpmem_wide_lower(WCHAR c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static inline int vpmem_wcsncmp(const WCHAR *a, const WCHAR *b, SIZE_T size)
{
	for (; size; size--, a++, b++) {
		if (*a != *b || !*a)
			return *a - *b;
	}
	return 0;
}

static inline int vpmem_wcsnicmp(const WCHAR *a, const WCHAR *b, SIZE_T size)
{
	for (; size; size--, a++, b++) {
		int difference = vpmem_wide_lower(*a) - vpmem_wide_lower(*b);

		if (difference || !*a)
			return difference;
	}
	return 0;
}

static inline WCHAR *vpmem_wcschr(const WCHAR *string, WCHAR c)
{
	for (;; string++) {
		if (*string == c)
			return (WCHAR *)string;
		if (!*string)
			return NULL;
	}
}

static inline WCHAR *vpmem_wcsrchr(const WCHAR *string, WCHAR c)
{
	const WCHAR *at = string + vpmem_wcslen(string);

	for (; *at != c; at--) {
		if (at == string)
			return NULL;
	}
	return (WCHAR *)at;
}

static inline WCHAR *vpmem_wcsstr(const WCHAR *string, const WCHAR *part)
{
	SIZE_T length = vpmem_wcslen(part);

	for (;; string++) {
		if (!vpmem_wcsncmp(string, part, length))
			return (WCHAR *)string;
		if (!*string)
			return NULL;
	}
}

/* The names are macros, so that no compiler takes them for its own functions. */
#define wcslen(string)			vpmem_wcslen(string)
#define wcscpy(to, from)		vpmem_wcscpy(to, from)
#define wcsncpy(to, from, size)		vpmem_wcsncpy(to, from, size)
#define wcscat(to, from)		vpmem_wcscat(to, from)
#define wcsncat(to, from, size)		vpmem_wcsncat(to, from, size)
#define wcscmp(a, b)			vpmem_wcsncmp(a, b, (SIZE_T)-1)
#define wcsncmp(a, b, size)		vpmem_wcsncmp(a, b, size)
#define wcsicmp(a, b)			vpmem_wcsnicmp(a, b, (SIZE_T)-1)
#define _wcsicmp(a, b)			vpmem_wcsnicmp(a, b, (SIZE_T)-1)
#define _wcsnicmp(a, b, size)		vpmem_wcsnicmp(a, b, size)
#define wcschr(string, c)		vpmem_wcschr(string, c)
#define wcsrchr(string, c)		vpmem_wcsrchr(string, c)
#define wcsstr(string, part)		vpmem_wcsstr(string, part)

#endif /* VPMEM_STRING_H */
