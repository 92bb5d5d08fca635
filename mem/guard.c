// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verify mode: guards around the block of a region while vpmem_verify is on.
 *
 * A block lies at the end of its pages, so that an overrun hits the guard page behind
 * every vmalloc area. Atomic context cannot use vmalloc(): there a pattern follows the
 * block instead. The rest of the pages is filled with the pattern and checked when the
 * block is freed; the block is poisoned then.
 */
#include <linux/poison.h>
#include <linux/string.h>

#include "core/call.h"
#include "core/compat.h"
#include "core/log.h"
#include "core/secrecy.h"
#include "core/tags.h"
#include "mem/regions.h"

#define GUARD_BYTE	SLUB_RED_ACTIVE
#define FRESH_BYTE	POISON_INUSE
#define FREED_BYTE	POISON_FREE

/* Bytes of pattern behind a block that has no guard page */
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
	region->backing = guard_page ? &vpmem_by_vmalloc : &vpmem_by_pages;
	memory = region->backing->get(region->charged, request->gfp);
	if (!memory)
		return NULL;
	memset(memory, GUARD_BYTE, region->offset);
	memset(memory + region->offset, FRESH_BYTE, region->size);
	vpmem_guard_tail(region, memory);
	return memory;
}

/* Fill the pattern behind a block, for memory from other backings, too. */
void vpmem_guard_tail(struct vpmem_region *region, void *memory)
{
	size_t end = region->offset + region->size;

	memset(memory + end, GUARD_BYTE, region->charged - end);
	region->stack_depth = vpmem_stack_save(region->stack, VPMEM_STACK_DEPTH);
}

/* Return the first byte of a range that differs from the pattern, or NULL. */
static const u8 *guard_damage(const void *from, const void *to)
{
	return memchr_inv(from, GUARD_BYTE, to - from);
}

void vpmem_guard_check(struct vpmem_region *region, const struct vpmem_call *call)
{
	void *block = vpmem_region_block(region);
	void *memory = block - region->offset;
	char text[VPMEM_TAG_TEXT], symbol[VPMEM_SYMBOL_TEXT];
	struct vpmem_call owned = *call;
	const u8 *damage;

	/* Count for the owner: a call that frees memory of any adapter is for none. */
	owned.adapter = region->adapter;
	damage = guard_damage(memory, block);
	if (!damage)
		damage = guard_damage(block + region->size,
				      memory + region->charged);
	if (damage)
		vpmem_warn_misuse(&owned, VPMEM_EV_OVERRUN,
				  "byte %td of %p was written; tag %s, %zu bytes, allocated by %s",
				  damage - (u8 *)block, block,
				  vpmem_tag_text(region->slot->tag, text), region->size,
				  vpmem_symbol_text(region->caller, symbol));
	memset(block, FREED_BYTE, region->size);
}
