/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Strings that are told their size, as Win32 has them.
 */
#ifndef VPMEM_STRSAFE_H
#define VPMEM_STRSAFE_H

#include "strsafe_core.h"
#include "winerror.h"

#define STRSAFE_E_INSUFFICIENT_BUFFER	((HRESULT)0x8007007a)
#define STRSAFE_E_INVALID_PARAMETER	((HRESULT)0x80070057)
#define STRSAFE_E_END_OF_FILE		((HRESULT)0x80070026)

static inline HRESULT vpmem_safe_result(NTSTATUS status)
{
	if (status == STATUS_BUFFER_OVERFLOW)
		return STRSAFE_E_INSUFFICIENT_BUFFER;
	return status ? STRSAFE_E_INVALID_PARAMETER : S_OK;
}

VPMEM_STRSAFE_CALLS(StringCch, A, char, HRESULT, vpmem_safe_result, 1)
VPMEM_STRSAFE_CALLS(StringCch, W, WCHAR, HRESULT, vpmem_safe_result, 1)
VPMEM_STRSAFE_CALLS(StringCb, A, char, HRESULT, vpmem_safe_result, 1)
VPMEM_STRSAFE_CALLS(StringCb, W, WCHAR, HRESULT, vpmem_safe_result, sizeof(WCHAR))

#if defined(UNICODE) || defined(_UNICODE)
#define VPMEM_STRSAFE_NAME(name)	name##W
#else
#define VPMEM_STRSAFE_NAME(name)	name##A
#endif

#define StringCchCopy			VPMEM_STRSAFE_NAME(StringCchCopy)
#define StringCchCopyN			VPMEM_STRSAFE_NAME(StringCchCopyN)
#define StringCchCat			VPMEM_STRSAFE_NAME(StringCchCat)
#define StringCchCatN			VPMEM_STRSAFE_NAME(StringCchCatN)
#define StringCchLength			VPMEM_STRSAFE_NAME(StringCchLength)
#define StringCchPrintf			VPMEM_STRSAFE_NAME(StringCchPrintf)
#define StringCchVPrintf		VPMEM_STRSAFE_NAME(StringCchVPrintf)
#define StringCbCopy			VPMEM_STRSAFE_NAME(StringCbCopy)
#define StringCbCopyN			VPMEM_STRSAFE_NAME(StringCbCopyN)
#define StringCbCat			VPMEM_STRSAFE_NAME(StringCbCat)
#define StringCbCatN			VPMEM_STRSAFE_NAME(StringCbCatN)
#define StringCbLength			VPMEM_STRSAFE_NAME(StringCbLength)
#define StringCbPrintf			VPMEM_STRSAFE_NAME(StringCbPrintf)
#define StringCbVPrintf			VPMEM_STRSAFE_NAME(StringCbVPrintf)

#endif /* VPMEM_STRSAFE_H */
