/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WINVER_H
#define VPMEM_WINVER_H

#include "windows.h"

#endif /* VPMEM_WINVER_H */
