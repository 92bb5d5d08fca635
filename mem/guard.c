// SPDX-License-Identifier: GPL-2.0-only
/*
 * Verify mode: guards around the block of a region while vpmem_verify is on.
 *
 * A block lies at the end of its pages, so that an overrun hits the guard page behind
 * every vmalloc area. Atomic context cannot use vmalloc(): there a pattern follows the
 * block instead. The rest of the pages is filled with the pattern and checked when the
 * block is freed; the block is poisoned then.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

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

/* Return the first byte around a block that is not as it was allocated, or NULL. */
static const u8 *guard_around(const struct vpmem_region *region)
{
	const void *memory = vpmem_region_memory(region), *block = vpmem_region_block(region);

	return guard_damage(memory, block) ?:
	       guard_damage(block + region->size, memory + region->charged);
}

static void stack_print(const struct vpmem_region *region, const char *what,
			const unsigned long *stack, unsigned int depth)
{
	char symbol[VPMEM_SYMBOL_TEXT];
	unsigned int i;

	for (i = 0; i < depth; i++)
		pr_warn("%s: %s %s\n", region->adapter->name, i ? "    <-" : what,
			vpmem_symbol_text(stack[i], symbol));
}

/* Print who has allocated the block of a region, and who has freed it, as far as is known. */
void vpmem_guard_print_stacks(const struct vpmem_region *region)
{
	stack_print(region, "  allocated by", region->stack, region->stack_depth);
	stack_print(region, "  freed by", region->stack + VPMEM_STACK_DEPTH,
		    region->freed_depth);
}

static void report_overrun(const struct vpmem_region *region, const u8 *damage,
			   const struct vpmem_call *call)
{
	const u8 *block = vpmem_region_block(region);
	char text[VPMEM_TAG_TEXT], symbol[VPMEM_SYMBOL_TEXT];
	unsigned long stack[VPMEM_STACK_DEPTH];
	struct vpmem_call owned = *call;

	/* Count for the owner: a call that frees memory of any adapter is for none. */
	owned.adapter = region->adapter;
	if (!vpmem_warn_misuse(&owned, VPMEM_EV_OVERRUN,
			       "byte %td of %p was written; tag %s, %zu bytes, allocated by %s",
			       damage - block, block, vpmem_tag_text(region->slot->tag, text),
			       region->size, vpmem_symbol_text(region->caller, symbol)))
		return;
	vpmem_guard_print_stacks(region);
	stack_print(region, "  found by", stack, vpmem_stack_save(stack, ARRAY_SIZE(stack)));
}

/* Renew the pattern around a block, so that damage is reported once. */
static void guard_renew(struct vpmem_region *region)
{
	void *memory = vpmem_region_memory(region), *block = vpmem_region_block(region);

	memset(memory, GUARD_BYTE, region->offset);
	memset(block + region->size, GUARD_BYTE, region->charged - region->offset - region->size);
}

void vpmem_guard_check(struct vpmem_region *region, const struct vpmem_call *call)
{
	const u8 *damage = guard_around(region);

	if (damage) {
		report_overrun(region, damage, call);
		guard_renew(region);
	}
	memset(vpmem_region_block(region), FREED_BYTE, region->size);
}

/* Return the first byte of a freed block, or around it, that was written since, or NULL. */
const u8 *vpmem_guard_find_use(const struct vpmem_region *region)
{
	return guard_around(region) ?:
	       memchr_inv(vpmem_region_block(region), FREED_BYTE, region->size);
}
