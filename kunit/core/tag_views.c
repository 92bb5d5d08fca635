// SPDX-License-Identifier: GPL-2.0-only
/*
 * View of tags, and callers in the report of leaks.
 */
#include <linux/kernel.h>
#include <linux/kmemleak.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "core/columns.h"
#include "kunit/lib/helpers.h"
#include "kunit/lib/many_tags.h"

/*
 * The view
 */

/*
 * VIEW-01: tags: PoolMon's columns by name and order (Tag Type Allocs Frees Diff Bytes
 * PerAlloc), then Hex, Charged, Failures, LastFailure, Peak, Adapter
 */
static void view_01_columns_of_tags(struct kunit *test)
{
	static const char * const columns[] = {
		"Tag", "Type", "Allocs", "Frees", "Diff", "Bytes", "PerAlloc", "Hex",
		"Charged", "Failures", "LastFailure", "Peak", "Adapter",
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

/* VIEW-02: tags: every row has 13 fields, whatever the tag */
static void view_02_fields_of_a_row(struct kunit *test)
{
	const u32 awkward[] = { 0, vt_tag("    "), vt_tag("b a "), 0x0a0d2009, 0xdd6000dd };
	unsigned int i, rows, fields;
	const char *line;

	for (i = 0; i < ARRAY_SIZE(awkward); i++)
		vt_use_tag(test, awkward[i]);
	line = vt_next_line(vt_view(test, vt_ext(test), "tags"));
	for (rows = 0; *line; line = vt_next_line(line), rows++) {
		for (fields = 0; *line != '\n'; fields++) {
			line += strcspn(line, "\n ");
			line += strspn(line, " ");
		}
		KUNIT_EXPECT_EQ(test, fields, 13U);
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
						 vt_nth_tag(i));
	KUNIT_EXPECT_EQ(test, vt_sum_rows(test, &sum, &other),
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

static void expect_columns(struct kunit *test, u64 number, const char *text)
{
	char line[64], expected[64], *at = line;

	memset(line, ' ', sizeof(line));
	at = vpmem_column_number(at, 12, number) + 1;
	at = vpmem_column_text(at, 7, text) + 1;
	at = vpmem_column_hex(at, number);
	*at = '\0';
	snprintf(expected, sizeof(expected), "%12llu %-7s 0x%08x", number, text,
		 (u32)number);
	KUNIT_EXPECT_STREQ(test, line, expected);
}

/* VIEW-16: tags: each column has what the kernel's formats print, whatever the number */
static void view_16_columns_as_printed(struct kunit *test)
{
	static const char * const texts[] = { "", "a", "sixsix", "seven77", "longer than 7" };
	u64 power = 1;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(texts); i++)
		expect_columns(test, U64_MAX, texts[i]);
	for (i = 0; i < 20; i++, power *= 10) {
		expect_columns(test, power, "-");
		expect_columns(test, power - 1, "-");
	}
	for (i = 0; i < 64; i++)
		expect_columns(test, BIT_ULL(i), "-");
}

static void print_row(char *line, size_t size, const struct vt_row *row)
{
	snprintf(line, size,
		 "%-16s %-7s %12llu %12llu %10llu %14llu %10llu %-10s %14llu %8llu %-11s %14llu %s\n",
		 row->tag, row->kind, row->allocs, row->frees, row->diff, row->bytes,
		 row->per_alloc, row->hex, row->charged, row->failures, row->reason,
		 row->peak, row->adapter);
}

/* VIEW-17: tags: the columns of all rows are aligned, unless a number is too long */
static void view_17_aligned(struct kunit *test)
{
	void *block = VideoPortAllocatePool(vt_ext(test), VpPagedPool, 300000, 0x0a0d2009);
	char expected[256];
	struct vt_row row;
	const char *line;

	KUNIT_ASSERT_NOT_NULL(test, block);
	vt_use_tag(test, vt_tag("Glgl"));
	VideoPortAllocatePool(vt_ext(test), VpNonPagedPool, SIZE_MAX, vt_tag("Hlgl"));
	line = vt_next_line(vt_view(test, vt_ext(test), "tags"));
	for (; *line; line = vt_next_line(line)) {
		KUNIT_ASSERT_TRUE(test, vt_parse_row(line, &row));
		print_row(expected, sizeof(expected), &row);
		KUNIT_EXPECT_EQ_MSG(test, strncmp(line, expected, strlen(expected)), 0,
				    "row %s", expected);
	}
	VideoPortFreePool(vt_ext(test), block);
}

/* Views that are tables, of an adapter; all but dma and contig have more than a header. */
static const char * const tables[] = {
	"tags.tsv", "regions.tsv", "events.tsv", "int10.tsv", "registry.tsv", "dma.tsv",
	"contig.tsv",
};

/* VIEW-18: NAME.tsv beside each table has the same columns, with one tab between two */
static void view_18_machine_readable(struct kunit *test)
{
	unsigned int i, tabs, first;
	const char *at;

	vt_use_tag(test, 0x0a0d2009);
	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		at = vt_view(test, vt_ext(test), tables[i]);
		for (first = 0, tabs = 0; *at; at++) {
			KUNIT_EXPECT_NE_MSG(test, *at == '\t' && at[1] == '\t', true,
					    "%s", tables[i]);
			tabs += *at == '\t';
			if (*at != '\n')
				continue;
			first = first ?: tabs;
			KUNIT_EXPECT_EQ_MSG(test, tabs, first, "%s", tables[i]);
			tabs = 0;
		}
		KUNIT_EXPECT_NE_MSG(test, first, 0U, "%s", tables[i]);
	}
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_ext(test), "parked.tsv", NULL, 0), -ENOENT);
	KUNIT_EXPECT_EQ(test, vpmem_view(NULL, "verify.tsv", NULL, 0), -ENOENT);
}

/*
 * VIEW-23: A view that is not there, or is not for writing, an extension that is not attached
 * and a text that does not fit are errors
 */
static void view_23_no_view(struct kunit *test)
{
	void *gone = vt_detached_extension(test);
	char text[64] = "";
	int length;

	KUNIT_EXPECT_EQ(test, vpmem_view(NULL, "nothing", text, sizeof(text)), -ENOENT);
	KUNIT_EXPECT_EQ(test, vpmem_view(gone, "tags", text, sizeof(text)), -ENODEV);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "nothing", "1"), -ENOENT);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "tags", "1"), -ENOENT);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(gone, "quota", "1"), -ENOENT);
	length = vpmem_view(vt_ext(test), "quota", text, sizeof(text));
	KUNIT_ASSERT_GT(test, length, 0);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_ext(test), "quota", text, length + 1), length);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_ext(test), "quota", text, length), -ENOSPC);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_ext(test), "quota", text, 1), -ENOSPC);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_ext(test), "events", text, 20), -ENOSPC);
	KUNIT_EXPECT_EQ(test, vpmem_view(vt_ext(test), "events.tsv", text, 20), -ENOSPC);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(vt_ext(test), "quota", "many"), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "verify", "perhaps"), -EINVAL);
}

/*
 * VIEW-19: tags.tsv: a header of stable names, Caller as the last column, and white space in
 * the name of an adapter as ``\x`` and two digits
 */
static void view_19_tags_tsv(struct kunit *test)
{
	struct platform_device *pdev;
	const char *text;
	void *ext;

	pdev = platform_device_register_simple("odd \t\\name", PLATFORM_DEVID_NONE, NULL, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(pdev));
	ext = vpmem_attach(&pdev->dev, 0);
	if (!IS_ERR(ext)) {
		VideoPortFreePool(ext, VideoPortAllocatePool(ext, VpPagedPool, 10, 0x0a0d2009));
		text = vt_view(test, ext, "tags.tsv");
		KUNIT_EXPECT_STREQ(test, text,
				   "Tag\tType\tAllocs\tFrees\tDiff\tBytes\tPerAlloc\tHex\tCharged\tFailures\tLastFailure\tPeak\tAdapter\tCaller\n"
				   "\\x09\\x20\\x0d\\x0a\tPaged\t1\t1\t0\t0\t0\t0x0a0d2009\t0\t0\t-\t10\todd\\x20\\x09\\x5cname\t-\n");
		vpmem_detach(ext);
	}
	KUNIT_EXPECT_FALSE(test, IS_ERR(ext));
	platform_device_unregister(pdev);
}

/* VIEW-20: tags.tsv: a row of a caller has that in the last column */
static void view_20_caller_in_tsv(struct kunit *test)
{
	const char *line;

	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "callers", "Y"), 0);
	vt_use_tag(test, vt_tag("Call"));
	KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, "callers", "N"), 0);
	line = vt_view(test, vt_ext(test), "tags.tsv");
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(line, "\tvt_use_tag+0x"), "%s", line);
}

/* VIEW-22: verify and callers: Y or N, and a text that is neither is refused */
static void view_22_modes(struct kunit *test)
{
	static const char * const modes[] = { "verify", "callers" };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, modes[i], "1\n"), 0);
		KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, modes[i]), "Y\n");
		KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, modes[i], "maybe"), -EINVAL);
		KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, modes[i]), "Y\n");
		KUNIT_EXPECT_EQ(test, vpmem_view_write(NULL, modes[i], "N"), 0);
		KUNIT_EXPECT_STREQ(test, vt_view(test, NULL, modes[i]), "N\n");
	}
}

/* Tell kmemleak that a small block is lost on purpose. */
static void lose_small(void *block)
{
	if (block)
		kmemleak_ignore(block);
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
 * The record of a block contains its caller.
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
 * A block is freed in the slot that it was counted in, also after the switch.
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

static struct kunit_case tag_views_cases[] = {
	KUNIT_CASE(tags_40_large_leak_names_its_allocator),
	KUNIT_CASE(tags_41_every_leak_names_its_allocator),
	KUNIT_CASE(tags_42_callers_are_switched),
	KUNIT_CASE(view_01_columns_of_tags),
	KUNIT_CASE(view_02_fields_of_a_row),
	KUNIT_CASE(view_03_sorted_by_bytes),
	KUNIT_CASE(view_04_all_adapters_in_one),
	KUNIT_CASE(view_16_columns_as_printed),
	KUNIT_CASE(view_17_aligned),
	KUNIT_CASE(view_18_machine_readable),
	KUNIT_CASE(view_19_tags_tsv),
	KUNIT_CASE(view_20_caller_in_tsv),
	KUNIT_CASE(view_22_modes),
	KUNIT_CASE(view_23_no_view),
	{}
};

struct kunit_suite vt_tag_views_suite = {
	.name = "tag_views",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = tag_views_cases,
};
