/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupt table and BIOS data area.
 */
#ifndef VPMEM_BIOSDATA_H
#define VPMEM_BIOSDATA_H

#include <linux/types.h>

void vpmem_biosdata_init(void *memory);
bool vpmem_biosdata_is_outdated(const void *machine);
bool vpmem_biosdata_restore(char *damage, size_t size);

#endif /* VPMEM_BIOSDATA_H */
