/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Zw calls: those that exist are in vpmem-nt.h, which ntddk.h includes.
 */
#ifndef VPMEM_ZWAPI_H
#define VPMEM_ZWAPI_H

#include "ntddk.h"

#endif /* VPMEM_ZWAPI_H */
