// SPDX-License-Identifier: GPL-2.0-only
/*
 * The registry: values by name, from the miniport and from the Linux side.
 */
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/helpers.h"
#include "include/vpmem-port.h"

#define VALUES		1000
#define NAME_UNITS	255

/* What the callback was given. */
struct answer {
	void *ext;
	void *context;
	u16 *name;
	u32 length;
	u8 data[64];
	unsigned int calls;
	VP_STATUS status;		/* to return */
	void (*more)(struct answer *answer);
	const u8 *seen;
};

static VP_STATUS take_answer(PVOID ext, PVOID context, __u16 *name, PVOID data,
			     ULONG length)
{
	struct answer *answer = context;

	answer->ext = ext;
	answer->context = context;
	answer->name = name;
	answer->length = length;
	answer->seen = data;
	memcpy(answer->data, data, min_t(u32, length, sizeof(answer->data)));
	answer->calls++;
	if (answer->more)
		answer->more(answer);
	return answer->status;
}

static VP_STATUS get(void *ext, u16 *name, struct answer *answer)
{
	return VideoPortGetRegistryParameters(ext, name, 0, take_answer, answer);
}

static VP_STATUS set(void *ext, u16 *name, const void *data, u32 length)
{
	return VideoPortSetRegistryParameters(ext, name, (void *)data, length);
}

static VP_STATUS set_number(void *ext, u16 *name, u32 number)
{
	return set(ext, name, &number, sizeof(number));
}

static void expect_number(struct kunit *test, void *ext, u16 *name, u32 number)
{
	struct answer answer = {};
	u32 seen;

	KUNIT_EXPECT_EQ(test, get(ext, name, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.calls, 1U);
	KUNIT_EXPECT_EQ(test, answer.length, 4U);
	memcpy(&seen, answer.data, sizeof(seen));
	KUNIT_EXPECT_EQ(test, seen, number);
}

static void expect_none(struct kunit *test, void *ext, u16 *name)
{
	struct answer answer = {};

	KUNIT_EXPECT_EQ(test, get(ext, name, &answer), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

static u16 depth[] = { 'D', 'e', 'p', 't', 'h', 0 };
static u16 depth_upper[] = { 'D', 'E', 'P', 'T', 'H', 0 };
static u16 depth_more[] = { 'D', 'e', 'p', 't', 'h', 's', 0 };
static u16 other[] = { 'O', 't', 'h', 'e', 'r', 0 };

/*
 * REG-01: What SetRegistryParameters wrote is what the callback gets, with the caller's
 * extension, context and name
 */
static void reg_01_what_was_set_is_read(struct kunit *test)
{
	static const u8 data[] = { 1, 2, 3, 4, 5, 6, 7 };
	struct answer answer = {};

	KUNIT_ASSERT_EQ(test, set(vt_ext(test), depth, data, sizeof(data)), NO_ERROR);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.calls, 1U);
	KUNIT_EXPECT_PTR_EQ(test, answer.ext, vt_ext(test));
	KUNIT_EXPECT_PTR_EQ(test, answer.context, (void *)&answer);
	KUNIT_EXPECT_PTR_EQ(test, (void *)answer.name, (void *)depth);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)sizeof(data));
	KUNIT_EXPECT_EQ(test, memcmp(answer.data, data, sizeof(data)), 0);
}

/* REG-02: Upper and lower case of a name are the same, and all of it counts */
static void reg_02_names_have_no_case(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, set_number(vt_ext(test), depth, 16), NO_ERROR);
	expect_number(test, vt_ext(test), depth_upper, 16);
	KUNIT_ASSERT_EQ(test, set_number(vt_ext(test), depth_upper, 24), NO_ERROR);
	expect_number(test, vt_ext(test), depth, 24);
	expect_none(test, vt_ext(test), depth_more);
	KUNIT_ASSERT_EQ(test, set_number(vt_ext(test), depth_more, 1), NO_ERROR);
	expect_number(test, vt_ext(test), depth, 24);
}

/*
 * REG-03: A value that is not there answers ERROR_INVALID_PARAMETER, without a callback
 * or an event
 */
static void reg_03_no_such_value(struct kunit *test)
{
	vt_remember(test);
	expect_none(test, vt_ext(test), depth);
	vt_expect_events(test, NULL, NULL, 0);
}

/* REG-04: The answer is the callback's */
static void reg_04_status_is_the_callbacks(struct kunit *test)
{
	struct answer answer = { .status = ERROR_DEV_NOT_EXIST };

	KUNIT_ASSERT_EQ(test, set_number(vt_ext(test), depth, 16), NO_ERROR);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), depth, &answer), ERROR_DEV_NOT_EXIST);
}

/* Neither a lock nor the value that it looks at is in the way. */
static void set_within(struct answer *answer)
{
	u8 first = answer->seen[0];

	WARN_ON(set_number(answer->ext, depth, 0x55555555) != NO_ERROR);
	WARN_ON(set_number(answer->ext, other, 3) != NO_ERROR);
	answer->data[0] = answer->seen[0] == first ? 0xaa : 0;
}

/* REG-05: The callback may set values, also its own, and what it looks at stays */
static void reg_05_callback_may_set(struct kunit *test)
{
	struct answer answer = { .more = set_within };

	KUNIT_ASSERT_EQ(test, set_number(vt_ext(test), depth, 16), NO_ERROR);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.data[0], 0xaa);
	expect_number(test, vt_ext(test), depth, 0x55555555);
	expect_number(test, vt_ext(test), other, 3);
}

/* REG-06: A value that is to be a file is not there */
static void reg_06_there_are_no_files(struct kunit *test)
{
	struct answer answer = {};

	KUNIT_ASSERT_EQ(test, set_number(vt_ext(test), depth, 16), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortGetRegistryParameters(vt_ext(test), depth, 1,
							     take_answer, &answer),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

/*
 * REG-07: vpmem_registry_set() sets values, and refuses names that are none and values
 * that are too long
 */
static void reg_07_from_the_linux_side(struct kunit *test)
{
	const u32 number = 32;

	KUNIT_EXPECT_EQ(test, vpmem_registry_set(vt_ext(test), "depth", &number, 4), 0);
	expect_number(test, vt_ext(test), depth, 32);
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
	struct answer answer = {};

	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=16"), 0);
	expect_number(test, vt_ext(test), depth, 16);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=0xffffffff"), 0);
	expect_number(test, vt_ext(test), depth, 0xffffffff);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=010"), 0);
	expect_number(test, vt_ext(test), depth, 10);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=-1"), 0);
	expect_number(test, vt_ext(test), depth, 0xffffffff);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=-2147483648"), 0);
	expect_number(test, vt_ext(test), depth, 0x80000000);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=4294967295"), 0);
	expect_number(test, vt_ext(test), depth, 0xffffffff);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Depth=16 bits="), 0);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)sizeof(words));
	KUNIT_EXPECT_EQ(test, memcmp(answer.data, words, sizeof(words)), 0);
	KUNIT_EXPECT_EQ(test, vpmem_registry_text(vt_ext(test), "Other="), 0);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), other, &answer), NO_ERROR);
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
	expect_none(test, vt_ext(test), depth);
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
	static const u16 short_string[] = { 'Q', 0 };
	void *ext = vt_ext(test);

	KUNIT_EXPECT_STREQ(test, vt_view(test, ext, "registry"), "Name Length Value\n");
	set_number(ext, depth, 0x1234);
	set(ext, other, quoted, sizeof(quoted));
	set(ext, odd, bytes, sizeof(bytes));
	vpmem_registry_set(ext, "Empty", NULL, 0);
	vpmem_registry_set(ext, "Open", unfinished, sizeof(unfinished));
	vpmem_registry_set(ext, "Short", short_string, sizeof(short_string));
	vpmem_registry_set(ext, "Nothing", "\0", 2);
	/* As a string it would be of two characters, and not end. */
	vpmem_registry_set(ext, "Eight", "\x34\x12\x78\x56\xff\0\0\0", 8);
	KUNIT_EXPECT_STREQ(test, vt_view(test, ext, "registry"),
			   "Name Length Value\n"
			   "Depth 4 0x00001234\n"
			   "Other 10 \"x\\x22 \xe2\x82\xac\"\n"
			   "a\\x20\\x5c\xc3\xa4\xf0\x9f\x98\x80\xef\xbf\xbd 3 00 ff 01\n"
			   "Empty 0 -\n"
			   "Open 6 \"abc\"\n"
			   "Short 4 0x00000051 \"Q\"\n"
			   "Nothing 2 \"\"\n"
			   "Eight 8 34 12 78 56 ff 00 00 00\n");
}

/* REG-11: It shows 64 bytes or 256 characters of a value */
static void reg_11_the_view_is_bounded(struct kunit *test)
{
	u8 *data = kunit_kzalloc(test, SZ_4K, GFP_KERNEL);
	const char *line;

	KUNIT_ASSERT_NOT_NULL(test, data);
	memset(data, 0xfe, SZ_4K);
	KUNIT_ASSERT_EQ(test, set(vt_ext(test), depth, data, 65), NO_ERROR);
	line = vt_next_line(vt_view(test, vt_ext(test), "registry"));
	KUNIT_EXPECT_EQ(test, strlen(line), strlen("Depth 65") + 64 * 3 + strlen(" ...\n"));
	KUNIT_ASSERT_EQ(test, set(vt_ext(test), depth, data, 64), NO_ERROR);
	line = vt_next_line(vt_view(test, vt_ext(test), "registry"));
	KUNIT_EXPECT_EQ(test, strlen(line), strlen("Depth 64") + 64 * 3 + strlen("\n"));

	memset16((u16 *)data, 'x', SZ_2K);
	KUNIT_ASSERT_EQ(test, set(vt_ext(test), depth, data, SZ_4K), NO_ERROR);
	line = vt_next_line(vt_view(test, vt_ext(test), "registry"));
	KUNIT_EXPECT_EQ(test, strlen(line), strlen("Depth 4096 \"") + 256 +
			strlen("\"...\n"));
}

/*
 * Bounds
 */

/* REG-12: A value has up to 64 KiB */
static void reg_12_up_to_64_kib(struct kunit *test)
{
	u8 *data = vzalloc(SZ_64K + 1);
	struct answer answer = {};

	KUNIT_ASSERT_NOT_NULL(test, data);
	KUNIT_EXPECT_EQ(test, set(vt_ext(test), depth, data, SZ_64K), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set(vt_ext(test), depth, data, SZ_64K + 1),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	KUNIT_EXPECT_EQ(test, set(vt_ext(test), other, data, U32_MAX),
			ERROR_INVALID_PARAMETER);
	vfree(data);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)SZ_64K);
}

static int set_numbered(void *ext, unsigned int number)
{
	char name[16];

	snprintf(name, sizeof(name), "Value%u", number);
	return vpmem_registry_set(ext, name, &number, sizeof(number));
}

/* REG-13: An adapter has up to 1000 values, and each may still be replaced */
static void reg_13_up_to_1000_values(struct kunit *test)
{
	unsigned int i, failed = 0;

	for (i = 0; i < VALUES; i++)
		failed += !!set_numbered(vt_ext(test), i);
	KUNIT_EXPECT_EQ(test, failed, 0U);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), depth, 1),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	/* To take the place of one is still possible. */
	KUNIT_EXPECT_EQ(test, set_numbered(vt_ext(test), VALUES - 1), 0);
	KUNIT_EXPECT_EQ(test, set_number(vt_attach_another(test), depth, 1), NO_ERROR);
}

/* REG-14: A name has up to 255 characters */
static void reg_14_names_are_bounded(struct kunit *test)
{
	u16 *name = kunit_kcalloc(test, NAME_UNITS + 2, sizeof(*name), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, name);
	memset16(name, 'n', NAME_UNITS);
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), name, 7), NO_ERROR);
	expect_number(test, vt_ext(test), name, 7);
	name[NAME_UNITS] = 'n';
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), name, 8), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	expect_none(test, vt_ext(test), name);
}

static void expect_set_refused(struct kunit *test, u16 *name, const void *data)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set(vt_ext(test), name, data, 4), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* REG-15: NULL for name, data or callback and an empty name are refused */
static void reg_15_null_arguments(struct kunit *test)
{
	static u16 empty[] = { 0 };
	struct answer answer = {};

	expect_set_refused(test, NULL, depth);
	expect_set_refused(test, empty, depth);
	expect_set_refused(test, depth, NULL);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), NULL, &answer), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), depth, 1), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetRegistryParameters(vt_ext(test), depth, 0, NULL,
							     NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

struct registry_job {
	void *ext;
	struct answer answer;
	VP_STATUS set, get;
	int linux_set;
};

static void registry_job(void *data)
{
	struct registry_job *job = data;

	job->set = set_number(job->ext, depth, 2);
	job->get = get(job->ext, depth, &job->answer);
	job->linux_set = vpmem_registry_set(job->ext, "Depth", &job->set, 4);
}

/* REG-16: Setting and reading are refused where one cannot sleep */
static void reg_16_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct registry_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), depth, 1), NO_ERROR);
	vt_remember(test);
	context->run(registry_job, &job);
	KUNIT_EXPECT_EQ(test, job.set, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, job.get, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, job.linux_set, -EINVAL);
	KUNIT_EXPECT_EQ(test, job.answer.calls, 0U);
	vt_expect_events(test, "bad-context", NULL, 3);
	expect_number(test, vt_ext(test), depth, 1);
}

/* REG-17: Each adapter has its own values */
static void reg_17_each_adapter_has_its_own(struct kunit *test)
{
	void *another = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), depth, 1), NO_ERROR);
	expect_none(test, another, depth);
	KUNIT_EXPECT_EQ(test, set_number(another, depth, 2), NO_ERROR);
	expect_number(test, vt_ext(test), depth, 1);
}

/* REG-18: Values that are left at detach are no leak */
static void reg_18_values_are_no_leak(struct kunit *test)
{
	void *another = vt_attach_another(test);
	unsigned long leaks = vt_event(test, NULL, "leak");

	KUNIT_EXPECT_EQ(test, set_number(another, depth, 1), NO_ERROR);
	vt_detach(test, another);
	KUNIT_EXPECT_EQ(test, vt_event(test, NULL, "leak"), leaks);
}

/* The copy is gone when the call returns. */
static void look_behind(struct answer *answer)
{
	answer->data[0] = answer->seen[answer->length] | answer->seen[answer->length + 1];
}

/* REG-19: A string without a NUL is followed by one */
static void reg_19_strings_end(struct kunit *test)
{
	static const u16 unfinished[] = { 'a', 'b', 'c' };
	struct answer answer = { .more = look_behind };

	KUNIT_ASSERT_EQ(test, set(vt_ext(test), depth, unfinished, sizeof(unfinished)),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)sizeof(unfinished));
	KUNIT_EXPECT_EQ(test, answer.data[0], 0);
}

/* REG-20: FlushRegistry does nothing */
static void reg_20_flush_does_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), depth, 1), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortFlushRegistry(vt_ext(test)), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	expect_number(test, vt_ext(test), depth, 1);
}

struct faulty_set {
	u32 number;			/* of the last try */
	u32 kept;			/* of the last one that succeeded, or 0 */
};

static bool set_with_faults(struct kunit *test, void *data)
{
	struct faulty_set *faulty = data;

	return set_number(vt_ext(test), depth, ++faulty->number) == NO_ERROR;
}

static void set_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct faulty_set *faulty = data;

	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), other, 6), NO_ERROR);
	if (faulty->kept)
		expect_number(test, vt_ext(test), depth, faulty->kept);
	else
		expect_none(test, vt_ext(test), depth);
}

static void set_undone(struct kunit *test, void *data)
{
	struct faulty_set *faulty = data;

	faulty->kept = faulty->number;
	expect_number(test, vt_ext(test), depth, faulty->kept);
}

/* REG-21: Without memory a value is not set, and others can be */
static void reg_21_no_memory(struct kunit *test)
{
	const struct vt_fault_site site = { set_with_faults, set_undone, set_failed };
	struct faulty_set faulty = {};

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &faulty), 2U);
}

/* REG-22: An extension that is not attached is refused */
static void reg_22_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);
	struct answer answer = {};

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set_number(gone, depth, 1), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, get(gone, depth, &answer), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortFlushRegistry(gone), ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "no-adapter", 3);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

/* REG-25: A name or data at an address where there is no memory is refused */
static void reg_25_wrong_pointers(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);
	struct answer answer = {};

	if (foreign->memory)
		kunit_skip(test, "something may be there");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set(vt_ext(test), L"Name", address, 8),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, set_number(vt_ext(test), address, 1), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), address, &answer), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
	KUNIT_EXPECT_EQ(test, get(vt_ext(test), L"Name", &answer), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

static struct kunit_case registry_cases[] = {
	KUNIT_CASE(reg_01_what_was_set_is_read),
	KUNIT_CASE(reg_02_names_have_no_case),
	KUNIT_CASE(reg_03_no_such_value),
	KUNIT_CASE(reg_04_status_is_the_callbacks),
	KUNIT_CASE(reg_05_callback_may_set),
	KUNIT_CASE(reg_06_there_are_no_files),
	KUNIT_CASE(reg_07_from_the_linux_side),
	KUNIT_CASE(reg_08_texts),
	KUNIT_CASE(reg_09_texts_that_are_none),
	KUNIT_CASE(reg_10_the_view),
	KUNIT_CASE(reg_11_the_view_is_bounded),
	KUNIT_CASE(reg_12_up_to_64_kib),
	KUNIT_CASE(reg_13_up_to_1000_values),
	KUNIT_CASE(reg_14_names_are_bounded),
	KUNIT_CASE(reg_15_null_arguments),
	KUNIT_CASE_PARAM(reg_16_not_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(reg_17_each_adapter_has_its_own),
	KUNIT_CASE(reg_18_values_are_no_leak),
	KUNIT_CASE(reg_19_strings_end),
	KUNIT_CASE(reg_20_flush_does_nothing),
	KUNIT_CASE(reg_21_no_memory),
	KUNIT_CASE(reg_22_no_adapter),
	KUNIT_CASE_PARAM(reg_25_wrong_pointers, vt_foreign_params),
	{}
};

struct kunit_suite vt_registry_suite = {
	.name = "registry",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = registry_cases,
};
