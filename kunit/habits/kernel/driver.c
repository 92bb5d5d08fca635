// SPDX-License-Identifier: GPL-2.0-only
/* A miniport with the kernel's header, and what it declares once more. */
#include <ntddk.h>
#include <stdlib.h>
#include "video.h"
#include "driver.h"

NTKERNELAPI PVOID NTAPI ExAllocatePoolWithTag(IN POOL_TYPE PoolType, IN SIZE_T NumberOfBytes, IN ULONG Tag);
NTKERNELAPI VOID NTAPI ExFreePoolWithTag(IN PVOID P, IN ULONG Tag);
NTKERNELAPI VOID ExFreePool(PVOID P);
NTKERNELAPI PVOID MmMapIoSpace(IN PHYSICAL_ADDRESS PhysicalAddress, IN SIZE_T NumberOfBytes,
                               IN MEMORY_CACHING_TYPE CacheType);
NTHALAPI VOID KeStallExecutionProcessor(IN ULONG MicroSeconds);
NTKERNELAPI VOID KeQuerySystemTime(OUT PLARGE_INTEGER CurrentTime);
NTHALAPI LARGE_INTEGER KeQueryPerformanceCounter(IN PLARGE_INTEGER PerformanceFrequency OPTIONAL);
NTKERNELAPI VOID NTAPI KeInitializeEvent(IN PRKEVENT Event, IN EVENT_TYPE Type, IN BOOLEAN State);
NTKERNELAPI LONG NTAPI KeSetEvent(IN PRKEVENT Event, IN KPRIORITY Increment, IN BOOLEAN Wait);
NTKERNELAPI NTSTATUS NTAPI KeWaitForSingleObject(IN PVOID Object, IN KWAIT_REASON WaitReason,
    IN KPROCESSOR_MODE WaitMode, IN BOOLEAN Alertable, IN PLARGE_INTEGER Timeout OPTIONAL);
NTKERNELAPI NTSTATUS KeDelayExecutionThread(KPROCESSOR_MODE WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Interval);
NTHALAPI VOID KeReleaseSpinLock(IN PKSPIN_LOCK SpinLock, IN KIRQL NewIrql);
VOID KeAcquireSpinLock(IN PKSPIN_LOCK SpinLock, OUT PKIRQL OldIrql);
KIRQL KeGetCurrentIrql(VOID);
NTSTATUS NTAPI ZwOpenKey(OUT PHANDLE KeyHandle, IN ACCESS_MASK DesiredAccess, IN POBJECT_ATTRIBUTES ObjectAttributes);
NTSTATUS ZwQueryValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName,
                         KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                         PVOID KeyValueInformation, ULONG Length, PULONG ResultLength);
NTSTATUS RtlQueryRegistryValues(ULONG RelativeTo, PCWSTR Path, PRTL_QUERY_REGISTRY_TABLE QueryTable,
                                PVOID Context, PVOID Environment);
ULONG __cdecl DbgPrint(PCH Format, ...);
NTKERNELAPI DECLSPEC_NORETURN VOID NTAPI KeBugCheckEx(IN ULONG BugCheckCode, IN ULONG_PTR P1,
    IN ULONG_PTR P2, IN ULONG_PTR P3, IN ULONG_PTR P4);

typedef struct _DRIVER_EXTENSION_OF_MINE {
    ULONG Magic;
    KSPIN_LOCK Lock;
    KEVENT Event;
    KEVENT Gate;
    KMUTEX Mutex;
    KSEMAPHORE Semaphore;
    FAST_MUTEX FastMutex;
    PULONG Modes;
    ULONG Count;
    ULONG After;
} EXTENSION, *PEXTENSION;

C_ASSERT(sizeof(KSPIN_LOCK) == sizeof(PVOID));
C_ASSERT(sizeof(KEVENT) == 8 + 2 * sizeof(PVOID));
C_ASSERT(sizeof(long) == 4 && sizeof(ULONG_PTR) == sizeof(PVOID));

static BOOLEAN PoolTest(PEXTENSION e)
{
    PUCHAR p, q;
    ULONG i;

    ExInitializeDriverRuntime(DrvRtPoolNxOptIn);
    p = (PUCHAR)ExAllocatePoolWithTag(NonPagedPool, 64, DRV_TAG);
    CHECK(p != NULL);
    RtlFillMemory(p, 64, 0xff);
    q = VideoPortAllocatePool(e, VpPagedPool, 10000, DRV_TAG);
    CHECK(q);
    ExFreePoolWithTag(q, DRV_TAG);
    VideoPortFreePool(e, p);
    p = ExAllocatePool2(POOL_FLAG_NON_PAGED, 5000L, DRV_TAG);
    CHECK(p);
    for (i = 0; i < 5000; i++)
        CHECK(p[i] == 0);
    ExFreePool(p);
    p = ExAllocatePoolZero(NonPagedPoolNx, 100UL, DRV_TAG);
    CHECK(p && !p[99]);
    ExFreePool(p);
    CHECK((p = ExAllocatePool(PagedPool, 100)) != NULL);
    ExFreePool(p);
    ExFreePool(NULL);
    return TRUE;
}

static BOOLEAN MemoryTest(PEXTENSION e)
{
    PHYSICAL_ADDRESS highest, zero, window;
    PVOID memory, mapped;

    highest.QuadPart = -1;
    zero.QuadPart = 0;
    window.QuadPart = 0xA0000;
    memory = MmAllocateContiguousMemory(0x10000, highest);
    CHECK(memory);
    CHECK(MmGetPhysicalAddress(memory).QuadPart != 0);
    MmFreeContiguousMemory(memory);
    memory = MmAllocateContiguousMemorySpecifyCache(0x8000, zero, highest, zero, MmWriteCombined);
    CHECK(memory);
    MmFreeContiguousMemorySpecifyCache(memory, 0x8000, MmWriteCombined);
    /* Not every machine has one. */
    mapped = MmMapIoSpace(window, 0x10000, MmNonCached);
    if (mapped) {
        CHECK(mapped == VideoPortGetDeviceBase(e, window, 0x10000, FALSE));
        VideoPortFreeDeviceBase(e, mapped);
        MmUnmapIoSpace(mapped, 0x10000);
    }
    CHECK(MmMapIoSpaceEx(window, 0, PAGE_READWRITE | PAGE_NOCACHE) == NULL);
    return TRUE;
}

static BOOLEAN LockTest(PEXTENSION e)
{
    KIRQL irql, inner;

    KeInitializeSpinLock(&e->Lock);
    CHECK(KeGetCurrentIrql() == PASSIVE_LEVEL);
    KeAcquireSpinLock(&e->Lock, &irql);
    inner = KeGetCurrentIrql();
    e->Count++;
    KeReleaseSpinLock(&e->Lock, irql);
    CHECK(irql == PASSIVE_LEVEL && inner == DISPATCH_LEVEL && KeGetCurrentIrql() == PASSIVE_LEVEL);
    irql = KeAcquireSpinLockRaiseToDpc(&e->Lock);
    KeReleaseSpinLock(&e->Lock, irql);
    KeAcquireSpinLockAtDpcLevel(&e->Lock);
    KeReleaseSpinLockFromDpcLevel(&e->Lock);
    return TRUE;
}

static BOOLEAN WaitTest(PEXTENSION e)
{
    LARGE_INTEGER timeout, before, after;

    timeout.QuadPart = -10L * 1000 * 20;
    KeInitializeEvent(&e->Event, SynchronizationEvent, FALSE);
    KeInitializeEvent(&e->Gate, NotificationEvent, TRUE);
    KeInitializeMutex(&e->Mutex, 0);
    KeInitializeSemaphore(&e->Semaphore, 0, 2);
    ExInitializeFastMutex(&e->FastMutex);
    KeQuerySystemTime(&before);
    CHECK(KeWaitForSingleObject(&e->Event, Executive, KernelMode, FALSE, &timeout) == STATUS_TIMEOUT);
    CHECK(KeSetEvent(&e->Event, IO_VIDEO_INCREMENT, FALSE) == 0);
    CHECK(KeWaitForSingleObject(&e->Event, Executive, KernelMode, FALSE, NULL) == STATUS_SUCCESS);
    CHECK(KeReadStateEvent(&e->Event) == 0 && KeResetEvent(&e->Gate) == 1);
    KeClearEvent(&e->Gate);
    CHECK(KeWaitForMutexObject(&e->Mutex, Executive, KernelMode, FALSE, NULL) == STATUS_SUCCESS);
    CHECK(KeReleaseMutex(&e->Mutex, FALSE) == 0);
    CHECK(KeReleaseSemaphore(&e->Semaphore, IO_NO_INCREMENT, 1, FALSE) == 0);
    CHECK(KeWaitForSingleObject(&e->Semaphore, UserRequest, KernelMode, FALSE, &timeout) == 0);
    ExAcquireFastMutex(&e->FastMutex);
    ExReleaseFastMutex(&e->FastMutex);
    CHECK(NT_SUCCESS(KeDelayExecutionThread(KernelMode, FALSE, &timeout)));
    KeQuerySystemTime(&after);
    CHECK(after.QuadPart - before.QuadPart > 300000);
    KeQueryTickCount(&after);
    CHECK(after.QuadPart * KeQueryTimeIncrement() / 10000000 < 1000000);
    before = KeQueryPerformanceCounter(&timeout);
    KeStallExecutionProcessor(50);
    CHECK(KeQueryPerformanceCounter(NULL).QuadPart > before.QuadPart && timeout.QuadPart);
    return TRUE;
}

static BOOLEAN RegistryTest(void)
{
    UCHAR buffer[sizeof(KEY_VALUE_PARTIAL_INFORMATION) + sizeof(ULONG)];
    PKEY_VALUE_PARTIAL_INFORMATION value = (PKEY_VALUE_PARTIAL_INFORMATION)buffer;
    RTL_QUERY_REGISTRY_TABLE table[2];
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE key = NULL;
    ULONG number = 7, length;
    NTSTATUS status;

    RtlInitUnicodeString(&name, L"\\Registry\\Machine\\System\\CurrentControlSet\\Control");
    InitializeObjectAttributes(&attributes, &name, OBJ_CASE_INSENSITIVE | OBJ_KERNEL_HANDLE, NULL, NULL);
    status = ZwOpenKey(&key, KEY_READ, &attributes);
    if (NT_SUCCESS(status)) {
        ZwQueryValueKey(key, &name, KeyValuePartialInformation, value, sizeof(buffer), &length);
        ZwClose(key);
    }
    CHECK(status == STATUS_OBJECT_NAME_NOT_FOUND && !key);
    RtlZeroMemory(table, sizeof(table));
    table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
    table[0].Name = L"Number";
    table[0].EntryContext = &number;
    table[0].DefaultType = REG_DWORD;
    status = RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, name.Buffer, table, NULL, NULL);
    CHECK(!NT_SUCCESS(status) && number == 7);
    return TRUE;
}

static int __cdecl CompareModes(const void *a, const void *b)
{
    return *(const long *)a - *(const long *)b;
}

static BOOLEAN OddsTest(void)
{
    long modes[] = { 1024, 640, 1280, 800 }, wanted = 800;

    qsort(modes, RTL_NUMBER_OF(modes), sizeof(modes[0]), CompareModes);
    CHECK(modes[0] == 640 && modes[3] == 1280);
    CHECK(bsearch(&wanted, modes, RTL_NUMBER_OF(modes), sizeof(modes[0]), CompareModes) == &modes[1]);
    DbgPrint("executive: %ld modes, %ws\n", modes[3], L"sorted");
    DbgPrintEx(DPFLTR_IHVVIDEO_ID, DPFLTR_ERROR_LEVEL, "executive: done\n");
    if (wanted != 800)
        KeBugCheckEx(VIDEO_DRIVER_INIT_FAILURE, wanted, 0, 0, 0);
    return TRUE;
}

static VP_STATUS DrvFindAdapter(PVOID HwDeviceExtension, PVOID HwContext, PWSTR ArgumentString,
                                PVIDEO_PORT_CONFIG_INFO ConfigInfo, PUCHAR Again)
{
    PEXTENSION e = HwDeviceExtension;

    e->Magic = e->After = 0x12345678;
    if (KitIsWrong()) {
        VideoPortDebugPrint(Error, "kit.c:%lu is wrong\n", KitIsWrong());
        return ERROR_DEV_NOT_EXIST;
    }
    if (!PoolTest(e) || !MemoryTest(e) || !LockTest(e) || !WaitTest(e) ||
        !RegistryTest() || !OddsTest() || !AloneTest(e) ||
        e->Magic != 0x12345678 || e->After != 0x12345678)
        return ERROR_DEV_NOT_EXIST;
    e->Modes = ExAllocatePoolWithTag(PagedPool, 16, DRV_TAG);
    return e->Modes ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
}

static BOOLEAN DrvInitialize(PVOID HwDeviceExtension)
{
    PEXTENSION e = HwDeviceExtension;

    KeSetEvent(&e->Gate, 0, FALSE);
    return PoolTest(e);
}

static BOOLEAN DrvStartIO(PVOID HwDeviceExtension, PVIDEO_REQUEST_PACKET RequestPacket)
{
    RequestPacket->StatusBlock->Status = ERROR_INVALID_FUNCTION;
    return TRUE;
}

static BOOLEAN DrvResetHw(PVOID HwDeviceExtension, ULONG Columns, ULONG Rows)
{
    ExFreePoolWithTag(((PEXTENSION)HwDeviceExtension)->Modes, DRV_TAG);
    return TRUE;
}

ULONG DriverEntry(PVOID Context1, PVOID Context2)
{
    VIDEO_HW_INITIALIZATION_DATA data;

    /* There is no adapter yet that it could be accounted to. */
    if (ExAllocatePoolWithTag(PagedPool, 100, DRV_TAG))
        return ERROR_INVALID_FUNCTION;
    VideoPortZeroMemory(&data, sizeof(data));
    data.HwInitDataSize = sizeof(data);
    data.HwFindAdapter = DrvFindAdapter;
    data.HwInitialize = DrvInitialize;
    data.HwStartIO = DrvStartIO;
    data.HwResetHw = DrvResetHw;
    data.HwDeviceExtensionSize = sizeof(EXTENSION);
    data.AdapterInterfaceType = Isa;
    return VideoPortInitialize(Context1, Context2, &data, NULL);
}
