// SPDX-License-Identifier: GPL-2.0-only
/*
 * Control: headers and functions that every kernel has.
 *
 * control: 1
 */
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>

void *probe(size_t size)
{
	return kmalloc(size, GFP_KERNEL);
}
