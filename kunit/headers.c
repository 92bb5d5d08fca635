// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a Windows source may rely on in include/. The kunit Kbuild makes this part of
 * vpmem_kunit.ko, with include/ in its path; no Linux header belongs in here.
 *
 * The headers come in an order that no driver would think of, and twice. Kbuild in
 * include/ compiles each of them alone.
 */
#include "stdio.h"
#include "wingdi.h"
#include "winerror.h"
#include "string.h"
#include "video.h"
#include "stdarg.h"
#include "ntstatus.h"
#include "dderror.h"
#include "pshpack1.h"
#include "devioctl.h"
#include "poppack.h"
#include "miniport.h"
#include "ntddvdeo.h"
#include "stddef.h"
#include "ntdef.h"
#include "tvout.h"
#include "stdlib.h"
#include "ntstrsafe.h"
#include "strsafe.h"
#include "intrin.h"
#include "ntddk.h"
#include "ntintsafe.h"
#include "wchar.h"
#include "winddi.h"

#include "dderror.h"
#include "miniport.h"
#include "ntddvdeo.h"
#include "video.h"

#include "headers.h"

#include "pshpack1.h"
typedef struct _HEADERS_PACKED {
	UCHAR First;
	ULONG Second;
} HEADERS_PACKED;
#include "poppack.h"

typedef struct _HEADERS_UNPACKED {
	UCHAR First;
	ULONG Second;
} HEADERS_UNPACKED;

/* sparse does not know #pragma pack, nor character constants of four letters. */
#ifndef __CHECKER__
C_ASSERT(sizeof(HEADERS_PACKED) == 5);

/* A tag reads backwards, and no flag is needed for it. */
C_ASSERT('zyxD' == 0x7a797844);
#endif
C_ASSERT(sizeof(HEADERS_UNPACKED) == 8);

/* Widths are those of Windows where a Linux long has 64 bits, too. */

C_ASSERT(sizeof(CHAR) == 1 && sizeof(UCHAR) == 1 && sizeof(BOOLEAN) == 1);
C_ASSERT(sizeof(SHORT) == 2 && sizeof(USHORT) == 2 && sizeof(WCHAR) == 2);
C_ASSERT(sizeof(LONG) == 4 && sizeof(ULONG) == 4 && sizeof(INT) == 4);
C_ASSERT(sizeof(LONGLONG) == 8 && sizeof(ULONGLONG) == 8);
C_ASSERT(sizeof(__int8) == 1 && sizeof(__int16) == 2);
C_ASSERT(sizeof(__int32) == 4 && sizeof(__int64) == 8);
C_ASSERT(sizeof(INT8) == 1 && sizeof(UINT16) == 2 && sizeof(INT32) == 4);
C_ASSERT(sizeof(ULONG32) == 4 && sizeof(ULONG64) == 8);
C_ASSERT(sizeof(ULONG_PTR) == sizeof(PVOID) && sizeof(LONG_PTR) == sizeof(PVOID));
C_ASSERT(sizeof(SIZE_T) == sizeof(PVOID) && sizeof(HANDLE) == sizeof(PVOID));
C_ASSERT(sizeof(VP_STATUS) == 4 && sizeof(NTSTATUS) == 4);
C_ASSERT(sizeof(L"ab") == 6);
C_ASSERT((LONG)~0 < 0 && (SHORT)~0 < 0 && (LONGLONG)~0 < 0);
C_ASSERT((ULONG)~0 > 0 && (USHORT)~0 > 0 && (UCHAR)~0 > 0);

C_ASSERT(VpNonPagedPool == 0 && VpPagedPool == 1);
C_ASSERT(VpNonPagedPoolCacheAligned == 4 && VpPagedPoolCacheAligned == 5);

C_ASSERT(NO_ERROR == 0 && ERROR_SUCCESS == 0);
C_ASSERT(ERROR_INVALID_FUNCTION == 1 && ERROR_NOT_ENOUGH_MEMORY == 8);
C_ASSERT(ERROR_DEV_NOT_EXIST == 55 && ERROR_INVALID_PARAMETER == 87);
C_ASSERT(ERROR_INSUFFICIENT_BUFFER == 122 && ERROR_INVALID_NAME == 123);
C_ASSERT(ERROR_BUSY == 170 && ERROR_MORE_DATA == 234 && WAIT_TIMEOUT == 258);
C_ASSERT(ERROR_IO_PENDING == 997 && ERROR_CONTINUE == 1246);
C_ASSERT(ERROR_NO_MORE_DEVICES == 1248);

C_ASSERT(STATUS_INSUFFICIENT_RESOURCES == -1073741670);
C_ASSERT(NT_SUCCESS(STATUS_SUCCESS) && NT_SUCCESS(STATUS_TIMEOUT));
C_ASSERT(!NT_SUCCESS(STATUS_BUFFER_OVERFLOW) && NT_WARNING(STATUS_BUFFER_OVERFLOW));
C_ASSERT(NT_ERROR(STATUS_UNSUCCESSFUL) && !NT_SUCCESS(STATUS_UNSUCCESSFUL));

C_ASSERT(sizeof(PHYSICAL_ADDRESS) == 8);
C_ASSERT(FIELD_OFFSET(PHYSICAL_ADDRESS, LowPart) ==
	 FIELD_OFFSET(PHYSICAL_ADDRESS, u.LowPart));
C_ASSERT(FIELD_OFFSET(PHYSICAL_ADDRESS, HighPart) ==
	 FIELD_OFFSET(PHYSICAL_ADDRESS, u.HighPart));
C_ASSERT(FIELD_OFFSET(PHYSICAL_ADDRESS, LowPart) +
	 FIELD_OFFSET(PHYSICAL_ADDRESS, HighPart) == 4);

C_ASSERT(IOCTL_VIDEO_QUERY_AVAIL_MODES == 0x230400);
C_ASSERT(IOCTL_VIDEO_SET_CURRENT_MODE == 0x23040c);
C_ASSERT(IOCTL_VIDEO_MAP_VIDEO_MEMORY == 0x230458);

C_ASSERT(sizeof(VIDEO_ACCESS_RANGE) == 16);
C_ASSERT(FIELD_OFFSET(VIDEO_ACCESS_RANGE, RangePassive) == 15);
C_ASSERT(sizeof(VIDEO_MODE_INFORMATION) == 80);
C_ASSERT(FIELD_OFFSET(VIDEO_MODE_INFORMATION, RedMask) == 52);
C_ASSERT(FIELD_OFFSET(VIDEO_MODE_INFORMATION, AttributeFlags) == 64);
C_ASSERT(sizeof(VIDEO_CLUT) == 8);
C_ASSERT(sizeof(STATUS_BLOCK) == 2 * sizeof(PVOID));
C_ASSERT(sizeof(VIDEO_MEMORY_INFORMATION) == 4 * sizeof(PVOID));
C_ASSERT(sizeof(VIDEO_REQUEST_PACKET) == 6 * sizeof(PVOID));
C_ASSERT(sizeof(INTERFACE) == 4 + 3 * sizeof(PVOID) +
	 (sizeof(PVOID) - 4));

C_ASSERT(IOCTL_VIDEO_ENABLE_VDM == 0x230000);
C_ASSERT(IOCTL_VIDEO_REGISTER_VDM == 0x230008);
C_ASSERT(IOCTL_VIDEO_IS_VGA_DEVICE == 0x230024);
C_ASSERT(IOCTL_VIDEO_PREPARE_FOR_EARECOVERY == 0x23002c);
C_ASSERT(IOCTL_VIDEO_SAVE_HARDWARE_STATE == 0x230200);
C_ASSERT(IOCTL_VIDEO_RESTORE_HARDWARE_STATE == 0x230204);
C_ASSERT(IOCTL_VIDEO_QUERY_NUM_AVAIL_MODES == 0x230404);
C_ASSERT(IOCTL_VIDEO_RESET_DEVICE == 0x230410);
C_ASSERT(IOCTL_VIDEO_LOAD_AND_SET_FONT == 0x230414);
C_ASSERT(IOCTL_VIDEO_SET_PALETTE_REGISTERS == 0x230418);
C_ASSERT(IOCTL_VIDEO_SET_COLOR_REGISTERS == 0x23041c);
C_ASSERT(IOCTL_VIDEO_ENABLE_CURSOR == 0x230420);
C_ASSERT(IOCTL_VIDEO_QUERY_CURSOR_POSITION == 0x230434);
C_ASSERT(IOCTL_VIDEO_ENABLE_POINTER == 0x230438);
C_ASSERT(IOCTL_VIDEO_SET_POINTER_ATTR == 0x230440);
C_ASSERT(IOCTL_VIDEO_QUERY_POINTER_CAPABILITIES == 0x230450);
C_ASSERT(IOCTL_VIDEO_GET_BANK_SELECT_CODE == 0x230454);
C_ASSERT(IOCTL_VIDEO_UNMAP_VIDEO_MEMORY == 0x23045c);
C_ASSERT(IOCTL_VIDEO_QUERY_PUBLIC_ACCESS_RANGES == 0x230460);
C_ASSERT(IOCTL_VIDEO_FREE_PUBLIC_ACCESS_RANGES == 0x230464);
C_ASSERT(IOCTL_VIDEO_QUERY_COLOR_CAPABILITIES == 0x230468);
C_ASSERT(IOCTL_VIDEO_SET_POWER_MANAGEMENT == 0x23046c);
C_ASSERT(IOCTL_VIDEO_GET_POWER_MANAGEMENT == 0x230470);
C_ASSERT(IOCTL_VIDEO_SHARE_VIDEO_MEMORY == 0x230474);
C_ASSERT(IOCTL_VIDEO_UNSHARE_VIDEO_MEMORY == 0x230478);
C_ASSERT(IOCTL_VIDEO_SET_COLOR_LUT_DATA == 0x23047c);
C_ASSERT(IOCTL_VIDEO_GET_CHILD_STATE == 0x230480);
C_ASSERT(IOCTL_VIDEO_SWITCH_DUALVIEW == 0x23048c);
C_ASSERT(IOCTL_VIDEO_SET_BANK_POSITION == 0x230490);
C_ASSERT(IOCTL_VIDEO_SET_DISPLAY_BRIGHTNESS == 0x23049c);
C_ASSERT(IOCTL_FSVIDEO_COPY_FRAME_BUFFER == 0x340800);

/*
 * Layouts, with the size on 32 bits and on 64 where a pointer is in it. A ULONGLONG is
 * aligned to 4 bytes on 32-bit x86 Linux and to 8 on Windows, so structures that have
 * one are compared on 64 bits only.
 */
#define SIZE_IS(type, on_32, on_64) \
	C_ASSERT(sizeof(type) == (sizeof(PVOID) == 8 ? (on_64) : (on_32)))
#define OFFSET_IS(type, field, on_32, on_64) \
	C_ASSERT(FIELD_OFFSET(type, field) == (sizeof(PVOID) == 8 ? (on_64) : (on_32)))

SIZE_IS(VIDEO_NUM_MODES, 8, 8);
SIZE_IS(VIDEO_MODE, 4, 4);
SIZE_IS(VIDEO_MEMORY, 4, 8);
SIZE_IS(VIDEO_MEMORY_INFORMATION, 16, 32);
SIZE_IS(VIDEO_SHARE_MEMORY, 16, 24);
OFFSET_IS(VIDEO_SHARE_MEMORY, RequestedVirtualAddress, 12, 16);
SIZE_IS(VIDEO_SHARE_MEMORY_INFORMATION, 12, 16);
SIZE_IS(VIDEO_PUBLIC_ACCESS_RANGES, 12, 16);
SIZE_IS(VIDEO_CLUTDATA, 4, 4);
OFFSET_IS(VIDEO_CLUT, LookupTable, 4, 4);
SIZE_IS(VIDEO_POWER_MANAGEMENT, 12, 12);
SIZE_IS(VIDEO_PALETTE_DATA, 6, 6);
OFFSET_IS(VIDEO_PALETTE_DATA, Colors, 4, 4);
SIZE_IS(VIDEO_COLOR_LUT_DATA, 12, 12);
SIZE_IS(VIDEO_LUT_RGB256WORDS, 1536, 1536);
SIZE_IS(VIDEO_COLOR_CAPABILITIES, 72, 72);
OFFSET_IS(VIDEO_COLOR_CAPABILITIES, WhiteGamma, 56, 56);
SIZE_IS(VIDEO_CURSOR_POSITION, 4, 4);
SIZE_IS(VIDEO_CURSOR_ATTRIBUTES, 10, 10);
OFFSET_IS(VIDEO_CURSOR_ATTRIBUTES, Enable, 9, 9);
SIZE_IS(VIDEO_LOAD_FONT_INFORMATION, 12, 12);
OFFSET_IS(VIDEO_LOAD_FONT_INFORMATION, Font, 8, 8);
SIZE_IS(VIDEO_POINTER_POSITION, 4, 4);
SIZE_IS(VIDEO_POINTER_ATTRIBUTES, 28, 28);
OFFSET_IS(VIDEO_POINTER_ATTRIBUTES, Pixels, 24, 24);
SIZE_IS(VIDEO_POINTER_CAPABILITIES, 20, 20);
SIZE_IS(VIDEO_BANK_SELECT, 52, 52);
OFFSET_IS(VIDEO_BANK_SELECT, CodeOffset, 36, 36);
SIZE_IS(BANK_POSITION, 8, 8);
SIZE_IS(VIDEO_VDM, 4, 8);
SIZE_IS(VIDEO_REGISTER_VDM, 4, 4);
SIZE_IS(VIDEO_HARDWARE_STATE_HEADER, 164, 168);
OFFSET_IS(VIDEO_HARDWARE_STATE_HEADER, AttribIndexDataState, 52, 52);
OFFSET_IS(VIDEO_HARDWARE_STATE_HEADER, PlaneLength, 108, 108);
OFFSET_IS(VIDEO_HARDWARE_STATE_HEADER, FrameBufferData, 160, 160);
SIZE_IS(VIDEO_HARDWARE_STATE, 8, 16);
SIZE_IS(VIDEO_MONITOR_DESCRIPTOR, 8, 8);
SIZE_IS(DISPLAY_BRIGHTNESS, 3, 3);
SIZE_IS(VIDEO_DEVICE_SESSION_STATUS, 8, 8);
SIZE_IS(VIDEO_PERFORMANCE_COUNTER, 600, 600);
SIZE_IS(VIDEO_QUERY_PERFORMANCE_COUNTER, 8, 16);

SIZE_IS(EMULATOR_ACCESS_ENTRY, 20, 24);
SIZE_IS(VIDEO_HW_INITIALIZATION_DATA, 84, 144);
OFFSET_IS(VIDEO_HW_INITIALIZATION_DATA, HwDeviceExtensionSize, 24, 40);
OFFSET_IS(VIDEO_HW_INITIALIZATION_DATA, HwStartDma, 40, 64);
OFFSET_IS(VIDEO_HW_INITIALIZATION_DATA, AllowEarlyEnumeration, 76, 136);
OFFSET_IS(VIDEO_PORT_CONFIG_INFO, EmulatorAccessEntries, 28, 32);
OFFSET_IS(VIDEO_PORT_CONFIG_INFO, HardwareStateSize,
	  FIELD_OFFSET(VIDEO_PORT_CONFIG_INFO, VdmPhysicalVideoMemoryAddress) + 12, 60);
SIZE_IS(VIDEO_CHILD_ENUM_INFO, 20, 24);
SIZE_IS(VPOSVERSIONINFO, 20, 20);
SIZE_IS(QUERY_INTERFACE, 16, 32);
SIZE_IS(DDC_CONTROL, 24, 48);
SIZE_IS(INT10_BIOS_ARGUMENTS, 32, 32);
SIZE_IS(VIDEO_PORT_INT10_INTERFACE, 36, 72);

SIZE_IS(PCI_COMMON_CONFIG, 256, 256);
SIZE_IS(PCI_COMMON_HEADER, 64, 64);
OFFSET_IS(PCI_COMMON_CONFIG, u.type1.BridgeControl, 62, 62);
OFFSET_IS(PCI_COMMON_CONFIG, u.type1.IOBaseUpper16, 48, 48);
OFFSET_IS(PCI_COMMON_CONFIG, u.type2.Range[3].Limit, 56, 56);
OFFSET_IS(PCI_COMMON_CONFIG, u.type2.BridgeControl, 62, 62);
SIZE_IS(PCI_AGP_CAPABILITY, 12, 12);
SIZE_IS(PCI_PM_CAPABILITY, 8, 8);
C_ASSERT(PCI_COMMON_HDR_LENGTH == 64);
OFFSET_IS(PCI_COMMON_CONFIG, u.type0.ROMBaseAddress, 48, 48);
OFFSET_IS(PCI_COMMON_CONFIG, u.type0.InterruptLine, 60, 60);
SIZE_IS(PCI_SLOT_NUMBER, 4, 4);
SIZE_IS(IO_RESOURCE_DESCRIPTOR, 32, 32);
SIZE_IS(GUID, 16, 16);
SIZE_IS(UNICODE_STRING, 8, 16);
#ifndef __CHECKER__
SIZE_IS(CM_PARTIAL_RESOURCE_DESCRIPTOR, 16, 20);
SIZE_IS(CM_MONITOR_DEVICE_DATA, 54, 54);
#endif
SIZE_IS(DEVMODEW, 220, 220);
SIZE_IS(BITMAPINFOHEADER, 40, 40);
SIZE_IS(RTL_OSVERSIONINFOW, 276, 276);
SIZE_IS(RTL_OSVERSIONINFOEXW, 284, 284);
SIZE_IS(VIDEO_WIN32K_CALLBACKS, 20, 40);
SIZE_IS(VIDEO_BRIGHTNESS_POLICY, 4, 4);
SIZE_IS(VIDEOPARAMETERS, 356, 356);

C_ASSERT(LOWORD(0x12345678) == 0x5678 && HIWORD(0x12345678) == 0x1234);
C_ASSERT(sizeof(BYTE) == 1 && sizeof(WORD) == 2 && sizeof(DWORD) == 4);
C_ASSERT(sizeof(BOOL) == 4 && sizeof(DWORD_PTR) == sizeof(PVOID));

/* Drivers brace-initialise tables of these, halves first. */
static const VIDEO_ACCESS_RANGE Ranges[] = {
	{ { 0x000003b0, 0x00000000 }, 0x0000000c, 1, 1, TRUE, FALSE },
	{ { 0xfd000000, 0x00000001 }, 0x00800000, 0, 0, FALSE, FALSE },
};

static ULONG WideFailures(VOID)
{
	WCHAR Text[16] = L"ab";
	ULONG Failures = 0;

	wcscat(Text, L"CD");
	if (wcslen(Text) != 4 || wcscmp(Text, L"abCD") || !wcscmp(Text, L"abC"))
		Failures++;
	if (_wcsicmp(Text, L"ABcd") || wcsncmp(Text, L"abXY", 2))
		Failures++;
	if (wcschr(Text, 'C') != Text + 2 || wcschr(Text, 'x') || wcsrchr(Text, 'x'))
		Failures++;
	if (wcsstr(Text, L"bC") != Text + 1 || wcsstr(Text, L"bD"))
		Failures++;
	wcsncpy(Text, L"xyz", 2);
	if (wcscmp(Text, L"xyCD"))
		Failures++;
	return Failures;
}

static ULONG FormatFailures(VOID)
{
	CHAR Text[64];
	ULONG Failures = 0;

	/* Eight values, so that some are on the stack, where upper halves are dirty. */
	sprintf(Text, "%lx %ld %lu %08lX %x %d %ld %lx", 0x89abcdef, -1, 7, 0xbeef, 1, -2,
		-3, 0xffffffff);
	if (strcmp(Text, "89abcdef -1 7 0000BEEF 1 -2 -3 ffffffff"))
		Failures++;
	sprintf(Text, "%I64x %s %hs %c %%", 0x123456789abcdefULL, "a", "b", 'c');
	if (strcmp(Text, "123456789abcdef a b c %"))
		Failures++;
	sprintf(Text, "%ws %S %5ls|%-3C|", L"wide", L"WIDE", L"ab", 'c');
	if (strcmp(Text, "wide WIDE    ab|c  |"))
		Failures++;
	if (snprintf(Text, 4, "%s", "abcdef") != 6 || strcmp(Text, "abc"))
		Failures++;
	return Failures;
}

/* Microsoft's leave the end off where there is no room for it. */
static ULONG RoomFailures(VOID)
{
	CHAR Text[8];
	ULONG Failures = 0;

	memset(Text, 'x', sizeof(Text));
	if (_snprintf(Text, 4, "%s", "abcdef") != -1 || memcmp(Text, "abcdxxxx", 8))
		Failures++;
	memset(Text, 'x', sizeof(Text));
	if (_snprintf(Text, 4, "%s", "abcd") != 4 || memcmp(Text, "abcdxxxx", 8))
		Failures++;
	if (_snprintf(Text, 4, "%s", "abc") != 3 || memcmp(Text, "abc\0xxxx", 8))
		Failures++;
	if (sprintf_s(Text, 4, "%s", "abcd") != -1 || Text[0])
		Failures++;
	if (_snprintf_s(Text, 4, _TRUNCATE, "%d", 12345) != -1 || strcmp(Text, "123"))
		Failures++;
	return Failures;
}

static ULONG WideFormatFailures(VOID)
{
	WCHAR Text[32];
	ULONG Failures = 0;

	if (swprintf(Text, L"%s %S %hs %c %lu KB", L"wide", "narrow", "h", L'c', 8192) != 23 ||
	    wcscmp(Text, L"wide narrow h c 8192 KB"))
		Failures++;
	/* The other form, of later years, says how large it is. */
	if (swprintf(Text, (PVOID)(ULONG_PTR)4, L"%d", 12345) != -1 || wcscmp(Text, L"123"))
		Failures++;
	if (_snwprintf(Text, 32, L"%04x %ws", 0xab, L"z") != 6 || wcscmp(Text, L"00ab z"))
		Failures++;
	if (swprintf_s(Text, 32, L"%wZ", &(UNICODE_STRING)RTL_CONSTANT_STRING(L"counted")) != 7)
		Failures++;
	return Failures;
}

static ULONG SafeFailures(VOID)
{
	WCHAR Wide[8];
	CHAR Text[8];
	SIZE_T Length;
	UNICODE_STRING String = { 0, sizeof(Wide), Wide };
	ULONG Failures = 0;

	if (RtlStringCbPrintfA(Text, sizeof(Text), "%s-%d", "ab", 7) || strcmp(Text, "ab-7"))
		Failures++;
	if (RtlStringCchPrintfW(Wide, 4, L"%d", 12345) != STATUS_BUFFER_OVERFLOW ||
	    wcscmp(Wide, L"123"))
		Failures++;
	if (RtlStringCbCopyW(Wide, sizeof(Wide), L"abc") || RtlStringCchCatW(Wide, 8, L"d") ||
	    wcscmp(Wide, L"abcd"))
		Failures++;
	if (RtlStringCbCopyA(Text, 3, "abcd") != STATUS_BUFFER_OVERFLOW || strcmp(Text, "ab"))
		Failures++;
	if (RtlStringCchCopyNA(Text, 8, "abcd", 2) || strcmp(Text, "ab"))
		Failures++;
	if (RtlStringCbLengthW(Wide, sizeof(Wide), &Length) || Length != 8)
		Failures++;
	if (!RtlStringCchLengthA("abc", 3, &Length) || RtlStringCbCopyA(Text, 0, "") >= 0)
		Failures++;
	if (StringCchCatA(Text, 4, "cd") != STRSAFE_E_INSUFFICIENT_BUFFER || strcmp(Text, "abc"))
		Failures++;
	if (RtlUnicodeStringPrintf(&String, L"%d", 12) || String.Length != 4 || Wide[1] != '2')
		Failures++;
	if (strcpy_s(Text, 3, "abc") != 34 || Text[0] || wcscat_s(Wide, 8, L"") ||
	    strncpy_s(Text, 3, "abc", _TRUNCATE) != 80 || strcmp(Text, "ab"))
		Failures++;
	return Failures;
}

static ULONG NumberFailures(VOID)
{
	CHAR Text[72], *End;
	WCHAR Wide[16];
	ULONG Failures = 0, Value;
	UNICODE_STRING String = RTL_CONSTANT_STRING(L"0x1F");

	if (strtoul("  0x12G", &End, 0) != 0x12 || *End != 'G' || strtol("-077", NULL, 0) != -63)
		Failures++;
	if (strtoul("99999999999", NULL, 10) != 0xffffffff || wcstoul(L"ff", NULL, 16) != 255)
		Failures++;
	if (strtol("-99999999999", NULL, 10) != (LONG)0x80000000 || strtol("x", &End, 10) ||
	    *End != 'x')
		Failures++;
	if (strcmp(_itoa(-12, Text, 10), "-12") || strcmp(_itoa(-1, Text, 16), "ffffffff") ||
	    wcscmp(_itow(0, Wide, 10), L"0") || strcmp(_ui64toa(~0ULL, Text, 2) + 60, "1111"))
		Failures++;
	if (RtlUnicodeStringToInteger(&String, 0, &Value) || Value != 31)
		Failures++;
	String = (UNICODE_STRING){ 0, sizeof(Wide), Wide };
	if (RtlIntegerToUnicodeString(0xabc, 16, &String) || wcscmp(Wide, L"ABC"))
		Failures++;
	if (!RtlULongAdd(~0U, 1, &Value) || RtlULongMult(3, 4, &Value) || Value != 12)
		Failures++;
	return Failures;
}

static ULONG CountedFailures(VOID)
{
	WCHAR Wide[4];
	UNICODE_STRING String, Other = RTL_CONSTANT_STRING(L"ABCDE");
	ANSI_STRING Narrow;
	ULONG Failures = 0;

	RtlInitEmptyUnicodeString(&String, Wide, sizeof(Wide));
	if (RtlAppendUnicodeToString(&String, L"ab") || String.Length != 4 || Wide[2])
		Failures++;
	if (RtlAppendUnicodeToString(&String, L"cde") != STATUS_BUFFER_TOO_SMALL)
		Failures++;
	if (!RtlPrefixUnicodeString(&String, &Other, TRUE) ||
	    RtlEqualUnicodeString(&String, &Other, TRUE))
		Failures++;
	RtlCopyUnicodeString(&String, &Other);
	if (String.Length != 8 || RtlCompareUnicodeString(&String, &Other, FALSE) >= 0)
		Failures++;
	if (RtlUnicodeStringToAnsiString(&Narrow, &Other, TRUE) || Narrow.Length != 5 ||
	    strcmp(Narrow.Buffer, "ABCDE"))
		Failures++;
	if (RtlAnsiStringToUnicodeString(&String, &Narrow, FALSE) != STATUS_BUFFER_OVERFLOW)
		Failures++;
	RtlFreeAnsiString(&Narrow);
	return Failures;
}

static ULONG TimeFailures(VOID)
{
	LARGE_INTEGER Time = { .QuadPart = 133801200005000000LL };
	TIME_FIELDS Fields;

	/* 31 December 2024, 12:00:00.500, a Tuesday */
	RtlTimeToTimeFields(&Time, &Fields);
	return Fields.Year != 2024 || Fields.Month != 12 || Fields.Day != 31 ||
	       Fields.Hour != 12 || Fields.Minute || Fields.Second ||
	       Fields.Milliseconds != 500 || Fields.Weekday != 2;
}

static ULONG InterlockedFailures(VOID)
{
	LONG Value = 5;
	LONG64 Wide = 1;
	PVOID Pointer = &Value;
	ULONG Index = 0, Failures = 0;

	if (InterlockedCompareExchange(&Value, 7, 5) != 5 || Value != 7 ||
	    InterlockedCompareExchange(&Value, 8, 5) != 7 || Value != 7)
		Failures++;
	if (_InterlockedOr(&Value, 8) != 7 || _InterlockedAnd(&Value, 12) != 15 || Value != 12)
		Failures++;
	if (InterlockedExchangeAdd(&Value, 3) != 12 || InterlockedIncrement(&Value) != 16)
		Failures++;
	if (_interlockedbittestandset(&Value, 0) || !_interlockedbittestandreset(&Value, 4) ||
	    Value != 1)
		Failures++;
	if (InterlockedExchange64(&Wide, 1LL << 40) != 1 || Wide != 1LL << 40)
		Failures++;
	if (InterlockedExchangePointer(&Pointer, NULL) != &Value || Pointer)
		Failures++;
	if (!_BitScanReverse(&Index, 0x500) || Index != 10 || _BitScanForward(&Index, 0))
		Failures++;
	return Failures;
}

/* __leave ends the innermost block, from within a loop as well. */
static ULONG LeaveFailures(VOID)
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
	/* What continue leaves out is what a return does. */
	return Passes != 12 || Cleaned != 2;
}

static ULONG TextFailures(VOID)
{
	CHAR Text[8];
	UNICODE_STRING String;
	ULONG Failures = 0;

	memset(Text, 'x', sizeof(Text));
	strncpy(Text, "ab", 4);
	if (memcmp(Text, "ab\0\0xxxx", 8) || atoi(" -12x") != -12)
		Failures++;
	if (_stricmp("aB", "Ab") || abs(-3) != 3 || min(2, 1) != 1 || max(2, 1) != 2)
		Failures++;
	RtlInitUnicodeString(&String, L"abc");
	if (String.Length != 6 || String.MaximumLength != 8)
		Failures++;
	return Failures;
}

/* What only a running program can tell. Returns how much of it is wrong. */
ULONG NTAPI
HeadersFailures(IN PVOID HwDeviceExtension OPTIONAL)
{
	CONST WCHAR Wide[] = L"Ab";
	ULONG Failures = 0;
	CHAR Text[8];

	UNREFERENCED_PARAMETER(HwDeviceExtension);

	if (Ranges[0].RangeStart.QuadPart != 0x3b0 || Ranges[0].RangeLength != 12)
		Failures++;
	if (Ranges[1].RangeStart.QuadPart != 0x1fd000000LL ||
	    Ranges[1].RangeStart.u.HighPart != 1)
		Failures++;
	if (Wide[0] != 'A' || Wide[1] != 'b' || Wide[2])
		Failures++;
	memset(Text, 'x', sizeof(Text));
	memcpy(Text, "vpmem", sizeof("vpmem"));
	if (strlen(Text) != 5 || strcmp(Text, "vpmem"))
		Failures++;
	Failures += WideFailures() + FormatFailures() + TextFailures();
	Failures += RoomFailures() + WideFormatFailures() + SafeFailures();
	Failures += NumberFailures() + CountedFailures() + InterlockedFailures();
	Failures += LeaveFailures() + TimeFailures();
	VideoDebugPrint((0, "%d failures\n", Failures));
	return Failures;
}
