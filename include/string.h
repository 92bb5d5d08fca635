/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * String functions of the C library: the kernel's where it exports them, and vpmem's for
 * wide strings and for names that only Microsoft has. They are declared here because
 * <linux/string.h> defines names that Windows sources use for their own.
 */
#ifndef VPMEM_STRING_H
#define VPMEM_STRING_H

#include "basic.h"
#include "names.h"
#include "vpmem-crt.h"

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

#endif /* _LINUX_STRING_H_ */

/* Functions with the size of the buffer. If the text does not fit, the buffer is emptied. */

typedef int errno_t;

static inline errno_t vpmem_memcpy_s(PVOID to, SIZE_T room, const VOID *from, SIZE_T size)
{
	if (!to || !from || size > room)
		return size ? 34 : 0;
	memmove(to, from, size);
	return 0;
}

static inline errno_t vpmem_strncpy_s(char *to, SIZE_T room, const char *from, SIZE_T size)
{
	SIZE_T length = from ? strnlen(from, size) : 0;
	int cut = size == (SIZE_T)-1 && from && length >= room;

	if (!to || !room)
		return 22;
	if (cut)
		length = room - 1;
	if (!from || length >= room) {
		to[0] = 0;
		return from ? 34 : 22;
	}
	memcpy(to, from, length);
	to[length] = 0;
	return cut ? 80 : 0;
}

static inline errno_t vpmem_wcsncpy_s(WCHAR *to, SIZE_T room, const WCHAR *from, SIZE_T size)
{
	SIZE_T length = from ? vpmem_wcsnlen(from, size) : 0;
	int cut = size == (SIZE_T)-1 && from && length >= room;

	if (!to || !room)
		return 22;
	if (cut)
		length = room - 1;
	if (!from || length >= room) {
		to[0] = 0;
		return from ? 34 : 22;
	}
	memcpy(to, from, length * sizeof(WCHAR));
	to[length] = 0;
	return cut ? 80 : 0;
}

/* Length that no string reaches, and that is not _TRUNCATE */
#define VPMEM_ALL			((SIZE_T)-2)

static inline errno_t vpmem_strncat_s(char *to, SIZE_T room, const char *from, SIZE_T size)
{
	SIZE_T length = to ? strnlen(to, room) : 0;
	errno_t error;

	if (!to || length == room)
		return 22;
	error = vpmem_strncpy_s(to + length, room - length, from, size);
	if (error && error != 80)
		to[0] = 0;
	return error;
}

static inline errno_t vpmem_wcsncat_s(WCHAR *to, SIZE_T room, const WCHAR *from, SIZE_T size)
{
	SIZE_T length = to ? vpmem_wcsnlen(to, room) : 0;
	errno_t error;

	if (!to || length == room)
		return 22;
	error = vpmem_wcsncpy_s(to + length, room - length, from, size);
	if (error && error != 80)
		to[0] = 0;
	return error;
}

#define strcpy_s(to, room, from)	vpmem_strncpy_s(to, room, from, VPMEM_ALL)
#define strcat_s(to, room, from)	vpmem_strncat_s(to, room, from, VPMEM_ALL)
#define wcscpy_s(to, room, from)	vpmem_wcsncpy_s(to, room, from, VPMEM_ALL)
#define wcscat_s(to, room, from)	vpmem_wcsncat_s(to, room, from, VPMEM_ALL)

#endif /* VPMEM_STRING_H */
