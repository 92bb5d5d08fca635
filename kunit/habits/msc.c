// SPDX-License-Identifier: GPL-2.0-only
/* What only Microsoft's compiler takes, or takes so. */
#define DBG 1
#include "video.h"

VOID MscWalk(PVOID Buffer, ULONG Count);
extern ULONG MscSum();
ULONG MscOld();
extern ULONG MscCalls, MscAdd(ULONG n);

typedef struct _MSC_BITS {
    UCHAR a : 4;
    USHORT b : 4;
    ULONG c : 8;
} MSC_BITS;

#pragma pack(1)
typedef struct _MSC_PACKED {
    USHORT a : 4;
    UCHAR b : 4;
} MSC_PACKED;
#pragma pack()

#if defined(_M_AMD64)
C_ASSERT(sizeof(MSC_BITS) == 8 && sizeof(MSC_PACKED) == 3);
#endif

__declspec(align(32)) struct MSC_ALIGNED {
    ULONG Members[5];
};

typedef __declspec(align(16)) struct _MSC_LINE {
    UCHAR Bytes[4];
} MSC_LINE;

C_ASSERT(sizeof(struct MSC_ALIGNED) == 32 && sizeof(MSC_LINE) == 16);
C_ASSERT(__alignof(struct MSC_ALIGNED) == 32);

#define MSC_PACK __pragma(pack(push, 1))
#define MSC_UNPACK __pragma(pack(pop))

MSC_PACK
typedef struct _MSC_TIGHT {
    UCHAR a;
    ULONG b;
} MSC_TIGHT;
MSC_UNPACK

C_ASSERT(sizeof(MSC_TIGHT) == 5 && sizeof(struct { UCHAR a; ULONG b; }) == 8);

#pragma pack(push, msc, 2)
#pragma pack(push, 4)
#pragma pack(pop, 1)
C_ASSERT(sizeof(struct { UCHAR a; ULONG b; }) == 5);
#pragma pack(pop, msc)
#pragma warning(disable: 4200)
#pragma code_seg("PAGE")
#pragma alloc_text(PAGE, MscOld)

typedef union _MSC_ANY {
    ULONG Header;
    UCHAR Bytes[];
} MSC_ANY;

C_ASSERT(sizeof(MSC_ANY) == sizeof(ULONG));

enum MSC_LATER;
typedef enum MSC_LATER MSC_LATER;
enum MSC_LATER { MscSoon = 1 };

__declspec(deprecated("no longer")) __declspec(deprecated) __declspec(selectany) ULONG MscDeprecated = 'abcd';
C_ASSERT('abcd' == 0x61626364 && 0x123456789i64 > 0xffffffffui32);

typedef struct _MSC_CURSOR {
    PVOID At;
    PVOID Ends[2];
    struct _MSC_CURSOR *Next;
} MSC_CURSOR, *PMSC_CURSOR;

typedef enum _MSC_CHIP { MscChip0, MscChip1, MscChip2 } MSC_CHIP;
typedef enum { MscNone = -1, MscFirst = 0x80000000, MscLast = 0xFFFFFFFF, } MSC_FLAGS;

C_ASSERT((MSC_CHIP)-1 < MscChip0 && sizeof(MSC_FLAGS) == sizeof(ULONG) && MscFirst < 0);

#define MscPrint(Level, Format, ...) \
    VideoPortDebugPrint(Level, "msc: " Format, __VA_ARGS__)

#define MscField(Pointer, Name) ((Pointer)->##Name)

ULONG MscCalls;

ULONG MscAdd(ULONG n)
{
    return MscCalls += n;
}

__inline ULONG MscClock(ULONG n)
{
    return n * 14318 / 1000;
}

ULONG (*MscRoutine)(ULONG) = MscClock;

static VOID MscWalk(PVOID Buffer, ULONG Count)
{
    CHAR name[] = __FUNCTION__;
    MSC_CURSOR cursor = { Buffer, { Buffer, Buffer } };
    PMSC_CURSOR p = &cursor;
    LONG Total = 0, *Totals = &Total;
    register PVOID Last = Buffer;
    MSC_LATER Later = MscSoon;

    C_ASSERT(sizeof(name) == sizeof("MscWalk"));
    VideoDebugPrint((1, __FUNCTION__ ": %d of ((PUCHAR)p)++\n", Count));
    ((PUCHAR)Buffer)++;
    *((PULONG)p->At)++ = Count;
    (PUSHORT)p->Ends[1] += 2;
    ++((PUCHAR)p->Ends[1]);
    --(PUSHORT)p->Ends[0];
    (ULONG)*Totals += Count;
    (VOID)Total++;
    ++((PUSHORT)name)[1];
    --(*(PUCHAR)&name[2]);
    MscField(p, At) = p->Ends[1];
    MscPrint(2, "walks, )\n");
    MscPrint(2, "%d\n", Count);
    if (Count) --(PUCHAR)p->Ends[0];
    do {
        (PUCHAR)Last += 1;
    } while (__pragma(warning(suppress: 4127)) 0);
    for (p->Next = NULL; Count--; )
        ((PUCHAR)p->Ends[0])--;
    if (((ULONG)Count) == MscSum(Buffer, 3) - -1)
        VideoDebugPrint((0, "in " __FUNCTION__ "\n"));
}

static ULONG MscSum(PUCHAR Bytes, ULONG Count)
{
    ULONG sum = 0;

    while (Count--)
        sum += *Bytes++;
    return sum;
}

typedef ULONG MSC_ROUTINE(ULONG n);
MSC_ROUTINE MscTyped;

ULONG MscImplied(ULONG n)
{
    return MscTyped(n) + MscNever(n);
}

static ULONG MscTyped(ULONG n)
{
    __try {
        if (n > 3)
            return 3;
    } __finally {
        n = MscDeprecated;
    }
    return n;
}

static int MscNever(ULONG n)
{
    return n;
}

ULONG MscOld(Context, Count)
    PVOID Context;
    ULONG Count;
{
    VideoDebugPrint((3, __FUNCTION__ "\n"));
    MscWalk(Context, MscClock(Count));
    return sizeof(__FUNCTION__) == sizeof("MscOld") ? MscRoutine(Count) : 0;
}
