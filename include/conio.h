/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ports, by the names of the C library.
 */
#ifndef VPMEM_CONIO_H
#define VPMEM_CONIO_H

#include "intrin.h"

#define inp(port)			((int)__inbyte(port))
#define inpw(port)			__inword(port)
#define inpd(port)			__indword(port)
#define outp(port, v)			__outbyte(port, (UCHAR)(v))
#define outpw(port, v)			__outword(port, (USHORT)(v))
#define outpd(port, v)			__outdword(port, (ULONG)(v))
#define _inp(port)			inp(port)
#define _inpw(port)			inpw(port)
#define _inpd(port)			inpd(port)
#define _outp(port, v)			outp(port, v)
#define _outpw(port, v)			outpw(port, v)
#define _outpd(port, v)			outpd(port, v)

#endif /* VPMEM_CONIO_H */
