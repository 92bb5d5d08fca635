/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The codes that a miniport returns.
 */
#ifndef VPMEM_DDERROR_H
#define VPMEM_DDERROR_H

#include "winerror.h"

#define _DDERROR_

#endif /* VPMEM_DDERROR_H */
