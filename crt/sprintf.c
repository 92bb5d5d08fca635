// SPDX-License-Identifier: GPL-2.0-only
/*
 * Formatting into a buffer, as in the C library of Windows.
 */
#include <linux/export.h>
#include <linux/kernel.h>

#include "crt/format.h"
#include "include/vpmem-crt.h"

struct buffer {
	struct format_sink sink;
	void *to;
	size_t size;
	size_t length;
};

static void buffer_put(struct format_sink *sink, u16 c)
{
	struct buffer *buffer = container_of(sink, struct buffer, sink);

	if (buffer->length < buffer->size) {
		if (sink->wide)
			((u16 *)buffer->to)[buffer->length] = c;
		else
			((u8 *)buffer->to)[buffer->length] = c;
	}
	buffer->length++;
}

static int buffer_format(void *to, size_t size, bool wide, const void *text, va_list list)
{
	struct buffer buffer = {
		.sink = { .put = buffer_put, .room = INT_MAX, .wide = wide },
		.to = to,
		.size = to ? size : 0,
	};
	struct format_arguments arguments;

	va_copy(arguments.list, list);
	vpmem_format_text(&buffer.sink, text, &arguments);
	va_end(arguments.list);
	return buffer.length;
}

int vpmem_format(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return buffer_format(To, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_format);

int vpmem_wide_format(u16 *To, SIZE_T Size, const u16 *Format, va_list List)
{
	return buffer_format(To, Size, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_wide_format);

/*
 * Termination, which differs between the families of functions. Each of these takes the
 * size of the buffer in characters, and returns the length of the text.
 */

static void put_end(void *to, size_t at, bool wide)
{
	if (wide)
		((u16 *)to)[at] = 0;
	else
		((u8 *)to)[at] = 0;
}

/* Truncate and terminate, and return the whole length: snprintf() of C. */
static int print_cut(void *to, size_t size, bool wide, const void *text, va_list list)
{
	int length = buffer_format(to, size, wide, text, list);

	if (to && size)
		put_end(to, min_t(size_t, length, size - 1), wide);
	return length;
}

/* Leave a text that fills the buffer unterminated: _snprintf() of Microsoft. */
static int print_open(void *to, size_t size, bool wide, const void *text, va_list list)
{
	int length = buffer_format(to, size, wide, text, list);

	if (!to)
		return length;
	if (length < size)
		put_end(to, length, wide);
	return length <= size ? length : -1;
}

/* Empty the buffer if the text is too long, unless @count allows to truncate: _snprintf_s(). */
static int print_safe(void *to, size_t size, size_t count, bool wide, const void *text,
		      va_list list)
{
	bool cut = count < size || count == (size_t)-1;
	size_t room = min(count, size - 1);
	int length;

	if (!to || !size)
		return -1;
	length = buffer_format(to, room, wide, text, list);
	if (length <= room) {
		put_end(to, length, wide);
		return length;
	}
	put_end(to, cut ? room : 0, wide);
	return -1;
}

#define PRINT(call, last)							\
do {										\
	int length_of;								\
	va_list List;								\
										\
	va_start(List, last);							\
	length_of = call;							\
	va_end(List);								\
	return length_of;							\
} while (0)

int vpmem_sprintf(char *To, const char *Format, ...)
{
	PRINT(print_open(To, INT_MAX, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_sprintf);

int vpmem_vsprintf(char *To, const char *Format, va_list List)
{
	return print_open(To, INT_MAX, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vsprintf);

int vpmem_snprintf(char *To, SIZE_T Size, const char *Format, ...)
{
	PRINT(print_cut(To, Size, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_snprintf);

int vpmem_vsnprintf(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return print_cut(To, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vsnprintf);

int vpmem__snprintf(char *To, SIZE_T Size, const char *Format, ...)
{
	PRINT(print_open(To, Size, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snprintf);

int vpmem__vsnprintf(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return print_open(To, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnprintf);

int vpmem_sprintf_s(char *To, SIZE_T Size, const char *Format, ...)
{
	PRINT(print_safe(To, Size, Size, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_sprintf_s);

int vpmem_vsprintf_s(char *To, SIZE_T Size, const char *Format, va_list List)
{
	return print_safe(To, Size, Size, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vsprintf_s);

int vpmem__snprintf_s(char *To, SIZE_T Size, SIZE_T Count, const char *Format, ...)
{
	PRINT(print_safe(To, Size, Count, false, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snprintf_s);

int vpmem__vsnprintf_s(char *To, SIZE_T Size, SIZE_T Count, const char *Format,
		       va_list List)
{
	return print_safe(To, Size, Count, false, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnprintf_s);

/* Largest argument that is a size; larger ones are addresses. */
#define WIDE_SIZE_MAX	0xfffff

static bool is_size(const u16 *size)
{
	return (unsigned long)size <= WIDE_SIZE_MAX;
}

int vpmem_swprintf(u16 *To, const u16 *FormatOrSize, ...)
{
	const u16 *text;
	va_list list;
	int length;

	va_start(list, FormatOrSize);
	if (is_size(FormatOrSize)) {
		text = va_arg(list, u16 *);
		length = print_safe(To, (size_t)FormatOrSize, -1, true, text, list);
	} else {
		length = print_open(To, INT_MAX, true, FormatOrSize, list);
	}
	va_end(list);
	return length;
}
EXPORT_SYMBOL_GPL(vpmem_swprintf);

int vpmem_vswprintf(u16 *To, const u16 *Format, va_list List)
{
	return print_open(To, INT_MAX, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vswprintf);

int vpmem__snwprintf(u16 *To, SIZE_T Size, const u16 *Format, ...)
{
	PRINT(print_open(To, Size, true, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snwprintf);

int vpmem__vsnwprintf(u16 *To, SIZE_T Size, const u16 *Format, va_list List)
{
	return print_open(To, Size, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnwprintf);

int vpmem_swprintf_s(u16 *To, SIZE_T Size, const u16 *Format, ...)
{
	PRINT(print_safe(To, Size, Size, true, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem_swprintf_s);

int vpmem_vswprintf_s(u16 *To, SIZE_T Size, const u16 *Format, va_list List)
{
	return print_safe(To, Size, Size, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem_vswprintf_s);

int vpmem__snwprintf_s(u16 *To, SIZE_T Size, SIZE_T Count, const u16 *Format, ...)
{
	PRINT(print_safe(To, Size, Count, true, Format, List), Format);
}
EXPORT_SYMBOL_GPL(vpmem__snwprintf_s);

int vpmem__vsnwprintf_s(u16 *To, SIZE_T Size, SIZE_T Count, const u16 *Format,
			va_list List)
{
	return print_safe(To, Size, Count, true, Format, List);
}
EXPORT_SYMBOL_GPL(vpmem__vsnwprintf_s);
