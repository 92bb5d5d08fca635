/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel addresses in views and messages.
 */
#ifndef VPMEM_SECRECY_H
#define VPMEM_SECRECY_H

#include <linux/types.h>

#define VPMEM_SYMBOL_TEXT	160

const char *vpmem_symbol_text(unsigned long address, char text[VPMEM_SYMBOL_TEXT]);
bool vpmem_hides_physical(void);

#endif /* VPMEM_SECRECY_H */
