/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WINDOWSX_H
#define VPMEM_WINDOWSX_H

#include "windows.h"

#endif /* VPMEM_WINDOWSX_H */
