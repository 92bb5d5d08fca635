/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As in the free builds of Windows.
 */
#ifndef VPMEM_CRTDBG_H
#define VPMEM_CRTDBG_H

#include "assert.h"

#endif /* VPMEM_CRTDBG_H */
