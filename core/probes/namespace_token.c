// SPDX-License-Identifier: GPL-2.0-only
/*
 * Namespaces of symbols are written without quotes. They are strings since 6.13; older
 * kernels accept a string too, but take the quotes for a part of the name.
 */
#include <linux/module.h>

MODULE_IMPORT_NS(VPMEM_PROBE);
