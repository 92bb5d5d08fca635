// SPDX-License-Identifier: GPL-2.0-only
/*
 * The block of an adapter in the real-mode address space.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/int10.h"
#include "kunit/lib/thread.h"

/* Blocks of all adapters lie from here on, and before there. */
#define BLOCKS_START	0x20000

#define BLOCKS_END	0x9f000
#define BLOCKS		((BLOCKS_END - BLOCKS_START) / VT_BLOCK)

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

/*
 * INT10-20: A block of up to 4096 bytes, also of zero, is given: 2000:0000 is the first,
 * Length is 4096
 */
static void int10_20_allocate(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
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

/*
 * INT10-21: More than 4096 bytes are STATUS_INSUFFICIENT_RESOURCES; Length is 4096, Seg
 * and Off are left
 */
static void int10_21_allocate_too_much(struct kunit *test)
{
	static const ULONG many[] = {
		4097, 8192, 0x10000, 0x100000, 0x80000000, 0xfffff000, 0xffffffff,
	};
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(many); i++)
		expect_block_refused(test, bios, many[i], "bad-size");
	vt_expect_live(test, "Vprt", "Int10", 0, 0);
	vt_expect_failures(test, "Vprt", "Int10", ARRAY_SIZE(many), "size");
}

/* INT10-22: A second block is refused; the first one stays unchanged */
static void int10_22_one_block_at_a_time(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
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

/* INT10-24: NULL for Seg, Off or Length is refused */
static void int10_24_allocate_without_arguments(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
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

/* INT10-25: A block is zeroed, also when it was in use before */
static void int10_25_block_is_zeroed(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	struct vt_block block;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		block = vt_block(test, bios);
		vt_expect_filled(test, bios, &block, 0);
		vt_fill(test, bios, &block, 0xa5);
		vt_expect_filled(test, bios, &block, 0xa5);
		vt_block_free(test, bios, &block);
	}
}

/*
 * INT10-30: Blocks of adapters do not overlap; the lowest free one is given
 *
 * The lowest free block is allocated.
 */
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
		vt_fill(test, bios[i], &block[i], 0x11 * (i + 1));
	for (i = 0; i < 3; i++)
		vt_expect_filled(test, bios[i], &block[i], 0x11 * (i + 1));
	vt_block_free(test, bios[1], &block[1]);
	vt_expect_filled(test, bios[0], &block[0], 0x11);
	vt_expect_filled(test, bios[2], &block[2], 0x33);
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
		crowd->status[i] = vt_int10_ask(crowd->ext[i], &crowd->bios[i]) ?:
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

/*
 * INT10-31: There are 127; the next adapter gets STATUS_INSUFFICIENT_RESOURCES until one
 * is free
 */
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

/* INT10-32: A block that is left at detach is reported, and given to others zeroed */
static void int10_32_left_at_detach(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
	void *other = vt_attach_another(test);
	PVIDEO_PORT_INT10_INTERFACE leaver = vt_int10(test, other);
	struct vt_block block = vt_block(test, leaver), again;
	u64 mark = vt_log_mark();

	vt_fill(test, leaver, &block, 0x77);
	vt_detach(test, other);
	KUNIT_EXPECT_EQ(test, vt_log_count(mark, "leak", "Int10"), 1U);
	again = vt_block(test, bios);
	KUNIT_EXPECT_EQ(test, again.seg, block.seg);
	vt_expect_filled(test, bios, &again, 0);
	vt_block_free(test, bios, &again);
}

/* INT10-33: A block is in the tags, regions and int10 views */
static void int10_33_block_is_accounted(struct kunit *test)
{
	PVIDEO_PORT_INT10_INTERFACE bios = vt_interface(test);
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

/* INT10-34: Whichever allocation fails, there is no block and all is as INT10-21 says */
static void int10_34_allocate_without_memory(struct kunit *test)
{
	static const struct vt_fault_site site = { block_call, block_undo, block_failed };
	struct block_job job = { .bios = vt_interface(test) };

	KUNIT_EXPECT_GE(test, vt_each_fault(test, &site, &job), 1U);
}

/*
 * Threads, each with an adapter and a pattern of its own
 */

#define ROUNDS	300

struct resident {
	void *ext;
	VIDEO_PORT_INT10_INTERFACE bios;
	u8 byte;
	unsigned int refused, broken;
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
	resident->refused += !!vt_block_free_at(bios, block.seg, block.off);
}

static void resident_work(void *data)
{
	u8 *bytes = kmalloc(VT_BLOCK, GFP_KERNEL);
	unsigned int i;

	for (i = 0; bytes && i < ROUNDS; i++)
		resident_round(data, bytes);
	kfree(bytes);
}

/* INT10-36: Threads that allocate, use and free at once do not get each other's blocks */
static void int10_36_storm(struct kunit *test)
{
	struct resident *residents = kunit_kcalloc(test, VT_THREADS, sizeof(*residents),
						   GFP_KERNEL);
	struct vt_thread thread[VT_THREADS];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, residents);
	for (i = 0; i < VT_THREADS; i++) {
		residents[i].ext = vt_attach_another(test);
		residents[i].bios = *vt_int10(test, residents[i].ext);
		residents[i].byte = 0x11 * (i + 1);
	}
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_begin(test, &thread[i], resident_work, &residents[i]);
	for (i = 0; i < VT_THREADS; i++)
		vt_thread_end(&thread[i]);
	for (i = 0; i < VT_THREADS; i++) {
		KUNIT_EXPECT_EQ(test, residents[i].refused, 0U);
		KUNIT_EXPECT_EQ(test, residents[i].broken, 0U);
	}
}

static struct kunit_case block_cases[] = {
	KUNIT_CASE(int10_20_allocate),
	KUNIT_CASE(int10_21_allocate_too_much),
	KUNIT_CASE(int10_22_one_block_at_a_time),
	KUNIT_CASE(int10_24_allocate_without_arguments),
	KUNIT_CASE(int10_25_block_is_zeroed),
	KUNIT_CASE(int10_30_blocks_do_not_overlap),
	KUNIT_CASE(int10_31_many_adapters),
	KUNIT_CASE(int10_32_left_at_detach),
	KUNIT_CASE(int10_33_block_is_accounted),
	KUNIT_CASE(int10_34_allocate_without_memory),
	KUNIT_CASE(int10_36_storm),
	{}
};

struct kunit_suite vt_block_suite = {
	.name = "block",
	.init = vt_init,
	.exit = vt_exit,
	.test_cases = block_cases,
};
