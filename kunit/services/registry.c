// SPDX-License-Identifier: GPL-2.0-only
/*
 * Registry values, set by the miniport and by vpmem_registry_set().
 */
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include "kunit/lib/helpers.h"
#include "kunit/lib/registry.h"
#include "include/vpmem-port.h"

#define VALUES		1000
#define NAME_UNITS	255

static u16 depth_upper[] = { 'D', 'E', 'P', 'T', 'H', 0 };
static u16 depth_more[] = { 'D', 'e', 'p', 't', 'h', 's', 0 };

/*
 * REG-01: The callback gets the value that SetRegistryParameters wrote, with the caller's
 * extension, context and name
 */
static void reg_01_what_was_set_is_read(struct kunit *test)
{
	static const u8 data[] = { 1, 2, 3, 4, 5, 6, 7 };
	struct vt_answer answer = {};

	KUNIT_ASSERT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, data, sizeof(data)),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.calls, 1U);
	KUNIT_EXPECT_PTR_EQ(test, answer.ext, vt_ext(test));
	KUNIT_EXPECT_PTR_EQ(test, answer.context, (void *)&answer);
	KUNIT_EXPECT_PTR_EQ(test, (void *)answer.name, (void *)vt_depth);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)sizeof(data));
	KUNIT_EXPECT_EQ(test, memcmp(answer.data, data, sizeof(data)), 0);
}

/* REG-02: Upper and lower case of a name are the same, and all of it counts */
static void reg_02_names_have_no_case(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 16), NO_ERROR);
	vt_expect_number(test, vt_ext(test), depth_upper, 16);
	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), depth_upper, 24), NO_ERROR);
	vt_expect_number(test, vt_ext(test), vt_depth, 24);
	vt_expect_no_value(test, vt_ext(test), depth_more);
	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), depth_more, 1), NO_ERROR);
	vt_expect_number(test, vt_ext(test), vt_depth, 24);
}

/*
 * REG-03: A value that is not there answers ERROR_INVALID_PARAMETER, without a callback
 * or an event
 */
static void reg_03_no_such_value(struct kunit *test)
{
	vt_remember(test);
	vt_expect_no_value(test, vt_ext(test), vt_depth);
	vt_expect_events(test, NULL, NULL, 0);
}

/* REG-04: The answer is the callback's */
static void reg_04_status_is_the_callbacks(struct kunit *test)
{
	struct vt_answer answer = { .status = ERROR_DEV_NOT_EXIST };

	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 16), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_depth, &answer),
			ERROR_DEV_NOT_EXIST);
}

/* Set values in the callback: it holds no lock, and has a copy of its value. */
static void set_within(struct vt_answer *answer)
{
	u8 first = answer->seen[0];

	WARN_ON(vt_set_number(answer->ext, vt_depth, 0x55555555) != NO_ERROR);
	WARN_ON(vt_set_number(answer->ext, vt_other, 3) != NO_ERROR);
	answer->data[0] = answer->seen[0] == first ? 0xaa : 0;
}

/* REG-05: The callback may set values, also its own, and what it looks at stays */
static void reg_05_callback_may_set(struct kunit *test)
{
	struct vt_answer answer = { .more = set_within };

	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 16), NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.data[0], 0xaa);
	vt_expect_number(test, vt_ext(test), vt_depth, 0x55555555);
	vt_expect_number(test, vt_ext(test), vt_other, 3);
}

/* REG-06: A value that is to be a file is not there */
static void reg_06_there_are_no_files(struct kunit *test)
{
	struct vt_answer answer = {};

	KUNIT_ASSERT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 16), NO_ERROR);
	KUNIT_EXPECT_EQ(test, VideoPortGetRegistryParameters(vt_ext(test), vt_depth, 1,
							     vt_take_answer, &answer),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

/*
 * Bounds
 */

/* REG-12: A value has up to 64 KiB */
static void reg_12_up_to_64_kib(struct kunit *test)
{
	u8 *data = vzalloc(SZ_64K + 1);
	struct vt_answer answer = {};

	KUNIT_ASSERT_NOT_NULL(test, data);
	KUNIT_EXPECT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, data, SZ_64K), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, data, SZ_64K + 1),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	KUNIT_EXPECT_EQ(test, vt_registry_set(vt_ext(test), vt_other, data, U32_MAX),
			ERROR_INVALID_PARAMETER);
	vfree(data);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_depth, &answer), NO_ERROR);
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
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 1),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	/* Replace a value, which is still possible. */
	KUNIT_EXPECT_EQ(test, set_numbered(vt_ext(test), VALUES - 1), 0);
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_attach_another(test), vt_depth, 1), NO_ERROR);
}

/* REG-14: A name has up to 255 characters */
static void reg_14_names_are_bounded(struct kunit *test)
{
	u16 *name = kunit_kcalloc(test, NAME_UNITS + 2, sizeof(*name), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, name);
	memset16(name, 'n', NAME_UNITS);
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), name, 7), NO_ERROR);
	vt_expect_number(test, vt_ext(test), name, 7);
	name[NAME_UNITS] = 'n';
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), name, 8), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-size");
	vt_expect_no_value(test, vt_ext(test), name);
}

static void expect_set_refused(struct kunit *test, u16 *name, const void *data)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_registry_set(vt_ext(test), name, data, 4),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* REG-15: NULL for name, data or callback and an empty name are refused */
static void reg_15_null_arguments(struct kunit *test)
{
	static u16 empty[] = { 0 };
	struct vt_answer answer = {};

	expect_set_refused(test, NULL, vt_depth);
	expect_set_refused(test, empty, vt_depth);
	expect_set_refused(test, vt_depth, NULL);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), NULL, &answer),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 1), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortGetRegistryParameters(vt_ext(test), vt_depth, 0, NULL,
							     NULL),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

struct registry_job {
	void *ext;
	struct vt_answer answer;
	VP_STATUS set, get;
	int linux_set;
};

static void registry_job(void *data)
{
	struct registry_job *job = data;

	job->set = vt_set_number(job->ext, vt_depth, 2);
	job->get = vt_registry_get(job->ext, vt_depth, &job->answer);
	job->linux_set = vpmem_registry_set(job->ext, "Depth", &job->set, 4);
}

/* REG-16: Setting and reading are refused in atomic context */
static void reg_16_not_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct registry_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 1), NO_ERROR);
	vt_remember(test);
	context->run(registry_job, &job);
	KUNIT_EXPECT_EQ(test, job.set, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, job.get, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, job.linux_set, -EINVAL);
	KUNIT_EXPECT_EQ(test, job.answer.calls, 0U);
	vt_expect_events(test, "bad-context", NULL, 3);
	vt_expect_number(test, vt_ext(test), vt_depth, 1);
}

/* REG-17: Each adapter has its own values */
static void reg_17_each_adapter_has_its_own(struct kunit *test)
{
	void *another = vt_attach_another(test);

	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 1), NO_ERROR);
	vt_expect_no_value(test, another, vt_depth);
	KUNIT_EXPECT_EQ(test, vt_set_number(another, vt_depth, 2), NO_ERROR);
	vt_expect_number(test, vt_ext(test), vt_depth, 1);
}

/* REG-18: Values that are left at detach are no leak */
static void reg_18_values_are_no_leak(struct kunit *test)
{
	void *another = vt_attach_another(test);
	unsigned long leaks = vt_event(test, NULL, "leak");

	KUNIT_EXPECT_EQ(test, vt_set_number(another, vt_depth, 1), NO_ERROR);
	vt_detach(test, another);
	KUNIT_EXPECT_EQ(test, vt_event(test, NULL, "leak"), leaks);
}

/* The copy is gone when the call returns. */
static void look_behind(struct vt_answer *answer)
{
	answer->data[0] = answer->seen[answer->length] | answer->seen[answer->length + 1];
}

/* REG-19: A string without a NUL is followed by one */
static void reg_19_strings_end(struct kunit *test)
{
	static const u16 unfinished[] = { 'a', 'b', 'c' };
	struct vt_answer answer = { .more = look_behind };

	KUNIT_ASSERT_EQ(test, vt_registry_set(vt_ext(test), vt_depth, unfinished,
					      sizeof(unfinished)),
			NO_ERROR);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), vt_depth, &answer), NO_ERROR);
	KUNIT_EXPECT_EQ(test, answer.length, (u32)sizeof(unfinished));
	KUNIT_EXPECT_EQ(test, answer.data[0], 0);
}

/* REG-20: FlushRegistry does nothing */
static void reg_20_flush_does_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), vt_depth, 1), NO_ERROR);
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, VideoPortFlushRegistry(vt_ext(test)), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_number(test, vt_ext(test), vt_depth, 1);
}

struct faulty_set {
	u32 number;			/* of the last try */
	u32 kept;			/* of the last one that succeeded, or 0 */
};

static bool set_with_faults(struct kunit *test, void *data)
{
	struct faulty_set *faulty = data;

	return vt_set_number(vt_ext(test), vt_depth, ++faulty->number) == NO_ERROR;
}

static void set_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct faulty_set *faulty = data;

	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), vt_other, 6), NO_ERROR);
	if (faulty->kept)
		vt_expect_number(test, vt_ext(test), vt_depth, faulty->kept);
	else
		vt_expect_no_value(test, vt_ext(test), vt_depth);
}

static void set_undone(struct kunit *test, void *data)
{
	struct faulty_set *faulty = data;

	faulty->kept = faulty->number;
	vt_expect_number(test, vt_ext(test), vt_depth, faulty->kept);
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
	struct vt_answer answer = {};

	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_set_number(gone, vt_depth, 1), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, vt_registry_get(gone, vt_depth, &answer), ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, VideoPortFlushRegistry(gone), ERROR_INVALID_PARAMETER);
	vt_expect_events(test, NULL, "no-adapter", 3);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

/* REG-25: A name or data at an address where there is no memory is refused */
static void reg_25_wrong_pointers(struct kunit *test)
{
	const struct vt_foreign *foreign = test->param_value;
	void *address = foreign->address(test);
	struct vt_answer answer = {};

	if (foreign->memory)
		kunit_skip(test, "something may be there");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_registry_set(vt_ext(test), L"Name", address, 8),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_set_number(vt_ext(test), address, 1), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), address, &answer),
			ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-pointer");
	KUNIT_EXPECT_EQ(test, vt_registry_get(vt_ext(test), L"Name", &answer),
			ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, answer.calls, 0U);
}

static struct kunit_case registry_cases[] = {
	KUNIT_CASE(reg_01_what_was_set_is_read),
	KUNIT_CASE(reg_02_names_have_no_case),
	KUNIT_CASE(reg_03_no_such_value),
	KUNIT_CASE(reg_04_status_is_the_callbacks),
	KUNIT_CASE(reg_05_callback_may_set),
	KUNIT_CASE(reg_06_there_are_no_files),
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
