// SPDX-License-Identifier: GPL-2.0-only
/*
 * Formats of VideoPortDebugPrint.
 */
#include <linux/kmsg_dump.h>
#include <linux/mm.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/headers.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/printed.h"
#include "include/vpmem-crt.h"
#include "include/vpmem-nt.h"
#include "include/vpmem-port.h"

/* UNICODE_STRING and ANSI_STRING */
struct counted {
	u16 length;
	u16 size;
	const void *start;
};

/*
 * Numbers
 */

/* PRINT-05: l, L and I32 make 32 bits */
static void print_05_long_has_32_bits(struct kunit *test)
{
	LONG minus = -2;
	ULONG large = 0xdeadbeef;

	VT_EXPECT_PRINTED(test, "-2 deadbeef 3735928559 DEADBEEF 7",
			  "%ld %lx %lu %lX %li", minus, large, large, large, 7);
	VT_EXPECT_PRINTED(test, "fffffffe deadbeef end", "%-Lx %I32x %s", minus, large, "end");
}

/* PRINT-06: ll and I64 make 64 bits, and the next argument is found */
static void print_06_64_bits(struct kunit *test)
{
	ULONGLONG large = 0x123456789abcdef0;

	VT_EXPECT_PRINTED(test, "123456789abcdef0 123456789ABCDEF0 end", "%I64x %llX %s",
			  large, large, "end");
	VT_EXPECT_PRINTED(test, "-5 -5 18446744073709551611", "%I64d %lld %I64u", -5LL, -5LL,
			  -5LL);
}

/* PRINT-07: I, z and t make what a pointer has */
static void print_07_numbers_as_wide_as_a_pointer(struct kunit *test)
{
	ULONG_PTR ones = ~0UL;
	char text[40];
	u64 mark;

	snprintf(text, sizeof(text), "%lx %ld 3\n", ones, (long)ones);
	mark = vt_log_mark();
	VideoPortDebugPrint(Error, "%Ix %Id %d", ones, ones, 3);
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), text);
	VT_EXPECT_PRINTED(test, "5 6", "%zu %td", (size_t)5, (ptrdiff_t)6);
}

/* PRINT-08: h makes 16 bits */
static void print_08_short(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "ffff -1 65535 9029", "%hx %hd %hu %hd", -1, -1, -1, 0x12345);
}

/* PRINT-09: Flags, width and precision, also by the argument */
static void print_09_flags_width_precision(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "[      42][42      ][00000042][+42][ 42]",
			  "[%8ld][%-8d][%08lu][%+d][% d]", 42, 42, 42, 42, 42);
	VT_EXPECT_PRINTED(test, "[0x2a][052][0042][  0042][0042  ]",
			  "[%#x][%#o][%.4d][%6.4d][%-6.4d]", 42, 42, 42, 42, 42);
	VT_EXPECT_PRINTED(test, "[    42][42    ][0042][42]", "[%*d][%*d][%.*d][%.*d]",
			  6, 42, -6, 42, 4, 42, -1, 42);
	VT_EXPECT_PRINTED(test, "[  0042]", "[%06.4d]", 42);
}

/* PRINT-10: A field may be wider than any number */
static void print_10_wide_fields(struct kunit *test)
{
	u64 mark = vt_log_mark();
	const char *line;

	VideoPortDebugPrint(Error, "%150d|%-30u|%170s", 1, 2U, "");
	line = vt_printed(test, mark);
	KUNIT_EXPECT_EQ(test, strcspn(line, "1"), (size_t)149);
	KUNIT_EXPECT_EQ(test, strcspn(line, "2"), (size_t)151);
	KUNIT_EXPECT_EQ(test, strspn(line + 152, " "), (size_t)29);
	/* The end of a full line is there as well. */
	KUNIT_EXPECT_EQ(test, strlen(line), (size_t)(150 + 1 + 30 + 1 + 170 + 2));
}

/* PRINT-11: Octal numbers, characters, wide characters, percent signs */
static void print_11_other_conversions(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "52 a b c|  d|e  | 100% %", "%o %c %C %hc|%3c|%-3c| %d%% %5%",
			  42, 'a', 'b', 'c', 'd', 'e', 100);
	VT_EXPECT_PRINTED(test, "w x y ?", "%lc %wc %C %lc", 'w', 'x', 'y', 0x20ac);
}

/* PRINT-12: A pointer is printed as Linux does, hashed */
static void print_12_pointers(struct kunit *test)
{
	char text[40];
	u64 mark;

	snprintf(text, sizeof(text), "%p end\n", test);
	mark = vt_log_mark();
	VideoPortDebugPrint(Error, "%p %s", test, "end");
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark), text);
}

/*
 * Text
 */

/* PRINT-13: Narrow and wide text: s, S, and what h, l and w make of them */
static void print_13_text(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "narrow narrow narrow", "%s %hs %hS", "narrow", "narrow",
			  "narrow");
	VT_EXPECT_PRINTED(test, "all of these wide end", "%S %ls %ws %lS %s", L"all", L"of",
			  L"these", L"wide", "end");
	VT_EXPECT_PRINTED(test, "[  ab][ab  ][  ab][ab  ]", "[%4s][%-4s][%4ws][%-4S]", "ab",
			  "ab", L"ab", L"ab");
	VT_EXPECT_PRINTED(test, "a?z", "%ws", L"a\x20acz");
}

/* PRINT-14: NULL is printed as (null), a counted string without text, too */
static void print_14_null(struct kunit *test)
{
	struct counted empty = {}, none = { .length = 8, .size = 8 };

	VT_EXPECT_PRINTED(test, "(null) (null) (null) [  (null)] (nu", "%s %S %ws [%8s] %.3s",
			  NULL, NULL, NULL, NULL, NULL);
	VT_EXPECT_PRINTED(test, "(null) (null) (null) (null)", "%Z %wZ %Z %wZ", NULL, NULL,
			  &empty, &none);
	VT_EXPECT_PRINTED(test, "(bad pointer) end", "%s %s", (void *)16, "end");
}

/* @count bytes, behind which nothing can be read. */
static void *at_the_end(struct kunit *test, const void *bytes, size_t count)
{
	struct vt_fixture *fx = test->priv;

	/* Use the end of a vmalloc area, which an unmapped page follows. */
	return memcpy(fx->text + fx->room - count, bytes, count);
}

/*
 * PRINT-15: Text beyond a precision or a count is not read
 *
 * The text ends at the end of a buffer, so that a longer read faults.
 */
static void print_15_precision_bounds_what_is_read(struct kunit *test)
{
	struct counted counted = { .length = 3, .size = 3 };

	VT_EXPECT_PRINTED(test, "[abc]", "[%.3s]", at_the_end(test, "abc", 3));
	VT_EXPECT_PRINTED(test, "[ab]", "[%.*ws]", 2, at_the_end(test, L"ab", 4));
	VT_EXPECT_PRINTED(test, "[]", "[%.0s]", "abc");
	counted.start = at_the_end(test, "abc", 3);
	VT_EXPECT_PRINTED(test, "[abc][ab]", "[%Z][%.2Z]", &counted, &counted);
	counted.start = at_the_end(test, L"ab", 4);
	counted.length = 4;
	VT_EXPECT_PRINTED(test, "[ab][  ab]", "[%wZ][%4lZ]", &counted, &counted);
}

/*
 * PRINT-16: An unknown conversion takes no argument, and its character is printed; one
 * that does not end is printed as it stands
 */
static void print_16_unknown_conversions(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "1 q 2 end", "%d %q %d %s", 1, 2, "end");
	VT_EXPECT_PRINTED(test, "1 y 2 end", "%d %-08.3ly %d %s", 1, 2, "end");
	VT_EXPECT_PRINTED(test, "1 k 2 end", "%d %*.*k %d %s", 1, 4, 5, 2, "end");
	VT_EXPECT_PRINTED(test, "50%", "%d%", 50);
	VT_EXPECT_PRINTED(test, "%ll", "%ll");
}

/* Test only where doubles are passed among the other arguments. */
#if defined(__x86_64__) || defined(__aarch64__)
#define DOUBLE_ARGUMENT
#else
#define DOUBLE_ARGUMENT	0x123456789abcdef0ULL,
#endif

/*
 * PRINT-30: ``%n`` writes nothing; it and floating-point conversions consume their
 * argument and are printed literally
 *
 * The kernel has no floating point, and ``%n`` is a security risk.
 */
static void print_30_refused_conversions(struct kunit *test)
{
	int count = 0x5a;

	VT_EXPECT_PRINTED(test, "1 %n 2 end", "%d %n %d %s", 1, &count, 2, "end");
	VT_EXPECT_PRINTED(test, "1 %hn 2 end", "%d %hn %d %s", 1, &count, 2, "end");
	KUNIT_EXPECT_EQ(test, count, 0x5a);
	VT_EXPECT_PRINTED(test, "1 %-08.3lf 2 end", "%d %-08.3lf %d %s", 1,
			  DOUBLE_ARGUMENT 2, "end");
	VT_EXPECT_PRINTED(test, "1 %e 2 end", "%d %e %d %s", 1, DOUBLE_ARGUMENT 2, "end");
	VT_EXPECT_PRINTED(test, "1 %G 2 end", "%d %G %d %s", 1, DOUBLE_ARGUMENT 2, "end");
}

/* PRINT-31: 0 has no prefix, and a precision of 0 leaves nothing of it but its sign */
static void print_31_zero(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "[0][0][0][0]", "[%#x][%#X][%#o][%#d]", 0, 0, 0, 0);
	VT_EXPECT_PRINTED(test, "[][][][][0]", "[%.0d][%.0u][%.x][%#.0x][%#.0o]", 0, 0, 0, 0,
			  0);
	VT_EXPECT_PRINTED(test, "[+][ ][+0][    ][+   ]", "[%+.0d][% .0d][%+d][%4.0d][%-+4.0i]",
			  0, 0, 0, 0, 0);
	VT_EXPECT_PRINTED(test, "[0000][    0][000]", "[%#04x][%#5x][%#.3x]", 0, 0, 0);
}

/*
 * PRINT-32: The flag 0 pads text with zeros as well, and no field that is aligned to the
 * left
 */
static void print_32_zeros_pad(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "[000ab][ab   ][00c][d  ]", "[%05s][%-05s][%03c][%-03c]", "ab",
			  "ab", 'c', 'd');
	VT_EXPECT_PRINTED(test, "[0wide][000ab][00(null)]", "[%05ws][%05.2s][%08s]", L"wide",
			  "abc", NULL);
	VT_EXPECT_PRINTED(test, "[-0042][42   ][+0042][ 0042][0x02a]",
			  "[%05d][%-05d][%0+5d][% 05d][%#05x]", -42, 42, 42, 42, 42);
}

/*
 * PRINT-33: Prefixes come before the zeros of a precision; signs are of signed numbers
 * only
 */
static void print_33_prefixes_and_precision(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "[0X2A][0x002a][  0x2a][0052][052]",
			  "[%#X][%#.4x][%#6x][%#.4o][%#.3o]", 42, 42, 42, 42, 42);
	VT_EXPECT_PRINTED(test, "[42][42][-42][-0042]", "[%+u][% x][%+d][%.4d]", 42, 0x42, -42,
			  -42);
	VT_EXPECT_PRINTED(test, "[-9223372036854775808][ffffffffffffffff][1777777777777777777777]",
			  "[%I64d][%I64x][%I64o]", S64_MIN, -1LL, -1LL);
	VT_EXPECT_PRINTED(test, "[-2147483648]", "[%d]", INT_MIN);
	VT_EXPECT_PRINTED(test,
			  "0000000000000000000000000000000000000000000000000000000000000000000042",
			  "%.70d", 42);
}

/*
 * PRINT-34: Text and format at an address where there is no memory: "(bad pointer)", or
 * nothing
 *
 * The text, or its structure, is at an invalid address.
 */
static void print_34_wrong_pointers(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);
	struct counted counted = { .length = 8, .size = 8, .start = address };
	u64 mark;

	if (foreign->memory) {
		VideoPortDebugPrint(Error, "%.9s %.9ws", address, address);
		return;
	}
	VT_EXPECT_PRINTED(test, "(bad pointer) (bad pointer) end", "%s %ws %s", address, address,
			  "end");
	VT_EXPECT_PRINTED(test, "(bad pointer) (bad pointer)", "%Z %wZ", address, &counted);
	mark = vt_log_mark();
	RtlAssert(address, "mini.c", 7, NULL);
	KUNIT_EXPECT_STREQ(test, vt_printed(test, mark),
			   "assertion failed: (bad pointer), mini.c line 7\n");
	VideoPortDebugPrint(Error, address);
	VideoPortLogError(vt_ext(test), address, ERROR_DEV_NOT_EXIST, 0xabc);
	RtlAssert(address, address, 7, address);
}

/* PRINT-35: Text that does not end before its memory does ends there */
static void print_35_text_without_an_end(struct kunit *test)
{
	VT_EXPECT_PRINTED(test, "[abc]", "[%s]", at_the_end(test, "abc", 3));
	VT_EXPECT_PRINTED(test, "[ab]", "[%ws]", at_the_end(test, L"ab", 4));
}

static struct kunit_case format_cases[] = {
	KUNIT_CASE(print_05_long_has_32_bits),
	KUNIT_CASE(print_06_64_bits),
	KUNIT_CASE(print_07_numbers_as_wide_as_a_pointer),
	KUNIT_CASE(print_08_short),
	KUNIT_CASE(print_09_flags_width_precision),
	KUNIT_CASE(print_10_wide_fields),
	KUNIT_CASE(print_11_other_conversions),
	KUNIT_CASE(print_12_pointers),
	KUNIT_CASE(print_13_text),
	KUNIT_CASE(print_14_null),
	KUNIT_CASE(print_15_precision_bounds_what_is_read),
	KUNIT_CASE(print_16_unknown_conversions),
	KUNIT_CASE(print_30_refused_conversions),
	KUNIT_CASE(print_31_zero),
	KUNIT_CASE(print_32_zeros_pad),
	KUNIT_CASE(print_33_prefixes_and_precision),
	KUNIT_CASE_PARAM(print_34_wrong_pointers, vt_foreign_params),
	KUNIT_CASE(print_35_text_without_an_end),
	{}
};

struct kunit_suite vt_format_suite = {
	.name = "format",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = format_cases,
};
