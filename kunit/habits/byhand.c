// SPDX-License-Identifier: GPL-2.0-only
/* Declares by hand what it calls, takes addresses of it, and has some of its own. */
#include "dderror.h"
#include "miniport.h"
#include "video.h"

ULONG __cdecl DbgPrint(PCH Format, ...);
VOID KeStallExecutionProcessor(ULONG MicroSeconds);
UCHAR READ_PORT_UCHAR(PUCHAR Port);
VOID WRITE_REGISTER_BUFFER_ULONG(PULONG Register, PULONG Buffer, ULONG Count);
LONG InterlockedExchange(PLONG Target, LONG Value);
VOID RtlInitUnicodeString(PUNICODE_STRING DestinationString, PCWSTR SourceString);
size_t wcslen(const wchar_t *);
wchar_t * __cdecl wcscpy(wchar_t *, const wchar_t *);
int __cdecl swprintf(wchar_t *, const wchar_t *, ...);
extern int sprintf(char *, const char *, ...);
int _stricmp(const char *, const char *);
unsigned int strtoul(const char *, char **, int);
VOID NTAPI RtlZeroMemory(PVOID Destination, SIZE_T Length);
unsigned char __inbyte(unsigned short Port);
#pragma intrinsic(__inbyte)

typedef int (*PRINTER)(char *, const char *, ...);

static PRINTER Printer = sprintf;

int _wcsicmp(const wchar_t *a, const wchar_t *b)
{
    return *a - *b;
}

ULONG ByHand(PVOID HwDeviceExtension)
{
    WCHAR Wide[32];
    CHAR Text[32];
    UNICODE_STRING Name;
    LONG Lock = 0;

    /* Nothing has declared these two */
    _snwprintf(Wide, 32, L"Memory %lu", 4);
    _itoa(1, Text, 10);
    swprintf(Wide, L"%s%d", L"Mode", 3);
    wcscpy(Wide, L"x");
    Printer(Text, "%lx", Lock);
    RtlInitUnicodeString(&Name, Wide);
    DbgPrint("%wZ %s\n", &Name, Text);
    KeStallExecutionProcessor(1);
    WRITE_REGISTER_BUFFER_ULONG((PULONG)HwDeviceExtension, (PULONG)Text, 0);
    InterlockedExchange(&Lock, 1);
    RtlZeroMemory(&Lock, sizeof(Lock));
    Lock = __inbyte(0x3cc);
    __outbyte(0x3c2, Lock);
    return wcslen(Wide) + READ_PORT_UCHAR((PUCHAR)0x3cc) + strtoul("1", 0, 0) +
           _wcsicmp(Wide, Wide) + _stricmp(Text, Text);
}
