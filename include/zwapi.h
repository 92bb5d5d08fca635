/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Of system calls nothing is there.
 */
#ifndef VPMEM_ZWAPI_H
#define VPMEM_ZWAPI_H

#include "ntddk.h"

#endif /* VPMEM_ZWAPI_H */
