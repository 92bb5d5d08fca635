/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Annotations.
 */
#ifndef VPMEM_SPECSTRINGS_STRICT_H
#define VPMEM_SPECSTRINGS_STRICT_H

#include "sal.h"

#endif /* VPMEM_SPECSTRINGS_STRICT_H */
