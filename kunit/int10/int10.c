// SPDX-License-Identifier: GPL-2.0-only
/*
 * The INT10 interface: asking for it, and its references.
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/int10.h"

#define QUERY(type)	{ .Size = sizeof(type), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1 }

static const VIDEO_PORT_INT10_INTERFACE question = QUERY(VIDEO_PORT_INT10_INTERFACE);

/*
 * What the suites share
 */

static VP_STATUS query(void *ext, PVIDEO_PORT_INT10_INTERFACE bios)
{
	return VideoPortQueryServices(ext, VideoPortServicesInt10, (PINTERFACE)bios);
}

/* As a driver asks for it. */
VP_STATUS vt_int10_ask(void *ext, PVIDEO_PORT_INT10_INTERFACE bios)
{
	*bios = question;
	return query(ext, bios);
}

/* The interface, with a reference that stays with the adapter. */
PVIDEO_PORT_INT10_INTERFACE vt_int10(struct kunit *test, void *ext)
{
	PVIDEO_PORT_INT10_INTERFACE bios = kunit_kzalloc(test, sizeof(*bios), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bios);
	KUNIT_ASSERT_EQ(test, vt_int10_ask(ext, bios), NO_ERROR);
	return bios;
}

VP_STATUS vt_block_ask(PVIDEO_PORT_INT10_INTERFACE bios, ULONG length,
		       struct vt_block *block)
{
	*block = (struct vt_block){ VT_NOWHERE, VT_NOWHERE, length };
	return bios->Int10AllocateBuffer(bios->Context, &block->seg, &block->off,
					 &block->length);
}

struct vt_block vt_block(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	struct vt_block block;

	KUNIT_ASSERT_EQ(test, vt_block_ask(bios, VT_BLOCK, &block), NO_ERROR);
	return block;
}

VP_STATUS vt_block_free_at(PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg, USHORT off)
{
	return bios->Int10FreeBuffer(bios->Context, seg, off);
}

void vt_block_free(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		   const struct vt_block *block)
{
	KUNIT_EXPECT_EQ(test, vt_block_free_at(bios, block->seg, block->off), NO_ERROR);
}

void vt_realmode_read(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg,
		      USHORT off, void *to, ULONG length)
{
	KUNIT_EXPECT_EQ_MSG(test, bios->Int10ReadMemory(bios->Context, seg, off, to, length),
			    NO_ERROR, "%u bytes at %04x:%04x", length, seg, off);
}

void vt_realmode_write(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg,
		       USHORT off, const void *from, ULONG length)
{
	KUNIT_EXPECT_EQ_MSG(test, bios->Int10WriteMemory(bios->Context, seg, off,
							 (void *)from, length),
			    NO_ERROR, "%u bytes at %04x:%04x", length, seg, off);
}

/* The value of a line of an int10 view; @word has 24 bytes. */
bool vt_int10_word(struct kunit *test, void *ext, const char *name, char *word)
{
	const char *line = vt_view(test, ext, "int10");
	char seen[24];

	for (; *line; line = vt_next_line(line))
		if (sscanf(line, "%23s %23s", seen, word) == 2 && !strcmp(seen, name))
			return true;
	KUNIT_FAIL(test, "the view has no %s", name);
	strcpy(word, "-");
	return false;
}

unsigned long vt_int10_number(struct kunit *test, void *ext, const char *name)
{
	unsigned long number = 0;
	char word[24];

	if (vt_int10_word(test, ext, name, word))
		KUNIT_EXPECT_EQ_MSG(test, kstrtoul(word, 0, &number), 0, "%s %s", name, word);
	return number;
}

bool vt_machine_has_bios(struct kunit *test)
{
	char word[24];

	vt_int10_word(test, NULL, "Bios", word);
	return !strcmp(word, "yes");
}

/*
 * Asking
 */

/*
 * INT10-01: QueryServices fills in context and functions and leaves Size and Version; one
 * reference
 */
static void int10_01_query_fills_the_interface(struct kunit *test)
{
	VIDEO_PORT_INT10_INTERFACE bios = question;

	vt_remember(test);
	KUNIT_ASSERT_EQ(test, query(vt_ext(test), &bios), NO_ERROR);
	vt_expect_events(test, NULL, NULL, 0);
	KUNIT_EXPECT_EQ(test, bios.Size, question.Size);
	KUNIT_EXPECT_EQ(test, bios.Version, question.Version);
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
				     question.Version, ERROR_INVALID_FUNCTION);
}

/* INT10-03: A larger Size is taken, what is beyond the structure is left */
static void int10_03_size_too_large_is_taken(struct kunit *test)
{
	struct {
		VIDEO_PORT_INT10_INTERFACE bios;
		u8 more[24];
	} larger = { .bios = QUERY(larger) };

	memset(larger.more, 0x5a, sizeof(larger.more));
	KUNIT_ASSERT_EQ(test, query(vt_ext(test), &larger.bios), NO_ERROR);
	KUNIT_EXPECT_EQ(test, larger.bios.Size, (USHORT)sizeof(larger));
	KUNIT_EXPECT_NULL(test, memchr_inv(larger.more, 0x5a, sizeof(larger.more)));
	larger.bios.Size = U16_MAX;
	KUNIT_ASSERT_EQ(test, query(vt_ext(test), &larger.bios), NO_ERROR);
	KUNIT_EXPECT_EQ(test, larger.bios.Size, (USHORT)U16_MAX);
	KUNIT_EXPECT_NULL(test, memchr_inv(larger.more, 0x5a, sizeof(larger.more)));
}

/* INT10-04: So is any Version but 1 ERROR_INVALID_FUNCTION */
static void int10_04_version_has_to_be_1(struct kunit *test)
{
	static const u16 versions[] = { 0, 2, 256, U16_MAX };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(versions); i++)
		expect_query_refused(test, vt_ext(test), VideoPortServicesInt10,
				     question.Size, versions[i], ERROR_INVALID_FUNCTION);
}

/* INT10-05: And any other service */
static void int10_05_no_other_service(struct kunit *test)
{
	static const int services[] = { 0, 1, 2, 3, 5, 6, 7, 1000, -1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		expect_query_refused(test, vt_ext(test), services[i], question.Size,
				     question.Version, ERROR_INVALID_FUNCTION);
}

/* INT10-06: NULL for the interface is ERROR_INVALID_PARAMETER */
static void int10_06_query_without_interface(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, query(vt_ext(test), NULL), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

/* INT10-07: So is an extension that is no attached adapter */
static void int10_07_query_of_no_adapter(struct kunit *test)
{
	void *gone = vt_detached_extension(test);

	vt_remember(test);
	expect_query_refused(test, NULL, VideoPortServicesInt10, question.Size,
			     question.Version, ERROR_INVALID_PARAMETER);
	expect_query_refused(test, gone, VideoPortServicesInt10, question.Size,
			     question.Version, ERROR_INVALID_PARAMETER);
	vt_expect_untouched(test);
	vt_expect_events(test, NULL, "no-adapter", 2);
}

/*
 * INT10-08: Sizes and offsets of the structures are those of Windows, on 32 and on 64
 * bits
 *
 * As Windows has it: structures of the DDI are not packed, and ULONG is 32 bits.
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

/*
 * References
 */

static void expect_references(struct kunit *test, unsigned long references)
{
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "References"), references);
}

/*
 * INT10-09: Every query and every InterfaceReference takes a reference,
 * InterfaceDereference gives it back
 */
static void int10_09_references_are_counted(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);

	vt_remember(test);
	bios->InterfaceReference(bios->Context);
	expect_references(test, 2);
	vt_interface(test);
	expect_references(test, 3);
	bios->InterfaceDereference(bios->Context);
	bios->InterfaceDereference(bios->Context);
	expect_references(test, 1);
	bios->InterfaceDereference(bios->Context);
	expect_references(test, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

/* INT10-10: One dereference too many is refused and counted */
static void int10_10_dereference_too_many(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);

	bios->InterfaceDereference(bios->Context);
	vt_remember(test);
	bios->InterfaceDereference(bios->Context);
	vt_expect_refused(test, "bad-pointer");
	expect_references(test, 0);
	vt_interface(test);
	expect_references(test, 1);
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

/* INT10-13: A context that is no adapter is refused by every function */
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
	expect_references(test, 1);
}

/* INT10-14: So is that of an adapter that is detached */
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

/* INT10-15: Every function refuses where one cannot sleep */
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

struct query_job {
	void *ext;
	VIDEO_PORT_INT10_INTERFACE bios;
	VP_STATUS status;
};

static void query_job(void *data)
{
	struct query_job *job = data;

	job->status = vt_int10_ask(job->ext, &job->bios);
}

/* INT10-16: So does QueryServices */
static void int10_16_no_query_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct query_job job = { .ext = vt_ext(test) };

	vt_skip_if_hidden(test, context);
	vt_remember(test);
	context->run(query_job, &job);
	KUNIT_EXPECT_EQ(test, job.status, ERROR_INVALID_PARAMETER);
	KUNIT_EXPECT_EQ(test, memcmp(&job.bios, &question, sizeof(question)), 0);
	vt_expect_refused(test, "bad-context");
	expect_references(test, 0);
}

static bool query_call(struct kunit *test, void *data)
{
	struct query_job *job = data;

	query_job(job);
	return job->status == NO_ERROR;
}

static void query_undo(struct kunit *test, void *data)
{
	struct query_job *job = data;

	job->bios.InterfaceDereference(job->bios.Context);
}

static void query_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct query_job *job = data;

	KUNIT_EXPECT_EQ(test, job->status, ERROR_NOT_ENOUGH_MEMORY);
	KUNIT_EXPECT_EQ(test, memcmp(&job->bios, &question, sizeof(question)), 0);
	expect_references(test, 0);
}

/*
 * INT10-17: A query that finds no memory is ERROR_NOT_ENOUGH_MEMORY and takes no
 * reference
 */
static void int10_17_query_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { query_call, query_undo, query_failed };
	struct query_job job = { .ext = vt_ext(test) };

	vt_each_fault(test, &site, &job);
	expect_references(test, 0);
}

static void reference_job(void *data)
{
	PVIDEO_PORT_INT10_INTERFACE bios = data;

	bios->InterfaceReference(bios->Context);
	bios->InterfaceReference(bios->Context);
	bios->InterfaceDereference(bios->Context);
}

/* INT10-18: References can be taken and given back anywhere */
static void int10_18_references_anywhere(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	const struct vt_context *context = test->param_value;

	vt_remember(test);
	context->run(reference_job, bios);
	vt_expect_events(test, NULL, NULL, 0);
	expect_references(test, 2);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(int10_01_query_fills_the_interface),
	KUNIT_CASE(int10_02_size_too_small),
	KUNIT_CASE(int10_03_size_too_large_is_taken),
	KUNIT_CASE(int10_04_version_has_to_be_1),
	KUNIT_CASE(int10_05_no_other_service),
	KUNIT_CASE(int10_06_query_without_interface),
	KUNIT_CASE(int10_07_query_of_no_adapter),
	KUNIT_CASE(int10_08_layout),
	KUNIT_CASE(int10_09_references_are_counted),
	KUNIT_CASE(int10_10_dereference_too_many),
	KUNIT_CASE(int10_11_no_use_after_the_last_reference),
	KUNIT_CASE(int10_12_block_outlives_the_references),
	KUNIT_CASE_PARAM(int10_13_context_of_no_adapter, vt_foreign_params),
	KUNIT_CASE(int10_14_context_that_is_detached),
	KUNIT_CASE_PARAM(int10_15_refused_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE_PARAM(int10_16_no_query_where_one_cannot_sleep, vt_atomic_params),
	KUNIT_CASE(int10_17_query_without_memory),
	KUNIT_CASE_PARAM(int10_18_references_anywhere, vt_context_params),
	{ }
};

struct kunit_suite vt_int10_suite = {
	.name = "int10",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
