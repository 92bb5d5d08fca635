/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel is built without the headers of the C library and the compiler.
 */
#ifndef VPMEM_STDDEF_H
#define VPMEM_STDDEF_H

#include "basic.h"

#endif /* VPMEM_STDDEF_H */
