/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tags by the thousand.
 */
#ifndef VPMEM_KUNIT_MANY_TAGS_H
#define VPMEM_KUNIT_MANY_TAGS_H

#include "kunit/lib/helpers.h"

void vt_use_tag(struct kunit *test, u32 tag);
u32 vt_nth_tag(unsigned int i);
unsigned int vt_sum_rows(struct kunit *test, struct vt_row *sum, u64 *other);

#endif /* VPMEM_KUNIT_MANY_TAGS_H */
