/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Nothing of GDI is a miniport's but the plain types.
 */
#ifndef VPMEM_WINDDI_H
#define VPMEM_WINDDI_H

#include "windef.h"
#include "wingdi.h"

#endif /* VPMEM_WINDDI_H */
