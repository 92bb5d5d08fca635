// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registry values by the parameter registry=, and their view.
 */
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/registry.h"
#include "include/vpmem-port.h"

/*
 * REG-07: vpmem_registry_set() sets values, and refuses names that are none and values
 * that are too long
 */
static void reg_07_from_the_linux_side(struct kunit *test)
{
	const u32 number = 32;

	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), "depth", &number, 4), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 32);
	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), NULL, &number, 4), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), "", &number, 4), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), "\xc3\xa4", &number, 4),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), "a", NULL, 4), -EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), "a", &number, SZ_64K + 1),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_detached_extension(test), "a",
						 &number, 4), -ENODEV);
}

/*
 * REG-08: In Name=value a decimal number, or a hexadecimal one after 0x, is a DWORD: 010
 * is ten, -1 is 0xffffffff; anything else is a string with its NUL
 */
static void reg_08_texts(struct kunit *test)
{
	static const u16 words[] = { '1', '6', ' ', 'b', 'i', 't', 's', '=', 0 };
	struct vt_answer answer = {};

	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=16"), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 16);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=0xffffffff"), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 0xffffffff);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=010"), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 10);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=-1"), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 0xffffffff);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=-2147483648"), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 0x80000000);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=4294967295"), 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 0xffffffff);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=16 bits="), 0);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)sizeof(words));
	KUNIT_EXPECT_EQ(test, memcmp(answer.data, words, sizeof(words)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Other="), 0);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_other, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.length, 2U);
}

/*
 * REG-09: A setting without a name or an equals sign, not in ASCII, or with a number of
 * more than 32 bits is refused
 */
static void reg_09_texts_that_are_none(struct kunit *test)
{
	static const char * const texts[] = {
		"", "Depth", "=1", "Depth=\xc3\xa4", "\xc3\xa4=1",
		"Depth=0x123456789", "Depth=4294967296", "Depth=-2147483649",
	};
	int i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), texts[i]),
				-EINVAL);
		vt_expect_refused(test, "bad-parameter");
	}
	vt_expect_no_value(test, vt_ext(test), vt_depth);
}

/*
 * The view
 */

/* REG-10: The view shows numbers, strings and bytes, and names without spaces */
static void reg_10_the_view(struct kunit *test)
{
	static u16 odd[] = { 'a', ' ', '\\', 0xe4, 0xd83d, 0xde00, 0xd800, 0 };
	static const u16 quoted[] = { 'x', '"', ' ', 0x20ac, 0 };
	static const u16 unfinished[] = { 'a', 'b', 'c' };
	static const u8 bytes[] = { 0, 0xff, 1 };
	/* Q as the first of two characters, which are a number as well */
	static const u32 short_string = IS_ENABLED(CONFIG_CPU_BIG_ENDIAN) ? 0x510000 : 0x51;
	char expected[320];
	void *ext = vt_ext(test);

	KUNIT_EXPECT_STREQ(test, vt_view(test, ext, "registry"), "Name Length Value\n");
	vt_set_number(ext, vt_depth, 0x1234);
	vt_registry_set(ext, vt_other, quoted, sizeof(quoted));
	vt_registry_set(ext, odd, bytes, sizeof(bytes));
	vpmem_registry_set(ext, "Empty", NULL, 0);
	vpmem_registry_set(ext, "Open", unfinished, sizeof(unfinished));
	vpmem_registry_set(ext, "Short", &short_string, sizeof(short_string));
	vpmem_registry_set(ext, "Nothing", "\0", 2);
	/* Use a value that as a string would have two characters, and no NUL. */
	vpmem_registry_set(ext, "Eight", "\x34\x12\x78\x56\xff\0\0\0", 8);
	snprintf(expected, sizeof(expected),
		 "Name Length Value\n"
		 "Depth 4 0x00001234\n"
		 "Other 10 \"x\\x22 \xe2\x82\xac\"\n"
		 "a\\x20\\x5c\xc3\xa4\xf0\x9f\x98\x80\xef\xbf\xbd 3 00 ff 01\n"
		 "Empty 0 -\n"
		 "Open 6 \"abc\"\n"
		 "Short 4 0x%08x \"Q\"\n"
		 "Nothing 2 \"\"\n"
		 "Eight 8 34 12 78 56 ff 00 00 00\n", short_string);
	KUNIT_EXPECT_STREQ(test, vt_view(test, ext, "registry"), expected);
}

/* REG-26: The view shows what no text has as bytes, and half a character as its replacement */
static void reg_26_no_text(struct kunit *test)
{
	static u16 halves[] = { 0xdc00, 'x', 0xd800, 'y', 0xd800, 0 };
	static const u16 texts[][3] = {
		{ 'a', 0x01, 0 }, { 'a', 0x7f, 0 }, { 'a', 0xfffe, 0 }, { 0x7f, 'a', 0 },
	};
	static const char * const names[] = { "Control", "Delete", "Last", "First" };
	static const u16 no_end[] = { 'a', 'b' };
	unsigned int i;

	vt_registry_set(vt_ext(test), halves, "\x01", 1);
	for (i = 0; i < ARRAY_SIZE(texts); i++)
		vpmem_registry_set(vt_ext(test), names[i], texts[i], sizeof(texts[i]));
	vpmem_registry_set(vt_ext(test), "Two", no_end, sizeof(no_end));
	if (IS_ENABLED(CONFIG_CPU_BIG_ENDIAN))
		kunit_skip(test, "bytes have another order");
	KUNIT_EXPECT_STREQ(test, vt_view(test, vt_ext(test), "registry"),
			   "Name Length Value\n"
			   "\xef\xbf\xbdx\xef\xbf\xbdy\xef\xbf\xbd 1 01\n"
			   "Control 6 61 00 01 00 00 00\n"
			   "Delete 6 61 00 7f 00 00 00\n"
			   "Last 6 61 00 fe ff 00 00\n"
			   "First 6 7f 00 61 00 00 00\n"
			   "Two 4 0x00620061 \"ab\"\n");
}

/* REG-11: The view shows 64 bytes or 256 characters of a value */
static void reg_11_the_view_is_bounded(struct kunit *test)
{
	u8 *data = kunit_kzalloc(test, SZ_4K, GFP_KERNEL);
	const char *line;

	KUNIT_ASSERT_NOT_NULL(test, data);
	memset(data, 0xfe, SZ_4K);
	KUNIT_ASSERT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, data, 65), NO_ERROR);
	line = vt_next_line(vt_view(test, vt_ext(test), "registry"));
	KUNIT_EXPECT_EQ(test, strlen(line), strlen("Depth 65") + 64 * 3 + strlen(" ...\n"));
	KUNIT_ASSERT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, data, 64), NO_ERROR);
	line = vt_next_line(vt_view(test, vt_ext(test), "registry"));
	KUNIT_EXPECT_EQ(test, strlen(line), strlen("Depth 64") + 64 * 3 + strlen("\n"));

	memset16((u16 *)data, 'x', SZ_2K);
	KUNIT_ASSERT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, data, SZ_4K), NO_ERROR);
	line = vt_next_line(vt_view(test, vt_ext(test), "registry"));
	KUNIT_EXPECT_EQ(test, strlen(line), strlen("Depth 4096 \"") + 256 +
			strlen("\"...\n"));
}

static struct kunit_case registry_text_cases[] = {
	KUNIT_CASE(reg_07_from_the_linux_side),
	KUNIT_CASE(reg_08_texts),
	KUNIT_CASE(reg_09_texts_that_are_none),
	KUNIT_CASE(reg_10_the_view),
	KUNIT_CASE(reg_11_the_view_is_bounded),
	KUNIT_CASE(reg_26_no_text),
	{}
};

struct kunit_suite vt_registry_text_suite = {
	.name = "registry_text",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = registry_text_cases,
};
