// SPDX-License-Identifier: GPL-2.0-only
/*
 * INT10 interface: VideoPortQueryServices().
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/int10.h"

/*
 * Asking
 */

/*
 * INT10-01: QueryServices fills in context and functions and leaves Size and Version; one
 * reference
 */
static void int10_01_query_fills_the_interface(struct kunit *test)
{
	VIDEO_PORT_INT10_INTERFACE bios = vt_question;

	vt_remember(test);
	KUNIT_ASSERT_EQ(test, vt_query(vt_ext(test), &bios), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, bios.Size, vt_question.Size);
	KUNIT_EXPECT_EQ(test, bios.Version, vt_question.Version);
	KUNIT_EXPECT_PTR_EQ(test, bios.Context, vt_ext(test));
	KUNIT_EXPECT_NOT_NULL(test, bios.InterfaceReference);
	KUNIT_EXPECT_NOT_NULL(test, bios.InterfaceDereference);
	KUNIT_EXPECT_NOT_NULL(test, bios.Int10AllocateBuffer);
	KUNIT_EXPECT_NOT_NULL(test, bios.Int10FreeBuffer);
	KUNIT_EXPECT_NOT_NULL(test, bios.Int10ReadMemory);
	KUNIT_EXPECT_NOT_NULL(test, bios.Int10WriteMemory);
	KUNIT_EXPECT_NOT_NULL(test, bios.Int10CallBios);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "References"), 1UL);
	bios.InterfaceDereference(bios.Context);
}

/* The call fails and leaves the interface as it was. */
static void expect_query_refused(struct kunit *test, void *ext, VIDEO_PORT_SERVICES service,
				 u16 size, u16 version, VP_STATUS status)
{
	VIDEO_PORT_INT10_INTERFACE bios, before;
	PINTERFACE interface = (PINTERFACE)&bios;

	memset(&bios, 0x5a, sizeof(bios));
	bios.Size = size;
	bios.Version = version;
	before = bios;
	KUNIT_EXPECT_EQ_MSG(test, VideoPortQueryServices(ext, service, interface), status,
			    "service %d, size %u, version %u", service, size, version);
	KUNIT_EXPECT_EQ(test, memcmp(&bios, &before, sizeof(bios)), 0);
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "References"), 0UL);
}

/*
 * INT10-02: A Size less than that of the structure is ERROR_INVALID_FUNCTION; nothing is
 * written
 */
static void int10_02_size_too_small(struct kunit *test)
{
	static const u16 sizes[] = {
		0, 1, sizeof(INTERFACE), sizeof(VIDEO_PORT_INT10_INTERFACE) - 1,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		expect_query_refused(test, vt_ext(test), VideoPortServicesInt10, sizes[i],
				     vt_question.Version, ERROR_INVALID_FUNCTION);
}

/* INT10-03: A larger Size is accepted; bytes beyond the structure are unchanged */
static void int10_03_size_too_large_is_taken(struct kunit *test)
{
	struct {
		VIDEO_PORT_INT10_INTERFACE bios;
		u8 more[24];
	} larger = { .bios = VT_QUERY(larger) };

	memset(larger.more, 0x5a, sizeof(larger.more));
	KUNIT_ASSERT_EQ(test, vt_query(vt_ext(test), &larger.bios), NO_ERROR);
	KUNIT_EXPECT_EQ(test, larger.bios.Size, (USHORT)sizeof(larger));
	KUNIT_EXPECT_NULL(test, memchr_inv(larger.more, 0x5a, sizeof(larger.more)));
	larger.bios.Size = U16_MAX;
	KUNIT_ASSERT_EQ(test, vt_query(vt_ext(test), &larger.bios), NO_ERROR);
	KUNIT_EXPECT_EQ(test, larger.bios.Size, (USHORT)U16_MAX);
	KUNIT_EXPECT_NULL(test, memchr_inv(larger.more, 0x5a, sizeof(larger.more)));
}

/* INT10-04: Any Version but 1 is ERROR_INVALID_FUNCTION */
static void int10_04_version_has_to_be_1(struct kunit *test)
{
	static const u16 versions[] = { 0, 2, 256, U16_MAX };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(versions); i++)
		expect_query_refused(test, vt_ext(test), VideoPortServicesInt10,
				     vt_question.Size, versions[i], ERROR_INVALID_FUNCTION);
}

/* INT10-05: Any other service is ERROR_INVALID_FUNCTION */
static void int10_05_no_other_service(struct kunit *test)
{
	static const int services[] = { 0, 1, 2, 3, 5, 6, 7, 1000, -1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		expect_query_refused(test, vt_ext(test), services[i], vt_question.Size,
				     vt_question.Version, ERROR_INVALID_FUNCTION);
}

/* INT10-06: NULL for the interface is ERROR_INVALID_PARAMETER */
static void int10_06_query_without_interface(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, vt_query(vt_ext(test), NULL), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* INT10-07: An extension without an attached adapter is ERROR_INVALID_PARAMETER */
static void int10_07_query_of_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);

	vt_remember(test);
	expect_query_refused(test, NULL, VideoPortServicesInt10, vt_question.Size,
			     vt_question.Version, ERROR_INVALID_PARAMETER);
	expect_query_refused(test, gone, VideoPortServicesInt10, vt_question.Size,
			     vt_question.Version, ERROR_INVALID_PARAMETER);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 2);
}

/*
 * INT10-08: Sizes and offsets of the structures are those of Windows, on 32 and on 64
 * bits
 *
 * On Windows, structures of the DDI are not packed, and a ULONG has 32 bits.
 */
static void int10_08_layout(struct kunit *test)
{
	size_t pointer = sizeof(void *);

	KUNIT_EXPECT_EQ(test, sizeof(INTERFACE), pointer == 8 ? 32UL : 16UL);
	KUNIT_EXPECT_EQ(test, sizeof(VIDEO_PORT_INT10_INTERFACE), pointer == 8 ? 72UL : 36UL);
	KUNIT_EXPECT_EQ(test, offsetof(INTERFACE, Context), pointer == 8 ? 8UL : 4UL);
	KUNIT_EXPECT_EQ(test, offsetof(VIDEO_PORT_INT10_INTERFACE, Context),
			offsetof(INTERFACE, Context));
	KUNIT_EXPECT_EQ(test, offsetof(VIDEO_PORT_INT10_INTERFACE, InterfaceDereference),
			offsetof(INTERFACE, InterfaceDereference));
	KUNIT_EXPECT_EQ(test, offsetof(VIDEO_PORT_INT10_INTERFACE, Int10AllocateBuffer),
			sizeof(INTERFACE));
	KUNIT_EXPECT_EQ(test, offsetof(VIDEO_PORT_INT10_INTERFACE, Int10CallBios),
			sizeof(VIDEO_PORT_INT10_INTERFACE) - pointer);
	KUNIT_EXPECT_EQ(test, sizeof(INT10_BIOS_ARGUMENTS), 32UL);
	KUNIT_EXPECT_EQ(test, offsetof(INT10_BIOS_ARGUMENTS, Ebp), 24UL);
	KUNIT_EXPECT_EQ(test, offsetof(INT10_BIOS_ARGUMENTS, SegDs), 28UL);
	KUNIT_EXPECT_EQ(test, offsetof(INT10_BIOS_ARGUMENTS, SegEs), 30UL);
	KUNIT_EXPECT_EQ(test, sizeof(VIDEO_X86_BIOS_ARGUMENTS), 28UL);
	KUNIT_EXPECT_EQ(test, offsetof(VIDEO_X86_BIOS_ARGUMENTS, Ebp), 24UL);
	KUNIT_EXPECT_EQ(test, (int)VideoPortServicesInt10, 4);
	KUNIT_EXPECT_EQ(test, STATUS_INSUFFICIENT_RESOURCES, (LONG)0xc000009a);
}

static bool query_call(struct kunit *test, void *data)
{
	struct vt_query_job *job = data;

	vt_query_job(job);
	return job->status == NO_ERROR;
}

static void query_undo(struct kunit *test, void *data)
{
	struct vt_query_job *job = data;

	job->bios.InterfaceDereference(job->bios.Context);
}

static void query_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct vt_query_job *job = data;

	KUNIT_EXPECT_EQ(test, job->status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_EQ(test, memcmp(&job->bios, &vt_question, sizeof(vt_question)), 0);
	vt_expect_references(test, 0);
}

/*
 * INT10-17: A query that finds no memory is ERROR_NOT_ENOUGH_MEMORY and takes no
 * reference
 */
static void int10_17_query_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { query_call, query_undo, query_failed };
	struct vt_query_job job = { .ext = vt_ext(test) };

	vt_each_fault(test, &site, &job);
	vt_expect_references(test, 0);
}

static struct kunit_case int10_cases[] = {
	KUNIT_CASE(int10_01_query_fills_the_interface),
	KUNIT_CASE(int10_02_size_too_small),
	KUNIT_CASE(int10_03_size_too_large_is_taken),
	KUNIT_CASE(int10_04_version_has_to_be_1),
	KUNIT_CASE(int10_05_no_other_service),
	KUNIT_CASE(int10_06_query_without_interface),
	KUNIT_CASE(int10_07_query_of_no_adapter),
	KUNIT_CASE(int10_08_layout),
	KUNIT_CASE(int10_17_query_without_memory),
	{}
};

struct kunit_suite vt_int10_suite = {
	.name = "int10",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = int10_cases,
};
