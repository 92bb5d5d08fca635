/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The run time library of the kernel: memory, strings that are counted, lists, numbers
 * of 64 bits. Cases are those of ASCII, and a narrow text that becomes wide, or the
 * other way, is ASCII.
 */
#ifndef VPMEM_NTRTL_H
#define VPMEM_NTRTL_H

#include "ntdef.h"
#include "ntstatus.h"
#include "large.h"
#include "rtlmem.h"
#include "string.h"
#include "vpmem-crt.h"
#include "vpmem-port.h"

/* Memory: the rest is in rtlmem.h */

static inline SIZE_T RtlCompareMemoryUlong(PVOID Source, SIZE_T Length, ULONG Pattern)
{
	const ULONG *at = Source;
	SIZE_T same = 0;

	while (same + sizeof(ULONG) <= Length && *at++ == Pattern)
		same += sizeof(ULONG);
	return same;
}

static inline VOID RtlFillMemoryUlong(PVOID Destination, SIZE_T Length, ULONG Pattern)
{
	ULONG *to = Destination;

	for (; Length >= sizeof(ULONG); Length -= sizeof(ULONG))
		*to++ = Pattern;
}

#define RtlUshortByteSwap(value)	__builtin_bswap16(value)
#define RtlUlongByteSwap(value)		__builtin_bswap32(value)
#define RtlUlonglongByteSwap(value)	__builtin_bswap64(value)

#define RtlStoreUshort(to, value)	__builtin_memcpy(to, &(USHORT){ value }, 2)
#define RtlStoreUlong(to, value)	__builtin_memcpy(to, &(ULONG){ value }, 4)
#define RtlRetrieveUshort(to, from)	__builtin_memcpy(to, from, 2)
#define RtlRetrieveUlong(to, from)	__builtin_memcpy(to, from, 4)

/* Lists */

#define InitializeListHead(head)	((head)->Flink = (head)->Blink = (head))
#define IsListEmpty(head)		((head)->Flink == (head))

static inline VOID vpmem_insert_list(PLIST_ENTRY before, PLIST_ENTRY entry)
{
	entry->Flink = before->Flink;
	entry->Blink = before;
	before->Flink->Blink = entry;
	before->Flink = entry;
}

static inline BOOLEAN vpmem_remove_list(PLIST_ENTRY entry)
{
	entry->Blink->Flink = entry->Flink;
	entry->Flink->Blink = entry->Blink;
	return entry->Flink == entry->Blink;
}

static inline PLIST_ENTRY vpmem_remove_and_tell(PLIST_ENTRY entry)
{
	vpmem_remove_list(entry);
	return entry;
}

static inline VOID vpmem_append_list(PLIST_ENTRY head, PLIST_ENTRY more)
{
	PLIST_ENTRY last = head->Blink;

	head->Blink = more->Blink;
	head->Blink->Flink = head;
	last->Flink = more;
	more->Blink = last;
}

static inline PSINGLE_LIST_ENTRY vpmem_pop_entry(PSINGLE_LIST_ENTRY head)
{
	PSINGLE_LIST_ENTRY entry = head->Next;

	if (entry)
		head->Next = entry->Next;
	return entry;
}

static inline VOID vpmem_push_entry(PSINGLE_LIST_ENTRY head, PSINGLE_LIST_ENTRY entry)
{
	entry->Next = head->Next;
	head->Next = entry;
}

#define InsertHeadList(head, entry)	vpmem_insert_list(head, entry)
#define InsertTailList(head, entry)	vpmem_insert_list((head)->Blink, entry)
#define RemoveEntryList(entry)		vpmem_remove_list(entry)
#define RemoveHeadList(head)		vpmem_remove_and_tell((head)->Flink)
#define RemoveTailList(head)		vpmem_remove_and_tell((head)->Blink)
#define AppendTailList(head, more)	vpmem_append_list(head, more)
#define PushEntryList(head, entry)	vpmem_push_entry(head, entry)
#define PopEntryList(head)		vpmem_pop_entry(head)

/* Strings that are counted */

#define DECLARE_CONST_UNICODE_STRING(name, text) \
	const WCHAR name##_buffer[] = text; \
	const UNICODE_STRING name = { sizeof(text) - sizeof(WCHAR), sizeof(text), \
				      (PWSTR)name##_buffer }
#define DECLARE_GLOBAL_CONST_UNICODE_STRING(name, text) \
	DECLARE_CONST_UNICODE_STRING(name, text)
#define DECLARE_UNICODE_STRING_SIZE(name, size) \
	WCHAR name##_buffer[size]; \
	UNICODE_STRING name = { 0, (size) * sizeof(WCHAR), name##_buffer }

#define UNICODE_STRING_MAX_BYTES	((USHORT)65534)
#define UNICODE_STRING_MAX_CHARS	32767

VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
VOID RtlInitString(PSTRING DestinationString, PCSTR SourceString);
VOID RtlInitAnsiString(PANSI_STRING DestinationString, PCSTR SourceString);

static inline VOID RtlInitEmptyUnicodeString(PUNICODE_STRING UnicodeString, PWSTR Buffer,
					     USHORT BufferSize)
{
	UnicodeString->Length = 0;
	UnicodeString->MaximumLength = BufferSize;
	UnicodeString->Buffer = Buffer;
}

static inline VOID RtlInitEmptyAnsiString(PANSI_STRING AnsiString, PCHAR Buffer,
					  USHORT BufferSize)
{
	AnsiString->Length = 0;
	AnsiString->MaximumLength = BufferSize;
	AnsiString->Buffer = Buffer;
}

WCHAR RtlUpcaseUnicodeChar(WCHAR SourceCharacter);
WCHAR RtlDowncaseUnicodeChar(WCHAR SourceCharacter);
CHAR RtlUpperChar(CHAR Character);

VOID RtlCopyUnicodeString(PUNICODE_STRING DestinationString,
			  PCUNICODE_STRING SourceString);
VOID RtlCopyString(PSTRING DestinationString, const STRING *SourceString);
NTSTATUS RtlAppendUnicodeToString(PUNICODE_STRING Destination, PCWSTR Source);
NTSTATUS RtlAppendUnicodeStringToString(PUNICODE_STRING Destination,
					PCUNICODE_STRING Source);
LONG RtlCompareUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			     BOOLEAN CaseInSensitive);
BOOLEAN RtlEqualUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			      BOOLEAN CaseInSensitive);
BOOLEAN RtlPrefixUnicodeString(PCUNICODE_STRING String1, PCUNICODE_STRING String2,
			       BOOLEAN CaseInSensitive);
LONG RtlCompareString(const STRING *String1, const STRING *String2,
		      BOOLEAN CaseInSensitive);
BOOLEAN RtlEqualString(const STRING *String1, const STRING *String2,
		       BOOLEAN CaseInSensitive);
NTSTATUS RtlUpcaseUnicodeString(PUNICODE_STRING DestinationString,
				PCUNICODE_STRING SourceString,
				BOOLEAN AllocateDestinationString);

NTSTATUS RtlUnicodeStringToInteger(PCUNICODE_STRING String, ULONG Base, PULONG Value);
NTSTATUS RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value);
NTSTATUS RtlIntegerToUnicodeString(ULONG Value, ULONG Base, PUNICODE_STRING String);
NTSTATUS RtlInt64ToUnicodeString(ULONGLONG Value, ULONG Base, PUNICODE_STRING String);

NTSTATUS RtlAnsiStringToUnicodeString(PUNICODE_STRING DestinationString,
				      PCANSI_STRING SourceString,
				      BOOLEAN AllocateDestinationString);
NTSTATUS RtlUnicodeStringToAnsiString(PANSI_STRING DestinationString,
				      PCUNICODE_STRING SourceString,
				      BOOLEAN AllocateDestinationString);
NTSTATUS RtlMultiByteToUnicodeN(PWCH UnicodeString, ULONG MaxBytesInUnicodeString,
				PULONG BytesInUnicodeString, const CHAR *MultiByteString,
				ULONG BytesInMultiByteString);
NTSTATUS RtlUnicodeToMultiByteN(PCHAR MultiByteString, ULONG MaxBytesInMultiByteString,
				PULONG BytesInMultiByteString, PCWCH UnicodeString,
				ULONG BytesInUnicodeString);
BOOLEAN RtlCreateUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
VOID RtlFreeUnicodeString(PUNICODE_STRING UnicodeString);
VOID RtlFreeAnsiString(PANSI_STRING AnsiString);

#define RtlxAnsiStringToUnicodeSize(string)	((ULONG)((string)->Length + 1) * 2)
#define RtlAnsiStringToUnicodeSize(string)	RtlxAnsiStringToUnicodeSize(string)
#define RtlxUnicodeStringToAnsiSize(string)	((ULONG)(string)->Length / 2 + 1)
#define RtlUnicodeStringToAnsiSize(string)	RtlxUnicodeStringToAnsiSize(string)

ULONG RtlRandom(PULONG Seed);
#define RtlRandomEx(seed)		RtlRandom(seed)
#define RtlUniform(seed)		RtlRandom(seed)

/* Times */

typedef struct _TIME_FIELDS {
	CSHORT Year;
	CSHORT Month;
	CSHORT Day;
	CSHORT Hour;
	CSHORT Minute;
	CSHORT Second;
	CSHORT Milliseconds;
	CSHORT Weekday;
} TIME_FIELDS, *PTIME_FIELDS;

VOID RtlTimeToTimeFields(PLARGE_INTEGER Time, PTIME_FIELDS TimeFields);

/* Versions */

typedef struct _OSVERSIONINFOW {
	ULONG dwOSVersionInfoSize;
	ULONG dwMajorVersion;
	ULONG dwMinorVersion;
	ULONG dwBuildNumber;
	ULONG dwPlatformId;
	WCHAR szCSDVersion[128];
} OSVERSIONINFOW, *POSVERSIONINFOW, *LPOSVERSIONINFOW, RTL_OSVERSIONINFOW, *PRTL_OSVERSIONINFOW;

typedef struct _OSVERSIONINFOEXW {
	ULONG dwOSVersionInfoSize;
	ULONG dwMajorVersion;
	ULONG dwMinorVersion;
	ULONG dwBuildNumber;
	ULONG dwPlatformId;
	WCHAR szCSDVersion[128];
	USHORT wServicePackMajor;
	USHORT wServicePackMinor;
	USHORT wSuiteMask;
	UCHAR wProductType;
	UCHAR wReserved;
} OSVERSIONINFOEXW, *POSVERSIONINFOEXW, RTL_OSVERSIONINFOEXW, *PRTL_OSVERSIONINFOEXW;

#define VER_PLATFORM_WIN32_NT		2

NTSTATUS RtlGetVersion(PRTL_OSVERSIONINFOW lpVersionInformation);

#endif /* VPMEM_NTRTL_H */
