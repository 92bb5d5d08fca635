/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types of Windows.
 */
#ifndef VPMEM_NTDEF_H
#define VPMEM_NTDEF_H

#include "basic.h"
#include "types/status.h"
#include "types/string.h"
#include "types/list.h"
#include "types/number.h"

/* Microsoft's headers are told by these that they have been included. */
#define _NTDEF_
#define _NTDEF_H
#define BASETYPES

#endif /* VPMEM_NTDEF_H */
