// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control: a function that no kernel has.
 *
 * control: 0
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

void *probe(size_t size)
{
	return vpmem_function_that_no_kernel_has(size, GFP_KERNEL);
}
