// SPDX-License-Identifier: GPL-2.0-only
/* Of an open NT clone, and of drivers that include what they like. */
#include <ndk/kefuncs.h>
#include <ddk/Miniport.h>
#include <ddk\video.h>
#include <pseh/pseh2.h>
#include <conio.h>
#include <tchar.h>
#include <sdkddkver.h>
#define NDEBUG
#include <debug.h>

#if (WINVER < 0x0501) || _WIN32_WINNT != 0x0502 || NTDDI_VERSION < NTDDI_WINXP
#error not of the year that is meant
#endif
#ifndef WIN32
#error not for Windows
#endif

/* Of a header of the hardware's command stream */
#define INOUT 0x10

static_assert(sizeof(PVOID) == sizeof(HANDLE_PTR), "pointers");

__declspec(align(16), noinline) static ULONG CloneHelper(PUNICODE_STRING Name)
{
    NTSTATUS Status = STATUS_UNSUCCESSFUL;
    ULONG Tries;

    _SEH2_TRY
    {
        for (Tries = 0; ; Tries++)
        {
            if (Tries == INOUT)
                _SEH2_LEAVE;
        }
    }
    _SEH2_EXCEPT(EXCEPTION_EXECUTE_HANDLER)
    {
        Status = _SEH2_GetExceptionCode();
    }
    _SEH2_END;

    if (Tries)
        __try { Status = STATUS_SUCCESS; } __except(1) { Status = GetExceptionCode(); }
    else
        DPRINT1("never\n");

    DPRINT("not said: %wZ\n", Name);
    ERR_(IHVVIDEO, "status 0x%08lx\n", Status);
    TRACE_(IHVVIDEO, "no argument\n");
    if (!NT_SUCCESS(Status))
        UNIMPLEMENTED;
    return _tcslen(_T("text")) + (_inp(0x3cc) & 1);
}

#undef NDEBUG
#include <debug.h>

ULONG CloneEntry(PUNICODE_STRING Name)
{
    DPRINT("said: %S\n", L"wide");
    return CloneHelper(Name);
}
