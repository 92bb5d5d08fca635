// SPDX-License-Identifier: GPL-2.0-only
/* Of a recent kit: strings with sizes, intrinsics, lists, guarded blocks. */
#include <ntifs.h>
#include <ntstrsafe.h>
#include <intsafe.h>
#include <wdmguid.h>
#include <ntddvdeo.h>
#include <video.h>
#include <initguid.h>

typedef struct _RECENT_ENTRY {
    LIST_ENTRY Link;
    SINGLE_LIST_ENTRY Free;
    volatile LONG Count;
    DEVICE_POWER_STATE Power;
} RECENT_ENTRY, *PRECENT_ENTRY;

static LIST_ENTRY RecentList;

_Use_decl_annotations_
NTSTATUS RecentName(PUNICODE_STRING Name, PWCHAR Buffer, USHORT Size, PULONG Lost)
{
    DECLARE_CONST_UNICODE_STRING(Prefix, L"\\Device\\Video");
    NTSTATUS Status;

    NT_ASSERT(Size > 2);
    RtlInitEmptyUnicodeString(Name, Buffer, Size);
    __try {
        Status = RtlUnicodeStringPrintf(Name, L"%wZ%u", &Prefix, 0u);
        if (!NT_SUCCESS(Status))
            __leave;
        Status = RtlStringCbPrintfW(Buffer, Size, L"%ws", L"Video");
        switch (Status) {
        case STATUS_BUFFER_OVERFLOW:
            __leave;
        default:
            break;
        }
        Status = RtlULongMult(Size, 2, Lost);
    } __finally {
        if (AbnormalTermination())
            *Lost = 0;
    }
    return Status;
}

PRECENT_ENTRY RecentTake(PRECENT_ENTRY Entry, PPCI_COMMON_HEADER Header)
{
    PLIST_ENTRY Link;

    if (PCI_CONFIGURATION_TYPE(Header) == PCI_BRIDGE_TYPE)
        Entry->Count = Header->u.type1.SecondaryBus;
    InitializeListHead(&RecentList);
    InsertTailList(&RecentList, &Entry->Link);
    Link = RemoveTailList(&RecentList);
    if (InterlockedCompareExchange(&Entry->Count, 1, 0) == 0)
        InterlockedOr(&Entry->Count, 2);
    Entry->Power = PowerDeviceD0;
    if (FlagOn(Entry->Count, 1))
        ClearFlag(Entry->Count, 1);
    READ_REGISTER_BUFFER_ULONG((PULONG)Entry, (PULONG)Entry, 0);
    KdPrint(("%p\n", Link));
    return CONTAINING_RECORD(Link, RECENT_ENTRY, Link);
}
