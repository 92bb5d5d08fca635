/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types of Windows, and the words that its sources decorate parameters
 * with. vpmem.h has the types that the DDI itself is declared in.
 *
 * These words are short. A source that needs Linux headers as well includes them
 * before any header of this directory.
 */
#ifndef VPMEM_NTDEF_H
#define VPMEM_NTDEF_H

#include "../vpmem.h"

/*
 * Habits of a Windows source that are right: pool tags are character constants of four
 * letters, tables of addresses leave out the braces of the innermost structure, and
 * packing begins in one header and ends in another.
 */
#pragma GCC diagnostic ignored "-Wmultichar"
#pragma GCC diagnostic ignored "-Wmissing-braces"
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wfour-char-constants"
#pragma GCC diagnostic ignored "-Wpragma-pack"
#endif

/* What says which way a parameter goes, or how a function is called, means nothing here. */

#define IN
#define OUT
#define OPTIONAL
#define CRITICAL

#define NTAPI
#define FASTCALL
#define APIENTRY
#define CALLBACK
#define WINAPI
#define __cdecl
#define __stdcall
#define __fastcall
#define _cdecl
#define _stdcall
#define _fastcall

#define NTSYSAPI
#define NTSYSCALLAPI
#define NTKERNELAPI
#define NTHALAPI
#define DECLSPEC_IMPORT
#define DECLSPEC_EXPORT
#define DECLSPEC_NORETURN		__noreturn
#define DECLSPEC_ALIGN(n)		__aligned(n)

/* Of the annotations those that take no more than the sizes of a buffer. */

#define __in
#define __in_opt
#define __in_bcount(size)
#define __in_bcount_opt(size)
#define __in_ecount(count)
#define __in_ecount_opt(count)
#define __out
#define __out_opt
#define __out_bcount(size)
#define __out_bcount_opt(size)
#define __out_ecount(count)
#define __out_ecount_opt(count)
#define __inout
#define __inout_opt
#define __inout_bcount(size)
#define __inout_ecount(count)
#define __deref_out
#define __deref_out_opt
#define __reserved

#define _In_
#define _In_opt_
#define _In_z_
#define _In_opt_z_
#define _In_reads_(count)
#define _In_reads_opt_(count)
#define _In_reads_bytes_(size)
#define _In_reads_bytes_opt_(size)
#define _Out_
#define _Out_opt_
#define _Out_writes_(count)
#define _Out_writes_opt_(count)
#define _Out_writes_bytes_(size)
#define _Out_writes_bytes_opt_(size)
#define _Out_writes_to_(size, count)
#define _Out_writes_bytes_to_(size, count)
#define _Out_writes_all_(count)
#define _Out_writes_bytes_all_(size)
#define _Inout_
#define _Inout_opt_
#define _Inout_updates_(count)
#define _Inout_updates_opt_(count)
#define _Inout_updates_bytes_(size)
#define _Inout_updates_bytes_opt_(size)
#define _Outptr_
#define _Outptr_opt_
#define _Outptr_result_maybenull_
#define _Outptr_opt_result_maybenull_
#define _Outptr_result_bytebuffer_(size)
#define _Outptr_result_buffer_(count)
#define _Reserved_
#define _Pre_notnull_
#define _Post_invalid_
#define _Pre_maybenull_
#define _Ret_maybenull_
#define _Ret_notnull_
#define _Ret_writes_bytes_(size)
#define _Ret_writes_bytes_maybenull_(size)
#define _Post_writable_byte_size_(size)
#define _Field_size_(count)
#define _Field_size_opt_(count)
#define _Field_size_bytes_(size)
#define _Field_size_bytes_opt_(size)
#define _Check_return_
#define _Must_inspect_result_
#define _Use_decl_annotations_
#define _Success_(condition)
#define _When_(condition, annotations)
#define _At_(target, annotations)
#define _Function_class_(name)
#define _IRQL_requires_(irql)
#define _IRQL_requires_max_(irql)
#define _IRQL_requires_min_(irql)
#define _IRQL_requires_same_
#define _IRQL_saves_
#define _IRQL_restores_

/* Words of the language that are Microsoft's own. */

#define CONST				const
#define __int8				char
#define __int16				short
#define __int32				int
#define __int64				long long
#define __forceinline			__always_inline
#define FORCEINLINE			__forceinline
#define UNALIGNED
#define RESTRICTED_POINTER
#define POINTER_32
#define POINTER_64

/* Plain types. A CHAR is signed on Windows; gcc decides it by -fsigned-char. */

typedef char CHAR, CCHAR, *PCHAR, *PSZ, *PSTR, *LPSTR;
typedef const char *PCSZ, *PCSTR, *LPCSTR;
typedef signed char SCHAR, *PSCHAR;
typedef __s16 SHORT, CSHORT, *PSHORT;
typedef int INT, *PINT;
typedef unsigned int UINT, *PUINT;
typedef USHORT WCHAR, *PWCHAR, *PWCH, *PWSTR, *LPWSTR;
typedef const __u16 *PCWCH, *PCWSTR, *LPCWSTR;
typedef USHORT wchar_t;

typedef __s8 INT8, *PINT8;
typedef __u8 UINT8, *PUINT8;
typedef __s16 INT16, *PINT16;
typedef __u16 UINT16, *PUINT16;
typedef __s32 INT32, *PINT32, LONG32, *PLONG32;
typedef __u32 UINT32, *PUINT32, ULONG32, *PULONG32, CLONG, *PCLONG, LOGICAL, *PLOGICAL;
typedef __s64 INT64, *PINT64, LONG64, *PLONG64;
typedef __u64 UINT64, *PUINT64, ULONG64, *PULONG64, DWORDLONG, *PDWORDLONG;

typedef long INT_PTR, *PINT_PTR, LONG_PTR, *PLONG_PTR, SSIZE_T, *PSSIZE_T;
typedef unsigned long UINT_PTR, *PUINT_PTR;

typedef const void *PCVOID, *LPCVOID;
typedef void *LPVOID, **PPVOID;
typedef void **PHANDLE;
typedef const unsigned char *PCUCHAR;
typedef const __u16 *PCUSHORT;
typedef const __u32 *PCULONG;

typedef LONG NTSTATUS, *PNTSTATUS;

#define NT_SUCCESS(status)		((NTSTATUS)(status) >= 0)
#define NT_INFORMATION(status)		((ULONG)(status) >> 30 == 1)
#define NT_WARNING(status)		((ULONG)(status) >> 30 == 2)
#define NT_ERROR(status)		((ULONG)(status) >> 30 == 3)

typedef union _ULARGE_INTEGER {
	struct {
#ifdef __BIG_ENDIAN
		ULONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		ULONG HighPart;
#endif
	};
	struct {
#ifdef __BIG_ENDIAN
		ULONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		ULONG HighPart;
#endif
	} u;
	ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef struct _LIST_ENTRY {
	struct _LIST_ENTRY *Flink;
	struct _LIST_ENTRY *Blink;
} LIST_ENTRY, *PLIST_ENTRY;

typedef struct _SINGLE_LIST_ENTRY {
	struct _SINGLE_LIST_ENTRY *Next;
} SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY;

typedef struct _STRING {
	USHORT Length;
	USHORT MaximumLength;
	PCHAR Buffer;
} STRING, *PSTRING, ANSI_STRING, *PANSI_STRING;

typedef struct _UNICODE_STRING {
	USHORT Length;
	USHORT MaximumLength;
	PWSTR Buffer;
} UNICODE_STRING, *PUNICODE_STRING;

typedef const struct _UNICODE_STRING *PCUNICODE_STRING;

typedef struct _GUID {
	ULONG Data1;
	USHORT Data2;
	USHORT Data3;
	UCHAR Data4[8];
} GUID, *LPGUID;

/* Sources and the headers of other projects bring these as well. */

#ifndef TRUE
#define TRUE				1
#endif
#ifndef FALSE
#define FALSE				0
#endif
#ifndef NULL
#define NULL				((void *)0)
#endif

#define ANYSIZE_ARRAY			1

#define MINCHAR				0x80
#define MAXCHAR				0x7f
#define MINSHORT			0x8000
#define MAXSHORT			0x7fff
#define MINLONG				0x80000000
#define MAXLONG				0x7fffffff
#define MAXUCHAR			0xff
#define MAXUSHORT			0xffff
#define MAXULONG			0xffffffff

#define UNREFERENCED_PARAMETER(p)	((void)(p))
#define DBG_UNREFERENCED_PARAMETER(p)	((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))

#ifndef FIELD_OFFSET
#define FIELD_OFFSET(type, field)	((LONG)__builtin_offsetof(type, field))
#endif
#ifndef CONTAINING_RECORD
#define CONTAINING_RECORD(address, type, field) \
	((type *)((PCHAR)(address) - __builtin_offsetof(type, field)))
#endif
#ifndef RTL_NUMBER_OF
#define RTL_NUMBER_OF(array)		(sizeof(array) / sizeof((array)[0]))
#endif
#ifndef ARRAYSIZE
#define ARRAYSIZE(array)		RTL_NUMBER_OF(array)
#endif
#ifndef C_ASSERT
#define C_ASSERT(condition)		_Static_assert(condition, #condition)
#endif

#endif /* VPMEM_NTDEF_H */
