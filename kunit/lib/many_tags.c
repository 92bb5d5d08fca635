// SPDX-License-Identifier: GPL-2.0-only
/*
 * Thousands of tags.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/many_tags.h"

/* Allocates and frees one block, so that there is a row. */
void vt_use_tag(struct kunit *test, u32 tag)
{
	void *block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, 24, tag);

	KUNIT_ASSERT_NOT_NULL(test, block);
	VideoPortFreePool(vt_ext(test), block);
}

u32 vt_nth_tag(unsigned int i)
{
	return vt_tag("0000") + (i & 7) + ((i >> 3 & 7) << 8) + ((i >> 6 & 7) << 16) +
	       ((i >> 9) << 24);
}

/* The whole view: how many rows, their sums, and whether they are in order. */
unsigned int vt_sum_rows(struct kunit *test, struct vt_row *sum, u64 *other)
{
	const char *line = vt_next_line(vt_view(test, vt_ext(test), "tags"));
	u64 last = U64_MAX;
	struct vt_row row;
	unsigned int rows = 0;

	memset(sum, 0, sizeof(*sum));
	*other = 0;
	for (; *line; line = vt_next_line(line)) {
		KUNIT_ASSERT_TRUE(test, vt_parse_row(line, &row));
		KUNIT_ASSERT_LE(test, row.bytes, last);
		last = row.bytes;
		sum->allocs += row.allocs;
		sum->frees += row.frees;
		sum->bytes += row.bytes;
		sum->charged += row.charged;
		if (!strcmp(row.tag, "(other)"))
			*other += row.allocs;
		rows++;
	}
	return rows;
}
