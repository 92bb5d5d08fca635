// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of a driver, which is all that there is to write.
 */
#include <linux/module.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

vpmem_legacy_miniport_driver("vpmem_bare", DriverEntry);

MODULE_DESCRIPTION("A driver with types of its own, to be compiled");
MODULE_LICENSE("GPL");
