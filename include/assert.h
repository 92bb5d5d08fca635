/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As in the free builds of Windows.
 */
#ifndef VPMEM_ASSERT_H
#define VPMEM_ASSERT_H

#ifndef assert
#define assert(condition)		((void)0)
#endif

#endif /* VPMEM_ASSERT_H */
