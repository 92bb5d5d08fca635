// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of a driver, which is all that there is to write.
 */
#include <linux/module.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

vpmem_legacy_miniport_driver("vpmem_executive", DriverEntry);

MODULE_DESCRIPTION("A driver that calls the Windows kernel, to be compiled and run");
MODULE_LICENSE("GPL");
