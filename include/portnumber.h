/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Port intrinsics of Microsoft's compiler; names.h maps their names to these functions.
 */
#ifndef VPMEM_PORTNUMBER_H
#define VPMEM_PORTNUMBER_H

#include "../vpmem.h"

UCHAR vpmem_inbyte(USHORT port);
USHORT vpmem_inword(USHORT port);
ULONG vpmem_indword(USHORT port);
VOID vpmem_outbyte(USHORT port, UCHAR value);
VOID vpmem_outword(USHORT port, USHORT value);
VOID vpmem_outdword(USHORT port, ULONG value);

#endif /* VPMEM_PORTNUMBER_H */
