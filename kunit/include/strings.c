// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks of calls for strings, memory and numbers that few drivers make, and of those that are
 * macros in the headers and functions for sources that declare them by hand. As in headers.c, no
 * Linux header belongs in here.
 */
#include "stdio.h"
#include "stdlib.h"
#include "string.h"
#include "wchar.h"
#include "video.h"
#include "ntddk.h"

#include "kunit/lib/headers.h"

ULONG WideSetIsWrong(VOID)
{
	WCHAR Text[16] = L"ab", Long[4] = { 'a', 0xe9, 'b', 0 };
	CHAR Narrow[8] = "xxxxxxx";

	WRONG_IF(wcsncat(Text, L"cdef", 2) != Text || wcscmp(Text, L"abcd"));
	WRONG_IF(wcsncat(Text, L"e", 5) != Text || wcscmp(Text, L"abcde"));
	WRONG_IF(wcsspn(L"aabbc", L"ab") != 4 || wcsspn(L"abc", L"") || wcsspn(L"", L"a"));
	WRONG_IF(wcscspn(L"abc", L"xc") != 2 || wcscspn(L"abc", L"x") != 3);
	WRONG_IF(*wcspbrk(Text, L"ed") != 'd' || wcspbrk(Text, L"x"));
	WRONG_IF(wcscmp(_wcsupr(Text), L"ABCDE") || wcscmp(_wcslwr(Text), L"abcde"));
	WRONG_IF(_wcsupr(Long)[1] != 0xe9 || Long[2] != 'B');
	WRONG_IF(wcstombs(Narrow, Long, 8) != 3 || strcmp(Narrow, "A?B") || Narrow[4] != 'x');
	WRONG_IF(wcstombs(Narrow, L"abcd", 2) != 2 || strcmp(Narrow, "abB"));
	WRONG_IF(wcstombs(NULL, Long, 0) != 3 || mbstowcs(NULL, "ab", 0) != 2);
	WRONG_IF(mbstowcs(Text, "xy", 16) != 2 || wcscmp(Text, L"xy"));
	WRONG_IF(mbstowcs(Text, "abc", 1) != 1 || wcscmp(Text, L"ay"));
	return 0;
}

ULONG WideOrderIsWrong(VOID)
{
	static const WCHAR Text[] = L"abab";

	WRONG_IF(wcsnlen(Text, 9) != 4 || wcsnlen(Text, 3) != 3 || wcsnlen(L"", 1));
	WRONG_IF(_wcsnicmp(L"abX", L"ABy", 2) || _wcsnicmp(L"ab", L"AB", 9));
	WRONG_IF(_wcsnicmp(L"abX", L"aby", 3) >= 0 || _wcsnicmp(L"b", L"A", 1) <= 0);
	WRONG_IF(wcsncmp(L"ab", L"ac", 1) || wcsncmp(L"ab", L"abc", 9) >= 0 ||
		 wcsncmp(L"ab", L"ab", 9));
	WRONG_IF(wcsrchr(Text, 'a') != Text + 2 || wcsrchr(Text, 0) != Text + 4);
	return 0;
}

ULONG NarrowCaseIsWrong(VOID)
{
	CHAR Text[8] = "AbC1", Odd[] = "abc", Even[] = "abcd", Empty[] = "";

	WRONG_IF(strcmp(_strlwr(Text), "abc1") || strcmp(_strupr(Text), "ABC1"));
	WRONG_IF(strcmp(_strrev(Odd), "cba") || strcmp(_strrev(Even), "dcba") || *_strrev(Empty));
	WRONG_IF(_memicmp("ABc", "abC", 3) || _memicmp("a", "b", 0));
	WRONG_IF(_memicmp("aa", "aB", 2) >= 0 || _memicmp("Cb", "bc", 2) <= 0);
	/* Characters that are not ASCII have no case. */
	WRONG_IF(strcmp(_strupr(strcpy(Text, "a\xe9")), "A\xe9") ||
		 strcmp(_strlwr(strcpy(Text, "A\xc9")), "a\xc9"));
	return 0;
}

ULONG RandomIsWrong(VOID)
{
	WCHAR Text[40];
	ULONG Seed = 0;

	srand(1);
	WRONG_IF(rand() != 41 || rand() != 18467 || rand() != 6334);
	WRONG_IF(RtlRandom(&Seed) != 0x7fffffc3 || Seed != 0x7fffffc3);
	/* The result is below MAXLONG. */
	Seed = 0x06bca1ac;
	WRONG_IF(RtlRandom(&Seed) || Seed != 0x7fffffff);
	WRONG_IF(wcscmp(_ultow(0xffffffff, Text, 16), L"ffffffff") ||
		 wcscmp(_ultow(4000000000U, Text, 10), L"4000000000"));
	return 0;
}

ULONG StringCallIsWrong(VOID)
{
	WCHAR Room[5] = { 'a', 'b', 0, 'x', 'x' };
	UNICODE_STRING Wide = { 4, sizeof(Room) - 2, Room }, More = RTL_CONSTANT_STRING(L"cd");
	CHAR Bytes[4] = "xxx";
	ANSI_STRING Short = { 0, 2, Bytes }, Upper, Lower;

	WRONG_IF(RtlAppendUnicodeStringToString(&Wide, &More) || Wide.Length != 8 ||
		 Room[3] != 'd' || Room[4] != 'x');
	WRONG_IF(RtlAppendUnicodeStringToString(&Wide, &More) != STATUS_BUFFER_TOO_SMALL ||
		 Wide.Length != 8);
	RtlInitAnsiString(&Upper, "ABC");
	RtlInitAnsiString(&Lower, "abc");
	WRONG_IF(Upper.Length != 3 || Upper.MaximumLength != 4);
	WRONG_IF(RtlCompareString(&Upper, &Lower, FALSE) >= 0 ||
		 RtlCompareString(&Upper, &Lower, TRUE));
	WRONG_IF(RtlEqualString(&Upper, &Lower, FALSE) || !RtlEqualString(&Upper, &Lower, TRUE));
	RtlCopyString(&Short, &Lower);
	WRONG_IF(Short.Length != 2 || memcmp(Bytes, "abx", 3));
	Lower.Length = 2;
	WRONG_IF(RtlCompareString(&Lower, &Short, FALSE) ||
		 RtlCompareString(&Upper, &Short, TRUE) <= 0);
	RtlCopyString(&Short, NULL);
	RtlInitAnsiString(&Lower, NULL);
	WRONG_IF(Short.Length || Lower.Length || Lower.MaximumLength || Lower.Buffer);
	WRONG_IF(RtlDowncaseUnicodeChar('Q') != 'q' || RtlDowncaseUnicodeChar(0xc9) != 0xc9);
	return 0;
}

/* Call functions, where the headers have macros of these names. */
ULONG MemoryCallIsWrong(VOID)
{
	CHAR Text[8] = "abcdefg";

	WRONG_IF((RtlCompareMemory)("abcd", "abXd", 4) != 2 ||
		 (RtlCompareMemory)("abcd", "abcd", 4) != 4 || (RtlCompareMemory)("a", "b", 0));
	(RtlMoveMemory)(Text + 1, Text, 3);
	WRONG_IF(strcmp(Text, "aabcefg"));
	(RtlCopyMemory)(Text, "xyz", 2);
	WRONG_IF(strcmp(Text, "xybcefg"));
	(RtlFillMemory)(Text + 2, 3, '-');
	WRONG_IF(strcmp(Text, "xy---fg"));
	(RtlZeroMemory)(Text + 1, 2);
	WRONG_IF(memcmp(Text, "x\0\0--fg", 8));
	return 0;
}

ULONG VersionIsWrong(VOID)
{
	RTL_OSVERSIONINFOEXW Version = { .dwOSVersionInfoSize = sizeof(Version) };
	PVOID Shorter = &Version;

	WRONG_IF(RtlGetVersion(Shorter) || Version.dwMajorVersion != 5 ||
		 Version.dwMinorVersion != 1 || Version.dwBuildNumber != 2600 ||
		 Version.dwPlatformId != 2 || Version.szCSDVersion[0] ||
		 Version.wServicePackMajor != 3);
	Version.dwOSVersionInfoSize = sizeof(RTL_OSVERSIONINFOW);
	Version.wServicePackMajor = 77;
	WRONG_IF(RtlGetVersion(Shorter) || Version.wServicePackMajor != 77);
	return 0;
}

/* Functions that take a list of arguments */
enum ListCall {
	ListSprintf,
	ListSnprintf,
	ListOpenSnprintf,
	ListSafeSprintf,
	ListSafeSnprintf,
	ListSwprintf,
	ListOpenSnwprintf,
	ListSafeSwprintf,
	ListSafeSnwprintf,
};

static int PrintList(enum ListCall Call, PVOID To, SIZE_T Size, PVOID Format, ...)
{
	va_list List;
	int Length = -2;

	va_start(List, Format);
	switch (Call) {
	case ListSprintf:
		Length = vsprintf(To, Format, List);
		break;
	case ListSnprintf:
		Length = vsnprintf(To, Size, Format, List);
		break;
	case ListOpenSnprintf:
		Length = _vsnprintf(To, Size, Format, List);
		break;
	case ListSafeSprintf:
		Length = vsprintf_s(To, Size, Format, List);
		break;
	case ListSafeSnprintf:
		Length = _vsnprintf_s(To, Size, _TRUNCATE, Format, List);
		break;
	case ListSwprintf:
		Length = vswprintf(To, Format, List);
		break;
	case ListOpenSnwprintf:
		Length = _vsnwprintf(To, Size, Format, List);
		break;
	case ListSafeSwprintf:
		Length = vswprintf_s(To, Size, Format, List);
		break;
	case ListSafeSnwprintf:
		Length = _vsnwprintf_s(To, Size, _TRUNCATE, Format, List);
		break;
	}
	va_end(List);
	return Length;
}

/* Print "12-ab" into four characters, or into enough. */
ULONG ListFormatIsWrong(VOID)
{
	CHAR Text[8];
	WCHAR Wide[8];

	WRONG_IF(PrintList(ListSprintf, Text, 0, "%d-%s", 12, "ab") != 5 || strcmp(Text, "12-ab"));
	WRONG_IF(PrintList(ListSnprintf, Text, 4, "%d-%s", 12, "ab") != 5 || strcmp(Text, "12-"));
	WRONG_IF(PrintList(ListSafeSprintf, Text, 8, "%d", 7) != 1 || strcmp(Text, "7"));
	WRONG_IF(PrintList(ListSafeSprintf, Text, 4, "%d-%s", 12, "ab") != -1 || Text[0]);
	WRONG_IF(PrintList(ListSafeSnprintf, Text, 4, "%d-%s", 12, "ab") != -1 ||
		 strcmp(Text, "12-"));
	memset(Text, 'x', sizeof(Text));
	WRONG_IF(PrintList(ListOpenSnprintf, Text, 4, "%d-%s", 12, "ab") != -1 ||
		 memcmp(Text, "12-axxxx", 8));
	WRONG_IF(PrintList(ListSwprintf, Wide, 0, L"%d-%s", 12, L"ab") != 5 ||
		 wcscmp(Wide, L"12-ab"));
	WRONG_IF(PrintList(ListSafeSwprintf, Wide, 8, L"%d", 7) != 1 || wcscmp(Wide, L"7"));
	WRONG_IF(PrintList(ListSafeSwprintf, Wide, 4, L"%d-%s", 12, L"ab") != -1 || Wide[0]);
	WRONG_IF(PrintList(ListSafeSnwprintf, Wide, 4, L"%d-%s", 12, L"ab") != -1 ||
		 wcscmp(Wide, L"12-"));
	WRONG_IF(_snwprintf_s(Wide, 4, _TRUNCATE, L"%d-%s", 12, L"ab") != -1 ||
		 wcscmp(Wide, L"12-"));
	Wide[4] = 'x';
	WRONG_IF(PrintList(ListOpenSnwprintf, Wide, 4, L"%d-%s", 12, L"ab") != -1 ||
		 Wide[3] != 'a' || Wide[4] != 'x');
	return 0;
}

/* Without a buffer, the length is counted, or the call fails. */
ULONG NoBufferIsWrong(VOID)
{
	CHAR Text[4] = "abc";
	WCHAR Wide[4] = L"abc";

	WRONG_IF(snprintf(NULL, 0, "%d", 123) != 3 || _snprintf(NULL, 0, "%d", 123) != 3);
	WRONG_IF(snprintf(Text, 0, "%d", 123) != 3 || strcmp(Text, "abc"));
	WRONG_IF(sprintf_s(NULL, 4, "%d", 1) != -1 || sprintf_s(Text, 0, "%d", 1) != -1 ||
		 strcmp(Text, "abc"));
	WRONG_IF(_snwprintf(NULL, 0, L"%d", 123) != 3 || swprintf_s(Wide, 0, L"%d", 1) != -1 ||
		 wcscmp(Wide, L"abc"));
	return 0;
}
