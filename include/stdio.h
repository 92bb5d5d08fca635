/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sprintf() and its like, with the formats of Windows as far as the kernel's own can
 * say them: l changes nothing, I64 is ll, and a wide string is shown as an address.
 */
#ifndef VPMEM_STDIO_H
#define VPMEM_STDIO_H

#include "string.h"
#include "stdarg.h"

#ifndef _LINUX_KERNEL_H
int vsnprintf(char *to, size_t size, const char *format, va_list arguments);
#endif

#define VPMEM_FORMAT_SIZE		256

/* Copies what is between the % and its letter, and returns where that is. */
static inline const char *vpmem_format_flags(char **to, const char *from, const char *end)
{
	while (*from && strchr("-+ #0123456789.*", *from) && *to < end)
		*(*to)++ = *from++;
	return from;
}

static inline const char *vpmem_format_width(const char *from, const char **width)
{
	*width = "";
	if (from[0] == 'I' && from[1] == '6' && from[2] == '4')
		return *width = "ll", from + 3;
	if (from[0] == 'I' && from[1] == '3' && from[2] == '2')
		return from + 3;
	if (from[0] == 'I')
		return *width = "z", from + 1;
	if (from[0] == 'l' && from[1] == 'l')
		return *width = "ll", from + 2;
	if (from[0] == 'h' && from[1] != 's' && from[1] != 'S')
		return *width = "h", from + 1;
	if (from[0] == 'z')
		return *width = "z", from + 1;
	if (from[0] == 'h')
		return from + 1;
	return from;
}

/* One letter, which the kernel may know differently: it has %p with suffixes. */
static inline const char *vpmem_format_letter(char *letter, const char *from)
{
	int wide = *from == 'w' || *from == 'l';

	if (wide)
		from++;
	*letter = *from;
	if (*from == 'S' || (wide && *from == 's') || *from == 'Z')
		*letter = 'p';
	if (*from == 'C')
		*letter = 'c';
	return *from ? from + 1 : from;
}

static inline void vpmem_format(char *to, const char *from)
{
	char *end = to + VPMEM_FORMAT_SIZE - 8;
	const char *width;
	char letter;

	while (*from && to < end) {
		if (*from != '%' || from[1] == '%') {
			if (*from == '%')
				*to++ = *from++;
			*to++ = *from++;
			continue;
		}
		*to++ = *from++;
		from = vpmem_format_flags(&to, from, end);
		from = vpmem_format_width(from, &width);
		from = vpmem_format_letter(&letter, from);
		while (*width)
			*to++ = *width++;
		*to++ = letter;
		/* A letter or digit behind %p would be the kernel's own. */
		if (letter == 'p')
			*to++ = ' ';
	}
	*to = 0;
}

static inline int vpmem_vsnprintf(char *to, SIZE_T size, const char *format,
				  va_list arguments)
{
	char linux_format[VPMEM_FORMAT_SIZE];

	vpmem_format(linux_format, format);
	return vsnprintf(to, size, linux_format, arguments);
}

static __attribute__((__unused__)) int vpmem_snprintf(char *to, SIZE_T size,
						      const char *format, ...)
{
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vpmem_vsnprintf(to, size, format, arguments);
	va_end(arguments);
	return length;
}

#ifndef _LINUX_KERNEL_H
#define sprintf(to, ...)		vpmem_snprintf(to, 0x7fffffff, __VA_ARGS__)
#define snprintf(to, size, ...)		vpmem_snprintf(to, size, __VA_ARGS__)
#define vsprintf(to, format, list)	vpmem_vsnprintf(to, 0x7fffffff, format, list)
#endif
#define _snprintf(to, size, ...)	vpmem_snprintf(to, size, __VA_ARGS__)
#define _vsnprintf(to, size, format, list) vpmem_vsnprintf(to, size, format, list)

#endif /* VPMEM_STDIO_H */
