// SPDX-License-Identifier: GPL-2.0-only
/*
 * Run-time library of the Windows kernel: counted strings, and numbers as text. Its
 * arithmetic is in nt/arith.c.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "crt/case.h"
#include "include/ntrtl.h"

#define WIDE		sizeof(WCHAR)

/*
 * Initialization of strings. Lengths have 16 bits, and are even for wide strings.
 */

VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
	SIZE_T length = 0;

	if (SourceString)
		length = vpmem_wcsnlen(SourceString, UNICODE_STRING_MAX_CHARS - 1);
	DestinationString->Length = length * WIDE;
	DestinationString->MaximumLength = SourceString ? (length + 1) * WIDE : 0;
	DestinationString->Buffer = (PWSTR)SourceString;
}
EXPORT_SYMBOL_GPL(RtlInitUnicodeString);

VOID RtlInitString(PSTRING DestinationString, PCSTR SourceString)
{
	SIZE_T length = SourceString ? strnlen(SourceString, U16_MAX - 1) : 0;

	DestinationString->Length = length;
	DestinationString->MaximumLength = SourceString ? length + 1 : 0;
	DestinationString->Buffer = (PCHAR)SourceString;
}
EXPORT_SYMBOL_GPL(RtlInitString);

VOID RtlInitAnsiString(PANSI_STRING DestinationString, PCSTR SourceString)
{
	RtlInitString(DestinationString, SourceString);
}
EXPORT_SYMBOL_GPL(RtlInitAnsiString);

/*
 * Characters
 */

WCHAR RtlUpcaseUnicodeChar(WCHAR SourceCharacter)
{
	return vpmem_upcase(SourceCharacter);
}
EXPORT_SYMBOL_GPL(RtlUpcaseUnicodeChar);

WCHAR RtlDowncaseUnicodeChar(WCHAR SourceCharacter)
{
	return vpmem_downcase(SourceCharacter);
}
EXPORT_SYMBOL_GPL(RtlDowncaseUnicodeChar);

CHAR RtlUpperChar(CHAR Character)
{
	return RtlUpcaseUnicodeChar((UCHAR)Character);
}
EXPORT_SYMBOL_GPL(RtlUpperChar);

/*
 * Copies. They are terminated by a zero if it fits.
 */

static void end_wide(PUNICODE_STRING string)
{
	if (string->Length + WIDE <= string->MaximumLength)
		string->Buffer[string->Length / WIDE] = 0;
}

static NTSTATUS append_wide(PUNICODE_STRING to, PCWSTR from, SIZE_T size)
{
	if (to->Length + size > to->MaximumLength)
		return STATUS_BUFFER_TOO_SMALL;
	memmove((UCHAR *)to->Buffer + to->Length, from, size);
	to->Length += size;
	end_wide(to);
	return STATUS_SUCCESS;
}

VOID RtlCopyUnicodeString(PUNICODE_STRING DestinationString, PCUNICODE_STRING SourceString)
{
	SIZE_T room = DestinationString->MaximumLength & ~1;

	DestinationString->Length = 0;
	if (SourceString)
		append_wide(DestinationString, SourceString->Buffer,
			    min_t(SIZE_T, SourceString->Length, room));
}
EXPORT_SYMBOL_GPL(RtlCopyUnicodeString);

VOID RtlCopyString(PSTRING DestinationString, const STRING *SourceString)
{
	DestinationString->Length = 0;
	if (!SourceString)
		return;
	DestinationString->Length = min(SourceString->Length,
					DestinationString->MaximumLength);
	memmove(DestinationString->Buffer, SourceString->Buffer, DestinationString->Length);
}
EXPORT_SYMBOL_GPL(RtlCopyString);

NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source)
{
	if (!Source)
		return STATUS_SUCCESS;
	return append_wide(Destination, Source, vpmem_wcslen(Source) * WIDE);
}
EXPORT_SYMBOL_GPL(RtlAppendUnicodeToString);

NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination, PCUNICODE_STRING Source)
{
	return append_wide(Destination, Source->Buffer, Source->Length);
}
EXPORT_SYMBOL_GPL(RtlAppendUnicodeStringToString);

/*
 * Comparisons
 */

static LONG compare_wide(PCWSTR a, PCWSTR b, SIZE_T count, BOOLEAN any_case)
{
	LONG difference = 0;

	for (; count && !difference; count--, a++, b++)
		difference = any_case ? RtlUpcaseUnicodeChar(*a) - RtlUpcaseUnicodeChar(*b) :
					*a - *b;
	return difference;
}

LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive)
{
	LONG difference = compare_wide(String1->Buffer, String2->Buffer,
				       min(String1->Length, String2->Length) / WIDE,
				       CaseInSensitive);

	return difference ?: String1->Length - String2->Length;
}
EXPORT_SYMBOL_GPL(RtlCompareUnicodeString);

BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			      BOOLEAN CaseInSensitive)
{
	return !RtlCompareUnicodeString(String1, String2, CaseInSensitive);
}
EXPORT_SYMBOL_GPL(RtlEqualUnicodeString);

BOOLEAN RtlPrefixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			       BOOLEAN CaseInSensitive)
{
	return String1->Length <= String2->Length &&
	       !compare_wide(String1->Buffer, String2->Buffer, String1->Length / WIDE,
			     CaseInSensitive);
}
EXPORT_SYMBOL_GPL(RtlPrefixUnicodeString);

LONG RtlCompareString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
	SIZE_T i, common = min(String1->Length, String2->Length);
	UCHAR a, b;

	for (i = 0; i < common; i++) {
		a = String1->Buffer[i];
		b = String2->Buffer[i];
		if (CaseInSensitive) {
			a = RtlUpperChar(a);
			b = RtlUpperChar(b);
		}
		if (a != b)
			return a - b;
	}
	return String1->Length - String2->Length;
}
EXPORT_SYMBOL_GPL(RtlCompareString);

BOOLEAN RtlEqualString(const STRING *String1, const STRING *String2, BOOLEAN CaseInSensitive)
{
	return !RtlCompareString(String1, String2, CaseInSensitive);
}
EXPORT_SYMBOL_GPL(RtlEqualString);

/*
 * Strings in allocated memory. Unlike on Windows, any context may allocate them.
 */

static NTSTATUS string_alloc(void *buffer, SIZE_T size)
{
	void *memory;

	if (size > U16_MAX)
		return STATUS_INVALID_PARAMETER_2;
	memory = kzalloc(size, GFP_ATOMIC | __GFP_NOWARN);
	memcpy(buffer, &memory, sizeof(memory));
	return memory ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

static NTSTATUS wide_fits(const UNICODE_STRING *string, SIZE_T size)
{
	return size <= string->MaximumLength ? STATUS_SUCCESS : STATUS_BUFFER_OVERFLOW;
}

static NTSTATUS wide_room(PUNICODE_STRING string, SIZE_T size, BOOLEAN alloc)
{
	NTSTATUS status;

	if (!alloc)
		return wide_fits(string, size);
	status = string_alloc(&string->Buffer, size);
	if (NT_SUCCESS(status))
		string->MaximumLength = size;
	return status;
}

NTSTATUS RtlUpcaseUnicodeString(PUNICODE_STRING DestinationString,
				PCUNICODE_STRING SourceString,
				BOOLEAN AllocateDestinationString)
{
	NTSTATUS status = wide_room(DestinationString, SourceString->Length ?: WIDE,
				    AllocateDestinationString);
	int i;

	if (!NT_SUCCESS(status))
		return status;
	for (i = 0; i < SourceString->Length / WIDE; i++)
		DestinationString->Buffer[i] = RtlUpcaseUnicodeChar(SourceString->Buffer[i]);
	DestinationString->Length = SourceString->Length;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL_GPL(RtlUpcaseUnicodeString);

BOOLEAN RtlCreateUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString)
{
	UNICODE_STRING from;

	RtlInitUnicodeString(&from, SourceString);
	if (!NT_SUCCESS(wide_room(DestinationString, from.Length + WIDE, TRUE)))
		return FALSE;
	RtlCopyUnicodeString(DestinationString, &from);
	return TRUE;
}
EXPORT_SYMBOL_GPL(RtlCreateUnicodeString);

VOID RtlFreeUnicodeString(PUNICODE_STRING UnicodeString)
{
	kfree(UnicodeString->Buffer);
	RtlInitEmptyUnicodeString(UnicodeString, NULL, 0);
}
EXPORT_SYMBOL_GPL(RtlFreeUnicodeString);

VOID RtlFreeAnsiString(PANSI_STRING AnsiString)
{
	kfree(AnsiString->Buffer);
	RtlInitEmptyAnsiString(AnsiString, NULL, 0);
}
EXPORT_SYMBOL_GPL(RtlFreeAnsiString);

/*
 * Conversion between wide and narrow strings
 */

NTSTATUS RtlMultiByteToUnicodeN(PWCH UnicodeString, ULONG MaxBytesInUnicodeString,
				PULONG BytesInUnicodeString, const CHAR *MultiByteString,
				ULONG BytesInMultiByteString)
{
	ULONG i, count = min_t(ULONG, MaxBytesInUnicodeString / WIDE, BytesInMultiByteString);

	for (i = 0; i < count; i++)
		UnicodeString[i] = (UCHAR)MultiByteString[i];
	if (BytesInUnicodeString)
		*BytesInUnicodeString = count * WIDE;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL_GPL(RtlMultiByteToUnicodeN);

NTSTATUS RtlUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString,
				PULONG BytesInMultiByteString, PCWCH UnicodeString,
				ULONG BytesInUnicodeString)
{
	ULONG i, count = min_t(ULONG, MaxBytesInMultiByteString, BytesInUnicodeString / WIDE);

	for (i = 0; i < count; i++)
		MultiByteString[i] = UnicodeString[i] < 0x80 ? UnicodeString[i] : '?';
	if (BytesInMultiByteString)
		*BytesInMultiByteString = count;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL_GPL(RtlUnicodeToMultiByteN);

static SIZE_T ansi_wide_size(const ANSI_STRING *string)
{
	return (string->Length + 1) * WIDE;
}

/* Convert a narrow string to a wide one that has room for it. */
static void ansi_widen(PUNICODE_STRING to, const ANSI_STRING *from)
{
	to->Length = from->Length * WIDE;
	RtlMultiByteToUnicodeN(to->Buffer, to->Length, NULL, from->Buffer, from->Length);
	end_wide(to);
}

NTSTATUS RtlAnsiStringToUnicodeString(PUNICODE_STRING DestinationString,
				      PCANSI_STRING SourceString,
				      BOOLEAN AllocateDestinationString)
{
	NTSTATUS status = wide_room(DestinationString, ansi_wide_size(SourceString),
				    AllocateDestinationString);

	if (NT_SUCCESS(status))
		ansi_widen(DestinationString, SourceString);
	return status;
}
EXPORT_SYMBOL_GPL(RtlAnsiStringToUnicodeString);

/* Convert a wide string; truncate it if it does not fit. */
NTSTATUS RtlUnicodeStringToAnsiString(PANSI_STRING DestinationString,
				      PCUNICODE_STRING SourceString,
				      BOOLEAN AllocateDestinationString)
{
	SIZE_T size = SourceString->Length / WIDE + 1;
	NTSTATUS status = STATUS_SUCCESS;
	ULONG length;

	if (AllocateDestinationString) {
		status = string_alloc(&DestinationString->Buffer, size);
		if (!NT_SUCCESS(status))
			return status;
		DestinationString->MaximumLength = size;
	} else if (size > DestinationString->MaximumLength) {
		status = STATUS_BUFFER_OVERFLOW;
		if (!DestinationString->MaximumLength)
			return status;
	}
	RtlUnicodeToMultiByteN(DestinationString->Buffer, DestinationString->MaximumLength - 1,
			       &length, SourceString->Buffer, SourceString->Length);
	DestinationString->Length = length;
	DestinationString->Buffer[length] = '\0';
	return status;
}
EXPORT_SYMBOL_GPL(RtlUnicodeStringToAnsiString);

/*
 * Numbers. With a base of 0 the prefix selects it: 0x, 0o or 0b, else 10.
 */

static ULONG rtl_digit(CHAR c)
{
	c = RtlUpperChar(c);
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

static const CHAR *skip_base(const CHAR *text, ULONG *base)
{
	*base = 10;
	if (text[0] != '0')
		return text;
	if (text[1] == 'x')
		*base = 16;
	else if (text[1] == 'o')
		*base = 8;
	else if (text[1] == 'b')
		*base = 2;
	return *base == 10 ? text : text + 2;
}

static bool is_base(ULONG base)
{
	return base == 2 || base == 8 || base == 10 || base == 16;
}

NTSTATUS RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value)
{
	bool minus;
	ULONG value = 0;

	while (*String && *String <= ' ' && *String > 0)
		String++;
	minus = *String == '-';
	if (*String == '-' || *String == '+')
		String++;
	if (!Base)
		String = skip_base(String, &Base);
	else if (!is_base(Base))
		return STATUS_INVALID_PARAMETER;
	for (; rtl_digit(*String) < Base; String++)
		value = value * Base + rtl_digit(*String);
	*Value = minus ? -value : value;
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL_GPL(RtlCharToInteger);

#define NUMBER_MAX	72		/* characters: 64 digits, sign and terminator */

NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value)
{
	CHAR text[NUMBER_MAX];
	ULONG length;

	RtlUnicodeToMultiByteN(text, sizeof(text) - 1, &length, String->Buffer,
			       String->Length);
	text[length] = '\0';
	return RtlCharToInteger(text, Base, Value);
}
EXPORT_SYMBOL_GPL(RtlUnicodeStringToInteger);

/* Format a number with upper-case digits, unlike the C library. */
NTSTATUS RtlInt64ToUnicodeString(ULONGLONG Value, ULONG Base, PUNICODE_STRING String)
{
	CHAR text[NUMBER_MAX];
	ANSI_STRING narrow;
	NTSTATUS status;

	Base = Base ?: 10;
	if (!is_base(Base))
		return STATUS_INVALID_PARAMETER;
	RtlInitString(&narrow, vpmem__strupr(vpmem__ui64toa(Value, text, Base)));
	status = wide_fits(String, ansi_wide_size(&narrow));
	if (NT_SUCCESS(status))
		ansi_widen(String, &narrow);
	return status;
}
EXPORT_SYMBOL_GPL(RtlInt64ToUnicodeString);

NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String)
{
	return RtlInt64ToUnicodeString(Value, Base, String);
}
EXPORT_SYMBOL_GPL(RtlIntegerToUnicodeString);

/* Return a number below MAXLONG, from the documented generator. */
ULONG RtlRandom(PULONG Seed)
{
	*Seed = (ULONG)(((u64)*Seed * 0x7fffffed + 0x7fffffc3) & S32_MAX);
	return *Seed == S32_MAX ? 0 : *Seed;
}
EXPORT_SYMBOL_GPL(RtlRandom);

/* Return the version that VideoPortGetVersion() returns. */
NTSTATUS RtlGetVersion(PRTL_OSVERSIONINFOW lpVersionInformation)
{
	lpVersionInformation->dwMajorVersion = 5;
	lpVersionInformation->dwMinorVersion = 1;
	lpVersionInformation->dwBuildNumber = 2600;
	lpVersionInformation->dwPlatformId = VER_PLATFORM_WIN32_NT;
	lpVersionInformation->szCSDVersion[0] = 0;
	if (lpVersionInformation->dwOSVersionInfoSize == sizeof(RTL_OSVERSIONINFOEXW)) {
		PRTL_OSVERSIONINFOEXW more = (PRTL_OSVERSIONINFOEXW)lpVersionInformation;

		more->wServicePackMajor = 3;
		more->wServicePackMinor = 0;
	}
	return STATUS_SUCCESS;
}
EXPORT_SYMBOL_GPL(RtlGetVersion);
