/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Header for sources that include it without using Win32.
 */
#ifndef VPMEM_WINDOWS_H
#define VPMEM_WINDOWS_H

#include "windef.h"
#include "winerror.h"

#endif /* VPMEM_WINDOWS_H */
