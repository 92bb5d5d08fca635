/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exceptions, also by the names without underscores.
 */
#ifndef VPMEM_EXCPT_H
#define VPMEM_EXCPT_H

#include "guarded.h"

#define try				__try
#define except				__except
#define finally				__finally
#define leave				__leave

#endif /* VPMEM_EXCPT_H */
