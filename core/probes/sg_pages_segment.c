// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tables of pages are allocated with a maximum length of segments by a function of their
 * own, since 5.15.
 *
 * exports: sg_alloc_table_from_pages_segment
 */
#include <linux/scatterlist.h>

int probe(struct sg_table *table, struct page **pages)
{
	return sg_alloc_table_from_pages_segment(table, pages, 1, 0, PAGE_SIZE, PAGE_SIZE,
						 GFP_KERNEL);
}
