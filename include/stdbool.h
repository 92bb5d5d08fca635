/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bool, true and false, which linuxtypes.h has hidden.
 */
#ifndef VPMEM_STDBOOL_H
#define VPMEM_STDBOOL_H

#include "../vpmem.h"

#undef bool
#define bool		_Bool
#undef true
#define true		1
#undef false
#define false		0

#endif /* VPMEM_STDBOOL_H */
