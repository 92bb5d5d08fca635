/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Messages of a miniport, as they are in the log.
 */
#ifndef VPMEM_KUNIT_PRINTED_H
#define VPMEM_KUNIT_PRINTED_H

#include "kunit/lib/helpers.h"

#define VT_PREFIX	"vpmem: miniport: "

#define VT_EXPECT_PRINTED(test, text, format...)					\
do {										\
	struct kunit *test_of = (test);						\
	u64 mark_of = vt_log_mark();						\
										\
	VideoPortDebugPrint(Error, format);					\
	KUNIT_EXPECT_STREQ(test_of, vt_printed(test_of, mark_of), text "\n");	\
} while (0)

const char *vt_printed(struct kunit *test, u64 mark);

#endif /* VPMEM_KUNIT_PRINTED_H */
