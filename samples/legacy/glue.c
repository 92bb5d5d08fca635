// SPDX-License-Identifier: GPL-2.0-only
/*
 * The Linux side of a driver for the VGA of a machine, whatever bus that is on.
 */
#include <linux/module.h>

#include "vpmem.h"

ULONG DriverEntry(PVOID Context1, PVOID Context2);

vpmem_legacy_miniport_driver("vpmem_legacy", DriverEntry);

MODULE_DESCRIPTION("Sample: a miniport for the VGA of a machine on vpmem");
MODULE_LICENSE("GPL");
