/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For miniports that include the kernel's header: the types, and what of its functions
 * is a VideoPort one as well or is in vpmem-nt.h. The rest of the kernel is not here.
 */
#ifndef VPMEM_NTDDK_H
#define VPMEM_NTDDK_H

#include "miniport.h"
#include "devioctl.h"
#include "string.h"
#include "minmax.h"
#include "bugcodes.h"
#include "dpfilter.h"
#include "ntkeys.h"
#include "../vpmem-nt.h"

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

/* Memory */

#define RtlZeroMemory(to, size)		memset(to, 0, size)
#define RtlFillMemory(to, size, byte)	memset(to, byte, size)
#define RtlCopyMemory(to, from, size)	memcpy(to, from, size)
#define RtlMoveMemory(to, from, size)	memmove(to, from, size)
#define RtlCopyBytes(to, from, size)	memcpy(to, from, size)
#define RtlZeroBytes(to, size)		memset(to, 0, size)
#define RtlSecureZeroMemory(to, size)	memset(to, 0, size)
#define RtlEqualMemory(a, b, size)	(!memcmp(a, b, size))
#define RtlCompareMemory(a, b, size) \
	((SIZE_T)VideoPortCompareMemory((PVOID)(a), (PVOID)(b), size))

/* Strings and lists */

static inline VOID vpmem_init_unicode_string(PUNICODE_STRING string, const WCHAR *text)
{
	SIZE_T size = text ? wcslen(text) * sizeof(WCHAR) : 0;

	string->Length = (USHORT)size;
	string->MaximumLength = text ? (USHORT)(size + sizeof(WCHAR)) : 0;
	string->Buffer = (PWSTR)text;
}

#define RtlInitUnicodeString(string, text) vpmem_init_unicode_string(string, text)
#define RTL_CONSTANT_STRING(text)	{ sizeof(text) - sizeof((text)[0]), sizeof(text), text }

#define InitializeListHead(head)	((head)->Flink = (head)->Blink = (head))
#define IsListEmpty(head)		((head)->Flink == (head))

static inline VOID vpmem_insert_list(PLIST_ENTRY before, PLIST_ENTRY entry)
{
	entry->Flink = before->Flink;
	entry->Blink = before;
	before->Flink->Blink = entry;
	before->Flink = entry;
}

static inline BOOLEAN vpmem_remove_list(PLIST_ENTRY entry)
{
	entry->Blink->Flink = entry->Flink;
	entry->Flink->Blink = entry->Blink;
	return entry->Flink == entry->Blink;
}

static inline PLIST_ENTRY vpmem_remove_head(PLIST_ENTRY head)
{
	PLIST_ENTRY entry = head->Flink;

	vpmem_remove_list(entry);
	return entry;
}

#define InsertHeadList(head, entry)	vpmem_insert_list(head, entry)
#define InsertTailList(head, entry)	vpmem_insert_list((head)->Blink, entry)
#define RemoveEntryList(entry)		vpmem_remove_list(entry)
#define RemoveHeadList(head)		vpmem_remove_head(head)

/* Of what is in vpmem-nt.h: names beside it, and what is nothing here */

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

/* Ports and registers, of any pointer as Windows has them */

#define READ_PORT_UCHAR(port)		VideoPortReadPortUchar((PUCHAR)(port))
#define READ_PORT_USHORT(port)		VideoPortReadPortUshort((PUSHORT)(port))
#define READ_PORT_ULONG(port)		VideoPortReadPortUlong((PULONG)(port))
#define WRITE_PORT_UCHAR(port, v)	VideoPortWritePortUchar((PUCHAR)(port), v)
#define WRITE_PORT_USHORT(port, v)	VideoPortWritePortUshort((PUSHORT)(port), v)
#define WRITE_PORT_ULONG(port, v)	VideoPortWritePortUlong((PULONG)(port), v)
#define READ_REGISTER_UCHAR(r)		VideoPortReadRegisterUchar((PUCHAR)(r))
#define READ_REGISTER_USHORT(r)		VideoPortReadRegisterUshort((PUSHORT)(r))
#define READ_REGISTER_ULONG(r)		VideoPortReadRegisterUlong((PULONG)(r))
#define WRITE_REGISTER_UCHAR(r, v)	VideoPortWriteRegisterUchar((PUCHAR)(r), v)
#define WRITE_REGISTER_USHORT(r, v)	VideoPortWriteRegisterUshort((PUSHORT)(r), v)
#define WRITE_REGISTER_ULONG(r, v)	VideoPortWriteRegisterUlong((PULONG)(r), v)

#define KeMemoryBarrier()		__sync_synchronize()
#define MemoryBarrier()			__sync_synchronize()

#define InterlockedIncrement(p)		VideoPortInterlockedIncrement((PLONG)(p))
#define InterlockedDecrement(p)		VideoPortInterlockedDecrement((PLONG)(p))
#define InterlockedExchange(p, v)	VideoPortInterlockedExchange((PLONG)(p), v)

/* Messages. KdPrint(()) is nothing, as in the free builds. */

#define KdPrint(arguments)		((void)0)
#define KdPrintEx(arguments)		((void)0)
#define DbgBreakPoint()			((void)0)
#define KdBreakPoint()			((void)0)

#endif /* VPMEM_NTDDK_H */
