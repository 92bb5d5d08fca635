/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_OBJBASE_H
#define VPMEM_OBJBASE_H

#include "windows.h"

#endif /* VPMEM_OBJBASE_H */
