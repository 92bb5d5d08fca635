/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * READ_PORT_UCHAR() and its like, which names.h has.
 */
#ifndef VPMEM_IOACCESS_H
#define VPMEM_IOACCESS_H

#include "miniport.h"

#endif /* VPMEM_IOACCESS_H */
