// SPDX-License-Identifier: GPL-2.0-only
/*
 * Strings of the C library of Windows: wide ones, and the narrow functions that Linux has
 * removed. Case conversion covers ASCII only.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "crt/case.h"
#include "include/ntrtl.h"

/*
 * Wide strings
 */

SIZE_T vpmem_wcsnlen(const u16 *String, SIZE_T Size)
{
	SIZE_T length = 0;

	while (length < Size && String[length])
		length++;
	return length;
}
EXPORT_SYMBOL_GPL(vpmem_wcsnlen);

SIZE_T vpmem_wcslen(const u16 *String)
{
	return vpmem_wcsnlen(String, -1);
}
EXPORT_SYMBOL_GPL(vpmem_wcslen);

u16 *vpmem_wcsncpy(u16 *To, const u16 *From, SIZE_T Size)
{
	SIZE_T i = 0;

	for (; i < Size && From[i]; i++)
		To[i] = From[i];
	for (; i < Size; i++)
		To[i] = 0;
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_wcsncpy);

u16 *vpmem_wcscpy(u16 *To, const u16 *From)
{
	return vpmem_wcsncpy(To, From, vpmem_wcslen(From) + 1);
}
EXPORT_SYMBOL_GPL(vpmem_wcscpy);

u16 *vpmem_wcscat(u16 *To, const u16 *From)
{
	vpmem_wcscpy(To + vpmem_wcslen(To), From);
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_wcscat);

u16 *vpmem_wcsncat(u16 *To, const u16 *From, SIZE_T Size)
{
	u16 *end = To + vpmem_wcslen(To);

	while (Size-- && *From)
		*end++ = *From++;
	*end = 0;
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_wcsncat);

int vpmem_wcsncmp(const u16 *A, const u16 *B, SIZE_T Size)
{
	for (; Size; Size--, A++, B++) {
		if (*A != *B || !*A)
			return *A - *B;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(vpmem_wcsncmp);

int vpmem_wcscmp(const u16 *A, const u16 *B)
{
	return vpmem_wcsncmp(A, B, -1);
}
EXPORT_SYMBOL_GPL(vpmem_wcscmp);

int vpmem__wcsnicmp(const u16 *A, const u16 *B, SIZE_T Size)
{
	for (; Size; Size--, A++, B++) {
		int difference = vpmem_downcase(*A) -
				 vpmem_downcase(*B);

		if (difference || !*A)
			return difference;
	}
	return 0;
}
EXPORT_SYMBOL_GPL(vpmem__wcsnicmp);

int vpmem__wcsicmp(const u16 *A, const u16 *B)
{
	return vpmem__wcsnicmp(A, B, -1);
}
EXPORT_SYMBOL_GPL(vpmem__wcsicmp);

u16 *vpmem_wcschr(const u16 *String, u16 C)
{
	for (;; String++) {
		if (*String == C)
			return (u16 *)String;
		if (!*String)
			return NULL;
	}
}
EXPORT_SYMBOL_GPL(vpmem_wcschr);

u16 *vpmem_wcsrchr(const u16 *String, u16 C)
{
	const u16 *at = String + vpmem_wcslen(String);

	for (; *at != C; at--) {
		if (at == String)
			return NULL;
	}
	return (u16 *)at;
}
EXPORT_SYMBOL_GPL(vpmem_wcsrchr);

u16 *vpmem_wcsstr(const u16 *String, const u16 *Part)
{
	SIZE_T length = vpmem_wcslen(Part);

	for (;; String++) {
		if (!vpmem_wcsncmp(String, Part, length))
			return (u16 *)String;
		if (!*String)
			return NULL;
	}
}
EXPORT_SYMBOL_GPL(vpmem_wcsstr);

/* Count the leading characters that are in the set, or that are not. */
static SIZE_T wide_span(const u16 *string, const u16 *set, bool in)
{
	SIZE_T length = 0;

	while (string[length] && !!vpmem_wcschr(set, string[length]) == in)
		length++;
	return length;
}

SIZE_T vpmem_wcsspn(const u16 *String, const u16 *Set)
{
	return wide_span(String, Set, true);
}
EXPORT_SYMBOL_GPL(vpmem_wcsspn);

SIZE_T vpmem_wcscspn(const u16 *String, const u16 *Set)
{
	return wide_span(String, Set, false);
}
EXPORT_SYMBOL_GPL(vpmem_wcscspn);

u16 *vpmem_wcspbrk(const u16 *String, const u16 *Set)
{
	const u16 *at = String + vpmem_wcscspn(String, Set);

	return *at ? (u16 *)at : NULL;
}
EXPORT_SYMBOL_GPL(vpmem_wcspbrk);

u16 *vpmem__wcsupr(u16 *String)
{
	u16 *at;

	for (at = String; *at; at++)
		*at = vpmem_upcase(*at);
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__wcsupr);

u16 *vpmem__wcslwr(u16 *String)
{
	u16 *at;

	for (at = String; *at; at++)
		*at = vpmem_downcase(*at);
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__wcslwr);

SIZE_T vpmem_wcstombs(char *To, const u16 *From, SIZE_T Size)
{
	SIZE_T i;

	if (!To)
		return vpmem_wcslen(From);
	for (i = 0; i < Size; i++) {
		To[i] = From[i] < 0x80 ? From[i] : '?';
		if (!From[i])
			break;
	}
	return i;
}
EXPORT_SYMBOL_GPL(vpmem_wcstombs);

SIZE_T vpmem_mbstowcs(u16 *To, const char *From, SIZE_T Size)
{
	SIZE_T i;

	if (!To)
		return strlen(From);
	for (i = 0; i < Size; i++) {
		To[i] = (u8)From[i];
		if (!From[i])
			break;
	}
	return i;
}
EXPORT_SYMBOL_GPL(vpmem_mbstowcs);

/*
 * Narrow strings: functions that Linux has removed, or never had
 */

char *vpmem_strncpy(char *To, const char *From, SIZE_T Size)
{
	SIZE_T length = strnlen(From, Size);

	memcpy(To, From, length);
	memset(To + length, 0, Size - length);
	return To;
}
EXPORT_SYMBOL_GPL(vpmem_strncpy);

char *vpmem__strupr(char *String)
{
	char *at;

	for (at = String; *at; at++)
		*at = isascii(*at) ? toupper(*at) : *at;
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__strupr);

char *vpmem__strlwr(char *String)
{
	char *at;

	for (at = String; *at; at++)
		*at = isascii(*at) ? tolower(*at) : *at;
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__strlwr);

char *vpmem__strrev(char *String)
{
	size_t i, length = strlen(String);

	for (i = 0; i < length / 2; i++)
		swap(String[i], String[length - 1 - i]);
	return String;
}
EXPORT_SYMBOL_GPL(vpmem__strrev);

int vpmem__memicmp(const void *A, const void *B, SIZE_T Size)
{
	const u8 *a = A, *b = B;
	int difference = 0;

	while (Size-- && !difference)
		difference = vpmem_downcase(*a++) -
			     vpmem_downcase(*b++);
	return difference;
}
EXPORT_SYMBOL_GPL(vpmem__memicmp);
