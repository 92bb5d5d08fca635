// SPDX-License-Identifier: GPL-2.0-only
/*
 * References of the INT10 interface, and uses of it that are refused.
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/int10.h"

/*
 * INT10-09: Every query and every InterfaceReference takes a reference,
 * InterfaceDereference gives it back
 */
static void int10_09_references_are_counted(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);

	vt_remember(test);
	bios->InterfaceReference(bios->Context);
	vt_expect_references(test, 2);
	vt_interface(test);
	vt_expect_references(test, 3);
	bios->InterfaceDereference(bios->Context);
	bios->InterfaceDereference(bios->Context);
	vt_expect_references(test, 1);
	bios->InterfaceDereference(bios->Context);
	vt_expect_references(test, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/* INT10-10: A dereference too many is refused and counted */
static void int10_10_dereference_too_many(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);

	bios->InterfaceDereference(bios->Context);
	vt_remember(test);
	bios->InterfaceDereference(bios->Context);
	vt_expect_refused(test, "bad-pointer");
	vt_expect_references(test, 0);
	vt_interface(test);
	vt_expect_references(test, 1);
}

/* Every function of the interface, with arguments that are right. */
struct uses {
	PVIDEO_PORT_INT10_INTERFACE bios;
	struct vt_block block;
	u32 bytes;
	INT10_BIOS_ARGUMENTS registers;
	VP_STATUS allocate, read, write, free, call;
};

static void use_all(void *data)
{
	PVIDEO_PORT_INT10_INTERFACE bios = ((struct uses *)data)->bios;
	void *context = bios->Context;
	struct uses *uses = data;

	uses->bytes = 0x12345678;
	uses->allocate = vt_block_ask(bios, 100, &uses->block);
	uses->read = bios->Int10ReadMemory(context, VT_BLOCK_SEGMENT, 0, &uses->bytes, 4);
	uses->write = bios->Int10WriteMemory(context, VT_BLOCK_SEGMENT, 0, &uses->bytes, 4);
	uses->free = vt_block_free_at(bios, VT_BLOCK_SEGMENT, 0);
	memset(&uses->registers, 0x5a, sizeof(uses->registers));
	uses->call = bios->Int10CallBios(context, &uses->registers);
}

#define NR_USES 5

static void expect_uses_refused(struct kunit *test, const struct uses *uses)
{
	KUNIT_EXPECT_NE(test, uses->allocate, NO_ERROR);
	KUNIT_EXPECT_EQ(test, uses->block.seg, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, uses->block.off, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, uses->block.length, (ULONG)VT_BLOCK);
	KUNIT_EXPECT_EQ(test, uses->read, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, uses->bytes, 0U);
	KUNIT_EXPECT_EQ(test, uses->write, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, uses->free, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, uses->call, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_NULL(test, memchr_inv(&uses->registers, 0x5a, sizeof(uses->registers)));
}

/* Counted as misuse, but not as a failure of memory. */
static void expect_all_counted(struct kunit *test, const char *own, const char *stray)
{
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	vt_expect_events(test, own, stray, NR_USES);
}

/*
 * INT10-11: After the last reference every function refuses; the buffer of a read is
 * zeroed
 */
static void int10_11_no_use_after_the_last_reference(struct kunit *test)
{
	struct uses uses = { .bios = vt_interface(test) };

	uses.bios->InterfaceDereference(uses.bios->Context);
	vt_remember(test);
	use_all(&uses);
	expect_uses_refused(test, &uses);
	expect_all_counted(test, "bad-pointer", NULL);
}

/* INT10-12: A block outlives the references, until it is freed */
static void int10_12_block_outlives_the_references(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block = vt_block(test, bios), second;
	u32 in = 0x87654321, out = 0;

	vt_realmode_write(test, bios, block.seg, block.off, &in, sizeof(in));
	bios->InterfaceDereference(bios->Context);
	vt_expect_live(test, "Vprt", "Int10", 1, VT_BLOCK);
	bios = vt_interface(test);
	vt_realmode_read(test, bios, block.seg, block.off, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, in);
	KUNIT_EXPECT_EQ(test, vt_block_ask(bios, 1, &second), STATUS_INSUFFICIENT_RESOURCES);
	vt_block_free(test, bios, &block);
}

/* INT10-13: A context without an adapter is refused by every function */
static void int10_13_context_of_no_adapter(struct kunit *test)
{
	struct uses uses = { .bios = vt_interface(test) };
	const struct vt_foreign *foreign = test->param_value;

	uses.bios->Context = foreign->address(test);
	if (uses.bios->Context == vt_ext(test))
		kunit_skip(test, "that is one");
	vt_remember(test);
	use_all(&uses);
	expect_uses_refused(test, &uses);
	expect_all_counted(test, NULL, "no-adapter");
	uses.bios->InterfaceReference(uses.bios->Context);
	uses.bios->InterfaceDereference(uses.bios->Context);
	vt_expect_events(test, NULL, "no-adapter", NR_USES + 2);
	vt_expect_references(test, 1);
}

/* INT10-14: The context of a detached adapter is refused by every function */
static void int10_14_context_that_is_detached(struct kunit *test)
{
	void *other = vt_attach_another(test);
	struct uses uses = { .bios = vt_int10(test, other) };

	vt_detach(test, other);
	vt_remember(test);
	use_all(&uses);
	expect_uses_refused(test, &uses);
	expect_all_counted(test, NULL, "no-adapter");
}

/* INT10-15: Every function is refused in atomic context */
static void int10_15_refused_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct uses uses = { .bios = vt_interface(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(use_all, &uses);
	expect_uses_refused(test, &uses);
	expect_all_counted(test, "bad-context", NULL);
}

/* INT10-16: QueryServices is refused in atomic context */
static void int10_16_no_query_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct vt_query_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(vt_query_job, &job);
	KUNIT_EXPECT_EQ(test, job.status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, memcmp(&job.bios, &vt_question, sizeof(vt_question)), 0);
	vt_expect_refused(test, "bad-context");
	vt_expect_references(test, 0);
}

static void reference_job(void *data)
{
	PVIDEO_PORT_INT10_INTERFACE bios = data;

	bios->InterfaceReference(bios->Context);
	bios->InterfaceReference(bios->Context);
	bios->InterfaceDereference(bios->Context);
}

/* INT10-18: References can be got and put in any context */
static void int10_18_references_anywhere(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	const struct vt_context *context = test->param_value;

	vt_remember(test);
	context->run(reference_job, bios);
	vt_expect_events(test, NULL, NULL, 0);
	vt_expect_references(test, 2);
}

static struct kunit_case int10_references_cases[] = {
	KUNIT_CASE(int10_09_references_are_counted),
	KUNIT_CASE(int10_10_dereference_too_many),
	KUNIT_CASE(int10_11_no_use_after_the_last_reference),
	KUNIT_CASE(int10_12_block_outlives_the_references),
	KUNIT_CASE_PARAM(int10_13_context_of_no_adapter, vt_foreign_params),
	KUNIT_CASE(int10_14_context_that_is_detached),
	KUNIT_CASE_PARAM(int10_15_refused_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(int10_16_no_query_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(int10_18_references_anywhere, vt_context_params),
	{}
};

struct kunit_suite vt_int10_references_suite = {
	.name = "int10_references",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = int10_references_cases,
};
