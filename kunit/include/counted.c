// SPDX-License-Identifier: GPL-2.0-only
/*
 * Checks of counted strings, and of numbers as text: the bounds, and arguments that are refused.
 * As in headers.c, no Linux header belongs in here.
 */
#include "stdlib.h"
#include "string.h"
#include "wchar.h"
#include "video.h"
#include "ntddk.h"

#include "kunit/lib/headers.h"

/* A source of NULL is an empty string. */
static ULONG NullSourceIsWrong(VOID)
{
	WCHAR Room[4] = L"abc";
	UNICODE_STRING String = { 6, sizeof(Room), Room };

	WRONG_IF(RtlAppendUnicodeToString(&String, NULL) || String.Length != 6);
	RtlCopyUnicodeString(&String, NULL);
	WRONG_IF(String.Length || String.MaximumLength != sizeof(Room) || String.Buffer != Room);
	RtlInitUnicodeString(&String, NULL);
	WRONG_IF(String.Length || String.MaximumLength || String.Buffer);
	return 0;
}

static ULONG CountedOrderIsWrong(VOID)
{
	UNICODE_STRING Upper = RTL_CONSTANT_STRING(L"ABC"), Lower = RTL_CONSTANT_STRING(L"abc");
	UNICODE_STRING Other = RTL_CONSTANT_STRING(L"abd"), Short = RTL_CONSTANT_STRING(L"ab");

	WRONG_IF(RtlCompareUnicodeString(&Lower, &Other, FALSE) >= 0 ||
		 RtlCompareUnicodeString(&Other, &Lower, TRUE) <= 0 ||
		 RtlCompareUnicodeString(&Upper, &Lower, FALSE) >= 0 ||
		 RtlCompareUnicodeString(&Upper, &Lower, TRUE));
	WRONG_IF(!RtlPrefixUnicodeString(&Short, &Lower, FALSE) ||
		 RtlPrefixUnicodeString(&Lower, &Short, FALSE) ||
		 RtlPrefixUnicodeString(&Short, &Upper, FALSE) ||
		 RtlPrefixUnicodeString(&Lower, &Other, TRUE));
	return 0;
}

static ULONG UpcaseIsWrong(VOID)
{
	UNICODE_STRING From = RTL_CONSTANT_STRING(L"aB"), Empty = { 0, 0, NULL }, To;
	WCHAR Room[2];

	RtlInitEmptyUnicodeString(&To, Room, sizeof(Room));
	WRONG_IF(RtlUpcaseUnicodeString(&To, &From, FALSE) || To.Length != 4 || Room[0] != 'A' ||
		 Room[1] != 'B');
	To.MaximumLength = 2;
	WRONG_IF(RtlUpcaseUnicodeString(&To, &From, FALSE) != STATUS_BUFFER_OVERFLOW);
	WRONG_IF(RtlUpcaseUnicodeString(&To, &From, TRUE) || To.Length != 4 ||
		 memcmp(To.Buffer, L"AB", 4));
	RtlFreeUnicodeString(&To);
	WRONG_IF(RtlUpcaseUnicodeString(&To, &Empty, TRUE) || To.Length || !To.Buffer);
	RtlFreeUnicodeString(&To);
	WRONG_IF(To.Buffer || To.MaximumLength);
	return 0;
}

static ULONG NarrowingIsWrong(VOID)
{
	WCHAR Wide[3] = { 'a', 0xe9, 'b' };
	UNICODE_STRING From = { sizeof(Wide), sizeof(Wide), Wide };
	CHAR Room[4] = "xxx";
	ANSI_STRING To = { 0, sizeof(Room), Room };
	ULONG Bytes;

	WRONG_IF(RtlUnicodeStringToAnsiString(&To, &From, FALSE) || To.Length != 3 ||
		 strcmp(Room, "a?b"));
	/* The text is cut where it does not fit, and has its end. */
	To.MaximumLength = 3;
	WRONG_IF(RtlUnicodeStringToAnsiString(&To, &From, FALSE) != STATUS_BUFFER_OVERFLOW ||
		 To.Length != 2 || strcmp(Room, "a?"));
	To.MaximumLength = 0;
	WRONG_IF(RtlUnicodeStringToAnsiString(&To, &From, FALSE) != STATUS_BUFFER_OVERFLOW ||
		 strcmp(Room, "a?"));
	WRONG_IF(RtlUnicodeToMultiByteN(Room, 1, NULL, Wide + 2, 2) || strcmp(Room, "b?"));
	WRONG_IF(RtlMultiByteToUnicodeN(Wide, 4, &Bytes, "xyz", 3) || Bytes != 4 ||
		 Wide[1] != 'y' || Wide[2] != 'b');
	return 0;
}

/* 32768 wide characters do not fit the 16 bits of a length. */
static ULONG LongestIsWrong(VOID)
{
	ANSI_STRING From = { 0x7fff, 0x7fff, NULL };
	UNICODE_STRING To = { 0, 0, NULL };

	WRONG_IF(RtlAnsiStringToUnicodeString(&To, &From, TRUE) != STATUS_INVALID_PARAMETER_2 ||
		 To.Buffer);
	return 0;
}

static ULONG BadNumber(PCSZ Text, ULONG Base, ULONG Expected)
{
	ULONG Value = ~Expected;

	return RtlCharToInteger(Text, Base, &Value) || Value != Expected;
}

static ULONG TextToNumberIsWrong(VOID)
{
	ULONG Value = 77;

	WRONG_IF(BadNumber("0x1f", 0, 31) || BadNumber("0o17", 0, 15) || BadNumber("0b101", 0, 5));
	WRONG_IF(BadNumber("017", 0, 17) || BadNumber("0", 0, 0) || BadNumber("12z", 0, 12));
	WRONG_IF(BadNumber(" \t-12", 10, (ULONG)-12) || BadNumber("+5", 10, 5));
	WRONG_IF(BadNumber("fF", 16, 255) || BadNumber("78", 8, 7) || BadNumber("12", 2, 1));
	WRONG_IF(BadNumber("", 10, 0) || BadNumber("\xa0\x35", 10, 0) || BadNumber("/:@G", 16, 0));
	WRONG_IF(RtlCharToInteger("1", 3, &Value) != STATUS_INVALID_PARAMETER || Value != 77);
	return 0;
}

static ULONG NumberToTextIsWrong(VOID)
{
	WCHAR Room[5];
	UNICODE_STRING String = { 0, sizeof(Room), Room };

	WRONG_IF(RtlIntegerToUnicodeString(4095, 0, &String) || wcscmp(Room, L"4095"));
	WRONG_IF(RtlIntegerToUnicodeString(9, 8, &String) || wcscmp(Room, L"11"));
	WRONG_IF(RtlIntegerToUnicodeString(5, 2, &String) || wcscmp(Room, L"101"));
	WRONG_IF(RtlInt64ToUnicodeString(0xabcd, 16, &String) || wcscmp(Room, L"ABCD"));
	WRONG_IF(RtlInt64ToUnicodeString(0xabcde, 16, &String) != STATUS_BUFFER_OVERFLOW);
	WRONG_IF(RtlInt64ToUnicodeString(1, 36, &String) != STATUS_INVALID_PARAMETER);
	return 0;
}

/* The numbers of the C library, which end where the text does not go on as one */
static ULONG EndIsWrong(VOID)
{
	WCHAR *WideEnd;
	CHAR *End;

	WRONG_IF(strtol("\t\r +5\x0e", &End, 10) != 5 || *End != '\x0e');
	WRONG_IF(strtoul("0XfFg", &End, 16) != 255 || *End != 'g');
	WRONG_IF(strtoul("0xg", &End, 0) || *End != 'x' || strtoul("0y", &End, 16) || *End != 'y');
	WRONG_IF(strtoul("019", &End, 0) != 1 || *End != '9' || strtoul("19", NULL, 0) != 19);
	WRONG_IF(strtoul("-1", NULL, 10) != 0xffffffff);
	WRONG_IF(wcstol(L"-9x", &WideEnd, 10) != -9 || *WideEnd != 'x');
	WRONG_IF(wcstoul(L"zz", &WideEnd, 36) != 35 * 36 + 35 || *WideEnd);
	return 0;
}

ULONG CountedBoundIsWrong(VOID)
{
	ULONG Line = NullSourceIsWrong() ?: CountedOrderIsWrong() ?: UpcaseIsWrong();

	return Line ?: NarrowingIsWrong() ?: LongestIsWrong();
}

ULONG NumberTextIsWrong(VOID)
{
	return TextToNumberIsWrong() ?: NumberToTextIsWrong() ?: EndIsWrong();
}
