/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The plain types, by the names of Win32.
 */
#ifndef VPMEM_WTYPES_H
#define VPMEM_WTYPES_H

#include "windows.h"

#endif /* VPMEM_WTYPES_H */
