// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verify mode: what a region is given on top when vpmem_verify is on.
 *
 * A block lies at the end of its pages, against the guard page that follows every
 * vmalloc area. Where one cannot sleep there is no vmalloc, and a pattern takes the
 * guard's place. What is left of the pages is patterned in either case and looked
 * at when the block is freed; the block is then poisoned.
 */
#include <linux/poison.h>
#include <linux/string.h>

#include "core/compat.h"
#include "core/log.h"
#include "core/secrecy.h"
#include "core/tags.h"
#include "mem/regions.h"

#define GUARD_BYTE	SLUB_RED_ACTIVE
#define FRESH_BYTE	POISON_INUSE
#define FREED_BYTE	POISON_FREE

/* Where there is no guard page, this many bytes of pattern follow the block. */
#define GUARD_TAIL	16

static void guard_lay_out(struct vpmem_region *region, size_t tail)
{
	size_t size = max_t(size_t, region->size, 1);

	region->charged = PAGE_ALIGN(size + tail);
	region->offset = round_down(region->charged - tail - size, region->align);
}

void *vpmem_guard_memory(struct vpmem_region *region,
			 const struct vpmem_region_request *request)
{
	bool guard_page = !request->contiguous &&
			  gfpflags_allow_blocking(request->gfp);
	void *memory;

	guard_lay_out(region, guard_page ? 0 : GUARD_TAIL);
	region->means = guard_page ? &vpmem_by_vmalloc : &vpmem_by_pages;
	memory = region->means->get(region->charged, request->gfp);
	if (!memory)
		return NULL;
	memset(memory, GUARD_BYTE, region->offset);
	memset(memory + region->offset, FRESH_BYTE, region->size);
	vpmem_guard_tail(region, memory);
	return memory;
}

/* For memory that somebody else has found, and that begins with its block. */
void vpmem_guard_tail(struct vpmem_region *region, void *memory)
{
	size_t end = region->offset + region->size;

	memset(memory + end, GUARD_BYTE, region->charged - end);
	region->stack_depth = vpmem_stack_save(region->stack, VPMEM_STACK_DEPTH);
}

/* The first byte of a range that is not what the guard was, or NULL. */
static const u8 *guard_damage(const void *from, const void *to)
{
	return memchr_inv(from, GUARD_BYTE, to - from);
}

void vpmem_guard_check(struct vpmem_region *region, const struct vpmem_call *call)
{
	void *block = vpmem_region_block(region);
	void *memory = block - region->offset;
	char text[VPMEM_TAG_TEXT], symbol[VPMEM_SYMBOL_TEXT];
	const u8 *damage;

	damage = guard_damage(memory, block);
	if (!damage)
		damage = guard_damage(block + region->size,
				      memory + region->charged);
	if (damage)
		vpmem_complain(region->adapter, VPMEM_EV_OVERRUN, call,
			       "byte %td of %p was written; tag %s, %zu bytes, allocated by %s",
			       damage - (u8 *)block, block,
			       vpmem_tag_text(region->slot->tag, text),
			       region->size, vpmem_symbol_text(region->caller, symbol));
	memset(block, FREED_BYTE, region->size);
}
