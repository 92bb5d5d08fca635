// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions that headers of include/ define, called at run time. headers.c asserts
 * types when it is compiled.
 */
#include <linux/string.h>

#include "kunit/lib/headers.h"
#include "kunit/lib/helpers.h"

/*
 * INC-02: Codes of I/O controls and layouts of structures are those of Windows, on 32
 * bits and on 64
 */
static void inc_02_constants_of_structures(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, HeadersFailures(NULL), 0U);
}

/*
 * INC-40: ``vpmem.h`` alone defines TRUE and FALSE, unless a header of Linux has
 *
 * This file includes vpmem.h, and no header of include/.
 */
static void inc_40_true_and_false_of_vpmem_h(struct kunit *test)
{
	BOOLEAN yes = TRUE, no = FALSE;

	KUNIT_EXPECT_EQ(test, (int)yes, 1);
	KUNIT_EXPECT_EQ(test, (int)no, 0);
}

static VT_GENERATOR(next_check)
{
	const LIBRARY_CHECK *check = prev ? (const LIBRARY_CHECK *)prev + 1 : LibraryChecks;

	if (!check->Name)
		return NULL;
	strscpy(desc, check->Name, KUNIT_PARAM_DESC_SIZE);
	return check;
}

/*
 * INC-09: The C library, counted strings, strings with sizes and interlocked operations
 * do what they do on Windows; ``__leave`` ends the innermost block
 */
static void inc_09_libraries_do_as_on_windows(struct kunit *test)
{
	const LIBRARY_CHECK *check = test->param_value;

	KUNIT_EXPECT_EQ_MSG(test, check->IsWrong(), 0U, "the line of the check");
}

/*
 * INC-01: Each header of ``include/`` stands alone, and in front of all others
 * Untested: The build of the tests fails otherwise: ``include/Kbuild``
 */

/*
 * INC-03: Sources with the habits of Windows drivers compile and link unmodified, with
 * gcc and with clang
 * Untested: The build of the tests fails otherwise: ``kunit/habits``
 */

/*
 * INC-04: A ``long`` of such sources, and a constant such as ``-1L``, has 32 bits
 * Untested: The build of the tests fails otherwise: ``kunit/habits/long``
 */

/*
 * INC-05: ``scripts/lp64 check`` names every line where that matters
 * Untested: ``make lint``
 */

/*
 * INC-06: Microsoft's layout of bit-fields, ``__FUNCTION__`` beside literals, casts that
 * are assigned to, ``static`` only at the definition, ``__inline`` functions with an
 * address, ``__declspec(align)`` in front of a structure, ``__pragma(pack)``
 * Untested: The build of the tests fails otherwise: ``kunit/habits/msc.c``
 */

/*
 * INC-07: Headers are found by the names and places that an open NT clone and recent kits
 * have for them
 * Untested: The build of the tests fails otherwise: ``kunit/habits/clone.c``
 */

/*
 * INC-08: Functions of the C library and the kernel may be declared by hand, or not at
 * all
 * Untested: The build of the tests fails otherwise: ``kunit/habits/byhand.c``
 */

/*
 * INC-10: A source that includes the headers of a miniport may define for itself each
 * type that they do not declare on Windows, such as NTSTATUS, UNICODE_STRING, LIST_ENTRY
 * or BOOL
 * Untested: The build of the tests fails otherwise: ``kunit/habits/bare/bare.c``
 */

/*
 * INC-11: A source that defines none of these types gets them from the same headers, as
 * in other kits
 * Untested: The build of the tests fails otherwise: ``kunit/habits/byhand.c``
 */

/*
 * INC-12: All declarations of miniport.h, video.h, ntddvdeo.h, devioctl.h and tvout.h of
 * Windows Server 2003 exist, with their values and layouts; functions that the compiler
 * has built in need no header
 * Untested: The build of the tests fails otherwise, and the driver does not load:
 * ``kunit/habits/kernel/kit.c``
 */

/*
 * INC-13: A header beside the source, or below it, is found by its name in angle
 * brackets. One that is nowhere is an error, also if a header of ``include/`` has its
 * last name
 * Untested: The build of the tests fails otherwise: ``kunit/habits/bare/bare.c``; ``make
 * lint``
 */

/*
 * INC-14: A function may be defined with other parameters than it is declared with, and
 * declared with others than a header of ``include/`` does
 * Untested: The build of the tests fails otherwise: ``kunit/habits/declared.c``
 */

/*
 * INC-15: Variables and inline functions that a header defines are merged; two other
 * functions of one name are an error of the linker
 * Untested: ``make lint``
 */

/*
 * INC-16: A module named like its source, vpmem that is not built, sources in C++ and in
 * assembly, and sources that are not there stop the build with a sentence
 * Untested: ``make lint``
 */

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
