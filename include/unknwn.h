/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_UNKNWN_H
#define VPMEM_UNKNWN_H

#include "windows.h"

#endif /* VPMEM_UNKNWN_H */
