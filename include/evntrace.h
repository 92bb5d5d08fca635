/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Stand-in for the kernel's header of this name, for miniports that include it.
 */
#ifndef VPMEM_EVNTRACE_H
#define VPMEM_EVNTRACE_H

#include "ntddk.h"

#endif /* VPMEM_EVNTRACE_H */
