/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Functions of Windows that have another name here. Sources declare them by hand as
 * well, take their addresses and define their own: hence the macros have no parameters,
 * and miniport.mk puts them in front of every source.
 */
#ifndef VPMEM_NAMES_H
#define VPMEM_NAMES_H

#include "intrinsics.h"

/* Linux's headers have these, where a source includes them as well. */
#ifndef _LINUX_KERNEL_H
#define sprintf				vpmem_sprintf
#define snprintf			vpmem_snprintf
#define vsprintf			vpmem_vsprintf
#define vsnprintf			vpmem_vsnprintf
#endif
#ifndef _LINUX_STRING_H_
#undef strncpy
#define strncpy				vpmem_strncpy
#endif

#define stricmp				strcasecmp
#define strcmpi				strcasecmp
#define _stricmp			strcasecmp
#define _strcmpi			strcasecmp
#define strnicmp			strncasecmp
#define _strnicmp			strncasecmp
#define _strupr				vpmem__strupr
#define _strlwr				vpmem__strlwr
#define _strrev				vpmem__strrev
#define strupr				vpmem__strupr
#define strlwr				vpmem__strlwr
#define strrev				vpmem__strrev
#define memicmp				vpmem__memicmp
#define _memicmp			vpmem__memicmp
#define wcslen				vpmem_wcslen
#define wcsnlen				vpmem_wcsnlen
#define wcscpy				vpmem_wcscpy
#define wcsncpy				vpmem_wcsncpy
#define wcscat				vpmem_wcscat
#define wcsncat				vpmem_wcsncat
#define wcscmp				vpmem_wcscmp
#define wcsncmp				vpmem_wcsncmp
#define wcsicmp				vpmem__wcsicmp
#define wcsnicmp			vpmem__wcsnicmp
#define _wcsicmp			vpmem__wcsicmp
#define _wcsnicmp			vpmem__wcsnicmp
#define wcschr				vpmem_wcschr
#define wcsrchr				vpmem_wcsrchr
#define wcsstr				vpmem_wcsstr
#define wcsspn				vpmem_wcsspn
#define wcscspn				vpmem_wcscspn
#define wcspbrk				vpmem_wcspbrk
#define _wcsupr				vpmem__wcsupr
#define _wcslwr				vpmem__wcslwr
#define memcpy_s			vpmem_memcpy_s
#define memmove_s			vpmem_memcpy_s
#define strncpy_s			vpmem_strncpy_s
#define strncat_s			vpmem_strncat_s
#define wcsncpy_s			vpmem_wcsncpy_s
#define wcsncat_s			vpmem_wcsncat_s
#define _snprintf			vpmem__snprintf
#define _vsnprintf			vpmem__vsnprintf
#define sprintf_s			vpmem_sprintf_s
#define vsprintf_s			vpmem_vsprintf_s
#define _snprintf_s			vpmem__snprintf_s
#define _vsnprintf_s			vpmem__vsnprintf_s
#define swprintf			vpmem_swprintf
#define _swprintf			vpmem_swprintf
#define vswprintf			vpmem_vswprintf
#define _vswprintf			vpmem_vswprintf
#define _snwprintf			vpmem__snwprintf
#define _vsnwprintf			vpmem__vsnwprintf
#define swprintf_s			vpmem_swprintf_s
#define vswprintf_s			vpmem_vswprintf_s
#define _snwprintf_s			vpmem__snwprintf_s
#define _vsnwprintf_s			vpmem__vsnwprintf_s
#define atoi				vpmem_atoi
#define atol				vpmem_atoi
#define _atoi64				vpmem__atoi64
#define _wtoi				vpmem__wtoi
#define _wtol				vpmem__wtoi
#define strtol				vpmem_strtol
#define strtoul				vpmem_strtoul
#define wcstol				vpmem_wcstol
#define wcstoul				vpmem_wcstoul
#define itoa				vpmem__itoa
#define _itoa				vpmem__itoa
#define _ltoa				vpmem__itoa
#define _ultoa				vpmem__ultoa
#define _i64toa				vpmem__i64toa
#define _ui64toa			vpmem__ui64toa
#define _itow				vpmem__itow
#define _ltow				vpmem__itow
#define _ultow				vpmem__ultow
#define wcstombs			vpmem_wcstombs
#define mbstowcs			vpmem_mbstowcs
#define rand				vpmem_rand
#define srand				vpmem_srand

/* Ports, registers and some of the interlocked operations are also VideoPort's. */

#define READ_PORT_BUFFER_UCHAR		VideoPortReadPortBufferUchar
#define READ_PORT_BUFFER_ULONG		VideoPortReadPortBufferUlong
#define READ_PORT_BUFFER_USHORT		VideoPortReadPortBufferUshort
#define READ_PORT_UCHAR			VideoPortReadPortUchar
#define READ_PORT_ULONG			VideoPortReadPortUlong
#define READ_PORT_USHORT		VideoPortReadPortUshort
#define READ_REGISTER_BUFFER_UCHAR	VideoPortReadRegisterBufferUchar
#define READ_REGISTER_BUFFER_ULONG	VideoPortReadRegisterBufferUlong
#define READ_REGISTER_BUFFER_USHORT	VideoPortReadRegisterBufferUshort
#define READ_REGISTER_UCHAR		VideoPortReadRegisterUchar
#define READ_REGISTER_ULONG		VideoPortReadRegisterUlong
#define READ_REGISTER_USHORT		VideoPortReadRegisterUshort
#define WRITE_PORT_BUFFER_UCHAR		VideoPortWritePortBufferUchar
#define WRITE_PORT_BUFFER_ULONG		VideoPortWritePortBufferUlong
#define WRITE_PORT_BUFFER_USHORT	VideoPortWritePortBufferUshort
#define WRITE_PORT_UCHAR		VideoPortWritePortUchar
#define WRITE_PORT_ULONG		VideoPortWritePortUlong
#define WRITE_PORT_USHORT		VideoPortWritePortUshort
#define WRITE_REGISTER_BUFFER_UCHAR	VideoPortWriteRegisterBufferUchar
#define WRITE_REGISTER_BUFFER_ULONG	VideoPortWriteRegisterBufferUlong
#define WRITE_REGISTER_BUFFER_USHORT	VideoPortWriteRegisterBufferUshort
#define WRITE_REGISTER_UCHAR		VideoPortWriteRegisterUchar
#define WRITE_REGISTER_ULONG		VideoPortWriteRegisterUlong
#define WRITE_REGISTER_USHORT		VideoPortWriteRegisterUshort
#define InterlockedIncrement		VideoPortInterlockedIncrement
#define InterlockedDecrement		VideoPortInterlockedDecrement
#define InterlockedExchange		VideoPortInterlockedExchange

#endif /* VPMEM_NAMES_H */
