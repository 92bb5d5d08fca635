/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * bool, true and false: the kernel's headers have them.
 */
#ifndef VPMEM_STDBOOL_H
#define VPMEM_STDBOOL_H

#include "../vpmem.h"

#endif /* VPMEM_STDBOOL_H */
