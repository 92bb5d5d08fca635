/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wide strings are in <string.h>.
 */
#ifndef VPMEM_WCHAR_H
#define VPMEM_WCHAR_H

#include "string.h"

#endif /* VPMEM_WCHAR_H */
