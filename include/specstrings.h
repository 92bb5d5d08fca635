/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Annotations.
 */
#ifndef VPMEM_SPECSTRINGS_H
#define VPMEM_SPECSTRINGS_H

#include "sal.h"

#endif /* VPMEM_SPECSTRINGS_H */
