/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings that are told their size, for the kernel: RtlStringCbPrintfW() and its like,
 * and those of a UNICODE_STRING.
 */
#ifndef VPMEM_NTSTRSAFE_H
#define VPMEM_NTSTRSAFE_H

#include "strsafe_core.h"

VPMEM_STRSAFE_CALLS(RtlStringCch, A, char, NTSTATUS, , 1)
VPMEM_STRSAFE_CALLS(RtlStringCch, W, WCHAR, NTSTATUS, , 1)
VPMEM_STRSAFE_CALLS(RtlStringCb, A, char, NTSTATUS, , 1)
VPMEM_STRSAFE_CALLS(RtlStringCb, W, WCHAR, NTSTATUS, , sizeof(WCHAR))

/* Functions for a UNICODE_STRING, which has no terminator. */

static inline NTSTATUS vpmem_safe_append(PUNICODE_STRING to, const WCHAR *from, SIZE_T most)
{
	for (; from && most && *from; from++, most--) {
		if ((SIZE_T)to->Length + sizeof(WCHAR) > to->MaximumLength)
			return STATUS_BUFFER_OVERFLOW;
		to->Buffer[to->Length / sizeof(WCHAR)] = *from;
		to->Length += sizeof(WCHAR);
	}
	return STATUS_SUCCESS;
}

static inline NTSTATUS RtlUnicodeStringInit(PUNICODE_STRING to, const WCHAR *from)
{
	SIZE_T length = from ? vpmem_wcsnlen(from, NTSTRSAFE_UNICODE_STRING_MAX_CCH) : 0;

	if (length >= NTSTRSAFE_UNICODE_STRING_MAX_CCH)
		return STATUS_INVALID_PARAMETER;
	to->Length = (USHORT)(length * sizeof(WCHAR));
	to->MaximumLength = from ? to->Length + sizeof(WCHAR) : 0;
	to->Buffer = (WCHAR *)from;
	return STATUS_SUCCESS;
}

static inline NTSTATUS RtlUnicodeStringCatString(PUNICODE_STRING to, const WCHAR *from)
{
	return vpmem_safe_append(to, from, (SIZE_T)-1);
}

static inline NTSTATUS RtlUnicodeStringCat(PUNICODE_STRING to, const UNICODE_STRING *from)
{
	return vpmem_safe_append(to, from->Buffer, from->Length / sizeof(WCHAR));
}

static inline NTSTATUS RtlUnicodeStringCopyString(PUNICODE_STRING to, const WCHAR *from)
{
	to->Length = 0;
	return RtlUnicodeStringCatString(to, from);
}

static inline NTSTATUS RtlUnicodeStringCopy(PUNICODE_STRING to, const UNICODE_STRING *from)
{
	to->Length = 0;
	return RtlUnicodeStringCat(to, from);
}

static inline NTSTATUS RtlUnicodeStringVPrintf(PUNICODE_STRING to, const WCHAR *format,
					       va_list list)
{
	SIZE_T room = to->MaximumLength / sizeof(WCHAR);
	SIZE_T length = vpmem_wide_format(to->Buffer, room, format, list);

	to->Length = (USHORT)((length < room ? length : room) * sizeof(WCHAR));
	return length > room ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

static inline NTSTATUS RtlUnicodeStringPrintf(PUNICODE_STRING to, const WCHAR *format, ...)
{
	NTSTATUS status;
	va_list list;

	va_start(list, format);
	status = RtlUnicodeStringVPrintf(to, format, list);
	va_end(list);
	return status;
}

#endif /* VPMEM_NTSTRSAFE_H */
