// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arithmetic with the operands that a processor refuses or that C leaves undefined.
 */
#include <linux/delay.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "kunit/lib/helpers.h"
#include "include/ntrtl.h"

static LARGE_INTEGER large(s64 value)
{
	return (LARGE_INTEGER){ .QuadPart = value };
}

/* Hidden from the compiler, which would compute a constant shift itself. */
static int hidden(int value)
{
	OPTIMIZER_HIDE_VAR(value);
	return value;
}

struct division {
	s64 dividend, divisor, quotient, remainder;
	bool reported;
};

static void expect_division(struct kunit *test, const struct division *d)
{
	LARGE_INTEGER quotient, remainder = large(0x5a5a5a5a5a5a5a5aLL);
	bool extended = d->divisor >= 0 && d->divisor <= U32_MAX;
	ULONG rest = 0x5a5a5a5a;

	vt_remember(test);
	quotient = RtlLargeIntegerDivide(large(d->dividend), large(d->divisor), &remainder);
	KUNIT_EXPECT_EQ(test, quotient.QuadPart, d->quotient);
	KUNIT_EXPECT_EQ(test, remainder.QuadPart, d->remainder);
	quotient = RtlLargeIntegerDivide(large(d->dividend), large(d->divisor), NULL);
	KUNIT_EXPECT_EQ(test, quotient.QuadPart, d->quotient);
	if (extended) {
		quotient = RtlExtendedLargeIntegerDivide(large(d->dividend), d->divisor,
							 &rest);
		KUNIT_EXPECT_EQ(test, quotient.QuadPart, d->quotient);
		KUNIT_EXPECT_EQ(test, rest, (u32)d->remainder);
	}
	if (d->reported)
		vt_expect_events(test, NULL, "bad-parameter", extended ? 3 : 2);
	else
		vt_expect_events(test, NULL, NULL, 0);
}

/*
 * ARITH-01: RtlLargeIntegerDivide and RtlExtendedLargeIntegerDivide divide signed
 * numbers; the remainder has the sign of the dividend
 */
static void arith_01_signed_division(struct kunit *test)
{
	static const struct division divisions[] = {
		{ 7, 2, 3, 1 },
		{ -7, 2, -3, -1 },
		{ 7, -2, -3, 1 },
		{ S64_MAX, S64_MAX, 1, 0 },
		{ S64_MAX, -1, -S64_MAX, 0 },
		{ S64_MIN, 1, S64_MIN, 0 },
		{ S64_MIN, S64_MIN, 1, 0 },
		{ S64_MIN, U32_MAX, -2147483648LL, -2147483648LL },
		{ S64_MIN + 1, -1, S64_MAX, 0 },
		{ -1, S64_MIN, 0, -1 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(divisions); i++)
		expect_division(test, &divisions[i]);
}

/* ARITH-02: Division by zero gives 0, and a remainder of 0 */
static void arith_02_division_by_zero(struct kunit *test)
{
	static const struct division divisions[] = {
		{ 0, 0, 0, 0, true },
		{ 1, 0, 0, 0, true },
		{ S64_MIN, 0, 0, 0, true },
		{ S64_MAX, 0, 0, 0, true },
	};
	u64 mark = vt_log_mark();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(divisions); i++)
		expect_division(test, &divisions[i]);
	/* Messages are limited in number, by default to some every five seconds. */
	for (i = 0; i < 100 && !vt_log_count(mark, "Divide", "Divisor is 0"); i++) {
		msleep(100);
		RtlLargeIntegerDivide(large(1), large(0), NULL);
	}
	KUNIT_EXPECT_GE(test, vt_log_count(mark, "Divide", "Divisor is 0"), 1U);
}

/* ARITH-03: The least number divided by -1 gives itself, and a remainder of 0 */
static void arith_03_quotient_without_room(struct kunit *test)
{
	static const struct division overflow = { S64_MIN, -1, S64_MIN, 0, true };

	expect_division(test, &overflow);
}

static void expect_unsigned(struct kunit *test, u64 dividend, u32 divisor, u32 quotient,
			    u32 remainder, bool reported)
{
	ULARGE_INTEGER from = { .QuadPart = dividend };
	ULONG rest = 0x5a5a5a5a;

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, RtlEnlargedUnsignedDivide(from, divisor, &rest), quotient);
	KUNIT_EXPECT_EQ(test, rest, remainder);
	KUNIT_EXPECT_EQ(test, RtlEnlargedUnsignedDivide(from, divisor, NULL), quotient);
	vt_expect_events(test, NULL, reported ? "bad-parameter" : NULL, reported ? 2 : 0);
}

/*
 * ARITH-04: RtlEnlargedUnsignedDivide gives the low 32 bits of a larger quotient, and 0
 * for a divisor of 0
 */
static void arith_04_unsigned_division(struct kunit *test)
{
	expect_unsigned(test, 7, 2, 3, 1, false);
	expect_unsigned(test, 0xffffffffULL * 5 + 3, U32_MAX, 5, 3, false);
	expect_unsigned(test, 0xffffffff, 1, 0xffffffff, 0, false);
	expect_unsigned(test, 7, 0, 0, 0, true);
	expect_unsigned(test, U64_MAX, 0, 0, 0, true);
	/* The DIV instruction has no room for these quotients. */
	expect_unsigned(test, 0x100000000ULL, 1, 0, 0, true);
	expect_unsigned(test, U64_MAX, 2, 0xffffffff, 1, true);
}

/*
 * ARITH-05: RtlLargeIntegerShiftLeft, ShiftRight and ArithmeticShift take the count
 * modulo 64
 *
 * Drivers pass any shift count, also a negative CCHAR.
 */
static void arith_05_shifts_of_64_bits(struct kunit *test)
{
	static const int counts[] = { 0, 1, 31, 32, 63, 64, 65, 255, -1 };
	const s64 minus = (s64)0x8123456789abcdefULL;
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		n = counts[i] & 63;
		KUNIT_EXPECT_EQ(test, RtlLargeIntegerShiftLeft(large(minus),
							       hidden(counts[i])).QuadPart,
				(s64)((u64)minus << n));
		KUNIT_EXPECT_EQ(test, RtlLargeIntegerShiftRight(large(minus),
								hidden(counts[i])).QuadPart,
				(s64)((u64)minus >> n));
		KUNIT_EXPECT_EQ(test,
				RtlLargeIntegerArithmeticShift(large(minus),
							       hidden(counts[i])).QuadPart,
				minus >> n);
	}
}

/* ARITH-06: Int64ShllMod32, Int64ShrlMod32 and Int64ShraMod32 take the count modulo 32 */
static void arith_06_shifts_modulo_32(struct kunit *test)
{
	static const int counts[] = { 0, 1, 31, 32, 63, 64, 255, -1 };
	const u64 value = 0x8123456789abcdefULL;
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		n = counts[i] & 31;
		KUNIT_EXPECT_EQ(test, Int64ShllMod32(value, hidden(counts[i])), value << n);
		KUNIT_EXPECT_EQ(test, Int64ShrlMod32(value, hidden(counts[i])), value >> n);
		KUNIT_EXPECT_EQ(test, Int64ShraMod32(value, hidden(counts[i])),
				(s64)value >> n);
	}
}

static void expect_date(struct kunit *test, s64 ticks, int year, int month, int day,
			bool reported)
{
	LARGE_INTEGER time = large(ticks);
	TIME_FIELDS fields;

	vt_remember(test);
	memset(&fields, 0x5a, sizeof(fields));
	RtlTimeToTimeFields(&time, &fields);
	KUNIT_EXPECT_EQ(test, fields.Year, year);
	KUNIT_EXPECT_EQ(test, fields.Month, month);
	KUNIT_EXPECT_EQ(test, fields.Day, day);
	KUNIT_EXPECT_LT(test, fields.Hour, 24);
	KUNIT_EXPECT_LT(test, fields.Milliseconds, 1000);
	vt_expect_events(test, NULL, reported ? "bad-parameter" : NULL, reported);
}

/*
 * ARITH-07: RtlTimeToTimeFields covers every time from 1601 to 30828; a negative one
 * gives the beginning of 1601
 */
static void arith_07_times_at_the_ends(struct kunit *test)
{
	expect_date(test, 0, 1601, 1, 1, false);
	expect_date(test, S64_MAX, 30828, 9, 14, false);
	expect_date(test, -1, 1601, 1, 1, true);
	expect_date(test, S64_MIN, 1601, 1, 1, true);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(arith_01_signed_division),
	KUNIT_CASE(arith_02_division_by_zero),
	KUNIT_CASE(arith_03_quotient_without_room),
	KUNIT_CASE(arith_04_unsigned_division),
	KUNIT_CASE(arith_05_shifts_of_64_bits),
	KUNIT_CASE(arith_06_shifts_modulo_32),
	KUNIT_CASE(arith_07_times_at_the_ends),
	{}
};

struct kunit_suite vt_arith_suite = {
	.name = "arith",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
