// SPDX-License-Identifier: GPL-2.0-only
/* Says long where it means 32 bits. */
typedef unsigned long ulong32;
#include "video.h"

#define INVALID -1L

typedef struct _LONGS {
    unsigned long Start;
    long End, Both[2];
    long int Third;
    unsigned long int Fourth;
    long long Wide;
    __int64 Wider;
    unsigned __int64 Widest;
    ulong32 Named;
} LONGS;

C_ASSERT(sizeof(long) == 4 && sizeof(unsigned long) == 4 && sizeof(long int) == 4);
C_ASSERT(sizeof(10L) == 4 && sizeof(10UL) == 4 && sizeof(0x10ui64) == 8);
C_ASSERT(sizeof(long long) == 8 && sizeof(__int64) == 8 && sizeof(10LL) == 8);
C_ASSERT(sizeof(ULONG_PTR) == sizeof(void *) && sizeof(SIZE_T) == sizeof(void *));
C_ASSERT(FIELD_OFFSET(LONGS, Wide) == 24 && sizeof(LONGS) == 56);
C_ASSERT(0xffffffffL == (unsigned long)-1L && ~0UL == 0xffffffff);
C_ASSERT(sizeof(4294967295) == 4 && sizeof(4294967296) == 8 && 4294967295 == ~0UL);

typedef unsigned long DWORD;

static char *Text = "a long text of 10L";

ULONG DriverEntry(PVOID Context1, PVOID Context2)
{
    VIDEO_HW_INITIALIZATION_DATA Data;
    unsigned long Length = sizeof(Data), InIoSpace = 0;
    PHYSICAL_ADDRESS Address = { 0, 0 };
    PVOID Where = Text;

    VideoPortZeroMemory(&Data, Length);
    if (VideoPortMapMemory(Context1, Address, &Length, &InIoSpace, &Where) == INVALID)
        return ERROR_INVALID_PARAMETER;
    if (VideoPortReadPortUlong((ULONG *)Context2) == INVALID)
        return ERROR_DEV_NOT_EXIST;
    return VideoPortInitialize(Context1, Context2, &Data, NULL);
}
