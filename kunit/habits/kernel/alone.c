// SPDX-License-Identifier: GPL-2.0-only
/* A source that does without the kernel's header, and declares what it calls itself. */
#include "dderror.h"
#include "devioctl.h"
#include "miniport.h"
#include "ntddvdeo.h"
#include "video.h"
#include "driver.h"

typedef enum _POOL_TYPE { NonPagedPool, PagedPool } POOL_TYPE;
typedef enum _MEMORY_CACHING_TYPE { MmNonCached = FALSE, MmCached = TRUE } MEMORY_CACHING_TYPE;
typedef enum _EVENT_TYPE { NotificationEvent, SynchronizationEvent } EVENT_TYPE;
typedef struct { PVOID Opaque[3]; } KEVENT, *PKEVENT;
typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;

extern PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);
extern VOID ExFreePool(PVOID P);
extern VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock);
extern UCHAR FASTCALL KfAcquireSpinLock(PKSPIN_LOCK SpinLock);
extern VOID FASTCALL KfReleaseSpinLock(PKSPIN_LOCK SpinLock, UCHAR NewIrql);
extern VOID KeInitializeEvent(PKEVENT Event, EVENT_TYPE Type, BOOLEAN State);
extern LONG KeSetEvent(PKEVENT Event, LONG Increment, BOOLEAN Wait);
extern LONG KeReadStateEvent(PKEVENT Event);
extern VOID KeQuerySystemTime(PLARGE_INTEGER CurrentTime);
extern VOID KeStallExecutionProcessor(ULONG MicroSeconds);
extern UCHAR KeGetCurrentIrql(VOID);
extern ULONG DbgPrint(PCHAR Format, ...);

BOOLEAN AloneTest(PVOID Extension)
{
    LARGE_INTEGER time;
    KSPIN_LOCK lock;
    KEVENT event;
    UCHAR irql;
    PVOID p;

    p = ExAllocatePoolWithTag(PagedPool, 300, DRV_TAG);
    CHECK(p);
    VideoPortFreePool(Extension, p);
    p = VideoPortAllocatePool(Extension, VpNonPagedPool, 30, DRV_TAG);
    CHECK(p);
    ExFreePool(p);
    KeInitializeSpinLock(&lock);
    irql = KfAcquireSpinLock(&lock);
    KfReleaseSpinLock(&lock, irql);
    KeInitializeEvent(&event, NotificationEvent, FALSE);
    CHECK(KeSetEvent(&event, 1, FALSE) == 0 && KeReadStateEvent(&event));
    KeQuerySystemTime(&time);
    KeStallExecutionProcessor(1);
    CHECK(time.QuadPart > 0 && KeGetCurrentIrql() == 0);
    DbgPrint("alone: %08lx\n", 0x1234L);
    return TRUE;
}
