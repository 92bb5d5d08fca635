// SPDX-License-Identifier: GPL-2.0-only
/*
 * The INT10 interface: asking for it, its references, and the block of an adapter.
 */
#include <linux/completion.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "int10.h"

#define QUERY(type)	{ .Size = sizeof(type), .Version = VIDEO_PORT_INT10_INTERFACE_VERSION_1 }

/* Blocks of all adapters lie from here on, and before there. */
#define BLOCKS_START	0x20000
#define BLOCKS_END	0x9f000
#define BLOCKS		((BLOCKS_END - BLOCKS_START) / VT_BLOCK)

static const VIDEO_PORT_INT10_INTERFACE question = QUERY(VIDEO_PORT_INT10_INTERFACE);

/*
 * What the suites share
 */

static VP_STATUS query(void *ext, PVIDEO_PORT_INT10_INTERFACE bios)
{
	return VideoPortQueryServices(ext, VideoPortServicesInt10, (PINTERFACE)bios);
}

/* The interface, with a reference that stays with the adapter. */
PVIDEO_PORT_INT10_INTERFACE vt_int10(struct kunit *test, void *ext)
{
	PVIDEO_PORT_INT10_INTERFACE bios = kunit_kzalloc(test, sizeof(*bios), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bios);
	*bios = question;
	KUNIT_ASSERT_EQ(test, query(ext, bios), NO_ERROR);
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

static VP_STATUS free_at(PVIDEO_PORT_INT10_INTERFACE bios, USHORT seg, USHORT off)
{
	return bios->Int10FreeBuffer(bios->Context, seg, off);
}

void vt_block_free(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		   const struct vt_block *block)
{
	KUNIT_EXPECT_EQ(test, free_at(bios, block->seg, block->off), NO_ERROR);
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

static void int10_04_version_has_to_be_1(struct kunit *test)
{
	static const u16 versions[] = { 0, 2, 256, U16_MAX };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(versions); i++)
		expect_query_refused(test, vt_ext(test), VideoPortServicesInt10,
				     question.Size, versions[i], ERROR_INVALID_FUNCTION);
}

static void int10_05_no_other_service(struct kunit *test)
{
	static const int services[] = { 0, 1, 2, 3, 5, 6, 7, 1000, -1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(services); i++)
		expect_query_refused(test, vt_ext(test), services[i], question.Size,
				     question.Version, ERROR_INVALID_FUNCTION);
}

static void int10_06_query_without_interface(struct kunit *test)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, query(vt_ext(test), NULL), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "bad-parameter");
}

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

/* As Windows has it: structures of the DDI are not packed, and ULONG is 32 bits. */
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

static void int10_09_references_are_counted(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));

	vt_remember(test);
	bios->InterfaceReference(bios->Context);
	expect_references(test, 2);
	vt_int10(test, vt_ext(test));
	expect_references(test, 3);
	bios->InterfaceDereference(bios->Context);
	bios->InterfaceDereference(bios->Context);
	expect_references(test, 1);
	bios->InterfaceDereference(bios->Context);
	expect_references(test, 0);
	vt_expect_events(test, NULL, NULL, 0);
}

static void int10_10_dereference_too_many(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));

	bios->InterfaceDereference(bios->Context);
	vt_remember(test);
	bios->InterfaceDereference(bios->Context);
	vt_expect_refused(test, "bad-pointer");
	expect_references(test, 0);
	vt_int10(test, vt_ext(test));
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
	uses->free = free_at(bios, VT_BLOCK_SEGMENT, 0);
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

static void int10_11_no_use_after_the_last_reference(struct kunit *test)
{
	struct uses uses = { .bios = vt_int10(test, vt_ext(test)) };

	uses.bios->InterfaceDereference(uses.bios->Context);
	vt_remember(test);
	use_all(&uses);
	expect_uses_refused(test, &uses);
	expect_all_counted(test, "bad-pointer", NULL);
}

static void int10_12_block_outlives_the_references(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block = vt_block(test, bios), second;
	u32 in = 0x87654321, out = 0;

	vt_realmode_write(test, bios, block.seg, block.off, &in, sizeof(in));
	bios->InterfaceDereference(bios->Context);
	vt_expect_live(test, "Vprt", "Int10", 1, VT_BLOCK);
	bios = vt_int10(test, vt_ext(test));
	vt_realmode_read(test, bios, block.seg, block.off, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, in);
	KUNIT_EXPECT_EQ(test, vt_block_ask(bios, 1, &second), STATUS_INSUFFICIENT_RESOURCES);
	vt_block_free(test, bios, &block);
}

static void int10_13_context_of_no_adapter(struct kunit *test)
{
	struct uses uses = { .bios = vt_int10(test, vt_ext(test)) };
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

static void int10_15_refused_where_one_cannot_sleep(struct kunit *test)
{
	const struct vt_context *context = test->param_value;
	struct uses uses = { .bios = vt_int10(test, vt_ext(test)) };

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

	job->bios = question;
	job->status = query(job->ext, &job->bios);
}

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

static void int10_18_references_anywhere(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	const struct vt_context *context = test->param_value;

	vt_remember(test);
	context->run(reference_job, bios);
	vt_expect_events(test, NULL, NULL, 0);
	expect_references(test, 2);
}

/*
 * The block
 */

static void expect_block_refused(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
				 ULONG length, const char *event)
{
	struct vt_block block;

	vt_remember(test);
	KUNIT_EXPECT_EQ_MSG(test, vt_block_ask(bios, length, &block),
			    STATUS_INSUFFICIENT_RESOURCES, "%u bytes", length);
	KUNIT_EXPECT_EQ(test, block.seg, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, block.off, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, block.length, (ULONG)VT_BLOCK);
	vt_expect_events(test, event, NULL, 1);
}

static const ULONG lengths[] = { 0, 1, 0x200, 0x400, 4095, 4096 };

static void int10_20_allocate(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lengths); i++) {
		KUNIT_ASSERT_EQ_MSG(test, vt_block_ask(bios, lengths[i], &block), NO_ERROR,
				    "%u bytes", lengths[i]);
		KUNIT_EXPECT_EQ(test, block.seg, VT_BLOCK_SEGMENT);
		KUNIT_EXPECT_EQ(test, block.off, 0);
		KUNIT_EXPECT_EQ(test, block.length, (ULONG)VT_BLOCK);
		vt_block_free(test, bios, &block);
	}
}

static void int10_21_allocate_too_much(struct kunit *test)
{
	static const ULONG many[] = {
		4097, 8192, 0x10000, 0x100000, 0x80000000, 0xfffff000, 0xffffffff,
	};
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(many); i++)
		expect_block_refused(test, bios, many[i], "bad-size");
	vt_expect_live(test, "Vprt", "Int10", 0, 0);
	vt_expect_failures(test, "Vprt", "Int10", ARRAY_SIZE(many), "size");
}

static void int10_22_one_block_at_a_time(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block = vt_block(test, bios);
	unsigned int i;
	u32 in = 0x10213243, out = 0;

	vt_realmode_write(test, bios, block.seg, block.off, &in, sizeof(in));
	for (i = 0; i < ARRAY_SIZE(lengths); i++)
		expect_block_refused(test, bios, lengths[i], "busy");
	vt_realmode_read(test, bios, block.seg, block.off, &out, sizeof(out));
	KUNIT_EXPECT_EQ(test, out, in);
	vt_expect_live(test, "Vprt", "Int10", 1, VT_BLOCK);
	vt_block_free(test, bios, &block);
}

static void int10_23_again_after_a_free(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block;
	unsigned int i;

	for (i = 0; i < 1000; i++) {
		block = vt_block(test, bios);
		vt_block_free(test, bios, &block);
	}
	vt_expect_live(test, "Vprt", "Int10", 0, 0);
}

static void int10_24_allocate_without_arguments(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block = { VT_NOWHERE, VT_NOWHERE, 100 };

	vt_remember(test);
	KUNIT_EXPECT_NE(test, bios->Int10AllocateBuffer(bios->Context, NULL, &block.off,
							&block.length), NO_ERROR);
	KUNIT_EXPECT_NE(test, bios->Int10AllocateBuffer(bios->Context, &block.seg, NULL,
							&block.length), NO_ERROR);
	KUNIT_EXPECT_NE(test, bios->Int10AllocateBuffer(bios->Context, &block.seg,
							&block.off, NULL), NO_ERROR);
	vt_expect_events(test, "bad-parameter", NULL, 3);
	KUNIT_EXPECT_EQ(test, block.seg, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, block.off, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
}

static void fill(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
		 const struct vt_block *block, u8 byte)
{
	u8 *bytes = kunit_kmalloc(test, VT_BLOCK, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	memset(bytes, byte, VT_BLOCK);
	vt_realmode_write(test, bios, block->seg, block->off, bytes, VT_BLOCK);
	kunit_kfree(test, bytes);
}

static void expect_filled(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
			  const struct vt_block *block, u8 byte)
{
	u8 *bytes = kunit_kmalloc(test, VT_BLOCK, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	memset(bytes, ~byte, VT_BLOCK);
	vt_realmode_read(test, bios, block->seg, block->off, bytes, VT_BLOCK);
	KUNIT_EXPECT_NULL_MSG(test, memchr_inv(bytes, byte, VT_BLOCK), "at %04x:%04x",
			      block->seg, block->off);
	kunit_kfree(test, bytes);
}

static void int10_25_block_is_zeroed(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		block = vt_block(test, bios);
		expect_filled(test, bios, &block, 0);
		fill(test, bios, &block, 0xa5);
		expect_filled(test, bios, &block, 0xa5);
		vt_block_free(test, bios, &block);
	}
}

static void int10_26_free_takes_what_was_given(struct kunit *test)
{
	static const u16 wrong[][2] = {
		{ 0, 0 }, { 0x1fff, 0x0010 }, { 0x1000, 0xffff }, { 0x1001, 0xfff0 },
		{ 0x2000, 0x0001 }, { 0x2000, 0x1000 }, { 0x2001, 0 }, { 0x2100, 0 },
		{ 0xa000, 0 }, { 0xffff, 0xffff },
	};
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block = vt_block(test, bios);
	unsigned int i;

	fill(test, bios, &block, 0x3c);
	KUNIT_ASSERT_EQ(test, block.seg, VT_BLOCK_SEGMENT);
	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		vt_remember(test);
		KUNIT_EXPECT_EQ_MSG(test, free_at(bios, wrong[i][0], wrong[i][1]),
				    ERROR_INVALID_PARAMETER, "%04x:%04x", wrong[i][0],
				    wrong[i][1]);
		vt_expect_refused(test, "mismatch");
	}
	expect_filled(test, bios, &block, 0x3c);
	vt_block_free(test, bios, &block);
}

static void expect_free_refused(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios)
{
	vt_remember(test);
	KUNIT_EXPECT_EQ(test, free_at(bios, VT_BLOCK_SEGMENT, 0), ERROR_INVALID_PARAMETER);
	vt_expect_refused(test, "mismatch");
}

static void int10_27_free_without_allocate(struct kunit *test)
{
	expect_free_refused(test, vt_int10(test, vt_ext(test)));
}

static void int10_28_double_free(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block = vt_block(test, bios);

	vt_block_free(test, bios, &block);
	expect_free_refused(test, bios);
}

static void int10_29_free_for_another_adapter(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	PVIDEO_PORT_INT10_INTERFACE other = vt_int10(test, vt_attach_another(test));
	struct vt_block block = vt_block(test, other);

	KUNIT_ASSERT_EQ(test, block.seg, VT_BLOCK_SEGMENT);
	expect_free_refused(test, bios);
	vt_block_free(test, other, &block);
}

/* The lowest free one. */
static void int10_30_blocks_do_not_overlap(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios[3];
	struct vt_block block[3];
	int i;

	for (i = 0; i < 3; i++) {
		bios[i] = vt_int10(test, i ? vt_attach_another(test) : vt_ext(test));
		block[i] = vt_block(test, bios[i]);
		KUNIT_EXPECT_EQ(test, block[i].seg, VT_BLOCK_SEGMENT + i * VT_BLOCK / 16);
		KUNIT_EXPECT_EQ(test, block[i].off, 0);
	}
	for (i = 0; i < 3; i++)
		fill(test, bios[i], &block[i], 0x11 * (i + 1));
	for (i = 0; i < 3; i++)
		expect_filled(test, bios[i], &block[i], 0x11 * (i + 1));
	vt_block_free(test, bios[1], &block[1]);
	expect_filled(test, bios[0], &block[0], 0x11);
	expect_filled(test, bios[2], &block[2], 0x33);
	block[1] = vt_block(test, bios[1]);
	KUNIT_EXPECT_EQ(test, block[1].seg, VT_BLOCK_SEGMENT + VT_BLOCK / 16);
	for (i = 0; i < 3; i++)
		vt_block_free(test, bios[i], &block[i]);
}

/* Adapters as many as there are blocks, and one more. Without assertions inside. */
struct crowd {
	void *ext[BLOCKS + 1];
	VIDEO_PORT_INT10_INTERFACE bios[BLOCKS + 1];
	struct vt_block block[BLOCKS + 1];
	VP_STATUS status[BLOCKS + 1];
};

static void crowd_gather(struct kunit *test, struct crowd *crowd)
{
	struct device *dev = ((struct vt_fixture *)test->priv)->dev;
	unsigned int i;

	for (i = 0; i <= BLOCKS; i++) {
		crowd->ext[i] = vpmem_attach(dev, 16);
		KUNIT_EXPECT_FALSE(test, IS_ERR(crowd->ext[i]));
		crowd->bios[i] = question;
		crowd->status[i] = query(crowd->ext[i], &crowd->bios[i]) ?:
				   vt_block_ask(&crowd->bios[i], 100, &crowd->block[i]);
	}
}

static void crowd_leave(struct kunit *test, struct crowd *crowd)
{
	unsigned int i;

	for (i = 0; i <= BLOCKS; i++) {
		if (!crowd->status[i])
			vt_block_free(test, &crowd->bios[i], &crowd->block[i]);
		if (!IS_ERR(crowd->ext[i]))
			vpmem_detach(crowd->ext[i]);
	}
}

static void int10_31_many_adapters(struct kunit *test)
{
	struct crowd *crowd = kunit_kzalloc(test, sizeof(*crowd), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, crowd);
	crowd_gather(test, crowd);
	for (i = 0; i < BLOCKS; i++) {
		KUNIT_EXPECT_EQ(test, crowd->status[i], NO_ERROR);
		KUNIT_EXPECT_EQ(test, vt_linear(crowd->block[i].seg, crowd->block[i].off),
				BLOCKS_START + i * VT_BLOCK);
	}
	KUNIT_EXPECT_EQ(test, crowd->status[BLOCKS], STATUS_INSUFFICIENT_RESOURCES);
	KUNIT_EXPECT_EQ(test, crowd->block[BLOCKS].seg, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, crowd->block[BLOCKS].off, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, crowd->block[BLOCKS].length, (ULONG)VT_BLOCK);

	vt_block_free(test, &crowd->bios[50], &crowd->block[50]);
	crowd->status[BLOCKS] = vt_block_ask(&crowd->bios[BLOCKS], 0, &crowd->block[BLOCKS]);
	crowd->status[50] = vt_block_ask(&crowd->bios[50], 0, &crowd->block[50]);
	KUNIT_EXPECT_EQ(test, crowd->status[BLOCKS], NO_ERROR);
	KUNIT_EXPECT_EQ(test, crowd->block[BLOCKS].seg,
			VT_BLOCK_SEGMENT + 50 * VT_BLOCK / 16);
	KUNIT_EXPECT_EQ(test, crowd->status[50], STATUS_INSUFFICIENT_RESOURCES);
	crowd_leave(test, crowd);
}

static void int10_32_left_at_detach(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	void *other = vt_attach_another(test);
	PVIDEO_PORT_INT10_INTERFACE leaver = vt_int10(test, other);
	struct vt_block block = vt_block(test, leaver), again;
	u64 mark = vt_log_mark();

	fill(test, leaver, &block, 0x77);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak", "Int10"), 1U);
	again = vt_block(test, bios);
	KUNIT_EXPECT_EQ(test, again.seg, block.seg);
	expect_filled(test, bios, &again, 0);
	vt_block_free(test, bios, &again);
}

static void int10_33_block_is_accounted(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	const char *line = vt_next_line(vt_view(test, vt_ext(test), "regions"));
	struct vt_block block;
	char word[24];

	KUNIT_EXPECT_EQ(test, *line, 0);
	vt_int10_word(test, vt_ext(test), "Block", word);
	KUNIT_EXPECT_STREQ(test, word, "-");
	block = vt_block(test, bios);
	vt_expect_live(test, "Vprt", "Int10", 1, VT_BLOCK);
	vt_int10_word(test, vt_ext(test), "Block", word);
	KUNIT_EXPECT_STREQ(test, word, "2000:0000");
	line = vt_next_line(vt_view(test, vt_ext(test), "regions"));
	KUNIT_EXPECT_EQ(test, strncmp(line, "Int10 ", 6), 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 1U);
	vt_block_free(test, bios, &block);
	vt_expect_live(test, "Vprt", "Int10", 0, 0);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	vt_int10_word(test, vt_ext(test), "Block", word);
	KUNIT_EXPECT_STREQ(test, word, "-");
}

struct block_job {
	PVIDEO_PORT_INT10_INTERFACE bios;
	struct vt_block block;
	VP_STATUS status;
};

static bool block_call(struct kunit *test, void *data)
{
	struct block_job *job = data;

	job->status = vt_block_ask(job->bios, 100, &job->block);
	return job->status == NO_ERROR;
}

static void block_undo(struct kunit *test, void *data)
{
	struct block_job *job = data;

	vt_block_free(test, job->bios, &job->block);
}

static void block_failed(struct kunit *test, void *data, unsigned int failures)
{
	struct block_job *job = data;

	KUNIT_EXPECT_EQ(test, job->status, STATUS_INSUFFICIENT_RESOURCES);
	KUNIT_EXPECT_EQ(test, job->block.seg, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, job->block.off, VT_NOWHERE);
	KUNIT_EXPECT_EQ(test, job->block.length, (ULONG)VT_BLOCK);
	KUNIT_EXPECT_EQ(test, vt_count_regions(test, vt_ext(test), NULL), 0U);
	vt_expect_live(test, "Vprt", "Int10", 0, 0);
}

static void int10_34_allocate_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { block_call, block_undo, block_failed };
	struct block_job job = { .bios = vt_int10(test, vt_ext(test)) };

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &job), 1U);
}

static void free_pool(PVOID ext, PVOID block)
{
	VideoPortFreePool(ext, block);
}

/* The record of a block has an address, which none of the other frees takes. */
static void int10_35_other_frees_are_refused(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_int10(test, vt_ext(test));
	struct vt_block block = vt_block(test, bios);
	unsigned long address = 0;

	vt_count_regions(test, vt_ext(test), &address);
	address ^= VT_BLOCK;
	vt_expect_free_refused(test, free_pool, (void *)address, "wrong-pairing");
	vt_expect_free_refused(test, VideoPortReleaseBuffer, (void *)address,
			       "wrong-pairing");
	vt_block_free(test, bios, &block);
}

/*
 * Threads, each with an adapter and a pattern of its own
 */

#define THREADS	4
#define ROUNDS	300

struct resident {
	void *ext;
	VIDEO_PORT_INT10_INTERFACE bios;
	u8 byte;
	unsigned int refused, broken;
	struct completion done;
};

static void resident_round(struct resident *resident, u8 *bytes)
{
	PVIDEO_PORT_INT10_INTERFACE bios = &resident->bios;
	struct vt_block block;

	if (vt_block_ask(bios, 1, &block)) {
		resident->refused++;
		return;
	}
	memset(bytes, resident->byte, VT_BLOCK);
	bios->Int10WriteMemory(bios->Context, block.seg, block.off, bytes, VT_BLOCK);
	cond_resched();
	bios->Int10ReadMemory(bios->Context, block.seg, block.off, bytes, VT_BLOCK);
	resident->broken += !!memchr_inv(bytes, resident->byte, VT_BLOCK);
	resident->refused += !!free_at(bios, block.seg, block.off);
}

static int resident_thread(void *data)
{
	u8 *bytes = kmalloc(VT_BLOCK, GFP_KERNEL);
	struct resident *resident = data;
	unsigned int i;

	for (i = 0; bytes && i < ROUNDS; i++)
		resident_round(resident, bytes);
	kfree(bytes);
	complete(&resident->done);
	return 0;
}

static void int10_36_storm(struct kunit *test)
{
	struct resident *residents = kunit_kcalloc(test, THREADS, sizeof(*residents),
						   GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, residents);
	for (i = 0; i < THREADS; i++) {
		residents[i].ext = vt_attach_another(test);
		residents[i].bios = *vt_int10(test, residents[i].ext);
		residents[i].byte = 0x11 * (i + 1);
		init_completion(&residents[i].done);
	}
	for (i = 0; i < THREADS; i++)
		if (IS_ERR(kthread_run(resident_thread, &residents[i], "vpmem-int10-%u", i)))
			complete(&residents[i].done);
	for (i = 0; i < THREADS; i++)
		wait_for_completion(&residents[i].done);
	for (i = 0; i < THREADS; i++) {
		KUNIT_EXPECT_EQ(test, residents[i].refused, 0U);
		KUNIT_EXPECT_EQ(test, residents[i].broken, 0U);
	}
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
	KUNIT_CASE(int10_20_allocate),
	KUNIT_CASE(int10_21_allocate_too_much),
	KUNIT_CASE(int10_22_one_block_at_a_time),
	KUNIT_CASE(int10_23_again_after_a_free),
	KUNIT_CASE(int10_24_allocate_without_arguments),
	KUNIT_CASE(int10_25_block_is_zeroed),
	KUNIT_CASE(int10_26_free_takes_what_was_given),
	KUNIT_CASE(int10_27_free_without_allocate),
	KUNIT_CASE(int10_28_double_free),
	KUNIT_CASE(int10_29_free_for_another_adapter),
	KUNIT_CASE(int10_30_blocks_do_not_overlap),
	KUNIT_CASE(int10_31_many_adapters),
	KUNIT_CASE(int10_32_left_at_detach),
	KUNIT_CASE(int10_33_block_is_accounted),
	KUNIT_CASE(int10_34_allocate_without_memory),
	KUNIT_CASE(int10_35_other_frees_are_refused),
	KUNIT_CASE(int10_36_storm),
	{ }
};

struct kunit_suite vt_int10_suite = {
	.name = "int10",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = cases,
};
