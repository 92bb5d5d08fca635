/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of the size of a pointer, and of given sizes: they are among the plain types.
 */
#ifndef VPMEM_BASETSD_H
#define VPMEM_BASETSD_H

#include "basic.h"

#endif /* VPMEM_BASETSD_H */
