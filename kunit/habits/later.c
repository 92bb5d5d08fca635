// SPDX-License-Identifier: GPL-2.0-only
/* Of recent years: annotations, the kernel's header, types of stdint. */
#include <ntddk.h>
#include <windef.h>
#include <wingdi.h>
#include <stdint.h>
#include <dpfilter.h>
#include <intrin.h>
#include "Video.h"

#ifdef __cplusplus
extern "C" {
#endif

DRIVER_INITIALIZE LaterEntry;
VIDEO_HW_RESET_HW LaterReset;

_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS LaterEntry(_In_ PDRIVER_OBJECT DriverObject, _In_ PUNICODE_STRING RegistryPath)
{
    VIDEO_HW_INITIALIZATION_DATA InitData = { 0 };

    InitData.HwInitDataSize = sizeof(InitData);
    InitData.HwResetHw = LaterReset;
    return VideoPortInitialize(DriverObject, RegistryPath, &InitData, NULL);
}

__declspec(align(16)) static ULONG Aligned[4];
DECLSPEC_ALIGN(8) static uint64_t Aside;
__declspec(noinline) static BOOL LaterHelper(_In_reads_bytes_(n) const BYTE *p, _In_ size_t n,
                                             _Out_writes_opt_(4) DWORD *out, __in_opt PVOID q)
{
    uintptr_t at = (uintptr_t)p;
    UNREFERENCED_PARAMETER(q);
    __try {
        if (ARGUMENT_PRESENT(out)) RtlZeroMemory(out, n);
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        return FALSE;
    }
    return LOWORD((DWORD)at) == HIWORD(0x10000UL) || MAKELONG(1, 2) == 0x20001;
}

BOOLEAN NTAPI
LaterReset(_In_ PVOID HwDeviceExtension, _In_ ULONG Columns, _In_ ULONG Rows)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"name");
    unsigned __int64 big = UInt32x32To64(Columns, Rows);
    for (int i = 0; i < 4; i++)
        Aligned[i] = (ULONG)(big >> i);
    DbgPrint("%wZ %d\n", &name, LaterHelper((BYTE *)&Aside, 8, NULL, NULL));
    WRITE_PORT_UCHAR((PUCHAR)0x3c4, 1);
    __outbyte(0x3c5, __inbyte(0x3c5));
    return TRUE;
}

#ifdef __cplusplus
}
#endif
