/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * vpmem - functions of the Windows kernel that miniports call beside the DDI
 *
 * Miniport sources include this header through ntddk.h, wdm.h and ntifs.h. A source that
 * declares such a function itself, as many do that include only video.h, links against
 * the same function: none is a macro.
 *
 * None of these functions takes an adapter, but memory is charged to an adapter of the
 * calling driver, which the return address identifies. If that driver has several, it is
 * the one whose HwInitialize, HwStartIO or HwSetPowerState runs, else the first. So
 * memory cannot be allocated before an adapter is attached, that is in DriverEntry, and
 * is freed with its adapter.
 *
 * "Logged and counted" means: a warning in the kernel log, and the file events of the
 * adapter in debugfs (see Documentation/debugfs.rst).
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

/* Flags in a POOL_TYPE */
#define POOL_QUOTA_FAIL_INSTEAD_OF_RAISE	8
#define POOL_RAISE_IF_ALLOCATION_FAILURE	16
#define POOL_COLD_ALLOCATION			256
#define POOL_NX_ALLOCATION			512
#define POOL_ZERO_ALLOCATION			1024

/* Flag in a tag */
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
 * @PoolType: NonPagedPool or PagedPool, or their CacheAligned forms. The forms and flags
 *	for Nx, session and cold pool have no effect; the MustSucceed types are refused,
 *	and a failure raises no exception
 * @NumberOfBytes: size in bytes
 * @Tag: four characters in reversed order; PROTECTED_POOL has no effect
 *
 * The block is a block of VideoPortAllocatePool(); ExFreePool() and VideoPortFreePool()
 * free either.
 *
 * Context: any up to and including hard interrupts for non-paged pool. Paged pool may
 *	sleep, and is refused in atomic context.
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
 *	POOL_FLAG_CACHE_ALIGNED it is aligned to a cache line; the other flags have no
 *	effect. Unknown flags in the lower 32 bits are refused
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
 * The block identifies the adapter. A pointer that is not a live block is left alone,
 * logged and counted.
 *
 * Context: as VideoPortFreePool().
 *
 * Follows ExFreePool of the Windows driver documentation.
 */
VOID ExFreePool(PVOID P);

/**
 * ExFreePoolWithTag() - free a block of tagged pool
 * @P: see ExFreePool()
 * @Tag: the tag of the block; 0 for any. A different tag is logged and counted, and the
 *	block is freed, because keeping it would be a leak
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
 * @PhysicalAddress: start of the range
 * @NumberOfBytes: length in bytes
 * @CacheType: MmWriteCombined means VIDEO_MEMORY_SPACE_P6CACHE; any other value maps
 *	uncached, also MmCached, since vpmem never maps device memory cached
 *
 * The mapping is a mapping of VideoPortMapMemory(), with the same rules for refused and
 * shared ranges; MmUnmapIoSpace() and VideoPortUnmapMemory() undo either.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the address, or NULL: also if no adapter of the caller's driver is attached.
 *
 * Follows MmMapIoSpace of the Windows driver documentation.
 */
PVOID MmMapIoSpace(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
		   MEMORY_CACHING_TYPE CacheType);

/**
 * MmMapIoSpaceEx() - map device memory
 * @PhysicalAddress: start of the range
 * @NumberOfBytes: length in bytes
 * @Protect: PAGE_WRITECOMBINE means MmWriteCombined of MmMapIoSpace(). The mapping is
 *	always writable and never executable
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the address, or NULL.
 *
 * Follows MmMapIoSpaceEx of the Windows driver documentation.
 */
PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes,
		     ULONG Protect);

/**
 * MmUnmapIoSpace() - undo a mapping of device memory
 * @BaseAddress: start of the mapping; NULL is counted and ignored
 * @NumberOfBytes: ignored: the whole mapping is undone
 *
 * If the address is not the start of a mapping, nothing is unmapped, and the call is
 * logged and counted.
 *
 * Context: any but NMI.
 *
 * Follows MmUnmapIoSpace of the Windows driver documentation.
 */
VOID MmUnmapIoSpace(PVOID BaseAddress, SIZE_T NumberOfBytes);

/**
 * MmAllocateContiguousMemory() - allocate contiguous memory
 * @NumberOfBytes: size in bytes
 * @HighestAcceptableAddress: the last physical address that may be part of it
 *
 * Works as VideoPortAllocateContiguousMemory(). Free the memory by
 * MmFreeContiguousMemory() or VideoPortFreeContiguousMemory().
 *
 * Context: process context, may sleep; refused in atomic context.
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
 * @LowestAcceptableAddress: lowest physical address of the memory
 * @HighestAcceptableAddress: highest physical address of the memory
 * @BoundaryAddressMultiple: a power of two, whose multiples the memory must not
 *	cross, or 0
 * @CacheType: ignored: the memory is cached. Devices see CPU writes at once if DMA is
 *	coherent, as on PCs
 *
 * Context: process context, may sleep; refused in atomic context.
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
 * Works as MmAllocateContiguousMemorySpecifyCache() without bounds; the memory is cached.
 *
 * Context: process context, may sleep; refused in atomic context.
 * Return: the memory, or NULL.
 *
 * Follows MmAllocateNonCachedMemory of the Windows driver documentation.
 */
PVOID MmAllocateNonCachedMemory(SIZE_T NumberOfBytes);

/**
 * MmFreeNonCachedMemory() - free pages
 * @BaseAddress: pointer returned by MmAllocateNonCachedMemory()
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
 * A KSPIN_LOCK lies in the driver's memory; a free lock is zero. As with
 * VideoPortAcquireSpinLock(), interrupts are disabled on this CPU while it holds a lock,
 * so that neither a DPC nor HwInterrupt interrupts it, and KeGetCurrentIrql() returns 2.
 * Locks may be released in any order; the last release restores the interrupt state.
 * NewIrql is ignored.
 *
 * Acquiring a lock that this CPU holds is an error, which is logged and counted; release
 * the lock as often as it was acquired. A release of a lock that this CPU does not hold
 * does nothing; acquiring uninitialized memory initializes it as a lock first. Both are
 * logged and counted, and so is NULL.
 *
 * KeRaiseIrql() and KeLowerIrql() do not exist: Linux has no level to set.
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

/* Same size as on Windows, because drivers embed it. They access Type and SignalState only. */
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
 * These objects lie in the driver's memory. Initialize them by KeInitializeEvent(),
 * KeInitializeMutex(), KeInitializeSemaphore() or ExInitializeFastMutex(). An object that
 * was not initialized, or was moved since, is left alone; the call is logged and counted.
 * Increment and Wait have no effect.
 *
 * KeSetEvent(), KeResetEvent() and KeReadStateEvent() return 1 if the event was
 * signalled, else 0; KeReleaseMutex() and KeReleaseSemaphore() return the previous state.
 * A mutex is recursive. A release that would exceed the limit of a semaphore does
 * nothing, and neither does the release of a mutex that the caller does not own; both
 * are logged and counted.
 *
 * The wait for a fast mutex cannot be interrupted. Acquiring it again is an error, which
 * is logged and counted; release it as often as it was acquired. The IRQL does not
 * change. While the adapter is being detached whose device lock the caller holds, the
 * wait ends after five seconds, and the fast mutex is not acquired.
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
 * @Timeout: in units of 100 ns. A negative number is the time to wait; a positive one is
 *	a point in time, as of KeQuerySystemTime(); 0 does not wait; NULL waits without a
 *	timeout
 *
 * Context: process context, may sleep; any but NMI with a timeout of 0.
 * Return: STATUS_SUCCESS; STATUS_TIMEOUT; STATUS_USER_APC if the task was killed;
 *	STATUS_UNSUCCESSFUL in atomic context, or if the adapter whose device lock the
 *	caller holds is being detached; STATUS_INVALID_PARAMETER if @Object is not an
 *	initialized object.
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
 * Context: process context, may sleep; refused in atomic context.
 * Return: STATUS_SUCCESS; STATUS_USER_APC if the task was killed; STATUS_UNSUCCESSFUL
 *	in atomic context, or if the sleep ends early (after a second at least), because
 *	the adapter whose device lock the caller holds is being detached;
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
 * PerformanceFrequency may be NULL. KeQueryInterruptTime() returns the time since boot in
 * units of 100 ns; KeQueryTickCount() returns it in ticks of KeQueryTimeIncrement() such
 * units. KeQuerySystemTime(), KeStallExecutionProcessor() and KeGetCurrentIrql() work as
 * the functions of VideoPort. DbgPrint(), DbgPrintEx() and vDbgPrintEx() print as
 * VideoPortDebugPrint() does at the level Error, ignore component and level, and return
 * 0. Their formats are not const, as in the declarations of many sources.
 *
 * KeBugCheckEx() and KeBugCheck() log their arguments and end the task with BUG(); with
 * panic_on_oops the machine stops. They do not return.
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
 * qsort() - sort an array
 * @base: the array
 * @number: number of elements
 * @width: size of an element in bytes
 * @compare: compares two elements
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
 * The only registry is that of VideoPortGetRegistryParameters(). Functions that open,
 * read or write a key by its path return STATUS_OBJECT_NAME_NOT_FOUND and store a NULL
 * handle; functions that take a handle return STATUS_INVALID_HANDLE. Each call is logged
 * and counted as ``unsupported``.
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
