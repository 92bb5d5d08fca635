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

#define MANY_TAGS	10000
#define TOO_MANY_TAGS	17000

/* Allocates and frees one block, so that there is a row. */
static void use_tag(struct kunit *test, u32 tag)
{
	void *block = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, 24, tag);

	KUNIT_ASSERT_NOT_NULL(test, block);
	VideoPortFreePool(vt_ext(test), block);
}

static void expect_shown(struct kunit *test, u32 tag, const char *shown)
{
	struct vt_row row;
	char hex[12];

	use_tag(test, tag);
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

/* A tag that Windows does not allow is taken, and named once. */
static void expect_bad(struct kunit *test, u32 tag, const char *shown)
{
	vt_remember(test);
	expect_shown(test, tag, shown);
	use_tag(test, tag);
	use_tag(test, tag);
	VideoPortFreePool(vt_ext(test), VideoPortAllocatePool(vt_ext(test), VpPagedPool,
							      10, tag));
	vt_expect_events(test, "bad-tag", NULL, 1);
}

/* TAGS-07: Choice: tag 0 is taken, named once and counted (bug check 0xC2/0x9B) */
static void tags_07_zero(struct kunit *test)
{
	expect_bad(test, 0, "\\x00\\x00\\x00\\x00");
}

/* TAGS-08: Choice: BIG, with a zero byte or a space, likewise (0xC2/0x9C) */
static void tags_08_big(struct kunit *test)
{
	expect_bad(test, 0x00474942, "BIG\\x00");
	expect_bad(test, vt_tag("BIG "), "BIG");
}

/* TAGS-09: Choice: a tag without letter or digit, likewise (0xC2/0x9D) */
static void tags_09_no_letter_or_digit(struct kunit *test)
{
	expect_bad(test, vt_tag("    "), "\\x20");
	expect_bad(test, vt_tag("-&*+"), "-&*+");
	expect_bad(test, 0xdd6000dd, "\\xdd\\x00`\\xdd");
}

/* TAGS-10: Choice: a byte outside 0x20..0x7E, likewise */
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
		use_tag(test, legal[i]);
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

/* TAGS-13: Each adapter has tags of its own */
static void tags_13_rows_of_each_adapter(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct vt_row row;

	use_tag(test, vt_tag("OneA"));
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
 * TAGS-15: Charged is exact: what the blocks cost, headers and rounding included
 *
 * What one block of a size costs; whole pages from a page on.
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
			KUNIT_EXPECT_GE(test, one, (u64)size + 16);
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
	use_tag(test, VT_TAG);
	vt_expect_failures(test, "Test", "Nonp", 3, "size");
}

/*
 * Very many tags
 */

struct many {
	unsigned int nr;
	void **block;
};

static u32 nth_tag(unsigned int i)
{
	return vt_tag("0000") + (i & 7) + ((i >> 3 & 7) << 8) + ((i >> 6 & 7) << 16) +
	       ((i >> 9) << 24);
}

static size_t nth_size(unsigned int i)
{
	return 1 + i % 101;
}

static void nothing(struct work_struct *work)
{
}

/* Where it may not sleep, vpmem leaves it to a worker to make room for tags. */
static void let_workers_run(void)
{
	static DECLARE_WORK(work, nothing);

	schedule_work(&work);
	flush_work(&work);
}

static struct many *many_alloc(struct kunit *test, unsigned int nr)
{
	struct many *many = kunit_kzalloc(test, sizeof(*many), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, many);
	many->nr = nr;
	many->block = kunit_kcalloc(test, nr, sizeof(void *), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, many->block);
	for (i = 0; i < nr; i++) {
		many->block[i] = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool,
						       nth_size(i), nth_tag(i));
		KUNIT_ASSERT_NOT_NULL(test, many->block[i]);
		if (i % 16 == 15)
			let_workers_run();
	}
	return many;
}

static void many_free(struct kunit *test, const struct many *many)
{
	unsigned int i;

	for (i = 0; i < many->nr; i++)
		VideoPortFreePool(vt_ext(test), many->block[i]);
}

/* The whole view: how many rows, their sums, and whether they are in order. */
static unsigned int sum_rows(struct kunit *test, struct vt_row *sum, u64 *other)
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

static u64 many_bytes(unsigned int nr)
{
	u64 bytes = 0;

	while (nr--)
		bytes += nth_size(nr);
	return bytes;
}

/* TAGS-17: Ten thousand tags are counted exactly */
static void tags_17_ten_thousand(struct kunit *test)
{
	struct many *many = many_alloc(test, MANY_TAGS);
	struct vt_row sum;
	u64 other;

	KUNIT_EXPECT_EQ(test, sum_rows(test, &sum, &other), MANY_TAGS);
	KUNIT_EXPECT_EQ(test, other, 0ULL);
	KUNIT_EXPECT_EQ(test, sum.allocs, (u64)MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, many_bytes(MANY_TAGS));
	many_free(test, many);
	KUNIT_EXPECT_EQ(test, sum_rows(test, &sum, &other), MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.frees, (u64)MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, 0ULL);
	KUNIT_EXPECT_EQ(test, sum.charged, 0ULL);
}

/*
 * TAGS-18: Tags beyond the table are counted together, and totals stay exact
 *
 * What has no slot of its own is in one row that says so.
 */
static void tags_18_more_than_there_is_room_for(struct kunit *test)
{
	struct many *many = many_alloc(test, TOO_MANY_TAGS);
	unsigned int rows;
	struct vt_row sum;
	u64 other;

	rows = sum_rows(test, &sum, &other);
	KUNIT_EXPECT_GE(test, rows, 10000U);
	KUNIT_EXPECT_LT(test, rows, TOO_MANY_TAGS);
	KUNIT_EXPECT_EQ(test, other, (u64)TOO_MANY_TAGS - (rows - 1));
	KUNIT_EXPECT_EQ(test, sum.allocs, (u64)TOO_MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, many_bytes(TOO_MANY_TAGS));
	many_free(test, many);
	sum_rows(test, &sum, &other);
	KUNIT_EXPECT_EQ(test, sum.frees, (u64)TOO_MANY_TAGS);
	KUNIT_EXPECT_EQ(test, sum.bytes, 0ULL);
}

/* TAGS-19: A tag may be first seen in any context */
static void tags_19_first_seen_in_atomic_context(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	void *block[80];
	struct vt_row sum;
	unsigned int i;
	u64 other;

	for (i = 0; i < ARRAY_SIZE(block); i++) {
		block[i] = vt_alloc_in(context, vt_ext(test), VpNonPagedPool, nth_size(i),
				       nth_tag(i));
		KUNIT_ASSERT_NOT_NULL(test, block[i]);
	}
	KUNIT_EXPECT_EQ(test, sum_rows(test, &sum, &other), (unsigned int)ARRAY_SIZE(block));
	KUNIT_EXPECT_EQ(test, sum.bytes, many_bytes(ARRAY_SIZE(block)));
	for (i = 0; i < ARRAY_SIZE(block); i++)
		VideoPortFreePool(vt_ext(test), block[i]);
}

/*
 * The view
 */

/*
 * VIEW-01: tags: PoolMon's columns by name and order (Tag Type Allocs Frees Diff Bytes
 * PerAlloc), then Hex, Charged, Failures, LastFailure, Adapter
 */
static void view_01_columns_of_tags(struct kunit *test)
{
	static const char * const columns[] = {
		"Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "PerAlloc", "Hex",
		"Charged", "Failures", "LastFailure", "Adapter",
	};
	const char *at = vt_view(test, vt_ext(test), "tags");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(columns); i++) {
		at += strspn(at, " ");
		KUNIT_EXPECT_EQ_MSG(test, strncmp(at, columns[i], strlen(columns[i])), 0,
				    "column %s", columns[i]);
		at += strcspn(at, "\n ");
	}
	KUNIT_EXPECT_EQ(test, *at, '\n');
}

/* VIEW-02: tags: every row has 12 fields, whatever the tag */
static void view_02_fields_of_a_row(struct kunit *test)
{
	const u32 awkward[] = { 0, vt_tag("    "), vt_tag("b a "), 0x0a0d2009, 0xdd6000dd };
	unsigned int i, rows, fields;
	const char *line;

	for (i = 0; i < ARRAY_SIZE(awkward); i++)
		use_tag(test, awkward[i]);
	line = vt_next_line(vt_view(test, vt_ext(test), "tags"));
	for (rows = 0; *line; line = vt_next_line(line), rows++) {
		for (fields = 0; *line != '\n'; fields++) {
			line += strcspn(line, "\n ");
			line += strspn(line, " ");
		}
		KUNIT_EXPECT_EQ(test, fields, 12U);
	}
	KUNIT_EXPECT_EQ(test, rows, (unsigned int)ARRAY_SIZE(awkward));
}

/* VIEW-03: tags: sorted by bytes, the most first */
static void view_03_sorted_by_bytes(struct kunit *test)
{
	static const size_t sizes[] = { 5, 4000, 1, 300, 9000, 300, 77 };
	void *block[ARRAY_SIZE(sizes)];
	struct vt_row sum;
	unsigned int i;
	u64 other;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		block[i] = VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, sizes[i],
						 nth_tag(i));
	KUNIT_EXPECT_EQ(test, sum_rows(test, &sum, &other),
			(unsigned int)ARRAY_SIZE(sizes));
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		VideoPortFreePool(vt_ext(test), block[i]);
}

/* VIEW-04: tags: all adapters in one, with the same rows */
static void view_04_all_adapters_in_one(struct kunit *test)
{
	void *other = vt_attach_another(test), *block;
	struct vt_row one, two, all;

	block = VideoPortAllocatePool(other, VpNonPagedPool, 123, vt_tag("Glgl"));
	VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, SIZE_MAX, vt_tag("Hlgl"));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, other, "Glgl", "Nonp", &one));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, vt_ext(test), "Hlgl", "Nonp", &two));
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, NULL, "Glgl", "Nonp", &all));
	KUNIT_EXPECT_EQ(test, memcmp(&one, &all, sizeof(all)), 0);
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, NULL, "Hlgl", "Nonp", &all));
	KUNIT_EXPECT_EQ(test, memcmp(&two, &all, sizeof(all)), 0);
	KUNIT_EXPECT_STRNEQ(test, one.adapter, two.adapter);
	VideoPortFreePool(other, block);
}

/* Tell kmemleak that a small block, behind its header of 16 bytes, is lost on purpose. */
static void lose_small(void *block)
{
	if (block)
		kmemleak_ignore(block - 16);
}

/* Places that allocate and forget. */
static noinline void forget_small(void *ext)
{
	lose_small(VideoPortAllocatePool(ext, VpNonPagedPool, 100, vt_tag("Frgt")));
	barrier();			/* no tail call, which would hide this caller */
}

static noinline void forget_large(void *ext)
{
	void *block = VideoPortAllocatePool(ext, VpPagedPool, 3 * PAGE_SIZE, vt_tag("Frgt"));

	barrier_data(block);		/* no tail call, which would hide this caller */
}

static noinline void forget_buffer(void *ext)
{
	void *buffer = NULL;

	VideoPortAllocateBuffer(ext, 100, &buffer);
	lose_small(buffer);
	barrier();			/* no tail call, which would hide this caller */
}

static u64 forget_all(struct kunit *test)
{
	struct vt_fixture *fx = test->priv;
	void *other = vt_attach_another(test);
	u64 mark = vt_log_mark();

	fx->leaves_blocks = true;
	forget_small(other);
	forget_small(other);
	forget_large(other);
	forget_buffer(other);
	vt_detach(test, other);
	return mark;
}

/*
 * TAGS-40: The report of leaks names the caller of every block with a record
 *
 * Blocks with a record have always had a caller.
 */
static void tags_40_large_leak_names_its_allocator(struct kunit *test)
{
	u64 mark = forget_all(test);

	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "allocated by forget_large+", "tag Frgt"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "allocated by forget_small+", "tag Frgt"), 0U);
}

static void callers_set(struct kunit *test, bool on)
{
	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "callers", on ? "Y" : "N"), 0);
}

/* TAGS-41: With ``callers`` on it names that of small blocks, too */
static void tags_41_every_leak_names_its_allocator(struct kunit *test)
{
	u64 mark;

	callers_set(test, true);
	mark = forget_all(test);
	callers_set(test, false);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "allocated by forget_small+", "tag Frgt"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "allocated by forget_buffer+", "tag Vprt"), 1U);
	KUNIT_EXPECT_GE(test, vt_log_count(mark, "allocated by forget_large+", "tag Frgt"), 1U);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak: tag Frgt", "2 blocks, 200 bytes"), 1U);
}

/*
 * TAGS-42: ``callers`` can be switched while there are blocks
 *
 * Blocks of before and after the switch are freed in the slot they were counted in.
 */
static void tags_42_callers_are_switched(struct kunit *test)
{
	void *before = vt_alloc(test, VpNonPagedPool, 100), *during, *after;
	struct vt_row row;

	callers_set(test, true);
	during = vt_alloc(test, VpNonPagedPool, 100);
	VideoPortFreePool(vt_ext(test), before);
	callers_set(test, false);
	after = vt_alloc(test, VpNonPagedPool, 100);
	VideoPortFreePool(vt_ext(test), during);
	VideoPortFreePool(vt_ext(test), after);
	KUNIT_EXPECT_TRUE(test, vt_find_row(test, vt_ext(test), "Test", "Nonp", &row));
	KUNIT_EXPECT_EQ(test, row.diff, 0ULL);
}

static struct kunit_case cases[] = {
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
	KUNIT_CASE(tags_17_ten_thousand),
	KUNIT_CASE(tags_18_more_than_there_is_room_for),
	KUNIT_CASE_PARAM(tags_19_first_seen_in_atomic_context, vt_atomic_params),
	KUNIT_CASE(tags_20_storm),
	KUNIT_CASE(tags_40_large_leak_names_its_allocator),
	KUNIT_CASE(tags_41_every_leak_names_its_allocator),
	KUNIT_CASE(tags_42_callers_are_switched),
	KUNIT_CASE(view_01_columns_of_tags),
	KUNIT_CASE(view_02_fields_of_a_row),
	KUNIT_CASE(view_03_sorted_by_bytes),
	KUNIT_CASE(view_04_all_adapters_in_one),
	{}
};

struct kunit_suite vt_tags_suite = {
	.name = "tags",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
