/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Configuration space of PCI.
 */
#ifndef VPMEM_PCI_H
#define VPMEM_PCI_H

#include "miniport.h"

#endif /* VPMEM_PCI_H */
