/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * GUIDs. DEFINE_GUID() declares a GUID, or defines it after <initguid.h> was included.
 * This header may be included again after that.
 */
#ifndef VPMEM_GUIDDEF_H
#define VPMEM_GUIDDEF_H

#include "../vpmem.h"

typedef struct _GUID {
	ULONG Data1;
	USHORT Data2;
	USHORT Data3;
	UCHAR Data4[8];
} GUID, *LPGUID, IID, CLSID, FMTID;

typedef const struct _GUID *LPCGUID;

#define GUID_DEFINED
#define REFGUID				const GUID *
#define REFIID				const GUID *
#define REFCLSID			const GUID *

#define GUID_NULL			((const GUID){ 0 })

#define IsEqualGUID(a, b)		(!__builtin_memcmp((a), (b), sizeof(GUID)))
#define IsEqualIID(a, b)		IsEqualGUID(a, b)
#define InlineIsEqualGUID(a, b)		IsEqualGUID(a, b)

#endif /* VPMEM_GUIDDEF_H */

#undef DEFINE_GUID
#ifdef INITGUID
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
	extern const GUID name; \
	const GUID name __attribute__((__weak__)) = \
		{ l, w1, w2, { b1, b2, b3, b4, b5, b6, b7, b8 } }
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8) \
	extern const GUID name
#endif
