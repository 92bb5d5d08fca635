/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Codes of the error log: it takes any.
 */
#ifndef VPMEM_NTIOLOGC_H
#define VPMEM_NTIOLOGC_H

#include "ntstatus.h"

#endif /* VPMEM_NTIOLOGC_H */
