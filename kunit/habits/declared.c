// SPDX-License-Identifier: GPL-2.0-only
/* Declares its functions with other parameters than it defines them with. */
#include "miniport.h"
#include "ntddvdeo.h"
#include "video.h"

typedef struct _DECLARED_EXTENSION {
    ULONG Id;
    UCHAR Flags;
} DECLARED_EXTENSION, *PDECLARED_EXTENSION;

BOOLEAN DeclaredInitialize(PVOID HwDeviceExtension);
BOOLEAN DeclaredInitialize(PVOID);
static VP_STATUS DeclaredGet(IN PVOID Extension, ULONG Index, UCHAR c, const char *Name);
VOID DeclaredStore(PDECLARED_EXTENSION Extension, UCHAR *c);
VOID DeclaredLater();
BOOLEAN DeclaredOld(PVOID HwDeviceExtension, UCHAR Flags);
/* Declarations of a header in other words */
LONG VideoPortInterlockedIncrement(IN OUT volatile LONG *Addend);
VOID VideoPortZeroMemory(PUCHAR Destination, ULONG Length);

typedef BOOLEAN (*DECLARED_ROUTINE)(PVOID);
DECLARED_ROUTINE DeclaredRoutines[] = { DeclaredInitialize };

BOOLEAN DeclaredInitialize(PDECLARED_EXTENSION Extension)
{
    DeclaredLater(Extension, 1);
    return Extension->Id == 1 && DeclaredGet(Extension, 2, 3, "name") == 0 && DeclaredNever(1);
}

static VP_STATUS DeclaredGet(PDECLARED_EXTENSION Extension, ULONG Index, UCHAR c, PCHAR Name)
{
    return Extension->Id + Index + c - 6;
}

VOID DeclaredStore(PVOID HwDeviceExtension, PUCHAR c)
{
    PDECLARED_EXTENSION Extension = HwDeviceExtension;

    Extension->Flags = *c;
}

VOID DeclaredLater(PDECLARED_EXTENSION Extension, UCHAR Flags)
{
    VideoPortZeroMemory((PUCHAR)&Flags, sizeof(Flags));
    DeclaredStore(Extension, &Flags);
}

BOOLEAN
DeclaredOld(
    Extension,
    Flags
    )
PDECLARED_EXTENSION Extension;
UCHAR Flags;
{
    return Extension->Flags == Flags;
}

BOOLEAN DeclaredNever(BOOLEAN b)
{
    return b;
}

BOOLEAN DeclaredInitialize(PDECLARED_EXTENSION Extension);
