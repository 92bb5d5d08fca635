/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32, and how it waits.
 */
#ifndef VPMEM_WINBASE_H
#define VPMEM_WINBASE_H

#include "windows.h"

#define INFINITE			0xffffffff
#define WAIT_OBJECT_0			0
#define WAIT_ABANDONED			0x80
#define WAIT_FAILED			0xffffffff
#define INVALID_HANDLE_VALUE		((HANDLE)(LONG_PTR)-1)

#define CopyMemory(to, from, size)	RtlCopyMemory(to, from, size)
#define MoveMemory(to, from, size)	RtlMoveMemory(to, from, size)
#define FillMemory(to, size, byte)	RtlFillMemory(to, size, byte)
#define ZeroMemory(to, size)		RtlZeroMemory(to, size)

#endif /* VPMEM_WINBASE_H */
