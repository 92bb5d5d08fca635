/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * For sources that include it where no part of Win32 is meant.
 */
#ifndef VPMEM_WINDOWS_H
#define VPMEM_WINDOWS_H

#include "windef.h"
#include "winerror.h"

#endif /* VPMEM_WINDOWS_H */
