/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * EDID of a monitor, as the descriptor that a miniport returns for it.
 */
#ifndef VPMEM_EDID_H
#define VPMEM_EDID_H

#include <linux/types.h>

size_t vpmem_edid_check(u8 *edid);

#endif /* VPMEM_EDID_H */
