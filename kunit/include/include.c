// SPDX-License-Identifier: GPL-2.0-only
/*
 * What sources of Windows find in include/, where it runs. What is a matter of types only
 * is asserted by headers.c when it is compiled.
 */
#include <linux/string.h>

#include "kunit/lib/headers.h"
#include "kunit/lib/helpers.h"

static void inc_02_constants_of_structures(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, HeadersFailures(NULL), 0U);
}

/* This file includes vpmem.h, and no header of include/. */
static void inc_40_true_and_false_of_vpmem_h(struct kunit *test)
{
	BOOLEAN yes = TRUE, no = FALSE;

	KUNIT_EXPECT_EQ(test, (int)yes, 1);
	KUNIT_EXPECT_EQ(test, (int)no, 0);
}

static const void *next_check(const void *before, char *name)
{
	const LIBRARY_CHECK *check = before ? (const LIBRARY_CHECK *)before + 1 : LibraryChecks;

	if (!check->Name)
		return NULL;
	strscpy(name, check->Name, KUNIT_PARAM_DESC_SIZE);
	return check;
}

static void inc_09_libraries_do_as_on_windows(struct kunit *test)
{
	const LIBRARY_CHECK *check = test->param_value;

	KUNIT_EXPECT_EQ_MSG(test, check->IsWrong(), 0U, "the line of library.c");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(inc_02_constants_of_structures),
	KUNIT_CASE(inc_40_true_and_false_of_vpmem_h),
	KUNIT_CASE_PARAM(inc_09_libraries_do_as_on_windows, next_check),
	{}
};

struct kunit_suite vt_include_suite = {
	.name = "include",
	.test_cases = cases,
};
