/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - what miniports call of the Windows kernel, beside the DDI
 *
 * Miniport sources include this header through ntddk.h, wdm.h and ntifs.h. A source that
 * declares such a function itself, as many do that include only video.h, links against
 * the same function: none is a macro.
 *
 * None of these calls names an adapter, but memory is accounted to one: to one of the
 * driver that the call comes from, which is told by the address that it returns to. If
 * that driver has several, it is the one whose HwInitialize, HwStartIO or HwSetPowerState
 * runs, else the first. So there is no memory before an adapter is attached, that is in
 * DriverEntry, and what is not freed goes with the adapter.
 */
#ifndef VPMEM_NT_CALLS_H
#define VPMEM_NT_CALLS_H

#include "../vpmem.h"

/* Status codes that these calls return; ntstatus.h has these and others. */
#ifndef STATUS_SUCCESS
#define STATUS_SUCCESS			((LONG)0x00000000)
#define STATUS_USER_APC			((LONG)0x000000c0)
#define STATUS_TIMEOUT			((LONG)0x00000102)
#define STATUS_UNSUCCESSFUL		((LONG)0xc0000001)
#define STATUS_INVALID_HANDLE		((LONG)0xc0000008)
#define STATUS_INVALID_PARAMETER	((LONG)0xc000000d)
#define STATUS_OBJECT_NAME_NOT_FOUND	((LONG)0xc0000034)
#endif

/*
 * Pool
 */

typedef enum _POOL_TYPE {
	NonPagedPool = 0,
	NonPagedPoolExecute = 0,
	NonPagedPoolBase = 0,
	PagedPool = 1,
	NonPagedPoolMustSucceed = 2,
	NonPagedPoolBaseMustSucceed = 2,
	DontUseThisType = 3,
	NonPagedPoolCacheAligned = 4,
	NonPagedPoolBaseCacheAligned = 4,
	PagedPoolCacheAligned = 5,
	NonPagedPoolCacheAlignedMustS = 6,
	NonPagedPoolBaseCacheAlignedMustS = 6,
	MaxPoolType = 7,
	NonPagedPoolSession = 32,
	PagedPoolSession = 33,
	NonPagedPoolCacheAlignedSession = 36,
	PagedPoolCacheAlignedSession = 37,
	NonPagedPoolNx = 512,
	NonPagedPoolNxCacheAligned = 516,
	NonPagedPoolSessionNx = 544,
} POOL_TYPE;

/* May be added to a POOL_TYPE. */
#define POOL_QUOTA_FAIL_INSTEAD_OF_RAISE	8
#define POOL_RAISE_IF_ALLOCATION_FAILURE	16
#define POOL_COLD_ALLOCATION			256
#define POOL_NX_ALLOCATION			512
#define POOL_ZERO_ALLOCATION			1024

/* May be added to a tag. */
#define PROTECTED_POOL				0x80000000

typedef ULONGLONG POOL_FLAGS;

#define POOL_FLAG_USE_QUOTA			0x001ULL
#define POOL_FLAG_UNINITIALIZED			0x002ULL
#define POOL_FLAG_SESSION			0x004ULL
#define POOL_FLAG_CACHE_ALIGNED			0x008ULL
#define POOL_FLAG_RESERVED1			0x010ULL
#define POOL_FLAG_RAISE_ON_FAILURE		0x020ULL
#define POOL_FLAG_NON_PAGED			0x040ULL
#define POOL_FLAG_NON_PAGED_EXECUTE		0x080ULL
#define POOL_FLAG_PAGED				0x100ULL

/**
 * ExAllocatePoolWithTag() - allocate a block of tagged pool
 * @PoolType: NonPagedPool or PagedPool, or their CacheAligned forms. What says that a
 *	block is not executed, is of a session or seldom used has no effect; the types
 *	that must succeed are refused, and a failure raises no exception
 * @NumberOfBytes: size in bytes
 * @Tag: four characters in reversed order; PROTECTED_POOL has no effect
 *
 * The block is one of VideoPortAllocatePool(), see there, and either call frees it.
 *
 * Context: any up to and including hard interrupts for non-paged pool. Paged pool may
 *	sleep, and is refused where that is impossible.
 * Return: the block, or NULL: also if no adapter of the caller's driver is attached.
 *
 * Follows ExAllocatePoolWithTag of the Windows driver documentation.
 */
PVOID ExAllocatePoolWithTag(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

/**
 * ExAllocatePool() - allocate a block of pool
 * @PoolType: see ExAllocatePoolWithTag()
 * @NumberOfBytes: size in bytes
 *
 * The tag is None.
 *
 * Context: as ExAllocatePoolWithTag().
 * Return: the block, or NULL.
 *
 * Follows ExAllocatePool of the Windows driver documentation.
 */
PVOID ExAllocatePool(POOL_TYPE PoolType, SIZE_T NumberOfBytes);

/**
 * ExAllocatePoolZero() - allocate a block of tagged pool, zeroed
 * @PoolType: see ExAllocatePoolWithTag()
 * @NumberOfBytes: size in bytes
 * @Tag: four characters in reversed order
 *
 * Context: as ExAllocatePoolWithTag().
 * Return: the block, or NULL.
 *
 * Follows ExAllocatePoolZero of the Windows driver documentation.
 */
PVOID ExAllocatePoolZero(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

/**
 * ExAllocatePoolUninitialized() - allocate a block of tagged pool, not zeroed
 * @PoolType: see ExAllocatePoolWithTag()
 * @NumberOfBytes: size in bytes
 * @Tag: four characters in reversed order
 *
 * Context: as ExAllocatePoolWithTag().
 * Return: the block, or NULL.
 *
 * Follows ExAllocatePoolUninitialized of the Windows driver documentation.
 */
PVOID ExAllocatePoolUninitialized(POOL_TYPE PoolType, SIZE_T NumberOfBytes, ULONG Tag);

/**
 * ExAllocatePool2() - allocate a block of tagged pool, by flags
 * @Flags: one of POOL_FLAG_NON_PAGED, POOL_FLAG_NON_PAGED_EXECUTE and POOL_FLAG_PAGED.
 *	With POOL_FLAG_UNINITIALIZED the block is not zeroed, with
 *	POOL_FLAG_CACHE_ALIGNED it begins with a cache line; the other flags have no
 *	effect. Of what is no flag at all the lower 32 bits are refused
 * @NumberOfBytes: size in bytes
 * @Tag: four characters in reversed order
 *
 * Context: as ExAllocatePoolWithTag().
 * Return: the block, or NULL.
 *
 * Follows ExAllocatePool2 of the Windows driver documentation.
 */
PVOID ExAllocatePool2(POOL_FLAGS Flags, SIZE_T NumberOfBytes, ULONG Tag);

/**
 * ExFreePool() - free a block of pool
 * @P: the block, of any of the calls above or of VideoPortAllocatePool(); NULL is
 *	counted and ignored
 *
 * The adapter is told by the block. What is no live block is left alone, named and
 * counted.
 *
 * Context: as VideoPortFreePool().
 *
 * Follows ExFreePool of the Windows driver documentation.
 */
VOID ExFreePool(PVOID P);

/**
 * ExFreePoolWithTag() - free a block of tagged pool
 * @P: see ExFreePool()
 * @Tag: the tag that the block should have; 0 for any. A different tag is reported and
 *	counted, and the block is freed: to keep it would be a leak, and the caller has
 *	its pointer
 *
 * Context: as VideoPortFreePool().
 *
 * Follows ExFreePoolWithTag of the Windows driver documentation.
 */
VOID ExFreePoolWithTag(PVOID P, ULONG Tag);

/*
 * Device memory, contiguous memory
 */

typedef enum _MEMORY_CACHING_TYPE {
	MmNonCached = 0,
	MmCached = 1,
	MmWriteCombined = 2,
	MmHardwareCoherentCached = 3,
	MmNonCachedUnordered = 4,
	MmUSWCCached = 5,
	MmMaximumCacheType = 6,
	MmNotMapped = -1,
} MEMORY_CACHING_TYPE;

/**
 * MmMapIoSpace() - map device memory
 * @PhysicalAddress: where it is
 * @NumberOfBytes: length in bytes
 * @CacheType: MmWriteCombined is VIDEO_MEMORY_SPACE_P6CACHE; all else is mapped
 *	uncached, also MmCached, since device memory never is cached here
 *
 * The mapping is one of VideoPortMapMemory(), with all that is refused and shared
 * there, and either call undoes it.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the address, or NULL: also if no adapter of the caller's driver is attached.
 *
 * Follows MmMapIoSpace of the Windows driver documentation.
 */
PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
		   MEMORY_CACHING_TYPE CacheType);

/**
 * MmMapIoSpaceEx() - map device memory
 * @PhysicalAddress: where it is
 * @NumberOfBytes: length in bytes
 * @Protect: with PAGE_WRITECOMBINE as MmWriteCombined of MmMapIoSpace(). The mapping
 *	may be written to, and is never executable
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the address, or NULL.
 *
 * Follows MmMapIoSpaceEx of the Windows driver documentation.
 */
PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
		     ULONG Protect);

/**
 * MmUnmapIoSpace() - undo a mapping of device memory
 * @BaseAddress: where it begins; NULL is counted and ignored
 * @NumberOfBytes: ignored: the mapping knows its length
 *
 * What is no mapping is left alone, named and counted.
 *
 * Context: any but NMI.
 *
 * Follows MmUnmapIoSpace of the Windows driver documentation.
 */
VOID MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes);

/**
 * MmAllocateContiguousMemory() - allocate contiguous memory
 * @NumberOfBytes: size in bytes
 * @HighestAcceptableAddress: where it has to end at the latest
 *
 * As VideoPortAllocateContiguousMemory(). It is freed by MmFreeContiguousMemory() or
 * VideoPortFreeContiguousMemory().
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the memory, page aligned and zeroed, or NULL: also if no adapter of the
 *	caller's driver is attached.
 *
 * Follows MmAllocateContiguousMemory of the Windows driver documentation.
 */
PVOID MmAllocateContiguousMemory(SIZE_T NumberOfBytes,
				 PHYSICAL_ADDRESS HighestAcceptableAddress);

/**
 * MmAllocateContiguousMemorySpecifyCache() - allocate contiguous memory
 * @NumberOfBytes: size in bytes
 * @LowestAcceptableAddress: lowest physical address of the memory; the search keeps
 *	to it, as to the two bounds below
 * @HighestAcceptableAddress: highest physical address of the memory
 * @BoundaryAddressMultiple: a power of two, whose multiples the memory must not
 *	cross, or 0
 * @CacheType: ignored: the memory is cached. Devices see what is written to it where
 *	DMA is coherent, as on PCs
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the memory, or NULL.
 *
 * Follows MmAllocateContiguousMemorySpecifyCache of the Windows driver documentation.
 */
PVOID MmAllocateContiguousMemorySpecifyCache(SIZE_T NumberOfBytes,
					     PHYSICAL_ADDRESS LowestAcceptableAddress,
					     PHYSICAL_ADDRESS HighestAcceptableAddress,
					     PHYSICAL_ADDRESS BoundaryAddressMultiple,
					     MEMORY_CACHING_TYPE CacheType);

/**
 * MmFreeContiguousMemorySpecifyCache() - free contiguous memory
 * @BaseAddress: see MmFreeContiguousMemory()
 * @NumberOfBytes: ignored
 * @CacheType: ignored
 *
 * Context: any but NMI.
 *
 * Follows MmFreeContiguousMemorySpecifyCache of the Windows driver documentation.
 */
VOID MmFreeContiguousMemorySpecifyCache(PVOID BaseAddress, SIZE_T NumberOfBytes,
					MEMORY_CACHING_TYPE CacheType);

/**
 * MmAllocateNonCachedMemory() - allocate pages
 * @NumberOfBytes: size in bytes
 *
 * As MmAllocateContiguousMemorySpecifyCache(), anywhere; cached.
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: the memory, or NULL.
 *
 * Follows MmAllocateNonCachedMemory of the Windows driver documentation.
 */
PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes);

/**
 * MmFreeNonCachedMemory() - free pages
 * @BaseAddress: what MmAllocateNonCachedMemory() returned
 * @NumberOfBytes: ignored
 *
 * Context: any but NMI.
 *
 * Follows MmFreeNonCachedMemory of the Windows driver documentation.
 */
VOID MmFreeNonCachedMemory(PVOID BaseAddress, SIZE_T NumberOfBytes);

/*
 * Spin locks
 */

typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;

/**
 * DOC: spin locks of the kernel
 *
 * A KSPIN_LOCK lies in the driver's memory; one that is zero is free. As with
 * VideoPortAcquireSpinLock(), interrupts of this CPU are off while any is held, so
 * that neither a DPC nor HwInterrupt comes between, KeGetCurrentIrql() is 2, and
 * afterwards they are what they were, in whatever order the locks are released and
 * whatever NewIrql says.
 *
 * To take a lock again where it is held is an error, which is named and counted; the
 * lock then has to be released as often as it was taken. A lock that is not held by
 * this CPU is left alone when it is released, one that never was a lock is made one
 * when it is taken; either is named and counted, and so is NULL.
 *
 * KeRaiseIrql() and KeLowerIrql() are not there: there is no level to set.
 *
 * Context: any but NMI.
 *
 * Follow the functions of these names of the Windows driver documentation.
 */
VOID KeInitializeSpinLock(PKSPIN_LOCK SpinLock);
VOID KeAcquireSpinLock(PKSPIN_LOCK SpinLock, PUCHAR OldIrql);
UCHAR KeAcquireSpinLockRaiseToDpc(PKSPIN_LOCK SpinLock);
VOID KeReleaseSpinLock(PKSPIN_LOCK SpinLock, UCHAR NewIrql);
VOID KeAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);
VOID KeReleaseSpinLockFromDpcLevel(PKSPIN_LOCK SpinLock);
BOOLEAN KeTryToAcquireSpinLockAtDpcLevel(PKSPIN_LOCK SpinLock);
UCHAR KfAcquireSpinLock(PKSPIN_LOCK SpinLock);
VOID KfReleaseSpinLock(PKSPIN_LOCK SpinLock, UCHAR NewIrql);

/*
 * Objects to wait for
 */

typedef LONG KPRIORITY;

typedef enum _EVENT_TYPE {
	NotificationEvent = 0,
	SynchronizationEvent = 1,
} EVENT_TYPE;

typedef enum _MODE {
	KernelMode = 0,
	UserMode = 1,
	MaximumMode = 2,
} MODE;

typedef enum _KWAIT_REASON {
	Executive = 0,
	FreePage = 1,
	PageIn = 2,
	PoolAllocation = 3,
	DelayExecution = 4,
	Suspended = 5,
	UserRequest = 6,
	WrExecutive = 7,
	WrFreePage = 8,
	WrPageIn = 9,
	WrPoolAllocation = 10,
	WrDelayExecution = 11,
	WrSuspended = 12,
	WrUserRequest = 13,
} KWAIT_REASON;

#define IO_NO_INCREMENT		0
#define EVENT_INCREMENT		1
#define SEMAPHORE_INCREMENT	1
#define IO_VIDEO_INCREMENT	1

/* As large as on Windows. What drivers look at is Type and SignalState, if anything. */
typedef struct _DISPATCHER_HEADER {
	union {
		struct {
			UCHAR Type;
			UCHAR Signalling;
			UCHAR Size;
			UCHAR Reserved;
		};
		LONG Lock;
	};
	LONG SignalState;
	ULONG_PTR Private[2];
} DISPATCHER_HEADER, *PDISPATCHER_HEADER;

typedef struct _KEVENT {
	DISPATCHER_HEADER Header;
} KEVENT, *PKEVENT, *PRKEVENT;

typedef struct _KMUTANT {
	DISPATCHER_HEADER Header;
	PVOID OwnerThread;
	ULONG_PTR Private[3];
} KMUTANT, *PKMUTANT, *PRKMUTANT, KMUTEX, *PKMUTEX, *PRKMUTEX;

typedef struct _KSEMAPHORE {
	DISPATCHER_HEADER Header;
	LONG Limit;
} KSEMAPHORE, *PKSEMAPHORE, *PRKSEMAPHORE;

typedef struct _FAST_MUTEX {
	LONG Count;
	PVOID Owner;
	ULONG Contention;
	KEVENT Event;
	ULONG OldIrql;
} FAST_MUTEX, *PFAST_MUTEX;

/**
 * DOC: events, mutexes and semaphores of the kernel
 *
 * They lie in the driver's memory and are made by KeInitializeEvent(),
 * KeInitializeMutex(), KeInitializeSemaphore() or ExInitializeFastMutex(). What was not,
 * or was moved since, is left alone, named and counted. Increment and Wait have no
 * effect.
 *
 * KeSetEvent(), KeResetEvent() and KeReadStateEvent() return whether the event was
 * signalled, as 1 or 0; KeReleaseMutex() and KeReleaseSemaphore() what the state was
 * before. A mutex may be taken again by the task that has it, and is released as
 * often. A semaphore that would come beyond its limit is left alone, and so is a mutex
 * that the caller does not have; either is named and counted.
 *
 * A fast mutex is waited for until it is had, by nothing that could be interrupted. To
 * take it again is an error, which is named and counted; it then has to be released
 * as often as it was taken. The IRQL stays what it was.
 *
 * Context: any but NMI to set, reset, read and release; see KeWaitForSingleObject() for
 * waiting, which ExAcquireFastMutex() does as well.
 *
 * Follow the functions of these names of the Windows driver documentation.
 */
VOID KeInitializeEvent(PRKEVENT Event, EVENT_TYPE Type, BOOLEAN State);
LONG KeSetEvent(PRKEVENT Event, KPRIORITY Increment, BOOLEAN Wait);
LONG KeResetEvent(PRKEVENT Event);
VOID KeClearEvent(PRKEVENT Event);
LONG KeReadStateEvent(PRKEVENT Event);
VOID KeInitializeMutex(PRKMUTEX Mutex, ULONG Level);
LONG KeReleaseMutex(PRKMUTEX Mutex, BOOLEAN Wait);
VOID KeInitializeSemaphore(PRKSEMAPHORE Semaphore, LONG Count, LONG Limit);
LONG KeReleaseSemaphore(PRKSEMAPHORE Semaphore, KPRIORITY Increment, LONG Adjustment,
			BOOLEAN Wait);
VOID ExInitializeFastMutex(PFAST_MUTEX FastMutex);
VOID ExAcquireFastMutex(PFAST_MUTEX FastMutex);
VOID ExAcquireFastMutexUnsafe(PFAST_MUTEX FastMutex);
BOOLEAN ExTryToAcquireFastMutex(PFAST_MUTEX FastMutex);
VOID ExReleaseFastMutex(PFAST_MUTEX FastMutex);
VOID ExReleaseFastMutexUnsafe(PFAST_MUTEX FastMutex);

/**
 * KeWaitForSingleObject() - wait for an event, a mutex or a semaphore
 * @Object: the object
 * @WaitReason: ignored
 * @WaitMode: ignored
 * @Alertable: ignored
 * @Timeout: in units of 100 ns. Negative it is how long to wait, positive until when,
 *	by KeQuerySystemTime(); 0 does not wait, and NULL waits for ever
 *
 * Context: process context, may sleep; any but NMI with a time-out of 0.
 * Return: STATUS_SUCCESS; STATUS_TIMEOUT; STATUS_USER_APC if the task was killed;
 *	STATUS_UNSUCCESSFUL if this is not the context for a wait, or if the adapter whose
 *	device lock the caller has is being detached;
 *	STATUS_INVALID_PARAMETER if @Object is none.
 *
 * Follows KeWaitForSingleObject of the Windows driver documentation.
 */
LONG KeWaitForSingleObject(PVOID Object, KWAIT_REASON WaitReason, char WaitMode,
			   BOOLEAN Alertable, PLARGE_INTEGER Timeout);

/**
 * KeDelayExecutionThread() - sleep
 * @WaitMode: ignored
 * @Alertable: ignored
 * @Interval: as Timeout of KeWaitForSingleObject(), but not NULL
 *
 * Context: process context, may sleep; refused where that is impossible.
 * Return: STATUS_SUCCESS; STATUS_USER_APC if the task was killed; STATUS_UNSUCCESSFUL
 *	if this is not the context for it, or if it ends early, after a second at least,
 *	because the adapter whose device lock the caller has is being detached;
 *	STATUS_INVALID_PARAMETER.
 *
 * Follows KeDelayExecutionThread of the Windows driver documentation.
 */
LONG KeDelayExecutionThread(char WaitMode, BOOLEAN Alertable, PLARGE_INTEGER Interval);

/*
 * Time, the processor, messages
 */

/**
 * DOC: time and messages of the kernel
 *
 * KeQueryPerformanceCounter() counts as VideoPortQueryPerformanceCounter() does;
 * PerformanceFrequency may be NULL. KeQueryTickCount() counts ticks since boot of
 * KeQueryTimeIncrement() units of 100 ns each, KeQueryInterruptTime() such units.
 * KeQuerySystemTime(), KeStallExecutionProcessor() and KeGetCurrentIrql() are
 * VideoPort's. DbgPrint() and its like print as VideoPortDebugPrint() does at the level
 * Error, whatever component and level they are told, and return 0. Their formats are not
 * const, because sources that declare them by hand have them so.
 *
 * KeBugCheckEx() and KeBugCheck() say their arguments and end the task with BUG(), and
 * the machine with it where Linux is told so. They do not return.
 *
 * Context: any.
 *
 * Follow the functions of these names of the Windows driver documentation.
 */
VOID KeStallExecutionProcessor(ULONG MicroSeconds);
UCHAR KeGetCurrentIrql(void);
LARGE_INTEGER KeQueryPerformanceCounter(PLARGE_INTEGER PerformanceFrequency);
VOID KeQueryTickCount(PLARGE_INTEGER CurrentCount);
ULONG KeQueryTimeIncrement(void);
ULONGLONG KeQueryInterruptTime(void);
VOID KeQuerySystemTime(PLARGE_INTEGER CurrentTime);
ULONG DbgPrint(char *Format, ...);
ULONG DbgPrintEx(ULONG ComponentId, ULONG Level, char *Format, ...);
ULONG vDbgPrintEx(ULONG ComponentId, ULONG Level, char *Format,
		  __builtin_va_list arglist);
VOID KeBugCheck(ULONG BugCheckCode);
VOID KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
		  ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3,
		  ULONG_PTR BugCheckParameter4);

/**
 * qsort() - sort a table
 * @base: the table
 * @number: how many entries it has
 * @width: the size of one
 * @compare: tells the order of two
 *
 * bsearch() is Linux's own.
 *
 * Context: any.
 */
void qsort(void *base, SIZE_T number, SIZE_T width,
	   int (*compare)(const void *a, const void *b));

/*
 * The registry
 */

struct _OBJECT_ATTRIBUTES;
struct _RTL_QUERY_REGISTRY_TABLE;
struct _UNICODE_STRING;

typedef enum _KEY_VALUE_INFORMATION_CLASS {
	KeyValueBasicInformation = 0,
	KeyValueFullInformation = 1,
	KeyValuePartialInformation = 2,
	KeyValueFullInformationAlign64 = 3,
	KeyValuePartialInformationAlign64 = 4,
} KEY_VALUE_INFORMATION_CLASS;

/**
 * DOC: the registry of the kernel
 *
 * There is none but that of VideoPortGetRegistryParameters(). What opens, reads or
 * writes a key by its path answers STATUS_OBJECT_NAME_NOT_FOUND, and what takes a
 * handle STATUS_INVALID_HANDLE, since there can be none. Each is named and
 * counted as ``unsupported``. A handle that was to be stored is NULL.
 *
 * Context: any.
 */
LONG ZwOpenKey(HANDLE *KeyHandle, ULONG DesiredAccess,
	       struct _OBJECT_ATTRIBUTES *ObjectAttributes);
LONG ZwCreateKey(HANDLE *KeyHandle, ULONG DesiredAccess,
		 struct _OBJECT_ATTRIBUTES *ObjectAttributes, ULONG TitleIndex,
		 struct _UNICODE_STRING *Class, ULONG CreateOptions, PULONG Disposition);
LONG ZwQueryValueKey(HANDLE KeyHandle, struct _UNICODE_STRING *ValueName,
		     KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
		     PVOID KeyValueInformation, ULONG Length, PULONG ResultLength);
LONG ZwSetValueKey(HANDLE KeyHandle, struct _UNICODE_STRING *ValueName,
		   ULONG TitleIndex, ULONG Type, PVOID Data, ULONG DataSize);
LONG ZwClose(HANDLE Handle);
LONG RtlQueryRegistryValues(ULONG RelativeTo, const __u16 *Path,
			    struct _RTL_QUERY_REGISTRY_TABLE *QueryTable, PVOID Context,
			    PVOID Environment);
LONG RtlWriteRegistryValue(ULONG RelativeTo, const __u16 *Path, const __u16 *ValueName,
			   ULONG ValueType, PVOID ValueData, ULONG ValueLength);
LONG RtlCheckRegistryKey(ULONG RelativeTo, __u16 *Path);

#endif /* VPMEM_NT_CALLS_H */
