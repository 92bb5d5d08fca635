/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_MMSYSTEM_H
#define VPMEM_MMSYSTEM_H

#include "windows.h"

#endif /* VPMEM_MMSYSTEM_H */
