// SPDX-License-Identifier: GPL-2.0-only
/*
 * Queries, blocks and the view of INT10, for the suites that call it.
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "kunit/lib/int10.h"

const VIDEO_PORT_INT10_INTERFACE vt_question = VT_QUERY(VIDEO_PORT_INT10_INTERFACE);

VP_STATUS vt_query(void *ext, PVIDEO_PORT_INT10_INTERFACE bios)
{
	return VideoPortQueryServices(ext, VideoPortServicesInt10, (PINTERFACE)bios);
}

/* As a driver asks for it. */
VP_STATUS vt_int10_ask(void *ext, PVIDEO_PORT_INT10_INTERFACE bios)
{
	*bios = vt_question;
	return vt_query(ext, bios);
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
 * References
 */

void vt_expect_references(struct kunit *test, unsigned long references)
{
	KUNIT_EXPECT_EQ(test, vt_int10_number(test, vt_ext(test), "References"), references);
}

void vt_query_job(void *data)
{
	struct vt_query_job *job = data;

	job->status = vt_int10_ask(job->ext, &job->bios);
}

void vt_fill(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
	     const struct vt_block *block, u8 byte)
{
	u8 *bytes = kunit_kmalloc(test, VT_BLOCK, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bytes);
	memset(bytes, byte, VT_BLOCK);
	vt_realmode_write(test, bios, block->seg, block->off, bytes, VT_BLOCK);
	kunit_kfree(test, bytes);
}

void vt_expect_filled(struct kunit *test, PVIDEO_PORT_INT10_INTERFACE bios,
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
