/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Assertions, empty as in the free builds of Windows.
 */
#ifndef VPMEM_ASSERT_H
#define VPMEM_ASSERT_H

#ifndef assert
#define assert(condition)		((void)0)
#endif
#define _ASSERT(condition)		((void)0)
#define _ASSERTE(condition)		((void)0)
#ifndef static_assert
#define static_assert			_Static_assert
#endif

#endif /* VPMEM_ASSERT_H */
