/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Classes of characters, which a program has from its own library.
 */
#ifndef FUZZ_LINUX_CTYPE_H
#define FUZZ_LINUX_CTYPE_H

#include <ctype.h>

#endif /* FUZZ_LINUX_CTYPE_H */
