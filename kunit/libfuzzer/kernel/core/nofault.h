/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory that may not be there, for code of the kernel in a program.
 */
#ifndef FUZZ_CORE_NOFAULT_H
#define FUZZ_CORE_NOFAULT_H

#include <linux/types.h>

size_t vpmem_copy_from_unknown(void *to, const void *from, size_t bytes);

#endif /* FUZZ_CORE_NOFAULT_H */
