// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a Windows source may rely on in include/. The kunit Kbuild makes this part of
 * vpmem_kunit.ko, with include/ in its path; no Linux header belongs in here.
 *
 * The headers come in an order that no driver would think of, and twice. Kbuild in
 * include/ compiles each of them alone.
 */
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

/* Drivers brace-initialise tables of these, halves first. */
static const VIDEO_ACCESS_RANGE Ranges[] = {
	{ { 0x000003b0, 0x00000000 }, 0x0000000c, 1, 1, TRUE, FALSE },
	{ { 0xfd000000, 0x00000001 }, 0x00800000, 0, 0, FALSE, FALSE },
};

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
	VideoDebugPrint((0, "%d failures\n", Failures));
	return Failures;
}
