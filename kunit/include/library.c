// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks of the C library, and of that of the kernel, that need a running program. As in
 * headers.c, no Linux header belongs in here.
 */
#include "stdio.h"
#include "stdlib.h"
#include "string.h"
#include "wchar.h"
#include "video.h"
#include "ntddk.h"
#include "ntintsafe.h"
#include "ntstrsafe.h"
#include "strsafe.h"
#include "intrin.h"

#include "kunit/lib/headers.h"

static ULONG WideIsWrong(VOID)
{
	WCHAR Text[16] = L"ab";

	wcscat(Text, L"CD");
	WRONG_IF(wcslen(Text) != 4 || wcscmp(Text, L"abCD") || !wcscmp(Text, L"abC"));
	WRONG_IF(_wcsicmp(Text, L"ABcd") || wcsncmp(Text, L"abXY", 2));
	WRONG_IF(wcschr(Text, 'C') != Text + 2 || wcschr(Text, 'x') || wcsrchr(Text, 'x'));
	WRONG_IF(wcsstr(Text, L"bC") != Text + 1 || wcsstr(Text, L"bD"));
	wcsncpy(Text, L"xyz", 2);
	WRONG_IF(wcscmp(Text, L"xyCD"));
	return 0;
}

static ULONG FormatIsWrong(VOID)
{
	UNICODE_STRING Empty = { 0, 2, (PWSTR)8 };
	CHAR Text[64];

	/* Eight values, so that some are on the stack, where upper halves are dirty. */
	sprintf(Text, "%lx %ld %lu %08lX %x %d %ld %lx", 0x89abcdef, -1, 7, 0xbeef, 1, -2,
		-3, 0xffffffff);
	WRONG_IF(strcmp(Text, "89abcdef -1 7 0000BEEF 1 -2 -3 ffffffff"));
	sprintf(Text, "%I64x %s %hs %c %%", 0x123456789abcdefULL, "a", "b", 'c');
	WRONG_IF(strcmp(Text, "123456789abcdef a b c %"));
	sprintf(Text, "%ws %S %5ls|%-3C|", L"wide", L"WIDE", L"ab", 'c');
	WRONG_IF(strcmp(Text, "wide WIDE    ab|c  |"));
	WRONG_IF(snprintf(Text, 4, "%s", "abcdef") != 6 || strcmp(Text, "abc"));
	/* Zero has no prefix, a precision of 0 leaves none of it, zeros pad text. */
	WRONG_IF(sprintf(Text, "%#x|%.0d|%+.0d|%#o|%05s|%-05s|", 0, 0, 0, 0, "ab", "ab") != 19 ||
		 strcmp(Text, "0||+|0|000ab|ab   |"));
	/* A pointer has a width, and text of no length no place. */
	WRONG_IF(sprintf(Text, "%-24p|", &Text) != 25 || Text[0] == ' ' || Text[23] != ' ');
	WRONG_IF(sprintf(Text, "%24p|", &Text) != 25 || Text[0] != ' ' || Text[23] == ' ');
	WRONG_IF(sprintf(Text, "[%wZ]", &Empty) != 2 || strcmp(Text, "[]"));
	/* An unknown conversion takes no argument. */
	sprintf(Text, "%d %q %d %s", 1, 2, "end");
	WRONG_IF(strcmp(Text, "1 q 2 end"));
	sprintf(Text, "%d %\xe9 %d", 1, 2);
	WRONG_IF(strcmp(Text, "1 \xe9 2"));
	return 0;
}

/* Microsoft's leave the end off where there is no room for it. */
static ULONG RoomIsWrong(VOID)
{
	CHAR Text[8];

	memset(Text, 'x', sizeof(Text));
	WRONG_IF(_snprintf(Text, 4, "%s", "abcdef") != -1 || memcmp(Text, "abcdxxxx", 8));
	memset(Text, 'x', sizeof(Text));
	WRONG_IF(_snprintf(Text, 4, "%s", "abcd") != 4 || memcmp(Text, "abcdxxxx", 8));
	WRONG_IF(_snprintf(Text, 4, "%s", "abc") != 3 || memcmp(Text, "abc\0xxxx", 8));
	WRONG_IF(sprintf_s(Text, 4, "%s", "abcd") != -1 || Text[0]);
	WRONG_IF(_snprintf_s(Text, 4, _TRUNCATE, "%d", 12345) != -1 || strcmp(Text, "123"));
	return 0;
}

static ULONG WideFormatIsWrong(VOID)
{
	UNICODE_STRING Counted = RTL_CONSTANT_STRING(L"counted");
	WCHAR Text[32];

	WRONG_IF(swprintf(Text, L"%s %S %hs %c %lu KB", L"wide", "narrow", "h", L'c', 8192) != 23 ||
		 wcscmp(Text, L"wide narrow h c 8192 KB"));
	/* The other form, of later years, says how large it is. */
	WRONG_IF(swprintf(Text, (PVOID)(ULONG_PTR)4, L"%d", 12345) != -1 || wcscmp(Text, L"123"));
	WRONG_IF(_snwprintf(Text, 32, L"%04x %ws", 0xab, L"z") != 6 || wcscmp(Text, L"00ab z"));
	WRONG_IF(swprintf_s(Text, 32, L"%wZ", &Counted) != 7);
	return 0;
}

static ULONG SafeIsWrong(VOID)
{
	WCHAR Wide[8];
	CHAR Text[8];
	SIZE_T Length;
	UNICODE_STRING String = { 0, sizeof(Wide), Wide };

	WRONG_IF(RtlStringCbPrintfA(Text, sizeof(Text), "%s-%d", "ab", 7) || strcmp(Text, "ab-7"));
	WRONG_IF(RtlStringCchPrintfW(Wide, 4, L"%d", 12345) != STATUS_BUFFER_OVERFLOW ||
		 wcscmp(Wide, L"123"));
	WRONG_IF(RtlStringCbCopyW(Wide, sizeof(Wide), L"abc") || RtlStringCchCatW(Wide, 8, L"d") ||
		 wcscmp(Wide, L"abcd"));
	WRONG_IF(RtlStringCbCopyA(Text, 3, "abcd") != STATUS_BUFFER_OVERFLOW || strcmp(Text, "ab"));
	WRONG_IF(RtlStringCchCopyNA(Text, 8, "abcd", 2) || strcmp(Text, "ab"));
	WRONG_IF(RtlStringCbLengthW(Wide, sizeof(Wide), &Length) || Length != 8);
	WRONG_IF(!RtlStringCchLengthA("abc", 3, &Length) || RtlStringCbCopyA(Text, 0, "") >= 0);
	WRONG_IF(StringCchCatA(Text, 4, "cd") != STRSAFE_E_INSUFFICIENT_BUFFER ||
		 strcmp(Text, "abc"));
	WRONG_IF(RtlUnicodeStringPrintf(&String, L"%d", 12) || String.Length != 4 ||
		 Wide[1] != '2');
	WRONG_IF(strcpy_s(Text, 3, "abc") != 34 || Text[0] || wcscat_s(Wide, 8, L"") ||
		 strncpy_s(Text, 3, "abc", _TRUNCATE) != 80 || strcmp(Text, "ab"));
	return 0;
}

static ULONG NumberIsWrong(VOID)
{
	CHAR Text[72], *End;
	WCHAR Wide[16];
	ULONG Value;
	UNICODE_STRING String = RTL_CONSTANT_STRING(L"0x1F");

	WRONG_IF(strtoul("  0x12G", &End, 0) != 0x12 || *End != 'G');
	WRONG_IF(strtol("-077", NULL, 0) != -63);
	WRONG_IF(strtoul("12", &End, 1) || *End != '1' || strtoul("12", &End, 37) || *End != '1');
	WRONG_IF(strtoul("99999999999", NULL, 10) != 0xffffffff || wcstoul(L"ff", NULL, 16) != 255);
	WRONG_IF(strtol("-99999999999", NULL, 10) != (LONG)0x80000000 || strtol("x", &End, 10) ||
		 *End != 'x');
	WRONG_IF(atoi("-99999999999") != (LONG)0x80000000 || _wtoi(L"99999999999") != 0x7fffffff);
	WRONG_IF(_atoi64("-9223372036854775808") != (LONGLONG)(1ULL << 63) ||
		 _atoi64("99999999999999999999") != (LONGLONG)(~0ULL >> 1));
	WRONG_IF(strcmp(_itoa(-12, Text, 10), "-12") || strcmp(_itoa(-1, Text, 16), "ffffffff") ||
		 wcscmp(_itow(0, Wide, 10), L"0") || strcmp(_ui64toa(~0ULL, Text, 2) + 60, "1111"));
	WRONG_IF(strcmp(_i64toa(-12, Text, 10), "-12") ||
		 strcmp(_i64toa(-2, Text, 16), "fffffffffffffffe"));
	WRONG_IF(*_itoa(5, Text, 0) || *_ultoa(5, Text, 37) || strcmp(_ultoa(35, Text, 36), "z"));
	WRONG_IF(RtlUnicodeStringToInteger(&String, 0, &Value) || Value != 31);
	String = (UNICODE_STRING){ 0, sizeof(Wide), Wide };
	WRONG_IF(RtlIntegerToUnicodeString(0xabc, 16, &String) || wcscmp(Wide, L"ABC"));
	WRONG_IF(!RtlULongAdd(~0U, 1, &Value) || RtlULongMult(3, 4, &Value) || Value != 12);
	return 0;
}

static ULONG CountedIsWrong(VOID)
{
	WCHAR Wide[4];
	UNICODE_STRING String, Other = RTL_CONSTANT_STRING(L"ABCDE");
	ANSI_STRING Narrow;
	STRING Text;

	RtlInitString(&Text, "ab");
	WRONG_IF(Text.Length != 2 || Text.MaximumLength != 3 || strcmp(Text.Buffer, "ab"));
	RtlInitString(&Text, NULL);
	WRONG_IF(Text.Length || Text.MaximumLength || Text.Buffer);
	WRONG_IF(RtlUpperChar('z') != 'Z' || RtlUpperChar('[') != '[' ||
		 RtlUpcaseUnicodeChar(L'q') != L'Q' || RtlUpcaseUnicodeChar(L'{') != L'{');
	RtlInitEmptyUnicodeString(&String, Wide, sizeof(Wide));
	WRONG_IF(RtlAppendUnicodeToString(&String, L"ab") || String.Length != 4 || Wide[2]);
	WRONG_IF(RtlAppendUnicodeToString(&String, L"cde") != STATUS_BUFFER_TOO_SMALL);
	WRONG_IF(!RtlPrefixUnicodeString(&String, &Other, TRUE) ||
		 RtlEqualUnicodeString(&String, &Other, TRUE));
	RtlCopyUnicodeString(&String, &Other);
	WRONG_IF(String.Length != 8 || RtlCompareUnicodeString(&String, &Other, FALSE) >= 0);
	WRONG_IF(RtlUnicodeStringToAnsiString(&Narrow, &Other, TRUE) || Narrow.Length != 5 ||
		 strcmp(Narrow.Buffer, "ABCDE"));
	WRONG_IF(RtlAnsiStringToUnicodeString(&String, &Narrow, FALSE) != STATUS_BUFFER_OVERFLOW);
	RtlFreeAnsiString(&Narrow);
	return 0;
}

static ULONG TimeIsWrong(VOID)
{
	LARGE_INTEGER Time = { .QuadPart = 133801200005000000LL };
	TIME_FIELDS Fields;

	/* 31 December 2024, 12:00:00.500, a Tuesday */
	RtlTimeToTimeFields(&Time, &Fields);
	WRONG_IF(Fields.Year != 2024 || Fields.Month != 12 || Fields.Day != 31 ||
		 Fields.Hour != 12 || Fields.Minute || Fields.Second ||
		 Fields.Milliseconds != 500 || Fields.Weekday != 2);
	return 0;
}

/* Both neighbours of the middle one stay, whichever the width is. */
#define WIDTH_IS_WRONG(Width, Type) \
static ULONG Interlocked##Width##IsWrong(VOID) \
{ \
	Type Values[3] = { 1, 100, 1 }, *Value = &Values[1]; \
\
	WRONG_IF(InterlockedCompareExchange##Width(Value, 7, 99) != 100 || *Value != 100); \
	WRONG_IF(InterlockedCompareExchange##Width(Value, 7, 100) != 100 || *Value != 7); \
	WRONG_IF(InterlockedExchange##Width(Value, 64) != 7 || *Value != 64); \
	WRONG_IF(InterlockedExchangeAdd##Width(Value, 36) != 64 || *Value != 100); \
	WRONG_IF(InterlockedAdd##Width(Value, -101) != (Type)~0 || *Value != (Type)~0); \
	WRONG_IF(InterlockedIncrement##Width(Value) != 0 || *Value); \
	WRONG_IF(InterlockedDecrement##Width(Value) != (Type)~0 || *Value != (Type)~0); \
	WRONG_IF(InterlockedAnd##Width(Value, 12) != (Type)~0 || *Value != 12); \
	WRONG_IF(InterlockedOr##Width(Value, 3) != 12 || *Value != 15); \
	WRONG_IF(InterlockedXor##Width(Value, 5) != 15 || *Value != 10); \
	WRONG_IF(Values[0] != 1 || Values[2] != 1); \
	return 0; \
}

WIDTH_IS_WRONG(8, CHAR)
WIDTH_IS_WRONG(16, SHORT)
WIDTH_IS_WRONG(64, LONG64)

static ULONG InterlockedIsWrong(VOID)
{
	LONG Value = 5;
	LONG64 Wide = 1;
	PVOID Pointer = &Value;
	ULONG Index = 0;

	WRONG_IF(InterlockedCompareExchange(&Value, 7, 5) != 5 || Value != 7 ||
		 InterlockedCompareExchange(&Value, 8, 5) != 7 || Value != 7);
	WRONG_IF(_InterlockedOr(&Value, 8) != 7 || _InterlockedAnd(&Value, 12) != 15 ||
		 Value != 12);
	WRONG_IF(InterlockedExchangeAdd(&Value, 3) != 12 || InterlockedIncrement(&Value) != 16);
	WRONG_IF(_interlockedbittestandset(&Value, 0) || !_interlockedbittestandreset(&Value, 4) ||
		 Value != 1);
	WRONG_IF(InterlockedExchange64(&Wide, 1LL << 40) != 1 || Wide != 1LL << 40);
	WRONG_IF(InterlockedExchangePointer(&Pointer, NULL) != &Value || Pointer);
	WRONG_IF(!_BitScanReverse(&Index, 0x500) || Index != 10 || _BitScanForward(&Index, 0));
	return 0;
}

/* __leave ends the innermost block, from within a loop as well. */
static ULONG LeaveIsWrong(VOID)
{
	ULONG Cleaned = 0, Passes = 0, i;

	for (i = 0; i < 3; i++) {
		__try {
			while (TRUE) {
				if (i == 1)
					__leave;
				break;
			}
			Passes++;
			__try {
				__leave;
			} __except(EXCEPTION_EXECUTE_HANDLER) {
				Passes += 100;
			}
			if (i == 2)
				continue;
			Passes += 10;
		} __finally {
			Cleaned++;
		}
	}
	/* Continue leaves out the same as a return. */
	WRONG_IF(Passes != 12 || Cleaned != 2);
	return 0;
}

static ULONG TextIsWrong(VOID)
{
	CHAR Text[8];
	UNICODE_STRING String;

	memset(Text, 'x', sizeof(Text));
	strncpy(Text, "ab", 4);
	WRONG_IF(memcmp(Text, "ab\0\0xxxx", 8) || atoi(" -12x") != -12);
	WRONG_IF(_stricmp("aB", "Ab") || abs(-3) != 3 || min(2, 1) != 1 || max(2, 1) != 2);
	RtlInitUnicodeString(&String, L"abc");
	WRONG_IF(String.Length != 6 || String.MaximumLength != 8);
	return 0;
}

/* The names are those of the cases. */
const LIBRARY_CHECK LibraryChecks[] = {
	{ "wide strings", WideIsWrong },
	{ "formats", FormatIsWrong },
	{ "room for the end", RoomIsWrong },
	{ "wide formats", WideFormatIsWrong },
	{ "strings with sizes", SafeIsWrong },
	{ "numbers", NumberIsWrong },
	{ "counted strings", CountedIsWrong },
	{ "times", TimeIsWrong },
	{ "interlocked operations", InterlockedIsWrong },
	{ "interlocked operations of 8 bits", Interlocked8IsWrong },
	{ "interlocked operations of 16 bits", Interlocked16IsWrong },
	{ "interlocked operations of 64 bits", Interlocked64IsWrong },
	{ "__leave", LeaveIsWrong },
	{ "narrow strings", TextIsWrong },
	{ "bounds of counted strings", CountedBoundIsWrong },
	{ "numbers as text", NumberTextIsWrong },
	{ "wide sets", WideSetIsWrong },
	{ "order of wide strings", WideOrderIsWrong },
	{ "narrow case", NarrowCaseIsWrong },
	{ "random numbers", RandomIsWrong },
	{ "calls of strings", StringCallIsWrong },
	{ "calls of memory", MemoryCallIsWrong },
	{ "the version", VersionIsWrong },
	{ "formats and lists", ListFormatIsWrong },
	{ "formats without a buffer", NoBufferIsWrong },
	{ NULL, NULL }
};
