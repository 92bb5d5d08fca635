/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of the Windows kernel, and its functions that vpmem-nt.h declares or that equal a
 * VideoPort function. The rest of the kernel is not supported.
 */
#ifndef VPMEM_NTDDK_H
#define VPMEM_NTDDK_H

#include "ntdef.h"
#include "miniport.h"
#include "types/kernel.h"
#include "devioctl.h"
#include "string.h"
#include "minmax.h"
#include "bugcodes.h"
#include "dpfilter.h"
#include "interlocked.h"
#include "names.h"
#include "ntkeys.h"
#include "ntpoapi.h"
#include "ntrtl.h"
#include "vpmem-nt.h"

#define _NTDDK_
#define _WDMDDK_

typedef struct _DRIVER_OBJECT {
	SHORT Type;
	SHORT Size;
	PDEVICE_OBJECT DeviceObject;
	ULONG Flags;
	PVOID DriverExtension;
	UNICODE_STRING DriverName;
	PVOID DriverUnload;
	PVOID MajorFunction[28];
} DRIVER_OBJECT;

typedef NTSTATUS DRIVER_INITIALIZE(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath);
typedef DRIVER_INITIALIZE *PDRIVER_INITIALIZE;
typedef VOID DRIVER_UNLOAD(PDRIVER_OBJECT DriverObject);

/* Registers of 64 bits: in one access on 64 bits, the lower half first on 32. */

static inline ULONG64 vpmem_read_register_64(volatile ULONG64 *r)
{
#ifdef __LP64__
	ULONG64 value = *r;

	__sync_synchronize();
	return value;
#else
	ULONG low = VideoPortReadRegisterUlong((PULONG)r);

	return low | (ULONG64)VideoPortReadRegisterUlong((PULONG)r + 1) << 32;
#endif
}

static inline VOID vpmem_write_register_64(volatile ULONG64 *r, ULONG64 value)
{
#ifdef __LP64__
	__sync_synchronize();
	*r = value;
#else
	VideoPortWriteRegisterUlong((PULONG)r, (ULONG)value);
	VideoPortWriteRegisterUlong((PULONG)r + 1, (ULONG)(value >> 32));
#endif
}

#define READ_REGISTER_ULONG64(r)	vpmem_read_register_64((volatile ULONG64 *)(r))
#define WRITE_REGISTER_ULONG64(r, v)	vpmem_write_register_64((volatile ULONG64 *)(r), v)

/* Names that go with the calls in vpmem-nt.h, some of which do nothing here */

#ifndef PAGE_READONLY
#define PAGE_NOACCESS			0x001
#define PAGE_READONLY			0x002
#define PAGE_READWRITE			0x004
#define PAGE_EXECUTE			0x010
#define PAGE_EXECUTE_READ		0x020
#define PAGE_EXECUTE_READWRITE		0x040
#define PAGE_GUARD			0x100
#define PAGE_NOCACHE			0x200
#define PAGE_WRITECOMBINE		0x400
#endif

#define POOL_NX_OPTIN			1
#define DrvRtPoolNxOptIn		0x00000001
#define ExInitializeDriverRuntime(flags) ((void)(flags))
#define ExFreePool2(block, tag, parameters, count) ExFreePoolWithTag(block, tag)
#define KeWaitForMutexObject		KeWaitForSingleObject
#define KeEnterCriticalRegion()		((void)0)
#define KeLeaveCriticalRegion()		((void)0)
#define KeFlushIoBuffers(mdl, read, dma) ((void)0)

#define KeMemoryBarrier			_mm_mfence

/* Messages. KdPrint(()) is nothing in a free build, without DBG. */

#if defined(DBG) && DBG + 0
#define KdPrint(arguments)		DbgPrint arguments
#define KdPrintEx(arguments)		DbgPrintEx arguments
#else
#define KdPrint(arguments)		((void)0)
#define KdPrintEx(arguments)		((void)0)
#endif
#define DbgBreakPoint()			((void)0)
#define DbgBreakPointWithStatus(status)	((void)0)
#define KdBreakPoint()			((void)0)
#define KdBreakPointWithStatus(status)	((void)0)

#endif /* VPMEM_NTDDK_H */
