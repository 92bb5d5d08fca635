/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types that miniport.h declares, and the words that Windows sources decorate
 * parameters with. vpmem.h has the types that the DDI itself is declared in. A source may
 * define for itself every type that is not here and that it includes no header for, such
 * as NTSTATUS, UNICODE_STRING or BOOL: those are in types/, which ntdef.h, windef.h and
 * ntddk.h include.
 *
 * These words are short. A source that needs Linux headers as well includes them
 * before any header of this directory.
 */
#ifndef VPMEM_BASIC_H
#define VPMEM_BASIC_H

#include "../vpmem.h"
#include "sdkddkver.h"
#include "section_attribs.h"

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

/* Annotations of parameters and calling conventions mean nothing here. */

#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif
#define CRITICAL

#define NTAPI
#define NTAPI_INLINE
#define FASTCALL
#define APIENTRY
#define CALLBACK
#define WINAPI
#define PASCAL
#define CDECL
#define STDCALL
#define NTFASTAPI
#define _CRTAPI1
#define _CRTAPI2
#define _cdecl
#define _stdcall
#define _fastcall
#undef __cdecl
#define __cdecl
#undef __stdcall
#define __stdcall
#undef __fastcall
#define __fastcall
#define __thiscall
#define __pascal

#define NTSYSAPI
#define NTSYSCALLAPI
#define NTKERNELAPI
#define NTHALAPI
#define VIDEOPORT_API
#define VIDEOPORT_DEPRECATED
#define DECLSPEC_IMPORT
#define DECLSPEC_EXPORT
#define DECLSPEC_ADDRSAFE
#define DECLSPEC_NOTHROW
#define DECLSPEC_NOVTABLE
#define DECLSPEC_UUID(text)
#define FAR
#define DECLSPEC_NOINLINE		__attribute__((__noinline__))
#define DECLSPEC_SELECTANY		__attribute__((__weak__))
/* Empty: objtool would take the code after such a call for unreachable. */
#define DECLSPEC_NORETURN
#define DECLSPEC_DEPRECATED
#define DECLSPEC_DEPRECATED_DDK
#define DECLSPEC_ALIGN(n)		vpmem_declspec_align(n)
#define DECLSPEC_CACHEALIGN		vpmem_declspec_align(64)

/* Words of __declspec() that change the code; the compiler names all others. */

#undef __declspec
#define __declspec(word, ...)		vpmem_declspec_##word vpmem_declspec_##__VA_ARGS__
#define _declspec(word, ...)		vpmem_declspec_##word vpmem_declspec_##__VA_ARGS__
#define vpmem_declspec_
/* scripts/msc knows it by the spelling, and gives it to the structure that it precedes. */
#define vpmem_declspec_align(n)		__attribute((__aligned__(n)))
#define vpmem_declspec_allocate(section)
#define vpmem_declspec_code_seg(section)
/* The one without a text is left out by scripts/msc. */
#define vpmem_declspec_deprecated(text)
#define vpmem_declspec_dllexport
#define vpmem_declspec_dllimport
#define vpmem_declspec_guard(word)
#define vpmem_declspec_noalias
#define vpmem_declspec_noinline		__attribute__((__noinline__))
#define vpmem_declspec_noreturn
#define vpmem_declspec_nothrow
#define vpmem_declspec_novtable
#define vpmem_declspec_restrict
#define vpmem_declspec_safebuffers
#define vpmem_declspec_selectany	__attribute__((__weak__))
#define vpmem_declspec_uuid(text)

#ifdef __cplusplus
#define EXTERN_C			extern "C"
#define EXTERN_C_START			extern "C" {
#define EXTERN_C_END			}
#else
#define EXTERN_C			extern
#define EXTERN_C_START
#define EXTERN_C_END
#endif

#include "sal.h"

/* Words of the language that are Microsoft's own. */

#define CONST				const
#ifndef __int8
#define __int8				char
#endif
#define __int16				short
#define __int32				int
#define __int64				long long
#define _int8				__int8
#define _int16				__int16
#define _int32				__int32
#define _int64				__int64
#define __forceinline			__always_inline
#define _forceinline			__forceinline
#define FORCEINLINE			__forceinline
#define CFORCEINLINE			__forceinline
#define _inline				__inline
#ifndef INLINE
#define INLINE				__inline
#endif
#define UNALIGNED
#define UNALIGNED64
#define __unaligned
#define _unaligned
#define __w64
#define __based(base)
#define __ptr32
#define __ptr64
#define RESTRICTED_POINTER
#define POINTER_32
#define POINTER_64
#define POINTER_SIGNED
#define POINTER_UNSIGNED
#define __noop(...)			((void)0)
#undef __assume
#define __assume(condition)		((void)0)
/* Built into clang, which warns of another definition. */
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wbuiltin-macro-redefined"
#endif
#undef __pragma
#ifdef __clang__
#pragma clang diagnostic pop
#endif
#define __pragma(...)			_Pragma(#__VA_ARGS__)

/* Microsoft's macros for the machine, unless miniport.mk has defined them. */

#ifndef _WIN32
#define _WIN32				1
#if __SIZEOF_POINTER__ == 8
#define _WIN64				1
#endif
#if defined(__x86_64__)
#define _AMD64_				1
#define _M_AMD64			100
#define _M_X64				100
#elif defined(__i386__)
#define _X86_				1
#define _M_IX86				600
#elif defined(__aarch64__)
#define _ARM64_				1
#define _M_ARM64			1
#endif
#endif

/* Plain types. A CHAR is signed on Windows; gcc decides it by -fsigned-char. */

typedef char CHAR, CCHAR, *PCHAR, *PCCHAR, *LPCH, *PCH, *PSTR, *LPSTR, *NPSTR, **PZPSTR;
typedef const char *PCSTR, *LPCSTR, *LPCCH, *PCCH, **PZPCSTR;
typedef char *const *PCZPSTR;
typedef signed char SCHAR, *PSCHAR;
typedef __s16 SHORT, CSHORT, *PSHORT, *PCSHORT;
#ifndef INT
typedef int INT;
#endif
#ifndef UINT
typedef unsigned int UINT;
#endif
typedef USHORT WCHAR, *PWCHAR, *PWCH, *LPWCH, *PWSTR, *LPWSTR, *NWPSTR;
typedef const __u16 *PCWCH, *LPCWCH, *PCWSTR, *LPCWSTR, *LPCUWSTR, *PCUWSTR, **PZPCWSTR;
typedef WCHAR *PUWSTR, *LPUWSTR, **PZPWSTR;
typedef WCHAR *const *PCZPWSTR;
typedef USHORT wchar_t;
#define _WCHAR_T_DEFINED

#ifndef _TCHAR_DEFINED
#define _TCHAR_DEFINED
#if defined(UNICODE) || defined(_UNICODE)
typedef WCHAR TCHAR, *PTCHAR, *PTCH, *PTSTR, *LPTSTR, *LPTCH, *PUTSTR, *LPUTSTR;
typedef const WCHAR *PCTSTR, *LPCTSTR;
#else
typedef CHAR TCHAR, *PTCHAR, *PTCH, *PTSTR, *LPTSTR, *LPTCH, *PUTSTR, *LPUTSTR;
typedef const CHAR *PCTSTR, *LPCTSTR;
#endif
#endif

typedef ULONG FLONG;
typedef USHORT FSHORT;
typedef double DOUBLE;

/* Sources have macros by these names in front of all headers. */
#ifndef BYTE
typedef unsigned char BYTE;
#endif
#ifndef WORD
typedef __u16 WORD;
#endif
#ifndef DWORD
typedef __u32 DWORD;
#endif
typedef __u32 DWORD32, *PDWORD32;
typedef __u64 DWORD64, *PDWORD64;

typedef __s8 INT8, *PINT8;
typedef __u8 UINT8, *PUINT8;
typedef __s16 INT16, *PINT16;
typedef __u16 UINT16, *PUINT16;
typedef __s32 INT32, *PINT32, LONG32, *PLONG32;
typedef __u32 UINT32, *PUINT32, ULONG32, *PULONG32, CLONG, *PCLONG;
typedef __s64 INT64, *PINT64, LONG64, *PLONG64;
typedef __u64 UINT64, *PUINT64, ULONG64, *PULONG64;

#ifdef __LP64__
#define __int3264			__int64
#else
#define __int3264			int
#endif

typedef unsigned long HANDLE_PTR;
typedef long INT_PTR, *PINT_PTR, LONG_PTR, *PLONG_PTR, SSIZE_T, *PSSIZE_T;
typedef unsigned long UINT_PTR, *PUINT_PTR, DWORD_PTR, *PDWORD_PTR;
typedef ULONG_PTR KAFFINITY, *PKAFFINITY;

#define NOTHING

#ifdef __LP64__
#define MAX_NATURAL_ALIGNMENT		sizeof(ULONGLONG)
#define MEMORY_ALLOCATION_ALIGNMENT	16
#else
#define MAX_NATURAL_ALIGNMENT		sizeof(ULONG)
#define MEMORY_ALLOCATION_ALIGNMENT	8
#endif
#define SYSTEM_CACHE_ALIGNMENT_SIZE	64
#define PROBE_ALIGNMENT(structure)	TYPE_ALIGNMENT(ULONG)
#define PROBE_ALIGNMENT32(structure)	TYPE_ALIGNMENT(ULONG)
#define NOP_FUNCTION			((void)0)
#define NULL64				((void *)0)
#define OBJ_HANDLE_TAGBITS		0x3
#ifndef STRICT
#define STRICT				1
#endif
#define DEPRECATE_SUPPORTED
#define PRAGMA_DEPRECATED_DDK		0

typedef void **PHANDLE;
typedef void *PVOID64;

#define _HRESULT_DEFINED
typedef LONG HRESULT;
typedef UCHAR KIRQL, *PKIRQL;
typedef ULONG LCID;
typedef __u64 USN;

/* Eight bytes that are aligned as a number is */
typedef struct _QUAD {
	union {
		__s64 UseThisFieldToCopy;
		double DoNotUseThisField;
	};
} QUAD, *PQUAD, UQUAD, *PUQUAD;

/* Macros of COM, for C only. */
#define STDMETHODCALLTYPE
#define STDMETHODVCALLTYPE
#define STDAPICALLTYPE
#define STDAPIVCALLTYPE
#define STDAPI				EXTERN_C HRESULT STDAPICALLTYPE
#define STDAPI_(type)			EXTERN_C type STDAPICALLTYPE
#define STDAPIV				EXTERN_C HRESULT STDAPIVCALLTYPE
#define STDAPIV_(type)			EXTERN_C type STDAPIVCALLTYPE
#define STDMETHODIMP			HRESULT STDMETHODCALLTYPE
#define STDMETHODIMP_(type)		type STDMETHODCALLTYPE
#define STDMETHODIMPV			HRESULT STDMETHODVCALLTYPE
#define STDMETHODIMPV_(type)		type STDMETHODVCALLTYPE

/* Handles are nothing that a miniport looks into. */
#ifndef DECLARE_HANDLE
#define DECLARE_HANDLE(name)		typedef struct name##__ { int unused; } *name
#endif

#define NT_SUCCESS(status)		((LONG)(status) >= 0)
#define NT_INFORMATION(status)		((ULONG)(status) >> 30 == 1)
#define NT_WARNING(status)		((ULONG)(status) >> 30 == 2)
#define NT_ERROR(status)		((ULONG)(status) >> 30 == 3)

typedef union _ULARGE_INTEGER {
	struct {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		ULONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		ULONG HighPart;
#endif
	};
	struct {
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
		ULONG HighPart;
		ULONG LowPart;
#else
		ULONG LowPart;
		ULONG HighPart;
#endif
	} u;
	ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

#include "guiddef.h"

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
#define MAXLONGLONG			0x7fffffffffffffffLL
#define MAXULONGLONG			0xffffffffffffffffULL
#define MINLONGLONG			(-MAXLONGLONG - 1)
#define MAXUINT				0xffffffff
#define MAXINT				0x7fffffff
#define MININT				(-MAXINT - 1)
#define MAXSIZE_T			((SIZE_T)-1)
#ifdef __LP64__
#define MAXULONG_PTR			0xffffffffffffffffULL
#else
#define MAXULONG_PTR			0xffffffffU
#endif
#define MAXBYTE				0xff
#define MAXWORD				0xffff
#define MAXDWORD			0xffffffff

#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(p)	((void)(p))
#endif
#define DBG_UNREFERENCED_PARAMETER(p)	((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#define DEFAULT_UNREACHABLE		default: break

#ifndef FIELD_OFFSET
#define FIELD_OFFSET(type, field)	((LONG)__builtin_offsetof(type, field))
#endif
#ifndef CONTAINING_RECORD
#define CONTAINING_RECORD(address, type, field) \
	((type *)((PCHAR)(address) - __builtin_offsetof(type, field)))
#endif
#define RTL_FIELD_SIZE(type, field)	(sizeof(((type *)0)->field))
#define RTL_SIZEOF_THROUGH_FIELD(type, field) \
	(FIELD_OFFSET(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_CONTAINS_FIELD(structure, size, field) \
	((PCHAR)(&(structure)->field) + sizeof((structure)->field) <= \
	 (PCHAR)(structure) + (size))
#define ARGUMENT_PRESENT(argument)	((PCHAR)(ULONG_PTR)(argument) != NULL)
#define RTL_FIELD_TYPE(type, field)	(((type *)0)->field)
#define RTL_BITS_OF(what)		(sizeof(what) * 8)
#define RTL_BITS_OF_FIELD(type, field)	RTL_BITS_OF(RTL_FIELD_TYPE(type, field))
#define RTL_NUMBER_OF_FIELD(type, field) RTL_NUMBER_OF(RTL_FIELD_TYPE(type, field))
#define RTL_PADDING_BETWEEN_FIELDS(type, first, second) \
	(FIELD_OFFSET(type, second) > FIELD_OFFSET(type, first) ? \
	 FIELD_OFFSET(type, second) - RTL_SIZEOF_THROUGH_FIELD(type, first) : \
	 FIELD_OFFSET(type, first) - RTL_SIZEOF_THROUGH_FIELD(type, second))
#define RTL_CONST_CAST(type)		(type)
#define RTL_CONSTANT_STRING(text)	{ sizeof(text) - sizeof((text)[0]), sizeof(text), text }
#ifndef RTL_NUMBER_OF
#define RTL_NUMBER_OF(array)		(sizeof(array) / sizeof((array)[0]))
#endif
#define RTL_NUMBER_OF_V1(array)		RTL_NUMBER_OF(array)
#define RTL_NUMBER_OF_V2(array)		RTL_NUMBER_OF(array)
#ifndef ARRAYSIZE
#define ARRAYSIZE(array)		RTL_NUMBER_OF(array)
#endif
#ifndef _ARRAYSIZE
#define _ARRAYSIZE(array)		RTL_NUMBER_OF(array)
#endif
#ifndef _countof
#define _countof(array)			RTL_NUMBER_OF(array)
#endif
#ifndef static_assert
#define static_assert			_Static_assert
#endif
#ifndef C_ASSERT
#define C_ASSERT(condition)		_Static_assert(condition, #condition)
#endif

/* Assertions and messages, empty in a free build. With DBG they print. */
#if defined(DBG) && DBG + 0
VOID RtlAssert(PVOID FailedAssertion, PVOID FileName, ULONG LineNumber, char *Message);
#define ASSERTMSG(text, condition) \
	((condition) ? (void)0 : RtlAssert((PVOID)#condition, (PVOID)__FILE__, __LINE__, text))
#else
#define ASSERTMSG(text, condition)	((void)0)
#endif
#ifndef ASSERT
#define ASSERT(condition)		ASSERTMSG(NULL, condition)
#endif
#define RTL_SOFT_ASSERT(condition)	ASSERTMSG(NULL, condition)
#define RTL_SOFT_ASSERTMSG(text, condition) ASSERTMSG(text, condition)
#define NT_ASSERT(condition)		ASSERTMSG(NULL, condition)
#define NT_ASSERTMSG(text, condition)	ASSERTMSG(text, condition)
#define NT_VERIFY(condition)		((condition) ? TRUE : FALSE)
#define VERIFY_IS_IRQL_PASSIVE_LEVEL()	((void)0)
#define PAGED_CODE()			((void)0)
#define PAGED_CODE_LOCKED()		((void)0)

#ifndef LOWORD
#define LOWORD(value)			((WORD)((ULONG_PTR)(value) & 0xffff))
#define HIWORD(value)			((WORD)((ULONG_PTR)(value) >> 16 & 0xffff))
#define LOBYTE(value)			((BYTE)((ULONG_PTR)(value) & 0xff))
#define HIBYTE(value)			((BYTE)((ULONG_PTR)(value) >> 8 & 0xff))
#endif
#ifndef MAKEWORD
#define MAKEWORD(low, high)		((WORD)((BYTE)(low) | (WORD)(BYTE)(high) << 8))
#define MAKELONG(low, high)		((LONG)((WORD)(low) | (DWORD)(WORD)(high) << 16))
#endif

#define TYPE_ALIGNMENT(type)		__alignof__(type)
#define Add2Ptr(p, n)			((PVOID)((PUCHAR)(p) + (n)))
#define PtrOffset(base, p)		((ULONG)((ULONG_PTR)(p) - (ULONG_PTR)(base)))

#define FlagOn(flags, mask)		((flags) & (mask))
#define BooleanFlagOn(flags, mask)	((BOOLEAN)(((flags) & (mask)) != 0))
#define SetFlag(flags, mask)		((flags) |= (mask))
#define ClearFlag(flags, mask)		((flags) &= ~(mask))

#define ALIGN_DOWN_BY(size, n)		((ULONG_PTR)(size) & ~((ULONG_PTR)(n) - 1))
#define ALIGN_UP_BY(size, n)		ALIGN_DOWN_BY((ULONG_PTR)(size) + (n) - 1, n)
#define ALIGN_DOWN_POINTER_BY(p, n)	((PVOID)ALIGN_DOWN_BY(p, n))
#define ALIGN_UP_POINTER_BY(p, n)	((PVOID)ALIGN_UP_BY(p, n))
#ifndef ALIGN_DOWN
#define ALIGN_DOWN(size, type)		((ULONG)ALIGN_DOWN_BY(size, sizeof(type)))
#define ALIGN_UP(size, type)		((ULONG)ALIGN_UP_BY(size, sizeof(type)))
#endif
#define ALIGN_DOWN_POINTER(p, type)	ALIGN_DOWN_POINTER_BY(p, sizeof(type))
#define ALIGN_UP_POINTER(p, type)	ALIGN_UP_POINTER_BY(p, sizeof(type))
#ifndef ROUND_UP
#define ROUND_UP(n, align)		(((n) + (align) - 1) & ~((align) - 1))
#define ROUND_DOWN(n, align)		((n) & ~((align) - 1))
#endif

#define PtrToUlong(p)			((ULONG)(ULONG_PTR)(p))
#define PtrToLong(p)			((LONG)(LONG_PTR)(p))
#define PtrToUint(p)			((UINT)(UINT_PTR)(p))
#define PtrToInt(p)			((INT)(INT_PTR)(p))
#define PtrToUshort(p)			((USHORT)(ULONG_PTR)(p))
#define UlongToPtr(v)			((VOID *)(ULONG_PTR)(ULONG)(v))
#define ULongToPtr(v)			UlongToPtr(v)
#define LongToPtr(v)			((VOID *)(LONG_PTR)(LONG)(v))
#define UIntToPtr(v)			((VOID *)(UINT_PTR)(UINT)(v))
#define IntToPtr(v)			((VOID *)(INT_PTR)(INT)(v))
#define HandleToUlong(h)		PtrToUlong(h)
#define HandleToULong(h)		PtrToUlong(h)
#define UlongToHandle(v)		((HANDLE)UlongToPtr(v))
#define ULongToHandle(v)		UlongToHandle(v)
#define PtrToPtr64(p)			((void *)(p))

#define Int32x32To64(a, b)		((LONGLONG)(LONG)(a) * (LONG)(b))
#define UInt32x32To64(a, b)		((ULONGLONG)(ULONG)(a) * (ULONG)(b))
/* Shift counts go modulo 32, as the names say, though the value has 64 bits. */
#define Int64ShllMod32(v, n)		((ULONGLONG)(v) << ((n) & 31))
#define Int64ShraMod32(v, n)		((LONGLONG)(v) >> ((n) & 31))
#define Int64ShrlMod32(v, n)		((ULONGLONG)(v) >> ((n) & 31))

#if defined(UNICODE) || defined(_UNICODE)
#define __TEXT(text)			L##text
#else
#define __TEXT(text)			text
#endif
#define TEXT(text)			__TEXT(text)

#define UNICODE_NULL			((WCHAR)0)
#define ANSI_NULL			((CHAR)0)

#ifndef MAX_PATH
#define MAX_PATH			260
#endif

#define _ULONGLONG_

#endif /* VPMEM_BASIC_H */
