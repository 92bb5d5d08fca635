/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of numbers, and of pointers to them, that only the Windows kernel has.
 */
#ifndef VPMEM_TYPES_NUMBER_H
#define VPMEM_TYPES_NUMBER_H

#include "../basic.h"

typedef USHORT LANGID, *PLANGID;
typedef ULONG *PFLONG, EXECUTION_STATE;
typedef ULONG LOGICAL, *PLOGICAL;
typedef ULONGLONG DWORDLONG, *PDWORDLONG;
typedef double *PDOUBLE;
typedef ULONG *PLCID;
typedef CCHAR KPROCESSOR_MODE;

typedef void **PPVOID;
typedef const void *PCVOID;
typedef const unsigned char *PCUCHAR;
typedef const __u16 *PCUSHORT;
typedef const __u32 *PCULONG;
typedef const struct _GUID *PCGUID;
typedef struct _GUID *PGUID;

typedef struct _LUID {
	ULONG LowPart;
	LONG HighPart;
} LUID, *PLUID;

#endif /* VPMEM_TYPES_NUMBER_H */
