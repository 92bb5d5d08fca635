/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wide strings are in <string.h>, their formats in <stdio.h>, their numbers in
 * <stdlib.h>.
 */
#ifndef VPMEM_WCHAR_H
#define VPMEM_WCHAR_H

#include "ctype.h"
#include "stdio.h"
#include "stdlib.h"

typedef USHORT wint_t;

#endif /* VPMEM_WCHAR_H */
