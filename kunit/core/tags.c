// SPDX-License-Identifier: GPL-2.0-only
/*
 * Accounting by tag, and the tags view.
 */
#include <linux/kernel.h>
#include <linux/kmemleak.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/many_tags.h"

static void expect_shown(struct kunit *test, u32 tag, const char *shown)
{
	struct vt_row row;
	char hex[12];

	vt_use_tag(test, tag);
	KUNIT_EXPECT_TRUE_MSG(test, vt_find_row(test, vt_ext(test), shown, "Nonp", &row),
			      "0x%08x as %s in\n%s", tag, shown,
			      vt_view(test, vt_ext(test), "tags"));
	KUNIT_EXPECT_EQ(test, row.allocs, 1ULL);
	snprintf(hex, sizeof(hex), "0x%08x", tag);
	KUNIT_EXPECT_STREQ(test, row.hex, hex);
}

/* TAGS-01: The low byte is shown first: 'zyxD' is Dxyz */
static void tags_01_low_byte_first(struct kunit *test)
{
	expect_shown(test, 0x7a797844, "Dxyz");
	expect_shown(test, 0x34333231, "1234");
}

/* TAGS-02: Spaces at the end pad a short tag, and are not shown */
static void tags_02_trailing_spaces_are_padding(struct kunit *test)
{
	expect_shown(test, vt_tag("VBE "), "VBE");
	expect_shown(test, vt_tag("SQ  "), "SQ");
	expect_shown(test, vt_tag("X   "), "X");
}

/* TAGS-03: Any other space is escaped */
static void tags_03_other_spaces_are_escaped(struct kunit *test)
{
	expect_shown(test, vt_tag(" VBE"), "\\x20VBE");
	expect_shown(test, vt_tag(" a b"), "\\x20a\\x20b");
	expect_shown(test, vt_tag("a  b"), "a\\x20\\x20b");
}

/* TAGS-04: A backslash is escaped */
static void tags_04_backslash_is_escaped(struct kunit *test)
{
	expect_shown(test, 0x785c615c, "\\x5ca\\x5cx");
}

/* TAGS-05: A byte outside 0x20..0x7E is escaped */
static void tags_05_unprintable_is_escaped(struct kunit *test)
{
	expect_shown(test, 0xdd6000dd, "\\xdd\\x00`\\xdd");
	expect_shown(test, 0x7f0a611f, "\\x1fa\\x0a\\x7f");
	expect_shown(test, 0xffffffff, "\\xff\\xff\\xff\\xff");
	expect_shown(test, 0x807e2141, "A!~\\x80");
}

/* TAGS-06: The number is always beside the text */
static void tags_06_hex_beside(struct kunit *test)
{
	expect_shown(test, 0x00000041, "A\\x00\\x00\\x00");
	expect_shown(test, 0x41000000, "\\x00\\x00\\x00A");
}

/* Expect that a tag that is invalid on Windows is accepted, and logged once. */
static void expect_bad(struct kunit *test, u32 tag, const char *shown)
{
	vt_remember(test);
	expect_shown(test, tag, shown);
	vt_use_tag(test, tag);
	vt_use_tag(test, tag);
	VideoPortFreePool(vt_ext(test), VideoPortAllocatePool(vt_ext(test), VpPagedPool,
							      10, tag));
	vt_expect_events(test, "bad-tag", NULL, 1);
}

/* TAGS-07: Choice: tag 0 is accepted, logged once and counted (bug check 0xC2/0x9B) */
static void tags_07_zero(struct kunit *test)
{
	expect_bad(test, 0, "\\x00\\x00\\x00\\x00");
}

/*
 * TAGS-08: Choice: BIG, with a zero byte or a space, is accepted, logged once and counted
 * (0xC2/0x9C)
 */
static void tags_08_big(struct kunit *test)
{
	expect_bad(test, 0x00474942, "BIG\\x00");
	expect_bad(test, vt_tag("BIG "), "BIG");
}

/*
 * TAGS-09: Choice: a tag without letter or digit is accepted, logged once and counted
 * (0xC2/0x9D)
 */
static void tags_09_no_letter_or_digit(struct kunit *test)
{
	expect_bad(test, vt_tag("    "), "\\x20");
	expect_bad(test, vt_tag("-&*+"), "-&*+");
	expect_bad(test, 0xdd6000dd, "\\xdd\\x00`\\xdd");
}

/* TAGS-10: Choice: a byte outside 0x20..0x7E is accepted, logged once and counted */
static void tags_10_byte_outside_ascii(struct kunit *test)
{
	expect_bad(test, 0x41424380, "\\x80CBA");
	expect_bad(test, 0x4142431f, "\\x1fCBA");
}

/* TAGS-11: A legal tag is no event */
static void tags_11_legal_tags_are_no_event(struct kunit *test)
{
	const u32 legal[] = {
		vt_tag("Dxyz"), vt_tag("a   "), vt_tag("VBE "), vt_tag("a-+1"),
		vt_tag("Z~~~"), vt_tag("xGIB"), vt_tag("None"), vt_tag("0000"),
	};
	unsigned int i;

	vt_remember(test);
	for (i = 0; i < ARRAY_SIZE(legal); i++)
		vt_use_tag(test, legal[i]);
	vt_expect_events(test, NULL, NULL, 0);
}

/* TAGS-12: NonPaged, Paged and buffers of one tag are counted apart */
static void tags_12_a_row_for_each_kind(struct kunit *test)
{
	void *ext = vt_ext(test), *buffer, *nonpaged, *paged;

	nonpaged = VideoPortAllocatePool(ext, VpNonPagedPool, 10, vt_tag("Vprt"));
	paged = VideoPortAllocatePool(ext, VpPagedPool, 200, vt_tag("Vprt"));
	KUNIT_EXPECT_EQ(test, VideoPortAllocateBuffer(ext, 3000, &buffer), NO_ERROR);
	vt_expect_live(test, "Vprt", "Nonp", 1, 10);
	vt_expect_live(test, "Vprt", "Paged", 1, 200);
	vt_expect_live(test, "Vprt", "Buffer", 1, 3000);
	VideoPortFreePool(ext, nonpaged);
	VideoPortFreePool(ext, paged);
	VideoPortReleaseBuffer(ext, buffer);
}

/* TAGS-13: Each adapter counts its tags separately */
static void tags_13_rows_of_each_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct vt_row row;

	vt_use_tag(test, vt_tag("OneA"));
	VideoPortFreePool(other, VideoPortAllocatePool(other, VpNonPagedPool, 1, vt_tag("OneB")));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, vt_ext(test), "OneA", "Nonp", &row));
	KUNIT_EXPECT_FALSE(test, vt_find_row(test, vt_ext(test), "OneB", "Nonp", &row));
	KUNIT_EXPECT_FALSE(test, vt_find_row(test, other, "OneA", "Nonp", &row));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, other, "OneB", "Nonp", &row));
}

/*
 * TAGS-14: Allocs, Frees, Diff, Bytes and PerAlloc are exact; Bytes are those asked for
 */
static void tags_14_exact_numbers(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	struct vt_row row;
	void *block[100];
	u64 bytes = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(block); i++) {
		block[i] = vt_alloc(test, type->type, vt_sizes[i % 56]);
		bytes += vt_sizes[i % 56];
	}
	for (i = 0; i < 30; i++) {
		VideoPortFreePool(vt_ext(test), block[i]);
		bytes -= vt_sizes[i % 56];
	}
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, vt_ext(test), "Test", type->kind, &row));
	KUNIT_EXPECT_EQ(test, row.allocs, 100ULL);
	KUNIT_EXPECT_EQ(test, row.frees, 30ULL);
	KUNIT_EXPECT_EQ(test, row.diff, 70ULL);
	KUNIT_EXPECT_EQ(test, row.bytes, bytes);
	KUNIT_EXPECT_EQ(test, row.per_alloc, div64_u64(bytes, 70));
	KUNIT_EXPECT_EQ(test, row.failures, 0ULL);
	KUNIT_EXPECT_STREQ(test, row.reason, "-");
	for (; i < ARRAY_SIZE(block); i++)
		VideoPortFreePool(vt_ext(test), block[i]);
	vt_expect_live(test, "Test", type->kind, 0, 0);
}

/*
 * TAGS-15: Charged is exact: what the blocks cost, rounding included
 *
 * Blocks of a page or more take whole pages.
 */
static void tags_15_exact_charge(struct kunit *test)
{
	const struct vt_type *type = test->param_value;
	unsigned int i, j;
	struct vt_row row;
	void *block[8];
	u64 one = 0;
	size_t size;

	for (i = 0; i < vt_nr_sizes; i++) {
		size = vt_sizes[i];
		for (j = 0; j < ARRAY_SIZE(block); j++) {
			block[j] = vt_alloc(test, type->type, size);
			vt_find_row(test, vt_ext(test), "Test", type->kind, &row);
			if (!j)
				one = row.charged;
			KUNIT_EXPECT_EQ_MSG(test, row.charged, (j + 1) * one, "%zu", size);
		}
		if (size > VT_SMALL_MAX)
			KUNIT_EXPECT_EQ(test, one, (u64)PAGE_ALIGN(size));
		else
			KUNIT_EXPECT_GE(test, one, (u64)size);
		for (j = 0; j < ARRAY_SIZE(block); j++)
			VideoPortFreePool(vt_ext(test), block[j]);
		vt_expect_live(test, "Test", type->kind, 0, 0);
	}
}

/* TAGS-16: Failures are counted, and the reason of the last one is kept */
static void tags_16_failures_and_last_reason(struct kunit *test)
{
	void *ext = vt_ext(test);

	VideoPortAllocatePool(ext, VpNonPagedPool, SIZE_MAX, VT_TAG);
	vt_expect_failures(test, "Test", "Nonp", 1, "size");
	VideoPortAllocatePool(ext, 2, 64, VT_TAG);
	vt_expect_failures(test, "Test", "Nonp", 2, "pool-type");
	VideoPortAllocatePool(ext, VpNonPagedPool, SIZE_MAX, VT_TAG);
	vt_expect_failures(test, "Test", "Nonp", 3, "size");
	vt_alloc_in(&vt_irqs_off, ext, VpPagedPool, 64, VT_TAG);
	vt_expect_failures(test, "Test", "Paged", 1, "context");
	vt_use_tag(test, VT_TAG);
	vt_expect_failures(test, "Test", "Nonp", 3, "size");
}

static struct kunit_case tags_cases[] = {
	KUNIT_CASE(tags_01_low_byte_first),
	KUNIT_CASE(tags_02_trailing_spaces_are_padding),
	KUNIT_CASE(tags_03_other_spaces_are_escaped),
	KUNIT_CASE(tags_04_backslash_is_escaped),
	KUNIT_CASE(tags_05_unprintable_is_escaped),
	KUNIT_CASE(tags_06_hex_beside),
	KUNIT_CASE(tags_07_zero),
	KUNIT_CASE(tags_08_big),
	KUNIT_CASE(tags_09_no_letter_or_digit),
	KUNIT_CASE(tags_10_byte_outside_ascii),
	KUNIT_CASE(tags_11_legal_tags_are_no_event),
	KUNIT_CASE(tags_12_a_row_for_each_kind),
	KUNIT_CASE(tags_13_rows_of_each_adapter),
	KUNIT_CASE_PARAM(tags_14_exact_numbers, vt_type_params),
	KUNIT_CASE_PARAM(tags_15_exact_charge, vt_type_params),
	KUNIT_CASE(tags_16_failures_and_last_reason),
	{}
};

struct kunit_suite vt_tags_suite = {
	.name = "tags",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = tags_cases,
};
