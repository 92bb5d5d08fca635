/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of the C library's string functions those that the kernel exports. They are declared
 * here, because <linux/string.h> drags in names that Windows sources use for their own.
 */
#ifndef VPMEM_STRING_H
#define VPMEM_STRING_H

#ifndef _LINUX_STRING_H_

#include "stddef.h"

void *memchr(const void *block, int c, size_t size);
int memcmp(const void *block1, const void *block2, size_t size);
void *memcpy(void *to, const void *from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *block, int c, size_t size);
char *strcat(char *to, const char *from);
char *strchr(const char *string, int c);
int strcmp(const char *string1, const char *string2);
char *strcpy(char *to, const char *from);
size_t strlen(const char *string);
int strncmp(const char *string1, const char *string2, size_t size);
char *strncpy(char *to, const char *from, size_t size);
size_t strnlen(const char *string, size_t size);
char *strrchr(const char *string, int c);
char *strstr(const char *string, const char *part);

#endif /* _LINUX_STRING_H_ */

#endif /* VPMEM_STRING_H */
